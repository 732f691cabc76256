"""Texts of two collectifs whose words are known, for the list of cases."""

from rex.access import visible_recognitions
from rex.db import Database
from rex.exchanges.models import Posture
from rex.journal.models import Audience, Stance
from rex.journal.recognition_models import Recognition
from rex.journal.recognitions import publish_recognition
from tests.cast import Cast, Person
from tests.journal.difficulties import make_difficulty
from tests.making import Made, make_exchange, make_recit, make_recognition, reader_of

RECITS = {
    "La rue de l’École fermée le matin": "Nous avons prévenu les parents d’élèves. La rue était barrée à 8 h 30.",
    "Un marché de producteurs": "Le marché du samedi ouvre aux maraîchers. L’école voisine vient avec deux classes.",
    "Onze nuits rue Basse": "Une fuite d’eau, cherchée onze nuits de suite. Les travaux ont coûté 1 500 euros.",
    "L’œuvre de la fresque": "Le cœur du quartier : une fresque peinte par les habitantes. Aucun travail n’a été payé.",
    "Réunion publique": "Une réunion, puis une autre réunion. Les réunions ne disent rien de la rue.",
    "Éclairage": "Éteindre la nuit : une réunion sur l’éclairage public a suffi. Un rendez-vous manqué.",
}


def tell(database: Database, cast: Cast) -> dict[str, Made]:
    """Récits of Valombre, one of Orbe, one of Orbe that is open to the réseau; a difficulty, a thank-you, two messages."""
    writers = (cast.camille, cast.bruno, cast.dora, cast.jeanne, cast.paul, cast.ana)
    told = {
        title: make_recit(database, author, title, {"faits": words}, balises={"C1" if "rue" in title else "E3": Stance.ILLUSTRE})
        for (title, words), author in zip(RECITS.items(), writers, strict=True)
    }
    told["orbe"] = make_recit(database, cast.ines, "La source de l’Orbe", {"faits": "Un marché aussi, et une fuite d’eau."})
    told["réseau"] = make_recit(
        database, cast.ines, "Le compteur d’eau partagé", {"faits": "Chacun lit le compteur."}, Audience.RESEAU
    )
    make_difficulty(database, cast.bruno, "Personne ne savait qui ferme la vanne d’eau la nuit.", effect="Un découragement.")
    accept(database, cast.dora, make_recognition(database, cast.camille, cast.dora, "Vous avez tenu la barrière de l’école."))
    first = told["Un marché de producteurs"].public_id
    make_exchange(database, cast.jeanne, first, "Qui garde les places du marché ?", Posture.QUESTION)
    make_exchange(database, cast.camille, told["réseau"].public_id, "Nos compteurs tournent aussi la nuit.", Posture.RESONANCE)
    return told


def accept(database: Database, person: Person, public_id: str) -> None:
    """The person thanked publishes a thank-you."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, person)
        thanks = session.scalars(visible_recognitions(who).where(Recognition.public_id == public_id)).one()
        assert publish_recognition(session, who, thanks, Audience.COLLECTIF)
        session.commit()
