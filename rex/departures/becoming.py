"""What becomes of each thing that leads to a person, column by column, once their account is deleted; and where the archive of
their own data says it. A test holds this list to the models: a new column that names a person gets its line here first."""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a row."""

    GOES = "effacé"  # with the account
    NAMELESS = "sans nom"  # it stays, and is of nobody any more
    CHOSEN = "au choix"  # it goes, or stays nameless, as the person chose


@dataclass(frozen=True)
class Becoming:
    """`archive`: the file of the archive that says it; empty when `why_not` says why it is not there."""

    fate: Fate
    archive: str = ""
    why_not: str = ""


GOES, NAMELESS, CHOSEN = Fate
ACCOUNT, RECITS, WORDS, ASKED = "compte", "recits", "textes", "demandes"
_ACT = "an act of somebody who looks after texts: what it did is in the archive of those whose text it was"
_SECRET = "a secret, kept as a hash: it says nothing"
_LETTER = "an act of somebody who edits a letter: the letter says it"
_OF_THE_GROUP = "a group’s own decisions are never taken out of it"

BECOMING: dict[tuple[str, str], Becoming] = {
    ("AccountEnding", "user_id"): Becoming(GOES, ACCOUNT),
    ("Credential", "user_id"): Becoming(GOES, ACCOUNT),
    ("Device", "user_id"): Becoming(GOES, ACCOUNT),
    ("Membership", "user_id"): Becoming(GOES, ACCOUNT),
    ("NoticeSettings", "user_id"): Becoming(GOES, ACCOUNT),
    ("GroupMember", "user_id"): Becoming(GOES, ACCOUNT),
    ("FeedAddress", "user_id"): Becoming(GOES, why_not=_SECRET),
    ("ArchiveRequest", "user_id"): Becoming(GOES, why_not="a file of a whole journal, which an animateur asked for"),
    ("ArchivedPerson", "user_id"): Becoming(GOES, why_not="who they are in an archive that came from elsewhere: a number"),
    ("OneTimeLink", "user_id"): Becoming(GOES, why_not=_SECRET),
    ("UnsubscribeLink", "user_id"): Becoming(GOES, why_not=_SECRET),
    ("DigestLink", "user_id"): Becoming(GOES, why_not=_SECRET),
    ("DigestRefusal", "user_id"): Becoming(GOES, ACCOUNT),
    ("Invitation", "used_by_id"): Becoming(GOES, ASKED),
    ("Invitation", "invited_by_id"): Becoming(NAMELESS, ASKED),
    # what one wrote
    ("Authorship", "user_id"): Becoming(CHOSEN, RECITS),
    ("Revision", "author_id"): Becoming(NAMELESS, RECITS),
    ("DraftText", "written_by_id"): Becoming(NAMELESS, RECITS),
    ("Attachment", "given_by_id"): Becoming(NAMELESS, RECITS),
    ("Exchange", "author_id"): Becoming(CHOSEN, WORDS),
    ("Echo", "user_id"): Becoming(CHOSEN, WORDS),
    ("ActionNote", "author_id"): Becoming(CHOSEN, WORDS),
    ("Rereading", "author_id"): Becoming(CHOSEN, WORDS),
    ("Synthese", "author_id"): Becoming(NAMELESS, WORDS),
    ("Recognition", "to_user_id"): Becoming(NAMELESS, WORDS),
    ("Depot", "author_id"): Becoming(GOES, WORDS),
    ("Contribution", "author_id"): Becoming(GOES, WORDS),
    ("Takeaway", "author_id"): Becoming(GOES, WORDS),
    ("SeanceText", "author_id"): Becoming(GOES, WORDS),
    ("Versement", "author_id"): Becoming(GOES, WORDS),
    ("TensionTrial", "author_id"): Becoming(CHOSEN, WORDS),
    ("Arbitrage", "author_id"): Becoming(NAMELESS, WORDS),
    ("TensionAct", "actor_id"): Becoming(NAMELESS, WORDS),
    ("CounterReading", "author_id"): Becoming(NAMELESS, WORDS),
    ("Jalon", "created_by_id"): Becoming(NAMELESS, WORDS),
    ("Digest", "edito_by_id"): Becoming(NAMELESS, WORDS),
    # what one was asked, or answered
    ("Consent", "user_id"): Becoming(GOES, ASKED),
    ("PublicationRequest", "asked_by_id"): Becoming(NAMELESS, ASKED),
    ("CoAuthorInvitation", "user_id"): Becoming(GOES, ASKED),
    ("CoAuthorInvitation", "invited_by_id"): Becoming(NAMELESS, ASKED),
    ("RecitInvitation", "user_id"): Becoming(GOES, ASKED),
    ("RecitInvitation", "invited_by_id"): Becoming(NAMELESS, ASKED),
    ("RereadingProposal", "user_id"): Becoming(GOES, ASKED),
    ("FormerAuthor", "user_id"): Becoming(GOES, ASKED),
    ("Report", "reporter_id"): Becoming(NAMELESS, ASKED),
    ("Notice", "user_id"): Becoming(GOES, ASKED),
    ("Mention", "user_id"): Becoming(GOES, ASKED),
    ("Exchange", "taken_by_id"): Becoming(NAMELESS, ASKED),
    ("Entry", "deletion_asked_by_id"): Becoming(NAMELESS, ASKED),
    ("Notice", "actor_id"): Becoming(NAMELESS, why_not="it waits for somebody else, whose it is"),
    # acts on the texts of others, and what is decided together
    ("Recognition", "answered_by_id"): Becoming(NAMELESS, why_not="the archive says the answer, with the thank-you"),
    ("Report", "handled_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("Entry", "suspended_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("Exchange", "suspended_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("Echo", "suspended_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("ActionNote", "suspended_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("Rereading", "suspended_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("Synthese", "suspended_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("SeanceText", "suspended_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("CounterReading", "suspended_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("CounterReading", "corrected_by_id"): Becoming(NAMELESS, why_not="it is of the service or of the collège that signs it"),
    ("TensionAct", "undone_by_id"): Becoming(NAMELESS, why_not=_ACT),
    ("TensionLink", "linked_by_id"): Becoming(NAMELESS, why_not="the act that linked it says so"),
    ("Digest", "published_by_id"): Becoming(NAMELESS, why_not=_LETTER),
    ("DigestItem", "edited_by_id"): Becoming(NAMELESS, why_not=_LETTER),
    ("Seance", "facilitator_id"): Becoming(NAMELESS, why_not="a séance is of those who meet"),
    ("SeanceWriter", "user_id"): Becoming(GOES, why_not="what they wrote in common is of the séance"),
    ("Choice", "author_id"): Becoming(GOES, why_not="it names the situation of somebody else"),
    ("Decision", "about_id"): Becoming(GOES, why_not=_OF_THE_GROUP),
    ("Decision", "asked_by_id"): Becoming(NAMELESS, why_not=_OF_THE_GROUP),
    ("Ballot", "user_id"): Becoming(GOES, why_not=_OF_THE_GROUP),
    ("JoinRequest", "user_id"): Becoming(GOES, why_not=_OF_THE_GROUP),
    ("GroupOpening", "user_id"): Becoming(NAMELESS, why_not=_OF_THE_GROUP),
    ("GroupOpening", "asked_by_id"): Becoming(NAMELESS, why_not=_OF_THE_GROUP),
}

# Columns that may hold the name of somebody in words. `rex.departures.renaming` follows a name that changes, so that whoever leaves
# is looked for under one name.
_SOMEBODY = "« une personne », in the place of the name that REX wrote there"
NAMES: dict[tuple[str, str], str] = {
    ("Recit", "teller"): _SOMEBODY,
    ("Revision", "content"): f"the teller of a version: {_SOMEBODY}",
    ("PublicationRequest", "teller"): "goes, with the request",
    ("Entry", "byline"): "written anew from those who sign still",
    ("Recognition", "to_name"): _SOMEBODY,
    ("GroupOpening", "called"): _SOMEBODY,
    ("Exchange", "signature"): "a fonction and a service: the service stays",
    ("Exchange", "source"): f"the calls with « @ »: {_SOMEBODY}",
    ("FormerWords", "source"): f"the calls with « @ »: {_SOMEBODY}",
    ("Synthese", "signature"): "emptied",
    ("DigestQuote", "signature"): f"a service; of who has none, {_SOMEBODY}",
    ("Invitation", "name"): "goes, with the invitation to their address",
    ("ArchiveRequest", "collectif_id"): "the file of an archive names whoever spoke: all that wait go, to be asked for again",
}
