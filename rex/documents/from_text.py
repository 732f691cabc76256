"""Plain text as blocks: paragraphs, lists, and the lines that a reader takes for headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rex.documents.blocks import Block, Document, Heading, Paragraph, Rule, Text, tidy
from rex.documents.limits import Unreadable
from rex.documents.lists import Item, gathered

# « ➡️ Édito », « ■ Édito »: what opens a rubric. The sign itself is not kept.
_SIGN = re.compile(r"^\s*(?:[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?|[■►▶●])\s*(?=\S)")
_BULLET = re.compile(r"^(?P<indent>\s*)(?:[-–—•*·▪◦‣]|\.(?=\s))\s+(?=\S)")
_NUMBER = re.compile(r"^(?P<indent>\s*)(?P<number>\d{1,3})[.)]\s+(?=\S)")
_UNDERLINE = re.compile(r"^\s*(?P<sign>[=-])(?P=sign){2,}\s*$")
_RULE = re.compile(r"^\s*([*_~=-])(?:\s*\1){2,}\s*$")
_ROMAN = re.compile(r"^\s*(?:[IVX]{1,5}|[A-H])[.)]\s+\S")
MOST_LINES = 120_000
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
    document.blocks = list(gathered(_blocks(_lines(raw), is_wrapped=_is_wrapped(raw))))
    return document


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
            yield Heading(1 if under["sign"] == "=" else 2, _words(line.text))
            at += 2
            continue
        if _RULE.match(line.text):
            yield Rule()
        elif level:
            yield Heading(level, _words(_SIGN.sub("", line.text)))
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


def _words(text: str):
    return tidy([Text(text.strip())])
