"""« Emporter », at the end of the page of trends, and its head on paper: what their templates draw."""

from collections.abc import Sequence
from dataclasses import dataclass

from rex.documents.several_formats import formats_here
from rex.french import date_long
from rex.templating import paper_of
from rex.trends.asked_words import compared_in_words, filters_in_words
from rex.trends.look import Look
from rex.trends.report import USES
from rex.trends.sheets import SHEETS

Link = tuple[str, str, str]  # address, label, what for


@dataclass(frozen=True)
class PrintedHead:
    """What paper says of the page, of which it has no filters to look at: whose it is, its days, what it is narrowed to."""

    place: str
    days: str
    compared: str
    filters: Sequence[str]
    printed_on: str


@dataclass(frozen=True)
class LinksOut:
    """`printed`: the page to print; `head`: that of this page, when it is printed itself."""

    head: PrintedHead
    printed: str
    reports: tuple[Link, ...]
    figures: tuple[Link, ...]


def links_out(look: Look) -> LinksOut:
    """The files of a page, asked as it is."""
    asked = look.asked
    place = asked.place.name if asked.place.is_reseau else paper_of(asked.place.name)
    days = asked.span.label
    return LinksOut(
        PrintedHead(place, days, compared_in_words(look), filters_in_words(look), date_long(asked.today)),
        asked.at("/imprimer"),
        tuple((asked.at(f"/rapport/{one.ending}"), one.label, USES[one.ending]) for one in formats_here()),
        tuple((asked.at(f"/exporter/{one.ending}"), one.label, one.use) for one in SHEETS.values()),
    )
