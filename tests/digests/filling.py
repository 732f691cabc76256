"""A letter of a peer group with a word of its own in everything that it says, for the walks that look for it elsewhere."""

from datetime import timedelta

from sqlalchemy import select

from rex import clock
from rex.access import visible_recits
from rex.digests.models import Digest, DigestItem, DigestQuote, Rubric
from rex.digests.publishing import publish
from rex.journal.models import Entry
from rex.journal.publishing import withdraw as take_back
from tests.house.planting import Room


def fill_letter(room: Room) -> None:
    """It left, and is read in the room; of one of its récits, withdrawn since, it keeps the words under seal."""
    now = clock.now()
    withdrawn = room.recit(room.cast.dora, "récit que la lettre citait")
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
        gone_id = session.scalars(select(Entry.id).where(Entry.public_id == withdrawn.public_id)).one()
        gone = DigestItem(digest_id=digest.id, rubric=Rubric.RECITS, position=1, entry_id=gone_id, why="Retiré depuis.")
        gone.title, gone.words = room.says("lettre: titre d’un récit retiré"), room.says("lettre: mots sur un récit retiré")
        session.add(gone)
        session.flush()
        quoted = room.says("lettre: citation d’un récit retiré")
        session.add(DigestQuote(item_id=gone.id, entry_id=gone_id, position=0, words=quoted))
        publish(session, digest, None)
        room.ids["group_digest_id"] = digest.public_id
    with room.acting(room.cast.dora) as (session, who):
        take_back(session, who, session.scalars(visible_recits(who).where(Entry.public_id == withdrawn.public_id)).one())
    room.others["recit_id"].append(withdrawn.public_id)
