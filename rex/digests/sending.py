"""The mails of a letter: a row of the outbox for each person, put there once, written when it leaves.

The key of a row is the letter and the person: several workers, or one that was killed half-way and began again, make one mail.
A row holds ids and the token of the address that stops the letters, sealed; its words are made when its turn comes, by the rights
of that moment (`rex.digests.mails`)."""

import logging

from sqlalchemy import select

from rex import clock, mail
from rex.access import Reader
from rex.config import Config
from rex.db import Database, RexSession
from rex.digests.models import Digest, DigestState
from rex.digests.recipients import Recipient, recipients_after
from rex.digests.unsubscribing import new_link

ROOM = "digests"
A_BATCH = 200
NO_TOKEN = "-"  # of a test to oneself, which stops nothing
log = logging.getLogger("rex.digests")


def post_due(database: Database, _config: Config) -> int:
    """Put the mails of the published letters in the outbox; returns how many were put there."""
    with database.system("which letters have mails to send") as session:
        waiting = session.scalars(
            select(Digest.id)
            .where(Digest.state == DigestState.PUBLISHED, Digest.is_posted.is_(False))
            .order_by(Digest.published_at, Digest.id)
        ).all()
    put = 0
    for digest_id in waiting:
        try:
            put += _post_all(database, digest_id)
        except Exception:  # the others do not wait for this one, which goes on where it stopped at the next tick
            log.exception("the mails of a letter could not be put in the outbox")
    return put


def _post_all(database: Database, digest_id: int) -> int:
    """Some people at a time, each time in one transaction."""
    put, last = 0, 0
    while True:
        with database.system("the mails of a letter go to the outbox", write=True) as session:
            held = select(Digest).where(Digest.id == digest_id, Digest.is_posted.is_(False))
            digest = session.scalars(held.with_for_update(skip_locked=True)).first()
            if digest is None:
                return put  # another worker is at it, or it is done
            people = recipients_after(session, digest.collectif_id, last, A_BATCH)
            put += _put(session, digest, people)
            if len(people) < A_BATCH:
                digest.is_posted = True
                return put
            last = people[-1].user_id


def _put(session: RexSession, digest: Digest, people: list[Recipient]) -> int:
    keys = {one.user_id: f"digest|{digest.public_id}|{one.user_public_id}" for one in people}
    there = mail.posted(session, keys.values())
    new = [one for one in people if keys[one.user_id] not in there]
    tokens = [new_link(session, one.user_id, digest.collectif_id) for one in new]
    checks = [_check(digest.id, one.user_id, token) for one, token in zip(new, tokens, strict=True)]
    letters = [mail.Letter(keys[one.user_id], check=check, late=True) for one, check in zip(new, checks, strict=True)]
    mail.post(session, *letters)
    return len(letters)


def post_test(session: RexSession, reader: Reader, digest: Digest) -> None:
    """The letter as it is now, to whoever looks after it."""
    key = f"digest-test|{digest.public_id}|{reader.user_public_id}|{clock.now().isoformat()}"
    mail.post(session, mail.Letter(key, check=_check(digest.id, reader.user_id, NO_TOKEN), late=True))


def _check(digest_id: int, user_id: int, token: str) -> str:
    return f"{ROOM}:{digest_id} {user_id} {token}"
