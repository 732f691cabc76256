"""The words of a difficulty: in clear while it is told, sealed with the key of its space when it is not."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import delete, select

from rex import clock, text
from rex.access import MembershipView
from rex.db import RexSession
from rex.journal import moments
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Audience, Tagging
from rex.journal.moments import Change
from rex.journal.sealed_drafts import Tags, pack_tags, unpack_tags
from rex.text.excerpts import first_sentence

TITLE_LENGTH = 120
EXCERPT_LENGTH = 220


@dataclass(frozen=True)
class Written:
    """A difficulty as it is written: plain words, one line a paragraph."""

    words: str = ""
    effect: str = ""
    tags: Tags = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """What a withdrawn difficulty said; `with_recit`: it went with its récit, and comes back with it."""

    written: Written
    with_recit: bool = False


class Sealed(Protocol):
    """A difficulty, or the two columns of it that opening needs."""

    public_id: Any
    sealed: Any


class Keyed(Protocol):
    """A space, seen from anywhere: it has a key."""

    @property
    def key_name(self) -> str: ...


def put_in_clear(session: RexSession, difficulty: Difficulty, written: Written, audience: Audience) -> None:
    """Put the words under the eyes of this audience, from now on."""
    difficulty.audience, difficulty.published_at = audience, clock.now()
    difficulty.withdrawn_at = difficulty.corrected_at = difficulty.sealed = None
    difficulty.deletion_asked_at = difficulty.deletion_asked_by_id = None
    write(session, difficulty, written)
    moments.changed(session, difficulty, Change.PUBLISHED)


def write(session: RexSession, difficulty: Difficulty, written: Written) -> None:
    """The words in clear, and what lists show of them."""
    difficulty.words, difficulty.effect = written.words, written.effect
    difficulty.title = first_sentence(written.words, TITLE_LENGTH)
    difficulty.excerpt = text.excerpt(written.words, EXCERPT_LENGTH)
    session.flush()
    session.execute(delete(Tagging).where(Tagging.entry_id == difficulty.id))
    for position, (code, stance) in enumerate(written.tags.items()):
        session.add(Tagging(entry_id=difficulty.id, code=code, stance=stance, position=position))
    session.flush()


def put_away(session: RexSession, seat: MembershipView, difficulty: Difficulty, *, with_recit: bool = False) -> None:
    """Seal the words: nothing of them stays in clear."""
    seal(session, seat, difficulty, as_told(session, difficulty), with_recit=with_recit)
    difficulty.words = difficulty.effect = difficulty.title = difficulty.excerpt = difficulty.byline = ""
    difficulty.audience = difficulty.published_at = difficulty.corrected_at = None
    difficulty.withdrawn_at = clock.now()
    session.flush()
    session.execute(delete(Tagging).where(Tagging.entry_id == difficulty.id))
    moments.changed(session, difficulty, Change.WITHDRAWN)


def seal(
    session: RexSession, seat: MembershipView, difficulty: Difficulty, written: Written, *, with_recit: bool = False
) -> None:
    """Keep what a difficulty says sealed. The row exists already: the seal is bound to it."""
    tags = pack_tags(written.tags)
    said = {"words": written.words, "effect": written.effect, "tags": tags, "with_recit": with_recit}
    difficulty.sealed = session.keyring.seal(seat.key_name, _row(difficulty), json.dumps(said))


def opened(session: RexSession, seat: Keyed, difficulty: Sealed) -> Kept:
    """What a withdrawn difficulty said."""
    if difficulty.sealed is None:
        return Kept(Written())
    said = json.loads(session.keyring.open(seat.key_name, _row(difficulty), difficulty.sealed))
    return Kept(Written(said["words"], said["effect"], unpack_tags(said["tags"])), said["with_recit"])


def as_told(session: RexSession, difficulty: Difficulty) -> Written:
    """What a told difficulty says now."""
    tags = session.execute(
        select(Tagging.code, Tagging.stance).where(Tagging.entry_id == difficulty.id).order_by(Tagging.position)
    )
    return Written(difficulty.words, difficulty.effect, {code: stance for code, stance in tags})


def version_of(written: Written) -> str:
    """What a form says that it began from, so that of two windows the second does not silently win."""
    said = [written.words, written.effect, pack_tags(written.tags)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _row(difficulty: Sealed) -> str:
    """What binds the sealed words: the table, the column, the row."""
    return f"entry|{difficulty.public_id}|sealed"
