"""Jalons: the named dates of a collectif, set by its animateurs, read by its members. The page compares what is before with one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from rex.access import Reader
from rex.db import RexSession
from rex.french import fold, typo
from rex.refusals import Refused
from rex.text.marks import tidy
from rex.trends.models import Jalon
from rex.trends.periods import FIRST_YEAR, LAST_YEAR

NAME_MOST = 80
MOST = 60  # of a collectif
GONE = "Ce jalon n’existe plus. Ce que vous avez écrit est ici\u00a0: vous pouvez le poser de nouveau."
FULL = f"Ce journal a déjà {MOST} jalons\u00a0: retirez-en un d’abord."

Faults = list[tuple[str, str]]  # (field, French sentence)


@dataclass(frozen=True)
class ShownJalon:
    """A jalon, for a member."""

    public_id: str
    day: date
    name: str


@dataclass(frozen=True)
class TypedJalon:
    """What somebody types."""

    name: str = ""
    written_day: str = ""

    @classmethod
    def sent(cls, form: MultiDict) -> "TypedJalon":
        return cls(" ".join(tidy(form.get("nom", "")).split()), form.get("jour", "").strip())

    @property
    def day(self) -> date | None:
        try:
            found = date.fromisoformat(self.written_day)
        except ValueError:
            return None
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None

    def faults(self) -> Faults:
        found: Faults = []
        if not any(char.isalnum() for char in self.name):
            found.append(("nom", "Donnez un nom à ce jalon"))
        elif len(self.name) > NAME_MOST:
            found.append(("nom", f"Raccourcissez ce nom : {NAME_MOST} caractères au plus"))
        if self.day is None:
            found.append(("jour", "Donnez le jour, par exemple 01/09/2026"))
        return [(name, typo(sentence)) for name, sentence in found]


def jalons_of(session: RexSession, reader: Reader, collectif_id: int) -> list[ShownJalon]:
    """Those of a collectif of this person, the latest first; none of another. One statement."""
    query = select(Jalon.public_id, Jalon.day, Jalon.name)
    here = query.where(Jalon.collectif_id == collectif_id, Jalon.collectif_id.in_(reader.collectif_ids))
    return [ShownJalon(*row) for row in session.execute(here.order_by(Jalon.day.desc(), Jalon.id.desc()))]


def find_jalon(
    session: RexSession, reader: Reader, collectif_id: int, public_id: str, *, hold: bool = False
) -> Jalon | None:
    """`hold`: to change or remove it, while nobody else does."""
    here = select(Jalon).where(Jalon.public_id == public_id, Jalon.collectif_id == collectif_id)
    query = here.where(Jalon.collectif_id.in_(reader.collectif_ids))
    return session.scalars(query.with_for_update().execution_options(populate_existing=True) if hold else query).first()


def add(session: RexSession, reader: Reader, collectif_id: int, typed: TypedJalon) -> Jalon:
    """One more. Raises PermissionError, or Refused with what is wrong."""
    _demand(reader, collectif_id)
    there = jalons_of(session, reader, collectif_id)
    if len(there) >= MOST:
        raise Refused(FULL)
    made = Jalon(collectif_id=collectif_id, created_by_id=reader.user_id)
    _write(made, typed, there)
    session.add(made)
    session.flush()
    return made


def change(session: RexSession, reader: Reader, jalon: Jalon, typed: TypedJalon) -> None:
    """Another name, another day: pages that are compared with it follow. Raises PermissionError, or Refused."""
    _demand(reader, jalon.collectif_id)
    others = jalons_of(session, reader, jalon.collectif_id)
    _write(jalon, typed, [one for one in others if one.public_id != jalon.public_id])
    session.flush()


def remove(session: RexSession, reader: Reader, jalon: Jalon) -> None:
    """Raises PermissionError. No figure goes with it: none was kept."""
    _demand(reader, jalon.collectif_id)
    session.delete(jalon)
    session.flush()


def _write(jalon: Jalon, typed: TypedJalon, others: list[ShownJalon]) -> None:
    if typed.faults() or typed.day is None:
        raise ValueError("what was typed is looked at before")
    if any(one.day == typed.day and fold(one.name) == fold(typed.name) for one in others):
        raise Refused("Ce jalon existe déjà, à ce jour et sous ce nom.")
    jalon.name, jalon.day = typed.name, typed.day


def _demand(reader: Reader, collectif_id: int) -> None:
    seat = reader.seat(collectif_id)
    if seat is None or seat.is_group or not seat.is_animateur:
        raise PermissionError("the animateurs set the named dates of their journal")
