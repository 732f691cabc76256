"""Puts the demonstration in a base through the acts that people use, then gives each act its date."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from rex import clock
from rex.access import Reader
from rex.collectifs.models import Collectif, College, Credential, Membership, Role, Service, ServiceKind, User
from rex.collectifs.passwords import hash_password
from rex.db import Database, RexSession
from rex.demo import ACTIONS, ATELIERS, COLLECTIFS, GROUPS, PEOPLE, RECITS, RECURRING, TOGETHER
from rex.demo.lettre import LETTER
from rex.demo.loading import seat_of, show_picture, wording_of
from rex.demo.loading_around import load_asked, load_notes, load_notices, load_reports, load_rereadings, tell_other_recits
from rex.demo.loading_groups import load_groups
from rex.demo.loading_letters import load_letters
from rex.demo.loading_seances import load_ateliers
from rex.demo.loading_tensions import load_tensions, propose
from rex.demo.loading_threads import load_threads
from rex.demo.loading_trends import load_trends
from rex.demo.loading_words import load_difficulties, load_thanks
from rex.demo.placing import TIMEZONE, Places
from rex.demo.shapes import MARK, CollectifData, PersonData, RecitData, working_day
from rex.journal import drafts, publishing
from rex.journal.models import Action, Audience, Authorship, Draft, DraftText, Recit, Revision, Stance
from rex.referentiel.models import OwnBalise
from rex.ticker import Lease

PASSWORD = "demo-rex-2026"
SIGN_INS = ("agent@demo.rex", "dgs@demo.rex", "animation@demo.rex", "elue@demo.rex", "admin@demo.rex")
BEGAN = timedelta(days=400)  # the journal is a little older than its first récit


def is_loadable(database: Database) -> bool:
    """Whether the base is empty and was never used: nobody ever came in, no demonstration was ever put here."""
    with database.system("whether the base was ever used") as session:
        people = session.scalar(select(func.count()).select_from(User)) or 0
        collectifs = session.scalar(select(func.count()).select_from(Collectif)) or 0
        return people + collectifs == 0 and session.get(Lease, MARK) is None


def begin_without(database: Database) -> None:
    """Remember that this base was begun empty: the demonstration, whose password is known, never comes by surprise."""
    with suppress(IntegrityError), database.system("this base begins without a demonstration", write=True) as session:
        if session.get(Lease, MARK) is None:  # two that start at once both find none: one writes it
            session.add(Lease(name=MARK, holder="sans"))


def load(database: Database, *, quick: bool = False) -> bool:
    """Put the story in the base; False when another start has just done it. `quick`: cheap hashes, for tests."""
    keys: list[str] = []
    try:
        with database.system("load the demonstration", write=True) as session:
            session.add(Lease(name=MARK, holder="chargée"))
            session.flush()
            _Loader(session, keys).load(hash_password(PASSWORD, quick=quick))
    except IntegrityError:
        _forget_keys(database, keys)
        if is_loadable(database):
            raise
        return False
    except BaseException:
        _forget_keys(database, keys)
        raise
    propose(database)
    load_letters(database, LETTER)
    return True


def _forget_keys(database: Database, keys: list[str]) -> None:
    for key in keys:
        database.keyring.destroy(key)


class _Loader:
    """One loading: who and what was already put in the base, by their keys in the story."""

    def __init__(self, session: RexSession, keys: list[str]) -> None:
        self.session = session
        self.keys = keys
        self.today: date = clock.today(TIMEZONE)
        self.places = Places(session, self.today)
        self.collectifs, self.services = self.places.collectifs, self.places.services
        self.readers, self.actions = self.places.readers, self.places.actions
        self.own_codes: dict[tuple[str, str], str] = {}

    def load(self, password_hash: str) -> None:
        """Put everything in; everybody gets the same password, so that one can also try as a co-author."""
        for collectif in COLLECTIFS:
            self._collectif(collectif)
        for person in PEOPLE:
            self._person(person, password_hash)
        for recit in sorted(RECITS, key=lambda r: -r.days_ago):
            self._recit(recit)
        self._together()

    def _together(self) -> None:
        """What people add to the récits, then what they should know of it."""
        session, places = self.session, self.places
        load_difficulties(session, places, TOGETHER.difficulties)
        load_thanks(session, places, TOGETHER.thanks)
        load_threads(session, places, TOGETHER.threads)
        load_notes(session, places, TOGETHER.notes)
        load_rereadings(session, places, TOGETHER.rereadings)
        load_asked(session, places, TOGETHER.asked)
        load_reports(session, places, TOGETHER.reports)
        tell_other_recits(places)
        load_groups(session, places, GROUPS, self.keys)
        load_ateliers(session, places, ATELIERS)
        load_tensions(session, places, RECURRING)
        load_trends(session, places)
        load_notices(session, places)

    def _collectif(self, data: CollectifData) -> None:
        began = clock.now() - BEGAN
        collectif = Collectif(slug=data.slug, name=data.name, about=data.about, is_demo=True)
        collectif.timezone, collectif.created_at = TIMEZONE, began
        self.session.add(collectif)
        self.session.flush()
        self.session.keyring.create(collectif.key_name)
        self.keys.append(collectif.key_name)
        self.collectifs[data.slug] = collectif
        for body in data.services:
            service = Service(collectif_id=collectif.id, kind=ServiceKind(body.kind))
            service.rename(body.name)
            self.session.add(service)
            self.services[data.slug, body.name] = service
        for balise in data.own_balises:
            own = OwnBalise(
                collectif_id=collectif.id,
                slug=balise.slug,
                label=balise.label,
                title=balise.title,
                question=balise.question,
                text=balise.text,
                created_at=began,
            )
            self.session.add(own)
            self.session.flush()
            self.own_codes[data.slug, balise.slug] = own.public_id
        self.session.flush()

    def _person(self, data: PersonData, password_hash: str | None) -> None:
        began = clock.now() - BEGAN
        home = self.collectifs[data.memberships[0].collectif].id if data.memberships else None
        user = User(name=data.name, is_admin=data.is_admin, last_collectif_id=home, created_at=began)
        self.session.add(user)
        self.session.flush()
        self.session.add(Credential(user_id=user.id, address=data.email, password_hash=password_hash, changed_at=began))
        seats = []
        for seat in data.memberships:
            collectif = self.collectifs[seat.collectif]
            service = self.services[seat.collectif, seat.service] if seat.service else None
            membership = Membership(
                user_id=user.id,
                collectif_id=collectif.id,
                service_id=service.id if service else None,
                college=College(seat.college),
                role=Role(seat.role),
                title=seat.title,
                created_at=began,
            )
            self.session.add(membership)
            self.session.flush()
            seats.append(seat_of(membership, collectif, service))
        self.places.keys[user.id] = data.key
        self.readers[data.key] = Reader(
            user_id=user.id,
            user_public_id=user.public_id,
            name=data.name,
            is_admin=data.is_admin,
            memberships=tuple(seats),
        )

    def _recit(self, data: RecitData) -> None:
        writer, collectif = self.readers[data.authors[0]], self.collectifs[data.collectif]
        seat = writer.seat(collectif.id)
        if seat is None:
            raise LookupError(f"{data.key}: {data.authors[0]} is not of {data.collectif}")
        recit = drafts.start_recit(self.session, writer, seat, self.actions.get(data.action))
        for position, key in enumerate(data.authors[1:], start=1):
            self.session.add(Authorship(entry_id=recit.id, user_id=self.readers[key].user_id, position=position))
        tags = {self.own_codes.get((data.collectif, code), code): Stance(stance) for code, stance in data.balises}
        shown = show_picture(self.session, writer, seat, recit, data.picture)
        hands = [(writer, self._moment(data, data.days_ago, data.hour, data.minute))]
        hands += [(self.readers[r.by], self._moment(data, r.days_ago, r.hour, r.minute)) for r in data.revisions]
        for number, (hand, _) in enumerate(hands):
            texts = {"titre": data.title, **shown(wording_of(data, number))}
            drafts.fill_draft(self.session, seat, recit, texts, tags)
            if data.audience is not None:
                publishing.publish(self.session, hand, recit, Audience(data.audience), data.teller)
        self.places.recits[data.key] = self.places.entries[data.key] = recit
        self.places.authors[recit.id] = tuple(self.readers[key].user_id for key in data.authors)
        moments = [moment for _, moment in hands]
        if data.audience is None:
            self._date_draft(recit, writer, moments[0])
            return
        self._date_published(recit, moments)
        if data.action not in self.actions and recit.action_id is not None:
            self.actions[data.action] = recit.action_id
            title = next(action.title for action in ACTIONS if action.key == data.action)
            action = self.session.scalars(select(Action).where(Action.id == recit.action_id)).one()
            action.title, action.created_at = title, moments[0]

    def _moment(self, data: RecitData, days_ago: int, hour: int, minute: int) -> datetime:
        """Town halls write on weekdays; an inhabitant who writes alone keeps their Sunday."""
        colleges = {self.readers[key].memberships[0].college for key in data.authors}
        is_office = bool(colleges & {College.SERVICE, College.ELU})
        day = working_day(self.today, days_ago) if is_office else self.today - timedelta(days=days_ago)
        moment = datetime.combine(day, time(hour, minute), ZoneInfo(TIMEZONE)).astimezone(UTC)
        return min(moment, clock.now())

    def _date_published(self, recit: Recit, moments: list[datetime]) -> None:
        recit.published_at, recit.created_at = moments[0], moments[0] - timedelta(hours=2)
        recit.corrected_at = moments[-1] if len(moments) > 1 else None
        for number, moment in enumerate(moments, start=1):
            kept = update(Revision).where(Revision.entry_id == recit.id, Revision.number == number)
            self.session.execute(kept.values(created_at=moment))
        self.session.flush()

    def _date_draft(self, recit: Recit, writer: Reader, moment: datetime) -> None:
        recit.created_at = moment - timedelta(hours=1)
        dates = {"created_at": recit.created_at, "changed_at": moment}
        self.session.execute(update(Draft).where(Draft.entry_id == recit.id).values(**dates))
        hand = {"written_by_id": writer.user_id, "written_at": moment}
        self.session.execute(update(DraftText).where(DraftText.entry_id == recit.id).values(**hand))
        self.session.flush()
