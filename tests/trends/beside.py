"""Named dates and readings of figures, as people make them, for the tests."""

from datetime import date
from urllib.parse import parse_qsl

from sqlalchemy import select

from rex.db import Database
from rex.trends import jalons, reading_acts
from rex.trends.jalons import TypedJalon
from rex.trends.models import CounterReading, Jalon
from rex.trends.reading_acts import About
from rex.trends.voices import COLLEGE, SERVICE, voices_of
from tests.cast import Cast, Person
from tests.tensions.making import acting

AUTUMN = (date(2026, 9, 1), date(2026, 11, 30))
WORDS = "En **octobre**, l’équipe tenait le pont fermé : nous n’avons rien écrit."


def make_jalon(
    database: Database, person: Person, collectif_id: int, name: str = "Réorganisation des services", day: date = date(2026, 9, 1)
) -> str:
    with acting(database, person, collectif_id) as (session, reader, _):
        return jalons.add(session, reader, collectif_id, TypedJalon(name, day.isoformat())).public_id


def make_reading(
    database: Database,
    person: Person,
    collectif_id: int,
    words: str = WORDS,
    *,
    section: str = "services",
    subject: str = "",
    name: str = "",
    days: tuple[date, date] = AUTUMN,
    of_college: bool = False,
    filters: str = "",
) -> str:
    with acting(database, person, collectif_id) as (session, reader, seat):
        wanted = COLLEGE if of_college else SERVICE
        voice = next(one for one in voices_of(seat) if one.kind == wanted or len(voices_of(seat)) == 1)
        about = About(section, subject, name, *days, dict(parse_qsl(filters)))
        return reading_acts.write(session, reader, seat, about, voice, words).public_id


def row_of(database: Database, public_id: str) -> CounterReading:
    with database.system("what a test made") as session:
        return session.scalars(select(CounterReading).where(CounterReading.public_id == public_id)).one()


def only_reading(database: Database) -> CounterReading:
    with database.system("what a test made") as session:
        return session.scalars(select(CounterReading)).one()


def jalons_in(database: Database) -> list[tuple[str, date]]:
    with database.system("what a test made") as session:
        return [(one.name, one.day) for one in session.scalars(select(Jalon).order_by(Jalon.id))]


def addresses(database: Database, cast: Cast) -> dict[str, str]:
    """One of each, for the tests of the house."""
    return {
        "jalon_id": make_jalon(database, cast.ana, cast.valombre_id),
        "reading_id": make_reading(database, cast.camille, cast.valombre_id),
    }
