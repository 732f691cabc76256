"""Files that people hand over: recognised by their first bytes, rewritten apart, or refused with one French sentence."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from rex.french import typo

MOST_PICTURE = 8 * 1024 * 1024
MOST_DOCUMENT = 10 * 1024 * 1024
DOCUMENT = "application/pdf"
PATIENCE = 20  # seconds; the program bounds its own computing time below that
TURN = 5  # seconds that a file waits for its turn
PROGRAM = Path(__file__).with_name("rewriting.py")
AT_ONCE = threading.Semaphore(2)  # a machine that rewrites ten files answers nobody
NEEDED = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG")

SENTENCES = {
    "nothing": "Choisissez un fichier",
    "kind": "Donnez une image (JPEG, PNG, WebP ou GIF) ou un document PDF",
    "damaged": "Ce fichier ne s’ouvre pas : il est abîmé, ou n’est pas ce que dit son nom",
    "huge": "Cette image est trop grande pour être ouverte ici : réduisez-la d’abord",
    "picture": "Cette image est trop lourde : 8 Mo au plus",
    "document": "Ce document est trop lourd : 10 Mo au plus",
    "pages": "Ce document a trop de pages : 300 au plus",
    "busy": "D’autres fichiers arrivent au même moment : recommencez dans un instant",
    "photograph": "Une image de ce document est abîmée : refaites le document sans elle",
    "encrypted": "Ce document est protégé par un mot de passe : donnez-le sans protection",
}


class Unwanted(ValueError):
    """A file that is not taken; `str()` is the French sentence that says why."""

    def __init__(self, why: str) -> None:
        super().__init__(typo(SENTENCES[why]))
        self.why = why


@dataclass(frozen=True)
class Rewritten:
    """A file as it is kept: its media type, its size in pixels (0 for a document), its bytes."""

    media: str
    width: int
    height: int
    data: bytes


def media_of(data: bytes) -> str | None:
    """What the first bytes say; a name or a declared type says nothing."""
    if data[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    return DOCUMENT if data[:5] == b"%PDF-" else None


def weighed(data: bytes) -> str:
    """What its first bytes say that it is, when we take that and it is not too heavy. Raises Unwanted."""
    if not data:
        raise Unwanted("nothing")
    media = media_of(data)
    if media is None:
        raise Unwanted("kind")
    if len(data) > (MOST_DOCUMENT if media == DOCUMENT else MOST_PICTURE):
        raise Unwanted("document" if media == DOCUMENT else "picture")
    return media


def rewritten(data: bytes) -> Rewritten:
    """The file made anew, without what is not seen in it. Raises Unwanted."""
    media = weighed(data)
    told, made = _apart(data, media)
    if "refused" in told:
        raise Unwanted(told["refused"])
    if len(made) > MOST_DOCUMENT:
        raise Unwanted("document" if media == DOCUMENT else "picture")
    return Rewritten(told["kind"], told["width"], told["height"], made)


def _apart(data: bytes, media: str) -> tuple[dict, bytes]:
    """Run the program on these bytes; what stops it, whatever it is, is the file's fault."""
    environment = {name: os.environ[name] for name in NEEDED if name in os.environ}
    command = [sys.executable, "-I", str(PROGRAM), media]
    if not AT_ONCE.acquire(timeout=TURN):  # else files that take long would keep every thread of the server
        raise Unwanted("busy")
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unwanted("damaged") from error
    finally:
        AT_ONCE.release()
    line, end, made = done.stdout.partition(b"\n")
    if done.returncode or not end:
        raise Unwanted("damaged")
    return json.loads(line), made
