"""Setting a séance, changing it, calling it off."""

from dataclasses import replace

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex.access import MembershipView, audience_of, may_plan_seances
from rex.collectifs.capabilities import full_url
from rex.french import typo
from rex.journal.models import Audience
from rex.journal.moments import What
from rex.peer_groups.mails import post_told, root_of_page
from rex.seances import two_hands
from rex.seances.about import Subject, subject_of, was_set
from rex.seances.actions import Refused, TooLate, cancel, is_suspended
from rex.seances.models import Step, TextKind
from rex.seances.phase_views import show
from rex.seances.planning import HINTS, KINDS, Typed, change_seance, lengths_in, plan_typed, set_seance, typed_of
from rex.seances.queries import Person, who_may_lead
from rex.seances.shared_views import Meeting, address_of, in_both, meeting_of, page, seat_of, to
from rex.seances.telling import tell_members
from rex.seances.times import said_length
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("planning", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@in_both(bp, "/nouvelle")
@open_to(MEMBERS)
def before_setting(**where: str) -> tuple[str, int]:
    seat = _planned_space(where)
    subject = subject_of(db(), reader(), seat, request.args.get("sur", ""))
    typed = Typed(animation=reader().user_public_id)
    if subject:
        typed = replace(typed, theme=subject.theme, ordre=subject.agenda)
    return _form(seat, typed, who_may_lead(db(), reader(), seat), subject=subject)


@in_both(bp, "/nouvelle", "POST")
@open_to(MEMBERS)
def set_it(**where: str) -> Response | tuple[str, int]:
    seat, typed = _planned_space(where), Typed.sent(request.form)
    people = who_may_lead(db(), reader(), seat)
    try:
        plan = plan_typed(typed, seat, people, reader().now, None)
    except Refused as refused:
        subject = subject_of(db(), reader(), seat, request.form.get("sur", ""))
        return _form(seat, typed, people, faults=refused.faults, subject=subject)
    seance = set_seance(db(), reader(), seat, plan)
    was_set(db(), reader(), seat, request.form.get("sur", ""), seance)
    tell_members(db(), reader(), seat, seance, What.SEANCE_SET)
    _post()
    flash("La séance est annoncée.")
    return to(f"{address_of(seat)}/{seance.public_id}")


@in_both(bp, "/<public_id:seance_id>/modifier")
@open_to(MEMBERS)
def before_change(**where: str) -> tuple[str, int]:
    meeting = _prepared(where)
    people = who_may_lead(db(), reader(), meeting.seat)
    leader = next((one.public_id for one in people if one.id == meeting.row.facilitator_id), "")
    return _form(meeting.seat, typed_of(meeting.row, meeting.seat.timezone, leader), people, meeting)


@in_both(bp, "/<public_id:seance_id>/modifier", "POST")
@open_to(MEMBERS)
def change(**where: str) -> Response | tuple[str, int]:
    meeting, typed = _prepared(where, hold=True), Typed.sent(request.form)
    people = who_may_lead(db(), reader(), meeting.seat)
    if two_hands.is_behind(request.form.get("version", ""), two_hands.of_setting(meeting.row)):
        return _form(meeting.seat, two_hands.settings_with(typed, meeting.row), people, meeting, [("ordre", two_hands.MOVED)])
    try:
        is_away = is_suspended(db(), meeting.row, TextKind.PREPARATION)
        plan = plan_typed(typed, meeting.seat, people, meeting.now, meeting.row, note_is_away=is_away)
    except Refused as refused:
        return _form(meeting.seat, typed, people, meeting, refused.faults)
    before = meeting.row.starts_at, meeting.row.place
    change_seance(db(), reader(), meeting.row, plan)
    if (meeting.row.starts_at, meeting.row.place) != before:
        tell_members(db(), reader(), meeting.seat, meeting.row, What.SEANCE_MOVED)
        _post()
    flash("La séance est modifiée.")
    return to(meeting.url)


@in_both(bp, "/<public_id:seance_id>/annuler")
@open_to(MEMBERS)
def before_calling_off(**where: str) -> tuple[str, int]:
    return page("seances/cancel.html", _prepared(where))


@in_both(bp, "/<public_id:seance_id>/annuler", "POST")
@open_to(MEMBERS)
def call_off(**where: str) -> Response | tuple[str, int]:
    meeting = _prepared(where, hold=True)
    try:
        cancel(db(), reader(), meeting.row)
    except TooLate as late:
        return show(meeting, status=409, sentence=typo(str(late)))
    tell_members(db(), reader(), meeting.seat, meeting.row, What.SEANCE_OFF)
    _post()
    flash("La séance est annulée.")
    return to(address_of(meeting.seat))


def _planned_space(where: dict[str, str]) -> MembershipView:
    seat = seat_of(where)
    if not may_plan_seances(reader(), seat.collectif_id):
        abort(403)
    return seat


def _prepared(where: dict[str, str], *, hold: bool = False) -> Meeting:
    meeting = meeting_of(where, hold=hold)
    if not meeting.may_prepare:
        abort(403)
    if meeting.row.cancelled_at is not None:
        abort(404)
    return meeting


def _post() -> None:
    """Write to those who were named, in the transaction of the act."""
    post_told(db(), root_of_page(full_url("groups.mine")))


def _form(
    seat: MembershipView,
    typed: Typed,
    people: list[Person],
    meeting: Meeting | None = None,
    faults: list[tuple[str, str]] | None = None,
    subject: Subject | None = None,
) -> tuple[str, int]:
    """The form, as it is asked for or with what is to be looked at. `subject`: what a new séance is opened on."""
    audience = Audience.GROUPE if seat.is_group else Audience.COLLECTIF
    is_known = any(one.public_id == typed.animation for one in people)
    lengths = sorted({*lengths_in(seat), meeting.row.minutes}) if meeting else lengths_in(seat)
    html = render_template(
        "seances/form.html",
        seat=seat,
        audience=meeting.audience if meeting else audience_of(db(), audience, seat.collectif_id, seat.collectif_name),
        at=address_of(seat),
        meeting=meeting,
        subject=subject,
        typed=typed,
        version=two_hands.of_setting(meeting.row) if meeting else "",
        note_is_away=meeting is not None and is_suspended(db(), meeting.row, TextKind.PREPARATION),
        hours_are_set=meeting is not None and meeting.step is not Step.DEPOSER,
        people=[("", "Choisissez")] * (not is_known) + [(one.public_id, one.name) for one in people],
        lengths=[(str(minutes), said_length(minutes)) for minutes in lengths],
        kinds=[(kind.value, KINDS[kind], hint) for kind, hint in HINTS.items()],
        faults=[(field, typo(sentence)) for field, sentence in faults or ()],
        page_errors=bool(faults),
    )
    return html, 422 if faults else 200
