"""A séance opened on a tension: the form begins with its name, and the tension is then at work."""

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.seances.about import Subject
from rex.seances.models import Seance
from rex.tensions import acts
from rex.tensions.models import State, TensionSeance
from rex.tensions.queries import find_tension
from rex.tensions.settings import may_curate

AGENDA = (
    "- Ce qui compte pour chaque partie\n"
    "- Ce qui a déjà été tenté, et ce que cela a donné\n"
    "- Ce que chaque partie peut donner\n"
)


def find_subject(session: RexSession, reader: Reader, seat: MembershipView, public_id: str) -> Subject | None:
    """The tension of this address, when it is one of the collectif where the séance is set."""
    tension = find_tension(session, reader, public_id)
    if tension is None or tension.collectif_id != seat.collectif_id:
        return None
    return Subject(public_id, f"la tension « {tension.title} »", f"/tensions/{public_id}", tension.title, AGENDA)


def follow_seance(session: RexSession, reader: Reader, seat: MembershipView, subject: Subject, seance: Seance) -> None:
    """A séance was announced on a tension: it is put to work. For who sets séances and does not curate, they are only tied."""
    tension = find_tension(session, reader, subject.public_id)
    if tension is None:
        return
    if may_curate(session, seat):
        acts.set_state(session, reader, tension, State.AT_WORK, seance_id=seance.id)
    else:
        session.add(TensionSeance(tension_id=tension.id, seance_id=seance.id))
        session.flush()
