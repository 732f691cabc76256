"""« Emporter », at the end of the page of trends: what its template draws."""

from dataclasses import dataclass

from rex.documents.several_formats import formats_here
from rex.trends.asked import Asked
from rex.trends.report import USES
from rex.trends.sheets import SHEETS

Link = tuple[str, str, str]  # address, label, what for


@dataclass(frozen=True)
class LinksOut:
    """`printed`: the page to print."""

    printed: str
    reports: tuple[Link, ...]
    figures: tuple[Link, ...]


def links_out(asked: Asked) -> LinksOut:
    """The files of a page, asked as it is."""
    return LinksOut(
        asked.at("/imprimer"),
        tuple((asked.at(f"/rapport/{one.ending}"), one.label, USES[one.ending]) for one in formats_here()),
        tuple((asked.at(f"/exporter/{one.ending}"), one.label, one.use) for one in SHEETS.values()),
    )
