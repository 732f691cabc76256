"""A peer group of any number of messages, inside a seeded collectif: its words sealed with its own key, as its pages seal them.

Seven members, one entry for twelve messages, one récit in five entries; the last entry has fifty messages, as the last récit of the
collectif has, so that the two are compared. A séance is to come; an open one of the collectif has a dépôt of each member."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

from rex import clock, text
from rex.collectifs.group_models import GroupMember, GroupRole, PeerGroup
from rex.collectifs.models import Collectif, Space
from rex.db import Database, RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import EXCERPT_LENGTH, TITLE_LENGTH
from rex.journal.models import Audience, Authorship, Entry, EntryKind
from rex.peer_groups.forms import PROPOSED_PACTE
from rex.sealed_words import SpaceKind
from rex.seances.models import Depot, Seance, SeanceKind
from rex.seances.queries import bound
from rex.seed.around import MESSAGES_OF_THE_LAST, messages_under
from rex.seed.compose import Told, draw_recit, draw_scene
from rex.seed.people import Writer
from rex.seed.plan import MONTHS, Planned, plan, public_id
from rex.seed.rows import insert_for_ids, insert_rows
from rex.seed.writing import say, write
from rex.text.excerpts import first_sentence

MEMBERS = 7
MESSAGES_PER_ENTRY = 12
ONE_RECIT_IN = 5
KEPT = 3  # difficulties that the person who signs in keeps for themselves
BROUGHT = 4  # dépôts of the séance to come
SLICE = 100  # entries: what a transaction holds
THEME = "Annoncer une mauvaise nouvelle"


@dataclass(frozen=True)
class SeededRoom:
    """What was made, by public id."""

    group: str
    seance: str  # of the group, dépôts sealed
    workshop: str  # of the collectif, dépôts open
    messages: int


def load_room(database: Database, collectif: Collectif, writers: list[Writer], messages: int, chance: Random) -> SeededRoom:
    """Add the group and the two séances. The first writer is the person who signs in, and the responsable."""
    members = [replace(one, service_id=None, service_name="", title=one.title or one.service_name) for one in writers[:MEMBERS]]
    with database.system("seed a peer group", write=True) as session:
        group = _open(session, members, chance)
    count = max(1, messages // MESSAGES_PER_ENTRY)
    entries = [replace(one, audience=Audience.GROUPE) for one in plan(count, members, chance)]
    numbers = _shared_out(messages, count, chance)
    actions: dict[int, int] = {}
    for start in range(0, count, SLICE):
        with database.system("seed what is told in a peer group", write=True) as session:
            slice_ = entries[start : start + SLICE]
            recits = [one for rank, one in enumerate(slice_, start) if _is_recit(rank, count)]
            others = [one for rank, one in enumerate(slice_, start) if not _is_recit(rank, count)]
            told = dict(zip((one.public_id for one in recits), _write_recits(session, group, recits, actions), strict=True))
            told |= dict(zip((one.public_id for one in others), _write_difficulties(session, group, others, chance), strict=True))
            for rank, one in enumerate(slice_, start):
                under, slug = (one.told.sections["faits"], "faits") if _is_recit(rank, count) else (_words(one.told), "")
                rows = messages_under(told[one.public_id], one, members, numbers[rank], chance, under, slug)
                say(session, group, rows)
    with database.system("seed what waits in a peer group", write=True) as session:
        _keep(session, group, members[0], chance)
        seance = _set_seance(session, group, members, SeanceKind.GROUPE, members[:BROUGHT], timedelta(days=3), chance)
        workshop = _set_seance(session, collectif, writers, SeanceKind.ATELIER, writers, timedelta(minutes=-20), chance)
    return SeededRoom(group.public_id, seance, workshop, messages)


def _is_recit(rank: int, count: int) -> bool:
    """The last entry is a difficulty, as most are."""
    return rank % ONE_RECIT_IN == 0 and rank != count - 1


def _shared_out(messages: int, count: int, chance: Random) -> list[int]:
    """How many messages each entry has: fifty for the last one (half of all when that is less), the rest by chance."""
    last = min(MESSAGES_OF_THE_LAST, messages if count == 1 else messages // 2)
    drawn = Counter(chance.choices(range(count - 1), k=messages - last)) if count > 1 else Counter()
    return [*(drawn[rank] for rank in range(count - 1)), last]


def _open(session: RexSession, members: list[Writer], chance: Random) -> PeerGroup:
    own_id, began = public_id(chance), clock.now() - timedelta(days=MONTHS * 31)
    group = PeerGroup(
        public_id=own_id,
        kind=SpaceKind.GROUPE,
        slug=f"groupe-{own_id}",
        name="",
        called="Diriger sans être seul",
        engagement="Tenir un service, et en parler entre nous.",
        pacte=PROPOSED_PACTE,
        is_demo=True,
        created_at=began,
    )
    session.keyring.create(group.key_name)
    session.add(group)
    session.flush()
    for rank, one in enumerate(members):
        role = GroupRole.MEMBRE if rank else GroupRole.RESPONSABLE
        session.add(GroupMember(group_id=group.id, user_id=one.user_id, role=role, arrived_at=began, pacte_version=1))
    session.flush()
    return group


def _write_recits(session: RexSession, group: PeerGroup, recits: list[Planned], actions: dict[int, int]) -> list[int]:
    """Each récit is of its own action: the others of its scene may be difficulties here."""
    own = [replace(one, is_first=True, scene=len(actions) + rank) for rank, one in enumerate(recits)]
    return write(session, group, own, actions) if own else []


def _write_difficulties(session: RexSession, group: PeerGroup, told: list[Planned], chance: Random) -> list[int]:
    ids = insert_for_ids(session, group, Entry, [_entry(group, one) for one in told])
    own = [{"id": entry_id, "section_slug": "", "is_detached": False, "effect": ""} for entry_id in ids]
    insert_rows(session, group, Difficulty, own)
    insert_rows(session, group, Authorship, [_signature(entry_id, one.authors[0]) for entry_id, one in zip(ids, told, strict=True)])
    return ids


def _words(told: Told) -> str:
    return first_sentence(told.sections["resistance"], 400)


def _drawn(chance: Random) -> str:
    return _words(draw_recit(draw_scene(chance), chance, is_first=True))


def _entry(group: PeerGroup, planned: Planned) -> dict[str, Any]:
    words = _words(planned.told)
    return {
        "public_id": planned.public_id,
        "kind": EntryKind.DIFFICULTY,
        "collectif_id": group.id,
        "audience": Audience.GROUPE,
        "title": first_sentence(words, TITLE_LENGTH),
        "excerpt": text.excerpt(words, EXCERPT_LENGTH),
        "words": words,
        "byline": planned.authors[0].name,
        "created_at": planned.published_at,
        "published_at": planned.published_at,
    }


def _signature(entry_id: int, writer: Writer) -> dict[str, Any]:
    who = {"user_id": writer.user_id, "service_id": None, "service_name": "", "title": writer.title, "college": writer.college}
    return {"entry_id": entry_id, "position": 0, **who}


def _keep(session: RexSession, group: PeerGroup, writer: Writer, chance: Random) -> None:
    """What somebody keeps « jusqu’à la séance », for them alone."""
    for _ in range(KEPT):
        said = {"words": _drawn(chance), "effect": "", "tags": "", "with_recit": False}
        kept = Difficulty(public_id=public_id(chance), collectif_id=group.id, section_slug="")
        kept.sealed = session.keyring.seal(group.key_name, f"entry|{kept.public_id}|sealed", json.dumps(said))
        session.add(kept)
        session.flush()
        session.add(Authorship(entry_id=kept.id, user_id=writer.user_id, position=0))


def _set_seance(
    session: RexSession, space: Space, leads: list[Writer], kind: SeanceKind, bring: list[Writer], starts: timedelta, chance: Random
) -> str:
    """A séance with these dépôts; its public id."""
    starts_at = clock.now().replace(microsecond=0) + starts
    made = Seance(
        public_id=public_id(chance),
        collectif_id=space.id,
        kind=kind,
        title=THEME,
        place="Salle du conseil",
        preparation="- Quand cela vous est-il arrivé ?",
        starts_at=starts_at,
        minutes=120,
        opens_at=starts_at,
        facilitator_id=leads[0].user_id,
    )
    session.add(made)
    session.flush()
    for writer in bring:
        depot = Depot(public_id=public_id(chance), seance_id=made.id, author_id=writer.user_id)
        depot.sealed = session.keyring.seal(space.key_name, bound(depot), _drawn(chance))
        session.add(depot)
    session.flush()
    return made.public_id
