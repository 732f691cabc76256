"""What a letter tells to each reader, today; and what becomes of the words that it quotes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from rex import clock
from rex.digests.models import Digest, DigestItem, Rubric
from rex.journal.models import Action, Audience, Entry
from rex.journal.recognitions import publish_recognition, withdraw_from_journal
from rex.tensions import acts
from tests.cast import Cast
from tests.digests.composed import (
    accepted_thanks,
    asked_at,
    composed,
    found_thanks,
    items,
    letters,
    only,
    plain,
    published,
    quotes,
    read_by,
    rows,
)
from tests.exchanges.acting import open_to, row_of, take_back, tell_again
from tests.journal.difficulties import make_difficulty
from tests.making import contents, make_exchange, make_recit, reader_of
from tests.seances.meeting import make_seance, set_back
from tests.tensions.making import acting, found, name, tell_one
from tests.tensions.making import take_back as take_difficulty_back

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)
DAY = timedelta(days=1)
SAID = "Le premier matin, personne ne savait que la rue zébulonnait."


@pytest.fixture(autouse=True)
def on_sunday(time_machine):
    time_machine.move_to(SUNDAY, tick=True)
    return time_machine


def change(database, row_id: int, **values: Any) -> None:
    with database.system("an animateur writes", write=True) as session:
        item = session.get(DigestItem, row_id)
        for name_of, value in values.items():
            setattr(item, name_of, value)


def said_anywhere(database, word: str) -> list[str]:
    """The tables in whose rows a word lies in clear."""
    return [table for table, lines in contents(database).items() if any(word in str(line) for line in lines)]


def test_before_it_leaves_those_who_look_after_the_collectif_read_it(database, cast: Cast):
    make_recit(database, cast.camille)
    letter = composed(database, cast.valombre_id) or ""
    assert read_by(database, cast.ana, letter) is not None
    assert read_by(database, cast.camille, letter) is None
    published(database, letter, clock.now())
    assert read_by(database, cast.camille, letter) is not None
    for stranger in (cast.ines, cast.gael, cast.admin):
        assert read_by(database, stranger, letter) is None


def test_its_heading_its_edito_and_who_wrote_it(database, cast: Cast):
    make_recit(database, cast.camille)
    letter = composed(database, cast.valombre_id) or ""
    page = read_by(database, cast.ana, letter)
    assert page is not None
    assert (page.number, page.edito_html, page.edito_by) == (None, "", "")
    assert plain(page.title) == f"La lettre du {plain(page.date_words)}"
    with database.system("an animateur writes", write=True) as session:
        digest = session.get(Digest, letters(database)[0].id)
        digest.title, digest.edito, digest.edito_by_id = "Ceux qui savaient", "Trois fois ce **mois**-ci.\n\nEncore.", cast.ana.id
    published(database, letter, datetime(2026, 12, 4, 7, tzinfo=UTC), number=12)
    page = read_by(database, cast.jeanne, letter)
    assert page is not None
    assert (page.number, page.title, plain(page.date_words)) == (12, "Ceux qui savaient", "4 décembre 2026")
    assert "<strong>mois</strong>" in page.edito_html
    assert page.edito_by == "Ana Belmonte"


def test_an_edito_is_as_harmless_as_any_text(database, cast: Cast):
    make_recit(database, cast.camille)
    letter = composed(database, cast.valombre_id) or ""
    with database.system("an animateur writes", write=True) as session:
        session.get(Digest, letters(database)[0].id).edito = "<script>alert(1)</script> [x](javascript:alert(1))"
    page = read_by(database, cast.ana, letter)
    assert page is not None
    assert "<script" not in page.edito_html and "href" not in page.edito_html


def test_a_title_is_that_of_today_unless_an_animateur_wrote_another(database, cast: Cast, visit):
    made = make_recit(database, cast.camille, "La rue fermée")
    letter = composed(database, cast.valombre_id) or ""
    assert rows(database)[0].title == ""
    tell_again(visit.as_("camille"), made, titre="La rue rendue")
    assert only(read_by(database, cast.ana, letter), Rubric.RECITS).title == "La rue rendue"
    change(database, rows(database)[0].id, title="Ceux qui savaient")
    assert only(read_by(database, cast.ana, letter), Rubric.RECITS).title == "Ceux qui savaient"


def test_words_of_a_text_that_is_taken_back_are_nowhere_in_clear_and_come_back_with_it(database, cast: Cast, visit):
    made = make_recit(database, cast.camille, "La rue zébulonnée", {"faits": SAID})
    letter = composed(database, cast.valombre_id) or ""
    published(database, letter, clock.now())
    change(database, rows(database)[0].id, title="La rue zébulonnée, vue d’ici", words="Elle zébulonne encore.")
    take_back(database, cast.camille, made)
    assert said_anywhere(database, "zébulon") == []
    one = only(read_by(database, cast.jeanne, letter), Rubric.RECITS)
    assert (one.is_gone, one.title, one.words, one.quotes, one.why) == (True, "Retiré par ses auteurs", "", [], "")
    tell_again(visit.as_("camille"), made)
    one = only(read_by(database, cast.jeanne, letter), Rubric.RECITS)
    assert (one.title, one.words) == ("La rue zébulonnée, vue d’ici", "Elle zébulonne encore.")
    assert [quote.words for quote in one.quotes] == [SAID]


def test_of_two_recits_of_an_action_the_one_that_stays_is_told(database, cast: Cast):
    first = make_recit(database, cast.camille, "La rue", {"faits": SAID})
    other = make_recit(database, cast.jeanne, "Notre trajet", {"faits": "On attendait d’en être."}, action=first.action_public_id)
    letter = composed(database, cast.valombre_id) or ""
    take_back(database, cast.camille, first)
    one = only(read_by(database, cast.ana, letter), Rubric.RECITS)
    assert not one.is_gone and [quote.words for quote in one.quotes] == ["On attendait d’en être."]
    take_back(database, cast.jeanne, other)
    assert only(read_by(database, cast.ana, letter), Rubric.RECITS).is_gone


def test_words_that_the_text_does_not_say_any_more_are_put_away(database, cast: Cast, visit):
    made = make_recit(database, cast.camille, sections={"faits": SAID})
    letter = composed(database, cast.valombre_id) or ""
    tell_again(visit.as_("camille"), made, faits="La rue a fermé.")
    assert only(read_by(database, cast.ana, letter), Rubric.RECITS).quotes == []
    assert "digest_quote" not in said_anywhere(database, "zébulon")
    tell_again(visit.as_("camille"), made, faits=f"Nous le redisons. {SAID}")
    assert [quote.words for quote in only(read_by(database, cast.ana, letter), Rubric.RECITS).quotes] == [SAID]


def test_shortened_words_are_still_those_of_the_text(database, cast: Cast, visit):
    made = make_recit(database, cast.camille, sections={"faits": SAID})
    letter = composed(database, cast.valombre_id) or ""
    with database.system("an animateur shortens", write=True) as session:
        session.merge(quotes(database)[0]).words = "Le premier matin […] la rue zébulonnait."
    tell_again(visit.as_("camille"), made, appris="Autre chose.")
    one = only(read_by(database, cast.ana, letter), Rubric.RECITS)
    assert [quote.words for quote in one.quotes] == ["Le premier matin […] la rue zébulonnait."]


def test_a_text_that_is_suspended_is_left_out_and_nothing_says_so(database, cast: Cast):
    made = make_recit(database, cast.camille)
    make_recit(database, cast.jeanne, "L’autre")
    letter = composed(database, cast.valombre_id) or ""
    with database.system("suspended", write=True) as session:
        session.execute(update(Entry).where(Entry.id == made.id).values(suspended_at=clock.now()))
    assert [one.title for one in items(read_by(database, cast.ana, letter), Rubric.RECITS)] == ["L’autre"]


def test_what_was_opened_to_the_reseau_and_narrowed_since_is_left_out(database, cast: Cast):
    made = make_recit(database, cast.ines, "La source", collectif="orbe", audience=Audience.RESEAU)
    letter = composed(database, cast.valombre_id) or ""
    assert items(read_by(database, cast.ana, letter), Rubric.NETWORK)
    open_to(database, cast.ines, made, Audience.COLLECTIF)
    assert items(read_by(database, cast.ana, letter), Rubric.NETWORK) == []


def test_a_question_that_is_taken_back_or_hidden(database, cast: Cast):
    made = make_recit(database, cast.camille)
    asked = make_exchange(database, cast.jeanne, made.public_id, "Qui a prévenu les parents ?")
    asked_at(database, asked, SUNDAY - 21 * DAY)
    letter = composed(database, cast.valombre_id) or ""
    row = row_of(database, asked)
    with database.system("taken back by its author", write=True) as session:
        session.merge(row).withdrawn_at = clock.now()
    assert only(read_by(database, cast.ana, letter), Rubric.UNANSWERED).is_gone
    with database.system("suspended", write=True) as session:
        held = session.merge(row)
        held.withdrawn_at, held.suspended_at = None, clock.now()
    assert items(read_by(database, cast.ana, letter), Rubric.UNANSWERED) == []


def test_a_thank_you_that_is_taken_out_of_the_journal(database, cast: Cast):
    thanks = accepted_thanks(database, cast.camille, cast.jeanne, "Vous avez zébulonné pour les enfants.")
    letter = composed(database, cast.valombre_id) or ""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.jeanne)
        withdraw_from_journal(session, who, found_thanks(session, thanks))
        session.commit()
    assert said_anywhere(database, "zébulon") == []
    assert only(read_by(database, cast.ana, letter), Rubric.RECOGNITIONS).is_gone
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.jeanne)
        again = found_thanks(session, thanks)
        assert publish_recognition(session, who, again, again.intended)
        session.commit()
    one = only(read_by(database, cast.ana, letter), Rubric.RECOGNITIONS)
    assert [quote.words for quote in one.quotes] == ["Vous avez zébulonné pour les enfants."]


def test_a_tension_that_is_there_no_more(database, cast: Cast):
    told = [tell_one(database, who, cast.valombre_id) for who in (cast.camille, cast.dora, cast.jeanne)]
    made = name(database, cast.ana, cast.valombre_id, "Qui décide", *told)
    letter = composed(database, cast.valombre_id) or ""
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts.rename(session, reader, found(session, reader, made), "Qui tranche")
    assert only(read_by(database, cast.ana, letter), Rubric.RECURRING).title == "Qui tranche"
    take_difficulty_back(database, cast.jeanne, cast.valombre_id, told[2])
    one = only(read_by(database, cast.ana, letter), Rubric.RECURRING)
    assert not one.is_gone and one.quotes == []


def test_a_seance_is_told_with_its_hour_of_now(database, cast: Cast):
    seance = make_seance(database, cast.ana, title="Chez nous", starts_in=9 * DAY)
    letter = composed(database, cast.valombre_id) or ""
    set_back(database, seance, starts_at=SUNDAY + 10 * DAY)
    assert plain(only(read_by(database, cast.ana, letter), Rubric.COMING).words).startswith("Mercredi 2 décembre 2026, 19 h")
    set_back(database, seance, cancelled_at=clock.now())
    assert only(read_by(database, cast.ana, letter), Rubric.COMING).words == "Cette séance est annulée."


def test_what_was_removed_is_for_the_editor_alone(database, cast: Cast):
    make_recit(database, cast.camille)
    letter = composed(database, cast.valombre_id) or ""
    change(database, rows(database)[0].id, is_removed=True)
    assert items(read_by(database, cast.ana, letter), Rubric.RECITS) == []
    assert only(read_by(database, cast.ana, letter, removed=True), Rubric.RECITS).is_removed


def test_what_was_added_by_hand(database, cast: Cast):
    make_recit(database, cast.camille)
    letter = composed(database, cast.valombre_id) or ""
    with database.system("an animateur adds", write=True) as session:
        session.add(
            DigestItem(
                digest_id=letters(database)[0].id, rubric=Rubric.INSPIRATION, position=0, title="Un livre",
                words="À lire.", link="https://exemple.org/livre", is_by_hand=True,
            )
        )  # fmt: skip
    page = read_by(database, cast.ana, letter)
    one = only(page, Rubric.INSPIRATION)
    assert (one.title, one.words, one.path, one.is_by_hand) == ("Un livre", "À lire.", "https://exemple.org/livre", True)
    assert page is not None and page.rubrics[-1].label == "Inspiration"


def test_deleted_for_good_leaves_nothing(database, cast: Cast):
    noted = make_difficulty(database, cast.camille)
    made = make_recit(database, cast.camille)
    make_recit(database, cast.jeanne, "L’autre")
    letter = composed(database, cast.valombre_id) or ""
    with database.system("deleted", write=True) as session:
        for entry_id in (made.id, noted.id):
            session.delete(session.get(Entry, entry_id))
    assert [one.title for one in items(read_by(database, cast.ana, letter), Rubric.RECITS)] == ["L’autre"]


def test_a_constant_number_of_statements(database, cast: Cast, count_statements):
    def reading(letter: str) -> int:
        with count_statements() as seen:
            assert read_by(database, cast.ana, letter) is not None
        return len(seen)

    make_recit(database, cast.camille)
    asked_at(database, make_exchange(database, cast.jeanne, make_recit(database, cast.paul, "B").public_id), SUNDAY - 20 * DAY)
    make_seance(database, cast.ana, starts_in=9 * DAY)
    few = reading(composed(database, cast.valombre_id) or "")
    for rank in range(4):
        made = make_recit(database, cast.jeanne, f"Encore {rank}")
        asked_at(database, make_exchange(database, cast.dora, made.public_id), SUNDAY - 30 * DAY)
    with database.system("compose anew", write=True) as session:
        session.delete(session.get(Digest, letters(database)[0].id))
    assert reading(composed(database, cast.valombre_id) or "") == few
    with database.system("actions") as session:
        assert session.query(Action).count() >= 5
