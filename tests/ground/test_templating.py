"""What templates print: escaped exactly as markupsafe does, whatever is printed and however."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, UndefinedError
from markupsafe import Markup, escape

from rex.collectifs.models import College
from rex.templating import as_key, paper_of, prepare, printed, shown

NASTY = ("<script>", "a & b", "« l'été »", 'x" onload="y', "&amp;", "", "\u2028", "'")


class Word(str):
    """A string of another class: what it prints is looked at all the same."""


class Drawn:
    """Something that says its own HTML, as forms do."""

    def __html__(self) -> str:
        return "<b>dit</b>"


@given(st.text())
def test_text_is_escaped_as_ever(value: str) -> None:
    assert str(printed(value)) == str(escape(value))
    assert str(printed(Word(value))) == str(escape(value))
    assert printed(Markup(value)) == Markup(value)


def test_whatever_is_printed() -> None:
    for value in (*NASTY, None, 3, College.ELU, Drawn(), Markup("<i>"), ["<b>"], Word("<b>")):
        assert str(printed(value)) == str(escape(value)), value


@pytest.fixture
def env() -> Environment:
    sources = {
        "part.html": "{% macro cell(x) %}<td>{{ x }}</td>{% endmacro %}{% macro around() %}[{{ caller() }}]{% endmacro %}",
        "page.html": '{% import "part.html" as part %}{% set kept %}{{ x }}{% endset %}{{ x }}|{{ part.cell(x) }}|{{ kept }}'
        "|{% call part.around() %}{{ x }}{% endcall %}|{{ x ~ '<' }}|{% filter upper %}{{ x }}{% endfilter %}",
        "letter.txt": "{{ x }}",
        "missing.html": "{{ nothing }}",
    }
    env = Environment(loader=DictLoader(sources), autoescape=lambda name: bool(name and name.endswith(".html")))
    prepare(env, lambda: pytest.fail("no date here"))
    return env


def test_nothing_gets_out_unescaped(env: Environment) -> None:
    page = env.get_template("page.html").render(x="<b>'&")
    cell = "&lt;b&gt;&#39;&amp;"
    assert page == f"{cell}|<td>{cell}</td>|{cell}|[{cell}]|{cell}&lt;|{cell.upper()}"
    assert env.get_template("page.html").render(x=Markup("<b>")).startswith("<b>|<td><b></td>|<b>|[<b>]|<b>&lt;|")
    assert env.get_template("letter.txt").render(x="<b>'&") == "<b>'&"
    with pytest.raises(UndefinedError):
        env.get_template("missing.html").render()


def test_words_that_are_told() -> None:
    assert shown("« Oui » : <b>") == Markup("«\u202fOui\u202f»\u00a0: &lt;b&gt;")
    assert as_key([("", "Tous"), (3, Markup("<b>"))]) == (("", "Tous"), ("3", "<b>"))


def test_the_name_of_the_paper() -> None:
    names = {"Ville de Valombre": "Journal de la Ville de Valombre", "Pays d’Orbe": "Journal du Pays d’Orbe"}
    names |= {"Orbe": "Journal d’Orbe", "Valombre": "Journal de Valombre"}
    assert {place: paper_of(place) for place in names} == names
    assert paper_of(None) == "REX, le journal"
