"""The files that `rex backup` and `rex keys backup` write: zips with a manifest, written whole or not at all, read with caution.

A table is one JSON object a line. What JSON lacks is said so: `{"d": …}` an instant, `{"j": …}` a day, `{"b": …}` bytes in
base64; the same file thus comes back on SQLite and on PostgreSQL."""

import base64
import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rex.refusals import Refused

MANIFEST = "manifest.json"
LONGEST_LINE = 64 * 1024 * 1024  # a section of 16 MB, sealed and in base64, with room
SMALL = 64 * 1024
SWELLS = 200  # French prose in JSON swells ten times at most; a zip made to harm, a thousand
ALWAYS_ALLOWED = 64 * 1024 * 1024


def damaged(path: Path) -> Refused:
    """The refusal of a file that is not what it should be, whatever is wrong with it."""
    return Refused(f"{path} est abîmé, ou n’est pas une sauvegarde de REX\u00a0: rien n’a été changé.")


@contextmanager
def new_zip(path: Path) -> Generator[zipfile.ZipFile, None, None]:
    """A zip readable by its owner alone, which takes its name once it is complete. Raises Refused if the name is taken."""
    path = path.absolute()
    if not path.parent.is_dir():
        raise Refused(f"Le dossier {path.parent} n’existe pas.")
    taken = Refused(f"{path} existe déjà\u00a0: donnez un autre nom.")
    if path.exists():
        raise taken
    temporary = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}")
    try:
        with open(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)  # never overwrites
        except FileExistsError as error:
            raise taken from error
        except OSError:  # a disk without links
            if path.exists():
                raise taken from None
            temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def old_zip(path: Path) -> Generator[zipfile.ZipFile, None, None]:
    """A zip that somebody gave us. Raises Refused when it is not one, is damaged, or would swell beyond reason."""
    if not path.exists():
        raise Refused(f"{path} n’existe pas.")
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist()]
            swollen = sum(info.file_size for info in archive.infolist())
            if len(set(names)) != len(names) or swollen > max(ALWAYS_ALLOWED, SWELLS * path.stat().st_size):
                raise damaged(path)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, NotImplementedError, RuntimeError) as error:
        raise damaged(path) from error  # the last two: a compression or an encryption that we never write


def write_manifest(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Say what the file holds: last, once it is known."""
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


def read_manifest(archive: zipfile.ZipFile, path: Path, kind: str) -> dict[str, Any]:
    """The manifest of a file of this kind. Raises Refused when it is another thing."""
    try:
        manifest = json.loads(read_small(archive, MANIFEST, path))
    except ValueError as error:
        raise damaged(path) from error
    if not isinstance(manifest, dict) or manifest.get("format") != kind:
        raise damaged(path)
    return manifest


def read_small(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    """One short member, whole."""
    try:
        with archive.open(name) as member:
            content = member.read(SMALL + 1)
    except KeyError as error:
        raise damaged(path) from error
    if len(content) > SMALL:
        raise damaged(path)
    return content


def to_line(row: dict[str, Any]) -> bytes:
    """One row of a table as it is written."""
    return json.dumps(row, ensure_ascii=False, default=_say, separators=(",", ":")).encode() + b"\n"


def from_lines(archive: zipfile.ZipFile, name: str, path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a table, one at a time. Raises Refused when a line is not one."""
    try:
        with archive.open(name) as member:
            while line := member.readline(LONGEST_LINE + 1):
                if not line.endswith(b"\n"):
                    raise damaged(path)
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise damaged(path)
                yield {column: _hear(value) for column, value in row.items()}
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(path) from error


def _say(value: Any) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"d": (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()}
    if isinstance(value, date):
        return {"j": value.isoformat()}
    if isinstance(value, bytes | memoryview):
        return {"b": base64.b64encode(value).decode()}
    raise TypeError(f"no way to write {type(value).__name__}")


def _hear(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, words),) = value.items()
    if kind == "d":
        return datetime.fromisoformat(words)
    if kind == "j":
        return date.fromisoformat(words)
    if kind == "b":
        return base64.b64decode(words, validate=True)
    raise ValueError(kind)
