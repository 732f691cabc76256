"""The letter that could be written: what is proposed, what is chosen, the words that it quotes. Nothing is written here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from rex.access import Reader, group_readers, visible_entries, visible_members
from rex.collectifs.models import Membership, User
from rex.db import RexSession
from rex.digests.candidates import MOST, Proposed, Scene, Source
from rex.digests.candidates_balises import practice_candidates, theory_candidates
from rex.digests.candidates_recits import recit_candidates, recits_of, shared_candidates
from rex.digests.candidates_tensions import tension_candidates
from rex.digests.candidates_together import network_candidates, question_candidates, recognition_candidates, seance_candidates
from rex.digests.models import Digest, DigestItem, DigestSettings, DigestState, Rhythm, Rubric
from rex.digests.passages import telling
from rex.digests.plain import reader_for, reading_as
from rex.digests.rhythm import SPANS, next_due
from rex.digests.selection import select as choose
from rex.journal.models import Entry, Section
from rex.text.trace_words import FIRST_NAMES


@dataclass(frozen=True)
class Quoted:
    """Words of a text, chosen."""

    entry_id: int
    words: str
    signature: str


@dataclass(frozen=True)
class Planned:
    """An item that is not written yet, at its place in its rubric."""

    proposed: Proposed
    position: int
    quotes: Sequence[Quoted]


@dataclass(frozen=True)
class Plan:
    """A letter that is not written yet."""

    space_id: int
    since: datetime
    until: datetime
    due: datetime
    items: Sequence[Planned]
    replaces: int | None = None  # the letter that nobody read again, and whose time this one tells too


@dataclass(frozen=True)
class _Before:
    """What letters told before."""

    since: datetime | None
    marks: dict[str, str]
    explained: dict[str, datetime]
    stale: int | None  # a letter that waits past its hour, and that nobody touched


def plan_of(session: RexSession, space_id: int, settings: DigestSettings | None, *, until: datetime, due: datetime) -> Plan | None:
    """The letter that this space could read, with the rights of a plain member of it; None when there is nothing to tell."""
    found = reader_for(session, space_id)
    if found is None:
        return None
    reader, seat = found
    before = _before(session, space_id, until)
    rhythm = settings.rhythm if settings is not None else Rhythm.MONTHLY
    since = before.since or (settings.set_at if settings is not None else until - SPANS[rhythm])
    if since >= until:
        return None
    following = next_due(settings, seat.timezone, due) if settings is not None else None
    scene = Scene(session, reader, seat, since, until, due, following or due + SPANS[rhythm])
    with reading_as(session, reader):
        proposed = _proposed(scene, before)
        by_key = {(one.candidate.rubric, one.candidate.key): one for one in proposed}
        chosen = choose((one.candidate for one in proposed), before.marks)
        quotes = _quoting(scene, [by_key[one.candidate.rubric, one.candidate.key] for one in chosen])
    items = [Planned(told, one.position, said) for one, (told, said) in zip(chosen, quotes, strict=True)]
    return Plan(space_id, since, until, due, items, before.stale) if items else None


def _proposed(scene: Scene, before: _Before) -> list[Proposed]:
    recits = recits_of(scene)
    return [
        *recit_candidates(scene, recits),
        *(shared_candidates(scene) if scene.seat.is_group else ()),
        *tension_candidates(scene),
        *recognition_candidates(scene),
        *theory_candidates(scene, recits, before.explained),
        *practice_candidates(scene, recits),
        *question_candidates(scene),
        *network_candidates(scene),
        *seance_candidates(scene),
    ]


def _before(session: RexSession, space_id: int, until: datetime) -> _Before:
    """Since when, and what the last letter told. One that waits past its hour untouched gives way to the one that is composed now:
    nobody wants to read two late letters."""
    with session.as_system("what the last letters told: ids and marks, no word of a text"):
        mine = Digest.collectif_id == space_id, Digest.state != DigestState.DROPPED, Digest.until < until
        stands = or_(Digest.state == DigestState.PUBLISHED, Digest.edited_at.is_not(None), Digest.is_ready, Digest.due_at > until)
        last = session.scalars(select(Digest).where(*mine, stands).order_by(Digest.until.desc()).limit(1)).first()
        waiting = select(Digest).where(*mine, ~stands).order_by(Digest.until.desc()).limit(1)
        stale = session.scalars(waiting.where(Digest.until > last.until) if last else waiting).first()
        marks = {}
        if last is not None:
            items = select(DigestItem).where(DigestItem.digest_id == last.id, DigestItem.is_removed.is_(False))
            marks = {key_of(item): item.mark for item in session.scalars(items)}
        theory = (
            select(DigestItem.balise, func.max(Digest.until))
            .join(Digest, Digest.id == DigestItem.digest_id)
            .where(*mine, DigestItem.rubric == Rubric.THEORY, DigestItem.is_removed.is_(False))
            .group_by(DigestItem.balise)
        )
        explained = {code: at for code, at in session.execute(theory)}
    since = last.until if last is not None else stale.since if stale is not None else None
    return _Before(since, marks, explained, stale.id if stale is not None else None)


def key_of(item: DigestItem) -> str:
    """The key of the candidate of which this item was made."""
    match item.rubric:
        case Rubric.RECITS:
            return f"recits|action:{item.action_id}" if item.action_id else f"recits|entry:{item.entry_id}"
        case Rubric.RECURRING | Rubric.CALMING:
            return f"tension:{item.entry_id}" if item.entry_id else "recurring|nameless"
        case Rubric.RECOGNITIONS:
            return f"recognition:{item.entry_id}"
        case Rubric.THEORY:
            return f"balise:{item.balise}"
        case Rubric.PRACTICE:
            return f"practice:{item.entry_id}"
        case Rubric.UNANSWERED:
            return f"question:{item.exchange_id}"
        case Rubric.NETWORK:
            return f"network:{item.entry_id}"
        case Rubric.COMING:
            return f"seance:{item.seance_id}"
    return f"by hand:{item.id}"


# --- its words ------------------------------------------------------------------------------------------------------------


def _quoting(scene: Scene, told: Sequence[Proposed]) -> list[tuple[Proposed, list[Quoted]]]:
    """The words that each item quotes, as the plain reader reads them (three statements)."""
    ids = {source.entry_id for one in told for source in one.sources if not source.words}
    texts = _texts(scene.session, scene.reader, ids)
    names = _names(scene) if texts else FIRST_NAMES
    taken: set[str] = set()
    found = []
    for one in told:
        quotes = []
        for source in one.sources:
            words = _words_of(source, texts, taken, names)
            if words:
                taken.add(words)
                quotes.append(Quoted(source.entry_id, words, source.signature))
        found.append((one, quotes))
    return found


def _words_of(source: Source, texts: dict[int, dict[str, str]], taken: set[str], names: frozenset[str]) -> str:
    if source.words:
        return telling({"": source.words})
    return telling(texts.get(source.entry_id, {}), source.slugs, taken, names)


def _names(scene: Scene) -> frozenset[str]:
    """The words of the names of the members: a letter rather quotes what speaks of none of them."""
    if scene.seat.is_group:
        said = [name for _, name in group_readers(scene.session, scene.space_id)]
    else:
        members = visible_members(scene.reader, scene.space_id).join(User, User.id == Membership.user_id)
        said = scene.session.scalars(members.with_only_columns(User.name).order_by(User.id).limit(MOST)).all()
    return FIRST_NAMES | {word for name in said for word in re.findall(r"[^\W\d_]{3,}", name) if word[0].isupper()}


def _texts(session: RexSession, reader: Reader, ids: set[int]) -> dict[int, dict[str, str]]:
    """Entry id → slug → Markdown; "" for a short text."""
    texts: dict[int, dict[str, str]] = {}
    if ids:
        told = visible_entries(reader).where(Entry.id.in_(ids), Entry.published_at.is_not(None), Entry.words != "")
        for entry_id, words in session.execute(told.with_only_columns(Entry.id, Entry.words)):
            texts[entry_id] = {"": words}
        sections = select(Section.entry_id, Section.slug, Section.source).where(Section.entry_id.in_(ids))
        for entry_id, slug, source in session.execute(sections.order_by(Section.position, Section.id)):
            texts.setdefault(entry_id, {})[slug] = source
    return texts
