"""Reading: the home of a collectif, the list of its récits, a récit, an action."""

from typing import Any

from flask import Blueprint, Flask, abort, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from rex import clock
from rex.access import audience_of, may_edit, may_write_in
from rex.collectifs.models import College
from rex.collectifs.queries import services_to_choose
from rex.journal import (
    attachment_views,
    boussole_views,
    canvas_views,
    co_author_views,
    consent_views,
    difficulty_views,
    editor_views,
    home_queries,
    inviting_views,
    latest_queries,
    list_queries,
    moving_views,
    notes_views,
    publication_views,
    queries,
    recognition_views,
    rereading_views,
    room_views,
    saving_views,
    thanks_views,
    versions_views,
)
from rex.journal.action_views import show_action
from rex.journal.canvas import canvas_of
from rex.journal.cards import chips, draft_items, entry_item, number_of_recits, told_items
from rex.journal.filters import NAMES, PERIODS, filters_from, without_each
from rex.journal.hanging_queries import hanging_from
from rex.journal.list_queries import Card
from rex.journal.models import Audience, EntryKind
from rex.journal.rereading import to_reread
from rex.journal.suspended_views import show_suspended
from rex.journal.under import EntryOnPage, parts_on_home, parts_under
from rex.referentiel.content import BALISES, ENJEUX
from rex.referentiel.markers import own_markers
from rex.web import MEMBERS, db, enter_space, open_to, reader, space

bp = Blueprint("journal", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    for part in (
        editor_views,
        saving_views,
        attachment_views,
        recognition_views,
        thanks_views,
        co_author_views,
        publication_views,
        consent_views,
        versions_views,
        boussole_views,
        canvas_views,
        difficulty_views,
        notes_views,
        inviting_views,
        rereading_views,
        room_views,
        moving_views,
    ):
        part.register(app)


@bp.get("/c/<slug:collectif>/")
@open_to(MEMBERS)
def home(collectif: str) -> str:
    seat = space()
    assert seat is not None
    if session.get("collectif") != collectif:
        session["collectif"] = collectif
    quarter = clock.quarter_of(clock.today(seat.timezone))
    per_enjeu = home_queries.recits_per_enjeu(db(), reader(), seat.collectif_id, quarter, seat.timezone)
    shown = home_queries.MANY if request.args.get("brouillons") == "tous" else home_queries.FEW
    drafts, others = home_queries.draft_lines(db(), reader(), seat, shown)
    return render_template(
        "journal/home.html",
        parts=parts_on_home(),
        to_reread=to_reread(db(), seat),
        drafts=draft_items(drafts, canvas_of(db(), seat.collectif_id)),
        other_drafts=others,
        told=told_items(latest_queries.latest_actions(db(), reader(), seat), seat.timezone),
        boussole=[
            {
                "code": e.code,
                "label": e.label,
                "url": url_for("journal.recits", collectif=collectif, enjeu=e.code, periode="trimestre"),
                "count": per_enjeu.get(e.code, 0),
            }
            for e in ENJEUX
        ],
    )


@bp.get("/c/<slug:collectif>/recits")
@open_to(MEMBERS)
def recits(collectif: str) -> str:
    seat = space()
    assert seat is not None
    filters = filters_from(request.args, clock.today(seat.timezone))
    page = list_queries.recits_of(db(), reader(), seat, filters, request.args.get("apres", ""))
    chosen: dict[str, Any] = {name: request.args[name] for name in NAMES if request.args.get(name)}
    best = None
    if not page.cards and not page.newer and not filters.is_empty:
        others = without_each(filters)
        counts = list_queries.count_each(db(), reader(), seat, [without for _, without in others])
        best = max(zip(counts, [name for name, _ in others], strict=True), default=None)
    own = [m for m in own_markers(db(), reader().slugs).values() if m.collectif_id == seat.collectif_id]
    return render_template(
        "journal/list.html",
        items=[entry_item(card, seat.timezone) for card in page.cards],
        older=url_for("journal.recits", collectif=collectif, **chosen, apres=page.older) if page.older else None,
        newest=url_for("journal.recits", collectif=collectif, **chosen) if page.newer else None,
        filters=filters,
        chosen=chosen,
        clear_url=url_for("journal.recits", collectif=collectif),
        best=best and (best[0], best[1], url_for("journal.recits", collectif=collectif, **_but(chosen, best[1]))),
        enjeux=[(e.code, e.label) for e in ENJEUX],
        balises=[(b.code, b.label) for b in BALISES] + [(m.code, m.label) for m in own],
        services=services_to_choose(db(), seat.collectif_id),
        colleges=[(c.value, c.label) for c in College],
        periods=PERIODS,
    )


def _but(chosen: dict[str, Any], name: str) -> dict[str, Any]:
    dropped = {"periode": ("periode", "du", "au")}.get(name, (name,))
    return {k: v for k, v in chosen.items() if k not in dropped}


@bp.get("/recits/<public_id:recit_id>")
@open_to(MEMBERS)
def recit(recit_id: str) -> str | Response:
    page = queries.recit_page(db(), reader(), recit_id)
    if page is None:
        own = queries.find_recit(db(), reader(), recit_id)
        if own is None:
            abort(404)
        return show_suspended(own) if own.is_published else redirect(url_for("editor.edition", recit_id=recit_id))
    card = page.card
    is_author = may_edit(reader(), card.collectif_id, page.author_ids)
    enter_space(reader().seat(card.collectif_id) or reader().home)
    audience = audience_of(db(), Audience(card.audience), card.collectif_id, page.collectif_name, card.published_at)
    shown = EntryOnPage(
        card.id, card.public_id, EntryKind.RECIT, card.collectif_id, Audience(card.audience), audience, card.title,
        tuple(page.author_ids), {section.slug: section.heading for section in page.sections},
    )
    return render_template(
        "journal/recit.html",
        page=page,
        card=card,
        parts=parts_under(shown),
        hanging=hanging_from(db(), reader(), card.id),
        chips=chips(card.tags),
        audience=audience,
        siblings=[{"label": page.tellers[s.id] or s.byline, "card": s} for s in page.siblings],
        is_author=is_author,
        over=number_of_recits(1 + len(page.siblings)),
        may_add=may_write_in(reader(), card.collectif_id),
        readers_url=_readers_url(card, is_author),
    )


@bp.get("/actions/<public_id:action_id>")
@open_to(MEMBERS)
def action(action_id: str) -> str:
    return show_action(action_id, request.args.get("vue", ""))


def _readers_url(card: Card, is_author: bool) -> str:
    """Who reads it, precisely: the names for its authors, the members of the journal, or the rule."""
    seat = space()
    if is_author:
        return url_for("publication.readers", recit_id=card.public_id, audience=card.audience.value)
    if card.audience is Audience.COLLECTIF and seat and seat.collectif_id == card.collectif_id:
        return url_for("collectifs.members", collectif=seat.collectif_slug)
    return url_for("pages.who_reads_what")
