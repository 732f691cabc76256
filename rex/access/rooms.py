"""The second lock on what is said in séances and on what leaves a peer group."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from rex.access import inner
from rex.access.readers import Asker
from rex.access.visits import is_open_to
from rex.seances.models import Depot, Seance, SeanceText, Step
from rex.versements.models import Versement


def was_there(reader: Asker, space_id: Any, moment: Any) -> ColumnElement[bool]:
    """What is of this moment in a space of theirs; in a group since they are there, or before if it shows newcomers its past."""
    if not reader.collectif_ids:
        return false()
    in_mine = space_id.in_(reader.collectif_ids)
    if not reader.group_ids:
        return in_mine
    place = (
        select(inner.member.c.id)
        .select_from(inner.member.join(inner.group, inner.group.c.id == inner.member.c.group_id))
        .where(inner.member.c.group_id == space_id, inner.member.c.user_id == reader.user_id)
        .where(inner.member.c.left_at.is_(None), inner.member.c.shut_at.is_(None))
        .where(or_(inner.member.c.arrived_at <= moment, inner.group.c.shows_history))
    )
    return or_(in_mine, and_(space_id.in_(reader.group_ids), place.correlate_except(inner.member, inner.group).exists()))


def meets_or_met(reader: Asker) -> ColumnElement[bool]:
    """A séance: of those who belong to its space; of who reads a group that was opened to them, once it is closed: what
    remains of it then is its compte rendu."""
    theirs = was_there(reader, Seance.collectif_id, Seance.starts_at)
    if not reader.visit_ids:
        return theirs
    return or_(theirs, and_(Seance.step == Step.CLOSE, is_open_to(reader, Seance.collectif_id, Seance.starts_at)))


def own_or_open(reader: Asker) -> ColumnElement[bool]:
    """A dépôt: its author's alone until its séance opens them all; then of those who were there when it was written."""
    seance = inner.seance.c
    mine = Depot.author_id == reader.user_id
    since = was_there(reader, seance.collectif_id, Depot.written_at)
    opened = and_(seance.opens_at <= reader.now, seance.cancelled_at.is_(None), since)
    there = select(seance.id).where(
        seance.id == Depot.seance_id, was_there(reader, seance.collectif_id, seance.starts_at), or_(mine, opened)
    )
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
            was_there(reader, seance.collectif_id, seance.starts_at),
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
        was_there(reader, seance.collectif_id, seance.starts_at),
        or_(SeanceText.author_id == reader.user_id, was_there(reader, seance.collectif_id, SeanceText.told_at)),
    )
    return and_(SeanceText.suspended_at.is_not(None), there.correlate_except(inner.seance).exists())
