"""A synthèse closes a thread: sentences of an animateur, each resting on messages of it; every other look is in one of them.

A thread is what is said under one entry before one audience. Opened again, it keeps its synthèse, dated."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select, true

from rex import clock
from rex.access import Reader, may_close_thread, visible_exchanges
from rex.collectifs.models import User
from rex.db import BigId, RexSession
from rex.exchanges.entries import ToldEntry, readers_of_thread, signature_of
from rex.exchanges.models import Exchange, Posture, Synthese, SyntheseSentence, SyntheseSource
from rex.exchanges.words import Refused
from rex.french import of_name
from rex.journal import moments
from rex.journal.models import Audience, Authorship
from rex.journal.moments import What
from rex.journal.readers import among_readers
from rex.kept import Kept
from rex.shapes import Shape
from rex.text.marks import tidy

SENTENCE_LENGTH = 600
MOST_SENTENCES = 20
NOBODY = "Une personne"  # speaks for an account that was deleted


@dataclass(frozen=True)
class Sentence:
    """What an animateur wrote in one field, and the numbers of the messages it rests on, as typed."""

    words: str
    rests_on: str


@dataclass(frozen=True)
class Numbered:
    """A message as the page of the synthèse shows it: its number is its rank in the thread, which no later message changes."""

    number: int
    id: int
    public_id: str
    posture: Posture
    author_id: int | None
    name: str
    signature: str
    html: str
    is_standing: bool


def is_closed(session: RexSession, entry: ToldEntry, audience: Audience) -> bool:
    """Whether a synthèse closes the thread in which a message before this audience would be said."""
    query = select(Synthese.id).where(Synthese.entry_id == entry.id, Synthese.reopened_at.is_(None), _of(entry, audience))
    return session.execute(query.limit(1)).first() is not None


def _of(entry: ToldEntry, audience: Audience) -> ColumnElement[bool]:
    """The synthèses of a thread; once an entry was narrowed, what was said before the réseau and since is one thread."""
    return Synthese.audience == audience if entry.audience is Audience.RESEAU else true()


def numbered(session: RexSession, reader: Reader, entry: ToldEntry, audience: Audience) -> list[Numbered]:
    """The messages of one thread in the order in which they were said."""
    query = (
        visible_exchanges(reader)
        .outerjoin(User, User.id == Exchange.author_id)
        .with_only_columns(
            Exchange.id, Exchange.public_id, Exchange.posture, Exchange.author_id, User.name, Exchange.signature, Exchange.html,
            or_(Exchange.withdrawn_at.is_not(None), Exchange.suspended_at.is_not(None)).label("is_gone"),
        )
        .where(Exchange.entry_id == entry.id)
        .order_by(Exchange.id)
    )
    if entry.audience is Audience.RESEAU:
        query = query.where(Exchange.audience == audience)
    return [
        Numbered(rank, *row[:4], name=row.name or NOBODY, signature=row.signature, html=row.html, is_standing=not row.is_gone)
        for rank, row in enumerate(session.execute(query), 1)
    ]


def close_thread(
    session: RexSession, reader: Reader, entry: ToldEntry, audience: Audience, sentences: Sequence[Sentence]
) -> Synthese:
    """Keep a synthèse, which closes the thread. The entry is held (`find_entry(hold=True)`): no message slips in meanwhile.

    Raises PermissionError, or Refused with what misses: a sentence rests on a message, every other look is in a sentence."""
    if not may_close_thread(reader, entry.collectif_id):
        raise PermissionError("the animateurs of the entry's collectif, the responsables of its group, close a thread")
    messages = numbered(session, reader, entry, audience)
    rests = resting(sentences, messages)
    _, signature = signature_of(reader, entry)
    synthese = Synthese(entry_id=entry.id, audience=audience, author_id=reader.user_id, signature=signature)
    session.add(synthese)
    session.flush()
    written = [(tidy(one.words).strip(), on) for one, on in zip(sentences, rests, strict=True) if on]
    for position, (words, on) in enumerate(written):
        sentence = SyntheseSentence(synthese_id=synthese.id, position=position, words=words)
        session.add(sentence)
        session.flush()
        session.add_all(SyntheseSource(sentence_id=sentence.id, exchange_id=message.id) for message in on)
    session.flush()
    concerned = {message.author_id for message in messages if message.is_standing} | set(
        session.scalars(select(Authorship.user_id).where(Authorship.entry_id == entry.id))
    )
    if audience is Audience.GROUPE:
        told = concerned & {user_id for user_id, _ in readers_of_thread(session, entry, audience).people}
    else:
        told = among_readers(session, concerned - {reader.user_id}, audience, entry.collectif_id)
    moments.tell(session, reader, What.SYNTHESE, entry.id, sorted(one for one in told if one not in (None, reader.user_id)))
    return synthese


def resting(sentences: Sequence[Sentence], messages: Sequence[Numbered]) -> list[list[Numbered]]:
    """The messages on which each sentence rests (none for a field left empty). Raises Refused."""
    by_number = {str(message.number): message for message in messages}
    faults: list[tuple[str, str]] = []
    rests: list[list[Numbered]] = []
    for rank, sentence in enumerate(sentences, 1):
        found, wrong = _messages_named(sentence.rests_on, by_number)
        has_words = bool(sentence.words.strip())
        if len(sentence.words) > SENTENCE_LENGTH:
            faults.append((f"phrase-{rank}", f"Raccourcissez la phrase {rank} : {SENTENCE_LENGTH} caractères au plus"))
        if wrong:
            faults.append((f"messages-{rank}", f"Phrase {rank} : {wrong}"))
        elif has_words and not found:
            faults.append((f"messages-{rank}", f"Dites sur quels messages repose la phrase {rank}, par leurs numéros"))
        elif found and not has_words:
            faults.append((f"phrase-{rank}", f"Écrivez la phrase {rank}, ou videz ses numéros"))
        rests.append(found)
    if not any(sentence.words.strip() for sentence in sentences):
        faults.append(("phrase-1", "Écrivez au moins une phrase"))
    if not faults:
        faults = [(f"message-{message.number}", _left_out(message)) for message in _unheard(messages, rests)]
    if faults:
        raise Refused(faults)
    return rests


def _messages_named(typed: str, by_number: dict[str, Numbered]) -> tuple[list[Numbered], str]:
    """(the messages named, what is wrong with the first number that names none that can be read)."""
    found: dict[int, Numbered] = {}
    for part in re.split(r"[\s,;.]+|\bet\b|\bn°", typed[:400].lower()):
        if not part:
            continue
        message = by_number.get(part.lstrip("0"))
        if message is None:
            return [], f"aucun message ne porte le numéro {part[:20]}"
        if not message.is_standing:
            return [], f"le message {message.number} ne se lit plus"
        found[message.id] = message
    return list(found.values()), ""


def _unheard(messages: Sequence[Numbered], rests: Sequence[Collection[Numbered]]) -> list[Numbered]:
    cited = {message.id for on in rests for message in on}
    looks = [message for message in messages if message.posture is Posture.AUTRE_REGARD and message.is_standing]
    return [message for message in looks if message.id not in cited]


def _left_out(message: Numbered) -> str:
    return f"L’autre regard {of_name(message.name)} (message {message.number}) n’est dans aucune phrase"


def open_synthese(session: RexSession, entry: ToldEntry, audience: Audience) -> Synthese | None:
    """The synthèse that closes this thread now."""
    query = select(Synthese).where(Synthese.entry_id == entry.id, Synthese.reopened_at.is_(None), _of(entry, audience))
    return session.scalars(query.order_by(Synthese.id.desc())).first()


def reopen(session: RexSession, reader: Reader, entry: ToldEntry, audience: Audience) -> None:
    """Open a closed thread again; what the synthèse says stays, with its date."""
    if not may_close_thread(reader, entry.collectif_id):
        raise PermissionError("the animateurs of the entry's collectif open a thread again")
    while (synthese := open_synthese(session, entry, audience)) is not None:
        synthese.reopened_at = clock.now()
        session.flush()


@dataclass(frozen=True)
class SyntheseView:
    """A synthèse above its thread; a sentence is its words and the messages that it rests on (their ids)."""

    public_id: str
    audience: Audience
    by: str
    created_at: datetime
    is_open: bool
    sentences: list[tuple[str, list[int]]]
    author_id: int | None
    is_suspended: bool  # its sentences have no words then
    suspended_why: str
    sealed: bytes | None


def syntheses_of(session: RexSession, entry_id: int) -> list[SyntheseView]:
    """The synthèses of an entry that the reader of the session reads, newest first (one statement)."""
    return _views_of(_sentences.rows(session, entry=entry_id))


def syntheses_by_entry(session: RexSession, entry_ids: Collection[int]) -> dict[int, list[SyntheseView]]:
    """The same for several entries, by their ids (one statement, none without an id)."""
    rows: dict[int, list[Any]] = {}
    if entry_ids:
        for row in session.execute(_with_sentences().where(Synthese.entry_id.in_(entry_ids))):
            rows.setdefault(row.entry_id, []).append(row)
    return {entry_id: _views_of(found) for entry_id, found in rows.items()}


def closing_synthese(session: RexSession, entry: ToldEntry, audience: Audience) -> SyntheseView | None:
    """The synthèse that closes this thread now, as the reader of the session reads it."""
    said_before = {audience} if entry.audience is Audience.RESEAU else set(Audience)
    return next((one for one in syntheses_of(session, entry.id) if one.is_open and one.audience in said_before), None)


def _views_of(rows: Sequence[Any]) -> list[SyntheseView]:
    views: dict[str, SyntheseView] = {}
    at: dict[tuple[str, int], list[int]] = {}
    for row in rows:
        view = views.get(row.public_id)
        if view is None:
            by = ", ".join(filter(None, (row.name or NOBODY, row.signature)))
            view = views[row.public_id] = SyntheseView(
                row.public_id, row.audience, by, row.created_at, row.reopened_at is None, [],
                row.author_id, row.suspended_at is not None, row.suspended_why, row.sealed,
            )
        key = (row.public_id, row.position)
        if key not in at:
            at[key] = []
            view.sentences.append((row.words, at[key]))
        if row.exchange_id is not None:
            at[key].append(row.exchange_id)
    return list(views.values())


@Kept
def _sentences(_: Shape) -> Select:
    return _with_sentences().where(Synthese.entry_id == bindparam("entry", type_=BigId))


def _with_sentences() -> Select:
    return (
        select(
            Synthese.entry_id, Synthese.public_id, Synthese.audience, Synthese.author_id, User.name, Synthese.signature,
            Synthese.created_at, Synthese.reopened_at, Synthese.suspended_at, Synthese.suspended_why, Synthese.sealed,
            SyntheseSentence.position, SyntheseSentence.words, SyntheseSource.exchange_id,
        )
        .join(SyntheseSentence, SyntheseSentence.synthese_id == Synthese.id)
        .outerjoin(SyntheseSource, SyntheseSource.sentence_id == SyntheseSentence.id)
        .outerjoin(User, User.id == Synthese.author_id)
        .order_by(Synthese.id.desc(), SyntheseSentence.position, SyntheseSource.exchange_id)
    )
