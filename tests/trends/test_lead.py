"""The paragraph of the page: its sentences one by one, from figures made by hand; then over random journals."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from rex.db import Database
from rex.trends.asked import Place, asked_from
from rex.trends.jalons import ShownJalon
from rex.trends.lead import MOST, SILENT, Lead, lead_of
from rex.trends.page import LEAST_RECITS, Numbers, page_of
from rex.trends.sentences import said
from rex.trends.tables import Cell
from rex.trends.units import OTHERS, Unit
from tests.cast import Cast
from tests.making import make_recit, reader_of
from tests.trends.journals import Shape, addresses, drawn_shape, fill
from tests.trends.looking import look_of
from tests.trends.telling import MAY, gather, looked, of_service, tell, three_each

TODAY = date(2026, 11, 22)
PLACE = Place(1, "valombre", "Ville de Valombre", "Europe/Paris")
JALON = ShownJalon("a" * 16, date(2026, 3, 1), "Réorganisation")
VOIRIE, CCAS = Unit(1, "v" * 16, "Voirie"), Unit(2, "c" * 16, "CCAS")
PARENTS, AUTRES = Unit(3, "p" * 16, "Parents d’élèves", is_structure=True), Unit(-1, OTHERS, "Autres services")

NOTHING = Numbers(0, 0, 0, 0, 40)


@dataclass
class Fake:
    """A page of which a test says the figures."""

    given: dict[str, str] = field(default_factory=dict)
    numbers: Numbers = NOTHING
    sections: dict[str, Any] = field(default_factory=dict)
    has_enough: bool = True

    @property
    def look(self) -> Any:
        return SimpleNamespace(asked=asked_from(self.given, PLACE, TODAY, [JALON]))

    def section(self, key: str) -> Any:
        return self.sections.get(key)


def plain(words: str) -> str:
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def told(page: Any) -> str:
    return plain(lead_of(page).words)


def tensions(year: int, now: int, ever: int, *units: Unit, name: str = "Informer n'est pas associer") -> dict[str, Any]:
    cells = {"year": Cell(year, "/annee"), "now": Cell(now, "/la" if now else ""), "ever": Cell(ever, "/toujours")}
    row = SimpleNamespace(name=name, url="/tensions/x", units=units, **cells)
    return {"tensions": SimpleNamespace(rows=(row,), axis_words="en un an")}


TENSIONS = [
    (
        tensions(10, 4, 12, VOIRIE, CCAS),
        {},
        "« Informer n’est pas associer » revient pour la dixième fois en un an, dans deux services.",
    ),
    (tensions(1, 1, 5, VOIRIE), {}, "« Informer n’est pas associer » revient pour la première fois en un an."),
    (tensions(1, 1, 1, VOIRIE), {}, "« Informer n’est pas associer » se raconte pour la première fois."),
    (tensions(21, 4, 22, VOIRIE, AUTRES), {}, "« Informer n’est pas associer » revient pour la 21e fois en un an."),
    (
        tensions(3, 1, 3, VOIRIE, CCAS, PARENTS, AUTRES),
        {},
        "« Informer n’est pas associer » revient pour la troisième fois en un an, dans trois services et structures au moins.",
    ),
    (
        tensions(2, 1, 2, VOIRIE, CCAS),
        {"enjeu": "C"},
        "En coopération, « Informer n’est pas associer » se raconte deux fois en un an, dans deux services.",
    ),
    (
        tensions(2, 1, 2, VOIRIE, CCAS),
        {"service": "v" * 16},
        "Dans cette sélection, « Informer n’est pas associer » se raconte deux fois en un an.",
    ),
    (
        tensions(1, 1, 1, VOIRIE),
        {"college": "elu", "enjeu": "C"},
        "Dans cette sélection, « Informer n’est pas associer » se raconte une fois en un an.",
    ),
    (tensions(1, 1, 5, VOIRIE), {"enjeu": "C"}, "En coopération, « Informer n’est pas associer » se raconte une fois en un an."),
    (tensions(4, 0, 4, VOIRIE), {}, ""),
    ({"tensions": SimpleNamespace(rows=(), axis_words="en un an")}, {}, ""),
]


@pytest.mark.parametrize(("sections", "given", "words"), TENSIONS)
def test_the_tension_that_is_told_most(sections: dict[str, Any], given: dict[str, str], words: str) -> None:
    assert told(Fake(given, sections=sections)) == words


COMPARED = [
    ((16, 10), {}, "16 récits ont été publiés, contre 10 les trois mois d’avant."),
    ((9, 10), {"periode": "2026-11"}, "9 récits ont été publiés à ce jour, contre 10 du 1er au 22 octobre 2026."),
    ((1, 10), {"periode": "2026-10"}, "1 récit a été publié, contre 10 le mois d’avant."),
    ((0, 3), {"periode": "2026-10"}, "Aucun récit n’a été publié, contre 3 le mois d’avant."),
    ((7, 0), {"periode": "2025"}, "7 récits ont été publiés, aucun l’année d’avant."),
    ((1234, 2), {"periode": "2025"}, "1 234 récits ont été publiés, contre 2 l’année d’avant."),
    ((7, 1), {"avec": JALON.public_id}, "7 récits ont été publiés, contre 1 les trois mois avant « Réorganisation »."),
    ((7, 1), {"periode": "2026-10", "enjeu": "V"}, "Du côté de la valeur, 7 récits ont été publiés, contre 1 le mois d’avant."),
    ((0, 1), {"periode": "2026-10", "enjeu": "C"}, "En coopération, aucun récit n’a été publié, contre 1 le mois d’avant."),
    ((7, 1), {"periode": "2026-10", "balise": "V3"}, "Dans cette sélection, 7 récits ont été publiés, contre 1 le mois d’avant."),
    ((7, 7), {}, ""),
    ((1, 7), {"service": "v" * 16}, ""),
    ((1, 7), {"college": "elu"}, ""),
]


@pytest.mark.parametrize(("numbers", "given", "words"), COMPARED)
def test_more_or_fewer_than_before(numbers: tuple[int, int], given: dict[str, str], words: str) -> None:
    assert told(Fake(given, Numbers(*numbers, 0, 0, 40))) == words


def test_tensions_put_to_work() -> None:
    def page(number: int, **given: str) -> Fake:
        items = tuple(SimpleNamespace(words=f"Tension {one}", url="/tensions/x") for one in range(number))
        part = SimpleNamespace(items=items) if items else None
        return Fake(given, sections={"seances": SimpleNamespace(key="seances", part=lambda key: part)})

    assert told(page(1)) == "« Tension 0 » a été mise au travail."
    assert told(page(3)) == "Trois tensions ont été mises au travail."
    assert lead_of(page(3)).sentences[0][0].url == "/c/valombre/tendances#seances", "a file leads there too"
    assert told(page(40)) == "Plusieurs tensions ont été mises au travail."
    assert told(page(0)) == told(page(3, enjeu="C")) == "", "filters do not narrow them"


def mark(agree: int, against: int, now: int = 1, label: str = "Créer la confiance") -> Any:
    cells = {"agree": Cell(agree, "/oui"), "against": Cell(against, "/non"), "now": Cell(now)}
    return SimpleNamespace(marker=SimpleNamespace(label=label, href="/b"), is_disputed=bool(agree and against), **cells)


def test_a_balise_on_which_recits_disagree() -> None:
    def page(*marks: Any) -> Fake:
        return Fake(sections={"couverture": SimpleNamespace(groups=(SimpleNamespace(marks=marks),))})

    assert (
        told(page(mark(3, 1), mark(1, 1)))
        == "« Créer la confiance » est disputée : depuis le début, 3 récits l’illustrent, 1 autre la contredit."
    )
    assert told(page(mark(9, 1, label="Voyager"), mark(2, 2))).endswith(", 2 récits l’illustrent, 2 autres la contredisent.")
    assert told(page(mark(1, 4))).endswith(", 1 récit l’illustre, 4 autres la contredisent.")
    assert told(page(mark(3, 0), mark(2, 2, now=0))) == "", "not told in these days"


def test_two_that_nothing_links() -> None:
    def page(**given: str) -> Fake:
        missing = SimpleNamespace(one=VOIRIE, other=CCAS)
        return Fake(given, sections={"ensemble": SimpleNamespace(key="ensemble", missing=missing, told=())})

    assert told(page()) == "Voirie et CCAS ont chacun raconté, et aucun récit ne les relie encore."
    assert told(page(periode="2025")) == "Voirie et CCAS ont chacun raconté, et aucun récit ne les relie."
    assert told(page(service="v" * 16)) == "", "the page is about one: it would be told that it lacks another"
    words = "Voirie et CCAS ont chacun raconté, et aucun récit ne les relie dans cette sélection."
    assert told(page(enjeu="C")) == f"En coopération, {words}", "another enjeu may link them; a name keeps its capital"


@pytest.mark.parametrize(("number", "words"), [(0, ""), (1, "On s’est dit merci une fois."), (23, "On s’est dit merci 23 fois.")])
def test_mercis(number: int, words: str) -> None:
    assert told(Fake(numbers=Numbers(0, 0, 0, number, 40))) == words


def test_what_the_figures_are_made_of() -> None:
    def scope(number: int, *units: Unit) -> str:
        page = Fake(numbers=Numbers(number, number, 0, 0, 40))
        page.sections = {"ensemble": SimpleNamespace(key="ensemble", missing=None, told=units)}
        return plain(said(lead_of(page).scope))

    end = " Les groupes de pairs ne sont dans aucun chiffre."
    assert scope(39, VOIRIE, CCAS, PARENTS) == f"39 récits publiés, 2 services, 1 structure.{end}"
    assert scope(1, VOIRIE) == f"1 récit publié, 1 service.{end}"
    assert scope(2, PARENTS, AUTRES) == f"2 récits publiés, 1 structure, et d’autres services comptés ensemble.{end}"
    assert scope(2, AUTRES) == scope(2) == f"2 récits publiés.{end}"
    assert scope(0) == f"Aucun récit publié dans cette période.{end}"


def test_of_a_selection_it_says_what_is_true_of_it(database: Database, cast: Cast) -> None:
    """A tension that two services told, each about another enjeu: of one, no first time; of an enjeu, one service."""
    journal = three_each(database, cast, 3, 3)
    first, second = of_service(journal, 0), of_service(journal, 1)
    for _ in range(LEAST_RECITS):
        tell(database, journal, [first])
    tell(database, journal, [second], ["C1"], datetime(2024, 4, 9, tzinfo=UTC), is_difficulty=True)
    tell(database, journal, [first], ["V3"], is_difficulty=True)
    gather(database, journal)
    with looked(database, cast.noor) as look:
        assert "revient pour la deuxième fois en un an, dans deux services" in services_alone(page_of(look).lead.words)
        unit = look.units.unit_of(journal.services[0])
        assert unit
    for given in ({"service": unit.key}, {"college": first[2].value}, {"enjeu": "V"}, {"balise": "V3"}):
        with looked(database, cast.noor, MAY | given) as look:
            words = plain(page_of(look).lead.words)
            assert "» se raconte une fois en un an." in words or (first[2] is second[2] and "college" in given), (given, words)
            assert "première fois" not in words and "dans deux" not in words, given


def services_alone(words: str) -> str:
    """Whether the services were drawn as structures or not."""
    return plain(words).replace("services et structures", "services")


def test_it_is_silent_when_too_little_is_told(database: Database, cast: Cast, visit: Any) -> None:
    for _ in range(4):
        make_recit(database, cast.camille)
    page = visit.as_("dora").get("/c/valombre/tendances").get_data(as_text=True)
    assert "trend-lead" not in page and "trend-scope" not in page
    make_recit(database, cast.camille)
    page = visit.as_("dora").get("/c/valombre/tendances").get_data(as_text=True)
    assert "trend-scope" in page and "ont été publiés" not in page, "a journal that begins is not said to tell more"


def test_nothing_to_say_is_said_by_nothing() -> None:
    assert lead_of(Fake()).sentences == () and lead_of(Fake(has_enough=False)) == Lead("Ce qui résiste depuis trois mois")
    assert SILENT.words == ""


SUPERLATIVE = re.compile(r"\b(le|la|les) (plus|moins|meilleure?s?|pires?)\b|\bpeu\b|\bmauvais", re.IGNORECASE)
WRONG = re.compile(r"[ ][;:!?»]|«[ ]|\b(de|que|le|la) [aeiouyhéè]\w* |  |\.\.|,,|\bNone\b", re.IGNORECASE)


@pytest.mark.parametrize("seed", range(4))
def test_over_random_journals_it_is_short_linked_and_blames_nobody(database: Database, cast: Cast, seed: int) -> None:
    chance = Random(f"lead {seed}")
    journal = fill(database, cast, drawn_shape(chance) if seed else Shape((1, 3, 4), without=2), f"lead {seed}")
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        look = look_of(session, reader)
        asked = addresses(journal, [one.key for one in look.units.shown], [key for key, _ in look.colleges.shown])
        for given in [*asked[:3], *chance.sample(asked[3:], 4)]:
            lead = page_of(look_of(session, reader, given)).lead
            assert len(lead.sentences) <= MOST
            for sentence in lead.sentences:
                words = said(sentence)
                assert words.endswith(".") and words[0] in "«0123456789" + words[0].upper(), words
                assert any(part.url for part in sentence), words
                assert not SUPERLATIVE.search(words) and not WRONG.search(words), words
                assert "Une personne" not in words
