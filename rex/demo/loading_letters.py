"""Puts letters in the base as they compose themselves: the one of last month, that somebody edited and that left, and the next one,
which waits to be read again. No mail leaves: invented people have no letter box."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from rex import clock
from rex.access import Reader
from rex.collectifs.entrance import as_readers
from rex.collectifs.models import Collectif, Credential
from rex.db import Database, RexSession
from rex.demo.lettre import LetterData
from rex.digests.composing import compose, write
from rex.digests.models import Digest, DigestItem, DigestSettings, Rhythm, Rubric
from rex.digests.planning import plan_of
from rex.digests.publishing import publish
from rex.digests.rhythm import lead_of, next_due

LONG_AGO = timedelta(days=100)  # two letters before the last one


def load_letters(database: Database, data: LetterData) -> None:
    """After what comes back was brought together: a letter only reads."""
    with database.system("the letters of the demonstration", write=True) as session:
        place = session.scalars(select(Collectif).where(Collectif.slug == data.collectif, Collectif.is_demo)).one()
        user_id = session.scalars(select(Credential.user_id).where(Credential.address == data.by)).one()
        settings = DigestSettings(
            collectif_id=place.id, rhythm=Rhythm.MONTHLY, weekday=data.weekday, hour=data.hour, set_at=clock.now() - LONG_AGO
        )
        session.add(settings)
        session.flush()
        before, last = _hours(settings, place.timezone)
        settings.set_at, settings.done_until = before - lead_of(settings, is_group=False), last
        session.flush()
        _last_one(session, as_readers(session, [user_id])[user_id], settings, last, data)
        compose(session, place.id)


def _hours(settings: DigestSettings, zone: str) -> tuple[datetime, datetime]:
    """The hours of the last two letters."""
    hours: list[datetime] = []
    after = settings.set_at
    while (due := next_due(settings, zone, after)) is not None and due <= clock.now():
        hours.append(due)
        after = due
    return hours[-2], hours[-1]


def _last_one(session: RexSession, by: Reader, settings: DigestSettings, due: datetime, data: LetterData) -> None:
    until = due - lead_of(settings, is_group=False)
    plan = plan_of(session, settings.collectif_id, settings, until=until, due=due)
    if plan is None:
        raise LookupError("a month of which there is nothing to tell")
    letter = write(session, plan)
    letter.title, letter.edito, letter.edito_by_id = data.title, data.edito, by.user_id
    letter.composed_at, letter.edited_at, letter.version, letter.is_ready = until, due - timedelta(hours=16), 1, True
    title, words = data.inspiration
    session.add(
        DigestItem(
            digest_id=letter.id, rubric=Rubric.INSPIRATION, position=_end(session, letter), title=title, words=words,
            is_by_hand=True, edited_by_id=by.user_id,
        )
    )  # fmt: skip
    session.flush()
    publish(session, letter, by)
    letter.published_at, letter.is_posted = due, True
    session.flush()


def _end(session: RexSession, letter: Digest) -> int:
    last = session.scalar(select(func.max(DigestItem.position)).where(DigestItem.digest_id == letter.id))
    return 0 if last is None else last + 1
