"""French as code: the marks, the agreements, the dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup

from rex.french import (
    ago,
    count,
    date_long,
    date_short,
    datetime_long,
    fold,
    hour,
    initials,
    joined,
    of_name,
    plural,
    register_filters,
    that_name,
    typo,
)

# In the expectations below « ~ » stands for the narrow no-break space and « _ » for the ordinary one.
MARKS = [
    ("Qui décide ?", "Qui décide~?"),
    ("Qui décide?", "Qui décide~?"),
    ("Quoi ?!", "Quoi~?!"),
    ("Trois points : un ; deux !", "Trois points_: un~; deux~!"),
    ("« Oui »", "«~Oui~»"),
    ("«Oui», dit-il", "«~Oui~», dit-il"),
    ("l'équipe d'Inès et l'«AMAP»", "l’équipe d’Inès et l’«~AMAP~»"),
    ("50 % à 8:05", "50_% à 8:05"),
    ("https://exemple.fr/a?b=1;c : voir", "https://exemple.fr/a?b=1;c_: voir"),
    ("écrire à o.neil+a@exemple.fr", "écrire à o.neil+a@exemple.fr"),
    ("le code `a ? b : c` !", "le code `a ? b : c`~!"),
    ("(?) et ... rien", "(?) et ... rien"),
    ("rien à faire", "rien à faire"),
    ("60 000 personnes, 1 234 567 €", "60~000 personnes, 1~234~567_€"),
    ("à 16 h 30, ou à 9 h.", "à 16_h_30, ou à 9_h."),
    ("en 2026 300 récits, 12,345 678, v1.2 000", "en 2026 300 récits, 12,345 678, v1.2 000"),
    ("le code `60 000` et https://exemple.fr/60 000", "le code `60 000` et https://exemple.fr/60 000"),
    ("12 habitants, 3 hommes, 16 h 300", "12 habitants, 3 hommes, 16_h 300"),
    ("déjà 60\u202f000, 60\u00a0000 et 16\u00a0h\u202f30", "déjà 60~000, 60~000 et 16_h_30"),
]


@pytest.mark.parametrize(("typed", "shown"), MARKS)
def test_marks(typed: str, shown: str) -> None:
    assert typo(typed) == shown.replace("~", "\u202f").replace("_", "\u00a0")


@given(st.text(alphabet=st.sampled_from("aé1 '«»;:!?.,\n\u00a0\u202f`/(*%&;h"), max_size=40))
def test_typography_twice_is_typography_once_and_only_touches_spaces_and_apostrophes(text: str) -> None:
    once = typo(text)
    assert typo(once) == once

    def bare(words: str) -> str:
        return "".join(words.replace("’", "'").split())

    assert bare(once) == bare(text)


def test_a_piece_of_a_sentence_is_set_with_what_stands_around_it() -> None:
    assert typo("?", before="i") == "\u202f?"
    assert typo("l'", after="A") == "l’"
    assert typo("dit ", after=":") == "dit\u00a0"
    assert typo(" : voilà", before="t") == "\u00a0: voilà"


@pytest.mark.parametrize(("n", "words"), [(0, "0 récit"), (1, "1 récit"), (2, "2 récits"), (1234, "1 234 récits")])
def test_zero_is_singular_and_thousands_stand_apart(n: int, words: str) -> None:
    shown = count(n, "récit")
    assert " " not in shown
    assert shown.replace("\u00a0", " ").replace("\u202f", " ") == words


def test_plurals() -> None:
    assert plural(0, "personne") == plural(1, "personne") == "personne"
    assert plural(2, "récit publié") == "récits publiés"
    assert plural(2, "journal", "journaux") == "journaux"


def test_lists() -> None:
    assert [joined(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a et b", "a, b et c"]
    assert joined(["a", "b"], "ou") == "a ou b"


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_dates_are_those_of_the_zone() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert spaced(date_long(late, "Europe/Paris")) == "samedi 21 novembre 2026"
    assert spaced(date_long(late, "America/Cayenne")) == "vendredi 20 novembre 2026"
    assert spaced(date_long(date(2026, 11, 1))) == "dimanche 1er novembre 2026"
    assert spaced(date_long(late.replace(tzinfo=None), "Europe/Paris")) == "samedi 21 novembre 2026"
    assert spaced(datetime_long(late, "Europe/Paris")) == "samedi 21 novembre 2026 à 0 h 30"


def test_short_dates_say_the_year_when_it_is_another() -> None:
    today = date(2026, 11, 21)
    assert spaced(date_short(date(2026, 11, 18), today=today)) == "18 novembre"
    assert spaced(date_short(date(2025, 3, 1), today=today)) == "1er mars 2025"


def test_hours() -> None:
    assert spaced(hour(datetime(2026, 7, 1, 6, 5, tzinfo=UTC), "Europe/Paris")) == "8 h 05"
    assert spaced(hour(datetime(2026, 7, 1, 7, 0, tzinfo=UTC), "Europe/Paris")) == "9 h"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(seconds=20), "à l’instant"),
        (timedelta(seconds=-20), "à l’instant"),
        (timedelta(minutes=12), "il y a 12 min"),
        (timedelta(hours=2), "il y a 2 h"),
        (timedelta(hours=20), "hier"),
        (timedelta(days=3), "il y a 3 jours"),
        (timedelta(days=10), "11 novembre"),
        (timedelta(days=400), "17 octobre 2025"),
        (timedelta(days=-2), "23 novembre"),
    ],
)
def test_how_long_ago(since: timedelta, words: str) -> None:
    now = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
    assert spaced(ago(now - since, now)) == words


def test_names() -> None:
    assert [initials(name) for name in ("Inès", "Marc Oudin", "Anne de La Tour", "Jean-Luc d'Ys", "")] == [
        "I",
        "MO",
        "AT",
        "JY",
        "",
    ]
    assert [of_name(name) for name in ("Inès", "Marc", "Élodie", "Hélène", "Hakim", "Yves", "Yann")] == [
        "d’Inès",
        "de Marc",
        "d’Élodie",
        "d’Hélène",
        "de Hakim",
        "d’Yves",
        "de Yann",
    ]
    assert [that_name(name) for name in ("Inès", "Marc", "une personne")] == ["qu’Inès", "que Marc", "qu’une personne"]


def test_folding_forgets_accents_case_and_ligatures() -> None:
    assert fold("  L’ŒUVRE  d’Élodie ") == fold("l'oeuvre d'elodie")


def test_filters_in_a_page() -> None:
    environment = Environment(autoescape=True)
    register_filters(environment)

    class Space:
        timezone = "America/Cayenne"

    page = (
        "{{ 'Qui ?'|fr }}|{{ html|fr }}|{{ day|date_fr }}|{{ day|date_short_fr }}|{{ day|datetime_fr }}|{{ day|hour_fr }}"
        "|{{ day|ago_fr }}|{{ 2|count_fr('récit') }}|{{ ['a', 'b']|joined_fr }}|{{ 2|plural_fr('journal', 'journaux') }}"
    )
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    shown = environment.from_string(page).render(
        space=Space(), day=now - timedelta(hours=1), now=now, today=now.date(), html=Markup("<b title='a ?'>a ?</b>")
    )
    assert spaced(shown).split("|") == [
        "Qui ?",
        "<b title='a ?'>a ?</b>",
        "samedi 21 novembre 2026",
        "21 novembre",
        "samedi 21 novembre 2026 à 8 h",
        "8 h",
        "il y a 1 h",
        "2 récits",
        "a et b",
        "journaux",
    ]
    assert "\u202f" in shown
