"""Periodic work, under a lease of the database: safe to run on several machines, or twice at once, or killed half-way."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import String, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm import Mapped, mapped_column

from rex import clock
from rex.db import Base, Database, Instant
from rex.keys import KeyLost

log = logging.getLogger("rex.ticker")

LEASE = timedelta(minutes=10)
Item = TypeVar("Item")


class Lease(Base):
    """Who does a piece of periodic work, and until when they may be believed alive."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(40), default="")
    until: Mapped[Instant | None]


class Unfinished(RuntimeError):
    """Some items of a chore could not be done; the log says why, and the next tick tries again."""


@dataclass(frozen=True)
class Chore:
    """A piece of periodic work, which does what is due and nothing twice."""

    name: str
    do: Callable[[], object]


def tick(database: Database, chores: Sequence[Chore]) -> list[str]:
    """Do each chore that nobody else is doing; return the names of those done. One that fails does not stop the others."""
    done = []
    for chore in chores:
        holder = secrets.token_hex(8)
        if not _take(database, chore.name, holder):
            continue
        try:
            chore.do()
            done.append(chore.name)
        except Exception:
            log.exception("chore %s failed", chore.name)
        finally:
            _give_back(database, chore.name, holder)
    return done


def one_by_one(items: Iterable[Item], do: Callable[[Item], object]) -> int:
    """Do the same for each item of a chore; returns for how many. What is wrong with one holds none back: that the host lost the
    key of its group is said in the log (the group is closed, nothing else). Anything else is too, and Unfinished is raised once
    the others are done. A database that does not answer ends it all."""
    done = wrong = 0
    for item in items:
        try:
            do(item)
            done += 1
        except OperationalError:
            raise
        except Exception as error:
            cause = error.orig if isinstance(error, StatementError) else error  # words that could not be sealed
            if isinstance(cause, KeyLost):
                log.warning("left aside: %s", cause)
            else:
                log.exception("one item was left undone")
                wrong += 1
    if wrong:
        raise Unfinished(f"{wrong} left undone")
    return done


def start(do: Callable[[], object], every: float = 30.0) -> threading.Event:
    """Run `do` in a thread of its own every `every` seconds, until the returned event is set."""
    stop = threading.Event()

    def run() -> None:
        while not stop.wait(every):
            try:
                do()
            except Exception:
                log.exception("the ticker missed a beat")

    threading.Thread(target=run, name="rex-ticker", daemon=True).start()
    return stop


def _take(database: Database, name: str, holder: str) -> bool:
    now = clock.now()
    free = or_(Lease.until.is_(None), Lease.until <= now)
    with database.system("take a lease", write=True) as session:
        if session.scalar(select(Lease.name).where(Lease.name == name)) is None:
            insert = sqlite_insert if database.is_sqlite else postgresql_insert
            session.execute(insert(Lease).values(name=name, holder="", until=None).on_conflict_do_nothing())
        taken = update(Lease).where(Lease.name == name, free).values(holder=holder, until=now + LEASE).returning(Lease.name)
        return session.scalar(taken) is not None


def _give_back(database: Database, name: str, holder: str) -> None:
    with database.system("give a lease back", write=True) as session:
        session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(until=None))
