"""A document on its way in: read apart, its images made anew, then drafts of its author as the mapping says."""

import re
import time
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from rex import intake
from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.documents.apart import parsed_apart
from rex.documents.limits import MOST_IMAGES, Unreadable
from rex.documents.mapping import Placed, Told, assemble
from rex.documents.parts import Parsed
from rex.intake import Rewritten
from rex.journal.attachments import LABEL_LENGTH, MOST_FILES, TO_DESCRIBE, TooMany, give
from rex.journal.canvas import TITLE, CanvasView
from rex.journal.drafts import TooLong, save_text, start_recit
from rex.journal.models import TITLE_LENGTH, Recit
from rex.text.marks import tidy

_IMAGE = re.compile(r"!\[((?:[^\[\]\\\n]|\\.){0,1000})\]\((image-\d{1,4})\)")
_BACKSLASH = re.compile(r"\\(?=[^\w\s])")
IMAGES_PATIENCE = 20  # seconds for all the images of a document; one of forty pages takes two or three
MOST_FREE_PIXELS = 12_000_000
MOST_SWELLING = 200  # pixels for a byte: a page of white with a few words has about a hundred
TOO_MANY_FILES = (
    f"Un récit garde {MOST_FILES} fichiers au plus, et votre brouillon encore sans texte en garde déjà : "
    "supprimez ce brouillon, puis recommencez"
)


@dataclass
class Incoming:
    """A document that was read: its name, what it says, its images as they will be kept."""

    name: str
    parsed: Parsed
    images: dict[str, Rewritten]

    @property
    def title(self) -> str:
        """What its récit is called when it names itself nowhere: the name of its file."""
        stem = PurePath(self.name.replace("\\", "/")).stem
        return self.parsed.title or " ".join(stem.replace("_", " ").replace("-", " ").split()) or "Document importé"


def take_in(data: bytes, name: str) -> Incoming:
    """Read a document. Raises rex.documents.limits.Unreadable."""
    parsed = parsed_apart(data, name)
    images: dict[str, Rewritten] = {}
    until = time.monotonic() + IMAGES_PATIENCE
    for ref, found in list(parsed.images.items())[:MOST_IMAGES]:
        if is_swollen(found):
            raise Unreadable("bomb")
        if time.monotonic() > until:
            raise Unreadable("slow")
        try:
            made = intake.rewritten(found)
        except intake.Unwanted as refusal:
            if refusal.why == "busy":
                raise Unreadable("busy") from refusal
            continue
        if made.media != "application/pdf":
            images[ref] = made
    lost = len(parsed.images) - len(images)
    if lost:
        parsed.left["picture"] = parsed.left.get("picture", 0) + lost
    parsed.images = {}
    for part in parsed.parts:
        part.source, part.body = _with_those(images, part.source), _with_those(images, part.body)
        part.notes = {label: _with_those(images, words) for label, words in part.notes.items()}
    return Incoming(tidy(name)[:200], parsed, images)


def _with_those(images: Container[str], text: str) -> str:
    """A text that shows these images alone: of another, the words that describe it."""
    return _IMAGE.sub(lambda found: found[0] if found[2] in images else found[1], text)


def is_swollen(data: bytes) -> bool:
    """Whether this image takes hardly any room, and all the memory once it is opened; told from its first bytes."""
    wide = high = 0
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        wide, high = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    elif data[:4] == b"GIF8":
        wide, high = (int.from_bytes(data[at : at + 2], "little") for at in (6, 8))
    elif data[8:12] == b"WEBP" and data[12:16] == b"VP8X":
        wide, high = (1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
    return wide * high > MOST_FREE_PIXELS and wide * high > MOST_SWELLING * len(data)


def told_by(incoming: Incoming, placed: Sequence[Placed], canvas: Sequence[CanvasView], title: str = "") -> list[Told]:
    """The récits that this document makes with this mapping."""
    return assemble(incoming.parsed, placed, canvas, title.strip() or incoming.title)


def make_drafts(session: RexSession, reader: Reader, seat: MembershipView, incoming: Incoming, told: Sequence[Told]) -> list[Recit]:
    """Drafts of this reader, with the images that each shows. Raises TooLong (`slug` says which section), and TooMany where
    the untouched draft that is given back to them keeps files already."""
    return [_make_draft(session, reader, seat, incoming, one) for one in told]


def _make_draft(session: RexSession, reader: Reader, seat: MembershipView, incoming: Incoming, told: Told) -> Recit:
    recit = start_recit(session, reader, seat)
    given: dict[str, str] = {}

    def address_of(found: re.Match[str]) -> str:
        words, ref = found[1], found[2]
        image = incoming.images.get(ref)
        if image is None:  # it was not taken
            return words
        if ref not in given:
            label = " ".join(_BACKSLASH.sub("", words).split())[:LABEL_LENGTH] or TO_DESCRIBE
            kept = give(session, reader, seat, recit, image, label)
            given[ref] = f"{kept.url}#{kept.width}x{kept.height}"
        return f"![{words.strip() or TO_DESCRIBE}]({given[ref]})"

    save_text(session, reader, recit, TITLE, title_that_fits(told.title), 0)
    for slug, text in told.sections.items():
        save_text(session, reader, recit, slug, _IMAGE.sub(address_of, text), 0)
    return recit


def title_that_fits(title: str) -> str:
    """A title that is too long is cut between two words: its author sees it first of all."""
    title = " ".join(tidy(title).split())
    return title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1].rsplit(' ', 1)[0]}…"


__all__ = ["TOO_MANY_FILES", "Incoming", "TooLong", "TooMany", "make_drafts", "take_in", "told_by"]
