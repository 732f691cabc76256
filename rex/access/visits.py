"""The second lock on what one reads in a group that its members opened: nothing but what is told, from a date to a date."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from rex.access import inner
from rex.access.readers import Asker
from rex.collectifs.group_models import GroupOpening


def is_visiting(now: Any, opening: Any = GroupOpening) -> ColumnElement[bool]:
    """An opening that gives rights at this instant: begun, accepted by the person, neither over nor ended."""
    return and_(
        opening.accepted_at.is_not(None), opening.ended_at.is_(None), opening.starts_at <= now, opening.ends_at > now
    )


def is_open_to(reader: Asker, space_id: Any, *moments: Any) -> ColumnElement[bool]:
    """What is of these moments, all of them, in a group open for this person to read: said since they came, or before if the
    members opened that too."""
    since = or_(and_(*(inner.opening.c.accepted_at <= moment for moment in moments)), inner.opening.c.shows_past)
    return and_(space_id.in_(reader.visit_ids), _visit(reader, space_id).where(since).exists())


def is_open_now(reader: Asker, space_id: Any) -> ColumnElement[bool]:
    """A group open for this person to read: its name and its frame."""
    if not reader.visit_ids:
        return false()
    return and_(space_id.in_(reader.visit_ids), _visit(reader, space_id).exists())


def _visit(reader: Asker, space_id: Any) -> Select[Any]:
    opening = inner.opening.c
    mine = select(opening.id).where(opening.group_id == space_id, opening.user_id == reader.user_id)
    return mine.where(is_visiting(reader.now, opening)).correlate_except(inner.opening)
