"""A process that serves a group until its end, then looks for its words among all the strings that it still holds.

Run apart by `test_memory`: nothing of the test, which knows the words, lives here. The cast comes on the standard input; what was
found, while the group lived and once it had ended, goes to the standard output as JSON."""

import gc
import json
import os
import subprocess
import sys
from collections import Counter
from typing import Any

from rex import create_app, memory
from tests.cast import Cast, Person
from tests.house.filled_room import fill
from tests.house.planting import IN_THE_ROOM
from tests.house.raw_bytes import spellings
from tests.house.typing_in import filled_in, forms_of, send
from tests.making import make_recit
from tests.reading import ReadingClient

MEMBERS = ("dora", "noor", "camille")


def strings_held() -> list[tuple[str, Any]]:
    """(what holds it, the string) for every text that a living object leads to, untracked tuples and dictionaries looked into."""
    gc.collect()
    held, seen, waiting = [], set(), list(gc.get_objects())
    known = {id(one) for one in waiting}
    for holder in waiting:
        stack = [holder]
        while stack:
            one = stack.pop()
            for inner in gc.get_referents(one):
                if isinstance(inner, (str, bytes, bytearray)):
                    if id(inner) not in seen:
                        seen.add(id(inner))
                        held.append((f"{type(holder).__module__}.{type(holder).__qualname__}", inner))
                elif id(inner) not in known and isinstance(inner, (tuple, dict, list, set, frozenset)):
                    known.add(id(inner))
                    stack.append(inner)
    return held


def found(beginning: list[str]) -> Counter[str]:
    """How many strings say one of the words, by what holds them. The beginning of the words comes in letters apart."""
    needles = [said.lower() for said in spellings("".join(beginning)).values()]
    seen: Counter[str] = Counter()
    for holder, text in strings_held():
        said = text.decode("utf-8", "replace") if isinstance(text, (bytes, bytearray)) else str(text)
        if not any(text is needle for needle in needles) and any(needle in said.lower() for needle in needles):
            seen[f"{holder}: {type(text).__name__}"] += 1
    return seen


def serve(app: Any, cast: Cast, ids: dict[str, str]) -> tuple[list[str], str]:
    """Everything that a group may hold, read by all its members, searched, typed in; (the letters that its words begin with, its
    id)."""
    database = app.extensions["rex"].database
    room = fill(database, cast)
    room.ids = ids | room.ids
    for who in MEMBERS:
        client = entering(app, cast, who)
        for word in list(room.planted.values())[:6]:
            client.get(f"/groupes-de-pairs/{room.public_id}/recherche?q={word}")
        for path in ("/groupes-de-pairs", "/ce-qui-vous-attend", "/c/valombre/", "/compte"):
            client.get(path)
        pages = list(forms_of(app, client, room, who, IN_THE_ROOM))  # every address of the group is read on the way
        for one in [one for one in pages if one.is_written_in]:
            send(client, one, filled_in(one, room.says))
    make_recit(database, cast.camille, "Un récit de tous les jours")
    return list(room.beginning), room.public_id


def entering(app: Any, cast: Cast, who: str) -> ReadingClient:
    client = app.test_client()
    client.proof_reads = False
    client.enter(cast.people[who].id)
    return client


def visit_elsewhere(app: Any, cast: Cast) -> None:
    """What the process goes on doing once the group is gone: it is told nothing of it."""
    memory._last = 0.0  # twenty seconds later
    for who in ("ana", "dora"):
        assert entering(app, cast, who).get("/c/valombre/").status_code == 200


def main() -> None:
    given = json.load(sys.stdin)
    people = {key: Person(*fields) for key, fields in given["people"].items()}
    cast = Cast(people, given["valombre_id"], given["orbe_id"], {})
    app = create_app(dict(os.environ))
    app.testing = True
    app.test_client_class = ReadingClient
    beginning, group_id = serve(app, cast, given["ids"])
    visit_elsewhere(app, cast)
    while_it_lives = found(beginning)
    ending = subprocess.run([sys.executable, "-m", "tests.house.ending", group_id], env=os.environ, text=True, check=True)
    visit_elsewhere(app, cast)
    print(json.dumps({"lives": while_it_lives, "ended": found(beginning), "status": ending.returncode}))


if __name__ == "__main__":
    main()
