"""What a person was asked, asked, answered and was told: dates and addresses, no word of anybody else. Nothing of a group."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from rex.access import Reader, visible_exchanges
from rex.collectifs.models import Space
from rex.db import RexSession
from rex.departures.own_recits import address_of_entry
from rex.departures.said import TOLD
from rex.departures.writing import Thing, both, unless_lost
from rex.departures.zipping import Member
from rex.exchanges.models import Exchange, Mention
from rex.journal.models import Action, Consent, Entry, PublicationRequest
from rex.journal.together_models import CoAuthorInvitation, FormerAuthor, RecitInvitation, RereadingProposal
from rex.notices.models import Notice
from rex.reports.models import Report
from rex.reports.sealing import opened_reason
from rex.sealed_words import SpaceKind

FOLDER = "demandes"
IN_A_JOURNAL = Space.kind == SpaceKind.COLLECTIF


def asked_members(session: RexSession, reader: Reader) -> Iterator[Member]:
    with session.as_system("a person takes along what they were asked and answered"):
        asked, told, reports = (unless_lost(partial(make, session, reader.user_id)) for make in (_asked, _told, _reports))
    yield from both(f"{FOLDER}/demandes", "Ce qui m’a été demandé, et ce que j’ai demandé", asked)
    yield from both(f"{FOLDER}/ce-qui-attend", "Ce qui m’a été dit dans « Ce qui vous attend »", told)
    yield from both(f"{FOLDER}/signalements", "Mes signalements", reports)
    yield from both(f"{FOLDER}/messages-qui-me-nomment", "Les messages qui me nomment", _named(session, reader))


def _under(model: Any, mine: ColumnElement[bool]) -> Select:
    """Rows of this person about entries of journals, with the address of the entry."""
    rows = select(model, address_of_entry()).join(Entry, Entry.id == model.entry_id).join(Space, Space.id == Entry.collectif_id)
    return rows.where(mine, IN_A_JOURNAL).order_by(Entry.id)


def _asked(session: RexSession, user_id: int) -> list[Thing]:
    found: list[Thing] = []

    def add(query: Select, what: str, dates: dict[str, str]) -> None:
        for one, place in session.execute(query).all():
            found.append({"quoi": what, "où": place, **{label: getattr(one, name) for label, name in dates.items()}})

    add(_under(CoAuthorInvitation, CoAuthorInvitation.user_id == user_id), "invitation à signer, reçue",
        {"le": "created_at", "déclinée le": "declined_at"})
    add(_under(CoAuthorInvitation, CoAuthorInvitation.invited_by_id == user_id), "invitation à signer, faite", {"le": "created_at"})
    add(_under(PublicationRequest, PublicationRequest.asked_by_id == user_id), "accord demandé aux co-auteurs", {"le": "asked_at"})
    add(_under(Consent, Consent.user_id == user_id), "accord donné", {"le": "given_at"})
    add(_under(FormerAuthor, FormerAuthor.user_id == user_id), "signature retirée", {})
    add(_under(RereadingProposal, RereadingProposal.user_id == user_id), "relecture proposée", {"le": "created_at"})
    add(_under(Exchange, Exchange.taken_by_id == user_id), "question dont je m’occupe", {"le": "taken_at"})
    deletions = select(Entry, address_of_entry()).join(Space, Space.id == Entry.collectif_id)
    add(deletions.where(Entry.deletion_asked_by_id == user_id, IN_A_JOURNAL), "suppression demandée", {"le": "deletion_asked_at"})
    lived = select(RecitInvitation, Action.public_id).join(Action, Action.id == RecitInvitation.action_id)
    lived = lived.join(Space, Space.id == Action.collectif_id).where(IN_A_JOURNAL).order_by(RecitInvitation.id)
    ends = ((RecitInvitation.user_id, "invitation à écrire, reçue"), (RecitInvitation.invited_by_id, "invitation à écrire, faite"))
    for mine, what in ends:
        for one, action in session.execute(lived.where(mine == user_id)).all():
            found.append({"quoi": what, "où": f"/actions/{action}", "le": one.created_at, "répondue le": one.answered_at})
    return found


def _told(session: RexSession, user_id: int) -> list[Thing]:
    rows = session.execute(
        select(Notice, address_of_entry())
        .join(Entry, Entry.id == Notice.entry_id)
        .join(Space, Space.id == Entry.collectif_id)
        .where(Notice.user_id == user_id, IN_A_JOURNAL)
        .order_by(Notice.id)
    )
    return [
        {"quoi": TOLD[one.what], "où": entry, "le": one.created_at, "vu le": one.seen_at, "par e-mail le": one.mailed_at}
        for one, entry in rows.all()
    ]


def _reports(session: RexSession, user_id: int) -> list[Thing]:
    """What they wrote, and when it was read; never what was done, which is between the animateurs and the authors."""
    rows = session.execute(
        select(Report, Space).join(Space, Space.id == Report.collectif_id).where(Report.reporter_id == user_id, IN_A_JOURNAL)
        .order_by(Report.id)
    )
    return [
        {"fait le": one.created_at, "lu le": one.handled_at, "journal": place.name,
         "texte": opened_reason(session, place.key_name, one.public_id, one.reason)}
        for one, place in rows.all()
    ]


def _named(session: RexSession, reader: Reader) -> list[Thing]:
    """Where others wrote their name after « @ », among the messages that they read in the journals: the address, not the words."""
    rows = session.execute(
        visible_exchanges(reader)
        .join(Mention, Mention.exchange_id == Exchange.id)
        .join(Entry, Entry.id == Exchange.entry_id)
        .where(Mention.user_id == reader.user_id, Entry.collectif_id.not_in(reader.group_ids))
        .with_only_columns(Exchange.public_id, Exchange.created_at, address_of_entry().label("entry"))
        .order_by(Exchange.id)
    )
    return [{"où": f"{row.entry}#e-{row.public_id}", "le": row.created_at} for row in rows.all()]
