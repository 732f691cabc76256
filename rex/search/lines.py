"""What was found, as the page shows it: what it is, who says it, where it lives, the found words marked, where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rex.access import Reader
from rex.db import RexSession
from rex.exchanges.entries import url_of
from rex.exchanges.thread import LABELS
from rex.french import typo
from rex.journal.action_layout import BETWEEN
from rex.journal.models import Audience
from rex.journal.together_models import Meeting
from rex.search.asked import Asked, Finder
from rex.search.extracts import Pieces, extract, marked
from rex.search.found import Text, texts
from rex.search.models import FoundKind

WHAT = {
    FoundKind.RECIT: "Récit", FoundKind.DIFFICULTY: "Difficulté", FoundKind.RECOGNITION: "Merci", FoundKind.EXCHANGE: "Échange",
    FoundKind.SYNTHESE: "Synthèse", FoundKind.ECHO: "Écho", FoundKind.REREADING: "Relecture",
}
NOTE = {Meeting.DIVERGENT: "Note : deux récits divergent ici", Meeting.REJOIGNENT: "Note : deux récits se rejoignent ici"}
ANCHORS = {
    FoundKind.EXCHANGE: "e-{}", FoundKind.SYNTHESE: "echanges", FoundKind.ECHO: "echos", FoundKind.REREADING: "relecture-{}",
}


@dataclass(frozen=True)
class Line:
    """A text that was found."""

    what: str
    url: str
    title: Pieces
    signature: str
    at: datetime
    place: str
    pieces: Pieces


def lines(session: RexSession, reader: Reader, asked: Asked, row_ids: Sequence[int]) -> list[Line]:
    """The lines of a page; one statement."""
    if not row_ids:
        return []
    finder, several = Finder(asked), len(reader.memberships) > 1
    return [_line(finder, text, _place(reader, text.row, several)) for text in texts(session, row_ids)]


def _place(reader: Reader, row: Any, several: bool) -> str:
    """Where a text lives, for who reads several journals or what others opened to the réseau."""
    if several or reader.seat(row.collectif_id) is None:
        return row.collectif
    return "Réseau" if row.audience is Audience.RESEAU else ""


def _line(finder: Finder, text: Text, place: str) -> Line:
    row = text.row
    pieces = extract(finder, text.sources)
    if row.said is not None:
        return Line(_what(row), _url(row), [(_where(row), False)], _signature(row), row.said_at, place, pieces)
    shown = "".join(piece for piece, _ in pieces)
    said_by_title = shown.rstrip(" …") in typo(row.title)
    return Line(
        WHAT[row.kind], _url(row), marked(finder, typo(row.title)), row.byline, row.said_at, place, [] if said_by_title else pieces
    )


def _what(row: Any) -> str:
    if row.kind is FoundKind.NOTE:
        return typo(NOTE[row.meeting])
    return f"{WHAT[row.kind]} ({LABELS[row.posture].lower()})" if row.kind is FoundKind.EXCHANGE else WHAT[row.kind]


def _where(row: Any) -> str:
    """Under which text something is said."""
    if row.kind is FoundKind.NOTE:
        return typo(f"Entre les récits de « {row.action_title or row.title} »")
    return typo(f"{'Sur' if row.kind is FoundKind.REREADING else 'Sous'} « {row.title} »")


def _signature(row: Any) -> str:
    return ", ".join(filter(None, (row.author, row.signature or row.synthese_signature or row.service_name)))


def _url(row: Any) -> str:
    if row.kind is FoundKind.NOTE:
        return f"/actions/{row.action}?vue={row.public_id}{BETWEEN}{row.other}#note-{row.said}"
    url = url_of(row.of_kind, row.public_id)
    return f"{url}#{ANCHORS[row.kind].format(row.said)}" if row.kind in ANCHORS else url
