"""Puts séances in the base through the acts of their room, each done at its hour: those that are over went through all phases."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.demo.placing import TIMEZONE, Places
from rex.demo.shapes_groups import SeanceData
from rex.seances.actions import choose, deposit, say, take_away
from rex.seances.leading import go_on, keep, write_report
from rex.seances.models import Depot, Seance, SeanceKind, Step
from rex.seances.planning import LONG, Plan, set_seance

SET_BEFORE = timedelta(days=21)  # what a séance of the demonstration is announced before
TO_THE_NEXT = timedelta(days=2)  # the next one leaves time to deposit


def load_ateliers(session: RexSession, places: Places, data: tuple[tuple[str, SeanceData], ...]) -> None:
    """The open meetings of the collectifs, set by who leads them."""
    for slug, one in data:
        load_seance(session, places, places.readers, places.collectifs[slug].id, one)


def load_seance(session: RexSession, places: Places, people: dict[str, Reader], space_id: int, data: SeanceData) -> Seance:
    """Set it, bring the dépôts; when its day is past, go through its phases."""
    starts_at = _starts_at(places, data)
    plan = Plan(
        kind=SeanceKind(data.kind),
        title=data.theme,
        place=data.place,
        agenda=data.agenda,
        preparation=data.preparation,
        starts_at=starts_at,
        minutes=data.minutes,
        opens_at=starts_at,
        facilitator_id=people[data.lead].user_id,
    )
    leads = _then(people[data.lead], starts_at - SET_BEFORE)
    seance = set_seance(session, leads, _seat(leads, space_id), plan)
    seance.created_at = leads.now
    brought = {}
    for depot in data.depots:
        reader = _then(people[depot.by], starts_at - timedelta(days=depot.days_before, hours=-6))
        brought[depot.by] = deposit(session, reader, _seat(reader, space_id), seance, depot.words)
    if data.kept:
        _meet(session, people, seance, data, brought)
    return seance


def _meet(session: RexSession, people: dict[str, Reader], seance: Seance, data: SeanceData, brought: dict[str, Depot]) -> None:
    """Two hours: the choice, the rounds, what each takes away; the compte rendu the day after."""
    clock_hand = seance.starts_at
    for who, whose in data.choices:
        clock_hand += timedelta(minutes=2)
        choose(session, _then(people[who], clock_hand), seance, brought[whose])
    keep(session, _then(people[data.lead], clock_hand), seance, brought[data.kept].public_id)
    for one in data.said:
        clock_hand += timedelta(minutes=5)
        while seance.step.value != one.round:
            go_on(session, _then(people[data.lead], clock_hand), seance, seance.step.value)
        reader = _then(people[one.by], clock_hand)
        if seance.step is Step.GARDER:
            take_away(session, reader, seance, one.words)
        else:
            say(session, reader, _seat(reader, seance.collectif_id), seance, one.words, one.round)
    after = _then(people[data.lead], seance.ends_at + timedelta(hours=20))
    write_report(session, after, seance, data.report, LONG)
    go_on(session, after, seance, Step.GARDER.value)


def _then(reader: Reader, moment: datetime) -> Reader:
    """The person at that instant: the acts of a séance happen at the hour of their reader."""
    then = replace(reader)
    then.__dict__["now"] = moment
    return then


def _seat(reader: Reader, space_id: int) -> MembershipView:
    seat = reader.seat(space_id)
    if seat is None:
        raise LookupError(f"{reader.name} is not there")
    return seat


def _starts_at(places: Places, data: SeanceData) -> datetime:
    """The next such day that leaves time to write, then so many weeks after or before; on the clocks of Valombre."""
    soonest = places.today + TO_THE_NEXT
    day = soonest + timedelta(days=(data.weekday - soonest.weekday()) % 7, weeks=data.weeks)
    return datetime.combine(day, time(data.hour, data.minute), ZoneInfo(TIMEZONE)).astimezone(UTC)
