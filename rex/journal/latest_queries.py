"""The last actions of a journal, as its home shows them."""

from sqlalchemy import Select, bindparam, select

from rex.access import MembershipView, Reader, told_recits
from rex.db import BigId, RexSession
from rex.journal.list_queries import CARD, NEWEST_FIRST, Told, cards_of
from rex.journal.models import Action, Entry, Recit
from rex.kept import Kept
from rex.shapes import Shape

ACTIONS = 6  # the home shows the last ones


def latest_actions(session: RexSession, reader: Reader, seat: MembershipView) -> list[Told]:
    """The last actions told in a collectif, each with all its récits: a récit never stands without the others of its action.
    Two statements."""
    rows = _recits_of_latest_actions.rows(session, collectif=seat.collectif_id)
    order = list(dict.fromkeys(row.action_id for row in rows if row.collectif_id == seat.collectif_id))[:ACTIONS]
    named = {row.action_id: (row.action_public_id, row.action_title) for row in rows}
    cards = cards_of(session, reader, [row for row in rows if row.action_id in order])
    return [Told(tuple(card for card in cards if card.action_id == key), *named[key]) for key in order]


@Kept
def _recits_of_latest_actions(reader: Shape) -> Select:
    """Those of the actions of the last récits of a journal, wherever they are told; newest first."""
    here = Entry.collectif_id == bindparam("collectif", type_=BigId)
    newest = told_recits(reader).where(here, Entry.published_at.is_not(None)).order_by(*NEWEST_FIRST).limit(ACTIONS * 3)
    actions = newest.with_only_columns(Recit.action_id).correlate(None).subquery()
    return (
        told_recits(reader)
        .join(Action, Action.id == Recit.action_id)
        .with_only_columns(*CARD, Action.public_id.label("action_public_id"), Action.title.label("action_title"))
        .where(Recit.action_id.in_(select(actions.c.action_id)), Entry.published_at.is_not(None))
        .order_by(*NEWEST_FIRST)
        .limit(ACTIONS * 12)
    )
