"""The jalons of a journal: its members read them, its animateurs set them."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex import clock
from rex.access import MembershipView, audience_of
from rex.french import date_long, typo
from rex.journal.models import Audience
from rex.refusals import Refused
from rex.trends import milestones
from rex.trends.milestones import Faults, TypedMilestone
from rex.trends.models import Milestone
from rex.web import MEMBERS, db, go, open_to, reader, space

bp = Blueprint("trend_milestones", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/tendances/jalons")
@open_to(MEMBERS)
def all_milestones(collectif: str) -> str:
    return _page(_seat())


@bp.post("/c/<slug:collectif>/tendances/jalons")
@open_to(MEMBERS)
def add(collectif: str) -> Response | tuple[str, int]:
    seat = _animated()
    typed = TypedMilestone.sent(request.form)
    if faults := typed.faults():
        return _page(seat, typed, faults), 422
    try:
        milestones.add(db(), reader(), seat.collectif_id, typed)
    except Refused as refused:
        return _page(seat, typed, [("nom", typo(str(refused)))]), 409
    flash("Le jalon est posé.")
    return _back(seat)


@bp.get("/c/<slug:collectif>/tendances/jalons/<public_id:milestone_id>")
@open_to(MEMBERS)
def before_changing(collectif: str, milestone_id: str) -> str:
    seat = _animated()
    found = _found(seat, milestone_id)
    return _change_page(seat, found, TypedMilestone(found.name, found.day.isoformat()))


@bp.post("/c/<slug:collectif>/tendances/jalons/<public_id:milestone_id>")
@open_to(MEMBERS)
def change(collectif: str, milestone_id: str) -> Response | tuple[str, int]:
    seat, typed = _animated(), TypedMilestone.sent(request.form)
    found = milestones.find_milestone(db(), reader(), seat.collectif_id, milestone_id, hold=True)
    if found is None:
        return _page(seat, typed, [("nom", milestones.GONE)]), 404
    if faults := typed.faults():
        return _change_page(seat, found, typed, faults), 422
    try:
        milestones.change(db(), reader(), found, typed)
    except Refused as refused:
        return _change_page(seat, found, typed, [("nom", typo(str(refused)))]), 409
    flash("Le jalon est modifié.")
    return _back(seat)


@bp.get("/c/<slug:collectif>/tendances/jalons/<public_id:milestone_id>/retrait")
@open_to(MEMBERS)
def before_removing(collectif: str, milestone_id: str) -> str:
    seat = _animated()
    found = _found(seat, milestone_id)
    return render_template(
        "journal/remove_own.html",
        heading=typo("Retirer ce jalon ?"),
        words=f"{found.name}, {date_long(found.day)}",
        sentence="Aucun chiffre ne change : un jalon n’en garde aucun. Une adresse qui comparait avec lui compare avec la période "
        "précédente.".replace(" :", "\u00a0:"),
        action=f"/c/{seat.collectif_slug}/tendances/jalons/{found.public_id}/retrait",
        button="Retirer ce jalon",
        back_url=f"/c/{seat.collectif_slug}/tendances/jalons",
    )


@bp.post("/c/<slug:collectif>/tendances/jalons/<public_id:milestone_id>/retrait")
@open_to(MEMBERS)
def remove(collectif: str, milestone_id: str) -> Response:
    seat = _animated()
    milestones.remove(db(), reader(), _found(seat, milestone_id, hold=True))
    flash("Le jalon est retiré.")
    return _back(seat)


def _seat() -> MembershipView:
    seat = space()
    if seat is None or seat.is_group:
        abort(404)
    return seat


def _animated() -> MembershipView:
    seat = _seat()
    if not seat.is_animateur:
        abort(403)
    return seat


def _found(seat: MembershipView, milestone_id: str, *, hold: bool = False) -> Milestone:
    found = milestones.find_milestone(db(), reader(), seat.collectif_id, milestone_id, hold=hold)
    if found is None:
        abort(404)
    return found


def _back(seat: MembershipView) -> Response:
    return go("trend_milestones.all_milestones", collectif=seat.collectif_slug)


def _page(seat: MembershipView, typed: TypedMilestone | None = None, faults: Faults | None = None) -> str:
    return render_template(
        "trends/milestones.html",
        milestones=milestones.milestones_of(db(), reader(), seat.collectif_id),
        is_animateur=seat.is_animateur,
        today=clock.today(seat.timezone),
        audience=audience_of(db(), Audience.COLLECTIF, seat.collectif_id, seat.collectif_name),
        root=f"/c/{seat.collectif_slug}/tendances",
        typed=typed or TypedMilestone(),
        faults=faults or [],
        page_errors=bool(faults),
    )


def _change_page(seat: MembershipView, milestone: Milestone, typed: TypedMilestone, faults: Faults | None = None) -> str:
    return render_template(
        "trends/milestone.html",
        milestone_id=milestone.public_id,
        audience=audience_of(db(), Audience.COLLECTIF, seat.collectif_id, seat.collectif_name),
        root=f"/c/{seat.collectif_slug}/tendances",
        typed=typed,
        faults=faults or [],
        page_errors=bool(faults),
    )
