"""Séances as tests make them: set by the actions of the room, as a person of the cast."""

from dataclasses import dataclass
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import update

from rex import clock
from rex.db import Database, new_public_id
from rex.seances.models import Contribution, Seance, SeanceKind, Step
from rex.seances.planning import Plan, set_seance
from tests.cast import Person
from tests.making import reader_of

THEME = "Annoncer une mauvaise nouvelle"


@dataclass(frozen=True)
class MadeSeance:
    """A séance as tests speak of it."""

    id: int
    public_id: str
    url: str


def make_seance(
    database: Database,
    who: Person,
    group: str = "",
    lead: Person | None = None,
    title: str = THEME,
    place: str = "Salle du Lavoir",
    starts_in: timedelta = timedelta(days=2),
    opens_in: timedelta | None = None,
) -> MadeSeance:
    """A séance of the group of this public id, else of the person's first collectif, led by `lead` (else by them)."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, who)
        seat = reader.in_group(group) if group else reader.memberships[0]
        assert seat is not None, f"{who.name} is not there"
        starts_at = clock.now().replace(microsecond=0) + starts_in
        plan = Plan(
            kind=SeanceKind.GROUPE if group else SeanceKind.ATELIER,
            title=title,
            place=place,
            agenda="Un tour de table, puis une situation.",
            preparation="- Quand cela vous est-il arrivé ?",
            starts_at=starts_at,
            minutes=120,
            opens_at=starts_at if opens_in is None else clock.now() + opens_in,
            facilitator_id=(lead or who).id,
        )
        seance = set_seance(session, reader, seat, plan)
        made = MadeSeance(seance.id, seance.public_id, f"{seat.url.rstrip('/')}/seances/{seance.public_id}")
        session.commit()
    return made


def set_back(database: Database, made: MadeSeance, **values: object) -> None:
    """Change the hours or the step of a séance, as time and clicks would have."""
    with database.system("time goes by", write=True) as session:
        session.execute(update(Seance).where(Seance.id == made.id).values(**values))


def open_depots(database: Database, made: MadeSeance) -> None:
    """Its hour came a minute ago."""
    set_back(database, made, opens_at=clock.now() - timedelta(minutes=1))


def at_step(database: Database, made: MadeSeance, step: Step) -> None:
    set_back(database, made, opens_at=clock.now() - timedelta(minutes=1), step=step)


def deposit(client: FlaskClient, made: MadeSeance, words: str) -> None:
    answer = client.send(f"{made.url}/deposer", {"texte": words})  # ty: ignore[missing-attribute]
    assert answer.status_code == 303, answer.get_data(as_text=True)[-1500:]


def make_said(database: Database, who: Person, made: MadeSeance, words: str = "Qu’est-ce que tu protèges ?") -> str:
    """What somebody said in the round of questions; its public id."""
    with database.system("somebody speaks", write=True) as session:
        said = Contribution(public_id=new_public_id(), seance_id=made.id, author_id=who.id, step=Step.QUESTIONS, words=words)
        session.add(said)
        return said.public_id
