"""What becomes of tensions and letters when somebody leaves: what they wrote is theirs to take, and nothing says who it was."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from rex import clock
from rex.collectifs.group_models import PeerGroup
from rex.collectifs.models import Membership
from rex.departures.renaming import follow_name
from rex.digests.models import Digest, DigestItem, DigestLink, DigestQuote, DigestRefusal, DigestState, Rubric
from rex.digests.recipients import set_choice
from rex.digests.unsubscribing import new_link
from rex.peer_groups.settling import leave_now
from rex.tensions import saying
from rex.tensions.forms import Tried, TypedArbitrage, TypedParty
from rex.tensions.models import Arbitrage, ArbitrageParty, Tension, TensionAct, TensionLink, TensionSettings, TensionTrial
from tests.cast import PASSWORD
from tests.departures.lives import NAME, lived
from tests.departures.test_deleting import GOES, STAYS, asks, seven_days_later
from tests.departures.test_own_data import entered, taken
from tests.house.raw_bytes import rows_as_they_lie
from tests.making import make_group
from tests.tensions.making import acting, found, name, tell_one

TOLD = {"trial": "tentabrouille", "arbitrage": "arbibrouille", "party": "partibrouille", "edito": "editobrouille",
        "name": "nommabrouille"}


@pytest.fixture
def life(database, cast):
    """She named a tension, said what was tried, decided, wrote an édito; a letter signs what it quotes of hers with her name."""
    life = lived(database, cast)
    with database.system("any member curates", write=True) as session:
        session.add(TensionSettings(collectif_id=cast.valombre_id, members_curate=True))
    here = tell_one(database, cast.bruno, cast.valombre_id, "Le plan arrive fini chaque fois.")
    tension = name(database, life.her, cast.valombre_id, f"Une {TOLD['name']}", here)
    with acting(database, life.her, cast.valombre_id) as (session, reader, seat):
        one = found(session, reader, tension)
        saying.add_trial(session, reader, seat, one, Tried(f"On a essayé {TOLD['trial']}.", ""))
        party = TypedParty("Voirie", f"Tenir {TOLD['party']}", "")
        typed = TypedArbitrage(f"Il est décidé {TOLD['arbitrage']}.", clock.today("Europe/Paris").isoformat(), (party,))
        saying.decide(session, reader, seat, one, typed)
    with database.system("a letter", write=True) as session:
        at = clock.now() - timedelta(days=1)
        letter = Digest(
            collectif_id=cast.valombre_id, state=DigestState.PUBLISHED, number=1, edito=f"Un mot {TOLD['edito']}.",
            edito_by_id=life.her.id, published_by_id=life.her.id, since=at, until=at, due_at=at, published_at=at, is_posted=True,
        )  # fmt: skip
        session.add(letter)
        session.flush()
        item = DigestItem(
            digest_id=letter.id, rubric=Rubric.RECITS, position=0, entry_id=life.alone.id, words=f"Raconté par {NAME}.",
            edited_by_id=life.her.id,
        )  # fmt: skip
        session.add(item)
        session.flush()
        quote = {"entry_id": life.alone.id, "position": 0, "words": "J’ai vu", "signature": NAME}
        session.add(DigestQuote(item_id=item.id, **quote))
    return life


def test_all_of_it_is_in_her_archive(app, database, cast, life):
    with database.system("no letter by mail", write=True) as session:
        set_choice(session, life.her.id, cast.valombre_id, receives_it=False)
    files = taken(entered(app, life.her))
    places = {
        "trial": "essais", "arbitrage": "arbitrages", "party": "arbitrages", "edito": "editos", "name": "tensions"
    }  # fmt: skip
    for what, file in places.items():
        assert TOLD[what] in files[f"journal-valombre/{file}.json"], what
        assert TOLD[what] in files[f"journal-valombre/{file}.md"], what
    assert '"sans la lettre par e-mail": true' in files["compte/places.json"]
    theirs = "".join(taken(entered(app, cast.bruno)).values())
    assert [what for what, words in TOLD.items() if words in theirs] == []


def test_leaving_ends_what_she_wanted_of_the_letters(app, database, cast, visit):
    group = make_group(database, cast.camille, cast.dora, cast.noor)
    with database.system("she wants none of these letters", write=True) as session:
        for space in (cast.valombre_id, cast.orbe_id, group.id):
            set_choice(session, cast.noor.id, space, receives_it=False)
            new_link(session, cast.noor.id, space)
        set_choice(session, cast.bruno.id, cast.valombre_id, receives_it=False)

    def left() -> set[tuple[int, int]]:
        with database.system("what is kept") as session:
            links = set(session.execute(select(DigestLink.user_id, DigestLink.collectif_id)).all())
            assert {tuple(row) for row in links} <= refused(session)
            return refused(session)

    def refused(session) -> set[tuple[int, int]]:
        return {tuple(row) for row in session.execute(select(DigestRefusal.user_id, DigestRefusal.collectif_id))}

    noor, bruno = cast.noor.id, (cast.bruno.id, cast.valombre_id)
    assert left() == {(noor, cast.valombre_id), (noor, cast.orbe_id), (noor, group.id), bruno}
    assert visit.as_("noor").send("/c/valombre/quitter", {"current_password": PASSWORD}).status_code == 303
    assert left() == {(noor, cast.orbe_id), (noor, group.id), bruno}
    with database.system("she leaves the group", write=True) as session:
        leave_now(session, session.scalars(select(PeerGroup).where(PeerGroup.id == group.id)).one(), noor)
    assert left() == {(noor, cast.orbe_id), bruno}
    with database.system("her place") as session:
        assert session.scalars(select(Membership.id).where(Membership.user_id == noor, Membership.ended_at.is_(None))).all()


@pytest.mark.parametrize("choice", [STAYS, GOES], ids=["stays", "goes"])
def test_an_account_that_goes_leaves_what_was_decided_and_no_name(app, database, cast, life, choice):
    asks(entered(app, life.her), choice)
    seven_days_later(app)
    with database.system("what stays") as session:
        trials = session.scalars(select(TensionTrial)).all()
        assert [(TOLD["trial"] in one.words, one.author_id) for one in trials] == ([(True, None)] if choice is STAYS else [])
        (arbitrage,) = session.scalars(select(Arbitrage)).all()
        assert TOLD["arbitrage"] in arbitrage.decided and arbitrage.author_id is None
        assert session.scalars(select(ArbitrageParty.enjeu)).one() == f"Tenir {TOLD['party']}"
        assert session.scalars(select(Tension.title)).one() == f"Une {TOLD['name']}", "its name is everybody's"
        assert set(session.scalars(select(TensionAct.actor_id))) == set(session.scalars(select(TensionLink.linked_by_id))) == {None}
        (letter,) = session.scalars(select(Digest)).all()
        assert (letter.edito_by_id, letter.published_by_id) == (None, None) and TOLD["edito"] in letter.edito
        signatures, words = session.scalars(select(DigestQuote.signature)).all(), session.scalars(select(DigestItem.words)).all()
        assert (signatures, words) == ((["une personne"], ["Raconté par une personne."]) if choice is STAYS else ([], []))
    assert [where for where, row in dict(rows_as_they_lie(database)).items() if NAME in repr(row)] == []


def test_letters_follow_a_name_that_changes(database, life):
    with database.system("she bears another name", write=True) as session:
        follow_name(session, life.her.id, NAME, "Zoé Autrement")
    with database.system("what letters say") as session:
        assert session.scalars(select(DigestQuote.signature)).all() == ["Zoé Autrement"]
        assert session.scalars(select(DigestItem.words)).all() == ["Raconté par Zoé Autrement."]
