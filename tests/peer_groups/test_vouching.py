"""After an address was recovered: asked by who administers, stopped by the former address or confirmed by the new one; groups
wait until another of their members says that it is them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from rex.access import everybody_in, who_reads
from rex.collectifs.group_models import GroupMember, GroupOpening
from rex.collectifs.models import Credential
from rex.peer_groups.models import DecisionKind, JoinRequest, Outcome
from tests.cast import PASSWORD
from tests.collectifs.mailbox import received
from tests.making import make_group, make_recit
from tests.peer_groups.groups import asked, config_of, days_pass, decisions, mails, make_opening, place_id, tick
from tests.peer_groups.test_joining import text_of

MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
NEW = "camille.perdue@exemple.fr"


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def ask(visit, cast, app):
    """Alix asks for Camille; the two messages, to the former address and to the new one."""
    sent = visit.as_("admin").send(f"/administration/comptes/{cast.camille.public_id}/adresse", {"email": NEW})
    assert sent.status_code == 303
    letters = received(app)[-2:]
    return next(one for one in letters if one.to == cast.camille.address), next(one for one in letters if one.to == NEW)


def recovered(visit, cast, app, time_machine) -> None:
    _, new = ask(visit, cast, app)
    time_machine.move_to(MONDAY + timedelta(days=3), tick=False)
    assert "Votre adresse a changé" in text_of(visit.as_(None).send(new.path, page="/connexion"))


def address_of(database, person) -> str:
    with database.system("look") as session:
        return session.scalars(select(Credential.address).where(Credential.user_id == person.id)).one()


def entering(visit, cast):
    client = visit.as_(None)
    client.enter(cast.camille.id)
    return client


def vouch(visit, database, who: str, group, person):
    return visit.as_(who).send(f"{group.url}/membres/{place_id(database, group.id, person)}/reconnaitre")


# --- recovering ------------------------------------------------------------------------------------------------------------


def test_who_administers_sets_nothing(visit, database, cast, app):
    old, new = ask(visit, cast, app)
    assert address_of(database, cast.camille) == cast.camille.address
    assert "arrêtez" in old.text and "dans trois jours" in new.text
    assert visit.as_("camille").get("/compte").status_code == 200
    for who in ("ana", "dora"):
        assert visit.as_(who).get(f"/administration/comptes/{cast.camille.public_id}/adresse").status_code == 404
    alone = f"/administration/comptes/{cast.admin.public_id}/adresse"
    assert visit.as_("admin").get(alone).status_code == 404, "one's own address, in one's own account"


def test_the_new_address_waits_three_days(visit, database, cast, app, time_machine):
    _, new = ask(visit, cast, app)
    time_machine.move_to(MONDAY + timedelta(days=3, seconds=-1), tick=False)
    page = visit.as_(None)
    assert "à partir du jeudi 7 janvier 2027 à 10 h" in text_of(page.get(new.path))
    page.send(new.path, page="/connexion")
    assert address_of(database, cast.camille) == cast.camille.address
    time_machine.move_to(MONDAY + timedelta(days=3), tick=False)
    device = entering(visit, cast)
    assert "Votre adresse a changé" in text_of(page.send(new.path, page="/connexion"))
    assert address_of(database, cast.camille) == NEW
    assert device.get("/compte").status_code == 302, "her devices are signed out"
    assert page.get(new.path).status_code == 410
    assert "/mot-de-passe/" in received(app)[-1].path and received(app)[-1].to == NEW


def test_the_former_address_stops_it(visit, database, cast, app, time_machine):
    old, new = ask(visit, cast, app)
    assert visit.as_(None).get(old.path).status_code == 200
    assert "Rien ne change" in text_of(visit.as_(None).send(old.path, page="/connexion"))
    time_machine.move_to(MONDAY + timedelta(days=4), tick=False)
    assert visit.as_(None).send(new.path, page="/connexion").status_code == 410
    assert address_of(database, cast.camille) == cast.camille.address


def test_an_address_that_is_taken_is_told_at_the_end_only(visit, database, cast, app, time_machine):
    visit.as_("admin").send(f"/administration/comptes/{cast.camille.public_id}/adresse", {"email": "paul@exemple.fr"})
    time_machine.move_to(MONDAY + timedelta(days=3), tick=False)
    new = next(one for one in received(app)[-2:] if one.to == "paul@exemple.fr")
    assert "n’est pas libre" in text_of(visit.as_(None).send(new.path, page="/connexion"))
    assert address_of(database, cast.camille) == cast.camille.address


def test_what_cannot_be_an_address_comes_back(visit, cast):
    for typed, sentence in (("camille", "Attendu"), (cast.camille.address, "déjà l’adresse")):
        answer = visit.as_("admin").send(f"/administration/comptes/{cast.camille.public_id}/adresse", {"email": typed})
        assert answer.status_code == 422 and sentence in text_of(answer) and typed in text_of(answer)


def test_a_change_that_both_ends_confirm_shuts_nothing(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.camille)
    camille = visit.as_("camille")
    camille.send("/compte/adresse", {"email": NEW, "current_password": PASSWORD}, page="/compte")
    for letter in received(app)[-2:]:
        visit.as_(None).send(letter.path, page="/connexion")
    assert address_of(database, cast.camille) == NEW and camille.get(group.url).status_code == 200


# --- what waits ------------------------------------------------------------------------------------------------------------


def test_she_reads_nothing_of_her_groups_on_the_very_next_request(visit, database, cast, app, time_machine):
    group = make_group(database, cast.dora, cast.camille)
    recit = make_recit(database, cast.dora, "Dit entre nous", group=group.id)
    mine = make_recit(database, cast.camille, "Mon brouillon", audience=None, group=group.id)
    assert visit.as_("camille").get(f"/recits/{recit.public_id}").status_code == 200
    recovered(visit, cast, app, time_machine)
    client = entering(visit, cast)
    for path in (group.url, f"{group.url}/fil", f"{group.url}/membres", f"{group.url}/mes-textes", f"/recits/{recit.public_id}",
                 f"/recits/{mine.public_id}", f"/recits/{mine.public_id}/modifier"):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert client.send(f"{group.url}/partager", {"mots": "Un mot"}).status_code == 404
    page = text_of(client.get("/groupes-de-pairs"))
    assert "Un groupe vous est fermé pour l’instant" in page and "parlez à quelqu’un qui y est" in page
    assert "DGS de la vallée" not in page and group.public_id not in page and "Dora" not in page
    with database.system("counted among nobody") as session:
        assert everybody_in(session, group.id).count == 1
        assert who_reads(session, recit.id, [cast.camille.id, cast.dora.id]) == {cast.dora.id}


def test_another_member_vouches_and_it_opens_again(visit, database, cast, app, time_machine):
    group = make_group(database, cast.dora, cast.camille, cast.paul)
    recit = make_recit(database, cast.dora, "Dit entre nous", group=group.id)
    recovered(visit, cast, app, time_machine)
    client = entering(visit, cast)
    for path in ("", "/membres"):
        assert "Camille Roy" in text_of(visit.as_("dora").get(group.url + path))
    assert "L’accès de Camille Roy attend" in text_of(visit.as_("paul").get(group.url))
    page = text_of(visit.as_("dora").get(f"{group.url}/membres"))
    assert "Je confirme que c’est Camille Roy" in page and "Confidentiel, 2 personnes" in page
    asking = f"{group.url}/membres/{place_id(database, group.id, cast.camille)}/reconnaitre"
    assert "Parlez-lui d’abord" in text_of(visit.as_("paul").get(asking))
    assert vouch(visit, database, "paul", group, cast.camille).status_code == 303
    assert client.get(group.url).status_code == client.get(f"/recits/{recit.public_id}").status_code == 200
    assert "fermé" not in text_of(client.get("/groupes-de-pairs"))
    assert visit.as_("dora").get(asking).status_code == 404, "nothing waits any more"


def test_nobody_else_may_vouch(visit, database, cast, app, time_machine):
    group, other = make_group(database, cast.dora, cast.camille), make_group(database, cast.paul, cast.camille)
    make_opening(database, group.id, cast.jeanne)
    recovered(visit, cast, app, time_machine)
    client = entering(visit, cast)
    path = f"{group.url}/membres/{place_id(database, group.id, cast.camille)}/reconnaitre"
    for stranger in (client, *(visit.as_(who) for who in ("paul", "jeanne", "admin", "ana", "ines"))):
        assert stranger.send(path).status_code == 404
    assert vouch(visit, database, "paul", other, cast.camille).status_code == 303
    assert client.get(other.url).status_code == 200, "each group vouches for itself"
    assert client.get(group.url).status_code == 404


def test_where_nobody_else_is_the_room_stays_shut(visit, database, cast, app, time_machine):
    make_group(database, cast.camille)
    make_group(database, cast.camille, cast.dora)
    recovered(visit, cast, app, time_machine)
    page = text_of(entering(visit, cast).get("/groupes-de-pairs"))
    assert "2 groupes vous sont fermés pour l’instant" in page
    assert "Dans l’un d’eux, personne d’autre ne peut le confirmer. Il reste fermé" in page


def test_nothing_that_needs_every_yes_goes_without_hers(visit, database, cast, app, time_machine):
    group = make_group(database, cast.dora, cast.camille)
    recovered(visit, cast, app, time_machine)
    said = {"name": "Jeanne", "email": "jeanne@exemple.fr", "until": "2027-01-20", "why": "Elle lit."}
    visit.as_("dora").send(f"{group.url}/ouvrir", said)
    ((public_id, _),) = decisions(database, DecisionKind.OUVERTURE)
    assert asked(database, public_id) == {cast.dora.id: True, cast.camille.id: None}
    assert entering(visit, cast).send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"}).status_code == 404
    days_pass(database, 14)
    tick(app)
    assert decisions(database, DecisionKind.OUVERTURE) == [(public_id, Outcome.NOT_ACCEPTED)]


def test_no_mail_of_a_group_leaves_while_it_is_shut(visit, database, cast, app, time_machine):
    group = make_group(database, cast.dora, cast.camille)
    recovered(visit, cast, app, time_machine)
    received(app)
    visit.as_("dora").send(f"{group.url}/dissoudre", {"why": "C’est fini."})
    before = len(received(app))
    tick(app)
    assert [one for one in received(app)[before:] if one.to == NEW] == [] and config_of(app)
    assert not any(one["to"] == NEW for one in mails(database))


def test_what_waited_for_the_former_address_is_for_nobody(visit, database, cast, app, time_machine):
    awaited, visited, deciding = (make_group(database, cast.dora) for _ in range(3))
    visit.as_("dora").send(f"{awaited.url}/inviter", {"name": "Camille", "email": cast.camille.address})
    make_opening(database, visited.id, cast.camille)
    with database.system("somebody who does not answer", write=True) as session:
        session.add(GroupMember(group_id=deciding.id, user_id=cast.paul.id, pacte_version=1))
    visit.as_("dora").send(f"{deciding.url}/inviter", {"name": "Camille", "email": cast.camille.address})
    recovered(visit, cast, app, time_machine)
    client = entering(visit, cast)
    waiting = decisions(database, DecisionKind.INVITATION)[-1][0]
    visit.as_("paul").send(f"{deciding.url}/decisions/{waiting}", {"reponse": "oui"})
    assert decisions(database, DecisionKind.INVITATION)[-1][1] is Outcome.ACCEPTED
    for path in (f"{awaited.url}/invitation", f"{deciding.url}/invitation", visited.url, f"{visited.url}/lecture"):
        assert client.get(path).status_code == 404, path
    with database.system("what is left") as session:
        assert session.scalars(select(JoinRequest.id)).all() == []
        assert session.scalars(select(GroupOpening.ended_at)).one() is not None
