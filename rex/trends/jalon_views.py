"""The jalons of a journal: its members read them, its animateurs set them."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex import clock
from rex.access import MembershipView, audience_of
from rex.french import date_long, typo
from rex.journal.models import Audience
from rex.refusals import Refused
from rex.trends import jalons
from rex.trends.jalons import Faults, TypedJalon
from rex.trends.models import Jalon
from rex.web import MEMBERS, db, go, open_to, reader, space

bp = Blueprint("trend_jalons", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/tendances/jalons")
@open_to(MEMBERS)
def all_jalons(collectif: str) -> str:
    return _page(_seat())


@bp.post("/c/<slug:collectif>/tendances/jalons")
@open_to(MEMBERS)
def add(collectif: str) -> Response | tuple[str, int]:
    seat = _animated()
    typed = TypedJalon.sent(request.form)
    if faults := typed.faults():
        return _page(seat, typed, faults), 422
    try:
        jalons.add(db(), reader(), seat.collectif_id, typed)
    except Refused as refused:
        return _page(seat, typed, [("nom", typo(str(refused)))]), 409
    flash("Le jalon est posé.")
    return _back(seat)


@bp.get("/c/<slug:collectif>/tendances/jalons/<public_id:jalon_id>")
@open_to(MEMBERS)
def before_changing(collectif: str, jalon_id: str) -> str:
    seat = _animated()
    found = _found(seat, jalon_id)
    return _change_page(seat, found, TypedJalon(found.name, found.day.isoformat()))


@bp.post("/c/<slug:collectif>/tendances/jalons/<public_id:jalon_id>")
@open_to(MEMBERS)
def change(collectif: str, jalon_id: str) -> Response | tuple[str, int]:
    seat, typed = _animated(), TypedJalon.sent(request.form)
    found = jalons.find_jalon(db(), reader(), seat.collectif_id, jalon_id, hold=True)
    if found is None:
        return _page(seat, typed, [("nom", jalons.GONE)]), 404
    if faults := typed.faults():
        return _change_page(seat, found, typed, faults), 422
    try:
        jalons.change(db(), reader(), found, typed)
    except Refused as refused:
        return _change_page(seat, found, typed, [("nom", typo(str(refused)))]), 409
    flash("Le jalon est modifié.")
    return _back(seat)


@bp.get("/c/<slug:collectif>/tendances/jalons/<public_id:jalon_id>/retrait")
@open_to(MEMBERS)
def before_removing(collectif: str, jalon_id: str) -> str:
    seat = _animated()
    found = _found(seat, jalon_id)
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


@bp.post("/c/<slug:collectif>/tendances/jalons/<public_id:jalon_id>/retrait")
@open_to(MEMBERS)
def remove(collectif: str, jalon_id: str) -> Response:
    seat = _animated()
    jalons.remove(db(), reader(), _found(seat, jalon_id, hold=True))
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


def _found(seat: MembershipView, jalon_id: str, *, hold: bool = False) -> Jalon:
    found = jalons.find_jalon(db(), reader(), seat.collectif_id, jalon_id, hold=hold)
    if found is None:
        abort(404)
    return found


def _back(seat: MembershipView) -> Response:
    return go("trend_jalons.all_jalons", collectif=seat.collectif_slug)


def _page(seat: MembershipView, typed: TypedJalon | None = None, faults: Faults | None = None) -> str:
    return render_template(
        "trends/jalons.html",
        jalons=jalons.jalons_of(db(), reader(), seat.collectif_id),
        is_animateur=seat.is_animateur,
        today=clock.today(seat.timezone),
        audience=audience_of(db(), Audience.COLLECTIF, seat.collectif_id, seat.collectif_name),
        root=f"/c/{seat.collectif_slug}/tendances",
        typed=typed or TypedJalon(),
        faults=faults or [],
        page_errors=bool(faults),
    )


def _change_page(seat: MembershipView, jalon: Jalon, typed: TypedJalon, faults: Faults | None = None) -> str:
    return render_template(
        "trends/jalon.html",
        jalon_id=jalon.public_id,
        audience=audience_of(db(), Audience.COLLECTIF, seat.collectif_id, seat.collectif_name),
        root=f"/c/{seat.collectif_slug}/tendances",
        typed=typed,
        faults=faults or [],
        page_errors=bool(faults),
    )
