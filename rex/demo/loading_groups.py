"""Puts the peer groups in the base through the acts of their room, then gives each act its date."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update

from rex import clock
from rex.access import MembershipView, Reader
from rex.collectifs.group_models import GroupMember, GroupRole, PeerGroup
from rex.collectifs.models import Role
from rex.db import RexSession
from rex.demo.loading_seances import load_seance
from rex.demo.loading_versements import load_versements
from rex.demo.placing import Places
from rex.demo.shapes_groups import GroupData, GroupRecitData, InvitationData, ShareData
from rex.demo.shapes_together import MessageData, When
from rex.exchanges.actions import Words, say
from rex.exchanges.entries import find_entry
from rex.exchanges.models import Posture
from rex.journal import difficulties, drafts, publishing
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Action, Audience, Entry, Revision, Stance
from rex.journal.moment_models import What
from rex.peer_groups.creating import Charter, create_group, seat
from rex.peer_groups.deciding import ANSWER_WITHIN, write_answer
from rex.peer_groups.invitations import propose_person
from rex.peer_groups.models import Decision
from rex.sealed_words import SpaceKind


def load_groups(session: RexSession, places: Places, data: tuple[GroupData, ...], keys: list[str]) -> None:
    """Each room with what was said there. `keys` gets the names of their keys."""
    for group in data:
        made = _open(session, places, group, keys)
        room = {key: _inside(places.readers[key], made, is_responsable=key == group.members[0]) for key in group.members}
        for share in sorted(group.shares, key=lambda one: -one.when.days_ago):
            _share(session, places, room, share)
        for recit in group.recits:
            _tell(session, places, room, recit)
        for seance in group.seances:
            load_seance(session, places, room, made.id, seance)
        for invitation in group.invitations:
            _invite(session, places, room, made, invitation)
        load_versements(session, places, room, made, group.versements)


def _open(session: RexSession, places: Places, data: GroupData, keys: list[str]) -> PeerGroup:
    """Everybody arrived on its first day."""
    charter = Charter(data.called, data.engagement, data.pacte)
    founder, began = places.readers[data.members[0]], clock.now() - timedelta(days=data.began)
    group = create_group(session, founder, charter)
    keys.append(group.key_name)
    group.is_demo, group.created_at = True, began
    for key in data.members[1:]:
        seat(session, group, places.readers[key].user_id)
    for place in session.scalars(select(GroupMember).where(GroupMember.group_id == group.id)):
        place.arrived_at = began
        place.role = GroupRole.RESPONSABLE if place.user_id == founder.user_id else GroupRole.MEMBRE
    session.flush()
    return group


def _inside(reader: Reader, group: PeerGroup, *, is_responsable: bool) -> Reader:
    """The person with their place in the group, as the entrance recognises them."""
    home = reader.memberships[0]
    here = MembershipView(
        id=0,
        collectif_id=group.id,
        collectif_public_id=group.public_id,
        collectif_slug="",
        collectif_name="",
        is_demo=True,
        timezone=home.timezone,
        college=home.college,
        service_id=None,
        service_name="",
        title=home.title or home.service_name,
        role=Role.ANIMATEUR if is_responsable else Role.MEMBRE,
        kind=SpaceKind.GROUPE,
    )
    return replace(reader, groups=(here,))


def _share(session: RexSession, places: Places, room: dict[str, Reader], data: ShareData) -> None:
    reader, moment = room[data.by], _at(places, data.when)
    written = Written(data.words)
    if data.is_kept:
        kept = difficulties.keep_for_oneself(session, reader, reader.groups[0], written)
        kept.created_at = moment
        return
    told = difficulties.share(session, reader, reader.groups[0], Audience.GROUPE, written)
    told.created_at = told.published_at = moment
    session.flush()
    if data.key:
        places.entries[data.key] = told
    _answers(session, places, room, told, reader, data.messages)


def _tell(session: RexSession, places: Places, room: dict[str, Reader], data: GroupRecitData) -> None:
    reader, moment = room[data.by], _at(places, data.when)
    recit = drafts.start_recit(session, reader, reader.groups[0])
    tags = {code: Stance(stance) for code, _, stance in (one.partition(":") for one in data.balises)}
    drafts.fill_draft(session, reader.groups[0], recit, {"titre": data.title, **data.sections}, tags)
    publishing.publish(session, reader, recit, Audience.GROUPE)
    recit.created_at = recit.published_at = moment
    session.execute(update(Revision).where(Revision.entry_id == recit.id).values(created_at=moment))
    session.scalars(select(Action).where(Action.id == recit.action_id)).one().created_at = moment
    session.flush()
    if data.key:
        places.entries[data.key] = recit
    _answers(session, places, room, recit, reader, data.messages)


def _answers(
    session: RexSession, places: Places, room: dict[str, Reader], under: Entry, author: Reader, data: tuple[MessageData, ...]
) -> None:
    """What was said under it, in order; its author and who spoke before in the branch should know of it."""
    latest = under.published_at or under.created_at
    branches: dict[int, set[int]] = {}
    for message in data:
        reader, parent = room[message.by], places.said[message.to] if message.to else None
        entry = find_entry(session, reader, under.public_id)
        if entry is None:
            raise LookupError(f"{message.key}: {message.by} does not read what they answer")
        words = Words(Posture(message.posture), message.text, message.quote, message.section)
        said = say(session, reader, entry, words, parent).exchange
        latest = said.created_at = max(_at(places, message.when), latest + timedelta(minutes=25))
        session.flush()
        places.said[message.key] = said
        branch = branches.setdefault(said.root_id or said.id, set())
        places.tell(What.ANSWER, latest, under.id, {author.user_id, *branch}, message.by, said)
        branch.add(reader.user_id)


def _invite(session: RexSession, places: Places, room: dict[str, Reader], group: PeerGroup, data: InvitationData) -> None:
    """The members are asked; those named said yes, the others have not answered."""
    asked = propose_person(session, room[data.by], group.id, data.name, data.address)
    if not isinstance(asked, Decision):
        raise ValueError(asked)
    for key in data.yes:
        write_answer(session, room[key], asked, is_yes=True)
    asked.asked_at = _at(places, data.when)
    asked.closes_at = asked.asked_at + ANSWER_WITHIN
    session.flush()


def _at(places: Places, when: When) -> datetime:
    """The instant: people write to their peers on the day when it weighs, Sundays included."""
    return places.at(replace(when, any_day=True), next(iter(places.readers)))
