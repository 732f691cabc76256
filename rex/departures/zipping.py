"""A zip that leaves as it is made: whatever its size, a little of it is in memory, and nothing on the disk."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

AT_ONCE = 64 * 1024

Member = tuple[str, Iterable[bytes]]


class _Sink:
    """Where `zipfile` writes, and what goes to the browser: it cannot be rewound."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def take(self) -> bytes:
        taken, self.parts, self.size = b"".join(self.parts), [], 0
        return taken


def zipped(members: Iterable[Member], at: datetime) -> Iterator[bytes]:
    """The bytes of a zip of these members (name, pieces of content), each read when its turn comes. `at`: their date, local time
    (a zip knows no other, and none before 1980)."""
    when = max(at, datetime(1980, 1, 1, tzinfo=at.tzinfo)).timetuple()[:6]
    sink: Any = _Sink()  # less than a file: `zipfile` asks it for no more
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in members:
            about = zipfile.ZipInfo(name, when)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            with archive.open(about, "w") as member:
                for piece in pieces:
                    member.write(piece)
                    if sink.size >= AT_ONCE:
                        yield sink.take()
    yield sink.take()
