"""The collectif's own lines of the lexicon: expressions that say the same here (« épuisé, à bout, en surchauffe »)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from rex import french
from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.refusals import Refused
from rex.tensions.acts_ground import begin
from rex.tensions.models import OwnIdea
from rex.text.marks import tidy

MOST = 200  # lines of a collectif
MOST_EXPRESSIONS = 12  # of a line
LENGTH = 60  # of an expression
FULL = f"Le lexique de ce journal a déjà {MOST} lignes\u00a0: retirez-en une d’abord."
_BETWEEN = re.compile(r"[,;\n]+")


@dataclass(frozen=True)
class Idea:
    """A line: what people of this collectif say in several ways."""

    public_id: str
    expressions: tuple[str, ...]


def ideas_of(session: RexSession, collectif_id: int) -> list[Idea]:
    """The lines of a collectif, the oldest first; for its members."""
    query = select(OwnIdea.public_id, OwnIdea.words).where(OwnIdea.collectif_id == collectif_id).order_by(OwnIdea.id)
    return [Idea(public_id, tuple(_expressions(words))) for public_id, words in session.execute(query)]


def own_of(session: RexSession, collectif_id: int) -> tuple[tuple[str, ...], ...]:
    """What the grouping takes of them."""
    return tuple(idea.expressions for idea in ideas_of(session, collectif_id))


def add(session: RexSession, reader: Reader, seat: MembershipView, words: str) -> OwnIdea:
    """One more line. Raises PermissionError, or Refused with what is wrong."""
    begin(session, reader, seat.collectif_id)
    known = ideas_of(session, seat.collectif_id)
    if len(known) >= MOST:
        raise Refused(FULL)
    idea = OwnIdea(collectif_id=seat.collectif_id, words=_written(words, known))
    session.add(idea)
    session.flush()
    return idea


def remove(session: RexSession, reader: Reader, seat: MembershipView, public_id: str) -> bool:
    """One line less; False when it is not there, or of another journal. Raises PermissionError."""
    begin(session, reader, seat.collectif_id)
    query = select(OwnIdea).where(OwnIdea.public_id == public_id, OwnIdea.collectif_id == seat.collectif_id)
    found = session.scalars(query).first()
    if found is not None:
        session.delete(found)
        session.flush()
    return found is not None


def _expressions(words: str) -> list[str]:
    """What was typed, between commas; the same one twice is one."""
    typed = (" ".join(part.split()) for part in _BETWEEN.split(tidy(words)))
    found: dict[str, str] = {}
    for one in typed:
        if one:
            found.setdefault(french.fold(one), one)
    return list(found.values())


def _written(words: str, others: Iterable[Idea]) -> str:
    """A line fit to be kept. Raises Refused."""
    found = _expressions(words)
    if len(found) < 2:
        raise Refused("Donnez au moins deux expressions, séparées par des virgules.")
    if len(found) > MOST_EXPRESSIONS:
        raise Refused(f"Gardez {MOST_EXPRESSIONS} expressions au plus sur une ligne.")
    if any(len(one) > LENGTH for one in found):
        raise Refused(f"Une expression a {LENGTH} caractères au plus.")
    if not all(any(letter.isalpha() for letter in one) for one in found):
        raise Refused("Une expression s’écrit avec des lettres.")
    said = {french.fold(one) for idea in others for one in idea.expressions}
    twice = [one for one in found if french.fold(one) in said]
    if twice:
        raise Refused(f"«\u202f{twice[0]}\u202f» est déjà sur une autre ligne.")
    return ", ".join(found)
