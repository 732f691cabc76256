"""Somebody's own words under a text that they read no more: theirs to take back, and nothing else of it is read."""

import pytest

from rex.exchanges.actions import Words, edit, version_of
from rex.exchanges.queries import find_exchange
from rex.journal.models import Audience
from tests.exchanges.acting import open_to, page_of, row_of, take_back
from tests.exchanges.test_taken_questions import leave
from tests.making import contents, make_exchange, make_recit, reader_of
from tests.reports.test_reports import judge, say

WORDS = "Nous, à l’Orbe, avons fait autrement rue Zéphyrine."
PAGE = "/compte/messages"


@pytest.fixture
def narrowed(database, cast):
    """Inès, of the Orbe, answered a récit of Valombre that is its own again; her récit's message and an answer to it."""
    made = make_recit(database, cast.camille, "Le titre qu’on ne lit plus", audience=Audience.RESEAU)
    message = make_exchange(database, cast.ines, made.public_id, WORDS)
    make_exchange(database, cast.bruno, made.public_id, "Merci Inès, ici non.", parent=message)
    open_to(database, cast.camille, made, Audience.COLLECTIF)
    return made, message


def test_she_takes_her_words_back_and_reads_nothing_else(visit, database, narrowed):
    made, message = narrowed
    ines = visit.as_("ines")
    assert ines.get(made.url).status_code == 404
    assert f'href="{PAGE}"' in page_of(ines, "/compte")
    listed = page_of(ines, PAGE)
    assert WORDS in listed and f"/echanges/{message}/retirer" in listed
    asked = page_of(ines, f"/echanges/{message}/retirer")
    assert WORDS in asked
    for page in (listed, asked):
        assert "Le titre" not in page and "Merci Inès" not in page and made.public_id not in page and "Valombre" not in page
    assert ines.get(f"/echanges/{message}/modifier").status_code == 404, "nobody would read other words"
    assert ines.send(f"/echanges/{message}/retirer").location == PAGE
    row = row_of(database, message)
    assert row.withdrawn_at is not None and row.source == row.html == ""
    shown = page_of(visit.as_("bruno"), made.url)
    assert "Message retiré par son auteur" in shown and WORDS not in shown and "Merci Inès" in shown
    assert WORDS not in page_of(ines, PAGE) and ines.get(f"/echanges/{message}/retirer").status_code == 404
    assert WORDS not in "".join(str(row) for row in contents(database)["former_words"])


def test_what_it_said_while_it_was_answered_goes_too(visit, database, cast):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    message = make_exchange(database, cast.ines, made.public_id, WORDS)
    make_exchange(database, cast.bruno, made.public_id, "Merci Inès.", parent=message)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.ines)
        said = find_exchange(session, who, message)
        assert said is not None
        edit(session, who, said, Words(said.posture, "Dit autrement, avec @Noor Haddad."), version_of(said))
        session.commit()
    assert len(contents(database)["former_words"]) == len(contents(database)["mention"]) == 1
    open_to(database, cast.camille, made, Audience.COLLECTIF)
    assert visit.as_("ines").send(f"/echanges/{message}/retirer").status_code == 303
    assert contents(database)["former_words"] == contents(database)["mention"] == []


def test_nobody_else_sees_or_takes_back_those_words(visit, database, narrowed):
    _, message = narrowed
    for who, status in (("noor", 403), ("camille", 403), ("ana", 403), ("gael", 404), ("admin", 404)):
        client = visit.as_(who)
        assert client.get(f"/echanges/{message}/retirer").status_code == status, who
        assert client.send(f"/echanges/{message}/retirer").status_code == status, who
    for who in ("noor", "camille", "ana"):
        assert WORDS not in page_of(visit.as_(who), PAGE)
    assert row_of(database, message).withdrawn_at is None


def test_what_is_read_is_not_listed(visit, database, cast):
    made = make_recit(database, cast.camille)
    message = make_exchange(database, cast.bruno, made.public_id, WORDS)
    bruno = visit.as_("bruno")
    assert WORDS not in page_of(bruno, PAGE)
    take_back(database, cast.camille, made)
    assert WORDS in page_of(bruno, PAGE), "withdrawn by its authors: his words are still his"
    assert bruno.send(f"/echanges/{message}/retirer").status_code == 303


def test_a_suspended_message_is_shown_to_its_author_before_it_is_taken_back(visit, database, cast):
    made = make_recit(database, cast.camille)
    message = make_exchange(database, cast.bruno, made.public_id, WORDS)
    assert say(visit, "dora", made, message).status_code == 303
    assert judge(visit, database, "suspension").status_code == 303
    bruno, asking = visit.as_("bruno"), f"/echanges/{message}/retirer"
    assert WORDS in page_of(bruno, asking)
    for who in ("dora", "ana", "camille"):
        assert visit.as_(who).get(asking).status_code == 403
    take_back(database, cast.camille, made)
    assert WORDS in page_of(bruno, PAGE) and WORDS in page_of(bruno, asking)
    assert bruno.send(asking).status_code == 303 and WORDS not in page_of(bruno, PAGE)


def test_of_a_collectif_that_one_left_nothing_is_read(visit, database, cast):
    made = make_recit(database, cast.camille)
    message = make_exchange(database, cast.noor, made.public_id, WORDS)
    leave(database, cast.noor, cast.valombre_id)
    noor = visit.as_("noor")
    assert WORDS not in page_of(noor, PAGE)
    assert noor.get(f"/echanges/{message}/retirer").status_code == 404
    assert noor.send(f"/echanges/{message}/retirer").status_code == 404
