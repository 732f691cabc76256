"""How a draft is kept: each field sealed with the key of its space, at its current version and at some earlier ones."""

import json

from sqlalchemy import delete, func, select

from rex.access import MembershipView
from rex.db import RexSession
from rex.journal.canvas import TITLE
from rex.journal.models import (
    Draft,
    DraftText,
    DraftTextBefore,
    Recit,
    Revision,
    Stance,
)

VERSIONS_KEPT = 40  # bases for the merge of an old tab; an older one than that gets both texts
ONE_LIFE = 100_000  # versions of one working copy; the next one counts from further, so that an old tab never meets its number

Tags = dict[str, Stance]  # code → stance, in the order chosen


def add_draft(session: RexSession, seat: MembershipView, recit: Recit, texts: dict[str, str], tags: Tags) -> Draft:
    """Begin a working copy with these texts and balises."""
    draft = Draft(entry_id=recit.id, tags=session.keyring.seal(seat.key_name, tags_row(recit), pack_tags(tags)))
    session.add(draft)
    session.flush()
    add_texts(session, seat, recit, texts)
    return draft


def add_texts(session: RexSession, seat: MembershipView, recit: Recit, texts: dict[str, str]) -> None:
    """Put fields in a working copy, at the first version of its life."""
    version = first_version(session, recit)
    for slug, text in texts.items():
        session.add(DraftText(entry_id=recit.id, slug=slug, version=version, sealed=seal(session, seat, recit, slug, text)))
    session.flush()


def first_version(session: RexSession, recit: Recit) -> int:
    """The number of the first version in the present working copy: each publication begins another one."""
    revisions = session.scalar(select(func.max(Revision.number)).where(Revision.entry_id == recit.id)) or 0
    return 1 + ONE_LIFE * revisions


def rewrite(session: RexSession, seat: MembershipView, recit: Recit, row: DraftText, text: str) -> None:
    """Another text in a field; the one that stood there stays the base of those who opened it."""
    _keep_before(session, recit, row)
    row.sealed, row.version = seal(session, seat, recit, row.slug, text), row.version + 1


def _keep_before(session: RexSession, recit: Recit, row: DraftText) -> None:
    session.add(DraftTextBefore(entry_id=recit.id, slug=row.slug, version=row.version, sealed=row.sealed))
    session.execute(
        delete(DraftTextBefore).where(
            DraftTextBefore.entry_id == recit.id,
            DraftTextBefore.slug == row.slug,
            DraftTextBefore.version < row.version - VERSIONS_KEPT,
        )
    )


def text_at(session: RexSession, seat: MembershipView, recit: Recit, slug: str, version: int) -> str | None:
    """The text on which an old tab is based: of a working copy, or what was published when none had begun. None when it is too
    old to be known, and then both texts are kept."""
    sealed = session.scalar(
        select(DraftTextBefore.sealed).where(
            DraftTextBefore.entry_id == recit.id, DraftTextBefore.slug == slug, DraftTextBefore.version == version
        )
    )
    if sealed:
        return session.keyring.open(seat.key_name, text_row(recit, slug), sealed)
    revision, changes = divmod(version - 1, ONE_LIFE)
    return _published_text(session, seat, recit, slug, revision) if revision and not changes else None


def _published_text(session: RexSession, seat: MembershipView, recit: Recit, slug: str, number: int) -> str | None:
    """What a published version said there; None once it is erased."""
    query = select(Revision.content).where(Revision.entry_id == recit.id, Revision.number == number)
    sealed = session.scalar(query)
    if sealed is None:
        return None
    content = json.loads(session.keyring.open(seat.key_name, revision_row(recit, number), sealed))
    texts = {name: source for name, _, source in content["sections"]} | {TITLE: content["title"]}
    return texts.get(slug, "")


def seal(session: RexSession, seat: MembershipView, recit: Recit, slug: str, text: str) -> bytes:
    """Encrypt one field of a draft, bound to the récit and to the field."""
    return session.keyring.seal(seat.key_name, text_row(recit, slug), text)


def text_row(recit: Recit, slug: str) -> str:
    """What binds a sealed field: the table, the récit, the field."""
    return f"draft_text|{recit.public_id}|{slug}"


def tags_row(recit: Recit) -> str:
    """What binds the sealed balises of a draft."""
    return f"draft|{recit.public_id}|tags"


def revision_row(recit: Recit, number: int) -> str:
    """What binds a sealed version that was published."""
    return f"revision|{recit.public_id}|{number}"


def pack_tags(tags: Tags) -> str:
    """« C1:illustre E3:nuance », in the order chosen."""
    return " ".join(f"{code}:{stance}" for code, stance in tags.items())


def unpack_tags(packed: str) -> Tags:
    """What `pack_tags` wrote."""
    return {code: Stance(stance) for code, _, stance in (pair.rpartition(":") for pair in packed.split())}
