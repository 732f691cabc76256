"""The boussole: the same words for all, the counts and the récits of each reader, the balises of a collectif."""

import re

import pytest

from rex.journal.models import Audience, Stance
from rex.referentiel import own_balises
from rex.referentiel.content import BALISES, ENJEUX
from tests.making import make_recit

ILLUSTRE = {"C1": Stance.ILLUSTRE}
UGLY = [
    "<script>alert(1)</script>",
    "🌱🌱🌱",
    "مرحبا \u202eabc",
    "a" * 32,
    "L’eau; qui paie?",
    "{{ 7 * 7 }}",
    "\x00nul\x08",
]


def tell(database, author, title, balises, audience=Audience.COLLECTIF) -> None:
    make_recit(database, author, title, balises=balises, audience=audience)


def words(answer) -> str:
    return " ".join(answer.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ").split())


def count_beside(page: str, href: str) -> int:
    found = re.search(rf'href="{re.escape(href)}">.*?<span class="count[^"]*">(\d+)', page)
    assert found, f"no line to {href}"
    return int(found[1])


def balise_of(**changed: str) -> dict[str, str]:
    words = {"label": "Prévenir avant", "title": "Prévenir avant de fermer", "question": "Qui le savait ?", "text": "Dire."}
    return words | changed


# --- the 4 enjeux and the 23 balises --------------------------------------------------------------------------------------


def test_the_index_names_them_all_with_zero_shown(visit):
    page = words(visit.as_("camille").get("/boussole"))
    for enjeu in ENJEUX:
        assert f"Référentiel, p. {enjeu.page}" in page
    for balise in BALISES:
        assert count_beside(page, f"/boussole/{balise.code}") == 0


@pytest.mark.parametrize("balise", BALISES, ids=lambda b: b.code)
def test_each_balise_has_its_page(visit, balise):
    client = visit.as_("camille")
    page = words(client.get(f"/boussole/{balise.code}"))
    title = balise.title.replace("'", "’")
    assert f"<h1>{title}</h1>" in page
    assert f"p. {balise.page}" in page
    assert "Aucun récit ici. C’est aussi une information." in page
    assert f'name="balise" value="{balise.code}"' in page
    for other in balise.related:
        assert f"/boussole/{other.code}" in page


@pytest.mark.parametrize(
    "typed, known", [("c1", "C1"), ("c", "C"), ("cooperation", "C"), ("Engagement", "E"), ("v6", "V6"), ("s", "S")]
)
def test_other_ways_to_write_a_code_lead_to_it(visit, typed, known):
    answer = visit.as_("camille").get(f"/boussole/{typed}")
    assert (answer.status_code, answer.location) == (301, f"/boussole/{known}")


@pytest.mark.parametrize("code", ["C7", "X", "C12", "boussole", "%F0%9F%8C%B1", "C1%00"])
def test_what_is_no_code_does_not_exist(visit, code):
    assert visit.as_("camille").get(f"/boussole/{code}").status_code == 404


@pytest.mark.parametrize("path", ["/boussole", "/boussole/C1", "/boussole/C", "/c/valombre/balises"])
@pytest.mark.parametrize("who, status", [("camille", 200), ("ana", 200), ("admin", 404), ("gael", 404), (None, 302)])
def test_who_opens_the_boussole(visit, path, who, status):
    assert visit.as_(who).get(path).status_code == status


# --- what experience says ------------------------------------------------------------------------------------------------


def test_the_three_stances_stand_apart(visit, database, cast):
    tell(database, cast.camille, "La rue fermée", ILLUSTRE)
    tell(database, cast.bruno, "La rue rouverte", {"C1": Stance.CONTREDIT})
    page = words(visit.as_("dora").get("/boussole/C1"))
    illustre, nuance, contredit = (page.index(f'id="voix-{stance}"') for stance in Stance)
    assert illustre < page.index("La rue fermée") < nuance
    assert contredit < page.index("La rue rouverte")
    assert page.count("Aucun récit ici. C’est aussi une information.") == 1
    assert "Tous les récits de cette balise (2)" in page
    assert "/c/valombre/recits?balise=C1" in page


def test_only_the_five_newest_and_the_way_to_the_others(visit, database, cast):
    for rank in range(7):
        tell(database, cast.camille, f"Récit numéro {rank}", ILLUSTRE)
    page = words(visit.as_("dora").get("/boussole/C1"))
    assert [rank for rank in range(7) if f"Récit numéro {rank}<" in page] == [2, 3, 4, 5, 6]
    assert "7 récits" in page
    assert "Les 5 plus récents." in page


def test_counts_are_those_of_each_reader(visit, database, cast):
    tell(database, cast.camille, "Pour Valombre", ILLUSTRE)
    tell(database, cast.camille, "Pour tous", ILLUSTRE | {"C2": Stance.NUANCE}, Audience.RESEAU)
    tell(database, cast.camille, "Un brouillon", ILLUSTRE, None)
    ours, theirs = (words(visit.as_(who).get("/boussole")) for who in ("dora", "ines"))
    assert (count_beside(ours, "/boussole/C1"), count_beside(ours, "/boussole/C2")) == (2, 1)
    assert count_beside(ours, "#cooperation") == 2
    assert (count_beside(theirs, "/boussole/C1"), count_beside(theirs, "/boussole/C2")) == (0, 0)


def test_another_collectif_sees_no_title_and_no_count_but_what_the_reseau_opens(visit, database, cast):
    tell(database, cast.camille, "Secret de Valombre", ILLUSTRE)
    page = words(visit.as_("ines").get("/boussole/C1"))
    assert "Secret" not in page
    assert "Dans le réseau" not in page
    tell(database, cast.camille, "Ouvert à tous", ILLUSTRE, Audience.RESEAU)
    page = words(visit.as_("ines").get("/boussole/C1"))
    assert "Secret" not in page
    assert "/c/orbe/recits?balise=C1&amp;reseau=1" in page
    assert "1 récit de cette balise" in page


def test_a_draft_speaks_to_nobody_not_even_to_its_author(visit, database, cast):
    tell(database, cast.camille, "Encore un brouillon", ILLUSTRE, None)
    assert "Encore un brouillon" not in words(visit.as_("camille").get("/boussole/C1"))


def test_a_former_member_reads_nothing(visit, database, cast):
    tell(database, cast.camille, "Après le départ", ILLUSTRE)
    assert "Après le départ" not in words(visit.as_("gael").get("/boussole/C1"))


def test_writing_on_a_balise_starts_a_draft_that_carries_it(visit):
    client = visit.as_("camille")
    answer = client.send("/recits/nouveau", {"collectif": "valombre", "balise": "C1"})
    assert answer.status_code == 303
    assert "C1" in client.get(answer.location).get_data(as_text=True)


@pytest.mark.parametrize("path, most", [("/boussole", 6), ("/boussole/C1", 8), ("/boussole/C", 8)])
def test_statements_do_not_grow(visit, database, cast, count_statements, path, most):
    client = visit.as_("camille")
    tell(database, cast.camille, "Premier", ILLUSTRE)
    client.get(path)
    with count_statements() as few:
        client.get(path)
    for rank in range(8):
        tell(database, cast.bruno, f"Récit {rank}", {"C1": list(Stance)[rank % 3], "E1": Stance.ILLUSTRE})
    with count_statements() as many:
        client.get(path)
    assert len(few) == len(many) <= most


# --- balises of a collectif ------------------------------------------------------------------------------------------------


def test_an_animateur_adds_a_balise_that_members_use(visit, database, cast):
    ana = visit.as_("ana")
    answer = ana.send("/c/valombre/balises", balise_of())
    assert (answer.status_code, answer.location) == (303, "/c/valombre/balises")
    camille = visit.as_("camille")
    assert "Prévenir avant de fermer" in words(camille.get("/c/valombre/balises"))
    assert "Prévenir avant de fermer" in words(camille.get("/boussole"))
    page = words(camille.get("/c/valombre/boussole/prevenir-avant"))
    assert "<h1>Prévenir avant de fermer</h1>" in page
    assert "Qui le savait ?" in page
    code = re.search(r'name="balise" value="([^"]+)"', page)
    assert code
    tell(database, cast.bruno, "Avec la nôtre", {code[1]: Stance.NUANCE})
    assert "Avec la nôtre" in words(camille.get("/c/valombre/boussole/prevenir-avant"))
    assert count_beside(words(camille.get("/boussole")), "/c/valombre/boussole/prevenir-avant") == 1


def test_another_collectif_does_not_see_it(visit):
    visit.as_("ana").send("/c/valombre/balises", balise_of())
    ines = visit.as_("ines")
    assert ines.get("/c/valombre/boussole/prevenir-avant").status_code == 404
    assert ines.get("/c/valombre/balises").status_code == 404
    assert ines.get("/c/orbe/boussole/prevenir-avant").status_code == 404
    assert "Prévenir avant" not in words(ines.get("/boussole"))


@pytest.mark.parametrize("who, status", [("camille", 403), ("noor", 403), ("ines", 404), ("admin", 404)])
def test_only_animateurs_of_this_collectif_change_them(visit, who, status):
    visit.as_("ana").send("/c/valombre/balises", balise_of())
    client = visit.as_(who)
    assert client.send("/c/valombre/balises", balise_of(label="Une autre")).status_code == status
    assert client.get("/c/valombre/balises/prevenir-avant").status_code == status
    for path in ("", "/fermeture", "/ouverture"):
        assert client.send(f"/c/valombre/balises/prevenir-avant{path}", balise_of(label="Autre")).status_code == status


def test_it_is_changed_closed_and_opened_again_at_the_same_address(visit):
    ana = visit.as_("ana")
    ana.send("/c/valombre/balises", balise_of())
    answer = ana.send("/c/valombre/balises/prevenir-avant", balise_of(label="Prévenir tôt", title="Prévenir bien avant"))
    assert answer.location == "/c/valombre/boussole/prevenir-avant"
    assert "Prévenir bien avant" in words(ana.get("/c/valombre/boussole/prevenir-avant"))
    ana.send("/c/valombre/balises/prevenir-avant/fermeture")
    page = words(ana.get("/c/valombre/boussole/prevenir-avant"))
    assert "n’est plus proposée" in page
    assert "Écrire sur cette balise" not in page
    ana.send("/c/valombre/balises/prevenir-avant/ouverture")
    assert "Écrire sur cette balise" in words(ana.get("/c/valombre/boussole/prevenir-avant"))


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({"label": ""}, "Donnez un nom court à la balise."),
        ({"title": " \u200b \n "[:1]}, "Donnez un titre à la balise."),
        ({"label": "x" * 33}, "C’est trop long : 32 caractères au plus."),
        ({"title": "t" * 10_000}, "C’est trop long : 160 caractères au plus."),
        ({"text": "m" * 10_000}, "C’est trop long : 4000 caractères au plus."),
        ({"label": "créer la CONFIANCE"}, "Une balise porte déjà ce nom."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(visit, changed, sentence):
    typed = balise_of(**changed)
    answer = visit.as_("ana").send("/c/valombre/balises", typed)
    page = words(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert "Erreur : Les balises du collectif" in page
    for value in typed.values():
        assert " ".join(value.split()) in page


@pytest.mark.parametrize("ugly", UGLY)
def test_ugly_words_are_shown_as_words(visit, ugly):
    ana = visit.as_("ana")
    data = balise_of(label=ugly[:32], title=ugly, question=ugly, text=ugly)
    assert ana.send("/c/valombre/balises", data).status_code == 303
    for path in ("/c/valombre/balises", "/boussole"):
        assert "<script>alert" not in ana.get(path).get_data(as_text=True)
    slug = re.search(r"/c/valombre/boussole/([a-z0-9-]+)", ana.get("/boussole").get_data(as_text=True))
    assert slug
    page = ana.get(f"/c/valombre/boussole/{slug[1]}").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "\u202e" not in page and "\x00" not in page


def test_labels_without_letters_still_get_addresses_of_their_own(visit):
    ana = visit.as_("ana")
    for label in ("🌱", "🌊", "Prévenir", "prévenir !"):
        assert ana.send("/c/valombre/balises", balise_of(label=label, title=label)).status_code == 303
    page = ana.get("/boussole").get_data(as_text=True)
    for slug in ("balise", "balise-2", "prevenir", "prevenir-2"):
        assert f'"/c/valombre/boussole/{slug}"' in page


def test_twelve_open_ones_at_most(visit):
    ana = visit.as_("ana")
    for rank in range(own_balises.MOST_OPEN):
        assert ana.send("/c/valombre/balises", balise_of(label=f"Balise {rank}")).status_code == 303
    answer = ana.send("/c/valombre/balises", balise_of(label="De trop"))
    assert answer.status_code == 422
    assert "Le collectif a déjà 12 balises ouvertes" in words(answer)
    assert "De trop" in words(answer)
    ana.send("/c/valombre/balises/balise-3/fermeture")
    assert ana.send("/c/valombre/balises", balise_of(label="De trop")).status_code == 303
    ana.send("/c/valombre/balises/balise-3/ouverture")
    assert "Le collectif a déjà 12 balises ouvertes" in words(ana.get("/c/valombre/balises"))


def test_sent_twice_it_is_added_once(visit):
    ana = visit.as_("ana")
    data = balise_of() | {"idempotency_key": "une-seule-fois"}
    first, second = (ana.send("/c/valombre/balises", data) for _ in range(2))
    assert first.status_code == second.status_code == 303
    page = ana.get("/c/valombre/balises").get_data(as_text=True)
    assert page.count('href="/c/valombre/boussole/') == 1
