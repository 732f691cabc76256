"""What people do with tensions: name, rename, link, unlink, split, merge, set aside, join, say where one stands; and `undo`.

Each act is written (`TensionAct`) with what it changed. All raise PermissionError when it is not for this person to decide, and
Refused, one French sentence, when the thing is not any more what they saw. What they decide teaches the computation, which never
writes here: a tension holds together, two tensions are two, `TensionApart` keeps apart."""

from collections.abc import Iterable
from itertools import combinations

from sqlalchemy import select

from rex import clock
from rex.access import MembershipView, Reader, told_tensions
from rex.db import RexSession
from rex.journal import moments
from rex.journal.models import Audience, EntryKind
from rex.journal.moments import Change
from rex.refusals import Refused
from rex.tensions import acts_ground as ground
from rex.tensions import following as following  # proposals follow what is told, wherever one acts
from rex.tensions.acts_away import both_of, forget_names, write
from rex.tensions.acts_merging import merge
from rex.tensions.acts_states import come_back, set_state
from rex.tensions.acts_undoing import may_undo, undo
from rex.tensions.models import ActKind, Tension, TensionAct, TensionProposal, TensionProposalItem
from rex.tensions.settings import may_curate

__all__ = [
    "Refused", "join", "link", "may_curate", "may_undo", "merge", "name", "rename", "set_aside", "set_state", "split", "undo",
    "unlink",
]  # fmt: skip

PROPOSAL_GONE = "Cette proposition n’est plus là\u00a0: quelqu’un y a répondu, ou ses difficultés ont changé."
NOT_IN_IT = "Une des difficultés n’est plus dans cette tension. Regardez-la à nouveau."
WHOLE = 24  # of a proposal set aside, how many difficulties are kept apart from each other, two by two


def name(
    session: RexSession,
    reader: Reader,
    seat: MembershipView,
    title: str,
    words: str,
    difficulty_ids: Iterable[int],
    proposal: TensionProposal | None = None,
) -> Tension:
    """Give a name to difficulties that come back. Of a proposal, those that were left out are kept apart from those taken."""
    ground.begin(session, reader, seat.collectif_id)
    title, words = ground.title_of(title), ground.words_of(words)
    if proposal is not None and proposal.collectif_id != seat.collectif_id:
        raise PermissionError("a proposal of another collectif")
    proposed = _proposed(session, proposal) if proposal is not None else []
    ids = ground.fit(session, reader, seat.collectif_id, difficulty_ids)
    if not ids:
        raise Refused("Choisissez au moins une difficulté.")
    tension = _make(session, seat.collectif_id, title, words)
    ground.link_all(session, reader, tension.id, ids)
    forgotten = ground.forget_apart(session, ids, ())
    act = ground.written(
        session, reader, ActKind.NAMED, seat.collectif_id, tension.id, {"difficulties": ids, "apart": forgotten}, title
    )
    ground.say_apart(session, act.id, act.collectif_id, ground.crossed([one for one in proposed if one not in ids], ids))
    ground.refresh_balises(session, tension.id)
    ground.drop_proposals(session, {*ids, *proposed})
    return tension


def rename(
    session: RexSession, reader: Reader, tension: Tension, title: str, words: str | None = None, *, forgets: bool = False
) -> bool:
    """Another name, and other words beside it (None: as they were); False when nothing changed. The act keeps the former ones:
    the name on its first line. `forgets`: no act keeps any name that it had, as one of them pointed at somebody."""
    ground.begin(session, reader, tension.collectif_id)
    tension = ground.again(session, reader, tension)
    title, words = ground.title_of(title), tension.words if words is None else ground.words_of(words)
    if (title, words) == (tension.title, tension.words):
        if forgets:
            forget_names(session, tension)
        return forgets
    ground.written(session, reader, ActKind.RENAMED, tension.collectif_id, tension.id, {}, both_of(tension))
    if forgets:
        forget_names(session, tension)
    write(tension, title, words)
    tension.corrected_at = clock.now()
    session.flush()
    moments.changed(session, tension, Change.CORRECTED)
    return True


def link(session: RexSession, reader: Reader, tension: Tension, difficulty_id: int) -> TensionAct | None:
    """Any member says that a difficulty that they read is one of this tension; None when it was there already. A new occurrence
    of what was arbitrated or calmed brings it back."""
    return _link(session, reader, tension, [difficulty_id], [], curating=False)


def join(
    session: RexSession,
    reader: Reader,
    proposal: TensionProposal,
    difficulty_ids: Iterable[int] | None = None,
    into: Tension | None = None,
) -> TensionAct | None:
    """What a proposal brings to a tension goes into it, or into the one that was chosen (`into`), by one act. `difficulty_ids`:
    these alone; the others are kept apart from it."""
    ground.begin(session, reader, proposal.collectif_id)
    proposed = _proposed(session, proposal)
    tension_id = into.id if into is not None else proposal.tension_id
    here = told_tensions(reader).where(Tension.id == tension_id, Tension.collectif_id == proposal.collectif_id)
    tension = session.scalars(here).first()
    if tension is None:
        raise Refused(ground.GONE)
    chosen = set(proposed if difficulty_ids is None else difficulty_ids)
    if not chosen:
        raise Refused("Choisissez au moins une difficulté.")
    return _link(session, reader, tension, sorted(chosen), [one for one in proposed if one not in chosen], curating=True)


def unlink(session: RexSession, reader: Reader, tension: Tension, difficulty_id: int) -> TensionAct:
    """A difficulty does not say the same as the others: it leaves, and is not proposed for this tension again."""
    ground.begin(session, reader, tension.collectif_id)
    tension = ground.again(session, reader, tension)
    linked = ground.links_of(session, tension.id)
    if difficulty_id not in linked:
        raise Refused(NOT_IN_IT)
    ground.unlink_all(session, tension.id, [difficulty_id])
    act = ground.written(session, reader, ActKind.UNLINKED, tension.collectif_id, tension.id, {"difficulties": [difficulty_id]})
    others = [one for one in linked if one != difficulty_id]
    ground.say_apart(session, act.id, act.collectif_id, ground.crossed([difficulty_id], others))
    ground.refresh_balises(session, tension.id)
    ground.drop_proposals(session, [difficulty_id])
    return act


def split(
    session: RexSession, reader: Reader, tension: Tension, difficulty_ids: Iterable[int], title: str, words: str = ""
) -> Tension:
    """Some of its difficulties say something else: they go together under a name of their own."""
    ground.begin(session, reader, tension.collectif_id)
    tension = ground.again(session, reader, tension)
    title, words, ids = ground.title_of(title), ground.words_of(words), sorted(set(difficulty_ids))
    linked = ground.links_of(session, tension.id)
    if not ids:
        raise Refused("Choisissez les difficultés qui disent autre chose.")
    if not set(ids) <= linked.keys():
        raise Refused(NOT_IN_IT)
    if len(ids) == len(linked):
        raise Refused("Laissez au moins une difficulté dans la tension\u00a0: pour toutes, changez plutôt son nom.")
    new = _make(session, tension.collectif_id, title, words)
    ground.unlink_all(session, tension.id, ids)
    ground.link_all(session, reader, new.id, ids)
    before = {"difficulties": ids, "new": new.id}
    act = ground.written(session, reader, ActKind.SPLIT, tension.collectif_id, tension.id, before, title)
    ground.written(session, reader, ActKind.NAMED, tension.collectif_id, new.id, {"by": act.id}, title)  # its own life begins
    ground.refresh_balises(session, tension.id, new.id)
    ground.drop_proposals(session, tension_ids=[tension.id])
    return new


def set_aside(session: RexSession, reader: Reader, proposal: TensionProposal) -> TensionAct:
    """What was proposed does not say the same: it is not proposed again."""
    ground.begin(session, reader, proposal.collectif_id)
    proposed = _proposed(session, proposal)
    before = {"difficulties": sorted(proposed)}
    act = ground.written(session, reader, ActKind.SET_ASIDE, proposal.collectif_id, proposal.tension_id, before)
    pairs = list(combinations(proposed[:WHOLE], 2)) if proposal.tension_id is None else []
    pairs += [(proposed[0], other) for other in proposed[WHOLE:]] if proposal.tension_id is None else []
    if proposal.tension_id is not None:
        pairs += ground.crossed(proposed, ground.links_of(session, proposal.tension_id))
    ground.say_apart(session, act.id, act.collectif_id, pairs)
    ground.drop_proposals(session, proposed)
    return act


def _make(session: RexSession, collectif_id: int, title: str, words: str) -> Tension:
    tension = Tension(kind=EntryKind.TENSION, collectif_id=collectif_id, audience=Audience.COLLECTIF, published_at=clock.now())
    write(tension, title, words)
    session.add(tension)
    session.flush()
    moments.changed(session, tension, Change.PUBLISHED)
    return tension


def _proposed(session: RexSession, proposal: TensionProposal) -> list[int]:
    """The difficulties of a proposal that still stands, the central one first. Raises Refused."""
    query = select(TensionProposalItem.difficulty_id).where(TensionProposalItem.proposal_id == proposal.id)
    items = session.scalars(query.order_by(TensionProposalItem.position)).all()
    if not items:
        raise Refused(PROPOSAL_GONE)
    return list(items)


def _link(
    session: RexSession, reader: Reader, tension: Tension, difficulty_ids: list[int], left_out: list[int], *, curating: bool
) -> TensionAct | None:
    ground.begin(session, reader, tension.collectif_id, curating=curating)
    tension = ground.again(session, reader, tension)
    linked = ground.links_of(session, tension.id)
    new = ground.fit(session, reader, tension.collectif_id, [one for one in difficulty_ids if one not in linked])
    if not new:
        return None
    ground.link_all(session, reader, tension.id, new)
    before = {"difficulties": new, "apart": ground.forget_apart(session, new, linked)}
    act = ground.written(session, reader, ActKind.LINKED, tension.collectif_id, tension.id, before)
    come_back(session, reader, tension, act, new)
    ground.say_apart(session, act.id, act.collectif_id, ground.crossed(left_out, linked))
    ground.refresh_balises(session, tension.id)
    ground.drop_proposals(session, {*new, *left_out})
    return act
