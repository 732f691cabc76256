"""What waits between the upload of a document and the word of its author: sealed on the disk, swept after seven days.

No row of the base stands for it: the name of a file says whose it is and of which import, its seal is bound to both and to the key
of the collectif, so that nobody else opens it, nor its author once they have left."""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rex import clock
from rex.access import MembershipView, Reader
from rex.db import PUBLIC_ID_LENGTH, RexSession
from rex.documents.incoming import Incoming
from rex.documents.parts import from_told
from rex.files import write_private_once
from rex.intake import Rewritten
from rex.keys import KeyLost

FOLDER = "importations"
DAYS = 7
MOST_WAITING = 60  # documents of one person
MOST_WAITING_BYTES = 256 * 1024 * 1024  # of all of them


class TooManyWait(ValueError):
    """This person has as many documents waiting as they may."""


@dataclass(frozen=True)
class Waiting:
    """A document that waits, without its images; `key` names it in its import."""

    key: str
    incoming: Incoming


@dataclass(frozen=True)
class Batch:
    """An import that waits: the documents that came together. `name`: of the first of them, as its author called it."""

    public_id: str
    name: str
    number: int
    came_at: datetime


def folder_of(session: RexSession) -> Path:
    """Where they lie: beside the files of the récits."""
    return session.files.folder.with_name(FOLDER)


def keep(session: RexSession, reader: Reader, seat: MembershipView, batch: str, rank: int, incoming: Incoming) -> None:
    """Seal a document until its author decides; the same one again in the same import is the same. Raises TooManyWait."""
    mine = _names(session, reader.user_public_id)
    if len(mine) >= MOST_WAITING or sum(_size(folder_of(session) / name) for name in mine) > MOST_WAITING_BYTES:
        raise TooManyWait
    images = [(ref, one.media, one.width, one.height, len(one.data)) for ref, one in incoming.images.items()]
    told = json.dumps({"name": incoming.name, "parsed": incoming.parsed.without_images(), "images": images}).encode()
    data = told + b"\n" + b"".join(one.data for one in incoming.images.values())
    key = f"{min(rank, 999):03d}-{_digest(incoming.name.encode() + data)}-{_digest(seat.key_name.encode())}"
    name = f"{reader.user_public_id}{batch}{key}"
    write_private_once(folder_of(session) / name, session.keyring.seal_bytes(seat.key_name, _bound(name), data))


def waiting_in(session: RexSession, reader: Reader, seat: MembershipView, batch: str) -> list[Waiting]:
    """The documents of one import, in the order in which they were chosen; none when it is somebody else's, or of another space.
    Twenty of them may be heavy: their images are left where they are."""
    found = []
    for name in _names(session, reader.user_public_id + batch, seat):
        incoming = _read(session, seat, name)
        if incoming is not None:
            found.append(Waiting(name[2 * PUBLIC_ID_LENGTH :], replace(incoming, images={})))
    return found


def whole(session: RexSession, reader: Reader, seat: MembershipView, batch: str, key: str) -> Incoming | None:
    """One document of an import, with its images; None when it went meanwhile."""
    return _read(session, seat, f"{reader.user_public_id}{batch}{key}")


def _read(session: RexSession, seat: MembershipView, name: str) -> Incoming | None:
    try:
        return _opened(session.keyring.open_bytes(seat.key_name, _bound(name), (folder_of(session) / name).read_bytes()))
    except (KeyLost, FileNotFoundError):
        return None


def batches_of(session: RexSession, reader: Reader, seat: MembershipView) -> list[Batch]:
    """The imports of this person that wait in this collectif, last first."""
    batches: dict[str, list[str]] = {}
    for name in _names(session, reader.user_public_id, seat):
        batches.setdefault(name[PUBLIC_ID_LENGTH : 2 * PUBLIC_ID_LENGTH], []).append(name)
    found = []
    for batch, names in batches.items():
        came = max(_came(folder_of(session) / name) for name in names)
        first = next((one.name for name in names if (one := _read(session, seat, name)) is not None), "")
        if first:  # what its key does not open leads nowhere
            found.append(Batch(batch, first, len(names), datetime.fromtimestamp(came, UTC)))
    return sorted(found, key=lambda one: one.came_at, reverse=True)


def forget(session: RexSession, reader: Reader, batch: str, keys: Collection[str] | None = None) -> None:
    """Take the documents of an import away, all of them or those of these `keys`: they are drafts now, or given up."""
    start = reader.user_public_id + batch
    for name in _names(session, start):
        if keys is None or name[len(start) :] in keys:
            (folder_of(session) / name).unlink(missing_ok=True)


def forget_all(session: RexSession, user_public_id: str) -> None:
    """Take away all that waits for this person: their account is gone."""
    for name in _names(session, user_public_id):
        (folder_of(session) / name).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Take away what waited too long; for the ticker."""
    before = clock.now().timestamp() - DAYS * 86_400
    for path in _files(folder):
        if _came(path) < before:
            path.unlink(missing_ok=True)


def _names(session: RexSession, start: str, seat: MembershipView | None = None) -> list[str]:
    """Names that begin so; of what came to this space, when it is given."""
    end = _digest(seat.key_name.encode()) if seat else ""
    return sorted(path.name for path in _files(folder_of(session)) if path.name.startswith(start) and path.name.endswith(end))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _came(path: Path) -> float:
    """When this file came; now, for one that goes at this moment."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return clock.now().timestamp()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.iterdir()


def _opened(data: bytes) -> Incoming:
    line, _, blob = data.partition(b"\n")
    told = json.loads(line)
    images, at = {}, 0
    for ref, media, width, height, size in told["images"]:
        images[ref] = Rewritten(media, width, height, blob[at : at + size])
        at += size
    return Incoming(told["name"], from_told(told["parsed"], {}), images)


def _bound(name: str) -> str:
    return f"import|{name}"
