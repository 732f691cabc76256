"""What a process that serves pages keeps in memory: of a group that ended, no word, whichever process ended it."""

import json
import os
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path

from markupsafe import Markup

from rex import memory
from rex.templating import remembered, shown
from tests.cast import Cast
from tests.house.test_side_doors import ANYTHING

ROOT = Path(__file__).parents[2]


def test_a_group_that_ended_leaves_no_word_in_memory(app, database, settings, cast: Cast, ids) -> None:
    """In a process of its own: pages, searches and forms of a group, then its end by another process, then every string."""
    database.dispose()
    given = {
        "people": {key: astuple(person) for key, person in cast.people.items()},
        "valombre_id": cast.valombre_id,
        "orbe_id": cast.orbe_id,
        "ids": ids | ANYTHING,
    }
    environ = {name: value for name, value in os.environ.items() if not name.startswith("REX_")} | settings
    ran = subprocess.run(
        [sys.executable, "-m", "tests.house.in_memory"],
        input=json.dumps(given),
        env=environ,
        cwd=ROOT,
        text=True,
        capture_output=True,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    said = json.loads(ran.stdout.splitlines()[-1])
    assert said["lives"] == {"rex.exchanges.room_search._Kept: str": said["lives"].get("rex.exchanges.room_search._Kept: str")}, (
        "while it lives, what its search keeps, and nothing else"
    )
    assert said["lives"]["rex.exchanges.room_search._Kept: str"] > 30, "the search through memory sees"
    assert said["ended"] == {}


def test_what_is_told_is_kept_and_what_a_group_says_is_not() -> None:
    made = []
    drawn = remembered(lambda words: made.append(words) or Markup(words))
    memory.begin()
    assert [drawn("Un mot."), drawn("Un mot.")] == ["Un mot.", "Un mot."] and made == ["Un mot."]
    assert shown("Un mot !") is shown("Un mot !")
    memory.enter_a_group()
    assert [drawn("Un mot."), drawn("Un mot.")] == ["Un mot.", "Un mot."] and len(made) == 3
    assert shown("Un mot !") is not shown("Un mot !")
    memory.end()
    assert not memory.may_keep(), "outside of a request nothing is kept"
