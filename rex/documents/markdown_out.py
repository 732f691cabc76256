"""Blocks as Markdown, as people of REX write it: what `rex.text.to_html` then shows is the same words with the same marks."""

import re
from collections.abc import Iterable, Mapping

from rex.documents.blocks import (
    Block,
    Blocks,
    Break,
    Code,
    Heading,
    Inline,
    Inlines,
    Items,
    NoteCall,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    Text,
    bare_spaces,
    joined_lists,
    tidy,
)

# Python-Markdown reads these as marks wherever they stand; an underscore between letters is not one.
_MARKS = re.compile(r"[\\`*\[\]{}]|(?<!\w)_|_(?!\w)|(?<=!)(?=\[)")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_OPENING = re.compile(r"<(?=[\w/!?@])")  # what other programs read as HTML
_ADDRESSED = re.compile(r"<(?=(?:https?|ftps?)://|[\w.+-]{1,64}@)", re.IGNORECASE)  # all that REX does: elsewhere it shows the sign
# What means something at the beginning of a line.
_LINE_START = re.compile(r"^(?:(?P<sign>[#>+=|:~-])|(?P<number>\d+)(?P<dot>[.)])(?=\s|$))")
_URL_SIGNS = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "*": "%2A", "`": "%60", '"': "%22"}
MOST_CELLS = 2_400  # of one table: `rex.text.parser` shows a larger one as plain lines
INDENT = "    "


class MarkdownWriter:
    """`addresses`: what to write for each image of the document; `notes`: the footnotes, numbered in the order of their calls;
    `leaves`: for a file that other programs read too, of which no word may be HTML."""

    def __init__(self, addresses: Mapping[str, str], notes: Mapping[str, Blocks], *, leaves: bool = False) -> None:
        self._addresses, self._notes = addresses, notes
        self._opening = _OPENING if leaves else _ADDRESSED
        self._numbers: dict[str, int] = {}

    def write(self, blocks: Iterable[Block]) -> str:
        """These blocks, and after them the notes that they call."""
        body, notes = self.write_apart(blocks)
        return "\n\n".join(part for part in (body, *(definition(label, words) for label, words in notes.items())) if part)

    def write_apart(self, blocks: Iterable[Block]) -> tuple[str, dict[str, str]]:
        """These blocks, and apart the notes that they call for the first time: label → words."""
        called, notes = len(self._numbers), {}
        body = self._blocks(blocks)
        while called < len(self._numbers):  # a note may call another one
            key = list(self._numbers)[called]
            notes[str(self._numbers[key])] = self._blocks(self._notes.get(key, ()))
            called += 1
        return body, notes

    def line(self, inlines: Inlines) -> str:
        """The words of a heading, without what would begin a line."""
        return self._cell(inlines).replace("\\|", "|")

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "\n\n".join(filter(None, (self._block(block) for block in joined_lists(blocks))))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(inlines):
                return self._lines(inlines)
            case Heading(level, inlines):
                words = self.line(inlines)
                return f"{'#' * min(6, level)} {words}" if words else ""
            case Quote(blocks):
                return "\n".join(f"> {line}".rstrip() for line in self._blocks(blocks).split("\n"))
            case Items():
                return self._items(block)
            case Table(rows):
                return self._table(rows)
            case Code(text):
                return "\n".join(f"{INDENT}{line}".rstrip() for line in text.strip("\n").split("\n"))
            case Rule():
                return "---"

    def _items(self, block: Items) -> str:
        is_loose = any(sum(not isinstance(one, Items) for one in item) > 1 for item in block.items)
        written = []
        for rank, item in enumerate(block.items):
            mark = f"{block.start + rank}." if block.is_ordered else "-"
            first = item[:1] if item and isinstance(item[0], Paragraph) else ()
            head = self._blocks(first)
            tight = not is_loose and all(isinstance(one, Items) for one in item[len(first) :])
            rest = self._blocks(item[len(first) :])
            between = "\n" if tight and head else "\n\n"
            body = f"{head}{between}{rest}" if rest else head
            written.append(f"{mark} {_indented(body)}".rstrip() if body else f"{mark} …")
        return ("\n\n" if is_loose else "\n").join(written)

    def _table(self, rows: tuple[tuple[Inlines, ...], ...]) -> str:
        width = max((len(row) for row in rows), default=0)
        if not width:
            return ""
        head, *body = [[self._cell(cell) for cell in (*row, *[()] * (width - len(row)))] for row in rows]
        at_once = max(1, MOST_CELLS // width - 2)
        pieces = [body[at : at + at_once] for at in range(0, len(body), at_once)] or [[]]
        between = "| " + " | ".join(["---"] * width) + " |"
        return "\n\n".join("\n".join([_row(head), between, *map(_row, piece)]) for piece in pieces)

    def _cell(self, inlines: Inlines) -> str:
        flat = tidy(Text(" ") if isinstance(one, Break) else one for one in inlines)
        return "".join(self._inline(flat)).replace("|", "\\|").replace("\n", " ")

    def _lines(self, inlines: Inlines) -> str:
        """A paragraph: its lines, each guarded from being read as something else."""
        text = "".join(self._inline(inlines))
        return "\n".join(_LINE_START.sub(_guard, line) for line in text.split("\n"))

    def _inline(self, inlines: Inlines) -> Iterable[str]:
        neat = _apart(inlines)
        for one in neat:
            match one:
                case Text():
                    yield self._marked(one)
                case Break():
                    yield "  \n"
                case NoteCall(key):
                    yield f"[^{self._numbers.setdefault(key, len(self._numbers) + 1)}]"
                case Picture(ref, alt):
                    address = self._addresses.get(ref, ref)
                    yield f"![{self._escaped(alt)}]({address})" if address else ""

    def _marked(self, text: Text) -> str:
        words = self._escaped(text.words)
        if text.href:
            words = f"[{words}]({url(text.href)})"
        mark = "*" * (2 * text.bold + text.italic)
        return f"{mark}{words}{mark}"

    def _escaped(self, words: str) -> str:
        words = _MARKS.sub(lambda found: f"\\{found[0]}", words)
        return self._opening.sub("&lt;", _ENTITY.sub("&amp;", words))


def _apart(inlines: Inlines) -> list[Inline]:
    """Marks that touch without a space are read as one long mark: of two such neighbours the second keeps its words only. A space
    stands outside of them: « **mot : **» is no mark at all."""
    done: list[Inline] = []
    for one in bare_spaces(inlines):
        before = done[-1] if done else None
        touches = isinstance(one, Text) and isinstance(before, Text) and (one.bold or one.italic) and (before.bold or before.italic)
        if touches and isinstance(one, Text):
            one = Text(one.words, href=one.href)
        done.append(one)
    return done


def definition(label: str, words: str) -> str:
    """A footnote, as it stands under its text."""
    return f"[^{label}]: {_indented(words)}".rstrip()


def url(address: str) -> str:
    """An address as it may stand between the brackets of a link."""
    return "".join(_URL_SIGNS.get(char, char) for char in address)


def _guard(found: re.Match[str]) -> str:
    if found["sign"]:
        return f"\\{found['sign']}" if found["sign"] in "#>+-|" else f"&#{ord(found['sign'])};"
    return f"{found['number']}\\." if found["dot"] == "." else f"{found['number']}&#41;"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _indented(text: str) -> str:
    """Every line but the first pushed to the right: what belongs to an item or to a note."""
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{INDENT}{line}" if line else "" for line in others)])
