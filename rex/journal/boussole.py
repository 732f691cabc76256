"""What experience says about the balises: counts and récits as one reader may see them, in one journal."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select

from rex.access import MembershipView, Reader, told_recits
from rex.db import RexSession
from rex.journal.list_queries import CARD, Card, tags_of
from rex.journal.models import Audience, Entry, Stance, Tagging
from rex.referentiel.models import OwnBalise

SHOWN = 5  # the newest of each list; the others are one link further


@dataclass(frozen=True)
class Voices:
    """The récits that take one stance on a balise: how many, and the newest of them."""

    stance: Stance
    count: int
    cards: list[Card]


@dataclass(frozen=True)
class Experience:
    """What the récits of a journal say about a balise; `in_reseau` counts those of all collectifs, opened to the réseau."""

    voices: list[Voices]
    in_reseau: int

    @property
    def count(self) -> int:
        return sum(one.count for one in self.voices)


def experience_of(session: RexSession, reader: Reader, seat: MembershipView, code: str) -> Experience:
    """The récits of a journal on a balise, by stance, as this reader sees them. Six statements at most."""
    here = Entry.collectif_id == seat.collectif_id
    tagged = told_recits(reader).join(Tagging, Tagging.entry_id == Entry.id).where(Tagging.code == code)
    counts = session.execute(
        tagged.with_only_columns(
            Tagging.stance, func.count().filter(here), func.count().filter(Entry.audience == Audience.RESEAU)
        ).group_by(Tagging.stance)
    ).all()
    in_journal = {stance: count for stance, count, _ in counts}
    newest = {stance: _newest(session, tagged.where(here, Tagging.stance == stance)) for stance in Stance}
    tags = tags_of(session, reader, [card.id for cards in newest.values() for card in cards])
    voices = [
        Voices(
            stance,
            in_journal.get(stance, 0),
            [replace(c, tags=tuple(t for t in tags.get(c.id, ()) if t.marker.code != code)) for c in newest[stance]],
        )
        for stance in Stance
    ]
    return Experience(voices, in_reseau=sum(count for _, _, count in counts))


def newest_on(session: RexSession, reader: Reader, seat: MembershipView, codes: Iterable[str]) -> list[Card]:
    """The newest récits of a journal that carry one of these balises. Three statements at most."""
    spoken_of = select(Tagging.id).where(Tagging.entry_id == Entry.id, Tagging.code.in_(list(codes))).exists()
    cards = _newest(session, told_recits(reader).where(Entry.collectif_id == seat.collectif_id, spoken_of))
    tags = tags_of(session, reader, [card.id for card in cards])
    return [replace(card, tags=tags.get(card.id, ())) for card in cards]


def own_balise(session: RexSession, seat: MembershipView, slug: str) -> OwnBalise | None:
    """A balise that this collectif added, closed ones included."""
    return session.scalars(
        select(OwnBalise).where(OwnBalise.collectif_id == seat.collectif_id, OwnBalise.slug == slug)
    ).first()


def _newest(session: RexSession, query: Select) -> list[Card]:
    newest = query.with_only_columns(*CARD).order_by(Entry.published_at.desc(), Entry.id.desc()).limit(SHOWN)
    rows: list[Any] = list(session.execute(newest))
    return [Card(*row) for row in rows]
