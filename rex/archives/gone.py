"""Whether what an archive holds is still what its members read. Each line is read anew through the door, and compared.

No date tells it all: a récit that was withdrawn, corrected and told again bears none of the withdrawal, an echo that its author
took back left none. What is said since, or added to a line where nothing stood, takes nothing back and is not looked at."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from rex.access import MembershipView, visible_entries
from rex.archives import around, letters, reading, tensions, trends
from rex.archives.shape import TEXTS, Line
from rex.archives.slices import Asked
from rex.collectifs.models import User
from rex.db import Database, RexSession
from rex.exchanges.models import Exchange, Synthese
from rex.journal.attachment_models import Attachment
from rex.journal.difficulty_models import Echo
from rex.journal.models import Action, Entry
from rex.journal.together_models import ActionNote, Rereading
from rex.tensions.models import Arbitrage, TensionAct

AT_ONCE = 200
Now = Callable[[RexSession, Asked, list[Line]], list[Line]]  # the same lines, as they would be written now


def says_otherwise(database: Database, asked: Asked, folder: Path) -> bool:
    """Whether a line of the archive in this folder is told otherwise now, or to fewer, or by others, or not at all."""
    for kind, now in _NOW.items():
        with open(folder / f"{kind}.jsonl", "rb") as file:
            while kept := [json.loads(line) for line in islice(file, AT_ONCE)]:
                with database.session(asked.reader) as session:
                    told = {line["id"]: line for line in now(session, asked, kept)}
                if any(not _still(line, told.get(line["id"])) for line in kept):
                    return True
    return False


def _still(kept: Any, now: Any) -> bool:
    """Whether all that was kept is still said. What was empty may be filled."""
    if isinstance(kept, dict) and isinstance(now, dict):
        return all(name in now and _still(value, now[name]) for name, value in kept.items())
    return kept in (None, "", []) or kept == now


# --- the lines as they would be written now -------------------------------------------------------------------------------


def _texts(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    there = visible_entries(asked.reader).where(*_in(asked, (line["id"] for line in kept)))
    rows = session.execute(there.with_only_columns(*reading.ENTRY)).all()
    return [line for _, line in reading.texts(session, asked.reader, asked.seat, rows).values()]


def _messages(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    return around.messages(session, asked.reader, _under(session, asked, kept))[0]


def _echoes(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    return around.echoes(session, _under(session, asked, kept))


def _syntheses(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    ids = _under(session, asked, kept)
    return around.syntheses(session, ids, around.messages(session, asked.reader, ids)[1])


def _rereadings(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    return around.rereadings(session, _under(session, asked, kept))


def _links(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    rows = tensions.links_after(session, 0, len(kept), set(_public_ids(session, asked, (line["id"] for line in kept))))
    return tensions.link_lines(session, asked.reader, asked.seat, rows)


def _acts(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    rows = session.scalars(select(TensionAct).where(TensionAct.public_id.in_([line["id"] for line in kept]))).all()
    return tensions.act_lines(session, asked.reader, asked.seat, rows)


def _of_tensions(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    ids = _public_ids(session, asked, (line["tension"] for line in kept))
    return [*tensions.arbitrages(session, ids), *tensions.trials(session, ids)]


def _letters(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    rows = letters.letters_named(session, asked.reader, asked.seat, [line["id"] for line in kept])
    return letters.letter_lines(session, asked.reader, asked.seat, rows)


def _readings(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    rows = trends.readings_named(session, asked.reader, asked.seat, [line["id"] for line in kept])
    return trends.reading_lines(session, asked.reader, asked.seat, rows)


def _notes(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    ids = _public_ids(session, asked, (line[name] for line in kept for name in ("recit", "autre_recit")))
    query = select(ActionNote, Action.public_id).join(Action, Action.id == ActionNote.action_id)
    noted = query.where(ActionNote.public_id.in_([line["id"] for line in kept]), ActionNote.suspended_at.is_(None))
    return around.note_lines(session, session.execute(noted).all(), ids)


def _files(session: RexSession, asked: Asked, kept: list[Line]) -> list[Line]:
    """Those that are still shown; a file never changes."""
    shown = select(Attachment.public_id).where(Attachment.entry_id.in_(_under(session, asked, kept)), Attachment.is_published)
    there = set(session.scalars(shown))
    return [line for line in kept if line["id"] in there]


def _people(session: RexSession, _asked: Asked, kept: list[Line]) -> list[Line]:
    """Those who still have an account of that name; what they are in the collectif may change, and takes no word back."""
    rows = session.execute(select(User.public_id, User.name).where(User.public_id.in_([line["id"] for line in kept]))).all()
    names = dict(rows)
    return [line for line in kept if names.get(line["id"]) == line["nom"]]


_NOW: dict[str, Now] = {
    **dict.fromkeys(TEXTS, _texts),
    "echanges": _messages,
    "echos": _echoes,
    "syntheses": _syntheses,
    "relectures": _rereadings,
    "notes": _notes,
    "liens": _links,
    "actes": _acts,
    "arbitrages": _of_tensions,
    "essais": _of_tensions,
    "lettres": _letters,
    "lectures": _readings,
    "fichiers": _files,
    "personnes": _people,
}


def _under(session: RexSession, asked: Asked, kept: list[Line]) -> dict[int, str]:
    return _public_ids(session, asked, (line["texte"] for line in kept))


def _public_ids(session: RexSession, asked: Asked, codes: Iterable[str]) -> dict[int, str]:
    there = visible_entries(asked.reader).where(*_in(asked, codes))
    return dict(session.execute(there.with_only_columns(Entry.id, Entry.public_id)).all())


def _in(asked: Asked, codes: Iterable[str]) -> tuple[ColumnElement[bool], ...]:
    told = Entry.published_at.is_not(None), Entry.suspended_at.is_(None)
    return Entry.collectif_id == asked.seat.collectif_id, Entry.public_id.in_(set(codes)), *told


# --- whether it is worth looking ------------------------------------------------------------------------------------------


def bears_a_date(database: Database, seat: MembershipView, since: datetime) -> bool:
    """Whether something of the collectif was withdrawn, suspended or corrected since: quick, and enough to look closer at once."""
    here = Entry.collectif_id == seat.collectif_id
    told = or_(Entry.withdrawn_at >= since, Entry.suspended_at >= since, Entry.corrected_at >= since, Entry.published_at >= since)
    said = or_(Exchange.withdrawn_at >= since, Exchange.suspended_at >= since, Exchange.edited_at >= since)
    noted = or_(ActionNote.suspended_at >= since, ActionNote.edited_at >= since)
    queries = (
        select(Entry.id).where(here, told),
        select(Exchange.id).join(Entry, Entry.id == Exchange.entry_id).where(here, said),
        select(Echo.id).join(Entry, Entry.id == Echo.entry_id).where(here, Echo.suspended_at >= since),
        select(Synthese.id).join(Entry, Entry.id == Synthese.entry_id).where(here, Synthese.suspended_at >= since),
        select(Rereading.id).join(Entry, Entry.id == Rereading.entry_id).where(here, Rereading.suspended_at >= since),
        select(ActionNote.id).join(Entry, Entry.id == ActionNote.one_id).where(here, noted),
        select(TensionAct.id).where(TensionAct.collectif_id == seat.collectif_id, TensionAct.undone_at >= since),
        select(Arbitrage.id).join(Entry, Entry.id == Arbitrage.tension_id).where(here, Arbitrage.corrected_at >= since),
    )
    with database.system("whether a text was taken back or corrected since an archive was looked at") as session:
        return any(session.scalar(query.limit(1)) is not None for query in queries)
