"""Writing: drafts sealed from their first byte, saved section by section, merged when two hands met.

Every save locks the draft's row, so that two saves at once are one after the other. A save says on which version it is based;
when another came in between, the texts are merged by paragraph and nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from rex import clock, words
from rex.access import MembershipView, Reader, own_drafts, visible_recits
from rex.collectifs.models import User
from rex.db import RexSession
from rex.journal.canvas import TITLE
from rex.journal.consent_voiding import void_consents
from rex.journal.models import (
    TITLE_LENGTH,
    Action,
    Authorship,
    Draft,
    DraftText,
    Entry,
    Recit,
    Section,
    Tagging,
)
from rex.journal.sealed_drafts import (
    Tags,
    add_draft,
    add_texts,
    first_version,
    pack_tags,
    rewrite,
    seal,
    tags_row,
    text_at,
    text_row,
    unpack_tags,
)
from rex.text import MAX_CHARS

YOU_ELSEWHERE = "vous, dans une autre fenêtre"
EMPTY_DRAFTS_GO_AFTER = timedelta(days=7)


class TooLong(ValueError):
    """A field is longer than a page can hold; `slug` says which."""

    def __init__(self, slug: str) -> None:
        self.slug = slug


@dataclass(frozen=True)
class FieldView:
    """A field of a draft as its authors see it."""

    text: str
    version: int
    written_by_id: int | None = None
    written_at: datetime | None = None


@dataclass(frozen=True)
class DraftView:
    """A working copy, opened for one of its authors. Version 0 everywhere: nothing was ever saved."""

    fields: dict[str, FieldView] = field(default_factory=dict)
    tags: Tags = field(default_factory=dict)
    tags_version: int = 0
    changed_at: datetime | None = None

    @property
    def title(self) -> str:
        return self.text_of(TITLE)

    @property
    def sections(self) -> dict[str, str]:
        """The filled sections, by slug."""
        return {slug: f.text for slug, f in self.fields.items() if slug != TITLE and f.text.strip()}

    def text_of(self, slug: str) -> str:
        return self.fields[slug].text if slug in self.fields else ""

    def version_of(self, slug: str) -> int:
        return self.fields[slug].version if slug in self.fields else 0


@dataclass(frozen=True)
class Saved:
    """What a save came to: `text` is what is kept, which differs from what was sent when `merged`."""

    version: int
    text: str
    merged: bool
    at: datetime
    other_hand: str = ""  # who had written what was merged in; « vous, dans une autre fenêtre »
    begins_correction: bool = False  # the récit was published, and this save began a working copy of it
    untouched: bool = False  # what was sent is what was opened: the text that another hand wrote since stands


def start_recit(session: RexSession, reader: Reader, seat: MembershipView, action_id: int | None = None) -> Recit:
    """A new récit with its empty draft; or the one that this person started here and never touched."""
    untouched = session.scalars(
        visible_recits(reader)
        .join(Draft, Draft.entry_id == Recit.id)
        .join(Authorship, Authorship.entry_id == Recit.id)
        .where(
            Authorship.user_id == reader.user_id,
            Entry.collectif_id == seat.collectif_id,
            Entry.published_at.is_(None),
            Draft.changed_at.is_(None),
        )
        .order_by(Entry.id.desc())
        .limit(1)
    ).first()
    if untouched is not None:
        untouched.action_id = action_id
        return untouched
    recit = Recit(collectif_id=seat.collectif_id, action_id=action_id)
    session.add(recit)
    session.flush()
    session.add(Authorship(entry_id=recit.id, user_id=reader.user_id, position=0))
    session.flush()
    add_draft(session, seat, recit, {}, {})
    return recit


def read_draft(session: RexSession, reader: Reader, recit: Recit) -> DraftView | None:
    """The working copy, for one of its authors; None when there is none (two statements at most)."""
    return read_drafts(session, reader, [recit]).get(recit.id)


def read_drafts(session: RexSession, reader: Reader, recits: Sequence[Recit]) -> dict[int, DraftView]:
    """The working copies of these récits that this person writes, by récit (two statements at most)."""
    told = {one.id: one for one in recits}
    drafts = session.scalars(own_drafts(reader).where(Draft.entry_id.in_(told))).all() if told else ()
    if not drafts:
        return {}
    texts = select(DraftText).where(DraftText.entry_id.in_([draft.entry_id for draft in drafts])).order_by(DraftText.id)
    rows: dict[int, list[DraftText]] = {}
    for row in session.scalars(texts):
        rows.setdefault(row.entry_id, []).append(row)
    return {
        draft.entry_id: _opened(session, seat, told[draft.entry_id], draft, rows.get(draft.entry_id, ()))
        for draft in drafts
        if (seat := reader.seat(told[draft.entry_id].collectif_id)) is not None
    }


def _opened(session: RexSession, seat: MembershipView, recit: Recit, draft: Draft, rows: Sequence[DraftText]) -> DraftView:
    return DraftView(
        fields={
            row.slug: FieldView(
                session.keyring.open(seat.key_name, text_row(recit, row.slug), row.sealed),
                row.version,
                row.written_by_id,
                row.written_at,
            )
            for row in rows
        },
        tags=unpack_tags(session.keyring.open(seat.key_name, tags_row(recit), draft.tags)),
        tags_version=draft.tags_version,
        changed_at=draft.changed_at,
    )


def published_copy(session: RexSession, recit: Recit) -> DraftView:
    """The published text in the shape of a draft, as `working_copy` would begin it."""
    sections = session.execute(select(Section.slug, Section.source).where(Section.entry_id == recit.id)).all()
    texts = {TITLE: recit.title, **{slug: source for slug, source in sections}}
    tags = session.execute(
        select(Tagging.code, Tagging.stance).where(Tagging.entry_id == recit.id).order_by(Tagging.position)
    ).all()
    version = first_version(session, recit)
    return DraftView(
        fields={slug: FieldView(text, version) for slug, text in texts.items()}, tags={code: stance for code, stance in tags}
    )


def working_copy(session: RexSession, reader: Reader, recit: Recit) -> Draft:
    """The draft of a récit, locked for this transaction; begun from the published text when there is none."""
    draft = locked_draft(session, reader, recit)
    return draft or _begin(session, reader, recit, published_copy(session, recit))


def locked_draft(session: RexSession, reader: Reader, recit: Recit) -> Draft | None:
    """The draft of a récit, held for this transaction; without one the récit itself is held, as it stands now.

    Whoever waited here sees what the other one did: published, withdrawn, or begun a correction."""
    query = own_drafts(reader).where(Draft.entry_id == recit.id).with_for_update()
    draft = session.scalars(query).first()
    if draft is None:
        session.refresh(recit, with_for_update=True)
        draft = session.scalars(query).first()
    return draft


def save_text(session: RexSession, reader: Reader, recit: Recit, slug: str, text: str, base_version: int) -> Saved:
    """Keep what one hand wrote in one field. Raises TooLong; merges when `base_version` is not the last one."""
    text = _received(text)
    if slug == TITLE:
        text = text.replace("\n", " ")
    if len(text) > (TITLE_LENGTH if slug == TITLE else MAX_CHARS):
        raise TooLong(slug)
    seat, now = _seat(reader, recit), clock.now()
    draft = locked_draft(session, reader, recit)
    begins = draft is None
    if draft is None:
        published = published_copy(session, recit)
        told, version = published.text_of(slug), published.version_of(slug)
        if text.strip() == told.strip():
            return Saved(version, text, False, now)
        if base_version != version and text == text_at(session, seat, recit, slug, base_version):
            return Saved(version, told, True, now, untouched=True)
        draft = _begin(session, reader, recit, published)
    row = session.scalars(select(DraftText).where(DraftText.entry_id == recit.id, DraftText.slug == slug)).first()
    if row is None:
        if not text:
            return Saved(0, "", False, now)
        version = first_version(session, recit) - 1
        row = DraftText(entry_id=recit.id, slug=slug, version=version, sealed=seal(session, seat, recit, slug, ""))
        session.add(row)
    kept = session.keyring.open(seat.key_name, text_row(recit, slug), row.sealed)
    sent, hand, untouched = text, "", False
    if base_version != row.version and text != kept:
        base = text_at(session, seat, recit, slug, base_version)
        untouched = text == base
        hand = _hand(session, reader, row)
        text = words.merge(base or "", text, kept, their_name=hand).text
        if slug == TITLE:
            text = " ".join(text.split())  # two titles may be longer than one: its authors choose before they publish
    if text != kept:
        rewrite(session, seat, recit, row, text)
        row.written_by_id, row.written_at = reader.user_id, now
        draft.changed_at = now
        void_consents(session, reader, recit)
    session.flush()
    merged = text != sent
    return Saved(row.version, text, merged, now, hand if merged else "", begins, untouched=merged and untouched)


def save_tags(session: RexSession, reader: Reader, recit: Recit, tags: Tags) -> int:
    """Keep the chosen balises, in their order; returns their version."""
    seat, draft = _seat(reader, recit), locked_draft(session, reader, recit)
    if draft is None:
        published = published_copy(session, recit)
        if pack_tags(published.tags) == pack_tags(tags):
            return 0
        draft = _begin(session, reader, recit, published)
    if session.keyring.open(seat.key_name, tags_row(recit), draft.tags) != pack_tags(tags):
        draft.tags = session.keyring.seal(seat.key_name, tags_row(recit), pack_tags(tags))
        draft.tags_version += 1
        draft.changed_at = clock.now()
        void_consents(session, reader, recit)
        session.flush()
    return draft.tags_version


def fill_draft(session: RexSession, seat: MembershipView, recit: Recit, texts: dict[str, str], tags: Tags) -> None:
    """Replace the whole working copy (a withdrawal, a version restored); what stood there is a version before, for old tabs."""
    draft = session.scalars(select(Draft).where(Draft.entry_id == recit.id).with_for_update()).first()
    if draft is None:
        draft = add_draft(session, seat, recit, texts, tags)
    else:
        rows = {row.slug: row for row in session.scalars(select(DraftText).where(DraftText.entry_id == recit.id))}
        for slug, row in rows.items():
            rewrite(session, seat, recit, row, texts.get(slug, ""))
        add_texts(session, seat, recit, {slug: text for slug, text in texts.items() if slug not in rows})
        draft.tags = session.keyring.seal(seat.key_name, tags_row(recit), pack_tags(tags))
        draft.tags_version += 1
    draft.changed_at = clock.now()
    session.flush()


def drop_draft(session: RexSession, recit: Recit) -> None:
    """Forget the working copy: it was published, or given up."""
    session.execute(delete(Draft).where(Draft.entry_id == recit.id))


def forget_fields_of(session: RexSession, recit: Recit, user_ids: Sequence[int]) -> None:
    """Take out the fields that these people wrote last."""
    theirs = DraftText.written_by_id.in_(user_ids)
    session.execute(delete(DraftText).where(DraftText.entry_id == recit.id, theirs))


def clean_untouched(session: RexSession) -> None:
    """Empty drafts that nobody touched go after a week; for the ticker."""
    old = select(Draft.entry_id).where(Draft.changed_at.is_(None), Draft.created_at < clock.now() - EMPTY_DRAFTS_GO_AFTER)
    session.execute(delete(Entry).where(Entry.id.in_(old), Entry.published_at.is_(None)))
    drop_orphan_actions(session)


def drop_orphan_actions(session: RexSession) -> None:
    """An action without any récit, even a draft, is nothing any more; for the system, after a deletion."""
    told = select(Recit.id).where(Recit.action_id == Action.id)
    session.execute(delete(Action).where(~told.exists()))


def _received(text: str) -> str:
    """What a browser sent, with one kind of line end and nothing that a database refuses (NUL, halves of characters)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode("utf-8", "replace").decode()


def _begin(session: RexSession, reader: Reader, recit: Recit, copy: DraftView) -> Draft:
    return add_draft(session, _seat(reader, recit), recit, {s: f.text for s, f in copy.fields.items()}, copy.tags)


def _hand(session: RexSession, reader: Reader, row: DraftText) -> str:
    """Who wrote this field last, in words. What was published is of nobody in particular among several authors."""
    if row.written_by_id is None:
        another = Authorship.user_id.is_distinct_from(reader.user_id)
        others = select(Authorship.id).where(Authorship.entry_id == row.entry_id, another)
        return "un des auteurs" if session.execute(others.limit(1)).first() else YOU_ELSEWHERE
    if row.written_by_id == reader.user_id:
        return YOU_ELSEWHERE
    return session.scalar(select(User.name).where(User.id == row.written_by_id)) or "une personne"


def _seat(reader: Reader, recit: Recit) -> MembershipView:
    seat = reader.seat(recit.collectif_id)
    if seat is None:
        raise PermissionError("a draft is written by current members of its collectif")
    return seat
