"""Undoing what was decided about tensions, while what it changed was not changed since.

Each kind of act touches some things (a difficulty's place, a name, a state, a tension's being there) and needs some of them as it
left them. The first later act that touched one of these is what the refusal says."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from rex import clock
from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal import moments
from rex.journal.difficulty_models import Difficulty
from rex.journal.moments import Change
from rex.refusals import Refused
from rex.tensions import acts_ground as ground
from rex.tensions.acts_away import both_of, put_away, put_back, write
from rex.tensions.acts_merging import separate
from rex.tensions.acts_states import stand_again, undo_what_followed
from rex.tensions.models import (
    ActKind,
    Arbitrage,
    Tension,
    TensionAct,
    TensionApart,
    TensionSeance,
    TensionTrial,
)
from rex.tensions.settings import may_curate

STATES = (ActKind.AT_WORK, ActKind.ARBITRATED, ActKind.CALMED, ActKind.REOPENED, ActKind.REAPPEARED)
SINCE = {
    ActKind.NAMED: "une de ces difficultés est entrée dans une autre tension",
    ActKind.RENAMED: "cette tension a changé de nom",
    ActKind.LINKED: "une difficulté a été reliée",
    ActKind.UNLINKED: "une difficulté a été déliée",
    ActKind.SPLIT: "une tension a été scindée",
    ActKind.MERGED: "deux tensions ont été réunies",
    ActKind.SET_ASIDE: "une proposition a été écartée",
} | dict.fromkeys(STATES, "l’état de cette tension a changé")
NOT_KEPT = "Le nom d’avant n’a pas été gardé\u00a0: donnez-lui plutôt un autre nom."
Before = dict[str, Any]
Thing = tuple[str, int]


def may_undo(session: RexSession, reader: Reader, act: TensionAct) -> bool:
    """Who curates; and whoever linked a difficulty, for that. Never what came from an archive: it says not what it changed."""
    seat = reader.seat(act.collectif_id)
    if seat is None or seat.is_group or act.undone_at is not None or not act.before:
        return False
    return (act.kind is ActKind.LINKED and act.actor_id == reader.user_id) or may_curate(session, seat)


def undo(session: RexSession, reader: Reader, act: TensionAct) -> None:
    """Put things back as they were before this act. Raises PermissionError, or Refused with what changed since."""
    if act.undone_at is None and not may_undo(session, reader, act):
        raise PermissionError("not theirs to undo")
    seat = ground.begin(session, reader, act.collectif_id, curating=False)
    query = select(TensionAct).where(TensionAct.id == act.id).execution_options(populate_existing=True)
    act = session.scalars(query).one()
    if act.undone_at is not None:
        raise Refused("C’est déjà annulé.")
    before: Before = json.loads(act.before or "{}")
    if act.kind is ActKind.NAMED and "by" in before:  # two were made of one: that is what is undone
        act = session.scalars(select(TensionAct).where(TensionAct.id == before["by"])).one()
        before = json.loads(act.before)
    _refuse_if_changed(session, act, before)
    _UNDONE[act.kind](session, reader, seat, act, before)
    undo_what_followed(session, reader, act)
    act.undone_at, act.undone_by_id = clock.now(), reader.user_id
    session.flush()
    gone = delete(TensionApart).where(TensionApart.act_id == act.id)
    session.execute(gone.execution_options(synchronize_session=False))
    ids = before.get("difficulties", [])
    _say_apart_again(session, act, before)
    tension_ids = [one for one in (act.tension_id, before.get("new"), before.get("other")) if one is not None]
    ground.refresh_balises(session, *tension_ids)
    away = ground.told_tensions(reader).where(Tension.id.in_(tension_ids)).with_only_columns(Tension.id)
    ground.drop_proposals(session, ids, set(tension_ids) - set(session.scalars(away)))


def touched(act: TensionAct, before: Before) -> set[Thing]:
    """What an act changed."""
    things: set[Thing] = {("difficulty", one) for one in before.get("difficulties", [])}
    if act.kind is ActKind.SET_ASIDE:
        return set()
    tensions = [one for one in (act.tension_id, before.get("new"), before.get("other")) if one is not None]
    things |= {("tension", one) for one in tensions}
    if act.tension_id is not None and (act.kind in STATES or "state" in before):
        things.add(("state", act.tension_id))
    if act.tension_id is not None and act.kind is ActKind.RENAMED:
        things.add(("name", act.tension_id))
    return things if act.kind is not ActKind.REAPPEARED else things - {("difficulty", one) for one in before["difficulties"]}


def _needed(act: TensionAct, before: Before) -> set[Thing]:
    """Of what it changed, what must be as it left it: of a tension that was there before, that it is there is enough."""
    mine = {act.kind is ActKind.NAMED and act.tension_id, before.get("new"), before.get("other")}
    return {thing for thing in touched(act, before) if thing[0] != "tension" or thing[1] in mine}


def _refuse_if_changed(session: RexSession, act: TensionAct, before: Before) -> None:
    needed = _needed(act, before)
    later = select(TensionAct).where(
        TensionAct.collectif_id == act.collectif_id, TensionAct.id > act.id, TensionAct.undone_at.is_(None)
    )
    for other in session.scalars(later.order_by(TensionAct.id)):
        after = json.loads(other.before or "{}")
        if after.get("by") == act.id:
            needed |= {("state", act.tension_id or 0)} if other.kind is ActKind.REAPPEARED else set()
        elif needed & touched(other, after):
            raise Refused(f"Depuis, {SINCE[other.kind]}\u00a0: annulez d’abord cela.")


def _tension(session: RexSession, reader: Reader, tension_id: int | None) -> Tension:
    query = ground.told_tensions(reader).where(Tension.id == tension_id).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise Refused(ground.GONE)
    return found


def _refuse_if_spoken_of(session: RexSession, tension_id: int) -> None:
    """A tension under which people wrote is not put away: its words would go with it."""
    for column in (Exchange.entry_id, Arbitrage.tension_id, TensionTrial.tension_id, TensionSeance.tension_id):
        with session.as_system("whether anything was said or decided about a tension, none of its words"):
            found = session.scalar(select(column).where(column == tension_id).limit(1))
        if found is not None:
            raise Refused("Depuis, on a écrit sous cette tension\u00a0: réunissez-la plutôt à une autre.")


def _unname(session: RexSession, reader: Reader, seat: MembershipView, act: TensionAct, before: Before) -> None:
    tension = _tension(session, reader, act.tension_id)
    _refuse_if_spoken_of(session, tension.id)
    ground.unlink_all(session, tension.id, ground.links_of(session, tension.id))
    put_away(session, seat, tension)


def _take_name_back(session: RexSession, reader: Reader, seat: MembershipView, act: TensionAct, before: Before) -> None:
    """The act then keeps the name that was tried: its line of the history says both."""
    tension = _tension(session, reader, act.tension_id)
    title, _, words = act.words.partition("\n")
    if not title:
        raise Refused(NOT_KEPT)
    act.words = both_of(tension)
    write(tension, title, words)
    tension.corrected_at = clock.now()
    session.flush()
    moments.changed(session, tension, Change.CORRECTED)


def _unlink(session: RexSession, reader: Reader, seat: MembershipView, act: TensionAct, before: Before) -> None:
    tension = _tension(session, reader, act.tension_id)
    ground.unlink_all(session, tension.id, before["difficulties"])


def _link_again(session: RexSession, reader: Reader, seat: MembershipView, act: TensionAct, before: Before) -> None:
    tension = _tension(session, reader, act.tension_id)
    ground.link_all(session, reader, tension.id, sorted(_existing(session, act, before["difficulties"])))


def _put_together(session: RexSession, reader: Reader, seat: MembershipView, act: TensionAct, before: Before) -> None:
    tension, new = _tension(session, reader, act.tension_id), _tension(session, reader, before["new"])
    _refuse_if_spoken_of(session, new.id)
    linked = ground.links_of(session, new.id)
    ground.unlink_all(session, new.id, linked)
    ground.link_all(session, reader, tension.id, sorted(linked))
    put_away(session, seat, new)


def _separate(session: RexSession, reader: Reader, seat: MembershipView, act: TensionAct, before: Before) -> None:
    into = _tension(session, reader, act.tension_id)
    with session.as_system("a tension that was merged comes back"):
        other = session.get(Tension, before["other"])
        if other is None:
            raise Refused(ground.GONE)
        put_back(session, seat, other, datetime.fromisoformat(before["told_at"]))
    separate(session, seat, act, before)
    if "state" in before:
        stand_again(into, before)


def _state_back(session: RexSession, reader: Reader, seat: MembershipView, act: TensionAct, before: Before) -> None:
    """What was added to it goes: it is the one way to take back words that should not have been said."""
    act.words = ""
    stand_again(_tension(session, reader, act.tension_id), before)


def _set_aside_no_more(session: RexSession, reader: Reader, seat: MembershipView, act: TensionAct, before: Before) -> None:
    """Nothing but what it kept apart: the next computation may propose it again."""


def _say_apart_again(session: RexSession, act: TensionAct, before: Before) -> None:
    """What people had said to the contrary, before they put these together; of acts and difficulties that are still there."""
    rows = before.get("apart", [])
    acts = set(session.scalars(select(TensionAct.id).where(TensionAct.id.in_({row[2] for row in rows}))))
    ids = _existing(session, act, {one for row in rows for one in row[:2]})
    for one, other, act_id in rows:
        if act_id in acts and {one, other} <= ids:
            ground.say_apart(session, act_id, act.collectif_id, [(one, other)])


def _existing(session: RexSession, act: TensionAct, difficulty_ids: Iterable[int]) -> set[int]:
    """Those that are still there. SQLite gives the number of what was deleted last to what is written next: nothing of another
    space is one of them."""
    these = Difficulty.id.in_(set(difficulty_ids)), Difficulty.collectif_id == act.collectif_id
    with session.as_system("whether a difficulty still exists, none of its words"):
        return set(session.scalars(select(Difficulty.id).where(*these)))


_UNDONE: dict[ActKind, Callable[[RexSession, Reader, MembershipView, TensionAct, Before], None]] = {
    ActKind.NAMED: _unname,
    ActKind.RENAMED: _take_name_back,
    ActKind.LINKED: _unlink,
    ActKind.UNLINKED: _link_again,
    ActKind.SPLIT: _put_together,
    ActKind.MERGED: _separate,
    ActKind.SET_ASIDE: _set_aside_no_more,
} | dict.fromkeys(STATES, _state_back)
