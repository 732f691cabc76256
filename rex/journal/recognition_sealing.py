"""Where the words of a recognition lie: sealed with the key of its collectif while it is between two, in clear once accepted."""

import json
from collections.abc import Sequence

from sqlalchemy import delete, select

from rex import clock
from rex.collectifs.models import Space, User
from rex.db import RexSession
from rex.journal import moments
from rex.journal.models import Authorship, Tagging
from rex.journal.moments import Change
from rex.journal.recognition_models import Recognition
from rex.sealed_words import key_name_of
from rex.text import excerpt

TITLE = 120  # the first words, as the lists of all kinds of entries show them
EXCERPT = 220


def key_names(session: RexSession, collectif_ids: Sequence[int]) -> dict[int, str]:
    """Space id → the name of its key (one statement)."""
    found = session.execute(select(Space.id, Space.kind, Space.public_id).where(Space.id.in_(set(collectif_ids))))
    return {space_id: key_name_of(kind, public_id) for space_id, kind, public_id in found}


def seal(session: RexSession, recognition: Recognition, words: str, codes: Sequence[str]) -> None:
    """Keep the words and the balises sealed, nothing of them in clear. The row exists already: the seal is bound to it."""
    key = key_names(session, [recognition.collectif_id])[recognition.collectif_id]
    content = json.dumps({"words": words, "balises": list(codes)}, ensure_ascii=False)
    recognition.sealed = session.keyring.seal(key, _row(recognition.public_id), content)
    recognition.title = recognition.excerpt = recognition.words = recognition.byline = ""
    session.execute(delete(Tagging).where(Tagging.entry_id == recognition.id))
    session.flush()


def opened(session: RexSession, key_name: str, public_id: str, sealed: bytes) -> tuple[str, list[str]]:
    """The words and the codes of the balises of a sealed recognition, for somebody whom the door let in."""
    content = json.loads(session.keyring.open(key_name, _row(public_id), sealed))
    return content["words"], content["balises"]


def put_in_clear(session: RexSession, recognition: Recognition) -> None:
    """What its readers will read; the caller says who they are."""
    key = key_names(session, [recognition.collectif_id])[recognition.collectif_id]
    if recognition.sealed is None:
        raise ValueError("it is in clear already")
    words, codes = opened(session, key, recognition.public_id, recognition.sealed)
    recognition.words, recognition.sealed = words, None
    recognition.title, recognition.excerpt = excerpt(words, TITLE), excerpt(words, EXCERPT)
    recognition.byline = _byline(session, recognition)
    for position, code in enumerate(codes):
        session.add(Tagging(entry_id=recognition.id, code=code, position=position))
    session.flush()
    moments.changed(session, recognition, Change.CORRECTED)  # its words came back; that it is told is said by the act


def put_away(session: RexSession, recognition: Recognition) -> None:
    """Out of the journal, between the two again: nothing of it stays in clear."""
    query = select(Tagging.code).where(Tagging.entry_id == recognition.id).order_by(Tagging.position)
    seal(session, recognition, recognition.words, session.scalars(query).all())
    recognition.audience = recognition.published_at = None
    recognition.withdrawn_at = clock.now()
    session.flush()
    moments.changed(session, recognition, Change.WITHDRAWN)


def _byline(session: RexSession, recognition: Recognition) -> str:
    """From where it was given: the service of that day, else the person's name."""
    row = session.execute(
        select(Authorship.service_name, User.name)
        .outerjoin(User, User.id == Authorship.user_id)
        .where(Authorship.entry_id == recognition.id)
        .order_by(Authorship.position)
    ).first()
    return (row.service_name or row.name or "Une personne") if row else ""


def _row(public_id: str) -> str:
    return f"entry|{public_id}|sealed"
