"""What all acts on tensions share: who may, in turns, what a tension gathers, what a difficulty must be, what is written of it.

Acts of one collectif are done one after the other (its row is held): what an act reads is so until it is committed. What a tension
gathers is looked at as the system, since a difficulty taken back stays where people put it, and comes back with it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from rex import clock
from rex.access import MembershipView, Reader, told_difficulties, told_tensions
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Audience, Entry, Stance, Tagging
from rex.refusals import Refused
from rex.tensions.acts_turns import hold
from rex.tensions.models import ActKind, Tension, TensionAct, TensionApart, TensionLink, TensionProposal, TensionProposalItem
from rex.tensions.settings import may_curate
from rex.text.marks import tidy

TITLE_LENGTH = 120
WORDS_LENGTH = 600
APART_EACH = 12  # of a tension, how many difficulties are said not to be like one that people took out of it
GONE = "Cette tension n’est plus là\u00a0: elle a été réunie à une autre, ou retirée."
NOT_THERE = "Une des difficultés n’est plus là\u00a0: elle a été reprise par ses auteurs. Regardez la liste à nouveau."
Pairs = Iterable[tuple[int, int]]


def begin(session: RexSession, reader: Reader, collectif_id: int, *, curating: bool = True) -> MembershipView:
    """The seat from which this person acts, while nobody else acts on the tensions of the collectif. Raises PermissionError."""
    seat = reader.seat(collectif_id)
    if seat is None or seat.is_group or seat.is_visit or (curating and not may_curate(session, seat)):
        raise PermissionError("not theirs to decide")
    hold(session, collectif_id)
    return seat


def again(session: RexSession, reader: Reader, tension: Tension) -> Tension:
    """The tension as it is now that nobody else acts. Raises Refused when it is gone."""
    query = told_tensions(reader).where(Tension.id == tension.id).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise Refused(GONE)
    return found


def title_of(title: str) -> str:
    """A name fit to be kept. Raises Refused."""
    tidied = " ".join(tidy(title).split())
    if not tidied:
        raise Refused("Donnez un nom à cette tension.")
    if len(tidied) > TITLE_LENGTH:
        raise Refused(f"Ce nom est trop long\u00a0: {TITLE_LENGTH} caractères au plus.")
    return tidied


def words_of(words: str) -> str:
    tidied = tidy(words).strip()
    if len(tidied) > WORDS_LENGTH:
        raise Refused(f"Ce texte est trop long\u00a0: {WORDS_LENGTH} caractères au plus.")
    return tidied


def links_of(session: RexSession, *tension_ids: int) -> dict[int, int]:
    """Difficulty → tension, what was taken back included, in the order in which they were put there."""
    query = select(TensionLink.difficulty_id, TensionLink.tension_id).where(TensionLink.tension_id.in_(tension_ids))
    with session.as_system("what people put in a tension, taken back since or not"):
        rows = session.execute(query.order_by(TensionLink.linked_at, TensionLink.difficulty_id))
        return {difficulty_id: tension_id for difficulty_id, tension_id in rows}


def fit(session: RexSession, reader: Reader, collectif_id: int, difficulty_ids: Iterable[int]) -> list[int]:
    """These difficulties if each may be put in a tension of the collectif: told there, read by this person, in no other tension.
    Raises Refused; what does not exist is refused as what they may not read."""
    wanted = sorted(set(difficulty_ids))
    told = set(session.scalars(told_here(reader, collectif_id).where(Difficulty.id.in_(wanted)).with_only_columns(Difficulty.id)))
    if len(told) < len(wanted):
        raise Refused(NOT_THERE)
    query = select(TensionLink.difficulty_id, TensionLink.tension_id).where(TensionLink.difficulty_id.in_(wanted))
    with session.as_system("whether a difficulty is in a tension already"):
        taken = session.execute(query.order_by(TensionLink.difficulty_id)).first()
    if taken is not None:
        name = session.scalar(told_tensions(reader).where(Tension.id == taken.tension_id).with_only_columns(Entry.title))
        if name is None:
            raise Refused("Une des difficultés est déjà dans une tension qui ne se lit pas aujourd’hui.")
        raise Refused(f"Une des difficultés est déjà dans la tension «\u202f{name}\u202f»\u00a0: déliez-la d’abord.")
    return wanted


def told_here(reader: Reader, collectif_id: int) -> Any:
    """The difficulties that may be in a tension of this collectif: told there, or opened from there to the réseau."""
    here = and_(Entry.collectif_id == collectif_id, Entry.audience.in_((Audience.COLLECTIF, Audience.RESEAU)))
    return told_difficulties(reader).where(here)


def link_all(session: RexSession, reader: Reader, tension_id: int, difficulty_ids: Sequence[int]) -> None:
    now = clock.now()
    rows = [
        {"difficulty_id": one, "tension_id": tension_id, "linked_at": now, "linked_by_id": reader.user_id} for one in difficulty_ids
    ]
    if rows:
        session.execute(insert(TensionLink), rows)


def unlink_all(session: RexSession, tension_id: int, difficulty_ids: Iterable[int]) -> None:
    """Take these out of this tension, and of no other."""
    here = and_(TensionLink.tension_id == tension_id, TensionLink.difficulty_id.in_(sorted(difficulty_ids)))
    with session.as_system("what people put in a tension, taken back since or not"):
        session.execute(delete(TensionLink).where(here).execution_options(synchronize_session=False))


def written(
    session: RexSession,
    reader: Reader | None,
    kind: ActKind,
    collectif_id: int,
    tension_id: int | None,
    before: Mapping[str, Any],
    words: str = "",
    seance_id: int | None = None,
) -> TensionAct:
    """The act, with what it changed. `reader`: nobody when it follows by itself."""
    act = TensionAct(
        collectif_id=collectif_id, tension_id=tension_id, kind=kind, actor_id=reader.user_id if reader else None, words=words,
        before=json.dumps(before, sort_keys=True), seance_id=seance_id,
    )  # fmt: skip
    session.add(act)
    session.flush()
    return act


def say_apart(session: RexSession, act_id: int, collectif_id: int, pairs: Pairs) -> None:
    """These do not say the same: by which act people said so. What was said before stays as it was."""
    rows = [
        {"one_id": min(pair), "other_id": max(pair), "collectif_id": collectif_id, "act_id": act_id}
        for pair in sorted({(min(pair), max(pair)) for pair in pairs})
        if pair[0] != pair[1]
    ]
    if rows:
        make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
        session.execute(make(TensionApart).values(rows).on_conflict_do_nothing())


def crossed(some: Iterable[int], others: Iterable[int], each: int = APART_EACH) -> list[tuple[int, int]]:
    """Each of some beside the first of the others: enough to be taught, however many there are."""
    first = list(islice(others, each))
    return [(one, other) for one in islice(some, each * 4) for other in first]


def forget_apart(session: RexSession, difficulty_ids: Iterable[int], others: Iterable[int]) -> list[list[int]]:
    """People now say that these go with the others: what was said to the contrary ends. Gives what was (one, other, act)."""
    ours, theirs = sorted(difficulty_ids), sorted({*others, *difficulty_ids})
    either = or_(
        and_(TensionApart.one_id.in_(ours), TensionApart.other_id.in_(theirs)),
        and_(TensionApart.one_id.in_(theirs), TensionApart.other_id.in_(ours)),
    )
    rows = session.execute(select(TensionApart.one_id, TensionApart.other_id, TensionApart.act_id).where(either)).all()
    session.execute(delete(TensionApart).where(either).execution_options(synchronize_session=False))
    return sorted([list(row) for row in rows])


def drop_proposals(session: RexSession, difficulty_ids: Iterable[int] = (), tension_ids: Iterable[int] = ()) -> None:
    """No proposal stands of difficulties that just went somewhere, nor for a tension that is gone. Last of an act: who takes a
    difficulty back drops its proposals last too, so that neither waits for the other."""
    ids = sorted(set(difficulty_ids))
    of_these = select(TensionProposalItem.proposal_id).where(TensionProposalItem.difficulty_id.in_(ids))
    which = or_(TensionProposal.id.in_(of_these), TensionProposal.tension_id.in_(sorted(set(tension_ids))))
    with session.as_system("a proposal goes with what it was made of"):
        session.execute(delete(TensionProposal).where(which).execution_options(synchronize_session=False))


def refresh_balises(session: RexSession, *tension_ids: int) -> None:
    """The balises of a tension are those that at least half of its told difficulties carry."""
    session.flush()
    with session.as_system("the balises of a tension are those of its difficulties"):
        for tension_id in tension_ids:
            _refresh_balises(session, tension_id)


def _refresh_balises(session: RexSession, tension_id: int) -> None:
    told = and_(Entry.published_at.is_not(None), Entry.suspended_at.is_(None))
    gathered = select(TensionLink.difficulty_id).join(Entry, Entry.id == TensionLink.difficulty_id)
    ids = session.scalars(gathered.where(TensionLink.tension_id == tension_id, told)).all()
    counts = Counter(session.scalars(select(Tagging.code).where(Tagging.entry_id.in_(ids))))
    wanted = sorted((code for code, count in counts.items() if 2 * count >= len(ids)), key=lambda code: (-counts[code], code))
    here = select(Tagging.code).where(Tagging.entry_id == tension_id).order_by(Tagging.position)
    if session.scalars(here).all() == wanted:
        return
    session.execute(delete(Tagging).where(Tagging.entry_id == tension_id).execution_options(synchronize_session=False))
    rows = [
        {"entry_id": tension_id, "code": code, "position": position, "stance": Stance.ILLUSTRE}
        for position, code in enumerate(wanted)
    ]
    if rows:
        session.execute(insert(Tagging), rows)
