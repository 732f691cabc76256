"""The second lock on what is said in séances and on what leaves a peer group."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from rex.access import inner
from rex.access.readers import Asker
from rex.access.visits import is_open_to
from rex.seances.models import Depot, Seance, SeanceText, Step
from rex.versements.models import Versement


def was_there(reader: Asker, space_id: Any, *moments: Any) -> ColumnElement[bool]:
    """What is of these moments, all of them, in a space of theirs; in a group since they are there, or before if it shows
    newcomers its past."""
    if not reader.collectif_ids:
        return false()
    in_mine = space_id.in_(reader.collectif_ids)
    if not reader.group_ids:
        return in_mine
    since = and_(*(inner.member.c.arrived_at <= moment for moment in moments))
    place = (
        select(inner.member.c.id)
        .select_from(inner.member.join(inner.group, inner.group.c.id == inner.member.c.group_id))
        .where(inner.member.c.group_id == space_id, inner.member.c.user_id == reader.user_id)
        .where(inner.member.c.left_at.is_(None), inner.member.c.shut_at.is_(None))
        .where(or_(since, inner.group.c.shows_history))
    )
    return or_(in_mine, and_(space_id.in_(reader.group_ids), place.correlate_except(inner.member, inner.group).exists()))


def _held(seance: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The moments of a séance: the hour that was set, and when it was held if that is known. It begins as a situation is kept;
    of one that was led on without any, all that is known is that it had been set, and that its dépôts were open."""
    depot = inner.depot.c
    kept_at = select(func.min(depot.kept_at)).where(depot.seance_id == seance.id).correlate_except(inner.depot).scalar_subquery()
    is_to_come = or_(seance.step == Step.DEPOSER, seance.step == Step.CHOISIR)
    led_on = case((seance.opens_at < seance.created_at, seance.created_at), else_=seance.opens_at)
    return seance.starts_at, func.coalesce(kept_at, case((is_to_come, seance.starts_at), else_=led_on))


def _meets(reader: Asker, seance: Any) -> ColumnElement[bool]:
    """A séance of a space of theirs: in a group, one that was not held yet when they came, be it before its hour."""
    return was_there(reader, seance.collectif_id, *_held(seance))


def meets_or_met(reader: Asker) -> ColumnElement[bool]:
    """A séance: of those who belong to its space; of who reads a group that was opened to them, once it is closed: what
    remains of it then is its compte rendu."""
    theirs = _meets(reader, Seance)
    if not reader.visit_ids:
        return theirs
    return or_(theirs, and_(Seance.step == Step.CLOSE, is_open_to(reader, Seance.collectif_id, *_held(Seance))))


def own_or_open(reader: Asker) -> ColumnElement[bool]:
    """A dépôt: its author's alone until its séance opens them all; then of those who were there when it was written."""
    seance = inner.seance.c
    mine = Depot.author_id == reader.user_id
    since = was_there(reader, seance.collectif_id, Depot.written_at)
    opened = and_(seance.opens_at <= reader.now, seance.cancelled_at.is_(None), since)
    there = select(seance.id).where(seance.id == Depot.seance_id, _meets(reader, seance), or_(mine, opened))
    return there.correlate_except(inner.seance).exists()


def own_or_put_to_members(reader: Asker) -> ColumnElement[bool]:
    """A text on its way out of a group: its author's alone until it is put to the members; then theirs."""
    if not reader.group_ids:
        return false()
    mine = and_(Versement.author_id == reader.user_id, Versement.group_id.in_(reader.group_ids))
    return or_(mine, and_(Versement.asked_at.is_not(None), was_there(reader, Versement.group_id, Versement.asked_at)))


def said_in_seance(cls: Any) -> Callable[[Asker], ColumnElement[bool]]:
    """What is said in a séance: for those who read the séance, and were there when it was said."""

    def scope(reader: Asker) -> ColumnElement[bool]:
        seance = inner.seance.c
        there = select(seance.id).where(
            seance.id == cls.seance_id,
            _meets(reader, seance),
            or_(cls.author_id == reader.user_id, was_there(reader, seance.collectif_id, cls.written_at)),
        )
        return there.correlate_except(inner.seance).exists()

    return scope


def suspended_in_seance(reader: Asker) -> ColumnElement[bool]:
    """That a text of a séance is suspended, and why: for those who read the text before. That it was reported is for its judges
    alone, who find it by the report."""
    seance = inner.seance.c
    there = select(seance.id).where(
        seance.id == SeanceText.seance_id,
        _meets(reader, seance),
        or_(SeanceText.author_id == reader.user_id, was_there(reader, seance.collectif_id, SeanceText.told_at)),
    )
    return and_(SeanceText.suspended_at.is_not(None), there.correlate_except(inner.seance).exists())
