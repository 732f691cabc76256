"""What goes wrong while people act: somebody answered first, a text of somebody else, a name out of sight, one service alone."""

import pytest
from sqlalchemy import update

from rex.collectifs.models import Membership
from rex.refusals import Refused
from rex.tensions import acts, saying
from rex.tensions.forms import Tried
from rex.tensions.models import ActKind, Tension, TensionAct
from tests.making import make_report
from tests.tensions.making import acting, acts_of, apart, members, tell_one
from tests.tensions.making import found as held
from tests.tensions.telling import SAID, TITLE, last_act, make_proposal, make_tension, make_trial, tell_others
from tests.tensions.test_pages import LIST, main_of, text_of

READ = f"{LIST}/a-relire"
NOWHERE = "AAAAAAAAAAAAAAAA"


def suspend(ana, database, cast, public_id: str) -> None:
    report = make_report(database, cast.paul, public_id)
    assert ana.send(f"/c/valombre/signalements/{report}/suspension", {"raison": "Ce nom vise un service."}).status_code == 303


@pytest.mark.parametrize("tail", ["nom", "reunion", "mise-de-cote"])
def test_a_proposal_that_went_meanwhile_gives_back_the_name_that_was_typed(visit, database, cast, tail):
    typed = {"nom": "Les dates nous gouvernent", "mots": "Deux phrases.", "difficultes": [NOWHERE]}
    form = {**typed, "collectif": "valombre"}
    answer = visit.as_("ana").send(f"/tensions/propositions/{NOWHERE}/{tail}", form)
    assert answer.status_code == 409
    page = main_of(answer)
    assert "Cette proposition n’est plus là" in page and "Les dates nous gouvernent" in page and "Deux phrases." in page
    elsewhere = make_proposal(database, cast, *(tell_one(database, cast.camille, cast.valombre_id, words) for words in SAID))
    for who, place, expected in (
        ("ines", "valombre", 404),
        ("ines", "orbe", 409),
        ("gael", "valombre", 404),
        ("admin", "orbe", 404),
    ):
        addresses = [f"/tensions/propositions/{one}/{tail}" for one in (NOWHERE, elsewhere)]
        answers = [visit.as_(who).send(address, {**typed, "collectif": place}) for address in addresses]
        assert [one.status_code for one in answers] == [expected, expected], (who, place)
        assert main_of(answers[0]) == main_of(answers[1]) and SAID[0] not in main_of(answers[1])
    camille = visit.as_("camille")
    assert [camille.send(f"/tensions/propositions/{one}/{tail}", form).status_code for one in (NOWHERE, elsewhere)] == [404, 403]


def test_what_joins_another_tension_is_one_act_and_what_was_left_out_is_kept_apart(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    more = [tell_one(database, cast.jeanne, cast.valombre_id, f"Le vote tombe {words}.") for words in ("tôt", "mal", "ailleurs")]
    path = f"/tensions/propositions/{make_proposal(database, cast, *more)}"
    ticked = [one.public_id for one in more[:2]]
    assert ana.send(f"{path}/reunion", {"difficultes": ticked, "tension": told.public_id}).status_code == 303
    assert [act.kind for act in acts_of(database)] == [ActKind.NAMED, ActKind.LINKED]
    assert {more[2].id} == {max(pair) for pair in apart(database)}
    assert "2 difficultés reliées." in main_of(ana.get(told.url))
    assert ana.send(f"/tensions/actes/{last_act(database)}/annulation").status_code == 303
    assert members(database, told) == [one.id for one in told.difficulties] and apart(database) == set()


def test_who_curates_says_what_a_trial_gave_and_changes_what_nobody_said(visit, database, cast):
    told, ana, bruno = make_tension(database, cast), visit.as_("ana"), visit.as_("bruno")
    path = f"{told.url}/essais/{make_trial(database, cast.bruno, cast, told, 'Un appel avant chaque vote.')}"
    assert path in main_of(ana.get(told.url))
    assert bruno.send(path, {"essai": "Un appel avant chaque vote.", "suite": "Deux votes déplacés."}).status_code == 303
    assert ana.send(path, {"essai": "", "suite": "Trois votes."}).status_code == 403
    assert path not in main_of(ana.get(told.url)) and "Deux votes déplacés." in main_of(ana.get(told.url))


def test_what_is_in_a_tension_out_of_sight_is_not_said_to_be_in_none(visit, database, cast):
    told, paul = make_tension(database, cast), visit.as_("paul")
    tell_others(database, cast)
    form = {"collectif": "valombre", "mots": "La date du vote était déjà fixée par le calendrier avant la réunion publique."}
    assert [one["url"] for one in paul.send("/tensions/ressemblances", form).json["items"]] == [told.url]
    suspend(visit.as_("ana"), database, cast, told.public_id)
    assert paul.send("/tensions/ressemblances", form).json["items"] == []


def test_what_was_tried_is_not_said_under_a_tension_that_was_merged_meanwhile(database, cast):
    one, two = (make_tension(database, cast, cast.camille, title=f"Le {name}") for name in ("premier", "second"))
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        read = held(session, reader, one)
        acts.merge(session, reader, held(session, reader, two), read)
        with pytest.raises(Refused, match="elle a été réunie à une autre"):
            saying.add_trial(session, reader, seat, read, Tried("Un calendrier commun."))


def test_nothing_is_proposed_for_a_tension_out_of_sight(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    more = tell_one(database, cast.jeanne, cast.valombre_id, "Le vote tombe trop tôt.")
    path = f"/tensions/propositions/{make_proposal(database, cast, more, tension=told)}"
    assert "Rejoindre" in main_of(ana.get(READ)) and ana.get(path).status_code == 200
    suspend(ana, database, cast, told.public_id)
    assert "Rien à relire" in main_of(ana.get(READ)) and ana.get(path).status_code == 404
    assert READ not in main_of(ana.get(LIST))
    other = make_tension(database, cast, cast.camille, title="Une autre")
    taken = ana.send(f"{other.url}/difficultes", {"difficulte": told.difficulties[0].public_id})
    assert taken.status_code == 409 and "déjà dans une tension qui ne se lit pas aujourd’hui" in text_of(taken)
    assert TITLE not in text_of(taken)


def test_one_service_too_small_to_be_named_is_not_told_from_none(visit, database, cast):
    with database.system("three at the Voirie", write=True) as session:
        voirie = cast.service_ids["Voirie"]
        session.execute(update(Membership).where(Membership.user_id == cast.paul.id).values(service_id=voirie))
    told, ana = make_tension(database, cast, cast.camille, cast.bruno, cast.paul), visit.as_("ana")
    tell_one(database, cast.dora, cast.valombre_id, "Tout autre chose.")
    tell_one(database, cast.jeanne, cast.valombre_id, "Autre chose encore.")  # two small ones: the Voirie keeps its name
    before = main_of(ana.get(told.url))
    more = tell_one(database, cast.jeanne, cast.valombre_id, "Le vote tombe trop tôt.")
    ana.send(f"{told.url}/difficultes", {"difficulte": more.public_id})
    after = main_of(ana.get(told.url))
    assert "Voirie" in before and "services ou structures" not in before
    assert "Voirie" in after and "services ou structures" not in after and "Autres services" not in after


def test_the_service_that_joins_the_only_small_one_is_named_no_more(visit, database, cast):
    with database.system("three at the Voirie", write=True) as session:
        voirie = cast.service_ids["Voirie"]
        session.execute(update(Membership).where(Membership.user_id == cast.paul.id).values(service_id=voirie))
    told, ana = make_tension(database, cast, cast.camille, cast.bruno, cast.paul), visit.as_("ana")
    assert "Voirie" in main_of(ana.get(told.url)), "nobody is small yet"
    more = tell_one(database, cast.jeanne, cast.valombre_id, "Le vote tombe trop tôt.")
    alone = main_of(ana.get(told.url))
    assert "Voirie" not in alone and "Autres services" not in alone, "one of the two told it: which one is not said"
    ana.send(f"{told.url}/difficultes", {"difficulte": more.public_id})
    both = main_of(ana.get(told.url))
    assert "Voirie" not in both and "Autres services" in both and "2 services ou structures" in both


def test_what_was_merged_twice_leads_to_where_it_is_and_strangers_nowhere(visit, database, cast):
    ana = visit.as_("ana")
    one, two, three = (make_tension(database, cast, cast.camille, title=f"Le {name}") for name in ("premier", "second", "dernier"))
    for into, other in ((two, one), (three, two)):
        assert ana.send(f"{into.url}/fusion", {"autre": other.public_id}).status_code == 303
    assert [visit.as_("paul").get(each.url).location for each in (one, two)] == [three.url] * 2
    for who in ("ines", "gael", "admin"):
        client = visit.as_(who)
        assert client.get(one.url).data == client.get(f"/tensions/{NOWHERE}").data and client.get(one.url).status_code == 404
    suspend(ana, database, cast, three.public_id)
    assert visit.as_("paul").get(one.url).status_code == 404


def test_saying_where_it_stands_already_is_said(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    assert "C’est noté dans sa vie." in text_of(ana.send(f"{told.url}/etat", {"vers": "apaisee"}, follow_redirects=True))
    assert "Rien n’a changé." in text_of(ana.send(f"{told.url}/etat", {"vers": "apaisee"}, follow_redirects=True))


def test_what_came_from_an_archive_offers_no_undoing(visit, database, cast):
    """What would undo it stays in its own base."""
    told, ana = make_tension(database, cast), visit.as_("ana")
    with database.system("as an archive brings it", write=True) as session:
        act = TensionAct(collectif_id=cast.valombre_id, tension_id=told.id, kind=ActKind.LINKED)
        session.add(act)
        session.flush()
        path = f"/tensions/actes/{act.public_id}/annulation"
        assert session.get(Tension, told.id).title == TITLE
    assert path not in main_of(ana.get(told.url))
    assert ana.send(path).status_code == 403
