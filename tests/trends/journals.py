"""Random small journals, put in the base as rows: what the properties of the figures are held against.

`Shape` says how many people wrote in each service; everything else is drawn: who signs with whom, when, for whom, on what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from rex import clock
from rex.collectifs.models import College, Membership, Service, ServiceKind, User
from rex.db import Database, RexSession
from rex.exchanges.models import Exchange, Posture
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Action, Audience, Authorship, Entry, EntryKind, Recit, Stance, Tagging
from rex.journal.recognition_models import Answer, Recognition
from rex.referentiel.content import BALISES
from rex.tensions.models import ActKind, State, Tension, TensionAct, TensionLink
from rex.trends.asked import YEAR_BEFORE
from rex.trends.models import Jalon
from tests.cast import Cast

MONTHS = 20  # how far back they tell
CODES = [one.code for one in BALISES][::3]  # few enough that they meet
COLLEGES = list(College)


@dataclass(frozen=True)
class Shape:
    """`writers`: how many people wrote in each service; `without`: how many from no service. `colleges`: of each service; drawn for
    each person else."""

    writers: tuple[int, ...]
    without: int = 0
    entries: int = 30
    colleges: tuple[College, ...] = ()


@dataclass
class Journal:
    """What was drawn. `services`: ids, in the order of the shape."""

    collectif_id: int
    shape: Shape
    services: list[int] = field(default_factory=list)
    authors: list[tuple[int, int | None, College]] = field(default_factory=list)  # user, service, collège
    recits: list[int] = field(default_factory=list)
    difficulties: list[int] = field(default_factory=list)
    tensions: list[str] = field(default_factory=list)
    jalon: str = ""


def drawn_shape(chance: Random) -> Shape:
    return Shape(tuple(chance.choice((0, 1, 1, 2, 3, 4)) for _ in range(chance.randint(2, 6))), chance.choice((0, 0, 1, 2, 4)))


def fill(database: Database, cast: Cast, shape: Shape, seed: int | str, collectif_id: int | None = None) -> Journal:
    """A journal of this shape, in Valombre or in the collectif of this id."""
    chance, journal = Random(seed), Journal(collectif_id or cast.valombre_id, shape)
    with database.system("a random journal", write=True) as session:
        _people(session, journal, shape, chance)
        wrote = list(journal.authors)
        _tensions(session, journal, cast)
        for author in wrote:  # everybody told something at least once
            _told(session, journal, chance, author)
        if wrote:
            for _ in range(shape.entries):
                _told(session, journal, chance, chance.choice(wrote))
            _around(session, journal, chance)
        jalon = Jalon(collectif_id=journal.collectif_id, day=_today() - timedelta(days=100), name="Réorganisation")
        session.add(jalon)
        session.flush()
        journal.jalon = jalon.public_id
    return journal


def _today() -> date:
    return clock.today("Europe/Paris")


def _people(session: RexSession, journal: Journal, shape: Shape, chance: Random) -> None:
    """Services are as old as their place in the shape."""
    for position, writers in enumerate(shape.writers):
        kind = chance.choice((ServiceKind.SERVICE, ServiceKind.SERVICE, ServiceKind.STRUCTURE))
        service = Service(collectif_id=journal.collectif_id, kind=kind)
        service.rename(f"{'Élan' if kind is ServiceKind.STRUCTURE else 'Service'} {chance.choice('abcdéfgh')}{position}")
        session.add(service)
        session.flush()
        journal.services.append(service.id)
        for number in range(4 + position):
            college = shape.colleges[position] if shape.colleges else chance.choice(COLLEGES[:4])
            author = _member(session, journal, service.id, college)
            if number < writers:
                journal.authors.append(author)
    journal.authors += [_member(session, journal, None, chance.choice(COLLEGES)) for _ in range(shape.without)]


def _member(session: RexSession, journal: Journal, service_id: int | None, college: College) -> tuple[int, int | None, College]:
    user = User(name="Une personne")
    session.add(user)
    session.flush()
    session.add(Membership(user_id=user.id, collectif_id=journal.collectif_id, service_id=service_id, college=college))
    return user.id, service_id, college


def moment(chance: Random) -> datetime:
    """Some time in the months that figures speak of; the first and the last hours of a month more often than chance has it."""
    at = clock.now() - timedelta(minutes=chance.randint(1, MONTHS * 30 * 1440))
    if chance.random() < 0.2:
        first = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        at = first + timedelta(minutes=chance.choice((-181, -121, -61, -1, 0, 1)))
    return at


def _told(session: RexSession, journal: Journal, chance: Random, author: tuple[int, int | None, College]) -> Entry:
    kind = chance.choice((Recit, Recit, Recit, Difficulty, Difficulty, Recognition))
    at, audience = moment(chance), chance.choice((Audience.COLLECTIF, Audience.COLLECTIF, Audience.RESEAU))
    entry = new_entry(session, journal, kind, chance, at=at, audience=audience)
    sign(session, journal, entry, chance, author)
    if isinstance(entry, Difficulty):
        journal.difficulties.append(entry.id)
        if journal.tensions and chance.random() < 0.7:
            which = select(Tension.id).where(Tension.public_id == chance.choice(journal.tensions))
            session.add(TensionLink(difficulty_id=entry.id, tension_id=session.scalars(which).one()))
    elif isinstance(entry, Recit):
        journal.recits.append(entry.id)
    return entry


def new_entry(
    session: RexSession, journal: Journal, kind: type[Entry], chance: Random, *, at: datetime | None, audience: Audience | None
) -> Entry:
    """An entry of this kind, tagged; unsigned, and untold without `at`."""
    words = f"Des mots {chance.randint(0, 9999)}"
    common = {
        "collectif_id": journal.collectif_id,
        "audience": audience,
        "title": words if at else "",
        "excerpt": words if at else "",
        "words": words if at else "",
        "published_at": at,
        "created_at": at or clock.now(),
    }
    if kind is Recit:
        entry: Entry = Recit(**common, action_id=_action(session, journal, chance))
    elif kind is Difficulty:
        entry = Difficulty(**common)
    else:
        to_user, _, _ = chance.choice(journal.authors)
        service = chance.choice(journal.services) if journal.services and chance.random() < 0.7 else None
        given_to = {"to_service_id": service} if service else {"to_user_id": to_user}
        answer = Answer.ACCEPTED if at else Answer.PENDING
        entry = Recognition(**common, **given_to, to_name="Une équipe", answer=answer, intended=audience or Audience.COLLECTIF)
    session.add(entry)
    session.flush()
    if kind is not Recognition:
        for position, code in enumerate(chance.sample(CODES, chance.choice((0, 1, 1, 2, 3)))):
            stance = chance.choice((Stance.ILLUSTRE, Stance.ILLUSTRE, Stance.NUANCE, Stance.CONTREDIT))
            session.add(Tagging(entry_id=entry.id, code=code, position=position, stance=stance))
    return entry


def _action(session: RexSession, journal: Journal, chance: Random) -> int | None:
    if journal.recits and chance.random() < 0.35:
        return session.scalar(select(Recit.action_id).where(Recit.id == chance.choice(journal.recits)))
    action = Action(collectif_id=journal.collectif_id, title="Une action")
    session.add(action)
    session.flush()
    return action.id


def sign(session: RexSession, journal: Journal, entry: Entry, chance: Random, author: tuple[int, int | None, College]) -> None:
    """By this person, and often with others; each from where they stood then."""
    others = [one for one in journal.authors if one != author]
    together = [author, *chance.sample(others, min(len(others), chance.choice((0, 0, 0, 1, 2))))]
    session.add_all(signature(session, entry, position, one) for position, one in enumerate(together))
    if entry.kind is EntryKind.RECIT and chance.random() < 0.15:  # somebody accepted to write with them, and signs later
        left = [one for one in journal.authors if one not in together]
        if left:
            session.add(Authorship(entry_id=entry.id, user_id=chance.choice(left)[0], position=len(together)))
    session.flush()


def signature(session: RexSession, entry: Entry, position: int, author: tuple[int, int | None, College]) -> Authorship:
    user_id, service_id, college = author
    name = session.get_one(Service, service_id).name if service_id else ""
    return Authorship(
        entry_id=entry.id, user_id=user_id, position=position, service_id=service_id, service_name=name, college=college
    )


def _tensions(session: RexSession, journal: Journal, cast: Cast) -> None:
    for number, state in enumerate((None, State.AT_WORK, State.CALMED)):
        at = clock.now() - timedelta(days=400 - 40 * number)
        tension = Tension(
            collectif_id=journal.collectif_id, audience=Audience.COLLECTIF, title=f"Tension {number}", words="", published_at=at,
            state=state, state_at=at + timedelta(days=300) if state else None,
        )  # fmt: skip
        session.add(tension)
        session.flush()
        if state:
            act = {State.AT_WORK: ActKind.AT_WORK, State.CALMED: ActKind.CALMED}[state]
            session.add(
                TensionAct(
                    collectif_id=journal.collectif_id, tension_id=tension.id, kind=act, actor_id=cast.ana.id,
                    at=at + timedelta(days=300),
                )
            )  # fmt: skip
        journal.tensions.append(tension.public_id)
    session.flush()


def _around(session: RexSession, journal: Journal, chance: Random) -> None:
    """Answers and « je vis ça aussi »; some that no longer stand."""
    told = Entry.id.in_([*journal.recits, *journal.difficulties])
    entries = session.execute(select(Entry.id, Entry.audience).where(told).order_by(Entry.id)).all()
    for entry_id, audience in chance.sample(entries, len(entries) // 2):
        user_id, service_id, _ = chance.choice(journal.authors)
        if journal.services and chance.random() < 0.2:  # some only answer
            service_id = chance.choice(journal.services)
        gone = chance.choice(("", "", "", "withdrawn_at", "suspended_at"))
        said = Exchange(
            entry_id=entry_id, audience=chance.choice((audience, Audience.COLLECTIF)), posture=Posture.QUESTION, author_id=user_id,
            service_id=service_id, source="Comment ?", html="<p>Comment ?</p>", pipeline=1,
        )  # fmt: skip
        if gone:
            setattr(said, gone, clock.now())
        session.add(said)
    for entry_id in chance.sample(journal.difficulties, len(journal.difficulties) // 2):
        user_id, service_id, college = chance.choice(journal.authors)
        name = session.get_one(Service, service_id).name if service_id else ""
        session.add(
            Echo(
                entry_id=entry_id, user_id=user_id, service_id=service_id, service_name=name, college=college,
                audience=Audience.COLLECTIF,
            )
        )  # fmt: skip
    session.flush()


def untold(session: RexSession, journal: Journal, chance: Random, author: tuple[int, int | None, College]) -> None:
    """What this person keeps to themselves, took back, or that an animateur suspended: récits, difficulties, mercis."""
    for kind in (Recit, Difficulty, Recognition):
        draft = new_entry(session, journal, kind, chance, at=None, audience=None)
        taken = new_entry(session, journal, kind, chance, at=None, audience=None)
        taken.withdrawn_at = clock.now()
        held = new_entry(
            session, journal, kind, chance, at=clock.now(), audience=chance.choice((Audience.COLLECTIF, Audience.RESEAU))
        )
        held.suspended_at = clock.now()
        for entry in (draft, taken, held):
            sign(session, journal, entry, chance, author)
        if kind is Difficulty and journal.tensions:
            tension_id = session.scalars(select(Tension.id).where(Tension.public_id == journal.tensions[0])).one()
            session.add_all(TensionLink(difficulty_id=one.id, tension_id=tension_id) for one in (draft, taken, held))
    session.flush()


def addresses(journal: Journal, keys: Sequence[str], colleges: Sequence[str]) -> list[dict[str, str]]:
    """What pages are asked: days, comparisons, filters, alone and together."""
    today = _today()
    last = clock.months_after(today, -1)
    found: list[dict[str, str]] = [
        {},
        {"periode": f"{today:%Y-%m}"},
        {"periode": f"{last:%Y-%m}", "avec": journal.jalon},
        {"periode": f"{today.year}-T{(today.month + 2) // 3}", "enjeu": "C"},
        {"periode": str(today.year)},
        {"periode": str(today.year - 1), "enjeu": "E"},
        {"du": f"{today - timedelta(days=41):%Y-%m-%d}", "au": f"{today - timedelta(days=3):%Y-%m-%d}", "balise": CODES[0]},
        {"avec": journal.jalon, "balise": CODES[4]},
        {"avec": YEAR_BEFORE},
        {"periode": f"{today:%Y-%m}", "avec": YEAR_BEFORE, "enjeu": "C"},
    ]
    found += [{"periode": str(today.year), "service": key} for key in keys]
    found += [{"service": key, "enjeu": "C"} for key in keys[-1:]]
    found += [{"periode": str(today.year), "college": key} for key in colleges]
    return found
