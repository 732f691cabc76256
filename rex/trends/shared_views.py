"""What the pages of trends have in common: what their address asks, for the journal in which it is read."""

from collections.abc import Mapping

from flask import abort, request

from rex import clock
from rex.trends.asked import Place, asked_from
from rex.trends.look import Look, look_at
from rex.trends.milestones import milestones_of
from rex.web import db, reader, space


def place_here() -> Place:
    """The journal of the address, of which one is a member."""
    seat = space()
    if seat is None or seat.is_group:
        abort(404)
    return Place(seat.collectif_id, seat.collectif_slug, seat.collectif_name, seat.timezone)


def look_here(place: Place, given: Mapping[str, str] | None = None) -> Look:
    """The look that the address of this page asks (or `given`, for a form that carries it)."""
    jalons = milestones_of(db(), reader(), place.collectif_id) if place.collectif_id else []
    asked = asked_from(request.args if given is None else given, place, clock.today(place.timezone), jalons)
    return look_at(db(), reader(), asked, jalons)
