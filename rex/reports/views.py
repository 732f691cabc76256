"""« Signaler », and what authors and readers see of it; the pages of the animateurs are in `judging_views`."""

from typing import Any

from flask import Blueprint, Flask, abort, flash, render_template
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from rex.access import may_judge_reports
from rex.french import joined, number, typo
from rex.journal.former_authors import former_authors
from rex.journal.models import Audience, EntryKind
from rex.journal.under import EntryOnPage, add_on_home, add_under_entry
from rex.peer_groups.parts import RoomOnPage, add_to_room
from rex.reports import actions, beside_views, judging_views, queries
from rex.reports.forms_views import fault_of, typed
from rex.reports.hanging import Kind
from rex.reports.queries import TextAt
from rex.web import MEMBERS, db, enter_space, open_to, reader, space

bp = Blueprint("reports", __name__)
MOST_LETTERS = 5  # of an author about one suspended text, before an answer


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    app.register_blueprint(beside_views.bp)
    judging_views.register(app)
    add_under_entry("reports", part_under)
    add_on_home("reports", part_on_home)
    add_to_room("reports", "reports/_in_room.html", part_in_room)


# --- parts of other pages ------------------------------------------------------------------------------------------------------


def part_under(entry: EntryOnPage) -> dict[str, Any] | None:
    """The links under an entry; for its authors, why it left the réseau, if an animateur took it back, else nothing."""
    is_author = reader().user_id in entry.author_ids
    judges = may_judge_reports(reader(), entry.collectif_id) and not is_author
    seat = reader().seat(entry.collectif_id)
    may_narrow = judges and entry.audience is Audience.RESEAU and entry.kind is not EntryKind.DIFFICULTY
    if may_narrow and reader().user_id in former_authors(db(), entry.id):
        may_narrow = False
    if is_author:
        why = queries.why_taken_back(db(), entry.id, entry.audience, seat.key_name) if seat else ""
        return {"url": "", "narrow_url": "", "why_taken_back": why} if why else None
    return {
        "url": f"/signaler/{entry.public_id}",
        "narrow_url": f"/entrees/{entry.public_id}/retrait-du-reseau" if may_narrow else "",
        "why_taken_back": "",
    }


def part_on_home() -> int:
    """How many reports wait for this animateur; nothing, and no statement, for the others."""
    seat = space()
    return queries.count_open(db(), seat) if seat and may_judge_reports(reader(), seat.collectif_id) else 0


def part_in_room(room: RoomOnPage) -> int | None:
    """The same, on the page of a group, for its responsables."""
    seat = reader().seat(room.id)
    return (queries.count_open(db(), seat) or None) if seat and may_judge_reports(reader(), room.id) else None


# --- reporting -------------------------------------------------------------------------------------------------------------------


@bp.get("/signaler/<public_id:entry_id>")
@open_to(MEMBERS)
def report_entry(entry_id: str) -> str:
    return _page(_found(entry_id))


@bp.post("/signaler/<public_id:entry_id>")
@open_to(MEMBERS)
def report_entry_now(entry_id: str) -> Response | tuple[str, int]:
    return _report(_found(entry_id, hold=True))


@bp.get("/signaler/<public_id:entry_id>/<public_id:exchange_id>")
@open_to(MEMBERS)
def report_message(entry_id: str, exchange_id: str) -> str:
    return _page(_found(entry_id, exchange_id))


@bp.post("/signaler/<public_id:entry_id>/<public_id:exchange_id>")
@open_to(MEMBERS)
def report_message_now(entry_id: str, exchange_id: str) -> Response | tuple[str, int]:
    return _report(_found(entry_id, exchange_id, hold=True))


@bp.get("/signaler/<any(note, echo, relecture, synthese):kind>/<public_id:text_id>")
@open_to(MEMBERS)
def report_hanging(kind: str, text_id: str) -> str:
    return _page(_found_hanging(kind, text_id))


@bp.post("/signaler/<any(note, echo, relecture, synthese):kind>/<public_id:text_id>")
@open_to(MEMBERS)
def report_hanging_now(kind: str, text_id: str) -> Response | tuple[str, int]:
    return _report(_found_hanging(kind, text_id, hold=True))


def _found(entry_id: str, exchange_id: str = "", *, hold: bool = False) -> TextAt:
    return _in_its_space(queries.find_text(db(), reader(), entry_id, exchange_id, hold=hold))


def _found_hanging(kind: str, text_id: str, *, hold: bool = False) -> TextAt:
    return _in_its_space(queries.find_hanging_text(db(), reader(), Kind(kind), text_id, hold=hold))


def _in_its_space(text: TextAt | None) -> TextAt:
    if text is None:
        abort(404)
    enter_space(reader().seat(text.entry.collectif_id) or reader().home)
    return text


def _report(text: TextAt) -> Response | tuple[str, int]:
    words = typed("motif")
    readers = queries.judges(db(), text.entry.collectif_id, text.entry.told_at, text.party_ids)
    fault = fault_of(words, actions.REASON, "Dites ce qui vous arrête dans ce texte")
    if reader().user_id in text.author_ids or not readers:
        return _page(text, words), 422
    if fault:
        return _page(text, words, fault), 422
    if actions.report(db(), reader(), text, words):
        flash(typo(f"Votre signalement est envoyé à {joined([name for _, name in readers])}."))
    else:
        flash("Vous avez déjà signalé ce texte. Votre premier signalement est bien là.")
    return redirect(text.url, 303)


def _page(text: TextAt, words: str = "", fault: str = "") -> str:
    return render_template(
        "reports/report.html",
        text=text,
        readers=[name for _, name in queries.judges(db(), text.entry.collectif_id, text.entry.told_at, text.party_ids)],
        is_own=reader().user_id in text.author_ids,
        is_done=queries.was_reported_by(db(), reader(), text.target),
        words=words,
        most=number(actions.REASON),
        errors=[("motif", typo(fault))] if fault else [],
        page_errors=bool(fault),
    )


# --- an author of a suspended text writes to the animateurs --------------------------------------------------------------------


@bp.get("/suspension/<public_id:entry_id>")
@open_to(MEMBERS)
def suspension(entry_id: str) -> str:
    return _suspension_page(entry_id)


@bp.post("/suspension/<public_id:entry_id>")
@open_to(MEMBERS)
def write_about_suspension(entry_id: str) -> Response | tuple[str, int]:
    entry, words = queries.find_own_suspended(db(), reader(), entry_id), typed("texte")
    seat = reader().seat(entry.collectif_id) if entry else None
    if entry is None or seat is None:
        abort(404)
    fault = fault_of(words, actions.REASON, "Écrivez quelques mots avant d’envoyer")
    if queries.open_letters_of(db(), reader(), entry.id) >= MOST_LETTERS:
        fault = "Vous avez écrit plusieurs fois déjà. Attendez une réponse."
    if fault or not queries.judges(db(), entry.collectif_id, entry.told_at, entry.party_ids):
        return _suspension_page(entry_id, words, fault), 422
    actions.write_about_suspension(db(), reader(), seat, entry, words)
    flash("Votre message est envoyé.")
    return redirect(entry.url, 303)


def _suspension_page(entry_id: str, words: str = "", fault: str = "") -> str:
    entry = queries.find_own_suspended(db(), reader(), entry_id)
    if entry is None:
        abort(404)
    enter_space(reader().seat(entry.collectif_id))
    return render_template(
        "reports/suspension.html",
        entry=entry,
        readers=[name for _, name in queries.judges(db(), entry.collectif_id, entry.told_at, entry.party_ids)],
        words=words,
        errors=[("texte", typo(fault))] if fault else [],
        page_errors=bool(fault),
    )
