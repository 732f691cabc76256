"""Have a document read by another process, which may fall without taking the server along."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from rex.documents.endings import ending_of
from rex.documents.limits import MOST_BYTES, PATIENCE, Unreadable
from rex.documents.parts import Parsed, from_told

ROOT = str(Path(__file__).parents[2])
# -I: nothing of the environment or of the folder it runs in is imported; this application alone is put on the path.
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from rex.documents.child import main; main(sys.argv[1])"
AT_ONCE = threading.Semaphore(2)  # a machine that reads ten documents answers nobody
TURN = 10  # seconds that a document waits for its turn
NEEDED = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG")


def parsed_apart(data: bytes, name: str) -> Parsed:
    """The document in these bytes. Raises Unreadable."""
    if not data:
        raise Unreadable("nothing")
    if len(data) > MOST_BYTES:
        raise Unreadable("large")
    out = _run(data, name)
    line, _, blob = out.partition(b"\n")
    told = json.loads(line)
    if "refused" in told:
        raise Unreadable(told["refused"])
    images, at = {}, 0
    for ref, size in told.pop("images"):
        images[ref] = blob[at : at + size]
        at += size
    return from_told(told, images)


def _run(data: bytes, name: str) -> bytes:
    environment = {key: os.environ[key] for key in NEEDED if key in os.environ}
    command = [sys.executable, "-I", "-c", START, ROOT, ending_of(name)]  # the list of processes tells no name
    if not AT_ONCE.acquire(timeout=TURN):
        raise Unreadable("busy")
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("slow") from error
    finally:
        AT_ONCE.release()
    if done.returncode == -signal.SIGXCPU or done.returncode == -signal.SIGKILL:
        raise Unreadable("slow")
    if done.returncode or b"\n" not in done.stdout:
        raise Unreadable("damaged")
    return done.stdout
