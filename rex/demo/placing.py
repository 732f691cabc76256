"""What every part of the loading needs: who is who, which entry a key names, when a thing happened, who should know of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rex import clock
from rex.access import MembershipView, Reader
from rex.collectifs.models import NAME_LENGTH, Collectif, College, Service
from rex.db import RexSession
from rex.demo.shapes import working_day
from rex.demo.shapes_together import When
from rex.exchanges.models import Exchange
from rex.journal.models import Authorship, Entry, Recit
from rex.journal.moment_models import What

TIMEZONE = "Europe/Paris"
OFFICES = {College.SERVICE, College.ELU}
A_WHILE = timedelta(minutes=25)  # what answers something comes after it, even when a weekend brought both back to Friday


@dataclass(frozen=True)
class Event:
    """Something that people should know, as the acts of the journal tell it."""

    what: What
    at: datetime
    entry_id: int
    to: tuple[int, ...]
    by: int | None = None
    exchange: Exchange | None = None


@dataclass
class Places:
    """One loading: what was already put in the base, by the keys of the story."""

    session: RexSession
    today: date
    collectifs: dict[str, Collectif] = field(default_factory=dict)
    services: dict[tuple[str, str], Service] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)  # user id → key
    actions: dict[str, int] = field(default_factory=dict)
    recits: dict[str, Recit] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)  # récits and difficulties: what a thread may stand under
    authors: dict[int, tuple[int, ...]] = field(default_factory=dict)  # entry id → user ids
    said: dict[str, Exchange] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def seat(self, key: str, collectif_id: int) -> MembershipView:
        """From where somebody speaks in a space: their place there, else their own."""
        reader = self.readers[key]
        seat = reader.seat(collectif_id) or reader.home
        if seat is None:
            raise LookupError(f"{key} is of no collectif")
        return seat

    def signature(self, key: str, collectif_id: int) -> str:
        """Fonction or service, and the collectif of who comes from another one (as `exchanges.entries.signature_of`)."""
        seat = self.seat(key, collectif_id)
        away = seat.collectif_name if seat.collectif_id != collectif_id else ""
        return ", ".join(filter(None, (seat.title or seat.service_name, away)))[:NAME_LENGTH]

    def sign(self, entry: Entry, key: str, collectif_id: int) -> Authorship:
        """The signature of the only author of an entry, and its byline."""
        seat, reader = self.seat(key, collectif_id), self.readers[key]
        entry.byline = seat.service_name or reader.name
        self.authors[entry.id] = (reader.user_id,)
        return Authorship(
            entry_id=entry.id,
            user_id=reader.user_id,
            position=0,
            service_id=seat.service_id,
            service_name=seat.service_name,
            title=seat.title,
            college=seat.college,
        )

    def at(self, when: When, by: str, after: datetime | None = None) -> datetime:
        """The instant; working days for town halls, and `after` what it answers, never in the future."""
        is_office = not when.any_day and self.readers[by].memberships[0].college in OFFICES
        day = working_day(self.today, when.days_ago) if is_office else self.today - timedelta(days=when.days_ago)
        moment = datetime.combine(day, time(when.hour, when.minute), ZoneInfo(TIMEZONE)).astimezone(UTC)
        return min(max(moment, after + A_WHILE) if after else moment, clock.now())

    def tell(
        self, what: What, at: datetime, entry_id: int, to: Iterable[int], by: str = "", exchange: Exchange | None = None
    ) -> None:
        """Keep for the end that these people should know; whoever did it is left out."""
        actor = self.readers[by].user_id if by else None
        concerned = tuple(sorted(set(to) - {actor}))
        if concerned:
            self.events.append(Event(what, at, entry_id, concerned, actor, exchange))
