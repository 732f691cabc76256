"""What people write about a tension: what was tried and what it gave, what was decided and what it is for each party.

Any member says what was tried; whoever curates writes an arbitrage, which says where the tension stands."""

from sqlalchemy import select

from rex import clock
from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.tensions import acts, acts_ground
from rex.tensions.forms import Tried, TypedArbitrage
from rex.tensions.models import Arbitrage, ArbitrageParty, State, Tension, TensionTrial
from rex.tensions.settings import may_curate


def add_trial(session: RexSession, reader: Reader, seat: MembershipView, tension: Tension, tried: Tried) -> TensionTrial:
    """Something was tried; `seat`: from where it is said. Raises Refused when the tension was merged or taken away meanwhile."""
    _demand_member(seat, tension)
    acts_ground.begin(session, reader, tension.collectif_id, curating=False)
    tension = acts_ground.again(session, reader, tension)
    trial = TensionTrial(
        tension_id=tension.id,
        words=tried.words,
        outcome=tried.outcome,
        service_name=seat.service_name,
        author_id=reader.user_id,
        outcome_at=clock.now() if tried.outcome else None,
    )
    session.add(trial)
    session.flush()
    return trial


def may_change_trial(session: RexSession, reader: Reader, seat: MembershipView | None, trial: TensionTrial) -> bool:
    """Who said it; whoever curates may say what it gave while nobody did, or once the account of its author is gone."""
    is_open = not trial.outcome or trial.author_id is None
    return trial.author_id == reader.user_id or (is_open and may_curate(session, seat))


def change_trial(session: RexSession, reader: Reader, seat: MembershipView, trial: TensionTrial, tried: Tried) -> None:
    """Say what it gave, later; its own words are changed by who wrote them alone. Raises PermissionError."""
    if not may_change_trial(session, reader, seat, trial):
        raise PermissionError("its author, or who curates")
    if trial.author_id == reader.user_id:
        trial.words = tried.words
    if trial.outcome != tried.outcome:
        trial.outcome, trial.outcome_at = tried.outcome, clock.now() if tried.outcome else None
    session.flush()


def take_back_trial(session: RexSession, reader: Reader, trial: TensionTrial) -> None:
    if trial.author_id != reader.user_id:
        raise PermissionError("its author takes it back")
    session.delete(trial)
    session.flush()


def decide(session: RexSession, reader: Reader, seat: MembershipView, tension: Tension, typed: TypedArbitrage) -> Arbitrage:
    """Write what was decided: the tension is arbitrated."""
    _demand_curator(session, seat, tension)
    day = typed.decided_on
    if day is None:
        raise ValueError("a day that the form did not look at")
    arbitrage = Arbitrage(tension_id=tension.id, decided=typed.decided, decided_on=day, author_id=reader.user_id)
    session.add(arbitrage)
    session.flush()
    _set_parties(session, arbitrage, typed)
    acts.set_state(session, reader, tension, State.ARBITRATED)
    return arbitrage


def correct_arbitrage(
    session: RexSession, seat: MembershipView, tension: Tension, arbitrage: Arbitrage, typed: TypedArbitrage
) -> None:
    _demand_curator(session, seat, tension)
    arbitrage.decided, arbitrage.decided_on = typed.decided, typed.decided_on or arbitrage.decided_on
    arbitrage.corrected_at = clock.now()
    for party in parties_of(session, arbitrage):
        session.delete(party)
    session.flush()
    _set_parties(session, arbitrage, typed)


def take_back_arbitrage(session: RexSession, seat: MembershipView, tension: Tension, arbitrage: Arbitrage) -> None:
    """Nothing was decided, after all. Where the tension stands is said apart."""
    _demand_curator(session, seat, tension)
    session.delete(arbitrage)
    session.flush()


def parties_of(session: RexSession, arbitrage: Arbitrage) -> list[ArbitrageParty]:
    query = select(ArbitrageParty).where(ArbitrageParty.arbitrage_id == arbitrage.id).order_by(ArbitrageParty.position)
    return list(session.scalars(query))


def _set_parties(session: RexSession, arbitrage: Arbitrage, typed: TypedArbitrage) -> None:
    for position, party in enumerate(typed.filled):
        session.add(
            ArbitrageParty(
                arbitrage_id=arbitrage.id, position=position, name=party.name, enjeu=party.enjeu, effort=party.effort
            )
        )
    session.flush()


def _demand_member(seat: MembershipView, tension: Tension) -> None:
    if seat.collectif_id != tension.collectif_id or seat.is_group:
        raise PermissionError("a member of the journal of this tension")


def _demand_curator(session: RexSession, seat: MembershipView, tension: Tension) -> None:
    _demand_member(seat, tension)
    if not may_curate(session, seat):
        raise PermissionError("whoever curates the tensions of this journal")
