"""What was tried about a tension, said by any member, and what it gave, said later."""

from flask import Blueprint, Flask, abort, render_template, request
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.french import typo
from rex.refusals import Refused
from rex.tensions import saying
from rex.tensions.forms import Faults, Tried
from rex.tensions.models import Tension, TensionTrial
from rex.tensions.page_queries import find_trial
from rex.tensions.shared_views import audience_here, open_tension, to, told
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("tension_trials", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/tensions/<public_id:tension_id>/essais")
@open_to(MEMBERS)
def before_saying(tension_id: str) -> str:
    return _page(*open_tension(tension_id), Tried())


@bp.post("/tensions/<public_id:tension_id>/essais")
@open_to(MEMBERS)
def say(tension_id: str) -> Response | tuple[str, int]:
    tension, seat = open_tension(tension_id)
    tried = Tried.sent(request.form)
    faults = tried.faults()
    if faults:
        return _page(tension, seat, tried, faults=faults), 422
    try:
        saying.add_trial(db(), reader(), seat, tension, tried)
    except Refused as refused:
        return _page(tension, seat, tried, faults=[("essai", typo(str(refused)))]), 409
    told("C’est noté. Vous pourrez dire plus tard ce que cela a donné.")
    return _back(tension)


@bp.get("/tensions/<public_id:tension_id>/essais/<public_id:trial_id>")
@open_to(MEMBERS)
def before_changing(tension_id: str, trial_id: str) -> str:
    tension, seat, trial = _changed(tension_id, trial_id)
    return _page(tension, seat, Tried(trial.words, trial.outcome), trial)


@bp.post("/tensions/<public_id:tension_id>/essais/<public_id:trial_id>")
@open_to(MEMBERS)
def change(tension_id: str, trial_id: str) -> Response | tuple[str, int]:
    tension, seat, trial = _changed(tension_id, trial_id)
    tried = Tried.sent(request.form)
    if trial.author_id != reader().user_id:
        tried = Tried(trial.words, tried.outcome)
    faults = tried.faults()
    if faults:
        return _page(tension, seat, tried, trial, faults), 422
    saying.change_trial(db(), reader(), seat, trial, tried)
    told("C’est enregistré.")
    return _back(tension)


@bp.post("/tensions/<public_id:tension_id>/essais/<public_id:trial_id>/retrait")
@open_to(MEMBERS)
def take_back(tension_id: str, trial_id: str) -> Response:
    tension, _, trial = _changed(tension_id, trial_id)
    if trial.author_id != reader().user_id:
        abort(403)
    saying.take_back_trial(db(), reader(), trial)
    told("Ce qui avait été tenté n’est plus sur cette page.")
    return _back(tension)


def _changed(tension_id: str, trial_id: str) -> tuple[Tension, MembershipView, TensionTrial]:
    tension, seat = open_tension(tension_id)
    trial = find_trial(db(), tension.id, trial_id)
    if trial is None:
        abort(404)
    if not saying.may_change_trial(db(), reader(), seat, trial):
        abort(403)
    return tension, seat, trial


def _back(tension: Tension) -> Response:
    return to(f"/tensions/{tension.public_id}#essais")


def _page(
    tension: Tension, seat: MembershipView, tried: Tried, trial: TensionTrial | None = None, faults: Faults | None = None
) -> str:
    return render_template(
        "tensions/trial.html",
        tension=tension,
        audience=audience_here(seat),
        trial=trial,
        is_mine=trial is None or trial.author_id == reader().user_id,
        tried=tried,
        faults=faults or [],
        page_errors=bool(faults),
    )
