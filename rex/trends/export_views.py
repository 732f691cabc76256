"""What one takes out of the page of trends: its figures as sheets, the « rapport pour le CODIR », a page to print."""

from dataclasses import replace

from flask import Blueprint, Flask, Response, abort, flash, make_response, redirect, render_template

from rex.collectifs.capabilities import root_of_links
from rex.documents.export_views import file_answer
from rex.documents.several_views import shown_pieces
from rex.documents.to_page import NoPdf
from rex.trends.asked import Asked, Place
from rex.trends.file_names import named
from rex.trends.page import page_of
from rex.trends.report import FORMATS, kind_of, report_of
from rex.trends.shared_views import look_here, place_here
from rex.trends.sheets import SHEETS
from rex.trends.taken_out import TakenOut, take_out
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("trends_exports", __name__)

NO_PDF = "Cette installation ne fait pas de PDF. Imprimez cette page, et choisissez « Enregistrer en PDF »."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/tendances/exporter/<slug:sheet>")
@open_to(MEMBERS)
def figures(collectif: str, sheet: str) -> Response:
    """The figures of the page."""
    return draw_figures(place_here(), sheet)


@bp.get("/c/<slug:collectif>/tendances/rapport/<slug:ending>")
@open_to(MEMBERS)
def report(collectif: str, ending: str) -> Response:
    """The « rapport pour le CODIR »."""
    return draw_report(place_here(), ending)


@bp.get("/c/<slug:collectif>/tendances/imprimer")
@open_to(MEMBERS)
def print_report(collectif: str) -> str:
    """The report on paper: where there is no PDF, it stands for one."""
    return draw_print(place_here())


def draw_figures(place: Place, ending: str) -> Response:
    """The sheets of a place, for whoever reads its page."""
    if ending not in SHEETS:
        abort(404)
    out = taken_out(place)
    return file_answer(SHEETS[ending].make(out), SHEETS[ending].media, named("Tendances", out, ending))


def draw_report(place: Place, ending: str) -> Response:
    if ending not in FORMATS:
        abort(404)
    out = taken_out(place)
    document = report_of(out)
    try:
        return file_answer(FORMATS[ending].make(document), FORMATS[ending].media, named(kind_of(out), out, ending))
    except NoPdf:
        flash(NO_PDF)
        return make_response(redirect(printed(out.page.look.asked), 302))


def draw_print(place: Place) -> str:
    out = taken_out(place)
    document = report_of(out)
    asked = out.page.look.asked
    return render_template("trends/print.html", out=document, pieces=shown_pieces(document), back=asked.url, audience=out.audience)


def taken_out(place: Place) -> TakenOut:
    """Its addresses mean the same days for ever: a file is read later than the page."""
    look = look_here(place)
    lasting = replace(look, asked=replace(look.asked, span=look.asked.span.lasting()))
    return take_out(db(), reader(), page_of(lasting), root_of_links())


def printed(asked: Asked) -> str:
    """The address of the page to print, asked the same."""
    return asked.at("/imprimer")
