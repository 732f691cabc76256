"""The names that REX wrote: none is left of who is gone, nor the one that they bore before."""

import pytest
from sqlalchemy import select, update

from rex.archives.models import ArchiveRequest
from rex.collectifs.models import Membership, Role
from rex.departures.nameless import teller_without
from rex.journal.models import Audience
from tests.departures.lives import lived
from tests.departures.test_deleting import STAYS, asks, seen, seven_days_later
from tests.departures.test_own_data import entered
from tests.exchanges.test_messages import edit
from tests.making import make_exchange, make_recit

OTHER = "Philomène Barbazange"


@pytest.mark.parametrize(
    "teller, name, said",
    [
        ("Récit d’Anaïs Petit", "Ana", "Récit d’Anaïs Petit"),
        ("Récit d’Ana-Lise Petit", "Ana", "Récit d’Ana-Lise Petit"),
        ("Récit d’Ana", "Ana", "Récit d’une personne"),
        ("Récit de Camille Roy, et de Camille Royer", "Camille Roy", "Récit d’une personne, et de Camille Royer"),
        ("Camille D. raconte", "Camille D.", "une personne raconte"),
        ("Récit d’une équipe", "", "Récit d’une équipe"),
    ],
)
def test_a_name_is_taken_out_as_whole_words(teller, name, said):
    assert teller_without(teller, name) == said


def test_a_name_that_changes_changes_where_rex_wrote_it(app, database, cast, visit):
    life = lived(database, cast)
    client = entered(app, life.her)
    assert client.send("/compte", {"name": OTHER, "theme": "systeme"}).status_code == 303
    assert "Zéphyrine" not in visit.as_("bruno").get(life.of_bruno.url).get_data(as_text=True)
    page = visit.as_("bruno").get(life.alone.url).get_data(as_text=True)
    assert f'<strong class="mention">@{OTHER}</strong>' in page
    assert OTHER in visit.as_("ana").get(f"/reconnaissances/{life.thanked}").get_data(as_text=True)
    config = app.extensions["rex"].config
    left = {name.split("/")[0].split(".")[0] for name in seen(database, config, ["Zéphyrine", "Kwamboula"]) if "/" not in name}
    assert left - {"rex"} <= {"invitation", "credential"}, "whom an invitation was for, and her address"


@pytest.mark.parametrize("choice", [STAYS], ids=["stays"])
def test_of_who_changed_their_name_neither_is_left(app, database, cast, visit, choice):
    life = lived(database, cast)
    client = entered(app, life.her)
    client.send("/compte", {"name": OTHER, "theme": "systeme"})
    asks(client, choice)
    seven_days_later(app)
    page = visit.as_("bruno").get(life.alone.url).get_data(as_text=True)
    assert "@une personne" in page
    assert seen(database, app.extensions["rex"].config, ["Zéphyrine", "Kwamboula", "Philomène", "Barbazange"]) == {}


def test_the_words_of_before_say_it_no_more_either(app, database, cast, visit):
    """A message that called them, was answered, then calls nobody any more."""
    made = make_recit(database, cast.bruno)
    message = make_exchange(database, cast.dora, made.public_id, "Et vous @Jeanne Lartigue ?")
    make_exchange(database, cast.bruno, made.public_id, "Je réponds.", parent=message)
    assert edit(visit.as_("dora"), message, "Et vous autres ?").status_code == 303
    assert "Jeanne Lartigue" in visit.as_("bruno").get(f"/echanges/{message}/mots-d-avant").get_data(as_text=True)
    asks(visit.as_("jeanne"), STAYS)
    seven_days_later(app)
    page = visit.as_("bruno").get(f"/echanges/{message}/mots-d-avant").get_data(as_text=True)
    assert "@une personne" in page
    assert "Jeanne" not in page


def test_no_archive_is_left_where_they_spoke_from_elsewhere(app, database, cast, visit):
    """Inès of Orbe answers under a récit of Valombre."""
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    make_exchange(database, cast.ines, made.public_id, "Chez nous aussi.")
    with database.system("an archive waits, and Noor animates", write=True) as session:
        session.add(ArchiveRequest(collectif_id=cast.valombre_id, user_id=cast.ana.id))
        session.execute(update(Membership).where(Membership.user_id == cast.noor.id).values(role=Role.ANIMATEUR))
    asks(visit.as_("ines"), STAYS)
    seven_days_later(app)
    with database.system("which are left") as session:
        assert session.scalars(select(ArchiveRequest.collectif_id)).all() == []
