"""A difficulty noted alone: shared, corrected, taken back, shared again; and those who live it too."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from rex import clock
from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.journal import moments
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.difficulty_sealing import Written, as_told, put_away, put_in_clear, seal, write
from rex.journal.models import Audience, Authorship, EntryKind
from rex.journal.moments import Change, What
from rex.journal.notes import narrower
from rex.journal.readers import among_readers
from rex.journal.signing import sign
from rex.journal.under import EntryOnPage


def share(session: RexSession, reader: Reader, seat: MembershipView, audience: Audience, written: Written) -> Difficulty:
    """Note a difficulty in a space and tell it there at once, signed by its only author."""
    difficulty = Difficulty(kind=EntryKind.DIFFICULTY, collectif_id=seat.collectif_id)
    session.add(difficulty)
    session.flush()
    session.add(Authorship(entry_id=difficulty.id, user_id=reader.user_id, position=0))
    _tell_signed(session, difficulty, audience, written)
    return difficulty


def keep_for_oneself(session: RexSession, reader: Reader, seat: MembershipView, written: Written) -> Difficulty:
    """Note a difficulty that nobody else reads, sealed; its author may tell it another day (`share_again`)."""
    difficulty = Difficulty(kind=EntryKind.DIFFICULTY, collectif_id=seat.collectif_id)
    session.add(difficulty)
    session.flush()
    session.add(Authorship(entry_id=difficulty.id, user_id=reader.user_id, position=0))
    session.flush()
    seal(session, seat, difficulty, written)
    session.flush()
    return difficulty


def share_again(session: RexSession, difficulty: Difficulty, audience: Audience, written: Written) -> None:
    """Tell a difficulty that had been taken back; of two clicks at once, the second finds it told."""
    session.refresh(difficulty, with_for_update=True)
    if not difficulty.is_published:
        _tell_signed(session, difficulty, audience, written)


def _tell_signed(session: RexSession, difficulty: Difficulty, audience: Audience, written: Written) -> None:
    put_in_clear(session, difficulty, written, audience)
    sign(session, difficulty)
    session.flush()


def correct(session: RexSession, difficulty: Difficulty, written: Written) -> bool:
    """Change what readers read, and say so; False when nothing changes. The words of a passage are its récit's: they stay."""
    before = as_told(session, difficulty)
    words = difficulty.words if difficulty.section_slug else written.words
    after = Written(words, written.effect, written.tags)
    if (before, list(before.tags)) == (after, list(after.tags)):
        return False
    write(session, difficulty, after)
    difficulty.corrected_at = clock.now()
    session.flush()
    moments.changed(session, difficulty, Change.CORRECTED)
    return True


def withdraw(session: RexSession, seat: MembershipView, difficulty: Difficulty) -> None:
    """Take it back: sealed, with its thread and its echoes out of sight until it is told again."""
    session.refresh(difficulty, with_for_update=True)
    if difficulty.is_published:
        put_away(session, seat, difficulty)


def add_echo(
    session: RexSession,
    reader: Reader,
    seat: MembershipView | None,
    about: EntryOnPage,
    words: str = "",
    shown: Audience = Audience.RESEAU,
) -> bool:
    """« Je vis ça aussi », before the readers that the difficulty has at this moment; False when it was said already.

    `shown`: the audience that the button named, when it opened to more people since: the echo is never read more widely.
    `seat`: from where this person speaks (in the difficulty's space, else in their own). The base holds each person to one:
    of two clicks at once, one is kept."""
    if reader.user_id in about.author_ids:
        raise PermissionError("one does not echo oneself")
    audience = narrower([about.audience, shown])
    values = {
        "entry_id": about.id,
        "user_id": reader.user_id,
        "service_id": seat.service_id if seat else None,
        "service_name": seat.service_name if seat else "",
        "college": seat.college if seat else None,
        "audience": audience,
        "created_at": clock.now(),
    }
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    added = session.execute(insert(Echo).values(**values).on_conflict_do_nothing().returning(Echo.id)).scalar() is not None
    if added:
        if words:  # written through the row: it knows whether its space seals them
            mine = select(Echo).where(Echo.entry_id == about.id, Echo.user_id == reader.user_id)
            session.scalars(mine).one().words = words
            session.flush()
        told = among_readers(session, about.author_ids, audience, about.collectif_id)
        moments.tell(session, reader, What.ECHO, about.id, sorted(told))
    return added


def take_back_echo(session: RexSession, reader: Reader, difficulty_id: int) -> None:
    """Row by row: rooms further down see it go."""
    for echo in session.scalars(select(Echo).where(Echo.entry_id == difficulty_id, Echo.user_id == reader.user_id)):
        session.delete(echo)
    session.flush()
