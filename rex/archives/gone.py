"""Whether an archive that waits holds something that was taken back, suspended or deleted since."""

import json
from itertools import islice
from pathlib import Path

from sqlalchemy import or_, select

from rex.archives.models import ArchiveRequest
from rex.db import RexSession
from rex.exchanges.models import Exchange, Synthese
from rex.journal.difficulty_models import Echo
from rex.journal.models import Entry
from rex.journal.together_models import ActionNote, Rereading

AT_ONCE = 500
_SAID = {
    "recits": Entry, "difficultes": Entry, "reconnaissances": Entry, "echanges": Exchange, "echos": Echo,
    "syntheses": Synthese, "relectures": Rereading, "notes": ActionNote,
}  # fmt: skip


def holds_what_is_gone(session: RexSession, folder: Path) -> bool:
    """Whether a line of the archive stands for something that is not in the base any more."""
    with session.as_system("whether all that an archive holds is still there"):
        for kind, model in _SAID.items():
            with open(folder / f"{kind}.jsonl", "rb") as lines:
                while codes := [json.loads(line)["id"] for line in islice(lines, AT_ONCE)]:
                    there = select(model.public_id).where(model.public_id.in_(codes))
                    if len(session.scalars(there).all()) < len(codes):
                        return True
    return False


def is_outdated(session: RexSession, request: ArchiveRequest) -> bool:
    """Whether a text of the collectif was taken back or suspended since the archive was asked for."""
    since, here = request.asked_at, Entry.collectif_id == request.collectif_id
    with session.as_system("whether a text was taken back since an archive was asked for"):
        gone = or_(Exchange.withdrawn_at >= since, Exchange.suspended_at >= since)
        queries = (
            select(Entry.id).where(here, or_(Entry.withdrawn_at >= since, Entry.suspended_at >= since)),
            select(Exchange.id).join(Entry, Entry.id == Exchange.entry_id).where(here, gone),
            select(Echo.id).join(Entry, Entry.id == Echo.entry_id).where(here, Echo.suspended_at >= since),
            select(Synthese.id).join(Entry, Entry.id == Synthese.entry_id).where(here, Synthese.suspended_at >= since),
            select(Rereading.id).join(Entry, Entry.id == Rereading.entry_id).where(here, Rereading.suspended_at >= since),
            select(ActionNote.id).join(Entry, Entry.id == ActionNote.one_id).where(here, ActionNote.suspended_at >= since),
        )
        return any(session.scalar(query.limit(1)) is not None for query in queries)
