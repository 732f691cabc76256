"""One rule for all pages: who is told together in trends is told together in « Ce qui revient », on tensions and in letters.

What two services that are told together exchange changes nothing that any of these says; nor may one page less another one tell
what a small service told."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from rex import clock
from rex.collectifs.models import Service
from rex.db import Database, RexSession
from rex.digests.candidates import Scene
from rex.digests.candidates_tensions import tension_candidates
from rex.digests.plain import reader_for, reading_as
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Audience, Authorship
from rex.tensions.models import Tension, TensionLink, TensionTrial
from rex.tensions.naming import OTHERS, named_services
from rex.tensions.voices import voices_of
from tests.cast import Cast
from tests.digests.composed import plain
from tests.making import reader_of
from tests.trends.exchanging import ELU, HABITANT, OPERATEUR, SERVICE, TOGETHER, exchanged
from tests.trends.journals import Journal, Shape, addresses, drawn_shape, fill, new_entry, signature
from tests.trends.looking import look_of, main_of, saying, words_of


def letter(session: RexSession, collectif_id: int) -> list[Any]:
    """All that a letter says of tensions: why, how many, which services, who signs what it quotes."""
    found = reader_for(session, collectif_id)
    assert found is not None
    reader, seat = found
    now = clock.now()
    scene = Scene(session, reader, seat, now - timedelta(days=700), now, now, now + timedelta(days=30))
    with reading_as(session, reader):
        items = tension_candidates(scene)
        signed = [[(source.entry_id, source.signature) for source in one.sources] for one in items]
        chosen = [replace(one.candidate, colleges=()) for one in items]  # collèges make letters varied: none is said
        return [(what, one.why, one.title, one.words, those) for what, one, those in zip(chosen, items, signed, strict=True)]


def everything(database: Database, visit: Any, cast: Cast, journal: Journal, asked: list[dict[str, str]]) -> dict[str, Any]:
    """Address → what its page says; what a letter says; the figures of trends."""
    client = visit.as_("noor")
    client.proof_reads = False  # random entries have no proper titles
    paths = ["/c/valombre/ce-qui-revient", *(f"/tensions/{one}" for one in journal.tensions)]
    said: dict[str, Any] = {}
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        said[path] = main_of(answer.get_data(as_text=True))
    for given in asked:
        answer = client.get("/c/valombre/tendances", query_string=given)
        assert answer.status_code == 200
        said[f"tendances {given}"] = main_of(answer.get_data(as_text=True))
    for kind in ("exporter/csv", "rapport/md"):
        said[kind] = words_of(client.get(f"/c/valombre/tendances/{kind}", query_string=asked[-1]))
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        for given in asked:
            said[f"chiffres {given}"] = saying(session, reader, given)
    with database.system("a letter", write=True) as session:
        said["letter"] = letter(session, journal.collectif_id)
    return said


def add_trials(database: Database, journal: Journal) -> None:
    """Each service tried something on each tension."""
    with database.system("trials", write=True) as session:
        for public_id in journal.tensions:
            tension_id = session.scalars(select(Tension.id).where(Tension.public_id == public_id)).one()
            for service_id in journal.services:
                name = session.get_one(Service, service_id).name
                session.add(TensionTrial(tension_id=tension_id, words="Un essai.", service_name=name, created_at=clock.now()))


@pytest.mark.parametrize("seed", range(6))
def test_what_two_services_told_together_exchange_changes_no_page_and_no_letter(
    database: Database, cast: Cast, visit: Any, seed: int
) -> None:
    chance = Random(f"exchange {seed}")
    shape = TOGETHER[seed] if seed < len(TOGETHER) else drawn_shape(chance)
    journal = fill(database, cast, shape, f"exchange {seed}")
    add_trials(database, journal)
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        look = look_of(session, reader)
    pairs = list(combinations(sorted(look.units.merged - {0}), 2))
    asked = addresses(journal, [one.key for one in look.units.shown], [key for key, _ in look.colleges.shown])
    asked = [{}, *chance.sample(asked[1:], 2)]
    here, before = journal.collectif_id, everything(database, visit, cast, journal, asked)
    assert before["letter"], "the letter speaks of tensions"
    for one, other in chance.sample(pairs, min(2, len(pairs))):
        with database.system("two exchange everything", write=True) as session, exchanged(session, here, one, other) as is_same:
            session.commit()  # as pages read it
            after = everything(database, visit, cast, journal, asked)
        assert is_same or seed >= len(TOGETHER)
        if is_same:
            assert after.keys() == before.keys()
            assert [key for key in before if after[key] != before[key]] == []


def only_told(database: Database, cast: Cast, writers: tuple[int, ...]) -> tuple[Journal, list[Service]]:
    """A journal of these services, whose tensions are told by the first alone, by the second alone, by both."""
    journal = fill(database, cast, Shape(writers, colleges=COLLEGES[: len(writers)]), "two alone")
    one, other = (next(author for author in journal.authors if author[1] == service_id) for service_id in journal.services[:2])
    with database.system("who tells which tension", write=True) as session:
        session.execute(delete(TensionLink))
        for public_id, tellers in zip(journal.tensions, ((one,), (other,), (one, other)), strict=True):
            tension_id = session.scalars(select(Tension.id).where(Tension.public_id == public_id)).one()
            for days in (100, 50, 10):
                at = clock.now() - timedelta(days=days)
                entry = new_entry(session, journal, Difficulty, Random(days), at=at, audience=Audience.COLLECTIF)
                session.add(TensionLink(difficulty_id=entry.id, tension_id=tension_id))
                for position, author in enumerate(tellers):
                    session.add(signature(session, entry, position, author))
        services = [session.get_one(Service, one) for one in journal.services]
    return journal, services


COLLEGES = (ELU, SERVICE, OPERATEUR, HABITANT)


@pytest.mark.parametrize("writers", [(1, 3), (1, 3, 4)])
def test_the_oldest_named_service_is_told_with_the_only_small_one_on_every_page(
    database: Database, cast: Cast, visit: Any, writers: tuple[int, ...]
) -> None:
    """Trends tell « Autres services » of both: a tension that named the larger one would say which of the two told it."""
    journal, services = only_told(database, cast, writers)
    with database.system("their voices", write=True) as session:
        reader = reader_for(session, journal.collectif_id)
        assert reader is not None
        assert named_services(session, journal.collectif_id).merged == frozenset(journal.services[:2])
        ids = session.scalars(select(Tension.id).where(Tension.public_id.in_(journal.tensions)).order_by(Tension.id)).all()
        with reading_as(session, reader[0]):
            told = [voices_of(session, reader[0], ids)[one] for one in ids]
    assert [(one.services, one.services_said) for one in told] == [((), 0), ((), 0), ((OTHERS,), 2)]
    client = visit.as_("noor")
    for path in ("/c/valombre/ce-qui-revient", *(f"/tensions/{one}" for one in journal.tensions)):
        page = main_of(client.get(path).get_data(as_text=True))
        assert [one.name for one in services[:2] if one.name in page] == [], path
    with database.system("a letter", write=True) as session:
        said = str(letter(session, journal.collectif_id))
    assert [one.name for one in services[:2] if one.name in said] == []


def test_a_tension_names_no_college_of_few(database: Database, cast: Cast, visit: Any) -> None:
    """One élue wrote: « Collèges : Élus, Direction et services » would say that she told it."""
    journal, _ = only_told(database, cast, (1, 3, 4))
    pages = [main_of(visit.as_("noor").get(f"/tensions/{one}").get_data(as_text=True)) for one in journal.tensions]
    assert not any("Collèges :" in plain(page) for page in pages)
    with database.system("two more élues, and of operators", write=True) as session:
        users = [user_id for user_id, service_id, _ in journal.authors if service_id == journal.services[2]]
        session.execute(update(Authorship).where(Authorship.user_id.in_(users[:3])).values(college=ELU))
        session.execute(update(Authorship).where(Authorship.user_id == users[3]).values(college=SERVICE))
    named = plain(main_of(visit.as_("noor").get(f"/tensions/{journal.tensions[2]}").get_data(as_text=True)))
    assert f"Collèges : {ELU.label}, {SERVICE.label}." in named
