"""A text in a few words, for lists and subjects: Markdown marks out, cut where one may breathe."""

import re

from rex.french import NARROW, NO_BREAK, typo
from rex.text.marks import decoded, tidy

ELLIPSIS = "…"

# What one of the expressions below may take out: most texts hold none of it, and are read ten times faster.
_MARK = re.compile(r"[\[\]`~|=_*#<>&\\]|^ *(?:[-+:]|\d)", re.MULTILINE)
_DEFINITIONS = re.compile(r"^ {0,3}\[\^?[^\]\n]{1,80}\]:.*$|^ {0,3}(?:```|~~~).*$|^[ |:=_*-]+$", re.MULTILINE)
_LINE_STARTS = re.compile(r"^(?: {0,12}(?:>|#{1,6}(?= )|[-*+](?= )|\d{1,4}[.)](?= )) ?){1,8}", re.MULTILINE)
_LINKS = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\)|\[\^[^\]\n]{1,80}\]")
_EMPHASIS = re.compile(r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|`+|\\(?=[^\w\s])")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,500}|[\w.+-]{1,64}@[\w.-]{1,255})>")
_ITEM = re.compile(r"^( {0,12}(?:[-*+]|\d{1,4}[.)]) .*[^\s.!?:;,…])[ ]*$", re.MULTILINE)
_ROW = re.compile(r"^ *\|(.*)\|[ ]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6} +(.*?)[ #]*$", re.MULTILINE)
_SENTENCE_END = re.compile(rf"[.!?…]+(?:[{NO_BREAK}{NARROW} ]?[»”\")])*(?=\s|$)")
_ABBREVIATION = re.compile(r"(?:^|[\s(«’'])(?:M|MM|Mme|Mmes|Mlle|Dr|Me|St|Ste|p|pp|art|cf|ex|env|n|vol|[A-Z])\.$")


def plain(source: str, limit: int = 4_000) -> str:
    """The first words of `source` on one line, without Markdown marks; `limit` characters are read."""
    text = tidy(source[:limit])
    if _MARK.search(text):
        text = _without_marks(text)
    words = " ".join(text.split()).replace(" ,", ",")
    return typo(f"{words[:-2]}." if words.endswith(" ;") else words)


def _without_marks(text: str) -> str:
    text = _DEFINITIONS.sub("", text)
    text = _HEADING.sub(lambda match: match[1] + ("" if match[1][-1:] in ".!?:…" else "."), text)
    text = _LINE_STARTS.sub("", _ITEM.sub(r"\1 ;", text))
    text = _ROW.sub(lambda match: match[1].replace("|", ", "), text)
    text = _LINKS.sub(lambda match: match[1] or "", text)
    text = _AUTOLINK.sub(r"\1", text)
    return decoded(_EMPHASIS.sub("", text))


def _sentence_ends(text: str) -> list[int]:
    return [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not (match[0] == "." and _ABBREVIATION.search(text, 0, match.end()))
    ]


def excerpt(source: str, length: int = 200) -> str:
    """The first sentences of `source` in `length` characters at most, « … » where something was left out.

    The cut comes after a sentence when that uses half of the room at least, else between two words."""
    text = plain(source, limit=length * 6 + 1_000)
    if len(text) <= length:
        return text
    room = length - 2  # for a space and « … »
    ends = [end for end in _sentence_ends(text[: room + 1]) if end <= room]
    if ends and ends[-1] * 2 >= room:
        return f"{text[: ends[-1]]} {ELLIPSIS}"
    cut = text.rfind(" ", 0, length)
    return text[: cut if cut > 0 else length - 1].rstrip(f" ,;:({NO_BREAK}{NARROW}«—–-") + ELLIPSIS


def first_sentence(source: str, length: int = 200) -> str:
    """The first sentence of `source`, cut like an excerpt when it is longer than `length`."""
    text = plain(source, limit=length * 6 + 1_000)
    ends = _sentence_ends(text[: length + 1])
    return text[: ends[0]] if ends and ends[0] <= length else excerpt(source, length)
