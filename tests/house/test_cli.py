"""The command line as people meet it: what it refuses in one sentence, what it serves, how it stops."""

import io
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
from flask import Flask, request

from rex import clock, opening
from rex.__main__ import start
from rex.cli import main, rex
from rex.cli_french import agrees
from rex.collectifs.models import User
from rex.config import ROOT, config_from
from rex.demo import loader
from rex.refusals import Refused, sentence_of
from rex.serve import Address, listen, refuse_public_demo
from rex.serving import AccessLog, settings_of

PASSWORD_OF_THE_DEMO = "demo-rex-2026"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own for `main(…)`, and for the processes that the tests start."""
    for name in [name for name in os.environ if name.startswith("REX_") and name != "REX_TEST_REQUIRE"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REX_DATA_DIR", str(tmp_path / "instance"))
    monkeypatch.setenv("REX_QUICK_HASHES", "1")
    monkeypatch.setenv("REX_USE_THIS_PYTHON", "1")
    return tmp_path / "instance"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(*arguments: str) -> Generator[tuple[subprocess.Popen[str], str], None, None]:
    """`rex …` in a process of its own, once it answers; stopped at the end."""
    port = free_port()
    command = [sys.executable, "-m", "rex", *arguments, "--port", str(port)]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # tests run in the background by a shell: the server would not hear it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    root = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 180  # the machine of a test may be slow; what never comes still fails
        while not answers(root) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        yield process, root
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def answers(root: str) -> bool:
    try:
        with urllib.request.urlopen(f"{root}/sante", timeout=30) as response:
            return response.read() == b"ok"
    except OSError:
        return False


def stop(process: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> tuple[str, str]:
    process.send_signal(how)
    out, err = process.communicate(timeout=120)
    return out, err


# --- words --------------------------------------------------------------------------------------------------------------


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif name != "test":  # its options are pytest's
            yield (*path, name)


@pytest.mark.parametrize("path", list(commands(rex)), ids=" ".join)
def test_help_is_in_french(path: tuple[str, ...], capsys) -> None:
    assert main([*path, "--help"]) == 0
    words = capsys.readouterr().out
    assert "Usage\u00a0:" in words
    for english in ("Show this", "Commands:", "default:", "required", "Try ", "'", "TEXT", "INTEGER", "COMMAND ", "<=", "..."):
        assert english not in words
    assert all(command.help for command in rex.commands.values())


def test_the_help_of_the_checks_is_in_french_too(capsys) -> None:
    assert start(["test", "--help"]) == 0
    assert "Lance tous les contrôles" in capsys.readouterr().out


def test_the_help_says_where_one_finds_the_id_of_a_recit(capsys) -> None:
    assert main(["export", "recit", "--help"]) == 0
    assert "https://rex.ville.fr/recits/" in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "agreed"), [("oui\n", True), ("O\n", True), ("non\n", False), ("\n", False), ("y\n", False)])
def test_a_question_is_answered_in_french(answer, agreed, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert agrees("Continuer\u202f?") is agreed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["servir"], "n’existe pas"),
        (["serve", "--prot", "1"], "n’existe pas"),
        (["serve", "--port", "abc"], "nombre entier"),
        (["serve", "--port", "70000"], "n’est pas un nombre de "),
        (["serve", "--port"], "demande une valeur"),
        (["backup"], "Il manque"),
        (["seed"], "Il manque"),
        (["seed", "--recits", "0"], "n’est pas un nombre de "),
        (["db", "check", "encore"], "Un mot de trop"),
        (["db"], "Usage"),
        (["export", "recit", "x", "--as", "a@b.fr", "-o", "x", "--format", "doc"], "l’un de ceux-ci\u00a0: md, html, docx"),
    ],
)
def test_wrong_usage_is_2(place, arguments, sentence, capsys) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert sentence in told.err + told.out
    assert not place.exists()


# --- mistakes -----------------------------------------------------------------------------------------------------------


def refused(arguments: list[str], capsys) -> str:
    """What `rex` says on stderr when it refuses: one line."""
    capsys.readouterr()
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and told.err.rstrip().endswith((".", "…")), told
    return told.err


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("REX_DATABASE_URL", "mysql://x/y", "SQLite et à PostgreSQL"),
        ("REX_DATABASE_URL", "pas une adresse", "adresse de base"),
        ("REX_BASE_URL", "http://rex.ville.fr", "https://"),
        ("REX_BASE_URL", "rex.ville.fr", "REX_BASE_URL"),
        ("REX_SMTP_URL", "http://x", "REX_SMTP_URL"),
        ("REX_LOG_LEVEL", "BRUYANT", "REX_LOG_LEVEL"),
        ("REX_MAIL_FROM", "personne", "REX_MAIL_FROM"),
        ("REX_DATA_DIR", "/proc/rex", "/proc/rex"),
        ("REX_DATABASE_URL", "postgresql://127.0.0.1:1/rex", "ne répond pas"),
        ("REX_DATABASE_URL", "sqlite:////absent/rex.db", "ne peut pas être ouverte"),
    ],
)
def test_a_wrong_variable_stops_with_a_sentence(place, monkeypatch, capsys, name, value, sentence) -> None:
    monkeypatch.setenv(name, value)
    assert sentence in refused(["serve", "--port", str(free_port())], capsys)


def test_a_port_in_use_stops_before_the_base_is_touched(place, capsys) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Le port {port} est déjà pris" in refused(["--port", str(port)], capsys)
    assert not (place / "rex.db").exists()


def test_an_address_of_another_machine_is_refused(place, capsys) -> None:
    assert "n’est pas celle de cette machine" in refused(["serve", "--host", "192.0.2.1"], capsys)


def test_a_base_of_a_newer_version_is_refused(place, capsys) -> None:
    assert main(["db", "upgrade"]) == 0
    with sqlite3.connect(place / "rex.db") as base:
        base.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (["serve", "--port", str(free_port())], ["db", "upgrade"], ["db", "check"], ["tick"], ["demo", "clear"]):
        assert "version plus récente de REX" in refused(command, capsys)


def test_a_file_that_is_no_base_is_refused(place, capsys) -> None:
    place.mkdir()
    (place / "rex.db").write_bytes(b"bonjour, je suis un texte" * 200)
    assert "abîmée" in refused(["db", "upgrade"], capsys)


def test_a_locked_base_is_said(place, capsys, monkeypatch) -> None:
    assert main(["db", "upgrade"]) == 0
    monkeypatch.setattr("rex.db._prepare_sqlite", quick_to_give_up)
    with sqlite3.connect(place / "rex.db", isolation_level=None) as base:
        base.execute("BEGIN IMMEDIATE")
        assert "occupée" in refused(["collectif", "create", "--name", "Ville"], capsys)


def quick_to_give_up(connection, _record) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=50").close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_said(place, capsys) -> None:
    place.mkdir(mode=0o500)
    assert "ne peut pas être écrit" in refused(["db", "upgrade"], capsys)


def test_a_base_that_cannot_be_written_is_said() -> None:
    from sqlalchemy.exc import OperationalError

    for said in ("attempt to write a readonly database", "database or disk is full", "database is locked"):
        assert sentence_of(OperationalError("INSERT", {}, sqlite3.OperationalError(said))), said
    assert sentence_of(OperationalError("INSERT", {}, sqlite3.OperationalError("near SELECT: syntax error"))) is None


def test_a_fault_of_the_program_is_not_hidden(place, monkeypatch) -> None:
    monkeypatch.setattr(opening, "prepare", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(["db", "upgrade"])


# --- what commands do ---------------------------------------------------------------------------------------------------


def test_first_accounts(place, capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert main(["user", "create", "--email", "Ana@Ville.fr", "--name", "Ana", "--admin"]) == 0
    assert "Mot de passe" in capsys.readouterr().out
    assert "existe déjà" in refused(["user", "create", "--email", "ana@ville.fr", "--name", "Ana"], capsys)
    assert main(["collectif", "create", "--name", "Ville d’Essai"]) == 0
    assert "/c/ville-d-essai/" in capsys.readouterr().out
    assert main(["db", "check"]) == 0
    assert capsys.readouterr().out == "Tout est en ordre.\n"
    assert main(["tick"]) == main(["tick"]) == 0


def test_check_names_what_is_wrong(place, capsys) -> None:
    assert main(["collectif", "create", "--name", "Ville"]) == 0
    (key,) = (place / "keys").glob("collectif-*.key")
    key.unlink()
    with sqlite3.connect(place / "rex.db") as base:
        base.execute("INSERT INTO service (public_id, collectif_id, name, folded_name, kind) VALUES ('x', 99, 'A', 'a', 'service')")
        base.execute("DROP INDEX ix_tagging_code_entry_id")
    capsys.readouterr()
    assert main(["db", "check"]) == 1
    told = capsys.readouterr().err
    assert "remettez la sauvegarde des clés" in told
    assert "« service »" in told.replace("\u00a0", " ")
    assert "ix_tagging_code_entry_id" in told


def test_tick_says_what_could_not_be_done(place, capsys, monkeypatch) -> None:
    assert main(["db", "upgrade"]) == 0
    monkeypatch.setattr("rex.journal.deleting.delete_asked", lambda _: 1 / 0)
    assert main(["tick"]) == 1
    assert "deletions" in capsys.readouterr().err


def test_the_demonstration_is_for_this_machine_only(place, capsys, monkeypatch) -> None:
    database = opening.open_database(config_from(os.environ))
    opening.prepare(database)
    refuse_public_demo(database, is_local=False)  # none: no objection
    loader.load(database, quick=True)
    refuse_public_demo(database, is_local=True)
    with pytest.raises(Refused, match="cette machine"):
        refuse_public_demo(database, is_local=False)
    database.dispose()
    assert "cette machine" in refused(["serve", "--host", "0.0.0.0", "--port", str(free_port())], capsys)
    monkeypatch.setenv("REX_BASE_URL", "https://rex.ville.fr")
    assert "cette machine" in refused(["serve", "--port", str(free_port())], capsys)
    assert main(["demo", "clear"]) == 0
    assert "https://rex.ville.fr/premier-compte/" in capsys.readouterr().out
    assert main(["db", "check"]) == 0


# --- serving ------------------------------------------------------------------------------------------------------------


def test_first_start_second_start_and_stop(place) -> None:
    begun = worked()
    with started() as (process, root):
        assert answers(root)
        out, err = stop(process)
    first = worked() - begun
    assert process.returncode == 0
    assert root in out and "agent@demo.rex" in out and PASSWORD_OF_THE_DEMO in out and "est arrêté" in out
    assert "Traceback" not in err
    with started() as (process, root):
        out, err = stop(process, signal.SIGINT)
    assert process.returncode == 0 and "est arrêté" in out and "Traceback" not in err
    # Of work, not of waiting, and against the first start, so that a slow machine changes nothing.
    assert worked() - begun - first < first / 2, "a second start loads nothing again"


def worked() -> float:
    """The seconds of processor that the processes ended so far have taken."""
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


@pytest.mark.parametrize("has_names", [False, True])
def test_without_the_demonstration_a_link_makes_the_first_account(place, has_names) -> None:
    if has_names:  # as an archive leaves them: nobody can enter
        database = opening.open_database(config_from(os.environ))
        opening.prepare(database)
        with database.system("a name that an archive brought", write=True) as session:
            session.add(User(name="Zoé Petit", closed_at=clock.now()))
        database.dispose()
    with started("--no-demo") as (process, root):
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or "premier-compte" not in lines[-1]:
            lines.append(process.stdout.readline())
            assert lines[-1], "the process stopped"
        link = lines[-1].split()[-1]
        with urllib.request.urlopen(link, timeout=30) as response:
            assert response.status == 200
        _, err = stop(process)
    assert link.startswith(root) and "demo.rex" not in "".join(lines)
    assert "/premier-compte/…" in err and link.rsplit("/", 1)[1] not in err
    database = opening.open_database(config_from(os.environ))
    assert not loader.is_loadable(database)
    database.dispose()


def test_a_body_beyond_reason_is_refused_in_french(place) -> None:
    with started("--no-demo") as (_, root), socket.create_connection(("127.0.0.1", int(root.rsplit(":", 1)[1]))) as wire:
        wire.sendall(b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n")
        answer = b""
        while b"recommencez" not in answer and (piece := wire.recv(65536)):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 413") and "C’est trop lourd".encode() in answer and b"waitress" not in answer


def test_no_body_and_no_answer_goes_through_a_file(tmp_path, monkeypatch) -> None:
    """16 MB in, 16 MB out, through the server as `rex serve` sets it: no temporary file is ever made."""
    from waitress.server import create_server

    made: list[str] = []
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(f"tempfile.{name}", lambda *_, name=name, **__: made.append(name) or 1 / 0)
    app = Flask("echo")
    app.config.update(MAX_CONTENT_LENGTH=17 * 1024**2, MAX_FORM_MEMORY_SIZE=17 * 1024**2)
    app.add_url_rule("/", view_func=lambda: request.form["mots"], methods=["POST"])
    config = config_from({"REX_DATA_DIR": str(tmp_path)})
    server = create_server(AccessLog(app.wsgi_app), sockets=[listen(Address("127.0.0.1", 0))], threads=2, **settings_of(config))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    words = "a" * (15 * 1024**2)
    with urllib.request.urlopen(f"http://127.0.0.1:{server.effective_port}/", f"mots={words}".encode(), timeout=60) as response:
        assert response.read().decode() == words
    server.close()
    thread.join(timeout=10)
    assert made == []


def test_the_log_keeps_no_question_no_secret_and_no_forged_line(caplog) -> None:
    app = Flask("some")
    app.add_url_rule("/<path:rest>", view_func=lambda rest: "ok")
    client = AccessLog(app.wsgi_app)
    caplog.set_level("INFO", "rex.requests")
    for path in ("/recherche", "/invitation/SECRETSECRET", "/mot-de-passe/SECRETSECRET/suite", "/a\n2026 INFO faux"):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "q=confidentiel", "SERVER_NAME": "x",
                   "SERVER_PORT": "80", "wsgi.url_scheme": "http", "REMOTE_ADDR": "203.0.113.9"}  # fmt: skip
        list(client(environ, lambda *_: None))
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 4 and told[0].startswith("GET /recherche 200 ")
    assert not any(secret in json.dumps(told) for secret in ("confidentiel", "SECRET", "203.0", "\\n"))
