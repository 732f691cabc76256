"""Leading a séance: its hour, the situation that is kept for all, one step on or back, its compte rendu, its end."""

from collections.abc import Sequence

from flask import Blueprint, Flask, abort, flash, request
from werkzeug.wrappers import Response

from rex.french import typo
from rex.seances import leading, two_hands
from rex.seances.act_views import after, led, refused
from rex.seances.actions import Refused, TooLate
from rex.seances.models import Phase, Step
from rex.seances.phase_views import draft_of, html_of, show
from rex.seances.planning import LONG, moment_typed
from rex.seances.shared_views import Meeting, in_both, meeting_of, page, to, typed_text
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("seance_lead", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@in_both(bp, "/<public_id:seance_id>/heure", "POST")
@open_to(MEMBERS)
def move_opening(**where: str) -> Response | tuple[str, int]:
    """Another hour for the opening: later, or earlier once everybody has deposited."""
    meeting = led(where)

    def move() -> None:
        form, fields = request.form, ("ouverture_jour", "ouverture_heure")
        if "maintenant" in form:
            opens_at = meeting.now
        else:
            opens_at = moment_typed(form.get(fields[0], ""), form.get(fields[1], ""), meeting.seat.timezone, fields)
        leading.move_opening(db(), reader(), meeting.row, opens_at, _all_readers(meeting))

    why = refused(meeting, move)
    if why:
        return why
    now_open = meeting.row.opens_at <= meeting.now
    return after(meeting, "Les dépôts sont ouverts." if now_open else f"Les dépôts s’ouvriront : {meeting.opens}.")


@in_both(bp, "/<public_id:seance_id>/retenir", "POST")
@open_to(MEMBERS)
def retain(**where: str) -> Response | tuple[str, int]:
    """Keep a situation for all: the exposé begins."""
    meeting, chosen = led(where), request.form.get("depot", "")
    why = refused(meeting, lambda: leading.keep(db(), reader(), meeting.row, chosen))
    return why or after(meeting, "La situation est retenue pour tous. L’exposé commence.")


@in_both(bp, "/<public_id:seance_id>/suite", "POST")
@open_to(MEMBERS)
def go_on(**where: str) -> Response | tuple[str, int]:
    """To the next step. A click on a page that the séance has left changes nothing, and shows where it is."""
    meeting = led(where)
    why = refused(meeting, lambda: leading.go_on(db(), reader(), meeting.row, request.form.get("de", "")))
    return why or after(meeting, "")


@in_both(bp, "/<public_id:seance_id>/retour", "POST")
@open_to(MEMBERS)
def go_back(**where: str) -> Response | tuple[str, int]:
    """To the step before: nothing that was said is lost."""
    meeting = led(where)
    why = refused(meeting, lambda: leading.go_back(db(), reader(), meeting.row, request.form.get("de", "")))
    return why or after(meeting, "")


@in_both(bp, "/<public_id:seance_id>/clore")
@open_to(MEMBERS)
def before_closing(**where: str) -> Response | tuple[str, int]:
    """What closing does, before it is done: a séance that is closed does not open again."""
    meeting = _written_about(where)
    if meeting.step is not Step.GARDER or meeting.row.cancelled_at is not None:
        return to(meeting.url)
    return page("seances/end.html", meeting)


@in_both(bp, "/<public_id:seance_id>/compte-rendu")
@open_to(MEMBERS)
def before_report(**where: str) -> Response | tuple[str, int]:
    meeting = _written_about(where)
    if meeting.phase not in (Phase.GARDER, Phase.CLOSE) or meeting.row.cancelled_at is not None:
        return to(meeting.url)
    typed = meeting.row.report
    if "reprendre" in request.args:
        typed = "\n\n".join(filter(None, (typed, draft_of(meeting))))
    return _report_form(meeting, typed)


@in_both(bp, "/<public_id:seance_id>/compte-rendu", "POST")
@open_to(MEMBERS)
def write_report(**where: str) -> Response | tuple[str, int]:
    meeting = led(where)
    if two_hands.is_behind(request.form.get("version", ""), two_hands.of_report(meeting.row)):
        both = two_hands.both(meeting.row.report, typed_text())
        return _report_form(meeting, both, [("texte", two_hands.MEANWHILE)], 409)
    try:
        leading.write_report(db(), reader(), meeting.row, typed_text(), LONG)
    except Refused as why:
        return _report_form(meeting, typed_text(), why.faults, 422)
    except TooLate as late:
        return show(meeting, status=409, sentence=typo(str(late)), typed=typed_text())
    flash("Le compte rendu est enregistré.")
    return to(f"{meeting.url}#compte-rendu")


def _report_form(meeting: Meeting, typed: str, faults: Sequence[tuple[str, str]] = (), status: int = 200) -> tuple[str, int]:
    """The compte rendu in its field, beside what was kept."""
    draft, said = draft_of(meeting), [(field, typo(sentence)) for field, sentence in faults]
    context = {"draft": html_of(draft, "b"), "source": draft, "version": two_hands.of_report(meeting.row)}
    return page("seances/report.html", meeting, status, typed=typed, faults=said, **context)


def _written_about(where: dict[str, str]) -> Meeting:
    meeting = meeting_of(where)
    if not meeting.is_lead:
        abort(403)
    return meeting


def _all_readers(meeting: Meeting) -> set[int]:
    """Who has to have deposited before the hour comes closer; of a collectif, more than ever come: its hour only goes later."""
    return meeting.reader_ids if meeting.seat.is_group else {0}
