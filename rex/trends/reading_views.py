"""Lectures contradictoires: writing one, correcting it, withdrawing it."""

from urllib.parse import urlencode

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from rex import clock
from rex.access import AudienceView, MembershipView, audience_of
from rex.french import typo
from rex.journal.models import Audience
from rex.refusals import Refused
from rex.text import excerpt
from rex.trends import reading_acts
from rex.trends.models import CounterReading
from rex.trends.reading_acts import About, ChangedMeanwhile
from rex.trends.reading_forms import Writing, writing_from
from rex.trends.readings import days_said, find_reading, may_open
from rex.trends.subjects import SECTIONS, choices
from rex.trends.voices import Voice, answers_for, least_exposing, name_of_voice, voices_with_their_people
from rex.web import MEMBERS, db, open_to, reader, space

bp = Blueprint("trend_readings", __name__)

GONE = typo("Ce dont vous parliez n’est plus sur la page : choisissez autre chose, ou toute cette partie")


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/tendances/lectures/nouvelle")
@open_to(MEMBERS)
def before_writing(collectif: str) -> str:
    seat = seat_here()
    writing = _writing(seat, request.args, request.args.get("sujet", ""))
    return _form(seat, writing, faults=_faults_in_days(seat, writing))


@bp.post("/c/<slug:collectif>/tendances/lectures/nouvelle")
@open_to(MEMBERS)
def write(collectif: str) -> Response | tuple[str, int]:
    seat = seat_here()
    words, kind, subject = (request.form.get(name, "") for name in ("mots", "voix", "sujet"))
    writing = writing_from(db(), reader(), seat, request.form, subject)
    if writing is None:
        return _form(seat, _writing(seat, request.form, ""), words, kind, [("sujet", GONE)]), 422
    if faults := _faults_in_days(seat, writing):
        return _form(seat, writing, words, kind, faults), 422
    voices = voices_with_their_people(db(), seat)
    voice = voices[0] if len(voices) == 1 else next((one for one in voices if one.kind == kind), None)
    if voice is None:
        return _form(seat, writing, words, kind, [("voix", "Choisissez au nom de qui vous écrivez")]), 422
    try:
        reading_acts.write(db(), reader(), seat, writing.about, voice, words)
    except Refused as refused:
        return _form(seat, writing, words, kind, [("mots", typo(str(refused)))]), 422
    flash("Votre lecture est à côté du chiffre.")
    return redirect(_page_of(seat, writing), 303)


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


# --- what these pages share ----------------------------------------------------------------------------------------------


def seat_here() -> MembershipView:
    seat = space()
    if seat is None or seat.is_group:
        abort(404)
    return seat


def root_of(seat: MembershipView) -> str:
    return f"/c/{seat.collectif_slug}/tendances"


def _page_of(seat: MembershipView, writing: Writing) -> str:
    """The page that one comes from, at this section."""
    asked = urlencode(writing.address)
    return f"{root_of(seat)}{'?' if asked else ''}{asked}#{writing.about.section}"


def _readers(seat: MembershipView) -> AudienceView:
    return audience_of(db(), Audience.COLLECTIF, seat.collectif_id, seat.collectif_name)


def _writing(seat: MembershipView, given: MultiDict, subject: str) -> Writing:
    """What is on no page of this person is nowhere."""
    writing = writing_from(db(), reader(), seat, given, subject)
    if writing is None:
        abort(404)
    return writing


def _faults_in_days(seat: MembershipView, writing: Writing) -> list[tuple[str, str]]:
    fault = reading_acts.fault_in_days(writing.about.starts_on, writing.about.ends_on, clock.today(seat.timezone))
    return [("du", fault)] if fault else []


def found(reading_id: str, *, is_suspended: bool | None = None) -> tuple[MembershipView, CounterReading]:
    seat = seat_here()
    reading = find_reading(db(), reader(), seat.collectif_id, reading_id, hold=request.method == "POST")
    if reading is None or not may_open(reader(), reading):
        abort(404)
    if is_suspended is not None and is_suspended is not (reading.suspended_at is not None):
        abort(404)
    return seat, reading


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


def _form(
    seat: MembershipView,
    writing: Writing,
    words: str = "",
    kind: str = "",
    faults: list[tuple[str, str]] | None = None,
) -> str:
    voices: list[Voice] = voices_with_their_people(db(), seat)
    about, asks_days = writing.about, any(name == "du" for name, _ in faults or ())
    return render_template(
        "trends/reading.html",
        heading="Lire ce chiffre autrement",
        about=about,
        section_name=SECTIONS[about.section],
        days=days_said(about.starts_on, about.ends_on),
        subjects=[("", "Toute cette partie"), *_subjects(seat, writing)],
        kept=writing.kept if asks_days else writing.kept | writing.span.address,
        asks_days=asks_days,
        narrowed=writing.narrowed,
        voices=voices,
        kind=kind or least_exposing(voices).kind,
        words=words,
        audience=_readers(seat),
        action=f"{root_of(seat)}/lectures/nouvelle",
        back_url=_page_of(seat, writing),
        most=reading_acts.MOST,
        faults=faults or [],
        page_errors=bool(faults),
    )


def _subjects(seat: MembershipView, writing: Writing) -> list[tuple[str, str]]:
    about, found = writing.about, choices(db(), reader(), seat, writing.about.section, writing.span)
    if about.subject and about.subject not in dict(found):
        found.append((about.subject, about.subject_name))
    return [(key, typo(name)) for key, name in found]


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
        voice=name_of_voice(reading.service_name, reading.college),
        words=words,
        version=reading.version if version is None else version,
        meanwhile=meanwhile,
        is_author=reading.author_id is not None,
        is_mine=reading.corrected_by_id == reader().user_id,
        audience=_readers(seat),
        root=root_of(seat),
        most=reading_acts.MOST,
        faults=faults or [],
        page_errors=bool(faults) or meanwhile,
    )
