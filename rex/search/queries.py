"""What a reader finds: the rights are in the query, then the newest of what they may read is ranked.

Ranking is capped: what is common is said by thousands of texts, of which nobody reads the last; the cap comes after the rights and
the filters, so that nothing of others takes a place in it. A balise or an enjeu may be rare among them: it is looked for in the
newest `LOOKED_AT` of what the rights and the other filters leave, and whoever asks is told when there were more. Where there are no
more than that, both engines find the same."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, literal, or_, select

from rex.access import visible_finds
from rex.collectifs.models import Service
from rex.db import BigId, RexSession, UtcDateTime
from rex.journal.models import Audience, Authorship, Entry, Tagging
from rex.kept import Kept
from rex.search import engines
from rex.search.asked import Asked
from rex.search.filters import Filters
from rex.search.models import FoundKind, SearchRow
from rex.search.ranking import ranked
from rex.shapes import Shape

PAGE = 10
MOST = 50  # texts that are ranked; and as many whose title says the words, however old
LOOKED_AT = 1_000  # texts in which a balise or an enjeu is looked for
_looked_at = bindparam("looked_at", type_=BigId)


class Found(NamedTuple):
    """The numbers of the rows, best first. `is_short`: older texts say the words, in which the balise was not looked for."""

    row_ids: list[int]
    is_short: bool


class Narrowing(NamedTuple):
    """Which filters a statement has; their values are given at each execution. `accents`: whether it says the accents too."""

    accents: bool
    kind: bool
    is_said: bool  # said under an entry
    enjeu: bool
    balise: bool
    service: bool
    starts: bool
    ends: bool
    collectif: bool
    reseau: bool

    @property
    def is_tagged(self) -> bool:
        return self.enjeu or self.balise


def find(session: RexSession, asked: Asked, filters: Filters, timezone: str, *, is_last: bool = True) -> Found:
    """What says what is asked. One statement; two when all that is asked is said a lot, or when few carry a balise or an enjeu.

    `is_last`: nothing more is looked for when this finds nothing. Of what says one word only, it is not asked if there was more."""
    if not asked:
        return Found([], False)
    engine = session.connection().dialect.name
    starts, ends = filters.period.instants(timezone) if filters.period else (None, None)
    narrowing = Narrowing(
        bool(asked.accented), filters.kind not in (None, FoundKind.EXCHANGE), filters.kind is FoundKind.EXCHANGE,
        bool(filters.enjeu), bool(filters.balise), bool(filters.service), starts is not None, ends is not None,
        filters.collectif_id is not None, filters.reseau,
    )
    given = {
        "kind": filters.kind, "enjeu": f"{filters.enjeu}_", "balise": filters.balise, "service": filters.service, "starts": starts,
        "ends": ends, "collectif": filters.collectif_id,
    }
    narrowed = {name: value for name, value in given.items() if getattr(narrowing, name)}
    if narrowing.is_tagged:
        narrowed["looked_at"] = LOOKED_AT
    words = engines.written_for(engine, asked)
    rows = _found(engine, narrowing).rows(session, asked=words, **narrowed)
    if len(rows) >= MOST and asked.stems and not asked.is_any:
        titles = engines.written_for(engine, asked, "title")
        titled = _found(engine, narrowing).rows(session, asked=titles, **narrowed)
        rows = list({row.id: row for row in (*rows, *titled)}.values())
    is_short = False
    if narrowing.is_tagged and len(rows) < MOST and (not asked.is_any if rows else is_last):
        without = {name: value for name, value in narrowed.items() if name not in ("balise", "enjeu")}
        untagged = narrowing._replace(accents=False, enjeu=False, balise=False)
        is_short = bool(_not_looked_at(engine, untagged).rows(session, asked=words, **without))
    return Found(ranked(rows, asked), is_short)


@cache
def _found(engine: str, narrowing: Narrowing) -> Kept:
    @Kept
    def narrowed_so(reader: Shape) -> Select:
        accents = SearchRow.accents if narrowing.accents else literal("").label("accents")
        columns = SearchRow.id, SearchRow.title, SearchRow.stems, accents
        if not narrowing.is_tagged:
            return _newest_first(reader, engine, narrowing).with_only_columns(*columns).limit(MOST)
        # Both engines take the rows of the inner statement one after another, and stop as soon as enough carry the balise.
        untagged = narrowing._replace(enjeu=False, balise=False)
        newest = _newest_first(reader, engine, untagged).with_only_columns(SearchRow.id).limit(_looked_at).subquery()
        query = visible_finds(reader).with_only_columns(*columns).join(newest, newest.c.id == SearchRow.id)
        return query.where(_tagged(narrowing)).order_by(newest.c.id.desc()).limit(MOST)

    return narrowed_so


@cache
def _not_looked_at(engine: str, narrowing: Narrowing) -> Kept:
    """The newest of the texts in which a balise is not looked for, when there are that many."""
    return Kept(lambda reader: _newest_first(reader, engine, narrowing).with_only_columns(SearchRow.id).limit(1).offset(_looked_at))


def _newest_first(reader: Shape, engine: str, narrowing: Narrowing) -> Select:
    """What this reader may find and says what is asked."""
    query = visible_finds(reader)
    if engine == "sqlite":
        hit = engines.hits()
        query = query.where(SearchRow.id == hit.c.rowid).order_by(hit.c.rowid.desc())
    else:
        query = query.where(engines.is_hit()).order_by(SearchRow.id.desc())
    return _narrowed(query, narrowing)


def _tagged(narrowing: Narrowing) -> ColumnElement[bool]:
    tagged = [Tagging.code == bindparam("balise", type_=String)] if narrowing.balise else []
    if narrowing.enjeu:
        tagged.append(Tagging.code.like(bindparam("enjeu", type_=String)))
    return select(Tagging.id).where(Tagging.entry_id == SearchRow.entry_id, *tagged).exists()


def _narrowed(query: Select, narrowing: Narrowing) -> Select:
    if narrowing.kind:
        query = query.where(SearchRow.kind == bindparam("kind", type_=SearchRow.kind.type))
    if narrowing.is_said:
        query = query.where(SearchRow.said_id.is_not(None))
    if narrowing.collectif:
        query = query.where(SearchRow.collectif_id == bindparam("collectif", type_=BigId))
    if narrowing.starts:
        query = query.where(SearchRow.said_at >= bindparam("starts", type_=UtcDateTime))
    if narrowing.ends:
        query = query.where(SearchRow.said_at < bindparam("ends", type_=UtcDateTime))
    if narrowing.reseau:
        opened = select(Entry.id).where(Entry.id == SearchRow.entry_id, Entry.audience == Audience.RESEAU)
        query = query.where(opened.exists())
    if narrowing.service:
        service = select(Service.id).where(Service.public_id == bindparam("service", type_=String)).scalar_subquery()
        signed = select(Authorship.id).where(Authorship.entry_id == SearchRow.entry_id, Authorship.service_id == service)
        entry = and_(SearchRow.said_id.is_(None), signed.exists())
        query = query.where(or_(SearchRow.service_id == service, entry))
    return query
