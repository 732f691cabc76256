"""« Archive du journal »: an animateur asks for it, sees how far it is, downloads it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Flask, Response, abort, flash, render_template

from rex import clock
from rex.access import MembershipView
from rex.archives.asking import DAYS, ask, file_to_give, give_up, kept_file, own_request
from rex.archives.models import ArchiveRequest
from rex.flask_parts import file_to_keep
from rex.web import ANIMATEURS, db, go, installation, open_to, reader, space

AT_ONCE = 256 * 1024

bp = Blueprint("archives", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/archive")
@open_to(ANIMATEURS)
def page(collectif: str) -> str:
    """What the archive holds; how far it is; the file once it is ready."""
    request = own_request(db(), reader(), _seat())
    return _page(request, is_ready=kept_file(db(), request) is not None)


@bp.post("/c/<slug:collectif>/archive")
@open_to(ANIMATEURS)
def prepare(collectif: str) -> Response:
    """Ask for it; one that is there, or that nothing can be done with any more, gives its place."""
    seat = _seat()
    found = own_request(db(), reader(), seat)
    if found is not None and found.ready_at is not None and _file(found) is None:
        give_up(db(), reader(), seat)
    ask(db(), reader(), seat)
    return go("archives.page", collectif=collectif)


@bp.post("/c/<slug:collectif>/archive/effacement")
@open_to(ANIMATEURS)
def erase(collectif: str) -> Response:
    """Give it up, or erase it before its time."""
    give_up(db(), reader(), _seat())
    flash("L’archive est effacée de REX.")
    return go("archives.page", collectif=collectif)


@bp.get("/c/<slug:collectif>/archive/fichier")
@open_to(ANIMATEURS)
def download(collectif: str) -> Response | tuple[str, int]:
    """The file, for who asked for it; the page, which says why, when what it holds is not what is told now."""
    request = own_request(db(), reader(), _seat())
    if request is None or request.ready_at is None:
        abort(404)
    path = _file(request)
    if path is None:
        return _page(request, is_ready=False), 404
    response = Response(_pieces(path), mimetype="application/zip")
    response.headers["Content-Length"] = str(path.stat().st_size)
    name = f"archive-{collectif}-{clock.today(_seat().timezone).isoformat()}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{quote(name)}"'
    return file_to_keep(response)


def _page(request: ArchiveRequest | None, *, is_ready: bool) -> str:
    until = request.ready_at + timedelta(days=DAYS) if request and request.ready_at else None
    return render_template("archives/archive.html", request=request, is_ready=is_ready, until=until)


def _file(request: ArchiveRequest) -> Path | None:
    return file_to_give(installation().database, db(), request, _seat())


def _pieces(path: Path) -> Iterator[bytes]:
    """The file as it leaves, never whole in memory."""
    with open(path, "rb") as file:
        while piece := file.read(AT_ONCE):
            yield piece


def _seat() -> MembershipView:
    seat = space()
    if seat is None:
        abort(404)
    return seat
