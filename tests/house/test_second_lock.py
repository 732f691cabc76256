"""The second lock: no query without a reader, and a query that forgets the door finds and changes no more than the door."""

from typing import Any

import pytest
from sqlalchemy import CursorResult, delete, exists, func, select, text, union_all, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import aliased, join

from rex import migrate
from rex.access import Reader, told_recits
from rex.db import Base, Database, RexSession
from rex.journal.models import Action, Audience, Authorship, Draft, DraftText, Entry, Recit, Revision, Section, Stance, Tagging
from rex.second_lock import SCOPES, NoReader
from rex.shapes import shape_of
from tests.cast import Cast, Person
from tests.making import Made, make_recit, reader_of


def test_no_query_without_a_reader(database: Database):
    migrate.import_models()
    for mapper in Base.registry.mappers:
        with database.session() as session, pytest.raises(NoReader):
            session.scalars(select(mapper.class_)).all()


def test_statements_on_tables_are_refused_to_a_person(database: Database, cast: Cast):
    with database.session() as session:
        session.reader = Reader(cast.camille.id, cast.camille.public_id, "Camille Roy", False)
        for statement in (text("SELECT title FROM entry"), select(Entry.__table__), select(Entry.__table__.c.title)):
            with pytest.raises(NoReader):
                session.execute(statement).all()


def test_every_class_has_a_scope_or_is_for_the_system_alone():
    migrate.import_models()
    unscoped = {mapper.class_.__name__ for mapper in Base.registry.mappers if mapper.base_mapper.class_ not in SCOPES}
    of_the_system = {"ArchiveArrival", "Attempt", "IdempotencyKey", "Lease", "Outbox"}
    assert unscoped == of_the_system, "give the new class its scope in rex.access.SCOPES"


@pytest.fixture
def told(database: Database, cast: Cast) -> dict[str, Made]:
    """What the two collectifs hold: published, drafts, withdrawn."""
    balises = {"C1": Stance.ILLUSTRE}
    return {
        "valombre": make_recit(database, cast.camille, "Valombre raconte", balises=balises),
        "valombre draft": make_recit(database, cast.camille, "Valombre hésite", audience=None, balises=balises),
        "valombre withdrawn": make_recit(database, cast.bruno, "Valombre se ravise", withdrawn=True, balises=balises),
        "orbe": make_recit(database, cast.ines, "Orbe raconte", balises=balises),
        "orbe draft": make_recit(database, cast.ines, "Orbe hésite", audience=None),
    }


def session_of(database: Database, person: Person, *, write: bool = False) -> RexSession:
    session = database.session(write=True)
    who = reader_of(session, person)
    session.commit()
    session.close()
    return database.session(who, write=write)


def test_without_membership_no_text_is_read(database, cast, told):
    """An administrator of no collectif, a person who left, an account that closed."""
    for person in (cast.admin, cast.gael, cast.clara):
        with database.session() as session:
            session.reader = Reader(person.id, person.public_id, person.name, is_admin=person is cast.admin)
            for cls in (Entry, Recit, Action, Section, Tagging, Authorship, Draft, DraftText, Revision):
                assert session.scalars(select(cls)).all() == [], f"{person.name} reads {cls.__name__}"


def test_without_membership_nothing_at_all_is_read_but_oneself(database, cast, told):
    with database.session() as session:
        session.reader = Reader(cast.gael.id, cast.gael.public_id, "Gaël Parti", False)
        rows = {m.class_.__name__: len(session.scalars(select(m.class_)).all()) for m in Base.registry.mappers}
    assert {name: n for name, n in rows.items() if n} == {"User": 1, "Credential": 1}


SHAPES = {
    "entity": lambda: select(Entry),
    "subclass": lambda: select(Recit),
    "columns": lambda: select(Entry.id, Entry.title),
    "aliased": lambda: select(aliased(Entry)),
    "aliased subclass columns": lambda: select(aliased(Recit).id),
    "join": lambda: select(Entry.id).join(Section, Section.entry_id == Entry.id),
    "outer join": lambda: select(Section.entry_id).outerjoin(Entry, Entry.id == Section.entry_id),
    "from authorship": lambda: select(Authorship.entry_id),
    "sections alone": lambda: select(Section.entry_id),
    "tags alone": lambda: select(Tagging.entry_id),
    "scalar subquery": lambda: select(select(Entry.id).order_by(Entry.id.desc()).limit(1).scalar_subquery()),
    "exists": lambda: select(Tagging.entry_id).where(exists().where(Entry.id == Tagging.entry_id)),
    "in subquery": lambda: select(Section.entry_id).where(Section.entry_id.in_(select(Recit.id))),
    "from subquery": lambda: select(select(Entry.id, Entry.title).subquery().c.id),
    "common table expression": lambda: select(select(Entry.id).cte("told").c.id),
    "union": lambda: union_all(select(Entry.id), select(Section.entry_id)),
    "grouped": lambda: select(Entry.id, func.count()).group_by(Entry.id),
    "drafts": lambda: select(Draft.entry_id),
    "texts of drafts": lambda: select(DraftText.entry_id, DraftText.sealed),
    "revisions": lambda: select(Revision.entry_id),
}


def test_whatever_the_shape_no_row_of_another_collectif(database, cast, told):
    theirs = {told[name].id for name in told if name.startswith("valombre")}
    with session_of(database, cast.ines) as session:
        mine = set(session.scalars(select(Entry.id)).all())
        for shape, statement in SHAPES.items():
            ids = {getattr(row[0], "id", row[0]) for row in session.execute(statement()).all()}
            assert ids & theirs == set(), f"« {shape} » passes the second lock"
            assert ids and ids <= mine, f"« {shape} » finds {ids}: it proves nothing"


def test_a_statement_that_is_kept_reads_for_whoever_runs_it(database, cast, told):
    """The same statement, run in turns by readers of one shape and of others: each time the rows of that reader, and of nobody
    else, even when the caller gives somebody else's ids."""
    kept = select(Entry.id).order_by(Entry.id)
    told_to_all = {told["valombre"].id}
    expected = {
        cast.camille: told_to_all | {told["valombre draft"].id},
        cast.bruno: told_to_all | {told["valombre withdrawn"].id},
        cast.ines: {told["orbe"].id, told["orbe draft"].id},
        cast.noor: told_to_all | {told["orbe"].id},
        cast.gael: set(),
        cast.admin: set(),
    }
    stolen: dict[str, int] = {}
    for _ in range(2):
        for person, ids in expected.items():
            with session_of(database, person) as session:
                assert set(session.scalars(kept).all()) == ids, person.name
                assert set(session.scalars(kept, stolen).all()) == ids, f"{person.name} reads with the ids of somebody else"
                stolen = session.reader.parameters


def test_each_scope_can_be_built_before_there_is_a_reader():
    """With parameters instead of ids; a scope that asks a reader anything else fails here."""
    for shape in (shape_of(0, 0, 0, 0, False), shape_of(1, 0, 1, 2, False), shape_of(2, 1, 2, 1, True)):
        for cls, scope in SCOPES.items():
            asked: Any = shape
            assert scope(asked) is not None, cls.__name__


def test_counts_do_not_leak(database, cast, told):
    with session_of(database, cast.ines) as session:
        assert session.scalar(select(func.count(Entry.id))) == 2
        assert session.scalar(select(func.count()).select_from(Entry)) == 2
        assert session.scalar(select(func.max(Entry.id))) == told["orbe draft"].id
        assert session.scalar(select(select(func.count(Section.id)).scalar_subquery())) == 1
        assert session.scalar(select(func.count()).select_from(told_recits(session.reader).subquery())) == 1


def test_a_draft_is_read_by_its_authors_alone(database, cast, told):
    """Not by the animatrice, not by the colleague, not by a member of several collectifs."""
    hidden = {told["valombre draft"].id, told["valombre withdrawn"].id}
    for person in (cast.ana, cast.dora, cast.noor, cast.paul):
        with session_of(database, person) as session:
            assert set(session.scalars(select(Entry.id)).all()) & hidden == set(), person.name
            assert session.scalars(select(Draft.entry_id)).all() == [], person.name
            assert session.scalars(select(Revision.entry_id)).all() == [], person.name
    with session_of(database, cast.camille) as session:
        assert session.scalars(select(Draft.entry_id)).all() == [told["valombre draft"].id]
    with session_of(database, cast.bruno) as session:
        assert session.scalars(select(Draft.entry_id)).all() == [told["valombre withdrawn"].id]


CHANGES = {
    "update entry": lambda: update(Entry).values(title=""),
    "update section": lambda: update(Section).values(source=""),
    "update draft": lambda: update(DraftText).values(version=99),
    "update action": lambda: update(Action).values(title=""),
    "delete entry": lambda: delete(Entry),
    "delete section": lambda: delete(Section),
    "delete tagging": lambda: delete(Tagging),
    "delete draft": lambda: delete(Draft),
    "delete authorship": lambda: delete(Authorship),
}


def test_a_change_without_a_condition_touches_nothing_of_another_collectif(database, cast, told):
    for change, statement in CHANGES.items():
        with session_of(database, cast.ines, write=True) as session:
            before = rows_of(session, cast.valombre_id)
            done = session.execute(statement().execution_options(synchronize_session=False))
            assert isinstance(done, CursorResult)
            assert done.rowcount > 0, f"« {change} » changed nothing of Orbe either: it proves nothing"
            assert rows_of(session, cast.valombre_id) == before, f"« {change} » passes the second lock"
            session.rollback()


def rows_of(session: RexSession, collectif_id: int) -> list[str]:
    entries = select(Entry.id).where(Entry.collectif_id == collectif_id)
    with session.as_system("look at what must not change"):
        session.expire_all()
        found = session.execute(select(Entry.id, Entry.title, Entry.audience).where(Entry.id.in_(entries)).order_by(Entry.id))
        rows = [str(row) for row in found]
        for column in (Section.source, Tagging.code, DraftText.version, Draft.tags_version, Authorship.user_id):
            cls = column.class_
            of = select(cls.entry_id, column).where(cls.entry_id.in_(entries))
            rows += [str(row) for row in session.execute(of.order_by(*cls.__table__.primary_key))]
        actions = select(Action.id, Action.title).where(Action.collectif_id == collectif_id)
        return rows + [str(row) for row in session.execute(actions.order_by(Action.id))]


def test_the_identity_map_is_no_way_round(database, cast, told):
    with session_of(database, cast.ines) as session:
        assert session.get(Recit, told["valombre"].id) is None
        assert session.get(Entry, told["valombre"].id) is None
        assert session.get(Draft, told["valombre draft"].id) is None


def test_the_reseau_is_read_by_the_members_of_any_collectif(database, cast):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    for person, reads in ((cast.ines, True), (cast.noor, True), (cast.bruno, True), (cast.admin, False), (cast.gael, False)):
        with session_of(database, person) as session:
            assert (session.get(Recit, made.id) is not None) is reads, person.name


def test_a_reading_session_cannot_write(database, cast, told):
    with session_of(database, cast.camille) as session, pytest.raises(DBAPIError):
        session.execute(update(Entry).values(title=""))


def orbe_reads(database: Database, cast: Cast, statement: Any) -> set[str]:
    with session_of(database, cast.ines) as session:
        return {title for row in session.execute(statement).all() for title in row}


def test_an_alias_beside_its_class_finds_no_more_than_it(database: Database, cast: Cast, told: dict[str, Made]):
    make_recit(database, cast.ines, "Orbe raconte encore")
    for alias in (aliased(Entry), aliased(Recit)):
        for statement in (select(Entry.title, alias.title).where(alias.id != Entry.id), select(alias.title)):
            titles = orbe_reads(database, cast, statement)
            assert {"Orbe raconte", "Orbe raconte encore"} <= titles
            assert not any(title.startswith("Valombre") for title in titles)


@pytest.mark.parametrize("how", ["join", "outer join", "explicit join", "in a subquery"])
def test_an_alias_in_a_join_is_refused(database: Database, cast: Cast, told: dict[str, Made], how: str):
    """SQLAlchemy would say the criterion of the class, and the rows of the alias would come whoever reads."""
    alias = aliased(Entry)
    other = alias.id != Entry.id
    statement = {
        "join": select(Entry.title, alias.title).join(alias, other),
        "outer join": select(Entry.title, alias.title).outerjoin(alias, other),
        "explicit join": select(alias.title).select_from(join(Entry, alias, other)),
        "in a subquery": select(Entry.title).where(select(alias.id).select_from(Entry).join(alias, other).exists()),
    }[how]
    with pytest.raises(NoReader, match="alias"):
        orbe_reads(database, cast, statement)
