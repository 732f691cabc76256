"""What people do with messages: say, correct, withdraw, take a question; and what an animateur does after a report.

Nobody writes in another person's message: `edit` and `withdraw` are its author's alone. Suspending seals it; its author reads it
with the reason, the others read that it is suspended."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, or_, select

from rex import clock, text
from rex.access import Reader, visible_exchanges, who_reads
from rex.db import RexSession, new_public_id
from rex.exchanges.closing import is_closed
from rex.exchanges.entries import ToldEntry, audience_of_answer, entry_of, narrower, signature_of
from rex.exchanges.mentions import Named, named_in, write_mentions
from rex.exchanges.models import Exchange, FormerWords, Mention, Posture
from rex.exchanges.suspending import lift_suspension, suspend_exchange
from rex.exchanges.words import Refused, Words, faults_in, faults_in_text, html_of
from rex.journal import moments
from rex.journal.models import Authorship
from rex.journal.moments import What
from rex.text.marks import tidy

__all__ = [
    "Changed",
    "Refused",
    "Said",
    "ThreadClosed",
    "Words",
    "edit",
    "give_back",
    "is_standing",
    "lift_suspension",
    "own_message",
    "say",
    "suspend_exchange",
    "take",
    "version_of",
    "why_posture_stays",
    "withdraw",
]


class ThreadClosed(RuntimeError):
    """A synthèse closed this thread."""


class Changed(RuntimeError):
    """The message says something else than what its author corrected: they wrote in another window."""


@dataclass(frozen=True)
class Said:
    """A message that stands, and the names in it that nobody among its readers bears."""

    exchange: Exchange
    unknown: tuple[str, ...] = ()


def say(session: RexSession, reader: Reader, entry: ToldEntry, words: Words, parent: Exchange | None = None) -> Said:
    """Say something under an entry, or in answer to a message. Raises Refused, ThreadClosed.

    It is read by those who read the entry, and what it answers: never by more."""
    audience = audience_of_answer(entry, parent)
    if is_closed(session, entry, audience):
        raise ThreadClosed
    faults = faults_in(words)
    if faults:
        raise Refused(faults)
    seat, signature = signature_of(reader, entry)
    public_id, source = new_public_id(), tidy(words.source)
    named = named_in(session, source, audience, entry)
    exchange = Exchange(
        public_id=public_id,
        entry_id=entry.id,
        parent_id=parent.id if parent else None,
        root_id=(parent.root_id or parent.id) if parent else None,
        audience=audience,
        posture=words.posture,
        author_id=reader.user_id,
        service_id=seat.service_id,
        signature=signature,
        quote=words.quote,
        quote_slug=words.quote_slug,
        source=source,
        html=html_of(public_id, source, named.written),
        pipeline=text.PIPELINE,
    )
    session.add(exchange)
    session.flush()
    write_mentions(session, exchange, named.user_ids)
    _tell(session, reader, entry, exchange, named, parent)
    return Said(exchange, named.unknown)


def _tell(
    session: RexSession, reader: Reader, entry: ToldEntry, exchange: Exchange, named: Named, parent: Exchange | None
) -> None:
    """Those whom it names; then the authors of the entry, and those who speak in this branch."""
    concerned = set(session.scalars(select(Authorship.user_id).where(Authorship.entry_id == entry.id)))
    if parent is not None:
        root = exchange.root_id
        branch = visible_exchanges(reader).with_only_columns(Exchange.author_id)
        concerned |= set(session.scalars(branch.where(or_(Exchange.id == root, Exchange.root_id == root))))
    concerned -= {reader.user_id, *named.user_ids}
    moments.tell(session, reader, What.MENTION, entry.id, sorted(named.user_ids - {reader.user_id}), exchange.id)
    moments.tell(session, reader, What.ANSWER, entry.id, sorted(filter(None, concerned)), exchange.id)


def version_of(exchange: Exchange) -> str:
    """What a form says that it began from, so that of two windows the second does not silently win."""
    return hashlib.sha256(f"{exchange.posture.value} {exchange.source}".encode()).hexdigest()[:16]


def why_posture_stays(session: RexSession, reader: Reader, exchange: Exchange) -> str:
    """What keeps a message in its posture: somebody spoke or acted on it. Empty when its author may change it."""
    if _was_answered(session, reader, exchange):
        return "Quelqu’un a répondu à ce message : sa posture ne change plus."
    taker = exchange.taken_by_id
    if taker not in (None, reader.user_id) and who_reads(session, exchange.entry_id, [taker], exchange.id):
        return "Quelqu’un s’occupe de cette question : elle reste une question."
    return ""


def edit(session: RexSession, reader: Reader, exchange: Exchange, words: Words, base: str) -> Said:
    """Other words in one's own message, another posture, a passage where it had none. Raises Refused, Changed, ThreadClosed,
    PermissionError.

    Once somebody has answered, what it said before stays readable and its posture stays: an answer must not seem to say something
    else. Under an entry that was narrowed, the new words are said before its readers of now, and stay theirs if it is widened
    again."""
    session.refresh(exchange, with_for_update=True)
    entry = own_message(session, reader, exchange)
    if version_of(exchange) != base:
        raise Changed
    audience = narrower(exchange.audience, entry.audience)
    is_answered, source = _was_answered(session, reader, exchange), tidy(words.source)
    faults = _faults_in_change(session, reader, exchange, words)
    if faults:
        raise Refused(faults)
    if is_closed(session, entry, audience):
        raise ThreadClosed
    quotes_more = bool(words.quote) and not _has_quote(exchange) and not is_answered
    if source.strip() == exchange.source.strip() and words.posture is exchange.posture and not quotes_more:
        return Said(exchange)
    now = clock.now()
    if is_answered and source.strip() != exchange.source.strip():
        session.add(FormerWords(exchange_id=exchange.id, source=exchange.source, html=exchange.html, until=now))
        exchange.has_former_words = True
    if quotes_more:
        exchange.quote, exchange.quote_slug = words.quote, words.quote_slug
    if words.posture is not exchange.posture:
        exchange.posture, exchange.taken_by_id, exchange.taken_at = words.posture, None, None
    named = named_in(session, source, audience, entry)
    exchange.source, exchange.html = source, html_of(exchange.public_id, source, named.written)
    exchange.pipeline, exchange.edited_at, exchange.audience = text.PIPELINE, now, audience
    new = write_mentions(session, exchange, named.user_ids)
    moments.tell(session, reader, What.MENTION, entry.id, sorted(new - {reader.user_id}), exchange.id)
    return Said(exchange, named.unknown)


def _faults_in_change(session: RexSession, reader: Reader, exchange: Exchange, words: Words) -> list[tuple[str, str]]:
    """What keeps a message from being changed so: the rules of any message, and those who answered it meanwhile."""
    if words.posture is not exchange.posture and (why := why_posture_stays(session, reader, exchange)):
        return [("posture", why.removesuffix("."))]
    if _has_quote(exchange) or words.posture is exchange.posture:
        return faults_in_text(words.source)
    return faults_in(words)


def _has_quote(exchange: Exchange) -> bool:
    return bool(exchange.quote) or exchange.quote_sealed is not None


def is_standing(exchange: Exchange) -> bool:
    """Whether its words are read: neither withdrawn nor suspended."""
    return exchange.withdrawn_at is None and exchange.suspended_at is None


def _was_answered(session: RexSession, reader: Reader, exchange: Exchange) -> bool:
    answers = visible_exchanges(reader).with_only_columns(Exchange.id)
    beneath = or_(Exchange.parent_id == exchange.id, Exchange.root_id == exchange.id)
    by_others = Exchange.author_id.is_distinct_from(reader.user_id)
    return session.execute(answers.where(beneath, by_others).limit(1)).first() is not None


def own_message(session: RexSession, reader: Reader, exchange: Exchange) -> ToldEntry:
    """The entry of a message that this person may change: theirs, standing. Raises PermissionError."""
    if exchange.author_id != reader.user_id or not is_standing(exchange):
        raise PermissionError("only its author changes a message, while it stands")
    return entry_of(session, reader, exchange)


def withdraw(session: RexSession, reader: Reader, exchange: Exchange) -> None:
    """Take one's message back: its place stays, since others answered it; nothing of what it said does. Also where they read no
    more (`rex.exchanges.out_of_sight`)."""
    if exchange.author_id != reader.user_id:
        raise PermissionError("only its author withdraws a message")
    session.refresh(exchange, with_for_update=True)
    exchange.source = exchange.html = exchange.quote = exchange.quote_slug = ""
    exchange.quote_sealed = exchange.sealed = exchange.taken_by_id = exchange.taken_at = exchange.edited_at = None
    exchange.is_detached = exchange.has_former_words = False
    exchange.withdrawn_at = exchange.withdrawn_at or clock.now()
    with session.as_system("nothing is left of a message taken back, even where its author does not read any more"):
        session.execute(delete(FormerWords).where(FormerWords.exchange_id == exchange.id))
        session.execute(delete(Mention).where(Mention.exchange_id == exchange.id))
        session.flush()


# --- a question that somebody takes ---------------------------------------------------------------------------------------


def take(session: RexSession, reader: Reader, exchange: Exchange) -> bool:
    """« Je m’en occupe »: any reader may take a question; False when somebody else took it before, and still reads it."""
    session.refresh(exchange, with_for_update=True)
    if exchange.posture is not Posture.QUESTION or not is_standing(exchange):
        raise PermissionError("what is taken is a question that stands")
    if exchange.taken_by_id is None or not who_reads(session, exchange.entry_id, [exchange.taken_by_id], exchange.id):
        exchange.taken_by_id, exchange.taken_at = reader.user_id, clock.now()
    session.flush()
    return exchange.taken_by_id == reader.user_id


def give_back(session: RexSession, reader: Reader, exchange: Exchange) -> bool:
    """Let a question go that one had taken; False when it was not theirs."""
    session.refresh(exchange, with_for_update=True)
    if exchange.taken_by_id != reader.user_id:
        return False
    exchange.taken_by_id = exchange.taken_at = None
    session.flush()
    return True
