"""Typing in the forms of a group as a browser does: every form of every page of it, as each member finds it. A new form joins by
itself."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from rex import clock
from tests.given import photograph
from tests.house.addresses import rules_of
from tests.house.forms import Drawn, Form
from tests.house.planting import Room, addresses
from tests.reading import ReadingClient

OPAQUE = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{16}(?![\w-])")
NOT_SENT = {"/deconnexion"}  # who signs out tells nothing of a group
# A row of `IN_THE_ROOM` variables is what a group holds: `planting.addresses` fills them.


@dataclass(frozen=True)
class Found:
    """A form as a member found it, with the button that they press."""

    who: str
    path: str
    form: Form = field(compare=False)
    button: tuple[str, str]

    @property
    def name(self) -> str:
        """The same for the same form of another text."""
        value = "" if OPAQUE.fullmatch(self.button[1]) or self.button[0] == "idempotency_key" else self.button[1]
        return f"{OPAQUE.sub('…', self.path)} {self.button[0]} {value} {','.join(sorted(self.form.values))}".strip()

    @property
    def is_written_in(self) -> bool:
        return bool(self.form.texts or self.form.lines or self.form.files)


def forms_of(app: Flask, client: ReadingClient, room: Room, who: str, variables: set[str]) -> Iterator[Found]:
    """The forms of the pages of a group, each sort of form once for each of its buttons."""
    client.proof_reads = False
    seen: set[str] = set()
    for rule in rules_of(app):
        if "GET" not in (rule.methods or ()) or not rule.arguments & variables:
            continue
        for path in addresses(app, rule, room):
            answer = client.get(path)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            for form in Drawn(answer.get_data(as_text=True)).forms:
                for name, value, *_ in form.buttons or [["", ""]]:
                    found = Found(who, form.action or path, form, (name, value))
                    if form.method.lower() == "post" and found.path not in NOT_SENT and found.name not in seen:
                        seen.add(found.name)
                        yield found


def filled_in(found: Found, says: Callable[[str], str], *, token: str | None = None) -> dict[str, Any]:
    """What a browser would send once every field is filled: a word of its own in each one where a person types."""
    form = found.form
    sent: dict[str, Any] = {**form.boxes, **form.values}
    for name, choices in form.choices.items():
        sent[name] = sent.get(name) or next((one for one in choices if one), "")
    for name, choices in form.radios.items():
        sent[name] = sent.get(name) or choices[0]
    for name in {*form.texts, *(name for name, kind in form.lines.items() if kind in ("text", "search"))}:
        sent[name] = "1, 2" if name == "messages" else says(f"{found.name}: {name}")
    soon = clock.now() + timedelta(days=9)
    for name, kind in form.lines.items():
        given = {"date": f"{soon:%Y-%m-%d}", "time": "09:00", "email": "paul@exemple.fr", "number": "10"}.get(kind)
        sent[name] = sent.get(name) or given or ""
    for name in form.files:
        sent[name] = (io.BytesIO(photograph()), f"{says(f'{found.name}: {name}').split()[1]}.jpg")
    if found.button[0]:
        sent[found.button[0]] = found.button[1]
    return sent | ({"csrf_token": token} if token else {})


def send(client: ReadingClient, found: Found, sent: dict[str, Any]) -> TestResponse:
    kind = {"content_type": "multipart/form-data"} if found.form.files else {}
    return client.post(found.path, data=sent, **kind)
