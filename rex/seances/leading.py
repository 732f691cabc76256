"""What the facilitator of a séance does: its hour, the situation that is kept, its steps, its compte rendu. Each act holds the row
of the séance, as those of `rex.seances.actions`."""

from datetime import datetime

from sqlalchemy import select

from rex.access import Reader, may_lead_seance
from rex.db import RexSession
from rex.seances.actions import SUSPENDED, Refused, TooLate, is_suspended, said_words, step_now, wrote
from rex.seances.models import Depot, Seance, Step, TextKind
from rex.seances.queries import find_depot, who_deposited


def may_open_earlier(session: RexSession, seance: Seance, reader_ids: set[int]) -> bool:
    """Once all those who read the séance have deposited; or while nobody has, since nothing was promised to anybody."""
    brought = who_deposited(session, seance)
    return not brought or reader_ids <= brought


def move_opening(session: RexSession, reader: Reader, seance: Seance, opens_at: datetime, reader_ids: set[int]) -> None:
    """Open the dépôts later; or earlier, at the earliest now, once all have deposited. What opened stays open."""
    _leads(reader, seance)
    if seance.step is not Step.DEPOSER or (step_now(reader, seance) is not Step.DEPOSER and who_deposited(session, seance)):
        raise TooLate("Les dépôts sont ouverts : leur heure ne change plus.")
    if opens_at < seance.opens_at and not may_open_earlier(session, seance, reader_ids):
        raise Refused(("ouverture_jour", "Tout le monde n’a pas déposé : l’ouverture peut être retardée, pas avancée"))
    seance.opens_at = max(opens_at, reader.now)
    session.flush()


def keep(session: RexSession, reader: Reader, seance: Seance, public_id: str) -> None:
    """Keep one situation, and begin its exposé. A second click at the same time changes nothing."""
    _leads(reader, seance)
    if step_now(reader, seance) is not Step.CHOISIR:
        raise TooLate("Une situation est déjà retenue.")
    depot = find_depot(session, reader, seance, public_id)
    if depot is None or is_suspended(session, seance, TextKind.DEPOT, depot_id=depot.id):
        raise Refused(("choisir", "Choisissez l’une des situations"))
    depot.kept_at = reader.now
    seance.step = Step.EXPOSE
    session.flush()


def go_on(session: RexSession, reader: Reader, seance: Seance, from_step: str) -> None:
    """To the next step, if the séance is still where the facilitator's page said: two clicks at once make one step.

    From *Choisir* one goes on by keeping a situation; without one only when nobody brought any."""
    _leads(reader, seance)
    now = step_now(reader, seance)
    if now.value != from_step or now.following is None:
        raise TooLate("La séance avait déjà avancé.")
    if now is Step.DEPOSER:
        raise TooLate("L’heure ouvre les dépôts.")
    if now is Step.CHOISIR and who_deposited(session, seance):
        raise Refused(("choisir", "Retenez l’une des situations"))
    seance.step = now.following
    session.flush()


def go_back(session: RexSession, reader: Reader, seance: Seance, from_step: str) -> None:
    """To the step before, until the séance is closed: a wrong tap is mended. What was said stays; back at the choice, no situation
    is kept any more."""
    _leads(reader, seance)
    now = step_now(reader, seance)
    if now.value != from_step:
        raise TooLate("La séance avait déjà changé d’étape.")
    if now.preceding is None:
        raise TooLate("D’ici, la séance ne revient pas en arrière.")
    if now is Step.EXPOSE:
        with session.as_system("the situation that was kept is kept no more, whoever reads it"):
            kept = select(Depot).where(Depot.seance_id == seance.id, Depot.kept_at.is_not(None))
            for depot in session.scalars(kept):
                depot.kept_at = None
            session.flush()
    seance.step = now.preceding
    session.flush()


def write_report(session: RexSession, reader: Reader, seance: Seance, typed: str, most: int) -> None:
    """The compte rendu, written or changed by the facilitator once something is over; empty, it goes away."""
    _leads(reader, seance)
    if step_now(reader, seance) not in (Step.GARDER, Step.CLOSE):
        raise TooLate("Le compte rendu s’écrit à la fin de la séance.")
    if is_suspended(session, seance, TextKind.REPORT):
        raise TooLate(SUSPENDED)
    if typed.strip():
        wrote(session, reader, seance, TextKind.REPORT)
    seance.report = said_words(typed, most=most) if typed.strip() else ""
    seance.changed()
    session.flush()


def _leads(reader: Reader, seance: Seance) -> None:
    if not may_lead_seance(reader, seance.collectif_id, seance.facilitator_id):
        raise PermissionError("the facilitator leads a séance")
