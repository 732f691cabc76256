"""Through the door: what a plain member of a collectif reads in it, as the lines of its archive.

Whoever asks for the archive, it is read for nobody in particular: somebody who has a place in this collectif, signs nothing,
receives nothing, and is in no group. So no draft, no thank-you that waits, nothing suspended, nothing of a peer group comes to
hand, for an animateur and for the command line alike; an animateur reads all that such a member reads."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from rex.access import MembershipView, Reader, is_current, told_difficulties, told_recits, told_recognitions, visible_entries
from rex.archives import tensions
from rex.archives.models import ArchivedPerson
from rex.archives.shape import Line, said_at
from rex.collectifs.models import Collectif, College, Credential, Membership, Role, Service, User
from rex.db import RexSession
from rex.journal.canvas import DEFAULT, canvas_of
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Action, Authorship, Entry, EntryKind, Recit, Section, Tagging
from rex.journal.recognition_models import Recognition
from rex.referentiel.content import BALISES
from rex.referentiel.models import OwnBalise

NOBODY = {"personne": None, "nom": ""}
_KNOWN = {balise.code for balise in BALISES}
ENTRY = (
    Entry.id, Entry.public_id, Entry.kind, Entry.audience, Entry.words, Entry.byline, Entry.title, Entry.created_at,
    Entry.published_at, Entry.corrected_at, Entry.about_id,
)  # fmt: skip


def plain_member(seat: MembershipView) -> Reader:
    """The reader for whom an archive is read."""
    return Reader(user_id=0, user_public_id="", name="", is_admin=False, memberships=(replace(seat, role=Role.MEMBRE),))


def seat_in(collectif: Collectif) -> MembershipView:
    """The place of such a member."""
    return MembershipView(
        id=0,
        collectif_id=collectif.id,
        collectif_public_id=collectif.public_id,
        collectif_slug=collectif.slug,
        collectif_name=collectif.name,
        is_demo=collectif.is_demo,
        timezone=collectif.timezone,
        college=College.SERVICE,
        service_id=None,
        service_name="",
        title="",
        role=Role.MEMBRE,
    )


# --- the place and its people ---------------------------------------------------------------------------------------------


def places(session: RexSession, seat: MembershipView) -> dict[str, list[Line]]:
    """The collectif itself, its services and its own balises."""
    here = session.scalars(select(Collectif).where(Collectif.id == seat.collectif_id)).one()
    canvas = canvas_of(session, here.id)
    own = [] if canvas == list(DEFAULT) else canvas
    sections = [{"slug": one.slug, "titre": one.heading, "aide": one.hint, "ouverte": one.is_open} for one in own]
    services = session.scalars(select(Service).where(Service.collectif_id == here.id).order_by(Service.id))
    balises = session.scalars(select(OwnBalise).where(OwnBalise.collectif_id == here.id).order_by(OwnBalise.id))
    place = {
        "id": here.public_id, "nom": here.name, "slug": here.slug, "presentation": here.about, "fuseau": here.timezone,
        "ouvert_aux_partenaires": here.is_open_to_partners, "canevas": sections, "cree_le": said_at(here.created_at),
        "tensions_par_les_membres": tensions.members_curate(session, here.id),
    }  # fmt: skip
    return {
        "collectif": [place],
        "idees": tensions.ideas(session, here.id),
        "services": [
            {"id": one.public_id, "nom": one.name, "sorte": one.kind.value, "ferme_le": said_at(one.closed_at)} for one in services
        ],
        "balises": [
            {
                "id": one.public_id, "slug": one.slug, "nom_court": one.label, "titre": one.title, "question": one.question,
                "texte": one.text, "cree_le": said_at(one.created_at), "fermee_le": said_at(one.closed_at),
            }
            for one in balises
        ],
    }  # fmt: skip


def people_after(
    session: RexSession, seat: MembershipView, last: int, most: int, *, addresses: bool
) -> tuple[list[Line], int]:
    """Members, and those whom a former archive named as members and whose account nobody opened yet; the last one's number."""
    named = select(ArchivedPerson.id).where(
        ArchivedPerson.user_id == User.id, ArchivedPerson.collectif_id == seat.collectif_id, ArchivedPerson.is_new
    )
    rows = session.execute(
        select(Membership, User, Service.public_id)
        .join(User, User.id == Membership.user_id)
        .outerjoin(Service, Service.id == Membership.service_id)
        .where(Membership.collectif_id == seat.collectif_id, Membership.id > last, Membership.ended_at.is_(None))
        .where(is_current() | named.exists())
        .order_by(Membership.id)
        .limit(most)
    ).all()
    known: dict[int, str] = {}
    if addresses:
        with session.as_system("addresses go into an archive that the host asked for"):
            owned = select(Credential.user_id, Credential.address).where(Credential.user_id.in_([user.id for _, user, _ in rows]))
            known = dict(session.execute(owned).all())
    lines = []
    for membership, user, service in rows:
        line = {
            "id": user.public_id, "nom": user.name, "service": service, "college": membership.college.value,
            "role": membership.role.value, "fonction": membership.title, "membre_depuis": said_at(membership.created_at),
        }  # fmt: skip
        lines.append(line | ({"adresse": known.get(user.id)} if addresses else {}))
    return lines, rows[-1][0].id if rows else last


def names(session: RexSession, user_ids: Iterable[int | None]) -> dict[int | None, Line]:
    """How these people are written in a line."""
    ids = {user_id for user_id in user_ids if user_id is not None}
    rows = session.execute(select(User.id, User.public_id, User.name).where(User.id.in_(ids))).all() if ids else []
    return {user_id: {"personne": public_id, "nom": name} for user_id, public_id, name in rows}


def services(session: RexSession, service_ids: Iterable[int | None]) -> dict[int | None, str]:
    """The public ids of these services of the collectif."""
    ids = {service_id for service_id in service_ids if service_id is not None}
    query = select(Service.id, Service.public_id).where(Service.id.in_(ids))
    return dict(session.execute(query).all()) if ids else {}


def actions_after(session: RexSession, seat: MembershipView, last: int, most: int) -> tuple[list[Line], int]:
    """Actions of which a récit is told; the last one's number."""
    query = select(Action.id, Action.public_id, Action.title, Action.created_at)
    here = query.where(Action.collectif_id == seat.collectif_id, Action.id > last).order_by(Action.id).limit(most)
    rows = session.execute(here).all()
    lines = [{"id": row.public_id, "titre": row.title, "cree_le": said_at(row.created_at)} for row in rows]
    return lines, rows[-1].id if rows else last


# --- entries --------------------------------------------------------------------------------------------------------------


def count_texts(session: RexSession, reader: Reader, seat: MembershipView) -> int:
    """How many texts there will be."""
    told = visible_entries(reader).with_only_columns(func.count(Entry.id))
    return session.scalar(told.where(Entry.collectif_id == seat.collectif_id, Entry.published_at.is_not(None))) or 0


def entries_after(session: RexSession, reader: Reader, seat: MembershipView, last: int, most: int) -> Sequence[Any]:
    """The next texts of the collectif, in the order of their numbers."""
    told = visible_entries(reader).with_only_columns(*ENTRY).where(Entry.published_at.is_not(None), Entry.suspended_at.is_(None))
    here = told.where(Entry.collectif_id == seat.collectif_id, Entry.id > last)
    return session.execute(here.order_by(Entry.id).limit(most)).all()


def texts(session: RexSession, reader: Reader, seat: MembershipView, rows: Sequence[Any]) -> dict[int, tuple[str, Line]]:
    """Entry id → (kind of line, line)."""
    ids = [row.id for row in rows]
    authors, tags = _authors(session, ids), _tags(session, seat, ids)
    abouts = _told_here(session, reader, seat, {row.about_id for row in rows if row.about_id is not None})
    more = {**_recits(session, reader, ids), **_difficulties(session, reader, ids), **_recognitions(session, reader, ids)}
    more |= tensions.of_entries(session, reader, ids)
    found = {}
    for row in rows:
        line = {
            "id": row.public_id, "audience": row.audience.value, "auteurs": authors.get(row.id, []), "signature": row.byline,
            "balises": tags.get(row.id, []), "cree_le": said_at(row.created_at), "publie_le": said_at(row.published_at),
            "corrige_le": said_at(row.corrected_at),
        }  # fmt: skip
        if row.kind is EntryKind.RECIT:
            found[row.id] = ("recits", line | {"titre": row.title} | more[row.id])
        elif row.kind is EntryKind.TENSION:
            found[row.id] = ("tensions", line | {"titre": row.title, "mots": row.words} | more[row.id])
        else:
            kind = "difficultes" if row.kind is EntryKind.DIFFICULTY else "reconnaissances"
            found[row.id] = (kind, line | {"mots": row.words, "recit": abouts.get(row.about_id)} | more[row.id])
    return found


def _authors(session: RexSession, ids: list[int]) -> dict[int, list[Line]]:
    rows = session.scalars(
        select(Authorship).where(Authorship.entry_id.in_(ids)).order_by(Authorship.position, Authorship.id)
    ).all()
    who, where = names(session, (row.user_id for row in rows)), services(session, (row.service_id for row in rows))
    found: dict[int, list[Line]] = {}
    for row in rows:
        signed = {
            "service": where.get(row.service_id), "service_nom": row.service_name, "fonction": row.title,
            "college": row.college.value if row.college else None,
        }  # fmt: skip
        found.setdefault(row.entry_id, []).append(who.get(row.user_id, NOBODY) | signed)
    return found


def _tags(session: RexSession, seat: MembershipView, ids: list[int]) -> dict[int, list[Line]]:
    own = set(session.scalars(select(OwnBalise.public_id).where(OwnBalise.collectif_id == seat.collectif_id)))
    rows = session.execute(
        select(Tagging.entry_id, Tagging.code, Tagging.stance).where(Tagging.entry_id.in_(ids)).order_by(Tagging.position)
    )
    found: dict[int, list[Line]] = {}
    for entry_id, code, stance in rows:
        if code in _KNOWN or code in own:
            found.setdefault(entry_id, []).append({"code": code, "posture": stance.value})
    return found


def _told_here(session: RexSession, reader: Reader, seat: MembershipView, ids: set[int]) -> dict[int | None, str]:
    """The public ids of those of these entries that the archive holds too."""
    query = visible_entries(reader).with_only_columns(Entry.id, Entry.public_id)
    here = query.where(Entry.id.in_(ids), Entry.collectif_id == seat.collectif_id)
    return dict(session.execute(here).all()) if ids else {}


def _recits(session: RexSession, reader: Reader, ids: list[int]) -> dict[int, Line]:
    told = told_recits(reader).outerjoin(Action, Action.id == Recit.action_id)
    query = told.with_only_columns(Recit.id, Recit.teller, Action.public_id)
    found: dict[int, Line] = {
        recit_id: {"raconte_par": teller, "action": action, "sections": []}
        for recit_id, teller, action in session.execute(query.where(Recit.id.in_(ids)))
    }
    sections = select(Section.entry_id, Section.slug, Section.heading, Section.source).where(Section.entry_id.in_(found))
    for entry_id, slug, heading, source in session.execute(sections.order_by(Section.position, Section.id)):
        found[entry_id]["sections"].append({"slug": slug, "titre": heading, "texte": source})
    return found


def _difficulties(session: RexSession, reader: Reader, ids: list[int]) -> dict[int, Line]:
    columns = Difficulty.id, Difficulty.effect, Difficulty.section_slug, Difficulty.is_detached
    rows = session.execute(told_difficulties(reader).with_only_columns(*columns).where(Difficulty.id.in_(ids)))
    return {row.id: {"effet": row.effect, "section": row.section_slug, "detachee": row.is_detached} for row in rows}


def _recognitions(session: RexSession, reader: Reader, ids: list[int]) -> dict[int, Line]:
    columns = (
        Recognition.id, Recognition.to_user_id, Recognition.to_service_id, Recognition.to_name, Recognition.answered_at,
        Recognition.intended,
    )  # fmt: skip
    rows = session.execute(told_recognitions(reader).with_only_columns(*columns).where(Recognition.id.in_(ids))).all()
    who, where = names(session, (row.to_user_id for row in rows)), services(session, (row.to_service_id for row in rows))
    return {
        row.id: {
            "a_personne": who.get(row.to_user_id), "a_service": where.get(row.to_service_id), "a_nom": row.to_name,
            "acceptee_le": said_at(row.answered_at), "prevue_pour": row.intended.value,
        }
        for row in rows
    }  # fmt: skip
