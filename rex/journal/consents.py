"""Several authors, one yes each: a récit written together is published, or opened more widely, when each of them agrees.

A yes covers the words that stood there: it goes when another author changes them. After seven days of silence the author who
asked may wait, or publish without the silent ones' names and sections. (Rule: decisions on who reads.)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from rex import clock
from rex.access import Reader
from rex.collectifs.models import User
from rex.db import RexSession
from rex.journal import moments
from rex.journal.belonging import belongs_to
from rex.journal.drafts import forget_fields_of
from rex.journal.former_authors import end_signatures
from rex.journal.models import Audience, Authorship, Consent, Entry, PublicationRequest, Recit
from rex.journal.moments import What
from rex.journal.publishing import change_audience, publish

SILENCE = timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """A request as its authors see it: who asked for what, and whose yes is still missing."""

    audience: Audience
    teller: str
    asked_by_id: int | None
    asked_by: str
    asked_at: datetime
    awaited: tuple[tuple[int, str], ...]  # (user id, name)

    def awaits(self, reader: Reader) -> bool:
        return any(user_id == reader.user_id for user_id, _ in self.awaited)

    @property
    def awaited_names(self) -> list[str]:
        return [name for _, name in self.awaited]

    def may_do_without(self, reader: Reader, now: datetime) -> bool:
        """Whether this author may publish without the silent ones (a récit that is read already waits for them)."""
        return bool(self.awaited) and self.asked_by_id == reader.user_id and now - self.asked_at >= SILENCE


def needs_consent(recit: Recit, audience: Audience, authors: Sequence[tuple[int, str]]) -> bool:
    """Whether the others must say yes: any publication of an unpublished récit, and every widening."""
    widens = recit.audience is None or audience.width > recit.audience.width
    return widens and len(authors) > 1


def current_authors(session: RexSession, entry: Entry) -> list[tuple[int, str]]:
    """The authors who can answer: those who are still members, with an open account. (user id, name), in order."""
    with session.as_system("who can still answer for an entry"):
        rows = session.execute(
            select(User.id, User.name)
            .join(Authorship, Authorship.user_id == User.id)
            .where(Authorship.entry_id == entry.id, belongs_to(entry.collectif_id))
            .order_by(Authorship.position)
        ).all()
    return [(user_id, name) for user_id, name in rows]


def asked(session: RexSession, recit: Recit) -> Asked | None:
    """The request that waits on this récit."""
    request = session.scalars(select(PublicationRequest).where(PublicationRequest.entry_id == recit.id)).first()
    if request is None:
        return None
    agreed = set(session.scalars(select(Consent.user_id).where(Consent.entry_id == recit.id)))
    authors = current_authors(session, recit)
    return Asked(
        audience=request.audience,
        teller=request.teller,
        asked_by_id=request.asked_by_id,
        asked_by=dict(authors).get(request.asked_by_id or 0, "Une personne"),
        asked_at=request.asked_at,
        awaited=tuple((user_id, name) for user_id, name in authors if user_id not in agreed),
    )


def ask(session: RexSession, reader: Reader, recit: Recit, audience: Audience, teller: str) -> None:
    """Ask the other authors; the one who asks says yes by asking. A former request is replaced."""
    take_back(session, recit)
    session.add(PublicationRequest(entry_id=recit.id, audience=audience, teller=teller[:160], asked_by_id=reader.user_id))
    session.flush()
    session.add(Consent(entry_id=recit.id, user_id=reader.user_id))
    session.flush()
    awaited = [user_id for user_id, _ in current_authors(session, recit)]
    moments.tell(session, reader, What.CONSENT_ASKED, recit.id, awaited)


def agree(session: RexSession, reader: Reader, recit: Recit) -> bool:
    """Say yes; True when it was the last one awaited and the récit is now published."""
    waiting = _locked(session, recit)
    if waiting is None:
        return recit.is_published
    if waiting.awaits(reader):
        session.add(Consent(entry_id=recit.id, user_id=reader.user_id))
        session.flush()
    still = asked(session, recit)
    if still is None or still.awaited:
        return False
    _publish_as_asked(session, reader, recit, still)
    return True


def take_back(session: RexSession, recit: Recit) -> None:
    """Refused by one, or taken back: nothing is published, the words stay a draft (or stay as widely read as they were)."""
    session.execute(delete(PublicationRequest).where(PublicationRequest.entry_id == recit.id))
    session.flush()


def publish_without_silent(session: RexSession, reader: Reader, recit: Recit) -> list[str]:
    """Publish without the names and the sections of those who said nothing for seven days; returns their names.

    Raises PermissionError before that, or for another author than the one who asked."""
    waiting = _locked(session, recit)
    if waiting is None or recit.is_published or not waiting.may_do_without(reader, clock.now()):
        raise PermissionError("only the author who asked, for a first publication, and after seven days")
    silent = [user_id for user_id, _ in waiting.awaited]
    forget_fields_of(session, recit, silent)
    end_signatures(session, [recit.id], silent)
    _publish_as_asked(session, reader, recit, waiting)
    return waiting.awaited_names


def _publish_as_asked(session: RexSession, reader: Reader, recit: Recit, request: Asked) -> None:
    if recit.is_published:
        change_audience(session, recit, request.audience)
    else:
        publish(session, reader, recit, request.audience, request.teller)
        together = [user_id for user_id, _ in current_authors(session, recit)]
        moments.tell(session, reader, What.PUBLISHED_TOGETHER, recit.id, together)
    take_back(session, recit)


def _locked(session: RexSession, recit: Recit) -> Asked | None:
    """The request, held for this transaction: of two last yeses at once, the second sees the first."""
    session.scalars(
        select(PublicationRequest).where(PublicationRequest.entry_id == recit.id).with_for_update()
    ).first()
    return asked(session, recit)
