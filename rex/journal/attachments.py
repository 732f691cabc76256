"""Images and PDF given to a récit: taken in, put in a section, shown to its readers once a published section shows them."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import select, update

from rex import intake
from rex.access import MembershipView, Reader
from rex.db import RexSession, new_public_id
from rex.intake import Rewritten
from rex.journal.attachment_models import Attachment, FileKind
from rex.journal.models import Entry, Recit, Section
from rex.sealed_words import SpaceKind
from rex.text.marks import tidy
from rex.text.urls import UPLOADS

LABEL_LENGTH = 300
MOST_FILES = 60  # of one récit: a page that one reads, not an album
SHOWN = re.compile(re.escape(UPLOADS) + r"([A-Za-z0-9_-]{16})(?![A-Za-z0-9_-])")
TO_DESCRIBE = "Image à décrire"  # what an import writes for an image of which its document said nothing
_BARE = re.compile(rf"!\[(?:\s*|{TO_DESCRIBE})\]\({re.escape(UPLOADS)}")
_MARKS = re.compile(r"([\\`*_{}\[\]()>#|])")  # what a backslash escapes


class Unlabelled(ValueError):
    """Nobody said what the image shows, or what the document is called."""


class TooMany(ValueError):
    """The récit holds as many files as it can."""


@dataclass(frozen=True)
class Given:
    """A file as the authors of its récit see it."""

    public_id: str
    kind: FileKind
    label: str
    size: int
    width: int
    height: int

    @property
    def is_image(self) -> bool:
        return self.kind is not FileKind.PDF

    @property
    def url(self) -> str:
        return f"{UPLOADS}{self.public_id}"

    @property
    def markdown(self) -> str:
        """What stands for it in a text. The size comes behind « # », so that a page keeps its place before it arrives."""
        words = _MARKS.sub(r"\\\1", self.label)
        return f"![{words}]({self.url}#{self.width}x{self.height})" if self.is_image else f"[{words} (PDF)]({self.url})"


def to_describe(sections: Mapping[str, str]) -> list[str]:
    """For each image that these texts show without a word of what it shows, the section where it stands."""
    return [slug for slug, source in sections.items() for _ in _BARE.finditer(source)]


def label_of(words: str, file_name: str, data: bytes) -> str:
    """What an image shows or a document is called; a document may keep the name of its file. Raises Unlabelled."""
    if not words.strip() and intake.media_of(data) == "application/pdf":
        words = PurePath(file_name.replace("\\", "/")).stem.replace("_", " ")
    label = " ".join(tidy(words).split())[:LABEL_LENGTH].strip()
    if not any(char.isalnum() for char in label):
        raise Unlabelled
    return label


def give(session: RexSession, reader: Reader, seat: MembershipView, recit: Recit, made: Rewritten, label: str) -> Given:
    """Keep a file, sealed, for a section to show. Raises TooMany."""
    if len(session.scalars(select(Attachment.id).where(Attachment.entry_id == recit.id)).all()) >= MOST_FILES:
        raise TooMany
    kept = put_in(session, recit.id, seat.key_name, new_public_id(), made, label)
    kept.given_by_id = reader.user_id
    session.flush()
    return _given(session, kept)


def put_in(session: RexSession, entry_id: int, key_name: str, public_id: str, made: Rewritten, label: str) -> Attachment:
    """The row of a file, and its bytes, sealed with the key of its space."""
    session.files.write(session, key_name, public_id, made.data)
    kept = Attachment(
        public_id=public_id,
        entry_id=entry_id,
        kind=FileKind(made.media),
        size=len(made.data),
        width=made.width,
        height=made.height,
        label=session.keyring.seal(key_name, _label_row(public_id), label),
        key_name=key_name,
    )
    session.add(kept)
    return kept


def find(session: RexSession, public_id: str) -> Attachment | None:
    """A file that the reader of this session may open: the second lock leaves the others out."""
    return session.scalars(select(Attachment).where(Attachment.public_id == public_id)).first()


def bytes_of(session: RexSession, attachment: Attachment) -> bytes:
    """Its bytes, opened. Raises KeyLost or FileLost."""
    return session.files.read(attachment.key_name, attachment.public_id)


def name_of(session: RexSession, attachment: Attachment) -> str:
    """The name under which it is saved elsewhere: its label, as letters that every system takes."""
    ending = {FileKind.PNG: "png", FileKind.JPEG: "jpg", FileKind.WEBP: "webp", FileKind.PDF: "pdf"}[attachment.kind]
    if attachment.key_name.startswith(f"{SpaceKind.GROUPE}-"):
        return f"fichier.{ending}"  # nothing of a group is said outside of it, even on the disk of its members
    words = re.sub(r"[^\w \-’']+", " ", _given(session, attachment).label)
    name = " ".join(words.split())[:80].strip() or "fichier"
    return f"{name.removesuffix(f' {ending}')}.{ending}"


def label_kept(session: RexSession, attachment: Attachment) -> str:
    """What it shows, or how it is called."""
    return _given(session, attachment).label


def given_to(session: RexSession, recit: Recit) -> list[Given]:
    """The files of a récit, for its authors, first given first."""
    rows = session.scalars(select(Attachment).where(Attachment.entry_id == recit.id).order_by(Attachment.id)).all()
    return [_given(session, row) for row in rows]


def take_away(session: RexSession, recit: Recit, public_id: str) -> bool:
    """Delete one file of this récit, and its bytes; False when it is not one."""
    kept = find(session, public_id)
    if kept is None or kept.entry_id != recit.id:
        return False
    session.delete(kept)
    session.flush()
    session.files.remove(session, public_id)
    return True


def shown_in(sources: Iterable[str]) -> set[str]:
    """The files that these texts show or link to."""
    return {found for source in sources for found in SHOWN.findall(source)}


def follow_what_is_read(session: RexSession, recit: Recit) -> None:
    """Open to the récit's readers the files that its published sections show, and close the others to them."""
    shown = shown_in(session.scalars(select(Section.source).where(Section.entry_id == recit.id)))
    _open_to_readers(session, recit, shown)


def _open_to_readers(session: RexSession, recit: Recit, shown: Collection[str]) -> None:
    mine = update(Attachment).where(Attachment.entry_id == recit.id)
    session.execute(mine.where(Attachment.public_id.in_(shown)).values(is_published=True))
    session.execute(mine.where(Attachment.public_id.not_in(shown)).values(is_published=False))


def forget_files_of(session: RexSession, entry: Entry) -> None:
    """Take the bytes away with an entry that this transaction deletes."""
    for public_id in session.scalars(select(Attachment.public_id).where(Attachment.entry_id == entry.id)):
        session.files.remove(session, public_id)


def seal_again(session: RexSession, recit: Recit, key_name: str) -> dict[str, str]:
    """Seal the files of a récit with another key, under other names, and take the former ones away: former address → the one to
    write in its place."""
    addresses = {}
    for kept in session.scalars(select(Attachment).where(Attachment.entry_id == recit.id)).all():
        data, label, before = bytes_of(session, kept), _given(session, kept).label, kept.public_id
        kept.public_id, kept.key_name = new_public_id(), key_name
        kept.label = session.keyring.seal(key_name, _label_row(kept.public_id), label)
        session.files.write(session, key_name, kept.public_id, data)
        session.files.remove(session, before)
        addresses[f"{UPLOADS}{before}"] = f"{UPLOADS}{kept.public_id}"
    session.flush()
    return addresses


def sweep(session: RexSession) -> None:
    """Take away the bytes whose row is gone (deleted with much else, or a machine fell); for the ticker."""
    if any(True for _ in session.files.names()):
        session.files.sweep(set(session.scalars(select(Attachment.public_id))))


def _given(session: RexSession, row: Attachment) -> Given:
    label = session.keyring.open(row.key_name, _label_row(row.public_id), row.label)
    return Given(row.public_id, row.kind, label, row.size, row.width, row.height)


def _label_row(public_id: str) -> str:
    return f"attachment|{public_id}|label"
