"""Beside the figures of the demonstration: a jalon, a reading that a service signs, which all its members read; gone with it."""

import re

import pytest
from sqlalchemy import select

from rex import clock, opening
from rex.collectifs.entrance import as_readers
from rex.collectifs.models import Collectif, Credential
from rex.config import config_from
from rex.demo import PEOPLE
from rex.demo.clearing import clear
from rex.demo.loader import load
from rex.demo.tendances import JALONS, READINGS
from rex.french import typo
from rex.trends.jalons import jalons_of
from rex.trends.models import CounterReading, Jalon
from rex.trends.periods import span_from
from rex.trends.reading_lists import readings_of
from rex.trends.subjects import SECTIONS


def test_it_names_nobody_and_speaks_of_the_page():
    names = {part for person in PEOPLE for part in person.name.split() if len(part) > 3}
    for one in READINGS:
        assert one.section in SECTIONS
        assert [name for name in names if re.search(rf"\b{name}\b", one.words)] == []
    for words in (*(one.words for one in READINGS), *(one.name for one in JALONS)):
        assert "'" not in words and "  " not in words and typo(words).replace("\u202f", " ").replace("\u00a0", " ") == words


@pytest.fixture
def story(tmp_path):
    config = config_from({"REX_DATA_DIR": str(tmp_path), "REX_QUICK_HASHES": "1"})
    database = opening.open_database(config)
    opening.prepare(database)
    load(database, quick=True)
    yield database, config
    database.dispose()


def test_all_members_read_them_and_nothing_stays(story):
    database, config = story
    with database.system("who reads") as session:
        here = session.scalars(select(Collectif.id).where(Collectif.slug == "valombre")).one()
        user_id = session.scalars(select(Credential.user_id).where(Credential.address == "elue@demo.rex")).one()
        (reader,) = as_readers(session, [user_id]).values()
    span = span_from({}, clock.today("Europe/Paris"))
    with database.session(reader) as session:
        (jalon,) = jalons_of(session, reader, here)
        assert jalon.name == "Réorganisation des services" and jalon.day < span.starts_on
        (reading,) = readings_of(session, reader, here, span.starts_on, span.ends_on).readings
    assert (reading.voice, reading.section, reading.subject, reading.correct_url) == ("Voirie", "services", "", "")
    assert reading.said_at < clock.now()
    clear(database, config)
    with database.system("what stays") as session:
        assert session.scalars(select(Jalon.id)).all() == session.scalars(select(CounterReading.id)).all() == []
