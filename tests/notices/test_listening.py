"""Whom a notice is kept for: those concerned, never the actor, never who may not read it now."""

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.access import visible_entries, visible_exchanges, who_reads
from rex.collectifs.models import Membership, User
from rex.exchanges.models import Exchange
from rex.journal.models import Audience, Authorship, Entry
from rex.journal.moment_models import What
from rex.journal.recognition_models import Answer, Recognition
from tests.making import make_recit, reader_of
from tests.notices.telling import has_news, kept, say, tell


def everybody(cast):
    return [person for key, person in cast.people.items()]


def make_thanks(database, giver, *, to_user=None, to_service=None, intended=Audience.COLLECTIF, collectif_id: int) -> int:
    """A recognition that waits for its answer."""
    with database.system("a thank-you of a test", write=True) as session:
        thanks = Recognition(
            collectif_id=collectif_id, to_user_id=to_user, to_service_id=to_service, to_name="", answer=Answer.PENDING,
            intended=intended,
        )
        session.add(thanks)
        session.flush()
        session.add(Authorship(entry_id=thanks.id, user_id=giver.id, position=0))
    return thanks.id


def test_who_reads_is_what_the_door_lets_each_read(database, cast):
    """Every person of the cast, every state of an entry: one statement for all says what each one's own door says."""
    entries = {
        "draft": make_recit(database, cast.camille, audience=None, co_authors=(cast.gael,)).id,
        "collectif": make_recit(database, cast.camille).id,
        "reseau": make_recit(database, cast.camille, audience=Audience.RESEAU).id,
        "withdrawn": make_recit(database, cast.camille, withdrawn=True).id,
        "of orbe": make_recit(database, cast.ines).id,
        "suspended": make_recit(database, cast.noor, collectif="valombre").id,
        "thanks": make_thanks(database, cast.camille, to_user=cast.paul.id, collectif_id=cast.valombre_id),
        "to a service": make_thanks(
            database, cast.dora, to_service=cast.service_ids["Voirie"], collectif_id=cast.valombre_id
        ),
        "beyond": make_thanks(
            database, cast.camille, to_user=cast.ines.id, intended=Audience.RESEAU, collectif_id=cast.valombre_id
        ),
        "too far": make_thanks(database, cast.camille, to_user=cast.ines.id, collectif_id=cast.valombre_id),
        "declined": make_thanks(database, cast.camille, to_user=cast.paul.id, collectif_id=cast.valombre_id),
    }
    with database.system("an animateur suspends, a person declines", write=True) as session:
        session.execute(update(Entry).where(Entry.id == entries["suspended"]).values(suspended_at=clock.now()))
        session.execute(
            update(Recognition)
            .where(Recognition.id == entries["declined"])
            .values(answer=Answer.DECLINED)
            .execution_options(synchronize_session=False)
        )
    narrow = say(database, cast.camille, entries["reseau"], Audience.COLLECTIF)
    wide = say(database, cast.ines, entries["reseau"], Audience.RESEAU)
    people = everybody(cast)
    for name, entry_id in entries.items():
        with database.session(write=True) as session:
            session.reader = reader_of(session, cast.dora)
            found = who_reads(session, entry_id, [person.id for person in people])
            door = set()
            for person in people:
                if person.name in ("Clara Close",):
                    continue
                session.reader = who = reader_of(session, person)
                if session.scalar(visible_entries(who).where(Entry.id == entry_id).with_only_columns(Entry.id)):
                    door.add(person.id)
            assert found == door, name
    for message in (narrow, wide):
        with database.session(write=True) as session:
            session.reader = reader_of(session, cast.dora)
            found = who_reads(session, entries["reseau"], [person.id for person in people], message.id)
            door = set()
            for person in people:
                if person.name in ("Clara Close",):
                    continue
                session.reader = who = reader_of(session, person)
                if session.scalar(visible_exchanges(who).where(Exchange.id == message.id).with_only_columns(Exchange.id)):
                    door.add(person.id)
            assert found == door, message.audience
            assert found, "nobody: it proves nothing"


def test_kept_for_those_concerned_and_not_for_the_actor(database, cast):
    made = make_recit(database, cast.camille)
    message = say(database, cast.bruno, made.id)
    tell(database, cast.bruno, What.ANSWER, made.id, [cast.camille, cast.bruno, cast.ines, cast.gael, cast.clara], message.id)
    assert [(n.what, n.entry_id, n.exchange_id, n.actor_id) for n in kept(database, cast.camille)] == [
        (What.ANSWER, made.id, message.id, cast.bruno.id)
    ]
    assert has_news(database, cast.camille)
    for other in (cast.bruno, cast.ines, cast.gael, cast.clara):
        assert kept(database, other) == [] and not has_news(database, other), other.name


def test_an_identical_one_is_not_kept_twice_while_unseen(database, cast):
    made = make_recit(database, cast.camille)
    for _ in range(2):
        tell(database, cast.bruno, What.ECHO, made.id, [cast.camille])
    tell(database, cast.dora, What.ECHO, made.id, [cast.camille])
    assert [n.actor_id for n in kept(database, cast.camille)] == [cast.bruno.id, cast.dora.id]


@pytest.mark.parametrize("hidden", ["draft", "narrowed ceiling"])
def test_nobody_is_told_what_they_may_not_read(database, cast, hidden):
    if hidden == "draft":
        made = make_recit(database, cast.camille, audience=None)
        tell(database, cast.camille, What.ANSWER, made.id, [cast.bruno, cast.ana, cast.ines])
    else:
        made = make_recit(database, cast.camille, audience=Audience.RESEAU)
        message = say(database, cast.bruno, made.id, Audience.COLLECTIF)
        tell(database, cast.bruno, What.MENTION, made.id, [cast.ines], message.id)
    assert kept(database, cast.bruno) == kept(database, cast.ines) == kept(database, cast.ana) == []


def test_an_invitation_to_sign_is_kept_for_a_member_who_reads_nothing_yet(database, cast):
    made = make_recit(database, cast.camille, audience=None)
    tell(database, cast.camille, What.CO_AUTHOR_ASKED, made.id, [cast.bruno, cast.gael])
    assert len(kept(database, cast.bruno)) == 1 and kept(database, cast.gael) == []


def test_a_hidden_entry_takes_its_dot_away_and_gives_it_back(database, cast, visit):
    made, other = make_recit(database, cast.camille), make_recit(database, cast.ana, "Une autre")
    tell(database, cast.camille, What.OTHER_RECIT, made.id, [cast.bruno, cast.dora])
    tell(database, cast.ana, What.OTHER_RECIT, other.id, [cast.dora])
    camille = visit.as_("camille")
    camille.send(f"{made.url}/retrait")
    assert not has_news(database, cast.bruno) and has_news(database, cast.dora), "Dora has something else to read"
    camille.send(f"{made.url}/publication", {"publier": "collectif"})
    assert has_news(database, cast.bruno)


def test_thousands_are_told_in_a_bounded_number_of_statements(database, cast, count_statements):
    with database.system("a large collectif", write=True) as session:
        people = [User(name=f"Membre {rank}") for rank in range(1200)]
        session.add_all(people)
        session.flush()
        session.add_all(
            Membership(user_id=person.id, collectif_id=cast.valombre_id, college="service") for person in people
        )
        ids = [person.id for person in people]
    made = make_recit(database, cast.camille)
    with database.session(write=True) as session:
        from rex.journal import moments

        session.reader = who = reader_of(session, cast.camille)
        with count_statements() as seen:
            moments.tell(session, who, What.OTHER_RECIT, made.id, ids)
        session.commit()
    assert len(seen) <= 4 * 3 + 3, "some statements for each five hundred people"
    with database.system("count") as session:
        assert len(session.scalars(select(User.id).where(User.news_at.is_not(None))).all()) == 1200
