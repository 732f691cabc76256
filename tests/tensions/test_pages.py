"""Reading what recurs: the list, the page of a tension; who reads it, what it never says, how many statements it takes."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import update

from rex import clock
from rex.collectifs.models import Membership, Space
from rex.journal.models import Entry
from rex.tensions import acts, queries
from rex.tensions.recurrence import RULE
from tests.making import make_exchange, make_group, make_report
from tests.tensions.making import acting, tell, tell_one
from tests.tensions.telling import SAID, TITLE, last_act, make_arbitrage, make_proposal, make_tension, make_trial

LIST = "/c/valombre/ce-qui-revient"


def text_of(answer) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ").replace("\u202f", " ")


def main_of(answer) -> str:
    """What the page itself says: not the name of who reads it, in the masthead."""
    return text_of(answer).partition("<main")[2].partition("</main>")[0]


def test_the_list_says_what_recurs_and_by_which_rule(visit, database, cast):
    told = make_tension(database, cast)
    small = make_tension(database, cast, cast.camille, title="On ne sait pas qui appeler")
    page = main_of(visit.as_("paul").get(LIST))
    said = [page.index(words) for words in ("Elles reviennent", TITLE, "À surveiller", "On ne sait pas qui appeler")]
    assert said == sorted(said)
    assert f'href="{told.url}#difficultes"><strong>3</strong> difficultés' in page
    assert f'href="{small.url}#difficultes"><strong>1</strong> difficulté<' in page
    assert "3 en trois mois, en hausse" in page
    assert RULE.replace("\u00a0", " ") in page
    assert "Pas encore assez de difficultés pour parler de récurrence (4 sur 20)" in page


def test_a_line_is_drawn_with_a_dot_for_each_and_says_it(visit, database, cast):
    told = make_tension(database, cast)
    with database.system("one of them is old", write=True) as session:
        before = clock.now() - timedelta(days=200)
        session.execute(update(Entry).where(Entry.id == told.difficulties[0].id).values(published_at=before))
    page = main_of(visit.as_("paul").get(LIST))
    drawing = re.search(r'<svg class="tension-drawing".*?</svg>', page, re.DOTALL)
    assert drawing is not None
    assert 'role="img"' in drawing[0] and "3 difficultés en un an, 2 depuis le" in drawing[0]
    assert drawing[0].count("<circle") == 3 and drawing[0].count("tension-dot-now") == 2
    assert "2 en trois mois, en hausse" in page


def test_nothing_has_a_name_yet(visit, database, cast):
    page = main_of(visit.as_("paul").get(LIST))
    assert "Aucune tension n’a encore de nom." in page and "(0 sur 20)" in page


def test_a_tension_names_no_person(visit, database, cast):
    """Not even who named it, who tried, who decided; only the masthead says who reads."""
    told = make_tension(database, cast, cast.camille, cast.bruno, cast.dora, cast.jeanne)
    make_trial(database, cast.camille, cast, told)
    make_arbitrage(database, cast, told)
    for who in ("paul", "ana"):
        for path in (told.url, LIST):
            page = main_of(visit.as_(who).get(path))
            assert [one.name for one in cast.people.values() if one.name in page] == [], path


def test_a_service_of_few_writers_is_not_named_and_two_are_merged(visit, database, cast):
    told = make_tension(database, cast)  # two of the Voirie, one of the Direction générale
    make_trial(database, cast.camille, cast, told)
    page = main_of(visit.as_("paul").get(told.url))
    assert "Voirie" not in page and "Direction générale" not in page
    assert "Autres services" in page and "2 services ou structures" in page


def test_a_service_of_three_writers_is_named_where_its_words_stand(visit, database, cast):
    with database.system("Paul works at the Voirie", write=True) as session:
        voirie = cast.service_ids["Voirie"]
        session.execute(update(Membership).where(Membership.user_id == cast.paul.id).values(service_id=voirie))
    told = make_tension(database, cast, cast.camille, cast.bruno, cast.paul)
    make_trial(database, cast.camille, cast, told)
    page = main_of(visit.as_("dora").get(told.url))
    assert page.count("Voirie ·") == 4  # three extracts, one trial


def test_what_is_taken_back_is_neither_shown_nor_counted_and_comes_back(visit, database, cast):
    told = make_tension(database, cast)
    camille, one = visit.as_("camille"), told.difficulties[0]
    camille.send(f"/difficultes/{one.public_id}/retrait")
    page = main_of(camille.get(told.url))
    assert SAID[0] not in page and "2 difficultés" in page and "Tension à surveiller" in page
    camille.send(f"/difficultes/{one.public_id}/publication", {"mots": SAID[0], "audience": "collectif"})
    page = main_of(visit.as_("paul").get(told.url))
    assert SAID[0] in page and "3 difficultés" in page and "Tension récurrente" in page


@pytest.mark.parametrize("who", ["ines", "gael", "admin"])
def test_a_stranger_finds_nothing(visit, database, cast, who):
    told = make_tension(database, cast)
    client = visit.as_(who)
    nothing = client.get("/tensions/AAAAAAAAAAAAAAAA")
    assert client.get(told.url).data == nothing.data and nothing.status_code == 404
    assert client.get(LIST).status_code == 404


def test_a_figure_opens_what_it_counts(visit, database, cast):
    told = make_tension(database, cast)
    with database.system("one of them is old", write=True) as session:
        before = clock.now() - timedelta(days=200)
        session.execute(update(Entry).where(Entry.id == told.difficulties[0].id).values(published_at=before))
    recent = main_of(visit.as_("paul").get(f"{told.url}?periode=recente"))
    assert recent.count('class="extract"') == 2 and SAID[0] not in recent and "Tout ce qui est dit" in recent


def test_months_are_those_of_its_journal_whichever_was_opened_last(visit, database, cast):
    told, first = make_tension(database, cast, cast.camille), clock.today("Europe/Paris").replace(day=1)
    with database.system("at midnight here, the day before there", write=True) as session:
        session.execute(update(Space).where(Space.id == cast.orbe_id).values(timezone="America/New_York"))
        just_then = clock.day_starts(first, "Europe/Paris") + timedelta(minutes=30)
        session.execute(update(Entry).where(Entry.id == told.difficulties[0].id).values(published_at=just_then))
    pages = {}
    for place in ("valombre", "orbe"):
        noor = visit.as_("noor")
        assert noor.get(f"/c/{place}/").status_code == 200
        pages[place] = main_of(noor.get(told.url)).partition('class="tension-table"')[2].partition("</details>")[0]
    assert pages["valombre"] == pages["orbe"] != ""


def test_difficulties_are_read_page_by_page(visit, database, cast):
    told = make_tension(database, cast, *[cast.camille, cast.bruno] * 8)
    client = visit.as_("paul")
    first = client.get(told.url).get_data(as_text=True)
    older = re.search(r'rel="next" href="([^"]+)#difficultes"', first)
    assert older is not None and first.count('class="extract"') == 12
    second = client.get(unescape(older[1])).get_data(as_text=True)
    assert second.count('class="extract"') == 4
    seen = re.findall(r'class="extract"><blockquote><p><a href="([^"]+)"', first + second)
    assert len(set(seen)) == 16


def test_the_thread_under_a_tension_is_as_under_other_entries(visit, database, cast):
    told = make_tension(database, cast)
    message = make_exchange(database, cast.camille, told.public_id, "Qui fixe la date ?")
    page = visit.as_("paul").get(told.url)
    assert f"e-{message}" in text_of(page) and "Répondre devant les 7 membres" in text_of(page)
    answered = visit.as_("paul").send(f"{told.url}/repondre", {"texte": "Le conseil, en décembre.", "posture": "apport"})
    assert answered.status_code == 303 and answered.location.startswith(f"{told.url}#e-")
    assert visit.as_("ana").get(f"{told.url}/synthese").status_code == 200
    assert visit.as_("paul").get(f"{told.url}/synthese").status_code == 403


def test_a_suspended_tension_is_out_of_sight(visit, database, cast):
    told = make_tension(database, cast)
    report = make_report(database, cast.paul, told.public_id)
    ana = visit.as_("ana")
    sent = ana.send(f"/c/valombre/signalements/{report}/suspension", {"raison": "Ce nom désigne un service."})
    assert sent.status_code == 303
    assert visit.as_("paul").get(told.url).status_code == 404
    assert TITLE not in text_of(ana.get(LIST))


def test_the_home_and_the_difficulty_lead_there(visit, database, cast):
    told = make_tension(database, cast)
    assert f'href="{LIST}"' in text_of(visit.as_("camille").get("/c/valombre/"))
    for who in ("camille", "paul"):
        page = main_of(visit.as_(who).get(f"/difficultes/{told.difficulties[0].public_id}"))
        assert f'<a href="{told.url}">{TITLE}</a>' in page


def test_nothing_of_a_group_leads_to_a_tension(visit, database, cast):
    group = make_group(database, cast.camille, cast.dora)
    noted = tell_one(database, cast.camille, group.id, SAID[0])
    make_tension(database, cast)
    camille = visit.as_("camille")
    page = text_of(camille.get(f"/difficultes/{noted.public_id}"))
    assert "tension" not in page.partition("<main")[2].lower()
    assert camille.get(f"/difficultes/{noted.public_id}/tensions").status_code == 404
    form = text_of(camille.get(f"/difficultes/nouvelle?groupe={group.public_id}"))
    assert "data-rex-near" not in form and "near.js" not in form


def test_as_many_statements_with_forty_difficulties_as_with_three(visit, database, cast, count_statements):
    told = make_tension(database, cast)
    make_trial(database, cast.camille, cast, told)
    make_arbitrage(database, cast, told)
    make_exchange(database, cast.camille, told.public_id, "Qui fixe la date ?")
    make_proposal(database, cast, tell_one(database, cast.bruno, cast.valombre_id), tell_one(database, cast.paul, cast.valombre_id))
    paths = {LIST: 14, told.url: 24, f"{LIST}/a-relire": 12, f"{told.url}/relier": 8}
    clients = {path: visit.as_("ana") for path in paths}
    few = {path: _counted(clients[path], path, count_statements) for path in paths}
    many = make_tension(database, cast, *[cast.camille, cast.bruno, cast.dora, cast.jeanne] * 10, title="Une autre")
    for _ in range(3):
        make_trial(database, cast.camille, cast, many)
        make_proposal(database, cast, *(tell_one(database, cast.bruno, cast.valombre_id) for _ in range(3)))
    make_arbitrage(database, cast, many)
    make_exchange(database, cast.camille, many.public_id, "Qui fixe la date ?")
    there = {told.url: many.url, f"{told.url}/relier": f"{many.url}/relier"}
    for path, most in paths.items():
        assert _counted(clients[path], there.get(path, path), count_statements) == few[path], path
        assert few[path] <= most, f"{path}: {few[path]}"


def test_as_many_statements_with_sixty_tensions_as_with_three(visit, database, cast, count_statements, monkeypatch):
    told = tell(database, cast.camille, cast.valombre_id, *(f"Le vote {rank}." for rank in range(60)), balises=("C6",))
    client, paths = visit.as_("ana"), (LIST, f"{LIST}/a-relire", "/boussole/C6", f"/difficultes/{told[0].public_id}/tensions")

    def name_those(first: int, end: int) -> dict[str, int]:
        with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
            for rank in range(first, end):
                acts.name(session, reader, seat, f"Tension {rank}", "", [told[rank].id])
        return {path: _counted(client, path, count_statements) for path in paths}

    few = name_those(0, 3)
    assert name_those(3, 60) == few
    assert main_of(client.get(LIST)).count('class="tension-row"') == 60
    monkeypatch.setattr(queries, "MOST_LISTED", 1)
    assert "Tension 59<" in main_of(client.get(LIST)), "what was named last is what people look for"


def _counted(client, path: str, count_statements) -> int:
    client.get(path)  # what is kept in memory is
    with count_statements() as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_its_life_is_told_and_says_nobody(visit, database, cast):
    told = make_tension(database, cast)
    make_arbitrage(database, cast, told)
    page = main_of(visit.as_("paul").get(told.url))
    assert "Elle reçoit un nom" in page and "Elle est arbitrée." in page
    assert "Annuler" not in page and last_act(database) != ""
