"""Looking for words among bytes: in every shape under which they could lie in a file, and inside whatever inflates."""

import base64
import hashlib
import html
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import text

from rex.db import Base, Database
from rex.french import fold

MOST = 8 * 1024**2  # bytes that are inflated from one place
Seen = set[tuple[str, str]]  # (word, shape)
Sightings = dict[str, Seen]


def shapes(word: str) -> dict[str, bytes]:
    """The bytes under which a word would be found."""
    plain = word.encode()
    found = {name: said.encode() for name, said in spellings(word).items()}
    found |= {"utf-16-le": word.encode("utf-16-le"), "utf-16-be": word.encode("utf-16-be"), "hex": plain.hex().encode()}
    found["latin-1"] = word.encode("latin-1")
    for offset in range(3):  # of each of the three ways in which its bytes may fall, what does not depend on its neighbours
        coded = base64.b64encode(b"\0" * offset + plain)
        found[f"base64+{offset}"] = coded[4 if offset else 0 : len(coded) // 4 * 4 - 4]
        found[f"base64url+{offset}"] = found[f"base64+{offset}"].translate(bytes.maketrans(b"+/", b"-_"))
    return found


def spellings(word: str) -> dict[str, str]:
    """How a text may say a word: as it is, in JSON, in an address, in a mail, in HTML, decomposed, folded for a search."""
    return {
        "plain": word,
        "json": json.dumps(word)[1:-1],
        "address": quote(word),
        "mail": quote(word, safe="").replace("%", "="),
        "html": html.escape(word).encode("ascii", "xmlcharrefreplace").decode(),
        "decomposed": unicodedata.normalize("NFD", word),
        "folded": fold(word),
    }


ANY_CASE = {"plain", "hex", "folded", "address", "mail", "json"}


def sightings(data: bytes, words: list[str], depth: int = 2) -> Seen:
    """(word, shape) seen in these bytes, or in what they hold in a compressed form."""
    lowered = data.lower()
    seen = {
        (word, shape)
        for word in words
        for shape, needle in shapes(word).items()
        if needle in data or (shape in ANY_CASE and needle.lower() in lowered)
    }
    if depth:
        for inflated in inflatable(data):
            seen |= {(word, f"{shape}, deflated") for word, shape in sightings(inflated, words, depth - 1)}
    return seen


def inflatable(data: bytes) -> Iterator[bytes]:
    """What inflates among these bytes: gzip and zlib by their first bytes, members of a zip by their header."""
    seen = memoryview(data)
    for mark, width, skipped in ((rb"\x1f\x8b\x08", 31, 0), (rb"\x78[\x01\x5e\x9c\xda]", 15, 0), (rb"PK\x03\x04", -15, 30)):
        for found in re.finditer(mark, data, re.DOTALL):
            start = found.start() + skipped
            if skipped:
                start += sum(int.from_bytes(data[found.start() + at : found.start() + at + 2], "little") for at in (26, 28))
            try:
                inflated = zlib.decompressobj(width).decompress(seen[start : start + MOST], MOST)
            except zlib.error:
                continue
            if len(inflated) > 8:
                yield inflated


def whole_members(data: bytes) -> Iterator[bytes]:
    """The members of a zip, whole, however long."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode() + b"\n" + archive.read(name)


class Looker:
    """Looks for the same words in files, again and again. Every file is read each time; bytes that were looked through are known
    by their digest: the copies of a base hold most of PostgreSQL's files five times over, and few of them change between looks."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._known: dict[bytes, Seen] = {}

    def seen_in(self, folders: list[Path]) -> Sightings:
        """Every sighting, by file: in its name, in its bytes, in what it holds."""
        found: Sightings = {}
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and (seen := sightings(path.name.encode(), self.words) | self._in_bytes(path.read_bytes())):
                    found[str(path.relative_to(folder))] = seen
        return found

    def _in_bytes(self, data: bytes) -> Seen:
        digest = hashlib.sha256(data).digest()
        if digest not in self._known:
            in_a_zip = {(word, f"{shape}, in a zip") for one in whole_members(data) for word, shape in sightings(one, self.words)}
            self._known[digest] = sightings(data, self.words) | in_a_zip
        return self._known[digest]


def seen_in(folders: list[Path], words: list[str]) -> Sightings:
    """One look: every sighting, by file."""
    return Looker(words).seen_in(folders)


def rows_as_they_lie(database: Database) -> Iterator[tuple[str, bytes]]:
    """(table, what its rows hold) as the base keeps them: nothing is opened on the way."""
    with database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(text(f'SELECT * FROM "{table.name}"')).all()
            yield table.name, b"\n".join(v if isinstance(v, bytes) else str(v).encode() for row in rows for v in row)


def files_of_postgres(database: Database) -> Path:
    """The folder of the server, with everything that it holds in memory written down."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
    assert (folder / "PG_VERSION").is_file(), "the tests start the server, and read its files"
    return folder
