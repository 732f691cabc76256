"""Signing together: invited by name, reading nothing before accepting, leaving at any time but the last."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.collectifs.models import Membership, User
from rex.db import Database
from rex.journal import moments
from rex.journal.models import Audience, Authorship, Draft, Entry, PublicationRequest
from rex.journal.moments import What
from tests.cast import Cast, Person
from tests.conftest import Visit
from tests.making import Made, make_recit

TITLE = "Le marché sans camions"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Any, ...]]]:
    """What was told, to whom: (what, entry id, user ids)."""
    heard: list[tuple[Any, ...]] = []

    def listen(_session, _actor, what, entry_id, to, _exchange_id) -> None:
        heard.append((what, entry_id, sorted(to)))

    monkeypatch.setitem(moments._telling, "a test", listen)
    yield heard


@pytest.fixture
def draft(database: Database, cast: Cast) -> Made:
    return make_recit(database, cast.camille, TITLE, audience=None)


def invite(visit: Visit, made: Made, name: str = "Bruno Maréchal", who: str = "camille"):
    return visit.as_(who).send(f"{made.url}/co-auteurs", {"nom": name})


def join(visit: Visit, made: Made, who: str = "bruno") -> None:
    invite(visit, made)
    assert visit.as_(who).send(f"{made.url}/invitation").status_code == 303


def leave_collectif(database: Database, person: Person) -> None:
    with database.system("somebody leaves the collectif", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == person.id).values(ended_at=clock.now()))


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


def test_invited_by_name_they_read_nothing_before_they_accept(visit, draft, cast, told) -> None:
    assert invite(visit, draft).status_code == 303
    assert told == [(What.CO_AUTHOR_ASKED, draft.id, [cast.bruno.id])]
    page = text_of(visit.as_("camille").get(f"{draft.url}/co-auteurs"))
    assert "Bruno Maréchal" in page and "pas encore répondu" in page and "@" not in page
    bruno = visit.as_("bruno")
    asked = text_of(bruno.get(f"{draft.url}/invitation"))
    assert "Camille Roy vous invite à signer un récit" in asked
    assert TITLE not in asked and "Le marché" not in asked
    for path in ("", "/edition", "/apercu", "/co-auteurs", "/versions"):
        assert bruno.get(draft.url + path).status_code == 404, path


def test_accepting_makes_an_author_and_tells_the_others(visit, draft, cast, told, database) -> None:
    join(visit, draft)
    assert told[-1] == (What.CO_AUTHOR_JOINED, draft.id, [cast.camille.id])
    page = text_of(visit.as_("bruno").get(f"{draft.url}/edition"))
    assert TITLE in page and "lu par vous et <strong>Camille Roy</strong>" in page
    assert "lu par vous et <strong>Bruno Maréchal</strong>" in text_of(visit.as_("camille").get(f"{draft.url}/edition"))
    with database.system("who signs, in which order") as session:
        rows = session.execute(
            select(Authorship.user_id, Authorship.position).where(Authorship.entry_id == draft.id).order_by(Authorship.position)
        ).all()
    assert [tuple(row) for row in rows] == [(cast.camille.id, 0), (cast.bruno.id, 1)]
    again = visit.as_("bruno").get(f"{draft.url}/invitation")
    assert (again.status_code, again.location) == (303, f"{draft.url}/edition")


def test_not_this_time_is_said_and_may_be_asked_again(visit, draft) -> None:
    invite(visit, draft)
    assert visit.as_("bruno").send(f"{draft.url}/invitation/refus").status_code == 303
    assert visit.as_("bruno").get(f"{draft.url}/invitation").status_code == 404
    assert visit.as_("bruno").get(f"{draft.url}/edition").status_code == 404
    assert re.search(r"a répondu «\sPas cette fois\s»", text_of(visit.as_("camille").get(f"{draft.url}/co-auteurs")))
    join(visit, draft)
    assert visit.as_("bruno").get(f"{draft.url}/edition").status_code == 200


def test_taken_back_the_invitation_opens_nothing(visit, draft) -> None:
    invite(visit, draft)
    camille = visit.as_("camille")
    found = re.search(r'name="invitation" value="([^"]+)"', text_of(camille.get(f"{draft.url}/co-auteurs")))
    assert found
    camille.send(f"{draft.url}/co-auteurs/reprise", {"invitation": found[1]})
    assert visit.as_("bruno").get(f"{draft.url}/invitation").status_code == 404
    assert visit.as_("bruno").send(f"{draft.url}/invitation").status_code == 404
    assert visit.as_("bruno").get(f"{draft.url}/edition").status_code == 404
    camille.send(f"{draft.url}/co-auteurs/reprise", {"invitation": found[1]})
    assert "n’attend plus de réponse" in text_of(camille.get(f"{draft.url}/co-auteurs"))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Écrivez le nom de la personne à inviter"),
        ("Personne Inconnue", "Aucun membre de ce journal ne porte ce nom"),
        ("Inès Carle", "Aucun membre de ce journal ne porte ce nom"),  # a member of another collectif
        ("Gaël Parti", "Aucun membre de ce journal ne porte ce nom"),  # no longer a member
        ("Clara Close", "Aucun membre de ce journal ne porte ce nom"),  # a closed account
        ("camille roy", "Vous signez déjà ce récit"),
    ],
)
def test_who_cannot_be_invited_is_said_and_the_name_kept(visit, draft, name, sentence) -> None:
    answer = invite(visit, draft, name)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert f'value="{name}"' in text_of(answer)


def test_a_name_is_found_without_accents_and_twice_asked_is_said(visit, draft) -> None:
    assert invite(visit, draft, "  bruno MARECHAL ").status_code == 303
    again = invite(visit, draft)
    assert again.status_code == 422 and "n’a pas encore répondu" in text_of(again)


@pytest.mark.parametrize("typed", ["BRUNO", "bruno "])
def test_a_first_name_that_one_member_has_is_enough(visit, draft, cast, told, typed) -> None:
    assert invite(visit, draft, typed).status_code == 303
    assert told == [(What.CO_AUTHOR_ASKED, draft.id, [cast.bruno.id])]


@pytest.mark.parametrize("typed", ["Bruno Marechale", "Maréchal"])
def test_an_unknown_name_brings_those_that_are_near(visit, draft, told, typed) -> None:
    answer = invite(visit, draft, typed)
    assert answer.status_code == 422 and not told
    assert "est-ce Bruno Maréchal ?" in text_of(answer).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_first_name_that_two_have_names_both(visit, draft, database, cast, told) -> None:
    with database.system("Dora becomes another Bruno", write=True) as session:
        session.scalars(select(User).where(User.id == cast.dora.id)).one().name = "Bruno Lenoir"
    answer = invite(visit, draft, "bruno")
    assert answer.status_code == 422 and not told
    words = text_of(answer).replace("\u202f", " ").replace("\u00a0", " ")
    assert "est-ce Bruno Lenoir ; Bruno Maréchal ?" in words


def test_homonyms_are_told_apart_by_their_service(visit, draft, database, cast) -> None:
    with database.system("Dora takes Bruno's name", write=True) as session:
        session.scalars(select(User).where(User.id == cast.dora.id)).one().name = "Bruno Maréchal"
    answer = invite(visit, draft)
    assert answer.status_code == 422 and "Plusieurs membres portent ce nom" in text_of(answer)
    assert '<option value="Bruno Maréchal, Direction générale">' in text_of(answer)
    assert invite(visit, draft, "Bruno Maréchal, Direction générale").status_code == 303
    assert visit.as_("dora").get(f"{draft.url}/invitation").status_code == 200
    assert visit.as_("bruno").get(f"{draft.url}/invitation").status_code == 404


def test_only_authors_see_and_change_who_signs(visit, draft, database, cast) -> None:
    told = make_recit(database, cast.camille, "Déjà lu")
    assert visit.as_("dora").get(f"{draft.url}/co-auteurs").status_code == 404
    assert visit.as_("dora").get(f"{told.url}/co-auteurs").status_code == 403
    assert invite(visit, told, who="dora").status_code == 403
    assert visit.as_("dora").send(f"{told.url}/co-auteurs/depart").status_code == 403
    assert visit.as_("dora").get(f"{told.url}/invitation").status_code == 403


def test_who_left_the_collectif_cannot_accept(visit, draft, database, cast) -> None:
    invite(visit, draft)
    bruno = visit.as_("bruno")
    with database.system("Bruno leaves", write=True) as session:
        session.scalars(select(Membership).where(Membership.user_id == cast.bruno.id)).one().end()
    assert bruno.get(f"{draft.url}/invitation").status_code in (302, 404)
    assert bruno.send(f"{draft.url}/invitation").status_code in (302, 401, 404)
    with database.system("who signs") as session:
        assert session.scalars(select(Authorship.user_id).where(Authorship.entry_id == draft.id)).all() == [cast.camille.id]


def test_whoever_joins_lifts_the_request_that_waited(visit, database, cast) -> None:
    made = make_recit(database, cast.camille, TITLE, audience=None, co_authors=(cast.dora,))
    invite(visit, made)
    visit.as_("camille").send(f"{made.url}/publication", {"publier": "collectif"})
    visit.as_("bruno").send(f"{made.url}/invitation")
    with database.system("does a request wait") as session:
        assert session.scalars(select(PublicationRequest.entry_id)).all() == []
    visit.as_("dora").send(f"{made.url}/accord")
    assert visit.as_("jeanne").get(made.url).status_code == 404


def test_the_last_yes_tells_the_others_that_it_is_published(visit, draft, cast, told) -> None:
    join(visit, draft)
    visit.as_("camille").send(f"{draft.url}/publication", {"publier": "collectif"})
    visit.as_("bruno").send(f"{draft.url}/accord")
    assert (What.PUBLISHED_TOGETHER, draft.id, [cast.camille.id, cast.bruno.id]) in told


def test_leaving_takes_the_name_and_leaves_the_words(visit, draft) -> None:
    join(visit, draft)
    bruno = visit.as_("bruno")
    token = bruno.csrf()
    saved = bruno.put(f"{draft.url}/sections/appris", json={"text": "Prévenir avant.", "base": 0}, headers={"X-CSRFToken": token})
    assert saved.status_code == 200
    assert "Ne plus signer ce récit" in text_of(bruno.get(f"{draft.url}/co-auteurs/depart"))
    gone = bruno.send(f"{draft.url}/co-auteurs/depart")
    assert gone.location == "/c/valombre/"
    assert bruno.get(f"{draft.url}/edition").status_code == 404
    refused = bruno.put(f"{draft.url}/sections/appris", json={"text": "Encore.", "base": 1}, headers={"X-CSRFToken": token})
    assert refused.status_code == 404
    page = text_of(visit.as_("camille").get(f"{draft.url}/edition"))
    assert "Prévenir avant." in page and "Encore." not in page


def test_the_last_author_stays(visit, draft, database, cast) -> None:
    camille = visit.as_("camille")
    assert "Personne d’autre ne signe ce récit" in text_of(camille.get(f"{draft.url}/co-auteurs/depart"))
    camille.send(f"{draft.url}/co-auteurs/depart")
    assert camille.get(f"{draft.url}/edition").status_code == 200
    join(visit, draft)
    with database.system("Bruno leaves the collectif", write=True) as session:
        session.scalars(select(Membership).where(Membership.user_id == cast.bruno.id)).one().end()
    camille.send(f"{draft.url}/co-auteurs/depart")  # the other one cannot answer for it any more
    assert camille.get(f"{draft.url}/edition").status_code == 200


def test_an_empty_draft_with_an_invitation_is_not_taken_for_an_untouched_one(visit, database) -> None:
    camille = visit.as_("camille")
    first = camille.send("/recits/nouveau", {"collectif": "valombre"}).location.split("/")[2]
    camille.send(f"/recits/{first}/co-auteurs", {"nom": "Bruno Maréchal"})
    visit.as_("bruno").send(f"/recits/{first}/invitation")
    other = visit.as_("bruno").send("/recits/nouveau", {"collectif": "valombre"}).location.split("/")[2]
    assert other != first
    with database.system("look at the drafts") as session:
        assert len(session.scalars(select(Draft.entry_id)).all()) == 2


def test_who_joins_a_published_recit_signs_at_the_next_modification(visit, database, cast) -> None:
    made = make_recit(database, cast.camille, TITLE)
    join(visit, made)
    assert "Bruno" not in text_of(visit.as_("jeanne").get(made.url))
    assert "paraîtra à la prochaine modification" in text_of(visit.as_("camille").get(f"{made.url}/co-auteurs"))
    assert visit.as_("bruno").get(f"{made.url}/edition").status_code == 200
    camille = visit.as_("camille")
    assert "Publier la modification" in text_of(camille.get(f"{made.url}/publication"))
    camille.send(f"{made.url}/publication", {"publier": "collectif"})
    page = text_of(visit.as_("jeanne").get(made.url))
    assert "Bruno Maréchal" in page and "Camille Roy" in page
    assert "paraîtra à la prochaine" not in text_of(camille.get(f"{made.url}/co-auteurs"))


def test_a_name_leaves_a_published_recit_at_once_and_widening_still_asks_the_others(visit, database, cast) -> None:
    made = make_recit(database, cast.camille, TITLE, co_authors=(cast.bruno, cast.dora))
    assert visit.as_("dora").send(f"{made.url}/co-auteurs/depart").location == made.url
    page = text_of(visit.as_("jeanne").get(made.url))
    assert "Dora Lenoir" not in page and "Direction générale" not in page
    with database.system("what lists say") as session:
        assert session.scalar(select(Entry.byline).where(Entry.id == made.id)) == "Voirie"
    assert visit.as_("camille").send(f"{made.url}/publication", {"publier": "reseau"}).location.endswith("/accord")
    visit.as_("bruno").send(f"{made.url}/accord")
    with database.system("how widely it is read") as session:
        found = session.scalars(select(Authorship.user_id).where(Authorship.entry_id == made.id).order_by(Authorship.position))
        assert list(found) == [cast.camille.id, cast.bruno.id]
    assert visit.as_("ines").get(made.url).status_code == 200


def test_a_newcomer_is_asked_before_their_recit_is_opened_more_widely(visit, database, cast) -> None:
    made = make_recit(database, cast.camille, TITLE, audience=Audience.COLLECTIF)
    join(visit, made)
    visit.as_("camille").send(f"{made.url}/publication", {"publier": "reseau"})
    assert visit.as_("ines").get(made.url).status_code == 404
    visit.as_("bruno").send(f"{made.url}/accord")
    assert visit.as_("ines").get(made.url).status_code == 200


@pytest.mark.parametrize("goes", ["leaves the récit", "leaves the collectif"])
def test_a_newcomer_who_left_before_the_next_modification_is_never_named(visit, database, cast, goes) -> None:
    made = make_recit(database, cast.camille, TITLE)
    join(visit, made)
    if goes == "leaves the récit":
        assert visit.as_("bruno").send(f"{made.url}/co-auteurs/depart").status_code == 303
    else:
        leave_collectif(database, cast.bruno)
    camille = visit.as_("camille")
    camille.send(f"{made.url}/edition", {"titre": "Le marché corrigé", "base-titre": "0"})
    assert camille.send(f"{made.url}/publication", {"publier": "collectif"}).status_code == 303
    for page in (made.url, "/c/valombre/recits", f"/actions/{made.action_public_id}"):
        assert "Bruno" not in text_of(visit.as_("dora").get(page)), page
    with database.system("the signature") as session:
        assert "Bruno" not in session.scalars(select(Entry.byline).where(Entry.id == made.id)).one()
