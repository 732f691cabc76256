"""One bad mail is given up, or tried again later; the others leave all the same, and the ticker goes on."""

import json
import logging
import smtplib
import socket

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from rex import chores, mail
from rex.config import ConfigError, config_from
from rex.keys import INSTALLATION
from rex.mail import Letter, Outbox, post, send_waiting

SECRET = "https://rex.exemple.fr/invitation/secret"


@pytest.fixture
def config(settings: dict[str, str]):
    return config_from(settings | {"REX_MAIL_FROM": "REX <rex@valombre.fr>"})


def write(database, *addresses: str) -> None:
    with database.system("a test writes", write=True) as session:
        for rank, address in enumerate(addresses):
            post(session, Letter(f"mail|{rank}", address, "Bonjour", SECRET))


def outcomes(database) -> list[str]:
    with database.system("look") as session:
        rows = session.scalars(select(Outbox).order_by(Outbox.id)).all()
        return ["sent" if row.sent_at else "given up" if row.given_up_at else "waits" for row in rows]


def spoil(database, payload: dict[str, str]) -> None:
    """Seal something else in the first mail."""
    with database.system("a test spoils a mail", write=True) as session:
        first = session.scalars(select(Outbox).order_by(Outbox.id)).first()
        first.sealed = session.keyring.seal(INSTALLATION, f"outbox|{first.key_hash}", json.dumps(payload))


@pytest.mark.parametrize("address", ["camille@exemple.fr\nBcc: ines@exemple.fr", "camille@exemple.fr\rBcc: x@y.fr"])
def test_an_address_that_no_header_takes_is_given_up(database, config, address, caplog):
    write(database, address, "bruno@exemple.fr")
    assert send_waiting(database, config) == 1
    assert outcomes(database) == ["given up", "sent"]
    assert "given up: ValueError" in caplog.text
    assert "camille" not in caplog.text and SECRET not in caplog.text, "neither address nor words in the log"
    assert send_waiting(database, config) == 0, "it is not tried again"


@pytest.mark.parametrize("payload", [{}, {"to": "a@b.fr", "subject": "x", "text": "y", "html": "", "headers": "{"}])
def test_a_row_that_says_nothing_is_given_up(database, config, payload):
    write(database, "camille@exemple.fr", "bruno@exemple.fr")
    spoil(database, payload)
    assert send_waiting(database, config) == 1
    assert outcomes(database) == ["given up", "sent"]


@pytest.mark.parametrize("error", [UnicodeEncodeError("ascii", "é", 0, 1, "no"), TypeError("x"), RecursionError()])
def test_whatever_a_mail_raises_the_chore_is_done(database, config, monkeypatch, error):
    def deliver(message, *_rest: object) -> None:
        if message["To"] == "camille@exemple.fr":
            raise error

    monkeypatch.setattr(mail, "_deliver", deliver)
    write(database, "camille@exemple.fr", "bruno@exemple.fr")
    assert "mails" in chores.do_all(database, config)
    assert outcomes(database) == ["given up", "sent"]


def test_an_address_with_accents_that_the_server_refuses_waits_and_the_other_leaves(database, settings):
    """On a real socket: a server without SMTPUTF8 cannot take « zoé@ »."""

    class Taking:
        async def handle_DATA(self, _server, _session, _envelope) -> str:
            return "250 Taken"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Taking(), hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    try:
        write(database, "zoé@exemple.fr", "bruno@exemple.fr")
        assert send_waiting(database, config_from(settings | {"REX_SMTP_URL": f"smtp://127.0.0.1:{port}"})) == 1
    finally:
        controller.stop()
    assert outcomes(database) == ["waits", "sent"]


def test_a_key_that_is_missing_keeps_the_mail_for_later(database, config):
    write(database, "camille@exemple.fr", "bruno@exemple.fr")
    with database.system("a test moves a sealed text", write=True) as session:
        first, second = session.scalars(select(Outbox).order_by(Outbox.id)).all()
        session.execute(update(Outbox).where(Outbox.id == first.id).values(sealed=second.sealed))
    assert send_waiting(database, config) == 1
    assert outcomes(database) == ["waits", "sent"]


@pytest.mark.parametrize(("error", "tried"), [(TimeoutError(), 1), (smtplib.SMTPServerDisconnected(), 3)])
def test_a_server_that_is_away_is_asked_once_a_round(database, config, monkeypatch, error, tried, caplog):
    """Half a minute for each of hundreds of mails would keep the other chores waiting for hours."""
    caplog.set_level(logging.WARNING, "rex.mail")

    def deliver(*_rest: object) -> None:
        raise error

    monkeypatch.setattr(mail, "_deliver", deliver)
    write(database, "camille@exemple.fr", "bruno@exemple.fr", "dora@exemple.fr")
    assert send_waiting(database, config) == 0
    assert len(caplog.records) == tried and outcomes(database) == ["waits"] * 3


@pytest.mark.parametrize("sender", ["REX <rex@valombré.fr>", "REX <rex@ville.fr>\rBcc: a@b.fr", "REX <rex>"])
def test_a_sender_that_no_mail_can_carry_is_refused_at_start(tmp_path, sender):
    """Found later, it would have every mail given up one after the other."""
    with pytest.raises(ConfigError, match="REX_MAIL_FROM"):
        config_from({"REX_DATA_DIR": str(tmp_path), "REX_MAIL_FROM": sender})


def hold(database, check: str) -> None:
    with database.system("a mail that a room answers for", write=True) as session:
        held = Letter("mail|held", "camille@exemple.fr", "Bonjour", SECRET, check=check)
        post(session, held, Letter("mail|free", "bruno@exemple.fr", "Bonjour", "Rien de plus."))


def test_a_room_is_asked_once_more_before_its_mail_leaves(database, config, monkeypatch):
    """Refused, the mail is let go and its words are forgotten; the others leave."""
    asked: list[str] = []
    monkeypatch.setitem(mail._checks, "test", lambda _database, what: bool(asked.append(what)))
    hold(database, "test:camille 12")
    assert send_waiting(database, config) == 1 and asked == ["camille 12"]
    assert sorted(outcomes(database)) == ["given up", "sent"]
    with database.system("look") as session:
        assert session.scalars(select(Outbox.sealed)).all() == [None, None]


def test_a_room_that_agrees_lets_its_mail_leave(database, config, monkeypatch):
    monkeypatch.setitem(mail._checks, "test", lambda _database, what: what == "12")
    hold(database, "test:12")
    assert send_waiting(database, config) == 2


def test_what_the_room_is_asked_stays_sealed(database):
    hold(database, "test:camille 12")
    with database.system("look") as session:
        assert all(b"camille" not in (sealed or b"") for sealed in session.scalars(select(Outbox.sealed)))


def test_a_mail_of_a_room_that_nobody_answers_for_stays(database, config):
    """Better not sent than sent to somebody who lost the right."""
    hold(database, "nulle-part:12")
    assert send_waiting(database, config) == 1
    assert sorted(outcomes(database)) == ["given up", "sent"]


def test_a_base_that_is_busy_puts_the_mail_back(database, config, monkeypatch):
    def busy(_database, _what) -> bool:
        raise OperationalError("SELECT", None, RuntimeError("database is locked"))

    monkeypatch.setitem(mail._checks, "test", busy)
    hold(database, "test:12")
    assert send_waiting(database, config) == 1
    assert sorted(outcomes(database)) == ["sent", "waits"]
