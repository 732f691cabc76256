"""A journal whose récits are told on purpose, in a month in which the random ones tell nothing; and its sections, looked at."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select

from rex import clock
from rex.access import Reader
from rex.collectifs.models import College
from rex.db import Database, RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Audience, Authorship, Recit, Stance, Tagging
from rex.tensions.models import Tension, TensionLink
from rex.trends.asked import Place, asked_from
from rex.trends.entries import number_of
from rex.trends.figures import figure_from
from rex.trends.look import Look, look_at
from tests.cast import Cast, Person
from tests.making import reader_of
from tests.trends.journals import Journal, Shape, fill, untold
from tests.trends.looking import cells_of

MAY = {"periode": "2024-05"}  # the random récits of `fill` are newer
IN_MAY = datetime(2024, 5, 15, 9, tzinfo=UTC)
Author = tuple[int, int | None, College]


def three_each(database: Database, cast: Cast, *writers: int, without: int = 0) -> Journal:
    """A journal of services in which that many people wrote, and what their first author keeps to themselves."""
    journal = fill(database, cast, Shape(writers, without, entries=0), "on purpose")
    if journal.authors:
        with database.system("what is not told", write=True) as session:
            untold(session, journal, Random(1), journal.authors[0])
    return journal


def of_service(journal: Journal, position: int) -> Author:
    """The first author of a service."""
    return next(one for one in journal.authors if one[1] == journal.services[position])


def tell(
    database: Database,
    journal: Journal,
    authors: Sequence[Author],
    codes: Mapping[str, Stance] | Sequence[str] = (),
    at: datetime = IN_MAY,
    *,
    is_difficulty: bool = False,
) -> None:
    stances = codes if isinstance(codes, Mapping) else dict.fromkeys(codes, Stance.ILLUSTRE)
    with database.system("a récit told on purpose", write=True) as session:
        kind = Difficulty if is_difficulty else Recit
        entry = kind(
            collectif_id=journal.collectif_id, audience=Audience.COLLECTIF, title="Dit exprès", words="Dit exprès", published_at=at,
            created_at=at,
        )  # fmt: skip
        session.add(entry)
        session.flush()
        for position, (code, stance) in enumerate(stances.items()):
            session.add(Tagging(entry_id=entry.id, code=code, position=position, stance=stance))
        for position, (user_id, service_id, college) in enumerate(authors):
            session.add(Authorship(entry_id=entry.id, user_id=user_id, position=position, service_id=service_id, college=college))


def gather(database: Database, journal: Journal) -> None:
    """The difficulties told on purpose, in one tension of the journal."""
    with database.system("a tension of what was told on purpose", write=True) as session:
        tension_id = session.scalars(select(Tension.id).where(Tension.public_id == journal.tensions[0])).one()
        told = session.scalars(select(Difficulty.id).where(Difficulty.title == "Dit exprès", Difficulty.published_at.is_not(None)))
        session.add_all(TensionLink(difficulty_id=one, tension_id=tension_id) for one in told)


@contextmanager
def looked(
    database: Database, who: Person, given: dict[str, str] | None = None, timezone: str = "", slug: str = "valombre"
) -> Generator[Look]:
    """What this person asks of the journal; of the réseau without slug."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, who)
        yield look_for(session, reader, given or MAY, timezone, slug)


def look_for(session: RexSession, reader: Reader, given: dict[str, str], timezone: str = "", slug: str = "valombre") -> Look:
    seat = reader.in_collectif(slug) if slug else None
    zone = timezone or (seat.timezone if seat else "Europe/Paris")
    place = Place(seat.collectif_id, slug, seat.collectif_name, zone) if seat else Place(None, "", "Réseau", zone)
    return look_at(session, reader, asked_from(given, place, clock.today(zone)))


def opens_its_lists(look: Look, section: Any, at_most: int = 40) -> int:
    """Hold figures of a section against the lists that they open; how many were held."""
    cells = [one for one in cells_of(section) if isinstance(one.value, int)]
    assert [one for one in cells if bool(one.value) is not bool(one.url)] == [], "nothing to open, or a number that opens nothing"
    found = sorted({(one.url, one.value) for one in cells if one.url})
    chosen = Random(1).sample(found, min(len(found), at_most))
    for url, value in chosen:
        figure = figure_from({name: values[0] for name, values in parse_qs(urlsplit(url).query).items()})
        assert figure is not None, url
        assert number_of(look, figure) == value, url
    return len(chosen)
