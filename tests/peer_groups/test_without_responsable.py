"""A group that has lost who looked after it: it says so, and its members find somebody else, or end it."""

import pytest
from sqlalchemy import update

from rex import clock
from rex.collectifs.group_models import GroupRole
from rex.collectifs.models import Membership, User
from rex.peer_groups.models import DecisionKind, Outcome
from tests.making import make_group
from tests.peer_groups.groups import decisions, inside, make_responsable
from tests.peer_groups.test_deciding import member_ids
from tests.peer_groups.test_joining import vote
from tests.versements.leaving import text_of

NOBODY = "Personne n’est responsable de ce groupe"
LOST = pytest.mark.parametrize("how", ["account", "collectif"])


def lose(database, person, how: str, *, back: bool = False) -> None:
    """Their account is closed, or they belong to no collectif any more; or it is undone."""
    when = None if back else clock.now()
    with database.system("somebody is not there any more, or again", write=True) as session:
        if how == "account":
            session.execute(update(User).where(User.id == person.id).values(closed_at=when))
        else:
            session.execute(update(Membership).where(Membership.user_id == person.id).values(ended_at=when))


@LOST
def test_its_members_elect_another(visit, database, cast, how):
    group = make_group(database, cast.dora, cast.paul, cast.ana, cast.camille)
    assert NOBODY not in text_of(visit.as_("paul").get(group.url))
    lose(database, cast.dora, how)
    page = visit.as_("paul").get(group.url).get_data(as_text=True)
    assert NOBODY in page and f'href="{group.url}/responsable"' in page and "Dora Lenoir" not in page
    assert visit.as_("paul").get(f"{group.url}/inviter").status_code == 403, "nobody is responsable by themselves"
    visit.as_("paul").send(f"{group.url}/responsable")
    ((asked, _),) = decisions(database, DecisionKind.RESPONSABLE)
    vote(visit, "ana", group.url, asked)
    assert inside(database, group.id)[cast.paul.id] is GroupRole.MEMBRE, "one of two is not a majority"
    vote(visit, "camille", group.url, asked)
    assert decisions(database, DecisionKind.RESPONSABLE) == [(asked, Outcome.ACCEPTED)]
    assert visit.as_("paul").get(f"{group.url}/inviter").status_code == 200
    assert NOBODY not in text_of(visit.as_("ana").get(group.url))
    lose(database, cast.dora, how, back=True)
    assert visit.as_("dora").get(group.url).status_code == 200
    assert visit.as_("dora").get(f"{group.url}/inviter").status_code == 403, "who comes back is a member as the others"


@LOST
def test_the_only_one_left_looks_after_it_or_ends_it(visit, database, cast, how):
    group = make_group(database, cast.dora, cast.paul)
    lose(database, cast.dora, how)
    paul = visit.as_("paul")
    assert paul.send(f"{group.url}/responsable").status_code == 303
    assert inside(database, group.id)[cast.paul.id] is GroupRole.RESPONSABLE, "there is nobody else to ask"
    answer = paul.send(f"{group.url}/quitter")
    assert answer.status_code == 422 and "demandez la dissolution" in text_of(answer)
    paul.send(f"{group.url}/dissoudre", {"why": "Je suis seul."})
    assert "Ce groupe prend fin le" in text_of(paul.get(group.url))


@LOST
def test_a_second_one_who_is_lost_does_not_let_the_first_leave(visit, database, cast, how):
    group = make_group(database, cast.dora, cast.paul, cast.ana)
    make_responsable(database, group.id, cast.paul)
    lose(database, cast.paul, how)
    answer = visit.as_("dora").send(f"{group.url}/quitter")
    assert answer.status_code == 422 and cast.dora.id in inside(database, group.id)
    places = member_ids(database, group.id, cast)
    visit.as_("dora").send(f"{group.url}/membres/{places['ana']}/suite")
    ((asked, _),) = decisions(database, DecisionKind.RESPONSABLE)
    assert visit.as_("dora").send(f"{group.url}/quitter").status_code == 422, "until the other has said yes"
    vote(visit, "ana", group.url, asked)
    assert visit.as_("dora").send(f"{group.url}/quitter").status_code == 303
    assert visit.as_("ana").get(f"{group.url}/inviter").status_code == 200


def test_who_hands_over_and_hears_a_no_stays(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    paul = member_ids(database, group.id, cast)["paul"]
    assert visit.as_("dora").get(f"{group.url}/membres/{paul}/suite").status_code == 200
    visit.as_("dora").send(f"{group.url}/membres/{paul}/suite")
    ((asked, _),) = decisions(database, DecisionKind.RESPONSABLE)
    vote(visit, "paul", group.url, asked, "non")
    assert inside(database, group.id) == {cast.dora.id: GroupRole.RESPONSABLE, cast.paul.id: GroupRole.MEMBRE}
    visit.as_("dora").send(f"{group.url}/decisions/{asked}", {"reponse": "reprendre"})
    assert visit.as_("dora").send(f"{group.url}/membres/{paul}/suite").status_code == 303
    assert len(decisions(database, DecisionKind.RESPONSABLE)) == 2, "taken back, it may be asked again"


def test_the_last_responsable_may_be_asked_to_leave_by_the_rule(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.ana, cast.camille)
    dora = member_ids(database, group.id, cast)["dora"]
    visit.as_("paul").send(f"{group.url}/membres/{dora}/fin", {"why": "Elle a cité le groupe en réunion."})
    ((asked, _),) = decisions(database, DecisionKind.EXCLUSION)
    vote(visit, "dora", group.url, asked, "non")
    vote(visit, "ana", group.url, asked)
    assert cast.dora.id not in inside(database, group.id)
    assert NOBODY in text_of(visit.as_("ana").get(group.url))
