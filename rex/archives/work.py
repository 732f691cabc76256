"""The work of an archive in a folder of its own: what was read so far, and how far it went, so that whoever is stopped goes on.

Each slice is added to the files of its kinds, then the state takes its name: lengths of the files, and the last number read. After
a kill, what was written beyond these lengths is cut off and read again: nothing twice, nothing lost. Only one process works in a
folder at a time."""

import fcntl
import json
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rex import clock
from rex.archives.shape import FORMAT, KINDS
from rex.archives.slices import PAGES, STEPS, Asked, Slice, next_slice, total_of
from rex.db import Database
from rex.files import write_private

STATE, LOCK, FILES = "etat.json", "verrou", "fichiers"
LINES = (*KINDS, PAGES)


class Busy(RuntimeError):
    """Another process works in this folder."""


class Another(RuntimeError):
    """This folder holds the work of another archive."""


@dataclass
class State:
    """How far the work went."""

    archive: str  # of which collectif, in which format, with or without addresses
    began_at: str
    step: str = STEPS[0]
    last: int = 0
    texts: int = 0
    total: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether all was read: the zip can be written."""
        return self.step == ""


class Work:
    """The folder, held by this process."""

    def __init__(self, folder: Path, asked: Asked, state: State) -> None:
        self.folder, self.asked, self.state = folder, asked, state

    def file_of(self, kind: str) -> Path:
        return self.folder / f"{kind}.jsonl"

    def advance(self, database: Database) -> None:
        """Read one slice more, if any is left."""
        if self.state.is_read:
            return
        with database.session(self.asked.reader) as session:
            if not self.state.total:
                self.state.total = total_of(session, self.asked)
            brought = next_slice(session, self.asked, self.state.step, self.state.last, self._store)
        self._add(brought)
        self._keep()

    def _add(self, brought: Slice) -> None:
        for kind, lines in brought.lines.items():
            if lines:
                with open(self.file_of(kind), "ab") as file:
                    file.writelines(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines)
                    file.flush()
                    os.fsync(file.fileno())
                    self.state.sizes[kind] = file.tell()
                self.state.lines[kind] = self.state.lines.get(kind, 0) + len(lines)
        self.state.texts += brought.texts
        if brought.last is None:
            following = STEPS.index(self.state.step) + 1
            self.state.step, self.state.last = STEPS[following] if following < len(STEPS) else "", 0
        else:
            self.state.last = brought.last

    def _store(self, member: str, content: bytes) -> None:
        path = self.folder / member
        path.unlink(missing_ok=True)  # of a slice that was stopped
        write_private(path, content)

    def _keep(self) -> None:
        _write_state(self.folder, self.state)


@contextmanager
def working(folder: Path, asked: Asked) -> Generator[Work, None, None]:
    """The work in this folder, begun or gone on with. Raises Busy or Another."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield Work(folder, asked, _begun(folder, asked))
    finally:
        os.close(held)


def forget(folder: Path) -> None:
    """Take the folder away, with all that was read."""
    shutil.rmtree(folder, ignore_errors=True)


def _begun(folder: Path, asked: Asked) -> State:
    archive = f"{FORMAT} {asked.seat.collectif_public_id}{' adresses' if asked.addresses else ''}"
    (folder / FILES).mkdir(exist_ok=True, mode=0o700)
    paths = {kind: folder / f"{kind}.jsonl" for kind in LINES}
    for path in paths.values():
        if not path.exists():
            write_private(path, b"")
    try:
        state = State(**json.loads((folder / STATE).read_bytes()))
    except FileNotFoundError:
        state = State(archive, clock.now().isoformat())
    except (ValueError, TypeError) as error:
        raise Another from error
    if state.archive != archive:
        raise Another
    if any(path.stat().st_size < state.sizes.get(kind, 0) for kind, path in paths.items()):  # the disk lost some of it
        state = State(archive, clock.now().isoformat())
    _write_state(folder, state)
    for kind, path in paths.items():
        os.truncate(path, state.sizes.get(kind, 0))
    return state


def _write_state(folder: Path, state: State) -> None:
    """Whole or not at all: the new state takes the name of the former one."""
    beside: Path = folder / f"{STATE}.suite"
    beside.unlink(missing_ok=True)
    told: dict[str, Any] = asdict(state)
    write_private(beside, json.dumps(told).encode())
    beside.replace(folder / STATE)
