"""Acting in a séance: bringing, choosing, saying, taking away, and going on from phase to phase."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Flask, abort, flash, request
from werkzeug.wrappers import Response

from rex.french import typo
from rex.seances import actions, two_hands
from rex.seances.actions import Refused, TooLate
from rex.seances.models import Phase, Step
from rex.seances.phase_views import show
from rex.seances.planning import LONG, moment_typed
from rex.seances.queries import find_contribution, find_depot
from rex.seances.shared_views import Meeting, in_both, meeting_of, page, to, typed_text
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("seance_acts", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@in_both(bp, "/<public_id:seance_id>/deposer", "POST")
@open_to(MEMBERS)
def deposit(**where: str) -> Response | tuple[str, int]:
    meeting = _held(where)
    if "retirer" in request.form:
        done = _done(meeting, lambda: actions.take_back(db(), reader(), meeting.row))
        return done or _after(meeting, "Votre dépôt est effacé.")
    done = _done(meeting, lambda: actions.deposit(db(), reader(), meeting.seat, meeting.row, typed_text()))
    return done or _after(meeting, f"Votre dépôt est scellé. Il s’ouvre avec les autres : {meeting.opens}.", "#depot")


@in_both(bp, "/<public_id:seance_id>/heure", "POST")
@open_to(MEMBERS)
def move_opening(**where: str) -> Response | tuple[str, int]:
    """Another hour for the opening: later, or earlier once everybody has deposited."""
    meeting = _led(where)

    def move() -> None:
        form, fields = request.form, ("ouverture_jour", "ouverture_heure")
        if "maintenant" in form:
            opens_at = meeting.now
        else:
            opens_at = moment_typed(form.get(fields[0], ""), form.get(fields[1], ""), meeting.seat.timezone, fields)
        actions.move_opening(db(), reader(), meeting.row, opens_at, _all_readers(meeting))

    done = _done(meeting, move)
    if done:
        return done
    now_open = meeting.row.opens_at <= meeting.now
    return _after(meeting, "Les dépôts sont ouverts." if now_open else f"Les dépôts s’ouvriront : {meeting.opens}.")


@in_both(bp, "/<public_id:seance_id>/choisir", "POST")
@open_to(MEMBERS)
def choose(**where: str) -> Response | tuple[str, int]:
    """Say which situation one would keep; or, for the facilitator, keep it."""
    meeting, chosen = _held(where), request.form.get("depot", "")
    if "retenir" in request.form:
        if not meeting.is_lead:
            abort(403)
        done = _done(meeting, lambda: actions.keep(db(), reader(), meeting.row, chosen))
        return done or _after(meeting, "La situation est retenue.")

    def prefer() -> None:
        depot = find_depot(db(), reader(), meeting.row, chosen) if meeting.step is not Step.DEPOSER else None
        if depot is None:
            raise Refused(("choisir", "Choisissez l’une des situations"))
        actions.choose(db(), reader(), meeting.row, depot)

    return _done(meeting, prefer) or _after(meeting, "Votre choix est dit. Vous pouvez en changer.")


@in_both(bp, "/<public_id:seance_id>/explorer", "POST")
@open_to(MEMBERS)
def say(**where: str) -> Response | tuple[str, int]:
    meeting = _held(where)
    step = request.form.get("de", "")
    done = _done(meeting, lambda: actions.say(db(), reader(), meeting.seat, meeting.row, typed_text(), step))
    return done or _after(meeting, "", "#dit")


@in_both(bp, "/<public_id:seance_id>/dits/<public_id:said_id>/retrait", "POST")
@open_to(MEMBERS)
def unsay(**where: str) -> Response | tuple[str, int]:
    meeting = _held(where)
    said = find_contribution(db(), reader(), meeting.row, where.get("said_id") or where["group_said_id"])
    if said is None:
        abort(404)
    if said.author_id != reader().user_id:
        abort(403)
    return _done(meeting, lambda: actions.unsay(db(), meeting.row, said)) or _after(meeting, "Votre message est retiré.")


@in_both(bp, "/<public_id:seance_id>/garder", "POST")
@open_to(MEMBERS)
def take_away(**where: str) -> Response | tuple[str, int]:
    meeting = _held(where)
    done = _done(meeting, lambda: actions.take_away(db(), reader(), meeting.row, typed_text()))
    return done or _after(meeting, "Ce que vous emportez est noté.", "#dit")


@in_both(bp, "/<public_id:seance_id>/suite", "POST")
@open_to(MEMBERS)
def go_on(**where: str) -> Response | tuple[str, int]:
    """To the next step. A click on a page that the séance has left changes nothing, and shows where it is."""
    meeting = _led(where)
    done = _done(meeting, lambda: actions.go_on(db(), reader(), meeting.row, request.form.get("de", "")))
    return done or _after(meeting, "")


@in_both(bp, "/<public_id:seance_id>/compte-rendu")
@open_to(MEMBERS)
def before_report(**where: str) -> Response | tuple[str, int]:
    meeting = meeting_of(where)
    if not meeting.is_lead:
        abort(403)
    if meeting.phase not in (Phase.GARDER, Phase.CLOSE) or meeting.row.cancelled_at is not None:
        return to(meeting.url)
    return _report_form(meeting, meeting.row.report)


@in_both(bp, "/<public_id:seance_id>/compte-rendu", "POST")
@open_to(MEMBERS)
def write_report(**where: str) -> Response | tuple[str, int]:
    meeting = _led(where)
    if two_hands.is_behind(request.form.get("version", ""), two_hands.of_report(meeting.row)):
        both = two_hands.both(meeting.row.report, typed_text())
        return _report_form(meeting, both, [("texte", two_hands.MEANWHILE)], 409)
    try:
        actions.write_report(db(), reader(), meeting.row, typed_text(), LONG)
    except Refused as refused:
        return _report_form(meeting, typed_text(), refused.faults, 422)
    except TooLate as late:
        return show(meeting, status=409, sentence=typo(str(late)))
    return _after(meeting, "Le compte rendu est enregistré.", "#compte-rendu")


def _report_form(
    meeting: Meeting, typed: str, faults: Sequence[tuple[str, str]] = (), status: int = 200
) -> tuple[str, int]:
    """The compte rendu in its field."""
    said = [(field, typo(sentence)) for field, sentence in faults]
    version = two_hands.of_report(meeting.row)
    return page("seances/report.html", meeting, status, typed=typed, faults=said, version=version)


def _held(where: dict[str, str]) -> Meeting:
    meeting = meeting_of(where, hold=True)
    if meeting.row.cancelled_at is not None:
        abort(404)
    return meeting


def _led(where: dict[str, str]) -> Meeting:
    meeting = _held(where)
    if not meeting.is_lead:
        abort(403)
    return meeting


def _all_readers(meeting: Meeting) -> set[int]:
    """Who has to have deposited before the hour comes closer; of a collectif, more than ever come: its hour only goes later."""
    return meeting.reader_ids if meeting.seat.is_group else {0}


def _done(meeting: Meeting, act: Callable[[], object]) -> tuple[str, int] | None:
    """Do it; or the page of where the séance is, with what is to be looked at and all that was typed."""
    typed: dict[str, Any] = {"typed": typed_text()} if "texte" in request.form else {}
    try:
        act()
    except Refused as refused:
        return show(meeting, status=422, faults=refused.faults, **typed)
    except TooLate as late:
        return show(meeting, status=409, sentence=typo(str(late)), **typed)
    return None


def _after(meeting: Meeting, sentence: str, anchor: str = "") -> Response:
    if sentence:
        flash(sentence)
    return to(f"{meeting.url}{anchor}")
