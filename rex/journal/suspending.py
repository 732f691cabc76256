"""Suspending in its place a text that hangs from an entry: its words are sealed, with a reason; its author reads both.

Who may do this, and what the words of each text are, is said by those who call."""

from sqlalchemy import select

from rex import clock
from rex.access import Reader
from rex.collectifs.models import Space
from rex.db import RexSession
from rex.journal.models import Entry
from rex.journal.suspension_models import Suspendable
from rex.sealed_words import key_name_of


def put_away(session: RexSession, reader: Reader, key_name: str, text: Suspendable, words: str, why: str) -> None:
    """Seal the words of a text and say why. The caller, who holds its row, empties what held them in clear."""
    text.sealed = session.keyring.seal(key_name, _place(type(text), text.public_id), words)
    text.suspended_at, text.suspended_by_id, text.suspended_why = clock.now(), reader.user_id, why


def put_back(session: RexSession, key_name: str, text: Suspendable) -> str:
    """The words of a text that is not suspended any more, for the caller to write where they were."""
    sealed = text.sealed
    text.sealed = text.suspended_at = text.suspended_by_id = None
    text.suspended_why = ""
    return opened(session, key_name, type(text), text.public_id, sealed) if sealed is not None else ""


def rewrite(session: RexSession, key_name: str, text: Suspendable, words: str) -> None:
    """Other words in a text that stays suspended: a name that it called is gone."""
    text.sealed = session.keyring.seal(key_name, _place(type(text), text.public_id), words)


def own_words(session: RexSession, entry_id: int, model: type[Suspendable], public_id: str, sealed: bytes | None) -> str:
    """What a suspended text says, for its author (the caller asks who reads). `entry_id`: what it hangs from."""
    if sealed is None:
        return ""
    return opened(session, key_around(session, entry_id), model, public_id, sealed)


def key_around(session: RexSession, entry_id: int) -> str:
    """The name of the key that seals what hangs from an entry (one statement)."""
    place = select(Space.kind, Space.public_id).join(Entry, Entry.collectif_id == Space.id).where(Entry.id == entry_id)
    return key_name_of(*session.execute(place).one())


def opened(session: RexSession, key_name: str, model: type[Suspendable], public_id: str, sealed: bytes) -> str:
    return session.keyring.open(key_name, _place(model, public_id), sealed)


def _place(model: type[Suspendable], public_id: str) -> str:
    return f"{model.__tablename__}|{public_id}|suspended"
