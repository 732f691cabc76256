"""« Inviter à écrire »: known to two persons, answered without a word to who asked."""

import pytest
from sqlalchemy import select

from rex.collectifs.models import Membership, User
from rex.journal.models import Audience, Authorship
from rex.journal.moments import What
from rex.journal.together_models import RecitInvitation
from tests.journal.making import begin, text_of
from tests.journal.test_actions import heard, page_of
from tests.making import make_recit, seat_id

__all__ = ["heard"]  # a fixture


@pytest.fixture
def made(database, cast):
    return make_recit(database, cast.camille, "La rue fermée", co_authors=(cast.bruno,))


def invite(client, made, name: str = "Jeanne Lartigue", **form: str):
    return client.send(f"/actions/{made.action_public_id}/inviter", {"nom": name, **form})


def count(database) -> int:
    with database.system("count invitations") as session:
        return len(session.scalars(select(RecitInvitation.id)).all())


def test_the_two_persons_know_of_it_and_nobody_else(visit, database, cast, made, heard):
    heard.clear()
    assert invite(visit.as_("dora"), made).status_code == 303
    assert heard == [(What.RECIT_ASKED, made.id, [cast.jeanne.id])]
    mine, hers = page_of(visit.as_("dora"), made), page_of(visit.as_("jeanne"), made)
    assert "Vous avez invité Jeanne Lartigue à raconter cette action\u00a0: pas encore répondu." in mine
    assert "Dora Lenoir vous invite à raconter cette action" in hers and "Écrire mon récit" in hers and "Pas cette fois" in hers
    for who in ("camille", "ana", "paul", "noor"):
        page = page_of(visit.as_(who), made)
        assert "vous invite" not in page and "pas encore répondu" not in page and "Jeanne" not in page, who


@pytest.mark.parametrize("answers", ["refuse", "begin"])
def test_who_invited_reads_the_same_whatever_the_answer(visit, database, cast, made, answers):
    invite(visit.as_("dora"), made)
    before = page_of(visit.as_("dora"), made)
    jeanne = visit.as_("jeanne")
    if answers == "refuse":
        assert jeanne.send(f"/actions/{made.action_public_id}/invitation/refus").status_code == 303
    else:
        begin(jeanne, action=made.action_public_id, collectif="valombre")
    assert "vous invite" not in page_of(jeanne, made)
    after = page_of(visit.as_("dora"), made)
    said = "pas encore répondu"
    assert said in before and said in after and before.count("Jeanne") == after.count("Jeanne")


def test_once_the_recit_is_there_nothing_is_awaited(visit, database, cast, made):
    invite(visit.as_("dora"), made)
    make_recit(database, cast.jeanne, "Le matin", action=made.action_public_id)
    assert "pas encore répondu" not in page_of(visit.as_("dora"), made)
    assert "vous invite" not in page_of(visit.as_("jeanne"), made)


def test_no_double_and_nobody_learns_that_another_asked(visit, database, cast, made, heard):
    """Dora asked twice, then Paul: the same answer, the same page, and Jeanne is asked once."""
    sent = [invite(visit.as_(who), made) for who in ("dora", "dora", "paul")]
    assert [answer.status_code for answer in sent] == [303] * 3
    assert sum(what is What.RECIT_ASKED for what, _, _ in heard) == 1
    pages = [page_of(visit.as_(who), made) for who in ("dora", "paul")]
    for page in pages:
        assert page.count("Vous avez invité Jeanne Lartigue à raconter cette action\u00a0: pas encore répondu.") == 1
    assert "Dora Lenoir" not in pages[1] and "Paul Weiss" not in pages[0]
    assert page_of(visit.as_("jeanne"), made).count("à raconter cette action") == 1


@pytest.mark.parametrize("answers", ["refuse", "begin"])
def test_who_asks_after_an_answer_reads_the_same_and_nobody_is_asked_again(visit, database, cast, made, heard, answers):
    invite(visit.as_("dora"), made)
    jeanne = visit.as_("jeanne")
    if answers == "refuse":
        jeanne.send(f"/actions/{made.action_public_id}/invitation/refus")
    else:
        begin(jeanne, action=made.action_public_id, collectif="valombre")
    assert invite(visit.as_("paul"), made).status_code == 303
    assert "Jeanne Lartigue à raconter cette action\u00a0: pas encore répondu" in page_of(visit.as_("paul"), made)
    assert "vous invite" not in page_of(jeanne, made)
    assert sum(what is What.RECIT_ASKED for what, _, _ in heard) == 1


def test_who_was_asked_by_two_answers_once(visit, database, cast, made):
    for who in ("dora", "paul"):
        invite(visit.as_(who), made)
    jeanne = visit.as_("jeanne")
    waiting = text_of(jeanne.get("/ce-qui-vous-attend"))
    assert waiting.count('class="waiting-ask"') == 1
    for page in (waiting, page_of(jeanne, made)):
        assert "Dora Lenoir et Paul Weiss vous invitent à raconter cette action" in page, "she knows who asks"
    jeanne.send(f"/actions/{made.action_public_id}/invitation/refus")
    assert "vous invite" not in page_of(jeanne, made)
    assert "à raconter cette action" not in text_of(jeanne.get("/ce-qui-vous-attend"))


def test_the_page_names_the_members_and_no_address(visit, database, cast, made):
    page = text_of(visit.as_("dora").get(f"/actions/{made.action_public_id}/inviter"))
    assert 'value="Jeanne Lartigue"' in page and "@" not in page
    for told in ("Camille Roy", "Bruno Maréchal", "Dora Lenoir", "Inès Carle", "Gaël Parti", "Clara Close"):
        assert f'value="{told}"' not in page, f"{told} told it, asks, is elsewhere or left"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Écrivez le nom de la personne"),
        ("Personne", "Personne ne porte ce nom dans ce journal"),
        ("Camille Roy", "Cette personne a déjà raconté cette action"),
        ("Inès Carle", "Personne ne porte ce nom dans ce journal"),
        ("jean", "Choisissez la personne"),
        ("<b>", "Personne ne porte ce nom dans ce journal"),
    ],
)
def test_a_name_that_is_not_sure_invites_nobody(visit, database, made, typed, sentence):
    answer = invite(visit.as_("dora"), made, typed)
    page = text_of(answer)
    assert answer.status_code == 422 and sentence in page and count(database) == 0
    assert not typed or f'value="{typed}"' in page or "&lt;b&gt;" in answer.get_data(as_text=True), "what was typed is kept"


def test_two_of_one_name_are_chosen_by_where_they_speak_from(visit, database, cast, made):
    with database.system("a namesake", write=True) as session:
        user = User(name="Jeanne Lartigue")
        session.add(user)
        session.flush()
        place = session.scalars(select(Membership).where(Membership.user_id == cast.dora.id)).one()
        session.add(Membership(user_id=user.id, collectif_id=cast.valombre_id, service_id=place.service_id,
                               college=place.college, role=place.role, title=""))
    client = visit.as_("dora")
    page = text_of(client.get(f"/actions/{made.action_public_id}/inviter"))
    assert 'value="Jeanne Lartigue (Parents du Faubourg)"' in page and 'value="Jeanne Lartigue (Direction générale)"' in page
    answer = invite(client, made)
    assert answer.status_code == 422 and text_of(answer).count('name="membre"') == 2 and count(database) == 0
    assert invite(client, made, membre=seat_id(database, cast.jeanne, cast.valombre_id)).status_code == 303
    assert "vous invite" in page_of(visit.as_("jeanne"), made)
    assert invite(client, made, "jeanne lartigue (direction generale)").status_code == 303 and count(database) == 2


def test_who_may_not_tell_the_action_invites_nobody(visit, database, cast):
    wide = make_recit(database, cast.camille, audience=Audience.RESEAU)
    narrow = make_recit(database, cast.camille)
    for made, status in ((wide, 403), (narrow, 404)):
        client = visit.as_("ines")
        assert client.get(f"/actions/{made.action_public_id}/inviter").status_code == status
        assert invite(client, made).status_code == status
        assert client.send(f"/actions/{made.action_public_id}/invitation/refus").status_code == status
    assert count(database) == 0
    chosen = invite(visit.as_("dora"), narrow, "", membre=seat_id(database, cast.ines, cast.orbe_id))
    assert chosen.status_code == 422 and count(database) == 0, "a seat of another collectif"


def test_who_signs_a_recit_without_being_named_yet_is_not_named_here(visit, database, cast, made):
    """Paul accepted to sign what is read already: readers see his name from the next modification on."""
    with database.system("Paul accepts to sign", write=True) as session:
        session.add(Authorship(entry_id=made.id, user_id=cast.paul.id, position=2))
    dora = visit.as_("dora")
    assert '<option value="Paul Weiss">' in text_of(dora.get(f"/actions/{made.action_public_id}/inviter"))
    assert invite(dora, made, "Paul Weiss").status_code == 303
    assert "a déjà raconté" in text_of(invite(dora, made, "Bruno Maréchal"))
