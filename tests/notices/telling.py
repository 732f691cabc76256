"""Small steps of the tests of the notices: tell what happened, look at what is kept, tick, read the mails."""

from collections.abc import Iterable

from sqlalchemy import select

from rex.collectifs.models import User
from rex.db import Database
from rex.exchanges.models import Exchange, Posture
from rex.journal import moments
from rex.journal.models import Audience
from rex.journal.moment_models import What
from rex.notices.models import Notice
from tests.cast import Person
from tests.making import reader_of


def tell(
    database: Database,
    actor: Person | None,
    what: What,
    entry_id: int | None,
    to: Iterable[Person],
    exchange_id: int | None = None,
) -> None:
    """What the code of an act does in its transaction."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, actor) if actor else None
        if who is None:
            with session.as_system("time tells something"):
                moments.tell(session, None, what, entry_id, [person.id for person in to], exchange_id)
        else:
            moments.tell(session, who, what, entry_id, [person.id for person in to], exchange_id)
        session.commit()


def say(
    database: Database, author: Person, entry_id: int, audience: Audience = Audience.COLLECTIF, parent_id: int | None = None
) -> Exchange:
    """A message under an entry, as its room keeps one."""
    with database.system("a message of a test", write=True) as session:
        message = Exchange(
            entry_id=entry_id, parent_id=parent_id, audience=audience, posture=Posture.QUESTION, author_id=author.id,
            source="Et la pluie ?", html="<p>Et la pluie ?</p>", pipeline=1,
        )
        session.add(message)
        session.flush()
    return message


def kept(database: Database, person: Person) -> list[Notice]:
    with database.system("look at what is kept") as session:
        return list(session.scalars(select(Notice).where(Notice.user_id == person.id).order_by(Notice.id)))


def has_news(database: Database, person: Person) -> bool:
    with database.system("look at the dot") as session:
        return session.scalars(select(User.news_at).where(User.id == person.id)).one() is not None
