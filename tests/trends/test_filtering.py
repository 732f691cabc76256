"""What the filters of the page offer, as they are called."""

from rex.db import Database
from rex.trends.filtering import filters_of
from tests.cast import Cast
from tests.trends.opened import plain_spaces
from tests.trends.telling import looked


def offered(database: Database, cast: Cast, **given: str) -> dict[str, str]:
    with looked(database, cast.noor, given) as look:
        return {value: plain_spaces(label) for value, label in filters_of(look).periods}


def test_periods_are_called_as_the_headings_call_them(database: Database, cast: Cast) -> None:
    found = offered(database, cast, periode="2024-T1")
    assert (found["3-mois"], found["2024-T1"], found["dates"]) == ("Trois derniers mois", "1er trimestre 2024", "Entre deux dates…")
    assert offered(database, cast, periode="2024-T4")["2024-T4"] == "4e trimestre 2024"
    assert offered(database, cast, periode="2024-05")["2024-05"] == "Mai 2024"
    assert offered(database, cast, periode="2024")["2024"] == "2024"
    quarters = [label for value, label in found.items() if "-T" in value]
    assert len(quarters) == len(set(quarters)) == 6 and all("trimestre" in one for one in quarters)
