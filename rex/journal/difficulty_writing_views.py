"""Noting a difficulty alone, and correcting one: one field to fill, the rest is optional."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex import french
from rex.access import MembershipView, audience_of
from rex.french import typo
from rex.journal import difficulties
from rex.journal.difficulty_forms import MOST_TAGS, faults_of, proposed_for, written_from
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_own_views import (
    STILL_SUSPENDED,
    audience_now,
    audiences_for,
    chosen_audience,
    form_context,
    own_difficulty,
)
from rex.journal.difficulty_sealing import Written, as_told, version_of
from rex.journal.models import Stance
from rex.journal.noted_already import already_noted
from rex.journal.picker import markers_of
from rex.web import MEMBERS, db, enter_space, go, open_to, reader, space

bp = Blueprint("difficulty_writing", __name__)

NO_MEMBER = "Vous n’êtes plus membre de ce journal. Relisez qui vous lira ici, puis partagez"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/difficultes/nouvelle")
@open_to(MEMBERS)
def new() -> str:
    return _new_page(_space_of(request.args.get("collectif", ""), request.args.get("groupe", "")), Written())


@bp.post("/difficultes/nouvelle")
@open_to(MEMBERS)
def share() -> Response | tuple[str, int]:
    named = request.form.get("collectif", "")
    seat = _space_of(named, request.form.get("groupe", ""))
    written = written_from(request.form, markers_of(db(), reader(), seat.collectif_id))
    faults = faults_of(written)
    if named and named != seat.collectif_slug and not seat.is_group:  # its button named the members of another journal
        faults.append(("mots", typo(NO_MEMBER)))
    if faults:
        return _new_page(seat, written, faults), 422
    audience = chosen_audience(request.form.get("audience", ""), seat)
    before = already_noted(db(), reader(), seat, audience, written)
    if before is not None:
        more = difficulties.correct(db(), before, written)
        flash("Vous l’avez déjà dit. Ses balises sont maintenant celles-ci." if more else "Vous l’avez déjà dit.")
        return go("difficulties.difficulty", difficulty_id=before.public_id)
    noted = difficulties.share(db(), reader(), seat, audience, written)
    count = audience_of(db(), audience, seat.collectif_id, seat.collectif_name).count
    readers = french.count(count, "personne peut la lire", "personnes peuvent la lire")
    flash(f"Votre difficulté est partagée. {readers}.")
    return go("difficulties.difficulty", difficulty_id=noted.public_id)


@bp.post("/difficultes/propositions")
@open_to(MEMBERS)
def propose() -> str:
    """The balises that words not yet shared propose, as a fragment of the form; nothing is kept."""
    seat = _space_of(request.form.get("collectif", ""), request.form.get("groupe", ""))
    written = written_from(request.form, markers_of(db(), reader(), seat.collectif_id))
    return render_template("difficulties/_proposed.html", proposed=proposed_for(f"{written.words}\n\n{written.effect}", {}))


@bp.get("/difficultes/<public_id:difficulty_id>/modification")
@open_to(MEMBERS)
def before_correcting(difficulty_id: str) -> str | Response:
    difficulty, seat = own_difficulty(difficulty_id)
    if not difficulty.is_published:
        return go("difficulty_life.before_sharing_again", difficulty_id=difficulty_id)
    return _correction_page(difficulty_id, seat, as_told(db(), difficulty))


@bp.post("/difficultes/<public_id:difficulty_id>/modification")
@open_to(MEMBERS)
def correct(difficulty_id: str) -> Response | tuple[str, int]:
    difficulty, seat = own_difficulty(difficulty_id, hold=True)
    if not difficulty.is_published:
        return go("difficulty_life.before_sharing_again", difficulty_id=difficulty_id)
    written = written_from(request.form, markers_of(db(), reader(), seat.collectif_id))
    if difficulty.section_slug:
        written = Written(difficulty.words, written.effect, written.tags)
    faults = faults_of(written)
    if faults:
        return _correction_page(difficulty_id, seat, written, faults), 422
    told = as_told(db(), difficulty)
    if request.form.get("base") not in (None, version_of(told)) and written != told:
        return _correction_page(difficulty_id, seat, written, other=told), 409
    changed = difficulties.correct(db(), difficulty, written)
    flash(_what_happened(difficulty, changed))
    return go("difficulties.difficulty", difficulty_id=difficulty_id)


@bp.post("/difficultes/<public_id:difficulty_id>/balises")
@open_to(MEMBERS)
def add_balise(difficulty_id: str) -> Response:
    """One click on a balise that the text proposes."""
    difficulty, seat = own_difficulty(difficulty_id, hold=True)
    code = request.form.get("ajouter", "")
    told = as_told(db(), difficulty)
    known = {marker.code for marker in markers_of(db(), reader(), seat.collectif_id)}
    if difficulty.is_published and code in known and code not in told.tags and len(told.tags) < MOST_TAGS:
        difficulties.correct(db(), difficulty, Written(told.words, told.effect, {**told.tags, code: Stance.ILLUSTRE}))
        flash("La balise est ajoutée.")
    return go("difficulties.difficulty", difficulty_id=difficulty_id)


def _space_of(slug: str, group: str) -> MembershipView:
    """The group or the collectif that the address or the form names, else that of the last page. A group that is not theirs is
    nothing: what is written for it goes nowhere else."""
    seat = reader().in_group(group) if group else reader().in_collectif(slug) or space()
    if seat is None:
        abort(404)
    enter_space(seat)
    return seat


def _new_page(seat: MembershipView, written: Written, faults: list[tuple[str, str]] | None = None) -> str:
    audiences = audiences_for(seat)
    return render_template(
        "difficulties/new.html",
        audience=audiences[0],
        wider=audiences[1:],
        errors=faults or [],
        page_errors=bool(faults),
        **form_context(seat, written),
    )


def _what_happened(difficulty: Difficulty, changed: bool) -> str:
    if not changed:
        return "Rien n’a changé."
    return STILL_SUSPENDED if difficulty.suspended_at else "La modification est publiée."


def _correction_page(
    difficulty_id: str,
    seat: MembershipView,
    written: Written,
    faults: list[tuple[str, str]] | None = None,
    other: Written | None = None,
) -> str:
    """`other`: what it says since another window, or another author, changed it."""
    difficulty, _ = own_difficulty(difficulty_id)
    return render_template(
        "difficulties/correct.html",
        difficulty=difficulty,
        audience=audience_now(difficulty, seat),
        base=version_of(as_told(db(), difficulty)),
        other=other,
        errors=faults or [],
        page_errors=bool(faults) or other is not None,
        **form_context(seat, written),
    )
