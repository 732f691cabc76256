"""Who names, joins, splits and sets aside in a collectif: its animateurs, or any member if the collectif so decided."""

from sqlalchemy import select

from rex.access import MembershipView
from rex.db import RexSession
from rex.tensions.acts_turns import hold
from rex.tensions.models import TensionSettings


def members_curate(session: RexSession, collectif_id: int) -> bool:
    """Whether any member of this collectif may do what its animateurs do with tensions."""
    query = select(TensionSettings.members_curate).where(TensionSettings.collectif_id == collectif_id)
    return bool(session.scalar(query))


def may_curate(session: RexSession, seat: MembershipView | None) -> bool:
    """Whether who sits here may name, rename, split, merge, set aside, say where a tension stands. Never in a group."""
    if seat is None or seat.is_group:
        return False
    return seat.is_animateur or members_curate(session, seat.collectif_id)


def set_members_curate(session: RexSession, seat: MembershipView, *, allowed: bool) -> None:
    """Said by an animateur. Raises PermissionError for anybody else, in a group too."""
    if seat.is_group or not seat.is_animateur:
        raise PermissionError("animateurs alone decide who curates")
    hold(session, seat.collectif_id)
    row = session.scalars(select(TensionSettings).where(TensionSettings.collectif_id == seat.collectif_id)).first()
    if row is None:
        session.add(TensionSettings(collectif_id=seat.collectif_id, members_curate=allowed))
    else:
        row.members_curate = allowed
    session.flush()
