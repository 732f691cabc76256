"""The members of a collectif, where each speaks from, and how a place ends."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from rex.collectifs import queries
from rex.collectifs.form_pages import form_page
from rex.collectifs.forms import SeatForm, colleges_of
from rex.collectifs.models import College, Membership, Role, Service, User
from rex.db import RexSession
from rex.french import of_name, typo
from rex.web import ANIMATEURS, MEMBERS, db, open_to, reader, space

bp = Blueprint("collectifs", __name__)

LAST = "Il n’y a pas d’autre animation dans ce journal. Confiez d’abord ce rôle à quelqu’un d’autre."


def here() -> int:
    """The collectif of this page."""
    seat = space()
    if seat is None:
        abort(404)
    return seat.collectif_id


@bp.get("/c/<slug:collectif>/membres")
@open_to(MEMBERS)
def members(collectif: str) -> str:
    """Everybody, by service or by collège; no address."""
    people = queries.members(db(), reader(), here())
    by_college = request.args.get("par") == "college"
    groups = queries.groups_of(people, by_college)
    return render_template("collectifs/members.html", groups=groups, count=len(people), by_college=by_college)


@bp.get("/c/<slug:collectif>/membres/<public_id:seat_id>")
@open_to(ANIMATEURS)
def seat(collectif: str, seat_id: str):
    membership, person, services, own = _seat_and_lists(seat_id)
    form = SeatForm(
        formdata=None,
        college=membership.college.value,
        service=own.public_id if own else "",
        title=membership.title,
        role=membership.role.value,
    )
    form.offer(colleges_of(queries.collectif_by_id(db(), here()), membership.college), services)
    return form_page("collectifs/seat.html", form, person=person, membership=membership)


@bp.post("/c/<slug:collectif>/membres/<public_id:seat_id>")
@open_to(ANIMATEURS)
def change_seat(collectif: str, seat_id: str):
    membership, person, services, _own = _seat_and_lists(seat_id)
    form = SeatForm()
    form.offer(colleges_of(queries.collectif_by_id(db(), here()), membership.college), services)
    is_valid = form.validate()
    if is_valid and form.role.data != Role.ANIMATEUR.value and is_last_animateur(db(), membership):
        form.refuse("role", LAST)
    if form.errors:
        return form_page("collectifs/seat.html", form, person=person, membership=membership)
    membership.college, membership.role = College(form.college.data), Role(form.role.data)
    membership.title = form.title.data or ""
    membership.service_id = chosen_service(services, form.service.data)
    flash(typo(f"La place {of_name(person.name)} est à jour."))
    return redirect(url_for("collectifs.members", collectif=collectif), 303)


@bp.get("/c/<slug:collectif>/membres/<public_id:seat_id>/fin")
@open_to(ANIMATEURS)
def ending(collectif: str, seat_id: str) -> str:
    """Say what the person loses, before it is done."""
    membership, person, _services, _own = _seat_and_lists(seat_id)
    is_last = is_last_animateur(db(), membership)
    return render_template("collectifs/ending.html", person=person, membership=membership, is_last=is_last)


@bp.post("/c/<slug:collectif>/membres/<public_id:seat_id>/fin")
@open_to(ANIMATEURS)
def end_seat(collectif: str, seat_id: str):
    membership, person, _services, _own = _seat_and_lists(seat_id)
    if is_last_animateur(db(), membership):
        return render_template("collectifs/ending.html", person=person, membership=membership, is_last=True), 422
    membership.end()
    flash(typo(f"{person.name} n’est plus membre de ce journal."))
    return redirect(url_for("collectifs.members", collectif=collectif), 303)


def is_last_animateur(session: RexSession, membership: Membership) -> bool:
    """Whether nobody else would look after the journal."""
    is_one = membership.role is Role.ANIMATEUR
    return is_one and queries.animateur_count(session, reader(), membership.collectif_id) < 2


def chosen_service(services: list[Service], public_id: str | None) -> int | None:
    """The id of the service chosen among those offered; None for « Aucun »."""
    return next((service.id for service in services if service.public_id == public_id), None)


def _seat_and_lists(seat_id: str) -> tuple[Membership, User, list[Service], Service | None]:
    """A seat of this collectif, its person, the services to choose from (its own even when closed), its own."""
    found = queries.seat_of(db(), reader(), here(), seat_id)
    if found is None:
        abort(404)
    membership, person = found
    services = queries.services(db(), here(), closed_too=True)
    own = next((service for service in services if service.id == membership.service_id), None)
    return membership, person, [s for s in services if s.closed_at is None or s is own], own
