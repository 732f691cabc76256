"""What the pages of authors share: finding their own récit, what it may hold, who else writes it."""

from flask import abort, jsonify, make_response
from sqlalchemy import select

from rex import clock, french
from rex.access import may_edit
from rex.journal import queries
from rex.journal.canvas import TITLE, canvas_of
from rex.journal.consents import current_authors
from rex.journal.drafts import (
    DraftView,
    published_copy,
    read_draft,
)
from rex.journal.models import SLUG_LENGTH, Recit, Section
from rex.journal.picker import markers_of
from rex.referentiel.markers import Marker
from rex.web import db, enter_space, reader, space
from rex.words import has_two_versions, line_has_two_versions


def own_recit(recit_id: str, gone: str | None = None) -> Recit:
    """The récit of this address, for one of its authors: 404 for those who may not read it, 403 for its other readers.

    `gone`: what is said instead of the page that does not exist, to a script that has a text in hand."""
    recit = queries.find_recit(db(), reader(), recit_id)
    if recit is None:
        if gone:
            abort(make_response(jsonify(message=gone), 404))
        abort(404)
    seat = reader().seat(recit.collectif_id)
    authors = [author.user_id for author in queries.authors_of(db(), recit.id)]
    if seat is None or not may_edit(reader(), recit.collectif_id, authors):
        abort(403)
    enter_space(seat)
    return recit


def picker_markers(recit: Recit) -> list[Marker]:
    """The balises that this récit may carry."""
    return markers_of(db(), reader(), recit.collectif_id)


def codes_for(recit: Recit) -> set[str]:
    return {marker.code for marker in picker_markers(recit)}


def not_yet(recit: Recit) -> DraftView:
    """A published récit that nobody is correcting: what a correction would begin from."""
    return published_copy(db(), recit) if recit.is_published else DraftView()


def headings_of(recit: Recit) -> dict[str, str]:
    canvas = {section.slug: section.heading for section in canvas_of(db(), recit.collectif_id)}
    rows = db().execute(select(Section.slug, Section.heading).where(Section.entry_id == recit.id)).all()
    return canvas | {slug: heading for slug, heading in rows if slug not in canvas}


def sections_to_choose_in(recit: Recit, draft: DraftView | None) -> list[tuple[str, str]]:
    """The fields (slug, heading) in which a merge left two versions, the title, then in the order of the canvas: said before
    publishing."""
    texts = draft.sections if draft else {}
    title = [(TITLE, "Titre")] if draft and line_has_two_versions(draft.title) else []
    both = {slug for slug, source in texts.items() if has_two_versions(source)}
    headings = headings_of(recit) if both else {}
    return title + [(slug, headings.get(slug, "Autre section")) for slug in dict.fromkeys([*headings, *texts]) if slug in both]


def fields_of(recit: Recit) -> list[str]:
    """The fields that a save may name: the title, the sections of the canvas, those that the récit has already."""
    draft = read_draft(db(), reader(), recit)
    slugs = [TITLE, *headings_of(recit), *(draft.fields if draft else ())]
    return [slug for slug in dict.fromkeys(slugs) if len(slug) <= SLUG_LENGTH]


def co_authors(recit: Recit) -> list[str]:
    """The names of the other authors, those who can still open it."""
    return [name for user_id, name in current_authors(db(), recit) if user_id != reader().user_id]


def saved_words(draft: DraftView) -> str:
    """« Enregistré à 14 h 32 », with the day when it is not today."""
    seat = space()
    if draft.changed_at is None or seat is None:
        return ""
    zone = seat.timezone
    today = clock.today(zone)
    is_today = clock.local(draft.changed_at, zone).date() == today
    day = "" if is_today else f"le {french.date_short(draft.changed_at, zone, today=today)} "
    return f"Enregistré {day}à {french.hour(draft.changed_at, zone)}"
