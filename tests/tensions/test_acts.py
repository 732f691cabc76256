"""What people do with tensions: who may, what is refused in a sentence, what each act leaves."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from rex import clock
from rex.access import told_tensions
from rex.journal.models import Audience, Entry
from rex.seances.models import Seance, SeanceKind
from rex.tensions import acts
from rex.tensions.acts import Refused
from rex.tensions.models import ActKind, State, TensionProposal, TensionSeance
from rex.tensions.settings import may_curate, set_members_curate
from tests.journal.difficulties import make_passage
from tests.making import make_exchange, make_group, make_recit
from tests.tensions.making import (
    acting,
    acts_of,
    apart,
    balises_of,
    found,
    members,
    name,
    proposals,
    propose,
    take_back,
    tell,
    tell_again,
    tell_one,
)


@pytest.fixture
def told(database, cast):
    """Four difficulties of Camille, told in Valombre."""
    words = ("Le planning change sans prévenir.", "Encore un planning refait.", "Personne ne décide.", "Qui décide, à la fin ?")
    return tell(database, cast.camille, cast.valombre_id, *words)


@pytest.fixture
def ana_at_work(database, cast):
    return lambda: acting(database, cast.ana, cast.valombre_id)


def proposal_of(session, proposal_id):
    return session.scalars(select(TensionProposal).where(TensionProposal.id == proposal_id)).one()


# Naming


def test_naming_makes_a_tension_that_all_members_read(database, cast, told):
    tension = name(database, cast.ana, cast.valombre_id, "  Le planning\n change ", told[0], told[1])
    assert members(database, tension) == [told[0].id, told[1].id]
    with acting(database, cast.jeanne, cast.valombre_id) as (session, reader, _):
        read = found(session, reader, tension)
        assert (read.title, read.audience, read.state, read.byline) == ("Le planning change", Audience.COLLECTIF, None, "")
    with acting(database, cast.ines, cast.orbe_id) as (session, reader, _):
        assert session.scalars(told_tensions(reader)).all() == []
    act = acts_of(database)[-1]
    assert (act.kind, act.actor_id, act.words) == (ActKind.NAMED, cast.ana.id, "Le planning change")


def test_its_balises_are_those_of_half_of_its_difficulties(database, cast):
    told = [
        tell_one(database, cast.camille, cast.valombre_id, "Un", balises=["C1", "E3"]),
        tell_one(database, cast.dora, cast.valombre_id, "Deux", balises=["C1", "V2"]),
        tell_one(database, cast.paul, cast.valombre_id, "Trois", balises=["C1"]),
        tell_one(database, cast.paul, cast.valombre_id, "Quatre"),
    ]
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", *told)
    assert balises_of(database, tension) == ["C1"]
    take_back(database, cast.camille, cast.valombre_id, told[0])
    take_back(database, cast.paul, cast.valombre_id, told[2])
    assert balises_of(database, tension) == ["C1", "V2"], "they follow what is told"
    take_back(database, cast.dora, cast.valombre_id, told[1])
    assert balises_of(database, tension) == []


@pytest.mark.parametrize("title", ["", "   ", "x" * 121, "\u202e\x00"])
def test_a_name_is_needed_and_not_too_long(ana_at_work, told, title):
    with ana_at_work() as (session, reader, seat), pytest.raises(Refused):
        acts.name(session, reader, seat, title, "", [told[0].id])


def test_naming_nothing_is_refused(ana_at_work):
    with ana_at_work() as (session, reader, seat), pytest.raises(Refused, match="au moins une"):
        acts.name(session, reader, seat, "Un nom", "", [])


def test_a_difficulty_taken_back_between_proposal_and_naming_is_refused(database, cast, ana_at_work, told):
    proposal_id = propose(database, cast.valombre_id, *told[:3])
    with ana_at_work() as (session, _, _seat):
        seen = proposal_of(session, proposal_id)
    take_back(database, cast.camille, cast.valombre_id, told[1])
    assert proposals(database) == {}, "the proposal goes with what it was made of"
    with ana_at_work() as (session, reader, seat), pytest.raises(Refused, match="Cette proposition n’est plus là"):
        acts.name(session, reader, seat, "Un nom", "", [one.id for one in told[:3]], seen)
    with ana_at_work() as (session, reader, seat), pytest.raises(Refused, match="reprise par ses auteurs"):
        acts.name(session, reader, seat, "Un nom", "", [one.id for one in told[:3]])


def test_a_difficulty_of_another_tension_is_refused_with_its_name(database, cast, ana_at_work, told):
    name(database, cast.ana, cast.valombre_id, "La première", told[0])
    with ana_at_work() as (session, reader, seat), pytest.raises(Refused, match="déjà dans la tension «\u202fLa première\u202f»"):
        acts.name(session, reader, seat, "La seconde", "", [told[0].id, told[1].id])


def test_a_difficulty_of_another_collectif_of_a_group_or_unknown_is_refused_alike(database, cast, ana_at_work):
    group = make_group(database, cast.ana, cast.camille)
    others = [
        tell_one(database, cast.ines, cast.orbe_id).id,
        tell_one(database, cast.ines, cast.orbe_id, audience=Audience.RESEAU).id,
        tell_one(database, cast.ana, group.id).id,
        987654,
        make_recit(database, cast.camille).id,
    ]
    said = set()
    for one in others:
        with ana_at_work() as (session, reader, seat), pytest.raises(Refused) as refusal:
            acts.name(session, reader, seat, "Un nom", "", [one])
        said.add(str(refusal.value))
    assert len(said) == 1
    assert acts_of(database) == []


def test_a_group_has_no_tension(database, cast):
    group = make_group(database, cast.ana, cast.camille)
    told = tell_one(database, cast.ana, group.id)
    with acting(database, cast.ana, group.id) as (session, reader, seat):
        assert not may_curate(session, seat)
        with pytest.raises(PermissionError):
            acts.name(session, reader, seat, "Un nom", "", [told.id])


def test_the_same_proposal_confirmed_twice_is_one_tension(database, cast, ana_at_work, told):
    proposal_id = propose(database, cast.valombre_id, *told[:2])
    with ana_at_work() as (session, reader, seat):
        proposal = proposal_of(session, proposal_id)
        acts.name(session, reader, seat, "Un nom", "", [told[0].id, told[1].id], proposal)
    with ana_at_work() as (session, reader, seat), pytest.raises(Refused, match="Cette proposition n’est plus là"):
        acts.name(session, reader, seat, "Un nom", "", [told[0].id, told[1].id], proposal)
    assert [act.kind for act in acts_of(database)] == [ActKind.NAMED]


def test_what_is_left_out_of_a_proposal_is_kept_apart(database, cast, ana_at_work, told):
    proposal_id = propose(database, cast.valombre_id, *told[:3])
    with ana_at_work() as (session, reader, seat):
        acts.name(session, reader, seat, "Un nom", "", [told[0].id, told[1].id], proposal_of(session, proposal_id))
    assert apart(database) == {(told[0].id, told[2].id), (told[1].id, told[2].id)}
    assert proposals(database) == {}


# Who


def test_members_do_not_curate_until_the_collectif_says_so(database, cast, told):
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, seat):
        assert not may_curate(session, seat)
        with pytest.raises(PermissionError):
            acts.name(session, reader, seat, "Un nom", "", [told[0].id])
        with pytest.raises(PermissionError):
            set_members_curate(session, seat, allowed=True)
    with acting(database, cast.ana, cast.valombre_id) as (session, _, seat):
        set_members_curate(session, seat, allowed=True)
        set_members_curate(session, seat, allowed=True)
    tension = name(database, cast.camille, cast.valombre_id, "Un nom", told[0])
    assert members(database, tension) == [told[0].id]


def test_any_member_links_and_does_nothing_else(database, cast, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0])
    other = name(database, cast.ana, cast.valombre_id, "Un autre", told[3])
    with acting(database, cast.jeanne, cast.valombre_id) as (session, reader, _):
        one, two = found(session, reader, tension), found(session, reader, other)
        assert acts.link(session, reader, one, told[1].id) is not None
        assert acts.link(session, reader, one, told[1].id) is None, "twice is once"
        for act in (
            lambda: acts.rename(session, reader, one, "Autre"),
            lambda: acts.unlink(session, reader, one, told[1].id),
            lambda: acts.split(session, reader, one, [told[1].id], "Autre"),
            lambda: acts.merge(session, reader, one, two),
            lambda: acts.set_state(session, reader, one, State.CALMED),
        ):
            with pytest.raises(PermissionError):
                act()
    assert members(database, tension) == [told[0].id, told[1].id]


def test_who_is_of_another_collectif_acts_on_none(database, cast, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0])
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        read = found(session, reader, tension)
    with acting(database, cast.ines, cast.orbe_id) as (session, reader, _), pytest.raises(PermissionError):
        acts.link(session, reader, read, told[1].id)


# Linking, unlinking, splitting, merging


def test_linking_what_is_elsewhere_or_gone_is_refused(database, cast, ana_at_work, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0])
    name(database, cast.ana, cast.valombre_id, "Un autre", told[1])
    take_back(database, cast.camille, cast.valombre_id, told[2])
    for one, sentence in ((told[1], "Un autre"), (told[2], "reprise par ses auteurs")):
        with ana_at_work() as (session, reader, _), pytest.raises(Refused, match=sentence):
            acts.link(session, reader, found(session, reader, tension), one.id)


def test_a_passage_of_a_recit_is_linked_and_follows_it(database, cast, told):
    recit = make_recit(database, cast.camille, sections={"faits": "Le planning a changé trois fois. Rien n’était prêt."})
    passage = make_passage(database, cast.camille, recit, "Le planning a changé trois fois.")
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0], passage)
    assert members(database, tension) == sorted([told[0].id, passage.id])


def test_what_is_unlinked_is_kept_apart_and_may_come_back(database, cast, ana_at_work, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", *told[:3])
    with ana_at_work() as (session, reader, _):
        acts.unlink(session, reader, found(session, reader, tension), told[2].id)
    assert members(database, tension) == [told[0].id, told[1].id]
    assert apart(database) == {(told[0].id, told[2].id), (told[1].id, told[2].id)}
    with ana_at_work() as (session, reader, _), pytest.raises(Refused, match="n’est plus dans cette tension"):
        acts.unlink(session, reader, found(session, reader, tension), told[2].id)
    with ana_at_work() as (session, reader, _):
        acts.link(session, reader, found(session, reader, tension), told[2].id)
    assert apart(database) == set(), "what people say last is what they say"


def test_splitting(database, cast, ana_at_work, told):
    tension = name(database, cast.ana, cast.valombre_id, "Le planning", *told)
    with ana_at_work() as (session, reader, _):
        new = acts.split(session, reader, found(session, reader, tension), [told[2].id, told[3].id], "Qui décide")
        new_id = new.id
    assert members(database, tension) == [told[0].id, told[1].id]
    with database.system("the new one") as session:
        title, audience = session.execute(select(Entry.title, Entry.audience).where(Entry.id == new_id)).one()
    assert (title, audience) == ("Qui décide", Audience.COLLECTIF)
    act, born = acts_of(database)[-2:]
    assert (born.kind, born.tension_id, born.words) == (ActKind.NAMED, new_id, "Qui décide")
    assert (act.kind, act.tension_id, json.loads(act.before)) == (
        ActKind.SPLIT, tension.id, {"difficulties": [told[2].id, told[3].id], "new": new_id}
    )  # fmt: skip


@pytest.mark.parametrize("which", ["none", "all", "another"])
def test_splitting_badly_is_refused(database, cast, ana_at_work, told, which):
    tension = name(database, cast.ana, cast.valombre_id, "Le planning", *told[:3])
    ids = {"none": [], "all": [one.id for one in told[:3]], "another": [told[3].id]}[which]
    with ana_at_work() as (session, reader, _), pytest.raises(Refused):
        acts.split(session, reader, found(session, reader, tension), ids, "Autre")


def test_merging_brings_all_under_one(database, cast, ana_at_work, told):
    into = name(database, cast.ana, cast.valombre_id, "La première", told[0])
    other = name(database, cast.ana, cast.valombre_id, "La seconde", told[1], told[2])
    make_exchange(database, cast.jeanne, other.public_id, "Nous le vivons aussi.")
    take_back(database, cast.camille, cast.valombre_id, told[2])
    with ana_at_work() as (session, reader, _):
        acts.merge(session, reader, found(session, reader, into), found(session, reader, other))
    assert members(database, into) == [one.id for one in told[:3]], "what was taken back goes along"
    with acting(database, cast.jeanne, cast.valombre_id) as (session, reader, _):
        assert [one.id for one in session.scalars(told_tensions(reader))] == [into.id]
    with database.system("what is left of the other") as session:
        gone = session.execute(select(Entry.title, Entry.words, Entry.published_at).where(Entry.id == other.id)).one()
    assert tuple(gone) == ("", "", None)
    tell_again(database, cast.camille, cast.valombre_id, told[2])
    assert members(database, into) == [one.id for one in told[:3]]


def test_merging_takes_up_what_is_at_work(database, cast, ana_at_work, told):
    into = name(database, cast.ana, cast.valombre_id, "La première", told[0])
    other = name(database, cast.ana, cast.valombre_id, "La seconde", told[1])
    with ana_at_work() as (session, reader, _):
        acts.set_state(session, reader, found(session, reader, other), State.AT_WORK)
    with ana_at_work() as (session, reader, _):
        acts.merge(session, reader, found(session, reader, into), found(session, reader, other))
    with ana_at_work() as (session, reader, _):
        assert found(session, reader, into).state is State.AT_WORK


def test_merging_badly_is_refused(database, cast, ana_at_work, told):
    into = name(database, cast.ana, cast.valombre_id, "La première", told[0])
    other = name(database, cast.ana, cast.valombre_id, "La seconde", told[1])
    with ana_at_work() as (session, reader, _), pytest.raises(Refused):
        acts.merge(session, reader, found(session, reader, into), found(session, reader, into))
    with ana_at_work() as (session, reader, _):
        gone = found(session, reader, other)
        acts.merge(session, reader, found(session, reader, into), gone)
    with ana_at_work() as (session, reader, _), pytest.raises(Refused, match="n’est plus là"):
        acts.merge(session, reader, found(session, reader, into), gone)
    with ana_at_work() as (session, reader, _), pytest.raises(Refused, match="n’est plus là"):
        acts.link(session, reader, gone, told[2].id)


# Proposals


def test_what_is_set_aside_is_kept_apart_and_proposed_no_more(database, cast, ana_at_work, told):
    proposal_id = propose(database, cast.valombre_id, *told[:3])
    with ana_at_work() as (session, reader, _):
        acts.set_aside(session, reader, proposal_of(session, proposal_id))
    ids = [one.id for one in told[:3]]
    assert apart(database) == {(ids[0], ids[1]), (ids[0], ids[2]), (ids[1], ids[2])}
    assert proposals(database) == {}


def test_joining_a_tension(database, cast, ana_at_work, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0])
    proposal_id = propose(database, cast.valombre_id, told[1], told[2], tension=tension)
    with ana_at_work() as (session, reader, _):
        acts.join(session, reader, proposal_of(session, proposal_id), [told[1].id])
    assert members(database, tension) == [told[0].id, told[1].id]
    assert apart(database) == {(told[0].id, told[2].id)}
    assert proposals(database) == {}


def test_setting_aside_what_a_tension_was_offered(database, cast, ana_at_work, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0])
    proposal_id = propose(database, cast.valombre_id, told[1], told[2], tension=tension)
    with ana_at_work() as (session, reader, _):
        acts.set_aside(session, reader, proposal_of(session, proposal_id))
    assert apart(database) == {(told[0].id, told[1].id), (told[0].id, told[2].id)}


def test_renaming(database, cast, ana_at_work, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0])
    with ana_at_work() as (session, reader, _):
        read = found(session, reader, tension)
        assert acts.rename(session, reader, read, "Un nom", "") is False
        assert acts.rename(session, reader, read, "Un autre nom", "Ce qui revient.") is True
    with ana_at_work() as (session, reader, _):
        read = found(session, reader, tension)
        assert (read.title, read.words, read.excerpt) == ("Un autre nom", "Ce qui revient.", "Ce qui revient.")
    assert acts_of(database)[-1].words == "Un nom"


# Where it stands


def test_a_new_occurrence_brings_back_what_was_calmed(database, cast, ana_at_work, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0])
    with ana_at_work() as (session, reader, _):
        read = found(session, reader, tension)
        assert acts.set_state(session, reader, read, State.CALMED) is not None
        assert acts.set_state(session, reader, read, State.CALMED) is None
        acts.link(session, reader, read, told[1].id)
        assert found(session, reader, tension).state is State.CALMED, "an older difficulty is no new occurrence"
    new = tell_one(database, cast.dora, cast.valombre_id, "Le planning a encore changé.")
    with acting(database, cast.dora, cast.valombre_id) as (session, reader, _):
        acts.link(session, reader, found(session, reader, tension), new.id)
    with ana_at_work() as (session, reader, _):
        assert found(session, reader, tension).state is None
    last = acts_of(database)[-1]
    assert (last.kind, last.actor_id, last.tension_id) == (ActKind.REAPPEARED, None, tension.id)


def test_what_is_at_work_stays_at_work(database, cast, ana_at_work, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0])
    with ana_at_work() as (session, reader, _):
        acts.set_state(session, reader, found(session, reader, tension), State.AT_WORK, "On en parle lundi.")
    new = tell_one(database, cast.dora, cast.valombre_id, "Le planning a encore changé.")
    with ana_at_work() as (session, reader, _):
        acts.link(session, reader, found(session, reader, tension), new.id)
        assert found(session, reader, tension).state is State.AT_WORK
        acts.set_state(session, reader, found(session, reader, tension), None)
        assert found(session, reader, tension).state is None
    assert [act.kind for act in acts_of(database)][-3:] == [ActKind.AT_WORK, ActKind.LINKED, ActKind.REOPENED]


def test_a_seance_of_another_place_is_refused(database, cast, ana_at_work, told):
    tension = name(database, cast.ana, cast.valombre_id, "Un nom", told[0])
    with database.system("two séances", write=True) as session:
        ids = []
        for collectif_id in (cast.valombre_id, cast.orbe_id):
            day = clock.now() + timedelta(days=3)
            when = {"starts_at": day, "minutes": 60, "opens_at": day}
            seance = Seance(collectif_id=collectif_id, kind=SeanceKind.ATELIER, title="Le planning", **when)
            session.add(seance)
            session.flush()
            ids.append(seance.id)
    with ana_at_work() as (session, reader, _), pytest.raises(Refused, match="séance"):
        acts.set_state(session, reader, found(session, reader, tension), State.AT_WORK, seance_id=ids[1])
    with ana_at_work() as (session, reader, _):
        acts.set_state(session, reader, found(session, reader, tension), State.AT_WORK, seance_id=ids[0])
        acts.set_state(session, reader, found(session, reader, tension), State.AT_WORK, seance_id=ids[0])
        assert session.scalars(select(TensionSeance.seance_id)).all() == [ids[0]]
