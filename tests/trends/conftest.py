"""Pages of trends for what is taken out of them."""

from datetime import date

import pytest

from rex import clock
from tests.making import make_recit
from tests.trends.beside import make_reading
from tests.trends.made_up import NAMES, MadeUp, made_of, tables_of


@pytest.fixture
def sections(monkeypatch):
    """`sections(names=…, keys=…)`: the page is made of these sections."""

    def put(names: tuple[str, ...] = NAMES, keys: tuple[str, ...] = ("tensions", "services", "inconnu")) -> None:
        readers = tuple(
            lambda look, key=key: MadeUp(key, f"Ce que dit {key} : « oui »", tables_of(look.asked, names)) for key in keys
        )
        made_of(monkeypatch, *readers)
        monkeypatch.setattr("rex.trends.report.MOST_ROWS", len(NAMES))

    return put


@pytest.fixture
def told(database, cast):
    return [make_recit(database, cast.camille, f"Récit {rank}") for rank in range(5)]


@pytest.fixture
def read_otherwise(database, cast, told):
    today = clock.today("Europe/Paris")
    days = (today.replace(day=1), today)
    words = "=En **octobre**, l’équipe était seule."
    make_reading(database, cast.camille, cast.valombre_id, words, subject="k0", name="Voirie", days=days)
    make_reading(database, cast.paul, cast.valombre_id, "Nous lisons cela autrement.", section="services", days=days)
    make_reading(database, cast.jeanne, cast.valombre_id, "D’un autre temps.", days=(date(2019, 1, 1), date(2019, 2, 1)))
