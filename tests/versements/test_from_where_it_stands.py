"""« Rédiger un texte à verser », from a récit, a difficulty, a message, a dépôt: the same path; and the search of what came."""

import re
from datetime import timedelta
from html import unescape

import pytest

from rex.journal.models import Audience, EntryKind
from rex.seances.models import Step
from tests.journal.difficulties import make_difficulty
from tests.making import make_exchange, make_group, make_recit
from tests.seances.meeting import at_step, deposit, make_seance, open_depots
from tests.versements.leaving import SAFE, begin, decision_of, form_of, is_kept, put, row_of, say, text_of, told_by

WORDS = "Dora m’a laissée seule, rue Basse, devant tout le monde."
BUTTON = r'<button[^>]*name="{}" value="([^"]+)"[^>]*>Rédiger un texte à verser'


@pytest.fixture
def group(database, cast):
    return make_group(database, cast.dora, cast.camille)


def buttons(visit, who: str, url: str, name: str) -> list[str]:
    return re.findall(BUTTON.format(name), visit.as_(who).get(url).get_data(as_text=True))


def test_from_a_message(visit, database, cast, group):
    under = make_recit(database, cast.dora, "Le poste promis", group=group.id)
    message = make_exchange(database, cast.camille, under.public_id, WORDS)
    assert buttons(visit, "camille", under.url, "message") == [message]
    assert buttons(visit, "dora", under.url, "message") == [], "nobody rewrites the message of another"
    leaving = begin(visit, "camille", group, message, "message")
    row, said = row_of(database, leaving)
    assert (row.source_id, said.kind, said.text) == (None, EntryKind.DIFFICULTY, WORDS)
    assert begin(visit, "camille", group, message, "message") == leaving, "one goes on with what was begun"
    again = put(visit, "camille", leaving, texte=WORDS)
    assert again.status_code == 422 and "mot pour mot" in text_of(again)
    decision = decision_of(put(visit, "camille", leaving))
    say(visit, "dora", group, decision)
    (entry,) = told_by(database, cast.camille, cast.valombre_id)
    assert (entry.kind, entry.words, entry.about_id) == (EntryKind.DIFFICULTY, SAFE, None)
    outside = visit.as_("bruno").get(f"/difficultes/{entry.public_id}").get_data(as_text=True)
    assert not [key for key in (message, under.public_id, leaving.public_id, group.public_id, "rue Basse") if key in outside]
    assert message not in "".join(buttons(visit, "camille", f"/difficultes/{entry.public_id}", "texte"))


def test_a_message_that_is_taken_back_leaves_its_rewriting(visit, database, cast, group):
    under = make_recit(database, cast.dora, "Le poste promis", group=group.id)
    message = make_exchange(database, cast.camille, under.public_id, WORDS)
    leaving = begin(visit, "camille", group, message, "message")
    visit.as_("camille").send(f"/echanges/{message}/retirer")
    assert is_kept(database, leaving) and visit.as_("camille").get(leaving.url).status_code == 200
    assert visit.as_("camille").send(f"{group.url}/versements", {"message": message}).status_code == 404
    assert put(visit, "camille", leaving).status_code == 303


def test_from_a_depot_once_it_is_open(visit, database, cast, group):
    made = make_seance(database, cast.dora, group.public_id, starts_in=timedelta(hours=2))
    deposit(visit.as_("camille"), made, WORDS)
    deposit(visit.as_("dora"), made, "La fusion des deux écoles.")
    with database.system("its id") as session:
        depot = session.connection().exec_driver_sql(
            f"SELECT public_id FROM seance_depot WHERE author_id = {cast.camille.id}"
        ).scalar_one()
    early = visit.as_("camille").send(f"{group.url}/versements", {"depot": depot})
    assert early.status_code == 404, "sealed until its time, its own group included"
    open_depots(database, made)
    assert buttons(visit, "camille", made.url, "depot") == [depot]
    assert depot not in buttons(visit, "dora", made.url, "depot")
    assert visit.as_("dora").send(f"{group.url}/versements", {"depot": depot}).status_code == 404
    leaving = begin(visit, "camille", group, depot, "depot")
    assert row_of(database, leaving)[1].text == WORDS
    page = unescape(visit.as_("camille").get(leaving.url).get_data(as_text=True))
    assert re.findall(r'name="mots" value="([^"]+)"', page) == ["Dora", "rue Basse"]
    decision = decision_of(put(visit, "camille", leaving))
    say(visit, "dora", group, decision)
    (entry,) = told_by(database, cast.camille, cast.valombre_id)
    outside = visit.as_("bruno").get(f"/difficultes/{entry.public_id}").get_data(as_text=True)
    assert SAFE.split(".")[0] in unescape(outside) and depot not in outside and made.public_id not in outside
    visit.as_("dora").send(f"{made.url}/retenir", {"depot": depot})
    at_step(database, made, Step.EXPOSE)
    assert buttons(visit, "camille", made.url, "depot") == [depot]


def test_a_long_message_begins_as_a_recit(visit, database, cast, group):
    under = make_recit(database, cast.dora, "Le poste promis", group=group.id)
    message = make_exchange(database, cast.camille, under.public_id, "Nous avons attendu longtemps. " * 40)
    assert row_of(database, begin(visit, "camille", group, message, "message"))[1].kind is EntryKind.RECIT


def test_from_a_recit_and_a_difficulty_of_the_group_alone(visit, database, cast, group):
    told = make_recit(database, cast.camille, "Le poste promis", group=group.id)
    noted = make_difficulty(database, cast.camille, "Je repousse.", group=group.id, audience=Audience.GROUPE)
    open_air = make_recit(database, cast.camille, "Dehors")
    message = make_exchange(database, cast.camille, open_air.public_id, "Ici tout le monde lit.")
    assert buttons(visit, "camille", told.url, "texte") == [told.public_id]
    assert buttons(visit, "camille", f"/difficultes/{noted.public_id}", "texte") == [noted.public_id]
    assert buttons(visit, "dora", told.url, "texte") == buttons(visit, "dora", f"/difficultes/{noted.public_id}", "texte") == []
    assert "Rédiger un texte à verser" not in visit.as_("camille").get(open_air.url).get_data(as_text=True)
    for origin, source in (("texte", open_air.public_id), ("message", message), ("depot", message), ("autre", message)):
        assert visit.as_("camille").send(f"{group.url}/versements", {origin: source}).status_code == 404, origin


def found(visit, who: str, group, typed: str) -> str:
    return text_of(visit.as_(who).get(f"{group.url}/recherche?q={typed}"))


def test_the_search_of_the_room_finds_what_each_reads(visit, database, cast, group):
    told = make_recit(database, cast.camille, "Le poste promis", group=group.id)
    leaving = begin(visit, "camille", group, told.public_id)
    form = form_of(visit, "camille", leaving, texte="Un ornithorynque attend le 12 mars.", acte="enregistrer")
    form |= {"mots": ["le 12 mars"], "geste-0": "garder", "raison-0": "une fête des pangolins"}
    assert visit.as_("camille").send(leaving.url, form).status_code == 303
    assert "Texte réécrit" in found(visit, "camille", group, "ornithorynques")
    assert "Texte réécrit" in found(visit, "camille", group, "pangolins"), "what was said of a trace too"
    assert "Texte réécrit" not in found(visit, "dora", group, "ornithorynque"), "its author's alone, before it is asked"
    decision_of(put(visit, "camille", leaving, texte="Un ornithorynque attend le 12 mars."))
    page = visit.as_("dora").get(f"{group.url}/recherche?q=ornithorynque").get_data(as_text=True)
    assert leaving.url in page and "Camille Roy" in page
    assert visit.as_("bruno").get(f"{group.url}/recherche?q=ornithorynque").status_code == 404
