"""Nobody reads an answer: not by who leaves, not by a date that comes early, not by a list, not by who asked."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.collectifs.group_models import GroupMember
from rex.collectifs.models import Membership, User
from rex.peer_groups.models import DecisionKind, Outcome
from rex.peer_groups.vouching import shut_places
from tests.making import make_group
from tests.peer_groups.groups import asked, days_pass, decisions, inside, tick, was_away
from tests.peer_groups.test_deciding import member_ids
from tests.peer_groups.test_joining import FRAME, vote
from tests.peer_groups.test_sealing import join
from tests.versements.leaving import text_of

TO_JEANNE = {"name": "Jeanne", "email": "jeanne@exemple.fr", "why": "Elle fait la même chose ailleurs.", "shows_past": "y"}


def invite(visit, group) -> None:
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Inès", "email": "ines@exemple.fr"})


def outcome(database, kind: DecisionKind) -> Outcome | None:
    ((_, found),) = decisions(database, kind)
    return found


@pytest.mark.parametrize("said", ["oui", "non", None])
def test_a_departure_ends_nothing_before_the_date(visit, database, cast, app, said):
    """All the others have said yes: ended at once, it would tell what Paul had answered."""
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    invite(visit, group)
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    where = f"{group.url}/decisions/{public_id}"
    if said == "oui":
        vote(visit, "paul", group.url, public_id)
        assert visit.as_("paul").send(f"{group.url}/quitter").status_code == 303
        vote(visit, "ana", group.url, public_id)
    else:
        vote(visit, "ana", group.url, public_id)
        if said:
            vote(visit, "paul", group.url, public_id, said)
        assert visit.as_("paul").send(f"{group.url}/quitter").status_code == 303
    for again in ("non", "oui", "oui"):  # who tries learns nothing either
        visit.as_("ana").send(where, {"reponse": again})
        assert outcome(database, DecisionKind.INVITATION) is None
    days_pass(database, 13)
    tick(app)
    assert outcome(database, DecisionKind.INVITATION) is None
    days_pass(database, 1)
    tick(app)
    assert outcome(database, DecisionKind.INVITATION) is Outcome.ACCEPTED, "all who are still there said yes"
    assert visit.as_("ines").get(f"{group.url}/invitation").status_code == 200


@pytest.mark.parametrize("how", ["account", "collectif"])
def test_who_lost_their_place_is_silent_to_the_end(visit, database, cast, app, how):
    """Whoever takes them out of their collectif, or closes their account, takes no answer out of the group."""
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    invite(visit, group)
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    with database.system("Paul is not there any more", write=True) as session:
        if how == "account":
            session.execute(update(User).where(User.id == cast.paul.id).values(closed_at=clock.now()))
        else:
            session.execute(update(Membership).where(Membership.user_id == cast.paul.id).values(ended_at=clock.now()))
    vote(visit, "ana", group.url, public_id)
    assert outcome(database, DecisionKind.INVITATION) is None
    days_pass(database, 14)
    tick(app)
    assert outcome(database, DecisionKind.INVITATION) is Outcome.NOT_ACCEPTED, "not for somebody outside to decide"


def test_a_silence_of_somebody_who_is_there_is_no_yes_when_another_left(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    invite(visit, group)
    visit.as_("paul").send(f"{group.url}/quitter")
    days_pass(database, 14)
    tick(app)
    assert outcome(database, DecisionKind.INVITATION) is Outcome.NOT_ACCEPTED


def test_who_asked_takes_it_back_and_does_not_say_no(visit, database, cast):
    """A no of who asked would pass for that of somebody else."""
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    invite(visit, group)
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    page = visit.as_("dora").get(f"{group.url}/decisions/{public_id}").get_data(as_text=True)
    assert 'value="non"' not in page and 'value="reprendre"' in page and "c’est votre oui" in page
    assert 'value="non"' in visit.as_("ana").get(f"{group.url}/decisions/{public_id}").get_data(as_text=True)
    visit.as_("dora").send(f"{group.url}/decisions/{public_id}", {"reponse": "non"})
    assert asked(database, public_id)[cast.dora.id] is True
    for who in ("paul", "ana"):
        vote(visit, who, group.url, public_id)
    assert outcome(database, DecisionKind.INVITATION) is Outcome.ACCEPTED


def test_the_page_of_a_question_does_not_change_when_somebody_answers(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    invite(visit, group)
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    where = [group.url, f"{group.url}/decisions/{public_id}", f"{group.url}/membres", "/groupes-de-pairs"]
    readers = {who: visit.as_(who) for who in ("dora", "ana")}
    pages = {(who, path): text_of(client.get(path)) for who, client in readers.items() for path in where}
    for said in ("non", "oui"):
        vote(visit, "paul", group.url, public_id, said)
        for (who, path), before in pages.items():
            assert text_of(readers[who].get(path)) == before, (who, path, said)


def test_a_founder_who_said_no_is_awaited_as_who_says_nothing(visit, database, cast):
    frame = {**FRAME, "founders": "paul@exemple.fr ana@exemple.fr noor@exemple.fr"}
    url = visit.as_("dora").send("/groupes-de-pairs/nouveau", frame).location
    before = text_of(visit.as_("noor").get(f"{url}/invitation"))
    assert "Dora Lenoir" in before and "La même liste attend aussi 2 autres réponses." in before
    visit.as_("paul").send(f"{url}/invitation", {"reponse": "non", "version": "1"})
    assert text_of(visit.as_("noor").get(f"{url}/invitation")) == before
    assert visit.as_("paul").get(f"{url}/invitation").status_code == 404


def test_a_founder_does_not_read_who_of_the_list_has_an_account(visit, database, cast):
    """Camille typed nothing: she reads who said yes; of the others a number, which an address without account does not change."""
    said = []
    for other in ("ines@exemple.fr", "personne@exemple.fr"):
        frame = {**FRAME, "founders": f"camille@exemple.fr paul@exemple.fr {other}"}
        url = visit.as_("dora").send("/groupes-de-pairs/nouveau", frame).location
        before = text_of(visit.as_("camille").get(f"{url}/invitation"))
        assert not any(name in before for name in ("Inès", "Paul")) and "aussi 2 autres réponses" in before
        visit.as_("paul").send(f"{url}/invitation", {"reponse": "oui", "version": "1"})
        after = text_of(visit.as_("camille").get(f"{url}/invitation"))
        assert "Paul Weiss" in after and "aussi une autre réponse" in after
        said.append([re.sub(r'(value|action|href|nonce)="[^"]*"|\d+ h \d+', "", page) for page in (before, after)])
    assert said[0] == said[1]


def test_nobody_is_taken_out_by_one_voice_when_the_others_left(visit, database, cast, app):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    paul = member_ids(database, group.id, cast)["paul"]
    visit.as_("dora").send(f"{group.url}/membres/{paul}/fin", {"why": "Parce que."})
    visit.as_("ana").send(f"{group.url}/quitter")
    days_pass(database, 14)
    tick(app)
    assert outcome(database, DecisionKind.EXCLUSION) is Outcome.NOT_ACCEPTED
    assert cast.paul.id in inside(database, group.id)


def test_a_place_that_ended_is_not_counted_as_lost(visit, database, cast, app):
    """Who left and came back during the question is not asked again: they arrive anew."""
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    invite(visit, group)
    ((public_id, _),) = decisions(database, DecisionKind.INVITATION)
    visit.as_("paul").send(f"{group.url}/quitter")
    with database.system("Paul comes back", write=True) as session:
        place = select(GroupMember).where(GroupMember.group_id == group.id, GroupMember.user_id == cast.paul.id)
        session.scalars(place).one().left_at = None
    assert "Votre voix n’est pas demandée ici" in text_of(visit.as_("paul").get(f"{group.url}/decisions/{public_id}"))
    vote(visit, "ana", group.url, public_id)
    days_pass(database, 14)
    tick(app)
    assert outcome(database, DecisionKind.INVITATION) is Outcome.ACCEPTED


@pytest.mark.parametrize("kind", ["dissolution", "ouverture"])
def test_nobody_outside_takes_a_no_away(visit, database, cast, app, kind):
    """An animateur ends the membership of who said no, an hour before the date."""
    group = make_group(database, cast.dora, cast.paul, cast.camille)
    last_day = f"{clock.now() + timedelta(days=20):%Y-%m-%d}"
    said = {"dissolution": {"why": "Il a fait son temps."}, "ouverture": {**TO_JEANNE, "until": last_day}}[kind]
    visit.as_("dora").send(f"{group.url}/{ {'dissolution': 'dissoudre', 'ouverture': 'ouvrir'}[kind] }", said)
    ((public_id, _),) = decisions(database, DecisionKind(kind))
    vote(visit, "paul", group.url, public_id)
    vote(visit, "camille", group.url, public_id, "non")
    days_pass(database, 13)
    with database.system("the place of who said no") as session:
        seat = session.scalars(select(Membership.public_id).where(Membership.user_id == cast.camille.id)).one()
    assert visit.as_("ana").send(f"/c/valombre/membres/{seat}/fin").status_code == 303
    days_pass(database, 2)
    tick(app)
    assert outcome(database, DecisionKind(kind)) is Outcome.NOT_ACCEPTED


def test_the_past_of_who_is_away_or_shut_is_not_given_without_them(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.camille)
    was_away(database, group.id, cast.paul, 90)
    with database.system("Camille's address was replaced", write=True) as session:
        shut_places(session, cast.camille.id)
    visit.as_("dora").send(f"{group.url}/reglages", {**FRAME, "shows_history": "y"})
    ((public_id, ended),) = decisions(database, DecisionKind.PACTE)
    assert ended is None and set(asked(database, public_id)) == {cast.dora.id, cast.paul.id, cast.camille.id}
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Inès", "email": "ines@exemple.fr"})
    ((public_id, ended),) = decisions(database, DecisionKind.INVITATION)
    assert ended is None and set(asked(database, public_id)) == {cast.dora.id, cast.camille.id}, "who is away has no voice there"


def test_a_newcomer_does_not_read_why_something_was_asked_before(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.camille)
    place = member_ids(database, group.id, cast)["camille"]
    before = visit.as_("dora").send(f"{group.url}/membres/{place}/fin", {"why": "Elle a parlé dehors."}).location
    join(database, group.id, cast.noor)
    assert "parlé dehors" in text_of(visit.as_("paul").get(before))
    assert visit.as_("noor").get(before).status_code == 404
    assert "Mettre fin à la place" not in text_of(visit.as_("noor").get(group.url))
