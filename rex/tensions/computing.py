"""The computation of what comes back: a chore of `rex tick`, for each collectif, stored as proposals. Letters and pages only read.

Nothing is done twice: a mark of what is read says whether anything changed. A large collectif is not computed again at once. What
is read and what is stored are two short transactions, the computation lies between them; killed, it leaves nothing, and begins
again. What people did meanwhile wins: a proposal whose difficulties are not any more what was read is not stored."""

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete, insert, select

from rex import clock
from rex.collectifs.models import Collectif
from rex.db import Database, RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Entry
from rex.tensions import following as following  # what is stored here follows what is told
from rex.tensions.acts_turns import hold
from rex.tensions.computing_apart import Stopped, found_apart
from rex.tensions.computing_groups import Found, found_among
from rex.tensions.computing_reading import Read, mark_of, notes_of, read
from rex.tensions.models import Tension, TensionApart, TensionGrouping, TensionProposal, TensionProposalItem

AT_ONCE = 300  # difficulties that are computed here, and as soon as one of them changes
PAUSE = 0.07  # seconds a difficulty between two computations of a larger collectif
AGAIN = 900.0  # seconds before a computation that stopped half-way is tried again by the same process

log = logging.getLogger("rex.tensions")
_stopped: dict[tuple[str, int], float] = {}


def compute_due(database: Database) -> None:
    """Compute each collectif in which something changed."""
    with database.system("in which collectifs something may come back") as session:
        ids = session.scalars(select(Collectif.id).order_by(Collectif.id)).all()
    for collectif_id in ids:
        key = (str(database.url), collectif_id)
        if time.monotonic() - _stopped.get(key, -AGAIN) < AGAIN:
            continue
        try:
            compute(database, collectif_id)
            _stopped.pop(key, None)
        except Stopped:  # the others do not wait for it
            log.exception("what comes back in collectif %s was not computed", collectif_id)
            _stopped[key] = time.monotonic()


def compute(database: Database, collectif_id: int, *, at_once: bool = False) -> bool:
    """Store what comes back in a collectif; False when there is nothing new to compute, or not yet (`at_once`: do not wait)."""
    with database.system("what is told in a collectif, to be brought together") as session:
        if not _is_due(session, collectif_id, at_once=at_once):
            return False
        known = read(session, collectif_id)
    compute_these = found_among if len(known.notes) <= AT_ONCE else found_apart
    found = compute_these(known.items, known.must, known.cannot, known.own)
    with database.system("what comes back in a collectif is proposed to people", write=True) as session:
        _store(session, collectif_id, known, found)
    return True


def _is_due(session: RexSession, collectif_id: int, *, at_once: bool) -> bool:
    mark, number = mark_of(session, collectif_id)
    last = session.get(TensionGrouping, collectif_id)
    if last is None:
        return number > 0
    if last.mark == mark:
        return False
    return at_once or number <= AT_ONCE or clock.now() - last.computed_at >= timedelta(seconds=number * PAUSE)


def _store(session: RexSession, collectif_id: int, known: Read, found: Sequence[Found]) -> None:
    """Make the proposals what was found. One that was there already keeps its row: somebody may be looking at it."""
    hold(session, collectif_id)
    ids = sorted({one for proposal in found for one in proposal.ids})
    told = select(Difficulty.id).where(Difficulty.id.in_(ids)).order_by(Difficulty.id)
    session.execute(told.with_for_update(read=True, of=Entry)).all()  # who takes one back waits, and drops what is stored here
    if mark_of(session, collectif_id)[0] != known.mark:
        found = _still_so(session, collectif_id, known, found)
    there = _stored(session, collectif_id)
    kept = {(one.tension_id, frozenset(one.ids)): one for one in found}
    now, rows = (
        clock.now(),
        {key: TensionProposal(collectif_id=collectif_id, tension_id=key[0]) for key in kept if key not in there},
    )
    for position, (key, one) in enumerate(kept.items()):
        proposal = rows.get(key) or there[key]
        proposal.position, proposal.strength, proposal.is_recurring = position, one.strength, one.is_recurring
        proposal.reasons, proposal.computed_at = one.reasons, now
    session.add_all(rows.values())
    session.flush()
    items = [
        {"proposal_id": row.id, "difficulty_id": difficulty_id, "position": position}
        for key, row in rows.items()
        for position, difficulty_id in enumerate(kept[key].ids)
    ]
    if items:
        session.execute(insert(TensionProposalItem), items)
    gone = [proposal.id for key, proposal in there.items() if key not in kept]
    session.execute(delete(TensionProposal).where(TensionProposal.id.in_(gone)).execution_options(synchronize_session=False))
    grouping = session.get(TensionGrouping, collectif_id)
    if grouping is None:
        grouping = TensionGrouping(collectif_id=collectif_id)
        session.add(grouping)
    grouping.computed_at, grouping.difficulties, grouping.mark = now, len(known.notes), known.mark


def _stored(session: RexSession, collectif_id: int) -> Mapping[tuple[int | None, frozenset[int]], TensionProposal]:
    """The proposals that are there, by what they hold."""
    here = TensionProposal.collectif_id == collectif_id
    members: dict[int, set[int]] = {}
    for proposal_id, difficulty_id in session.execute(
        select(TensionProposalItem.proposal_id, TensionProposalItem.difficulty_id)
        .join(TensionProposal, TensionProposal.id == TensionProposalItem.proposal_id)
        .where(here)
    ):
        members.setdefault(proposal_id, set()).add(difficulty_id)
    rows = session.scalars(select(TensionProposal).where(here).order_by(TensionProposal.id)).all()
    found: dict[tuple[int | None, frozenset[int]], TensionProposal] = {}
    for row in rows:
        key = (row.tension_id, frozenset(members.get(row.id, ())))
        if key in found:  # two of one kind never should be: the first one stays
            session.delete(row)
        else:
            found[key] = row
    session.flush()
    return found


def _still_so(session: RexSession, collectif_id: int, known: Read, found: Sequence[Found]) -> list[Found]:
    """Those of which everything is told in the words that were read, in no tension, and kept apart by nobody. The mark that is
    stored is of what was read: the next computation sees the rest."""
    now = notes_of(session, collectif_id, sorted({one for proposal in found for one in proposal.ids}))
    apart = session.execute(select(TensionApart.one_id, TensionApart.other_id).where(TensionApart.collectif_id == collectif_id))
    new = [frozenset((one, other)) for one, other in apart if (one, other) not in known.apart]
    here = select(Tension.id).where(Tension.id.in_(known.gathered), Entry.published_at.is_not(None))
    tensions = set(session.scalars(here))

    def is_so(one: Found) -> bool:
        as_read = all(key in now and now[key].version == known.notes[key].version for key in one.ids)
        is_lone = as_read and all(now[key].tension_id is None for key in one.ids)
        is_apart = any(len(pair & set(one.ids)) > 1 for pair in new)
        return is_lone and not is_apart and (one.tension_id is None or one.tension_id in tensions)

    return [one for one in found if is_so(one)]
