"""A person's own texts in their peer groups, and nothing else of these: no name, no word, no title, no number of anybody else.

Gathered as the group's own page « Emporter mes textes » does it, through the door; a thank-you does not say whom it thanks. What
several sign is left out: nothing says who wrote which of its words. The texts of a group that one has left are not read any more,
here no more than there."""

from collections.abc import Iterator, Mapping
from functools import partial

from sqlalchemy import select

from rex.access import MembershipView, Reader, visible_recits
from rex.db import RexSession
from rex.departures.own_files import FOLDER as FILES
from rex.departures.own_files import bytes_there, is_there, leading_to
from rex.departures.own_reach import signed_with_others
from rex.departures.writing import Thing, both, unless_lost
from rex.departures.zipping import Member
from rex.journal.attachment_models import Attachment
from rex.journal.attachments import name_of
from rex.journal.models import Authorship, Entry
from rex.journal.own_texts import gathered
from rex.text.urls import UPLOADS

FOLDER = "groupes"
THANKS = "Merci à "


def group_members(session: RexSession, reader: Reader) -> Iterator[Member]:
    """« groupe-1 », « groupe-2 »: in the order of their numbers, which says nothing."""
    for number, seat in enumerate(sorted(reader.groups, key=lambda one: one.collectif_id), 1):
        files, folder = _files(session, reader, seat), f"{FOLDER}/groupe-{number}"
        names = {f"{UPLOADS}{one.public_id}": f"{FILES}/{name}" for name, one in files.items()}
        texts = unless_lost(partial(_texts, session, reader, seat, names))
        yield from both(f"{folder}/mes-textes", "Mes textes", texts)
        for name, one in files.items():
            data = bytes_there(session, one)
            if data is not None:
                yield f"{folder}/{FILES}/{name}", [data]
        session.expunge_all()


def _texts(session: RexSession, reader: Reader, seat: MembershipView, names: Mapping[str, str]) -> list[Thing]:
    with session.as_system("which texts of a group are of several hands"):
        together = signed_with_others(session, reader.user_id, seat.collectif_id)
    return [
        {"quoi": "Merci" if one.heading.startswith(THANKS) else one.heading, "le": one.at, "texte": leading_to(names, one.body)}
        for one in gathered(session, reader, seat, but=together)
    ]


def _files(session: RexSession, reader: Reader, seat: MembershipView) -> dict[str, Attachment]:
    """Those that they gave themselves to récits that they sign, by the name that they take here."""
    signed = select(Authorship.entry_id).where(Authorship.user_id == reader.user_id)
    recits = visible_recits(reader).where(Entry.collectif_id == seat.collectif_id, Entry.id.in_(signed)).with_only_columns(Entry.id)
    mine = select(Attachment).where(Attachment.given_by_id == reader.user_id, Attachment.entry_id.in_(recits))
    there = [one for one in session.scalars(mine.order_by(Attachment.id)).all() if is_there(session, one)]
    return {f"{number:02d}-{name_of(session, one)}": one for number, one in enumerate(there, 1)}
