"""Bytes on their way in: in memory while they are few, then in a file without a name, sealed with a key that nobody keeps.

What people send must neither fill the memory of the machine nor lie in clear on its disk."""

import io
import os
import secrets
import sys
from tempfile import TemporaryFile
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

BLOCK = 16


class Spool(io.RawIOBase):
    """A file that is written at its end, and read anywhere. No byte is ever written twice at one place: the seal counts on it."""

    def __init__(self, in_memory: int) -> None:
        self._in_memory = in_memory
        self._key = secrets.token_bytes(32)
        self._file: IO[bytes] = io.BytesIO()
        self._is_sealed = False
        self._at = self._size = 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def write(self, data: Any) -> int:
        if self._at != self._size:
            raise io.UnsupportedOperation("written at its end only")
        if not self._is_sealed and self._size + len(data) > self._in_memory:
            self._seal()
        self._put(bytes(data))
        self._at = self._size
        return len(data)

    def readinto(self, buffer: Any) -> int:
        found = self._take(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def readall(self) -> bytes:
        return self._take(max(0, self._size - self._at))

    def close(self) -> None:
        self._file.close()
        super().close()

    def _take(self, most: int) -> bytes:
        self._file.seek(self._at)
        found = self._file.read(most)
        found = self._stream(self._at).update(found) if self._is_sealed else found
        self._at += len(found)
        return found

    def _put(self, data: bytes) -> None:
        self._file.seek(self._size)
        self._file.write(self._stream(self._size).update(data) if self._is_sealed else data)
        self._size += len(data)

    def _seal(self) -> None:
        try:
            sealed = TemporaryFile()  # noqa: SIM115 (closed with this object)
        except OSError:  # a machine that lets nothing be written: these bytes stay where they are
            self._in_memory = sys.maxsize
            return
        before, self._file = self._file, sealed
        before.seek(0)
        kept, self._size, self._is_sealed = before.read(), 0, True
        before.close()
        self._put(kept)

    def _stream(self, at: int) -> CipherContext:
        """The bytes that hide those of this place; the same hide and show."""
        block, skipped = divmod(at, BLOCK)
        stream = Cipher(algorithms.AES256(self._key), modes.CTR(block.to_bytes(BLOCK, "big"))).encryptor()
        stream.update(bytes(skipped))
        return stream
