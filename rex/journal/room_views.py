"""The journal in the room of a group: one sentence shared in two clicks, what was said between séances, one's own texts."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, Response, flash, render_template, request

from rex import clock, french
from rex.access import MembershipView, everybody_in
from rex.journal import difficulties
from rex.journal.canvas import DEFAULT
from rex.journal.cards import draft_items
from rex.journal.difficulty_forms import faults_of, plain_words
from rex.journal.difficulty_sealing import Written
from rex.journal.home_queries import MANY, draft_lines
from rex.journal.leaving_groups import forget
from rex.journal.models import Audience, EntryKind
from rex.journal.own_texts import own_texts
from rex.journal.put_away import own_put_away
from rex.journal.room_queries import ON_ROOM, RoomThread, room_thread, thanks_waiting
from rex.journal.under import answers_in_room
from rex.peer_groups.parts import RoomOnPage, add_to_read, add_to_room, before_going
from rex.peer_groups.room_views import enter, enter_to_read
from rex.web import MEMBERS, db, go_home, open_to, reader

bp = Blueprint("room_journal", __name__)

KINDS = (("", "Tout"), ("recit", "Récits"), ("difficulte", "Difficultés"), ("reconnaissance", "Mercis"))
KEPT = "C’est gardé pour vous. Personne d’autre ne le lit."


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_room("quick_share", "journal/_room_share.html", lambda room: {"fault": "", "words": ""})
    add_to_room("threads", "journal/_room_threads.html", _threads)
    add_to_read("threads", "journal/_room_reading.html", _to_read)
    before_going("journal", forget)


def _threads(room: RoomOnPage) -> dict[str, Any]:
    """The last entries with their first messages, and what waits for the reader alone. A constant number of statements."""
    seat = reader().in_group(room.public_id)
    assert seat is not None
    found = room_thread(db(), reader(), room.id, most=ON_ROOM)
    return {
        **_shown(found, seat),
        "all_url": f"{room.url}/fil",
        "own_url": f"{room.url}/mes-textes",
        "drafts": draft_items(draft_lines(db(), reader(), seat, MANY)[0], DEFAULT),
        "kept": own_put_away(db(), seat),
        "thanks": thanks_waiting(db(), reader(), seat),
    }


def _to_read(room: RoomOnPage) -> dict[str, Any]:
    """The same for somebody to whom the group is open to read: nothing there waits for them."""
    seat = reader().visit(room.public_id)
    assert seat is not None
    return {**_shown(room_thread(db(), reader(), room.id, most=ON_ROOM), seat), "all_url": f"{room.url}/fil"}


def _shown(found: RoomThread, seat: MembershipView) -> dict[str, Any]:
    return {"entries": found.entries, "answers": answers_in_room([one.id for one in found.entries]), "days": _days(seat)}


def _days(seat: MembershipView) -> Callable[[datetime], str]:
    today = clock.today(seat.timezone)
    return lambda moment: french.date_short(moment, seat.timezone, today=today)


@bp.get("/groupes-de-pairs/<public_id:group_id>/fil")
@open_to(MEMBERS)
def thread(group_id: str) -> str:
    """« Tout le fil », newest first."""
    seat = enter_to_read(group_id)
    kind = request.args.get("genre", "")
    chosen = EntryKind(kind) if kind in set(EntryKind) else None
    found = room_thread(db(), reader(), seat.collectif_id, chosen, request.args.get("apres", ""))
    here = f"{seat.url}/fil"
    narrowed = f"genre={chosen.value}&" if chosen else ""
    return render_template(
        "journal/room_thread.html",
        audience=everybody_in(db(), seat.collectif_id),
        part=_shown(found, seat),
        kinds=[(label, f"{here}?genre={value}" if value else here, value == (chosen or "")) for value, label in KINDS],
        older=f"{here}?{narrowed}apres={found.older}" if found.older else None,
        newest=(f"{here}?genre={chosen.value}" if chosen else here) if found.is_later else None,
    )


@bp.get("/groupes-de-pairs/<public_id:group_id>/partager")
@open_to(MEMBERS)
def before_sharing(group_id: str) -> str:
    """The page behind the address that the room posts to."""
    return _share_page(enter(group_id), "", [])


@bp.post("/groupes-de-pairs/<public_id:group_id>/partager")
@open_to(MEMBERS)
def share(group_id: str) -> Response | tuple[str, int]:
    """One sentence: a difficulty told in the group, or kept for oneself."""
    seat = enter(group_id)
    written = Written(plain_words(request.form.get("mots", "")))
    faults = faults_of(written)
    if faults:
        return _share_page(seat, written.words, faults), 422
    if request.form.get("garder"):
        difficulties.keep_for_oneself(db(), reader(), seat, written)
        flash(KEPT)
    else:
        difficulties.share(db(), reader(), seat, Audience.GROUPE, written)
        count = everybody_in(db(), seat.collectif_id).count
        readers = french.count(count, "personne peut la lire", "personnes peuvent la lire")
        flash(f"Votre difficulté est partagée. {readers}.")
    return go_home(seat)


def _share_page(seat: MembershipView, words: str, faults: Sequence[tuple[str, str]]) -> str:
    return render_template(
        "journal/room_share.html",
        audience=everybody_in(db(), seat.collectif_id),
        share_url=f"{seat.url}/partager",
        part={"fault": faults[0][1] if faults else "", "words": words},
        page_errors=bool(faults),
    )


@bp.get("/groupes-de-pairs/<public_id:group_id>/mes-textes")
@open_to(MEMBERS)
def own(group_id: str) -> Response:
    """All that the reader wrote in the group, for the reader alone; its name says nothing of the group."""
    text = own_texts(db(), reader(), enter(group_id), "Mes textes")
    response = Response(text, mimetype="text/markdown")
    response.headers["Content-Disposition"] = 'attachment; filename="mes-textes.md"'
    return response
