"""What the home of a collectif counts and reminds: the reader's own drafts, the récits of each balise and enjeu."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, union_all

from rex.access import MembershipView, Reader, is_current, own_drafts, told_recits
from rex.clock import Period
from rex.collectifs.group_models import GroupMember
from rex.collectifs.models import Membership, User
from rex.db import BigId, RexSession, UtcDateTime
from rex.journal.canvas import TITLE
from rex.journal.models import (
    Audience,
    Authorship,
    Consent,
    Draft,
    DraftText,
    Entry,
    PublicationRequest,
    Tagging,
)
from rex.kept import Kept
from rex.shapes import Shape
from rex.text import excerpt


@dataclass(frozen=True)
class DraftLine:
    """One of the reader's unfinished texts, on the home of its collectif."""

    public_id: str
    title: str
    is_published: bool
    is_withdrawn: bool
    filled: frozenset[str]
    first_words: str  # what tells two drafts without a title apart
    changed_at: datetime | None
    co_authors: tuple[str, ...] = ()
    waits_for: str = ""  # « vous » or « autres »: a yes that is awaited before it is published


FEW, MANY = 5, 500  # on a home, and on the same page when all are asked for


def draft_lines(session: RexSession, reader: Reader, seat: MembershipView, shown: int = FEW) -> tuple[list[DraftLine], int]:
    """The drafts that this person touched last in a collectif, and how many there are beside (two statements; titles are opened,
    texts are not kept)."""
    found = _own_drafts.rows(session, collectif=seat.collectif_id)
    rows = found if len(found) == shown + 1 else found[:shown]  # « et 1 autre » takes as much place as that one
    return (_lines_of(session, reader, seat, rows), len(found) - len(rows)) if rows else ([], 0)


def _lines_of(session: RexSession, reader: Reader, seat: MembershipView, rows: Sequence[Any]) -> list[DraftLine]:
    ids = {row.id: row.public_id for row in rows}
    texts: dict[int, dict[str, str]] = {}
    others: dict[int, list[str]] = {}
    written = select(DraftText.entry_id, DraftText.slug.label("words"), DraftText.sealed, literal(0).label("position"))
    nothing = literal(None, DraftText.sealed.type)
    signing = select(Authorship.entry_id, User.name, nothing, Authorship.position).join(User, User.id == Authorship.user_id)
    signing = signing.where(Authorship.entry_id.in_(ids), Authorship.user_id != reader.user_id)
    if seat.is_group:
        signing = signing.join(GroupMember, (GroupMember.user_id == User.id) & (GroupMember.group_id == seat.collectif_id))
        signing = signing.where(GroupMember.left_at.is_(None), User.closed_at.is_(None))
    else:
        seated = (Membership.user_id == User.id) & (Membership.collectif_id == seat.collectif_id)
        signing = signing.join(Membership, seated).where(is_current())
    both = union_all(written.where(DraftText.entry_id.in_(ids)), signing)
    for entry_id, words, sealed, _position in session.execute(both.order_by("position")):
        if sealed is None:
            others.setdefault(entry_id, []).append(words)
            continue
        opened = session.keyring.open(seat.key_name, f"draft_text|{ids[entry_id]}|{words}", sealed)
        texts.setdefault(entry_id, {})[words] = opened.strip()
    return [
        DraftLine(
            public_id=row.public_id,
            title=texts.get(row.id, {}).get(TITLE, ""),
            is_published=row.published_at is not None,
            is_withdrawn=row.withdrawn_at is not None,
            first_words=excerpt(next((w for s, w in texts.get(row.id, {}).items() if w and s != TITLE), ""), 60),
            filled=frozenset(slug for slug, words in texts.get(row.id, {}).items() if words),
            changed_at=row.changed_at,
            co_authors=tuple(others.get(row.id, ())),
            waits_for="" if row.asked_at is None else ("autres" if row.given_at else "vous"),
        )
        for row in rows
    ]


@Kept
def _own_drafts(reader: Shape) -> Select:
    return (
        own_drafts(reader)
        .join(Entry, Entry.id == Draft.entry_id)
        .outerjoin(PublicationRequest, PublicationRequest.entry_id == Entry.id)
        .outerjoin(Consent, (Consent.entry_id == Entry.id) & (Consent.user_id == reader.user_id))
        # « + 0 »: an index on the collectif would be used to go through all its entries, and the person wrote few of them
        .where(Entry.collectif_id + 0 == bindparam("collectif", type_=BigId), Draft.changed_at.is_not(None))
        .with_only_columns(
            Entry.id,
            Entry.public_id,
            Entry.published_at,
            Entry.withdrawn_at,
            Draft.changed_at,
            PublicationRequest.asked_at,
            Consent.given_at,
        )
        .order_by(Draft.changed_at.desc(), Entry.id.desc())
        .limit(MANY)
    )


def recits_per_balise(
    session: RexSession, reader: Reader, collectif_id: int | None, period: Period | None, timezone: str
) -> tuple[dict[str, int], dict[str, int]]:
    """How many récits that this reader reads speak of each balise, and of each enjeu (a récit counts once per enjeu).

    `collectif_id`: one journal, or None for all that the reader reads. Two statements."""
    per_balise = dict(_spoken_of(session, _per_balise, collectif_id, period, timezone))
    return per_balise, recits_per_enjeu(session, reader, collectif_id, period, timezone)


def recits_per_enjeu(
    session: RexSession, reader: Reader, collectif_id: int | None, period: Period | None, timezone: str
) -> dict[str, int]:
    """How many récits that this reader reads speak of each enjeu; a récit counts once per enjeu. One statement."""
    return dict(_spoken_of(session, _per_enjeu, collectif_id, period, timezone))


def _spoken_of(
    session: RexSession, per: Callable[[bool, bool, bool], Kept], collectif_id: int | None, period: Period | None, timezone: str
) -> list[tuple[str, int]]:
    starts, ends = period.instants(timezone) if period else (None, None)
    given = {"collectif": collectif_id, "starts": starts, "ends": ends}
    known = {name: value for name, value in given.items() if value is not None}
    return per(collectif_id is not None, starts is not None, ends is not None).rows(session, **known)


@cache
def _per_balise(here: bool, since: bool, until: bool) -> Kept:
    return Kept(
        lambda reader: _tagged_recits(reader, here, since, until)
        .with_only_columns(Tagging.code, func.count().label("recits"))
        .group_by(Tagging.code)
    )


@cache
def _per_enjeu(here: bool, since: bool, until: bool) -> Kept:
    enjeu = func.substr(Tagging.code, 1, 1).label("enjeu")
    return Kept(
        lambda reader: _tagged_recits(reader, here, since, until)
        .where(Tagging.code.like("__"))  # of the référentiel; PostgreSQL knows how many these are, not how long each is
        .with_only_columns(enjeu, func.count(Entry.id.distinct()).label("recits"))
        .group_by(enjeu)
    )


def _tagged_recits(reader: Shape, here: bool, since: bool, until: bool) -> Select:
    query = told_recits(reader).join(Tagging, Tagging.entry_id == Entry.id).where(Entry.audience != Audience.GROUPE)
    if here:
        query = query.where(Entry.collectif_id == bindparam("collectif", type_=BigId))
    if since:
        query = query.where(Entry.published_at >= bindparam("starts", type_=UtcDateTime))
    return query.where(Entry.published_at < bindparam("ends", type_=UtcDateTime)) if until else query
