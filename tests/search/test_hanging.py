"""What is said under an entry, and all that its readers see in it: found by who may read it, at the audience at which it was said,
where it stands; gone from the index as soon as it stands no more."""

import re

import pytest
from sqlalchemy import select, update

from rex.access import visible_recits
from rex.db import Database
from rex.exchanges.models import Exchange
from rex.journal.attachment_models import FileKind
from rex.journal.attachments import Given
from rex.journal.models import Audience, Recit
from rex.journal.publishing import change_audience
from rex.search.models import FoundKind, SearchRow
from tests.cast import Cast
from tests.conftest import Visit
from tests.journal.acting_together import make_note, make_rereading, take_back, tell_again
from tests.journal.difficulties import make_difficulty, make_echo
from tests.journal.test_passages_of_recits import correct
from tests.making import Made, make_exchange, make_recit, make_recognition, reader_of
from tests.reports.test_hanging import KINDS, SAID, Case, make, name_of
from tests.reports.test_reports import REASON, WHY, judge, make_animateur
from tests.search.corpus import accept
from tests.search.finding import found, marks, titles
from tests.search.test_rights import agrees, rows

WORD = "zéphyrine"
WHERE = {"note": "Entre les récits de", "echo": "Sous", "relecture": "Sur", "synthese": "Sous"}


def page_of(visit: Visit, who: str, typed: str = WORD) -> str:
    return visit.as_(who).get("/recherche", query_string={"q": typed}).get_data(as_text=True)


def links(html: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'class="found-title"><a href="([^"]*)"', html)]


def in_index(database: Database, word: str = "zephyrin") -> int:
    return rows(database, word)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found_where_it_stands_by_who_reads_it(visit: Visit, database: Database, cast: Cast, kind: str):
    case = make(visit, database, cast, kind)
    html = page_of(visit, "dora")
    assert titles(html)[0].startswith(WHERE[kind]) and marks(html) == ["Zéphyrine"] and agrees(database)
    (link,) = links(html)
    address, _, anchor = link.partition("#")
    read = visit.as_("dora").get(address).get_data(as_text=True)
    assert address.startswith(case.page) and SAID in read and f'id="{anchor}"' in read, link
    assert name_of(case).capitalize() in html, "who says it"
    for who in ("ines", "gael"):
        assert links(page_of(visit, who)) == [], who
    assert found(database, cast.ines, WORD) == []


@pytest.mark.parametrize("kind", KINDS)
def test_suspended_it_is_gone_at_once_and_comes_back_with_it(visit: Visit, database: Database, cast: Cast, kind: str):
    case = make(visit, database, cast, kind)
    make_animateur(database, cast.dora)
    assert in_index(database) == 1
    assert visit.as_("paul").send(case.address, {"motif": REASON}).status_code == 303
    assert judge(visit, database, "suspension", "dora", WHY).status_code == 303
    assert in_index(database) == 0 and links(page_of(visit, "jeanne")) == [] and agrees(database)
    assert links(page_of(visit, name_of(case))) == [], "nor by its author"
    assert visit.as_("dora").send(case.restoring, page="/compte").status_code == 303
    assert in_index(database) == 1 and len(links(page_of(visit, "jeanne"))) == 1 and agrees(database)


@pytest.mark.parametrize(("kind", "found_there"), [("note", 0), ("relecture", 0), ("echo", 1), ("synthese", 1)])
def test_it_is_found_at_the_audience_at_which_it_was_said(visit, database, cast, kind: str, found_there: int):
    """Under texts of the réseau: a note and a rereading written for the collectif stay there."""
    make(visit, database, cast, kind, Audience.RESEAU)
    assert len(links(page_of(visit, "dora"))) == 1
    assert len(links(page_of(visit, "ines"))) == found_there and agrees(database)


def two(database: Database, cast: Cast) -> tuple[Made, Made]:
    one = make_recit(database, cast.camille)
    return one, make_recit(database, cast.jeanne, "Vu des parents", action=one.action_public_id)


def test_a_note_goes_with_either_of_its_recits(visit, database, cast):
    one, other = two(database, cast)
    make_note(database, cast.bruno, one, other, SAID)
    for who, made in (("camille", one), ("jeanne", other)):
        take_back(visit.as_(who), made)
        assert in_index(database) == 0 and agrees(database), who
        tell_again(visit.as_(who), made)
        assert in_index(database) == 1 and agrees(database), who


def test_a_note_is_found_by_who_reads_both_whatever_its_ceiling(visit, database, cast):
    one, other = two(database, cast)
    make_note(database, cast.bruno, one, other, SAID)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        change_audience(session, session.scalars(visible_recits(who).where(Recit.id == one.id)).one(), Audience.RESEAU)
        session.commit()
    with database.system("a ceiling wider than it may be", write=True) as session:
        wide = update(SearchRow).where(SearchRow.kind == FoundKind.NOTE).values(audience=Audience.RESEAU)
        session.execute(wide.execution_options(synchronize_session=False))
    assert found(database, cast.ines, WORD) == [] and len(found(database, cast.dora, WORD)) == 1


def test_a_note_rewritten_then_removed(visit, database, cast):
    one, other = two(database, cast)
    note = make_note(database, cast.bruno, one, other, SAID)
    address = f"/actions/{one.action_public_id}/notes/{note}"
    client = visit.as_("bruno")
    form = client.get(f"{address}/modification").get_data(as_text=True)
    sent = dict(re.findall(r'name="(base|devant)" value="([^"]*)"', form))
    sent |= {"rencontre": "rejoignent", "mots": "Une escargasse."}
    assert client.send(f"{address}/modification", sent).status_code == 303, sent
    assert in_index(database) == 0 and len(links(page_of(visit, "dora", "escargasses"))) == 1
    assert "rejoignent ici" in page_of(visit, "dora", "escargasses")
    assert client.send(f"{address}/retrait").status_code == 303
    assert in_index(database, "escargass") == 0 and agrees(database)


def test_an_echo_taken_back(visit, database, cast):
    noted = make_difficulty(database, cast.camille)
    make_echo(database, cast.dora, noted)
    make_echo(database, cast.bruno, noted, SAID)
    assert in_index(database) == 1, "an echo without a word has no row"
    assert visit.as_("bruno").send(f"{noted.url}/echo/retrait", page=noted.url).status_code == 303
    assert in_index(database) == 0 and agrees(database)


def test_a_message_deleted_goes_with_its_answers(database, cast):
    made = make_recit(database, cast.camille)
    said = make_exchange(database, cast.bruno, made.public_id, "Une escargasse.")
    make_exchange(database, cast.dora, made.public_id, "Quelle escargasse ?", parent=said)
    assert in_index(database, "escargass") == 2
    with database.system("a test deletes a message", write=True) as session:
        session.delete(session.scalars(select(Exchange).where(Exchange.public_id == said)).one())
    assert in_index(database, "escargass") == 0 and agrees(database)


def test_what_stands_under_a_recit_goes_with_it(visit, database, cast):
    made = make_recit(database, cast.bruno)
    make_rereading(database, cast.bruno, made, SAID)
    take_back(visit.as_("bruno"), made)
    assert in_index(database) == 0 and agrees(database)
    tell_again(visit.as_("bruno"), made)
    assert in_index(database) == 1 and agrees(database)


def test_an_image_is_found_by_what_it_shows(visit, database, cast):
    shown = Given("A" * 16, FileKind.JPEG, "La barrière cassée", 1, 640, 480)
    make_recit(database, cast.camille, "La place", {"faits": f"Avant.\n\n{shown.markdown}\n\nAprès."})
    html = page_of(visit, "dora", "barrières cassées")
    assert titles(html) == ["La place"] and marks(html) == ["barrière", "cassée"]
    assert found(database, cast.dora, "fichiers") == [] == found(database, cast.dora, "A" * 16), "its address is nobody's word"


def test_whatever_a_reader_sees_in_an_entry_is_found(visit, database, cast):
    one = make_recit(database, cast.camille, "Le marché couvert")
    make_recit(database, cast.jeanne, "Vu des parents", action=one.action_public_id)
    make_difficulty(database, cast.bruno, "Personne ne décide.", effect="Un vroumastic.")
    accept(database, cast.dora, make_recognition(database, cast.camille, cast.dora, "Vous avez tenu."))
    for typed, expected, said in (
        ("marché", {"Le marché couvert", "Vu des parents"}, "marché"),
        ("vroumastic", {"Personne ne décide."}, "vroumastic"),
        ("Lenoir", {"Vous avez tenu."}, "Lenoir"),
    ):
        html = page_of(visit, "camille", typed)
        assert set(titles(html)) == expected and said in marks(html), typed


def test_an_action_named_otherwise(visit, database, cast):
    """Its first récit names it: corrected, the other one is found by the new name alone."""
    one, _ = two(database, cast)
    assert set(found(database, cast.dora, "marché déplacé")) == {"Le marché déplacé", "Vu des parents"}
    take_back(visit.as_("camille"), one)
    assert found(database, cast.dora, "marché déplacé") == [] and agrees(database)


def test_words_quoted_that_the_text_says_no_more(visit, database, cast):
    made = make_recit(database, cast.camille, "Un titre", {"faits": "Un escargasse passe."})
    make_exchange(database, cast.bruno, made.public_id, "Lequel ?", quote="Un escargasse passe.", slug="faits")
    assert found(database, cast.dora, "escargasse") == ["Un titre"]
    correct(database, cast.camille, made, faits="Rien ne passe.")
    (link,) = links(page_of(visit, "dora", "escargasse"))
    assert "#e-" in link and agrees(database)


def test_what_is_filtered_as_said_under_texts(visit, database, cast):
    make(visit, database, cast, "relecture")
    client = visit.as_("dora")
    for genre, number in (("echange", 1), ("recit", 0), ("relecture", 1)):  # the last one is no genre: nothing is narrowed
        html = client.get("/recherche", query_string={"q": WORD, "genre": genre}).get_data(as_text=True)
        assert len(links(html)) == number, genre


def test_a_row_is_one_text_of_one_kind(visit, database, cast):
    for kind in KINDS:
        make(visit, database, cast, kind)
    with database.system("what stands for what") as session:
        kinds = session.scalars(select(SearchRow.kind).where(SearchRow.said_id.is_not(None))).all()
    assert set(kinds) == set(FoundKind) - {FoundKind.RECIT, FoundKind.DIFFICULTY, FoundKind.RECOGNITION, FoundKind.TENSION}
    assert isinstance(make(visit, database, cast, "note"), Case) and agrees(database)
