"""A person's own texts in their peer groups, and nothing else of these: no name, no word, no title, no number of anybody else.

Gathered as the group's own page « Emporter mes textes » does it, through the door; a thank-you does not say whom it thanks. What
several sign is left out: nothing says who wrote which of its words. The texts of a group that one has left are not read any more,
here no more than there."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from rex.access import MembershipView, Reader, visible_recits
from rex.db import RexSession
from rex.departures.own_reach import signed_with_others
from rex.departures.writing import Thing, both, unless_lost
from rex.departures.zipping import Member
from rex.journal.attachment_models import Attachment
from rex.journal.attachments import bytes_of, name_of
from rex.journal.models import Authorship, Entry
from rex.journal.own_texts import gathered
from rex.keys import KeyLost
from rex.sealed_files import FileLost

FOLDER = "groupes"
THANKS = "Merci à "


def group_members(session: RexSession, reader: Reader) -> Iterator[Member]:
    """« groupe-1 », « groupe-2 »: in the order of their numbers, which says nothing."""
    for number, seat in enumerate(sorted(reader.groups, key=lambda one: one.collectif_id), 1):
        texts = unless_lost(partial(_texts, session, reader, seat))
        yield from both(f"{FOLDER}/groupe-{number}/mes-textes", "Mes textes", texts)
        yield from _files(session, reader, seat, f"{FOLDER}/groupe-{number}/fichiers")
        session.expunge_all()


def _texts(session: RexSession, reader: Reader, seat: MembershipView) -> list[Thing]:
    with session.as_system("which texts of a group are of several hands"):
        together = signed_with_others(session, reader.user_id, seat.collectif_id)
    return [
        {"quoi": "Merci" if one.heading.startswith(THANKS) else one.heading, "le": one.at, "texte": one.body}
        for one in gathered(session, reader, seat, but=together)
    ]


def _files(session: RexSession, reader: Reader, seat: MembershipView, folder: str) -> Iterator[Member]:
    """Those that they gave themselves to récits that they sign."""
    signed = select(Authorship.entry_id).where(Authorship.user_id == reader.user_id)
    recits = visible_recits(reader).where(Entry.collectif_id == seat.collectif_id, Entry.id.in_(signed)).with_only_columns(Entry.id)
    mine = select(Attachment).where(Attachment.given_by_id == reader.user_id, Attachment.entry_id.in_(recits))
    for number, one in enumerate(session.scalars(mine.order_by(Attachment.id)).all(), 1):
        try:
            yield f"{folder}/{number:02d}-{name_of(session, one)}", [bytes_of(session, one)]
        except (FileLost, KeyLost):  # the host lost it: the archive holds the rest
            continue
