"""Reading difficulties: their list, the page of each, « Je vis ça aussi », the last ones on the home of a collectif."""

from typing import Any

from flask import Blueprint, Flask, abort, flash, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from rex import clock
from rex.access import AudienceView, audience_of, may_answer, may_edit, suspended_audience
from rex.collectifs.models import College, Service
from rex.french import typo
from rex.journal import difficulties, difficulty_life_views, difficulty_queries, difficulty_writing_views, passage_views, under
from rex.journal.cards import chips
from rex.journal.difficulty_forms import ECHO_TOO_LONG, MOST_ECHO, plain_words, proposed_for
from rex.journal.difficulty_items import difficulty_item, echo_words, where_it_stands
from rex.journal.difficulty_own_views import own_difficulty
from rex.journal.difficulty_queries import DifficultyPage, difficulty_page, find_difficulty
from rex.journal.filters import NAMES, PERIODS, filters_from
from rex.journal.models import Audience, EntryKind
from rex.journal.put_away import own_put_away
from rex.journal.under import EntryOnPage, parts_under
from rex.referentiel.content import BALISES, ENJEUX
from rex.referentiel.markers import own_markers
from rex.web import MEMBERS, db, enter_space, go, open_to, reader, space

bp = Blueprint("difficulties", __name__)
ON_HOME = 3


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    for part in (difficulty_writing_views, difficulty_life_views, passage_views):
        part.register(app)
    under.add_on_home("difficulties", _on_home)


def _on_home() -> dict[str, Any]:
    """The last difficulties of the journal (one statement)."""
    seat = space()
    if seat is None:
        abort(404)
    newest = difficulty_queries.latest_difficulties(db(), seat, ON_HOME)
    return {
        "items": [difficulty_item(one, seat.timezone) for one in newest],
        "list_url": url_for("difficulties.difficulties_list", collectif=seat.collectif_slug),
        "new_url": url_for("difficulty_writing.new", collectif=seat.collectif_slug),
    }


@bp.get("/c/<slug:collectif>/difficultes")
@open_to(MEMBERS)
def difficulties_list(collectif: str) -> str:
    seat = space()
    if seat is None:
        abort(404)
    filters = filters_from(request.args, clock.today(seat.timezone))
    page = difficulty_queries.difficulties_of(db(), reader(), seat, filters, request.args.get("apres", ""))
    services = db().execute(
        select(Service.public_id, Service.name)
        .where(Service.collectif_id == seat.collectif_id)
        .order_by(Service.folded_name)
    )
    own = [m for m in own_markers(db(), reader().slugs).values() if m.collectif_id == seat.collectif_id]
    chosen: dict[str, Any] = {name: request.args[name] for name in NAMES if request.args.get(name)}
    here = url_for("difficulties.difficulties_list", collectif=collectif, **chosen)
    older = url_for("difficulties.difficulties_list", collectif=collectif, **chosen, apres=page.older) if page.older else None
    return render_template(
        "difficulties/list.html",
        items=[difficulty_item(one, seat.timezone) for one in page.cards],
        put_away=[] if page.newer else own_put_away(db(), seat),
        older=older,
        newest=here if page.newer else None,
        filters=filters,
        chosen=chosen,
        clear_url=url_for("difficulties.difficulties_list", collectif=collectif),
        new_url=url_for("difficulty_writing.new", collectif=collectif),
        enjeux=[(e.code, e.label) for e in ENJEUX],
        balises=[(b.code, b.label) for b in BALISES] + [(m.code, m.label) for m in own],
        services=[(row.public_id, row.name) for row in services],
        colleges=[(c.value, c.label) for c in College],
        periods=PERIODS,
    )


@bp.get("/difficultes/<public_id:difficulty_id>")
@open_to(MEMBERS)
def difficulty(difficulty_id: str) -> str | Response:
    page = difficulty_page(db(), reader(), difficulty_id)
    if page is None:
        if find_difficulty(db(), reader(), difficulty_id) is None:
            abort(404)
        own_difficulty(difficulty_id)
        return go("difficulty_life.before_sharing_again", difficulty_id=difficulty_id)
    return _draw(page)


@bp.post("/difficultes/<public_id:difficulty_id>/echo")
@open_to(MEMBERS)
def echo(difficulty_id: str) -> Response | tuple[str, int]:
    """« Je vis ça aussi », with or without a sentence."""
    page = _told_page(difficulty_id)
    about = _on_page(page)
    if not _may_echo(page, about):
        abort(403)
    words = plain_words(request.form.get("mots", ""))
    if len(words) > MOST_ECHO:
        return _draw(page, echo_typed=words, echo_errors=[typo(ECHO_TOO_LONG)]), 422
    seat = reader().seat(page.card.collectif_id) or reader().home
    told = request.form.get("devant", "")
    shown = Audience(told) if told in set(Audience) else about.audience
    if difficulties.add_echo(db(), reader(), seat, about, words, shown):
        flash("C’est dit : vous vivez cela aussi.")
    return go("difficulties.difficulty", difficulty_id=difficulty_id, _anchor="echos")


@bp.post("/difficultes/<public_id:difficulty_id>/echo/retrait")
@open_to(MEMBERS)
def take_back_echo(difficulty_id: str) -> Response:
    page = _told_page(difficulty_id)
    difficulties.take_back_echo(db(), reader(), page.card.id)
    flash("Votre écho est retiré.")
    return go("difficulties.difficulty", difficulty_id=difficulty_id, _anchor="echos")


def _may_echo(page: DifficultyPage, about: EntryOnPage) -> bool:
    return reader().user_id not in page.author_ids and may_answer(reader(), about.audience, about.collectif_id)


def _told_page(difficulty_id: str) -> DifficultyPage:
    page = difficulty_page(db(), reader(), difficulty_id)
    if page is None or page.suspended_at is not None:
        abort(404)
    return page


def _on_page(page: DifficultyPage, view: AudienceView | None = None) -> EntryOnPage:
    card = page.card
    audience = Audience(card.audience)
    view = view or audience_of(db(), audience, card.collectif_id, page.collectif_name, card.published_at)
    return EntryOnPage(
        card.id, card.public_id, EntryKind.DIFFICULTY, card.collectif_id, audience, view, card.title, page.author_ids, {}
    )


def _draw(page: DifficultyPage, echo_typed: str = "", echo_errors: list[str] | None = None) -> str:
    card = page.card
    enter_space(reader().seat(card.collectif_id) or reader().home)
    shown = _on_page(page)
    is_author = may_edit(reader(), card.collectif_id, page.author_ids)
    is_told = page.suspended_at is None
    return render_template(
        "difficulties/page.html",
        page=page,
        card=card,
        audience=shown.audience_view if is_told else _suspended_view(page),
        readers_url=_readers_url(shown),
        chips=chips(card.tags),
        recit=where_it_stands(page),
        is_author=is_author,
        is_told=is_told,
        proposed=proposed_for(f"{page.words}\n\n{page.effect}", {}) if is_author and not card.tags else [],
        said=echo_words(len(page.echoes)),
        my_echo=next((one for one in page.echoes if one.user_id == reader().user_id), None),
        may_echo=is_told and _may_echo(page, shown),
        echo_typed=echo_typed,
        echo_errors=echo_errors or [],
        page_errors=bool(echo_errors),
        parts=parts_under(shown) if is_told else {},
    )


def _suspended_view(page: DifficultyPage) -> AudienceView:
    others = [author.name for author in page.authors if author.user_id != reader().user_id]
    return suspended_audience(page.card.collectif_id, others)


def _readers_url(shown: EntryOnPage) -> str:
    """Who reads it, precisely: the members of the journal, or the rule."""
    seat = space()
    if shown.audience is Audience.COLLECTIF and seat and seat.collectif_id == shown.collectif_id:
        return url_for("collectifs.members", collectif=seat.collectif_slug)
    return url_for("pages.who_reads_what")
