"""A tension that is there no more (its naming was undone, it was merged): its words are sealed, what hangs from it is out of sight,
and all of it comes back when that is undone."""

import json
from datetime import datetime

from sqlalchemy import and_, or_, select

from rex import clock, text
from rex.access import MembershipView
from rex.db import RexSession
from rex.journal import moments
from rex.journal.models import Audience
from rex.journal.moments import Change
from rex.tensions.models import ActKind, Tension, TensionAct

EXCERPT_LENGTH = 220


def write(tension: Tension, title: str, words: str) -> None:
    """Its name and its words, and what lists show of them."""
    tension.title, tension.words, tension.excerpt = title, words, text.excerpt(words, EXCERPT_LENGTH)


def both_of(tension: Tension) -> str:
    """Its name on the first line, its words after it: what an act keeps of them."""
    return f"{tension.title}\n{tension.words}".rstrip()


def forget_names(session: RexSession, tension: Tension) -> None:
    """No act says any name that this tension had, nor that of the one from which it came."""
    here = TensionAct.collectif_id == tension.collectif_id
    own = and_(TensionAct.tension_id == tension.id, TensionAct.kind.in_((ActKind.NAMED, ActKind.RENAMED)))
    for act in session.scalars(select(TensionAct).where(here, or_(own, TensionAct.kind == ActKind.SPLIT))):
        if act.kind is not ActKind.SPLIT or json.loads(act.before or "{}").get("new") == tension.id:
            act.words = ""
    session.flush()


def put_away(session: RexSession, seat: MembershipView, tension: Tension) -> None:
    said = json.dumps({"title": tension.title, "words": tension.words})
    tension.sealed = session.keyring.seal(seat.key_name, _row(tension), said)
    write(tension, "", "")
    tension.audience = tension.published_at = tension.corrected_at = None
    tension.withdrawn_at = clock.now()
    session.flush()
    moments.changed(session, tension, Change.WITHDRAWN)


def put_back(session: RexSession, seat: MembershipView, tension: Tension, told_at: datetime) -> None:
    """`told_at`: when it was named."""
    if tension.sealed is None:
        raise ValueError("this tension was not put away")
    said = json.loads(session.keyring.open(seat.key_name, _row(tension), tension.sealed))
    tension.audience, tension.published_at = Audience.COLLECTIF, told_at
    tension.withdrawn_at = tension.sealed = None
    write(tension, said["title"], said["words"])
    session.flush()
    moments.changed(session, tension, Change.PUBLISHED)


def _row(tension: Tension) -> str:
    return f"entry|{tension.public_id}|sealed"
