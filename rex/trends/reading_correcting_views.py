"""Who wrote a lecture contradictoire corrects it, or withdraws it."""

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.french import typo
from rex.refusals import Refused
from rex.text import excerpt
from rex.trends import reading_acts
from rex.trends.models import CounterReading
from rex.trends.reading_acts import About, ChangedMeanwhile
from rex.trends.reading_pages import Pages
from rex.trends.reading_views import found, readers_of, root_of
from rex.trends.readings import days_said
from rex.trends.subjects import SECTIONS
from rex.trends.voices import answers_for, name_of_voice
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("trend_reading_correcting", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/tendances/lectures/<public_id:reading_id>/correction")
@open_to(MEMBERS)
def before_correcting(collectif: str, reading_id: str) -> str:
    seat, reading = _ours(reading_id)
    return _correction(seat, reading, reading.words)


@bp.post("/c/<slug:collectif>/tendances/lectures/<public_id:reading_id>/correction")
@open_to(MEMBERS)
def correct(collectif: str, reading_id: str) -> Response | tuple[str, int]:
    seat, reading = _ours(reading_id)
    words, version = request.form.get("mots", ""), request.form.get("version", "")
    if not version.isascii() or not version.isdecimal() or len(version) > 9:
        abort(400)
    try:
        reading_acts.correct(db(), reader(), reading, words, int(version))
    except ChangedMeanwhile as changed:
        return _correction(seat, changed.reading, words, meanwhile=True), 409
    except Refused as refused:
        return _correction(seat, reading, words, int(version), faults=[("mots", typo(str(refused)))]), 422
    flash("La lecture est corrigée.")
    return redirect(f"{root_of(seat)}/lectures/{reading.public_id}", 303)


@bp.get("/c/<slug:collectif>/tendances/lectures/<public_id:reading_id>/retrait")
@open_to(MEMBERS)
def before_withdrawing(collectif: str, reading_id: str) -> str:
    seat, reading = _withdrawn(reading_id)
    return render_template(
        "journal/remove_own.html",
        heading=typo("Retirer cette lecture ?"),
        words=excerpt(reading.words, 400) or "Cette lecture est suspendue.",
        sentence="Ses mots sont effacés. Le chiffre reste comme il est.",
        action=f"{root_of(seat)}/lectures/{reading.public_id}/retrait",
        button="Retirer cette lecture",
        back_url=f"{root_of(seat)}/lectures",
    )


@bp.post("/c/<slug:collectif>/tendances/lectures/<public_id:reading_id>/retrait")
@open_to(MEMBERS)
def withdraw(collectif: str, reading_id: str) -> Response:
    seat, reading = _withdrawn(reading_id)
    reading_acts.withdraw(db(), reader(), reading)
    flash("La lecture est retirée.")
    return redirect(f"{root_of(seat)}/lectures", 303)


def _ours(reading_id: str) -> tuple[MembershipView, CounterReading]:
    """One that stands, for who answers for it."""
    seat, reading = found(reading_id, is_suspended=False)
    if not answers_for(reader(), reading):
        abort(403)
    return seat, reading


def _withdrawn(reading_id: str) -> tuple[MembershipView, CounterReading]:
    seat, reading = found(reading_id)
    if not answers_for(reader(), reading):
        abort(403)
    return seat, reading


def _correction(
    seat: MembershipView,
    reading: CounterReading,
    words: str,
    version: int | None = None,
    *,
    meanwhile: bool = False,
    faults: list[tuple[str, str]] | None = None,
) -> str:
    """`meanwhile`: it was corrected first, elsewhere; both texts are there, and what is sent next is sent knowing it."""
    about = About(reading.section, reading.subject, reading.subject_name, reading.starts_on, reading.ends_on)
    return render_template(
        "trends/correct_reading.html",
        reading=reading,
        about=about,
        section_name=SECTIONS.get(reading.section, ""),
        days=days_said(about.starts_on, about.ends_on),
        written_on=Pages(db(), reader(), seat).of(reading),
        voice=name_of_voice(reading.service_name, reading.college),
        words=words,
        version=reading.version if version is None else version,
        meanwhile=meanwhile,
        is_author=reading.author_id is not None,
        is_mine=reading.corrected_by_id == reader().user_id,
        audience=readers_of(seat),
        root=root_of(seat),
        most=reading_acts.MOST,
        faults=faults or [],
        page_errors=bool(faults) or meanwhile,
    )
