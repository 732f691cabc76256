"""A letter of a peer group with a word of its own in everything that it says, for the walks that look for it elsewhere."""

from datetime import timedelta

from sqlalchemy import select

from rex import clock
from rex.digests.models import Digest, DigestItem, DigestQuote, Rubric
from rex.digests.publishing import publish
from rex.journal.models import Entry
from tests.house.planting import Room


def fill_letter(room: Room) -> None:
    """It left, and is read in the room."""
    now = clock.now()
    with room.database.system("a letter of the group", write=True) as session:
        entry_id = session.scalars(select(Entry.id).where(Entry.public_id == room.ids["recit_id"])).one()
        digest = Digest(
            collectif_id=room.id,
            title=room.says("lettre: titre"),
            edito=room.says("lettre: édito"),
            since=now - timedelta(days=30),
            until=now,
            due_at=now,
        )
        session.add(digest)
        session.flush()
        item = DigestItem(
            digest_id=digest.id,
            rubric=Rubric.RECITS,
            position=0,
            entry_id=entry_id,
            title=room.says("lettre: titre d’un élément"),
            words=room.says("lettre: mots d’un élément"),
            why=room.says("lettre: pourquoi"),
        )
        session.add(item)
        session.flush()
        quote = DigestQuote(item_id=item.id, entry_id=entry_id, position=0)
        quote.words, quote.signature = room.says("lettre: citation"), room.says("lettre: signature")
        session.add(quote)
        publish(session, digest, None)
        room.ids["group_digest_id"] = digest.public_id
