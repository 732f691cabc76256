"""What people do in a séance. Each act holds the row of the séance (`find_seance(hold=True)`): two at once follow each other."""

from sqlalchemy import func, select

from rex import text
from rex.access import MembershipView, Reader
from rex.db import RexSession, new_public_id
from rex.french import number
from rex.seances.models import ROUNDS, Choice, Contribution, Depot, Seance, SeanceText, SeanceWriter, Step, Takeaway, TextKind
from rex.seances.queries import bound, is_one_kept, kept_depot, own_depot, own_takeaway
from rex.text.marks import tidy

MOST = 6_000  # characters of a dépôt, of what is said, of what is taken away
MOST_SAID = 60  # what one person says in one séance


SUSPENDED = "Ce texte est suspendu : il ne change pas tant qu’il ne vous est pas rendu."


class Refused(ValueError):
    """What cannot be done; `faults` are (field, French sentence)."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        self.faults = list(faults)


class TooLate(ValueError):
    """The séance went on meanwhile: the page is shown as it is now, with a sentence; `str()` is that sentence."""


def step_now(reader: Reader, seance: Seance) -> Step:
    """Where the séance is for this request."""
    return seance.step_at(reader.now)


def said_words(typed: str, field: str = "texte", most: int = MOST) -> str:
    """What was typed, tidied. Raises Refused when it is empty or too long."""
    words = tidy(typed).strip()
    if not any(char.isprintable() and not char.isspace() for char in words):
        raise Refused((field, "Écrivez quelques mots avant d’envoyer"))
    if len(words) > most or text.is_too_long(words):
        raise Refused((field, f"Raccourcissez votre texte : {number(most)} caractères au plus, il en a {number(len(words))}"))
    return words


def wrote(session: RexSession, reader: Reader, seance: Seance, kind: TextKind) -> None:
    """This person wrote in the note or in the compte rendu: they are one of its authors."""
    mine = SeanceWriter.seance_id == seance.id, SeanceWriter.kind == kind, SeanceWriter.user_id == reader.user_id
    if session.scalars(select(SeanceWriter.id).where(*mine)).first() is None:
        session.add(SeanceWriter(seance_id=seance.id, kind=kind, user_id=reader.user_id))
        session.flush()


def is_suspended(session: RexSession, seance: Seance, kind: TextKind, **which: int) -> bool:
    """Whether a text of a séance that this person reads is suspended; `which`: the column of `SeanceText` that names it."""
    here = SeanceText.seance_id == seance.id, SeanceText.kind == kind, SeanceText.suspended_at.is_not(None)
    return session.scalars(select(SeanceText.id).where(*here).filter_by(**which)).first() is not None


def deposit(
    session: RexSession, reader: Reader, seat: MembershipView, seance: Seance, typed: str, from_step: str = Step.DEPOSER.value
) -> Depot:
    """Bring a situation, or change the one that was brought, sealed until the dépôts open; or, while one is chosen, bring the
    first of one's own, read at once. `from_step`: what the page said: nobody is read at once who was told that it is sealed."""
    step, depot = step_now(reader, seance), own_depot(session, reader, seance)
    if step not in (Step.DEPOSER, Step.CHOISIR):
        raise TooLate("Une situation est retenue : il n’est plus temps d’en apporter une.")
    if step is Step.CHOISIR and depot is not None:
        raise TooLate("Les dépôts sont ouverts : le vôtre ne change plus.")
    if step is Step.CHOISIR and from_step != step.value:
        raise TooLate("Les dépôts viennent de s’ouvrir. Votre texte n’est pas déposé : envoyé maintenant, il est lu tout de suite.")
    words = said_words(typed)
    if depot is None:
        depot = Depot(public_id=new_public_id(), seance_id=seance.id, author_id=reader.user_id, sealed=b"")
        session.add(depot)
        seance.changed()
    depot.sealed = session.keyring.seal(seat.key_name, bound(depot), words)
    depot.written_at = reader.now
    session.flush()
    return depot


def take_back(session: RexSession, reader: Reader, seance: Seance) -> None:
    """Erase one's own dépôt while it is sealed."""
    if step_now(reader, seance) is not Step.DEPOSER:
        raise TooLate("Les dépôts sont ouverts : le vôtre a été lu.")
    depot = own_depot(session, reader, seance)
    if depot is not None:
        session.delete(depot)
        seance.changed()
        session.flush()


def choose(session: RexSession, reader: Reader, seance: Seance, depot: Depot) -> None:
    """Say which situation one would keep; the last word counts."""
    if step_now(reader, seance) is not Step.CHOISIR:
        raise TooLate("Le choix est fait.")
    mine = session.scalars(select(Choice).where(Choice.seance_id == seance.id, Choice.author_id == reader.user_id)).first()
    if mine is None:
        session.add(Choice(seance_id=seance.id, author_id=reader.user_id, depot_id=depot.id, written_at=reader.now))
    else:
        mine.depot_id, mine.written_at = depot.id, reader.now
    seance.changed()
    session.flush()


def may_say(session: RexSession, reader: Reader, seat: MembershipView, seance: Seance, step: Step | None = None) -> bool:
    """In the rounds, everybody speaks; the exposé is told by whoever brought the situation (anybody, when none is kept)."""
    step = step or step_now(reader, seance)
    if step is not Step.EXPOSE:
        return step in ROUNDS
    kept = kept_depot(session, reader, seat, seance)
    return kept.is_mine if kept else not is_one_kept(session, seance)


def say(session: RexSession, reader: Reader, seat: MembershipView, seance: Seance, typed: str, from_step: str) -> Contribution:
    """Say something in the round that the page showed. When the séance went on while it was written, it is kept in that round:
    a question stays a question. A round that did not begin, or not again, takes nothing."""
    now = step_now(reader, seance)
    step = next((one for one in ROUNDS if one.value == from_step), now)
    began = step is now or (step.is_before(now) and now in (*ROUNDS, Step.GARDER))
    if not began or not may_say(session, reader, seat, seance, step):
        raise TooLate("La séance est passée à autre chose. Votre texte n’est pas envoyé, et reste sur cette page.")
    words = said_words(typed)
    mine = select(func.count(Contribution.id)).where(Contribution.seance_id == seance.id, Contribution.author_id == reader.user_id)
    if session.scalars(mine).one() >= MOST_SAID:
        raise Refused(("texte", f"{number(MOST_SAID)} messages au plus dans une séance"))
    said = Contribution(seance_id=seance.id, author_id=reader.user_id, step=step, words=words, written_at=reader.now)
    session.add(said)
    seance.changed()
    session.flush()
    return said


def unsay(session: RexSession, seance: Seance, said: Contribution) -> None:
    """Erase what one said, while the séance lasts."""
    if seance.step is Step.CLOSE:
        raise TooLate("La séance est close.")
    if is_suspended(session, seance, TextKind.SAID, contribution_id=said.id):
        raise TooLate(SUSPENDED)
    session.delete(said)
    seance.changed()
    session.flush()


def take_away(session: RexSession, reader: Reader, seance: Seance, typed: str) -> None:
    """Note what one takes away, or change it; until the séance is closed."""
    if step_now(reader, seance) is not Step.GARDER:
        raise TooLate("La séance n’en est pas à garder. Votre texte n’est pas envoyé, et reste sur cette page.")
    words = said_words(typed)
    mine = own_takeaway(session, reader, seance)
    if mine is None:
        session.add(Takeaway(seance_id=seance.id, author_id=reader.user_id, words=words, written_at=reader.now))
    elif is_suspended(session, seance, TextKind.TAKEAWAY, takeaway_id=mine.id):
        raise TooLate(SUSPENDED)
    else:
        mine.words, mine.written_at = words, reader.now
    seance.changed()
    session.flush()


def cancel(session: RexSession, reader: Reader, seance: Seance) -> None:
    """The séance does not take place: nobody is told of it any more, and what was sealed stays so, for its authors alone."""
    if step_now(reader, seance) is not Step.DEPOSER:
        raise TooLate("La séance a commencé : elle ne s’annule plus.")
    seance.cancelled_at = reader.now
    session.flush()
