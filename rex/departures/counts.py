"""What one person wrote, counted for that person alone, before they leave; and how many messages of others would go with it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from rex.access import Reader
from rex.collectifs.models import Space
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal.difficulty_models import Echo
from rex.journal.models import Action, Authorship, Draft, Entry, EntryKind
from rex.journal.together_models import ActionNote, Rereading
from rex.sealed_words import SpaceKind
from rex.seances.models import Contribution, Depot, Seance, Takeaway


@dataclass(frozen=True)
class OwnTexts:
    """How many of each. `drafts`: what nobody else reads, working copies of told récits aside."""

    recits: int = 0
    recits_together: int = 0  # among them, those that somebody else signs too
    drafts: int = 0
    corrections: int = 0  # working copies of récits that are told, signed by nobody else
    difficulties: int = 0
    thanks: int = 0
    messages: int = 0
    echoes: int = 0
    notes: int = 0
    rereadings: int = 0
    in_seances: int = 0
    answers_to_drafts: int = 0  # messages of others under what they told and took back
    answers_to_suspended: int = 0  # under what is suspended, which goes with an account
    answers_to_recits: int = 0  # under told récits that nobody else signs, and under their passages
    answers_to_words: int = 0  # under their other told texts

    @property
    def words(self) -> int:
        """What is neither a récit nor a draft, nor said in a séance."""
        return self.difficulties + self.thanks + self.messages + self.echoes + self.notes

    @property
    def all(self) -> int:
        return self.recits + self.drafts + self.words + self.rereadings + self.in_seances


def own_texts_in(session: RexSession, reader: Reader, collectif_id: int) -> OwnTexts:
    """In one collectif."""
    return _counted(session, reader.user_id, Space.id == collectif_id)


def own_texts_in_collectifs(session: RexSession, reader: Reader) -> OwnTexts:
    """In all collectifs, those that they left included: what they told there is theirs still."""
    return _counted(session, reader.user_id, Space.kind == SpaceKind.COLLECTIF)


def own_texts_in_groups(session: RexSession, reader: Reader) -> OwnTexts:
    """In all peer groups, those that they left included."""
    return _counted(session, reader.user_id, Space.kind == SpaceKind.GROUPE)


def _counted(session: RexSession, user_id: int, where: ColumnElement[bool]) -> OwnTexts:
    """Three statements."""
    with session.as_system("a person counts what they wrote themselves"):
        entries = _entries(session, user_id, where)
        answers = _answers(session, user_id, where)
        hanging = session.execute(select(*(part.scalar_subquery() for part in _hanging(user_id, where)))).one()
        return OwnTexts(**entries, **answers, messages=hanging[0], echoes=hanging[1], notes=hanging[2], rereadings=hanging[3],
                        in_seances=hanging[4] + hanging[5] + hanging[6])


def _entries(session: RexSession, user_id: int, where: ColumnElement[bool]) -> dict[str, int]:
    another = aliased(Authorship)
    others = select(another.id).where(another.entry_id == Entry.id, another.user_id.is_distinct_from(user_id))
    together = others.exists()
    copies = select(Draft.entry_id).where(Draft.entry_id == Entry.id, Draft.changed_at.is_not(None)).exists()
    told = Entry.published_at.is_not(None)
    rows = session.execute(
        select(Entry.kind, told, together, copies, func.count(Entry.id))
        .join(Authorship, Authorship.entry_id == Entry.id)
        .join(Space, Space.id == Entry.collectif_id)
        .where(Authorship.user_id == user_id, where)
        .group_by(Entry.kind, told, together, copies)
    ).all()
    found = dict.fromkeys(("recits", "recits_together", "drafts", "corrections", "difficulties", "thanks"), 0)
    for kind, is_told, is_together, has_copy, count in rows:
        if kind is EntryKind.RECOGNITION:
            found["thanks"] += count
        elif not is_told:
            found["drafts"] += 0 if is_together else count
        elif kind is EntryKind.DIFFICULTY:
            found["difficulties"] += count
        else:
            found["recits"] += count
            found["recits_together"] += count if is_together else 0
            found["corrections"] += count if has_copy and not is_together else 0
    return found


def _answers(session: RexSession, user_id: int, where: ColumnElement[bool]) -> dict[str, int]:
    """Messages of others that stand under what this person signs alone; a passage goes with its récit."""
    another, theirs = aliased(Authorship), Exchange.author_id.is_distinct_from(user_id)
    others = select(another.id).where(another.entry_id == Entry.id, another.user_id.is_distinct_from(user_id)).exists()
    is_told, is_suspended = Entry.published_at.is_not(None), Entry.suspended_at.is_not(None)
    in_recit = (Entry.kind == EntryKind.RECIT) | ((Entry.kind == EntryKind.DIFFICULTY) & Entry.about_id.is_not(None))
    rows = session.execute(
        select(is_told, is_suspended, in_recit, func.count(Exchange.id))
        .select_from(Exchange)
        .join(Entry, Entry.id == Exchange.entry_id)
        .join(Space, Space.id == Entry.collectif_id)
        .join(Authorship, Authorship.entry_id == Entry.id)
        .where(Authorship.user_id == user_id, where, theirs, ~others, Exchange.withdrawn_at.is_(None))
        .where((Entry.kind != EntryKind.RECOGNITION) | is_told)
        .group_by(is_told, is_suspended, in_recit)
    ).all()
    found = dict.fromkeys(("answers_to_drafts", "answers_to_suspended", "answers_to_recits", "answers_to_words"), 0)
    for told, suspended, of_recit, count in rows:
        under = "drafts" if not told else "suspended" if suspended else "recits" if of_recit else "words"
        found[f"answers_to_{under}"] += count
    return found


def _hanging(user_id: int, where: ColumnElement[bool]) -> Collection[Select]:
    """Messages that stand, echoes, notes, rereadings; then what was brought and said in séances."""

    def under_entry(model: Any, owner: InstrumentedAttribute[int | None], *more: ColumnElement[bool]) -> Select:
        query = select(func.count(model.id)).join(Entry, Entry.id == model.entry_id).join(Space, Space.id == Entry.collectif_id)
        return query.where(owner == user_id, where, *more)

    def in_seance(model: Any) -> Select:
        query = select(func.count(model.id)).join(Seance, Seance.id == model.seance_id).join(Space, Space.id == Seance.collectif_id)
        return query.where(model.author_id == user_id, where)

    notes = select(func.count(ActionNote.id)).join(Action, Action.id == ActionNote.action_id)
    return (
        under_entry(Exchange, Exchange.author_id, Exchange.withdrawn_at.is_(None)),
        under_entry(Echo, Echo.user_id),
        notes.join(Space, Space.id == Action.collectif_id).where(ActionNote.author_id == user_id, where),
        under_entry(Rereading, Rereading.author_id),
        *(in_seance(model) for model in (Depot, Contribution, Takeaway)),
    )
