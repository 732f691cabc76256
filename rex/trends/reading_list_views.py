"""The lectures contradictoires of a journal, a page at a time; those that are suspended; one of them by itself."""

from urllib.parse import urlencode

from flask import Blueprint, Flask, abort, render_template, request

from rex import clock
from rex.access import MembershipView
from rex.trends.periods import NAMES, span_from
from rex.trends.reading_lists import MOST_BESIDE, ListPage, Narrowed, list_page, suspended_page
from rex.trends.reading_pages import Pages
from rex.trends.reading_views import found, root_of, seat_here
from rex.trends.readings import name_of_its_subject, shown
from rex.trends.subjects import SECTIONS
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("trend_reading_lists", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/tendances/lectures")
@open_to(MEMBERS)
def readings(collectif: str) -> str:
    """All of them; or, when the address says a section, those of its figures over its days."""
    seat, after = seat_here(), request.args.get("apres", "")
    narrowed = _narrowed(seat)
    page = list_page(db(), reader(), seat, after, narrowed)
    is_first = narrowed is None and not page.newer
    return render_template(
        "trends/readings.html",
        page=page,
        narrowed=narrowed,
        suspended=suspended_page(db(), reader(), seat, most=MOST_BESIDE) if is_first else None,
        sections=SECTIONS,
        root=root_of(seat),
        **_around(page, f"{root_of(seat)}/lectures"),
    )


@bp.get("/c/<slug:collectif>/tendances/lectures/suspendues")
@open_to(MEMBERS)
def suspended_readings(collectif: str) -> str:
    seat = seat_here()
    page = suspended_page(db(), reader(), seat, request.args.get("apres", ""))
    path = f"{root_of(seat)}/lectures/suspendues"
    return render_template(
        "trends/suspended_readings.html", page=page, sections=SECTIONS, root=root_of(seat), **_around(page, path)
    )


@bp.get("/c/<slug:collectif>/tendances/lectures/<public_id:reading_id>")
@open_to(MEMBERS)
def reading(collectif: str, reading_id: str) -> str:
    """One of them: where a notice leads, and who was sent its address."""
    seat, row = found(reading_id)
    return render_template(
        "trends/one_reading.html",
        reading=shown(db(), reader(), seat, row, name_of_its_subject(db(), reader(), row), Pages(db(), reader(), seat)),
        section_name=SECTIONS.get(row.section, ""),
        root=root_of(seat),
    )


def _narrowed(seat: MembershipView) -> Narrowed | None:
    section = request.args.get("section")
    if section is None:
        return None
    if section not in SECTIONS:
        abort(404)
    return Narrowed(section, span_from(request.args, clock.today(seat.timezone)))


def _around(page: ListPage, path: str) -> dict[str, str | None]:
    """The addresses of the pages before and after this one."""
    kept = {name: request.args[name] for name in ("section", *NAMES) if name in request.args}
    older = f"{path}?{urlencode({**kept, 'apres': page.older})}" if page.older else None
    newest = (f"{path}?{urlencode(kept)}" if kept else path) if page.newer else None
    return {"older": older, "newest": newest}
