"""Who curates the tensions of a collectif, and the words of here: expressions that say the same for its people."""

from flask import Blueprint, Flask, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.french import typo
from rex.refusals import Refused
from rex.tensions import own_ideas
from rex.tensions.forms import line_of
from rex.tensions.settings import may_curate, members_curate, set_members_curate
from rex.tensions.shared_views import audience_here, demand_curator, seat_here, to, told
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("tension_settings", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/ce-qui-revient/reglages")
@open_to(MEMBERS)
def settings(collectif: str) -> str:
    seat = seat_here()
    demand_curator(seat)
    return _page(seat)


@bp.post("/c/<slug:collectif>/ce-qui-revient/reglages")
@open_to(MEMBERS)
def change_settings(collectif: str) -> Response:
    seat = seat_here()
    if not seat.is_animateur:
        abort(403)
    who = request.form.get("qui")
    if who not in ("animation", "membres"):
        abort(400)
    set_members_curate(db(), seat, allowed=who == "membres")
    told("Le réglage est enregistré.")
    return _back(seat)


@bp.post("/c/<slug:collectif>/ce-qui-revient/mots")
@open_to(MEMBERS)
def add_words(collectif: str) -> Response | tuple[str, int]:
    seat = seat_here()
    demand_curator(seat)
    typed = line_of(request.form, "expressions")
    try:
        own_ideas.add(db(), reader(), seat, typed)
    except Refused as refused:
        db().rollback()
        return _page(seat, typed, str(refused)), 422
    told("C’est noté. Les prochaines propositions en tiendront compte.")
    return _back(seat, "mots-d-ici")


@bp.post("/c/<slug:collectif>/ce-qui-revient/mots/<public_id:idea_id>/retrait")
@open_to(MEMBERS)
def remove_words(collectif: str, idea_id: str) -> Response | tuple[str, int]:
    seat = seat_here()
    demand_curator(seat)
    if not own_ideas.remove(db(), reader(), seat, idea_id):
        abort(404)
    told("Cette ligne est retirée.")
    return _back(seat, "mots-d-ici")


def _back(seat: MembershipView, anchor: str = "") -> Response:
    return to(url_for("tension_settings.settings", collectif=seat.collectif_slug, _anchor=anchor or None))


def _page(seat: MembershipView, typed: str = "", fault: str = "") -> str:
    return render_template(
        "tensions/settings.html",
        audience=audience_here(seat),
        is_animateur=seat.is_animateur,
        may_curate=may_curate(db(), seat),
        who="membres" if members_curate(db(), seat.collectif_id) else "animation",
        ideas=[(idea.public_id, typo(", ".join(idea.expressions))) for idea in own_ideas.ideas_of(db(), seat.collectif_id)],
        typed=typed,
        back_url=url_for("tensions.what_recurs", collectif=seat.collectif_slug),
        here=url_for("tension_settings.settings", collectif=seat.collectif_slug),
        words_url=url_for("tension_settings.add_words", collectif=seat.collectif_slug),
        faults=[("expressions", typo(fault))] if fault else [],
        page_errors=bool(fault),
    )
