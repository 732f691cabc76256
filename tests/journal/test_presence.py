"""Who wrote what last, and who writes now: told to the authors of a draft, from what was saved."""

from datetime import timedelta

import pytest
import time_machine

from rex import clock
from tests.making import Made, make_recit


@pytest.fixture
def draft(database, cast) -> Made:
    facts = {"faits": "La place était vide."}
    return make_recit(database, cast.camille, "Le marché", facts, audience=None, co_authors=(cast.bruno,))


def look(client, made: Made, versions: str = ""):
    return client.get(f"{made.url}/edition/presence?versions={versions}")


def put(client, made: Made, slug: str, words: str, base: int):
    answer = client.put(
        f"{made.url}/sections/{slug}", json={"text": words, "base": base}, headers={"X-CSRFToken": client.csrf()}
    )
    assert answer.status_code == 200
    return answer.json["version"]


def test_a_field_that_moved_comes_with_its_text_and_its_hand(visit, draft) -> None:
    bruno, camille = visit.as_("bruno"), visit.as_("camille")
    version = put(bruno, draft, "faits", "La place était noire de monde.", 1)
    told = look(camille, draft, f"titre:1,faits:{version - 1},appris:0,inventee:0").json
    assert told["fields"] == {"faits": {"version": version, "text": "La place était noire de monde."}}
    assert told["here"] == {"faits": {"name": "Bruno Maréchal", "initials": "BM"}}
    assert told["written"]["faits"] == "Écrit par Bruno Maréchal, à l’instant"
    assert look(camille, draft, f"titre:1,faits:{version}").json["fields"] == {}
    assert look(bruno, draft).json["here"] == {"titre": {"name": "Camille Roy", "initials": "CR"}}


def test_after_a_minute_and_a_half_nobody_is_here_any_more(visit, draft) -> None:
    put(visit.as_("bruno"), draft, "faits", "La place était noire de monde.", 1)
    with time_machine.travel(clock.now() + timedelta(seconds=100), tick=True):
        told = look(visit.as_("camille"), draft).json
    assert told["here"] == {}
    assert told["written"]["faits"] == "Écrit par Bruno Maréchal, il y a 1\u00a0min"


@pytest.mark.parametrize("versions", ["", "faits", "faits:x,:::,titre:-1", "faits:99999999999999", "é" * 500, "faits:1," * 500])
def test_a_wrong_list_of_versions_gives_no_text_and_no_fault(visit, draft, versions) -> None:
    answer = look(visit.as_("camille"), draft, versions)
    assert answer.status_code == 200 and answer.json["fields"] == {}


def test_only_authors_look(visit, draft, database, cast) -> None:
    told = make_recit(database, cast.camille, "Déjà lu", co_authors=(cast.bruno,))
    assert look(visit.as_("dora"), draft).status_code == 404
    assert look(visit.as_("dora"), told).status_code == 403
    assert look(visit.as_("ines"), told).status_code == 404
    assert look(visit.as_(None), told).status_code == 302


def test_looking_writes_nothing_and_costs_few_statements(visit, draft, count_statements) -> None:
    client = visit.as_("camille")
    look(client, draft)
    with count_statements() as seen:
        look(client, draft, "faits:0")
    assert len(seen) <= 8, seen
    assert not [statement for statement in seen if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]


def test_the_editor_says_who_wrote_each_section_only_when_there_are_several(visit, draft, database, cast) -> None:
    put(visit.as_("bruno"), draft, "faits", "La place était noire de monde.", 1)
    page = visit.as_("camille").get(f"{draft.url}/edition").get_data(as_text=True)
    assert "Écrit par Bruno Maréchal, à l’instant" in page and "data-rex-others" in page
    alone = make_recit(database, cast.camille, "Seule", audience=None)
    page = visit.as_("camille").get(f"{alone.url}/edition").get_data(as_text=True)
    assert "Écrit par" not in page and "data-rex-others" not in page
