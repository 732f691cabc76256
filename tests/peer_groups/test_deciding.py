"""What a group decides: for every rule and every pattern of answers, silence and absence, the outcome is the rule's."""

from datetime import timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from rex.collectifs.group_models import GroupMember, Rule
from rex.peer_groups.deciding import ANSWER_WITHIN, AWAY_AFTER, needed, outcome_of
from rex.peer_groups.models import DecisionKind, Outcome
from tests.making import make_group
from tests.peer_groups.groups import FRAME, asked, days_pass, decisions, inside, make_responsable, tick, was_away

ANSWERS = (True, False, None)


def accepted_by_the_words(rule: Rule, answers: tuple[bool | None, ...]) -> bool:
    """The rule as the page says it: all, two thirds, more than half of those who were asked."""
    yes = Fraction(sum(answer is True for answer in answers), len(answers))
    return {Rule.TOUS: yes == 1, Rule.DEUX_TIERS: yes >= Fraction(2, 3), Rule.MAJORITE: yes > Fraction(1, 2)}[rule]


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("people", range(1, 8))
def test_every_pattern_of_answers_ends_as_the_rule_says(rule: Rule, people: int):
    for answers in product(ANSWERS, repeat=people):
        is_yes = accepted_by_the_words(rule, answers)
        assert outcome_of(rule, answers, is_over=True) is (Outcome.ACCEPTED if is_yes else Outcome.NOT_ACCEPTED), answers
        assert outcome_of(rule, answers, is_over=False) is (Outcome.ACCEPTED if is_yes else None), answers


@given(rule=st.sampled_from(Rule), answers=st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=15), at=st.integers(0, 14))
def test_a_no_and_a_silence_weigh_alike_and_a_yes_never_harms(rule: Rule, answers: list[bool | None], at: int):
    at %= len(answers)
    ends = [outcome_of(rule, [*answers[:at], said, *answers[at + 1 :]], is_over=True) for said in ANSWERS]
    assert ends[1] is ends[2], "nobody can tell a no from a silence"
    assert ends[0] is Outcome.ACCEPTED or ends[1] is Outcome.NOT_ACCEPTED
    assert 1 <= needed(rule, len(answers)) <= len(answers)


def test_nobody_asked_decides_nothing():
    for rule in Rule:
        assert outcome_of(rule, [], is_over=False) is None and outcome_of(rule, [], is_over=True) is Outcome.NOT_ACCEPTED


def test_the_delays_are_those_that_the_pages_say():
    assert timedelta(days=14) == ANSWER_WITHIN and timedelta(days=60) == AWAY_AFTER


def put(visit, cast, group, kind: DecisionKind, members: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Ask a question of each kind as Dora does; gives where, and what was sent."""
    where, sent = {
        DecisionKind.INVITATION: ("inviter", {"name": "Inès Carle", "email": "ines@exemple.fr"}),
        DecisionKind.PACTE: ("reglages", {**FRAME, "pacte": "Une autre règle."}),
        DecisionKind.EXCLUSION: (f"membres/{members['paul']}/fin", {"why": "Parce que."}),
        DecisionKind.RESPONSABLE: (f"membres/{members['paul']}/suite", {}),
        DecisionKind.DISSOLUTION: ("dissoudre", {"why": "Parce que."}),
    }[kind]
    answer = visit.as_("dora").send(f"{group.url}/{where}", sent)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return where, sent


KINDS = [
    # kind, who is asked when Noor has been away, the rule of the frame of make_group
    (DecisionKind.INVITATION, {"dora", "paul", "ana"}, Rule.TOUS),
    (DecisionKind.PACTE, {"dora", "paul", "ana"}, Rule.TOUS),
    (DecisionKind.EXCLUSION, {"dora", "ana"}, Rule.DEUX_TIERS),
    (DecisionKind.RESPONSABLE, {"paul"}, Rule.TOUS),
    (DecisionKind.DISSOLUTION, {"dora", "paul", "ana"}, Rule.TOUS),
]


@pytest.mark.parametrize("kind, voices, rule", KINDS)
@pytest.mark.parametrize("said", ["oui", "non", None])
def test_each_kind_asks_whom_it_says_and_ends_by_its_rule(visit, database, cast, app, kind, voices, rule, said):
    group = make_group(database, cast.dora, cast.paul, cast.ana, cast.noor)
    was_away(database, group.id, cast.noor, 60)
    put(visit, cast, group, kind, member_ids(database, group.id, cast))
    ((public_id, outcome),) = decisions(database, kind)
    assert outcome is None
    answers = asked(database, public_id)
    assert set(answers) == {cast.people[who].id for who in voices}
    assert [user_id for user_id, answer in answers.items() if answer] == ([cast.dora.id] if "dora" in voices else [])
    assert visit.as_("noor").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"}).status_code == 303
    assert asked(database, public_id) == answers, "a voice that was not asked for changes nothing"
    for who in sorted(voices - {"dora"}):
        if said:
            visit.as_(who).send(f"{group.url}/decisions/{public_id}", {"reponse": said})
    if said != "oui":
        days_pass(database, 14)
        tick(app)
    assert decisions(database, kind) == [(public_id, Outcome.ACCEPTED if said == "oui" else Outcome.NOT_ACCEPTED)]


def member_ids(database, group_id: int, cast) -> dict[str, str]:
    """The public ids of the places of a group, by the key of the person."""
    with database.system("the places of a group") as session:
        rows = session.execute(select(GroupMember.user_id, GroupMember.public_id).where(GroupMember.group_id == group_id)).all()
    by_id = {person.id: key for key, person in cast.people.items()}
    return {by_id[row.user_id]: row.public_id for row in rows}


def test_one_may_change_ones_mind_until_the_end_and_not_after(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    put(visit, cast, group, DecisionKind.INVITATION, member_ids(database, group.id, cast))
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    for said in ("oui", "non", "oui", "non"):
        visit.as_("paul").send(f"{group.url}/decisions/{public_id}", {"reponse": said})
    assert asked(database, public_id)[cast.paul.id] is False
    days_pass(database, 14)
    visit.as_("paul").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"})
    visit.as_("ana").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"})
    tick(app)
    assert decisions(database, DecisionKind.INVITATION) == [(public_id, Outcome.NOT_ACCEPTED)]


def test_who_asked_takes_the_question_back_and_nobody_else(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    make_responsable(database, group.id, cast.paul)
    put(visit, cast, group, DecisionKind.INVITATION, {"paul": ""})
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    where = f"{group.url}/decisions/{public_id}"
    visit.as_("paul").send(where, {"reponse": "reprendre"})
    assert decisions(database, DecisionKind.INVITATION) == [(public_id, None)]
    visit.as_("dora").send(where, {"reponse": "reprendre"})
    assert decisions(database, DecisionKind.INVITATION) == [(public_id, Outcome.TAKEN_BACK)]
    visit.as_("paul").send(where, {"reponse": "oui"})
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 404


def test_a_question_of_another_group_does_not_exist(visit, database, cast):
    group, other = make_group(database, cast.dora, cast.paul), make_group(database, cast.ines, cast.dora)
    put(visit, cast, group, DecisionKind.INVITATION, {"paul": ""})
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    for url in (f"{other.url}/decisions/{public_id}", f"{group.url}/decisions/AAAAAAAAAAAAAAAA"):
        assert visit.as_("dora").get(url).status_code == 404
        assert visit.as_("dora").send(url, {"reponse": "oui"}).status_code == 404
    assert visit.as_("ines").get(f"{group.url}/decisions/{public_id}").status_code == 404
    assert len(inside(database, group.id)) == 2


def test_a_change_of_pacte_makes_a_version_that_those_who_said_yes_have_accepted(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.noor)
    was_away(database, group.id, cast.noor, 90)
    put(visit, cast, group, DecisionKind.PACTE, {"paul": ""})
    ((public_id, _),) = decisions(database, DecisionKind.PACTE)
    shown = visit.as_("paul").get(f"{group.url}/decisions/{public_id}").get_data(as_text=True)
    assert "Une autre règle." in shown
    assert "Une autre règle." not in visit.as_("paul").get(f"{group.url}/pacte").get_data(as_text=True)
    visit.as_("paul").send(f"{group.url}/decisions/{public_id}", {"reponse": "oui"})
    assert "Une autre règle." in visit.as_("paul").get(f"{group.url}/pacte").get_data(as_text=True)
    assert "Le pacte a changé" not in visit.as_("paul").get(f"{group.url}/pacte").get_data(as_text=True)
    waiting = visit.as_("noor").get(f"{group.url}/pacte").get_data(as_text=True)
    assert "Ce cadre a changé pendant votre absence" in waiting
    visit.as_("noor").send(f"{group.url}/pacte", {"version": "1"})
    assert "Ce cadre a changé" in visit.as_("noor").get(f"{group.url}/pacte").get_data(as_text=True)
    visit.as_("noor").send(f"{group.url}/pacte", {"version": "2"})
    assert "Ce cadre a changé" not in visit.as_("noor").get(f"{group.url}/pacte").get_data(as_text=True)


def test_one_change_of_the_frame_at_a_time_and_none_that_changes_nothing(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    same = {**FRAME, "pacte": "Ce qui se dit ici reste ici."}
    answer = visit.as_("dora").send(f"{group.url}/reglages", same)
    assert answer.status_code == 422 and "Rien n’est changé" in answer.get_data(as_text=True)
    put(visit, cast, group, DecisionKind.PACTE, {"paul": ""})
    answer = visit.as_("dora").send(f"{group.url}/reglages", {**FRAME, "pacte": "Encore une autre."})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "attend déjà" in page and "Encore une autre." in page
    assert len(decisions(database, DecisionKind.PACTE)) == 1
