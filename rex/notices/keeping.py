"""How long what was told is kept."""

from datetime import timedelta

from sqlalchemy import delete, or_

from rex import clock
from rex.db import RexSession
from rex.notices import unsubscribing
from rex.notices.models import Notice

SEEN_FOR = timedelta(days=90)
UNSEEN_FOR = timedelta(days=400)


def clean(session: RexSession) -> None:
    """Forget what was seen a season ago, what nobody looked at in a year, and the links of old mails."""
    now = clock.now()
    old = or_(Notice.seen_at < now - SEEN_FOR, Notice.created_at < now - UNSEEN_FOR)
    session.execute(delete(Notice).where(old).execution_options(synchronize_session=False))
    unsubscribing.clean(session)
