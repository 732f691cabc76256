"""`rex digest compose`, `rex digest publish`: what the host reads on the console."""

from datetime import UTC, datetime, timedelta

import pytest

from rex.cli import main
from rex.digests.models import DigestState
from tests.digests.composed import letters, told_at
from tests.making import make_recit

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)


@pytest.fixture
def console(settings, database, monkeypatch, time_machine):
    """`rex …` on the installation of the test, on a Sunday."""
    time_machine.move_to(SUNDAY, tick=True)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return main


def plain(words: str) -> str:
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def test_composed_once_then_published(console, database, cast, capsys):
    make_recit(database, cast.camille)
    for _ in range(2):
        assert console(["digest", "compose", "--collectif", "valombre"]) == 0
        said = plain(capsys.readouterr().out)
        made = letters(database)
        assert len(made) == 1
        assert said == (
            f"La lettre jusqu’au 22 novembre 2026 attend sa relecture, avec 1 élément : /lettres/{made[0].public_id}/edition\n"
        )
    assert console(["digest", "publish", "--collectif", "valombre"]) == 0
    assert plain(capsys.readouterr().out) == "La lettre n° 1 est publiée : ses e-mails partent avec « rex tick ».\n"
    assert [one.state for one in letters(database)] == [DigestState.PUBLISHED]
    assert console(["digest", "publish", "--collectif", "valombre"]) == 1
    assert "Rien à raconter" in capsys.readouterr().err


def test_up_to_the_end_of_a_day(console, database, cast, capsys):
    before, after = make_recit(database, cast.camille, "Avant"), make_recit(database, cast.bruno, "Après")
    told_at(database, before.id, SUNDAY - timedelta(days=4))
    told_at(database, after.id, SUNDAY - timedelta(days=2))
    assert console(["digest", "compose", "--collectif", "valombre", "--until", "2026-11-19"]) == 0
    assert "jusqu’au 19 novembre 2026" in plain(capsys.readouterr().out)
    assert letters(database)[0].until == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert console(["digest", "publish", "--collectif", "valombre", "--until", "2026-11-19"]) == 0
    assert console(["digest", "compose", "--collectif", "valombre", "--until", "2026-11-19"]) == 0
    assert "est déjà partie" in capsys.readouterr().out
    assert console(["digest", "publish", "--collectif", "valombre"]) == 0
    assert [one.number for one in letters(database)] == [1, 2]


def test_nothing_to_tell_no_such_collectif_no_such_day(console, database, cast, capsys):
    assert console(["digest", "compose", "--collectif", "valombre"]) == 1
    assert plain(capsys.readouterr().err) == "Rien à raconter : aucune lettre n’est composée.\n"
    assert console(["digest", "compose", "--collectif", "nulle-part"]) == 1
    assert "orbe et valombre" in capsys.readouterr().err
    assert console(["digest", "compose", "--collectif", "valombre", "--until", "bientôt"]) == 2
    assert console(["digest", "compose"]) == 2
    assert letters(database) == []
