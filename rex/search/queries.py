"""What a reader finds: the rights are in the query, then the newest of what they may read is ranked.

Ranking is capped: what is common is said by thousands of texts, of which nobody reads the last; the cap comes after the rights and
the filters, so that nothing of others takes a place in it."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, String, and_, bindparam, literal, or_, select

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


def find(session: RexSession, asked: Asked, filters: Filters, timezone: str) -> list[int]:
    """The numbers of the rows that say what is asked, best first. One statement, two when all that is
    asked is said a lot."""
    if not asked:
        return []
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
    rows = _found(engine, narrowing).rows(session, asked=engines.written_for(engine, asked), **narrowed)
    if len(rows) < MOST or not asked.stems or asked.is_any:
        return ranked(rows, asked)
    titled = _found(engine, narrowing).rows(session, asked=engines.written_for(engine, asked, "title"), **narrowed)
    return ranked(list({row.id: row for row in (*rows, *titled)}.values()), asked)


@cache
def _found(engine: str, narrowing: Narrowing) -> Kept:
    @Kept
    def narrowed_so(reader: Shape) -> Select:
        accents = SearchRow.accents if narrowing.accents else literal("").label("accents")
        query = visible_finds(reader).with_only_columns(SearchRow.id, SearchRow.title, SearchRow.stems, accents)
        if engine == "sqlite":
            hit = engines.hits()
            query = query.where(SearchRow.id == hit.c.rowid).order_by(hit.c.rowid.desc())
        else:
            query = query.where(engines.is_hit()).order_by(SearchRow.id.desc())
        return _narrowed(query, narrowing).limit(MOST)

    return narrowed_so


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
    tagged = [Tagging.code == bindparam("balise", type_=String)] if narrowing.balise else []
    if narrowing.enjeu:
        tagged.append(Tagging.code.like(bindparam("enjeu", type_=String)))
    if tagged:
        query = query.where(select(Tagging.id).where(Tagging.entry_id == SearchRow.entry_id, *tagged).exists())
    if narrowing.reseau:
        opened = select(Entry.id).where(Entry.id == SearchRow.entry_id, Entry.audience == Audience.RESEAU)
        query = query.where(opened.exists())
    if narrowing.service:
        service = select(Service.id).where(Service.public_id == bindparam("service", type_=String)).scalar_subquery()
        signed = select(Authorship.id).where(Authorship.entry_id == SearchRow.entry_id, Authorship.service_id == service)
        entry = and_(SearchRow.said_id.is_(None), signed.exists())
        query = query.where(or_(SearchRow.service_id == service, entry))
    return query
