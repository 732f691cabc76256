"""A difficulty noted alone: shared in one click, read by those who were named, corrected, taken back, deleted."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from rex import clock
from rex.access import audience_of
from rex.collectifs.models import Membership
from rex.journal import moments
from rex.journal.deleting import delete_asked
from rex.journal.difficulty_forms import MOST_ECHO, MOST_EFFECT, MOST_WORDS
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Audience, Authorship, Entry, Stance, Tagging
from rex.journal.moments import What
from rex.text.passages import MOST_PARAGRAPHS
from tests.cast import SEATS
from tests.ground.hostile import SCRIPTS
from tests.house.test_concurrency import at_once
from tests.house.test_matrix import count_said
from tests.journal.difficulties import WORDS, make_difficulty, make_echo
from tests.making import contents, reader_of

CAST = [key for key, _, _ in SEATS if key != "clara"]
NEW = "/difficultes/nouvelle"


def page_of(response) -> str:
    return " ".join(re.sub(r"[\u00a0\u202f]", " ", response.get_data(as_text=True)).split())


def share(client, words: str = WORDS, **more):
    return client.send(NEW, {"collectif": "valombre", "mots": words, **more})


def count(database) -> int:
    with database.system("count difficulties") as session:
        return session.scalar(select(func.count(Difficulty.id))) or 0


LONG = "Nous avons écrit à quatre services " + "et encore à un autre " * 8 + "sans savoir qui décide."


@pytest.mark.parametrize(
    "words, heading, after",
    [
        ("Personne ne décide.", "Personne ne décide.", []),
        ("Personne ne décide", "Personne ne décide", []),
        ("Qui décide ? M. Oudin le sait. Pas nous.", "Qui décide ?", ["M. Oudin le sait. Pas nous."]),
        ("Personne ne décide.\nNous attendons.\nDepuis mai.", "Personne ne décide.", ["Nous attendons.", "Depuis mai."]),
        ("Personne ne sait\nqui décide.", "Une difficulté", ["Personne ne sait", "qui décide."]),
        (f"{LONG} Voilà.", "Une difficulté", [f"{LONG} Voilà."]),
        ("Le *guichet* ferme. Tôt.", "Une difficulté", ["Le *guichet* ferme. Tôt."]),
    ],
    ids=["one sentence", "no mark", "question", "paragraphs", "over two lines", "too long", "marks"],
)
def test_nothing_is_read_twice_on_its_page(visit, database, cast, words, heading, after):
    page = page_of(visit.as_("dora").get(make_difficulty(database, cast.camille, words).url))
    assert re.findall(r"<h1>(.*?)</h1>", page) == [heading]
    text = re.findall(r'<div class="prose difficulty-text">(.*?)</div>', page)
    assert re.findall(r"<p>(.*?)</p>", "".join(text)) == after
    assert page.count(">Une difficulté<") == 1, "its kind is said once"


# --- sharing ------------------------------------------------------------------------------------------------------------


def test_one_sentence_is_shared_and_signed(visit, database, cast):
    camille = visit.as_("camille")
    shared = share(camille, "Personne  ne sait\r\nqui décide.")
    assert shared.status_code == 303
    page = page_of(camille.get(shared.location))
    assert "Votre difficulté est partagée. 7 personnes peuvent la lire." in page
    assert "Camille Roy (agente)" in page
    with database.system("what was kept") as session:
        entry = session.scalars(select(Difficulty)).one()
        signed = session.scalars(select(Authorship).where(Authorship.entry_id == entry.id)).one()
        assert (entry.words, entry.audience, entry.byline) == ("Personne ne sait\nqui décide.", Audience.COLLECTIF, "Voirie")
        assert (entry.title, entry.sealed, entry.about_id) == ("Personne ne sait qui décide.", None, None)
        assert (signed.user_id, signed.service_name, signed.title) == (cast.camille.id, "Voirie", "agente")


def test_what_it_does_to_us_and_balises_are_kept(visit, database):
    camille = visit.as_("camille")
    shared = share(
        camille, effet="On n’ose plus rien annoncer.", balises=["C1", "E3", "C1", "Z9"], **{"posture-C1": "contredit"}
    )
    page = page_of(camille.get(shared.location))
    assert "Ce que cela nous fait" in page and "On n’ose plus rien annoncer." in page
    with database.system("its balises") as session:
        rows = session.execute(select(Tagging.code, Tagging.stance).order_by(Tagging.position)).all()
    assert rows == [("C1", Stance.CONTREDIT), ("E3", Stance.ILLUSTRE)]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"mots": ""}, "Écrivez au moins une phrase : ce qui résiste"),
        ({"mots": " \u200b … ! \n"}, "Écrivez au moins une phrase : ce qui résiste"),
        ({"mots": "mot " * (MOST_WORDS // 4 + 1)}, "C’est long pour une difficulté : 1000 caractères au plus"),
        ({"mots": WORDS, "effet": "a" * (MOST_EFFECT + 1)}, "Raccourcissez ce que cela vous fait"),
    ],
)
def test_what_is_missing_or_too_long_comes_back_whole(visit, database, given, sentence):
    sent = {"effet": "De la fatigue.", "balises": ["V2"], **given}
    answer = visit.as_("camille").send(NEW, {"collectif": "valombre", **sent})
    page = page_of(answer)
    assert answer.status_code == 422 and sentence in page and "<title>Erreur :" in page
    assert given["mots"].strip(" \n\u200b") in page and sent["effet"] in page
    assert re.search(r'value="V2" checked', page)
    assert count(database) == 0


def test_nothing_is_ticked_by_the_machine(visit):
    camille = visit.as_("camille")
    words = "Nous avons consulté les habitants sans leur donner la parole : une réunion publique, et rien de ce qu’ils ont dit."
    answer = camille.send("/difficultes/propositions", {"collectif": "valombre", "mots": words})
    assert answer.status_code == 200 and 'name="balises" value="C3"' in answer.get_data(as_text=True)
    assert "checked" not in answer.get_data(as_text=True)
    page = camille.get(share(camille, words).location).get_data(as_text=True)
    assert 'name="ajouter" value="C3"' in page and 'href="/boussole/C3"' not in page


def test_a_balise_proposed_is_added_in_one_click(visit, database):
    camille = visit.as_("camille")
    address = share(camille).location
    assert camille.send(f"{address}/balises", {"ajouter": "C3"}).status_code == 303
    assert camille.send(f"{address}/balises", {"ajouter": "Z9"}).status_code == 303
    assert 'href="/boussole/C3"' in camille.get(address).get_data(as_text=True)
    assert visit.as_("bruno").send(f"{address}/balises", {"ajouter": "C1"}).status_code == 403


def test_a_form_sent_twice_makes_one(visit, database):
    camille = visit.as_("camille")
    first = share(camille, idempotency_key="une-fois")
    again = share(camille, idempotency_key="une-fois")
    assert first.location == again.location and count(database) == 1


def test_proposing_does_not_use_the_key_of_the_form_up(visit, database):
    camille = visit.as_("camille")
    sent = {"collectif": "valombre", "mots": WORDS}
    assert camille.send("/difficultes/propositions", sent).status_code == 200
    assert share(camille, idempotency_key="une-fois").location.startswith("/difficultes/")
    assert count(database) == 1


def test_it_is_shared_in_the_space_of_the_page(visit, database, cast):
    noor = visit.as_("noor")
    page = page_of(noor.get(f"{NEW}?collectif=orbe"))
    assert "Pays de l’Orbe" in page and 'name="collectif" value="orbe"' in page
    noor.send(NEW, {"collectif": "orbe", "mots": WORDS})
    with database.system("where it went") as session:
        assert session.scalars(select(Entry.collectif_id)).one() == cast.orbe_id


# --- who reads ----------------------------------------------------------------------------------------------------------

PAGES = ("", "/modification", "/retrait", "/suppression")
TABLE = {  # told in the journal, in the réseau, taken back; each: read, correct, withdraw, delete
    "camille": ((200, 200, 200, 403), (200, 200, 200, 403), (303, 303, 404, 200)),
    "ines": ((404,) * 4, (200, 403, 403, 403), (404,) * 4),
    "admin": ((404,) * 4,) * 3,
    "gael": ((404,) * 4,) * 3,
}
MEMBER = ((200, 403, 403, 403), (200, 403, 403, 403), (404,) * 4)


def test_who_opens_what(visit, database, cast):
    made = [
        make_difficulty(database, cast.camille),
        make_difficulty(database, cast.camille, audience=Audience.RESEAU),
        make_difficulty(database, cast.camille, withdrawn=True),
    ]
    for who in CAST:
        client = visit.as_(who)
        seen = tuple(tuple(client.get(one.url + page).status_code for page in PAGES) for one in made)
        assert seen == TABLE.get(who, MEMBER), f"{who}: read, correct, withdraw, delete"


def test_a_stranger_gets_the_very_page_of_what_does_not_exist(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    client = visit.as_("ines")
    nothing = client.get("/difficultes/AAAAAAAAAAAAAAAA")
    hidden = client.get(made.url)
    assert (hidden.status_code, hidden.data) == (nothing.status_code, nothing.data) == (404, nothing.data)
    assert client.send(f"{made.url}/echo").data == nothing.data


def test_an_author_who_left_loses_it_at_the_next_request(visit, database, cast):
    made = make_difficulty(database, cast.camille, withdrawn=True)
    client = visit.as_("camille")
    assert client.get(f"{made.url}/publication").status_code == 200
    with database.system("a person leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.camille.id).values(ended_at=clock.now()))
    assert client.get(f"{made.url}/publication").status_code == 404


@pytest.mark.parametrize("kind", [Audience.COLLECTIF, Audience.RESEAU])
def test_each_button_says_who_will_read_and_that_is_who_reads(visit, database, cast, kind):
    """Without script: the button that is pressed names and counts those for whom the page then opens."""
    camille = visit.as_("camille")
    page = page_of(camille.get(NEW))
    button = re.search(rf'<button[^>]*name="audience" value="{kind}"[^>]*>(.*?)</button>', page)
    assert button, "a button for each audience"
    number = int(re.findall(r"\d+", re.sub(r"<[^>]*>", "", button[1]))[-1])
    with database.session(write=True) as session:
        session.reader = reader_of(session, cast.camille)
        view = audience_of(session, kind, cast.valombre_id, "Ville de Valombre")
    assert number == view.count and view.with_whom.replace("\u202f", " ") in button[1]
    address = share(camille, audience=kind).location
    readers = [who for who in CAST if visit.as_(who).get(address).status_code == 200]
    assert len(readers) == number
    shown = page_of(camille.get(address))
    assert f'data-audience="{kind}"' in shown and f"({number} personnes" in shown


def test_an_audience_that_does_not_exist_is_the_journal(visit, database):
    share(visit.as_("camille"), audience="groupe")
    with database.system("its audience") as session:
        assert session.scalars(select(Entry.audience)).one() is Audience.COLLECTIF


def test_every_page_with_a_field_names_its_readers_first(visit, database, cast):
    made, away = make_difficulty(database, cast.camille), make_difficulty(database, cast.camille, withdrawn=True)
    camille = visit.as_("camille")
    number = count_said(database, cast.camille)
    for path, button in (
        (NEW, f"Partager avec les {number}"),
        (f"{made.url}/modification", f"Publier la modification devant les {number} membres"),
        (f"{away.url}/publication", f"Partager avec les {number}"),
    ):
        page = page_of(camille.get(path))
        assert page.index('class="audience') < page.index("<textarea"), path
        assert button in page, path
    page = page_of(visit.as_("bruno").get(made.url))
    assert f"Je vis ça aussi, le dire devant les {number} membres" in page


# --- correcting, taking back, deleting ------------------------------------------------------------------------------------


def test_a_correction_is_said_to_readers(visit, database, cast):
    made = make_difficulty(database, cast.camille, balises={"C1": Stance.ILLUSTRE})
    camille = visit.as_("camille")
    same = camille.send(f"{made.url}/modification", {"mots": WORDS, "balises": ["C1"]})
    assert "Rien n’a changé." in page_of(camille.get(same.location))
    assert "modifiée le" not in page_of(visit.as_("bruno").get(made.url))
    camille.send(f"{made.url}/modification", {"mots": "Tout le monde décide.", "balises": ["C1"], "posture-C1": "nuance"})
    page = page_of(visit.as_("bruno").get(made.url))
    assert "Tout le monde décide." in page and "modifiée le" in page and "nuance" in page and WORDS not in page
    refused = camille.send(f"{made.url}/modification", {"mots": ""})
    assert refused.status_code == 422 and "Écrivez au moins une phrase" in page_of(refused)


def words_in_rows(database, *words: str) -> set[str]:
    rows = str(contents(database))
    return {word for word in words if word in rows}


def test_taken_back_it_is_sealed_and_comes_back_with_its_echoes(visit, database, cast):
    made = make_difficulty(
        database, cast.camille, "Quetzalmane décide seul.", "Brixolette partout.", balises={"V6": Stance.NUANCE}
    )
    make_echo(database, cast.bruno, made, "Pareil au dépôt.")
    assert words_in_rows(database, "Quetzalmane", "Brixolette") == {"Quetzalmane", "Brixolette"}
    camille = visit.as_("camille")
    assert camille.send(f"{made.url}/retrait").location == f"{made.url}/publication"
    assert words_in_rows(database, "Quetzalmane", "Brixolette") == set()
    assert contents(database)["tagging"] == []
    assert visit.as_("bruno").get(made.url).status_code == 404
    assert "Quetzalmane" not in page_of(visit.as_("bruno").get("/c/valombre/difficultes"))
    page = page_of(camille.get("/c/valombre/difficultes"))
    assert "Retirées, lues par leurs seuls auteurs" in page and "Quetzalmane décide seul." in page
    page = page_of(camille.get(f"{made.url}/publication"))
    assert "Quetzalmane décide seul." in page and "Brixolette partout." in page and re.search('value="V6" checked', page)
    sent = {"mots": "Quetzalmane décide seul.", "effet": "Brixolette partout.", "balises": ["V6"], "posture-V6": "nuance"}
    assert camille.send(f"{made.url}/publication", sent).location == made.url
    page = page_of(visit.as_("dora").get(made.url))
    assert "Quetzalmane" in page and "Pareil au dépôt." in page and "nuance" in page


def test_told_again_more_widely_its_echoes_stay_before_those_who_heard_them(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    make_echo(database, cast.bruno, made, "Pareil au dépôt.")
    camille = visit.as_("camille")
    camille.send(f"{made.url}/retrait")
    camille.send(f"{made.url}/publication", {"mots": WORDS, "audience": "reseau"})
    far = page_of(visit.as_("ines").get(made.url))
    for words in ("Pareil au dépôt.", "Bruno", "1 personne vit"):
        assert words not in far
    assert WORDS in far
    assert "1 personne vit cela aussi" in page_of(visit.as_("dora").get(made.url))
    assert visit.as_("ines").send(f"{made.url}/echo", {"mots": "Chez nous aussi."}).status_code == 303
    assert "Chez nous aussi." in page_of(visit.as_("dora").get(made.url))


def test_it_is_deleted_once_taken_back(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    camille = visit.as_("camille")
    assert camille.send(f"{made.url}/suppression").status_code == 403
    camille.send(f"{made.url}/retrait")
    assert "effacés pour toujours" in page_of(camille.get(f"{made.url}/suppression"))
    assert camille.send(f"{made.url}/suppression").location == "/c/valombre/difficultes"
    assert count(database) == 0
    assert camille.get(made.url).status_code == 404


def test_a_suspended_one_is_read_by_its_author_alone_with_the_reason(visit, database, cast):
    made = make_difficulty(database, cast.camille, "Quetzalmane décide seul.")
    with database.system("an animateur suspends it", write=True) as session:
        entry = session.scalars(select(Entry).where(Entry.id == made.id)).one()
        entry.suspended_at, entry.suspended_why = clock.now(), "Une personne y est nommée."
    page = page_of(visit.as_("camille").get(made.url))
    for words in ("Cette difficulté est suspendue.", "Une personne y est nommée.", "Quetzalmane"):
        assert words in page
    assert "(7 personnes" not in page
    assert "Je vis ça aussi" not in page
    assert visit.as_("bruno").get(made.url).status_code == 404
    assert visit.as_("bruno").send(f"{made.url}/echo").status_code == 404


# --- je vis ça aussi ------------------------------------------------------------------------------------------------------


def test_an_echo_is_said_once_and_taken_back_in_one_click(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    bruno = visit.as_("bruno")
    for _ in range(2):
        assert bruno.send(f"{made.url}/echo", {"mots": "Au dépôt aussi."}).status_code == 303
    page = page_of(bruno.get(made.url))
    assert page.count("Au dépôt aussi.") == 1 and "1 personne vit cela aussi" in page
    assert "Bruno Maréchal" in page and "Retirer mon écho" in page
    assert "Retirer mon écho" not in page_of(visit.as_("dora").get(made.url))
    assert bruno.send(f"{made.url}/echo/retrait").status_code == 303
    assert "Au dépôt" not in page_of(bruno.get(made.url))
    assert words_in_rows(database, "Au dépôt aussi.") == set()


def test_two_clicks_at_once_make_one_echo(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    clients = [visit.as_("bruno") for _ in range(4)]
    forms = [{"csrf_token": client.csrf("/compte"), "mots": "Au dépôt aussi."} for client in clients]
    acts = [lambda c=c, f=f: c.post(f"{made.url}/echo", data=f) for c, f in zip(clients, forms, strict=True)]
    assert [getattr(answer, "status_code", answer) for answer in at_once(acts)] == [303] * 4
    with database.system("count echoes") as session:
        assert session.scalar(select(func.count(Echo.id))) == 1


def test_its_authors_are_told_of_an_echo(visit, database, cast, monkeypatch):
    told = []
    monkeypatch.setitem(moments._telling, "test", lambda _session, actor, what, entry_id, to, _exchange: told.append(
        (actor.user_id, what, entry_id, list(to))
    ))
    made = make_difficulty(database, cast.camille)
    for _ in range(2):
        visit.as_("bruno").send(f"{made.url}/echo")
    assert told == [(cast.bruno.id, What.ECHO, made.id, [cast.camille.id])]


def test_an_author_does_not_echo_themselves(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    camille = visit.as_("camille")
    assert "Je vis ça aussi" not in page_of(camille.get(made.url))
    assert camille.send(f"{made.url}/echo").status_code == 403


def test_an_echo_too_long_comes_back(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    words = "mot " * (MOST_ECHO // 4) + "fin"
    answer = visit.as_("bruno").send(f"{made.url}/echo", {"mots": words})
    assert answer.status_code == 422 and words in page_of(answer) and "Raccourcissez votre phrase" in page_of(answer)


def test_an_echo_carries_the_place_and_the_readers_of_that_moment(visit, database, cast):
    made = make_difficulty(database, cast.camille, audience=Audience.RESEAU)
    visit.as_("ines").send(f"{made.url}/echo", {"mots": "L’eau aussi."})
    with database.system("what was kept") as session:
        echo = session.scalars(select(Echo)).one()
        assert (echo.user_id, echo.service_name, echo.audience) == (cast.ines.id, "Eau", Audience.RESEAU)


def test_an_echo_of_an_account_that_is_gone_keeps_its_words(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    make_echo(database, cast.bruno, made, "Au dépôt aussi.")
    with database.system("an account is deleted", write=True) as session:
        session.execute(update(Echo).values(user_id=None))
    assert "Une personne" in page_of(visit.as_("dora").get(made.url))


# --- lists --------------------------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_as_that_of_recits(visit, database, cast):
    make_difficulty(database, cast.camille, "Le calendrier résiste.", balises={"C1": Stance.ILLUSTRE})
    make_difficulty(database, cast.dora, "Le budget résiste.", balises={"V2": Stance.ILLUSTRE}, audience=Audience.RESEAU)
    make_difficulty(database, cast.ines, "La nappe baisse.", audience=Audience.RESEAU)
    jeanne = visit.as_("jeanne")
    listed = "/c/valombre/difficultes"
    page = page_of(jeanne.get(listed))
    assert "Le calendrier résiste." in page and "Le budget résiste." in page and "La nappe baisse." not in page
    page = page_of(jeanne.get(f"{listed}?enjeu=C"))
    assert "Le calendrier résiste." in page and "Le budget résiste." not in page
    page = page_of(jeanne.get(f"{listed}?reseau=1"))
    assert "La nappe baisse." in page and "Pays de l’Orbe" in page and "Le calendrier" not in page
    assert "Aucune difficulté avec ces critères." in page_of(jeanne.get(f"{listed}?balise=E6"))
    assert jeanne.get("/c/orbe/difficultes").status_code == 404


def test_a_balise_lists_what_resists_there(visit, database, cast):
    make_difficulty(database, cast.camille, "Le calendrier résiste.", balises={"C1": Stance.CONTREDIT})
    make_difficulty(database, cast.camille, "Le budget résiste.", balises={"V2": Stance.ILLUSTRE})
    page = page_of(visit.as_("dora").get("/boussole/C1"))
    assert "Le calendrier résiste." in page and "Le budget" not in page
    assert "Toutes les difficultés de cette balise (1)" in page
    assert "Ce qui résiste" not in page_of(visit.as_("dora").get("/boussole/C2"))


def test_an_empty_list_says_a_kind_word(visit):
    assert "Une phrase suffit, et d’autres vivent peut-être la même chose." in page_of(
        visit.as_("ines").get("/c/orbe/difficultes")
    )


def test_pages_of_the_list_follow_each_other(visit, database, cast, count_statements):
    start = clock.now() - timedelta(days=60)
    for rank in range(45):
        with time_machine.travel(start + timedelta(hours=rank), tick=False):
            make_difficulty(database, cast.camille, f"Difficulté numéro {rank:02}.", balises={"C1": Stance.ILLUSTRE})
    client, path, shown, costs = visit.as_("bruno"), "/c/valombre/difficultes", [], []
    while path:
        with count_statements() as seen:
            html = client.get(path).get_data(as_text=True)
        costs.append(len(seen))
        shown += re.findall(r"Difficulté numéro (\d\d)", html)
        older = re.search(r'rel="next" href="([^"]+)"', html)
        path = older[1].replace("&amp;", "&") if older else ""
    assert shown == [f"{rank:02}" for rank in reversed(range(45))]
    assert len(costs) == 3 and max(costs) <= 6


def test_the_page_asks_as_few_statements_with_many_echoes(visit, database, cast, count_statements):
    made = make_difficulty(database, cast.camille, balises={"C1": Stance.ILLUSTRE})
    client = visit.as_("dora")

    def cost() -> int:
        with count_statements() as seen:
            assert client.get(made.url).status_code == 200
        return len(seen)

    few = cost()
    for person in (cast.bruno, cast.ana, cast.paul, cast.jeanne, cast.noor):
        make_echo(database, person, made, "Ici aussi.")
    assert cost() == few <= 9


@pytest.mark.parametrize("words", [*SCRIPTS[:12], "<b>gras</b> & «\u202fmots\u202f»", "[x](javascript:1)", "\u202eretourné"])
def test_words_that_mean_harm_are_only_words(visit, database, cast, words):
    if not any(char.isalnum() for char in words):
        pytest.skip("nothing to share")
    camille = visit.as_("camille")
    shared = share(camille, words, effet=words)
    for path in (shared.location, "/c/valombre/difficultes", "/c/valombre/", f"{shared.location}/modification"):
        page = camille.get(path).get_data(as_text=True)  # proof-read: no inline script, style or handler
        assert "<script>window" not in page and "onerror=\"" not in page and "\u202e" not in page, path


def test_many_lines_stay_within_a_page(visit):
    lines = "\n".join(f"l{rank}" for rank in range(MOST_PARAGRAPHS))
    assert share(visit.as_("camille"), lines).status_code == 422


def test_thirty_days_after_one_asked_it_goes(database, cast):
    made = make_difficulty(database, cast.camille, withdrawn=True)
    with database.system("one asked, long ago", write=True) as session:
        session.execute(update(Entry).where(Entry.id == made.id).values(deletion_asked_at=clock.now() - timedelta(days=31)))
    with database.system("the ticker", write=True) as session:
        delete_asked(session)
    assert count(database) == 0


# --- who reads, when it changes meanwhile ---------------------------------------------------------------------------------


def test_an_echo_is_not_read_by_more_than_its_button_said(visit, database, cast):
    """Told to the réseau between the page and the button: it stays with those that the button named."""
    made = make_difficulty(database, cast.camille, audience=Audience.RESEAU)
    assert 'name="devant" value="reseau"' in page_of(visit.as_("dora").get(made.url))
    visit.as_("dora").send(f"{made.url}/echo", {"mots": "Entre nous.", "devant": "collectif"})
    assert "Entre nous." in page_of(visit.as_("bruno").get(made.url))
    assert "Entre nous." not in page_of(visit.as_("ines").get(made.url))


def test_words_written_for_one_journal_are_not_shared_in_another(visit, database, cast):
    """Noor is no longer of Valombre when she presses the button that named its members: nothing goes to Orbe."""
    client = visit.as_("noor")
    client.csrf("/compte")
    with database.system("Noor leaves Valombre", write=True) as session:
        here = (Membership.user_id == cast.noor.id, Membership.collectif_id == cast.valombre_id)
        session.execute(update(Membership).where(*here).values(ended_at=clock.now()))
    refused = share(client)
    page = page_of(refused)
    assert refused.status_code == 422 and WORDS in page and "Vous n’êtes plus membre de ce journal" in page
    assert 'name="collectif" value="orbe"' in page and count(database) == 0


def test_of_two_windows_the_second_overwrites_nothing(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    camille = visit.as_("camille")
    base = re.findall(r'name="base" value="([^"]+)"', page_of(camille.get(f"{made.url}/modification")))[0]
    camille.send(f"{made.url}/modification", {"mots": "De la première fenêtre.", "base": base})
    refused = camille.send(f"{made.url}/modification", {"mots": "De la seconde fenêtre.", "base": base})
    page = page_of(refused)
    assert refused.status_code == 409 and "De la première fenêtre." in page and "De la seconde fenêtre." in page
    assert "De la première fenêtre." in page_of(visit.as_("bruno").get(made.url))
    again = re.findall(r'name="base" value="([^"]+)"', page)[0]
    assert camille.send(f"{made.url}/modification", {"mots": "Les deux.", "base": again}).status_code == 303


def test_a_suspended_one_told_again_or_corrected_is_not_said_to_be_shared(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    with database.system("an animateur suspends it", write=True) as session:
        entry = session.scalars(select(Entry).where(Entry.id == made.id)).one()
        entry.suspended_at, entry.suspended_why = clock.now(), "Une personne y est nommée."
    camille = visit.as_("camille")
    camille.send(f"{made.url}/modification", {"mots": "Personne n’est nommé."})
    page = page_of(camille.get(made.url))
    assert "reste suspendue" in page and "La modification est publiée" not in page
    camille.send(f"{made.url}/retrait")
    camille.send(f"{made.url}/publication", {"mots": "Personne n’est nommé."})
    page = page_of(camille.get(made.url))
    assert "reste suspendue" in page and "de nouveau partagée" not in page


def test_balises_added_at_once_are_all_kept_and_none_to_what_is_taken_back(visit, database, cast):
    made = make_difficulty(database, cast.camille)
    codes = ["C1", "V2", "E3"]
    clients = [visit.as_("camille") for _ in codes]
    forms = [{"csrf_token": client.csrf("/compte"), "ajouter": code} for client, code in zip(clients, codes, strict=True)]
    acts = [lambda c=c, f=f: c.post(f"{made.url}/balises", data=f) for c, f in zip(clients, forms, strict=True)]
    assert [getattr(answer, "status_code", answer) for answer in at_once(acts)] == [303] * 3
    with database.system("its balises") as session:
        assert set(session.scalars(select(Tagging.code))) == set(codes)


def test_taken_back_while_it_is_corrected_nothing_stays_in_clear(visit, database, cast):
    """Whichever comes first, no word of it is in the base in clear once it is withdrawn."""
    for rank in range(4):
        made = make_difficulty(database, cast.camille, f"Quetzalmane {rank} décide.")
        clients = [visit.as_("camille") for _ in range(2)]
        tokens = [client.csrf("/compte") for client in clients]
        sent = [(f"{made.url}/modification", {"mots": f"Brixolette {rank} décide."}), (f"{made.url}/retrait", {})]
        acts = [
            lambda c=c, t=t, path=path, form=form: c.post(path, data={"csrf_token": t, **form})
            for c, t, (path, form) in zip(clients, tokens, sent, strict=True)
        ]
        assert [getattr(answer, "status_code", answer) for answer in at_once(acts)] == [303] * 2
        assert words_in_rows(database, "Quetzalmane", "Brixolette") == set()
