"""What figures count, as conditions on entries: the numbers of the page and the lists that they open are made of these same ones.

Every statement starts at the door (`told_…`): drafts, groups, what is withdrawn or suspended are in none."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from rex.access import Reader, told_difficulties, told_recits, told_recognitions, told_tensions, visible_entries
from rex.access.entries import is_told
from rex.journal.models import Audience, Entry, EntryKind, Stance
from rex.tensions.models import Tension, TensionLink
from rex.trends import inner
from rex.trends.asked import Asked
from rex.trends.figures import Figure, Kind, When
from rex.trends.look import Look
from rex.trends.periods import Span, month_of
from rex.trends.units import Colleges, Units
from rex.trends.with_whom import linked, received_by


def _told_texts(reader: Reader) -> Select[Any]:
    return visible_entries(reader).where(is_told(reader))


_TOLD = {
    Kind.RECITS: told_recits,
    Kind.DIFFICULTIES: told_difficulties,
    Kind.ENTRIES: _told_texts,
    Kind.MERCIS: told_recognitions,
}
_KINDS = {
    Kind.RECITS: (EntryKind.RECIT,),
    Kind.DIFFICULTIES: (EntryKind.DIFFICULTY,),
    Kind.ENTRIES: (EntryKind.RECIT, EntryKind.DIFFICULTY),
    Kind.MERCIS: (EntryKind.RECOGNITION,),
}


def told(look: Look, kind: Kind = Kind.RECITS, when: When = When.NOW) -> Select[Any]:
    """The entries of a kind that this reader reads in the place asked, told in these days: where every figure starts. It selects
    `Entry`, or a class of it: ask for columns with `with_only_columns`."""
    query = _TOLD[kind](look.reader)
    # The kind is asked again: a query of columns of `Entry` alone loses the table that tells a récit from a merci.
    query = query.where(Entry.kind.in_(_KINDS[kind]), of_place(look.asked), Entry.published_at.is_not(None))
    span = span_of(look.asked, when)
    return query.where(*within(span, look.asked.place.timezone)) if span else query


def span_of(asked: Asked, when: When) -> Span | None:
    return {When.NOW: asked.span, When.BEFORE: asked.compared, When.YEAR: asked.span.year(), When.EVER: None}[when]


def of_place(asked: Asked) -> ColumnElement[bool]:
    """Told in this journal; or, by any of them, to the réseau."""
    if asked.place.is_reseau:
        return Entry.audience == Audience.RESEAU
    return Entry.collectif_id == asked.place.collectif_id


def within(span: Span, timezone: str) -> list[ColumnElement[bool]]:
    starts, ends = span.period.instants(timezone)
    return [Entry.published_at >= starts, Entry.published_at < ends]


def tagged(enjeu: str = "", balise: str = "", stance: Stance | None = None) -> ColumnElement[bool]:
    """Carries this balise, or one of this enjeu; with this stance, if any."""
    which: list[ColumnElement[bool]] = [inner.tag.c.code == balise] if balise else [inner.tag.c.code.like(f"{enjeu}_")]
    if stance is not None:
        which.append(inner.tag.c.stance == stance)
    return select(inner.tag.c.id).where(inner.tag.c.entry_id == Entry.id, *which).correlate_except(inner.tag).exists()


def signed_in(units: Units, key: str) -> ColumnElement[bool]:
    """Signed in this unit."""
    if units.is_reseau:
        return units.holds(Entry.collectif_id, key)
    return _signed(units.holds(inner.signature.c.service_id, key))


def signed_from(colleges: Colleges, key: str) -> ColumnElement[bool]:
    """Signed from this collège."""
    return _signed(colleges.holds(inner.signature.c.college, key))


def _signed(where: ColumnElement[bool]) -> ColumnElement[bool]:
    by = inner.signature.c
    return select(by.id).where(by.entry_id == Entry.id, inner.is_given(by), where).correlate_except(inner.signature).exists()


def of_tension(reader: Reader, public_id: str) -> ColumnElement[bool]:
    """Gathered by this tension, if it is told to this reader."""
    which = told_tensions(reader).with_only_columns(Tension.id).where(Tension.public_id == public_id).scalar_subquery()
    return select(TensionLink.difficulty_id).where(TensionLink.difficulty_id == Entry.id, TensionLink.tension_id == which).exists()


def narrowing(look: Look) -> list[ColumnElement[bool]]:
    """What the filters of the page ask of every entry that it counts."""
    asked = look.asked
    found = [tagged(asked.enjeu, asked.balise)] if asked.enjeu or asked.balise else []
    found += [signed_in(look.units, asked.unit)] if asked.unit else []
    return found + ([signed_from(look.colleges, asked.college)] if asked.college else [])


def counted(look: Look, kind: Kind = Kind.RECITS, when: When = When.NOW) -> Select[Any]:
    """The entries that the page is about: `told`, with its filters."""
    return told(look, kind, when).where(*narrowing(look))


def entries_of(look: Look, figure: Figure) -> Select[Any]:
    """The entries that a figure counts, for this reader."""
    query, units = counted(look, figure.kind, figure.when), look.units
    if figure.enjeu or figure.balise:
        query = query.where(tagged(figure.enjeu, figure.balise, stance=figure.stance))
    if figure.kind is Kind.MERCIS:
        query = query.where(*([signed_in(units, figure.unit)] if figure.unit else []))
        query = query.where(*([received_by(units, figure.other)] if figure.other else []))
    elif figure.other:
        query = query.where(linked(look.reader, units, figure.unit, figure.other))
    elif figure.unit:
        query = query.where(signed_in(units, figure.unit))
    if figure.college:
        query = query.where(signed_from(look.colleges, figure.college))
    if figure.month:
        query = query.where(*within(month_of(figure.month), look.asked.place.timezone))
    return query.where(of_tension(look.reader, figure.tension)) if figure.tension else query
