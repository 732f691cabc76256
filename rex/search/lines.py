"""What was found, as the page shows it: what it is, who says it, where it lives, the found words marked, where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

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
    FoundKind.TENSION: "Tension", FoundKind.SYNTHESE: "Synthèse", FoundKind.ECHO: "Écho", FoundKind.REREADING: "Relecture",
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
    title: Markup  # the found words marked
    signature: str
    at: datetime
    place: str
    words: Markup


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
        return Line(_what(row), _url(row), escape(_where(row)), _signature(row), row.said_at, place, _shown(pieces))
    title = typo(row.title)
    said = "".join([piece for piece, _ in pieces])
    words = Markup() if said.rstrip(" …") in title else _shown(pieces)
    return Line(WHAT[row.kind], _url(row), _shown(marked(finder, title)), row.byline, row.said_at, place, words)


def _shown(pieces: Pieces) -> Markup:
    """Escaped at once, the marks put in afterwards; what stands for them is in no text (`rex.text.marks.tidy`)."""
    said = str(escape("".join([f"\x01{words}\x02" if is_found else words for words, is_found in pieces])))
    return Markup(said.replace("\x01", "<mark>").replace("\x02", "</mark>"))


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
