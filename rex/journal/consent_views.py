"""The page on which the authors of a récit say yes, or not yet."""

from flask import Blueprint, Flask, abort, flash, render_template
from werkzeug.wrappers import Response

from rex import clock
from rex.access import audience_of
from rex.french import joined, of_name
from rex.journal.consents import Asked, agree, asked, publish_without_silent, take_back
from rex.journal.drafts import published_copy, read_draft
from rex.journal.models import Audience, Recit
from rex.journal.own_views import own_recit, sections_to_choose_in
from rex.journal.publishing import Incomplete
from rex.web import MEMBERS, db, go, open_to, reader, space

bp = Blueprint("consent", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/<public_id:recit_id>/accord")
@open_to(MEMBERS)
def consent(recit_id: str) -> str | Response:
    recit = own_recit(recit_id)
    waiting = asked(db(), recit)
    seat = space()
    if waiting is None or seat is None:
        return go("publication.choose", recit_id=recit_id)
    draft = published_copy(db(), recit) if recit.is_published else read_draft(db(), reader(), recit)
    return render_template(
        "journal/consent.html",
        recit=recit,
        title=draft.title if draft else "",
        two_versions=sections_to_choose_in(recit, draft),
        waiting=waiting,
        awaited_names=_awaited(waiting),
        is_awaited=waiting.awaits(reader()),
        is_asker=waiting.asked_by_id == reader().user_id,
        may_do_without=not recit.is_published and waiting.may_do_without(reader(), clock.now()),
        view=audience_of(db(), waiting.audience, recit.collectif_id, seat.collectif_name, recit.published_at),
    )


@bp.post("/recits/<public_id:recit_id>/accord")
@open_to(MEMBERS)
def say_yes(recit_id: str) -> Response:
    recit = own_recit(recit_id)
    try:
        if agree(db(), reader(), recit):
            flash(f"Chacun a dit oui. Votre récit est {_where(recit)}.")
            return go("journal.recit", recit_id=recit_id)
    except Incomplete:
        return _emptied(recit_id)
    flash("Votre accord est donné. Le récit paraîtra quand chacun aura dit oui.")
    return go("consent.consent", recit_id=recit_id)


@bp.post("/recits/<public_id:recit_id>/accord/retrait")
@open_to(MEMBERS)
def say_not_yet(recit_id: str) -> Response:
    recit = own_recit(recit_id)
    take_back(db(), recit)
    flash("La demande est levée. Rien n’a changé pour les lecteurs.")
    return go("editor.edition", recit_id=recit_id)


@bp.post("/recits/<public_id:recit_id>/accord/sans-reponse")
@open_to(MEMBERS)
def do_without(recit_id: str) -> Response:
    recit = own_recit(recit_id)
    try:
        silent = publish_without_silent(db(), reader(), recit)
    except PermissionError:
        abort(403)
    except Incomplete:
        return _emptied(recit_id)
    flash(f"Votre récit est {_where(recit)}, sans le nom ni les sections de {joined(silent)}.")
    return go("journal.recit", recit_id=recit_id)


def _awaited(waiting: Asked) -> list[str]:
    """Whose answer is awaited, as the reader says it: « la vôtre », then the others by name."""
    mine = ["la vôtre"] if waiting.awaits(reader()) else []
    others = [name for user_id, name in waiting.awaited if user_id != reader().user_id]
    return mine + [("celle " + of_name(name)) if mine else name for name in others]


def _where(recit: Recit) -> str:
    return "dans le groupe" if recit.audience is Audience.GROUPE else "dans le journal"


def _emptied(recit_id: str) -> Response:
    """What was agreed on lost its title or its last section meanwhile: nothing is published, and the page says what lacks."""
    db().rollback()
    flash("Le récit a changé depuis la demande : il lui manque un titre ou une section.")
    return go("publication.choose", recit_id=recit_id)
