"""A récit taken back and told again in a peer group: who came since reads it, and nothing of what was said under it before."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from rex.access import still_hears, who_reads
from rex.collectifs.models import User
from rex.exchanges.models import Exchange, FormerWords, Mention, Posture, Synthese, SyntheseSentence, SyntheseSource
from rex.exchanges.queries import thread_rows
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Audience, EntryKind, Recit
from rex.journal.publishing import publish, withdraw
from rex.journal.together_models import ActionNote, Meeting, Rereading
from tests.exchanges.acting import text_of
from tests.making import make_exchange, make_group, make_recit, reader_of
from tests.peer_groups.groups import make_opening
from tests.peer_groups.test_sealing import join

MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
BEFORE, SINCE = "La clé pendait au clou.", "La clé a changé de place."
CAME_SINCE = ("noor", "jeanne")  # Noor as a member, Jeanne to read


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def later(time_machine):
    def move(**by: float) -> None:
        time_machine.move_to(MONDAY + timedelta(**by), tick=False)

    return move


def again(database, who, made) -> None:
    """Their récit is taken back, and told again in its group."""
    for told in (False, True):
        with database.session(write=True) as session:
            session.reader = reader = reader_of(session, who)
            recit = session.scalars(select(Recit).where(Recit.id == made.id)).one()
            if told:
                publish(session, reader, recit, Audience.GROUPE)
            else:
                withdraw(session, reader, recit)
            session.commit()


def come(database, cast, group, later, **opening: object) -> None:
    """A day later Noor takes a place, and the group is open for Jeanne to read."""
    later(days=1)
    join(database, group.id, cast.noor)
    make_opening(database, group.id, cast.jeanne, **opening)
    later(days=2)


def test_who_came_since_reads_the_recit_and_not_its_former_thread(visit, database, cast, later):
    group = make_group(database, cast.dora, cast.paul)
    made = make_recit(database, cast.dora, "La grille", group=group.id)
    make_exchange(database, cast.paul, made.public_id, BEFORE)
    come(database, cast, group, later)
    for who in CAME_SINCE:
        assert visit.as_(who).get(made.url).status_code == 404, who
    again(database, cast.dora, made)
    later(days=3)
    make_exchange(database, cast.paul, made.public_id, SINCE)
    for who in (*CAME_SINCE, "paul"):
        page = text_of(visit.as_(who).get(made.url))
        assert SINCE in page and (BEFORE in page) is (who == "paul"), who


def test_an_answer_to_what_one_does_not_read_stands_by_itself(visit, database, cast, later):
    group = make_group(database, cast.dora, cast.paul)
    made = make_recit(database, cast.dora, "La grille", group=group.id)
    first = make_exchange(database, cast.paul, made.public_id, BEFORE)
    come(database, cast, group, later)
    again(database, cast.dora, made)
    make_exchange(database, cast.dora, made.public_id, SINCE, Posture.APPORT, parent=first)
    for who in (*CAME_SINCE, "paul"):
        page = text_of(visit.as_(who).get(made.url))
        assert SINCE in page and (first in page) is (who == "paul"), who


def test_where_the_past_is_shown_they_read_it_all(visit, database, cast, later):
    group = make_group(database, cast.dora, cast.paul, shows_history=True)
    made = make_recit(database, cast.dora, "La grille", group=group.id)
    make_exchange(database, cast.paul, made.public_id, BEFORE)
    come(database, cast, group, later, shows_past=True)
    again(database, cast.dora, made)
    for who in CAME_SINCE:
        assert BEFORE in text_of(visit.as_(who).get(made.url)), who


def hang(database, cast, one, other) -> None:
    """One of each thing that may hang from a récit of a group, said now."""
    here = {"audience": Audience.GROUPE}
    with database.system("what hangs from a récit", write=True) as session:
        recit = session.scalars(select(Recit).where(Recit.id == one.id)).one()
        difficulty = Difficulty(
            kind=EntryKind.DIFFICULTY, collectif_id=recit.collectif_id, words="Un mur.", published_at=recit.published_at, **here
        )
        said = Exchange(entry_id=one.id, author_id=cast.paul.id, posture=Posture.APPORT, source=BEFORE, pipeline=1, **here)
        synthese = Synthese(entry_id=one.id, author_id=cast.dora.id, **here)
        session.add_all([difficulty, said, synthese])
        session.flush()
        sentence = SyntheseSentence(synthese_id=synthese.id, position=0, words="Le clou manque.")
        session.add(sentence)
        session.flush()
        session.add_all([
            SyntheseSource(sentence_id=sentence.id, exchange_id=said.id),
            FormerWords(exchange_id=said.id, source="Un clou.", html="<p>Un clou.</p>"),
            Mention(exchange_id=said.id, user_id=cast.dora.id),
            Echo(entry_id=difficulty.id, user_id=cast.paul.id, words="Moi aussi.", **here),
            Rereading(entry_id=one.id, author_id=cast.dora.id, source="Autrement.", pipeline=1, **here),
            ActionNote(
                action_id=recit.action_id, one_id=one.id, other_id=other.id, section_slug="faits", meeting=Meeting.DIVERGENT,
                words="Deux heures différentes.", author_id=cast.dora.id, **here,
            ),
        ])


HANGING = (Exchange, FormerWords, Mention, Synthese, SyntheseSentence, SyntheseSource, Echo, Rereading, ActionNote)


@pytest.mark.parametrize("shows", [False, True])
def test_nothing_that_hangs_is_read_by_who_came_since_it_was_said(database, cast, later, shows):
    group = make_group(database, cast.dora, cast.paul, shows_history=shows)
    one = make_recit(database, cast.dora, "La grille", group=group.id)
    other = make_recit(database, cast.paul, "Le portail", group=group.id, action=one.action_public_id)
    hang(database, cast, one, other)
    come(database, cast, group, later, shows_past=shows)
    again(database, cast.dora, one)
    again(database, cast.paul, other)
    with database.system("the difficulty was told again too", write=True) as session:
        difficulty = session.scalars(select(Difficulty)).one()
        difficulty.published_at = session.scalars(select(Recit.published_at).where(Recit.id == one.id)).one()
    reads = {}
    for who in ("paul", *CAME_SINCE):
        with reading(database, cast.people[who]) as session:
            assert set(session.scalars(select(Recit.id))) == {one.id, other.id}, who
            reads[who] = [cls.__name__ for cls in HANGING if session.scalars(select(cls.id)).all()]
            assert len(thread_rows(session, one.id)) == (1 if who == "paul" or shows else 0), "the kept statement says the same"
    everything = [cls.__name__ for cls in HANGING]
    assert reads == {"paul": everything} | dict.fromkeys(CAME_SINCE, everything if shows else [])


def reading(database, person):
    """A session in which this person only reads."""
    with database.session(write=True) as session:
        reader = reader_of(session, person)
        session.commit()
    return database.session(reader)


@pytest.mark.parametrize("shows", [False, True])
def test_who_came_since_is_told_nothing_of_it(database, cast, later, shows):
    group = make_group(database, cast.dora, cast.paul, shows_history=shows)
    made = make_recit(database, cast.dora, "La grille", group=group.id)
    public_id = make_exchange(database, cast.paul, made.public_id, BEFORE)
    come(database, cast, group, later, shows_past=shows)
    again(database, cast.dora, made)
    people = [cast.dora.id, cast.paul.id, cast.noor.id, cast.jeanne.id]
    with database.system("who hears") as session:
        said = session.scalars(select(Exchange.id).where(Exchange.public_id == public_id)).one()
        assert who_reads(session, made.id, people) == {cast.dora.id, cast.paul.id, cast.noor.id}
        expected = {cast.dora.id, cast.paul.id} | ({cast.noor.id} if shows else set())
        assert who_reads(session, made.id, people, said) == expected
        hear = select(User.id).join(Exchange, still_hears(User.id)).where(Exchange.id == said)
        assert set(session.scalars(hear)) == expected
