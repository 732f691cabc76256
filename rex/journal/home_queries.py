"""What the home of a collectif counts and reminds: the reader's own drafts, the récits of each balise and enjeu."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, literal, select, union_all

from rex.access import MembershipView, Reader, is_current, own_drafts, told_recits
from rex.clock import Period
from rex.collectifs.models import Membership, User
from rex.db import RexSession
from rex.journal.canvas import TITLE
from rex.journal.list_queries import within
from rex.journal.models import (
    Authorship,
    Consent,
    Draft,
    DraftText,
    Entry,
    PublicationRequest,
    Tagging,
)
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


def draft_lines(session: RexSession, reader: Reader, seat: MembershipView, most: int = 50) -> list[DraftLine]:
    """The drafts that this person touched last in a collectif (two statements; titles are opened, texts are not kept)."""
    rows = session.execute(
        own_drafts(reader)
        .join(Entry, Entry.id == Draft.entry_id)
        .outerjoin(PublicationRequest, PublicationRequest.entry_id == Entry.id)
        .outerjoin(Consent, (Consent.entry_id == Entry.id) & (Consent.user_id == reader.user_id))
        .where(Entry.collectif_id == seat.collectif_id, Draft.changed_at.is_not(None))
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
        .limit(most)
    ).all()
    if not rows:
        return []
    ids = {row.id: row.public_id for row in rows}
    texts: dict[int, dict[str, str]] = {}
    others: dict[int, list[str]] = {}
    written = select(DraftText.entry_id, DraftText.slug.label("words"), DraftText.sealed, literal(0).label("position"))
    nothing = literal(None, DraftText.sealed.type)
    signing = (
        select(Authorship.entry_id, User.name, nothing, Authorship.position)
        .join(User, User.id == Authorship.user_id)
        .join(Membership, (Membership.user_id == User.id) & (Membership.collectif_id == seat.collectif_id))
        .where(Authorship.entry_id.in_(ids), Authorship.user_id != reader.user_id, is_current())
    )
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


def recits_per_balise(
    session: RexSession, reader: Reader, collectif_id: int | None, period: Period | None, timezone: str
) -> tuple[dict[str, int], dict[str, int]]:
    """How many récits that this reader reads speak of each balise, and of each enjeu (a récit counts once per enjeu).

    `collectif_id`: one journal, or None for all that the reader reads. Two statements."""
    tagged = _tagged_recits(reader, collectif_id, period, timezone)
    query = tagged.with_only_columns(Tagging.code, func.count()).group_by(Tagging.code)
    per_balise = {code: count for code, count in session.execute(query)}
    return per_balise, recits_per_enjeu(session, reader, collectif_id, period, timezone)


def recits_per_enjeu(
    session: RexSession, reader: Reader, collectif_id: int | None, period: Period | None, timezone: str
) -> dict[str, int]:
    """How many récits that this reader reads speak of each enjeu; a récit counts once per enjeu. One statement."""
    enjeu = func.substr(Tagging.code, 1, 1)
    tagged = _tagged_recits(reader, collectif_id, period, timezone).where(func.length(Tagging.code) == 2)
    query = tagged.with_only_columns(enjeu, func.count(Entry.id.distinct())).group_by(enjeu)
    return {code: count for code, count in session.execute(query)}


def _tagged_recits(reader: Reader, collectif_id: int | None, period: Period | None, timezone: str) -> Select:
    query = told_recits(reader).join(Tagging, Tagging.entry_id == Entry.id)
    if collectif_id is not None:
        query = query.where(Entry.collectif_id == collectif_id)
    return within(query, period, timezone)
