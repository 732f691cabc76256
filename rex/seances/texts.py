"""The texts of a séance one by one: what holds their words, who wrote them, whether they are suspended."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, select

from rex.access import (
    MembershipView,
    Reader,
    visible_contributions,
    visible_depots,
    visible_seances,
    visible_takeaways,
)
from rex.collectifs.models import User
from rex.db import RexSession
from rex.french import joined, of_name
from rex.journal.queries import NOBODY
from rex.reports.beside import Beside
from rex.reports.models import SEANCE_TEXT
from rex.seances.models import OF_THE_SEANCE, Contribution, Depot, Seance, SeanceText, SeanceWriter, Takeaway, TextKind
from rex.seances.planning import heading_of
from rex.seances.queries import opened

A_TEXT = {
    TextKind.PREPARATION: ("Une note de séance", "cette note"),
    TextKind.REPORT: ("Un compte rendu", "ce compte rendu"),
    TextKind.DEPOT: ("Un dépôt", "ce dépôt"),
    TextKind.SAID: ("Un message", "ce message"),
    TextKind.TAKEAWAY: ("Un texte", "ce texte"),
}
NOTE = ("title", "agenda", "preparation")  # what the note says, by the columns of the séance
COLUMNS = {TextKind.DEPOT: "depot_id", TextKind.SAID: "contribution_id", TextKind.TAKEAWAY: "takeaway_id"}
MODELS = {TextKind.DEPOT: Depot, TextKind.SAID: Contribution, TextKind.TAKEAWAY: Takeaway}
VISIBLE = {TextKind.DEPOT: visible_depots, TextKind.SAID: visible_contributions, TextKind.TAKEAWAY: visible_takeaways}


def model_of(kind: TextKind) -> Any:
    return MODELS.get(kind, Seance)


def holders_of(
    session: RexSession, reader: Reader, kind: TextKind, *which: ColumnElement[bool], hold: bool = False
) -> Sequence[Any]:
    """What holds the words of texts of a kind, as this person reads them: séances, dépôts that are open, what was said."""
    query = visible_seances(reader) if kind in OF_THE_SEANCE else VISIBLE[kind](reader)
    query = query.where(*which)
    return session.scalars(query.with_for_update() if hold else query).all()


def texts_in(session: RexSession, reader: Reader, kind: TextKind, holders: Sequence[Any]) -> list[Beside]:
    """The texts that these rows hold. Those of a séance that was called off are read by nobody."""
    if not holders:
        return []
    ids = [one.id if kind in OF_THE_SEANCE else one.seance_id for one in holders]
    # Of the spaces that they belong to: who reads a group that was opened to them reads there the compte rendu alone, and reports
    # nothing.
    here = Seance.collectif_id.in_(reader.space_ids)
    open_ones = visible_seances(reader).where(Seance.id.in_(ids), here, Seance.cancelled_at.is_(None))
    seances = {one.id: one for one in session.scalars(open_ones)}
    rows = {holder_id(row): row for row in _kept(session, kind, holders)}
    authors = _authors(session, kind, holders)
    found = []
    for holder, seance_id in zip(holders, ids, strict=True):
        seance = seances.get(seance_id)
        seat = reader.seat(seance.collectif_id) if seance else None
        if seance is None or seat is None or (kind is TextKind.DEPOT and seance.opens_at > reader.now):
            continue
        row, mine = rows.get(holder.id), authors.get(holder.id, {})
        is_suspended = row is not None and row.suspended_at is not None
        text = Beside(
            column=SEANCE_TEXT,
            kind=kind.value,
            id=None,
            public_id="",
            of_public_id=holder.public_id,
            of_id=seance.id,
            title=heading_of(seance, seat.timezone, reader.now),
            collectif_id=seance.collectif_id,
            key_name=seat.key_name,
            author_ids=frozenset(mine),
            said=f"{A_TEXT[kind][0]} {of_name(joined(list(mine.values())) or NOBODY)}",
            told_at=seance.starts_at if kind in OF_THE_SEANCE else holder.written_at,
            source="" if is_suspended else _source(session, seat, kind, holder),
            url=f"{seat.url.rstrip('/')}/seances/{seance.public_id}{_beside(kind, holder)}",
            a=A_TEXT[kind][0],
            this=A_TEXT[kind][1],
        )
        found.append(with_row(text, row) if row else text)
    return found


def _source(session: RexSession, seat: MembershipView, kind: TextKind, holder: Any) -> str:
    match kind:
        case TextKind.PREPARATION:
            return "\n\n".join(filter(None, (getattr(holder, name) for name in NOTE)))
        case TextKind.REPORT:
            return holder.report
        case TextKind.DEPOT:
            return opened(session, seat, holder)
    return holder.words


def _beside(kind: TextKind, holder: Any) -> str:
    match kind:
        case TextKind.PREPARATION:
            return "/preparer"
        case TextKind.REPORT:
            return "#compte-rendu"
        case TextKind.DEPOT:
            return f"/choisir#d-{holder.public_id}"
        case TextKind.SAID:
            return f"/explorer#s-{holder.public_id}"
    return f"/garder#s-{holder.public_id}"


def with_row(text: Beside, row: SeanceText) -> Beside:
    return replace(
        text, id=row.id, public_id=row.public_id, suspended_at=row.suspended_at, suspended_why=row.suspended_why
    )


def holder_id(row: SeanceText) -> int | None:
    return row.seance_id if row.kind in OF_THE_SEANCE else getattr(row, COLUMNS[row.kind])


def _kept(session: RexSession, kind: TextKind, holders: Iterable[Any]) -> Sequence[SeanceText]:
    column = SeanceText.seance_id if kind in OF_THE_SEANCE else getattr(SeanceText, COLUMNS[kind])
    with session.as_system("the rows that reports on texts of séances name, none of their words"):
        return session.scalars(select(SeanceText).where(SeanceText.kind == kind, column.in_([one.id for one in holders]))).all()


def row_of(session: RexSession, kind: TextKind, holder: Any) -> SeanceText | None:
    return next(iter(_kept(session, kind, [holder])), None)


def _authors(session: RexSession, kind: TextKind, holders: Sequence[Any]) -> dict[int, dict[int, str]]:
    """The id of what holds a text → its authors, by id, with their names."""
    if kind in OF_THE_SEANCE:
        query = select(SeanceWriter.seance_id, User.id, User.name).join(User, User.id == SeanceWriter.user_id)
        query = query.where(SeanceWriter.kind == kind, SeanceWriter.seance_id.in_([one.id for one in holders]))
        query = query.order_by(SeanceWriter.id)
    else:
        model = model_of(kind)
        query = select(model.id, User.id, User.name).join(User, User.id == model.author_id)
        query = query.where(model.id.in_([one.id for one in holders]))
    found: dict[int, dict[int, str]] = {}
    with session.as_system("who wrote the texts of a séance, none of their words"):
        for holder_id, user_id, name in session.execute(query):
            found.setdefault(holder_id, {})[user_id] = name
    return found


def texts_of(session: RexSession, reader: Reader, seat: MembershipView, rows: Sequence[SeanceText]) -> list[Beside]:
    found: list[Beside] = []
    for kind in TextKind:
        ids = [holder_id(row) for row in rows if row.kind is kind]
        holders = holders_of(session, reader, kind, model_of(kind).id.in_(ids)) if ids else []
        found += [text for text in texts_in(session, reader, kind, holders) if text.collectif_id == seat.collectif_id]
    return found
