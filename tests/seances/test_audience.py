"""Who is said to read what one writes in a séance is who then reads it: in a group, in a collectif, whoever came or left."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import update

from rex import clock
from rex.collectifs.group_models import GroupMember
from rex.collectifs.models import Membership
from rex.seances.models import Step
from tests.cast import SEATS
from tests.house.forms import Drawn
from tests.house.test_audience_shown import people_said
from tests.making import make_group
from tests.seances.meeting import at_step, deposit, make_seance, open_depots, set_back

CAST = [key for key, _, _ in SEATS if key != "clara"]
WORDS = "canarizebrure"


def who_reads(visit, url: str) -> set[str]:
    return {who for who in CAST if WORDS in visit.as_(who).get(url).get_data(as_text=True)}


def said_before(visit, who: str, url: str, label: str) -> tuple[int | None, int | None]:
    """(how many the bar says, how many the button says) on the page where one writes."""
    drawn = Drawn(unescape(visit.as_(who).get(url).get_data(as_text=True)))
    assert drawn.order[0] == "bar", "who reads stands before the field"
    form = next(form for form in drawn.forms if "texte" in form.texts)
    button = next(words for _, _, words in form.buttons if label in words)
    found = re.search(r"devant les (\d+)", button)
    return people_said(drawn.bars[0][1]), int(found[1]) if found else None


@pytest.mark.parametrize("where", ["group", "collectif"])
@pytest.mark.parametrize("step, path, label", [(Step.QUESTIONS, "/explorer", "Dire"), (Step.GARDER, "/garder", "Noter")])
def test_who_is_said_is_who_reads(visit, database, cast, where, step, path, label):
    """Bruno arrived after the séance began; Ana was removed."""
    if where == "group":
        group = make_group(database, cast.dora, cast.noor, cast.ines, cast.bruno, cast.ana).public_id
        made = make_seance(database, cast.dora, group)
        gone = update(GroupMember).where(GroupMember.user_id == cast.ana.id).values(left_at=clock.now())
        readers = {"dora", "noor", "ines"}
    else:
        made = make_seance(database, cast.ana)
        gone = update(Membership).where(Membership.user_id == cast.paul.id).values(ended_at=clock.now())
        readers = {"camille", "bruno", "dora", "ana", "jeanne", "noor"}
    at_step(database, made, step)
    set_back(database, made, starts_at=clock.now() + timedelta(seconds=1))
    with database.system("people come and go", write=True) as session:
        session.execute(gone)
        later = GroupMember.user_id == cast.bruno.id
        session.execute(update(GroupMember).where(later).values(arrived_at=clock.now() + timedelta(seconds=2)))
    assert said_before(visit, "noor", made.url, label) == (len(readers), len(readers))
    assert visit.as_("noor").send(made.url + path, {"texte": WORDS, "de": step.value}).status_code == 303
    assert who_reads(visit, made.url) == readers


def test_who_left_a_collectif_loses_its_seances_at_the_next_request(visit, database, cast):
    made = make_seance(database, cast.ana)
    bruno = visit.as_("bruno")
    deposit(bruno, made, WORDS)
    assert WORDS in bruno.get(made.url).get_data(as_text=True)
    with database.system("Bruno leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.bruno.id).values(ended_at=clock.now()))
    for path in ("", "/preparer", "/etat", "/seance.ics"):
        assert bruno.get(made.url + path).status_code == 404, path
    open_depots(database, made)
    assert who_reads(visit, made.url) == {"camille", "dora", "ana", "paul", "jeanne", "noor"}
