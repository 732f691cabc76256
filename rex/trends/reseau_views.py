"""Inter-territoires: the same page over what all collectifs opened to the réseau, for the members of any of them."""

from flask import Blueprint, Flask, Response, abort

from rex.trends.asked import Place
from rex.trends.export_views import draw_figures, draw_print, draw_report
from rex.trends.shared_views import draw_entries, draw_page
from rex.web import MEMBERS, open_to, space

bp = Blueprint("trends_of_reseau", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


def reseau() -> Place:
    """The réseau; its days are cut as those of the journal from which it is read."""
    seat = space()
    if seat is None or seat.is_group:
        abort(404)
    return Place(None, "", "Le réseau", seat.timezone)


@bp.get("/tendances")
@open_to(MEMBERS)
def trends() -> str:
    return draw_page(reseau())


@bp.get("/tendances/entrees")
@open_to(MEMBERS)
def entries() -> str:
    """What a figure counts; its address says which."""
    return draw_entries(reseau())


@bp.get("/tendances/exporter/<slug:sheet>")
@open_to(MEMBERS)
def figures(sheet: str) -> Response:
    return draw_figures(reseau(), sheet)


@bp.get("/tendances/rapport/<slug:ending>")
@open_to(MEMBERS)
def report(ending: str) -> Response:
    return draw_report(reseau(), ending)


@bp.get("/tendances/imprimer")
@open_to(MEMBERS)
def print_report() -> str:
    return draw_print(reseau())
