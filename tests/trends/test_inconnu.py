"""What the page says that it does not know."""

from typing import Any

from rex import clock
from rex.db import Database
from rex.journal.models import Audience, Stance
from rex.referentiel.content import BALISES
from rex.trends import inconnu
from tests.cast import Cast
from tests.making import make_group, make_recit, reader_of
from tests.tensions.making import tell
from tests.trends.journals import Shape, fill
from tests.trends.looking import look_of


def said(database: Database, person: Any, given: dict[str, str] | None = None, slug: str = "valombre") -> dict[str, str]:
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, person)
        found = inconnu.read(look_of(session, reader, given, slug)).said
    return {one.about: one.words.replace("\u202f", " ").replace("\u00a0", " ") for one in found}


def test_balises_without_a_recit_are_named_when_they_are_few(database: Database, cast: Cast) -> None:
    codes = [one.code for one in BALISES]
    for first in range(0, 21, 3):
        make_recit(database, cast.camille, balises=dict.fromkeys(codes[first : first + 3], Stance.ILLUSTRE))
    words = said(database, cast.jeanne)["Les balises sans récit"]
    assert words.startswith(
        f"Depuis le début, aucun récit n’a encore été publié sur « {BALISES[21].label} » ni « {BALISES[22].label} »."
    )
    assert said(database, cast.jeanne, {"enjeu": "E"})["Les balises sans récit"] == words, "filters change nothing to it"
    make_recit(database, cast.camille, balises=dict.fromkeys(codes[21:], Stance.ILLUSTRE))
    assert "Les balises sans récit" not in said(database, cast.jeanne)


def test_many_balises_without_a_recit_are_counted(database: Database, cast: Cast) -> None:
    make_recit(database, cast.camille, balises={"E1": Stance.ILLUSTRE}, audience=Audience.COLLECTIF)
    make_recit(database, cast.camille, balises={"E2": Stance.ILLUSTRE}, audience=None)
    tell(database, cast.camille, cast.valombre_id, "La clé manque.", balises=["E3"])
    assert "De 22 balises sur 23, depuis le début" in said(database, cast.jeanne)["Les balises sans récit"]
    assert "De 23 balises sur 23" in said(database, cast.jeanne, slug="")["Les balises sans récit"], (
        "nothing was opened to the réseau"
    )


def test_what_a_group_tells_is_told_nowhere_here(database: Database, cast: Cast) -> None:
    before = said(database, cast.camille)
    group = make_group(database, cast.camille, cast.dora)
    make_recit(database, cast.camille, balises={"E1": Stance.ILLUSTRE}, group=group.id)
    tell(database, cast.camille, group.id, "La clé manque.", balises=["E3"])
    assert said(database, cast.camille) == before


def test_colleges_that_never_wrote(database: Database, cast: Cast) -> None:
    assert (
        "rien n’a été signé depuis ces collèges : « Élus », « Direction et services »,"
        in said(database, cast.paul)["Les collèges que l’on n’entend pas"]
    )
    for person in (cast.camille, cast.paul, cast.jeanne, cast.noor):
        make_recit(database, person, collectif="valombre")
    words = said(database, cast.paul)["Les collèges que l’on n’entend pas"]
    assert words.startswith("Depuis le début, rien n’a été signé depuis ce collège : « Opérateurs et associations ».")


def test_how_many_services_are_too_small_is_said_from_two_on(database: Database, cast: Cast) -> None:
    fill(database, cast, Shape((2, 3, 4)), "one")
    words = said(database, cast.noor)["Les services réunis"]
    assert "trois personnes au moins" in words and "Ici" not in words
    fill(database, cast, Shape((1,)), "two")
    assert said(database, cast.noor)["Les services réunis"].endswith("Ici, deux services ou structures sont dans ce cas.")


def test_who_has_no_service_is_no_small_service(database: Database, cast: Cast) -> None:
    fill(database, cast, Shape((2, 3, 4), without=1), "and nobody")
    assert "Ici" not in said(database, cast.noor)["Les services réunis"], "it would tell that one service alone is small"


def test_too_few_difficulties_to_group(database: Database, cast: Cast) -> None:
    assert said(database, cast.noor)["Les tensions"].endswith("Sous 20 difficultés, REX n’en rapproche aucune de lui-même.")
    tell(database, cast.camille, cast.valombre_id, "La clé manque.", "Le portail ferme trop tôt.")
    assert said(database, cast.noor)["Les tensions"].endswith("lui-même : ce journal en a 2.")
    tell(database, cast.camille, cast.valombre_id, *(f"La clé {number} manque." for number in range(18)))
    assert "REX" not in said(database, cast.noor)["Les tensions"]
    assert "Les tensions" not in said(database, cast.noor, slug=""), "the réseau has none"


def test_days_that_are_not_over_say_so(database: Database, cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T12:00:00+00:00")
    today = clock.today("Europe/Paris")
    whole = {"du": f"{today:%Y-%m-%d}", "au": f"{today:%Y-%m-%d}"}
    assert "n’est pas finie" in said(database, cast.noor, {"periode": "2026-11"})["Les jours comptés"]
    assert "n’est pas finie" not in said(database, cast.noor, whole)["Les jours comptés"]
    assert "n’est pas finie" not in said(database, cast.noor, {"periode": "2024"})["Les jours comptés"]


def test_it_takes_one_statement(database: Database, cast: Cast, count_statements: Any) -> None:
    fill(database, cast, Shape((2, 3, 4)), "many")
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        look = look_of(session, reader)
        with count_statements() as seen:
            inconnu.read(look)
    assert len(seen) == 1
