"""« @Camille Roy » in a message: whom it names among those who can read it, and the names proposed while one types."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from rex.access import group_readers, readers_of
from rex.collectifs.models import Membership, User
from rex.db import RexSession
from rex.exchanges.entries import ToldEntry
from rex.exchanges.models import Exchange, Mention
from rex.french import fold
from rex.journal.models import Audience

MOST_WORDS = 6  # of a name
MOST_PROPOSED = 8
_AT = re.compile(r"(?<![\w.@/])@(?=\w)")
_WORD = re.compile(r"[\w’'.-]+")


@dataclass(frozen=True)
class Named:
    """Whom a text names (user ids), the names that nobody among its readers bears, and how it writes those it found."""

    user_ids: frozenset[int]
    unknown: tuple[str, ...]
    written: tuple[str, ...] = ()


def named_in(session: RexSession, source: str, audience: Audience, entry: ToldEntry) -> Named:
    """Look the names of a text up among those who will read it; a text without « @ » asks nothing of the base."""
    starts = [match.end() for match in _AT.finditer(source)]
    if not starts:
        return Named(frozenset(), ())
    known: dict[str, set[int]] = {}
    for user_id, name in names_of(session, audience, entry):
        known.setdefault(fold(name), set()).add(user_id)
    found: set[int] = set()
    unknown: list[str] = []
    written: list[str] = []
    for start in starts:
        words = _words_after(source, start)
        name = next((name for some in _shorter_and_shorter(words) if fold(name := " ".join(some)) in known), "")
        if name:
            found |= known[fold(name)]
            written.append(name)
        elif words and words[0][0].isupper():
            unknown.append(" ".join(words[: 2 if len(words) > 1 and words[1][0].isupper() else 1]))
    return Named(frozenset(found), tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(written)))


def _words_after(source: str, start: int) -> list[str]:
    line = source[start : start + 160].split("\n", 1)[0]
    return [match[0].rstrip(".'’-") or match[0] for match in _WORD.finditer(line)][:MOST_WORDS]


def _shorter_and_shorter(words: list[str]) -> Iterable[list[str]]:
    return (words[:length] for length in range(len(words), 0, -1))


def names_of(session: RexSession, audience: Audience, entry: ToldEntry) -> list[tuple[int, str]]:
    """(user id, name) of everybody who reads such a message under this entry."""
    if audience is Audience.GROUPE:
        return list(group_readers(session, entry.collectif_id, entry.told_at))
    with session.as_system("find the persons that a message names among its readers"):
        members = readers_of(audience, entry.collectif_id).with_only_columns(Membership.user_id)
        rows = session.execute(select(User.id, User.name).where(User.id.in_(members)).order_by(User.name, User.id)).all()
    return [(user_id, name) for user_id, name in rows]


def proposed(session: RexSession, begun: str, audience: Audience, entry: ToldEntry) -> list[str]:
    """Some names of readers of which a word begins so, for who types « @ »; nothing for nothing."""
    wanted = fold(begun)
    if not wanted:
        return []
    names = dict.fromkeys(name for _, name in names_of(session, audience, entry))
    return [name for name in names if any(fold(name)[start:].startswith(wanted) for start in _starts(fold(name)))][:MOST_PROPOSED]


def _starts(name: str) -> list[int]:
    return [match.start() for match in re.finditer(r"(?<!\w)\w", name)]


def write_mentions(session: RexSession, exchange: Exchange, user_ids: Collection[int]) -> set[int]:
    """Keep whom a message names now; returns those whom it did not name before."""
    before = set(session.scalars(select(Mention.user_id).where(Mention.exchange_id == exchange.id)))
    if gone := before - set(user_ids):
        session.execute(delete(Mention).where(Mention.exchange_id == exchange.id, Mention.user_id.in_(gone)))
    new = set(user_ids) - before
    session.add_all(Mention(exchange_id=exchange.id, user_id=user_id) for user_id in sorted(new))
    session.flush()
    return new
