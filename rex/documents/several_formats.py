"""The formats in which several récits leave together."""

from collections.abc import Callable
from dataclasses import dataclass

from rex.documents.formats import FORMATS
from rex.documents.pieces import Several
from rex.documents.pieces_docx import several_to_docx
from rex.documents.pieces_markdown import several_to_markdown
from rex.documents.pieces_odt import several_to_odt
from rex.documents.pieces_page import several_to_page, several_to_pdf
from rex.documents.to_page import has_pdf


@dataclass(frozen=True)
class SeveralFormat:
    """`label` and `use`: what the page says of it."""

    ending: str
    media: str
    label: str
    use: str
    make: Callable[[Several], bytes]


MAKERS: dict[str, tuple[Callable[[Several], bytes], str]] = {
    "docx": (several_to_docx, "À annoter ou à mettre en forme dans un traitement de texte"),
    "odt": (several_to_odt, "Le même, au format ouvert"),
    "pdf": (several_to_pdf, "À lire ou à imprimer tel quel"),
    "html": (several_to_page, "Un seul fichier, images comprises"),
    "md": (several_to_markdown, "Du texte simple, les récits l’un sous l’autre"),
}
SEVERAL = {
    ending: SeveralFormat(ending, FORMATS[ending].media, FORMATS[ending].label, use, make) for ending, (make, use) in MAKERS.items()
}


def formats_here() -> list[SeveralFormat]:
    """Those that this machine makes."""
    return [one for one in SEVERAL.values() if one.ending != "pdf" or has_pdf()]
