"""When letters leave: at an hour of the clocks of the collectif, whatever summer time does to it.

A letter is composed some days before, so that somebody may read it again: what happens in between is for the next one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rex import clock
from rex.digests.models import DigestSettings, Rhythm

LABELS = {
    Rhythm.WEEKLY: "Chaque semaine",
    Rhythm.FORTNIGHTLY: "Toutes les deux semaines",
    Rhythm.MONTHLY: "Chaque mois",
    Rhythm.QUARTERLY: "Chaque trimestre",
    Rhythm.NEVER: "Pas de lettre",
}
# How long before it leaves a letter is composed.
LEADS = {
    Rhythm.WEEKLY: timedelta(days=2),
    Rhythm.FORTNIGHTLY: timedelta(days=3),
    Rhythm.MONTHLY: timedelta(days=5),
    Rhythm.QUARTERLY: timedelta(days=7),
    Rhythm.NEVER: timedelta(),
}
# About how long a letter tells of: for one that nobody set a rhythm for, and to say which séances come before the next one.
SPANS = {
    Rhythm.WEEKLY: timedelta(days=7),
    Rhythm.FORTNIGHTLY: timedelta(days=14),
    Rhythm.MONTHLY: timedelta(days=31),
    Rhythm.QUARTERLY: timedelta(days=92),
    Rhythm.NEVER: timedelta(days=31),
}
TOO_LATE = 0.25  # of the time between two letters
_WEEK = timedelta(days=7)


def next_due(settings: DigestSettings, zone: str, after: datetime) -> datetime | None:
    """The first instant after `after` at which a letter leaves; None when none ever does."""
    if settings.rhythm is Rhythm.NEVER:
        return None
    local = clock.local(after, zone).date()
    if settings.rhythm in (Rhythm.WEEKLY, Rhythm.FORTNIGHTLY):
        return _next_of_weeks(settings, zone, after, local)
    step = 1 if settings.rhythm is Rhythm.MONTHLY else 3
    month = clock.months_after(local, 0) if step == 1 else clock.months_after(local, -((local.month - 1) % 3))
    while True:
        due = at_hour(_first(settings.weekday, month), settings.hour, zone)
        if due > after:
            return due
        month = clock.months_after(month, step)


def lead_of(settings: DigestSettings, *, is_group: bool) -> timedelta:
    """How long before it leaves a letter is composed: that of a group, which nobody edits, as it leaves."""
    return timedelta() if is_group else LEADS[settings.rhythm]


def start_over(settings: DigestSettings, *, is_group: bool) -> None:
    """After the rhythm, the day or the hour changed: the next letter is the first that there is time to compose, and none leaves at
    once for an hour that is over."""
    now = clock.now()
    settings.done_until = max(settings.done_until or now, now + lead_of(settings, is_group=is_group))


def keep_hour(settings: DigestSettings, due: datetime) -> None:
    """A letter composed for this hour left now, sent by somebody. Sent well ahead, the hour stays: it has a letter of its own."""
    ahead = max(SPANS[settings.rhythm] * TOO_LATE, LEADS[settings.rhythm])
    if settings.done_until == due and due - clock.now() > ahead:
        settings.done_until = due - timedelta(seconds=1)


def at_hour(day: date, hour: int, zone: str) -> datetime:
    """This hour of a local day, in UTC. An hour that the clocks skip is the one after; of one that they show twice, the first."""
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def _next_of_weeks(settings: DigestSettings, zone: str, after: datetime, local: date) -> datetime:
    """Every second week is counted from the first such day after the letter was set."""
    day = _first(settings.weekday, local)
    if settings.rhythm is Rhythm.FORTNIGHTLY:
        anchor = _first(settings.weekday, clock.local(settings.set_at, zone).date())
        if ((day - anchor) // _WEEK) % 2:
            day += _WEEK
    while (due := at_hour(day, settings.hour, zone)) <= after:
        day += _WEEK if settings.rhythm is Rhythm.WEEKLY else 2 * _WEEK
    return due


def _first(weekday: int, since: date) -> date:
    """The first such day of the week on or after this day."""
    return since + timedelta(days=(weekday - since.weekday()) % 7)
