"""What people add to the récits, in a base: all there, in order, read by those to whom it was said, sealed where it must be."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from rex import clock, opening
from rex.access import own_recognitions, told_difficulties, told_recognitions, visible_exchanges
from rex.config import config_from
from rex.demo import GROUPS, PEOPLE, RECITS, RECURRING, TOGETHER
from rex.demo.loader import load
from rex.exchanges.models import Exchange, FormerWords, Mention, Synthese, SyntheseSource
from rex.journal.attachment_models import Attachment
from rex.journal.attachments import bytes_of
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Audience, Authorship, Entry, Recit, Section
from rex.journal.moment_models import What
from rex.journal.recognition_models import Answer, Recognition
from rex.journal.recognition_sealing import opened
from rex.journal.rereading import to_reread
from rex.journal.together_models import ActionNote, CoAuthorInvitation, RecitInvitation, Rereading
from rex.notices.models import Notice
from rex.reports.models import Report
from tests.demo.test_loader import find
from tests.making import reader_of

MESSAGES = [message for thread in (*TOGETHER.threads, *RECURRING.threads) for message in thread.messages]
SHARED = [share for group in GROUPS for share in group.shares]
LET_OUT = [one for group in GROUPS for one in group.versements if not one.title and len(one.yes) == len(group.members) - 1]
BETWEEN_PEERS = [message for group in GROUPS for told in (*group.shares, *group.recits) for message in told.messages]


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The demonstration on SQLite, loaded once for the tests that only read it."""
    settings = {"REX_DATA_DIR": str(tmp_path_factory.mktemp("together")), "REX_QUICK_HASHES": "1"}
    database = opening.open_database(config_from(settings))
    opening.prepare(database)
    load(database, quick=True)
    yield database
    database.dispose()


def as_reader(story, key: str):
    with story.system("who reads", write=True) as session:
        return reader_of(session, find(session, key))


def count(session, cls) -> int:
    return session.scalar(select(func.count()).select_from(cls)) or 0


def test_all_of_it_is_there(story) -> None:
    with story.system("count") as session:
        assert count(session, Difficulty) == len(TOGETHER.difficulties) + len(SHARED) + len(LET_OUT)
        assert count(session, Echo) == sum(len(one.echoes) for one in TOGETHER.difficulties)
        assert count(session, Recognition) == len(TOGETHER.thanks)
        assert count(session, Exchange) == len(MESSAGES) + len(BETWEEN_PEERS)
        assert count(session, FormerWords) == sum(bool(message.former) for message in MESSAGES)
        assert count(session, Mention) == sum(len(message.mentions) for message in MESSAGES)
        assert count(session, Synthese) == sum(thread.synthese is not None for thread in TOGETHER.threads)
        assert count(session, SyntheseSource) > count(session, Synthese)
        assert count(session, ActionNote) == len(TOGETHER.notes)
        assert count(session, Rereading) == len(TOGETHER.rereadings)
        assert count(session, CoAuthorInvitation) + count(session, RecitInvitation) == len(TOGETHER.asked)
        assert count(session, Report) == len(TOGETHER.reports)


def test_an_image_is_read_by_those_who_read_its_section(story) -> None:
    picture = next(recit.picture for recit in RECITS if recit.picture)
    with story.system("its récit") as session:
        kept = session.scalars(select(Attachment)).one()
        section = session.scalars(
            select(Section).where(Section.entry_id == kept.entry_id, Section.slug == picture.section)
        ).one()
        assert kept.is_published and f"/fichiers/{kept.public_id}" in section.html and picture.words[:20] in section.html
    for key, is_read in (("delphine_cordon", True), ("bruno_casals", False)):
        reader = as_reader(story, key)
        with story.session(reader) as session:
            found = session.scalars(select(Attachment)).first()
            assert (found is not None) == is_read
            assert found is None or bytes_of(session, found).startswith(b"RIFF")


def test_a_passage_is_signed_and_read_as_its_recit_is(story) -> None:
    with story.system("passages") as session:
        for passage in session.scalars(select(Difficulty).where(Difficulty.about_id.is_not(None))):
            recit = session.scalars(select(Recit).where(Recit.id == passage.about_id)).one()
            assert (passage.audience, passage.byline) == (recit.audience, recit.byline)
            assert passage.published_at > recit.published_at and passage.section_slug and not passage.is_detached
            names = [
                (row.user_id, row.service_name)
                for entry_id in (passage.id, recit.id)
                for row in session.scalars(
                    select(Authorship).where(Authorship.entry_id == entry_id).order_by(Authorship.position)
                )
            ]
            assert names[: len(names) // 2] == names[len(names) // 2 :]


def test_what_answers_comes_after(story) -> None:
    """A thread is read in the order of its ids: the order in which it was said."""
    with story.system("order") as session:
        rows = session.execute(select(Exchange, Entry.published_at).join(Entry, Entry.id == Exchange.entry_id)).all()
        said = {exchange.id: exchange for exchange, _ in rows}
        in_threads = sorted(said.values(), key=lambda one: (one.entry_id, one.id))
        assert in_threads == sorted(said.values(), key=lambda one: (one.entry_id, one.created_at))
        for exchange, published_at in rows:
            assert published_at < exchange.created_at <= clock.now()
            parent = said.get(exchange.parent_id)
            assert (parent is None) == (exchange.root_id is None)
            assert parent is None or (parent.created_at < exchange.created_at and parent.entry_id == exchange.entry_id)
            assert parent is None or exchange.root_id == (parent.root_id or parent.id)


def test_a_message_withdrawn_keeps_its_place_alone(story) -> None:
    with story.system("withdrawn") as session:
        gone = session.scalars(select(Exchange).where(Exchange.withdrawn_at.is_not(None))).all()
        assert gone and all((one.source, one.html, one.quote, one.quote_slug) == ("", "", "", "") for one in gone)
        assert session.scalar(select(Exchange.id).where(Exchange.parent_id == gone[0].id))


def test_the_neighbours_read_what_was_said_to_the_reseau_alone(story) -> None:
    neighbour, here = as_reader(story, "bruno_casals"), as_reader(story, "delphine_cordon")
    cantine = select(Entry.id).where(Entry.title == "Acheter des poireaux quand ils sont prêts").scalar_subquery()
    with story.session(neighbour) as session:
        heard = session.scalars(visible_exchanges(neighbour).where(Exchange.entry_id == cantine)).all()
        assert heard and {one.audience for one in heard} == {Audience.RESEAU}
        theirs = session.scalars(told_difficulties(neighbour)).all()
        assert {one.audience for one in theirs} == {Audience.RESEAU, Audience.COLLECTIF, Audience.GROUPE}
    with story.session(here) as session:
        heard = session.scalars(visible_exchanges(here).where(Exchange.entry_id == cantine)).all()
        assert {one.audience for one in heard} == {Audience.RESEAU, Audience.COLLECTIF}


def test_thanks_not_accepted_are_sealed_and_between_two(story) -> None:
    with story.system("what stands in clear") as session:
        for one in session.scalars(select(Recognition)):
            is_told = one.answer is Answer.ACCEPTED
            assert bool(one.words) == bool(one.title) == one.is_published == is_told == (one.sealed is None)
            assert is_told or one.byline == ""
    agent = as_reader(story, "nadia_belkacem")
    with story.session(agent) as session:
        mine = session.scalars(own_recognitions(agent).where(Recognition.answer == Answer.PENDING)).all()
        assert len(mine) == 1
        waiting = next(one for one in TOGETHER.thanks if one.to == "nadia_belkacem")
        key = agent.memberships[0].key_name
        assert opened(session, key, mine[0].public_id, mine[0].sealed)[0] == waiting.words
        assert len(session.scalars(told_recognitions(agent)).all()) >= 10


def test_what_waits_is_alive_for_the_sign_ins(story) -> None:
    addresses = {person.email: person.key for person in PEOPLE if person.memberships and person.email.endswith("@demo.rex")}
    for key in addresses.values():
        reader = as_reader(story, key)
        with story.session(reader) as session:
            unseen = session.scalars(select(Notice).where(Notice.seen_at.is_(None))).all()
        assert len(unseen) >= 3, key
        assert all(notice.actor_id != reader.user_id for notice in unseen)
    with story.session(as_reader(story, "hugo_thevenard")) as session:
        assert What.REPORTED in session.scalars(select(Notice.what)).all()
    with story.session(as_reader(story, "nadia_belkacem")) as session:
        kinds = Counter(session.scalars(select(Notice.what).where(Notice.seen_at.is_(None))))
    asked = {What.CO_AUTHOR_ASKED, What.RECIT_ASKED, What.THANKS_RECEIVED, What.REREAD}
    assert asked | {What.ANSWER, What.ECHO, What.MENTION} <= set(kinds)


def test_a_recit_of_a_year_ago_is_proposed_to_its_author_alone(story) -> None:
    proposed = {}
    for key in ("nadia_belkacem", "sylvie_kermarrec", "claire_vasselin"):
        reader = as_reader(story, key)
        with story.session(reader) as session:
            proposed[key] = [one.title for one in to_reread(session, reader.memberships[0])]
    assert proposed == {
        "nadia_belkacem": ["Une table trop longue pour la rue Basse"],
        "sylvie_kermarrec": [],  # she has read hers again
        "claire_vasselin": [],
    }


def test_none_of_it_waits_for_a_mail(story) -> None:
    with story.system("mails") as session:
        assert session.scalar(select(Notice.id).where(Notice.mailed_at.is_(None)).limit(1)) is None


def test_difficulties_keep_their_words(story) -> None:
    with story.system("words") as session:
        kept = set(session.scalars(select(Difficulty.words).where(Difficulty.published_at.is_not(None))))
    shared = [share.words for share in SHARED if not share.is_kept]
    assert kept == {*(one.words for one in TOGETHER.difficulties), *shared, *(one.text for one in LET_OUT)}
