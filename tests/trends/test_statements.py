"""What the page of trends asks of the base: as many statements with a large journal as with a small one, whatever its filters."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from rex import clock
from rex.collectifs.models import Service
from tests.trends.journals import CODES, Shape, fill
from tests.trends.telling import tell

MOST = {"page": 30, "list": 9, "réseau": 18}
PAGES = {
    "page": "/c/valombre/tendances?periode=2026",
    "page, an enjeu": "/c/valombre/tendances?periode=2026&enjeu=C",
    "page, a balise": "/c/valombre/tendances?periode=2026&balise=C1",
    "page, a service": "/c/valombre/tendances?periode=2026&service={}",
    "page, a collège": "/c/valombre/tendances?periode=2026&college=service",
    "list": "/c/valombre/tendances/entrees?quoi=recits&quand=annee",
    "list of two": "/c/valombre/tendances/entrees?quoi=recits&quand=annee&de={}&et=autres",
    "réseau": "/tendances?periode=2026",
}


@pytest.mark.parametrize("name", PAGES)
def test_as_many_statements_however_much_is_told(visit, database, cast, count_statements, name: str) -> None:
    journal = fill(database, cast, Shape((3, 4, 1, 2), without=2, entries=30), "few")
    with database.system("a service to filter by") as session:
        key = session.scalars(select(Service.public_id).where(Service.id == journal.services[0])).one()
    client, path = visit.as_("noor"), PAGES[name].format(key)
    client.get(path)

    def asked() -> list[str]:
        with count_statements() as seen:
            assert client.get(path).status_code == 200
        return list(seen)

    few = asked()
    chance = Random("many")
    for rank in range(60):
        authors = chance.sample(journal.authors, chance.choice((1, 1, 2, 3)))
        at = clock.now() - timedelta(days=chance.randint(1, 300))
        tell(database, journal, authors, chance.sample(CODES, 2), at, is_difficulty=rank % 3 == 0)
    many = asked()
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= MOST[name.split(",")[0].split(" ")[0]], "\n".join(many)
