"""The dot beside « Ce qui vous attend »: one column of the account, which each page reads for nothing.

It is set when a notice is kept, and goes when nothing unseen is left that its person may read."""

from collections.abc import Collection

from sqlalchemy import exists, true, update

from rex import clock
from rex.collectifs.models import User
from rex.db import RexSession
from rex.journal.moment_models import What
from rex.notices.models import Notice

# What is told when an entry stops being read by some, or is read again.
HIDING = frozenset({What.SUSPENDED, What.RESTORED, What.NARROWED})
HIDING_WORDS = frozenset({What.WORDS_SUSPENDED, What.WORDS_RESTORED})  # the same, of what is no entry


def has_news(session: RexSession, user_ids: Collection[int]) -> None:
    """Something unseen waits for these people."""
    if user_ids:
        with session.as_system("say that something waits"):
            session.execute(
                update(User)
                .where(User.id.in_(user_ids), User.news_at.is_(None))
                .values(news_at=clock.now())
                .execution_options(synchronize_session=False)
            )


def forget_news(
    session: RexSession, user_ids: Collection[int], *, but_entry_id: int | None = None, whatever_is_unseen: bool = False
) -> None:
    """Nothing waits for these people any more, unless a notice is unseen (about another entry than `but_entry_id`);
    `whatever_is_unseen`: none of them may be read."""
    unseen = exists().where(Notice.user_id == User.id, Notice.seen_at.is_(None))
    if but_entry_id is not None:
        unseen = unseen.where(Notice.entry_id.is_distinct_from(but_entry_id))
    if user_ids:
        with session.as_system("say that nothing waits any more"):
            session.execute(
                update(User)
                .where(User.id.in_(user_ids), User.news_at.is_not(None), true() if whatever_is_unseen else ~unseen)
                .values(news_at=None)
                .execution_options(synchronize_session=False)
            )
