"""The secret address of a feed: who makes it, what ends it, and that it leaves no trace."""

import logging
import re

import pytest
from sqlalchemy import delete, select, update

from rex import clock
from rex.collectifs.actions import set_password
from rex.collectifs.models import Membership, User
from rex.collectifs.tokens import hash_token
from rex.feeds.addresses import LONGEST
from rex.feeds.models import FeedAddress
from rex.serving import AccessLog
from tests.feeds.following import ATOM, make_feed, read, titles
from tests.making import make_recit


@pytest.fixture
def told(database, cast):
    return make_recit(database, cast.camille, "Le marché déplacé", {"faits": "Personne n’a reçu le courrier."})


# --- when it opens nothing ----------------------------------------------------------------------------------------------


def headers_of(answer) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in answer.headers if name != "Date")


def test_all_that_opens_nothing_is_one_page(visit, database, cast, told):
    client = visit.as_(None)
    paths = {name: make_feed(database, cast.people[name]) for name in ("paul", "bruno", "noor", "dora")}
    assert {client.get(path).status_code for path in paths.values()} == {200}
    renewed = make_feed(database, cast.dora)
    with database.system("what ends a feed", write=True) as session:
        session.execute(delete(FeedAddress).where(FeedAddress.user_id == cast.paul.id))
        session.execute(update(Membership).where(Membership.user_id == cast.bruno.id).values(ended_at=clock.now()))
        session.execute(update(User).where(User.id == cast.noor.id).values(closed_at=clock.now()))
    shapes = ["/flux/rien.atom", "/flux/rien", "/flux/.atom", f"/flux/{'a' * 32}.atom", f"/flux/{'a' * 5000}.atom"]
    shapes += ["/flux/a/b.atom", "/flux/é.atom", "/flux/%00.atom", f"{renewed}/x"]
    shapes += [path.removesuffix(".atom") for path in (paths["dora"], renewed)]
    answers = [client.get(path) for path in (*paths.values(), *shapes)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1 and len({str(headers_of(answer)) for answer in answers}) == 1
    assert answers[0].data == visit.as_("ines").get(f"/recits/{'A' * 16}").data, "the page of what does not exist"
    assert "Set-Cookie" not in answers[0].headers and answers[0].headers["Referrer-Policy"] == "no-referrer"
    assert client.get(renewed).status_code == 200
    assert len(renewed.removeprefix("/flux/").removesuffix(".atom")) <= LONGEST


def test_who_leaves_one_collectif_loses_it_at_the_next_request(visit, database, cast, told):
    make_recit(database, cast.ines, "Chez Orbe", collectif="orbe")
    path, client = make_feed(database, cast.noor), visit.as_(None)
    first = client.get(path)
    assert set(titles(first)) == {"Le marché déplacé", "Chez Orbe"}
    with database.system("Noor leaves Valombre", write=True) as session:
        mine = Membership.user_id == cast.noor.id, Membership.collectif_id == cast.valombre_id
        session.execute(update(Membership).where(*mine).values(ended_at=clock.now()))
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert titles(again) == ["Chez Orbe"] and "Valombre" not in again.get_data(as_text=True)


# --- the address --------------------------------------------------------------------------------------------------------


def shown(page: str) -> str:
    found = re.search(r">\s*http://localhost(/flux/[\w-]{32}\.atom)</textarea>", page)
    return found[1] if found else ""


def test_its_owner_makes_renews_and_revokes_it(visit, database, cast, told):
    paul, anybody = visit.as_("paul"), visit.as_(None)
    assert '/compte/flux"' in paul.get("/compte").get_data(as_text=True)
    assert "Supprimer" not in paul.get("/compte/flux").get_data(as_text=True)
    assert paul.send("/compte/flux").location == "/compte/flux"
    first = shown(paul.get("/compte/flux").get_data(as_text=True))
    assert titles(anybody.get(first)) == ["Le marché déplacé"]
    again = paul.get("/compte/flux").get_data(as_text=True)
    assert shown(again) == "" and first.split("/")[-1] not in again and "Supprimer l’adresse" in again, "shown once"
    paul.send("/compte/flux")
    second = shown(paul.get("/compte/flux").get_data(as_text=True))
    assert second != first and anybody.get(first).status_code == 404 and anybody.get(second).status_code == 200
    assert paul.send("/compte/flux/fin").location == "/compte/flux"
    assert anybody.get(second).status_code == 404
    assert paul.send("/compte/flux/fin").status_code == 303, "twice is once"


def test_a_new_password_shuts_it_and_its_owner_is_told(visit, database, cast, told):
    """Whoever came in with the old password may have taken the address away with them."""
    path, anybody = make_feed(database, cast.paul), visit.as_(None)
    with database.system("Paul changes his password", write=True) as session:
        set_password(session, cast.paul.id, "of no use here")
    assert anybody.get(path).status_code == 404
    paul = visit.as_("paul")
    assert "votre mot de passe ou votre adresse e-mail a changé depuis" in paul.get("/compte/flux").get_data(as_text=True)
    paul.send("/compte/flux")
    renewed = shown(paul.get("/compte/flux").get_data(as_text=True))
    assert titles(anybody.get(renewed)) == ["Le marché déplacé"] and anybody.get(path).status_code == 404
    assert "a changé depuis" not in paul.get("/compte/flux").get_data(as_text=True)


def test_the_names_of_a_feed_outlive_its_address(visit, database, cast, told):
    """A program that is given the new address knows the entries that it read already."""
    ids = [
        [one.text for one in read(visit.as_(None).get(make_feed(database, cast.paul))).iter(f"{ATOM}id")] for _ in range(2)
    ]
    assert ids[0] == ids[1]


def test_only_a_digest_is_kept(database, cast):
    token = make_feed(database, cast.paul).removeprefix("/flux/").removesuffix(".atom")
    with database.system("what is kept") as session:
        (kept,) = session.scalars(select(FeedAddress)).all()
        assert kept.token_hash == hash_token(token)
        assert token not in repr([getattr(kept, column.key) for column in FeedAddress.__mapper__.columns])


def test_no_log_says_the_token(app, visit, database, cast, told, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    path = make_feed(database, cast.paul)
    token = path.removeprefix("/flux/").removesuffix(".atom")
    monkeypatch.setattr(app, "wsgi_app", AccessLog(app.wsgi_app))
    client = visit.as_(None)
    assert client.get(path).status_code == 200
    for wrong in (f"{path}/plus", path.removesuffix(".atom"), f"/FLUX/{token}.atom", f"{path}?a=b"):
        client.get(wrong)
    assert client.post(path).status_code in (401, 405)

    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("rex.feeds.views.newest", broken)
    answer = client.get(path)
    assert answer.status_code == 500 and token not in answer.get_data(as_text=True)
    assert "GET /flux/… 200" in caplog.text and "RuntimeError" in caplog.text
    assert token not in caplog.text
