"""Statements that are built once and run straight through the driver: the same rows as the ordinary way, for each reader theirs."""

import pytest
from sqlalchemy import Select, bindparam, func, select

from rex.access import told_recits
from rex.db import BigId
from rex.journal.models import Audience, Entry, Recit, Stance, Tagging
from rex.kept import Kept, filled, several
from rex.second_lock import NoReader
from rex.shapes import Shape
from tests.making import make_recit, reader_of


@Kept
def titles(reader: Shape) -> Select:
    return told_recits(reader).with_only_columns(Entry.id, Entry.title, Entry.audience, Entry.published_at).order_by(Entry.id)


@Kept
def everything(_: Shape) -> Select:
    """Nothing here speaks of the reader: the second lock alone holds it."""
    told = Entry.published_at.is_not(None)
    return select(Entry.id, Entry.title, Entry.audience, Entry.published_at).where(told).order_by(Entry.id)


@Kept
def tags(_: Shape) -> Select:
    return select(Tagging.code, Tagging.stance).where(Tagging.entry_id.in_(several("entry", 3, BigId))).order_by(Tagging.id)


@pytest.fixture
def sessions(database, cast):
    """Open sessions by name, each for its reader; Dora and Camille have the same shape."""
    opened = {}
    for name in ("camille", "dora", "ines", "noor"):
        with database.session(write=True) as session:
            who = reader_of(session, cast.people[name])
        opened[name] = database.session(who)
    yield opened
    for session in opened.values():
        session.close()


def test_each_reader_reads_theirs_whatever_was_read_before(database, cast, sessions):
    here = make_recit(database, cast.camille, "Ici", audience=Audience.COLLECTIF, balises={"C1": Stance.NUANCE})
    there = make_recit(database, cast.ines, "Là-bas", audience=Audience.COLLECTIF)
    make_recit(database, cast.camille, "Pas encore", audience=None)
    expected = {"camille": [here.id], "dora": [here.id], "ines": [there.id], "noor": [here.id, there.id]}
    for _ in range(2):
        for name, ids in expected.items():
            session = sessions[name]
            ordinary = session.execute(
                told_recits(session.reader)
                .with_only_columns(Entry.id, Entry.title, Entry.audience, Entry.published_at)
                .order_by(Entry.id)
            ).all()
            for kept in (titles, everything):
                rows = kept.rows(session)
                assert [row.id for row in rows] == ids, name
                assert [tuple(row) for row in rows] == [tuple(row) for row in ordinary], "types or values differ"
            stolen = sessions["camille"].reader.parameters
            assert [row.id for row in everything.rows(session, **stolen)] == ids, f"{name} reads with the ids of somebody else"
    assert tags.rows(sessions["dora"], **filled("entry", 3, [here.id, there.id])) == [("C1", Stance.NUANCE)]
    assert tags.rows(sessions["ines"], **filled("entry", 3, [here.id, there.id])) == []
    assert tags.rows(sessions["dora"], **filled("entry", 3, [])) == []


def test_what_cannot_be_kept_is_refused(sessions, database):
    session = sessions["camille"]
    by_list = Kept(lambda _: select(Entry.id).where(Entry.id.in_(bindparam("ids", expanding=True))))
    with pytest.raises(TypeError, match="several"):
        by_list.rows(session, ids=[1, 2])
    with pytest.raises(KeyError, match="entry_2"):
        tags.rows(session, entry_0=1, entry_1=2)
    with pytest.raises(NoReader):
        Kept(lambda _: select(Entry.__table__.c.title)).rows(session)
    with database.session() as nobody, pytest.raises(NoReader):
        everything.rows(nobody)


def test_a_kept_statement_sees_what_its_own_session_just_wrote(database, cast):
    made = make_recit(database, cast.camille, "Avant")
    with database.session(write=True) as session:
        session.reader = reader_of(session, cast.camille)
        recit = session.get(Recit, made.id)
        assert recit is not None
        recit.title = "Après"
        assert [row.title for row in titles.rows(session)] == ["Après"]
        assert session.scalar(select(func.count(Entry.id))) == 1
