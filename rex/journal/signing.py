"""Signing: from where each author speaks, written on the entry when it is published, since people move."""

from rex.db import RexSession
from rex.journal.belonging import speaking
from rex.journal.models import Entry


def sign(session: RexSession, entry: Entry) -> None:
    """Write today's service, fonction and collège of each author on their signature, and the byline of lists on the entry."""
    names = []
    for authorship, name, title, college, service_id, service_name in speaking(session, entry):
        authorship.service_id, authorship.service_name = service_id, service_name or ""
        authorship.title, authorship.college = title, college
        names.append(service_name or name)
    entry.byline = ", ".join(dict.fromkeys(names))[:400]
