"""Reading the mails that a test made leave."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from urllib.parse import urlsplit

from flask import Flask

from rex import mail


@dataclass(frozen=True)
class Received:
    to: str
    subject: str
    text: str
    html: str

    @property
    def path(self) -> str:
        """The path of the first address of the mail, on its own line."""
        found = re.search(r"^https?://\S+$", self.text, re.MULTILINE)
        assert found, self.text
        return urlsplit(found[0]).path


def received(app: Flask) -> list[Received]:
    """Send what waits, then read every mail of this installation, oldest first."""
    installation = app.extensions["rex"]
    mail.send_waiting(installation.database, installation.config)
    folder = installation.config.mails_dir
    mails = []
    for path in sorted(folder.glob("*.eml"), key=lambda p: p.stat().st_mtime_ns) if folder.exists() else []:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        plain, html = message.get_body(("plain",)), message.get_body(("html",))
        assert plain is not None and html is not None
        text = plain.get_content().replace("\r\n", "\n")
        mails.append(Received(str(message["To"]), str(message["Subject"]), text, html.get_content()))
    return mails
