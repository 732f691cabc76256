"""The second lock: the condition that every statement of a session gets for each class, whatever wrote it (`rex.second_lock`).

A class without a scope is for the system alone."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from rex.access import inner
from rex.access.entries import action_with_a_readable_recit, in_own_space, is_readable, of_own_entry, of_readable_entry, writes_it
from rex.access.hanging import between_two_that_are_read, given_with_a_text, of_said, said_before, to_be_found
from rex.access.judging import to_judge
from rex.access.letters import edited_or_published, of_a_letter, quoted_in_a_letter
from rex.access.readers import Asker
from rex.access.rooms import meets_or_met, own_or_open, own_or_put_to_members, said_in_seance, suspended_in_seance, was_there
from rex.access.tensions import gathers_a_told_one, of_arbitrage, proposes_told_ones
from rex.access.visits import is_open_now
from rex.archives.models import ArchivedPerson, ArchiveRequest
from rex.collectifs.entrance_models import Device, OneTimeLink
from rex.collectifs.group_models import GroupMember, GroupOpening
from rex.collectifs.models import Credential, Invitation, Membership, Service, Space, User
from rex.db import Base
from rex.departures.models import AccountEnding
from rex.digests.models import Digest, DigestItem, DigestLink, DigestQuote, DigestRefusal, DigestSettings
from rex.exchanges.models import Exchange, FormerWords, Mention, Synthese, SyntheseSentence, SyntheseSource
from rex.feeds.models import FeedAddress
from rex.journal.attachment_models import Attachment
from rex.journal.difficulty_models import Echo
from rex.journal.models import (
    Action,
    Authorship,
    CanvasSection,
    Consent,
    Draft,
    DraftText,
    DraftTextBefore,
    Entry,
    PublicationRequest,
    Revision,
    Section,
    Tagging,
)
from rex.journal.together_models import ActionNote, CoAuthorInvitation, FormerAuthor, RecitInvitation, Rereading, RereadingProposal
from rex.notices.models import Notice, NoticeSettings, UnsubscribeLink
from rex.peer_groups.models import Ballot, Decision, JoinRequest
from rex.referentiel.models import OwnBalise
from rex.reports.models import Report
from rex.sealed_words import SpaceKind
from rex.seances.models import Choice, Contribution, Depot, Seance, SeanceText, SeanceWriter, Takeaway
from rex.search.models import SearchRow
from rex.second_lock import SCOPES
from rex.tensions.models import (
    Arbitrage,
    ArbitrageParty,
    OwnIdea,
    TensionAct,
    TensionApart,
    TensionGrouping,
    TensionLink,
    TensionProposal,
    TensionProposalItem,
    TensionSeance,
    TensionSettings,
    TensionTrial,
)
from rex.trends.models import CounterReading, Jalon
from rex.versements.models import Versement


def of_own_collectif(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    return lambda reader: true() if reader.is_admin else column.in_(reader.collectif_ids)


def of_own_account(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    return lambda reader: column == reader.user_id


def in_the_collectif(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    """What every member of a collectif reads, and no administrator who is not one."""
    return lambda reader: column.in_(reader.collectif_ids)


def is_somebody(reader: Asker) -> ColumnElement[bool]:
    """Names of people and of collectifs are read by every member: a publication to the réseau shows its readers."""
    return true() if reader.collectif_ids or reader.is_admin else false()


def put_while_there(reader: Asker) -> ColumnElement[bool]:
    """A question of a group of theirs, put since they are there, or to them: its words speak of people and of what was before."""
    if not reader.group_ids:
        return false()
    mine = select(inner.ballot.c.id).where(inner.ballot.c.decision_id == Decision.id, inner.ballot.c.user_id == reader.user_id)
    to_them = and_(Decision.group_id.in_(reader.group_ids), mine.correlate_except(inner.ballot).exists())
    return or_(was_there(reader, Decision.group_id, Decision.asked_at), to_them)


_SCOPES: dict[type[Base], Callable[[Asker], ColumnElement[bool]]] = {
    Entry: is_readable,
    Action: action_with_a_readable_recit,
    Section: of_readable_entry(Section.entry_id),
    Tagging: of_readable_entry(Tagging.entry_id),
    Authorship: of_readable_entry(Authorship.entry_id),
    Draft: of_own_entry(Draft.entry_id),
    DraftText: of_own_entry(DraftText.entry_id),
    DraftTextBefore: of_own_entry(DraftTextBefore.entry_id),
    Revision: of_own_entry(Revision.entry_id),
    PublicationRequest: of_own_entry(PublicationRequest.entry_id),
    Consent: of_own_entry(Consent.entry_id),
    Echo: said_before(Echo),
    Exchange: said_before(Exchange),
    Synthese: said_before(Synthese),
    Rereading: said_before(Rereading),
    RereadingProposal: of_own_account(RereadingProposal.user_id),
    FormerWords: of_said(inner.exchange, FormerWords.exchange_id),
    Mention: of_said(inner.exchange, Mention.exchange_id),
    SyntheseSentence: of_said(inner.synthese, SyntheseSentence.synthese_id),
    SyntheseSource: of_said(inner.exchange, SyntheseSource.exchange_id),
    ActionNote: between_two_that_are_read,
    Attachment: given_with_a_text,
    CoAuthorInvitation: lambda reader: or_(
        and_(CoAuthorInvitation.user_id == reader.user_id, in_own_space(reader, CoAuthorInvitation.entry_id)),
        writes_it(reader, CoAuthorInvitation.entry_id),
    ),
    FormerAuthor: of_own_account(FormerAuthor.user_id),
    RecitInvitation: lambda reader: or_(
        RecitInvitation.user_id == reader.user_id, RecitInvitation.invited_by_id == reader.user_id
    ),
    Report: to_judge,
    Notice: of_own_account(Notice.user_id),
    NoticeSettings: of_own_account(NoticeSettings.user_id),
    UnsubscribeLink: of_own_account(UnsubscribeLink.user_id),
    FeedAddress: of_own_account(FeedAddress.user_id),
    Seance: meets_or_met,
    Depot: own_or_open,
    Choice: said_in_seance(Choice),
    Contribution: said_in_seance(Contribution),
    Takeaway: said_in_seance(Takeaway),
    SeanceText: suspended_in_seance,
    SeanceWriter: of_own_account(SeanceWriter.user_id),
    Versement: own_or_put_to_members,
    SearchRow: to_be_found,
    TensionAct: in_the_collectif(TensionAct.collectif_id),
    TensionApart: in_the_collectif(TensionApart.collectif_id),
    TensionGrouping: in_the_collectif(TensionGrouping.collectif_id),
    TensionSettings: in_the_collectif(TensionSettings.collectif_id),
    OwnIdea: in_the_collectif(OwnIdea.collectif_id),
    TensionLink: gathers_a_told_one,
    TensionProposal: in_the_collectif(TensionProposal.collectif_id),
    TensionProposalItem: proposes_told_ones,
    Arbitrage: of_readable_entry(Arbitrage.tension_id),
    ArbitrageParty: of_arbitrage,
    TensionTrial: of_readable_entry(TensionTrial.tension_id),
    TensionSeance: of_readable_entry(TensionSeance.tension_id),
    Digest: edited_or_published,
    DigestItem: of_a_letter,
    DigestQuote: quoted_in_a_letter,
    DigestSettings: lambda reader: DigestSettings.collectif_id.in_(reader.space_ids),
    DigestRefusal: of_own_account(DigestRefusal.user_id),
    DigestLink: of_own_account(DigestLink.user_id),
    Jalon: in_the_collectif(Jalon.collectif_id),
    CounterReading: in_the_collectif(CounterReading.collectif_id),
    ArchiveRequest: of_own_account(ArchiveRequest.user_id),
    ArchivedPerson: of_own_collectif(ArchivedPerson.collectif_id),
    CanvasSection: lambda reader: CanvasSection.collectif_id.in_(reader.collectif_ids),
    OwnBalise: lambda reader: OwnBalise.collectif_id.in_(reader.collectif_ids),
    Space: lambda reader: or_(
        and_(Space.kind == SpaceKind.COLLECTIF, is_somebody(reader)), Space.id.in_(reader.group_ids), is_open_now(reader, Space.id)
    ),
    GroupMember: lambda reader: GroupMember.group_id.in_(reader.group_ids),
    GroupOpening: lambda reader: GroupOpening.group_id.in_(reader.group_ids),
    Decision: put_while_there,
    Ballot: of_own_account(Ballot.user_id),
    JoinRequest: of_own_account(JoinRequest.user_id),
    User: lambda reader: or_(is_somebody(reader), User.id == reader.user_id),
    Service: of_own_collectif(Service.collectif_id),
    Membership: of_own_collectif(Membership.collectif_id),
    Invitation: lambda reader: true() if reader.is_admin else Invitation.collectif_id.in_(reader.animated_ids),
    Credential: lambda reader: true() if reader.is_admin else Credential.user_id == reader.user_id,
    AccountEnding: of_own_account(AccountEnding.user_id),
    Device: of_own_account(Device.user_id),
    OneTimeLink: of_own_account(OneTimeLink.user_id),
}
SCOPES.update(_SCOPES)
