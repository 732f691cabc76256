"""From what queries found to what the macros of `templates/components/entry.html` and `balises.html` show."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from rex import clock
from rex.french import count, date_short, joined, typo
from rex.journal.canvas import CanvasView
from rex.journal.home_queries import DraftLine
from rex.journal.list_queries import Card, Tag, Told
from rex.journal.models import Audience
from rex.referentiel.markers import Marker
from rex.templating import shown


def chips(tags: Sequence[Tag]) -> list[dict[str, Any]]:
    """Balises as links; each opens the page of the balise."""
    return [chip(tag.marker, tag.stance.value) for tag in tags]


def action_chips(told: Told) -> list[dict[str, Any]]:
    """The balises of an action's récits, without a stance when there are several: each récit has its own."""
    return [chip(tag.marker, tag.stance.value if len(told.cards) == 1 else "illustre") for tag in told.tags]


def chip(marker: Marker, stance: str = "illustre") -> dict[str, Any]:
    return {
        "code": marker.code,
        "label": marker.label,
        "title": marker.title,
        "enjeu": marker.enjeu,
        "url": marker.href,
        "stance": stance,
    }


def entry_item(card: Card, timezone: str) -> dict[str, Any]:
    """A récit in a list."""
    return {
        "url": f"/recits/{card.public_id}",
        "title": shown(card.title),
        "byline": shown(f"{card.byline}, {card.place}" if card.byline and card.place else card.byline or card.place),
        "date": date_short(card.published_at, timezone, today=clock.today(timezone)),
        "excerpt": shown(card.excerpt),
        "chips": chips(card.tags[:3]),
        "audience": "Réseau" if card.audience is Audience.RESEAU else "",
        "told_with": number_of_recits(card.told_by) if card.told_by > 1 else "",
        "told_url": f"/actions/{card.action_public_id}",
        "state": "",
        "other": None,
    }


def number_of_recits(number: int) -> str:
    """« deux récits », in words up to ten."""
    words = ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
    return f"{words[number]} récit{'s' if number > 1 else ''}" if number < len(words) else count(number, "récit")


def told_items(actions: Sequence[Told], timezone: str) -> list[dict[str, Any]]:
    """Actions in a list: one récit, or two quotes with one line between, or two and the number of the others."""
    return [_told_item(told, timezone) for told in actions if told.cards]


def _told_item(told: Told, timezone: str) -> dict[str, Any]:
    item = entry_item(told.newest, timezone)
    if len(told.cards) == 1:
        return item
    pair = action_chips(told)[:3]
    url = f"/actions/{told.action_public_id}"
    title = typo(told.action_title or told.newest.title)
    other = entry_item(told.cards[1], timezone)
    return item | {
        "other": other,
        "pair_chips": pair,
        "action_url": url,
        "action_title": title,
        "number_of_recits": number_of_recits(len(told.cards)),
        "more": [entry_item(card, timezone) for card in told.cards[2:]],
    }


def draft_items(drafts: Sequence[DraftLine], canvas: Sequence[CanvasView]) -> list[dict[str, Any]]:
    """The reader's own drafts on their home: a title, what each still waits for, and since when."""
    return [
        {
            "url": url_for("consent.consent" if draft.waits_for else "editor.edition", recit_id=draft.public_id),
            "title": draft.title or (f"« {draft.first_words} »" if draft.first_words else "Sans titre pour l’instant"),
            "sentence": _draft_sentence(draft, canvas),
            "at": draft.changed_at,
        }
        for draft in drafts
    ]


def _draft_sentence(draft: DraftLine, canvas: Sequence[CanvasView]) -> str:
    who = f"Votre brouillon avec {joined(draft.co_authors)}." if draft.co_authors else "Votre brouillon."
    if draft.waits_for:
        return "Votre accord est attendu pour le publier." if draft.waits_for == "vous" else f"{who} Un accord est attendu."
    if draft.is_published:
        return "Une modification que vos lecteurs ne voient pas encore."
    if draft.is_withdrawn:
        return f"{who} Retiré du journal."
    if not draft.title:
        return f"{who} Il manque un titre."
    missing = [f"« {section.heading} »" for section in canvas if section.is_open and section.slug not in draft.filled]
    return f"{who} Il manque {missing[0]}." if len(missing) == 1 else f"{who} Prêt à être publié, ou complété."
