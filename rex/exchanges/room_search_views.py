"""The search of a peer group: in its room alone, for its members."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Flask, abort, render_template, request

from rex import memory
from rex.access import MembershipView
from rex.exchanges.entries import url_of
from rex.exchanges.room_search import Found, Told, entries_named, forget, forget_gone, search, told_by
from rex.exchanges.search_terms import Terms, terms_of
from rex.journal.models import EntryKind
from rex.peer_groups.parts import RoomOnPage, add_to_room, before_going
from rex.text.marks import tidy
from rex.web import MEMBERS, db, enter_space, open_to, reader

bp = Blueprint("room_search", __name__)
MOST = 30
LONGEST = 120  # characters of a question
AROUND = 110  # characters on each side of the first word that was found
A_TEXT = {EntryKind.RECIT: "Récit", EntryKind.DIFFICULTY: "Difficulté", EntryKind.RECOGNITION: "Merci"}
BESIDE = {
    "exchange": "Message", "echo": "Écho", "rereading": "Relecture", "note": "Note entre deux récits", "synthese": "Synthèse",
}
ANCHORS = {"echo": "echos", "note": "", "rereading": "", "synthese": "echanges"}
_WORD = re.compile(r"\w+")


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_room("search", "exchanges/_room_search.html", _field)
    before_going("search", forget)
    memory.at_times("search of groups", forget_gone)


def _field(room: RoomOnPage) -> str:
    """The address of the search of a group, for its page."""
    return f"{room.url}/recherche"


@dataclass(frozen=True)
class Line:
    """A text that was found: what it is, where, and its words around those looked for (a piece, whether it is one of them)."""

    what: str
    title: str
    url: str
    author: str
    at: datetime | None
    pieces: list[tuple[str, bool]]


_beside: dict[str, Callable[[MembershipView, Terms], list[Line]]] = {}


def add_to_search(name: str, look: Callable[[MembershipView, Terms], list[Line]]) -> None:
    """Let a room further down look through its texts too: `look(seat, terms)` gives those that this reader reads."""
    _beside[name] = look


@bp.get("/groupes-de-pairs/<public_id:group_id>/recherche")
@open_to(MEMBERS)
def find(group_id: str) -> str:
    seat = reader().in_group(group_id)
    if seat is None:
        abort(404)
    enter_space(seat)
    typed = tidy(request.args.get("q", ""))[:LONGEST].strip()
    terms = terms_of(typed)
    found = search(db(), reader(), seat, terms)
    beside = [line for look in _beside.values() for line in look(seat, terms)] if terms.asked else []
    return render_template(
        "exchanges/room_search.html",
        typed=typed,
        is_asked=bool(terms.asked),
        lines=[*_lines(seat, found[:MOST], terms), *beside][:MOST],
        has_more=len(found) + len(beside) > MOST,
        most=MOST,
    )


def _lines(seat: MembershipView, found: list[Found], terms: Terms) -> list[Line]:
    if not found:
        return []
    told = told_by(db(), reader(), seat, found)
    entries = entries_named(db(), reader(), {one.entry_id for one in found})
    lines = []
    for one in found:
        text, entry = told.get((one.sort, one.id)), entries.get(one.entry_id)
        if text is not None and entry is not None:
            what = BESIDE.get(one.sort, A_TEXT[entry.kind])
            url = _address(one, text, url_of(entry.kind, entry.public_id))
            lines.append(Line(what, entry.title, url, text.author, text.at, marked(text.words, terms)))
    return lines


def _address(one: Found, text: Told, page: str) -> str:
    anchor = f"e-{text.public_id}" if one.sort == "exchange" else ANCHORS.get(one.sort, "")
    return f"{page}#{anchor}" if anchor else page


def marked(words: str, terms: Terms) -> list[tuple[str, bool]]:
    """The words around the first that was found, those that were looked for told apart."""
    hits = [match for match in _WORD.finditer(words) if terms.says(match[0])]
    start = max(0, hits[0].start() - AROUND) if hits else 0
    end = min(len(words), (hits[0].end() if hits else 0) + 2 * AROUND)
    start = words.rfind(" ", 0, start) + 1 if start else 0
    end = end if end == len(words) else max(words.rfind(" ", start, end), hits[0].end() if hits else start)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    done = start
    for match in hits:
        if match.end() <= end:
            pieces += [(words[done : match.start()], False), (match[0], True)]
            done = match.end()
    pieces.append((words[done:end] + ("…" if end < len(words) else ""), False))
    return [(text, is_found) for text, is_found in pieces if text]
