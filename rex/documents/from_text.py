"""Plain text as blocks: paragraphs, lists, and the lines that a reader takes for headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rex.documents.blocks import Block, Blocks, Document, Heading, Inlines, Paragraph, Quote, Rule, Text, plain, tidy
from rex.documents.limits import MOST_LINES, Unreadable
from rex.documents.lists import Item, gathered
from rex.french import fold

# « ➡️ Édito », « ■ Édito »: what opens a rubric. The sign itself is not kept.
_SIGN = re.compile(r"^\s*(?:[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?|[■►▶●])\s*(?=\S)")
# What follows a hyphen in texts that were taken from a page (« - ▶ Un point ») is the same mark a second time.
_BULLET = re.compile(r"^(?P<indent>\s*)(?:[-–—•*·▪◦‣]|\.(?=\s))\s+(?:[▶►➢✓✔❖•▪◦]\s+)?(?=\S)")
_NUMBER = re.compile(r"^(?P<indent>\s*)(?P<number>\d{1,3})[.)]\s+(?=\S)")
_UNDERLINE = re.compile(r"^\s*(?P<sign>[=-])(?P=sign){2,}\s*$")
_RULE = re.compile(r"^\s*([*_~=-])(?:\s*\1){2,}\s*$")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,300})(?<=\S)\*\*")
_CONTENTS = re.compile(r"^\s*(?:table des mati[èe]res|sommaire)\s*:?\s*$", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"^\s*\S.{0,300}?[\s.…_]\d{1,4}\s*$")
_GREETING = ("bonjour", "bonsoir", "madame", "monsieur", "mesdames", "cher", "chere", "salut", "coucou")
_ROMAN = re.compile(r"^\s*(?:[IVX]{1,5}|[A-H])[.)]\s+\S")
_QUOTES = {"“": "”", "«": "»"}
MOST_QUOTED = 12  # paragraphs of one quote
WIDEST, LONG_LINE = 100, 55  # of a text whose lines were cut by hand


def decoded(data: bytes) -> str:
    """The characters of a text file: UTF-8, UTF-16 when it says so, else what French computers wrote. Raises Unreadable."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:
        raise Unreadable("kind")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


@dataclass
class _Line:
    text: str
    after_blank: bool
    before_blank: bool
    following: str = ""


def read_text(source: str) -> Document:
    """The document that these lines make."""
    raw = re.split(r"\r\n|[\r\n\f\v\x85\u2028\u2029]", source)
    if len(raw) > MOST_LINES:
        raise Unreadable("dense")
    document = Document()
    raw = _without_contents(raw, document)
    lines = _lines(raw)
    if _opens_with_title(lines):
        document.title = plain(_words(lines.pop(0).text))
    document.blocks = list(_quoted(gathered(_blocks(lines, is_wrapped=_is_wrapped(raw)))))
    return document


def _quoted(blocks: Blocks) -> Iterator[Block]:
    """Whole paragraphs between two quotation marks are what somebody said: a quote."""
    at = 0
    while at < len(blocks):
        end = _end_of_quote(blocks, at)
        yield Quote(blocks[at:end]) if end > at else blocks[at]
        at = max(end, at + 1)


def _end_of_quote(blocks: Blocks, at: int) -> int:
    """Where the words that open here close, at the end of a paragraph; `at` itself when they do not."""
    closing = ""
    for here in range(at, min(at + MOST_QUOTED, len(blocks))):
        block = blocks[here]
        words = plain(block.inlines) if isinstance(block, Paragraph) else ""
        closing = closing or _QUOTES.get(words[:1], "")
        if not closing or not words:
            return at
        if closing in words:
            is_whole = words.index(closing) >= len(words) - 2 and (here > at or len(words) >= LONG_LINE)
            return here + 1 if is_whole else at
    return at


def _without_contents(raw: list[str], document: Document) -> list[str]:
    """The lines without the table of contents: what follows these words, each line with its page."""
    begun = next((at for at, line in enumerate(raw) if _CONTENTS.match(line)), None)
    if begun is None:
        return raw
    last, others, found = begun, 0, 0
    for at in range(begun + 1, len(raw)):
        if _CONTENTS_LINE.match(raw[at]):
            last, others, found = at, 0, found + 1
        elif raw[at].strip():
            others += 1
            if others > 1:  # one entry may be cut in two lines
                break
    if found < 3:
        return raw
    document.leave("contents")
    return [*raw[:begun], *raw[last + 1 :]]


def _opens_with_title(lines: list[_Line]) -> bool:
    """A short first line, alone, that is neither a sentence nor a greeting, names the text."""
    if len(lines) < 2 or not lines[0].before_blank:
        return False
    text = lines[0].text.strip()
    is_plain = not _SIGN.match(text) and not _BULLET.match(text) and not _NUMBER.match(text) and not _RULE.match(text)
    is_name = len(text) <= WIDEST and text[-1] not in ".;,:" and any(map(str.isalpha, text)) and not text[0].islower()
    return is_plain and is_name and not fold(text).startswith(_GREETING)


def _lines(raw: list[str]) -> list[_Line]:
    filled = [at for at, line in enumerate(raw) if line.strip()]
    lines = []
    for here, at in enumerate(filled):
        following = raw[filled[here + 1]] if here + 1 < len(filled) else ""
        blank_before = at == 0 or not raw[at - 1].strip()
        blank_after = at + 1 == len(raw) or not raw[at + 1].strip()
        lines.append(_Line(raw[at].rstrip(), blank_before, blank_after, following.strip()))
    return lines


def _is_wrapped(raw: list[str]) -> bool:
    """Whether lines were cut to a width, so that a paragraph is several of them."""
    inner = [len(line) for line, following in pairwise(raw) if line.strip() and following.strip()]
    return len(inner) > 2 and max(map(len, raw)) <= WIDEST and sum(size >= LONG_LINE for size in inner) > 0.6 * len(inner)


def _blocks(lines: list[_Line], *, is_wrapped: bool) -> Iterator[Block | Item]:
    has_blanks = sum(line.after_blank for line in lines) > 0.2 * len(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        under = _UNDERLINE.match(line.following) if not line.before_blank else None
        item = _item(line)
        level = _level(line, has_blanks=has_blanks)
        if under and len(line.text) <= WIDEST:
            yield Heading(1 if under["sign"] == "=" else 2, _named(line.text))
            at += 2
            continue
        if _RULE.match(line.text):
            yield Rule()
        elif level:
            yield Heading(level, _named(_SIGN.sub("", line.text)))
        elif item or not is_wrapped:
            whole = [line.text]
            while is_wrapped and _goes_on(lines, at):
                at += 1
                whole.append(lines[at].text)
            yield from _one(item, " ".join(part.strip() for part in whole))
        else:
            whole = [line.text]
            while _goes_on(lines, at):
                at += 1
                whole.append(lines[at].text)
            yield from _one(None, " ".join(part.strip() for part in whole))
        at += 1


def _goes_on(lines: list[_Line], at: int) -> bool:
    """Whether the paragraph of this line goes on in the next one."""
    if lines[at].before_blank or at + 1 >= len(lines):
        return False
    following = lines[at + 1]
    return not _item(following) and not _SIGN.match(following.text) and not _RULE.match(following.text)


def _one(item: "Item | None", text: str) -> Iterator[Block | Item]:
    if item is None:
        yield Paragraph(_words(text))
        return
    item.blocks = [Paragraph(_words((_NUMBER if item.is_ordered else _BULLET).sub("", text, count=1)))]
    yield item


def _item(line: _Line) -> Item | None:
    bullet, number = _BULLET.match(line.text), _NUMBER.match(line.text)
    if bullet:
        return Item(len(bullet["indent"].expandtabs(4)), False, [])
    if number and (_NUMBER.match(line.following) or int(number["number"]) > 1 or len(line.text) > WIDEST):
        return Item(len(number["indent"].expandtabs(4)), True, [], int(number["number"]))
    return None


def _level(line: _Line, *, has_blanks: bool) -> int:
    """Of the heading that this line is taken for; 0 when it is none."""
    text = line.text.strip()
    letters = [char for char in text if char.isalpha()]
    if not letters or len(text) > WIDEST or not line.following:
        return 0
    if _SIGN.match(line.text):
        return 1
    if text[-1] in ".;,:" and not text.endswith("…") and not _ROMAN.match(text):
        return 0
    if len(letters) > 3 and all(map(str.isupper, letters)):
        return 2
    if _ROMAN.match(text) or (_NUMBER.match(text) and not _item(line)):
        return 3
    is_followed = len(line.following) > max(120, 2 * len(text))
    if text.endswith("?") and (is_followed or line.following.endswith(":")):
        return 5
    alone = has_blanks and line.after_blank and line.before_blank and not _item(line)
    return 4 if alone and len(text) <= 70 and text[0].isupper() and len(line.following) > len(text) else 0


def _words(text: str) -> Inlines:
    """The words of a line; two stars on each side make them bold, as people write in their mails."""
    pieces = _BOLD.split(text.strip())
    return tidy(Text(piece, bold=rank % 2 == 1) for rank, piece in enumerate(pieces))


def _named(text: str) -> Inlines:
    """The words of a heading, without the weight that somebody gave them."""
    return tidy([Text(plain(_words(text)))])
