"""An archive that somebody gives, opened with care: nothing of it is written anywhere before all of it was read once.

No name of the zip becomes a name on the disk. What it says it holds is measured first, then counted again as it comes out."""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rex.archive import ALWAYS_ALLOWED, SWELLS
from rex.archives.shape import FAMILY, FORMAT, KINDS, KINDS_OF, MANIFEST, MEMBERS, READ_ME, SUMS, Line, Wrong, checked, member_of
from rex.refusals import Refused

MOST_DIRECTORY = 32 * 1024 * 1024  # of the zip's own list of what it holds: a hundred thousand récits take half of it
MOST_SUMS = 48 * 1024 * 1024
MOST_MANIFEST = 64 * 1024
MOST_LINES = 5_000_000  # of one kind
LONGEST_LINE = 24 * 1024 * 1024  # a récit of a hundred sections
LARGEST_FILE = 16 * 1024 * 1024
AT_ONCE = 1024 * 1024
_SUM = re.compile(r"([0-9a-f]{64})  (\S.*)")
_ENDS = (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, NotImplementedError, RuntimeError, ValueError, OSError)


def damaged(path: Path) -> Refused:
    """The refusal of a file that is not what it should be, whatever is wrong with it."""
    return Refused(f"{path} est abîmé, ou n’est pas l’archive d’un collectif de REX\u00a0: rien n’a été changé.")


class Unpacked:
    """An archive whose every line and sum was read and found right."""

    def __init__(self, archive: zipfile.ZipFile, path: Path, manifest: dict[str, Any]) -> None:
        self._zip, self.path = archive, path
        self.kinds = KINDS_OF[manifest["format"]]
        self.counts: dict[str, int] = dict.fromkeys(KINDS, 0) | manifest["lignes"]
        self.digest: str = manifest["sha256sums"]
        self.root: str = manifest["adresse"]

    def lines(self, kind: str) -> Iterator[Line]:
        """The lines of a kind, in their order; none of a kind that its version does not have. Raises Refused."""
        if kind not in self.kinds:
            return
        with _kept_whole(self.path), self._zip.open(member_of(kind)) as member:
            while line := member.readline(LONGEST_LINE + 1):
                if not line.endswith(b"\n"):
                    raise damaged(self.path)
                yield checked(kind, json.loads(line))

    def content(self, member: str) -> bytes:
        """The bytes of a file."""
        with _kept_whole(self.path), self._zip.open(member) as file:
            found = file.read(LARGEST_FILE + 1)
        if len(found) > LARGEST_FILE:
            raise damaged(self.path)
        return found


@contextmanager
def unpacked(path: Path) -> Generator[Unpacked, None, None]:
    """The archive at this path, read through once. Raises Refused."""
    if not path.is_file():
        raise Refused(f"{path} n’existe pas.")
    with _kept_whole(path):
        if _directory_size(path) > MOST_DIRECTORY:
            raise damaged(path)
        archive = zipfile.ZipFile(path)
    with archive:
        with _kept_whole(path):
            _refuse_strange_members(archive, path)
            found = Unpacked(archive, path, _manifest(archive, path))
            _check_sums(archive, found)
            _check_lines(archive, found)
        yield found


@contextmanager
def _kept_whole(path: Path) -> Generator[None, None, None]:
    """What a zip made wrong raises, as the sentence that it deserves."""
    try:
        yield
    except Refused:
        raise
    except (*_ENDS, Wrong, KeyError, TypeError, RecursionError) as error:
        raise damaged(path) from error


def _directory_size(path: Path) -> int:
    """How long the zip's list of what it holds says it is, before it is read into memory."""
    with open(path, "rb") as file:
        length = file.seek(0, 2)
        file.seek(max(0, length - 65_557 - 20))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile("no end")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if size < 0xFFFFFFFF:
        return size
    far = tail.rfind(b"PK\x06\x06", 0, at)
    return int.from_bytes(tail[far + 40 : far + 48], "little") if far >= 0 else MOST_DIRECTORY + 1


def _refuse_strange_members(archive: zipfile.ZipFile, path: Path) -> None:
    members = archive.infolist()
    names = {one.filename for one in members}
    if MANIFEST not in names:
        raise damaged(path)
    swollen = sum(one.file_size for one in members) > max(ALWAYS_ALLOWED, SWELLS * path.stat().st_size)
    ways = {one.compress_type for one in members} - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if len(names) != len(members) or swollen or ways or any(one.flag_bits & 1 for one in members):
        raise damaged(path)
    kinds = KINDS_OF[_manifest(archive, path)["format"]]  # another version may well hold other files: its sentence comes first
    expected = {MANIFEST, SUMS, READ_ME, *(member_of(kind) for kind in kinds)}
    strange = any(MEMBERS.fullmatch(name) is None for name in names - expected)
    if strange or not expected <= names:
        raise damaged(path)


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    with archive.open(MANIFEST) as member:
        content = member.read(MOST_MANIFEST + 1)
    told = json.loads(content) if len(content) <= MOST_MANIFEST else None
    if not isinstance(told, dict) or not str(told.get("format", "")).startswith(FAMILY):
        raise damaged(path)
    if told["format"] not in KINDS_OF:
        raise Refused(
            f"{path} est une archive d’une autre version ({str(told['format'])[:40]})\u00a0: ce REX lit {FORMAT}, "
            "mettez le programme à jour."
        )
    counts = told.get("lignes")
    is_counted = isinstance(counts, dict) and counts.keys() == set(KINDS_OF[told["format"]])
    if not is_counted or not all(type(n) is int and 0 <= n <= MOST_LINES for n in counts.values()):
        raise damaged(path)
    if counts["collectif"] != 1 or not all(isinstance(told.get(name), str) for name in ("sha256sums", "adresse")):
        raise damaged(path)
    return told


def _check_sums(archive: zipfile.ZipFile, found: Unpacked) -> None:
    with archive.open(SUMS) as member:
        content = member.read(MOST_SUMS + 1)
    if len(content) > MOST_SUMS or hashlib.sha256(content).hexdigest() != found.digest:
        raise damaged(found.path)
    left = set(archive.namelist()) - {MANIFEST, SUMS}
    for line in content.decode().splitlines():
        told = _SUM.fullmatch(line)
        if told is None or told[2] not in left:
            raise damaged(found.path)
        left.remove(told[2])
        digest = hashlib.sha256()
        with archive.open(told[2]) as member:
            while piece := member.read(AT_ONCE):
                digest.update(piece)
        if digest.hexdigest() != told[1]:
            raise damaged(found.path)
    if left:
        raise damaged(found.path)


def _check_lines(archive: zipfile.ZipFile, found: Unpacked) -> None:
    """Each line once, as many as the manifest says; each file where its line says, of the size and of the sum that it says."""
    given = {name for name in archive.namelist() if name.startswith("fichiers/")}
    for kind in KINDS:
        number = 0
        for line in found.lines(kind):
            number += 1
            if kind == "fichiers":
                if line["membre"] not in given or archive.getinfo(line["membre"]).file_size != line["taille"]:
                    raise damaged(found.path)
                given.remove(line["membre"])
                if hashlib.sha256(found.content(line["membre"])).hexdigest() != line["sha256"]:
                    raise damaged(found.path)
        if number != found.counts[kind]:
            raise damaged(found.path)
    if given:
        raise damaged(found.path)
