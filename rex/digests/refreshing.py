"""What was true when a letter was composed and may not be any more when it leaves: a question that got its answer meanwhile is
taken out; one that waits still has waited longer."""

from datetime import datetime

from sqlalchemy import select

from rex.db import RexSession
from rex.digests.candidates import waited
from rex.digests.models import Digest, DigestItem
from rex.digests.plain import reader_for, reading_as
from rex.exchanges.models import Exchange
from rex.exchanges.queries import questions_waiting


def refresh_questions(session: RexSession, digest: Digest, now: datetime) -> None:
    """Look at the questions of a letter that leaves, as a plain member reads them."""
    with session.as_system("the questions of a letter that leaves: which ones wait still"):
        asking = DigestItem.digest_id == digest.id, DigestItem.exchange_id.is_not(None), DigestItem.is_removed.is_(False)
        items = session.scalars(select(DigestItem).where(*asking)).all()
    found = reader_for(session, digest.collectif_id) if items else None
    if found is None:
        return
    reader, _ = found
    with reading_as(session, reader):
        ids = [item.exchange_id for item in items]
        query = questions_waiting(reader, digest.collectif_id).where(Exchange.id.in_(ids))
        since = dict(session.execute(query.with_only_columns(Exchange.id, Exchange.created_at)).all())
    with session.as_system("a question that got its answer leaves the letter"):
        for item in items:
            asked_at = since.get(item.exchange_id)
            if asked_at is None:
                item.is_removed = True
            else:
                item.why = waited(asked_at, now)
        session.flush()
