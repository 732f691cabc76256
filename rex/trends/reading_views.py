"""Writing a lecture contradictoire; and what the pages of lectures share."""

from urllib.parse import urlencode

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from rex import clock
from rex.access import AudienceView, MembershipView, audience_of
from rex.french import typo
from rex.journal.models import Audience
from rex.refusals import Refused
from rex.trends import reading_acts
from rex.trends.models import CounterReading
from rex.trends.reading_forms import Writing, writing_from
from rex.trends.readings import days_said, find_reading, may_open
from rex.trends.subjects import SECTIONS, choices
from rex.trends.voices import Voice, least_exposing, voices_with_their_people
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
        made = reading_acts.write(db(), reader(), seat, writing.about, voice, words)
    except Refused as refused:
        return _form(seat, writing, words, kind, [("mots", typo(str(refused)))]), 422
    flash("Votre lecture est à côté du chiffre.")
    return redirect(_page_of(seat, writing, f"l-{made.public_id}"), 303)


# --- what these pages share ----------------------------------------------------------------------------------------------


def seat_here() -> MembershipView:
    seat = space()
    if seat is None or seat.is_group:
        abort(404)
    return seat


def root_of(seat: MembershipView) -> str:
    return f"/c/{seat.collectif_slug}/tendances"


def _page_of(seat: MembershipView, writing: Writing, anchor: str = "") -> str:
    """The page that one comes from, at this section, or at this reading of it."""
    asked = urlencode(writing.address)
    return f"{root_of(seat)}{'?' if asked else ''}{asked}#{anchor or writing.about.section}"


def readers_of(seat: MembershipView) -> AudienceView:
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
        audience=readers_of(seat),
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
