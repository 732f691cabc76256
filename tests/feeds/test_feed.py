"""The feed of a person: titles and links of what they may read at that moment in their collectifs, and never a word more."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from sqlalchemy import update

from rex import clock
from rex.feeds.atom import Feed, to_atom
from rex.feeds.queries import NEWEST, FeedEntry
from rex.journal.models import Audience, Entry
from tests.feeds.following import ATOM, found, make_feed, read, titles
from tests.journal.difficulties import make_difficulty
from tests.making import make_group, make_recit, make_recognition


@pytest.fixture
def told(database, cast):
    return make_recit(database, cast.camille, "Le marché déplacé", {"faits": "Personne n’a reçu le courrier."})


# --- what it says -------------------------------------------------------------------------------------------------------


def test_it_says_titles_links_and_who_signs(visit, database, cast, told):
    noted = make_difficulty(database, cast.bruno, "Le dossier se perd entre deux services")
    thanks = make_recognition(database, cast.dora, cast.camille, "Vous avez tenu le carrefour.")
    with database.system("it is accepted", write=True) as session:
        values = {"published_at": clock.now(), "audience": Audience.COLLECTIF}
        session.execute(update(Entry).where(Entry.public_id == thanks).values(values))
    answer = visit.as_(None).get(make_feed(database, cast.paul))
    feed = read(answer)
    links = {found(entry, "link").get("href") for entry in feed.iter(f"{ATOM}entry")}
    assert links == {f"http://localhost{path}" for path in (told.url, noted.url, f"/reconnaissances/{thanks}")}
    assert "Le marché déplacé" in titles(answer) and {"Difficulté, Voirie"} < set(titles(answer))
    names = {name.text for name in feed.iter(f"{ATOM}name")}
    assert {"Camille Roy", "Bruno Maréchal"} <= names
    said = answer.get_data(as_text=True)
    assert [words for words in ("courrier", "dossier", "carrefour") if words in said] == [], "titles and links, no text"


def test_it_is_atom(visit, database, cast, told):
    answer = visit.as_(None).get(make_feed(database, cast.paul))
    feed = read(answer)
    assert feed.tag == f"{ATOM}feed"
    for thing in (feed, *feed.iter(f"{ATOM}entry")):
        assert [len(thing.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert re.fullmatch(r"tag:localhost,2026:[\w/-]+", thing.findtext(f"{ATOM}id") or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", thing.findtext(f"{ATOM}updated") or "")
        assert thing.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [thing.text for thing in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 2 and any((one or "").endswith(f":{told.public_id}") for one in ids)


def test_any_title_makes_a_feed_that_programs_read():
    nasty = "<script>&\x00\x0b]]>\ufffe\u202e « été » \ud83d"
    entry = FeedEntry("A" * 16, "/recits/a?b&c\"d", nasty, (nasty,), clock.now(), clock.now())
    feed = ElementTree.fromstring(to_atom(Feed("flux/x", nasty, "https://rex.exemple", "/", clock.now(), [entry])))
    assert (found(feed, "entry/title").text or "").startswith("<script>& ]]>")
    assert found(feed, "entry/link").get("href") == 'https://rex.exemple/recits/a?b&c"d'
    empty = ElementTree.fromstring(to_atom(Feed("flux/x", "", "https://rex.exemple", "/", clock.now(), [])))
    assert empty.findtext(f"{ATOM}title") == "…"


def test_the_newest_fifty_of_all_collectifs(visit, database, cast, time_machine):
    """Noor is in two collectifs: the newest of both, whichever tells more."""
    now = clock.now()
    for rank in range(NEWEST + 4):
        made = make_recit(database, cast.camille, f"Récit {rank}")
        with database.system("told earlier", write=True) as session:
            at = {"published_at": now - timedelta(days=rank)}
            session.execute(update(Entry).where(Entry.id == made.id).values(at))
    away = make_recit(database, cast.ines, "Chez Orbe", collectif="orbe")
    with database.system("told earlier", write=True) as session:
        session.execute(update(Entry).where(Entry.id == away.id).values(published_at=now - timedelta(days=2, hours=1)))
    said = titles(visit.as_(None).get(make_feed(database, cast.noor)))
    assert len(said) == NEWEST and said[:5] == ["Récit 0", "Récit 1", "Récit 2", "Chez Orbe", "Récit 3"]
    assert "Chez Orbe" not in titles(visit.as_(None).get(make_feed(database, cast.paul)))


def test_what_one_may_not_read_is_not_there(visit, database, cast, told):
    group = make_group(database, cast.noor, cast.paul)
    make_recit(database, cast.paul, "Mon brouillon", audience=None)
    make_recit(database, cast.camille, "Retiré", withdrawn=True)
    make_recit(database, cast.ines, "Chez Orbe", collectif="orbe")
    make_recit(database, cast.ines, "Pour le réseau", audience=Audience.RESEAU, collectif="orbe")
    make_recit(database, cast.noor, "Dans le groupe", audience=Audience.GROUPE, group=group.id)
    make_recit(database, cast.paul, "Le mien dans le groupe", audience=Audience.GROUPE, group=group.id)
    make_difficulty(database, cast.paul, "Ce que je porte", audience=Audience.GROUPE, group=group.id)
    waiting = make_recognition(database, cast.camille, cast.paul)
    suspended = make_recit(database, cast.paul, "Suspendu")
    with database.system("suspend it", write=True) as session:
        session.execute(update(Entry).where(Entry.id == suspended.id).values(suspended_at=clock.now()))
    answer = visit.as_(None).get(make_feed(database, cast.paul))
    assert titles(answer) == ["Le marché déplacé"]
    assert waiting not in answer.get_data(as_text=True) and group.public_id not in answer.get_data(as_text=True)


def test_five_statements_whatever_is_told(visit, database, cast, count_statements):
    path, client = make_feed(database, cast.noor), visit.as_(None)

    def asked() -> int:
        with count_statements() as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    assert asked() == 5
    for rank in range(6):
        make_recit(database, cast.camille, f"Récit {rank}")
    make_recit(database, cast.ines, "Chez Orbe", collectif="orbe")
    assert asked() == 5


# --- how it is fetched --------------------------------------------------------------------------------------------------


def test_programs_ask_again_for_nothing(visit, database, cast, told):
    path, client = make_feed(database, cast.paul), visit.as_(None)
    first = client.get(path)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache" and first.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in first.headers
    assert first.last_modified is not None and abs(first.last_modified - clock.now()) < timedelta(minutes=5)
    for asked in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(path, headers={"If-None-Match": asked})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == "private, no-cache" and "Set-Cookie" not in again.headers
    make_recit(database, cast.bruno, "La crue")
    changed = client.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200 and titles(changed)[0] == "La crue" and changed.headers["ETag"] != tag
    assert client.head(path).status_code == 200 and client.head(path).data == b""


def test_a_date_alone_never_hides_what_was_taken_back(visit, database, cast, told):
    path, client = make_feed(database, cast.paul), visit.as_(None)
    date = client.get(path).headers["Last-Modified"]
    with database.system("suspend it", write=True) as session:
        session.execute(update(Entry).where(Entry.id == told.id).values(suspended_at=clock.now()))
    answer = client.get(path, headers={"If-Modified-Since": date})
    assert answer.status_code == 200 and titles(answer) == []


def test_it_shows_its_owner_what_they_read_and_nothing_of_who_carries_it(visit, database, cast, told):
    """Inès, signed in, opens Paul's address: Paul's feed, and no cookie of hers is looked at."""
    path = make_feed(database, cast.paul)
    by_nobody, ines = visit.as_(None).get(path), visit.as_("ines")
    by_ines = ines.get(path)
    assert by_ines.data == by_nobody.data and "Set-Cookie" not in by_ines.headers
