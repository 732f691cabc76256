"""HTML as blocks: of a page, of a word processor, or what REX itself shows. Nothing is fetched, no style is kept."""

import base64
import binascii
from dataclasses import dataclass, field
from html.parser import HTMLParser

from rex.documents import html_signs as signs
from rex.documents.blocks import (
    Block,
    Break,
    Code,
    Document,
    Heading,
    Inline,
    Items,
    NoteCall,
    Picture,
    Quote,
    Rule,
    Table,
    Text,
    joined_lists,
    paragraph,
    plain,
    tidy,
)
from rex.documents.cells import flattened
from rex.documents.limits import MOST_DEPTH, MOST_TAGS, Unreadable


@dataclass
class _Open:
    """An element that is not closed yet, with the blocks that stand in it so far."""

    tag: str
    blocks: list[Block] = field(default_factory=list)
    words: list[Inline] = field(default_factory=list)
    items: list[tuple[Block, ...]] = field(default_factory=list)
    rows: list[list[tuple[Inline, ...]]] = field(default_factory=list)
    start: int = 1
    note: str = ""
    struck: bool = False
    slug: str = ""  # of the section of REX that it opens


class _Reader(HTMLParser):
    def __init__(self, document: Document, is_own: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.document, self.is_own = document, is_own
        self.title = ""
        self.open = [_Open("")]
        # Of each inline element that is open: tag, bold, italic, address, struck through.
        self.marks: list[tuple[str, bool, bool, str, bool]] = []
        self.skipping: list[str] = []
        self.in_title = False
        self.in_call = False
        self.in_struck = False

    # --- what the parser says ------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.open) > MOST_DEPTH or len(self.marks) > MOST_DEPTH:
            raise Unreadable("dense")
        given = {name: value or "" for name, value in attrs}
        if tag == "title" and not self.title:
            self.in_title = True
        if self.skipping:
            self.skipping += [tag] if tag not in signs.VOID else []
            return
        hidden = "hidden" in given or signs.HIDDEN.search(given.get("style", ""))
        is_edge = tag == "div" and given.get("title") in ("header", "footer")  # of each page, as LibreOffice saves them
        if tag in signs.SKIPPED or hidden or is_edge:
            if tag not in signs.VOID:
                self.skipping.append(tag)
            if tag == "del" or is_edge or (hidden and tag not in signs.VOID):
                self.document.leave("deletion" if tag == "del" else "edge" if is_edge else "hidden")
            return
        self._begin(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        if self.skipping:
            if tag in self.skipping:
                while self.skipping and self.skipping.pop() != tag:
                    pass
            return
        if any(mark[0] == tag for mark in self.marks):
            while self.marks and self.marks.pop()[0] != tag:
                pass
            self.in_call = self.in_call and tag not in ("a", "sup")
        elif any(one.tag == tag for one in self.open[1:]):
            while len(self.open) > 1 and self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data
        if self.skipping or self.in_call:
            return
        top = self.open[-1]
        if top.tag == "pre":
            top.words.append(Text(data))
            return
        if top.tag in ("ul", "ol", "table", "tr", "tbody", "thead") and not data.strip():
            return
        bold, italic = any(m[1] for m in self.marks), any(m[2] for m in self.marks)
        self._note_struck(data)
        top.words.append(Text(data, bold, italic, next((m[3] for m in reversed(self.marks) if m[3]), "")))

    def _note_struck(self, data: str) -> None:
        """Words struck through lose their line, which Markdown of REX does not have: that is told, once for each passage."""
        if data.strip():
            was, self.in_struck = self.in_struck, any(m[4] for m in self.marks) or any(one.struck for one in self.open)
            if self.in_struck and not was:
                self.document.leave("struck")

    # --- building ------------------------------------------------------------------------------------------------------

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self.open[-1].words.append(Text("\n") if self.open[-1].tag == "pre" else Break())
        elif tag == "img":
            self._picture(given)
        elif tag == "hr":
            self._end_paragraph()
            if self.open[-1].note != signs.FOOTNOTES:  # REX draws a line above its notes
                self.open[-1].blocks.append(Rule())
        elif tag in signs.BLOCKS:
            self._open_block(tag, given)
        elif tag not in signs.VOID and tag not in ("thead", "tbody", "tfoot"):
            self._open_mark(tag, given)

    def _open_block(self, tag: str, given: dict[str, str]) -> None:
        if tag == "p" or tag in signs.HEADINGS:
            while self.open[-1].tag == "p" or self.open[-1].tag in signs.HEADINGS:
                self._close()
        elif (tag == "li" and self.open[-1].tag == "li") or (tag in ("td", "th") and self.open[-1].tag in ("td", "th")):
            self._close()
        elif tag == "tr":
            while self.open[-1].tag in ("td", "th", "tr"):
                self._close()
        if tag not in ("li", "tr", "td", "th"):
            self._end_paragraph()
        if tag == "p":
            self.marks.clear()  # a mark that a former paragraph left open
        one = _Open(tag, start=int(given["start"]) if given.get("start", "").isdecimal() and len(given["start"]) < 6 else 1)
        if tag in ("li", "div") and (found := signs.NOTE.search("#" + given.get("id", ""))):
            one.note = found[1]
        elif given.get("class") == signs.FOOTNOTES:
            one.note = signs.FOOTNOTES
        elif self.is_own and tag == "section" and signs.SLUG.fullmatch(given.get("id", "")):
            one.slug = given["id"]
        one.struck = bool(signs.STRUCK.search(given.get("style", "")))
        self.in_struck = False
        self.open.append(one)

    def _open_mark(self, tag: str, given: dict[str, str]) -> None:
        style = given.get("style", "")
        bold = (tag in ("b", "strong") and not signs.LIGHT.search(style)) or bool(signs.BOLD.search(style))
        italic = tag in ("i", "em", "cite") or bool(signs.ITALIC.search(style))
        struck = tag in ("s", "strike") or bool(signs.STRUCK.search(style))
        href = given.get("href", "").strip() if tag == "a" else ""
        if tag == "a" and ("footnote-backref" in given.get("class", "") or signs.BACK.match(href)):
            self.in_call = True
        elif note := signs.NOTE.search(href):
            self.open[-1].words.append(NoteCall(note[1]))
            self.in_call = True
        self.marks.append((tag, bold, italic, "" if href.startswith("#") else href, struck))

    def _picture(self, given: dict[str, str]) -> None:
        src, alt = given.get("src", "").strip(), " ".join(given.get("alt", "").split())
        data = signs.DATA.match(src)
        if src.startswith("/fichiers/"):
            self.open[-1].words.append(Picture(src, alt))
        elif data:
            try:
                found = base64.b64decode(src[data.end() :], validate=False)
            except binascii.Error:
                self.document.leave("picture")
                return
            ref = f"image-{len(self.document.images) + 1}"
            self.document.images[ref] = found
            self.open[-1].words.append(Picture(ref, alt))
        elif src.startswith(("http://", "https://")):
            self.document.leave("remote")
            self.open[-1].words.append(Text(alt or src, href=src))
        else:
            self.document.leave("picture")

    def _end_paragraph(self) -> None:
        """Words that stand directly in a block become a paragraph of it."""
        top = self.open[-1]
        if top.words and top.tag != "pre":
            top.blocks += paragraph(top.words)
            top.words = []

    def _close(self) -> str:
        one = self.open.pop()
        parent = self.open[-1]
        if one.tag in signs.HEADINGS:
            words = tidy(one.words)
            slug, parent.slug = parent.slug if one.tag == "h2" else "", ""
            level = max(1, signs.HEADINGS[one.tag] - self.is_own)  # the title of our own file is its first level
            parent.blocks += [Heading(level, words, slug=slug)] if plain(words) else []
            parent.blocks += one.blocks
        elif one.tag == "pre":
            text = "".join(word.words for word in one.words if isinstance(word, Text)).strip("\n")
            parent.blocks += [Code(text)] if text.strip() else []
        else:
            one.blocks += paragraph(one.words)
            self._hand_over(one, parent)
        return one.tag

    def _hand_over(self, one: _Open, parent: _Open) -> None:
        inner = joined_lists(one.blocks)
        if one.note and one.note != signs.FOOTNOTES:
            self.document.notes[one.note] = inner
        elif one.tag == "li":
            parent.items += [inner] if inner else []
        elif one.tag in ("ul", "ol"):
            parent.blocks += [Items(one.tag == "ol", tuple(one.items), one.start)] if one.items else []
            parent.blocks += inner
        elif one.tag in ("td", "th"):
            (parent.rows or parent.rows.append([]) or parent.rows)[-1].append(flattened(inner))
        elif one.tag == "tr":
            (parent.rows.append(one.rows[0])) if one.rows else None
            parent.blocks += inner
        elif one.tag == "table":
            parent.blocks += [Table(tuple(tuple(row) for row in one.rows))] if one.rows else []
            parent.blocks += inner
        elif one.tag == "blockquote":
            parent.blocks += [Quote(inner)] if inner else []
        else:
            parent.blocks += inner


def read_html(source: str) -> Document:
    """The document that this HTML shows."""
    if source.count("<") > MOST_TAGS:
        raise Unreadable("dense")
    document = Document()
    reader = _Reader(document, signs.OWN.search(source) is not None)
    reader.feed(source)
    reader.close()
    while len(reader.open) > 1:
        reader._close()
    top = reader.open[0]
    document.blocks = list(joined_lists([*top.blocks, *paragraph(top.words)]))
    document.title = " ".join(reader.title.split())
    return document
