"""A letter takes its number once, and never changes afterwards; at its hour it follows the choice of its collectif."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from rex import clock
from rex.access import visible_recits
from rex.config import config_from
from rex.digests import publishing, sending
from rex.digests.mails import is_worth_opening
from rex.digests.models import Digest, DigestItem, DigestState, Rubric
from rex.digests.publishing import AlreadyGone, NothingToTell, publish, publish_due
from rex.journal.models import Recit
from rex.journal.publishing import withdraw
from rex.mail import Outbox
from tests.digests.composed import read_by
from tests.digests.letters import letter_row, make_letter, set_rhythm
from tests.house.test_concurrency import at_once
from tests.making import make_group, make_recit, reader_of


@pytest.fixture
def config(settings):
    return config_from(settings)


def test_the_number_follows_the_last_and_is_taken_once(database, cast):
    first, second = make_letter(database, cast, published=True), make_letter(database, cast)
    with database.system("publish", write=True) as session:
        publish(session, session.get(Digest, second.id), None)
    with database.system("publish again", write=True) as session, pytest.raises(AlreadyGone):
        publish(session, session.get(Digest, second.id), None)
    assert [letter_row(database, one).number for one in (first, second)] == [1, 2]
    assert letter_row(database, second).sent_to == 7, "the members of Valombre who have an account"


def test_several_workers_at_its_hour_publish_it_once(database, cast, config):
    made = [make_letter(database, cast, due_at=clock.now() - timedelta(minutes=1)) for _ in range(3)]
    set_rhythm(database, cast.valombre_id, waits=False)
    published = at_once([lambda: publish_due(database, config)] * 3)
    assert sum(number for number in published if isinstance(number, int)) == 3, published
    assert sorted(letter_row(database, one).number or 0 for one in made) == [1, 2, 3]


@pytest.mark.parametrize(
    ("waits", "is_ready", "hours", "leaves"),
    [(True, False, -1, False), (True, True, -1, True), (False, False, -1, True), (False, True, 1, False), (None, False, -1, False)],
)
def test_if_nobody_rereads_it_the_choice_applies(database, cast, config, waits, is_ready, hours, leaves):
    made = make_letter(database, cast, due_at=clock.now() + timedelta(hours=hours, minutes=1))
    if waits is not None:
        set_rhythm(database, cast.valombre_id, waits=waits)
    with database.system("reread or not", write=True) as session:
        session.get(Digest, made.id).is_ready = is_ready
    assert publish_due(database, config) == int(leaves)
    assert (letter_row(database, made).state is DigestState.PUBLISHED) is leaves


def test_one_that_somebody_asked_for_waits_for_them(database, cast, config):
    """Composed by the button, it would otherwise leave under their eyes."""
    made = make_letter(database, cast)
    set_rhythm(database, cast.valombre_id, waits=False)
    with database.system("asked for now", write=True) as session:
        row = session.get(Digest, made.id)
        row.until = row.due_at = clock.now() - timedelta(minutes=1)
    assert publish_due(database, config) == 0


def test_a_letter_whose_texts_were_all_taken_back_does_not_leave(database, cast, config):
    recit = make_recit(database, cast.camille)
    made = make_letter(database, cast, recit, due_at=clock.now() - timedelta(minutes=1))
    set_rhythm(database, cast.valombre_id, waits=False)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        withdraw(session, who, session.scalars(visible_recits(who).where(Recit.id == recit.id)).one())
        session.commit()
    with database.system("publish", write=True) as session, pytest.raises(NothingToTell):
        publish(session, session.get(Digest, made.id), None)
    assert publish_due(database, config) == 0 and letter_row(database, made).state is DigestState.DROPPED


def test_a_balise_that_nothing_illustrates_any_more_is_no_letter(database, cast, config):
    """Its récits were taken back: what is left was never a reason to write."""
    recit = make_recit(database, cast.camille)
    made = make_letter(database, cast, recit, due_at=clock.now() - timedelta(minutes=1))
    with database.system("a balise is explained", write=True) as session:
        session.add(DigestItem(digest_id=made.id, rubric=Rubric.THEORY, position=0, balise="C1", words="Une balise."))
        nameless = {"title": "À nommer", "link": "/c/valombre/tensions"}
        session.add(DigestItem(digest_id=made.id, rubric=Rubric.RECURRING, position=0, **nameless))
    set_rhythm(database, cast.valombre_id, waits=False)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        withdraw(session, who, session.scalars(visible_recits(who).where(Recit.id == recit.id)).one())
        session.commit()
    page = read_by(database, cast.ana, made.public_id)
    assert page is not None and len(page.rubrics) == 3 and not is_worth_opening(page), "nor is it a mail"
    assert publish_due(database, config) == 0 and letter_row(database, made).state is DigestState.DROPPED


def test_a_letter_that_cannot_leave_holds_no_other_back(database, cast, config, monkeypatch, caplog):
    broken, fine = (make_letter(database, cast, due_at=clock.now() - timedelta(minutes=n)) for n in (2, 1))
    set_rhythm(database, cast.valombre_id, waits=False)
    publishes, posts = publishing.publish, sending._put

    def publish_but_one(session, digest, by):
        if digest.id == broken.id:
            raise RuntimeError("a fault of the program")
        publishes(session, digest, by)

    monkeypatch.setattr(publishing, "publish", publish_but_one)
    assert publish_due(database, config) == 1 and letter_row(database, fine).number == 1 and "could not leave" in caplog.text
    monkeypatch.undo()
    assert publish_due(database, config) == 1

    def put_but_one(session, digest, people):
        if digest.id == fine.id:
            raise RuntimeError("a fault of the program")
        return posts(session, digest, people)

    monkeypatch.setattr(sending, "_put", put_but_one)
    assert sending.post_due(database, config) == 7 and "could not be put in the outbox" in caplog.text
    monkeypatch.undo()
    assert sending.post_due(database, config) == 7


def test_a_letter_with_all_its_items_removed_does_not_leave_unless_somebody_wrote(database, cast):
    made = make_letter(database, cast)
    with database.system("remove", write=True) as session:
        for item in session.scalars(select(DigestItem)):
            item.is_removed = True
    with database.system("publish", write=True) as session, pytest.raises(NothingToTell):
        publish(session, session.get(Digest, made.id), None)
    with database.system("an édito", write=True) as session:
        row = session.get(Digest, made.id)
        row.edito = "Un mot."
        session.flush()
        publish(session, row, None)
    assert letter_row(database, made).number == 1


def test_the_letter_of_a_group_is_told_without_a_word_of_it(database, cast, app, config):
    group = make_group(database, cast.camille, cast.dora, cast.noor)
    recit = make_recit(database, cast.camille, "Ce que je porte", group=group.id)
    made = make_letter(database, cast, recit, space_id=group.id, due_at=clock.now() - timedelta(minutes=1), title="Canari")
    with database.system("look") as session:
        before = set(session.scalars(select(Outbox.id)))
    assert publish_due(database, config) == 1, "it has no editor, and waits for nobody"
    row = letter_row(database, made)
    assert row.is_posted and row.sent_to is None
    with database.system("look") as session:
        mails = [one for one in session.scalars(select(Outbox)) if one.id not in before]
        words = [session.keyring.open("installation", f"outbox|{one.key_hash}", one.sealed) for one in mails]
    assert len(words) == 3 and all("Du nouveau dans un de vos groupes" in word for word in words)
    assert not any("Canari" in word or "porte" in word or group.public_id in word for word in words)
