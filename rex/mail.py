"""Mail: a sealed row written in the same transaction as the act, sent after commit by whoever ticks.

A sender claims a row under a lease, sends it, closes it. Message-ID derives from the row's unique key, so that the one
unavoidable double (the process dies between the server's 250 and the commit) carries the same identifier.
No SMTP server configured: each mail is a file `.eml` in the mails folder.

A mail may be late: its row says only which room writes it, and for whom. The words are made when it leaves, by the rights of that
moment (a letter to a thousand people waits for its turn).
"""

import hashlib
import json
import logging
import smtplib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.utils import formataddr, formatdate, parseaddr
from pathlib import Path

from sqlalchemy import or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from rex import clock
from rex.config import Config
from rex.db import Base, CreatedAt, Database, Id, Instant, RexSession
from rex.files import write_private
from rex.keys import INSTALLATION, KeyLost
from rex.mail_wire import Wire

log = logging.getLogger("rex.mail")

LEASE = timedelta(minutes=10)
MOST, FOR_SECONDS = 5000, 240  # of one run: the other chores wait meanwhile
RETRIES = 8  # about a day and a half, doubling from ten minutes
WIRE = policy.SMTP.clone(max_line_length=998)  # the default folds long addresses in two


@dataclass(frozen=True)
class Letter:
    """A mail to write: `key` is unique for ever (purpose and recipient), a second one with the same key is not written.

    `thread`: mails with the same word follow each other in a mailbox. `check`: « room:what », asked of that room once more when
    the mail is about to leave (`on_sending`); it may wait for days in the outbox. `late`: that room writes it then (`on_leaving`),
    address included; nothing else of it is kept."""

    key: str
    to: str = ""
    subject: str = ""
    text: str = ""
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""
    check: str = ""
    late: bool = False


# By the name of the room that answers for its mails, so that making the application twice changes nothing.
_checks: dict[str, Callable[[Database, str], bool]] = {}


def on_sending(room: str, check: Callable[[Database, str], bool]) -> None:
    """Ask `check` whether a mail of this room may still leave; one that may not is let go."""
    _checks[room] = check


_writers: dict[str, Callable[[Database, Config, str], Letter | None]] = {}


def on_leaving(room: str, write: Callable[[Database, Config, str], Letter | None]) -> None:
    """Ask `write` for the words of a late mail of this room; None when it may not leave any more. Its key is that of its row."""
    _writers[room] = write


class Outbox(Base):
    """A mail waiting, or sent (then its content is gone)."""

    __tablename__ = "outbox"

    id: Mapped[Id]
    key_hash: Mapped[str] = mapped_column(unique=True)
    sealed: Mapped[bytes | None]
    created_at: Mapped[CreatedAt]
    due_at: Mapped[Instant] = mapped_column(index=True)
    claimed_until: Mapped[Instant | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[Instant | None]
    given_up_at: Mapped[Instant | None]


def post(session: RexSession, *letters: Letter) -> None:
    """Put mails in the outbox of this transaction; once per key."""
    by_key = {hashlib.sha256(letter.key.encode()).hexdigest(): letter for letter in letters}
    with session.as_system("the outbox belongs to nobody"):
        there = set(session.scalars(select(Outbox.key_hash).where(Outbox.key_hash.in_(list(by_key)))))
        now = clock.now()
        for key_hash, letter in by_key.items():
            if key_hash not in there:
                sealed = session.keyring.seal(INSTALLATION, f"outbox|{key_hash}", _payload(letter))
                session.add(Outbox(key_hash=key_hash, sealed=sealed, due_at=now))
        session.flush()


def posted(session: RexSession, keys: Iterable[str]) -> set[str]:
    """Those of these keys whose mail was put in the outbox already, be it sent since."""
    by_hash = {hashlib.sha256(key.encode()).hexdigest(): key for key in keys}
    with session.as_system("the outbox belongs to nobody"):
        found = session.scalars(select(Outbox.key_hash).where(Outbox.key_hash.in_(list(by_hash))))
        return {by_hash[key_hash] for key_hash in found}


def _payload(letter: Letter) -> str:
    payload = {"to": letter.to, "subject": " ".join(letter.subject.split()), "text": letter.text, "html": letter.html}
    payload |= {"thread": letter.thread, "check": letter.check, "late": "yes" if letter.late else ""}
    return json.dumps(payload | {"headers": json.dumps(dict(letter.headers))})


def send_waiting(database: Database, config: Config, most: int = MOST) -> int:
    """Send what is due, one at a time; return how many left. What is wrong with one mail never holds the others back."""
    sent, left, until = 0, 0, time.monotonic() + FOR_SECONDS
    with Wire(config.smtp_url) as wire:
        for _ in range(most):
            if time.monotonic() >= until:
                break
            claimed, left = _claim(database, left), 0
            if claimed is None:
                break
            outbox_id, key_hash, sealed, attempts = claimed
            try:
                payload = _leaving(database, config, json.loads(database.keyring.open(INSTALLATION, f"outbox|{key_hash}", sealed)))
                if payload is None:
                    _give_up(database, outbox_id, forget=True)
                    continue
                _deliver(_compose(payload, key_hash, config), key_hash, config, wire)
            except (OSError, KeyLost, OperationalError) as error:  # the server, the disk, the keys or the base may come back
                _put_back(database, outbox_id, attempts)
                log.warning("mail %s not sent (attempt %s): %s", key_hash[:8], attempts, type(error).__name__)
                if _is_unreachable(error):
                    break  # as many waits as there are mails would keep the other chores from being done
            except Exception as error:  # whatever it is, it is the fault of this mail, and time will not mend it
                _give_up(database, outbox_id)
                log.error("mail %s given up: %s", key_hash[:8], type(error).__name__)  # its words stay out of the log
            else:
                sent, left = sent + 1, outbox_id
        if left:
            with database.system("a mail has left", write=True) as session:
                _close(session, left)
    return sent


def _close(session: RexSession, outbox_id: int) -> None:
    session.execute(update(Outbox).where(Outbox.id == outbox_id).values(sent_at=clock.now(), sealed=None))


def _claim(database: Database, left: int = 0) -> tuple[int, str, bytes, int] | None:
    """The next mail, held for this sender; in the same transaction the one that has just `left` is closed: of two writes, each of
    which waits for the disk, one is enough."""
    now = clock.now()
    waiting = select(Outbox.id).where(
        Outbox.sent_at.is_(None),
        Outbox.given_up_at.is_(None),
        Outbox.due_at <= now,
        or_(Outbox.claimed_until.is_(None), Outbox.claimed_until <= now),
    )
    if not left:
        with database.system("look whether a mail waits") as session:
            if session.scalar(waiting.limit(1)) is None:
                return None
    with database.system("claim one waiting mail", write=True) as session:
        if left:
            _close(session, left)
        outbox_id = session.scalar(waiting.order_by(Outbox.due_at, Outbox.id).limit(1).with_for_update(skip_locked=True))
        if outbox_id is None:
            return None
        row = session.execute(
            update(Outbox)
            .where(Outbox.id == outbox_id)
            .values(claimed_until=now + LEASE, attempts=Outbox.attempts + 1)
            .returning(Outbox.id, Outbox.key_hash, Outbox.sealed, Outbox.attempts)
        ).one()
        return row.id, row.key_hash, row.sealed, row.attempts


def _put_back(database: Database, outbox_id: int, attempts: int) -> None:
    now = clock.now()
    values = {"claimed_until": None, "due_at": now + timedelta(minutes=10 * 2 ** (attempts - 1))}
    if attempts >= RETRIES:
        values["given_up_at"] = now
    with database.system("a mail could not leave", write=True) as session:
        session.execute(update(Outbox).where(Outbox.id == outbox_id).values(**values))


def _give_up(database: Database, outbox_id: int, *, forget: bool = False) -> None:
    values: dict[str, object] = {"given_up_at": clock.now()} | ({"sealed": None} if forget else {})
    with database.system("a mail that can never leave", write=True) as session:
        session.execute(update(Outbox).where(Outbox.id == outbox_id).values(**values))


def _leaving(database: Database, config: Config, payload: dict[str, str]) -> dict[str, str] | None:
    """What leaves; None when the room that wrote it no longer wants it to: its recipient may have lost the right to read, since."""
    room, _, what = payload.get("check", "").partition(":")
    if payload.get("late"):
        letter = _writers[room](database, config, what)
        return json.loads(_payload(letter)) if letter is not None else None
    return payload if not room or _checks[room](database, what) else None


def _is_unreachable(error: Exception) -> bool:
    """Whether no server answered at all; an answer, even a refusal, is an SMTPException."""
    return isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)


def _compose(fields: dict[str, str], key_hash: str, config: Config) -> EmailMessage:
    message = EmailMessage(policy=WIRE)
    name, address = parseaddr(config.mail_from)
    message["From"] = formataddr((name, address))
    message["To"] = fields["to"]
    message["Subject"] = fields["subject"]
    message["Date"] = formatdate()
    domain = address.rsplit("@", 1)[-1]
    message["Message-ID"] = f"<{key_hash[:40]}@{domain}>"
    if fields.get("thread"):  # the mail that began the thread need not exist: readers gather those that name it
        message["In-Reply-To"] = message["References"] = f"<{fields['thread']}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    for header, value in json.loads(fields["headers"]).items():
        message[header] = value
    message.set_content(fields["text"], cte="quoted-printable")
    if fields["html"]:
        message.add_alternative(fields["html"], subtype="html", cte="quoted-printable")
    return message


def _deliver(message: EmailMessage, key_hash: str, config: Config, wire: Wire) -> None:
    if config.smtp_url is None:
        _write_file(message, config.mails_dir / f"{clock.now():%Y%m%d-%H%M%S}-{key_hash[:12]}.eml")
    else:
        wire.send(message)


def _write_file(message: EmailMessage, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(path, message.as_bytes())
