"""Words that a letter quotes are those that stand now: of what was decided about a tension, of a passage chosen anew."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from rex import clock
from rex.digests import composing
from rex.digests.editing import mark_of
from rex.digests.models import DigestQuote, Rhythm, Rubric
from rex.tensions import saying
from rex.tensions.forms import Tried, TypedArbitrage
from rex.tensions.models import Arbitrage, TensionTrial
from tests.digests.composed import composed, letters, only, quotes, read_by, set_rhythm
from tests.digests.letters import make_letter
from tests.digests.test_told import said_anywhere
from tests.exchanges.acting import take_back, tell_again
from tests.making import make_recit
from tests.tensions.making import acting, found, name, tell_one

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)
DECIDED = "La Voirie garde le zébulon du lundi, et l’École choisit son matin."


@pytest.fixture(autouse=True)
def on_sunday(time_machine):
    time_machine.move_to(SUNDAY, tick=True)
    return time_machine


@pytest.fixture
def tension(database, cast):
    """One that was arbitrated after a trial."""
    told = [tell_one(database, who, cast.valombre_id) for who in (cast.camille, cast.dora, cast.jeanne)]
    made = name(database, cast.ana, cast.valombre_id, "Qui décide", *told)
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        day = clock.today("Europe/Paris").isoformat()
        saying.decide(session, reader, seat, found(session, reader, made), TypedArbitrage(DECIDED, day))
    return made


def decided(page) -> list[str]:
    return [quote.words for quote in only(page, Rubric.RECURRING).quotes if quote.signature == "Ce qui a été décidé"]


def test_what_was_decided_is_quoted_as_it_stands(database, cast, tension):
    letter = composed(database, cast.valombre_id) or ""
    assert decided(read_by(database, cast.ana, letter)) == [DECIDED]
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        row = session.scalars(select(Arbitrage)).one()
        typed = TypedArbitrage("La Voirie garde le lundi.", row.decided_on.isoformat())
        saying.correct_arbitrage(session, seat, found(session, reader, tension), row, typed)
    assert decided(read_by(database, cast.ana, letter)) == [] and said_anywhere(database, "zébulon") == []
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        row = session.scalars(select(Arbitrage)).one()
        typed = TypedArbitrage(DECIDED, row.decided_on.isoformat())
        saying.correct_arbitrage(session, seat, found(session, reader, tension), row, typed)
    assert decided(read_by(database, cast.ana, letter)) == [DECIDED], "it says so again"
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        saying.take_back_arbitrage(session, seat, found(session, reader, tension), session.scalars(select(Arbitrage)).one())
    assert decided(read_by(database, cast.ana, letter)) == [] and said_anywhere(database, "zébulon") == []


def test_what_a_trial_gave_goes_with_it(database, cast, tension):
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        tried = Tried("Un essai.", "Les agents zébulonnaient mieux.")
        saying.add_trial(session, reader, seat, found(session, reader, tension), tried)
    made = make_letter(database, cast)
    with database.system("a letter that quotes it", write=True) as session:
        quote = session.scalars(select(DigestQuote)).one()
        quote.entry_id, quote.words = tension.id, tried.outcome
    assert len(quotes(database)) == 1 and made.quotes
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        saying.take_back_trial(session, reader, session.scalars(select(TensionTrial)).one())
    assert quotes(database)[0].words == ""


def test_what_was_decided_is_shortened_as_any_quote_is(database, cast, tension, visit):
    composed(database, cast.valombre_id)
    quote = next(one for one in quotes(database) if one.words == DECIDED)
    page = f"/lettres/{letters(database)[0].public_id}/citations/{quote.public_id}"
    ana = visit.as_("ana")
    assert DECIDED.split(",")[0] in ana.get(page).get_data(as_text=True)
    kept = "La Voirie garde le zébulon du lundi […]"
    assert ana.send(page, {"mots": kept, "lu-mots": mark_of(DECIDED)}).status_code == 303
    assert next(one for one in quotes(database) if one.id == quote.id).words == kept


def test_a_passage_chosen_anew_is_not_lost_when_the_text_changes_again(database, cast, visit):
    first, then = "Le premier matin, personne ne le savait du tout.", "Prévenir les parents est un travail à part."
    recit = make_recit(database, cast.camille, "La rue", {"faits": first, "appris": then})
    made = make_letter(database, cast, recit, quote=first)
    camille, ana = visit.as_("camille"), visit.as_("ana")
    tell_again(camille, recit, faits="Le premier matin, tout le monde dormait encore.")
    assert quotes(database)[0].words == "", "the text does not say it any more"
    page = f"{made.url}/citations/{made.quotes[0]}"
    assert ana.send(page, {"mots": "", "passage": mark_of(then)}).status_code == 303
    tell_again(camille, recit, titre="La rue rendue")
    assert quotes(database)[0].words == then


@pytest.mark.parametrize("is_taken_back", [True, False])
def test_what_changed_while_the_letter_was_put_together_is_not_quoted(
    database, cast, visit, monkeypatch, on_sunday, is_taken_back
):
    """Reading takes its time and holds nothing: its author acts between the reading and the writing."""
    recit = make_recit(database, cast.camille, "La rue", {"faits": "Le premier matin, personne ne zébulonnait encore."})
    plan_of = composing.plan_of

    def then_the_author_acts(*what, **how):
        plan = plan_of(*what, **how)
        if is_taken_back:
            take_back(database, cast.camille, recit)
        else:
            tell_again(visit.as_("camille"), recit, faits="Le premier matin, tout le monde dormait encore.")
        return plan

    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - timedelta(days=1))
    on_sunday.move_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    monkeypatch.setattr(composing, "plan_of", then_the_author_acts)
    assert composing.compose_due(database, visit.app.extensions["rex"].config) == 1
    assert [quote.words for quote in quotes(database)] == [""]
