"""What stays of a person who is gone says no name: signatures, thank-yous that they received, and the messages that call them.

The words that others wrote freely about them stay as they are: no text is changed but at the names that REX itself set apart."""

import json
import re

from sqlalchemy import Text, select, type_coerce

from rex.collectifs.group_models import GroupOpening
from rex.collectifs.models import Service, Space, User
from rex.db import RexSession
from rex.departures.chosen import Chosen
from rex.exchanges.models import Exchange, FormerWords, Mention
from rex.exchanges.words import html_of
from rex.french import fold, of_name
from rex.journal.models import Action, Authorship, Entry, Recit, Revision
from rex.journal.newcomers import rewrite_byline
from rex.journal.recognition_models import Recognition
from rex.journal.sealed_drafts import revision_row
from rex.journal.suspending import key_around, opened, rewrite
from rex.journal.together_models import ActionNote, FormerAuthor
from rex.keys import KeyLost
from rex.sealed_words import LOST, MARK

SOMEBODY = "une personne"
_AT = re.compile(r"(?<![\w.@/])@(?=\w)")
_WORD = re.compile(r"[\w’'.-]+")


def sign_nameless(session: RexSession, entry: Entry, signature: Authorship, name: str) -> None:
    """Of the signature, the service of the day stays: neither the name nor the fonction, which often says who it was."""
    signature.user_id, signature.title = None, ""
    if isinstance(entry, Recit) and entry.teller:
        entry.teller = teller_without(entry.teller, name)
    session.flush()
    if entry.byline:
        is_lost = entry.byline == LOST
        rewrite_byline(session, entry)
        entry.byline = "" if is_lost else entry.byline or SOMEBODY.capitalize()


def teller_without(teller: str, name: str) -> str:
    """« Récit d’Inès Carle » is « Récit d’une personne »."""
    return called_otherwise(teller, name, SOMEBODY)


def called_otherwise(teller: str, name: str, other: str) -> str:
    """The name as whole words, with the « de » that goes before it; « Ana » is neither in « Anaïs » nor in « Ana-Lise »."""
    if not name:
        return teller
    for before, after in ((of_name(name), of_name(other)), (name, other)):
        teller = re.sub(rf"(?<![\w-]){re.escape(before)}(?![\w-])", lambda _found, to=after: to, teller)
    return teller


def versions_nameless(session: RexSession, recit: Recit, name: str, other: str = SOMEBODY) -> None:
    """The versions that the other authors keep: each says how the récit was named then."""
    place = session.scalars(select(Space).where(Space.id == recit.collectif_id)).one()
    kept = select(Revision).where(Revision.entry_id == recit.id, Revision.content.is_not(None))
    for one in session.scalars(kept).all():
        row = revision_row(recit, one.number)
        try:
            content = json.loads(session.keyring.open(place.key_name, row, one.content or b""))
        except KeyLost:  # nobody reads it any more
            continue
        said = called_otherwise(content.get("teller", ""), name, other)
        if said == content.get("teller", ""):
            continue
        content["teller"] = said
        one.content = session.keyring.seal(place.key_name, row, json.dumps(content))
    session.flush()


def signature_left(session: RexSession, exchange: Exchange) -> str:
    """Under a message that stays: the service of the day, not the fonction."""
    service = select(Service.name).where(Service.id == exchange.service_id)
    return session.scalar(service) or "" if exchange.service_id else ""


def service_alone(session: RexSession, note: ActionNote) -> str:
    """Under a note that stays: where the service stands, the service; a fonction goes."""
    here = select(Service.name).join(Action, Action.collectif_id == Service.collectif_id)
    return session.scalar(here.where(Action.id == note.action_id, Service.name == note.service_name).limit(1)) or ""


def thanked_nameless(session: RexSession, user_id: int) -> None:
    """The thank-yous that they received stay to those who gave them, and thank « une personne »."""
    for one in session.scalars(select(Recognition).where(Recognition.to_user_id == user_id)).all():
        one.to_name, one.to_user_id = _unless_lost(one.to_name), None
    for opening in session.scalars(select(GroupOpening).where(GroupOpening.user_id == user_id)).all():
        opening.called, opening.user_id = _unless_lost(opening.called), None
    session.flush()


def _unless_lost(words: str) -> str:
    """« une personne », where it can be written: in a group whose key the host lost, nothing is."""
    return "" if words == LOST else SOMEBODY


def tellers_left(session: RexSession, user_id: int, name: str, other: str = SOMEBODY) -> None:
    """The récits that they signed once and sign no more: how these are named may say it still."""
    once = select(Recit).join(FormerAuthor, FormerAuthor.entry_id == Recit.id).where(FormerAuthor.user_id == user_id)
    for recit in session.scalars(once).all():
        said = called_otherwise(recit.teller, name, other)
        if said != recit.teller:
            recit.teller = said
        versions_nameless(session, recit, name, other)
    session.flush()


def call_nameless(session: RexSession, user_id: int, name: str, other: str = SOMEBODY) -> None:
    """« @Camille Roy » in the messages of others becomes « @une personne »: this is a name that REX found, not prose. `other`: the
    name that they bear from now on."""
    naming = select(Exchange).join(Mention, Mention.exchange_id == Exchange.id).where(Mention.user_id == user_id)
    for exchange in session.scalars(naming).all():
        others = select(User.name).join(Mention, Mention.user_id == User.id).where(Mention.exchange_id == exchange.id)
        names = [one for one in session.scalars(others.where(Mention.user_id != user_id))]
        if other != SOMEBODY:
            if fold(name) in map(fold, names):  # somebody else of that name is called there
                continue
            names.append(other)
        if exchange.source:
            said = without_calls(exchange.source, name, other)
            if said != exchange.source:
                exchange.source, exchange.html = said, html_of(exchange.public_id, said, names)
        elif exchange.sealed is not None:
            _call_nameless_sealed(session, exchange, name, other)
        for before in session.scalars(select(FormerWords).where(FormerWords.exchange_id == exchange.id)).all():
            said = without_calls(before.source, name, other)
            if said != before.source:
                before.source, before.html = said, html_of(exchange.public_id, said, names)
    session.flush()
    _no_longer_called(session, user_id, name, other)


def _no_longer_called(session: RexSession, user_id: int, name: str, other: str) -> None:
    """The words of before of messages that call them no more. When the name only changes, those of a namesake are let be."""
    if other != SOMEBODY and any(fold(one) == fold(name) for one in session.scalars(select(User.name).where(User.id != user_id))):
        return
    lying = type_coerce(FormerWords.source, Text)  # what is sealed shows no « @ »
    rows = select(FormerWords, Exchange.public_id).join(Exchange, Exchange.id == FormerWords.exchange_id)
    for before, public_id in session.execute(rows.where(lying.contains("@") | lying.startswith(MARK))).all():
        said = without_calls(before.source, name, other)
        if said != before.source:
            others = select(User.name).join(Mention, Mention.user_id == User.id).where(Mention.exchange_id == before.exchange_id)
            before.source, before.html = said, html_of(public_id, said, [*session.scalars(others)])
    session.flush()


def _call_nameless_sealed(session: RexSession, exchange: Exchange, name: str, other: str) -> None:
    """A message that is suspended: its words lie sealed, bound to their place."""
    key_name = key_around(session, exchange.entry_id)
    try:
        words = opened(session, key_name, Exchange, exchange.public_id, exchange.sealed or b"")
    except KeyLost:  # nobody reads it any more
        return
    rewrite(session, key_name, exchange, without_calls(words, name, other))


def without_calls(source: str, name: str, other: str = SOMEBODY) -> str:
    """The text with « @une personne », or with the name that they bear now, for each « @name », however its letters are written."""
    wanted, count = fold(name), len(name.split())
    pieces, done = [], 0
    for at in _AT.finditer(source):
        words = [match for match in _WORD.finditer(source[at.end() : at.end() + 160].split("\n", 1)[0])][:count]
        said = fold(" ".join(word[0].rstrip(".'’-") or word[0] for word in words))
        if len(words) == count and said == wanted and at.end() >= done:
            last = words[-1]
            kept = len(last[0]) - len(last[0].rstrip(".'’-"))
            pieces += [source[done : at.end()], other]
            done = at.end() + last.end() - kept
    return "".join([*pieces, source[done:]])


def stays(chosen: Chosen, entry: Entry | None, in_group: bool) -> bool:
    """Whether the person chose that what they told there stays. `entry`: None for what hangs from one."""
    if in_group:
        return chosen.keeps_in_groups
    return chosen.keeps_recits if isinstance(entry, Recit) else chosen.keeps_words
