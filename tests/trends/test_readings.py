"""Lectures contradictoires: who writes them, in whose name, beside what; who corrects, withdraws, suspends."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from rex import clock
from rex.collectifs.models import Membership
from rex.trends.asked import Place, asked_from
from rex.trends.models import CounterReading
from rex.trends.reading_acts import MOST, MOST_STANDING
from rex.trends.reading_lists import beside, readings_of
from rex.trends.readings import ShownReading
from rex.trends.subjects import SECTIONS, name_of_subject
from tests.making import make_recit, reader_of
from tests.tensions.making import acting
from tests.tensions.telling import TITLE, make_tension
from tests.tensions.test_pages import main_of, text_of
from tests.trends.beside import AUTUMN, WORDS, make_jalon, make_reading, only_reading, row_of
from tests.trends.opened import plain_spaces

HERE = "/c/valombre/tendances"
LIST = f"{HERE}/lectures"
NEW = f"{LIST}/nouvelle"
ASKED = "section=services&periode=2026-T4"
SENT = {"section": "services", "periode": "2026-T4", "mots": WORDS, "voix": "service"}


def shown(database, person, collectif_id, days=AUTUMN) -> list[ShownReading]:
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, person)
        return readings_of(session, reader, collectif_id, *days).readings


def test_a_member_writes_in_the_name_of_their_service(visit, database, cast):
    camille = visit.as_("camille")
    page = main_of(camille.get(f"{NEW}?{ASKED}"))
    assert "Les services et les enjeux, octobre à décembre 2026." in page
    assert "Elle est signée « Voirie »." in page and "personne d’autre que vous ne pourra la corriger ou la retirer" in page
    assert "Votre nom n’est pas montré" in page
    assert "Camille" not in page and "la seule personne" not in page.partition("Votre collège")[0]
    sent = camille.send(NEW, SENT)
    assert sent.status_code == 303 and sent.location.startswith(f"{HERE}?periode=2026-T4#l-")
    made = only_reading(database)
    assert (made.service_name, made.college, made.starts_on, made.ends_on) == (
        "Voirie", None, date(2026, 10, 1), date(2026, 12, 31),
    )  # fmt: skip
    assert made.words == WORDS and "<strong>octobre</strong>" in made.html and made.author_id == cast.camille.id
    [read] = shown(database, cast.paul, cast.valombre_id, (date(2026, 12, 31), date(2027, 1, 31)))
    assert (read.section, read.subject, read.voice) == ("services", "", "Voirie")
    assert read.days.replace("\u00a0", " ") == "octobre à décembre 2026"
    assert not read.correct_url and not read.withdraw_url
    page = main_of(visit.as_("paul").get(LIST))
    assert "Lu autrement" in page and "Voirie" in page and "Camille" not in page and "Corriger" not in page
    assert [len(at) for at in re.findall(r'<time datetime="([^"]*)"', page)] == [10], "a day: an instant would tell who was there"


def test_what_is_typed_and_not_sent_is_kept(visit, database, cast):
    made = make_reading(database, cast.camille, cast.valombre_id)
    for path in (f"{NEW}?{ASKED}", f"{LIST}/{made}/correction"):
        page = visit.as_("camille").get(path).get_data(as_text=True)
        assert "data-rex-unsent" in page and re.search(r"<script[^>]*unsent[^>]*\.js", page), path


def test_the_voice_of_the_most_people_is_chosen_before(visit, database):
    page = main_of(visit.as_("camille").get(f"{NEW}?{ASKED}"))
    assert 'value="college" checked' in page and 'value="service" checked' not in page


def test_one_comes_back_to_the_page_that_one_was_reading(visit, database, cast):
    for rank in range(3):
        for who in (cast.camille, cast.bruno, cast.dora):
            make_recit(database, who, f"Récit {rank}")
    jalon = make_jalon(database, cast.ana, cast.valombre_id, day=date(2026, 8, 1))
    camille = visit.as_("camille")
    asked = f"periode=2026-T4&avec={jalon}&enjeu=C&college=service"
    page = main_of(camille.get(f"{HERE}?{asked}"))
    assert f'href="{NEW}?section=services&{asked}"' in page
    form = main_of(camille.get(f"{NEW}?section=services&{asked}"))
    assert "page « Coopération », collège Direction et services, comparée aux jours d’avant « Réorganisation" in plain_spaces(form)
    assert f'href="{HERE}?{asked}#services"' in form
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.partition("data-rex-unsent")[2]))
    assert (hidden["avec"], hidden["enjeu"], hidden["college"], hidden["periode"]) == (jalon, "C", "service", "2026-T4")
    given = {"avec": jalon, "enjeu": "C", "college": "service"}
    refused = camille.send(NEW, {**SENT, **given, "mots": ""})
    assert refused.status_code == 422 and 'name="enjeu" value="C"' in text_of(refused)
    sent = camille.send(NEW, {**SENT, **given})
    assert sent.location.startswith(f"{HERE}?{asked}#l-") and "l’équipe tenait le pont" in main_of(camille.get(sent.location))
    wrong = camille.send(NEW, {**SENT, "enjeu": "X", "service": "\x00", "college": "nul", "avec": "x"})
    assert wrong.location.startswith(f"{HERE}?periode=2026-T4#l-"), "a filter that the page does not do is not kept"


@pytest.mark.parametrize(
    ("du", "au", "said"),
    [
        ("2000-01-01", "2100-12-31", "24 mois au plus"),
        ("2024-02-29", "2026-03-01", "24 mois au plus"),
        ("2024-03-01", "2026-03-01", "24 mois au plus"),
        ("2024-03-01", "2026-02-28", ""),
        ("2024-02-29", "2026-02-28", ""),
        ("2090-01-01", "2090-02-01", "Ces jours sont à venir"),
    ],
)
def test_it_is_about_two_years_at_most_begun(visit, database, du, au, said):
    camille, sent = visit.as_("camille"), {**SENT, "periode": "", "du": du, "au": au}
    answer = camille.send(NEW, sent)
    assert answer.status_code == (422 if said else 303)
    if said:
        page = text_of(answer)
        assert said in page and "l’équipe tenait le pont" in page and f'name="du" value="{du}"' in page
        assert said in text_of(camille.get(f"{NEW}?section=services&du={du}&au={au}")), "before one writes"
        assert camille.send(NEW, {**sent, "du": "2026-10-01", "au": "2026-10-31"}).status_code == 303
    assert (only_reading(database).starts_on.year, only_reading(database).ends_on.year) != (2000, 2100)


def test_thirty_of_one_person_stand_at_once(visit, database, cast):
    made = [make_reading(database, cast.camille, cast.valombre_id, f"Lecture {rank}.") for rank in range(MOST_STANDING)]
    refused = visit.as_("camille").send(NEW, SENT)
    assert refused.status_code == 422 and "Vous avez déjà 30 lectures contradictoires" in text_of(refused)
    assert "l’équipe tenait le pont" in text_of(refused) and visit.as_("bruno").send(NEW, SENT).status_code == 303
    assert visit.as_("camille").send(f"{LIST}/{made[0]}/retrait").status_code == 303
    assert visit.as_("camille").send(NEW, SENT).status_code == 303


def test_or_of_their_college(visit, database, cast):
    page = main_of(visit.as_("paul").get(f"{NEW}?{ASKED}"))
    assert 'Votre collège : <strong dir="auto">Élus</strong>' in page and "Votre service" not in page
    assert "Vous êtes aujourd’hui la seule personne à parler d’ici" in page
    assert visit.as_("paul").send(NEW, {**SENT, "voix": "service"}).status_code == 303, "a single voice needs no choice"
    assert only_reading(database).college == "elu"
    assert visit.as_("camille").send(NEW, {**SENT, "voix": "college"}).status_code == 303
    assert {one.voice for one in shown(database, cast.camille, cast.valombre_id, (date(2026, 10, 1), date(2026, 10, 1)))} == {
        "Élus", "Direction et services",
    }  # fmt: skip


def test_a_choice_is_made_between_two_voices(visit, database):
    refused = visit.as_("camille").send(NEW, {**SENT, "voix": "mairie"})
    assert refused.status_code == 422
    assert "Choisissez au nom de qui vous écrivez" in text_of(refused) and "l’équipe tenait le pont fermé" in text_of(refused)


def test_two_thousand_and_one_characters_are_refused_and_kept(visit, database, cast):
    words = "é" * (MOST + 1)
    refused = visit.as_("camille").send(NEW, {**SENT, "mots": words})
    assert refused.status_code == 422 and words in text_of(refused)
    assert "2 000 caractères au plus, elle en a 2 001" in text_of(refused)
    assert visit.as_("camille").send(NEW, {**SENT, "mots": "é" * MOST}).status_code == 303
    empty = visit.as_("camille").send(NEW, {**SENT, "mots": " \n* * *\n "})
    assert empty.status_code == 422 and "en une phrase au moins" in text_of(empty)
    assert len(only_reading(database).words) == MOST


def test_who_opens_what(visit, database, cast):
    made = make_reading(database, cast.camille, cast.valombre_id)
    everybody = ("camille", "bruno", "dora", "paul", "ana", "ines", "admin")
    expected = {
        f"{LIST}/{made}/correction": (200, 403, 403, 403, 403, 404, 404),
        f"{LIST}/{made}/retrait": (200, 403, 403, 403, 403, 404, 404),
        f"{LIST}/{made}/suspension": (403, 403, 403, 403, 200, 404, 404),
        f"{NEW}?{ASKED}": (200, 200, 200, 200, 200, 404, 404),
        LIST: (200, 200, 200, 200, 200, 404, 404),
    }
    for path, codes in expected.items():
        assert tuple(visit.as_(who).get(path).status_code for who in everybody) == codes, path
        assert visit.as_(None).get(path).status_code in (302, 303)
    given = {"mots": "Autre chose.", "version": "0", "raison": "Parce que."}
    for path, codes in ((f"{LIST}/{made}/correction", (403, 403, 404, 404)), (f"{LIST}/{made}/retrait", (403, 403, 404, 404))):
        assert tuple(visit.as_(who).send(path, given).status_code for who in ("bruno", "dora", "ines", "admin")) == codes
    assert visit.as_("ines").get(f"/c/orbe/tendances/lectures/{made}/correction").status_code == 404
    assert visit.as_("camille").send(f"{LIST}/{made}/suspension", given).status_code == 403
    assert row_of(database, made).words == WORDS


@pytest.mark.parametrize("of_college", [False, True])
def test_nobody_else_of_its_voice_changes_a_word_of_it(visit, database, cast, of_college):
    """An animateur of the same collège suspends it with a reason: she does not make it say that all is well."""
    made = make_reading(database, cast.camille, cast.valombre_id, of_college=of_college)
    for who in ("bruno", "dora", "ana"):
        for act, given in (("correction", {"mots": "Tout va bien.", "version": "0"}), ("retrait", {})):
            path = f"{LIST}/{made}/{act}"
            assert (visit.as_(who).get(path).status_code, visit.as_(who).send(path, given).status_code) == (403, 403), (who, act)
        page = main_of(visit.as_(who).get(f"{LIST}/{made}"))
        assert "Corriger" not in page and "Retirer" not in page and "Signaler" in page, who
    assert row_of(database, made).words == WORDS
    assert visit.as_("ana").send(f"{LIST}/{made}/suspension", {"raison": "Reconnaissable."}).status_code == 303


@pytest.mark.parametrize(("of_college", "theirs"), [(False, ("bruno",)), (True, ())])
def test_of_an_account_that_is_deleted_the_service_answers_a_college_does_not(visit, database, cast, of_college, theirs):
    made = make_reading(database, cast.camille, cast.valombre_id, of_college=of_college)
    with database.system("her account is deleted", write=True) as session:
        session.scalars(select(CounterReading)).one().author_id = None
    path = f"{LIST}/{made}"
    for who in ("bruno", "dora", "ana", "paul"):
        assert visit.as_(who).get(f"{path}/correction").status_code == (200 if who in theirs else 403), who
        assert "Signaler" in main_of(visit.as_(who).get(path)), "nobody wrote it"
    if theirs:
        assert "qui l’a écrite n’a plus de compte" in main_of(visit.as_("bruno").get(f"{path}/correction"))
    assert visit.as_("ana").send(f"{path}/suspension", {"raison": "Reconnaissable."}).status_code == 303
    for who in ("bruno", "dora", "paul"):
        assert visit.as_(who).get(path).status_code == (200 if who in theirs else 404), who
        assert ("Reconnaissable." in main_of(visit.as_(who).get(LIST))) is (who in theirs), who
    assert visit.as_("bruno").send(f"{path}/retrait").status_code == (303 if theirs else 404)


def test_who_left_the_service_still_answers_for_what_they_wrote(visit, database, cast):
    made = make_reading(database, cast.camille, cast.valombre_id)
    with database.system("a test moves somebody", write=True) as session:
        seat = session.scalars(select(Membership).where(Membership.user_id == cast.camille.id)).one()
        seat.service_id = cast.service_ids["Vie associative"]
    assert visit.as_("camille").get(f"{LIST}/{made}/correction").status_code == 200
    assert visit.as_("camille").send(f"{LIST}/{made}/retrait").status_code == 303
    row = row_of(database, made)
    assert row.withdrawn_at is not None and (row.words, row.html) == ("", "")
    assert visit.as_("bruno").get(f"{LIST}/{made}/correction").status_code == 404
    assert shown(database, cast.bruno, cast.valombre_id) == []


@pytest.mark.parametrize(
    ("days", "is_there"),
    [
        ((date(2026, 8, 1), date(2026, 8, 31)), False),
        ((date(2026, 8, 1), date(2026, 9, 1)), True),
        ((date(2026, 10, 5), date(2026, 10, 5)), True),
        ((date(2026, 1, 1), date(2026, 12, 31)), True),
        ((date(2026, 11, 30), date(2027, 1, 1)), True),
        ((date(2026, 12, 1), date(2027, 1, 1)), False),
    ],
)
def test_it_stands_on_the_pages_of_its_days(database, cast, days, is_there):
    make_reading(database, cast.camille, cast.valombre_id)
    assert bool(shown(database, cast.paul, cast.valombre_id, days)) is is_there


def test_one_statement_whatever_their_number(database, cast, count_statements):
    told = make_tension(database, cast)
    for rank in range(4):
        make_reading(database, cast.camille, cast.valombre_id, f"Lecture {rank}.", section="tensions", subject=told.public_id)
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.paul)
        with count_statements() as seen:
            found = readings_of(session, reader, cast.valombre_id, *AUTUMN).readings
    assert len(seen) == 1 and [one.words for one in found] == [f"Lecture {rank}." for rank in (3, 2, 1, 0)]
    assert {one.subject_name for one in found} == {TITLE}


def test_of_a_tension_that_is_gone_nothing_is_said_on_the_page(visit, database, cast):
    told = make_tension(database, cast)
    made = make_reading(database, cast.camille, cast.valombre_id, section="tensions", subject=told.public_id, name=TITLE)
    assert row_of(database, made).subject_name == "", "its name is that of the tension, as it is told today"
    with database.system("a test takes a tension away", write=True) as session:
        from rex.journal.models import Entry

        session.scalars(select(Entry).where(Entry.public_id == told.public_id)).one().suspended_at = clock.now()
    assert shown(database, cast.paul, cast.valombre_id) == []
    page = main_of(visit.as_("paul").get(LIST))
    assert "l’équipe tenait le pont fermé" in page and TITLE not in page


def test_a_subject_is_named_by_the_journal_never_by_the_address(visit, database, cast):
    told = make_tension(database, cast)
    camille = visit.as_("camille")
    assert TITLE in main_of(camille.get(f"{NEW}?section=tensions&sujet={told.public_id}"))
    assert "Les balises vécues et les autres" in main_of(camille.get(f"{NEW}?section=couverture&sujet=E1"))
    wrong = ("nulle", "tensions&sujet=AAAAAAAAAAAAAAAA", "services&sujet=<b>", "couverture&sujet=Z9", "")
    for asked in (f"section={one}" for one in wrong):
        assert camille.get(f"{NEW}?{asked}").status_code == 404, asked
    assert visit.as_("noor").get(f"/c/orbe/tendances/lectures/nouvelle?section=tensions&sujet={told.public_id}").status_code == 404
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, seat):
        assert name_of_subject(session, reader, seat, "mois", "2026-10") == "octobre\u00a02026"
        assert name_of_subject(session, reader, seat, "services", "AAAAAAAAAAAAAAAA") is None
        assert name_of_subject(session, reader, seat, "couverture", "E1")
        for section in SECTIONS:
            for subject in ("2026-10", "E1", "elu"):
                if (section, subject) not in (("mois", "2026-10"), ("couverture", "E1")):
                    assert name_of_subject(session, reader, seat, section, subject) is None, (section, subject)


@pytest.mark.parametrize("subject", ["\x00", "A\x00AAAAAAAAAAAAAA", "2026-10\n", "é" * 5000, "AAAAAAAAAAAAAAAA" * 3])
@pytest.mark.parametrize("section", ["tensions", "couverture", "mois", "services"])
def test_a_subject_that_is_none_never_costs_what_was_typed(visit, section, subject):
    camille = visit.as_("camille")
    refused = camille.send(NEW, {**SENT, "section": section, "sujet": subject})
    assert refused.status_code == 422 and "l’équipe tenait le pont" in text_of(refused)
    nobody: Any = None
    assert name_of_subject(nobody, nobody, nobody, section, subject) is None, "the database is not asked: PostgreSQL takes no NUL"


def test_the_form_offers_what_the_section_shows(visit, database, cast):
    told = make_tension(database, cast)
    camille = visit.as_("camille")
    for section, offered in (("tensions", TITLE), ("couverture", 'value="E1"'), ("mois", "octobre 2026")):
        page = main_of(camille.get(f"{NEW}?section={section}&periode=2026-T4"))
        assert offered in page and "Toute cette partie" in page, section
    assert "Toute cette partie" not in main_of(camille.get(f"{NEW}?section=inconnu"))
    sent = camille.send(NEW, {**SENT, "section": "tensions", "sujet": told.public_id})
    assert sent.status_code == 303 and only_reading(database).subject == told.public_id
    gone = camille.send(NEW, {**SENT, "section": "tensions", "sujet": "AAAAAAAAAAAAAAAA"})
    assert gone.status_code == 422 and "n’est plus sur la page" in text_of(gone) and "l’équipe tenait le pont" in text_of(gone)
    assert camille.send(NEW, {**SENT, "section": "nulle"}).status_code == 404


def test_what_the_page_takes_for_each_section(database, cast):
    make_reading(database, cast.camille, cast.valombre_id)
    place = Place(cast.valombre_id, "valombre", "Valombre", "Europe/Paris")
    with acting(database, cast.paul, cast.valombre_id) as (session, reader, _):
        found = beside(session, reader, asked_from({"periode": "2026-T4"}, place, date(2026, 11, 22)), ("services", "mois"))
        assert [len(found[key].readings) for key in ("services", "mois")] == [1, 0]
        assert found["mois"].write_url == f"{NEW}?section=mois&periode=2026-T4"
        nowhere = asked_from({}, Place(None, "", "", "Europe/Paris"), date(2026, 11, 22))
        assert beside(session, reader, nowhere, ("services",)) == {}


def test_every_section_of_the_page_has_what_is_read_otherwise_beside_it(visit, database, cast):
    """One without any table is said to be false as readily: « Rien n’a été mis au travail »."""
    for rank in range(5):
        make_recit(database, cast.camille, f"Récit {rank}")
    today = clock.today("Europe/Paris")
    for section in ("inconnu", "seances", "mercis"):
        words = f"Nous lisons {section} autrement."
        make_reading(database, cast.camille, cast.valombre_id, words, section=section, days=(today, today))
    page = visit.as_("paul").get(HERE).get_data(as_text=True)
    parts = re.findall(r'<section class="section trend" id="(\w+)"(.*?)</section>', page, re.DOTALL)
    assert len(parts) == 9 and any("mis au travail" in part and "trend-table" not in part for _, part in parts)
    for key, part in parts:
        assert f"{NEW}?section={key}" in part and "Lire ce chiffre autrement" in part, key
        assert (f"Nous lisons {key} autrement." in part) is (key in ("inconnu", "seances", "mercis")), key
    sent = {**SENT, "section": "seances", "mots": "Nous avons commencé."}
    assert visit.as_("camille").send(NEW, sent).status_code == 303


def test_hostile_words_do_nothing(visit, database, cast):
    words = "<script>alert(1)</script> [ici](javascript:alert(1)) ![x](https://ailleurs.example/p.png)"
    words += "\n\n# Un titre\n\n\u202eretourné"
    make_reading(database, cast.camille, cast.valombre_id, words)
    page = visit.as_("paul").get(LIST).get_data(as_text=True).partition("<main")[2]
    assert "<script" not in page.partition("</main>")[0] and "javascript:" not in page and "<img" not in page
    assert "\u202e" not in page and "<h1>Un titre" not in page


def test_right_to_left_words_follow_their_own_direction(visit, database, cast):
    made = make_reading(database, cast.camille, cast.valombre_id, "كان الجسر مغلقا في أكتوبر")
    page = visit.as_("camille").get(f"{LIST}/{made}/correction").get_data(as_text=True)
    assert 'dir="auto"' in page.partition("<textarea")[2].partition(">")[0] and "كان الجسر" in page


@pytest.mark.parametrize(
    ("first", "said_of_it"),
    [("bruno", "Vous l’avez corrigée dans une autre fenêtre"), ("camille", "Une personne de « Voirie » l’a corrigée pendant")],
)
def test_two_corrections_at_once_lose_nothing_and_name_nobody(visit, database, cast, first, said_of_it):
    """One person in two windows; or two of a service, whose reading nobody answers for any more."""
    made = make_reading(database, cast.bruno, cast.valombre_id)
    with database.system("an account is deleted", write=True) as session:
        session.scalars(select(CounterReading)).one().author_id = cast.bruno.id if first == "bruno" else None
    path = f"{LIST}/{made}/correction"
    assert 'name="version" value="0"' in visit.as_("bruno").get(path).get_data(as_text=True)
    assert visit.as_(first).send(path, {"mots": "Le pont était fermé six semaines.", "version": "0"}).status_code == 303
    late = visit.as_("bruno").send(path, {"mots": "Nous étions sur le pont.", "version": "0"})
    said = plain_spaces(text_of(late))
    assert late.status_code == 409 and said_of_it in said and "Camille" not in said.partition("<main")[2]
    assert "Le pont était fermé six semaines." in said and "Nous étions sur le pont." in said and 'value="1"' in said
    assert row_of(database, made).words == "Le pont était fermé six semaines."
    assert visit.as_("bruno").send(path, {"mots": "Nous étions sur le pont fermé.", "version": "1"}).status_code == 303
    row = row_of(database, made)
    assert (row.words, row.version, row.corrected_by_id) == ("Nous étions sur le pont fermé.", 2, cast.bruno.id)
    assert "corrigée depuis" in main_of(visit.as_("paul").get(LIST))
    too_long = visit.as_("bruno").send(path, {"mots": "a" * 2001, "version": "2"})
    assert too_long.status_code == 422 and "a" * 2001 in text_of(too_long)
    assert visit.as_("bruno").send(path, {"mots": "Rien", "version": "deux"}).status_code == 400


def test_an_animateur_suspends_with_a_reason_that_its_author_reads(visit, database, cast):
    made = make_reading(database, cast.camille, cast.valombre_id)
    ana, path = visit.as_("ana"), f"{LIST}/{made}/suspension"
    assert ana.send(path, {"raison": " "}).status_code == 422
    assert ana.send(path, {"raison": "Une personne s’y reconnaît."}).status_code == 303
    row = row_of(database, made)
    assert (row.words, row.html) == ("", "") and row.sealed is not None and b"pont" not in row.sealed
    assert shown(database, cast.camille, cast.valombre_id) == []
    page = main_of(visit.as_("camille").get(LIST))
    assert "Une personne s’y reconnaît." in page and "l’équipe tenait le pont fermé" in page and "Rétablir" not in page
    for who in ("paul", "bruno"):
        assert "Une personne s’y reconnaît." not in main_of(visit.as_(who).get(LIST)), who
    page = main_of(ana.get(LIST))
    assert "Rétablir" in page and "tenait le pont" not in page
    assert visit.as_("camille").get(f"{LIST}/{made}/correction").status_code == 404
    assert visit.as_("bruno").send(f"{LIST}/{made}/retablissement").status_code == 404
    assert visit.as_("camille").send(f"{LIST}/{made}/retablissement").status_code == 403
    assert ana.send(f"{LIST}/{made}/retablissement").status_code == 303
    row = row_of(database, made)
    assert row.words == WORDS and "<strong>octobre</strong>" in row.html and row.sealed is None and row.suspended_why == ""
    assert len(shown(database, cast.paul, cast.valombre_id)) == 1


def test_an_animateur_judges_what_is_signed_with_their_voice_but_what_they_wrote(visit, database, cast):
    made = make_reading(database, cast.dora, cast.valombre_id, of_college=True)
    assert visit.as_("ana").get(f"{LIST}/{made}/suspension").status_code == 200
    assert visit.as_("ana").get(f"{LIST}/{made}/retrait").status_code == 403
    own = make_reading(database, cast.ana, cast.valombre_id, of_college=True)
    assert visit.as_("ana").get(f"{LIST}/{own}/suspension").status_code == 403
    assert visit.as_("ana").get(f"{LIST}/{own}/retrait").status_code == 200


def test_a_suspended_one_is_withdrawn_for_good(visit, database, cast):
    made = make_reading(database, cast.camille, cast.valombre_id)
    visit.as_("ana").send(f"{LIST}/{made}/suspension", {"raison": "Une personne s’y reconnaît."})
    assert visit.as_("camille").send(f"{LIST}/{made}/retrait").status_code == 303
    row = row_of(database, made)
    assert row.sealed is None and row.suspended_at is None and row.words == "" and row.withdrawn_at is not None
    assert visit.as_("ana").send(f"{LIST}/{made}/retablissement").status_code == 404
