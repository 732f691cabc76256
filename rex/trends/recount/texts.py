"""Counted again: the numbers of the page, services × enjeux, months, balises, collèges."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rex.journal.models import EntryKind, Stance
from rex.trends.colleges import InColleges
from rex.trends.couverture import Couverture
from rex.trends.mois import Mois
from rex.trends.page import Page
from rex.trends.recount.days import Days, month_of, written
from rex.trends.recount.named import Named
from rex.trends.recount.rows import Text
from rex.trends.services import Services
from rex.trends.tables import Cell

Figures = dict[str, int | str]  # « récits », « récits, service Voirie, enjeu C »… and how many
OF_COLLEGES = ("récits", "récits avant", "difficultés")  # in the order of their columns
OF_BALISES = ("", ", en tout", ", qui l’illustrent", ", qui la contredisent")
TALL = 68  # of the bar of the month in which most is told


def shown(page: Page, named: Named) -> Iterator[tuple[str, int | str]]:
    """What the page says."""
    numbers = page.numbers
    yield from {"récits": numbers.recits, "récits avant": numbers.recits_before, "récits en tout": numbers.ever}.items()
    yield from {"difficultés": numbers.difficulties, "mercis": numbers.mercis}.items()
    for section in page.sections:
        if isinstance(section, Services) and section.total:
            columns = [one.code for one in section.columns]
            for row in section.rows:
                yield from _named((f"récits, service {named.label(row.key)}, enjeu {code}" for code in columns), row.cells)
            yield from _named((f"récits, tous services, enjeu {code}" for code in columns), section.total.cells)
        elif isinstance(section, InColleges):
            for one in section.heard:
                yield from _named((f"{what}, collège {one.key}" for what in OF_COLLEGES), one.cells)
        elif isinstance(section, Couverture):
            for mark in (one for group in section.groups for one in group.marks if one.marker.enjeu):
                cells = (mark.now, mark.ever, mark.agree, mark.against)
                yield from _named((f"récits, balise {mark.marker.code}{what}" for what in OF_BALISES), cells)
        elif isinstance(section, Mois):
            yield from _shown_months(section)


def _named(names: Iterator[str], cells: Sequence[Cell]) -> Iterator[tuple[str, int | str]]:
    yield from ((name, cell.value) for name, cell in zip(names, cells, strict=True) if isinstance(cell.value, int))


def _shown_months(section: Mois) -> Iterator[tuple[str, int | str]]:
    yield "mois montrés", ", ".join(f"{one:%m/%Y}" for one in section.months)
    for lane in section.lanes:
        enjeu = f"enjeu {lane.column.code}"
        yield from ((f"récits, {enjeu}", lane.now.number), (f"récits avant, {enjeu}", lane.before.number))
        for month, cell, bar in zip(section.months, lane.cells, lane.bars, strict=True):
            yield f"récits, {enjeu}, {month:%m/%Y}", cell.number
            yield f"barre, {enjeu}, {month:%m/%Y}", _bar(bar.height, bar.solid)


def _bar(tall: float, solid: float) -> int | str:
    return f"{tall:.1f} dont {solid:.1f} en plein" if tall or solid else 0


def told(named: Named, texts: Sequence[Text], days: Days) -> Figures:
    """The same from the texts. Without a récit in any of its lines, the table of services is not there, nor its total."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(_names_of(named, text, days))
    has_lines = any(name.startswith("récits, service ") for name in found)
    figures = {name: times for name, times in found.items() if has_lines or not name.startswith("récits, tous services")}
    return {**figures, "mois montrés": ", ".join(map(written, days.begun)), **_bars(texts, days)}


def _names_of(named: Named, text: Text, days: Days) -> Iterator[str]:
    """The figures that a text is in."""
    is_now, is_before = days.is_now(text.day), days.is_before(text.day)
    colleges = named.colleges_of(text)
    if text.kind is EntryKind.DIFFICULTY and is_now:
        yield from ("difficultés", *(f"difficultés, collège {key}" for key in colleges))
    if text.kind is EntryKind.RECOGNITION and is_now:
        yield "mercis"
    if text.kind is not EntryKind.RECIT:
        return
    balises = {code: stance for code, stance in text.tags.items() if len(code) == 2}
    enjeux = {code[0] for code in balises}
    yield "récits en tout"
    for code, stance in balises.items():
        yield f"récits, balise {code}, en tout"
        if stance is not Stance.NUANCE:
            yield f"récits, balise {code}, {'qui l’illustrent' if stance is Stance.ILLUSTRE else 'qui la contredisent'}"
    if month_of(text.day) in days.begun:
        yield from (f"récits, enjeu {enjeu}, {text.day:%m/%Y}" for enjeu in enjeux)
    if is_before:
        yield from ("récits avant", *(f"récits avant, collège {key}" for key in colleges))
        yield from (f"récits avant, enjeu {enjeu}" for enjeu in enjeux)
    if is_now:
        yield from ("récits", *(f"récits, balise {code}" for code in balises), *(f"récits, collège {key}" for key in colleges))
        yield from (f"récits, enjeu {enjeu}" for enjeu in enjeux)
        if len(set(named.units.values())) > 1:
            units = {f"service {named.label(key)}" for key in named.units_of(text)}
            for name in units | {"tous services"}:
                yield from (f"récits, {name}, enjeu {enjeu}" for enjeu in enjeux)


def _bars(texts: Sequence[Text], days: Days) -> Figures:
    """On one scale: the tallest is that of the month, and of the enjeu, of which most is told."""
    every: Counter[tuple[str, int]] = Counter()
    solid: Counter[tuple[str, int]] = Counter()
    for text in texts:
        if text.kind is EntryKind.RECIT and (month := month_of(text.day)) in days.begun:
            places = [(enjeu, month) for enjeu in {code[0] for code in text.tags if len(code) == 2}]
            every.update(places)
            solid.update(places if days.is_now(text.day) else ())
    most = max(every.values(), default=1)
    return {
        f"barre, enjeu {enjeu}, {written(month)}": _bar(round(TALL * times / most, 1), round(TALL * solid[enjeu, month] / most, 1))
        for (enjeu, month), times in every.items()
    }
