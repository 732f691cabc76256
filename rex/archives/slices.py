"""One slice of the work: the next lines of an archive, read in one transaction, each kind to its file."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from sqlalchemy import select

from rex.access import MembershipView, Reader, visible_entries
from rex.archives import around, letters, pages, reading, tensions, trends
from rex.archives.shape import Line, said_at
from rex.db import RexSession
from rex.journal.attachment_models import Attachment
from rex.journal.attachments import bytes_of, label_kept, name_of
from rex.journal.models import Entry
from rex.keys import KeyLost
from rex.referentiel.own_balises import slug_of
from rex.sealed_files import FileLost

PAGES = "pages"  # beside the kinds: the Markdown of each récit, until the zip is written
AT_ONCE = 100
STEPS = ("places", "people", "texts", "notes", "links", "acts", "letters", "readings", "actions")


@dataclass(frozen=True)
class Asked:
    """Whose archive, in which place; `addresses`: with those of its members."""

    seat: MembershipView
    addresses: bool = False

    @property
    def reader(self) -> Reader:
        return reading.plain_member(self.seat)


@dataclass
class Slice:
    """What a slice brought: lines by kind, and up to where it went (None: the step is over)."""

    last: int | None = None
    lines: dict[str, list[Line]] = field(default_factory=dict)
    texts: int = 0


Store = Callable[[str, bytes], None]  # where in the archive, and what: written at once, since a slice may hold many


def next_slice(session: RexSession, asked: Asked, step: str, last: int, store: Store) -> Slice:
    """The slice of a step after this number; the bytes of its files go to `store`."""
    return _texts(session, asked, last, store) if step == "texts" else _STEPS[step](session, asked, last)


def _places(session: RexSession, asked: Asked, _last: int) -> Slice:
    return Slice(lines=reading.places(session, asked.seat) | {"jalons": trends.jalons(session, asked.seat.collectif_id)})


def _people(session: RexSession, asked: Asked, last: int) -> Slice:
    lines, end = reading.people_after(session, asked.seat, last, AT_ONCE, addresses=asked.addresses)
    return Slice(end if len(lines) == AT_ONCE else None, {"personnes": lines})


def _actions(session: RexSession, asked: Asked, last: int) -> Slice:
    lines, end = reading.actions_after(session, asked.seat, last, AT_ONCE)
    return Slice(end if len(lines) == AT_ONCE else None, {"actions": lines})


def _notes(session: RexSession, asked: Asked, last: int) -> Slice:
    rows, end = around.notes_after(session, asked.seat, last, AT_ONCE)
    recits = {recit_id for note, _ in rows for recit_id in (note.one_id, note.other_id)}
    told = visible_entries(asked.reader).with_only_columns(Entry.id, Entry.public_id)
    here = told.where(Entry.id.in_(recits), Entry.collectif_id == asked.seat.collectif_id)
    ids = dict(session.execute(here).all()) if recits else {}
    return Slice(end if len(rows) == AT_ONCE else None, {"notes": around.note_lines(session, rows, ids)})


def _links(session: RexSession, asked: Asked, last: int) -> Slice:
    rows = tensions.links_after(session, last, AT_ONCE)
    lines = tensions.link_lines(session, asked.reader, asked.seat, rows)
    return Slice(rows[-1].difficulty_id if len(rows) == AT_ONCE else None, {"liens": lines})


def _acts(session: RexSession, asked: Asked, last: int) -> Slice:
    rows = tensions.acts_after(session, asked.seat, last, AT_ONCE)
    lines = tensions.act_lines(session, asked.reader, asked.seat, rows)
    return Slice(rows[-1].id if len(rows) == AT_ONCE else None, {"actes": lines})


def _letters(session: RexSession, asked: Asked, last: int) -> Slice:
    rows = letters.letters_after(session, asked.reader, asked.seat, last, AT_ONCE)
    lines = letters.letter_lines(session, asked.reader, asked.seat, rows)
    return Slice(rows[-1].id if len(rows) == AT_ONCE else None, {"lettres": lines})


def _readings(session: RexSession, asked: Asked, last: int) -> Slice:
    rows = trends.readings_after(session, asked.reader, asked.seat, last, AT_ONCE)
    lines = trends.reading_lines(session, asked.reader, asked.seat, rows)
    return Slice(rows[-1][0].id if len(rows) == AT_ONCE else None, {"lectures": lines})


def _texts(session: RexSession, asked: Asked, last: int, store: Store) -> Slice:
    """Texts with all that hangs from them: whatever happens between two slices, what a line names is there."""
    reader = asked.reader
    rows = reading.entries_after(session, reader, asked.seat, last, AT_ONCE)
    found = reading.texts(session, reader, asked.seat, rows)
    ids = {row.id: row.public_id for row in rows}
    said, codes = around.messages(session, reader, ids)
    brought = Slice(rows[-1].id if len(rows) == AT_ONCE else None, texts=len(rows))
    lines = brought.lines
    for kind, line in found.values():
        lines.setdefault(kind, []).append(line)
    lines |= {"echanges": said, "echos": around.echoes(session, ids), "relectures": around.rereadings(session, ids)}
    lines |= {"arbitrages": tensions.arbitrages(session, ids), "essais": tensions.trials(session, ids)}
    lines["syntheses"] = around.syntheses(session, ids, codes)
    lines["fichiers"] = _files(session, ids, store)
    lines[PAGES] = _pages(lines, asked.seat.timezone)
    return brought


def _files(session: RexSession, ids: dict[int, str], store: Store) -> list[Line]:
    """The files that published sections show. One whose bytes, or whose key, are lost is left out."""
    shown = select(Attachment).where(Attachment.entry_id.in_(ids), Attachment.is_published)
    lines = []
    for row in session.scalars(shown.order_by(Attachment.entry_id, Attachment.id)):
        try:
            content, label = bytes_of(session, row), label_kept(session, row)
        except (FileLost, KeyLost):  # `rex db check` says which
            continue
        member = f"fichiers/{row.public_id}-{slug_of(label, 60) or 'fichier'}{PurePath(name_of(session, row)).suffix}"
        store(member, content)
        lines.append(
            {
                "id": row.public_id, "texte": ids[row.entry_id], "membre": member, "sorte": row.kind.value, "taille": len(content),
                "largeur": row.width, "hauteur": row.height, "description": label,
                "sha256": hashlib.sha256(content).hexdigest(), "donne_le": said_at(row.created_at),
            }
        )  # fmt: skip
    return lines


def _pages(lines: dict[str, list[Line]], zone: str) -> list[Line]:
    under: dict[str, dict[str, list[Line]]] = {}
    for kind in ("echanges", "relectures", "syntheses", "fichiers"):
        for line in lines[kind]:
            under.setdefault(line["texte"], {}).setdefault(kind, []).append(line)
    return [
        {"membre": pages.name_of(recit), "texte": pages.page_of(recit, under.get(recit["id"], {}), zone)}
        for recit in lines.get("recits", [])
    ]


_STEPS: dict[str, Callable[[RexSession, Asked, int], Slice]] = {
    "places": _places,
    "people": _people,
    "notes": _notes,
    "links": _links,
    "acts": _acts,
    "letters": _letters,
    "readings": _readings,
    "actions": _actions,
}


def total_of(session: RexSession, asked: Asked) -> int:
    """How many texts the archive will hold, as things are now."""
    return reading.count_texts(session, asked.reader, asked.seat)
