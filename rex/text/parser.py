"""Python-Markdown with a budget of work, and with what it makes brought to the rules of REX.

Left out of Markdown, on purpose: raw HTML (shown as it was typed) and links by reference (nobody of ours
writes them, and their expressions are quadratic). Added: a list may follow its sentence without a blank line,
and a bare address is a link. Python-Markdown has loops whose cost grows with the square of the text (5,000
« [ » took 11 s): each step is charged to a budget in proportion to what it reads, and a text that goes over
it is `TooDense`.
"""

import re
import time
import xml.etree.ElementTree as etree
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import DelimiterProcessor, InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from rex.text.footnotes import Footnotes
from rex.text.shape import Shaper, TooDeep

# Charges are in nanoseconds, roughly. The processor time of the thread is the net under them: it counts what
# no charge foresaw, and it does not depend on what else the machine is doing.
BUDGET = 250_000_000
CPU_SECONDS = 0.3
MAX_BLOCKS = 4_000
MAX_FOOTNOTES = 300
MAX_EMPHASIS_MARKS = 1_000
MAX_CELLS = 3_000
MAX_ELEMENTS = 3_500

_BLANK = re.compile(r"\n[ \t]*(?=\n)")
# A list may interrupt a sentence when it is bulleted or starts at 1: « le\n12. » is more often a date.
_ITEM = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")
_PLAIN_LINE = re.compile(r" {0,3}[^\s>|#*+-]")


class TooDense(Exception):
    """The text asks for more work than it deserves; it is to be shown as plain paragraphs."""


class Meter:
    """What a conversion has cost so far."""

    def __init__(self) -> None:
        self.spent = 0.0
        self.until = 0.0

    def reset(self) -> None:
        self.spent = 0.0
        self.until = time.thread_time() + CPU_SECONDS

    def charge(self, cost: float) -> None:
        self.spent += cost
        if self.spent > BUDGET or time.thread_time() > self.until:
            raise TooDense("too much work")


class _Toll(BlockProcessor):
    """Comes first for each block and never takes it: charges what the others will read and copy."""

    def __init__(self, parser: Any, meter: Meter) -> None:
        super().__init__(parser)
        self.meter = meter

    def test(self, parent: etree.Element, block: str) -> bool:
        lines = block.count("\n")
        row, _, _ = block.partition("\n")
        columns = row.count("|")
        if columns * lines > MAX_CELLS or (columns and block.count("`") > 500):
            raise TooDense("too large a table")
        self.meter.charge(5_000 * (1 + columns * lines) + len(block) * (25 + lines / 10))
        return False


class _Census(Treeprocessor):
    """Before the inline patterns, which are all tried on each element: so many are too many."""

    def run(self, root: etree.Element) -> None:
        if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
            raise TooDense("too many paragraphs, items or cells")


def _metered(pattern: InlineProcessor, meter: Meter) -> Callable[..., Any]:
    """`pattern.handleMatch`, charged for what it read: to its end when it matched, else all that follows."""
    handle = pattern.handleMatch
    per_character = 100 if type(pattern).__name__ in _CHARACTER_BY_CHARACTER else 0.2

    def handle_match(match: re.Match[str], data: str) -> Any:
        if isinstance(pattern, DelimiterProcessor) and not pattern.regions:
            marks = data.count("*") + data.count("_")
            if marks > MAX_EMPHASIS_MARKS:
                raise TooDense("too many marks of emphasis in a paragraph")
        result = handle(match, data)
        matched = result[0] is not None and result[2] is not None
        read = (result[2] if matched else len(data)) - match.start()
        meter.charge(3_000 + len(data) * 0.3 + read * per_character)
        return result

    return handle_match


_CHARACTER_BY_CHARACTER = {
    "BacktickInlineProcessor",
    "DelimiterProcessor",
    "LinkInlineProcessor",
    "ImageInlineProcessor",
}


class _BareAddress(InlineProcessor):
    """`https://…` and `<someone@somewhere>` as links; the punctuation after an address is not part of it."""

    ANCESTOR_EXCLUDES = ("a",)
    PATTERN = (
        r"<(?P<mail>[\w.+-]{1,64}@[\w.-]{1,255})>"
        r"|(?<![\w/@])(?P<url>https?://[^\s<>«»\"`\x02\x03]{1,1500}[^\s<>«»\"`\x02\x03.,;:!?)\]’'*_])"
    )

    def handleMatch(self, m: re.Match[str], data: str) -> Any:
        link = etree.Element("a")
        text = m["mail"] or m["url"]
        link.set("href", f"mailto:{text}" if m["mail"] else text)
        link.text = AtomicString(text.replace("&", "&amp;"))
        return link, m.start(), m.end()


class _Rules(Extension):
    """Takes out of Python-Markdown what REX does not want, adds what it does, puts the meter everywhere."""

    def __init__(self, meter: Meter, shaper: Shaper) -> None:
        super().__init__()
        self.meter, self.shaper = meter, shaper

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        for name in (
            "html",
            "entity",
            "automail",
            "reference",
            "image_reference",
            "short_reference",
            "short_image_ref",
        ):
            md.inlinePatterns.deregister(name)
        md.parser.blockprocessors.deregister("reference")
        md.inlinePatterns.register(_BareAddress(_BareAddress.PATTERN, md), "bare_address", 85)
        md.parser.blockprocessors.register(_Toll(md.parser, self.meter), "toll", 200)
        md.treeprocessors.register(_Census(md), "census", 40)
        md.treeprocessors.register(self.shaper, "shape", -10)
        for pattern in md.inlinePatterns:
            pattern.handleMatch = _metered(pattern, self.meter)


class Parser:
    """One Markdown parser, for one thread, used again for each text."""

    def __init__(self) -> None:
        self._meter = Meter()
        self._shaper = Shaper()
        self._footnotes = Footnotes()
        self._markdown = Markdown(
            extensions=[
                TableExtension(use_align_attribute=True),
                SaneListExtension(),
                self._footnotes,
                _Rules(self._meter, self._shaper),
            ],
            output_format="html",
        )

    def convert(self, text: str, *, prefix: str, base: int) -> str:
        """HTML, not yet sanitised, of a text without control characters. Raises `TooDense`."""
        text = _with_room_for_lists(text)
        if text.count("\n\n") > MAX_BLOCKS or text.count("[^") > MAX_FOOTNOTES:
            raise TooDense("too many blocks or footnotes")
        self._meter.reset()
        self._markdown.reset()
        self._footnotes.prefix = prefix
        self._shaper.base = max(3, base)
        try:
            return self._markdown.convert(text)
        except (RecursionError, TooDeep) as error:
            raise TooDense("nested too deeply") from error
        finally:
            self._forget()

    def _forget(self) -> None:
        """Leave nothing of the text in memory: this parser waits for the next one for as long as its thread lives."""
        parser = self._markdown.parser
        parser.state.clear()
        parser.root = etree.Element("div")
        self._markdown.lines = []
        inline: Any = self._markdown.treeprocessors["inline"]
        inline.stashed_nodes, inline.parent_map = {}, {}
        self._markdown.reset()


def _with_room_for_lists(text: str) -> str:
    """A blank line before a list that follows its sentence at once, as people write it."""
    spaced: list[str] = []
    in_list = False
    for line in _BLANK.sub("\n", text).split("\n"):
        if not line:
            in_list = False
        elif _ITEM.match(line):
            if not in_list and spaced and _PLAIN_LINE.match(spaced[-1]):
                spaced.append("")
            in_list = True
        spaced.append(line)
    return "\n".join(spaced)
