"""For whom a letter is composed: nobody in particular. Somebody who has a place in the collectif, signs nothing, receives nothing
and is in no group; so that no draft, no thank-you that waits and nothing of a group comes into it, whoever asks for it.

In a group, where one reads since one is there, it is the member who has been there longest; `told` then shows to each member what
they read themselves."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import select

from rex.access import MembershipView, Reader, is_in_group
from rex.collectifs.entrance import as_readers
from rex.collectifs.group_models import GroupMember
from rex.collectifs.models import College, Role, Space, User
from rex.db import RexSession
from rex.sealed_words import SpaceKind


def reader_for(session: RexSession, space_id: int) -> tuple[Reader, MembershipView] | None:
    """The reader of a letter of this space, and from where they look at it; None when there is nobody to write to."""
    with session.as_system("for whom a letter is composed"):
        space = session.scalars(select(Space).where(Space.id == space_id)).first()
        if space is None or space.kind is SpaceKind.ARRIVING:
            return None
        if space.kind is SpaceKind.COLLECTIF:
            seat = _seat_in(space)
            return Reader(user_id=0, user_public_id="", name="", is_admin=False, memberships=(seat,)), seat
        oldest = (
            select(GroupMember.user_id)
            .join(User, User.id == GroupMember.user_id)
            .where(GroupMember.group_id == space_id, is_in_group())
            .order_by(GroupMember.arrived_at, GroupMember.id)
        )
        user_id = session.scalar(oldest.limit(1))
        reader = as_readers(session, [user_id]).get(user_id) if user_id is not None else None
    seat = reader.seat(space_id) if reader is not None else None
    return (reader, seat) if reader is not None and seat is not None else None


@contextmanager
def reading_as(session: RexSession, reader: Reader) -> Generator[None]:
    """Read with the rights of this reader and no others, in the same transaction."""
    before, session.reader = session.reader, reader
    try:
        yield
    finally:
        session.reader = before


def _seat_in(space: Space) -> MembershipView:
    return MembershipView(
        id=0,
        collectif_id=space.id,
        collectif_public_id=space.public_id,
        collectif_slug=space.slug,
        collectif_name=space.name,
        is_demo=space.is_demo,
        timezone=space.timezone,
        college=College.SERVICE,
        service_id=None,
        service_name="",
        title="",
        role=Role.MEMBRE,
    )
