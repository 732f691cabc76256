"""The archive that an animateur asked for on the web: prepared by the ticker, slice by slice, kept seven days for them alone.

It holds what members read when it was prepared. Before it leaves, every line is compared with what they read now (`gone`): when
one is told otherwise, to fewer, by others or not at all, it does not leave, and is to be asked for again. The ticker looks too: at
its next turn when a text bears the date of it, every ten minutes otherwise. Then it erases the file; the request stays, so that the
page says why nothing is there. All of it goes when its asker looks after the journal no more."""

import logging
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from rex import clock
from rex.access import MembershipView, Reader
from rex.archives import work
from rex.archives.gone import bears_a_date, says_otherwise
from rex.archives.models import ArchiveRequest
from rex.archives.packing import ZIP, pack, size_in_kilobytes
from rex.archives.slices import Asked
from rex.collectifs.entrance import as_readers
from rex.db import Database, RexSession

FOLDER = "archives"
DAYS = 7
log = logging.getLogger("rex.archives")
SECONDS = 20.0  # of one tick: mails wait meanwhile
LOOKED_AT = timedelta(minutes=10)


def folder_of(session: RexSession, request: ArchiveRequest) -> Path:
    """Where the work and the file lie: beside the files of the récits."""
    return session.files.folder.with_name(FOLDER) / request.public_id


def own_request(session: RexSession, reader: Reader, seat: MembershipView) -> ArchiveRequest | None:
    """What this person asked for in this collectif."""
    mine = ArchiveRequest.user_id == reader.user_id, ArchiveRequest.collectif_id == seat.collectif_id
    return session.scalars(select(ArchiveRequest).where(*mine)).first()


def ask(session: RexSession, reader: Reader, seat: MembershipView) -> ArchiveRequest:
    """Ask for the archive; of two clicks, the second finds it asked for. Raises PermissionError."""
    if not seat.is_animateur:
        raise PermissionError("an animateur asks for the archive of their collectif")
    found = own_request(session, reader, seat)
    if found is None:
        found = ArchiveRequest(collectif_id=seat.collectif_id, user_id=reader.user_id)
        session.add(found)
        session.flush()
    return found


def give_up(session: RexSession, reader: Reader, seat: MembershipView) -> None:
    """Take the archive away, prepared or not."""
    found = own_request(session, reader, seat)
    if found is not None:
        _erase(session, found)


def kept_file(session: RexSession, request: ArchiveRequest | None) -> Path | None:
    """The file, when it was there the last time that the ticker looked."""
    if request is None or request.ready_at is None:
        return None
    path = folder_of(session, request) / ZIP
    return path if path.exists() else None


def file_to_give(database: Database, session: RexSession, request: ArchiveRequest | None, seat: MembershipView) -> Path | None:
    """The file to download, when all that it holds is still what members read."""
    path = kept_file(session, request)
    try:
        return path if path and not says_otherwise(database, Asked(_nowhere(seat)), path.parent) else None
    except FileNotFoundError:  # erased meanwhile
        return None


# --- the ticker -----------------------------------------------------------------------------------------------------------


def prepare_due(database: Database, root: str, seconds: float = SECONDS) -> None:
    """Erase what is over, then go on with what is asked, for some seconds in all: the next tick goes on from there."""
    until = clock.now() + timedelta(seconds=seconds)
    with database.system("archives that are over") as session:
        asked = session.scalars(select(ArchiveRequest).order_by(ArchiveRequest.id)).all()
        over = {one.id for one in asked if _seat_of(session, one) is None or _is_over(one)}
    if over:
        with database.system("archives that are over", write=True) as session:
            for request in session.scalars(select(ArchiveRequest).where(ArchiveRequest.id.in_(over))).all():
                _erase(session, request)
    _sweep(database.files.folder.with_name(FOLDER), {one.public_id for one in asked if one.id not in over})
    for request in [one for one in asked if one.id not in over]:
        try:
            if request.ready_at is not None:
                _look_again(database, request.id)
            while request.ready_at is None and clock.now() < until and _go_on(database, request.id, root):
                pass
        except Exception:  # the next archives do not wait for this one, which is tried again at the next tick
            log.exception("an archive could not go on")


def _go_on(database: Database, request_id: int, root: str) -> bool:
    """One slice, or the zip once all is read; False when nothing is left to do."""
    with database.system("the archive that somebody asked for") as session:
        request = session.get(ArchiveRequest, request_id)
        seat = _seat_of(session, request) if request is not None else None
        if request is None or seat is None or request.ready_at is not None:
            return False
        folder = folder_of(session, request)
    size, now = 0, clock.now()
    try:
        with work.working(folder, Asked(seat)) as one:
            if not one.state.is_read:
                one.advance(database)
            elif says_otherwise(database, one.asked, folder):  # while the rest was read: from the start
                work.forget(folder)
                return True
            else:
                path = pack(one, root)
                size = size_in_kilobytes(path)
                os.utime(path, (now.timestamp(), now.timestamp()))
            done, total = one.state.texts, one.state.total
    except (work.Busy, FileNotFoundError):  # another machine is at it; or it was given up meanwhile, its folder with it
        return False
    with database.system("how far an archive went", write=True) as session:
        request = session.get(ArchiveRequest, request_id)
        if request is None:  # given up meanwhile
            work.forget(folder)
            return False
        request.done, request.total = done, max(done, total)
        if size:
            request.ready_at, request.size = clock.now(), size
    return not size


def _seat_of(session: RexSession, request: ArchiveRequest) -> MembershipView | None:
    """Where its asker looks after the journal, as things are now."""
    reader = as_readers(session, [request.user_id]).get(request.user_id)
    seat = reader.seat(request.collectif_id) if reader else None
    return _nowhere(seat) if seat is not None and seat.is_animateur else None


def _nowhere(seat: MembershipView) -> MembershipView:
    """Their place, without the service that they receive for: the archive is read for somebody who receives nothing."""
    return replace(seat, service_id=None)


def _is_over(request: ArchiveRequest) -> bool:
    lasts = request.asked_at if request.ready_at is None else request.ready_at
    return lasts + timedelta(days=DAYS) <= clock.now()


def _look_again(database: Database, request_id: int) -> None:
    """Erase a file that says what is not said any more. The date of the file is when it was last compared with the base."""
    with database.system("whether an archive that waits may still be given") as session:
        request = session.get(ArchiveRequest, request_id)
        seat = _seat_of(session, request) if request is not None else None
        path = kept_file(session, request)
    if seat is None or path is None:
        return
    now = clock.now()
    try:
        looked = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if now < looked + LOOKED_AT and not bears_a_date(database, seat, looked):
            return
        if says_otherwise(database, Asked(seat), path.parent):
            work.forget(path.parent)
        else:
            os.utime(path, (now.timestamp(), now.timestamp()))
    except FileNotFoundError:  # erased meanwhile by who asked for it
        return


def _erase(session: RexSession, request: ArchiveRequest) -> None:
    """The row, then the folder: what is left of one by a fall of the machine is swept."""
    folder = folder_of(session, request)
    session.delete(request)
    session.flush()
    work.forget(folder)


def _sweep(folder: Path, known: set[str]) -> None:
    """Take away the folders that no row stands for. The ticker alone makes them, for rows that it has read."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in known:
            work.forget(path)
