"""What the pages of a difficulty's authors share: finding it, saying who will read it, what its form shows."""

from typing import Any

from flask import abort
from sqlalchemy import select

from rex.access import AudienceView, MembershipView, audience_of, may_edit, suspended_audience
from rex.collectifs.models import Collectif
from rex.journal.consents import current_authors
from rex.journal.difficulty_forms import balise_choices, proposed_for
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_queries import find_difficulty
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Audience
from rex.journal.picker import markers_of
from rex.journal.queries import authors_of
from rex.web import db, enter_space, reader

STILL_SUSPENDED = "C’est enregistré. Votre difficulté reste suspendue : ses auteurs seuls la lisent, jusqu’à son rétablissement."


def own_difficulty(difficulty_id: str, *, hold: bool = False) -> tuple[Difficulty, MembershipView]:
    """The difficulty of this address, for one of its authors: 404 for those who may not read it, 403 for its other readers.

    `hold`: until the end of the transaction nobody else changes it or takes it back."""
    difficulty = find_difficulty(db(), reader(), difficulty_id)
    if difficulty is None:
        abort(404)
    if hold:
        db().refresh(difficulty, with_for_update=True)
    seat = reader().seat(difficulty.collectif_id)
    authors = [author.user_id for author in authors_of(db(), difficulty.id)]
    if seat is None or not may_edit(reader(), difficulty.collectif_id, authors):
        abort(403)
    enter_space(seat)
    return difficulty, seat


def audience_now(difficulty: Difficulty, seat: MembershipView) -> AudienceView:
    """Who reads a published difficulty of theirs: its audience; while it is suspended, its authors alone."""
    if difficulty.suspended_at is not None:
        others = [name for user_id, name in current_authors(db(), difficulty) if user_id != reader().user_id]
        return suspended_audience(difficulty.collectif_id, others)
    told_at = difficulty.published_at
    return audience_of(db(), Audience(difficulty.audience), difficulty.collectif_id, seat.collectif_name, told_at)


def audiences_for(seat: MembershipView) -> list[AudienceView]:
    """The audiences that the space allows, the journal first: the réseau exists from two collectifs on. In a group: the group."""
    if seat.is_group:
        return [audience_of(db(), Audience.GROUPE, seat.collectif_id, "")]
    several = len(db().scalars(select(Collectif.id).limit(2)).all()) > 1
    audiences = [Audience.COLLECTIF, Audience.RESEAU] if several else [Audience.COLLECTIF]
    return [audience_of(db(), audience, seat.collectif_id, seat.collectif_name) for audience in audiences]


def chosen_audience(given: str, seat: MembershipView) -> Audience:
    """What the button that was pressed says; the journal for anything else, and where there is no réseau. In a group, nobody else
    can be named."""
    if seat.is_group:
        return Audience.GROUPE
    possible = {view.kind for view in audiences_for(seat)}
    return Audience(given) if given in possible else Audience.COLLECTIF


def form_context(seat: MembershipView, written: Written) -> dict[str, Any]:
    """What `difficulties/_fields.html` takes beside the words."""
    markers = markers_of(db(), reader(), seat.collectif_id)
    return {
        "written": written,
        "proposed": proposed_for(f"{written.words}\n\n{written.effect}", written.tags),
        **balise_choices(markers, written.tags),
    }
