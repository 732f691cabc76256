"""Mail leaves once: claimed by one sender, tried again under the same identifier, forgotten once it has left."""

import smtplib
import socket
import stat
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from rex import clock, mail
from rex.config import config_from
from rex.mail import Letter, Outbox, post, send_waiting
from tests.house.test_concurrency import at_once

LETTER = Letter(
    key="invitation|1",
    to="camille@exemple.fr",
    subject="Votre invitation\nau journal",
    text="Bonjour Camille,\n\nVoici l’adresse : https://rex.exemple.fr/" + "a" * 90 + "\n",
    html="<p>Bonjour Camille, c’est l’été.</p>",
    headers={"List-Unsubscribe": "<https://rex.exemple.fr/fin>"},
)


@pytest.fixture
def config(settings: dict[str, str]):
    return config_from(settings | {"REX_MAIL_FROM": "REX Valombre <rex@valombre.fr>"})


@pytest.fixture
def waiting(database):
    with database.system("a test writes", write=True) as session:
        post(session, LETTER)
    return database


def rows(database) -> list[Outbox]:
    with database.system("look") as session:
        return list(session.scalars(select(Outbox).order_by(Outbox.id)))


def refuse(*_args: object) -> None:
    raise smtplib.SMTPServerDisconnected("the server went away")


def ids_of(delivered: list) -> list[str]:
    return [message["Message-ID"] for message in delivered]


def test_a_mail_leaves_with_its_transaction_or_not_at_all(database, config):
    with pytest.raises(RuntimeError), database.system("an act that fails", write=True) as session:
        post(session, LETTER)
        raise RuntimeError("after the mail was written")
    assert rows(database) == [] and send_waiting(database, config) == 0


def test_one_mail_per_key(waiting):
    with waiting.system("the same act again", write=True) as session:
        post(session, LETTER)
    assert len(rows(waiting)) == 1


def test_what_waits_is_sealed_and_what_left_is_forgotten(waiting, config):
    (row,) = rows(waiting)
    assert b"camille" not in (row.sealed or b"") and "invitation" not in row.key_hash
    assert send_waiting(waiting, config) == 1
    (row,) = rows(waiting)
    assert (row.sealed, row.sent_at is not None, row.attempts) == (None, True, 1)
    assert send_waiting(waiting, config) == 0, "it leaves once"


def test_two_senders_at_once_send_it_once(database, config, monkeypatch):
    with database.system("several mails", write=True) as session:
        for number in range(6):
            post(session, Letter(f"mail|{number}", "camille@exemple.fr", f"N° {number}", "Bonjour."))
    delivered: list[str] = []
    monkeypatch.setattr(mail, "_deliver", lambda message, *_: delivered.append(message["Subject"]))
    sent = at_once([lambda: send_waiting(database, config)] * 3)
    assert sorted(delivered) == [f"N° {number}" for number in range(6)]
    assert sum(number for number in sent if isinstance(number, int)) == 6, sent


def test_a_refused_mail_is_tried_again_later_under_the_same_identifier(waiting, config, monkeypatch, time_machine):
    tried = []

    def refused(message, *_rest: object) -> None:
        tried.append(message)
        refuse()

    time_machine.move_to("2026-11-21T10:00:00+00:00")
    monkeypatch.setattr(mail, "_deliver", refused)
    with waiting.system("due now", write=True) as session:
        session.scalars(select(Outbox)).one().due_at = clock.now()
    for minutes in (0, 10, 20, 40):
        time_machine.shift(timedelta(minutes=minutes, seconds=1 if minutes else 0))
        assert send_waiting(waiting, config) == 0
    assert len(tried) == 4, "each wait doubles: ten minutes, twenty, forty"
    assert send_waiting(waiting, config) == 0 and len(tried) == 4, "not before its hour"
    monkeypatch.setattr(mail, "_deliver", lambda message, *_: tried.append(message))
    time_machine.shift(timedelta(hours=2))
    assert send_waiting(waiting, config) == 1
    assert len(set(ids_of(tried))) == 1 and tried[0]["Message-ID"].endswith("@valombre.fr>")


def test_a_mail_that_never_leaves_is_given_up(waiting, config, monkeypatch, time_machine):
    time_machine.move_to("2026-11-21T10:00:00+00:00")
    monkeypatch.setattr(mail, "_deliver", refuse)
    with waiting.system("due now", write=True) as session:
        session.scalars(select(Outbox)).one().due_at = clock.now()
    for _ in range(mail.RETRIES + 2):
        send_waiting(waiting, config)
        time_machine.shift(timedelta(days=2))
    (row,) = rows(waiting)
    assert row.attempts == mail.RETRIES and row.given_up_at is not None and row.sent_at is None


def test_a_sender_that_died_leaves_its_mail_to_another(waiting, config, monkeypatch, time_machine):
    """It claimed the mail and was killed: nobody else takes it during the lease, the next one does after it."""
    time_machine.move_to(clock.now(), tick=False)
    first = mail._claim(waiting)
    assert first is not None and send_waiting(waiting, config) == 0
    time_machine.shift(mail.LEASE + timedelta(seconds=1))
    delivered: list = []
    monkeypatch.setattr(mail, "_deliver", lambda message, *_: delivered.append(message))
    assert send_waiting(waiting, config) == 1
    assert ids_of(delivered) == [f"<{first[1][:40]}@valombre.fr>"], "a double would carry the same identifier"


def test_without_a_server_each_mail_is_a_file(waiting, config):
    assert send_waiting(waiting, config) == 1
    (path,) = Path(config.mails_dir).glob("*.eml")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    is_the_letter(path.read_bytes())


def is_the_letter(wire: bytes) -> None:
    message = message_from_bytes(wire, policy=policy.default)
    assert (str(message["From"]), str(message["To"])) == ("REX Valombre <rex@valombre.fr>", "camille@exemple.fr")
    assert str(message["Subject"]) == "Votre invitation au journal", "a subject stays on one line"
    assert message["Auto-Submitted"] == "auto-generated" and message["List-Unsubscribe"] == "<https://rex.exemple.fr/fin>"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None and html is not None
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text, "a long address stays whole"
    assert html.get_content().strip() == LETTER.html
    assert all(len(line) <= 998 for line in wire.split(b"\r\n")), "RFC 5321 cuts longer lines"


class Kept:
    """A mail server that keeps what it is given, or refuses its first mails."""

    def __init__(self, refusals: int = 0) -> None:
        self.mails: list[bytes] = []
        self.refusals = refusals

    async def handle_DATA(self, _server, _session, envelope) -> str:
        if self.refusals:
            self.refusals -= 1
            return "451 Try again later"
        self.mails.append(envelope.content)
        return "250 Kept"


def test_on_the_wire(waiting, settings):
    """A real server over a socket: refused once, taken the second time, the same identifier."""
    kept = Kept(refusals=1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        config = config_from(
            settings | {"REX_MAIL_FROM": "REX Valombre <rex@valombre.fr>", "REX_SMTP_URL": f"smtp://127.0.0.1:{port}"}
        )
        assert send_waiting(waiting, config) == 0 and kept.mails == []
        with waiting.system("its hour has come", write=True) as session:
            session.scalars(select(Outbox)).one().due_at = clock.now()
        assert send_waiting(waiting, config) == 1
    finally:
        controller.stop()
    (wire,) = kept.mails
    is_the_letter(wire)
    assert not config.mails_dir.exists(), "with a server, nothing is written in the folder"


def test_a_server_that_does_not_answer_keeps_the_mail(waiting, settings):
    config = config_from(settings | {"REX_SMTP_URL": "smtp://127.0.0.1:9"})
    assert send_waiting(waiting, config) == 0
    (row,) = rows(waiting)
    assert row.sealed is not None and row.claimed_until is None and row.due_at > clock.now()
