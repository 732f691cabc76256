"""Suspending and restoring a text that hangs from an entry, whatever its kind; who may is asked by `rex.reports.actions`."""

from rex import text as texts
from rex.access import Reader
from rex.db import RexSession
from rex.exchanges.models import Exchange, Synthese
from rex.exchanges.suspending import lift_suspension, lift_synthese, suspend_exchange, suspend_synthese
from rex.journal.difficulty_models import Echo
from rex.journal.rereading import html_of
from rex.journal.suspending import put_away, put_back
from rex.journal.together_models import ActionNote, Rereading
from rex.reports.hanging import Hanging, row_of


def suspend_hanging(session: RexSession, reader: Reader, key_name: str, text: Hanging, why: str) -> bool:
    """Seal what a text says, with a written reason; of an echo, its sentence. False when it was suspended meanwhile."""
    row = row_of(session, text)
    if row.suspended_at is not None:
        return False
    match row:
        case Exchange():
            suspend_exchange(session, reader, row, why)
        case Synthese():
            suspend_synthese(session, reader, key_name, row, why)
        case Rereading():
            put_away(session, reader, key_name, row, row.source, why)
            row.source = row.html = ""
        case ActionNote() | Echo():
            put_away(session, reader, key_name, row, row.words, why)
            row.words = ""
    session.flush()
    return True


def lift_hanging(session: RexSession, reader: Reader, key_name: str, text: Hanging) -> bool:
    """Put a suspended text back as it was. False when it is not suspended any more."""
    row = row_of(session, text)
    if row.suspended_at is None:
        return False
    match row:
        case Exchange():
            lift_suspension(session, reader, row)
        case Synthese():
            lift_synthese(session, key_name, row)
        case Rereading():
            row.source = put_back(session, key_name, row)
            row.html, row.pipeline = html_of(row.public_id, row.source), texts.PIPELINE
        case ActionNote() | Echo():
            row.words = put_back(session, key_name, row)
    session.flush()
    return True
