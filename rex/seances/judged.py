"""What the reports do with the texts of séances (`rex.reports.beside.Holding`): found, suspended in their place, given back.

A suspended text keeps its place; its words lie sealed, for its author, who reads why."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.journal import moments
from rex.journal.moments import What
from rex.journal.suspending import put_away, put_back
from rex.reports.beside import Beside
from rex.seances.models import OF_THE_SEANCE, Seance, SeanceText, TextKind
from rex.seances.texts import COLUMNS, NOTE, holder_id, holders_of, model_of, row_of, texts_in, texts_of, with_row


class OfSeances:
    """What this room hands over to the reports (`rex.reports.beside.Holding`)."""

    path = "seance"
    gone = "Un texte d’une séance"

    def find(self, session: RexSession, reader: Reader, kind: str, public_id: str, *, hold: bool) -> Beside | None:
        sort = TextKind(kind)
        found = holders_of(session, reader, sort, model_of(sort).public_id == public_id, hold=hold)
        text = next(iter(texts_in(session, reader, sort, found)), None)
        return text if text and text.source else None

    def keep(self, session: RexSession, text: Beside) -> Beside:
        sort = TextKind(text.kind)
        with session.as_system("the text of a séance that somebody shows to those who judge it"):
            model = model_of(sort)
            holder = session.scalars(select(model).where(model.public_id == text.of_public_id)).one()
            row = row_of(session, sort, holder)
            if row is None:
                row = SeanceText(seance_id=text.of_id, kind=sort, told_at=text.told_at)
                if sort not in OF_THE_SEANCE:
                    setattr(row, COLUMNS[sort], holder.id)
                    row.author_id = holder.author_id
                session.add(row)
            row.told_at = text.told_at
            session.flush()
        return with_row(text, row)

    def read(self, session: RexSession, reader: Reader, seat: MembershipView, ids: Collection[int]) -> list[Beside]:
        with session.as_system("which texts of séances reports are about, none of their words"):
            rows = session.scalars(select(SeanceText).where(SeanceText.id.in_(ids))).all()
        return texts_of(session, reader, seat, rows)

    def suspended(self, session: RexSession, reader: Reader, seat: MembershipView) -> list[Beside]:
        query = select(SeanceText).join(Seance, Seance.id == SeanceText.seance_id)
        query = query.where(Seance.collectif_id == seat.collectif_id, SeanceText.suspended_at.is_not(None))
        rows = session.scalars(query.order_by(SeanceText.suspended_at, SeanceText.id)).all()
        found = {text.id: text for text in texts_of(session, reader, seat, rows)}
        return [found[row.id] for row in rows if row.id in found]

    def put_away(self, session: RexSession, reader: Reader, text: Beside, why: str) -> bool:
        row, holder = _held(session, text)
        if row.suspended_at is not None:
            return False
        match TextKind(text.kind):
            case TextKind.PREPARATION:
                words = json.dumps({name: getattr(holder, name) for name in NOTE}, ensure_ascii=False)
                put_away(session, reader, text.key_name, row, words, why)
                holder.title = holder.agenda = holder.preparation = ""
            case TextKind.REPORT:
                put_away(session, reader, text.key_name, row, holder.report, why)
                holder.report = ""
            case TextKind.DEPOT:  # its words lie sealed in its own row, opened or not
                put_away(session, reader, text.key_name, row, "", why)
            case _:
                put_away(session, reader, text.key_name, row, holder.words, why)
                holder.words = ""
        _changed(session, row)
        return True

    def put_back(self, session: RexSession, reader: Reader, text: Beside) -> bool:
        row, holder = _held(session, text)
        if row.suspended_at is None:
            return False
        words = put_back(session, text.key_name, row)
        match TextKind(text.kind):
            case TextKind.PREPARATION:
                for name, said in json.loads(words).items():
                    setattr(holder, name, said)
            case TextKind.REPORT:
                holder.report = words
            case TextKind.SAID | TextKind.TAKEAWAY:
                holder.words = words
        _changed(session, row)
        return True

    def tell(self, session: RexSession, reader: Reader, what: What, text: Beside, to: list[int]) -> None:
        moments.tell_of_seance(session, reader, what, text.of_id, text.told_at, to)


def _changed(session: RexSession, row: SeanceText) -> None:
    """Browsers that show the séance find out."""
    with session.as_system("a séance shows another text, or one less"):
        session.get_one(Seance, row.seance_id).changed()
        session.flush()


def _held(session: RexSession, text: Beside) -> tuple[SeanceText, Any]:
    """The row of a text and what holds its words, held."""
    kind = TextKind(text.kind)
    with session.as_system("hold the text of a séance that is judged"):
        one = select(SeanceText).where(SeanceText.id == text.id).with_for_update().execution_options(populate_existing=True)
        row = session.scalars(one).one()
        held = select(model_of(kind)).where(model_of(kind).id == holder_id(row)).with_for_update()
        return row, session.scalars(held.execution_options(populate_existing=True)).one()
