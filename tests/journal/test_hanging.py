"""What hangs from a récit: read in one statement, by those who may read each piece."""

from rex import clock, text
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.hanging_queries import Hanging, hanging_from
from rex.journal.models import Audience, Entry, EntryKind
from rex.journal.recognition_models import Answer, Recognition
from rex.journal.together_models import Rereading
from tests.making import make_recit, reader_of


def hang(database, cast, recit_id: int, audience: Audience, said: Audience) -> None:
    """One of each under a récit, the echoes and the rereading said before `said`."""
    told = {"collectif_id": cast.valombre_id, "audience": audience, "about_id": recit_id, "published_at": clock.now()}
    with database.system("what hangs from a récit", write=True) as session:
        difficulty = Difficulty(
            kind=EntryKind.DIFFICULTY, words="Personne ne savait.", byline="Voirie", section_slug="faits", **told
        )
        thanks = Recognition(
            kind=EntryKind.RECOGNITION, words="Merci d’avoir attendu.", byline="Voirie", to_name="Dora Lenoir",
            answer=Answer.ACCEPTED, intended=audience, **told,
        )
        session.add_all([difficulty, thanks])
        session.flush()
        session.add(Echo(entry_id=difficulty.id, user_id=cast.dora.id, audience=said, words="Nous aussi."))
        html = text.to_html("Un an après, *autre chose*.")
        session.add(
            Rereading(entry_id=recit_id, author_id=cast.camille.id, audience=said, html=html, source="", pipeline=text.PIPELINE)
        )


def read(database, person, recit_id: int) -> Hanging:
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, person)
        return hanging_from(session, who, recit_id)


def test_all_three_in_one_statement(database, cast, count_statements):
    recit = make_recit(database, cast.camille)
    hang(database, cast, recit.id, Audience.COLLECTIF, Audience.COLLECTIF)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.bruno)
        with count_statements() as seen:
            found = hanging_from(session, who, recit.id)
    assert len(seen) == 1
    (difficulty,), (thanks,), (rereading,) = found.difficulties, found.recognitions, found.rereadings
    assert (difficulty.words, difficulty.byline, difficulty.echoes) == ("Personne ne savait.", "Voirie", 1)
    assert difficulty.is_detached is False and difficulty.told_at.tzinfo is not None
    assert (thanks.words, thanks.to_name) == ("Merci d’avoir attendu.", "Dora Lenoir")
    assert "<em>autre chose</em>" in rereading.html
    assert (rereading.author_name, rereading.author_id) == ("Camille Roy", cast.camille.id)
    assert found.difficulties_at("faits") == [difficulty] and found.difficulties_elsewhere(["faits"]) == []
    assert found.difficulties_at("appris") == [] and found.difficulties_elsewhere(["appris"]) == [difficulty]


def test_a_stranger_reads_none_of_it(database, cast):
    recit = make_recit(database, cast.camille)
    hang(database, cast, recit.id, Audience.COLLECTIF, Audience.COLLECTIF)
    assert read(database, cast.ines, recit.id) == Hanging()


def test_what_was_said_before_the_journal_stays_there(database, cast):
    """The récit is read by the réseau; the echo and the rereading were said before the journal only."""
    recit = make_recit(database, cast.camille, audience=Audience.RESEAU)
    hang(database, cast, recit.id, Audience.RESEAU, Audience.COLLECTIF)
    found = read(database, cast.ines, recit.id)
    assert [one.echoes for one in found.difficulties] == [0]
    assert len(found.recognitions) == 1 and found.rereadings == ()
    assert read(database, cast.bruno, recit.id).difficulties[0].echoes == 1


def test_a_recognition_that_waits_is_not_there(database, cast):
    recit = make_recit(database, cast.camille)
    with database.system("one that waits", write=True) as session:
        waiting = Recognition(
            kind=EntryKind.RECOGNITION, collectif_id=cast.valombre_id, about_id=recit.id, sealed=b"x",
            to_user_id=cast.dora.id, intended=Audience.COLLECTIF,
        )
        session.add(waiting)
        session.flush()
        assert session.get(Entry, waiting.id) is not None
    assert read(database, cast.dora, recit.id) == Hanging()
