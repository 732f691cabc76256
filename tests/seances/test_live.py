"""A séance while it lasts: how browsers find out that others wrote, what comes late, what a wrong tap costs, what is kept of it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from rex import clock
from rex.seances.models import Contribution, Depot, Seance, Step
from tests.making import make_group
from tests.seances.meeting import THEME, at_step, deposit, make_said, make_seance, open_depots, set_back

SITUATION = "Je dois annoncer à un service qu’il n’aura pas le poste promis."


@pytest.fixture
def group(database, cast):
    """Dora is responsable, Inès leads; Noor and Bruno are members."""
    return make_group(database, cast.dora, cast.ines, cast.noor, cast.bruno)


@pytest.fixture
def made(database, cast, group):
    return make_seance(database, cast.dora, group.public_id, lead=cast.ines)


def words_of(answer) -> str:
    text = unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True).split("<main")[1]))
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def depot_of(client, made) -> str:
    found = re.search(r'name="depot" value="([^"]+)"', client.get(made.url).get_data(as_text=True))
    assert found
    return found[1]


def seance_of(database, made) -> Seance:
    with database.system("where the séance is") as session:
        return session.get_one(Seance, made.id)


def rounds_of(database) -> list[tuple[Step, str]]:
    with database.system("what was said, and where") as session:
        return [tuple(row) for row in session.execute(select(Contribution.step, Contribution.words).order_by(Contribution.id))]


def test_each_act_is_found_out_by_a_number(visit, database, made):
    noor, bruno, ines = (visit.as_(who) for who in ("noor", "bruno", "ines"))

    def told() -> tuple[str, int]:
        state = bruno.get(f"{made.url}/etat").json
        return state["etat"], state["fois"]

    seen = [told()]

    def then(what: str, *, is_told: bool = True) -> None:
        seen.append(told())
        assert (seen[-1] != seen[-2]) is is_told, what
        page = bruno.get(made.url).get_data(as_text=True)
        assert f'data-rex-step="{seen[-1][0]}"' in page and f'data-rex-times="{seen[-1][1]}"' in page, what

    deposit(noor, made, SITUATION)
    then("a dépôt")
    deposit(noor, made, SITUATION * 3)
    then("the same dépôt, longer: nobody finds out", is_told=False)
    assert noor.send(f"{made.url}/deposer", {"retirer": "1"}).status_code == 303
    then("no dépôt any more")
    deposit(noor, made, SITUATION)
    open_depots(database, made)
    then("the hour")
    one = depot_of(bruno, made)
    assert ines.send(f"{made.url}/choisir", {"depot": one}).status_code == 303
    then("a wish")
    assert ines.send(f"{made.url}/retenir", {"depot": one}).status_code == 303
    then("a situation that is kept")
    assert noor.send(f"{made.url}/explorer", {"texte": "Voici.", "de": "expose"}).status_code == 303
    then("what is said")
    said = re.search(r"/dits/([^/]+)/retrait", noor.get(made.url).get_data(as_text=True))
    assert said and noor.send(f"{made.url}/dits/{said[1]}/retrait").status_code == 303
    then("what is taken back")
    at_step(database, made, Step.GARDER)
    then("another step")
    assert noor.send(f"{made.url}/garder", {"texte": "Je le dirai lundi."}).status_code == 303
    then("what is taken away")
    assert ines.send(f"{made.url}/compte-rendu", {"texte": "Décidé."}).status_code == 303
    then("the compte rendu")
    assert visit.as_("camille").get(f"{made.url}/etat").status_code == 404


def test_the_number_is_read_without_a_word(visit, database, made, group):
    bruno = visit.as_("bruno")
    deposit(visit.as_("noor"), made, SITUATION)
    database.keyring.destroy(f"groupe-{group.public_id}")
    assert bruno.get(f"{made.url}/etat").json == {"etat": "deposer", "fois": 1}


def test_what_comes_late_stays_what_it_was(visit, database, cast, made):
    """A question sent once the séance is at the résonances, the apports, *Garder*: it stands with the questions."""
    noor = visit.as_("noor")
    for now in (Step.RESONANCES, Step.APPORTS, Step.GARDER):
        at_step(database, made, now)
        answer = noor.send(f"{made.url}/explorer", {"texte": f"Question, à {now}", "de": "questions"})
        assert answer.status_code == 303
        assert "La séance avait avancé. Votre question est dite, avec les questions." in unescape(noor.get(made.url).text)
    assert {step for step, _ in rounds_of(database)} == {Step.QUESTIONS} and len(rounds_of(database)) == 3
    at_step(database, made, Step.QUESTIONS)
    answer = noor.send(f"{made.url}/explorer", {"texte": "Un conseil, trop tôt", "de": "apports"})
    assert answer.status_code == 409 and "Un conseil, trop tôt" in words_of(answer), "no round is said before it begins"
    at_step(database, made, Step.CLOSE)
    assert noor.send(f"{made.url}/explorer", {"texte": "Après", "de": "questions"}).status_code == 409
    assert len(rounds_of(database)) == 3


def test_the_expose_of_another_is_told_by_nobody_late(visit, database, made):
    deposit(visit.as_("noor"), made, SITUATION)
    open_depots(database, made)
    ines = visit.as_("ines")
    assert ines.send(f"{made.url}/retenir", {"depot": depot_of(ines, made)}).status_code == 303
    assert ines.send(f"{made.url}/suite", {"de": "expose"}).status_code == 303
    late = {"texte": "Et aussi ceci.", "de": "expose"}
    assert visit.as_("bruno").send(f"{made.url}/explorer", late).status_code == 409
    assert visit.as_("noor").send(f"{made.url}/explorer", late).status_code == 303
    assert rounds_of(database) == [(Step.EXPOSE, "Et aussi ceci.")]


def test_a_wrong_tap_is_mended_and_nothing_said_is_lost(visit, database, made):
    deposit(visit.as_("noor"), made, SITUATION)
    deposit(visit.as_("bruno"), made, "La mienne.")
    open_depots(database, made)
    ines = visit.as_("ines")
    first = depot_of(ines, made)
    assert ines.send(f"{made.url}/retour", {"de": "choisir"}).status_code == 409, "what opened stays open"
    assert ines.send(f"{made.url}/retenir", {"depot": first}).status_code == 303
    for step in ("expose", "questions", "resonances", "apports"):
        assert ines.send(f"{made.url}/suite", {"de": step}).status_code == 303
    make = {"texte": "Gardé avant le retour."}
    assert visit.as_("noor").send(f"{made.url}/garder", make).status_code == 303
    labels = {"garder": "apports", "apports": "résonances", "resonances": "questions", "questions": "exposé", "expose": "choix"}
    for step, back_to in labels.items():
        page = words_of(ines.get(made.url))
        assert re.search(rf"Revenir (au|aux|à l’) ?{back_to}", page), f"{step}: {page}"
        assert "Revenir aux " not in words_of(visit.as_("noor").get(made.url)).replace("Revenir aux séances", "")
        assert ines.send(f"{made.url}/retour", {"de": step}).status_code == 303
        assert ines.send(f"{made.url}/retour", {"de": step}).status_code == 409, "the second tap of two goes nowhere"
    assert seance_of(database, made).step is Step.CHOISIR
    with database.system("what is kept") as session:
        assert session.scalars(select(Depot).where(Depot.kept_at.is_not(None))).all() == []
    assert "Situation retenue" not in words_of(ines.get(made.url))
    other = re.findall(r'name="depot" value="([^"]+)"', ines.get(made.url).get_data(as_text=True))
    assert ines.send(f"{made.url}/retenir", {"depot": next(one for one in other if one != first)}).status_code == 303
    at_step(database, made, Step.GARDER)
    assert "Gardé avant le retour." in words_of(ines.get(made.url))


def test_closing_is_asked_once_and_says_who_reads(visit, database, made):
    ines = visit.as_("ines")
    assert ines.get(f"{made.url}/clore").location == made.url, "not before the end"
    at_step(database, made, Step.GARDER)
    assert visit.as_("noor").get(f"{made.url}/clore").status_code == 403
    assert f'href="{made.url}/clore"' in ines.get(made.url).get_data(as_text=True)
    page = words_of(ines.get(f"{made.url}/clore"))
    assert "Le compte rendu est lu par les 4." in page and "elle ne se rouvre pas" in page
    assert ines.send(f"{made.url}/suite", {"de": "garder"}).status_code == 303
    assert ines.send(f"{made.url}/retour", {"de": "close"}).status_code == 409
    closed = ines.get(made.url)
    assert seance_of(database, made).step is Step.CLOSE
    assert "Ajouter à mon agenda" not in words_of(closed) and "Un tour de table, puis une situation." in words_of(closed)
    assert f"Thème {THEME}" in words_of(closed)


def test_who_deposited_is_told_so_and_reads_it(visit, database, made, group):
    noor = visit.as_("noor")
    assert "Écrire mon dépôt" in words_of(noor.get(group.url)) and "Écrire mon dépôt" in words_of(noor.get(f"{made.url}/preparer"))
    deposit(noor, made, "Je **repousse**.")
    page = noor.get(made.url).get_data(as_text=True)
    assert "Votre dépôt est scellé." in page and "<strong>repousse</strong>" in page and "Modifier" in page
    for url in (group.url, f"{made.url}/preparer"):
        assert "Revoir mon dépôt" in words_of(noor.get(url)), url
        assert "Écrire mon dépôt" in words_of(visit.as_("bruno").get(url)), "another wrote, not Bruno"


def test_a_situation_may_still_be_brought_once_the_depots_are_open(visit, database, made):
    noor, bruno, ines = (visit.as_(who) for who in ("noor", "bruno", "ines"))
    deposit(noor, made, SITUATION)
    open_depots(database, made)
    page = words_of(bruno.get(made.url))
    assert "1 dépôt sur 4" in page and "Chacun a écrit" not in page
    assert "Apporter devant les 4, lu tout de suite" in page
    sealed = bruno.send(f"{made.url}/deposer", {"texte": "Je la croyais scellée", "de": "deposer"})
    assert sealed.status_code == 409 and "envoyé maintenant, il est lu tout de suite" in words_of(sealed)
    assert re.search(r'name="texte"[^>]*>\nJe la croyais scellée<', sealed.get_data(as_text=True)), "in the field that says so"
    assert "Je la croyais scellée" not in words_of(ines.get(made.url))
    assert bruno.send(f"{made.url}/deposer", {"texte": "Lue tout de suite", "de": "choisir"}).status_code == 303
    assert "Lue tout de suite" in words_of(ines.get(made.url)) and "2 dépôts sur 4" in words_of(ines.get(made.url))
    for who in (noor, bruno):
        assert "lu tout de suite" not in words_of(who.get(made.url)), "one each"
        assert who.send(f"{made.url}/deposer", {"texte": "Une autre", "de": "choisir"}).status_code == 409
    at_step(database, made, Step.EXPOSE)
    assert ines.send(f"{made.url}/deposer", {"texte": "Trop tard", "de": "choisir"}).status_code == 409


def test_the_compte_rendu_begins_with_what_was_kept(visit, database, made):
    noor, ines = visit.as_("noor"), visit.as_("ines")
    deposit(noor, made, SITUATION)
    open_depots(database, made)
    assert ines.send(f"{made.url}/retenir", {"depot": depot_of(ines, made)}).status_code == 303
    at_step(database, made, Step.GARDER)
    assert noor.send(f"{made.url}/garder", {"texte": "Je le dirai lundi."}).status_code == 303

    def field(url: str) -> str:
        found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", ines.get(url).get_data(as_text=True), re.DOTALL)
        assert found
        return unescape(found[1])

    assert field(f"{made.url}/compte-rendu") == ""
    assert "Je le dirai lundi." in words_of(ines.get(f"{made.url}/compte-rendu")), "beside the empty box"
    drafted = field(f"{made.url}/compte-rendu?reprendre=1")
    assert SITUATION in drafted and "**Noor Haddad**" in drafted and "Je le dirai lundi." in drafted
    assert ines.send(f"{made.url}/compte-rendu", {"texte": "Décidé : on se revoit."}).status_code == 303
    assert "Décidé : on se revoit." in words_of(ines.get(made.url)), "the facilitator sees it while the séance lasts"
    assert "Décidé : on se revoit." not in words_of(noor.get(made.url))
    assert field(f"{made.url}/compte-rendu?reprendre=1").startswith("Décidé : on se revoit.\n\n# ")


def test_seances_are_always_within_reach_of_a_collectif(visit, database, cast):
    make_seance(database, cast.ana)
    for who, may_plan in (("ana", True), ("camille", False)):
        home = visit.as_(who).get("/c/valombre/").get_data(as_text=True)
        site = visit.as_(who).get("/plan-du-site").get_data(as_text=True)
        for page in (home, site):
            assert 'href="/c/valombre/seances"' in page and ('href="/c/valombre/seances/nouvelle"' in page) is may_plan, who


def test_a_voyage_lasts_days_and_is_announced_until_its_end(visit, database, cast):
    day = (clock.now() + timedelta(days=5)).date().isoformat()
    ana = visit.as_("ana")
    form = ana.get("/c/valombre/seances/nouvelle").get_data(as_text=True)
    assert "3\u00a0jours" in form and "Ne pas l’annoncer" in form and form.count('name="nature"') == 4
    typed = {"nature": "voyage", "theme": "Chez les voisins", "jour": day, "heure": "09:00", "duree": str(2 * 1440 + 480),
             "animation": cast.ana.public_id}  # fmt: skip
    answer = ana.send("/c/valombre/seances/nouvelle", typed)
    assert answer.status_code == 303 and "pendant 3 jours" in words_of(ana.get(answer.location))
    with database.system("the voyage") as session:
        seance = session.scalars(select(Seance)).one()
        assert seance.ends_at - seance.starts_at == timedelta(days=2, hours=8)
        voyage = type(make_seance(database, cast.ana))(seance.id, seance.public_id, answer.location)
    for ago, is_announced in ((timedelta(days=2), True), (timedelta(days=2, hours=13), False)):
        set_back(database, voyage, starts_at=clock.now() - ago)
        assert ("Chez les voisins" in words_of(visit.as_("camille").get("/c/valombre/"))) is is_announced, ago
        listed = words_of(visit.as_("camille").get("/c/valombre/seances"))
        assert ("Chez les voisins" in listed.partition("Passées")[0]) is is_announced and "Chez les voisins" in listed
    assert make_said(database, cast.noor, voyage)
