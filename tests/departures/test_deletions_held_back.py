"""What keeps an account from being deleted, and what does not."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from rex import clock
from rex.collectifs.models import Membership, Role
from rex.departures.chosen import Chosen
from rex.departures.models import AccountEnding
from tests.departures.lives import PASSWORD
from tests.departures.test_deleting import GOES, PAGE, STAYS, asks, exists, is_gone, seven_days_later, waiting_mails
from tests.departures.test_own_data import entered
from tests.making import make_group, make_recit
from tests.peer_groups.groups import make_responsable


def test_who_alone_looks_after_something_hands_over_first(app, database, cast, visit):
    group = make_group(database, cast.camille, cast.dora, called="Escargasse des pairs")
    for who, said in (("admin", "Vous administrez cette installation"), ("ana", "Vous animez le journal"),
                      ("camille", "Vous êtes responsable d’un groupe de pairs")):
        client = visit.as_(who)
        assert said in client.get(PAGE).get_data(as_text=True), who
        assert client.send(PAGE, {**STAYS, "current_password": PASSWORD}).status_code == 422, who
    make_responsable(database, group.id, cast.dora)
    asks(visit.as_("camille"), STAYS)


def test_what_was_handed_over_to_her_meanwhile_stops_it_and_she_is_told(app, database, cast, visit):
    asks(visit.as_("dora"), STAYS)
    with database.system("dora animates alone", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.ana.id).values(role=Role.MEMBRE))
        session.execute(update(Membership).where(Membership.user_id == cast.dora.id).values(role=Role.ANIMATEUR))
    database_, config = database, app.extensions["rex"].config
    with database.system("seven days pass", write=True) as session:
        session.execute(update(AccountEnding).values(due_at=clock.now() - timedelta(minutes=1)))
    from rex.departures import mails

    mails.end_due(database_, config)
    assert not is_gone(database, cast.dora)
    told = [one["subject"] for one in waiting_mails(database) if one["to"] == cast.dora.address]
    assert told[-1] == "Votre compte n’a pas été supprimé"
    assert "Vous animez le journal" in visit.as_("dora").get(PAGE).get_data(as_text=True)


def test_an_account_that_administrators_closed_is_deleted_at_its_time(app, database, cast, visit):
    made = make_recit(database, cast.jeanne, "De Jeanne")
    asks(visit.as_("jeanne"), GOES)
    visit.as_("admin").send(f"/administration/comptes/{cast.jeanne.public_id}/fermeture")
    seven_days_later(app)
    assert is_gone(database, cast.jeanne)
    assert not exists(database, made)


def test_what_is_wrong_with_one_account_holds_none_of_the_others_back(app, database, cast, monkeypatch):
    from rex.departures import ending, mails

    for person in (cast.camille, cast.jeanne):
        asks(entered(app, person), STAYS)
    real = ending.erase_account

    def erase(session, user_id: int, chosen: Chosen) -> None:
        if user_id == cast.camille.id:
            raise RuntimeError("something is wrong")
        real(session, user_id, chosen)

    monkeypatch.setattr(ending, "erase_account", erase)
    with database.system("seven days pass", write=True) as session:
        session.execute(update(AccountEnding).values(due_at=clock.now() - timedelta(minutes=1)))
    with pytest.raises(ExceptionGroup):
        mails.end_due(database, app.extensions["rex"].config)
    assert is_gone(database, cast.jeanne)
    assert not is_gone(database, cast.camille)
