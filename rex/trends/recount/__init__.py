"""The figures of a page of trends, counted again for `rex db check`: rows are read once, then judged one by one in plain Python,
without any of the conditions and lists that the page is made of.

Counted again, for each journal and for the réseau: who may be named, the numbers of the page, services × enjeux, months and their
bars, balises, collèges, tensions, who cooperates with whom, mercis between teams, what séances put to work. Not: pages that a
filter narrows, balises of a collectif's own, and what is said in sentences (titles, the paragraph above, what is not known)."""

from collections.abc import Iterator

from rex import clock
from rex.access import Reader
from rex.db import RexSession
from rex.french import number
from rex.trends.asked import Place, asked_from
from rex.trends.ensemble import DRAWN
from rex.trends.look import look_at
from rex.trends.page import Page, page_of
from rex.trends.recount import between, seances, tensions, texts
from rex.trends.recount.days import Days
from rex.trends.recount.named import Named, named_in, wrongly_named
from rex.trends.recount.rows import Told, told_in
from rex.trends.recount.texts import Figures
from rex.trends.recount.work_rows import Work, work_in

MOST_TOLD = 5  # differences of one page, past which it is enough to know that there are some


def faults(session: RexSession, reader: Reader, place: Place) -> list[str]:
    """What the trends of this place say otherwise than its texts, one French sentence each. `reader`: one of its members, of no
    group, whose session this is. The last three months, and the year."""
    told = told_in(session, place)
    named, work = named_in(told, place.collectif_id), None if place.is_reseau else work_in(session, place)
    today, found = clock.today(place.timezone), []
    head = "Tendances du réseau" if place.is_reseau else f"Tendances de {place.name}"
    look = look_at(session, reader, asked_from({}, place, today))
    if wrong := wrongly_named(look, named):  # every figure of who is named follows from it
        return [f"{head}\u00a0: {one}." for one in wrong]
    for given in ({}, {"periode": str(today.year)}):
        page = page_of(look_at(session, reader, asked_from(given, place, today)))
        if page.has_enough:
            shown, due = _shown(page, named, work), _told(page, told, named, work)
            wrong = [name for name in {**shown, **due} if (shown.get(name) or 0) != (due.get(name) or 0)]
            where = f"{head}, {page.look.asked.span.label}\u00a0:"
            for name in wrong[:MOST_TOLD]:
                found.append(f"{where} {name}, {_said(shown, name)} sur la page, {_said(due, name)} dans les textes.")
    return found


def _shown(page: Page, named: Named, work: Work | None) -> Figures:
    return dict(_every(page, named, work))


def _every(page: Page, named: Named, work: Work | None) -> Iterator[tuple[str, int | str]]:
    yield from texts.shown(page, named)
    yield from between.shown(page, named)
    if work is not None:
        yield from tensions.shown(page, work)
        yield from seances.shown(page, work)


def _told(page: Page, told: Told, named: Named, work: Work | None) -> Figures:
    days = Days(page.look.asked)
    found = texts.told(named, told.texts, days) | between.told(named, told.texts, days, DRAWN)
    if work is None:
        return found
    return found | tensions.told(work, named, told.texts, days) | seances.told(work, days, page.look.reader.now)


def _said(figures: Figures, name: str) -> str:
    value = figures.get(name) or 0
    return number(value) if isinstance(value, int) else value
