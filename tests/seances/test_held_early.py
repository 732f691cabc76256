"""A séance of a peer group held before its hour: who came since reads nothing of it, who came before it was held reads it all."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from rex.seances.models import Depot, Seance, Step
from tests.making import make_group
from tests.peer_groups.groups import make_opening
from tests.peer_groups.test_sealing import join
from tests.seances.meeting import at_step, deposit, make_seance

MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
HELD = "Ce que nous avons gardé du lavoir."
ROUNDS = (Step.EXPOSE, Step.QUESTIONS, Step.RESONANCES, Step.APPORTS)


@pytest.fixture
def at(time_machine):
    """Hours since Monday morning."""

    def move(hours: float) -> None:
        time_machine.move_to(MONDAY + timedelta(hours=hours), tick=False)

    move(0)
    return move


def lead(client, made, *steps: Step) -> None:
    for step in steps:
        assert client.send(f"{made.url}/suite", {"de": step.value}).status_code == 303, step


def close(client, made) -> None:
    assert client.send(f"{made.url}/compte-rendu", {"texte": HELD}).status_code == 303
    lead(client, made, Step.GARDER)


def hold(visit, database, at, made, *, brought: bool) -> None:
    """It is held on Monday morning, four days before its hour."""
    if brought:
        deposit(visit.as_("paul"), made, "Le lavoir est fermé.")
    at(2)
    dora = visit.as_("dora")
    if brought:
        keep(visit, database, made)
    else:
        lead(dora, made, Step.CHOISIR)
    lead(dora, made, *ROUNDS)
    close(dora, made)


def keep(visit, database, made) -> None:
    with database.system("which one") as session:
        depot = session.scalars(select(Depot.public_id).where(Depot.seance_id == made.id)).one()
    assert visit.as_("dora").send(f"{made.url}/retenir", {"depot": depot}).status_code == 303


def early(database, cast, group):
    return make_seance(database, cast.dora, group.public_id, starts_in=timedelta(days=4), opens_in=timedelta(hours=1))


def reads(visit, who: str, url: str) -> bool:
    answer = visit.as_(who).get(url)
    return answer.status_code == 200 and HELD in answer.get_data(as_text=True)


@pytest.mark.parametrize("brought", [False, True])
@pytest.mark.parametrize("shows", [False, True])
def test_who_came_since_it_was_held_reads_nothing_of_it(visit, database, cast, at, brought, shows):
    group = make_group(database, cast.dora, cast.paul, shows_history=shows)
    made = early(database, cast, group)
    hold(visit, database, at, made, brought=brought)
    at(24)
    join(database, group.id, cast.noor)
    make_opening(database, group.id, cast.jeanne, shows_past=shows)
    for hours in (25, 24 * 5):
        at(hours)
        assert reads(visit, "paul", made.url)
        assert reads(visit, "noor", made.url) is shows
        assert visit.as_("noor").get(made.url).status_code == (200 if shows else 404)
        assert reads(visit, "jeanne", group.url) is shows


def test_who_came_before_it_was_held_reads_it(visit, database, cast, at):
    """The dépôts are open, the séance is still to come: who comes then is expected there."""
    group = make_group(database, cast.dora, cast.paul)
    made = early(database, cast, group)
    deposit(visit.as_("paul"), made, "Le lavoir est fermé.")
    at(24)
    join(database, group.id, cast.noor)
    at(25)
    assert visit.as_("noor").get(made.url).status_code == 200
    at(24 * 4)
    keep(visit, database, made)
    dora = visit.as_("dora")
    lead(dora, made, *ROUNDS)
    close(dora, made)
    assert reads(visit, "noor", made.url)


def test_a_seance_to_come_is_of_who_comes_before_its_hour(visit, database, cast, at):
    group = make_group(database, cast.dora, cast.paul)
    made = early(database, cast, group)
    at(2)
    join(database, group.id, cast.noor)
    with database.system("where it is") as session:
        assert session.scalars(select(Seance.step)).all() == [Step.DEPOSER]
    assert visit.as_("noor").get(made.url).status_code == 200
    at_step(database, made, Step.CHOISIR)
    assert visit.as_("noor").get(made.url).status_code == 200
    at(24 * 5)
    join(database, group.id, cast.camille)
    assert visit.as_("camille").get(made.url).status_code == 404
