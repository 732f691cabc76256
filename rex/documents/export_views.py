"""« Exporter »: a récit as a file, for those who read it; in a group, for those who wrote it."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, abort, flash, make_response, redirect, render_template, url_for

from rex import french
from rex.collectifs.capabilities import root_of_links
from rex.documents.formats import FORMATS, file_name, in_ascii, made
from rex.documents.outgoing import Outgoing, Section
from rex.documents.taking_out import NotYours, take_out
from rex.documents.to_page import NoPdf, has_pdf
from rex.flask_parts import file_to_keep
from rex.journal import queries
from rex.text import to_html
from rex.web import MEMBERS, db, enter_space, open_to, reader

bp = Blueprint("exports", __name__)

NO_PDF = "Cette installation ne fait pas de PDF. Choisissez la page à imprimer, puis « Enregistrer en PDF » dans votre navigateur."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/<public_id:recit_id>/exporter")
@open_to(MEMBERS)
def choose(recit_id: str) -> str:
    """The formats, and what goes along."""
    outgoing = _own(recit_id)
    formats = [one for one in FORMATS.values() if one.ending != "pdf" or has_pdf()]
    return render_template("documents/export.html", recit_id=recit_id, outgoing=outgoing, formats=formats, has_pdf=has_pdf())


@bp.get("/recits/<public_id:recit_id>/exporter/imprimer")
@open_to(MEMBERS)
def print_recit(recit_id: str) -> str:
    """A page to print, of a draft too: where there is no PDF, it stands for one."""
    outgoing = _own(recit_id)
    return render_template(
        "documents/selection_print.html",
        out=outgoing,
        confidential=outgoing.confidential,
        audience=outgoing.read_by,
        pieces=[piece for section in outgoing.sections for piece in _shown(section)],
        back=url_for("exports.choose", recit_id=recit_id),
    )


def _shown(section: Section) -> tuple[dict[str, Any], dict[str, Any]]:
    """A section as the page to print draws it."""
    told = to_html(section.source, prefix=f"{section.slug}-", heading_base=3)
    return {"kind": "head", "level": 2, "words": french.typo(section.heading)}, {"kind": "told", "html": told}


@bp.get("/recits/<public_id:recit_id>/exporter/<slug:ending>")
@open_to(MEMBERS)
def download(recit_id: str, ending: str) -> Response:
    """The file."""
    if ending not in FORMATS:
        abort(404)
    outgoing = _own(recit_id)
    try:
        file = made(outgoing, ending)
    except NoPdf:
        flash(NO_PDF)
        return make_response(redirect(url_for("exports.choose", recit_id=recit_id), 302))
    return file_answer(file.data, file.media, file_name(outgoing, file.ending))


def _own(recit_id: str) -> Outgoing:
    """404 for those who do not read it; 403 for who reads it in a group and did not write it."""
    try:
        outgoing = take_out(db(), reader(), recit_id, root_of_links())
    except NotYours:
        abort(403)
    recit = queries.find_recit(db(), reader(), recit_id)
    if outgoing is None or recit is None:
        abort(404)
    enter_space(reader().seat(recit.collectif_id) or reader().home)
    return outgoing


def file_answer(data: bytes, media: str, name: str) -> Response:
    """A file to keep: its name with accents for programs that know them, and nothing in it that runs where it is opened."""
    response = Response(data, content_type=media)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{in_ascii(name)}\"; filename*=UTF-8''{quote(name)}"
    return file_to_keep(response)
