"""The marks by which REX knows its own Markdown again: not shown to readers, and of a word that the text itself never says."""

import hashlib
import re
from collections.abc import Sequence

from rex.documents.parts import Parsed, Part
from rex.text import plain

_HEAD = re.compile(r"<!-- rex:recit 1 ([0-9a-f]{8}) -->\n")
_SIGNS = re.compile(r"([\\`*_\[\]{}<>#])")


def mark_for(texts: Sequence[str]) -> str:
    """Eight characters that none of these texts holds."""
    number = 0
    while True:
        mark = hashlib.sha256(f"{number}{''.join(texts)}".encode()).hexdigest()[:8]
        if not any(mark in text for text in texts):
            return mark
        number += 1


def write_own(title: str, preface: Sequence[str], sections: Sequence[tuple[str, str, str]]) -> str:
    """A récit as Markdown that REX takes back to the letter. `sections`: slug, heading, source, in reading order."""
    mark = mark_for([title, *preface, *(text for section in sections for text in section)])
    parts = [f"<!-- rex:recit 1 {mark} -->\n# {_shown(title)}\n<!-- rex:titre {mark} {title} -->\n\n"]
    parts += [f"*{_shown(line)}*\n\n" for line in preface]
    for slug, heading, source in sections:
        parts.append(f"<!-- rex:section {mark} {slug} -->\n## {heading}\n\n{source}\n<!-- rex:fin {mark} -->\n\n")
    return "".join(parts)


def _shown(words: str) -> str:
    return _SIGNS.sub(r"\\\1", words)


def read_own(source: str) -> Parsed | None:
    """The récit that REX exported, its sections to the letter; None for any other Markdown."""
    head = _HEAD.search(source[:200])
    if head is None:
        return None
    mark = head[1]
    title = re.search(rf"<!-- rex:titre {mark} (.*) -->\n", source)
    section = re.compile(rf"<!-- rex:section {mark} ([a-z0-9-]+) -->\n## ([^\n]*)\n\n(.*?)\n<!-- rex:fin {mark} -->", re.DOTALL)
    parts = []
    for slug, heading, text in section.findall(source):
        counts = {"paragraph": len([piece for piece in text.split("\n\n") if piece.strip()])}
        parts.append(Part(heading, heading, 1, text, {}, counts, plain(text, 1000)[:160], slug))
    return Parsed(title[1] if title else "", parts, is_own=True) if parts else None
