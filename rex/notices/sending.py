"""Once more, just before a mail leaves: everything in it is still unread, and still read by its recipient.

It may have waited in the outbox while a member was removed, a récit withdrawn, a rhythm changed. A mail that names an entry
does not leave once this one is untold, even to its authors: they are written to anew, without its title."""

from collections.abc import Collection

from sqlalchemy import select, update

from rex import mail
from rex.access import Reader
from rex.collectifs.entrance import as_readers
from rex.db import Database, RexSession
from rex.notices.asks import asks_of
from rex.notices.models import Notice, Rhythm
from rex.notices.queries import ASKING, told_to
from rex.notices.rhythms import keep, rhythm_of, silences_groups
from rex.notices.unsubscribing import path_of_groups
from rex.peer_groups import telling
from rex.sealed_words import saying_what_is_lost

ROOM = "notices"
NAMING = "+"


def answer_for_mails() -> None:
    """Be asked before each mail of this room leaves (once; again changes nothing)."""
    mail.on_sending(ROOM, may_leave)
    telling.silenced_by(ROOM, wants_none_of_groups)
    telling.stopped_by(ROOM, path_of_groups)


def wants_none_of_groups(session: RexSession, user_id: int) -> bool:
    """Whether a person has no mail of their peer groups; asked as the system."""
    return rhythm_of(session, user_id) is Rhythm.NEVER or silences_groups(session, user_id)


def check_of(user_id: int, notice_ids: Collection[int], naming: Collection[int] = ()) -> str:
    """What `may_leave` will be asked; `naming`: those among these notices by which a title travels."""
    return f"{ROOM}:{user_id} {' '.join(f'{one}{NAMING}' if one in naming else str(one) for one in sorted(notice_ids))}"


def may_leave(database: Database, what: str) -> bool:
    """Whether all that a mail tells may still be told. When a part of it may, it is written anew at the next tick."""
    who, *notices = what.split()
    user_id, ids = int(who), {int(one.rstrip(NAMING)) for one in notices}
    naming = {int(one.rstrip(NAMING)) for one in notices if one.endswith(NAMING)}
    with database.system("for whom a mail was written, as they are now") as session:
        reader = as_readers(session, [user_id]).get(user_id)
        rhythm = rhythm_of(session, user_id)
    if reader is None or rhythm is Rhythm.NEVER:
        return False
    with saying_what_is_lost(), database.session(reader) as session:
        left = _still_waiting(session, reader, ids)
        is_as_it_was = left == ids and naming <= _named(session, reader, naming)
    if is_as_it_was:
        return True
    if left:
        with database.system("what is left of a mail is told in another", write=True) as session:
            session.execute(
                update(Notice).where(Notice.id.in_(left)).values(mailed_at=None).execution_options(synchronize_session=False)
            )
            keep(session, user_id, told_at=None)
    return False


def _still_waiting(session: RexSession, reader: Reader, ids: Collection[int]) -> set[int]:
    """Those among these notices that are unseen, and may be read now."""
    is_quiet = silences_groups(session, reader.user_id)
    told = told_to(session, reader, ids=ids, most=len(ids))
    found = {one.id for one in told if not (is_quiet and one.group_public_id)}
    mine = Notice.id.in_(ids), Notice.seen_at.is_(None), Notice.what.in_(ASKING)
    rows = session.execute(select(Notice.id, Notice.what, Notice.entry_id).where(*mine)).all()
    asks = [ask for ask in asks_of(session, reader) if not (is_quiet and ask.is_in_group)] if rows else []
    return found | {row.id for row in rows if any(a.what is row.what and row.entry_id in a.entry_ids for a in asks)}


def _named(session: RexSession, reader: Reader, ids: Collection[int]) -> set[int]:
    """Those among these notices whose entry is told now: its title may travel."""
    return {one.id for one in told_to(session, reader, ids=ids, most=len(ids)) if one.is_told} if ids else set()
