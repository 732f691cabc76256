"""Letters as the tests of their heart make and read them."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from rex.db import Database, RexSession
from rex.digests.composing import compose
from rex.digests.models import Digest, DigestItem, DigestQuote, DigestSettings, DigestState, Rhythm, Rubric
from rex.digests.told import Told, told
from rex.exchanges.models import Exchange
from rex.journal.models import Entry
from rex.journal.recognition_models import Recognition
from rex.journal.recognitions import publish_recognition
from tests.cast import Cast, Person
from tests.making import make_recognition, reader_of

ZONE = "Europe/Paris"


def set_rhythm(database: Database, space_id: int, rhythm: Rhythm = Rhythm.MONTHLY, *, set_at: datetime, **values: Any) -> None:
    """The settings of a letter: Fridays at 8 h unless said otherwise."""
    with database.system("settings of a letter", write=True) as session:
        chosen = {"weekday": 4, "hour": 8} | values
        session.add(DigestSettings(collectif_id=space_id, rhythm=rhythm, set_at=set_at, **chosen))


def composed(database: Database, space_id: int, until: datetime | None = None) -> str | None:
    """Compose as the command line does; the public id of the letter."""
    with database.system("compose a letter", write=True) as session:
        digest = compose(session, space_id, until)
        return digest.public_id if digest else None


def published(database: Database, public_id: str, at: datetime, number: int = 1) -> None:
    with database.system("publish a letter", write=True) as session:
        letter = update(Digest).where(Digest.public_id == public_id)
        session.execute(letter.values(state=DigestState.PUBLISHED, published_at=at, number=number))


def read_by(database: Database, person: Person, public_id: str, **how: Any) -> Told | None:
    """The letter as this person reads it now; None when they do not open it."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, person)
        digest = session.scalars(select(Digest).where(Digest.public_id == public_id)).first()
        return told(session, reader, digest, ZONE, **how) if digest is not None else None


def items(page: Told | None, rubric: Rubric) -> list[Any]:
    assert page is not None
    return [item for one in page.rubrics if one.rubric is rubric for item in one.items]


def only(page: Told | None, rubric: Rubric) -> Any:
    found = items(page, rubric)
    assert len(found) == 1, f"{len(found)} items in {rubric}"
    return found[0]


def rows(database: Database) -> list[DigestItem]:
    with database.system("the items of letters") as session:
        return list(session.scalars(select(DigestItem).order_by(DigestItem.digest_id, DigestItem.rubric, DigestItem.position)))


def quotes(database: Database) -> list[DigestQuote]:
    with database.system("the quotes of letters") as session:
        return list(session.scalars(select(DigestQuote).order_by(DigestQuote.id)))


def letters(database: Database) -> list[Digest]:
    with database.system("the letters") as session:
        return list(session.scalars(select(Digest).order_by(Digest.id)))


def plain(words: str) -> str:
    """Without the spaces that do not break."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def told_at(database: Database, entry_id: int, at: datetime) -> None:
    """As if this had been told then."""
    with database.system("time goes by", write=True) as session:
        session.execute(update(Entry).where(Entry.id == entry_id).values(published_at=at))


def asked_at(database: Database, exchange: str, at: datetime) -> None:
    with database.system("time goes by", write=True) as session:
        session.execute(update(Exchange).where(Exchange.public_id == exchange).values(created_at=at))


def accepted_thanks(database: Database, giver: Person, to: Person, words: str) -> str:
    """A thank-you in the journal; its public id."""
    public_id = make_recognition(database, giver, to, words)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, to)
        thanks = found_thanks(session, public_id)
        assert publish_recognition(session, who, thanks, thanks.intended)
        session.commit()
    return public_id


def found_thanks(session: RexSession, public_id: str) -> Recognition:
    return session.scalars(select(Recognition).where(Recognition.public_id == public_id)).one()


def space_of(cast: Cast) -> int:
    return cast.valombre_id
