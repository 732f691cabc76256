"""The récits that a person signs in the journals: what readers read, the working copy, the versions, the files.

With the names of those who sign too, as they were published; read as the system, since one may have left the journal: their récits
are theirs still, and nothing else of it is read. What others go on writing there is not theirs (`rex.departures.own_reach`)."""

import json
from collections.abc import Iterator
from functools import partial

from sqlalchemy import ColumnElement, case, select

from rex.db import RexSession
from rex.departures.own_files import FilesBeside
from rex.departures.own_reach import Journal, is_of_others_too, stood_when_they_left
from rex.departures.said import READERS
from rex.departures.writing import Thing, in_json, unless_lost
from rex.departures.zipping import Member
from rex.documents.own_marks import write_own
from rex.exchanges.entries import FOLDERS
from rex.french import date_long
from rex.journal.canvas import TITLE, canvas_of
from rex.journal.models import Authorship, Draft, DraftText, Entry, Recit, Revision, Section, Tagging
from rex.journal.queries import AuthorView, authors_of
from rex.journal.sealed_drafts import revision_row, tags_row, text_row, unpack_tags
from rex.keys import KeyLost
from rex.referentiel.own_balises import slug_of
from rex.sealed_words import LOST

Told = list[tuple[str, str, str]]  # slug, heading, source


def address_of_entry() -> ColumnElement[str]:
    """Where an entry is read."""
    return case({kind: f"/{folder}/" for kind, folder in FOLDERS.items()}, value=Entry.kind) + Entry.public_id


def recit_members(session: RexSession, user_id: int, journal: Journal) -> Iterator[Member]:
    """A folder for each, one after the other: of a hundred récits with their images, one is in memory."""
    mine = select(Recit.id).join(Authorship, Authorship.entry_id == Recit.id)
    with session.as_system("a person takes along what they wrote"):
        ids = session.scalars(mine.where(Authorship.user_id == user_id, Recit.collectif_id == journal.id).order_by(Recit.id)).all()
    for number, recit_id in enumerate(ids, 1):
        yield from _one(session, user_id, recit_id, journal, number)
        session.expunge_all()


def _one(session: RexSession, user_id: int, recit_id: int, journal: Journal, number: int) -> Iterator[Member]:
    with session.as_system("a person takes along what they wrote"):
        recit = session.scalars(select(Recit).where(Recit.id == recit_id)).one()
        if is_of_others_too(session, user_id, journal, recit):
            yield from _as_it_was_read(session, user_id, recit, journal, number)
            return
        told, copy = _told(session, recit), _copy(session, recit, journal.key_name)
        versions = unless_lost(partial(_versions, session, recit, journal.key_name))
        beside = FilesBeside(session, recit.id)
        about = _about(session, recit)
    title = recit.title or (copy[0] if copy else "") or "sans titre"
    folder = _folder(journal, number, title)
    signed = f"Signé par {', '.join(about['signatures'])}."
    if told:
        when = f"Publié le {date_long(recit.published_at)}." if recit.published_at else ""
        yield f"{folder}/recit.md", [beside.written(recit.title, [line for line in (signed, when) if line], told)]
    if copy and (copy[0] or copy[1]):
        yield f"{folder}/brouillon.md", [beside.written(copy[0] or "Sans titre", [signed, "Brouillon."], copy[1])]
    names = beside.names()
    yield f"{folder}/recit.json", [in_json({**about, "sections": _as_things(told), "brouillon": _copy_as_thing(copy),
                                            "versions": versions, "fichiers": names})]
    for one in names:
        data = beside.bytes_at(one["adresse"])
        if data is not None:
            yield f"{folder}/{one['fichier']}", [data]


def _folder(journal: Journal, number: int, title: str) -> str:
    return f"{journal.folder}/recits/{number:03d}-{slug_of(title, 48) or 'recit'}"


def _as_it_was_read(session: RexSession, user_id: int, recit: Recit, journal: Journal, number: int) -> Iterator[Member]:
    """A récit of several hands, in a journal that the person left: the words that they could read there, while they are read still.
    No working copy, no version, no file, no name but theirs; nothing at all of what is not told any more."""
    found = _read_then(session, recit, journal)
    if found is None:
        return
    title, told = found
    folder = _folder(journal, number, title)
    mine = [_signed(one) for one in authors_of(session, recit.id) if one.user_id == user_id]
    about = {"titre": title, "adresse": f"/recits/{recit.public_id}", "signatures": mine, "commencé le": recit.created_at,
             "tel que vous l’avez lu le": journal.left_at}
    yield f"{folder}/recit.json", [in_json({**about, "sections": _as_things(told)})]
    yield f"{folder}/recit.md", [write_own(title, ["Signé à plusieurs."], told).encode()]


def _read_then(session: RexSession, recit: Recit, journal: Journal) -> tuple[str, Told] | None:
    """Title and sections that readers read when the person left: as they stand, or in the version of that day."""
    if stood_when_they_left(journal, recit):
        return recit.title, _told(session, recit)
    if recit.published_at is None or recit.suspended_at is not None or journal.left_at is None:
        return None
    before = select(Revision).where(Revision.entry_id == recit.id, Revision.created_at <= journal.left_at)
    last = session.scalars(before.order_by(Revision.number.desc()).limit(1)).first()
    if last is None or last.content is None:  # an author erased it
        return None
    try:
        content = json.loads(session.keyring.open(journal.key_name, revision_row(recit, last.number), last.content))
    except KeyLost:
        return None
    return content["title"], [tuple(one) for one in content["sections"]]


def _signed(one: AuthorView) -> str:
    return ", ".join(filter(None, (one.name, one.title, one.service_name)))


def _about(session: RexSession, recit: Recit) -> dict:
    tags = session.execute(select(Tagging.code, Tagging.stance).where(Tagging.entry_id == recit.id).order_by(Tagging.position))
    return {
        "titre": recit.title,
        "adresse": f"/recits/{recit.public_id}",
        "nommé": recit.teller,
        "signatures": [_signed(one) for one in authors_of(session, recit.id)],
        "lu par": READERS[recit.audience],
        "commencé le": recit.created_at,
        "publié le": recit.published_at,
        "corrigé le": recit.corrected_at,
        "retiré le": recit.withdrawn_at,
        "suspendu le": recit.suspended_at,
        "motif de la suspension": recit.suspended_why,
        "balises": [{"code": code, "rapport": stance.value} for code, stance in tags],
    }


def _told(session: RexSession, recit: Recit) -> Told:
    rows = select(Section.slug, Section.heading, Section.source).where(Section.entry_id == recit.id).order_by(Section.position)
    return [tuple(row) for row in session.execute(rows)]


def _copy(session: RexSession, recit: Recit, key_name: str) -> tuple[str, Told, dict[str, str]] | None:
    """The working copy: title, sections in the order of the canvas, balises."""
    draft = session.scalars(select(Draft).where(Draft.entry_id == recit.id)).first()
    if draft is None:
        return None
    rows = session.scalars(select(DraftText).where(DraftText.entry_id == recit.id).order_by(DraftText.id)).all()
    try:
        texts = {row.slug: session.keyring.open(key_name, text_row(recit, row.slug), row.sealed) for row in rows}
    except KeyLost:
        return "", [("perdu", "Brouillon", LOST)], {}
    title = texts.pop(TITLE, "").strip()
    headings = {section.slug: section.heading for section in canvas_of(session, recit.collectif_id)}
    order = [slug for slug in dict.fromkeys([*headings, *texts]) if texts.get(slug, "").strip()]
    tags = unpack_tags(session.keyring.open(key_name, tags_row(recit), draft.tags))
    sections = [(slug, headings.get(slug, "Autre section"), texts[slug]) for slug in order]
    return title, sections, {code: stance.value for code, stance in tags.items()}


def _copy_as_thing(copy: tuple[str, Told, dict[str, str]] | None) -> Thing | None:
    return {"titre": copy[0], "sections": _as_things(copy[1]), "balises": copy[2]} if copy else None


def _as_things(told: Told) -> list[Thing]:
    return [{"section": slug, "titre": heading, "texte": source} for slug, heading, source in told]


def _versions(session: RexSession, recit: Recit, key_name: str) -> list[Thing]:
    """What readers read before, as the authors may read it again; an erased one is named by its date."""
    found: list[Thing] = []
    for row in session.scalars(select(Revision).where(Revision.entry_id == recit.id).order_by(Revision.number)).all():
        about: dict = {"version": row.number, "du": row.created_at, "effacée le": row.erased_at}
        if row.content is not None:
            content = json.loads(session.keyring.open(key_name, revision_row(recit, row.number), row.content))
            about |= {"titre": content["title"], "sections": _as_things([tuple(one) for one in content["sections"]])}
        found.append(about)
    return found
