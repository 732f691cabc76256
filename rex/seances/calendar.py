"""The calendar file of a séance (RFC 5545). That of a group says when, and nothing of the group: it leaves the room."""

import hmac
from datetime import UTC, datetime

FOLD = 75  # octets of a line, its end not counted (RFC 5545, 3.1)


def uid_of(public_id: str, secret: str) -> str:
    """What names a séance in calendars: always the same, so that a later file replaces it, and not the id that its address
    is made of, which stays in the room."""
    return hmac.digest(secret.encode(), f"calendar|{public_id}".encode(), "sha256").hex()[:32]


def event(uid: str, starts_at: datetime, ends_at: datetime, made_at: datetime, summary: str = "Séance", place: str = "") -> bytes:
    """One event, in UTC, as the bytes of a file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//REX//Seances//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}@rex",
        f"DTSTAMP:{_instant(made_at)}",
        f"DTSTART:{_instant(starts_at)}",
        f"DTEND:{_instant(ends_at)}",
        f"SUMMARY:{_text(summary)}",
        *([f"LOCATION:{_text(place)}"] if place else []),
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    for mark in ("\\", ";", ","):
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line, cut so that no piece is longer than allowed and no character is cut in two."""
    pieces, piece = [], b""
    for character in line:
        coded = character.encode()
        if len(piece) + len(coded) > FOLD:
            pieces.append(piece)
            piece = b" "
        piece += coded
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
