"""The pages of those who look after a journal or a group: its reports, and taking an entry back from the réseau."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from rex.access import MembershipView, may_judge_reports
from rex.french import number, typo
from rex.journal.models import Audience
from rex.reports import actions, queries
from rex.reports.actions import WHY, NothingToDo
from rex.reports.beside import Beside
from rex.reports.beside_actions import leave_beside, restore_beside, suspend_beside, text_beside
from rex.reports.board import board_of
from rex.reports.hanging import Kind, find_hanging
from rex.reports.models import READING, SEANCE_TEXT, Report
from rex.reports.queries import TextAt, open_report, text_of_report
from rex.text.marks import tidy
from rex.web import MEMBERS, db, enter_space, open_to, reader, space

bp = Blueprint("judging", __name__)

WHY_MISSING = "Écrivez la raison : les auteurs la liront"
WHY_LONG = f"Raccourcissez : {number(WHY)} caractères au plus"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/signalements")
@bp.get("/groupes-de-pairs/<public_id:group_id>/signalements")
@open_to(MEMBERS)
def reports(**_space: str) -> str:
    return _board(_seat())


@bp.post("/c/<slug:collectif>/signalements/<public_id:report_id>/classement")
@bp.post("/groupes-de-pairs/<public_id:group_id>/signalements/<public_id:report_id>/classement")
@open_to(MEMBERS)
def leave(report_id: str, **_space: str) -> Response:
    found = _open(report_id)
    if found is not None:
        if found.entry_id is None:
            leave_beside(db(), reader(), _seat(), found)
        else:
            actions.leave_as_it_is(db(), reader(), found)
        flash("Le texte reste tel quel.")
    return _to_the_board()


@bp.post("/c/<slug:collectif>/signalements/<public_id:report_id>/suspension")
@bp.post("/groupes-de-pairs/<public_id:group_id>/signalements/<public_id:report_id>/suspension")
@open_to(MEMBERS)
def suspend(report_id: str, **_space: str) -> Response | tuple[str, int]:
    found, text = _to_judge(report_id)
    why, fault = _why()
    if found is None or text is None:
        return _too_late()
    if fault:
        return _board(_seat(), report_id, "suspension", why, fault), 422
    try:
        if isinstance(text, Beside):
            suspend_beside(db(), reader(), text, why)
        else:
            actions.suspend(db(), reader(), found, text, why)
    except NothingToDo as late:
        return _board(_seat(), report_id, "suspension", why, str(late)), 422
    flash("Le texte est suspendu. Ses auteurs lisent pourquoi.")
    return _to_the_board()


@bp.post("/c/<slug:collectif>/signalements/<public_id:report_id>/retrait-du-reseau")
@open_to(MEMBERS)
def narrow(report_id: str, **_space: str) -> Response | tuple[str, int]:
    found, text = _to_judge(report_id)
    why, fault = _why()
    if found is None or text is None or isinstance(text, Beside) or text.hanging is not None:
        return _too_late()
    if fault:
        return _board(_seat(), report_id, "retrait-du-reseau", why, fault), 422
    try:
        actions.take_back_from_reseau(db(), reader(), _seat(), text, why, found)
    except NothingToDo as late:
        return _board(_seat(), report_id, "retrait-du-reseau", why, str(late)), 422
    flash("Le texte n’est plus ouvert au réseau. Ses auteurs lisent pourquoi.")
    return _to_the_board()


@bp.post("/c/<slug:collectif>/suspendus/<public_id:entry_id>/retablissement")
@bp.post("/groupes-de-pairs/<public_id:group_id>/suspendus/<public_id:entry_id>/retablissement")
@open_to(MEMBERS)
def restore(entry_id: str, **_space: str) -> Response:
    if not actions.restore_entry(db(), reader(), _seat(), entry_id):
        abort(404)
    flash("Le texte est rétabli. Ses auteurs l’apprennent.")
    return _to_the_board()


@bp.post("/c/<slug:collectif>/suspendus/<public_id:entry_id>/<public_id:exchange_id>/retablissement")
@bp.post("/groupes-de-pairs/<public_id:group_id>/suspendus/<public_id:entry_id>/<public_id:exchange_id>/retablissement")
@open_to(MEMBERS)
def restore_message(entry_id: str, exchange_id: str, **_space: str) -> Response:
    return _restore_hanging(Kind.MESSAGE, exchange_id, entry_id)


@bp.post("/c/<slug:collectif>/suspendus/<any(note, echo, relecture, synthese):kind>/<public_id:text_id>/retablissement")
@bp.post(
    "/groupes-de-pairs/<public_id:group_id>/suspendus/"
    "<any(note, echo, relecture, synthese):kind>/<public_id:text_id>/retablissement"
)
@open_to(MEMBERS)
def restore_hanging(kind: str, text_id: str, **_space: str) -> Response:
    return _restore_hanging(Kind(kind), text_id)


@bp.post("/c/<slug:collectif>/suspendus/seance/<public_id:text_id>/retablissement")
@bp.post("/groupes-de-pairs/<public_id:group_id>/suspendus/seance/<public_id:text_id>/retablissement")
@open_to(MEMBERS)
def restore_of_seance(text_id: str, **_space: str) -> Response:
    return _restored(restore_beside(db(), reader(), _seat(), SEANCE_TEXT, text_id))


@bp.post("/c/<slug:collectif>/suspendus/lecture/<public_id:reading_id>/retablissement")
@open_to(MEMBERS)
def restore_reading(reading_id: str, **_space: str) -> Response:
    return _restored(restore_beside(db(), reader(), _seat(), READING, reading_id))


def _restore_hanging(kind: Kind, text_id: str, entry_id: str = "") -> Response:
    """404 for what this journal does not have (under this entry), 403 for one's own: another animateur judges."""
    text, seat = find_hanging(db(), reader(), kind, text_id), _seat()
    if text is None or text.collectif_id != seat.collectif_id or entry_id not in ("", text.entry_public_id):
        abort(404)
    return _restored(actions.restore_hanging(db(), reader(), seat, text))


def _restored(is_done: bool | None) -> Response:
    """None: there is none for this person; False: it is their own."""
    if not is_done:
        abort(404 if is_done is None else 403)
    flash("Le texte est rétabli. La personne qui l’a écrit l’apprend.")
    return _to_the_board()


def _seat() -> MembershipView:
    """The space of the address, for who looks after it: 404 for those who are not in it, 403 for its other members."""
    group_id = (request.view_args or {}).get("group_id", "")
    seat = space() if not group_id else reader().in_group(group_id)
    if seat is None:
        abort(404)
    enter_space(seat)
    if not may_judge_reports(reader(), seat.collectif_id):
        abort(403)
    return seat


def _to_the_board() -> Response:
    return redirect(f"{_seat().url.rstrip('/')}/signalements", 303)


def _open(report_id: str) -> Report | None:
    """A report of this journal that this animateur judges: 404 when there is none; None when somebody answered it meanwhile."""
    found = open_report(db(), _seat(), report_id)
    if found is None:
        abort(404)
    return found if found.handled_at is None else None


def _to_judge(report_id: str) -> tuple[Report | None, TextAt | Beside | None]:
    found = _open(report_id)
    if found is not None and found.entry_id is None:
        return found, text_beside(db(), reader(), _seat(), found)
    return found, text_of_report(db(), reader(), found) if found else None


def _too_late() -> Response:
    flash("Ce signalement a déjà une réponse, ou le texte n’est plus lu.")
    return _to_the_board()


def _why() -> tuple[str, str]:
    why = tidy(request.form.get("raison", "")).encode("utf-8", "replace").decode().strip()
    if not any(char.isprintable() and not char.isspace() for char in why):
        return why, WHY_MISSING
    return why, WHY_LONG if len(why) > WHY else ""


def _board(seat: MembershipView, report_id: str = "", act: str = "", why: str = "", fault: str = "") -> str:
    """`report_id`, `act`: the form that came back, with what was typed in it and what is missing."""
    return render_template(
        "reports/board.html",
        board=board_of(db(), reader(), seat),
        returned=(report_id, act),
        why=why,
        most=number(WHY),
        fault=typo(fault),
        page_errors=bool(fault),
    )


# --- without a report ----------------------------------------------------------------------------------------------------------


@bp.get("/entrees/<public_id:entry_id>/retrait-du-reseau")
@open_to(MEMBERS)
def before_narrowing(entry_id: str) -> str:
    return _narrow_page(_to_narrow(entry_id))


@bp.post("/entrees/<public_id:entry_id>/retrait-du-reseau")
@open_to(MEMBERS)
def narrow_without_report(entry_id: str) -> Response | tuple[str, int]:
    text, (why, fault) = _to_narrow(entry_id), _why()
    seat = _seat()
    if fault:
        return _narrow_page(text, why, fault), 422
    try:
        actions.take_back_from_reseau(db(), reader(), seat, text, why)
    except NothingToDo as late:
        return _narrow_page(text, why, str(late)), 422
    flash("Le texte n’est plus ouvert au réseau. Ses auteurs lisent pourquoi.")
    return redirect(text.url, 303)


def _to_narrow(entry_id: str) -> TextAt:
    """404 for those who do not read it, 403 for its other readers, for its authors, who have a page of their own,
    and for who signed it once."""
    text = queries.find_text(db(), reader(), entry_id)
    if text is None:
        abort(404)
    if text.is_pending or not may_judge_reports(reader(), text.entry.collectif_id) or reader().user_id in text.party_ids:
        abort(403)
    enter_space(reader().seat(text.entry.collectif_id))
    return text


def _narrow_page(text: TextAt, why: str = "", fault: str = "") -> str:
    return render_template(
        "reports/narrow.html",
        text=text,
        is_wide=text.entry.audience is Audience.RESEAU,
        why=why,
        most=number(WHY),
        errors=[("raison", typo(fault))] if fault else [],
        page_errors=bool(fault),
    )
