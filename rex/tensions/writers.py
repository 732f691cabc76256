"""How many people ever wrote in each service of a journal, from no service, from each collège: counted no further than the third.

What was told stands there; drafts, groups and what is suspended do not. As the system: the same for all who read the journal."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, func, select, true
from sqlalchemy.orm import aliased

from rex.collectifs.models import Collectif, College, Service, ServiceKind
from rex.db import BigId, RexSession
from rex.journal.models import Audience, Authorship, Entry
from rex.kept import Kept
from rex.shapes import Shape

WRITERS = 3  # distinct people who wrote there over its life, under which a service or a collège is not named
FROM_NONE = 0  # beside ids of services: who wrote from no service

Where = Callable[[Any, Any], ColumnElement[bool]]  # of a signature and its entry


class Written(NamedTuple):
    """A service, or none (`FROM_NONE`), and how many people wrote there."""

    id: int
    public_id: str
    name: str
    kind: ServiceKind | None
    writers: int


def written_in_services(session: RexSession, collectif_id: int) -> list[Written]:
    """Every service of a journal, and those who wrote from none (one statement)."""
    with session.as_system("in which services at least three people wrote, over their life"):
        rows = _places(session).services.rows(session, place=collectif_id)
    services = [Written(row.id, row.public_id, row.name, row.kind, row.writers) for row in rows if row.id is not None]
    return [*services, *(Written(FROM_NONE, "", "", None, row.without) for row in rows[:1])]


def written_from_colleges(session: RexSession, collectif_id: int) -> dict[College, int]:
    """Every collège, in the order of the list of all (one statement)."""
    with session.as_system("in which collèges at least three people wrote, over their life"):
        found = _places(session).colleges.rows(session, place=collectif_id)[0][1:]
    return dict(zip(College, found, strict=True))


def of_each_service() -> Any:
    """How many people signed in a service (`Service`, of the statement around it), counted no further than the third, however much
    was written: the first in the order of an index, the next one, the one after. Those whose account is gone count as one when
    nobody else wrote there: what they told is to be told with others, too."""

    def there(by: Any, _: Any) -> ColumnElement[bool]:
        return by.service_id == Service.id

    found: list[Any] = []
    for _ in range(WRITERS):
        signed, user_id = _signed(there, Service)
        after = user_id > found[-1] if found else user_id.is_not(None)
        found.append(signed.where(after).order_by(user_id).limit(1).scalar_subquery())
    return _or_gone(case(*((one.is_not(None), rank) for rank, one in reversed(list(enumerate(found, 1))))), there, Service)


def up_to_three(where: Where, of: Any = None) -> Any:
    """The same, where no index has the people in order. `of`: the class of the statement around it that `where` names."""
    signed, user_id = _signed(where, of)
    known = signed.where(user_id.is_not(None)).distinct().limit(WRITERS).subquery()
    return _or_gone(func.nullif(select(func.count()).select_from(known).scalar_subquery(), 0), where, of)


def _one_after_another(where: Where) -> Any:
    """The same for PostgreSQL, which reads all that was ever signed before it keeps three: one, then one other, then a third."""
    found: list[Any] = []
    for _ in range(WRITERS):
        signed, user_id = _signed(where)
        others = [user_id != one.c.user_id for one in found]
        found.append(signed.where(user_id.is_not(None), *others).limit(1).correlate(*found).lateral())
    together = found[0]
    for one in found[1:]:
        together = together.outerjoin(one, true())
    number = case(*((one.c.user_id.is_not(None), rank) for rank, one in reversed(list(enumerate(found, 1)))))
    return _or_gone(select(number).select_from(together).scalar_subquery(), where)


def _signed(where: Where, of: Any = None) -> tuple[Any, Any]:
    """Who signed there what was told, and the column that says it. Who accepted to write with others and has not signed yet has no
    collège, and wrote nowhere."""
    by, entry = aliased(Authorship), aliased(Entry)
    told = and_(
        by.college.is_not(None),
        by.entry_id == entry.id,
        entry.audience.in_((Audience.COLLECTIF, Audience.RESEAU)),
        entry.suspended_at.is_(None),
    )
    signed = select(by.user_id).where(where(by, entry), told)
    return (signed if of is None else signed.correlate(of)), by.user_id


def _or_gone(number: Any, where: Where, of: Any = None) -> Any:
    signed, user_id = _signed(where, of)
    return func.coalesce(number, case((signed.where(user_id.is_(None)).exists(), 1), else_=0))


class _Places:
    """The statements of a kind of base. They are read on each page, and longer to build than to run."""

    def __init__(self, counted: Callable[..., Any]) -> None:
        self.counted = counted
        self.services, self.colleges = Kept(self._services), Kept(self._colleges)

    def _services(self, _: Shape) -> Any:
        """A row for each service (for a journal without any: one, empty), with how many wrote from none."""
        of_none = self.counted(lambda by, entry: and_(by.service_id.is_(None), entry.collectif_id == _place()))
        columns: Sequence[Any] = (Service.id, Service.public_id, Service.name, Service.kind)
        every = select(*columns, of_each_service().label("writers"), of_none.label("without")).select_from(Collectif)
        return every.outerjoin(Service, Service.collectif_id == Collectif.id).where(Collectif.id == _place())

    def _colleges(self, _: Shape) -> Any:
        """One row: the collectif, then each collège in the order of the list of all."""

        def of_college(college: College) -> Where:
            return lambda by, entry: and_(entry.collectif_id == _place(), by.college == college)

        counts = [self.counted(of_college(one)).label(one.value) for one in College]
        return select(Collectif.id, *counts).where(Collectif.id == _place())


def _place() -> BindParameter[int]:
    return bindparam("place", type_=BigId)


_ANY, _POSTGRESQL = _Places(up_to_three), _Places(_one_after_another)


def _places(session: RexSession) -> _Places:
    return _POSTGRESQL if session.get_bind().dialect.name == "postgresql" else _ANY
