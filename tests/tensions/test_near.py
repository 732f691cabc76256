"""« Cela ressemble à … » while one writes: what this reader reads, in the words that were compared, and nothing of a group."""

import time

import pytest
from sqlalchemy import select

from rex.journal import difficulties
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Audience
from rex.tensions import acts, near_index, own_ideas
from rex.tensions.models import TensionAct
from rex.tensions.near import resembling
from tests.making import make_group
from tests.tensions.making import acting, name, tell, tell_one
from tests.tensions.notes import development
from tests.tensions.test_computing import SAME, notes

TYPED = "Nous sommes épuisés au guichet, le sous-effectif dure."


@pytest.fixture(autouse=True)
def nothing_kept(database):
    """Whoever looks beside ends before the base goes."""
    near_index.forget()
    yield
    near_index.forget()


@pytest.fixture
def journal(database, cast):
    same = [tell_one(database, cast.dora, cast.valombre_id, words, balises=["E5"]) for words in SAME]
    tell(database, cast.bruno, cast.valombre_id, *notes(20))
    return same


def near(database, person, collectif_id, words=TYPED, balises=(), **how):
    with acting(database, person, collectif_id) as (session, reader, seat):
        return resembling(session, reader, seat, words, balises, **how)


def test_a_tension_comes_first_with_the_words_in_common(database, cast, journal):
    tension = name(database, cast.ana, cast.valombre_id, "Guichet à bout", journal[0], journal[1])
    first = near(database, cast.camille, cast.valombre_id)[0]
    assert (first.is_tension, first.public_id, first.title, first.difficulties) == (True, tension.public_id, "Guichet à bout", 2)
    assert first.url == f"/tensions/{tension.public_id}"
    assert "guichet" in {ours.lower() for ours, _ in first.words} and first.closest in SAME
    assert first.strength in ("fort", "moyen", "à vérifier")


def test_a_lone_difficulty_is_shown_to_compare(database, cast, journal):
    found = near(database, cast.camille, cast.valombre_id)
    assert found and not any(one.is_tension for one in found)
    assert found[0].closest_id in {one.public_id for one in journal} and found[0].url.startswith("/difficultes/")
    assert found[0].strength in ("fort", "moyen")


def test_nothing_resembles(database, cast, journal):
    assert near(database, cast.camille, cast.valombre_id, "Un drone a percuté le clocher roman pendant la nuit.") == []
    unsure = near(database, cast.camille, cast.valombre_id, "Un drone a percuté le clocher roman pendant la nuit.", unsure=True)
    assert 0 < len(unsure) <= 3


@pytest.mark.parametrize("words", ["", "   ", "Guichet", "le la les", "🚧🚲😡", "\x00\u202e", "!!!"])
def test_too_few_words_say_nothing(database, cast, journal, words):
    assert near(database, cast.camille, cast.valombre_id, words) == []


def test_a_very_long_text_is_compared_as_another(database, cast, journal):
    assert near(database, cast.camille, cast.valombre_id, (TYPED + " ") * 400)


def test_what_is_written_now_is_compared_too(database, cast, journal):
    near(database, cast.camille, cast.valombre_id)
    new = tell_one(database, cast.dora, cast.valombre_id, "Le clocher roman a été percuté par un drone, de nuit.")
    found = near(database, cast.camille, cast.valombre_id, "Un drone a percuté le clocher roman pendant la nuit.")
    assert [one.public_id for one in found] == [new.public_id]


def test_the_difficulty_that_one_looks_at_is_not_like_itself(database, cast, journal):
    found = near(database, cast.camille, cast.valombre_id, SAME[0], besides=journal[0].id)
    assert found and journal[0].public_id not in {one.closest_id for one in found}


def old(database, cast, monkeypatch):
    """What is kept stays as it is, as that of a large collectif does for some seconds."""
    near(database, cast.camille, cast.valombre_id)
    monkeypatch.setattr(near_index, "AT_ONCE", 0)


@pytest.mark.parametrize("what", ["take back", "correct", "suspend"])
def test_what_is_not_told_any_more_is_not_shown_though_it_is_kept(database, cast, journal, monkeypatch, what):
    old(database, cast, monkeypatch)
    with acting(database, cast.dora, cast.valombre_id) as (session, _, seat):
        for one in journal:
            difficulty = session.get(Difficulty, one.id)
            if what == "take back":
                difficulties.withdraw(session, seat, difficulty)
            elif what == "correct":
                difficulties.correct(session, difficulty, Written("Tout autre chose, sans rapport."))
            else:
                difficulty.suspended_at = difficulty.published_at
    assert near(database, cast.camille, cast.valombre_id) == []


def test_a_tension_undone_meanwhile_is_not_named(database, cast, journal, monkeypatch):
    name(database, cast.ana, cast.valombre_id, "Guichet à bout", *journal)
    old(database, cast, monkeypatch)
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts.undo(session, reader, session.scalars(select(TensionAct)).one())
    assert not any(one.is_tension for one in near(database, cast.camille, cast.valombre_id))


def test_each_reads_their_own_collectif(database, cast, journal):
    open_one = tell_one(database, cast.ines, cast.orbe_id, SAME[0], audience=Audience.RESEAU)
    assert open_one.public_id not in {one.closest_id for one in near(database, cast.camille, cast.valombre_id)}
    own = {one.public_id for one in journal}
    assert not own & {one.closest_id for one in near(database, cast.noor, cast.orbe_id)}


def test_nothing_of_a_group_and_nothing_in_a_group(database, cast, journal):
    group = make_group(database, cast.camille, cast.dora)
    said = tell_one(database, cast.camille, group.id, "Un drone a percuté le clocher roman et nous le taisons.")
    assert near(database, cast.camille, group.id) == []
    found = near(database, cast.camille, cast.valombre_id, "Un drone a percuté le clocher roman pendant la nuit.", unsure=True)
    assert said.public_id not in {one.closest_id for one in found}
    assert not any("clocher" in text for place in near_index._places.values() if place.index for text in place.index.texts)


def in_a_while(comes):
    until = time.monotonic() + 30
    while not comes():
        assert time.monotonic() < until, "it never comes"
        time.sleep(0.05)


def test_a_large_collectif_is_read_beside(database, cast, journal, monkeypatch):
    monkeypatch.setattr(near_index, "AT_ONCE", 5)
    assert near(database, cast.camille, cast.valombre_id) == [], "nobody waits for it"
    in_a_while(lambda: near(database, cast.camille, cast.valombre_id))


def test_what_is_told_since_a_large_collectif_was_read_is_added(database, cast, journal, monkeypatch):
    near(database, cast.camille, cast.valombre_id)
    monkeypatch.setattr(near_index, "AT_ONCE", 5)
    monkeypatch.setattr(near_index, "LOOKED", 0.0)
    monkeypatch.setattr(near_index, "PAUSE", 1000.0)
    words = "Un drone a percuté le clocher roman pendant la nuit."
    assert near(database, cast.camille, cast.valombre_id, words) == []
    made = next(iter(near_index._places.values())).index
    assert made is not None
    new = tell_one(database, cast.dora, cast.valombre_id, "Le clocher roman a été percuté par un drone, de nuit.")
    in_a_while(lambda: {one.public_id for one in near(database, cast.camille, cast.valombre_id, words)} == {new.public_id})
    with acting(database, cast.dora, cast.valombre_id) as (session, _, _seat):
        written = Written("De nuit, un drone percute le clocher roman.")
        difficulties.correct(session, session.get(Difficulty, journal[0].id), written)
    both = {new.public_id, journal[0].public_id}
    in_a_while(lambda: {one.public_id for one in near(database, cast.camille, cast.valombre_id, words)} == both)
    index = next(iter(near_index._places.values())).index
    assert index is not None and index.made_at == made.made_at, "not read anew so soon"


def test_an_expression_of_the_collectif_brings_two_together(database, cast, journal):
    told = tell_one(database, cast.dora, cast.valombre_id, "La procédure zibeline nous retarde encore, on attend le parapheur.")
    typed = "Encore la galère des signatures bleues, on attend le parapheur."
    before = near(database, cast.camille, cast.valombre_id, typed, unsure=True)
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        own_ideas.add(session, reader, seat, "procédure zibeline, galère des signatures bleues")
    after = near(database, cast.camille, cast.valombre_id, typed, unsure=True)
    assert "procédure zibeline" not in {words for one in before for pair in one.near_words for words in pair}
    here = next(one for one in after if one.public_id == told.public_id)
    assert "procédure zibeline" in {words for pair in here.near_words for words in pair}


def test_what_was_used_longest_ago_is_forgotten_first(database, cast, journal, monkeypatch):
    tell(database, cast.ines, cast.orbe_id, *SAME)
    monkeypatch.setattr(near_index, "WEIGHT", 1)
    near(database, cast.camille, cast.valombre_id)
    near(database, cast.ines, cast.orbe_id)
    assert [key[1] for key in near_index._places] == [cast.orbe_id]


def test_it_does_not_take_long(database, cast, journal):
    tell(database, cast.paul, cast.valombre_id, *(note["text"] for note in development()[0]))
    near(database, cast.camille, cast.valombre_id)
    begun = time.perf_counter()
    near(database, cast.camille, cast.valombre_id)
    assert time.perf_counter() - begun < 1.0
