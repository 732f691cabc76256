"""« Tendances »: the page of a journal, and the entries behind each of its figures."""

from flask import Blueprint, Flask, abort, render_template, request

from rex.journal.cards import chips
from rex.journal.models import EntryKind
from rex.tensions.queries import find_tension
from rex.trends import milestone_views, reading_views
from rex.trends.asked import Place
from rex.trends.entries import found_page, said_of, title_of
from rex.trends.figures import figure_from
from rex.trends.filtering import filters_of
from rex.trends.page import LEAST_RECITS, page_of
from rex.trends.shared_views import look_here, place_here
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("trends", __name__)

KINDS = {EntryKind.RECIT: "Récit", EntryKind.DIFFICULTY: "Difficulté", EntryKind.RECOGNITION: "Merci"}


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    for part in (milestone_views, reading_views):
        part.register(app)


@bp.get("/c/<slug:collectif>/tendances")
@open_to(MEMBERS)
def trends(collectif: str) -> str:
    look = look_here(place_here())
    page = page_of(look)
    return render_template(
        "trends/page.html",
        page=page,
        asked=look.asked,
        filters=filters_of(look),
        least=LEAST_RECITS,
    )


@bp.get("/c/<slug:collectif>/tendances/entrees")
@open_to(MEMBERS)
def entries(collectif: str) -> str:
    """What a figure counts; its address says which."""
    return draw_entries(place_here())


def draw_entries(place: Place) -> str:
    figure = figure_from(request.args)
    if figure is None:
        abort(404)
    look = look_here(place)
    tension = find_tension(db(), reader(), figure.tension) if figure.tension else None
    if figure.tension and tension is None:
        abort(404)
    found = found_page(look, figure, request.args.get("apres", ""))
    asked = look.asked
    return render_template(
        "trends/entries.html",
        asked=asked,
        heading=title_of(found.number, figure),
        said=said_of(look, figure, tension.title if tension else ""),
        items=[(one, KINDS[one.kind], chips(one.tags[:3])) for one in found.items],
        older=asked.at("/entrees", **figure.address, apres=found.older) if found.older else None,
        newest=asked.url_of(figure) if found.newer else None,
    )
