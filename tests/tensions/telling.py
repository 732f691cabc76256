"""A tension with all that its page shows, as people make it, for the tests of the pages and of the house."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from rex.access import told_tensions
from rex.db import Database
from rex.tensions import own_ideas, saying
from rex.tensions.forms import Tried, TypedArbitrage, TypedParty
from rex.tensions.models import Tension, TensionAct, TensionProposal
from tests.cast import Cast, Person
from tests.tensions.making import Made, acting, name, propose, tell_one

TITLE = "Le calendrier décide à notre place"
SAID = (
    "Le calendrier du budget tombe toujours avant la fin de la concertation.",
    "La date du vote était fixée, la réunion publique n’a rien pu changer.",
    "Nous préparons des choix que le calendrier a déjà faits pour nous.",
)


OTHERS = (
    "Le photocopieur du deuxième étage reste en panne depuis le printemps.",
    "Les cantines reçoivent deux fois la même livraison de pain.",
    "La piste cyclable s’arrête devant l’école et les enfants descendent du vélo.",
    "Le logiciel de paie a changé et les agents ne savent plus poser leurs congés.",
    "Les associations attendent les clés de la salle pendant des heures.",
    "Le bus de sept heures ne passe plus le samedi au Faubourg.",
    "Le chantier de la mairie a coupé l’eau sans prévenir les riverains.",
    "La subvention arrive après la fin du projet.",
)


@dataclass(frozen=True)
class Told:
    """A tension as tests speak of it, with what it gathers."""

    id: int
    public_id: str
    difficulties: tuple[Made, ...]

    @property
    def url(self) -> str:
        return f"/tensions/{self.public_id}"


def make_tension(database: Database, cast: Cast, *people: Person, title: str = TITLE, words: tuple[str, ...] = SAID) -> Told:
    """A tension named by Ana, of one difficulty for each of these people (else Camille, Bruno, Dora)."""
    tellers = people or (cast.camille, cast.bruno, cast.dora)
    made = [
        tell_one(database, person, cast.valombre_id, words[rank % len(words)] + (f" ({rank})" if rank >= len(words) else ""))
        for rank, person in enumerate(tellers)
    ]
    tension = name(database, cast.ana, cast.valombre_id, title, *made)
    return Told(tension.id, tension.public_id, tuple(made))


def tell_others(database: Database, cast: Cast) -> None:
    """Difficulties that look like nothing: a word is rare or common among those."""
    for rank, words in enumerate(OTHERS):
        tell_one(database, (cast.paul, cast.jeanne, cast.noor)[rank % 3], cast.valombre_id, words)


def make_trial(database: Database, person: Person, cast: Cast, told: Told, words: str = "Un calendrier commun.") -> str:
    with acting(database, person, cast.valombre_id) as (session, reader, seat):
        tension = session.scalars(told_tensions(reader).where(Tension.id == told.id)).one()
        return saying.add_trial(session, reader, seat, tension, Tried(words)).public_id


def make_arbitrage(database: Database, cast: Cast, told: Told, decided: str = "La date suit la concertation.") -> str:
    parties = (TypedParty("Finances", "Tenir le vote", "Deux semaines"), TypedParty("Voirie", "Écouter avant", ""))
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        tension = session.scalars(told_tensions(reader).where(Tension.id == told.id)).one()
        typed = TypedArbitrage(decided, date(2026, 3, 2).isoformat(), parties)
        return saying.decide(session, reader, seat, tension, typed).public_id


def make_proposal(database: Database, cast: Cast, *made: Made, tension: Told | None = None) -> str:
    joined = Made(tension.id, tension.public_id) if tension else None
    number = propose(database, cast.valombre_id, *made, tension=joined)
    with database.system("the proposal just made") as session:
        return session.scalars(select(TensionProposal.public_id).where(TensionProposal.id == number)).one()


def make_idea(database: Database, cast: Cast, words: str = "épuisé, à bout, en surchauffe") -> str:
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        return own_ideas.add(session, reader, seat, words).public_id


def last_act(database: Database, told: Told | None = None) -> str:
    """The public id of what was done last (to this tension)."""
    with database.system("what a test did") as session:
        query = select(TensionAct.public_id).order_by(TensionAct.id.desc())
        return session.scalars(query.where(TensionAct.tension_id == told.id) if told else query).first() or ""


def addresses(database: Database, cast: Cast) -> dict[str, str]:
    """Something real for each variable of the addresses of this room."""
    told = make_tension(database, cast)
    words = "Personne ne répond au courriel du vendredi."
    pair = [tell_one(database, who, cast.valombre_id, words) for who in (cast.camille, cast.paul)]
    return {
        "tension_id": told.public_id,
        "trial_id": make_trial(database, cast.camille, cast, told),
        "arbitrage_id": make_arbitrage(database, cast, told),
        "act_id": last_act(database, told),
        "proposal_id": make_proposal(database, cast, *pair),
        "idea_id": make_idea(database, cast),
    }
