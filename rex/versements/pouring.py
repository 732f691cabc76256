"""What appears outside: an entry of its author's, as if they had just written it there.

New ids, a minute drawn at random, one author, no key nor title of the group's text; nothing points back, and the row of the group
does not say which entry it is."""

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import select

from rex import clock
from rex.access import Reader
from rex.collectifs.entrance import as_readers
from rex.db import RexSession
from rex.journal import difficulties
from rex.journal.canvas import TITLE, canvas_of
from rex.journal.difficulty_sealing import Written
from rex.journal.drafts import DraftView, FieldView
from rex.journal.models import Action, Audience, Entry, EntryKind, Recit, Revision
from rex.journal.publishing import tell_whole
from rex.versements.rewriting import Rewriting, sections_of

# Not the second of the last yes; nor long before, where whoever looked at the list meanwhile would not have found it.
DRAWN_AFTER, DRAWN_WITHIN = timedelta(minutes=1), timedelta(minutes=9)
WRITTEN_WITHIN = timedelta(hours=3)  # before it is told, as one writes a récit


def pour(session: RexSession, author_id: int, said: Rewriting) -> Entry | None:
    """Tell this text in the collectif that its author chose, as its author; None when they are not of it any more."""
    author = as_readers(session, [author_id]).get(author_id)
    seat = next((one for one in author.memberships if one.collectif_public_id == said.to), None) if author else None
    if author is None or seat is None:
        return None
    with _acting_as(session, author):
        entry: Entry
        if said.kind is EntryKind.DIFFICULTY:
            entry = difficulties.share(session, author, seat, Audience.COLLECTIF, Written(said.text))
        else:
            sections = sections_of(said.text, canvas_of(session, seat.collectif_id))
            fields = {slug: FieldView(words, 1) for slug, words in {TITLE: said.title, **sections}.items()}
            entry = tell_whole(session, author, seat, DraftView(fields), Audience.COLLECTIF)
        say_when(session, entry, clock.now() - DRAWN_AFTER - _some_of(DRAWN_WITHIN))
    return entry


def _some_of(length: timedelta) -> timedelta:
    return timedelta(milliseconds=1 + secrets.randbelow(int(length.total_seconds() * 1000)))


def say_when(session: RexSession, entry: Entry, moment: datetime) -> None:
    """All that dates the entry says this instant, which is not that of the last yes in the group: pages tell it to the second. A
    moment like any other: a round one would tell this entry from those that were written there."""
    entry.created_at = entry.published_at = moment
    if isinstance(entry, Recit):
        entry.created_at = moment - _some_of(WRITTEN_WITHIN)
        for version in session.scalars(select(Revision).where(Revision.entry_id == entry.id)).all():
            version.created_at = moment
        for action in session.scalars(select(Action).where(Action.id == entry.action_id)).all():
            action.created_at = entry.created_at
    session.flush()


@contextmanager
def _acting_as(session: RexSession, author: Reader) -> Generator[None]:
    """Within the act of whoever said the last yes: with the author's rights, and no more."""
    before, session.reader = session.reader, author
    try:
        yield
    finally:
        session.reader = before
