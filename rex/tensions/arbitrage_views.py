"""Writing what was decided about a tension: what matters to each party, what each gives."""

from flask import Blueprint, Flask, abort, render_template, request
from werkzeug.wrappers import Response

from rex import clock
from rex.access import MembershipView
from rex.french import typo
from rex.refusals import Refused
from rex.tensions import saying
from rex.tensions.forms import MORE_PARTIES, MOST_PARTIES, Faults, TypedArbitrage, TypedParty
from rex.tensions.models import Arbitrage, Tension
from rex.tensions.page_queries import find_arbitrage
from rex.tensions.shared_views import audience_here, curated_tension, demand_curator, open_tension, to, told
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("tension_arbitrages", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/tensions/<public_id:tension_id>/arbitrage")
@open_to(MEMBERS)
def before_deciding(tension_id: str) -> str:
    tension, seat = curated_tension(tension_id)
    return _page(tension, seat, TypedArbitrage(day=clock.today(seat.timezone).isoformat()).with_room())


@bp.post("/tensions/<public_id:tension_id>/arbitrage")
@open_to(MEMBERS)
def decide(tension_id: str) -> Response | tuple[str, int]:
    """Write it; or give one more party, with what was typed (nothing is kept then, so that a reload is harmless)."""
    if "plus" in request.form:
        db().rollback()
    tension, seat = curated_tension(tension_id)
    typed = TypedArbitrage.sent(request.form)
    if "plus" in request.form:
        return _page(tension, seat, typed.with_room(len(typed.parties) + MORE_PARTIES)), 200
    faults = typed.faults(clock.today(seat.timezone))
    if faults:
        return _page(tension, seat, typed.with_room(), faults=faults), 422
    try:
        saying.decide(db(), reader(), seat, tension, typed)
    except Refused as refused:
        return _page(tension, seat, typed.with_room(), faults=[("decide", typo(str(refused)))]), 409
    told("L’arbitrage est écrit.")
    return to(f"/tensions/{tension.public_id}#arbitrage")


@bp.get("/tensions/<public_id:tension_id>/arbitrages/<public_id:arbitrage_id>")
@open_to(MEMBERS)
def before_correcting(tension_id: str, arbitrage_id: str) -> str:
    tension, seat, arbitrage = _found(tension_id, arbitrage_id)
    parties = tuple(TypedParty(one.name, one.enjeu, one.effort) for one in saying.parties_of(db(), arbitrage))
    typed = TypedArbitrage(arbitrage.decided, arbitrage.decided_on.isoformat(), parties)
    return _page(tension, seat, typed.with_room(), arbitrage)


@bp.post("/tensions/<public_id:tension_id>/arbitrages/<public_id:arbitrage_id>")
@open_to(MEMBERS)
def correct(tension_id: str, arbitrage_id: str) -> Response | tuple[str, int]:
    if "plus" in request.form:
        db().rollback()
    tension, seat, arbitrage = _found(tension_id, arbitrage_id)
    typed = TypedArbitrage.sent(request.form)
    if "plus" in request.form:
        return _page(tension, seat, typed.with_room(len(typed.parties) + MORE_PARTIES), arbitrage), 200
    faults = typed.faults(clock.today(seat.timezone))
    if faults:
        return _page(tension, seat, typed.with_room(), arbitrage, faults), 422
    saying.correct_arbitrage(db(), seat, tension, arbitrage, typed)
    told("L’arbitrage est modifié.")
    return to(f"/tensions/{tension.public_id}#arbitrage")


@bp.post("/tensions/<public_id:tension_id>/arbitrages/<public_id:arbitrage_id>/retrait")
@open_to(MEMBERS)
def take_back(tension_id: str, arbitrage_id: str) -> Response:
    tension, seat, arbitrage = _found(tension_id, arbitrage_id)
    saying.take_back_arbitrage(db(), seat, tension, arbitrage)
    told("L’arbitrage n’est plus sur cette page. La tension reste où elle en est.")
    return to(f"/tensions/{tension.public_id}")


def _found(tension_id: str, arbitrage_id: str) -> tuple[Tension, MembershipView, Arbitrage]:
    tension, seat = open_tension(tension_id)
    arbitrage = find_arbitrage(db(), tension.id, arbitrage_id)
    if arbitrage is None:
        abort(404)
    demand_curator(seat)
    return tension, seat, arbitrage


def _page(
    tension: Tension,
    seat: MembershipView,
    typed: TypedArbitrage,
    arbitrage: Arbitrage | None = None,
    faults: Faults | None = None,
) -> str:
    return render_template(
        "tensions/arbitrage.html",
        tension=tension,
        audience=audience_here(seat),
        arbitrage=arbitrage,
        typed=typed,
        may_add=len(typed.parties) < MOST_PARTIES,
        faults=faults or [],
        page_errors=bool(faults),
    )
