"""« Relire »: an author's récit of a while ago, and what they read otherwise today."""

from flask import Blueprint, Flask, abort, flash, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from rex.access import AudienceView, audience_of
from rex.french import typo
from rex.journal import queries
from rex.journal.models import Audience, Recit, Section
from rex.journal.own_views import own_recit
from rex.journal.rereading import fault_of, find_rereading, reread, words_for_author
from rex.journal.together_models import Rereading
from rex.text import excerpt
from rex.web import MEMBERS, db, go, open_to, reader, space

bp = Blueprint("rereading", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/<public_id:recit_id>/relire")
@open_to(MEMBERS)
def before_rereading(recit_id: str) -> str:
    return _form(_told(recit_id))


@bp.post("/recits/<public_id:recit_id>/relire")
@open_to(MEMBERS)
def keep(recit_id: str) -> Response | tuple[str, int]:
    recit = _told(recit_id)
    words, told = request.form.get("autrement", ""), request.form.get("devant", "")
    fault = fault_of(words)
    if fault:
        return _form(recit, words, fault), 422
    shown = Audience(told) if told in set(Audience) else Audience(recit.audience)
    kept = reread(db(), reader(), recit, words, shown)
    flash("Votre relecture est à côté du récit.")
    return go("journal.recit", recit_id=recit_id, _anchor=f"relecture-{kept.public_id}")


@bp.get("/recits/<public_id:recit_id>/relectures/<public_id:rereading_id>/retrait")
@open_to(MEMBERS)
def before_removing(recit_id: str, rereading_id: str) -> str:
    kept = _own(recit_id, rereading_id)
    return render_template(
        "journal/remove_own.html",
        heading=typo("Retirer cette relecture ?"),
        words=excerpt(words_for_author(db(), kept), 400),
        sentence="Elle disparaît d’à côté du récit. Le récit reste comme il est.",
        action=url_for("rereading.remove", recit_id=recit_id, rereading_id=rereading_id),
        button="Retirer cette relecture",
        back_url=url_for("journal.recit", recit_id=recit_id),
    )


@bp.post("/recits/<public_id:recit_id>/relectures/<public_id:rereading_id>/retrait")
@open_to(MEMBERS)
def remove(recit_id: str, rereading_id: str) -> Response:
    db().delete(_own(recit_id, rereading_id))
    flash("Votre relecture est retirée.")
    return go("journal.recit", recit_id=recit_id)


def _told(recit_id: str) -> Recit:
    """A published récit, for one of its authors."""
    recit = own_recit(recit_id)
    if not recit.is_published or recit.suspended_at is not None:
        abort(404)
    return recit


def _own(recit_id: str, rereading_id: str) -> Rereading:
    """What the reader said of a récit of theirs: 403 for what a co-author said."""
    kept = find_rereading(db(), _told(recit_id), rereading_id)
    if kept is None:
        abort(404)
    if kept.author_id != reader().user_id:
        abort(403)
    return kept


def _readers(recit: Recit) -> AudienceView:
    seat = space()
    place = seat.collectif_name if seat else ""
    return audience_of(db(), Audience(recit.audience), recit.collectif_id, place, recit.published_at)


def _form(recit: Recit, words: str = "", fault: str = "") -> str:
    rows = db().execute(
        select(Section.slug, Section.heading, Section.html).where(Section.entry_id == recit.id).order_by(Section.position)
    )
    return render_template(
        "journal/reread.html",
        recit=recit,
        sections=[queries.SectionView(*row) for row in rows],
        audience=_readers(recit),
        words=words,
        fault=typo(fault),
        page_errors=bool(fault),
    )
