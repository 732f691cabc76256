"""Letters as tests speak of them, put together by hand: what composes them is tested apart."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from rex import clock
from rex.db import Database
from rex.digests.models import Digest, DigestItem, DigestQuote, DigestSettings, Rhythm, Rubric
from rex.digests.publishing import publish
from tests.cast import Cast
from tests.making import FACTS, Made, make_recit

TITLE = "Ceux qui savaient, ceux qui ont su après"


@dataclass(frozen=True)
class MadeLetter:
    """A letter: its ids, and those of its items and quotes in order."""

    id: int
    public_id: str
    items: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/lettres/{self.public_id}"


def make_letter(
    database: Database,
    cast: Cast,
    *recits: Made,
    due_at: datetime | None = None,
    space_id: int | None = None,
    published: bool = False,
    title: str = TITLE,
    quote: str = FACTS,
) -> MadeLetter:
    """A letter of Valombre that waits (or left: `published`), about these récits, else one that Camille tells now."""
    recits = recits or (make_recit(database, cast.camille),)
    now = clock.now()
    with database.system("a letter", write=True) as session:
        until = now - timedelta(hours=1, microseconds=session.scalar(select(Digest.id).order_by(Digest.id.desc())) or 0)
        digest = Digest(
            collectif_id=space_id or cast.valombre_id,
            title=title,
            since=now - timedelta(days=30),
            until=until,
            due_at=due_at or now + timedelta(days=2),
        )
        session.add(digest)
        session.flush()
        items, quotes = [], []
        for position, recit in enumerate(recits):
            why = "Un récit nouveau"
            item = DigestItem(digest_id=digest.id, rubric=Rubric.RECITS, position=position, entry_id=recit.id, why=why)
            session.add(item)
            session.flush()
            said = DigestQuote(item_id=item.id, entry_id=recit.id, position=0, words=quote, signature="Voirie")
            session.add(said)
            session.flush()
            items.append(item.public_id)
            quotes.append(said.public_id)
        if published:
            publish(session, digest, None)
        return MadeLetter(digest.id, digest.public_id, items, quotes)


def set_rhythm(database: Database, space_id: int, *, waits: bool) -> None:
    with database.system("a rhythm is chosen", write=True) as session:
        session.add(
            DigestSettings(collectif_id=space_id, rhythm=Rhythm.MONTHLY, weekday=4, hour=8, waits_for_edition=waits)
        )


def letter_row(database: Database, made: MadeLetter) -> Digest:
    with database.system("look at a letter") as session:
        return session.scalars(select(Digest).where(Digest.id == made.id)).one()


def item_rows(database: Database, made: MadeLetter) -> list[DigestItem]:
    with database.system("look at the items of a letter") as session:
        query = select(DigestItem).where(DigestItem.digest_id == made.id)
        return list(session.scalars(query.order_by(DigestItem.rubric, DigestItem.position, DigestItem.id)))


def addresses(database: Database, cast: Cast, recit: Made, group_id: int, in_group: Made) -> dict[str, str]:
    """What stands in the addresses of letters: one of Valombre that left, about this récit, and one of a group."""
    made = make_letter(database, cast, recit, published=True)
    room = make_letter(database, cast, in_group, space_id=group_id, published=True)
    return {
        "digest_id": made.public_id, "item_id": made.items[0], "quote_id": made.quotes[0], "act": "monter",
        "group_digest_id": room.public_id,
    }  # fmt: skip
