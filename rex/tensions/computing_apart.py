"""`python -m rex.tensions.computing_apart`: the same computation in a process of its own, so that the pages of the server that
asked for it are not slower meanwhile, and that its memory is given back. It reads what to compare and writes what it found; no
file, no base, no network."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rex.tensions.computing_groups import Found, Item, Pairs, found_among

HERE = Path(__file__).resolve().parents[2]
LONGEST = 540  # seconds: less than the lease of the ticker
KINDNESS = 10  # it gives way to the pages


class Stopped(RuntimeError):
    """The computation did not come to its end; the next one begins again."""


def found_apart(items: Sequence[Item], must: Pairs, cannot: Pairs, own: Sequence[Sequence[str]] = ()) -> list[Found]:
    """As `found_among`. Raises Stopped."""
    asked = json.dumps([items, must, cannot, own], ensure_ascii=False).encode()
    path = os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__], input=asked, capture_output=True, timeout=LONGEST, check=False,
            env=os.environ | {"PYTHONPATH": path},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Stopped(f"it took more than {LONGEST} seconds") from error
    if done.returncode:
        raise Stopped(f"status {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    return [Found(*row) for row in json.loads(done.stdout)]


def main() -> None:
    if hasattr(os, "nice"):
        os.nice(KINDNESS)
    items, must, cannot, own = json.load(sys.stdin.buffer)
    found = found_among(items, [(one, other) for one, other in must], [(one, other) for one, other in cannot], own)
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
