"""Inter-territoires: the same page over what all collectifs opened to the réseau, for the members of any of them."""

from flask import Blueprint, Flask, abort

from rex.trends.asked import Place
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
