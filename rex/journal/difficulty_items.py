"""From what queries found to what the templates of difficulties show."""

from typing import Any

from flask import url_for

from rex import clock
from rex.french import count, date_short, typo
from rex.journal.cards import chips
from rex.journal.difficulty_queries import DifficultyCard, DifficultyPage
from rex.journal.models import Audience
from rex.journal.queries import AuthorView


def difficulty_item(found: DifficultyCard, timezone: str) -> dict[str, Any]:
    """A difficulty in a list."""
    card = found.card
    return {
        "url": url_for("difficulties.difficulty", difficulty_id=card.public_id),
        "words": found.words,
        "byline": typo(", ".join(filter(None, (card.byline, card.place)))),
        "date": date_short(card.published_at, timezone, today=clock.today(timezone)),
        "audience": "Réseau" if card.audience is Audience.RESEAU else "",
        "recit_title": found.recit.title if found.recit else "",
        "recit_url": url_for("journal.recit", recit_id=found.recit.public_id) if found.recit else "",
        "echoes": echo_words(found.echoes),
        "chips": chips(found.tags[:3]),
    }


def echo_words(number: int) -> str:
    """« 3 personnes vivent cela aussi »; nothing when there is none."""
    return "" if number < 1 else f"{count(number, 'personne vit', 'personnes vivent')} cela aussi"


def signature(author: AuthorView) -> str:
    """From where somebody speaks: their service, else their fonction."""
    return author.service_name or author.title


def where_it_stands(page: DifficultyPage) -> dict[str, str] | None:
    """The récit of a passage, and the section where it stands; None when it was noted alone."""
    if not page.section_slug or page.recit is None:
        return None
    anchor = None if page.is_detached or not page.heading else f"s-{page.section_slug}"
    return {
        "title": page.recit.title,
        "heading": page.heading or "",
        "url": url_for("journal.recit", recit_id=page.recit.public_id, _anchor=anchor),
    }
