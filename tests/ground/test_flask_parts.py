"""Addresses kept in memory are those that Flask makes, whatever is asked and however often."""

from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError
from werkzeug.test import EnvironBuilder

from rex.flask_parts import App

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("page", {"slug": "a"}),
    ("page", {"slug": "b"}),
    ("page", {"slug": "à la carte", "suite": "x&y", "page": "2"}),
    ("page", {"page": "2", "slug": "a"}),
    ("page", {"slug": "a", "page": None}),
    ("page", {"slug": "a", "balise": ["un", "deux"]}),
    ("page", {"slug": "a", "_anchor": "fin"}),
    ("page", {"slug": "a", "_external": True}),
    ("page", {"slug": "a", "_external": True, "_scheme": "https"}),
    ("numbered", {"number": 3}),
    (".page", {"slug": "a"}),
]


def with_pages(app: Flask) -> Flask:
    app.add_url_rule("/pages/<slug>", endpoint="page", view_func=lambda slug: slug)
    app.add_url_rule("/numéros/<int:number>", endpoint="numbered", view_func=lambda number: str(number))
    return app


@pytest.mark.parametrize("under", ["", "/journal"])
def test_an_address_in_memory_is_the_one_that_flask_makes(under) -> None:
    ours, theirs = with_pages(App("ours")), with_pages(Flask("theirs"))
    place = {"path": "/pages/ici", "base_url": f"http://exemple.fr{under}"}
    for _ in range(2):
        for endpoint, values in ASKED:
            with theirs.test_request_context(**place):
                expected = url_for(endpoint, **values)
            with ours.test_request_context(**place):
                in_templates: Any = ours.jinja_env.globals["url_for"]
                assert url_for(endpoint, **values) == in_templates(endpoint, **values) == expected
                assert expected.startswith((under, "http"))


def test_one_application_served_in_two_places_does_not_mix_them() -> None:
    app = with_pages(App("ours"))
    found = []
    for base in ("http://un.fr/", "http://deux.fr/sous/", "http://un.fr/"):
        with app.request_context(EnvironBuilder("/", base).get_environ()):
            found.append(url_for("page", slug="a"))
    assert found == ["/pages/a", "/sous/pages/a", "/pages/a"]


def test_a_page_that_does_not_exist_has_no_address_however_often_it_is_asked() -> None:
    app = with_pages(App("ours"))
    with app.test_request_context("/"):
        for _ in range(2):
            with pytest.raises(BuildError):
                url_for("nowhere", slug="a")
    with app.app_context(), pytest.raises(RuntimeError):  # from a console nobody knows the host
        url_for("page", slug="a")


def test_routes_are_looked_up_once_for_the_same_page(monkeypatch) -> None:
    app, made = with_pages(App("ours")), []
    monkeypatch.setattr(Flask, "url_for", lambda _, endpoint, **values: made.append(endpoint) or "/made")
    with app.test_request_context("/"):
        assert {url_for("page", slug="a") for _ in range(5)} == {"/made"}
    assert made == ["page"]
