"""Taking a difficulty back, telling it again, deleting it: what its authors may do once it is told."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex.access import AudienceView, MembershipView, audience_of, draft_audience, visible_recits
from rex.french import typo
from rex.journal import difficulties, passages_of_recits
from rex.journal.consents import current_authors
from rex.journal.deleting import ask_deletion, object_to_deletion
from rex.journal.difficulty_forms import faults_of, written_from
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_own_views import (
    STILL_SUSPENDED,
    audience_now,
    audiences_for,
    chosen_audience,
    form_context,
    own_difficulty,
)
from rex.journal.difficulty_sealing import Written, opened
from rex.journal.models import Audience, Entry, Recit
from rex.journal.picker import markers_of
from rex.web import MEMBERS, db, go, go_home, open_to, reader

bp = Blueprint("difficulty_life", __name__)

WIDER = "Ce récit est maintenant ouvert au réseau. Relisez qui vous lira, puis partagez"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/difficultes/<public_id:difficulty_id>/retrait")
@open_to(MEMBERS)
def before_withdrawing(difficulty_id: str) -> str:
    difficulty, seat = own_difficulty(difficulty_id)
    if not difficulty.is_published:
        abort(404)
    audience = audience_now(difficulty, seat)
    return render_template("difficulties/withdraw.html", difficulty=difficulty, audience=audience)


@bp.post("/difficultes/<public_id:difficulty_id>/retrait")
@open_to(MEMBERS)
def withdraw(difficulty_id: str) -> Response:
    difficulty, seat = own_difficulty(difficulty_id)
    difficulties.withdraw(db(), seat, difficulty)
    flash("Votre difficulté est retirée. Personne d’autre que ses auteurs ne la lit.")
    return go("difficulty_life.before_sharing_again", difficulty_id=difficulty_id)


@bp.get("/difficultes/<public_id:difficulty_id>/publication")
@open_to(MEMBERS)
def before_sharing_again(difficulty_id: str) -> str | Response:
    difficulty, seat = own_difficulty(difficulty_id)
    if difficulty.is_published:
        return go("difficulties.difficulty", difficulty_id=difficulty_id)
    return _page(difficulty, seat, opened(db(), seat, difficulty).written)


@bp.post("/difficultes/<public_id:difficulty_id>/publication")
@open_to(MEMBERS)
def share_again(difficulty_id: str) -> Response | tuple[str, int]:
    difficulty, seat = own_difficulty(difficulty_id)
    if difficulty.is_published:
        return go("difficulties.difficulty", difficulty_id=difficulty_id)
    written = written_from(request.form, markers_of(db(), reader(), seat.collectif_id))
    recit = _recit_of(difficulty)
    if difficulty.section_slug:  # its words are its récit's
        written = Written(opened(db(), seat, difficulty).written.words, written.effect, written.tags)
        if recit is None or not recit.is_published:
            abort(403)
    faults = faults_of(written)
    if faults:
        return _page(difficulty, seat, written, faults), 422
    chosen = request.form.get("audience", "")
    if recit is None:
        difficulties.share_again(db(), difficulty, chosen_audience(chosen, seat), written)
    else:
        told = Audience(chosen) if chosen in set(Audience) else Audience.COLLECTIF
        try:
            passages_of_recits.tell_again(db(), recit, difficulty, written, told)
        except passages_of_recits.NotThere:
            abort(403)
        except passages_of_recits.WiderThanTold:
            return _page(difficulty, seat, written, [("", typo(WIDER))]), 409
    flash(STILL_SUSPENDED if difficulty.suspended_at else "Votre difficulté est de nouveau partagée.")
    return go("difficulties.difficulty", difficulty_id=difficulty_id)


@bp.get("/difficultes/<public_id:difficulty_id>/suppression")
@open_to(MEMBERS)
def before_deleting(difficulty_id: str) -> str:
    difficulty, seat = own_difficulty(difficulty_id)
    if difficulty.is_published:
        abort(403)
    others = {user_id: name for user_id, name in current_authors(db(), difficulty) if user_id != reader().user_id}
    asked_by = {difficulty.deletion_asked_by_id} if difficulty.deletion_asked_at else set()
    return render_template(
        "difficulties/delete.html",
        difficulty=difficulty,
        words=opened(db(), seat, difficulty).written.words,
        others=list(others.values()),
        is_at_once=not others or others.keys() == asked_by,
    )


@bp.post("/difficultes/<public_id:difficulty_id>/suppression")
@open_to(MEMBERS)
def delete(difficulty_id: str) -> Response:
    difficulty, seat = own_difficulty(difficulty_id)
    if difficulty.is_published:
        abort(403)
    if ask_deletion(db(), reader(), difficulty, [user_id for user_id, _ in current_authors(db(), difficulty)]):
        flash("Votre difficulté est supprimée.")
        return go_home(seat) if seat.is_group else go("difficulties.difficulties_list", collectif=seat.collectif_slug)
    flash("La suppression est demandée. Sans objection des autres auteurs, elle aura lieu dans trente jours.")
    return go("difficulty_life.before_sharing_again", difficulty_id=difficulty_id)


@bp.post("/difficultes/<public_id:difficulty_id>/suppression/objection")
@open_to(MEMBERS)
def object_to(difficulty_id: str) -> Response:
    difficulty, _ = own_difficulty(difficulty_id)
    object_to_deletion(db(), difficulty)
    flash("La difficulté est gardée. La demande de suppression est levée.")
    return go("difficulty_life.before_sharing_again", difficulty_id=difficulty_id)


def _recit_of(difficulty: Difficulty) -> Recit | None:
    """The récit that it is a passage of, as this author may open it."""
    if difficulty.about_id is None:
        return None
    return db().scalars(visible_recits(reader()).where(Entry.id == difficulty.about_id)).first()


def _page(
    difficulty: Difficulty, seat: MembershipView, written: Written, faults: list[tuple[str, str]] | None = None
) -> str:
    recit = _recit_of(difficulty)
    others = [name for user_id, name in current_authors(db(), difficulty) if user_id != reader().user_id]
    choices: list[AudienceView] = []
    if not difficulty.section_slug:
        choices = audiences_for(seat)
    elif recit is not None and recit.is_published:
        told_at = recit.published_at
        choices = [audience_of(db(), Audience(recit.audience), seat.collectif_id, seat.collectif_name, told_at)]
    return render_template(
        "difficulties/again.html",
        difficulty=difficulty,
        recit=recit,
        now=draft_audience(seat.collectif_id, others),
        audience=choices[0] if choices else draft_audience(seat.collectif_id, others),
        choices=choices,
        errors=faults or [],
        page_errors=bool(faults),
        **form_context(seat, written),
    )
