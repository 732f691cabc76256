"""The page of a recognition, for each of those who may open it, and what they do with it."""

from datetime import datetime

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex.access import AudienceView, audience_of, suspended_audience, thanks_audience
from rex.french import count
from rex.journal import recognition_queries as queries
from rex.journal import recognitions as acts
from rex.journal.cards import chips
from rex.journal.models import Audience, EntryKind
from rex.journal.recognition_models import Recognition
from rex.journal.recognition_queries import RecognitionPage
from rex.journal.under import EntryOnPage, parts_under
from rex.web import MEMBERS, db, enter_space, go, go_home, open_to, reader

bp = Blueprint("recognitions", __name__)

CHANGED = "Qui la lirait a changé depuis que vous avez ouvert cette page. Relisez, puis choisissez de nouveau"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/reconnaissances/<public_id:recognition_id>")
@open_to(MEMBERS)
def recognition(recognition_id: str) -> str:
    return _page(_found(recognition_id))


def _found(recognition_id: str) -> Recognition:
    found = queries.find_recognition(db(), reader(), recognition_id)
    if found is None:
        abort(404)
    enter_space(reader().seat(found.collectif_id) or reader().home)
    return found


def _page(found: Recognition, fault: str = "") -> str:
    page = queries.recognition_page(db(), reader(), found)
    if found.is_published and found.suspended_at is None:
        return _told_page(page)
    return _between_page(page, fault)


def _told_page(page: RecognitionPage) -> str:
    row = page.row
    assert row.audience is not None and row.published_at is not None
    audience = _read_by(row.audience, row.collectif_id, page.collectif_name, row.published_at)
    shown = EntryOnPage(
        row.id, row.public_id, EntryKind.RECOGNITION, row.collectif_id, row.audience, audience, row.title,
        (page.giver.user_id,), {},
    )
    return render_template(
        "recognitions/recognition.html",
        page=page,
        audience=audience,
        chips=chips(page.tags),
        parts=parts_under(shown),
        may_withdraw=page.is_giver or acts.may_answer_it(db(), reader(), row),
    )


def _between_page(page: RecognitionPage, fault: str) -> str:
    """For its giver, who reads the same page whatever the recipient decided; or for its recipient, who decides."""
    row = page.row
    if page.is_giver:
        audience = suspended_audience(row.collectif_id) if row.suspended_at else _between(page, [])
        if_accepted = acts.audience_if_accepted(db(), row)
        return render_template(
            "recognitions/given.html", page=page, audience=audience, chips=chips(page.tags),
            intended=_read_by(if_accepted, row.collectif_id, page.collectif_name) if if_accepted else None,
        )
    audience = None if acts.is_held_by_giver(db(), row) else acts.audience_if_accepted(db(), row)
    return render_template(
        "recognitions/received.html",
        page=page,
        audience=_between(page, [page.giver.name]),
        chips=chips(page.tags),
        readers=_read_by(audience, row.collectif_id, page.collectif_name) if audience else None,
        is_held=acts.is_held_by_giver(db(), row),
        fault=fault,
        page_errors=bool(fault),
    )


def _between(page: RecognitionPage, others: list[str]) -> AudienceView:
    """« lu par vous et l’équipe Voirie (3 personnes), personne d’autre »."""
    if page.row.to_service_id is None:
        return thanks_audience(page.row.collectif_id, others or [page.to_name])
    members = queries.number_of_recipients(db(), page.row)
    return thanks_audience(page.row.collectif_id, [*others, f"{page.to_name} ({count(members, 'personne')})"], 1 + members)


def _read_by(audience: Audience, collectif_id: int, collectif_name: str, told_at: datetime | None = None) -> AudienceView:
    return audience_of(db(), audience, collectif_id, collectif_name, told_at)


# --- what is done with it ----------------------------------------------------------------------------------------------------


@bp.post("/reconnaissances/<public_id:recognition_id>/publication")
@open_to(MEMBERS)
def accept(recognition_id: str) -> Response | tuple[str, int]:
    found = _to_answer(recognition_id)
    asked = next((a for a in Audience if a.value == request.form.get("audience")), None)
    if asked is None or not acts.publish_recognition(db(), reader(), found, asked):
        return _page(found, CHANGED), 422
    flash(f"Ce merci est {_where(found)}.")
    return go("recognitions.recognition", recognition_id=recognition_id)


@bp.post("/reconnaissances/<public_id:recognition_id>/garde")
@open_to(MEMBERS)
def keep(recognition_id: str) -> Response:
    found = _to_answer(recognition_id)
    acts.keep_between_us(db(), reader(), found)
    flash("Vous le gardez entre vous.")
    return go("recognitions.recognition", recognition_id=recognition_id)


@bp.post("/reconnaissances/<public_id:recognition_id>/refus")
@open_to(MEMBERS)
def decline(recognition_id: str) -> Response:
    found = _to_answer(recognition_id)
    if found.to_user_id is None:
        abort(403)
    acts.decline(db(), reader(), found)
    flash("Vous l’avez décliné. La personne qui l’a écrit ne l’apprend pas.")
    return _back_to_list(found, "thanks.received")


def _where(found: Recognition) -> str:
    return "dans le groupe" if found.intended is Audience.GROUPE else "dans le journal"


def _back_to_list(found: Recognition, endpoint: str) -> Response:
    """What is said in a group is listed in its room."""
    return go_home(reader().seat(found.collectif_id)) if found.intended is Audience.GROUPE else go(endpoint)


def _to_answer(recognition_id: str) -> Recognition:
    found = _found(recognition_id)
    if not acts.may_answer_it(db(), reader(), found):
        abort(403)
    return found


@bp.post("/reconnaissances/<public_id:recognition_id>/reprise")
@open_to(MEMBERS)
def take_back(recognition_id: str) -> Response:
    found = _found(recognition_id)
    if reader().user_id not in acts.givers_of(db(), found):
        abort(403)
    if not acts.take_back(db(), reader(), found):
        flash(f"Cette reconnaissance est déjà {_where(found)}. Vous pouvez l’en retirer.")
        return go("recognitions.recognition", recognition_id=recognition_id)
    flash("Votre merci est effacé.")
    return _back_to_list(found, "thanks.given")


@bp.get("/reconnaissances/<public_id:recognition_id>/retrait")
@open_to(MEMBERS)
def before_withdrawing(recognition_id: str) -> str | Response:
    found = _to_withdraw(recognition_id)
    if found.audience is None:
        return go("recognitions.recognition", recognition_id=recognition_id)
    page = queries.recognition_page(db(), reader(), found)
    audience = _read_by(found.audience, found.collectif_id, page.collectif_name, found.published_at)
    return render_template("recognitions/withdraw.html", page=page, audience=audience)


@bp.post("/reconnaissances/<public_id:recognition_id>/retrait")
@open_to(MEMBERS)
def withdraw(recognition_id: str) -> Response:
    found = _to_withdraw(recognition_id)
    acts.withdraw_from_journal(db(), reader(), found)
    flash(f"La reconnaissance n’est plus {_where(found)}.")
    return go("recognitions.recognition", recognition_id=recognition_id)


def _to_withdraw(recognition_id: str) -> Recognition:
    found = _found(recognition_id)
    if reader().user_id not in acts.givers_of(db(), found) and not acts.may_answer_it(db(), reader(), found):
        abort(403)
    return found
