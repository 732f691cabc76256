"""A synthèse as a page shows it above its thread: its words, and links to the messages that they rest on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rex.exchanges.closing import SyntheseView
from rex.french import typo
from rex.journal.models import Audience


@dataclass(slots=True)
class SyntheseLines:
    """A synthèse, each sentence with links to the messages that it rests on: (id, what the link says)."""

    public_id: str
    by: str
    day: str
    instant: str
    is_open: bool
    is_mine: bool
    is_gone: bool  # suspended, for its other readers: it has no sentences
    why: str  # its author reads why it is suspended
    judge: str  # who suspends here
    sentences: list[tuple[str, list[tuple[str, str]]]]


def judge_of(audience: Audience) -> str:
    """Who suspends what is said before this audience, in words."""
    return "un responsable du groupe" if audience is Audience.GROUPE else "l’animation"


def lines_of(
    synthese: SyntheseView,
    reader_id: int,
    by_id: Mapping[int, Any],
    day_of: Callable[[datetime], str],
    link: Callable[[Any], str],
) -> SyntheseLines:
    """`by_id`: the messages that the reader reads; `link`: what a link to one of them says."""
    is_mine = synthese.author_id == reader_id
    is_gone = synthese.is_suspended and not is_mine
    return SyntheseLines(
        synthese.public_id,
        typo(synthese.by),
        day_of(synthese.created_at),
        synthese.created_at.isoformat(),
        synthese.is_open,
        is_mine,
        is_gone,
        synthese.suspended_why if is_mine else "",
        judge_of(synthese.audience),
        [
            (typo(words), [(by_id[one].public_id, link(by_id[one])) for one in resting if one in by_id])
            for words, resting in ([] if is_gone else synthese.sentences)
        ],
    )
