"""What an animateur changes in a letter that waits: its édito, titles and linking words, the order, what is in it. The words of
others are changed by nobody (`rex.digests.quoting`).

The page is one form: each of its buttons keeps all that was typed. Two people at once: what one typed and the other did not touch
is kept for both; where both typed, nothing is written, and the second one gets both texts back (`Clash`)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from rex import clock
from rex.access import Reader
from rex.db import RexSession
from rex.digests.models import Digest, DigestItem, DigestState, Rubric
from rex.digests.publishing import AlreadyGone
from rex.digests.told import Told, ToldItem, told
from rex.text.marks import tidy
from rex.text.urls import is_external, is_safe_link

TITLE, EDITO = "titre", "edito"
ITEM_TITLE, ITEM_WORDS, ITEM_LINK = "titre-", "mots-", "lien-"
NEW = "nouveau"  # after the kind of a field: of what is added by hand
READ = "lu-"  # before the name of a field: what it held when the page was drawn
MOST = {TITLE: 200, EDITO: 6000, ITEM_TITLE: 200, ITEM_WORDS: 1200, ITEM_LINK: 600}
UP, DOWN = "monter", "descendre"
TOO_LONG = "{} : {} caractères au plus"
NAMES = {TITLE: "Le titre de la lettre", EDITO: "L’édito", ITEM_TITLE: "Un titre", ITEM_WORDS: "Un texte", ITEM_LINK: "Une adresse"}
BAD_LINK = "Donnez une adresse entière, qui commence par https://"
NO_TITLE = "Donnez un titre à ce que vous ajoutez"


@dataclass
class Refused(Exception):
    """What was typed cannot be kept as it is; each (field, French sentence)."""

    faults: list[tuple[str, str]]


@dataclass
class Clash(Exception):
    """Somebody else changed the same fields meanwhile: what they say now, by name; `lost`: what was typed about what is no longer
    in the letter."""

    standing: dict[str, str]
    lost: list[str] = field(default_factory=list)


def mark_of(value: str) -> str:
    """What a form says that a field held when it was drawn."""
    return hashlib.sha256(normal(value).encode()).hexdigest()[:12]


def normal(value: str) -> str:
    """A text as it is compared and kept: plain spaces, since those of French typography are set when it is shown."""
    return tidy(value).replace("\r\n", "\n").replace("\u202f", " ").replace("\u00a0", " ").strip()


def kind_of(name: str) -> str:
    return next((kind for kind in (ITEM_TITLE, ITEM_WORDS, ITEM_LINK) if name.startswith(kind)), name)


def fields_of(digest: Digest, page: Told) -> dict[str, str]:
    """The fields of the page and what they hold now."""
    found = {TITLE: digest.title, EDITO: digest.edito}
    for item in items_of(page):
        found[ITEM_TITLE + item.public_id] = item.title
        found[ITEM_WORDS + item.public_id] = item.words
        if item.is_by_hand:
            found[ITEM_LINK + item.public_id] = item.path
    return found


def items_of(page: Told) -> list[ToldItem]:
    return [item for rubric in page.rubrics for item in rubric.items if not item.is_gone]


def hold(session: RexSession, digest: Digest) -> None:
    """Keep the letter for this transaction. Raises AlreadyGone when it left meanwhile."""
    session.refresh(digest, with_for_update=True)
    if digest.state is not DigestState.TO_EDIT:
        raise AlreadyGone


def save(session: RexSession, reader: Reader, digest: Digest, zone: str, form: Mapping[str, str]) -> None:
    """Keep what was typed, of a letter that is held. Raises Refused, Clash; nothing is written then."""
    now = fields_of(digest, told(session, reader, digest, zone, removed=True))
    typed = {name: normal(form[name]) for name in form if name in now or (kind_of(name) != name and not name.endswith(NEW))}
    typed = {name: value for name, value in typed.items() if mark_of(value) != form.get(READ + name, "")}
    lost = [value for name, value in typed.items() if name not in now and value]
    standing = {
        name: now[name]
        for name, value in typed.items()
        if name in now and READ + name in form and form[READ + name] != mark_of(now[name]) and value != normal(now[name])
    }
    if standing or lost:
        raise Clash(standing, lost)
    changed = {name: value for name, value in typed.items() if value != normal(now[name])}
    if faults := faults_of(changed):
        raise Refused(faults)
    if changed:
        _write(session, reader, digest, changed)


def faults_of(typed: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    for name, value in typed.items():
        kind = kind_of(name)
        if len(value) > MOST[kind]:
            found.append((name, TOO_LONG.format(NAMES[kind], MOST[kind])))
        elif kind == ITEM_LINK and value and not is_link(value):
            found.append((name, BAD_LINK))
    return found


def is_link(value: str) -> bool:
    return is_external(value) and is_safe_link(value)


def _write(session: RexSession, reader: Reader, digest: Digest, changed: Mapping[str, str]) -> None:
    if TITLE in changed:
        digest.title = " ".join(changed[TITLE].split())
    if EDITO in changed:
        digest.edito, digest.edito_by_id = changed[EDITO], reader.user_id
    rows = {row.public_id: row for row in _rows(session, digest)}
    for name, value in changed.items():
        row = rows.get(name.removeprefix(kind_of(name))) if kind_of(name) != name else None
        if row is None:
            continue
        if name.startswith(ITEM_TITLE):
            row.title = " ".join(value.split())
        elif name.startswith(ITEM_WORDS):
            row.words = value
        else:
            row.link = value
        row.edited_by_id = reader.user_id
    note(session, digest)


def _rows(session: RexSession, digest: Digest) -> list[DigestItem]:
    query = select(DigestItem).where(DigestItem.digest_id == digest.id)
    return list(session.scalars(query.order_by(DigestItem.position, DigestItem.id)))


def _row(session: RexSession, digest: Digest, item_id: str) -> DigestItem:
    row = next((row for row in _rows(session, digest) if row.public_id == item_id), None)
    if row is None:
        raise LookupError("no such item in this letter")
    return row


def note(session: RexSession, digest: Digest) -> None:
    """Somebody changed it: whoever had read it again did not read this."""
    digest.version += 1
    digest.edited_at, digest.is_ready = clock.now(), False
    session.flush()


def move(session: RexSession, digest: Digest, item_id: str, way: str) -> None:
    """One place up or down in its rubric, of a letter that is held; the first stays first. Raises LookupError."""
    row = _row(session, digest, item_id)
    beside = [one for one in _rows(session, digest) if one.rubric is row.rubric]
    shown = [one for one in beside if not one.is_removed or one is row]
    at = shown.index(row) + (-1 if way == UP else 1)
    if 0 <= at < len(shown):
        other = shown[at]
        order = [one for one in beside if one is not row]
        order.insert(order.index(other) + (way == DOWN), row)
        for position, one in enumerate(order):
            one.position = position
        note(session, digest)


def set_removed(session: RexSession, reader: Reader, digest: Digest, item_id: str, *, removed: bool) -> None:
    """« Retirer », « Remettre », of a letter that is held. Raises LookupError."""
    row = _row(session, digest, item_id)
    if row.is_removed is not removed:
        row.is_removed, row.edited_by_id = removed, reader.user_id
        note(session, digest)


@dataclass(frozen=True)
class New:
    """An « Inspiration » that somebody adds."""

    title: str
    words: str
    link: str


def typed_new(title: str, words: str, link: str) -> New | None:
    """What was typed to be added; None when nothing was. Raises Refused."""
    new = New(" ".join(normal(title).split()), normal(words), normal(link))
    if new == New("", "", ""):
        return None
    faults = [(name + NEW, said) for name, said in faults_of({ITEM_TITLE: new.title, ITEM_WORDS: new.words, ITEM_LINK: new.link})]
    if not new.title:
        faults.insert(0, (ITEM_TITLE + NEW, NO_TITLE))
    if faults:
        raise Refused(faults)
    return new


def add_by_hand(session: RexSession, reader: Reader, digest: Digest, new: New) -> None:
    """Add it, to a letter that is held."""
    last = max((row.position for row in _rows(session, digest) if row.rubric is Rubric.INSPIRATION), default=-1)
    row = DigestItem(
        digest_id=digest.id, rubric=Rubric.INSPIRATION, position=last + 1, title=new.title, words=new.words, link=new.link,
        is_by_hand=True, edited_by_id=reader.user_id,
    )  # fmt: skip
    session.add(row)
    note(session, digest)
