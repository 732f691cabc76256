"""Files that one account alone may read: keys, secrets, mails that wait."""

import os
import secrets
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Write a new file, readable by its owner alone from its first byte, on the disk when this returns.

    Raises FileExistsError when the name is taken."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_private_once(path: Path, content: bytes) -> None:
    """The same, whole or not at all; a file that is there stays: of two who write at once, both then read the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        write_private(temporary, content)
        os.link(temporary, path)  # a link never overwrites
    except FileExistsError:
        pass
    finally:
        temporary.unlink(missing_ok=True)
    _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    """Have the names of the files of a folder on the disk too: a row that is committed next counts on them, whatever falls."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
