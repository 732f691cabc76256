"""Two that are told together exchange everything that is theirs: nothing that pages and letters say may change by it."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Column, Table, case, literal, select, update

from rex.collectifs.models import College, Service
from rex.db import Base, RexSession
from rex.journal.difficulty_models import Echo
from rex.journal.models import Authorship
from rex.tensions.naming import NamedColleges, NamedServices, named_colleges, named_services
from tests.trends.journals import Shape

ELU, SERVICE, OPERATEUR, HABITANT, TIERS = College
TOGETHER = [  # three ways of being told together: one that is small with the oldest named one, two, many
    Shape((1, 3, 4, 4), colleges=(ELU, SERVICE, OPERATEUR, HABITANT)),
    Shape((2, 1, 3, 4, 0, 0), without=1, colleges=(ELU, HABITANT, SERVICE, OPERATEUR, TIERS, TIERS)),
    Shape((1, 2, 2, 1, 4), without=2),
]


@contextmanager
def exchanged(session: RexSession, collectif_id: int, one: int, other: int, *, colleges: bool = True) -> Generator[bool]:
    """Within, two services of a journal have exchanged what they told; `colleges`: and the collège from which they told it, when
    each has one and this journal does not tell the two collèges apart. Whether the same ones are named as before: a small one that
    takes the writers of another may give its place to a third."""
    named = _named(session, collectif_id)
    with session.as_system("two services exchange everything"):
        exchange(session, one, other, colleges=colleges)
        is_same = _named(session, collectif_id) == named
    yield is_same
    with session.as_system("they take it back"):
        exchange(session, one, other, colleges=colleges)
    assert _named(session, collectif_id) == named


def _named(session: RexSession, collectif_id: int) -> tuple[NamedServices, NamedColleges]:
    """Who is named, not how many write there."""
    services, colleges = named_services(session, collectif_id), named_colleges(session, collectif_id)
    anonymous = tuple(one._replace(writers=3) for one in services.named)
    return NamedServices(anonymous, services.merged, services.hidden), colleges


def exchange(session: RexSession, one: int, other: int, of: type[Base] = Service, *, colleges: bool = False) -> None:
    """Everything that is of a service (of a territory) becomes the other's: whatever column of whatever table points at it, and its
    name wherever it signs."""
    if colleges:
        _exchange_colleges(session, one, other)
    if of is Service:
        names = [session.get_one(Service, service_id).name for service_id in (one, other)]
        for table in Base.metadata.sorted_tables:
            if "service_name" in table.columns:
                swap(session, table, table.columns["service_name"], *names)
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.references(_table_of(of)) for key in column.foreign_keys):
                swap(session, table, column, one, other)
    session.expire_all()


def _exchange_colleges(session: RexSession, one: int, other: int) -> None:
    by = select(Authorship.college).distinct()
    from_one, from_other = (session.scalars(by.where(Authorship.service_id == service_id)).all() for service_id in (one, other))
    place = session.get_one(Service, one).collectif_id
    if len(from_one) != 1 or len(from_other) != 1 or not {*from_one, *from_other} <= set(named_colleges(session, place).merged):
        return
    for who in (_table_of(Authorship), _table_of(Echo)):
        for service_id, college in ((one, from_other[0]), (other, from_one[0])):
            session.execute(update(who).where(who.c.service_id == service_id).values(college=college))


def exchange_colleges(session: RexSession, one: College, other: College) -> None:
    """Everything that was told from a collège becomes the other's."""
    for who in (_table_of(Authorship), _table_of(Echo)):
        swap(session, who, who.c.college, one, other)
    session.expire_all()


def swap(session: RexSession, table: Table, column: Column, one: int | str, other: int | str) -> None:
    this, that = literal(one, column.type), literal(other, column.type)
    session.execute(update(table).where(column.in_((one, other))).values({column: case((column == this, that), else_=this)}))


def _table_of(of: type[Base]) -> Table:
    assert isinstance(of.__table__, Table)
    return of.__table__
