"""The bytes of what people gave, each file sealed with the key of its space, in a folder of the installation.

A file and its row are in step: it is written before the row is committed and taken away when the row is not; it goes once the
deletion of the row is committed. What a fall of the machine leaves behind is swept later."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from rex import clock
from rex.files import write_private_once
from rex.keys import Keyring

FOLDER = "fichiers"
MAY_BE_ARRIVING = 3600.0  # seconds; a file without a row that is younger may belong to a request that is still running


class FileLost(Exception):
    """A file that has a row is not in the folder; `str()` is a French sentence."""


class SealedFiles:
    """The folder, and the keys that open what lies in it. Names are public identifiers of rows."""

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        self.folder = folder
        self._keyring = keyring

    def write(self, session: Session, space: str, name: str, data: bytes) -> None:
        """Keep a file for a row that this session adds; rolled back, nothing is left."""
        path = self.path(name)
        write_private_once(path, self._keyring.seal_bytes(space, _bound(name), data))
        at_the_end(session, rolled_back=lambda: path.unlink(missing_ok=True))

    def read(self, space: str, name: str) -> bytes:
        """What was kept. Raises FileLost, or KeyLost when it does not open."""
        try:
            sealed = self.path(name).read_bytes()
        except FileNotFoundError as error:
            raise FileLost(f"Le fichier {name} manque dans {self.folder} : remettez la sauvegarde.") from error
        return self._keyring.open_bytes(space, _bound(name), sealed)

    def remove(self, session: Session, name: str) -> None:
        """Take a file away with its row, once that is committed."""
        path = self.path(name)
        at_the_end(session, committed=lambda: path.unlink(missing_ok=True))

    def names(self) -> Iterator[tuple[str, float]]:
        """Every file that is there, and when it was written."""
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                yield path.name, path.stat().st_mtime

    def sweep(self, known: Collection[str], *, young: float = MAY_BE_ARRIVING) -> int:
        """Take away what has no row, but what is too young to say; returns how many went."""
        before = clock.now().timestamp() - young
        gone = [name for name, written in self.names() if name not in known and written <= before]
        for name in gone:
            (self.folder / name).unlink(missing_ok=True)
        return len(gone)

    def path(self, name: str) -> Path:
        """Where the file of this row lies."""
        if not name or not all(char.isascii() and (char.isalnum() or char in "-_") for char in name):
            raise ValueError(f"not the name of a file: {name!r}")
        return self.folder / name


def _bound(name: str) -> str:
    return f"attachment|{name}|bytes"


def at_the_end(
    session: Session, *, committed: Callable[[], None] | None = None, rolled_back: Callable[[], None] | None = None
) -> None:
    """Run one of the two once, when the transaction that is open now ends, whichever way it ends."""
    has_ended = False

    def end(act: Callable[[], None] | None) -> None:
        nonlocal has_ended
        if not has_ended and act is not None:
            act()
        has_ended = True

    event.listen(session, "after_commit", lambda _session: end(committed))
    event.listen(session, "after_rollback", lambda _session: end(rolled_back))
