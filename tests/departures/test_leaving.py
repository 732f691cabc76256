"""Leaving a collectif: lost on the very next request; what was told stays, what nobody read goes; an invitation brings it back."""


import pytest
from sqlalchemy import select, update

from rex import clock
from rex.collectifs.actions import Guest, Seat, invite
from rex.collectifs.models import College, Membership, Role, User
from rex.exchanges.models import Posture
from rex.mail import Outbox
from rex.notices.models import Notice
from tests.cast import PASSWORD
from tests.departures.lives import corrects, exists, lived
from tests.departures.test_own_data import entered
from tests.journal.difficulties import make_difficulty
from tests.making import make_exchange, make_group, make_recit, reader_of
from tests.peer_groups.groups import make_responsable, tick

PAGE = "/c/valombre/quitter"
WITH_PASSWORD = {"current_password": PASSWORD}


def test_the_page_counts_her_own_texts(app, database, cast):
    life = lived(database, cast)
    corrects(database, life.her, life.alone, "Je corrige.")
    page = entered(app, life.her).get(PAGE).get_data(as_text=True)
    for said in ("2\u00a0récits publiés", "1\u00a0signé à plusieurs", "1\u00a0message", "1\u00a0modification commencée",
                 "2\u00a0textes que vous seul", "1\u00a0note entre", "1\u00a0relecture", "1\u00a0texte dans des séances"):
        assert said in page, said
    assert "Escargasse des pairs" in page, "her groups are named to her"
    assert "Escargasse" not in page.partition("</title>")[0]


def test_it_asks_the_password(visit):
    """Whoever finds a screen left open does not leave in the place of somebody."""
    client = visit.as_("jeanne")
    for wrong, said in (("", "Donnez votre mot de passe actuel."), ("pas le bon", "Ce n’est pas votre mot de passe actuel.")):
        answer = client.send(PAGE, {"current_password": wrong})
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)
        assert client.get("/c/valombre/").status_code == 200
    assert client.send(PAGE, WITH_PASSWORD).status_code == 303
    assert client.get("/c/valombre/").status_code == 404


def test_everything_is_lost_on_the_very_next_request(app, database, cast, visit):
    life = lived(database, cast)
    here, elsewhere = entered(app, life.her), entered(app, life.her)
    action = f"/actions/{life.alone.action_public_id}"
    paths = [life.alone.url, life.of_bruno.url, f"{life.draft.url}/edition", life.difficulty.url, action, "/c/valombre/recits",
             f"/groupes-de-pairs/{life.group}"]
    assert [here.get(path).status_code for path in paths] == [200] * len(paths)
    answer = here.send(PAGE, WITH_PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/compte")
    for client in (here, elsewhere):
        assert [client.get(path).status_code for path in paths] == [404] * len(paths)
        assert "alphabrouille" not in client.get("/recherche?q=alphabrouille").get_data(as_text=True)
        assert client.get("/compte").status_code == 200
    assert "Ville de Valombre" not in here.get("/compte").get_data(as_text=True), "it was said once that it is done"


def test_what_was_told_stays_signed_and_drafts_are_erased(app, database, cast, visit):
    life = lived(database, cast)
    corrects(database, life.her, life.alone, "Je corrige sigmabrouille.")
    entered(app, life.her).send(PAGE, WITH_PASSWORD)
    page = visit.as_("bruno").get(life.alone.url).get_data(as_text=True)
    assert "Zéphyrine Kwamboula" in page
    assert "alphabrouille" in page
    assert not exists(database, life.draft)
    assert exists(database, life.alone)
    assert "zetabrouille" in visit.as_("bruno").get(life.of_bruno.url).get_data(as_text=True)
    together = visit.as_("bruno").get("/c/valombre/").get_data(as_text=True)
    assert "À deux" in together, "a draft written by two stays to the other"


def test_a_new_invitation_gives_the_signatures_back(app, database, cast, visit):
    made = make_recit(database, cast.jeanne, "De Jeanne")
    client = visit.as_("jeanne")
    client.send(PAGE, WITH_PASSWORD)
    assert client.get(f"{made.url}/edition").status_code == 404
    with database.session(write=True) as session:
        session.reader = reader_of(session, cast.ana)
        (_invitation, token), = invite(session, cast.valombre_id, cast.ana.id, [Guest(Seat(College.HABITANT))])
        session.commit()
    assert client.send(f"/invitation/{token}").status_code == 303
    assert client.get(f"{made.url}/edition").status_code == 200
    assert "De Jeanne" in client.get("/c/valombre/recits").get_data(as_text=True)


def test_mails_that_wait_do_not_leave(app, database, cast, visit):
    made = make_recit(database, cast.jeanne, "De Jeanne")
    make_exchange(database, cast.bruno, made.public_id, "Une réponse.", Posture.RESONANCE)
    visit.as_("jeanne").send(PAGE, WITH_PASSWORD)
    with database.system("nothing waits for who left") as session:
        assert session.scalars(select(Notice).where(Notice.user_id == cast.jeanne.id)).all() == []
        assert session.scalar(select(User.news_at).where(User.id == cast.jeanne.id)) is None
    make_exchange(database, cast.dora, made.public_id, "Une autre réponse.", Posture.RESONANCE)
    tick(app)
    with database.system("no mail was written to who left") as session:
        assert session.scalars(select(Notice).where(Notice.user_id == cast.jeanne.id)).all() == []
        assert len(session.scalars(select(Outbox)).all()) <= 1


def test_the_last_animateur_hands_over_first(app, database, cast, visit):
    client = visit.as_("ana")
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Vous animez ce journal, et personne d’autre ne l’anime." in page.get_data(as_text=True)
    assert "<form class=\"confirm" not in page.get_data(as_text=True)
    answer = client.send(PAGE, WITH_PASSWORD)
    assert answer.status_code == 422
    assert client.get("/c/valombre/").status_code == 200
    with database.system("dora animates too", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.dora.id).values(role=Role.ANIMATEUR))
    assert client.send(PAGE, WITH_PASSWORD).status_code == 303
    assert client.get("/c/valombre/").status_code == 404
    with database.system("she animates nothing any more") as session:
        mine = Membership.user_id == cast.ana.id, Membership.collectif_id == cast.valombre_id
        assert session.scalar(select(Membership.role).where(*mine)) is Role.MEMBRE


def test_who_is_alone_in_a_journal_may_leave_it(database, cast, visit):
    with database.system("noor leaves Orbe", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.noor.id, Membership.collectif_id == cast.orbe_id)
                        .values(ended_at=clock.now()))
    assert visit.as_("ines").send("/c/orbe/quitter", WITH_PASSWORD).status_code == 303


def test_groups_go_on_through_another_journal(database, cast, visit):
    group = make_group(database, cast.noor, cast.dora, called="Escargasse des pairs")
    client = visit.as_("noor")
    page = client.get(PAGE).get_data(as_text=True)
    assert "Ils continuent" in page
    assert "Pays de l’Orbe" in page
    assert client.send(PAGE, WITH_PASSWORD).location == "/"
    assert client.get(group.url).status_code == 200, "she enters it through Orbe"


def test_the_last_responsable_does_not_lose_her_group_by_leaving_her_only_journal(database, cast, visit):
    group = make_group(database, cast.camille, cast.dora, called="Escargasse des pairs")
    client = visit.as_("camille")
    page = client.get(PAGE).get_data(as_text=True)
    assert "passez la main à un membre qui l’accepte" in page
    assert f"{group.url}/membres" in page
    assert client.send(PAGE, WITH_PASSWORD).status_code == 422
    make_responsable(database, group.id, cast.dora)
    assert client.send(PAGE, WITH_PASSWORD).status_code == 303
    assert client.get(group.url).status_code == 404


def test_her_texts_of_this_journal_are_taken_first(app, database, cast):
    life = lived(database, cast)
    client = entered(app, life.her)
    answer = client.get(f"{PAGE}/mes-textes.md")
    text = answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mes-textes.md"'
    assert life.told["draft"] in text
    assert life.told["withdrawn"] in text
    assert "nubrouille" not in text, "nothing of a group"
    assert "Trombinelle" not in text


def test_her_texts_say_under_what_they_were_written(app, database, cast):
    life = lived(database, cast)
    text = entered(app, life.her).get(f"{PAGE}/mes-textes.md").get_data(as_text=True)
    assert "## Question, sous le récit « De Bruno »" in text
    assert "## « Je vis ça aussi », sous une difficulté\n" in text
    assert "## Ce que je lis autrement aujourd’hui du récit « Seule »" in text


@pytest.mark.parametrize("who, status", [("camille", 200), ("ines", 404), ("admin", 404), ("gael", 404), (None, 302)])
def test_who_opens_the_page(visit, who, status):
    assert visit.as_(who).get(PAGE).status_code == status
    assert visit.as_(who).get(f"{PAGE}/mes-textes.md").status_code == status


def test_a_few_statements_however_much_she_wrote(app, database, cast, visit, count_statements):
    client = visit.as_("camille")
    client.get(PAGE)
    with count_statements() as few:
        client.get(PAGE)
    for number in range(5):
        make_recit(database, cast.camille, f"Récit {number}")
        make_difficulty(database, cast.camille, f"Difficulté {number}.")
    with count_statements() as many:
        client.get(PAGE)
    assert len(many) == len(few) <= 12


def test_a_form_sent_before_leads_nowhere(database, cast, visit):
    """The answer to a form that led inside is forgotten: sent again, it is that of a stranger."""
    made, client = make_recit(database, cast.bruno), visit.as_("jeanne")
    form = {"texte": "Une question ?", "posture": "question", "idempotency_key": "une-cle"}
    first = client.send(f"{made.url}/repondre", form)
    assert first.status_code == 303
    client.send(PAGE, WITH_PASSWORD)
    assert client.send(f"{made.url}/repondre", form).status_code == 404


