"""The formats in which a récit leaves, and the name of its file."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from rex.documents.outgoing import Outgoing
from rex.documents.own_marks import write_own
from rex.documents.to_docx import to_docx
from rex.documents.to_odt import to_odt
from rex.documents.to_page import to_page, to_pdf


@dataclass(frozen=True)
class Format:
    """`label` and `use`: what the page says of it."""

    ending: str
    media: str
    label: str
    use: str
    make: Callable[[Outgoing], bytes]


def to_markdown(outgoing: Outgoing) -> bytes:
    """The récit as Markdown, its sections to the letter."""
    preface = [line for line in (outgoing.confidential, *outgoing.preface) if line]
    sections = [(section.slug, section.heading, section.source) for section in outgoing.sections]
    return write_own(outgoing.title, preface, sections).encode()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    one.ending: one
    for one in (
        Format("docx", _WORD, "Word (DOCX)", "À corriger ou à compléter dans un traitement de texte", to_docx),
        Format("odt", "application/vnd.oasis.opendocument.text", "LibreOffice (ODT)", "Le même, au format ouvert", to_odt),
        Format("pdf", "application/pdf", "PDF", "À lire ou à imprimer tel quel", to_pdf),
        Format("html", "text/html; charset=utf-8", "Page web (HTML)", "Un seul fichier, images comprises", to_page),
        Format("md", "text/markdown; charset=utf-8", "Markdown", "Revient dans REX mot pour mot", to_markdown),
    )
}


def file_name(outgoing: Outgoing, ending: str) -> str:
    """The title; of a text of a group, what its bar says: its name may be read over a shoulder."""
    words = outgoing.confidential.partition(", exporté")[0] or outgoing.title
    name = " ".join(re.sub(r"[^\w \-’',]+", " ", words.replace("\u00a0", " ").replace("\u202f", " ")).split())
    return f"{name[:80].strip() or 'recit'}.{ending}"


def in_ascii(name: str) -> str:
    """For programs that know no accents."""
    return unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode()
