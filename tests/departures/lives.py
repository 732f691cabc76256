"""Somebody who did a little of everything, under a name and an address that nothing else holds."""

from dataclasses import dataclass, field

from sqlalchemy import select

from rex.collectifs.actions import Guest, Seat, invite
from rex.collectifs.group_models import PeerGroup
from rex.collectifs.models import College, Credential, Membership, User
from rex.collectifs.passwords import hash_password
from rex.db import Database
from rex.exchanges.models import Posture
from rex.journal.difficulty_models import Difficulty
from rex.journal.drafts import save_text
from rex.journal.models import Audience, Recit
from rex.journal.recognitions import Recipient, thank
from rex.mail import Letter, post
from rex.peer_groups.creating import seat as seat_in_group
from rex.seances.models import Step
from tests.cast import PASSWORD, Cast, Person
from tests.documents.making import make_import
from tests.journal.acting_together import make_note, make_rereading
from tests.journal.difficulties import Noted, make_difficulty, make_echo, make_passage
from tests.making import Made, make_exchange, make_file, make_group, make_recit, make_recognition, make_report, reader_of
from tests.seances.meeting import at_step, make_said, make_seance

NAME, ADDRESS, TITLE = "Zéphyrine Kwamboula", "zephyrine.kwamboula@brixolette.fr", "vroumasticienne"
CANARIES = ["Zéphyrine", "Kwamboula", "zephyrine.kwamboula", "brixolette", "vroumasticienne"]
OF_OTHERS = ["Trombinelle", "Escargasse"]  # what others wrote, in a journal and in a group


@dataclass
class Life:
    """What she made, by what it is. `told`: words of hers that stand nowhere else, journals first, then groups."""

    her: Person
    alone: Made
    together: Made
    of_bruno: Made
    of_group: Made
    draft: Made
    difficulty: Noted
    message: str
    answer: str
    calling: str
    thanks: str
    thanked: str
    group: str
    group_id: int
    seances: list[str]
    told: dict[str, str] = field(default_factory=dict)
    in_group: dict[str, str] = field(default_factory=dict)


def somebody(database: Database, cast: Cast) -> Person:
    """A member of Valombre who speaks from no service: her name signs in its place."""
    with database.system("somebody comes", write=True) as session:
        user = User(name=NAME)
        session.add(user)
        session.flush()
        session.add(Credential(user_id=user.id, address=ADDRESS, password_hash=hash_password(PASSWORD, quick=True)))
        session.add(Membership(user_id=user.id, collectif_id=cast.valombre_id, college=College.TIERS, title=TITLE))
        return Person(user.id, user.public_id, NAME, ADDRESS)


def lived(database: Database, cast: Cast) -> Life:
    her = somebody(database, cast)
    told = {
        "alone": "alphabrouille", "together": "betabrouille", "draft": "gammabrouille", "difficulty": "deltabrouille",
        "echo": "epsibrouille", "message": "zetabrouille", "note": "noteabrouille", "rereading": "thetabrouille",
        "thanks": "iotabrouille", "said": "kappabrouille", "report": "lambdabrouille", "withdrawn": "mubrouille",
    }  # fmt: skip
    in_group = {"recit": "nubrouille", "message": "xibrouille", "said": "omibrouille", "difficulty": "pibrouille",
                "thanks": "rhobrouille"}
    alone = make_recit(database, her, "Seule", {"faits": f"J’ai vu {told['alone']} ici."})
    make_file(database, her, alone)
    make_passage(database, her, alone, f"J’ai vu {told['alone']} ici.")
    together = make_recit(database, her, "Ensemble", {"faits": f"Nous avons {told['together']}."}, co_authors=(cast.bruno,))
    of_bruno = make_recit(database, cast.bruno, "De Bruno", {"faits": "Trombinelle, dit Bruno."}, action=alone.action_public_id)
    draft = make_recit(database, her, "Brouillon", {"faits": f"Peut-être {told['draft']}."}, audience=None)
    make_recit(database, her, "Retiré", {"faits": f"Retiré {told['withdrawn']}."}, withdrawn=True)
    make_recit(database, her, "À deux", {"faits": "Des mots à deux."}, audience=None, co_authors=(cast.bruno,))
    difficulty = make_difficulty(database, her, f"On attend {told['difficulty']}.")
    make_echo(database, her, make_difficulty(database, cast.dora, "Trombinelle, dit Dora."), f"Moi aussi {told['echo']}.")
    make_echo(database, cast.dora, difficulty, "Dora aussi.")
    message = make_exchange(database, her, of_bruno.public_id, f"Je demande {told['message']}.")
    said = f"Merci @{NAME}, et @Bruno Maréchal."
    answer = make_exchange(database, cast.dora, of_bruno.public_id, said, Posture.RESONANCE, message)
    calling = make_exchange(database, cast.bruno, alone.public_id, f"Qu’en dis-tu @{NAME.upper()} ?")
    make_note(database, her, alone, of_bruno, f"Ici, {told['note']}.")
    make_rereading(database, her, alone, f"Lu autrement : {told['rereading']}.")
    thanks = make_recognition(database, her, cast.dora, f"Merci pour {told['thanks']}.")
    thanked = make_recognition(database, cast.ana, her, "Tu as tenu Trombinelle.")
    make_report(database, her, of_bruno.public_id, f"Cela nomme {told['report']}.")
    seance = make_seance(database, cast.ana)
    make_said(database, her, seance, f"Je dis {told['said']}.")
    at_step(database, seance, Step.QUESTIONS)
    make_import(database, her)
    group = make_group(database, cast.camille, cast.dora, called="Escargasse des pairs")
    with database.system("she is in the group", write=True) as session:
        seat_in_group(session, session.scalars(select(PeerGroup).where(PeerGroup.id == group.id)).one(), her.id)
    of_group = make_recit(database, cast.dora, "De Dora", {"faits": "Escargasse, dit Dora."}, group=group.id)
    mine = make_recit(database, her, "Au groupe", {"faits": f"Je porte {in_group['recit']}."}, group=group.id)
    make_file(database, her, mine)
    make_exchange(database, her, of_group.public_id, f"Je réponds {in_group['message']}.")
    make_exchange(database, cast.dora, of_group.public_id, f"Escargasse te dit @{NAME}.")
    make_difficulty(database, her, f"Je tiens {in_group['difficulty']}.", audience=Audience.GROUPE, group=group.id)
    in_room = make_seance(database, cast.camille, group.public_id, lead=her)
    make_said(database, her, in_room, f"Je dis {in_group['said']}.")
    at_step(database, in_room, Step.QUESTIONS)
    with database.session(write=True) as session:
        session.reader = reader_of(session, cast.ines)
        invite(session, cast.orbe_id, cast.ines.id, [Guest(Seat(College.TIERS), NAME, ADDRESS)])
        session.reader = reader = reader_of(session, her)
        seat = reader.seat(group.id)
        assert seat is not None
        thank(session, reader, seat, Recipient(cast.dora.name, user_id=cast.dora.id), f"Merci de {in_group['thanks']}.")
        post(session, Letter("waits for her", ADDRESS, "Bonjour", f"Bonjour {NAME}"))
        session.commit()
    return Life(her, alone, together, of_bruno, of_group, draft, difficulty, message, answer, calling, thanks, thanked,
                group.public_id, group.id, [seance.url, in_room.url], told, in_group)


def corrects(database: Database, who: Person, made: Made, words: str) -> None:
    """A working copy of a récit that is told."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, who)
        recit = session.scalars(select(Recit).where(Recit.id == made.id)).one()
        save_text(session, reader, recit, "faits", words, 0)
        session.commit()


def exists(database: Database, made: Made | Noted) -> bool:
    with database.system("is it there still") as session:
        model = Difficulty if isinstance(made, Noted) else Recit
        return session.scalar(select(model.id).where(model.id == made.id)) is not None

