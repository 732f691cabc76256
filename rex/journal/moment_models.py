"""The words for what happens in the journal; who listens to it is in `rex.journal.moments`."""

from enum import StrEnum


class What(StrEnum):
    """What a notice says. The first ones are sent at once, since somebody waits; the others are grouped."""

    CO_AUTHOR_ASKED = "co-signer"
    CONSENT_ASKED = "accord"
    RECIT_ASKED = "ecrire"
    DELETION_ASKED = "suppression"  # a co-author may object for thirty days
    ANSWER = "reponse"
    MENTION = "mention"
    OTHER_RECIT = "autre-recit"
    NOTE = "note"
    ECHO = "echo"
    THANKS_RECEIVED = "merci-recu"
    THANKS_ACCEPTED = "merci-publie"
    CO_AUTHOR_JOINED = "co-auteur"
    PUBLISHED_TOGETHER = "publie-ensemble"
    WITHDRAWN = "retire"
    SYNTHESE = "synthese"
    REPORTED = "signale"
    LETTER = "lettre"  # an author of a suspended text writes to the animateurs, who do not read it
    SHOWN = "montre"  # the recipient of a thank-you that waits shows it to the animateurs
    REPORT_READ = "signalement-lu"  # who reported learns that it was read, never what was done
    SUSPENDED = "suspendu"
    RESTORED = "retabli"
    NOTE_SUSPENDED = "note-suspendue"
    NOTE_RESTORED = "note-retablie"
    WORDS_SUSPENDED = "mots-suspendus"  # an echo, a rereading, a synthèse: the entry that it hangs from still stands
    WORDS_RESTORED = "mots-retablis"
    NARROWED = "retire-du-reseau"
    REREAD = "relire"
    SEANCE_SET = "seance"  # of a collectif, as the next three
    SEANCE_MOVED = "seance-deplacee"
    SEANCE_OFF = "seance-annulee"
    SEANCE_SOON = "seance-rappel"
    GROUP_INVITED = "groupe-invitation"  # an invitation to a peer group: of it, nothing else is said outside
    GROUP_ASKED = "groupe-question"  # a decision of a group that waits for an answer
    IN_GROUP = "groupe"  # something was told in a peer group; nothing more is said of it outside


class Change(StrEnum):
    """What became of the published words of a récit."""

    PUBLISHED = "published"  # for the first time, or again after a withdrawal
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
