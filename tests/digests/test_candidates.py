"""What a letter tells of what was told: each rubric, with why."""

from datetime import UTC, datetime, timedelta

import pytest

from rex import clock
from rex.digests.models import Rubric
from rex.digests.planning import plan_of
from rex.journal.models import Audience, Stance
from rex.journal.recognitions import publish_recognition
from rex.tensions import acts
from rex.tensions.models import State
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
    read_by,
    rows,
    told_at,
)
from tests.exchanges.acting import take_back
from tests.journal.difficulties import make_echo
from tests.making import make_exchange, make_group, make_recit, make_recognition
from tests.seances.meeting import make_seance
from tests.tensions.making import acting, found, name, propose, tell, tell_one

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_sunday(time_machine):
    time_machine.move_to(SUNDAY, tick=True)
    return time_machine


def test_no_letter_of_a_collectif_where_nothing_was_told(database, cast: Cast):
    assert composed(database, cast.valombre_id) is None
    assert letters(database) == []


def test_one_recit_makes_a_letter(database, cast: Cast):
    make_recit(database, cast.camille, "La rue de l’École", {"faits": "Le premier matin, personne ne le savait."})
    letter = composed(database, cast.valombre_id)
    assert letter is not None
    page = read_by(database, cast.ana, letter)
    told = only(page, Rubric.RECITS)
    assert (told.title, told.path.split("/")[1]) == ("La rue de l’École", "recits")
    assert [tuple(quote) for quote in told.quotes] == [("Le premier matin, personne ne le savait.", "Voirie")]
    assert told.why


def test_two_recits_of_one_action_are_told_together_with_a_passage_of_each(database, cast: Cast):
    first = make_recit(database, cast.camille, "La rue de l’École", {"faits": "Le premier matin, personne ne le savait."})
    make_recit(
        database, cast.jeanne, "Notre trajet", {"affects": "On attendait d’être associés au trajet de nos enfants."},
        action=first.action_public_id,
    )  # fmt: skip
    letter = composed(database, cast.valombre_id)
    told = only(read_by(database, cast.ana, letter or ""), Rubric.RECITS)
    assert told.path == f"/actions/{first.action_public_id}"
    assert {quote.signature for quote in told.quotes} == {"Voirie", "Parents du Faubourg"}
    assert plain(told.why) == "2 récits de la même action, de 2 côtés"


def test_a_recit_that_answers_one_of_before_is_told_with_it(database, cast: Cast):
    first = make_recit(database, cast.camille, "La rue de l’École", {"faits": "Le premier matin, personne ne le savait."})
    told_at(database, first.id, SUNDAY - 100 * DAY)
    make_recit(database, cast.jeanne, "Notre trajet", {"faits": "Nous attendions un mot."}, action=first.action_public_id)
    told = only(read_by(database, cast.ana, composed(database, cast.valombre_id) or ""), Rubric.RECITS)
    assert len(told.quotes) == 2
    assert plain(told.why) == "un autre récit d’une action racontée en août"


def test_nothing_of_a_draft_of_a_group_of_elsewhere_or_taken_back(database, cast: Cast):
    group = make_group(database, cast.camille, cast.bruno)
    make_recit(database, cast.camille, "Un brouillon", audience=None)
    make_recit(database, cast.camille, "Repris", withdrawn=True)
    make_recit(database, cast.camille, "Entre pairs", group=group.id)
    make_recit(database, cast.ines, "Chez nous", collectif="orbe")
    assert composed(database, cast.valombre_id) is None


def test_what_another_collectif_opened_is_news_of_the_territories(database, cast: Cast):
    make_recit(database, cast.ines, "La source partagée", collectif="orbe", audience=Audience.RESEAU)
    told = only(read_by(database, cast.ana, composed(database, cast.valombre_id) or ""), Rubric.NETWORK)
    assert told.title == "La source partagée"
    assert told.why == "ouvert au réseau par Pays de l’Orbe"
    assert items(read_by(database, cast.ines, composed(database, cast.orbe_id) or ""), Rubric.NETWORK) == []


def test_a_tension_tells_its_voices_and_what_became_of_it(database, cast: Cast):
    told = [
        tell_one(database, who, cast.valombre_id, words, at=SUNDAY - days * DAY)
        for who, words, days in (
            (cast.camille, "Personne ne décide du calendrier des travaux, et on recommence.", 70),
            (cast.dora, "Le calendrier des travaux change sans que nous le sachions.", 40),
            (cast.jeanne, "Le calendrier des travaux n’est jamais celui qu’on nous a dit.", 3),
        )
    ]
    made = name(database, cast.ana, cast.valombre_id, "Qui décide du calendrier", *told)
    page = read_by(database, cast.ana, composed(database, cast.valombre_id) or "")
    one = only(page, Rubric.RECURRING)
    assert (one.title, one.path) == ("Qui décide du calendrier", f"/tensions/{made.public_id}")
    assert plain(one.words).startswith("3 difficultés depuis septembre, 3 personnes, 3 services")
    assert [quote.words for quote in one.quotes] == ["Le calendrier des travaux n’est jamais celui qu’on nous a dit."]
    for person in cast.people.values():
        assert person.name not in f"{one.words} {one.why} {one.quotes}"


def test_a_tension_to_which_nothing_happened_is_not_told_again(database, cast: Cast, on_sunday):
    told = [tell_one(database, who, cast.valombre_id) for who in (cast.camille, cast.dora, cast.jeanne)]
    name(database, cast.ana, cast.valombre_id, "Qui décide", *told)
    first = composed(database, cast.valombre_id)
    assert items(read_by(database, cast.ana, first or ""), Rubric.RECURRING)
    published(database, first or "", clock.now())
    on_sunday.move_to(SUNDAY + 30 * DAY)
    make_recit(database, cast.camille)
    second = read_by(database, cast.ana, composed(database, cast.valombre_id) or "")
    assert items(second, Rubric.RECITS)
    assert items(second, Rubric.RECURRING) == []


def test_what_was_calmed_in_the_period_is_told_apart(database, cast: Cast):
    told = [tell_one(database, who, cast.valombre_id) for who in (cast.camille, cast.dora, cast.jeanne)]
    made = name(database, cast.ana, cast.valombre_id, "Qui décide", *told)
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts.set_state(session, reader, found(session, reader, made), State.CALMED)
    page = read_by(database, cast.ana, composed(database, cast.valombre_id) or "")
    assert items(page, Rubric.RECURRING) == []
    assert plain(only(page, Rubric.CALMING).why) == "apaisée le 22 novembre"


def test_what_nobody_named_is_never_told_by_its_name(database, cast: Cast):
    told = [tell_one(database, who, cast.valombre_id, "Un secret bien gardé de la place") for who in (cast.camille, cast.dora)]
    propose(database, cast.valombre_id, *told)
    assert composed(database, cast.valombre_id) is None  # no reason to write by itself
    make_recit(database, cast.camille)
    page = read_by(database, cast.ana, composed(database, cast.valombre_id) or "")
    one = only(page, Rubric.RECURRING)
    assert "secret" not in f"{one.title} {one.words} {one.quotes}"
    assert one.path.startswith("/c/valombre")


def test_reconnaissances_of_the_period(database, cast: Cast):
    accepted_thanks(database, cast.camille, cast.jeanne, "Vous connaissez maintenant le prénom des enfants.")
    one = only(read_by(database, cast.ana, composed(database, cast.valombre_id) or ""), Rubric.RECOGNITIONS)
    assert one.title == "Merci à Jeanne Lartigue"
    assert [tuple(quote) for quote in one.quotes] == [("Vous connaissez maintenant le prénom des enfants.", "Voirie")]


def test_a_structure_is_thanked_with_no_article_guessed(database, cast: Cast):
    public_id = make_recognition(database, cast.jeanne, cast.camille)
    with database.system("to a structure", write=True) as session:
        thanks = found_thanks(session, public_id)
        thanks.to_user_id, thanks.to_service_id, thanks.to_name = None, cast.service_ids["Voirie"], "Parents d’élèves"
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, _):
        assert publish_recognition(session, reader, found_thanks(session, public_id), Audience.COLLECTIF)
    one = only(read_by(database, cast.ana, composed(database, cast.valombre_id) or ""), Rubric.RECOGNITIONS)
    assert one.title == "Merci, Parents d’élèves"


def test_a_balise_is_explained_and_held_against_the_recits(database, cast: Cast):
    for who, stance in ((cast.camille, Stance.ILLUSTRE), (cast.paul, Stance.CONTREDIT)):
        make_recit(database, who, f"Récit de {who.name}", {"faits": f"Nous étions là, {who.name} aussi."}, balises={"C1": stance})
    one = only(read_by(database, cast.ana, composed(database, cast.valombre_id) or ""), Rubric.THEORY)
    assert (one.title, one.path) == ("Coopérer ne signifie pas être alignés", "/boussole/C1")
    assert plain(one.why) == "1 récit l’illustre, 1 la contredit"
    assert len(one.quotes) == 2
    assert one.words.endswith("?")


def test_a_balise_that_was_explained_gives_way_to_another(database, cast: Cast, on_sunday):
    make_recit(database, cast.camille, balises={"C1": Stance.ILLUSTRE})
    first = composed(database, cast.valombre_id) or ""
    assert only(read_by(database, cast.ana, first), Rubric.THEORY).path == "/boussole/C1"
    published(database, first, clock.now())
    on_sunday.move_to(SUNDAY + 30 * DAY)
    make_recit(database, cast.camille, "Encore", balises={"C1": Stance.ILLUSTRE, "V2": Stance.ILLUSTRE})
    second = composed(database, cast.valombre_id) or ""
    assert only(read_by(database, cast.ana, second), Rubric.THEORY).path == "/boussole/V2"


def test_what_is_transferable_is_quoted_in_practice(database, cast: Cast):
    words = "Parcourir le trajet à pied avec ceux qui le font, avant l’arrêté."
    make_recit(database, cast.camille, sections={"faits": "La rue a fermé.", "transferable": words})
    one = only(read_by(database, cast.ana, composed(database, cast.valombre_id) or ""), Rubric.PRACTICE)
    assert [quote.words for quote in one.quotes] == [words]


def test_a_question_waits_a_fortnight_before_the_letter_speaks_of_it(database, cast: Cast):
    made = make_recit(database, cast.camille)
    old = make_exchange(database, cast.jeanne, made.public_id, "Qui a prévenu les parents ?")
    young = make_exchange(database, cast.dora, made.public_id, "Et la pluie ?")
    asked_at(database, old, SUNDAY - 21 * DAY)
    asked_at(database, young, SUNDAY - 13 * DAY)
    one = only(read_by(database, cast.ana, composed(database, cast.valombre_id) or ""), Rubric.UNANSWERED)
    assert plain(one.why) == "sans réponse depuis 21 jours"
    assert one.path == f"{made.url}#e-{old}"
    assert [quote.words for quote in one.quotes] == ["Qui a prévenu les parents\u202f?"]
    assert "Qui a prévenu" not in "".join(row.words + row.title for row in rows(database))


def test_seances_to_come_and_their_hour_of_today(database, cast: Cast):
    make_seance(database, cast.ana, title="La rue de l’École", starts_in=9 * DAY)
    make_seance(database, cast.ana, title="Dans un an", starts_in=365 * DAY)
    one = only(read_by(database, cast.ana, composed(database, cast.valombre_id) or ""), Rubric.COMING)
    assert one.title == "La rue de l’École"
    assert plain(one.words) == "Mardi 1er décembre 2026, 19 h, Salle du Lavoir."
    assert one.why == "avant la prochaine lettre"


@pytest.mark.parametrize(
    "words",
    ["🎉🎊🥳 " * 40, "x" * 4_000, "مرحبا بكم في الجريدة، كنا ننتظر أن نشارك معكم.", "\u202eretourné\u202c", "[[ **_~ |", "1.\n2."],
)
def test_ugly_words_make_a_letter_that_reads(database, cast: Cast, words: str):
    make_recit(database, cast.camille, f"Titre {words[:90]}", {"faits": words})
    tell(database, cast.bruno, cast.valombre_id, words)
    page = read_by(database, cast.ana, composed(database, cast.valombre_id) or "")
    told = only(page, Rubric.RECITS)
    assert told.title
    assert all(len(quote.words) <= 230 for quote in told.quotes)


def test_everything_taken_back_leaves_places_and_no_word(database, cast: Cast):
    made = make_recit(database, cast.camille, "La rue fermée", {"faits": "Le premier matin, personne ne le savait."})
    letter = composed(database, cast.valombre_id) or ""
    take_back(database, cast.camille, made)
    page = read_by(database, cast.ana, letter)
    one = only(page, Rubric.RECITS)
    assert (one.is_gone, one.title, one.quotes, one.path) == (True, "Retiré par ses auteurs", [], "")


def test_hundreds_of_texts_are_read_in_a_constant_number_of_statements(database, cast: Cast, count_statements):
    def told(n: int) -> None:
        for rank in range(n):
            who = (cast.camille, cast.jeanne, cast.paul)[rank % 3]
            made = make_recit(
                database, who, f"Récit {rank}", {"faits": f"Nous étions {rank}.", "transferable": "À reprendre."},
                balises={"C1": Stance.ILLUSTRE, "E2": Stance.NUANCE},
            )  # fmt: skip
            asked_at(database, make_exchange(database, cast.dora, made.public_id), SUNDAY - 20 * DAY)
            noted = tell_one(database, who, cast.valombre_id, f"Difficulté {rank} du calendrier")
            make_echo(database, cast.dora, noted)

    def reads() -> int:
        with database.system("compose") as session, count_statements() as seen:
            assert plan_of(session, cast.valombre_id, None, until=clock.now(), due=clock.now()) is not None
        return len(seen)

    told(3)
    few = reads()
    told(20)
    assert reads() == few
    assert few <= 40
