"""The formats in which a récit leaves, and the name of its file."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from rex.documents.outgoing import Image, Outgoing
from rex.documents.own_marks import write_beside
from rex.documents.to_docx import to_docx
from rex.documents.to_odt import to_odt
from rex.documents.to_page import to_page, to_pdf
from rex.documents.xml_out import packed

NEUTRAL = "texte-confidentiel"
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "application/pdf": "pdf"}


@dataclass(frozen=True)
class Format:
    """`label` and `use`: what the page says of it."""

    ending: str
    media: str
    label: str
    use: str
    make: Callable[[Outgoing], bytes]


@dataclass(frozen=True)
class Made:
    """A file to give. `ending` is not always that of the format: Markdown with images is a zip."""

    data: bytes
    media: str
    ending: str


def to_markdown(outgoing: Outgoing) -> bytes:
    """The récit as Markdown, its sections to the letter; its images stay where they are."""
    return write_beside(outgoing.title, _preface(outgoing), _sections(outgoing), lambda _address: "", outgoing.root)[0].encode()


def to_markdown_beside(outgoing: Outgoing) -> tuple[bytes, dict[str, bytes]]:
    """The same, with the files that it shows: their names, from the place of the Markdown, and their bytes."""
    files: dict[str, Image] = {}

    def ending_of(address: str) -> str:
        found = outgoing.file(address)
        if found is None or found.media not in ENDINGS:
            return ""
        files[address] = found
        return ENDINGS[found.media]

    text, beside = write_beside(outgoing.title, _preface(outgoing), _sections(outgoing), ending_of, outgoing.root)
    return text.encode(), {name: files[address].data for name, address in beside.items()}


def _preface(outgoing: Outgoing) -> list[str]:
    return [line for line in (outgoing.confidential, *outgoing.preface) if line]


def _sections(outgoing: Outgoing) -> list[tuple[str, str, str]]:
    return [(section.slug, section.heading, section.source) for section in outgoing.sections]


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    one.ending: one
    for one in (
        Format("docx", _WORD, "Word (DOCX)", "À corriger ou à compléter dans un traitement de texte", to_docx),
        Format("odt", "application/vnd.oasis.opendocument.text", "LibreOffice (ODT)", "Le même, au format ouvert", to_odt),
        Format("pdf", "application/pdf", "PDF", "À lire ou à imprimer tel quel", to_pdf),
        Format("html", "text/html; charset=utf-8", "Page web (HTML)", "Un seul fichier, images comprises", to_page),
        Format("md", "text/markdown; charset=utf-8", "Markdown", "Revient dans REX mot pour mot, ses images à côté", to_markdown),
    )
}


def made(outgoing: Outgoing, ending: str) -> Made:
    """The file of one of the formats. Raises rex.documents.to_page.NoPdf."""
    chosen = FORMATS[ending]
    if ending != "md":
        return Made(chosen.make(outgoing), chosen.media, ending)
    text, files = to_markdown_beside(outgoing)
    if not files:
        return Made(text, chosen.media, ending)
    return Made(packed({file_name(outgoing, "md"): text, **files}), "application/zip", "zip")


def file_name(outgoing: Outgoing, ending: str) -> str:
    """Its title; of a text of a group, nothing that tells of it: names of files are read over a shoulder, and kept."""
    return f"{name_of(NEUTRAL if outgoing.confidential else outgoing.title)[:80].strip() or 'recit'}.{ending}"


def name_of(words: str) -> str:
    """These words as the name of a file may have them."""
    return " ".join(re.sub(r"[^\w \-’',]+", " ", words.replace("\u00a0", " ").replace("\u202f", " ")).split())


def in_ascii(name: str) -> str:
    """For programs that know no accents."""
    return unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode()
