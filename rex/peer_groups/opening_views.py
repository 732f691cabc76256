"""Opening a group to read: asking the members, ending it; the doorstep of the person for whom it is open."""

from datetime import date, timedelta

from flask import Response, abort, flash, render_template, request

from rex import clock
from rex.collectifs.form_pages import form_page
from rex.collectifs.models import normal_address
from rex.peer_groups import queries
from rex.peer_groups.forms import OpeningForm
from rex.peer_groups.opening import (
    FEWEST_DAYS,
    MOST_DAYS,
    Proposal,
    WayToRead,
    answer_opening,
    end_opening,
    propose_opening,
    ways_to_read,
)
from rex.peer_groups.opening_queries import Opened, openings
from rex.peer_groups.queries import RoomPage
from rex.peer_groups.room_views import bp, draw, enter
from rex.peer_groups.settling import settle
from rex.peer_groups.visiting import frame_to_read
from rex.text import to_html
from rex.web import MEMBERS, db, go, open_to, reader


def _page(group_id: str) -> RoomPage:
    return queries.room_page(db(), reader(), enter(group_id))


@bp.get("/groupes-de-pairs/<public_id:group_id>/ouvrir")
@open_to(MEMBERS)
def before_opening(group_id: str) -> tuple[str, int]:
    return _asking(_page(group_id), OpeningForm(formdata=None))


@bp.post("/groupes-de-pairs/<public_id:group_id>/ouvrir")
@open_to(MEMBERS)
def ask_to_open(group_id: str) -> Response | tuple[str, int]:
    page, form = _page(group_id), OpeningForm()
    form.first_day, form.last_day = _days(page)
    if form.validate():
        proposal = Proposal(
            name=form.name.data or "",
            address=normal_address(form.email.data or ""),
            why=(form.why.data or "").strip(),
            until=form.day.isoformat(),
            shows_past=bool(form.shows_past.data),
        )
        asked = propose_opening(db(), reader(), page.group.id, proposal)
        if not isinstance(asked, str):
            settle(db(), asked)
            flash("Tous les membres sont consultés. Rien ne s’ouvre avant trois jours, ni sans le oui de chacun.")
            return go("groups.decision", group_id=group_id, decision_id=asked.public_id)
        form.refuse("email", asked)
    return _asking(page, form)


def _days(page: RoomPage) -> tuple[date, date]:
    """The last day that one may propose, from the first to the last."""
    today = clock.today(page.group.timezone)
    return today + timedelta(days=FEWEST_DAYS), today + timedelta(days=MOST_DAYS)


def _asking(page: RoomPage, form: OpeningForm) -> tuple[str, int]:
    first, last = _days(page)
    return form_page("groups/open.html", form, page_of=page, audience=page.audience, first_day=first, last_day=last)


def _opening(group_id: str, opening_id: str) -> tuple[RoomPage, Opened]:
    """An opening of the reader's group that is not over."""
    page = _page(group_id)
    found = next((one for one in openings(db(), reader(), page.group.id) if one.public_id == opening_id), None)
    return (page, found) if found and not found.is_over else abort(404)


@bp.get("/groupes-de-pairs/<public_id:group_id>/ouvertures/<public_id:opening_id>/fin")
@open_to(MEMBERS)
def before_closing(group_id: str, opening_id: str) -> str:
    page, found = _opening(group_id, opening_id)
    return draw("groups/close_opening.html", page, opening=found)


@bp.post("/groupes-de-pairs/<public_id:group_id>/ouvertures/<public_id:opening_id>/fin")
@open_to(MEMBERS)
def close_opening(group_id: str, opening_id: str) -> Response:
    page, found = _opening(group_id, opening_id)
    is_done = end_opening(db(), page.group.id, found.public_id)
    flash("C’est arrêté. La personne ne lit plus rien du groupe." if is_done else "C’était déjà fini.")
    return go("groups.members", group_id=group_id)


# --- for the person ------------------------------------------------------------------------------------------------------


def _way(group_id: str) -> WayToRead:
    return ways_to_read(db(), reader().user_id, group_id).get(group_id) or abort(404)


@bp.get("/groupes-de-pairs/<public_id:group_id>/lecture")
@open_to(MEMBERS)
def before_reading(group_id: str) -> Response | str:
    """Name, pacte and names, before they accept; then the room itself."""
    way = _way(group_id)
    return go("groups.room", group_id=group_id) if way.is_accepted else _doorstep(group_id, way)


@bp.post("/groupes-de-pairs/<public_id:group_id>/lecture")
@open_to(MEMBERS)
def answer_reading(group_id: str) -> Response | tuple[str, int]:
    """« oui »: they accept the pacte and read; « non »: nobody is told; « fin »: they read no more."""
    way, said = _way(group_id), request.form.get("reponse", "")
    if not answer_opening(db(), reader(), way, said, version=request.form.get("version", "")):
        if way.is_accepted:
            return go("groups.mine")
        return _doorstep(group_id, way, "Le pacte a changé : relisez-le avant de répondre."), 422
    if said == "oui":
        return go("groups.room", group_id=group_id)
    flash("C’est noté. Vous ne lisez plus rien de ce groupe." if said == "fin" else "C’est noté. Le groupe n’en est pas averti.")
    return go("groups.mine")


def _doorstep(group_id: str, way: WayToRead, fault: str = "") -> str:
    step = frame_to_read(db(), way)
    html = to_html(step.group.pacte, heading_base=3)
    return render_template(
        "groups/reading.html", public_id=group_id, step=step, way=way, pacte_html=html, fault=fault, page_errors=bool(fault)
    )
