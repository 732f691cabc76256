"""What the pages of trends have in common: what their address asks, the page, the list behind a figure."""

from collections.abc import Sequence

from flask import abort, render_template, request

from rex import clock
from rex.journal.cards import chips
from rex.journal.models import EntryKind
from rex.tensions.queries import find_tension
from rex.trends.asked import Place, asked_from
from rex.trends.asked_words import filters_in_words
from rex.trends.crossing import crosses
from rex.trends.entries import found_page, said_of, title_of
from rex.trends.figures import figure_from
from rex.trends.filtering import filters_of
from rex.trends.jalons import jalons_of
from rex.trends.links_out import links_out
from rex.trends.look import Look, look_at
from rex.trends.page import page_of
from rex.trends.reading_lists import beside
from rex.trends.subjects import OF_RESEAU, SECTIONS
from rex.web import db, reader, space

KINDS = {EntryKind.RECIT: "Récit", EntryKind.DIFFICULTY: "Difficulté", EntryKind.RECOGNITION: "Merci"}


def place_here() -> Place:
    """The journal of the address, of which one is a member."""
    seat = space()
    if seat is None or seat.is_group:
        abort(404)
    return Place(seat.collectif_id, seat.collectif_slug, seat.collectif_name, seat.timezone)


def look_here(place: Place) -> Look:
    """The look that the address of this page asks."""
    jalons = jalons_of(db(), reader(), place.collectif_id) if place.collectif_id else []
    asked = asked_from(request.args, place, clock.today(place.timezone), jalons)
    return look_at(db(), reader(), asked, jalons)


def draw_page(place: Place) -> str:
    look = look_here(place)
    page, seat = page_of(look), space()
    return render_template(
        "trends/page.html",
        page=page,
        asked=look.asked,
        filters=filters_of(look),
        narrowed=_narrowed(look),
        parts=SECTIONS | (OF_RESEAU if place.is_reseau else {}),
        beside=beside(db(), reader(), look.asked, [one.key for one in page.sections], look),
        out=links_out(look),
        home=f"/c/{seat.collectif_slug}/tendances" if seat else "",
        may_set_jalons=seat is not None and seat.is_animateur,
    )


def _narrowed(look: Look) -> Sequence[str]:
    """The filters in words, but for the enjeu, which the heading says."""
    is_in_heading = look.asked.enjeu and not look.asked.balise
    return filters_in_words(look)[1 if is_in_heading else 0 :]


def draw_entries(place: Place) -> str:
    """The entries behind the figure of the address; one that says none, or a tension that one may not read, does not exist."""
    figure = figure_from(request.args)
    if figure is None:
        abort(404)
    look = look_here(place)
    if crosses(look.asked, figure):
        abort(404)
    tension = find_tension(db(), reader(), figure.tension) if figure.tension else None
    if figure.tension and tension is None:
        abort(404)
    found = found_page(look, figure, request.args.get("apres", ""))
    asked = look.asked
    return render_template(
        "trends/entries.html",
        asked=asked,
        heading=title_of(found.number, figure),
        said=said_of(look, figure, tension.title if tension else ""),
        items=[(one, KINDS[one.kind], chips(one.tags[:3])) for one in found.items],
        older=asked.at("/entrees", **figure.address, apres=found.older) if found.older else None,
        newest=asked.url_of(figure) if found.newer else None,
    )
