"""« Importer un document »: files are read and wait, sealed; a screen shows where each part would go; then drafts are made.

Reading takes seconds: the transaction of the request ends before, so that nobody waits for it. The same files sent twice in one
import are the same documents, so the first form needs no key; the one that creates drafts has one."""

import re

from flask import Blueprint, Flask, Response, abort, flash, jsonify, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from rex import french
from rex.access import MembershipView, draft_audience
from rex.db import new_public_id
from rex.documents import waiting
from rex.documents.choices import Choice, chosen, proposed, split_again
from rex.documents.incoming import TOO_MANY_FILES, TooLong, TooMany, make_drafts, take_in, told_by
from rex.documents.limits import MOST_AT_ONCE, MOST_BYTES, SENTENCES, Unreadable
from rex.documents.mapping import NOWHERE
from rex.documents.waiting import TooManyWait, Waiting
from rex.flask_parts import takes_up_to
from rex.journal.canvas import CanvasView, canvas_of
from rex.text.marks import tidy
from rex.web import FILES_LIMIT, MEMBERS, db, go, open_to, reader, space

bp = Blueprint("imports", __name__)

BATCH = re.compile(r"[A-Za-z0-9_-]{16}")
TOO_MANY_WAIT = f"Vous avez déjà {waiting.MOST_WAITING} documents en attente : créez leurs brouillons, ou abandonnez-les"
NOTHING_CHOSEN = "Choisissez au moins un document"
NOTHING_TAKEN = "Gardez au moins un document, et une de ses parties"
KEPT = "Lu, et gardé pour vous"
MOST_OF_A_NAME = 100  # of a file, in the sentence that says why it is not read
TOO_LONG = "Une section serait trop longue pour une page : faites commencer un autre récit en chemin"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/importer")
@open_to(MEMBERS)
def choose(collectif: str) -> str:
    """The page where files are chosen; what waits already is told."""
    return _choose()


@bp.post("/c/<slug:collectif>/importer")
@open_to(MEMBERS)
@takes_up_to(FILES_LIMIT)
def upload(collectif: str) -> Response | tuple[str, int] | tuple[Response, int]:
    """Read the files. A script sends them one by one, and is answered in JSON."""
    seat = _seat()
    batch = request.form.get("lot", "")
    batch = batch if BATCH.fullmatch(batch) else new_public_id()
    sent = [file for file in request.files.getlist("documents") if file.filename]
    first = int(rank) if (rank := request.form.get("rang", "")).isdecimal() and len(rank) < 4 else 0
    db().commit()  # nobody waits while documents are read
    refused = [("documents", french.typo(NOTHING_CHOSEN))] if not sent else []
    is_script = request.accept_mimetypes.best == "application/json"
    for rank, file in enumerate(sent[:MOST_AT_ONCE], first):
        fault = _take(seat, batch, rank, file)
        if fault:
            named = tidy(file.filename or "")[:MOST_OF_A_NAME]
            refused.append(("documents", fault if is_script else french.typo(f"{named} : {fault}")))
    if len(sent) > MOST_AT_ONCE:
        refused.append(("documents", french.typo(SENTENCES["many"])))
    if is_script:
        told = {"message": refused[0][1] if refused else KEPT, "next": url_for("imports.mapping", collectif=collectif, batch=batch)}
        return jsonify(told), 422 if refused else 200
    if not waiting.waiting_in(db(), reader(), seat, batch):
        return _choose(refused), 422
    for _, sentence in refused:
        flash(sentence, "refused")
    return go("imports.mapping", collectif=collectif, batch=batch)


@bp.get("/c/<slug:collectif>/importer/<public_id:batch>")
@open_to(MEMBERS)
def mapping(collectif: str, batch: str) -> str:
    """Where each part would go, before anything is created."""
    canvas = canvas_of(db(), _seat().collectif_id)
    return _mapping(batch, [proposed(one, canvas) for one in _waiting(batch)], canvas)


@bp.post("/c/<slug:collectif>/importer/<public_id:batch>")
@open_to(MEMBERS)
def create(collectif: str, batch: str) -> Response | str | tuple[str, int]:
    """Make the drafts, as the form says; or show it again with the documents split otherwise, and all that was entered."""
    seat, canvas = _seat(), canvas_of(db(), _seat().collectif_id)
    choices = [chosen(one, canvas, request.form) for one in _waiting(batch)]
    if split := request.form.get("partager"):
        db().rollback()  # nothing is made: the same form may still be sent
        return _mapping(batch, [split_again(one, canvas, split) for one in choices], canvas)
    made, taken = [], set()
    try:
        for choice in choices:
            whole = waiting.whole(db(), reader(), seat, batch, choice.key) if choice.is_taken else None
            told = told_by(whole, choice.placed, canvas, choice.title) if whole is not None else []
            if whole is not None and told:
                made += make_drafts(db(), reader(), seat, whole, told)
                taken.add(choice.key)
    except (TooLong, TooMany) as refusal:
        db().rollback()
        said = TOO_LONG if isinstance(refusal, TooLong) else TOO_MANY_FILES
        return _mapping(batch, choices, canvas, [("", french.typo(said))]), 422
    if not made:
        return _mapping(batch, choices, canvas, [("", french.typo(NOTHING_TAKEN))]), 422
    db().commit()
    waiting.forget(db(), reader(), batch, taken)
    waits = _waits(len(choices) - len(taken))
    if len(made) == 1:
        flash(french.typo(f"Votre brouillon est prêt. Relisez-le avant de le publier.{waits}"))
        return go("editor.edition", recit_id=made[0].public_id)
    ready = french.count(len(made), "brouillon est prêt", "brouillons sont prêts")
    flash(french.typo(f"{ready} : vous êtes la seule personne à les lire.{waits}"))
    return go("journal.home", collectif=collectif)


@bp.post("/c/<slug:collectif>/importer/<public_id:batch>/abandon")
@open_to(MEMBERS)
def give_up(collectif: str, batch: str) -> Response:
    """Forget what waits in this import."""
    _waiting(batch)
    waiting.forget(db(), reader(), batch)
    flash("L’import est abandonné. Rien n’en est gardé.")
    return go("imports.choose", collectif=collectif)


# --- what the screen shows ----------------------------------------------------------------------------------------------


def _choose(refused: list[tuple[str, str]] | None = None) -> str:
    seat = _seat()
    return render_template(
        "documents/import.html",
        audience=draft_audience(seat.collectif_id),
        errors=refused or [],
        page_errors=bool(refused),
        batch=new_public_id(),
        batches=waiting.batches_of(db(), reader(), seat),
        most=MOST_AT_ONCE,
        most_bytes=MOST_BYTES,
    )


def _mapping(batch: str, choices: list[Choice], canvas: list[CanvasView], errors: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "documents/mapping.html",
        audience=draft_audience(_seat().collectif_id),
        batch=batch,
        choices=choices,
        sections=[*((one.slug, french.typo(one.heading)) for one in canvas), (NOWHERE, "Ne pas reprendre")],
        errors=errors or [],
        page_errors=bool(errors),
    )


def _take(seat: MembershipView, batch: str, rank: int, file: FileStorage) -> str:
    """Read one file and keep it; the sentence that says why not, or nothing."""
    try:
        incoming = take_in(file.stream.read(MOST_BYTES + 1), file.filename or "")
        waiting.keep(db(), reader(), seat, batch, rank, incoming)
    except Unreadable as refusal:
        return str(refusal)
    except TooManyWait:
        return french.typo(TOO_MANY_WAIT)
    return ""


def _waits(number: int) -> str:
    """What is said of the documents of an import that were not taken."""
    waiting_still = french.count(number, "document attend encore", "documents attendent encore")
    return f" {waiting_still} sur la page « Importer un document »." if number else ""


def _waiting(batch: str) -> list[Waiting]:
    return waiting.waiting_in(db(), reader(), _seat(), batch) or abort(404)


def _seat() -> MembershipView:
    seat = space()
    if seat is None or seat.is_group:
        abort(404)
    return seat
