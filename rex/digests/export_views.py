"""« Exporter » a letter that left, as its reader reads it now."""

from collections.abc import Iterator

from flask import Blueprint, Flask, Response, abort, flash, make_response, redirect, render_template, url_for

from rex.access import MembershipView
from rex.collectifs.capabilities import root_of_links
from rex.digests.models import Digest
from rex.digests.shared_views import audience_here, has_left, letter_here
from rex.digests.told import Told as Letter
from rex.digests.told import told
from rex.documents.export_views import file_answer
from rex.documents.formats import file_name
from rex.documents.outgoing import Outgoing
from rex.documents.pieces import Head, Line, Piece, Several, Told
from rex.documents.several_formats import SEVERAL, formats_here
from rex.documents.taking_out import readers_line, who_line
from rex.documents.to_page import NoPdf, has_pdf
from rex.french import typo
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("letter_exports", __name__)

NO_PDF = "Cette installation ne fait pas de PDF. Imprimez la page de la lettre, et choisissez « Enregistrer en PDF »."
USES = {
    "docx": "À reprendre dans un traitement de texte",
    "odt": "Le même, au format ouvert",
    "pdf": "À lire ou à imprimer tel quel",
    "html": "Un seul fichier, à ouvrir dans un navigateur",
    "md": "Du texte simple",
}


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/lettres/<public_id:digest_id>/exporter")
@open_to(MEMBERS)
def choose(digest_id: str) -> str:
    digest, seat = _letter(digest_id)
    out = taken_out(digest, seat)
    formats = {"formats": formats_here(), "uses": USES, "has_pdf": has_pdf()}
    return render_template("digests/export.html", digest_id=digest_id, out=out, **formats)


@bp.get("/lettres/<public_id:digest_id>/exporter/<slug:ending>")
@open_to(MEMBERS)
def download(digest_id: str, ending: str) -> Response:
    digest, seat = _letter(digest_id)
    if ending not in SEVERAL:
        abort(404)
    out = taken_out(digest, seat)
    try:
        data = SEVERAL[ending].make(out)
    except NoPdf:
        flash(NO_PDF)
        return make_response(redirect(url_for("letter_exports.choose", digest_id=digest_id), 302))
    return file_answer(data, SEVERAL[ending].media, file_name(Outgoing(out.title, (), ()), ending))


def _letter(digest_id: str) -> tuple[Digest, MembershipView]:
    digest, seat = letter_here(digest_id)
    return (digest, seat) if has_left(digest) else abort(404)


def taken_out(digest: Digest, seat: MembershipView) -> Several:
    """The letter as a document of its reader."""
    page, root = told(db(), reader(), digest, seat.timezone), root_of_links()
    named = typo(f"La lettre n° {digest.number}, {page.date_words}, {seat.collectif_name}.")
    address = f"{typo('Adresse :')} {root}{page.path}"
    preface = (named, readers_line(audience_here(seat)), who_line(reader(), seat.timezone), address)
    return Several(page.title, preface, tuple(_pieces(page, root)), root)


def _pieces(page: Letter, root: str) -> Iterator[Piece]:
    if page.edito:
        yield Told(page.edito, 1)
        if page.edito_by:
            yield Line(page.edito_by)
    for rubric in page.rubrics:
        yield Head(1, typo(rubric.label))
        for item in rubric.items:
            if item.title:
                yield Head(2, item.title)
            if item.words:
                yield Line(item.words)
            for quote in item.quotes:
                yield Line(typo(f"« {quote.words} »" + (f" ({quote.signature})" if quote.signature else "")))
            if item.why:
                yield Line(item.why)
            if item.path:
                yield Line(root + item.path if item.path.startswith("/") else item.path)
