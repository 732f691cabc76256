"""« Tendances »: the page of a journal, and the entries behind each of its figures."""

from flask import Blueprint, Flask

from rex.notices.of_readings import speak_of_readings
from rex.reports.beside import hand_over
from rex.reports.models import READING
from rex.trends import (
    export_views,
    jalon_views,
    reading_correcting_views,
    reading_judging_views,
    reading_list_views,
    reading_views,
    reseau_views,
)
from rex.trends.judged import OfReadings
from rex.trends.said import ReadingsSaid
from rex.trends.shared_views import draw_entries, draw_page, place_here
from rex.web import MEMBERS, open_to

bp = Blueprint("trends", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    readings = reading_views, reading_correcting_views, reading_list_views, reading_judging_views
    for part in (reseau_views, jalon_views, *readings, export_views):
        part.register(app)
    hand_over(READING, OfReadings())
    speak_of_readings("trends", ReadingsSaid())


@bp.get("/c/<slug:collectif>/tendances")
@open_to(MEMBERS)
def trends(collectif: str) -> str:
    return draw_page(place_here())


@bp.get("/c/<slug:collectif>/tendances/entrees")
@open_to(MEMBERS)
def entries(collectif: str) -> str:
    """What a figure counts; its address says which."""
    return draw_entries(place_here())
