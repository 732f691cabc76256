"""Puts what was said in the base: all the messages at once, in the order in which they were said, then what hangs from them."""

from datetime import datetime

from rex import text
from rex.db import RexSession, new_public_id
from rex.demo.placing import Places
from rex.demo.shapes_together import MessageData, SyntheseData, ThreadData
from rex.exchanges.models import Exchange, FormerWords, Mention, Posture, Synthese, SyntheseSentence, SyntheseSource
from rex.exchanges.words import html_of
from rex.journal.models import Audience, Entry
from rex.journal.moment_models import What
from rex.text.passages import tidy_quote

Said = tuple[datetime, MessageData, Entry]


def load_threads(session: RexSession, places: Places, threads: tuple[ThreadData, ...]) -> None:
    """A thread is read in the order of its ids: the messages go in oldest first, then each is tied to the one it answers."""
    said = sorted((one for thread in threads for one in _dated(places, thread)), key=lambda one: one[0])
    for moment, message, entry in said:
        places.said[message.key] = _exchange(places, moment, message, entry)
    session.add_all([places.said[message.key] for _, message, _ in said])
    session.flush()
    voices: dict[int, set[int]] = {}  # who spoke in a branch so far
    for moment, message, entry in said:
        exchange = places.said[message.key]
        _tie(places, exchange, message)
        _hang(session, places, exchange, message)
        branch = voices.setdefault(exchange.root_id or exchange.id, set())
        _tell(places, moment, exchange, message, entry, branch)
        branch.add(places.readers[message.by].user_id)
    session.flush()
    for thread in threads:
        if thread.synthese is not None:
            _close(session, places, thread, thread.synthese)
    session.flush()


def _dated(places: Places, thread: ThreadData) -> list[Said]:
    entry, dates, said = places.entries[thread.under], {}, []
    for message in thread.messages:
        after = dates[message.to] if message.to else entry.published_at
        dates[message.key] = places.at(message.when, message.by, after)
        said.append((dates[message.key], message, entry))
    return said


def _exchange(places: Places, moment: datetime, message: MessageData, entry: Entry) -> Exchange:
    public_id = new_public_id()
    seat = places.seat(message.by, entry.collectif_id)
    exchange = Exchange(
        public_id=public_id,
        entry_id=entry.id,
        audience=Audience(message.audience),
        posture=Posture(message.posture),
        author_id=places.readers[message.by].user_id,
        service_id=seat.service_id,
        signature=places.signature(message.by, entry.collectif_id),
        pipeline=text.PIPELINE,
        created_at=moment,
    )
    if message.withdrawn is not None:
        exchange.withdrawn_at = places.at(message.withdrawn, message.by, moment)
        return exchange
    names = [places.readers[key].name for key in message.mentions]
    exchange.source, exchange.html = message.text, html_of(public_id, message.text, names)
    exchange.quote, exchange.quote_slug = tidy_quote(message.quote), message.section
    if message.edited is not None:
        exchange.edited_at = places.at(message.edited, message.by, moment)
        exchange.has_former_words = bool(message.former)
    if message.taken is not None:
        exchange.taken_at = places.at(message.taken, message.taken_by, moment)
        exchange.taken_by_id = places.readers[message.taken_by].user_id
    return exchange


def _tie(places: Places, exchange: Exchange, message: MessageData) -> None:
    if message.to:
        parent = places.said[message.to]
        exchange.parent_id, exchange.root_id = parent.id, parent.root_id or parent.id


def _hang(session: RexSession, places: Places, exchange: Exchange, message: MessageData) -> None:
    if message.former and exchange.edited_at is not None:
        html = html_of(exchange.public_id, message.former)
        session.add(FormerWords(exchange_id=exchange.id, source=message.former, html=html, until=exchange.edited_at))
    for key in message.mentions:
        session.add(Mention(exchange_id=exchange.id, user_id=places.readers[key].user_id))


def _tell(
    places: Places, moment: datetime, exchange: Exchange, message: MessageData, entry: Entry, branch: set[int]
) -> None:
    """Those whom it names; the authors of the entry; those who spoke before in this branch."""
    if exchange.withdrawn_at is not None:
        return
    named = {places.readers[key].user_id for key in message.mentions}
    places.tell(What.MENTION, moment, entry.id, named, message.by, exchange)
    places.tell(What.ANSWER, moment, entry.id, {*places.authors[entry.id], *branch} - named, message.by, exchange)


def _close(session: RexSession, places: Places, thread: ThreadData, data: SyntheseData) -> None:
    entry, messages = places.entries[thread.under], [places.said[message.key] for message in thread.messages]
    synthese = Synthese(
        entry_id=entry.id,
        audience=messages[0].audience,
        author_id=places.readers[data.by].user_id,
        signature=places.signature(data.by, entry.collectif_id),
        created_at=places.at(data.when, data.by, max(message.created_at for message in messages)),
    )
    session.add(synthese)
    session.flush()
    written = [
        (SyntheseSentence(synthese_id=synthese.id, position=position, words=sentence.words), sentence.sources)
        for position, sentence in enumerate(data.sentences)
    ]
    session.add_all([sentence for sentence, _ in written])
    session.flush()
    for sentence, sources in written:
        session.add_all(SyntheseSource(sentence_id=sentence.id, exchange_id=places.said[key].id) for key in sources)
    concerned = {*places.authors[entry.id], *(message.author_id for message in messages if message.author_id)}
    places.tell(What.SYNTHESE, synthese.created_at, entry.id, concerned, data.by)
