"""Who reads a thread, who writes in it, and that what was said before few is never read by more."""

import pytest
from sqlalchemy import update

from rex import clock
from rex.collectifs.models import Membership
from rex.exchanges.models import Posture
from rex.journal.models import Audience
from tests.exchanges.acting import answer, open_to, page_of, row_of, rows, said, take_back
from tests.making import make_exchange, make_recit

SECTIONS = {"faits": "Le marché a ouvert. Il a plu.", "resistance": "Personne n’avait de bâche."}


@pytest.fixture
def made(database, cast):
    return make_recit(database, cast.camille, sections=SECTIONS)


@pytest.mark.parametrize(
    "who, reads, writes",
    [("camille", 200, 303), ("bruno", 200, 303), ("ana", 200, 303), ("noor", 200, 303), ("ines", 404, 404), ("gael", 404, 404),
     ("admin", 404, 404), (None, 302, 401)],
)
def test_who_reads_and_who_writes(visit, database, cast, made, who, reads, writes):
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ici ?")
    client = visit.as_(who)
    for path in (made.url, f"{made.url}/repondre", f"{made.url}/personnes?q=ca", "/c/valombre/sans-reponse"):
        assert client.get(path).status_code == reads, path
    assert answer(client, made).status_code == writes
    assert client.send(f"/echanges/{message}/en-charge").status_code == writes
    assert len(rows(database)) == (2 if writes == 303 else 1)


@pytest.mark.parametrize("who", ["camille", "bruno", "ana", "ines", "gael", "admin"])
def test_nobody_writes_in_another_person_s_message(visit, database, cast, made, who):
    """Not the author of the récit, not the animatrice: 403 for readers, 404 for the others."""
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ici ?")
    client, refused = visit.as_(who), 404 if who in ("ines", "gael", "admin") else 403
    for path in ("modifier", "retirer"):
        assert client.get(f"/echanges/{message}/{path}").status_code == refused
        assert client.send(f"/echanges/{message}/{path}", {"texte": "pris", "base": "x"}).status_code == refused
    assert row_of(database, message).source == "Qui décide ici ?"


def test_one_s_own_message_is_out_of_reach_once_one_left(visit, database, cast, made):
    message = make_exchange(database, cast.jeanne, made.public_id, "Qui décide ici ?")
    with database.system("Jeanne leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.jeanne.id).values(ended_at=clock.now()))
    client = visit.as_("jeanne")
    for path in (f"/echanges/{message}/modifier", f"/echanges/{message}/retirer", f"/echanges/{message}/mots-d-avant", made.url):
        assert client.get(path).status_code == 404, path
    assert "Jeanne Lartigue" in page_of(visit.as_("bruno"), made.url), "what she said stays, signed"


def test_what_was_said_between_members_is_not_read_by_the_reseau(visit, database, cast, made):
    """Page, counts, sections, questions that wait, former words, names: Inès finds nothing of it."""
    hidden = make_exchange(
        database, cast.paul, made.public_id, "Disons-le entre nous, @Bruno Maréchal", quote="Il a plu", slug="faits"
    )
    reply = make_exchange(database, cast.bruno, made.public_id, "Oui, entre nous.", Posture.APPORT, hidden)
    client = visit.as_("paul")
    client.send(f"/echanges/{hidden}/modifier", {"texte": "Disons-le entre nous, autrement.", "base": base_of(client, hidden)})
    open_to(database, cast.camille, made, Audience.RESEAU)
    stranger = visit.as_("ines")
    page = page_of(stranger, made.url)
    names = ("Paul Weiss", "Bruno Maréchal", hidden, reply)
    for words in (*names, "entre nous", "avant l’ouverture", "Par passage", "échange sur ce", "échanges sur ce"):
        assert words not in page, words
    assert "Personne n’a encore répondu" in page
    for path in (
        f"/echanges/{hidden}/mots-d-avant", f"/echanges/{hidden}/modifier", f"/echanges/{hidden}/retirer",
    ):
        assert stranger.get(path).status_code == 404, path
    assert answer(stranger, made, "Que dites-vous ?", a=hidden, devant="reseau").status_code == 422
    asked = page_of(stranger, f"{made.url}/repondre?a={hidden}")
    assert "Paul Weiss" not in asked and "<h1>Répondre</h1>" in asked
    assert "Disons" not in page_of(stranger, "/c/orbe/sans-reponse")
    filtered = page_of(stranger, f"{made.url}?passage=faits")
    assert "entre nous" not in filtered and "(2)" not in filtered


def test_the_members_still_read_it_apart_and_their_answers_stay_there(visit, database, cast, made):
    before = make_exchange(database, cast.paul, made.public_id, "Disons-le entre nous.")
    open_to(database, cast.camille, made, Audience.RESEAU)
    after = make_exchange(database, cast.ines, made.public_id, "Et chez vous ?")
    page = page_of(visit.as_("noor"), made.url)
    apart = page.index("Dit entre les membres du journal, avant l’ouverture au réseau")
    assert page.index(f'id="e-{after}"') < apart < page.index(f'id="e-{before}"')
    asked = page_of(visit.as_("noor"), f"{made.url}/repondre?a={before}")
    assert "Répondre devant les 7 membres" in asked and "Répondre devant le réseau" not in asked
    reply = said(answer(visit.as_("noor"), made, "Oui, entre nous.", a=before))
    assert row_of(database, reply).audience is Audience.COLLECTIF
    assert "Oui, entre nous." not in page_of(visit.as_("ines"), made.url)


def test_a_recit_narrowed_again_takes_its_thread_along(visit, database, cast, made):
    open_to(database, cast.camille, made, Audience.RESEAU)
    wide = make_exchange(database, cast.ines, made.public_id, "Et chez vous ?")
    open_to(database, cast.camille, made, Audience.COLLECTIF)
    assert visit.as_("ines").get(f"/echanges/{wide}/modifier").status_code == 404
    page = page_of(visit.as_("paul"), made.url)
    assert "Et chez vous" in page and "avant l’ouverture" not in page
    reply = make_exchange(database, cast.paul, made.public_id, "Ici, autrement.", Posture.APPORT, wide)
    open_to(database, cast.camille, made, Audience.RESEAU)
    page = page_of(visit.as_("ines"), made.url)
    assert "Et chez vous" in page and "Ici, autrement." not in page, "said before fewer, it stays there"
    page = page_of(visit.as_("paul"), made.url)
    assert page.index("avant l’ouverture au réseau") < page.index(f'id="e-{reply}"')
    assert 'en réponse à <a href="#e-' in page


def test_a_withdrawn_recit_takes_its_thread_away(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ici ?")
    take_back(database, cast.camille, made)
    for who in ("paul", "camille", "ana"):
        client = visit.as_(who)
        assert client.get(f"/echanges/{message}/modifier").status_code == 404
        assert client.get(f"{made.url}/repondre").status_code == 404
        assert "Qui décide ici" not in page_of(client, "/c/valombre/sans-reponse")


def base_of(client, message: str) -> str:
    page = page_of(client, f"/echanges/{message}/modifier")
    return page.split('name="base" value="')[1].split('"')[0]
