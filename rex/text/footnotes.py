"""Footnotes: ids that stay apart on a page, expressions that stay linear, no note lost."""

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions.footnotes import (
    FN_BACKLINK_TEXT,
    NBSP_PLACEHOLDER,
    FootnoteBlockProcessor,
    FootnoteExtension,
    FootnoteInlineProcessor,
)


class _Definition(FootnoteBlockProcessor):
    RE = re.compile(r"^[ ]{0,3}\[\^([^\[\]\n]{1,80})\]:[ ]*(.*)$", re.MULTILINE)
    footnotes: "Footnotes"

    def test(self, parent: etree.Element, block: str) -> bool:
        return not self.footnotes.placing


class Footnotes(FootnoteExtension):
    """Python-Markdown's footnotes, numbered in the order of their definitions.

    `prefix` goes in front of the ids. A note defined twice keeps both texts; a definition inside a note is text.
    """

    def __init__(self) -> None:
        super().__init__(BACKLINK_TEXT="↩", PLACE_MARKER="\x02no place\x03")
        self.prefix = ""
        self.placing = False

    def reset(self) -> None:
        super().reset()
        self.numbers: dict[str, int] = {}
        self.placing = False

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(_Definition(self), "footnote", 17)
        call = FootnoteInlineProcessor(r"\[\^([^\[\]\n]{1,80})\]", self)
        md.inlinePatterns.register(call, "footnote", 175)

    def setFootnote(self, id: str, text: str) -> None:
        if id in self.footnotes:
            text = f"{self.footnotes[id]}\n\n{text}"
        super().setFootnote(id, text)
        self.numbers.setdefault(id, len(self.numbers) + 1)

    def makeFootnoteId(self, id: str) -> str:
        return f"{self.prefix}fn:{self.numbers[id]}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:
        reference = f"{self.prefix}fnref:{self.numbers[id]}"
        if not found:
            return reference
        rank = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        return reference if rank == 1 else f"{self.prefix}fnref{rank}:{self.numbers[id]}"

    def makeFootnotesDiv(self, root: etree.Element) -> etree.Element | None:
        """The notes under a rule, each ended by its link back, whatever the note is made of (even nothing)."""
        if not self.footnotes:
            return None
        self.placing = True
        div = etree.Element("div", {"class": "footnote"})
        etree.SubElement(div, "hr")
        notes = etree.SubElement(div, "ol")
        for id, text in self.footnotes.items():
            # Lists read a parent `li` in their own way: the note is parsed in a `div`, then moved.
            parsed = etree.Element("div")
            self.parser.parseChunk(parsed, text)
            note = etree.SubElement(notes, "li", {"id": self.makeFootnoteId(id)})
            note.extend(parsed)
            last = note[-1] if len(note) and note[-1].tag == "p" else etree.SubElement(note, "p")
            last.text = (last.text or "") + NBSP_PLACEHOLDER
            back = etree.SubElement(last, "a", {"class": "footnote-backref"})
            back.set("href", "#" + self.makeFootnoteRefId(id))
            back.set("title", f"Revenir au texte, note {self.numbers[id]}")
            back.text = FN_BACKLINK_TEXT
        return div
