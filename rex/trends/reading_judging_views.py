"""An animateur suspends a lecture contradictoire, reported or not, whose author reads why, and restores it."""

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.french import typo
from rex.refusals import Refused
from rex.reports.beside_actions import restore_beside, suspend_beside
from rex.reports.models import READING
from rex.trends.judged import texts_of
from rex.trends.models import CounterReading
from rex.trends.reading_views import found, root_of
from rex.trends.readings import may_judge
from rex.trends.voices import name_of_voice
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("trend_reading_judging", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/tendances/lectures/<public_id:reading_id>/suspension")
@open_to(MEMBERS)
def before_suspending(collectif: str, reading_id: str) -> str:
    return _suspension(*_judged(reading_id, is_suspended=False))


@bp.post("/c/<slug:collectif>/tendances/lectures/<public_id:reading_id>/suspension")
@open_to(MEMBERS)
def suspend(collectif: str, reading_id: str) -> Response | tuple[str, int]:
    seat, reading = _judged(reading_id, is_suspended=False)
    why = request.form.get("raison", "")
    try:
        suspend_beside(db(), reader(), texts_of(reader(), [reading])[0], why)
    except Refused as refused:
        return _suspension(seat, reading, why, [("raison", typo(str(refused)))]), 422
    flash(typo("La lecture est suspendue. La personne qui l’a écrite lit votre raison."))
    return redirect(f"{root_of(seat)}/lectures/{reading.public_id}", 303)


@bp.post("/c/<slug:collectif>/tendances/lectures/<public_id:reading_id>/retablissement")
@open_to(MEMBERS)
def restore(collectif: str, reading_id: str) -> Response:
    seat, reading = _judged(reading_id, is_suspended=True)
    restore_beside(db(), reader(), seat, READING, reading.public_id)
    flash("La lecture est de nouveau à côté du chiffre.")
    return redirect(f"{root_of(seat)}/lectures/{reading.public_id}", 303)


def _judged(reading_id: str, *, is_suspended: bool) -> tuple[MembershipView, CounterReading]:
    seat, reading = found(reading_id, is_suspended=is_suspended)
    if not may_judge(reader(), reading):
        abort(403)
    return seat, reading


def _suspension(seat: MembershipView, reading: CounterReading, why: str = "", faults: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "trends/suspend_reading.html",
        reading=reading,
        voice=name_of_voice(reading.service_name, reading.college),
        why=why,
        root=root_of(seat),
        faults=faults or [],
        page_errors=bool(faults),
    )
