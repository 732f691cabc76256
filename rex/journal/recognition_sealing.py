"""Where the words of a recognition lie: sealed with the key of its collectif while it is between two, in clear once accepted."""

import json
from collections.abc import Sequence

from sqlalchemy import delete, select

from rex import clock
from rex.collectifs.models import Collectif
from rex.db import RexSession
from rex.journal.models import Tagging
from rex.journal.recognition_models import Recognition
from rex.text import excerpt

TITLE = 120  # the first words, as the lists of all kinds of entries show them
EXCERPT = 220


def _row(recognition: Recognition) -> str:
    return f"entry|{recognition.public_id}|sealed"


def _key_name(session: RexSession, collectif_id: int) -> str:
    return session.scalars(select(Collectif).where(Collectif.id == collectif_id)).one().key_name


def seal(session: RexSession, recognition: Recognition, words: str, codes: Sequence[str]) -> None:
    """Keep the words and the balises sealed, nothing of them in clear. The row exists already: the seal is bound to it."""
    content = json.dumps({"words": words, "balises": list(codes)}, ensure_ascii=False)
    key = _key_name(session, recognition.collectif_id)
    recognition.sealed = session.keyring.seal(key, _row(recognition), content)
    recognition.title = recognition.excerpt = recognition.words = recognition.byline = ""
    session.execute(delete(Tagging).where(Tagging.entry_id == recognition.id))
    session.flush()


def opened(session: RexSession, recognition: Recognition) -> tuple[str, list[str]]:
    """The words and the codes of the balises of a recognition that is sealed, for somebody who was let in by the door."""
    if recognition.sealed is None:
        return recognition.words, codes_of(session, recognition)
    key = _key_name(session, recognition.collectif_id)
    content = json.loads(session.keyring.open(key, _row(recognition), recognition.sealed))
    return content["words"], content["balises"]


def codes_of(session: RexSession, recognition: Recognition) -> list[str]:
    """The balises that stand in clear, in their order."""
    query = select(Tagging.code).where(Tagging.entry_id == recognition.id).order_by(Tagging.position)
    return list(session.scalars(query))


def put_in_clear(session: RexSession, recognition: Recognition) -> None:
    """What its readers will read; the caller says who they are."""
    words, codes = opened(session, recognition)
    recognition.words, recognition.sealed = words, None
    recognition.title, recognition.excerpt = excerpt(words, TITLE), excerpt(words, EXCERPT)
    for position, code in enumerate(codes):
        session.add(Tagging(entry_id=recognition.id, code=code, position=position))
    session.flush()


def put_away(session: RexSession, recognition: Recognition) -> None:
    """Out of the journal, between the two again: nothing of it stays in clear."""
    seal(session, recognition, recognition.words, codes_of(session, recognition))
    recognition.audience = recognition.published_at = None
    recognition.withdrawn_at = clock.now()
    session.flush()
