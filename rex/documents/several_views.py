"""« Exporter » for more than one récit: an action with all of its own, those that one ticks in the list of a journal.

The pages are GET forms: they change nothing, and what they ask for can be read in their address."""

import re
from typing import Any

from flask import Blueprint, Flask, Response, abort, flash, make_response, redirect, render_template, request, url_for

from rex import clock, french
from rex.access import MembershipView
from rex.collectifs.capabilities import root_of_links
from rex.documents.export_views import file_answer
from rex.documents.formats import file_name
from rex.documents.outgoing import Outgoing
from rex.documents.pieces import Beside, Grid, Head, Line, Piece, Said, Several, Side, Told
from rex.documents.selection import MOST, MOST_IN_PDF, Chosen, chosen_ones, list_to_choose, selection, sheet, title_of
from rex.documents.several_formats import SEVERAL, formats_here
from rex.documents.taking_out import NotYours
from rex.documents.taking_out_action import ActionOut, take_action_out
from rex.documents.to_page import NoPdf, has_pdf
from rex.journal.cards import entry_item
from rex.journal.filters import NAMES, filters_from
from rex.text import to_html
from rex.web import MEMBERS, db, enter_space, open_to, reader, space

bp = Blueprint("several", __name__)

SHEET = "csv"
PRINTED = "imprimer"
ALL_FORMATS = {*SEVERAL, SHEET, PRINTED}
NONE, ALL = "rien", "tout"
SHEET_USE = "Titres, dates, auteurs, balises et adresses, sans les textes"
PRINTED_USE = "Sur papier, ou en PDF depuis votre navigateur"
NOTHING = "Cochez au moins un récit"
TOO_MANY = f"Un fichier prend {MOST} récits au plus : décochez-en"
TOO_LONG = f"Un PDF prend {MOST_IN_PDF} récits au plus : décochez-en, ou choisissez un autre format"
WHICH = "Choisissez un format"
NO_PDF = "Cette installation ne fait pas de PDF. Imprimez la page, et choisissez « Enregistrer en PDF »."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


# --- an action ----------------------------------------------------------------------------------------------------------


@bp.get("/actions/<public_id:action_id>/exporter")
@open_to(MEMBERS)
def choose_action(action_id: str) -> str:
    """The formats, and what the file says of itself."""
    taken = _action(action_id)
    return render_template(
        "documents/action.html", action_id=action_id, out=taken.document, formats=formats_here(), has_pdf=has_pdf(),
        has_several=taken.has_several,
    )  # fmt: skip


@bp.get("/actions/<public_id:action_id>/exporter/imprimer")
@open_to(MEMBERS)
def print_action(action_id: str) -> str:
    """A page to print: where there is no PDF, it stands for one."""
    taken = _action(action_id)
    back = url_for("several.choose_action", action_id=action_id)
    return render_template("documents/selection_print.html", out=taken.document, pieces=shown_pieces(taken.document), back=back)


@bp.get("/actions/<public_id:action_id>/exporter/<slug:ending>")
@open_to(MEMBERS)
def download_action(action_id: str, ending: str) -> Response:
    if ending not in SEVERAL:
        abort(404)
    taken = _action(action_id)
    try:
        return file_answer(SEVERAL[ending].make(taken.document), SEVERAL[ending].media, _name(taken.document.title, ending))
    except NoPdf:
        flash(NO_PDF)
        return make_response(redirect(url_for("several.choose_action", action_id=action_id), 302))


def _action(action_id: str) -> ActionOut:
    """404 for those who read none of its récits; 403 in a group, where one takes away one's own texts only."""
    try:
        taken = take_action_out(db(), reader(), action_id, root_of_links())
    except NotYours:
        abort(403)
    if taken is None:
        abort(404)
    enter_space(reader().seat(taken.collectif_id) or reader().home)
    return taken


# --- a selection --------------------------------------------------------------------------------------------------------


@bp.get("/c/<slug:collectif>/exporter")
@open_to(MEMBERS)
def choose(collectif: str) -> str:
    """The récits of the list with its filters, all ticked; none of them with `cocher=rien`."""
    wanted = request.args.get("format", "")
    return _choice(_seat(), set() if request.args.get("cocher") == NONE else None, wanted=wanted if wanted in ALL_FORMATS else "")


@bp.get("/c/<slug:collectif>/exporter/fichier")
@open_to(MEMBERS)
def download(collectif: str) -> Response | tuple[str, int]:
    """The file of the récits that were ticked; the page again, as it was, with what is missing."""
    seat, wanted = _seat(), request.args.get("format", "")
    ids = list(dict.fromkeys(one for one in request.args.getlist("recit") if re.fullmatch(r"[A-Za-z0-9_-]{16}", one)))
    if wanted not in ALL_FORMATS:
        return _choice(seat, set(ids), [("format-docx", WHICH)], wanted), 422
    if len(ids) > MOST:
        return _choice(seat, set(ids), [("recits", TOO_MANY)], wanted), 422
    chosen = chosen_ones(db(), reader(), seat, ids) if ids else []
    if not chosen:
        return _choice(seat, set(), [("recits", NOTHING)], wanted), 422
    if wanted == "pdf" and len(chosen) > MOST_IN_PDF:
        return _choice(seat, set(ids), [("recits", TOO_LONG)], wanted), 422
    return _made(seat, chosen, wanted)


def _made(seat: MembershipView, chosen: list[Chosen], wanted: str) -> Response:
    if wanted == SHEET:
        data = sheet(db(), reader(), seat, chosen, root_of_links())
        return file_answer(data, "text/csv; charset=utf-8", _name(title_of(seat), SHEET))
    out = selection(db(), reader(), seat, chosen, root_of_links())
    back = url_for("several.choose", collectif=seat.collectif_slug, **_filters())
    if wanted == PRINTED:
        return make_response(render_template("documents/selection_print.html", out=out, pieces=shown_pieces(out), back=back))
    try:
        return file_answer(SEVERAL[wanted].make(out), SEVERAL[wanted].media, _name(out.title, wanted))
    except NoPdf:
        flash(NO_PDF)
        return make_response(redirect(back, 302))


def _choice(seat: MembershipView, ticked: set[str] | None, errors: list[tuple[str, str]] | None = None, wanted: str = "") -> str:
    """`ticked`: the ids to keep ticked; None for all of them."""
    given, after = _filters(), request.args.get("apres", "")
    listed = list_to_choose(db(), reader(), seat, filters_from(given, clock.today(seat.timezone)), after)
    here: dict[str, Any] = {"collectif": seat.collectif_slug, **given}
    ids = {card.public_id for card in listed.cards}
    kept = ids if ticked is None else ticked & ids
    return render_template(
        "documents/selection.html",
        items=[(card.public_id, entry_item(card, seat.timezone)) for card in listed.cards],
        ticked=kept,
        count=listed.count,
        tick=NONE if kept == ids else ALL,
        most=MOST,
        older=url_for("several.choose", **here, apres=listed.older) if listed.older else None,
        newest=url_for("several.choose", **here) if after else None,
        list_url=url_for("journal.recits", **here),
        hidden=[*given.items(), *([("apres", after)] if after else [])],
        formats=[*((one.ending, one.label, one.use) for one in formats_here()),
                 (SHEET, "Tableur (CSV)", SHEET_USE), (PRINTED, "Page à imprimer", PRINTED_USE)],
        wanted=wanted or "docx",
        errors=[(field, french.typo(sentence)) for field, sentence in errors or []],
    )  # fmt: skip


def _filters() -> dict[str, Any]:
    return {name: request.args[name] for name in NAMES if request.args.get(name)}


def _seat() -> MembershipView:
    seat = space()
    assert seat is not None
    return seat


# --- both ---------------------------------------------------------------------------------------------------------------


def shown_pieces(out: Several) -> list[dict[str, Any]]:
    """The pieces as the page to print draws them."""
    return [_drawn(piece, f"t{rank}") for rank, piece in enumerate(out.pieces)]


def _drawn(piece: Piece, mark: str) -> dict[str, Any]:
    match piece:
        case Head(level, words):
            return {"kind": "head", "level": level + 1, "words": words}
        case Line(words):
            return {"kind": "line", "words": words}
        case Told(source, under):
            return {"kind": "told", "html": to_html(source, prefix=f"{mark}-", heading_base=max(3, under + 2))}
        case Beside(sides):
            return {"kind": "beside", "sides": [_side(side, f"{mark}-{rank}") for rank, side in enumerate(sides)]}
        case Said(inlines, leads):
            return {"kind": "said", "inlines": inlines, "leads": leads}
        case Grid():
            return {"kind": "grid", "grid": piece}


def _side(side: Side, mark: str) -> dict[str, Any]:
    return {"who": side.who, "inner": _drawn(side.inner, mark)}


def _name(title: str, ending: str) -> str:
    return file_name(Outgoing(title, (), ()), ending)
