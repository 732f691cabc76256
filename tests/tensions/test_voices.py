"""Whose voices a tension has: numbers and places, never who; what each reader reads, and nothing of a service of few."""

from datetime import timedelta

from sqlalchemy import select

from rex import clock
from rex.collectifs.models import College, Membership, ServiceKind
from rex.journal.models import Audience, Authorship
from rex.tensions.naming import OTHERS, NamedServices
from rex.tensions.voices import voices_among, voices_of
from rex.tensions.writers import Written
from tests.journal.difficulties import make_echo
from tests.making import make_group
from tests.tensions.making import acting, name, take_back, tell, tell_again, tell_one


def voices(database, person, collectif_id, tension):
    with acting(database, person, collectif_id) as (session, reader, _):
        return voices_of(session, reader, [tension.id]).get(tension.id)


def test_people_services_and_months_are_counted(database, cast):
    before = clock.now() - timedelta(days=70)
    told = [
        tell_one(database, cast.camille, cast.valombre_id, at=before),
        tell_one(database, cast.camille, cast.valombre_id),
        tell_one(database, cast.dora, cast.valombre_id),
        tell_one(database, cast.paul, cast.valombre_id, audience=Audience.RESEAU),
    ]
    tension = name(database, cast.ana, cast.valombre_id, "Priorités qui changent", *told)
    found = voices(database, cast.bruno, cast.valombre_id, tension)
    assert found is not None
    assert (found.difficulties, found.people, found.service_count, found.months) == (4, 3, 2, 2)
    assert found.colleges == (College.ELU, College.SERVICE)
    assert found.since == before and found.last > before
    assert found.is_recurring


def test_what_was_taken_back_is_not_counted_and_comes_back(database, cast):
    told = [tell_one(database, one, cast.valombre_id) for one in (cast.camille, cast.dora, cast.jeanne)]
    tension = name(database, cast.ana, cast.valombre_id, "Priorités", *told)
    take_back(database, cast.dora, cast.valombre_id, told[1])
    fewer = voices(database, cast.ana, cast.valombre_id, tension)
    assert fewer is not None and (fewer.difficulties, fewer.people, fewer.is_recurring) == (2, 2, False)
    tell_again(database, cast.dora, cast.valombre_id, told[1])
    again = voices(database, cast.ana, cast.valombre_id, tension)
    assert again is not None and (again.difficulties, again.is_recurring) == (3, True)


def test_a_tension_of_which_all_was_taken_back_has_no_voice(database, cast):
    told = tell_one(database, cast.camille, cast.valombre_id)
    tension = name(database, cast.ana, cast.valombre_id, "Priorités", told)
    take_back(database, cast.camille, cast.valombre_id, told)
    assert voices(database, cast.ana, cast.valombre_id, tension) is None


def test_another_collectif_reads_no_voice(database, cast):
    told = tell_one(database, cast.camille, cast.valombre_id, audience=Audience.RESEAU)
    tension = name(database, cast.ana, cast.valombre_id, "Priorités", told)
    assert voices(database, cast.ines, cast.orbe_id, tension) is None


def test_difficulties_of_a_group_have_no_voice(database, cast):
    group = make_group(database, cast.camille, cast.dora)
    told = tell_one(database, cast.camille, group.id)
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        assert voices_among(session, reader, {"a": [told.id]}) == {}


def test_an_empty_or_unknown_list_is_no_voice(database, cast):
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        assert voices_of(session, reader, []) == {} and voices_of(session, reader, [987654]) == {}
        assert voices_among(session, reader, {"a": []}) == {}


def test_a_service_of_few_writers_is_not_named(database, cast):
    told = [tell_one(database, cast.camille, cast.valombre_id), tell_one(database, cast.bruno, cast.valombre_id)]
    tension = name(database, cast.ana, cast.valombre_id, "Priorités", *told)
    found = voices(database, cast.ana, cast.valombre_id, tension)
    assert found is not None and (found.services, found.service_count) == ((), 1)
    with database.system("dora moves to the Voirie", write=True) as session:
        seat = session.scalars(select(Membership).where(Membership.user_id == cast.dora.id)).one()
        seat.service_id = cast.service_ids["Voirie"]
    tell_one(database, cast.dora, cast.valombre_id, "Tout autre chose.")
    found = voices(database, cast.ana, cast.valombre_id, tension)
    assert found is not None and found.services == ("Voirie",)


def test_drafts_and_what_is_said_in_groups_make_no_writer_of_a_service(database, cast):
    told = [tell_one(database, cast.camille, cast.valombre_id), tell_one(database, cast.bruno, cast.valombre_id)]
    tension = name(database, cast.ana, cast.valombre_id, "Priorités", *told)
    with database.system("dora moves to the Voirie", write=True) as session:
        session.scalars(select(Membership).where(Membership.user_id == cast.dora.id)).one().service_id = cast.service_ids["Voirie"]
    group = make_group(database, cast.dora, cast.camille)
    tell_one(database, cast.dora, group.id)
    unread = tell_one(database, cast.dora, cast.valombre_id, "Reprise aussitôt.")
    take_back(database, cast.dora, cast.valombre_id, unread)
    found = voices(database, cast.ana, cast.valombre_id, tension)
    assert found is not None and found.services == ()


def test_small_services_are_merged_from_two_on():
    nobody, voirie = NamedServices(()), NamedServices((Written(3, "p" * 16, "Voirie", ServiceKind.SERVICE, 3),), frozenset((1, 2)))
    assert nobody.among([1]) == ()
    assert nobody.among([1, 2]) == (OTHERS,)
    assert voirie.among([1, 2, 3]) == ("Voirie", OTHERS)
    assert voirie.among([1, 3]) == ("Voirie",)
    assert voirie.among(["Un service parti", 3]) == ("Voirie",)
    assert voirie.among(["Un service parti", 1, 3]) == ("Voirie", OTHERS)


def test_who_lives_it_too_is_a_voice_and_no_difficulty(database, cast):
    told = tell_one(database, cast.camille, cast.valombre_id)
    tension = name(database, cast.ana, cast.valombre_id, "Priorités", told)
    make_echo(database, cast.dora, told)
    found = voices(database, cast.ana, cast.valombre_id, tension)
    assert found is not None and (found.difficulties, found.people, found.service_count) == (1, 2, 2)


def test_people_who_left_are_voices_by_the_place_from_which_they_spoke(database, cast):
    told = [tell_one(database, one, cast.valombre_id) for one in (cast.camille, cast.bruno, cast.dora)]
    tension = name(database, cast.ana, cast.valombre_id, "Priorités", *told)
    with database.system("two accounts end", write=True) as session:
        for row in session.scalars(select(Authorship).where(Authorship.user_id.in_([cast.camille.id, cast.dora.id]))):
            row.user_id = None
    found = voices(database, cast.ana, cast.valombre_id, tension)
    assert found is not None and found.people == 3


def test_the_number_of_statements_does_not_grow(database, cast, count_statements):
    def counted(*tensions):
        with acting(database, cast.ana, cast.valombre_id) as (session, reader, _), count_statements() as seen:
            voices_of(session, reader, [one.id for one in tensions])
            return len(seen)

    several = [
        name(database, cast.ana, cast.valombre_id, f"Tension {rank}", *tell(database, cast.camille, cast.valombre_id, "Un", "Deux"))
        for rank in range(4)
    ]
    assert counted(several[0]) == counted(*several) <= 4


def test_how_many_people_speak_in_one_place_alone_is_not_said_when_it_is_not_named(database, cast):
    """Nor of who speaks from no service, when too few ever did: the service that is told with them would be told from them."""

    def told_by(*people):
        told = [tell_one(database, one, cast.valombre_id) for one in people]
        found = voices(database, cast.ana, cast.valombre_id, name(database, cast.ana, cast.valombre_id, "Priorités", *told))
        assert found is not None
        return found

    assert told_by(cast.camille).is_of_one_unnamed
    assert told_by(cast.paul).is_of_one_unnamed, "the only one who ever wrote from no service"
    assert not told_by(cast.camille, cast.dora).is_of_one_unnamed
    with database.system("two more leave their service", write=True) as session:
        seats = session.scalars(select(Membership).where(Membership.user_id.in_((cast.bruno.id, cast.jeanne.id))))
        for seat in seats.all():
            seat.service_id = None
    assert not told_by(cast.paul, cast.bruno, cast.jeanne).is_of_one_unnamed
