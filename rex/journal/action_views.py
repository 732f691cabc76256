"""The page of an action: its récits face to face, what was said between them, and who is asked to tell it too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, url_for

from rex.access import AudienceView, audience_of, audiences_in_group, may_write_in
from rex.journal.action_layout import Choice, Reading, Row, choices_of, pairs_of, reading_of, rows_of
from rex.journal.action_queries import (
    GATHERED,
    THANKS,
    TRANSFERABLE,
    ActionPage,
    ToldBy,
    action_page,
    sections_of,
    thanks_of,
)
from rex.journal.cards import action_chips, number_of_recits
from rex.journal.inviting import invitations_on
from rex.journal.models import Audience, EntryKind
from rex.journal.notes import NoteView, narrower, notes_between
from rex.journal.queries import SectionView
from rex.journal.tellers import add_label
from rex.journal.under import EntryOnPage, parts_on_action
from rex.web import db, enter_space, reader


def show_action(action_id: str, vue: str) -> str:
    """The page, for who reads one récit at least; `vue`: which récits stand face to face."""
    page = action_page(db(), reader(), action_id)
    if page is None:
        abort(404)
    seat = reader().seat(page.collectif_id)
    enter_space(seat or reader().home)
    reading = reading_of(vue, page.recits)
    gathered_from = page.recits if reading.right else reading.shown
    shown_ids = [recit.card.id for recit in reading.shown]
    sections = sections_of(db(), shown_ids, [recit.card.id for recit in gathered_from])
    rows = rows_of(*(sections.get(recit_id, []) for recit_id in [*shown_ids, 0][:2]))
    notes = notes_between(db(), reader(), *shown_ids) if reading.right else []
    views = _audience_views(page)
    narrowest = _readers_of_all(reading, views)
    tellers = [user_id for recit in page.recits for user_id in recit.author_ids]
    return render_template(
        "journal/action.html",
        page=page,
        reading=reading,
        vue=reading.vue,
        rows=_with_notes(rows, notes),
        over=number_of_recits(len(page.recits)),
        chips=action_chips(page.told),
        audience=narrowest,
        audiences=_said_apart(reading, views),
        choices=[_link(choice, page) for choice in choices_of(reading, page.recits)],
        pairs=[(which, [_link(choice, page) for choice in choices]) for which, choices in pairs_of(reading, page.recits)],
        may_add=may_write_in(reader(), page.collectif_id),
        readers_url=_readers_url(page, Audience(narrowest.kind)),
        add_label=add_label(len(page.recits)),
        invitations=invitations_on(db(), reader(), page.id, tellers),
        thanks=thanks_of(db(), reader(), [recit.card.id for recit in gathered_from]),
        thanked=_gathered(gathered_from, sections, THANKS),
        transferable=_gathered(gathered_from, sections, TRANSFERABLE),
        gathered=gathered_from,
        by_id={recit.card.id: recit for recit in page.recits},
        parts=parts_on_action([_on_page(recit, sections.get(recit.card.id, []), views) for recit in gathered_from]),
    )


@dataclass(frozen=True)
class RowOnPage:
    """A section face to face, with the notes written there."""

    slug: str
    heading: str
    left: str | None
    right: str | None
    notes: list[NoteView]
    is_told: bool = True  # no: neither récit has this section any more, and a note speaks of it still


def _with_notes(rows: Sequence[Row], notes: Sequence[NoteView]) -> list[RowOnPage]:
    told = {row.slug for row in rows}
    found = [
        RowOnPage(row.slug, row.heading, row.left, row.right, [note for note in notes if note.section_slug == row.slug])
        for row in rows
    ]
    lost = [note for note in notes if note.section_slug not in told]
    return [*found, RowOnPage("autrefois", "Un passage qui a changé depuis", None, None, lost, False)] if lost else found


def _audience_views(page: ActionPage) -> dict[int, AudienceView]:
    """Who reads each récit, by its id. One statement for each audience that a récit of this action has, two at most; one in a
    group, whose members read a récit when they were there."""
    if page.recits[0].card.audience is Audience.GROUPE:
        told = audiences_in_group(db(), page.collectif_id, [recit.card.published_at for recit in page.recits])
        return {recit.card.id: told[recit.card.published_at] for recit in page.recits}
    views = {
        audience: audience_of(db(), audience, page.collectif_id, page.collectif_name)
        for audience in sorted({recit.card.audience for recit in page.recits})
    }
    return {recit.card.id: views[recit.card.audience] for recit in page.recits}


def _readers_of_all(reading: Reading, views: dict[int, AudienceView]) -> AudienceView:
    """Those who read all the récits shown: of a group, those who were there when the first one was told."""
    shown = [recit.card for recit in reading.shown]
    narrowest = narrower(card.audience for card in shown)
    return views[min((card for card in shown if card.audience is narrowest), key=lambda card: card.published_at).id]


def _readers_url(page: ActionPage, audience: Audience) -> str:
    """Who reads it, precisely: the members of the journal, or the rule."""
    seat = reader().seat(page.collectif_id)
    if audience is Audience.COLLECTIF and seat is not None:
        return url_for("collectifs.members", collectif=seat.collectif_slug)
    return url_for("pages.who_reads_what")


def _said_apart(reading: Reading, views: dict[int, AudienceView]) -> dict[int, AudienceView]:
    """Who reads each récit, when they do not have the same readers: the bar says who reads them all."""
    if len({(views[recit.card.id].kind, views[recit.card.id].count) for recit in reading.shown}) == 1:
        return {}
    return {recit.card.id: views[recit.card.id] for recit in reading.shown}


def _link(choice: Choice, page: ActionPage) -> dict[str, Any]:
    url = url_for("journal.action", action_id=page.public_id, vue=choice.vue or None)
    return {"label": choice.label, "url": url, "is_current": choice.is_current}


def _gathered(recits: Sequence[ToldBy], sections: dict[int, list[SectionView]], slug: str) -> list[tuple[ToldBy, SectionView]]:
    """What each récit says in one of the sections that the action shows once."""
    found = ((recit, section) for recit in recits for section in sections.get(recit.card.id, []))
    return [(recit, section) for recit, section in found if section.slug == slug and slug in GATHERED]


def _on_page(recit: ToldBy, sections: Sequence[SectionView], views: dict[int, AudienceView]) -> EntryOnPage:
    card = recit.card
    return EntryOnPage(
        card.id, card.public_id, EntryKind.RECIT, card.collectif_id, card.audience, views[card.id], card.title,
        recit.author_ids, {section.slug: section.heading for section in sections},
    )
