"""The second lock, over everything that a group holds: whatever the shape of a query and whichever the class, a session without a
reader gets an error, and no row of a group comes to somebody who is not in it. All mapped classes are walked, and all columns."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import and_, exists, func, literal, select, tuple_, union_all
from sqlalchemy.orm import Mapper, aliased

from rex import migrate
from rex.access import Reader
from rex.db import Base, Database, RexSession
from rex.kept import Kept
from rex.second_lock import NoReader
from tests.cast import Cast, Person
from tests.house.filled_room import fill
from tests.making import make_group, reader_of

Rows = set[tuple[Any, ...]]
migrate.import_models()
MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
OF_A_PERSON = {"Notice", "NoticeSettings", "Device", "UnsubscribeLink", "FeedAddress"}  # read by nobody but who they are about
HERS = {("JoinRequest", "Jeanne Lartigue")}  # she is invited, and opens her invitation


def keys_of(entity: Any, mapper: Mapper[Any]) -> list[Any]:
    return [getattr(entity, mapper.get_property_by_column(column).key) for column in mapper.primary_key]


def shapes(mapper: Mapper[Any], *, by_column: bool = True) -> Iterator[tuple[str, Callable[[], Any]]]:
    """(what it is, statement whose rows begin with the primary key) for every way in which a class is read here; `by_column`: each
    of its columns alone too."""
    model: Any = mapper.class_
    keys = keys_of(model, mapper)
    other = aliased(model)
    others = keys_of(other, mapper)
    yield "its columns at once", lambda: select(*keys, *[getattr(model, one.key) for one in mapper.column_attrs])
    for attribute in mapper.column_attrs if by_column else ():
        yield f"the column {attribute.key}", lambda key=attribute.key: select(*keys, getattr(model, key))
        yield f"the column {attribute.key} of an alias", lambda key=attribute.key: select(*others, getattr(other, key))
    yield "an alias", lambda: select(*others)
    yield "in itself", lambda: select(*keys).where(tuple_(*keys).in_(select(*others)))
    yield "where it exists", lambda: select(*keys).where(exists().where(and_(*map(_same, keys, others))))
    yield "a union", lambda: union_all(select(*keys), select(*others))
    yield "a subquery", lambda: select(*select(*keys).subquery().c)
    yield "a common table expression", lambda: select(*select(*keys).cte("some").c)
    yield "grouped", lambda: select(*keys, func.count()).group_by(*keys)
    yield "from a select", lambda: select(*keys).select_from(model)
    for column in mapper.local_table.columns:
        for key in column.foreign_keys:
            holds = [one for one in MAPPERS if one.local_table is key.column.table]
            target = next(one for one in holds if one.inherits not in holds).class_
            if issubclass(model, target):
                continue
            here = getattr(model, mapper.get_property_by_column(column).key)
            there = getattr(target, key.column.name)
            yield f"joined to {target.__name__}", lambda t=target, h=here, o=there: select(*keys).join(t, h == o)
            beside = select(*keys).select_from(target)
            yield f"beside {target.__name__}", lambda b=beside, h=here, o=there: b.outerjoin(model, h == o)


def _same(one: Any, other: Any) -> Any:
    return one == other


def whole(mapper: Mapper[Any], session: RexSession) -> Rows:
    """The primary keys that come as mapped objects."""
    return {tuple(mapper.primary_key_from_instance(one)) for one in session.scalars(select(mapper.class_))}


def all_of(mapper: Mapper[Any], database: Database) -> Rows:
    with database.system("what there is") as session:
        return {tuple(row) for row in session.execute(select(*keys_of(mapper.class_, mapper)))}


@pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: mapper.class_.__name__)
def test_without_a_reader_there_is_an_error(database: Database, cast: Cast, mapper: Mapper[Any]):
    """Were there rows or none: nothing is asked of the base."""
    found = all_of(mapper, database)
    keys = keys_of(mapper.class_, mapper)
    with database.session() as session:
        for shape, statement in shapes(mapper):
            for ask in (session.execute, session.scalars, session.scalar):
                with pytest.raises(NoReader):
                    rows = ask(statement())
                    raise AssertionError(f"{shape}: {rows}")
        with pytest.raises(NoReader):
            session.scalar(select(func.count()).select_from(mapper.class_))
        with pytest.raises(NoReader):
            session.query(mapper.class_).all()
        with pytest.raises(NoReader):
            session.get(mapper.class_, next(iter(found), tuple(1 for _ in keys)))
        with pytest.raises(NoReader):
            Kept(lambda _: select(*keys)).rows(session)
        with session.as_system("somebody looked before"):
            for row in found:
                session.get(mapper.class_, row)
        for row in found:
            with pytest.raises(NoReader):
                session.get(mapper.class_, row)


def readers_outside(session: RexSession, cast: Cast) -> Iterator[tuple[Person, Reader]]:
    for name in ("paul", "bruno", "jeanne", "ana", "admin", "ines", "gael"):
        person = cast.people[name]
        yield person, reader_of(session, person)
    yield cast.clara, Reader(cast.clara.id, cast.clara.public_id, cast.clara.name, is_admin=False)


def test_nobody_outside_gets_a_row_of_a_group(database: Database, cast: Cast):
    """The rows that filling a group adds: for each class and each shape, none of them to a member of another group, a removed
    member, an invited person, an animateur, an administrator, a member of another collectif, of none, a closed account."""
    make_group(database, cast.paul, called="Un autre groupe")
    before = {mapper: all_of(mapper, database) for mapper in MAPPERS}
    fill(database, cast, beside=False)
    added = {mapper: all_of(mapper, database) - before[mapper] for mapper in MAPPERS}
    with database.session(write=True) as session:
        readers = list(readers_outside(session, cast))
        session.commit()
    seen: dict[str, set[str]] = {}
    for mapper in MAPPERS:  # each class by all readers: what SQLAlchemy wrote for one of a shape is still there for the next
        rows, name = added[mapper], mapper.class_.__name__
        width = len(mapper.primary_key)
        for person, reader in readers:
            if not rows or name in OF_A_PERSON or (name, person.name) in HERS:
                continue
            with database.session(reader) as session:
                if leak := whole(mapper, session) & rows:
                    seen.setdefault(f"{name} as objects", set()).add(f"{person.name}: {len(leak)}")
                for shape, statement in shapes(mapper, by_column=person is cast.bruno):
                    found = {tuple(row[:width]) for row in session.execute(statement())}
                    if leak := found & rows:
                        seen.setdefault(f"{name}: {shape}", set()).add(f"{person.name}: {len(leak)}")
                for row in list(rows)[:5]:
                    if session.get(mapper.class_, row) is not None:
                        seen.setdefault(f"{name}: got by its key", set()).add(person.name)
                    is_it = and_(*map(_same, keys_of(mapper.class_, mapper), row))
                    if session.execute(select(literal(1)).select_from(mapper.class_).where(is_it)).first():
                        seen.setdefault(f"{name}: known to exist", set()).add(person.name)
    assert seen == {}, "\n".join(f"{where}: {who}" for where, who in sorted(seen.items()))
