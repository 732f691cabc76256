"""Rewriting a text of a group, putting it to the members, and what follows from their answers."""

from datetime import timedelta

from sqlalchemy import select

from rex import clock
from rex.access import MembershipView, Reader, visible_versements
from rex.collectifs.group_models import PeerGroup, Rule
from rex.db import RexSession
from rex.journal.models import EntryKind
from rex.peer_groups import deciding, settling, telling
from rex.peer_groups.models import Decision, DecisionKind, Outcome
from rex.peer_groups.places import all_places, current_places
from rex.versements.models import Versement
from rex.versements.pouring import pour
from rex.versements.rewriting import MOST_OF_A_DIFFICULTY, Rewriting, clean, packed, unpacked
from rex.versements.sources import OwnText, from_this, words_behind


class TooLate(ValueError):
    """The text changed meanwhile, in another window, or by an answer; the sentence says it in French."""


def begin(session: RexSession, reader: Reader, seat: MembershipView, source: OwnText) -> Versement:
    """Begin to rewrite a text of one's own; or go on, when it was begun already and put to nobody."""
    deciding.hold(session, seat.collectif_id)
    comes_from = from_this(source)
    begun = visible_versements(reader).where(
        Versement.group_id == seat.collectif_id,
        Versement.author_id == reader.user_id,
        Versement.decision_id.is_(None),
        Versement.is_told.is_(False),
    )
    already = session.scalars(begun.filter_by(**comes_from).order_by(Versement.id.desc()).limit(1)).first()
    if already is not None:
        return already
    made = Versement(group_id=seat.collectif_id, author_id=reader.user_id, **comes_from)
    _, words = words_behind(session, reader, seat, made)
    text = clean(words)
    kind = source.kind if len(text) <= MOST_OF_A_DIFFICULTY else EntryKind.RECIT
    home = reader.memberships[0].collectif_public_id if len(reader.memberships) == 1 else ""
    made.content = packed(Rewriting(kind=kind, text=text, to=home))
    session.add(made)
    session.flush()
    return made


def held(session: RexSession, reader: Reader, versement: Versement, version: int) -> None:
    """Hold a text for its author to change. Raises TooLate when it is not what they saw, or is before the members."""
    deciding.hold(session, versement.group_id)
    session.refresh(versement)
    if versement.author_id != reader.user_id:
        raise PermissionError("only its author rewrites a text")
    if versement.is_told or _is_open(session, versement):
        raise TooLate("Ce texte est devant les membres : il ne change plus")
    if versement.version != version:
        raise TooLate("Ce texte a changé dans une autre fenêtre. Relisez ce qui est ici, puis enregistrez de nouveau")


def _is_open(session: RexSession, versement: Versement) -> bool:
    if versement.decision_id is None:
        return False
    return session.scalar(select(Decision.id).where(Decision.id == versement.decision_id, Decision.ended_at.is_(None))) is not None


def save(session: RexSession, versement: Versement, said: Rewriting) -> None:
    """Keep the text as it stands now. Written again after an answer, it is its author's alone until it is asked again."""
    versement.content, versement.version = packed(said), versement.version + 1
    versement.decision_id = versement.asked_at = None
    session.flush()


def ask(session: RexSession, reader: Reader, group: PeerGroup, versement: Versement) -> Decision:
    """Put the text to all who are in the group now, those away and those whose place is shut included: nobody's silence lets it
    out. The author says yes by asking. The caller settles it: alone in a group, one has said all there is to say."""
    everybody = [place.user_id for place in all_places(session, group.id)]
    decision = Decision(group_id=group.id, kind=DecisionKind.VERSEMENT, rule=Rule.TOUS)
    deciding.ask(session, decision, everybody, reader.user_id)
    decision.closes_at = clock.now() + timedelta(days=group.versement_days)
    versement.decision_id, versement.asked_at = decision.id, decision.asked_at
    session.flush()
    return decision


def remove(session: RexSession, versement: Versement) -> None:
    """Give it up, before it is put to anybody."""
    session.delete(versement)
    session.flush()


def follow(session: RexSession, decision: Decision, _group: PeerGroup) -> None:
    """What follows from the answers, in the transaction of the last of them, or at the date. Its author is told that there is an
    end, whichever it is; nothing leaves for somebody who lost their place in the group meanwhile. Taken back, nobody else reads
    it any more."""
    with session.as_system("the text that all members of a group let out, or not"):
        found = session.scalars(select(Versement).where(Versement.decision_id == decision.id)).first()
        if found is not None and decision.outcome is Outcome.TAKEN_BACK:
            found.decision_id = found.asked_at = None  # its author's alone again
            session.flush()
            return
        if found is None or found.author_id not in {place.user_id for place in current_places(session, decision.group_id)}:
            return
        if decision.outcome is Outcome.ACCEPTED and pour(session, found.author_id, unpacked(found.content)):
            found.is_told = True
            session.flush()
        telling.tell(session, decision.group_id, [found.author_id], f"ended|{decision.public_id}")


def forget(session: RexSession, group_id: int, user_ids: list[int] | None) -> None:
    """What those who leave wrote goes with them, unless it left already: nobody lets out the text of somebody who is gone. When
    the group ends (None), its rows go with it and nothing leaves."""
    if user_ids is None:
        return
    with session.as_system("the texts on their way out go with who leaves a group"):
        theirs = select(Versement).where(
            Versement.group_id == group_id, Versement.author_id.in_(user_ids), Versement.is_told.is_(False)
        )
        for versement in session.scalars(theirs).all():
            asked = session.scalars(select(Decision).where(Decision.id == versement.decision_id)).first()
            if asked is not None and asked.ended_at is None:
                deciding.close(session, asked, Outcome.TAKEN_BACK)
            session.delete(versement)
        session.flush()


def settle(session: RexSession, decision: Decision) -> None:
    """End it at once when all who are asked have answered."""
    settling.settle(session, decision)


KINDS = (EntryKind.RECIT, EntryKind.DIFFICULTY)
