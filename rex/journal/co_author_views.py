"""The pages of those who sign together: who signs, who is invited, and the answer of the invited person."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex.access import draft_audience
from rex.journal.co_authors import (
    Asking,
    LastAuthor,
    NotInvited,
    accept,
    asking,
    decline,
    invitable,
    invite,
    invited,
    leave,
    take_invitation_back,
)
from rex.journal.consents import asked, current_authors
from rex.journal.drafts import read_draft
from rex.journal.models import Recit
from rex.journal.newcomers import waiting_to_sign
from rex.journal.own_views import co_authors, not_yet, own_recit
from rex.journal.publishing import title_of
from rex.web import MEMBERS, db, enter_space, go, go_home, open_to, reader

bp = Blueprint("co_authors", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/<public_id:recit_id>/co-auteurs")
@open_to(MEMBERS)
def authors(recit_id: str) -> str:
    return _page(own_recit(recit_id))


@bp.post("/recits/<public_id:recit_id>/co-auteurs")
@open_to(MEMBERS)
def invite_author(recit_id: str) -> Response | tuple[str, int]:
    recit = own_recit(recit_id)
    try:
        name = invite(db(), reader(), recit, request.form.get("nom", ""))
    except NotInvited as refusal:
        return _page(recit, [("nom", str(refusal))]), 422
    flash(f"L’invitation est partie. {name} ne lira le texte qu’après avoir accepté.")
    return go("co_authors.authors", recit_id=recit_id)


@bp.post("/recits/<public_id:recit_id>/co-auteurs/reprise")
@open_to(MEMBERS)
def take_back_invitation(recit_id: str) -> Response:
    recit = own_recit(recit_id)
    if take_invitation_back(db(), recit, request.form.get("invitation", "")):
        flash("L’invitation est reprise.")
    else:
        flash("Cette invitation n’attend plus de réponse.")
    return go("co_authors.authors", recit_id=recit_id)


@bp.get("/recits/<public_id:recit_id>/co-auteurs/depart")
@open_to(MEMBERS)
def before_leaving(recit_id: str) -> str:
    recit = own_recit(recit_id)
    return render_template("journal/leave.html", recit=recit, title=_title(recit), others=co_authors(recit))


@bp.post("/recits/<public_id:recit_id>/co-auteurs/depart")
@open_to(MEMBERS)
def leave_recit(recit_id: str) -> Response:
    recit = own_recit(recit_id)
    seat = reader().seat(recit.collectif_id)
    try:
        leave(db(), reader(), recit)
    except LastAuthor:
        flash("Vous êtes la dernière personne à pouvoir répondre de ce récit. Votre signature reste.")
        return go("co_authors.authors", recit_id=recit_id)
    flash("Vous ne signez plus ce récit.")
    if recit.is_published or seat is None:
        return go("journal.recit", recit_id=recit_id)
    return go_home(seat)


@bp.get("/recits/<public_id:recit_id>/invitation")
@open_to(MEMBERS)
def invitation(recit_id: str) -> str | Response:
    ask = _asking(recit_id)
    if isinstance(ask, Response):
        return ask
    return render_template("journal/invited.html", recit_id=recit_id, ask=ask)


@bp.post("/recits/<public_id:recit_id>/invitation")
@open_to(MEMBERS)
def accept_invitation(recit_id: str) -> Response:
    ask = _asking(recit_id)
    if isinstance(ask, Response):
        return ask
    try:
        accept(db(), reader(), ask)
    except PermissionError:
        abort(404)
    flash("Vous signez ce récit. Ses autres auteurs le savent.")
    return go("editor.edition", recit_id=recit_id)


@bp.post("/recits/<public_id:recit_id>/invitation/refus")
@open_to(MEMBERS)
def decline_invitation(recit_id: str) -> Response:
    ask = _asking(recit_id)
    if isinstance(ask, Response):
        return ask
    decline(db(), reader(), ask)
    seat = reader().seat(ask.collectif_id)
    flash("C’est noté. Vous ne signez pas ce récit.")
    return go_home(seat)


def _asking(recit_id: str) -> Asking | Response:
    """The invitation of this address; who signs already is sent to the récit, others are not asked anything."""
    ask = asking(db(), reader(), recit_id)
    if ask is not None:
        enter_space(reader().seat(ask.collectif_id))
        return ask
    own_recit(recit_id)
    return go("editor.edition", recit_id=recit_id)


def _page(recit: Recit, faults: list[tuple[str, str]] | None = None) -> str:
    signing, others, late = current_authors(db(), recit), co_authors(recit), waiting_to_sign(db(), recit)
    return render_template(
        "journal/co_authors.html",
        recit=recit,
        title=_title(recit),
        audience=draft_audience(recit.collectif_id, others, of_published=recit.is_published),
        others=others,
        signing=[("Vous" if user_id == reader().user_id else name, user_id in late) for user_id, name in signing],
        invited=invited(db(), recit),
        names=invitable(db(), reader(), recit),
        asked_name=request.form.get("nom", ""),
        errors=faults or [],
        page_errors=bool(faults),
        waits_for_consent=asked(db(), recit) is not None,
    )


def _title(recit: Recit) -> str:
    return title_of(read_draft(db(), reader(), recit) or not_yet(recit)) or "Sans titre pour l’instant"
