"""Puts tensions in the base through the acts that people use, then gives each act its date; apart, what the grouping proposes."""

from datetime import datetime

from sqlalchemy import func, select, update

from rex.access import MembershipView, Reader
from rex.collectifs.models import Collectif
from rex.db import Database, RexSession
from rex.demo.loading_seances import load_seance
from rex.demo.loading_threads import load_threads
from rex.demo.placing import Places
from rex.demo.shapes_tensions import ArbitrageData, LinkData, Recurring, StateData, Step, TensionData, TrialData
from rex.tensions import acts, own_ideas, saying
from rex.tensions.computing import compute
from rex.tensions.forms import Tried, TypedArbitrage, TypedParty
from rex.tensions.models import State, TensionAct, TensionLink


def load_tensions(session: RexSession, places: Places, data: Recurring) -> None:
    """What people named and did, then what they wrote under it, and the proposals of the grouping that nobody has read again."""
    for one in sorted(data.tensions, key=lambda one: -one.named.days_ago):
        _Life(session, places, one).live()
    for slug, words in data.ideas:
        reader, seat = _animateur(places, places.collectifs[slug].id)
        own_ideas.add(session, reader, seat, words).created_at = places.collectifs[slug].created_at
    session.flush()
    load_threads(session, places, data.threads)


def propose(database: Database) -> None:
    """What the grouping brings together of the rest, which nobody has read again."""
    with database.system("the collectifs of the demonstration") as session:
        ids = session.scalars(select(Collectif.id).where(Collectif.is_demo).order_by(Collectif.id)).all()
    for collectif_id in ids:
        compute(database, collectif_id, at_once=True)


class _Life:
    """One tension: each act is done now, then dated."""

    def __init__(self, session: RexSession, places: Places, data: TensionData) -> None:
        self.session, self.places, self.data = session, places, data
        self.collectif_id = places.collectifs[data.collectif].id
        self.last = self._last_act()

    def live(self) -> None:
        places, data = self.places, self.data
        reader, seat = self._who(data.by)
        named = places.at(data.named, data.by, self._told(*data.difficulties))
        ids = [places.entries[key].id for key in data.difficulties]
        self.tension = acts.name(self.session, reader, seat, data.title, data.words, ids)
        self.tension.created_at = self.tension.published_at = named
        places.entries[data.key] = self.tension
        places.authors[self.tension.id] = ()
        self._date(named, ids)
        for step in data.life:
            self._take(step)
        self.session.flush()

    def _take(self, step: Step) -> None:
        reader, seat = self._who(step.by)
        after = self._told(step.difficulty) if isinstance(step, LinkData) else self.tension.published_at
        moment = self.places.at(step.when, step.by, after)
        match step:
            case LinkData():
                difficulty_id = self.places.entries[step.difficulty].id
                acts.link(self.session, reader, self.tension, difficulty_id)
                self._date(moment, [difficulty_id])
            case StateData():
                self._state(reader, step)
                self._date(moment, ())
            case TrialData():
                trial = saying.add_trial(self.session, reader, seat, self.tension, Tried(step.words, step.outcome))
                trial.created_at = moment
                trial.outcome_at = self.places.at(step.gave, step.by, moment) if step.gave else None
            case ArbitrageData():
                self._decide(reader, seat, step, moment)
                self._date(moment, ())
        self.session.flush()

    def _state(self, reader: Reader, step: StateData) -> None:
        seance_id = None
        if step.seance is not None:
            seance_id = load_seance(self.session, self.places, self.places.readers, self.collectif_id, step.seance).id
        acts.set_state(self.session, reader, self.tension, State(step.state), step.words, seance_id)

    def _decide(self, reader: Reader, seat: MembershipView, step: ArbitrageData, moment: datetime) -> None:
        parties = tuple(TypedParty(party.name, party.enjeu, party.effort) for party in step.parties)
        typed = TypedArbitrage(step.decided, moment.date().isoformat(), parties)
        saying.decide(self.session, reader, seat, self.tension, typed).created_at = moment

    def _date(self, moment: datetime, difficulty_ids: list[int] | tuple[int, ...]) -> None:
        """What was just done was done then."""
        new = update(TensionAct).where(TensionAct.id > self.last)
        self.session.execute(new.values(at=moment).execution_options(synchronize_session=False))
        links = update(TensionLink).where(TensionLink.tension_id == self.tension.id, TensionLink.difficulty_id.in_(difficulty_ids))
        self.session.execute(links.values(linked_at=moment).execution_options(synchronize_session=False))
        self.session.flush()
        self.session.refresh(self.tension)
        if self.tension.state_at is not None and self.tension.state_at > moment:  # said just now; what was said before is dated
            self.tension.state_at = moment
        self.last = self._last_act()
        self.session.flush()

    def _last_act(self) -> int:
        return self.session.scalar(select(func.max(TensionAct.id))) or 0

    def _told(self, *keys: str) -> datetime:
        """When the last of these difficulties was told."""
        told = [self.places.entries[key].published_at for key in keys]
        return max(at for at in told if at is not None)

    def _who(self, key: str) -> tuple[Reader, MembershipView]:
        return self.places.readers[key], self.places.seat(key, self.collectif_id)


def _animateur(places: Places, collectif_id: int) -> tuple[Reader, MembershipView]:
    for reader in places.readers.values():
        seat = reader.seat(collectif_id)
        if seat is not None and seat.is_animateur:
            return reader, seat
    raise LookupError("a collectif that nobody looks after")
