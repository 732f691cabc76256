"""« Relire »: a year after, an author reads their récit again and says what they read otherwise today. It stays beside the récit.

Proposed once per anniversary and person, from twelve to thirteen months after publication, unless it was read again meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from rex import clock, text
from rex.access import MembershipView, Reader, is_current, told_recits
from rex.collectifs.models import Membership, User
from rex.db import BigId, RexSession, UtcDateTime, new_public_id
from rex.journal import moments
from rex.journal.models import Audience, Authorship, Entry, Recit
from rex.journal.moments import What
from rex.journal.notes import narrower
from rex.journal.suspending import own_words
from rex.journal.together_models import Rereading, RereadingProposal
from rex.kept import Kept
from rex.shapes import Shape

AFTER, UNTIL = timedelta(days=365), timedelta(days=396)  # twelve and thirteen months
MOST_CHARS = 6000


@dataclass(frozen=True)
class ToReread:
    """A récit of a year ago, on the home of one of its authors."""

    public_id: str
    title: str
    published_at: datetime


def _read_again(entry_id: InstrumentedAttribute[int], user_id: Any, since: Any) -> Select:
    """What this author said of it since its anniversary, which is less than a month old."""
    return select(Rereading.id).where(
        Rereading.entry_id == entry_id, Rereading.author_id == user_id, Rereading.created_at >= since
    )


def to_reread(session: RexSession, seat: MembershipView) -> list[ToReread]:
    """The récits that the reader of the session signed a year ago in a collectif and did not read again since (one statement)."""
    now = clock.now()
    given = {"since": now - UNTIL, "until": now - AFTER, "month": now - (UNTIL - AFTER)}
    rows = _to_reread.rows(session, collectif=seat.collectif_id, **given)
    return [ToReread(row.public_id, row.title, row.published_at) for row in rows]


@Kept
def _to_reread(reader: Shape) -> Select:
    since, until, month = (bindparam(name, type_=UtcDateTime) for name in ("since", "until", "month"))
    signed = select(Authorship.id).where(Authorship.entry_id == Entry.id, Authorship.user_id == reader.user_id)
    return (
        told_recits(reader)
        .with_only_columns(Entry.public_id, Entry.title, Entry.published_at)
        .where(
            Entry.collectif_id == bindparam("collectif", type_=BigId),
            Entry.published_at.between(since, until),
            signed.exists(),
            ~_read_again(Entry.id, reader.user_id, month).exists(),
        )
        .order_by(Entry.published_at, Entry.id)
        .limit(3)
    )


def propose_rereadings(session: RexSession) -> None:
    """Tell the authors of the récits told a year ago, each once for this anniversary; for the ticker."""
    for entry_id, user_id, year in _due(session):
        session.add(RereadingProposal(entry_id=entry_id, user_id=user_id, year=year))
        session.flush()
        moments.tell(session, None, What.REREAD, entry_id, [user_id])


def _due(session: RexSession) -> list[tuple[int, int, int]]:
    """(récit, author, year of publication) that nobody was told of: authors who are still members, récits that are read."""
    year = func.extract("year", Recit.published_at)
    told, now = aliased(RereadingProposal), clock.now()
    rows = session.execute(
        select(Recit.id, User.id, year)
        .join(Authorship, Authorship.entry_id == Recit.id)
        .join(User, User.id == Authorship.user_id)
        .join(Membership, (Membership.user_id == User.id) & (Membership.collectif_id == Recit.collectif_id))
        .where(
            is_current(),
            Recit.published_at.between(now - UNTIL, now - AFTER),
            Recit.suspended_at.is_(None),
            ~_read_again(Recit.id, User.id, now - (UNTIL - AFTER)).exists(),
            ~select(told.id).where(told.entry_id == Recit.id, told.user_id == User.id, told.year == year).exists(),
        )
        .order_by(Recit.id, User.id)
    ).all()
    return [(entry_id, user_id, int(published)) for entry_id, user_id, published in rows]


def fault_of(words: str) -> str:
    """The French sentence for what is missing; empty when nothing is."""
    if not any(char.isprintable() and not char.isspace() for char in words):
        return "Écrivez ce que vous lisez autrement, en une phrase"
    return f"Raccourcissez ce texte : {MOST_CHARS} caractères au plus" if len(words) > MOST_CHARS else ""


def reread(session: RexSession, reader: Reader, recit: Recit, words: str, shown: Audience) -> Rereading:
    """Keep it beside the récit. `shown`: the audience that the author was told; it is never read more widely."""
    if recit.audience is None:
        raise PermissionError("a récit that nobody reads has nothing beside it")
    public_id, source = new_public_id(), words.strip()
    kept = Rereading(
        public_id=public_id,
        entry_id=recit.id,
        author_id=reader.user_id,
        audience=narrower([recit.audience, shown]),
        source=source,
        html=html_of(public_id, source),
        pipeline=text.PIPELINE,
    )
    session.add(kept)
    session.flush()
    return kept


def html_of(public_id: str, source: str) -> str:
    """The HTML of a rereading, its notes told apart from those of the récit."""
    return text.to_html(source, prefix=f"relecture-{public_id}-")


def words_for_author(session: RexSession, kept: Rereading) -> str:
    """What a rereading says to who wrote it, suspended or not."""
    return own_words(session, kept.entry_id, Rereading, kept.public_id, kept.sealed) if kept.suspended_at else kept.source


def find_rereading(session: RexSession, recit: Recit, public_id: str) -> Rereading | None:
    """What an author said of this récit, if the reader of this session reads it."""
    return session.scalars(select(Rereading).where(Rereading.public_id == public_id, Rereading.entry_id == recit.id)).first()
