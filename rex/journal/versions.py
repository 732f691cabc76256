"""The published versions of a récit, sealed, for its authors: kept at each publication, compared, restored, erased."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update

from rex import clock
from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.journal.canvas import TITLE
from rex.journal.drafts import (
    DraftView,
    Tags,
    fill_draft,
    void_consents,
)
from rex.journal.models import (
    Recit,
    Revision,
    Section,
    Stance,
)
from rex.journal.sealed_drafts import revision_row


@dataclass(frozen=True)
class Version:
    """A published version as its authors may read it again; `content` is None once erased."""

    number: int
    created_at: datetime
    author_id: int | None
    title: str = ""
    sections: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    tags: Tags = field(default_factory=dict)
    teller: str = ""
    is_erased: bool = False


def versions_of(session: RexSession, reader: Reader, recit: Recit) -> list[Version]:
    """The published versions, newest first, for an author."""
    seat = reader.seat(recit.collectif_id)
    if seat is None:
        return []
    rows = session.scalars(select(Revision).where(Revision.entry_id == recit.id).order_by(Revision.number.desc())).all()
    return [_open_version(session, seat, recit, row) for row in rows]


def restore(session: RexSession, reader: Reader, recit: Recit, version: Version) -> None:
    """Bring a version back into the working copy; readers see it once it is published."""
    seat = reader.seat(recit.collectif_id)
    if seat is None or version.is_erased:
        raise PermissionError("only an author restores, and only what was kept")
    fill_draft(session, seat, recit, {TITLE: version.title, **version.sections}, version.tags)
    void_consents(session, reader, recit)


def erase_version(session: RexSession, recit: Recit, number: int) -> None:
    """Destroy the words of one version; that it existed stays written."""
    session.execute(
        update(Revision)
        .where(Revision.entry_id == recit.id, Revision.number == number, Revision.content.is_not(None))
        .values(content=None, erased_at=clock.now())
    )


def _open_version(session: RexSession, seat: MembershipView, recit: Recit, row: Revision) -> Version:
    if row.content is None:
        return Version(row.number, row.created_at, row.author_id, is_erased=True)
    content = json.loads(session.keyring.open(seat.key_name, revision_row(recit, row.number), row.content))
    return Version(
        number=row.number,
        created_at=row.created_at,
        author_id=row.author_id,
        title=content["title"],
        sections={slug: source for slug, _, source in content["sections"]},
        headings={slug: heading for slug, heading, _ in content["sections"]},
        tags={code: Stance(stance) for code, stance in content["tags"]},
        teller=content.get("teller", ""),
    )


def keep_revision(session: RexSession, reader: Reader, seat: MembershipView, recit: Recit, draft: DraftView) -> None:
    last = session.scalar(select(func.max(Revision.number)).where(Revision.entry_id == recit.id)) or 0
    sections = session.execute(
        select(Section.slug, Section.heading, Section.source).where(Section.entry_id == recit.id).order_by(Section.position)
    )
    content = {
        "title": recit.title,
        "sections": [list(section) for section in sections],
        "tags": list(draft.tags.items()),
        "teller": recit.teller,
    }
    sealed = session.keyring.seal(seat.key_name, revision_row(recit, last + 1), json.dumps(content))
    session.add(Revision(entry_id=recit.id, number=last + 1, author_id=reader.user_id, content=sealed))
