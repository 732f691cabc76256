"""What a reader finds: the rights are in the query, then the newest of what they may read is ranked, then a page of it is read.

Ranking is capped: what is common is said by thousands of texts, of which nobody reads the last; the cap comes after the rights and
the filters, so that nothing of others takes a place in it."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, and_, bindparam, func, or_, select

from rex.access import visible_finds
from rex.collectifs.models import Collectif, Service, User
from rex.db import BigId, RexSession, UtcDateTime
from rex.exchanges.models import Exchange
from rex.journal.models import Audience, Authorship, Entry, Section, Tagging
from rex.journal.queries import NOBODY
from rex.kept import Kept, filled, several
from rex.search import engines
from rex.search.asked import Asked
from rex.search.filters import Filters
from rex.search.models import SearchRow
from rex.search.ranking import ranked
from rex.shapes import Shape

PAGE = 10
MOST = 60  # texts that are ranked; and as many whose title says the words, however old


class Narrowing(NamedTuple):
    """Which filters a statement has; their values are given at each execution."""

    kind: bool
    enjeu: bool
    balise: bool
    service: bool
    starts: bool
    ends: bool
    collectif: bool
    reseau: bool


def find(session: RexSession, asked: Asked, filters: Filters, timezone: str) -> list[int]:
    """The numbers of the rows that say what is asked, best first. One statement, two when it says a lot."""
    if not asked:
        return []
    engine = session.connection().dialect.name
    starts, ends = filters.period.instants(timezone) if filters.period else (None, None)
    narrowing = Narrowing(
        filters.kind is not None, bool(filters.enjeu), bool(filters.balise), bool(filters.service), starts is not None,
        ends is not None, filters.collectif_id is not None, filters.reseau,
    )
    given = {
        "kind": filters.kind, "enjeu": f"{filters.enjeu}_", "balise": filters.balise, "service": filters.service, "starts": starts,
        "ends": ends, "collectif": filters.collectif_id,
    }
    narrowed = {name: value for name, value in given.items() if getattr(narrowing, name)}
    rows = _found(engine, narrowing).rows(session, asked=engines.written_for(engine, asked), **narrowed)
    if len(rows) < MOST or not asked.stems:
        return ranked(rows, asked)
    titled = _found(engine, narrowing).rows(session, asked=engines.written_for(engine, asked, "title"), **narrowed)
    return ranked(list({row.id: row for row in (*rows, *titled)}.values()), asked)


@cache
def _found(engine: str, narrowing: Narrowing) -> Kept:
    @Kept
    def narrowed_so(reader: Shape) -> Select:
        query = visible_finds(reader).with_only_columns(SearchRow.id, SearchRow.title, SearchRow.stems)
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
        entry = and_(SearchRow.exchange_id.is_(None), signed.exists())
        query = query.where(or_(SearchRow.service_id == service, entry))
    return query


class Text(NamedTuple):
    """What was found, as it stands in the journal: its columns, and its words in their order (sections of a récit)."""

    row: Any
    sources: list[str]


def texts(session: RexSession, row_ids: Sequence[int]) -> list[Text]:
    """What stands in the journal for these rows, in their order: the reader's door once more, for entries and messages alike."""
    found: dict[int, Text] = {}
    for row in _texts.rows(session, **filled("row", PAGE, row_ids)):
        known = found.setdefault(row.id, Text(row, []))
        known.sources.append(row.source or row.section or row.words)
    return [found[row_id] for row_id in row_ids if row_id in found]


@Kept
def _texts(reader: Shape) -> Select:
    return (
        visible_finds(reader)
        .join(Entry, Entry.id == SearchRow.entry_id)
        .join(Collectif, Collectif.id == Entry.collectif_id)
        .outerjoin(Section, and_(Section.entry_id == Entry.id, SearchRow.exchange_id.is_(None)))
        .outerjoin(Exchange, Exchange.id == SearchRow.exchange_id)
        .outerjoin(User, User.id == Exchange.author_id)
        .where(SearchRow.id.in_(several("row", PAGE, BigId)))
        .order_by(SearchRow.id, Section.position)
        .with_only_columns(
            SearchRow.id, SearchRow.kind, SearchRow.said_at, Entry.public_id, Entry.kind.label("of_kind"), Entry.title, Entry.words,
            Entry.byline, Entry.audience, Entry.collectif_id, Collectif.name.label("collectif"), Section.source.label("section"),
            Exchange.public_id.label("exchange_public_id"), Exchange.source, Exchange.signature, Exchange.posture,
            func.coalesce(User.name, NOBODY).label("author"),
        )
    )
