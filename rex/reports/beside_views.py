"""« Signaler » a text of a séance, or a lecture contradictoire: the page of any report."""

from flask import Blueprint, abort, flash, render_template
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from rex.french import joined, number, typo
from rex.reports import actions
from rex.reports.beside import Beside, holding
from rex.reports.beside_actions import report_beside, was_reported_beside
from rex.reports.forms_views import fault_of, typed
from rex.reports.models import READING, SEANCE_TEXT
from rex.reports.queries import judges
from rex.web import MEMBERS, db, enter_space, open_to, reader

bp = Blueprint("reports_beside", __name__)

ADDRESS = "/signaler/seance/<any(preparation, 'compte-rendu', depot, dit, emporte):kind>/<public_id:text_id>"


@bp.get(ADDRESS)
@open_to(MEMBERS)
def report_of_seance(kind: str, text_id: str) -> str:
    return _page(_found(SEANCE_TEXT, kind, text_id))


@bp.post(ADDRESS)
@open_to(MEMBERS)
def report_of_seance_now(kind: str, text_id: str) -> Response | tuple[str, int]:
    return _report(_found(SEANCE_TEXT, kind, text_id, hold=True))


@bp.get("/signaler/lecture/<public_id:reading_id>")
@open_to(MEMBERS)
def report_reading(reading_id: str) -> str:
    return _page(_found(READING, "lecture", reading_id))


@bp.post("/signaler/lecture/<public_id:reading_id>")
@open_to(MEMBERS)
def report_reading_now(reading_id: str) -> Response | tuple[str, int]:
    return _report(_found(READING, "lecture", reading_id, hold=True))


def _report(text: Beside) -> Response | tuple[str, int]:
    words = typed("motif")
    readers = judges(db(), text.collectif_id, text.told_at, text.party_ids)
    fault = fault_of(words, actions.REASON, "Dites ce qui vous arrête dans ce texte")
    # Of a text whose author is not named, that nobody judges it today would say who wrote it: the only animateur.
    if reader().user_id in text.party_ids or not (readers or text.is_unsigned):
        return _page(text, words), 422
    if fault:
        return _page(text, words, fault), 422
    if report_beside(db(), reader(), text, words):
        told = "l’animation de ce journal" if text.is_unsigned else joined([name for _, name in readers])
        flash(typo(f"Votre signalement est envoyé à {told}."))
    else:
        flash("Vous avez déjà signalé ce texte. Votre premier signalement est bien là.")
    return redirect(text.url, 303)


def _found(column: str, kind: str, text_id: str, *, hold: bool = False) -> Beside:
    text = holding(column).find(db(), reader(), kind, text_id, hold=hold)
    if text is None:
        abort(404)
    enter_space(reader().seat(text.collectif_id))
    return text


def _page(text: Beside, words: str = "", fault: str = "") -> str:
    return render_template(
        "reports/report.html",
        text=text,
        readers=[name for _, name in judges(db(), text.collectif_id, text.told_at, text.party_ids)],
        is_own=reader().user_id in text.party_ids,
        is_done=was_reported_beside(db(), reader(), text),
        words=words,
        most=number(actions.REASON),
        errors=[("motif", typo(fault))] if fault else [],
        page_errors=bool(fault),
    )
