"""A zip that a word processor wrote, opened with care: what it says it holds is checked, and counted again as it comes out."""

import io
import zipfile
import zlib

from rex.documents.limits import MOST_MEMBERS, MOST_PART, MOST_RATIO, MOST_UNPACKED, Unreadable

NESTED = (".zip", ".docx", ".odt", ".7z", ".rar", ".gz", ".xz", ".bz2")
FREE = 1024 * 1024  # a small part may be as repetitive as it likes
AT_ONCE = 256 * 1024


class Packed:
    """The members of a zip, each read once at most, all within what one document may weigh."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError) as error:
            raise Unreadable("damaged") from error
        if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > 8 * MOST_UNPACKED:
            raise Unreadable("bomb")
        if any(one.flag_bits & 1 for one in members):
            raise Unreadable("encrypted")
        self._left = MOST_UNPACKED
        self._members = {one.filename: one for one in members}
        self.nested = sum(one.filename.lower().endswith(NESTED) for one in members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> list[str]:
        return [*self._members]

    def read(self, name: str, most: int = MOST_PART) -> bytes:
        """What this member holds. Raises Unreadable, long before the memory is full."""
        one = self._members.get(name)
        if one is None:
            raise Unreadable("damaged")
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the others unpack much further
            raise Unreadable("damaged")
        most = min(most, self._left, max(FREE, one.compress_size * MOST_RATIO))
        if one.file_size > most:
            raise Unreadable("bomb")
        found = bytearray()
        try:
            with self._zip.open(one) as member:
                while piece := member.read(AT_ONCE):
                    found += piece
                    if len(found) > most:
                        raise Unreadable("bomb")
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, NotImplementedError) as error:
            raise Unreadable("damaged") from error
        self._left -= len(found)
        return bytes(found)
