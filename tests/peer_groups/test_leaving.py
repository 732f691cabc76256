"""Leaving, handing over, being elected, being asked to leave; what is lost on the very next request."""

import re
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from rex import clock
from rex.chores import do_all_and_say
from rex.collectifs.group_models import GroupMember, GroupRole
from rex.peer_groups.models import DecisionKind, Outcome
from tests.house.test_concurrency import at_once
from tests.making import make_exchange, make_group, make_recit
from tests.peer_groups.groups import (
    asked,
    config_of,
    days_pass,
    decisions,
    inside,
    mails,
    make_responsable,
    tick,
    to_whom,
    was_away,
)
from tests.peer_groups.test_deciding import member_ids


def test_the_last_responsable_does_not_leave_without_a_successor(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    page = visit.as_("dora").get(f"{group.url}/quitter").get_data(as_text=True)
    assert "personne d’autre ne l’est" in page and "<button class=\"button button-sober\"" not in page
    answer = visit.as_("dora").send(f"{group.url}/quitter")
    assert answer.status_code == 422 and cast.dora.id in inside(database, group.id)
    make_responsable(database, group.id, cast.paul)
    assert visit.as_("dora").send(f"{group.url}/quitter").status_code == 303
    assert inside(database, group.id) == {cast.paul.id: GroupRole.RESPONSABLE}


def form_of(client, path: str) -> dict[str, str]:
    page = client.get(path).get_data(as_text=True)
    found = {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page) for name in ("idempotency_key", "csrf_token")}
    return {name: value[1] for name, value in found.items() if value}


def test_an_old_form_sent_again_after_one_s_place_ended_leads_nowhere(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.camille)
    client = visit.as_("camille")
    client.proof_reads = False
    asks, leaves = form_of(client, f"{group.url}/dissoudre"), form_of(client, f"{group.url}/quitter")
    assert len(asks) == len(leaves) == 2
    for _ in range(2):
        answer = client.post(f"{group.url}/dissoudre", data={"why": "Il a fait son temps.", **asks})
        assert answer.status_code == 303 and answer.location.startswith(group.url), "sent twice, asked once"
    for _ in range(2):
        answer = client.post(f"{group.url}/quitter", data=leaves)
        assert answer.status_code == 303 and group.public_id not in answer.location, "the click that leaves counts once"
    assert client.post(f"{group.url}/dissoudre", data={"why": "Il a fait son temps.", **asks}).status_code == 404
    assert client.post("/groupes-de-pairs/AAAAAAAAAAAAAAAA/dissoudre", data={"why": "Rien.", **asks}).status_code == 404


def test_a_member_leaves_when_they_want_and_reads_nothing_any_more(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    made = make_recit(database, cast.paul, "Le mien", group=group.id)
    draft = make_recit(database, cast.paul, "Mon brouillon", audience=None, group=group.id)
    paul = visit.as_("paul")
    assert paul.get(made.url).status_code == 200 and paul.get(f"{draft.url}/edition").status_code == 200
    answer = paul.send(f"{group.url}/quitter")
    assert answer.location == "/groupes-de-pairs"
    for path in (group.url, f"{group.url}/membres", made.url, draft.url, f"{draft.url}/edition"):
        assert paul.get(path).status_code == 404, path
    assert "vallée" not in paul.get("/groupes-de-pairs").get_data(as_text=True)
    assert visit.as_("dora").get(made.url).status_code == 200, "what was told to all stays"


def test_two_responsables_who_leave_at_once_do_not_leave_the_group_alone(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    make_responsable(database, group.id, cast.paul)
    clients = [visit.as_("dora"), visit.as_("paul")]
    tokens = [client.csrf() for client in clients]
    pairs = zip(clients, tokens, strict=True)
    answers = at_once([lambda c=c, t=t: c.post(f"{group.url}/quitter", data={"csrf_token": t}) for c, t in pairs])
    assert sorted(answer.status_code for answer in answers) == [303, 422]  # ty: ignore[missing-attribute]
    assert list(inside(database, group.id).values()).count(GroupRole.RESPONSABLE) == 1


def test_who_hands_over_stays_responsable_until_the_other_says_yes(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    places = member_ids(database, group.id, cast)
    visit.as_("dora").send(f"{group.url}/membres/{places['paul']}/suite")
    ((public_id, _),) = decisions(database, DecisionKind.RESPONSABLE)
    assert set(asked(database, public_id)) == {cast.paul.id} and to_whom(database, cast) == ["paul"]
    visit.as_("dora").send(f"{group.url}/membres/{places['ana']}/suite")
    assert len(decisions(database, DecisionKind.RESPONSABLE)) == 1, "one is asked at a time"
    assert inside(database, group.id)[cast.dora.id] is GroupRole.RESPONSABLE
    visit.as_("paul").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"})
    roles = inside(database, group.id)
    assert roles[cast.paul.id] is GroupRole.RESPONSABLE and roles[cast.dora.id] is GroupRole.MEMBRE
    assert visit.as_("dora").get(f"{group.url}/inviter").status_code == 403
    assert visit.as_("paul").get(f"{group.url}/inviter").status_code == 200


def test_members_elect_a_responsable_by_majority(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.ana, cast.noor)
    was_away(database, group.id, cast.dora, 30)
    visit.as_("paul").send(f"{group.url}/responsable")
    ((public_id, _),) = decisions(database, DecisionKind.RESPONSABLE)
    assert set(asked(database, public_id)) == {cast.dora.id, cast.ana.id, cast.noor.id}, "the others decide"
    visit.as_("ana").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"})
    assert inside(database, group.id)[cast.paul.id] is GroupRole.MEMBRE, "one of three is not a majority"
    visit.as_("noor").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"})
    roles = inside(database, group.id)
    assert [roles[person.id] for person in (cast.dora, cast.paul)] == [GroupRole.RESPONSABLE] * 2
    visit.as_("ana").send(f"{group.url}/responsable")
    (_, (second, _)) = decisions(database, DecisionKind.RESPONSABLE)
    for who in ("paul", "noor"):
        visit.as_(who).send(f"{group.url}/decisions/{second}", {"reponse": "oui"})
    roles = inside(database, group.id)
    assert roles[cast.ana.id] is GroupRole.RESPONSABLE and roles[cast.dora.id] is GroupRole.MEMBRE, "the one away the longest"


def test_nobody_is_taken_out_by_one_voice(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    was_away(database, group.id, cast.ana, 90)
    paul = member_ids(database, group.id, cast)["paul"]
    answer = visit.as_("dora").send(f"{group.url}/membres/{paul}/fin", {"why": "Il parle trop."})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "au moins deux voix" in page and "Il parle trop." in page
    assert cast.paul.id in inside(database, group.id)


def test_exclusion_by_the_rule_of_the_pacte(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.ana, cast.noor)
    places = member_ids(database, group.id, cast)
    assert visit.as_("dora").send(f"{group.url}/membres/{places['paul']}/fin", {"why": " "}).status_code == 422
    visit.as_("dora").send(f"{group.url}/membres/{places['paul']}/fin", {"why": "Il a cité le groupe en réunion."})
    ((public_id, _),) = decisions(database, DecisionKind.EXCLUSION)
    assert set(asked(database, public_id)) == {cast.dora.id, cast.ana.id, cast.noor.id}
    asked_about = visit.as_("paul").get(f"{group.url}/decisions/{public_id}").get_data(as_text=True)
    assert "cité le groupe" in asked_about and "Question posée par Dora Lenoir" in asked_about
    assert "à votre sujet" in asked_about and "Emporter mes textes" in asked_about
    again = visit.as_("ana").send(f"{group.url}/membres/{places['paul']}/fin", {"why": "Moi aussi."})
    assert again.status_code == 422 and "déjà" in again.get_data(as_text=True)
    visit.as_("ana").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"})
    assert cast.paul.id not in inside(database, group.id), "two of three"
    assert decisions(database, DecisionKind.EXCLUSION) == [(public_id, Outcome.ACCEPTED)]
    assert visit.as_("paul").get(group.url).status_code == 404
    told = [one for one in mails(database) if one["to"] == cast.paul.address and "fin" in one["subject"]]
    assert [one["subject"] for one in told] == ["Votre place dans un groupe de pairs a pris fin"]
    said = f"{told[0]['text']} {told[0]['html']} {told[0]['headers']}"
    assert not any(word in said for word in ("vallée", "cité", "Dora", group.public_id, public_id)), "neither where nor by whom"


@pytest.fixture
def busy(database, cast):
    """A group in which Paul wrote, drafted, answered, and has a mail that waits."""
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    told = make_recit(database, cast.dora, "Ce que je porte", group=group.id)
    own = make_recit(database, cast.paul, "Le mien", group=group.id)
    draft = make_recit(database, cast.paul, "Pas encore", audience=None, group=group.id)
    make_exchange(database, cast.paul, told.public_id, "Moi aussi, depuis avril.")
    return group, told, own, draft


def test_a_removed_member_loses_everything_on_the_very_next_request(visit, database, cast, app, busy):
    group, told, own, draft = busy
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Inès", "email": "ines@exemple.fr"})
    paul = visit.as_("paul")
    open_before = [group.url, f"{group.url}/pacte", told.url, own.url, f"{draft.url}/edition", draft.url]
    assert [paul.get(path).status_code for path in open_before[:5]] == [200] * 5
    assert "paul" in to_whom(database, cast)
    place = member_ids(database, group.id, cast)["paul"]
    visit.as_("dora").send(f"{group.url}/membres/{place}/fin", {"why": "Parce que."})
    ((public_id, _),) = decisions(database, DecisionKind.EXCLUSION)
    visit.as_("ana").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"})
    nowhere = paul.get("/recits/AAAAAAAAAAAAAAAA")
    for path in open_before:
        answer = paul.get(path)
        assert (answer.status_code, answer.data) == (404, nowhere.data), path
    token = paul.csrf("/compte")
    for path in (f"{draft.url}/sections/faits", f"{own.url}/sections/faits"):
        assert paul.put(path, json={"text": "x", "base": 1}, headers={"X-CSRFToken": token}).status_code == 404
    for path in (f"{told.url}/repondre", f"{group.url}/quitter", f"{group.url}/responsable"):
        assert paul.send(path, {"posture": "question", "mots": "Et moi ?"}).status_code == 404
    waiting = [one for one in mails(database) if one["to"] == cast.paul.address]
    assert waiting, "his mail was still in the outbox"
    assert do_all_and_say(database, config_of(app)) == []
    sent = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in config_of(app).mails_dir.glob("*.eml")]
    to_paul = [letter["Subject"] for letter in sent if letter["To"] == cast.paul.address]
    assert to_paul == ["Votre place dans un groupe de pairs a pris fin"], "rights are looked at again when a mail leaves"
    assert cast.ana.address in [letter["To"] for letter in sent], "and the others' mails leave"


def test_what_waited_for_who_left_goes_on_without_them_until_its_date(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Inès", "email": "ines@exemple.fr"})
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    visit.as_("ana").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"})
    assert decisions(database, DecisionKind.INVITATION)[0][1] is None
    visit.as_("paul").send(f"{group.url}/quitter")
    assert decisions(database, DecisionKind.INVITATION)[0][1] is None
    days_pass(database, 14)
    tick(app)
    assert decisions(database, DecisionKind.INVITATION)[0][1] is Outcome.ACCEPTED


def test_a_question_about_who_left_is_no_question_any_more(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    place = member_ids(database, group.id, cast)["paul"]
    visit.as_("dora").send(f"{group.url}/membres/{place}/fin", {"why": "Parce que."})
    visit.as_("paul").send(f"{group.url}/quitter")
    assert decisions(database, DecisionKind.EXCLUSION)[0][1] is Outcome.TAKEN_BACK
    days_pass(database, 14)
    tick(app)
    assert set(inside(database, group.id)) == {cast.dora.id, cast.ana.id}


def test_who_comes_back_arrives_anew(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    make_recit(database, cast.dora, "Avant qu’il revienne", group=group.id)
    visit.as_("paul").send(f"{group.url}/quitter")
    made = make_recit(database, cast.dora, "Pendant son absence", group=group.id)
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Paul", "email": "paul@exemple.fr"})
    assert visit.as_("paul").send(f"{group.url}/invitation", {"reponse": "oui", "version": "1"}).status_code == 303
    assert visit.as_("paul").get(group.url).status_code == 200
    assert visit.as_("paul").get(made.url).status_code == 404, "what begins after his arrival is his to read"


def test_two_answers_at_once_and_two_arrivals_at_once_count_once(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Inès", "email": "ines@exemple.fr"})
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    clients = [visit.as_("paul"), visit.as_("ana")]
    sent = [(client, {"csrf_token": client.csrf(), "reponse": "oui"}) for client in clients]
    answers = at_once([lambda c=c, d=d: c.post(f"{group.url}/decisions/{public_id}", data=d) for c, d in sent])
    assert [answer.status_code for answer in answers] == [303, 303]  # ty: ignore[missing-attribute]
    assert decisions(database, DecisionKind.INVITATION) == [(public_id, Outcome.ACCEPTED)]
    windows = [visit.as_("ines"), visit.as_("ines")]
    sent = [(client, {"csrf_token": client.csrf(), "reponse": "oui", "version": "1"}) for client in windows]
    answers = at_once([lambda c=c, d=d: c.post(f"{group.url}/invitation", data=d) for c, d in sent])
    assert {answer.status_code for answer in answers} <= {303, 404, 422}  # ty: ignore[missing-attribute]
    assert set(inside(database, group.id)) == {person.id for person in (cast.dora, cast.paul, cast.ana, cast.ines)}


def test_the_day_of_a_visit_is_kept_after_the_answer(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    was_away(database, group.id, cast.paul, 61)
    visit.as_("paul").get("/groupes-de-pairs").close()

    def away() -> int:
        with database.system("when he came") as session:
            seen = session.scalars(select(GroupMember.seen_at).where(GroupMember.user_id == cast.paul.id)).one()
        return (clock.now() - seen).days

    assert away() == 61, "looking at the list is not a visit"
    visit.as_("paul").get(f"{group.url}/membres").close()
    assert away() == 0
