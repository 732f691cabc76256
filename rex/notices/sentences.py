"""What happened becomes a sentence, in this file alone: the page and both parts of a mail say the same words.

Names, what they did, never how many times: there is no figure about a person."""

from collections.abc import Callable, Sequence

from rex.french import joined
from rex.journal.models import EntryKind
from rex.journal.moment_models import What
from rex.notices.ask import Ask
from rex.notices.of_readings import ReadingSaid
from rex.notices.of_seances import SeanceSaid
from rex.notices.queries import Told

SOMEBODY = "Une personne"
MOST_NAMES = 3
NEW_IN_GROUP = "Du nouveau dans un de vos groupes"
INVITED = "Une invitation à un groupe de pairs"
AWAITED_IN_GROUP = "On attend votre réponse dans un de vos groupes"
YOURS = {  # a tension is nobody's
    EntryKind.RECIT: "votre récit",
    EntryKind.DIFFICULTY: "votre difficulté",
    EntryKind.RECOGNITION: "votre merci",
}
UNTOLD = {
    EntryKind.RECIT: "Un récit en préparation",
    EntryKind.DIFFICULTY: "Une difficulté",
    EntryKind.RECOGNITION: "Un merci",
    EntryKind.TENSION: "Une tension",
}


def sentence_of(those: Sequence[Told]) -> str:
    """One sentence for what several people did alike to one entry (the same `what`, newest first)."""
    first = those[0]
    if isinstance(first.about, ReadingSaid):
        return _OF_READINGS[first.what]
    if first.about is not None:
        return _OF_SEANCES[first.what](first.about)
    names = list(dict.fromkeys(told.actor or SOMEBODY for told in those))
    return _SENTENCES[first.what](first, _who(names), len(names) > 1)


def sentence_of_ask(ask: Ask) -> str:
    """What is asked of the reader, and by whom."""
    if ask.what is What.GROUP_INVITED:
        return INVITED
    if ask.is_in_group:
        return AWAITED_IN_GROUP
    who = ask.actor or SOMEBODY
    match ask.what:
        case What.CONSENT_ASKED if ask.is_own:
            return "Votre accord est attendu de nouveau : le récit que vous proposez de publier a changé"
        case What.CONSENT_ASKED:
            return f"Votre accord est attendu : {who} propose de publier un récit que vous signez"
        case What.CO_AUTHOR_ASKED:
            return f"{who} vous invite à signer un récit en commun"
        case What.DELETION_ASKED:
            return f"{who} demande la suppression d’un texte que vous signez : sans objection, elle aura lieu trente jours après"
        case What.RECIT_ASKED:
            return f"{who} {'vous invitent' if ask.is_by_several else 'vous invite'} à raconter cette action à votre tour"
        case _:
            return f"{who} dit merci à votre équipe" if ask.is_to_team else f"{who} vous dit merci"


def subject_of_ask(ask: Ask) -> str:
    """The subject of the mail that asks: no title, since a subject is read over a shoulder."""
    if ask.is_in_group:
        return NEW_IN_GROUP
    who = ask.actor or SOMEBODY
    return {
        What.CONSENT_ASKED: "Votre accord est attendu pour un récit",
        What.CO_AUTHOR_ASKED: f"{who} vous invite à signer un récit",
        What.RECIT_ASKED: f"{who} {'vous invitent' if ask.is_by_several else 'vous invite'} à raconter une action",
        What.DELETION_ASKED: "La suppression d’un texte que vous signez est demandée",
    }[ask.what]


def answer_label(ask: Ask) -> str:
    """What the link or the button of an ask says."""
    if ask.is_in_group:
        return "Ouvrir"
    return {
        What.CONSENT_ASKED: "Relire et répondre",
        What.CO_AUTHOR_ASKED: "Voir l’invitation",
        What.RECIT_ASKED: "Voir l’action",
        What.DELETION_ASKED: "Voir, et garder ou non",
        What.REPORTED: "Lire le signalement",
        What.LETTER: "Lire le message",
        What.SHOWN: "Lire le signalement",
    }.get(ask.what, "Lire et répondre")


def key_of(told: Told) -> tuple[What, bool, bool]:
    """What may share a sentence: the same thing, done to the same side of the reader; a text hidden or given back stands alone."""
    return told.what, told.is_to_me, bool(told.exchange_public_id)


def _who(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMES:
        return f"{', '.join(names[: MOST_NAMES - 1])} et d’autres personnes"
    return joined(names)


def _answered(told: Told, who: str, several: bool) -> str:
    verb = "ont répondu" if several else "a répondu"
    if told.is_to_me:
        return f"{who} {verb} à votre message"
    return f"{who} {verb} à {YOURS[told.kind]}" if told.is_mine else f"{who} {verb} dans un échange que vous suivez"


def _hidden(told: Told, what: str, end: str) -> str:
    """« Votre message est suspendu », « Votre difficulté est suspendue »."""
    whose = "votre message" if told.exchange_public_id else YOURS[told.kind]
    agreed = f"{what}e" if whose == YOURS[EntryKind.DIFFICULTY] else what
    return f"{whose[0].upper()}{whose[1:]} est {agreed}{end}"


Sentence = Callable[[Told, str, bool], str]
_SENTENCES: dict[What, Sentence] = {
    What.ANSWER: _answered,
    What.MENTION: lambda told, who, several: f"{who} {'vous citent' if several else 'vous cite'} dans un échange",
    What.OTHER_RECIT: lambda told, who, several: f"{who} {'racontent' if several else 'raconte'} aussi cette action",
    What.NOTE: lambda told, who, several: (
        f"{who} {'ont' if several else 'a'} noté où des récits de l’action divergent ou se rejoignent"
    ),
    What.ECHO: lambda told, who, several: f"{who} {'vivent' if several else 'vit'} cela aussi",
    What.THANKS_ACCEPTED: lambda told, who, several: "Votre merci paraît dans le journal",
    What.CO_AUTHOR_JOINED: lambda told, who, several: f"{who} {'signent' if several else 'signe'} maintenant ce récit avec vous",
    What.PUBLISHED_TOGETHER: lambda told, who, several: "Chacun a dit oui : votre récit est dans le journal",
    What.WITHDRAWN: lambda told, who, several: f"{who} {'ont' if several else 'a'} retiré {YOURS[told.kind]} du journal",
    What.SYNTHESE: lambda told, who, several: f"{who} {'ont' if several else 'a'} clos l’échange par une synthèse",
    What.REPORTED: lambda told, who, several: (
        "Un message est signalé" if told.exchange_public_id else "Un texte est signalé"
    ) + " : il attend votre lecture",
    What.LETTER: lambda told, who, several: f"{who} vous {'écrivent' if several else 'écrit'} au sujet d’un texte suspendu",
    What.SHOWN: lambda told, who, several: "Un merci qui n’est pas encore publié est signalé : il attend votre lecture",
    What.REPORT_READ: lambda told, who, several: "L’animation a lu votre signalement",
    What.SUSPENDED: lambda told, who, several: _hidden(told, "suspendu", " : l’animation vous dit pourquoi"),
    What.RESTORED: lambda told, who, several: _hidden(told, "rétabli", ""),
    What.NOTE_SUSPENDED: lambda told, who, several: "Votre note entre deux récits est suspendue : l’animation vous dit pourquoi",
    What.NOTE_RESTORED: lambda told, who, several: "Votre note entre deux récits est rétablie",
    What.WORDS_SUSPENDED: lambda told, who, several: (
        "Ce que vous avez écrit autour de ce texte est suspendu : l’animation vous dit pourquoi"
    ),
    What.WORDS_RESTORED: lambda told, who, several: "Ce que vous avez écrit autour de ce texte est rétabli",
    What.NARROWED: lambda told, who, several: _hidden(told, "retiré", " du réseau"),
    What.REREAD: lambda told, who, several: "Votre récit a un an : que liriez-vous autrement ?",
    What.IN_GROUP: lambda told, who, several: NEW_IN_GROUP,
}

_OF_SEANCES: dict[What, Callable[[SeanceSaid], str]] = {
    What.SEANCE_SET: lambda seance: f"{seance.kind} annoncé : {seance.when}",
    What.SEANCE_MOVED: lambda seance: f"{seance.kind} changé de date ou de lieu : {seance.when}",
    What.SEANCE_OFF: lambda seance: f"{seance.kind} annulé, prévu {seance.when}",
    What.SEANCE_SOON: lambda seance: f"{seance.kind}, rappel : {seance.when}",
    What.REPORTED: lambda seance: "Un texte de cette séance est signalé : il attend votre lecture",
    What.REPORT_READ: lambda seance: "L’animation a lu votre signalement",
    What.WORDS_SUSPENDED: lambda seance: "Ce que vous avez écrit dans cette séance est suspendu : l’animation vous dit pourquoi",
    What.WORDS_RESTORED: lambda seance: "Ce que vous avez écrit dans cette séance est rétabli",
}

_OF_READINGS = {
    What.REPORTED: "Un texte est signalé : il attend votre lecture",
    What.REPORT_READ: "L’animation a lu votre signalement",
    What.WORDS_SUSPENDED: "Votre lecture contradictoire est suspendue : l’animation vous dit pourquoi",
    What.WORDS_RESTORED: "Votre lecture contradictoire est rétablie",
}
