"""The figures of a page of trends, counted again for `rex db check`: every text is read and counted one by one, without any of the
conditions and lists that the page is made of. Counted again: its numbers, services × enjeux, balises, collèges, and who may be
named. Not: what tensions gather, pairs and mercis between teams, the réseau."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from rex import clock
from rex.access import Reader
from rex.db import RexSession
from rex.french import number
from rex.journal.models import Audience, Authorship, Entry, EntryKind, Tagging
from rex.tensions.writers import WRITERS
from rex.trends.asked import Place, asked_from
from rex.trends.colleges import InColleges
from rex.trends.couverture import Couverture
from rex.trends.look import Look, look_at
from rex.trends.page import Page, page_of
from rex.trends.services import Services
from rex.trends.tables import Cell
from rex.trends.units import NO_SERVICE, OTHERS

MOST_TOLD = 5  # differences of one page, past which it is enough to know that there are some
OF_COLLEGES = ("récits", "récits avant", "difficultés")  # in the order of their columns
Figures = dict[str, int]  # « récits », « récits, service Voirie, enjeu C »… and how many


@dataclass(frozen=True)
class _Text:
    kind: EntryKind
    published_at: datetime
    services: frozenset[int | None]
    colleges: frozenset[Any]
    codes: frozenset[str]


def faults(session: RexSession, reader: Reader, place: Place) -> list[str]:
    """What the trends of this journal say otherwise than its texts, one French sentence each. `reader`: one of its members, of no
    group, whose session this is. The last three months, and the year."""
    texts, writers = _texts_of(session, place)
    today, found = clock.today(place.timezone), []
    for given in ({}, {"periode": str(today.year)}):
        page = page_of(look_at(session, reader, asked_from(given, place, today)))
        shown, told = dict(_shown(page)), _told(page.look, texts)
        wrong = [name for name in {**shown, **told} if shown.get(name, 0) != told.get(name, 0)] if page.has_enough else []
        head = f"Tendances de {place.name}, {page.look.asked.span.label}\u00a0:"
        for name in wrong[:MOST_TOLD]:
            found.append(f"{head} {name}, {number(shown.get(name, 0))} sur la page, {number(told.get(name, 0))} dans les textes.")
    look = look_at(session, reader, asked_from({}, place, today))
    units = {unit.key: unit for service in writers if (unit := look.units.unit_of(service))}
    small = {key for key, unit in units.items() if key != OTHERS and _few(writers[None if key == NO_SERVICE else unit.id])}
    named = [units[key].name for key in sorted(small)]
    return found + [f"Tendances de {place.name}\u00a0: {name} y est nommé sous {WRITERS} personnes." for name in named]


def _texts_of(session: RexSession, place: Place) -> tuple[list[_Text], Mapping[int | None, set[Any]]]:
    """All that the journal is told, and who ever wrote in each of its services."""
    with session.as_system("each text of a journal, to count it again"):
        rows = session.execute(
            select(Entry.id, Entry.kind, Entry.published_at, Entry.audience, Entry.suspended_at).where(
                Entry.collectif_id == place.collectif_id
            )
        ).all()
        here = select(Entry.id).where(Entry.collectif_id == place.collectif_id)
        signatures, codes = defaultdict(list), defaultdict(set)
        query = select(Authorship.entry_id, Authorship.user_id, Authorship.service_id, Authorship.college)
        for row in session.execute(query.where(Authorship.entry_id.in_(here))):
            signatures[row.entry_id].append(row)
        for entry_id, code in session.execute(select(Tagging.entry_id, Tagging.code).where(Tagging.entry_id.in_(here))):
            codes[entry_id].add(code)
    texts, writers = [], defaultdict(set)
    for row in rows:
        if row.published_at is None or row.suspended_at or row.audience not in (Audience.COLLECTIF, Audience.RESEAU):
            continue
        by = [one for one in signatures[row.id] if one.college is not None]  # who is to sign later is not named yet
        for one in by:
            writers[one.service_id].add(one.user_id)
        services, colleges = frozenset(one.service_id for one in by), frozenset(one.college for one in by)
        texts.append(_Text(row.kind, row.published_at, services, colleges, frozenset(codes[row.id])))
    return texts, writers


def _few(people: set[Any]) -> bool:
    """Those who left the application count as one when nobody else wrote there."""
    return len(people - {None} or people) < WRITERS


def _shown(page: Page) -> Iterator[tuple[str, int]]:
    """What the page says."""
    numbers = page.numbers
    yield from {"récits": numbers.recits, "récits avant": numbers.recits_before, "récits en tout": numbers.ever}.items()
    yield from {"difficultés": numbers.difficulties, "mercis": numbers.mercis}.items()
    for section in page.sections:
        if isinstance(section, Services) and section.total:
            columns = [one.code for one in section.columns]
            for row in section.rows:
                yield from _named((f"récits, service {row.key}, enjeu {code}" for code in columns), row.cells)
            yield from _named((f"récits, tous services, enjeu {code}" for code in columns), section.total.cells)
        elif isinstance(section, InColleges):
            for one in section.heard:
                yield from _named((f"{what}, collège {one.key}" for what in OF_COLLEGES), one.cells)
        elif isinstance(section, Couverture):
            for mark in (one for group in section.groups for one in group.marks if one.marker.enjeu):
                yield from _named((f"récits, balise {mark.marker.code}{when}" for when in ("", ", en tout")), (mark.now, mark.ever))


def _named(names: Iterator[str], cells: Sequence[Cell]) -> Iterator[tuple[str, int]]:
    yield from ((name, cell.value) for name, cell in zip(names, cells, strict=True) if isinstance(cell.value, int))


def _told(look: Look, texts: Sequence[_Text]) -> Figures:
    """The same from the texts. Without a récit in any of its lines, the table of services is not there, nor its total."""
    asked, counts = look.asked, Counter[str]()
    for text in texts:
        day = clock.local(text.published_at, asked.place.timezone).date()
        is_now, is_before = asked.span.holds(day), asked.compared.holds(day)
        counts.update(_names_of(look, text, is_now=is_now, is_before=is_before))
    has_lines = any(name.startswith("récits, service ") for name in counts)
    return {name: times for name, times in counts.items() if has_lines or not name.startswith("récits, tous services")}


def _names_of(look: Look, text: _Text, *, is_now: bool, is_before: bool) -> Iterator[str]:
    """The figures that a text is in."""
    colleges = {key for college in text.colleges if (key := look.colleges.key_of(college))}
    if text.kind is EntryKind.DIFFICULTY and is_now:
        yield from ("difficultés", *(f"difficultés, collège {key}" for key in colleges))
    if text.kind is EntryKind.RECOGNITION and is_now:
        yield "mercis"
    if text.kind is not EntryKind.RECIT:
        return
    official = {code for code in text.codes if len(code) == 2}
    yield from ("récits en tout", *(f"récits, balise {code}, en tout" for code in official))
    if is_before:
        yield from ("récits avant", *(f"récits avant, collège {key}" for key in colleges))
    if is_now:
        yield from ("récits", *(f"récits, balise {code}" for code in official), *(f"récits, collège {key}" for key in colleges))
        if len(look.units.shown) > 1:
            units = {f"service {unit.key}" for unit in map(look.units.unit_of, text.services) if unit}
            for name in units | {"tous services"}:
                yield from (f"récits, {name}, enjeu {enjeu}" for enjeu in {code[0] for code in official})
