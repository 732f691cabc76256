"""The page of the search: what it shows, whatever is typed, for a constant number of statements."""

import logging
import re

import pytest

from rex.journal.models import Audience, Stance
from rex.search import queries, views
from tests.making import make_exchange, make_recit
from tests.search.corpus import tell
from tests.search.finding import marks, titles

HOSTILE = [
    "", " ", "a", "é", "le la les", '"', '""', '"""', '" AND * : ( ) - NEAR ^', "NEAR(rue école)", "rue AND", "OR",
    "NOT rue", "rue*", "-rue", "exact : rue", "stems:rue", "{rue}", "rue' OR 1=1 --", "'; DROP TABLE entry; --", "%", "_",
    "\\", "rue\\", "rue\x00école", "\x00", "😀", "👩\u200d🔧 rue", "\u202erue\u202c", "שלום", "مرحبا", "日本語", "ﷺ", "\ud800",
    "a" * 10_000, "rue " * 2_500, '"' * 10_000, "« rue » “ « ", "&amp;<b>rue</b>", "rue & école | !", "<->",
    "1e400 12e5 0x10", "http://rue.fr/a?b=c", "rue\nécole\r\n", "İstanbul ß",
]  # fmt: skip


@pytest.fixture
def told(database, cast):
    return tell(database, cast)


def ask(client, typed: str, **more: str):
    return client.get("/recherche", query_string={"q": typed, **more})


def test_what_is_found_with_the_found_words_marked(visit, told):
    page = ask(visit.as_("camille"), "ecole")
    html = page.get_data(as_text=True)
    assert titles(html)[:2] == ["La rue de l’École fermée le matin", "Vous avez tenu la barrière de l’école."]
    assert set(marks(html)) == {"École", "école"} and "élèves" in html
    assert "Récit, Voirie" in html and "Merci, Voirie" in html and told["La rue de l’École fermée le matin"].url in html
    assert page.headers["Cache-Control"] == "private, no-store" and "<title>Rechercher, Journal de" in html


def test_a_message_leads_to_its_place_in_the_thread(visit, told):
    html = ask(visit.as_("camille"), "gardé places").get_data(as_text=True)
    assert "Échange (question), Jeanne Lartigue" in html and titles(html) == ["Sous «\u202fUn marché de producteurs\u202f»"]
    assert re.search(rf'{told["Un marché de producteurs"].url}#e-[\w-]{{16}}"', html)


def test_where_a_text_lives_is_said_to_whoever_is_in_several_places(visit, told):
    assert "Pays de l’Orbe" in ask(visit.as_("noor"), "marché").get_data(as_text=True)
    assert "Pays de l’Orbe" in ask(visit.as_("camille"), "compteur partagé").get_data(as_text=True)
    assert "Pays de l’Orbe" not in ask(visit.as_("camille"), "marché").get_data(as_text=True)


def test_criteria_are_links_that_keep_the_words(visit, told):
    client = visit.as_("noor")
    html = ask(client, "marché", genre="echange").get_data(as_text=True)
    assert titles(html) == ["Sous «\u202fUn marché de producteurs\u202f»"] and 'name="genre" value="echange"' in html
    more = 'href="/recherche?q=march%C3%A9&amp;genre=echange&amp;preciser=1"'
    assert more in html and "Ce trimestre" not in html
    html = ask(client, "marché", genre="echange", preciser="1").get_data(as_text=True)
    assert 'href="/recherche?q=march%C3%A9&amp;genre=echange&amp;preciser=1&amp;ou=orbe"' in html and "Ce trimestre" in html
    assert titles(ask(client, "marché", ou="orbe").get_data(as_text=True)) == ["La source de l’Orbe"]
    wrong = {"genre": "x", "enjeu": "Z", "balise": "<", "service": "..", "periode": "hier", "ou": "nulle-part", "suite": "-3"}
    assert titles(ask(client, "marché", **wrong).get_data(as_text=True)) == titles(ask(client, "marché").get_data(as_text=True))


def test_criteria_are_folded_and_say_what_is_chosen(visit, told):
    """A long list of services under each search would put what is found out of sight, on a telephone above all."""
    client = visit.as_("camille")
    html = ask(client, "marché", preciser="1").get_data(as_text=True)
    criteria = html.partition('aria-label="Préciser la recherche"')[2].partition("</section>")[0]
    assert criteria.count("<details") == criteria.count("search-values") >= 4
    assert "<details open" not in criteria and "choisi" not in criteria
    assert '<span class="search-label">Période</span>\u00a0: Depuis le début</summary>' in criteria
    html = ask(client, "marché", enjeu="E", periode="trimestre", genre="recit").get_data(as_text=True)
    assert "2\u00a0critères choisis" in html
    assert '<span class="search-label">Période</span>\u00a0: Ce trimestre</summary>' in html
    assert "1\u00a0critère choisi " in ask(client, "marché", ou="reseau").get_data(as_text=True)


def test_balises_near_the_words(visit, told):
    html = ask(visit.as_("camille"), "confiance").get_data(as_text=True)
    assert "Balises proches de ces mots" in html and 'href="/boussole/E3"' in html


def test_words_that_no_text_says_together(visit, told):
    html = ask(visit.as_("camille"), "marché éclairage").get_data(as_text=True)
    assert "Voici ceux qui en disent une partie." in html and set(titles(html)) >= {"Un marché de producteurs", "Éclairage"}
    assert "Aucun texte que vous lisez ne dit ces mots." in ask(visit.as_("camille"), "introuvable").get_data(as_text=True)


def test_the_field_is_one_step_from_every_page(visit, told):
    client = visit.as_("camille")
    assert 'href="/recherche"' in client.get("/c/valombre/").get_data(as_text=True)
    assert "Les mots que vous cherchez" in client.get("/recherche").get_data(as_text=True)


def test_the_next_page_goes_on(visit, database, cast):
    for number in range(23):
        make_recit(database, cast.camille, f"Récit numéro {number}", {"faits": "Le mot quetzalmane."})
    client = visit.as_("bruno")
    first = ask(client, "quetzalmane").get_data(as_text=True)
    second = ask(client, "quetzalmane", suite="2").get_data(as_text=True)
    third = ask(client, "quetzalmane", suite="3").get_data(as_text=True)
    pages = [titles(html) for html in (first, second, third)]
    assert [len(page) for page in pages] == [10, 10, 3] and len({*pages[0], *pages[1], *pages[2]}) == 23
    assert 'rel="next" href="/recherche?q=quetzalmane&amp;suite=2"' in first and 'rel="prev"' in second
    assert titles(ask(client, "quetzalmane", suite="99").get_data(as_text=True)) == titles(first)


@pytest.mark.parametrize("who", ["camille"])
def test_whatever_is_typed_is_never_an_error(visit, told, who, caplog):
    client = visit.as_(who)
    with caplog.at_level(logging.DEBUG):
        for typed in HOSTILE:
            sent = typed.encode("utf-8", "surrogatepass") if typed.isascii() is False else typed
            page = client.get("/recherche", query_string={"q": sent})
            assert page.status_code == 200, repr(typed[:40])
    assert "école" not in caplog.text and "NEAR" not in caplog.text, "what somebody looks for is in no log"


SENTENCES = {
    "😀": "Écrivez au moins un mot, en lettres ou en chiffres.",
    '" * ( ) - :': "Écrivez au moins un mot, en lettres ou en chiffres.",
    "x": "Aucun texte que vous lisez ne dit ces mots.",
    "שלום": "Aucun texte que vous lisez ne dit ces mots.",
    "de la": "Ces petits mots sont dans presque tous les textes. Ajoutez un mot plus précis.",
    "introuvable " * 40: "Votre question est longue. Seuls ses premiers mots ont été cherchés.",
    '"école introuvable"': "Chercher ces mots sans les guillemets",
    "introuvable": "Parcourir la boussole, balise par balise",
}


def test_what_finds_nothing_is_said_in_a_sentence(visit, told):
    client = visit.as_("camille")
    for typed, sentence in SENTENCES.items():
        assert sentence in ask(client, typed).get_data(as_text=True), typed
    html = ask(client, '"école introuvable"').get_data(as_text=True)
    assert 'href="/recherche?q=%C3%A9cole+introuvable"' in html
    assert "Chercher sans ces critères" in ask(client, "rue", ou="reseau", enjeu="V").get_data(as_text=True)
    assert titles(ask(client, "rue AND école NOT NEAR").get_data(as_text=True))[0] == "La rue de l’École fermée le matin"


def test_statements_do_not_grow_with_what_is_found(visit, database, cast, told, count_statements):
    client = visit.as_("camille")
    counts = {}
    for typed in ("vanne", "eau nuit", "marché", "introuvable", "marché éclairage", ""):
        ask(client, typed)
        with count_statements() as seen:
            ask(client, typed)
        counts[typed] = len(seen)
    for typed, more in (("marché", {"preciser": "1"}), ("marché éclairage", {"genre": "recit"}), ("eau nuit", {"ou": "reseau"})):
        with count_statements() as seen:
            ask(client, typed, **more)
        counts[f"{typed} {more}"] = len(seen)
    for number in range(8):
        made = make_recit(database, cast.bruno, f"Marché {number}", {"faits": "Un marché."}, Audience.RESEAU)
        make_exchange(database, cast.dora, made.public_id, "Ce marché aussi.")
    with count_statements() as seen:
        ask(client, "marché", enjeu="", genre="")
    assert len(seen) == counts["marché"] and max(counts.values()) <= 6, counts


def test_statements_stay_few_when_more_is_found_than_is_ranked(visit, database, cast, told, count_statements, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    queries._found.cache_clear()
    client = visit.as_("camille")
    for typed in ("rue", "rue introuvable", "réunion rue", '"la rue"'):
        for more in ({}, {"preciser": "1"}, {"ou": "valombre", "preciser": "1"}):
            ask(client, typed, **more)
            with count_statements() as seen:
                assert 'class="found"' in ask(client, typed, **more).get_data(as_text=True)
            assert len(seen) <= 6, (typed, more)
    queries._found.cache_clear()


def short(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).replace("\u202f", " ").replace("\u00a0", " ").split())


def test_a_balise_is_looked_for_in_the_newest_and_the_page_says_so(visit, database, cast, monkeypatch):
    """A rare balise in a hundred thousand texts would have all of them read."""
    for number in range(8):
        tags = {"E3" if number in (1, 6) else "C1": Stance.ILLUSTRE}
        make_recit(database, cast.camille, f"Récit {number}", {"faits": "Le mot quetzalmane."}, balises=tags)
        make_recit(database, cast.ines, f"Ailleurs {number}", {"faits": "Le mot quetzalmane."}, balises={"E3": Stance.ILLUSTRE})
    client = visit.as_("bruno")
    sentence = "Seuls les 4 textes les plus récents qui disent ces mots ont été regardés pour cette balise."
    for looked_at, expected in ((8, ["Récit 6", "Récit 1"]), (4, ["Récit 6"]), (1, [])):
        monkeypatch.setattr(queries, "LOOKED_AT", looked_at)
        monkeypatch.setattr(views, "LOOKED_AT", looked_at)
        html = ask(client, "quetzalmane", balise="E3").get_data(as_text=True)
        assert titles(html) == expected, "what is read elsewhere takes no place among what is looked at"
        assert (sentence in short(html)) == (looked_at == 4)
        assert ("ont été regardés" in html) == (looked_at < 8)
        assert "Aucun texte que vous lisez" not in html, "older texts were not looked at: that is not known"
    assert "Rien pour cet enjeu parmi ce qui a été regardé." in ask(client, "quetzalmane", enjeu="E").get_data(as_text=True)
    partial = ask(client, "récit quetzalmane", enjeu="E").get_data(as_text=True)
    assert "ne dit tous ces mots" not in partial and "regardés pour cet enjeu" in partial
    assert len(titles(ask(client, "quetzalmane").get_data(as_text=True))) == 8, "without a balise nothing changes"


def test_signed_out_nothing_is_looked_for(visit, told):
    page = visit.as_(None).get("/recherche?q=rue")
    assert page.status_code == 302 and "/connexion" in page.location
    assert ask(visit.as_("gael"), "rue").status_code == 404, "an account of no collectif"
