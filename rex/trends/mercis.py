"""Mercis between teams: a few of their words, from which team to which. No person is named, and no team is ranked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, select

from rex.french import count, joined
from rex.journal.models import Entry
from rex.journal.recognition_models import Recognition
from rex.trends import inner
from rex.trends.behind import rows_behind, told_here
from rex.trends.conditions import told as told_in
from rex.trends.figures import Figure, Kind
from rex.trends.gathered import Keys, gathered
from rex.trends.look import Look
from rex.trends.saying import when
from rex.trends.tables import Cell, Row, Table
from rex.trends.units import NO_SERVICE

QUOTED, LOOKED_AT = 3, 12


@dataclass(frozen=True)
class Quote:
    """`giver`, `receiver`: teams, or nobody's name."""

    words: str
    giver: str
    receiver: str
    url: str


@dataclass(frozen=True)
class Mercis:
    """`all`: how many there are, and their list."""

    title: str
    all: Cell
    quotes: tuple[Quote, ...] = ()
    tables: tuple[Table, ...] = ()
    key: str = "mercis"


def read(look: Look) -> Mercis:
    """Two statements; one when there is none."""
    asked, rows = look.asked, rows_behind(look, _all_of_them(look))
    days = when(asked.span, asked.today)
    if not rows:
        return Mercis(f"Aucun merci publié {days}", Cell(0))
    givers, receivers = Keys(look.units, with_nobody=True), Keys(look.units, with_nobody=False)
    between: Counter[tuple[str, str]] = Counter()
    ends = {row.id: (givers.of(row.signed), receivers.of(row.to)) for row in rows}
    for signed, to in ends.values():
        between.update((giver, receiver) for giver in signed for receiver in to)
    every = Cell(len(rows), asked.url_of(Figure(Kind.MERCIS)))
    quotes = [
        Quote(
            row.words,
            _named(look, signed) or "Une personne",
            _named(look, to) or "une personne",
            f"/reconnaissances/{row.public_id}",
        )
        for row in _quotable(look, rows)
        for signed, to in (ends[row.id],)
        if signed != to
    ][:QUOTED]
    tables = () if asked.college else (_table(look, between, every),)  # not crossed: rex.trends.crossing
    return Mercis(f"{count(len(rows), 'merci')} {days}", every, tuple(quotes), tables)


def _all_of_them(look: Look) -> Any:
    """Where each is signed, and where it goes: ids of services as text, of territories in the réseau; none, to somebody."""
    told = told_here(look, Entry.collectif_id, Entry.published_at, Recognition.to_service_id, kind=Kind.MERCIS)
    to: ColumnElement[Any] = told.c.to_service_id
    signed: ColumnElement[Any] = cast(told.c.collectif_id, String)
    if look.units.is_reseau:
        to = select(inner.service.c.collectif_id).where(inner.service.c.id == to).correlate(told).scalar_subquery()
    else:
        signed = (
            select(gathered(inner.signature.c.service_id))
            .where(inner.signature.c.entry_id == told.c.id, inner.is_given(inner.signature.c))
            .correlate(told)
            .scalar_subquery()
        )
    return select(told.c.id, told.c.published_at, signed.label("signed"), cast(to, String).label("to"))


def _quotable(look: Look, rows: Sequence[Any]) -> Sequence[Any]:
    """The newest of those given to a service or a structure, then of the others; some are of one team to itself."""
    newest = sorted(rows, key=lambda row: (row.to is not None, row.published_at, row.id), reverse=True)[:LOOKED_AT]
    ids = [row.id for row in newest]
    query = told_in(look, Kind.MERCIS).where(Entry.id.in_(ids)).with_only_columns(Entry.id, Entry.public_id, Entry.words)
    return sorted(look.session.execute(query).all(), key=lambda row: ids.index(row.id))


def _named(look: Look, keys: set[str]) -> str:
    if look.asked.college:  # not crossed: rex.trends.crossing
        return ""
    names = [unit.name for unit in look.units.shown if unit.key in keys and unit.key != NO_SERVICE]
    return joined(names)


def _table(look: Look, between: Counter[tuple[str, str]], every: Cell) -> Table:
    """By pair, in alphabetical order: it is no ranking."""
    asked, shown = look.asked, look.units.shown
    found = [(giver, receiver, between[giver.key, receiver.key]) for giver in shown for receiver in shown]
    rows: Sequence[Row] = [
        Row(f"{giver.name} → {receiver.name}", (Cell(number, asked.url_of(_figure(giver.key, receiver.key))),), giver.key)
        for giver, receiver, number in found
        if number
    ]
    places = "territoires" if look.units.is_reseau else "services"
    note = (
        f"Un merci signé à plusieurs compte pour chacun des {places} qui l’ont signé, une seule fois dans le total. "
        "Un merci à une personne, ou à qui n’a encore rien écrit, compte dans le total et nulle part ailleurs : personne n’est "
        "compté ici."
    )
    caption = f"Mercis publiés, {asked.span.label}"
    return Table(caption, ("De → à", "Mercis"), tuple(rows), Row("Tous les mercis", (every,)), note)


def _figure(giver: str, receiver: str) -> Figure:
    return Figure(Kind.MERCIS, unit=giver, other=receiver)
