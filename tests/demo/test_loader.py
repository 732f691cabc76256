"""The demonstration in a base: all of the story, dated, readable by those it is for; and out again without a trace."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from rex import clock, opening
from rex.collectifs.actions import create_account, create_collectif
from rex.collectifs.models import Collectif, Credential, Membership, User
from rex.collectifs.passwords import hash_password
from rex.config import config_from
from rex.db import Base
from rex.demo import ACTIONS, COLLECTIFS, GROUPS, PEOPLE, RECITS
from rex.demo.clearing import clear, clear_rows, has_demo
from rex.demo.loader import PASSWORD, SIGN_INS, begin_without, is_loadable, load
from rex.journal.attachment_models import Attachment, FileKind
from rex.journal.drafts import read_draft
from rex.journal.models import Action, Audience, Draft, Entry, Recit, Revision, Section
from rex.journal.versions import versions_of
from rex.referentiel.models import OwnBalise
from tests.cast import Person
from tests.making import reader_of
from tests.pace import spent

TOLD = [recit for recit in RECITS if recit.audience]
IN_JOURNALS = Recit.published_at.is_not(None), Recit.audience != Audience.GROUPE


@pytest.fixture
def demo(database, settings):
    """An installation where nobody was before, with the demonstration."""
    clear_all(database)
    assert is_loadable(database) and load(database, quick=True)
    return database


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The demonstration on SQLite, loaded once for the tests that only read it."""
    settings = {"REX_DATA_DIR": str(tmp_path_factory.mktemp("story")), "REX_QUICK_HASHES": "1"}
    database = opening.open_database(config_from(settings))
    opening.prepare(database)
    load(database, quick=True)
    yield database
    database.dispose()


def clear_all(database) -> None:
    with database.system("begin from nothing", write=True) as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())


def find(session, key: str) -> Person:
    data = next(person for person in PEOPLE if person.key == key)
    return Person(session.scalar(select(Credential.user_id).where(Credential.address == data.email)), "", data.name, data.email)


def test_everybody_and_everything_is_there(demo) -> None:
    with demo.system("count") as session:
        assert session.scalar(select(func.count()).select_from(User)) == len(PEOPLE) >= 40
        assert session.scalar(select(func.count()).select_from(Membership)) == sum(len(p.memberships) for p in PEOPLE)
        assert set(session.scalars(select(Collectif.slug))) == {c.slug for c in COLLECTIFS}
        assert session.scalar(select(func.count()).select_from(OwnBalise)) == sum(len(c.own_balises) for c in COLLECTIFS)
        told = session.execute(select(Recit.title, Recit.audience).where(*IN_JOURNALS)).all()
        assert sorted((t, a) for t, a in told) == sorted((r.title, Audience(r.audience)) for r in TOLD)
        assert session.scalar(select(func.count()).select_from(Draft)) == len(RECITS) - len(TOLD)
        with_password = session.scalars(select(Credential.address).where(Credential.password_hash.is_not(None))).all()
        assert set(SIGN_INS) < set(with_password) == {person.email for person in PEOPLE}


def test_an_action_told_by_several_is_one(story) -> None:
    with story.system("count the récits of each action") as session:
        rows = session.execute(
            select(Action.title, func.count(Recit.id))
            .join(Recit, Recit.action_id == Action.id)
            .where(*IN_JOURNALS)
            .group_by(Action.id, Action.title)
        )
        told_by = {title: number for title, number in rows}
    expected = {}
    for recit in TOLD:
        expected[recit.action] = expected.get(recit.action, 0) + 1
    assert sorted(told_by.values()) == sorted(expected.values())
    assert sum(number >= 2 for number in told_by.values()) >= 3


def test_dates_are_those_of_the_story(story) -> None:
    today = clock.today("Europe/Paris")
    with story.system("dates") as session:
        rows = session.execute(select(Recit.title, Recit.published_at, Recit.corrected_at).where(*IN_JOURNALS))
        dates = {title: (published, corrected) for title, published, corrected in rows}
        revisions = session.execute(select(Revision.entry_id, Revision.created_at).order_by(Revision.entry_id, Revision.number))
        for before, after in zip(rows_of := list(revisions), rows_of[1:], strict=False):
            assert before.entry_id != after.entry_id or before.created_at < after.created_at
        assert session.scalar(select(func.max(Draft.changed_at))) < clock.now()
    for recit in TOLD:
        published, corrected = dates[recit.title]
        local = clock.local(published, "Europe/Paris")
        assert timedelta(0) <= (today - timedelta(days=recit.days_ago)) - local.date() <= timedelta(days=2), recit.key
        assert (local.hour, local.minute) == (recit.hour, recit.minute)
        assert (corrected is not None) == bool(recit.revisions) and published < (corrected or clock.now())


def test_versions_tell_the_earlier_words(story) -> None:
    data = next(recit for recit in TOLD if recit.revisions)
    with story.system("as an author", write=True) as session:
        recit = session.scalars(select(Recit).where(Recit.title == data.title)).one()
        versions = versions_of(session, reader_of(session, find(session, data.authors[0])), recit)
        now = dict(session.execute(select(Section.slug, Section.source).where(Section.entry_id == recit.id)).all())
    assert len(versions) == len(data.revisions) + 1
    assert versions[0].sections == now == {slug: text.strip() for slug, text in data.sections.items() if text.strip()}
    assert (
        versions[-1].sections == {slug: text for slug, text in (data.sections | data.revisions[0].sections).items() if text.strip()}
        or len(data.revisions) > 1
    )


def test_drafts_are_sealed_and_open_for_their_authors(story) -> None:
    data = next(recit for recit in RECITS if not recit.audience)
    with story.system("as an author", write=True) as session:
        author = reader_of(session, find(session, data.authors[0]))
        hidden = session.scalars(select(Recit).join(Draft, Draft.entry_id == Recit.id).where(Recit.title == "")).all()
        drafts = [draft for recit in hidden if (draft := read_draft(session, author, recit))]
        assert dict(data.sections) in [draft.sections for draft in drafts if draft.title == data.title]
        unpublished = {a.title for a in ACTIONS} - {a.title for a in ACTIONS for r in TOLD if r.action == a.key}
        assert unpublished and not unpublished & set(session.scalars(select(Action.title)))


def test_the_sign_ins_enter(demo, visit) -> None:
    for address in SIGN_INS:
        client = visit.as_(None)
        assert client.sign_in(address, PASSWORD).status_code == 303
        assert client.get("/compte").status_code == 200


def test_its_pages_read_well(demo, visit) -> None:
    """Every published récit and both lists, through the proof-reading client."""
    client = visit.as_(None)
    client.sign_in("agent@demo.rex", PASSWORD)
    page = client.get("/c/valombre/").get_data(as_text=True)
    assert "Valombre" in page
    listed = client.get("/c/valombre/recits").get_data(as_text=True)
    addresses = sorted(set(re.findall(r'href="(/recits/[A-Za-z0-9_-]{16})"', listed)))
    assert addresses
    for address in addresses[:12]:
        assert client.get(address).status_code == 200


def test_loads_once_and_in_an_unused_base_only(demo) -> None:
    assert not is_loadable(demo)
    with demo.system("before") as session:
        before = session.scalar(select(func.count()).select_from(Entry))
    assert load(demo, quick=True) is False
    with demo.system("after") as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == before


def test_never_comes_by_surprise_in_a_base_begun_empty(database) -> None:
    clear_all(database)
    begin_without(database)
    assert not is_loadable(database)


def test_clears_without_a_trace(demo, settings) -> None:
    config = config_from(settings)
    config.mails_dir.mkdir(exist_ok=True)
    (config.mails_dir / "un.eml").write_text("x")
    with demo.system("somebody gave an image while trying", write=True) as session:
        recit, key = session.execute(select(Recit, Collectif).join(Collectif, Collectif.id == Recit.collectif_id).limit(1)).one()
        author = session.scalars(select(Credential).limit(1)).one()
        session.files.write(session, key.key_name, "un-fichier-donne", b"pixels")
        label = session.keyring.seal(key.key_name, "attachment|un-fichier-donne|label", "Une rue")
        session.add(
            Attachment(
                public_id="un-fichier-donne",
                entry_id=recit.id,
                given_by_id=author.user_id,
                kind=FileKind.PNG,
                size=6,
                label=label,
                key_name=key.key_name,
            )
        )
    assert "un-fichier-donne" in {name for name, _ in demo.files.names()}
    clear(demo, config)
    assert not has_demo(demo) and not opening.has_administrator(demo)
    assert list(demo.files.names()) == []
    kept = {"lease"}
    with demo.engine.connect() as connection:
        left = [t.name for t in Base.metadata.sorted_tables if connection.scalar(select(func.count()).select_from(t))]
    assert set(left) <= kept
    assert not list(config.mails_dir.iterdir())
    assert not is_loadable(demo), "the base was used"
    with demo.system("the keys of the demonstration are destroyed") as session:
        assert session.scalars(select(Collectif.id)).all() == []
    names = {path.stem for path in config.keys_dir.iterdir()}
    assert "installation" in names
    assert opening.prepare(demo) == []


def test_a_page_clears_in_its_own_transaction(demo, cast) -> None:
    """As the administration's button does, signed in as a person of the demonstration: one transaction, then the keys."""
    with demo.session(write=True) as session:
        with session.as_system("who asks"):
            session.reader = reader_of(session, find(session, "yann_corbiac"))
        keys = clear_rows(session)
        session.rollback()
        assert has_demo(demo) and all(demo.keyring.has(key) for key in keys) and len(keys) == len(COLLECTIFS) + len(GROUPS)
        assert clear_rows(session) == keys
        session.commit()
    assert not has_demo(demo) and not opening.has_administrator(demo)


def test_clears_nothing_of_real_people(demo, settings) -> None:
    with demo.system("a real town begins beside the demonstration", write=True) as session:
        real = create_account(session, "Alix Réelle", "alix@ville.fr", hash_password("x" * 12, quick=True), is_admin=True)
        guest = create_account(session, "Guy Passage", "guy@ville.fr", None)
        both = create_account(session, "Bea Deux", "bea@ville.fr", None)
        town = create_collectif(session, "Vraie ville")
        demo_id = session.scalars(select(Collectif.id).where(Collectif.is_demo)).first()
        for user, place in ((guest, demo_id), (both, demo_id), (both, town.id), (real, demo_id)):
            session.add(Membership(user_id=user.id, collectif_id=place, college="habitant"))
    clear(demo, config_from(settings))
    with demo.system("who is left") as session:
        assert sorted(session.scalars(select(User.name))) == ["Alix Réelle", "Bea Deux"]
        assert session.scalars(select(Collectif.slug)).all() == [town.slug]
        assert session.scalar(select(func.count()).select_from(Membership)) == 1
    assert demo.keyring.has(town.key_name)


def test_is_quick(database) -> None:
    """Three seconds at most on a machine that does nothing else; this bound is loose, for one that does."""
    clear_all(database)
    with spent() as work:
        load(database)
    assert work.seconds < 6
