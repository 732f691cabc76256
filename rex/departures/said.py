"""How the archive of a person’s own data says what the base keeps as one word: as the pages say it."""

from rex.collectifs.forms import THEMES
from rex.journal.models import Audience
from rex.journal.moment_models import What
from rex.journal.recognition_models import Answer
from rex.journal.together_models import Meeting
from rex.notices.models import Rhythm

APPEARANCES = {value: label.lower() for value, label in THEMES}
READERS = {
    None: "",
    Audience.GROUPE: "les membres d’un groupe de pairs",
    Audience.COLLECTIF: "les membres du collectif",
    Audience.RESEAU: "les membres de tous les collectifs",
}
RHYTHMS = {Rhythm.DAILY: "chaque jour au plus", Rhythm.WEEKLY: "chaque semaine au plus", Rhythm.NEVER: "jamais"}
MEETINGS = {Meeting.DIVERGENT: "divergent", Meeting.REJOIGNENT: "se rejoignent"}
ANSWERS = {
    Answer.PENDING: "pas encore donnée",
    Answer.ACCEPTED: "accepté",
    Answer.KEPT: "gardé pour moi",
    Answer.DECLINED: "refusé",
}
TOLD = {
    What.CO_AUTHOR_ASKED: "une invitation à signer un récit",
    What.CONSENT_ASKED: "mon accord est attendu",
    What.RECIT_ASKED: "une invitation à écrire",
    What.DELETION_ASKED: "la suppression d’un texte que je signe est demandée",
    What.ANSWER: "une réponse",
    What.MENTION: "un message qui me nomme",
    What.OTHER_RECIT: "un autre récit de la même action",
    What.NOTE: "une note entre deux récits",
    What.ECHO: "« Je vis ça aussi », sous une difficulté",
    What.THANKS_RECEIVED: "un merci reçu",
    What.THANKS_ACCEPTED: "mon merci paraît dans le journal",
    What.CO_AUTHOR_JOINED: "quelqu’un signe avec moi",
    What.PUBLISHED_TOGETHER: "notre récit est publié",
    What.WITHDRAWN: "un texte que je signe est retiré",
    What.SYNTHESE: "un échange est clos par une synthèse",
    What.REPORTED: "un texte est signalé à l’animation",
    What.LETTER: "un message à l’animation, au sujet d’un texte suspendu",
    What.SHOWN: "un merci en attente est montré à l’animation",
    What.REPORT_READ: "mon signalement a été lu",
    What.SUSPENDED: "un texte que je signe est suspendu",
    What.RESTORED: "un texte que je signe est rétabli",
    What.NOTE_SUSPENDED: "ma note entre deux récits est suspendue",
    What.NOTE_RESTORED: "ma note entre deux récits est rétablie",
    What.WORDS_SUSPENDED: "ce que j’ai écrit autour d’un texte est suspendu",
    What.WORDS_RESTORED: "ce que j’ai écrit autour d’un texte est rétabli",
    What.NARROWED: "un texte que je signe est retiré du réseau",
    What.REREAD: "un récit d’il y a un an, à relire",
    What.SEANCE_SET: "une séance annoncée",
    What.SEANCE_MOVED: "une séance change de date ou de lieu",
    What.SEANCE_OFF: "une séance annulée",
    What.SEANCE_SOON: "le rappel d’une séance",
    What.GROUP_INVITED: "une invitation à un groupe de pairs",
    What.GROUP_ASKED: "une question d’un groupe de pairs",
    What.IN_GROUP: "du nouveau dans un groupe de pairs",
}
