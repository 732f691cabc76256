"""Reading: the séances of a space, one of them at its phase, its calendar file, where it is."""

from flask import Blueprint, Flask, Response, abort, jsonify, render_template
from werkzeug.wrappers import Response as BaseResponse

from rex.access import audience_of, may_plan_seances
from rex.exchanges.room_search_views import add_to_search
from rex.journal.models import Audience
from rex.journal.own_texts import add_own_texts
from rex.journal.under import add_on_home
from rex.notices.of_seances import speak_of_seances
from rex.peer_groups.parts import add_to_list, add_to_read, add_to_room, before_going
from rex.reports.beside import hand_over
from rex.reports.models import SEANCE_TEXT
from rex.seances import acting_views, leading_views, planning_views
from rex.seances.calendar import event, uid_of
from rex.seances.home_views import next_of_each, next_of_room, on_home
from rex.seances.judged import OfSeances
from rex.seances.leaving import forget
from rex.seances.list_queries import called_off, past, to_come
from rex.seances.models import Phase
from rex.seances.next_queries import where_it_is
from rex.seances.own import own_of_seances
from rex.seances.phase_views import preparation_of, show
from rex.seances.queries import name_of
from rex.seances.reading_views import reports_to_read
from rex.seances.said import SaidElsewhere
from rex.seances.search_views import look
from rex.seances.shared_views import address_of, in_both, meeting_of, page, seat_of, to
from rex.seances.times import said
from rex.web import MEMBERS, db, installation, open_to, reader

bp = Blueprint("seances", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    for part in (planning_views, acting_views, leading_views):
        part.register(app)
    add_on_home("seances", on_home)
    add_own_texts("seances", own_of_seances)
    add_to_room("next_seance", "seances/_in_room.html", next_of_room)
    add_to_read("seances", "seances/_to_read.html", reports_to_read)
    add_to_search("seances", look)
    add_to_list("seances", next_of_each)
    before_going("seances", forget)
    hand_over(SEANCE_TEXT, OfSeances())
    speak_of_seances("seances", SaidElsewhere())


@in_both(bp, "")
@open_to(MEMBERS)
def seances(**where: str) -> str:
    seat = seat_of(where)
    audience = Audience.GROUPE if seat.is_group else Audience.COLLECTIF
    now = reader().now
    shown = [
        [(line, said(line.starts_at, seat.timezone, now)) for line in lines]
        for lines in (which(db(), reader(), seat) for which in (to_come, past, called_off))
    ]
    return render_template(
        "seances/list.html",
        audience=audience_of(db(), audience, seat.collectif_id, seat.collectif_name),
        seat=seat,
        at=address_of(seat),
        coming=shown[0],
        past=shown[1],
        called_off=shown[2],
        may_plan=may_plan_seances(reader(), seat.collectif_id),
    )


@in_both(bp, "/<public_id:seance_id>")
@open_to(MEMBERS)
def seance(**where: str) -> tuple[str, int]:
    return show(meeting_of(where))


def _behind(where: dict[str, str], phase: Phase) -> tuple[str, int] | BaseResponse:
    """A phase that is behind, to read again; the others are on the page of the séance."""
    meeting = meeting_of(where)
    order = list(Phase)
    if meeting.row.cancelled_at is not None or order.index(phase) >= order.index(meeting.phase):
        return to(meeting.url)
    return show(meeting, phase)


@in_both(bp, "/<public_id:seance_id>/choisir")
@open_to(MEMBERS)
def choices(**where: str) -> tuple[str, int] | BaseResponse:
    return _behind(where, Phase.CHOISIR)


@in_both(bp, "/<public_id:seance_id>/explorer")
@open_to(MEMBERS)
def explored(**where: str) -> tuple[str, int] | BaseResponse:
    return _behind(where, Phase.EXPLORER)


@in_both(bp, "/<public_id:seance_id>/garder")
@open_to(MEMBERS)
def taken_away(**where: str) -> tuple[str, int] | BaseResponse:
    return _behind(where, Phase.GARDER)


@in_both(bp, "/<public_id:seance_id>/preparer")
@open_to(MEMBERS)
def preparation(**where: str) -> tuple[str, int]:
    meeting = meeting_of(where)
    lead = name_of(db(), meeting.row.facilitator_id)
    return page("seances/preparation.html", meeting, lead=lead, **preparation_of(meeting))


@in_both(bp, "/<public_id:seance_id>/etat")
@open_to(MEMBERS)
def state(**where: str) -> Response:
    """Where the séance is and how often it changed, for the browsers that show it: they ask every few seconds, and fetch the page
    when one of the two is another."""
    found = where_it_is(db(), reader(), seat_of(where), where.get("seance_id") or where["group_seance_id"])
    return jsonify(etat=found[0], fois=found[1]) if found else abort(404)


@in_both(bp, "/<public_id:seance_id>/seance.ics")
@open_to(MEMBERS)
def calendar(**where: str) -> Response:
    """The calendar file. Of a group it says « Séance » and when: the file leaves the room, for calendars that others read."""
    meeting = meeting_of(where)
    row = meeting.row
    if row.cancelled_at is not None:
        abort(404)
    told = {} if meeting.seat.is_group else {"summary": row.title or "Séance", "place": row.place}
    uid = uid_of(row.public_id, installation().config.secret_key)
    made = event(uid, row.starts_at, row.ends_at, meeting.now, **told)
    headers = {"Content-Disposition": 'attachment; filename="seance.ics"'}
    return Response(made, content_type="text/calendar; charset=utf-8", headers=headers)
