"""Somebody bears another name: what REX wrote with the former one says the new one, so that nothing keeps a name that they gave up,
and that their leaving would not find any more. The words that people wrote freely about them stay as they are."""

from sqlalchemy import select

from rex.collectifs.group_models import GroupOpening
from rex.db import RexSession
from rex.departures.letters_nameless import letters_nameless
from rex.departures.nameless import call_nameless, called_otherwise, tellers_left, versions_nameless
from rex.journal.models import Authorship, Entry, PublicationRequest, Recit
from rex.journal.newcomers import rewrite_byline
from rex.journal.recognition_models import Recognition
from rex.sealed_words import LOST, saying_what_is_lost


def follow_name(session: RexSession, user_id: int, before: str, after: str) -> None:
    """After the name was written on the account. What lies under a key that the host lost stays as it is: nobody reads it."""
    with session.as_system("the name that somebody bears is written anew where REX wrote it"), saying_what_is_lost():
        session.flush()
        _signed(session, user_id, before, after)
        tellers_left(session, user_id, before, after)
        for thanks in session.scalars(select(Recognition).where(Recognition.to_user_id == user_id)).all():
            if thanks.to_name == before:
                thanks.to_name = after
        for opening in session.scalars(select(GroupOpening).where(GroupOpening.user_id == user_id)).all():
            if opening.called == before:
                opening.called = after
        call_nameless(session, user_id, before, after)
        letters_nameless(session, user_id, before, after)
        session.flush()


def _signed(session: RexSession, user_id: int, before: str, after: str) -> None:
    """How a récit is named, in its versions too and in what its authors are asked; who a list says that it is of."""
    mine = select(Entry).join(Authorship, Authorship.entry_id == Entry.id).where(Authorship.user_id == user_id)
    for entry in session.scalars(mine.order_by(Entry.id)).all():
        if isinstance(entry, Recit):
            said = called_otherwise(entry.teller, before, after)
            if said != entry.teller:
                entry.teller = said
            versions_nameless(session, entry, before, after)
            for asked in session.scalars(select(PublicationRequest).where(PublicationRequest.entry_id == entry.id)).all():
                said = called_otherwise(asked.teller, before, after)
                if said != asked.teller:
                    asked.teller = said[:160]
        if before in entry.byline and entry.byline != LOST:
            rewrite_byline(session, entry)
