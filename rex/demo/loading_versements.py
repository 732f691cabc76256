"""Puts on their way out the texts that people of a room rewrote; those to which all said yes appear, as theirs, in a journal."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from rex.access import Reader, visible_entries
from rex.collectifs.group_models import PeerGroup
from rex.db import RexSession
from rex.demo.placing import Places
from rex.demo.shapes_groups import VersementData
from rex.journal.models import Authorship, Entry, EntryKind
from rex.peer_groups.deciding import write_answer
from rex.peer_groups.models import Decision
from rex.text.traces import TraceKind
from rex.versements import actions
from rex.versements.models import Versement
from rex.versements.pouring import say_when
from rex.versements.rewriting import Act, Decided, Rewriting
from rex.versements.sources import Origin, own_text

TO_DECIDE = timedelta(days=2)  # what it takes seven people to read a text and say yes
A_WHILE_BEFORE = timedelta(hours=3, minutes=12)


def load_versements(
    session: RexSession, places: Places, room: dict[str, Reader], group: PeerGroup, data: tuple[VersementData, ...]
) -> None:
    """Through the acts of the room: begun, rewritten, put to all, answered; then each act gets its date."""
    for one in data:
        _put(session, places, room, group, one)


def rewritten(data: VersementData, to: str) -> Rewriting:
    """What its row says. `to`: the public id of the collectif."""
    kind = EntryKind.RECIT if data.title else EntryKind.DIFFICULTY
    decided = tuple(Decided(TraceKind(sort), words, Act(act), instead) for sort, words, act, instead in data.decided)
    return Rewriting(kind, data.text, data.title, to, decided)


def _put(session: RexSession, places: Places, room: dict[str, Reader], group: PeerGroup, data: VersementData) -> None:
    reader = room[data.by]
    source = own_text(session, reader, reader.groups[0], Origin.ENTRY, places.entries[data.source].public_id)
    if source is None:
        raise LookupError(f"{data.by} did not write {data.source}")
    row = actions.begin(session, reader, reader.groups[0], source)
    actions.save(session, row, rewritten(data, places.collectifs[data.to].public_id))
    asked = actions.ask(session, reader, group, row)
    for key in data.yes:
        write_answer(session, room[key], asked, is_yes=True)
    actions.settle(session, asked)
    _date(session, places, data, row, asked)
    if row.is_told:
        _date_outside(session, places, data, reader)


def _date(session: RexSession, places: Places, data: VersementData, row: Versement, asked: Decision) -> None:
    moment = places.at(replace(data.when, any_day=True), data.by)
    row.created_at, row.asked_at = moment - timedelta(days=1), moment
    length = asked.closes_at - asked.asked_at
    asked.asked_at, asked.closes_at = moment, moment + length
    if asked.ended_at is not None:
        asked.ended_at = moment + TO_DECIDE
    session.flush()


def _date_outside(session: RexSession, places: Places, data: VersementData, reader: Reader) -> None:
    """The entry that appeared is the last one that its author signed in this collectif."""
    space_id = places.collectifs[data.to].id
    signed = select(Authorship.entry_id).where(Authorship.user_id == reader.user_id)
    last = visible_entries(reader).where(Entry.collectif_id == space_id, Entry.id.in_(signed)).order_by(Entry.id.desc())
    say_when(session, session.scalars(last.limit(1)).one(), places.at(data.when, data.by) + TO_DECIDE - A_WHILE_BEFORE)
