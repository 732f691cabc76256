"""The demonstration's password is public: whatever the server listens to, only this machine is answered."""

import runpy
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, request
from sqlalchemy.exc import OperationalError

from rex import opening
from rex.collectifs.models import Collectif
from rex.config import ROOT, config_from
from rex.demo.clearing import clear
from rex.this_machine import is_from_here
from tests.house.test_too_heavy import serving

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7", "HTTP_HOST": "192.0.2.1:8000"}


@pytest.fixture
def settings_with_demo(settings: dict[str, str]) -> dict[str, str]:
    """An installation where a collectif is of the demonstration."""
    database = opening.open_database(config_from(settings))
    with database.system("a demonstration", write=True) as session:
        session.add(Collectif(slug="essai", name="Essai", is_demo=True))
    database.dispose()
    return settings


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, str]], Flask]]:
    """What `gunicorn wsgi:app` serves with these settings."""
    made: list[Flask] = []

    def serving(settings: dict[str, str]) -> Flask:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("rex.serve.settle", lambda: None)
        made.append(runpy.run_path(str(ROOT / "wsgi.py"))["app"])
        return made[-1]

    yield serving
    for app in made:
        app.extensions["rex"].database.dispose()


def asked(app: Flask, environ: dict[str, str], path: str = "/connexion") -> tuple[int, str]:
    answer = app.test_client().get(path, environ_overrides=environ)
    return answer.status_code, answer.get_data(as_text=True)


HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}


@pytest.mark.parametrize(
    ("environ", "is_here"),
    [
        ({}, True),
        ({"HTTP_HOST": "127.0.0.1:8000"}, True),
        ({"HTTP_HOST": "LOCALHOST:8000"}, True),
        ({"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, True),
        ({"REMOTE_ADDR": ""}, True),  # a socket of the file system
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, True),
        ({"HTTP_ORIGIN": "http://localhost:8000"}, True),
        ({"HTTP_ORIGIN": "null"}, True),  # what a browser says that hides where it is
        ({"REMOTE_ADDR": "192.0.2.7"}, False),
        ({"HTTP_HOST": "rex.ville.fr"}, False),
        ({"HTTP_HOST": "127.0.0.1.ville.fr"}, False),
        ({"HTTP_HOST": "ville.fr@localhost"}, False),
        ({"HTTP_HOST": ""}, False),
        ({"REMOTE_ADDR": "::ffff:192.0.2.7"}, False),
        ({"REMOTE_ADDR": "", "HTTP_HOST": "rex.ville.fr"}, False),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.7, 127.0.0.1"}, False),
        ({"HTTP_X_REAL_IP": "192.0.2.7"}, False),
        ({"HTTP_X_FORWARDED_HOST": "localhost, rex.ville.fr"}, False),
        ({"HTTP_FORWARDED": "for=192.0.2.7"}, False),
        ({"HTTP_ORIGIN": "https://rex.ville.fr"}, False),
        ({"HTTP_ORIGIN": "http://rex.ville.fr"}, False),
    ],
)
def test_what_comes_from_this_machine(environ, is_here) -> None:
    assert is_from_here(HERE | environ) is is_here


def test_only_this_machine_is_answered(settings_with_demo, serve, monkeypatch) -> None:
    app = serve(settings_with_demo)
    assert asked(app, ELSEWHERE)[0] == asked(app, {"HTTP_HOST": "rex.ville.fr"})[0] == 403
    monkeypatch.setattr("rex.this_machine.has_demo", lambda _: 1 / 0)
    assert asked(app, {})[0] == 200, "from here, the base is not asked again"


def test_elsewhere_nothing_is_shown_but_why(settings_with_demo, serve) -> None:
    app = serve(settings_with_demo)
    pages = {asked(app, ELSEWHERE, path) for path in ("/", "/connexion", "/sante", "/administration", "/absent")}
    ((status, page),) = pages
    assert status == 403 and "que sur la machine elle-même" in page and "rex demo clear" in page
    form = app.test_client().post("/connexion", data={"address": "admin@demo.rex"}, environ_overrides=ELSEWHERE)
    assert form.status_code == 403 and "Set-Cookie" not in form.headers


def test_once_cleared_everybody_is_answered_without_a_restart(settings_with_demo, serve, monkeypatch) -> None:
    app = serve(settings_with_demo)
    installation = app.extensions["rex"]
    clear(installation.database, installation.config)
    assert asked(app, ELSEWHERE)[0] == 200
    monkeypatch.setattr("rex.this_machine.has_demo", lambda _: 1 / 0)
    assert asked(app, ELSEWHERE)[0] == 200, "and nothing is asked of the base any more"


def test_a_base_that_does_not_answer_opens_nothing(settings_with_demo, serve, monkeypatch) -> None:
    app = serve(settings_with_demo)

    def silent(_database: object) -> bool:
        raise OperationalError("SELECT", None, Exception("silent"))

    monkeypatch.setattr("rex.this_machine.has_demo", silent)
    assert asked(app, ELSEWHERE)[0] == 403


def test_without_a_demonstration_there_is_no_guard(settings, serve) -> None:
    assert asked(serve(settings), ELSEWHERE)[0] == 200


def test_a_server_that_may_not_serve_it_says_one_sentence(settings_with_demo, serve, capfd) -> None:
    with pytest.raises(SystemExit) as stopped:
        serve(settings_with_demo | {"REX_BASE_URL": "https://rex.ville.fr"})
    told = capfd.readouterr().err
    assert stopped.value.code == 4, "gunicorn starts no other worker"
    assert told.count("\n") == 1 and "que sur cette machine" in told


@pytest.mark.parametrize("names", [{"X-Forwarded-For": "192.0.2.7"}, {"Forwarded": "for=192.0.2.7"}, {"Origin": "http://rex.ville.fr"}])
def test_a_proxy_that_renames_the_host_is_seen_through_the_server_too(names) -> None:
    app = Flask("who asks")
    app.add_url_rule("/", view_func=lambda: str(is_from_here(request.environ)))
    with serving(app) as connection:
        said = []
        for headers in ({}, names):
            connection.request("GET", "/", headers=headers)
            said.append(connection.getresponse().read().decode())
    assert said == ["True", "False"]
