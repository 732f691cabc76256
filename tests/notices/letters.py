"""Ticking, and reading the mails that left."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from flask import Flask

from rex import chores


@dataclass(frozen=True)
class Letter:
    """A mail as its recipient's program reads it."""

    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return plain(str(self.message["Subject"]))

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        assert part is not None
        return plain(part.get_content().replace("\r\n", "\n"))

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        assert part is not None
        return part.get_content()

    @property
    def links(self) -> list[str]:
        return re.findall(r"^https?://\S+$", self.text, re.MULTILINE)

    @property
    def stop_url(self) -> str:
        return str(self.message["List-Unsubscribe"]).strip("<>")


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def read(wire: bytes) -> Letter:
    message = message_from_bytes(wire, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return Letter(message)


def tick(app: Flask) -> list[Letter]:
    """Do the periodic work once; the mails that left meanwhile, by recipient."""
    installation = app.extensions["rex"]
    mails = installation.config.mails_dir
    before = set(mails.glob("*.eml")) if mails.exists() else set()
    assert chores.do_all_and_say(installation.database, installation.config) == []
    after = sorted(set(mails.glob("*.eml")) - before) if mails.exists() else []
    return sorted((read(path.read_bytes()) for path in after), key=lambda letter: (letter.to, letter.subject))
