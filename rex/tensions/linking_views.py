"""A person links a difficulty to a tension, or takes it out; from the tension, and from the difficulty."""

from flask import Blueprint, Flask, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.refusals import Refused
from rex.tensions import acts, drawing_views
from rex.tensions.linking_queries import candidates, find_difficulty_here
from rex.tensions.models import Tension
from rex.tensions.shared_views import demand_curator, open_tension, to, told
from rex.text.marks import tidy
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("tension_links", __name__)
LINKED = "La difficulté est reliée à cette tension."
ALREADY = "Elle y était déjà."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/tensions/<public_id:tension_id>/relier")
@open_to(MEMBERS)
def before_linking(tension_id: str) -> str:
    """Difficulties of the journal that are in no tension, to link with one click."""
    tension, seat = open_tension(tension_id)
    typed = " ".join(tidy(request.args.get("q", "")).split())[:200]
    return render_template(
        "tensions/link.html",
        tension=tension,
        typed=typed,
        found=candidates(db(), reader(), seat, tension.id, typed),
        here=url_for("tension_links.before_linking", tension_id=tension_id),
        new_url=url_for("difficulty_writing.new", collectif=seat.collectif_slug),
    )


@bp.post("/tensions/<public_id:tension_id>/difficultes")
@open_to(MEMBERS)
def link(tension_id: str) -> Response | tuple[str, int]:
    tension, seat = open_tension(tension_id)
    found = _difficulty(seat, request.form.get("difficulte", ""))
    try:
        done = acts.link(db(), reader(), tension, found)
    except Refused as refused:
        return _again(tension, refused)
    told(LINKED if done else ALREADY)
    return to(f"/tensions/{tension_id}#difficultes")


@bp.post("/tensions/<public_id:tension_id>/difficultes/<public_id:difficulty_id>/retrait")
@open_to(MEMBERS)
def unlink(tension_id: str, difficulty_id: str) -> Response | tuple[str, int]:
    tension, seat = open_tension(tension_id)
    demand_curator(seat)
    found = _difficulty(seat, difficulty_id)
    try:
        acts.unlink(db(), reader(), tension, found)
    except Refused as refused:
        return _again(tension, refused)
    told("La difficulté n’est plus dans cette tension. Elle reste dans le journal.")
    return to(f"/tensions/{tension_id}#difficultes")


def _difficulty(seat: MembershipView, public_id: str) -> int:
    found = find_difficulty_here(db(), reader(), seat.collectif_id, public_id)
    if found is None:
        abort(404)
    return found[0]


def _again(tension: Tension, refused: Refused) -> tuple[str, int]:
    public_id = tension.public_id
    db().rollback()
    return drawing_views.draw(public_id, str(refused)), 409
