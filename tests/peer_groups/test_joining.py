"""Opening a group, founding it together, joining with the consent of all; who reads what on the way."""

import re

import pytest
from sqlalchemy import select

from rex.collectifs.group_models import GroupRole, PeerGroup
from rex.peer_groups.models import DecisionKind, JoinRequest, Outcome
from tests.making import make_group
from tests.peer_groups.groups import FRAME, asked, days_pass, decisions, inside, mails, tick, to_whom, was_away

INVITED = {"name": "Inès Carle", "email": "ines@exemple.fr"}


def open_group(visit, who: str, founders: str = "", **changed: str) -> str:
    """The address of the group that this person opens."""
    answer = visit.as_(who).send("/groupes-de-pairs/nouveau", {**FRAME, "founders": founders, **changed})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def id_of(database, url: str) -> int:
    with database.system("the group of an address") as session:
        return session.scalars(select(PeerGroup.id).where(PeerGroup.public_id == url.rsplit("/", 1)[1])).one()


def vote(visit, who: str, url: str, public_id: str, said: str = "oui"):
    return visit.as_(who).send(f"{url}/decisions/{public_id}", {"reponse": said})


def step_in(visit, who: str, url: str, said: str = "oui", version: str = "1"):
    return visit.as_(who).send(f"{url}/invitation", {"reponse": said, "version": version})


def text_of(answer) -> str:
    return answer.get_data(as_text=True).replace("\u202f", " ").replace("\xa0", " ")


def test_nobody_in_no_group_reads_how_they_form(visit):
    page = text_of(visit.as_("camille").get("/groupes-de-pairs"))
    assert "Vous n’êtes dans aucun groupe. Ils se forment par invitation." in page and "Ouvrir un groupe" in page


def test_a_group_is_opened_by_one_person_who_is_its_responsable(visit, database, cast):
    url = open_group(visit, "dora", shows_history="y", versement_days="30", dissolution_rule="majorite")
    assert inside(database, id_of(database, url)) == {cast.dora.id: GroupRole.RESPONSABLE}
    page = text_of(visit.as_("dora").get(url))
    assert "DGS de la vallée" in page and "Confidentiel, 1 personne" in page
    assert "en 30 jours" in text_of(visit.as_("dora").get(f"{url}/pacte"))


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("called", " ", "Donnez un nom au groupe"),
        ("pacte", "", "Écrivez le pacte"),
        ("pacte", "a" * 8001, "trop long"),
        ("versement_days", "2", "de 3 à 30"),
        ("versement_days", "31", "de 3 à 30"),
        ("versement_days", "dix", "de 3 à 30"),
        ("exclusion_rule", "personne", "Choisissez dans la liste"),
        ("founders", "ines@exemple.fr\npas une adresse", "Attendu"),
        ("founders", "\n".join(f"p{i}@exemple.fr" for i in range(15)), "quinze personnes"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_all_that_was_typed(visit, database, field, value, sentence):
    typed = {**FRAME, "engagement": "Ce que nous tenons", field: value}
    answer = visit.as_("dora").send("/groupes-de-pairs/nouveau", typed)
    page = text_of(answer)
    assert answer.status_code == 422 and sentence in page and "Ce que nous tenons" in page
    with database.system("no group was made") as session:
        assert session.scalars(select(PeerGroup.id)).all() == []


def test_founders_arrive_one_by_one_when_they_accept_what_they_read(visit, database, cast):
    url = open_group(visit, "dora", "INES@exemple.fr, paul@exemple.fr")
    group_id = id_of(database, url)
    assert to_whom(database, cast) == ["ines", "paul"]
    page = text_of(visit.as_("ines").get(f"{url}/invitation"))
    assert all(word in page for word in ("DGS de la vallée", "Ce qui se dit ici reste ici", "Dora Lenoir"))
    assert "Paul Weiss" not in page and "La même liste attend aussi une autre réponse." in page
    assert visit.as_("ines").get(url).status_code == 404, "she reads nothing else"
    assert step_in(visit, "ines", url).location == url
    assert set(inside(database, group_id)) == {cast.dora.id, cast.ines.id}
    assert visit.as_("ines").get(url).status_code == 200
    assert decisions(database, DecisionKind.FONDATION)[0][1] is None
    step_in(visit, "paul", url)
    assert decisions(database, DecisionKind.FONDATION)[0][1] is Outcome.ACCEPTED
    assert len(inside(database, group_id)) == 3


def test_an_unknown_address_is_silent_and_says_nothing_of_itself(visit, database, app):
    pages = []
    for address in ("paul@exemple.fr", "rien@exemple.fr"):
        answer = visit.as_("dora").send("/groupes-de-pairs/nouveau", {**FRAME, "founders": address})
        (public_id, outcome) = decisions(database, DecisionKind.FONDATION)[-1]
        assert outcome is None
        client = visit.as_("dora")
        drawn = text_of(client.get(answer.location)) + text_of(client.get(f"{answer.location}/decisions/{public_id}"))
        pages.append(re.sub(r'(value|action|href|nonce)="[^"]*"|\d+ h \d+', "", drawn.replace(address, "…")))
    assert "Si ces comptes existent" in pages[0]
    assert pages[0] == pages[1]
    days_pass(database, 14)
    tick(app)
    assert [outcome for _, outcome in decisions(database, DecisionKind.FONDATION)] == [Outcome.NOT_ACCEPTED] * 2


def test_the_members_are_asked_before_the_person(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.noor)
    answer = visit.as_("dora").send(f"{group.url}/inviter", INVITED)
    assert answer.status_code == 303
    (public_id, _), = decisions(database, DecisionKind.INVITATION)
    assert asked(database, public_id) == {cast.dora.id: True, cast.paul.id: None, cast.noor.id: None}
    assert to_whom(database, cast) == ["noor", "paul"], "the person hears nothing yet"
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 404
    vote(visit, "paul", group.url, public_id)
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 404
    vote(visit, "noor", group.url, public_id)
    assert to_whom(database, cast) == ["ines", "noor", "paul"]
    page = text_of(visit.as_("ines").get(f"{group.url}/invitation"))
    assert "DGS de la vallée" in page and "Noor Haddad" in page
    assert visit.as_("ines").get(f"{group.url}/membres").status_code == 404
    assert step_in(visit, "ines", group.url).status_code == 303
    assert cast.ines.id in inside(database, group.id)
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 404, "used up"


@pytest.mark.parametrize("said", ["non", None])
def test_one_no_and_one_silence_end_alike(visit, database, cast, app, said):
    group = make_group(database, cast.dora, cast.paul)
    visit.as_("dora").send(f"{group.url}/inviter", INVITED)
    (public_id, _), = decisions(database, DecisionKind.INVITATION)
    if said:
        vote(visit, "paul", group.url, public_id, said)
    tick(app)
    assert decisions(database, DecisionKind.INVITATION) == [(public_id, None)], "a no is told at the date, as a silence is"
    days_pass(database, 14)
    tick(app)
    assert decisions(database, DecisionKind.INVITATION) == [(public_id, Outcome.NOT_ACCEPTED)]
    assert "Cela n’a pas été accepté." in text_of(visit.as_("dora").get(f"{group.url}/decisions/{public_id}"))
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 404
    assert asked(database, public_id) == {}, "who said what is forgotten"


def test_who_was_away_for_sixty_days_has_no_voice(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.noor)
    was_away(database, group.id, cast.paul, 61)
    was_away(database, group.id, cast.noor, 59)
    visit.as_("dora").send(f"{group.url}/inviter", INVITED)
    (public_id, _), = decisions(database, DecisionKind.INVITATION)
    assert set(asked(database, public_id)) == {cast.dora.id, cast.noor.id}


def test_an_invitation_to_no_account_is_asked_and_ends_as_any_other(visit, database, cast):
    group = make_group(database, cast.dora)
    for address in ("rien@exemple.fr", "ines@exemple.fr"):
        answer = visit.as_("dora").send(f"{group.url}/inviter", {"name": "Quelqu’un", "email": address})
        page = text_of(visit.as_("dora").get(answer.location))
        assert "Si ce compte existe, la personne a quatorze jours" in page
    assert [outcome for _, outcome in decisions(database, DecisionKind.INVITATION)] == [Outcome.ACCEPTED] * 2


def test_declining_is_told_to_nobody(visit, database, cast):
    group = make_group(database, cast.dora)
    visit.as_("dora").send(f"{group.url}/inviter", INVITED)
    before = mails(database)
    step_in(visit, "ines", group.url, "non")
    assert mails(database) == before and cast.ines.id not in inside(database, group.id)
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 404
    with database.system("her answer is not kept") as session:
        assert session.scalars(select(JoinRequest.id)).all() == []


def test_an_invitation_lasts_fourteen_days(visit, database, cast, app):
    group = make_group(database, cast.dora)
    visit.as_("dora").send(f"{group.url}/inviter", INVITED)
    days_pass(database, 14)
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 404
    assert step_in(visit, "ines", group.url).status_code == 404
    tick(app)
    with database.system("nor that she let it pass") as session:
        assert session.scalars(select(JoinRequest.id)).all() == []


def test_the_pacte_that_changed_is_read_again_before_entering(visit, database, cast):
    group = make_group(database, cast.dora)
    visit.as_("dora").send(f"{group.url}/inviter", INVITED)
    visit.as_("dora").send(f"{group.url}/reglages", {**FRAME, "pacte": "Une autre règle."})
    answer = step_in(visit, "ines", group.url, version="1")
    assert answer.status_code == 422 and "Une autre règle." in text_of(answer)
    assert step_in(visit, "ines", group.url, version="2").status_code == 303


def test_fifteen_people_at_most(visit, database, cast):
    others = [cast.people[key] for key in ("camille", "bruno", "ana", "paul", "jeanne", "noor")]
    group = make_group(database, cast.dora, *others)
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "P", "email": "un@exemple.fr"})
    for i in range(7):
        assert visit.as_("dora").send(f"{group.url}/inviter", {"name": "P", "email": f"p{i}@exemple.fr"}).status_code == 303
    answer = visit.as_("dora").send(f"{group.url}/inviter", INVITED)
    assert answer.status_code == 422 and "quinze personnes au plus" in text_of(answer) and "ines@exemple.fr" in text_of(answer)


def test_only_a_responsable_asks_about_a_person(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    for path in ("inviter", "reglages"):
        assert visit.as_("paul").get(f"{group.url}/{path}").status_code == 403
        assert visit.as_("paul").send(f"{group.url}/{path}", {**INVITED, **FRAME}).status_code == 403
    assert decisions(database, DecisionKind.INVITATION) == decisions(database, DecisionKind.PACTE) == []


def test_mails_say_nothing_of_the_group(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    visit.as_("dora").send(f"{group.url}/inviter", INVITED)
    (public_id, _), = decisions(database, DecisionKind.INVITATION)
    vote(visit, "paul", group.url, public_id)
    found = mails(database)
    assert {one["subject"] for one in found} == {"Du nouveau dans un de vos groupes"}
    for one in found:
        told = f"{one['text']} {one['html']} {one['headers']} {one['thread']}"
        for word in ("vallée", "Inès", "Paul", "Dora", group.public_id, public_id, "invit"):
            assert word not in told, word
    said = {re.sub(r"/mails-de-groupes/[\w-]+", "", one["text"]) for one in found}
    assert len(said) == 1, "the same words for everybody, but the address that stops one's own mails"
