"""« Inviter à écrire », and what the invited person answers."""

from collections.abc import Sequence

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex.access import may_write_in
from rex.french import fold, typo
from rex.journal.action_queries import ActionPage, action_page
from rex.journal.inviting import (
    MOST_FOUND,
    MOST_NAMES,
    Somebody,
    answer_invitation,
    invite,
    like_this_name,
    of_this_name,
    people_to_invite,
    shown_name,
)
from rex.web import MEMBERS, db, enter_space, go, open_to, reader

bp = Blueprint("inviting", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/actions/<public_id:action_id>/inviter")
@open_to(MEMBERS)
def before_inviting(action_id: str) -> str:
    page = _action(action_id)
    return _form(page, _people(page))


@bp.post("/actions/<public_id:action_id>/inviter")
@open_to(MEMBERS)
def invite_somebody(action_id: str) -> Response | tuple[str, int]:
    page = _action(action_id)
    people = _people(page)
    chosen, typed = request.form.get("membre", ""), " ".join(request.form.get("nom", "").split())
    sure = [person for person in people if person.seat_id == chosen] if chosen else of_this_name(people, typed)
    if len(sure) != 1:
        among = (sure or like_this_name(people, typed))[:MOST_FOUND]
        return _form(page, people, typed=typed, among=among, fault=_fault(page, typed, sure, among)), 422
    invite(db(), reader(), page.id, page.recits[-1].card.id, sure[0].user_id)
    flash(f"{sure[0].name} a une invitation à raconter cette action. Sa réponse lui appartient.")
    return go("journal.action", action_id=action_id)


@bp.post("/actions/<public_id:action_id>/invitation/refus")
@open_to(MEMBERS)
def not_this_time(action_id: str) -> Response:
    """« Pas cette fois »: who invited is told nothing."""
    page = _action(action_id)
    answer_invitation(db(), reader(), page.id)
    flash("C’est noté. La personne qui vous a invité n’en est pas avertie.")
    return go("journal.action", action_id=action_id)


def _action(action_id: str) -> ActionPage:
    """An action that the reader may tell too: 404 for who reads none of its récits, 403 for who is of another collectif."""
    page = action_page(db(), reader(), action_id)
    if page is None:
        abort(404)
    if not may_write_in(reader(), page.collectif_id):
        abort(403)
    enter_space(reader().seat(page.collectif_id))
    return page


def _people(page: ActionPage) -> list[Somebody]:
    tellers = [author.user_id for recit in page.recits for author in recit.signing]
    newest = max(recit.card.published_at for recit in page.recits)
    return people_to_invite(db(), reader(), page.collectif_id, tellers, newest)


def _fault(page: ActionPage, typed: str, sure: list[Somebody], among: list[Somebody]) -> str:
    if among:
        return "Plusieurs personnes ont ce nom : choisissez" if len(sure) > 1 else "Choisissez la personne"
    if not typed:
        return "Écrivez le nom de la personne"
    told = {author.name for recit in page.recits for author in recit.signing}
    if any(fold(typed) == fold(name) for name in told):
        return "Cette personne a déjà raconté cette action"
    return f"Personne ne porte ce nom dans {'ce groupe' if page.collectif_id in reader().group_ids else 'ce journal'}"


def _form(page: ActionPage, people: list[Somebody], *, typed: str = "", among: Sequence[Somebody] = (), fault: str = "") -> str:
    return render_template(
        "journal/invite.html",
        page=page,
        names=[shown_name(person, people) for person in people[:MOST_NAMES]],
        typed=typed,
        among=among,
        fault=typo(fault),
        page_errors=bool(fault),
    )
