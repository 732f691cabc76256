"""A raw copy of every file that the application wrote holds no word of a group, in any shape."""

from rex.backup import back_up
from tests.house.filled_room import fill
from tests.house.test_raw_copy import search, temporary, tick
from tests.making import make_recit

__all__ = ["search", "temporary", "tick"]  # the fixtures that look everywhere


def test_a_group_leaves_no_word(app, database, cast, search, tick) -> None:
    """Everything that people may write in one: in the base and its journal, the files, the mails, a backup."""
    room = fill(database, cast)
    words = sorted(set(room.planted.values()))
    assert len(words) > 60
    assert search(words) == {}, "before the journal of the base is emptied"
    tick()
    back_up(database, app.extensions["rex"].config.data_dir / "base.zip")
    assert search(words) == {}
    make_recit(database, cast.camille, f"Mot {words[0]}")
    assert {word for seen in search(words[:1]).values() for word, _ in seen} == {words[0]}, "told to a journal, it is found"
