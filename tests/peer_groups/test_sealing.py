"""What is written in a group: sealed where it lies, read by those who were there."""

import pytest
from sqlalchemy import select, text

from rex.access import audience_of, visible_entries, who_reads
from rex.collectifs.group_models import GroupMember, PeerGroup
from rex.collectifs.models import Collectif, Space
from rex.db import Base, Database
from rex.journal.models import Audience, Entry, Section
from rex.keys import KeyLost
from tests.cast import Cast, Person
from tests.making import make_exchange, make_group, make_recit, reader_of

CANARY = "canarizebrure"


def as_kept(database: Database) -> str:
    """Every row of every table as the driver gives it, opened by nobody."""
    with database.engine.connect() as connection:
        tables = [table.name for table in Base.metadata.sorted_tables]
        return repr([connection.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in tables])


def titles(database: Database, person: Person) -> list[str]:
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, person)
        return sorted(session.scalars(visible_entries(who).with_only_columns(Entry.title)))


def test_a_recit_of_a_group_is_read_by_its_members_alone(database: Database, cast: Cast):
    group = make_group(database, cast.dora, cast.ines, cast.noor)
    make_recit(database, cast.dora, f"Titre {CANARY}", group=group.id)
    open_one = make_recit(database, cast.camille, "Un récit du journal")
    for person in (cast.dora, cast.ines, cast.noor):
        assert f"Titre {CANARY}" in titles(database, person), person.name
    for person in (cast.camille, cast.ana, cast.paul, cast.jeanne):
        assert titles(database, person) == ["Un récit du journal"], person.name
    assert open_one.id


def test_no_word_of_a_group_lies_in_clear(database: Database, cast: Cast):
    group = make_group(database, cast.dora, cast.ines, called=f"Groupe {CANARY}")
    recit = make_recit(database, cast.dora, f"Titre {CANARY}", {"faits": f"Faits {CANARY}"}, group=group.id)
    make_exchange(database, cast.ines, recit.public_id, f"Message {CANARY}", quote=f"Faits {CANARY}", slug="faits")
    rows = as_kept(database)
    assert CANARY not in rows and "Titre" not in rows
    other = make_recit(database, cast.dora, f"Titre {CANARY}", {"faits": f"Faits {CANARY}"})
    assert as_kept(database).count(CANARY) >= 3, "the same words in the journal are found: the search can find"
    assert other.id


def test_the_words_of_a_group_open_for_its_members(database: Database, cast: Cast):
    group = make_group(database, cast.dora, cast.ines)
    recit = make_recit(database, cast.dora, "Titre", {"faits": "Des *faits*"}, group=group.id)
    with database.session(write=True) as session:
        session.reader = reader_of(session, cast.ines)
        assert session.scalars(select(PeerGroup.called)).all() == ["DGS de la vallée"]
        sections = session.scalars(select(Section).where(Section.entry_id == recit.id)).all()
        assert [section.source for section in sections] == ["Des *faits*"]
        assert session.execute(select(Section.html, Entry.title).join(Entry)).all() == [("<p>Des <em>faits</em></p>", "Titre")]


def test_without_its_key_a_group_is_mute(database: Database, cast: Cast):
    group = make_group(database, cast.dora, cast.ines)
    make_recit(database, cast.dora, "Titre", group=group.id)
    database.keyring.destroy(f"groupe-{group.public_id}")
    with pytest.raises(KeyLost, match="manque"):
        titles(database, cast.ines)


def test_a_newcomer_reads_what_begins_after_they_came(database: Database, cast: Cast):
    group = make_group(database, cast.dora)
    make_recit(database, cast.dora, "Avant", group=group.id)
    join(database, group.id, cast.ines)
    make_recit(database, cast.dora, "Après", group=group.id)
    assert titles(database, cast.ines) == ["Après"]
    assert titles(database, cast.dora) == ["Après", "Avant"]


def test_a_group_may_show_newcomers_what_was_said_before(database: Database, cast: Cast):
    group = make_group(database, cast.dora, shows_history=True)
    make_recit(database, cast.dora, "Avant", group=group.id)
    join(database, group.id, cast.ines)
    assert titles(database, cast.ines) == ["Avant"]


def test_who_left_reads_nothing_any_more(database: Database, cast: Cast):
    group = make_group(database, cast.dora, cast.ines)
    recit = make_recit(database, cast.ines, "De la main d’Inès", group=group.id)
    with database.system("leave", write=True) as session:
        place = session.scalars(select(GroupMember).where(GroupMember.user_id == cast.ines.id)).one()
        place.left_at = recit_time(session, recit.id)
    assert titles(database, cast.ines) == []
    with database.session(write=True) as session:
        session.reader = reader_of(session, cast.ines)
        for cls in (PeerGroup, GroupMember, Section):
            assert session.scalars(select(cls)).all() == []


def test_the_audience_said_is_the_audience_enforced(database: Database, cast: Cast):
    group = make_group(database, cast.dora, cast.ines)
    recit = make_recit(database, cast.dora, "Avant", group=group.id)
    join(database, group.id, cast.noor)
    everybody = list(cast.people.values())
    with database.session(write=True) as session:
        told_at = recit_time(session, recit.id)
        session.reader = reader_of(session, cast.dora)
        view = audience_of(session, Audience.GROUPE, group.id, "", told_at)
        assert [name for _, name in view.people] == [cast.dora.name, cast.ines.name]
        assert who_reads(session, recit.id, [one.id for one in everybody]) == {user_id for user_id, _ in view.people}
        assert audience_of(session, Audience.GROUPE, group.id, "").count == 3
        for person in (cast.dora, cast.ines, cast.noor, cast.camille):
            assert view.allows(reader_of(session, person)) == (person in (cast.dora, cast.ines)), person.name


def test_who_asks_for_collectifs_finds_no_group(database: Database, cast: Cast):
    group = make_group(database, cast.dora)
    with database.system("look for groups") as session:
        assert group.id not in session.scalars(select(Collectif.id)).all()
        assert group.id in session.scalars(select(Space.id)).all()


def join(database: Database, group_id: int, person: Person) -> None:
    from rex.peer_groups.creating import seat

    with database.system("join", write=True) as session:
        seat(session, session.scalars(select(PeerGroup).where(PeerGroup.id == group_id)).one(), person.id)


def recit_time(session, entry_id: int):
    with session.as_system("when it was told"):
        return session.scalar(select(Entry.published_at).where(Entry.id == entry_id))


def test_words_are_written_through_their_object(database: Database, cast: Cast):
    from sqlalchemy import update

    from rex.sealed_words import PlainWords

    with database.system("a hasty change", write=True) as session, pytest.raises(PlainWords):
        session.execute(update(Entry).values(title="en clair"))
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM entry")).scalar() == 0
