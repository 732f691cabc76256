"""Things made as people make them: through the actions of the journal, as a person of the cast.

`make_recit(database, cast.camille, title="…")` publishes for the collectif; `audience=None` leaves a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from rex.access import Reader, visible_recits
from rex.collectifs.entrance import close_device, open_device, recognise
from rex.collectifs.models import Membership
from rex.db import Base, Database, RexSession
from rex.exchanges.actions import Words, say
from rex.exchanges.entries import find_entry
from rex.exchanges.models import Posture
from rex.exchanges.queries import find_exchange
from rex.intake import rewritten
from rex.journal import attachments
from rex.journal.drafts import save_tags, save_text, start_recit
from rex.journal.models import Action, Audience, Authorship, Recit, Stance
from rex.journal.publishing import publish, withdraw
from rex.journal.recognitions import Recipient, thank
from rex.peer_groups.creating import Charter, create_group
from rex.peer_groups.creating import seat as seat_in_group
from rex.reports.actions import report
from rex.reports.models import Report
from rex.reports.queries import find_text
from tests.cast import Person
from tests.given import photograph

FACTS = "Le marché a ouvert une heure plus tard que prévu."


@dataclass(frozen=True)
class Made:
    """A récit as tests speak of it: what stands in its address."""

    id: int
    public_id: str
    action_public_id: str

    @property
    def url(self) -> str:
        return f"/recits/{self.public_id}"


def reader_of(session: RexSession, person: Person) -> Reader:
    """The person as the entrance recognises them now: signed in and out again in this writing session."""
    token = open_device(session, person.id, "", stays=False)
    found = recognise(session, token)
    close_device(session, token)
    assert found is not None, f"{person.name} has a closed account: nobody to be the reader"
    return found


def make_recit(
    database: Database,
    author: Person,
    title: str = "Le marché déplacé",
    sections: Mapping[str, str] | None = None,
    audience: Audience | None = Audience.COLLECTIF,
    balises: Mapping[str, Stance] | None = None,
    action: str | None = None,
    co_authors: tuple[Person, ...] = (),
    collectif: str | None = None,
    withdrawn: bool = False,
    group: int | None = None,
) -> Made:
    """A récit written by `author`, in the group of this id, in the collectif named by its slug, else their first one; published
    unless `audience` is None; told about the action of this public id, else about its own; taken back when `withdrawn`."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        seat = who.in_collectif(collectif) if collectif else who.memberships[0]
        seat = who.seat(group) if group else seat
        assert seat is not None, f"{author.name} is not a member of {collectif}"
        told = session.scalar(select(Action.id).where(Action.public_id == action)) if action else None
        recit = start_recit(session, who, seat, told)
        with session.as_system("invite co-authors, which has no page yet"):
            for position, person in enumerate(co_authors, 1):
                session.add(Authorship(entry_id=recit.id, user_id=person.id, position=position))
            session.flush()
        written = sections if sections is not None else {"faits": FACTS}
        for slug, text in {"titre": title, **written}.items():
            save_text(session, who, recit, slug, text, 0)
        save_tags(session, who, recit, dict(balises or {}))
        if audience is not None:
            publish(session, who, recit, Audience.GROUPE if group else audience)
        action_id = session.scalar(select(Action.public_id).where(Action.id == recit.action_id)) if recit.action_id else ""
        if withdrawn:
            withdraw(session, who, recit)
        made = Made(recit.id, recit.public_id, action_id or "")
        session.commit()
    return made


@dataclass(frozen=True)
class MadeGroup:
    """A peer group as tests speak of it."""

    id: int
    public_id: str

    @property
    def url(self) -> str:
        return f"/groupes-de-pairs/{self.public_id}"


def make_group(
    database: Database, founder: Person, *others: Person, called: str = "DGS de la vallée", shows_history: bool = False
) -> MadeGroup:
    """A group of which `founder` is responsable, with the others as members from now."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, founder)
        pacte = "Ce qui se dit ici reste ici."
        group = create_group(session, who, Charter(called, "Diriger des services", pacte, shows_history))
        with session.as_system("seat the members"):
            for person in others:
                seat_in_group(session, group, person.id)
        made = MadeGroup(group.id, group.public_id)
        session.commit()
    return made


def make_exchange(
    database: Database,
    author: Person,
    entry: str,
    source: str = "Nous avons vécu la même chose rue Basse.",
    posture: Posture = Posture.QUESTION,
    parent: str = "",
    quote: str = "",
    slug: str = "",
) -> str:
    """A message of `author` under the entry of this public id, in answer to the message `parent`; its public id."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        told = find_entry(session, who, entry)
        assert told is not None, f"{author.name} does not read this entry"
        answered = find_exchange(session, who, parent) if parent else None
        said = say(session, who, told, Words(posture, source, quote, slug), answered)
        session.commit()
        return said.exchange.public_id


def make_recognition(database: Database, giver: Person, to: Person, words: str = "Vous avez tenu le carrefour.") -> str:
    """A thank-you that waits for its answer; its public id."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, giver)
        made = thank(session, who, who.memberships[0], Recipient(to.name, user_id=to.id), words)
        public_id = made.public_id
        session.commit()
    return public_id


def make_report(database: Database, who: Person, entry: str, reason: str = "Ce passage désigne quelqu’un.") -> str:
    """A report on the entry of this public id; its own public id."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, who)
        text = find_text(session, reader, entry)
        assert text is not None, f"{who.name} does not read this entry"
        report(session, reader, text, reason)
        with session.as_system("the report just made"):
            public_id = session.scalars(select(Report.public_id).order_by(Report.id.desc())).first()
        session.commit()
    return public_id or ""


def make_file(database: Database, author: Person, made: Made) -> str:
    """A photograph given to a récit by one of its authors, and shown by none of its sections; its public id."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        recit = session.scalars(visible_recits(who).where(Recit.public_id == made.public_id)).one()
        seat = who.seat(recit.collectif_id)
        assert seat is not None, f"{author.name} left the collectif"
        given = attachments.give(session, who, seat, recit, rewritten(photograph()), "La place")
        session.commit()
    return given.public_id


def count_recits(database: Database) -> int:
    with database.system("count what the test made") as session:
        return len(session.scalars(select(Recit.id)).all())


def seat_id(database: Database, person: Person, collectif_id: int) -> str:
    """The public id of a person's place in a collectif."""
    with database.system("find a seat") as session:
        query = select(Membership.public_id).where(
            Membership.user_id == person.id, Membership.collectif_id == collectif_id
        )
        return session.scalars(query).one()


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to see what a request changed; `device.seen_at` left out (the one write of a GET)."""
    with database.engine.connect() as connection:
        found = {}
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.columns if (table.name, column.name) != ("device", "seen_at")]
            rows = connection.execute(select(*columns).order_by(*table.primary_key.columns))
            found[table.name] = [tuple(row) for row in rows]
    return found
