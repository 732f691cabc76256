"""Who will read: the page that says it, then publish, correct, widen, narrow, withdraw, delete.

The words, the count and the names shown here come from `rex.access`, which is also what enforces them."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from rex import french
from rex.access import AudienceView, audience_of, draft_audience
from rex.collectifs.models import Collectif
from rex.journal import queries
from rex.journal.attachments import to_describe
from rex.journal.consents import ask, current_authors, needs_consent
from rex.journal.deleting import ask_deletion, object_to_deletion
from rex.journal.drafts import DraftView, published_copy, read_draft
from rex.journal.models import Audience, Recit
from rex.journal.newcomers import waiting_to_sign
from rex.journal.own_views import own_recit, sections_to_choose_in
from rex.journal.publishing import (
    Incomplete,
    change_audience,
    changes_what_is_read,
    default_teller,
    missing_from,
    publish,
    title_of,
    withdraw,
)
from rex.journal.readers import distant_readers, named_in, names_of_readers
from rex.journal.versions import versions_of
from rex.web import MEMBERS, db, go, go_home, open_to, reader, space

bp = Blueprint("publication", __name__)

STILL_SUSPENDED = "C’est enregistré. Votre récit reste suspendu : ses auteurs seuls le lisent, jusqu’à son rétablissement."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/<public_id:recit_id>/publication")
@open_to(MEMBERS)
def choose(recit_id: str) -> str | tuple[str, int]:
    recit = own_recit(recit_id)
    return _page(recit)


@bp.post("/recits/<public_id:recit_id>/publication")
@open_to(MEMBERS)
def decide(recit_id: str) -> Response | tuple[str, int]:
    """Publish for the audience named on the button that was pressed; « brouillon » leaves it a draft."""
    recit = own_recit(recit_id)
    chosen = request.form.get("publier") or request.form.get("audience", "")
    if chosen == "brouillon" and not recit.is_published:
        flash("Votre récit reste un brouillon.")
        return go("editor.edition", recit_id=recit_id)
    return publish_for(recit, chosen)


def publish_for(recit: Recit, chosen: str) -> Response | tuple[str, int]:
    """Publish, correct, widen or narrow; or ask the other authors first."""
    view = next((view for view in _choices(recit) if view.kind == chosen), None)
    if view is None:
        return _page(recit, [("audience", "Choisissez qui lira ce récit")]), 422
    audience, was = Audience(chosen), recit.audience
    if needs_consent(recit, audience, current_authors(db(), recit)):
        return _ask_the_others(recit, audience)
    read_before = (recit.corrected_at, recit.teller)
    try:
        publish(db(), reader(), recit, audience, request.form.get("teller", ""))
    except Incomplete as refusal:
        return _page(recit, refusal.faults), 422
    if was is not None and audience is not was:
        change_audience(db(), recit, audience)
    is_changed = (recit.corrected_at, recit.teller) != read_before
    flash(STILL_SUSPENDED if recit.suspended_at else _what_happened(was, audience, view.count, is_changed))
    return go("journal.recit", recit_id=recit.public_id)


@bp.get("/recits/<public_id:recit_id>/lecteurs/<string:audience>")
@open_to(MEMBERS)
def readers(recit_id: str, audience: str) -> str:
    """The names of those who would read it: for its authors."""
    recit = own_recit(recit_id)
    view = next((view for view in _choices(recit) if view.kind == audience), None)
    if view is None:
        abort(404)
    people = names_of_readers(db(), Audience(audience), recit.collectif_id, recit.published_at)
    return render_template("journal/readers.html", recit=recit, view=view, people=people)


@bp.get("/recits/<public_id:recit_id>/retrait")
@open_to(MEMBERS)
def before_withdrawing(recit_id: str) -> str:
    recit = own_recit(recit_id)
    if not recit.is_published:
        abort(404)
    return render_template(
        "journal/withdraw.html",
        recit=recit,
        has_changes=read_draft(db(), reader(), recit) is not None,
        audience=_audience(recit, Audience(recit.audience)),
    )


@bp.post("/recits/<public_id:recit_id>/retrait")
@open_to(MEMBERS)
def withdraw_recit(recit_id: str) -> Response:
    recit = own_recit(recit_id)
    if recit.is_published:
        withdraw(db(), reader(), recit)
        flash("Votre récit est retiré. Il est redevenu un brouillon.")
    return go("editor.edition", recit_id=recit_id)


@bp.get("/recits/<public_id:recit_id>/suppression")
@open_to(MEMBERS)
def before_deleting(recit_id: str) -> str:
    recit = own_recit(recit_id)
    draft = read_draft(db(), reader(), recit)
    asked_by = {recit.deletion_asked_by_id} if recit.deletion_asked_at else set()
    others = {user_id: name for user_id, name in current_authors(db(), recit) if user_id != reader().user_id}
    return render_template(
        "journal/delete.html",
        recit=recit,
        title=draft.title if draft else recit.title,
        co_authors=list(others.values()),
        is_at_once=not others or others.keys() == asked_by,
    )


@bp.post("/recits/<public_id:recit_id>/suppression")
@open_to(MEMBERS)
def delete_recit(recit_id: str) -> Response:
    recit = own_recit(recit_id)
    if recit.is_published:
        abort(403)
    seat = space()
    if seat is None:
        abort(404)
    if ask_deletion(db(), reader(), recit, [user_id for user_id, _ in current_authors(db(), recit)]):
        flash("Votre brouillon est supprimé.")
        return go_home(seat)
    flash("La suppression est demandée. Sans objection des autres auteurs, elle aura lieu dans trente jours.")
    return go("editor.edition", recit_id=recit_id)


@bp.post("/recits/<public_id:recit_id>/suppression/objection")
@open_to(MEMBERS)
def object_to(recit_id: str) -> Response:
    recit = own_recit(recit_id)
    object_to_deletion(db(), recit)
    flash("Le récit est gardé. La demande de suppression est levée.")
    return go("editor.edition", recit_id=recit_id)


def _ask_the_others(recit: Recit, audience: Audience) -> Response | tuple[str, int]:
    draft = read_draft(db(), reader(), recit) or published_copy(db(), recit)
    faults = missing_from(draft)
    if faults:
        return _page(recit, faults), 422
    ask(db(), reader(), recit, audience, request.form.get("teller", "").strip())
    flash("Votre demande est partie. Rien n’est publié tant que chacun n’a pas dit oui.")
    return go("consent.consent", recit_id=recit.public_id)


def _page(recit: Recit, faults: list[tuple[str, str]] | None = None) -> str:
    seat = space()
    assert seat is not None
    copy = read_draft(db(), reader(), recit)
    draft = copy or (published_copy(db(), recit) if recit.is_published else DraftView())
    authors = queries.authors_of(db(), recit.id)
    signing = current_authors(db(), recit)
    others = [name for user_id, name in signing if user_id != reader().user_id]
    author_ids = {author.user_id for author in authors if author.user_id}
    choices = _choices(recit)
    return render_template(
        "journal/publication.html",
        recit=recit,
        title=title_of(draft) or "Sans titre pour l’instant",
        co_authors=[author.name for author in authors if author.user_id != reader().user_id],
        draft_choice=draft_audience(recit.collectif_id, others),
        two_versions=sections_to_choose_in(recit, draft),
        choices=choices,
        chosen=_checked(recit, choices),
        examples={
            v.kind: distant_readers(db(), seat, Audience(v.kind), but=author_ids, told_at=recit.published_at) for v in choices
        },
        to_describe=to_describe(draft.sections),
        named=named_in(db(), recit.collectif_id, draft, but=author_ids),
        teller=request.form.get("teller") or recit.teller or _teller_before(recit) or default_teller(db(), reader(), seat),
        has_changes=(recit.is_published and copy is not None and changes_what_is_read(db(), recit, copy))
        or bool(waiting_to_sign(db(), recit)),
        errors=faults if faults is not None else missing_from(draft),
        page_errors=faults is not None,
        may_publish=not missing_from(draft),
        asks={view.kind: needs_consent(recit, Audience(view.kind), signing) for view in choices},
        others=others,
    )


def _checked(recit: Recit, choices: list[AudienceView]) -> str:
    """The radio that comes checked: what was chosen, else what it is, else the journal."""
    asked = request.form.get("audience", "")
    possible = {view.kind for view in choices} | (set() if recit.is_published else {"brouillon"})
    if asked in possible:
        return asked
    return recit.audience.value if recit.audience else choices[0].kind


def _teller_before(recit: Recit) -> str:
    """How a récit that was withdrawn was named when it was read."""
    kept = versions_of(db(), reader(), recit) if recit.withdrawn_at else []
    return kept[0].teller if kept else ""


def _choices(recit: Recit) -> list[AudienceView]:
    """The audiences that the space allows: the réseau exists from two collectifs on. A group's récit is told in the group."""
    seat = space()
    if seat is not None and seat.is_group:
        return [_audience(recit, Audience.GROUPE)]
    several = len(db().scalars(select(Collectif.id).limit(2)).all()) > 1
    audiences = [Audience.COLLECTIF, Audience.RESEAU] if several or recit.audience is Audience.RESEAU else [Audience.COLLECTIF]
    return [_audience(recit, audience) for audience in audiences]


def _audience(recit: Recit, audience: Audience) -> AudienceView:
    seat = space()
    return audience_of(db(), audience, recit.collectif_id, seat.collectif_name if seat else "", recit.published_at)


def _what_happened(was: Audience | None, now: Audience, count: int, is_changed: bool) -> str:
    readers = french.count(count, "personne") + (" peuvent le lire." if count > 1 else " peut le lire.")
    if was is None:
        return f"Votre récit est dans le {'groupe' if now is Audience.GROUPE else 'journal'}. {readers}"
    if now.width < was.width:
        return f"Votre récit n’est plus ouvert au réseau. {readers}"
    if now.width > was.width:
        return f"Votre récit est ouvert au réseau. {readers}"
    if not is_changed:
        return f"Rien n’a changé. {readers}"
    return f"La modification est publiée. {readers.replace(' le lire', ' la lire')}"
