"""Composes seeded récits: the same draw of chance gives the same words."""

from dataclasses import dataclass
from random import Random

from rex.french import typo
from rex.journal.models import Stance
from rex.referentiel.content import BALISES
from rex.seed import words
from rex.seed.subjects import SUBJECTS_A, Subject
from rex.seed.subjects_last import SUBJECTS_C
from rex.seed.subjects_more import SUBJECTS_B

SUBJECTS = SUBJECTS_A + SUBJECTS_B + SUBJECTS_C
CODES = tuple(balise.code for balise in BALISES)
OF_THE = {"rue": "de la ", "place": "de la ", "avenue": "de l’", "allée": "de l’", "impasse": "de l’"}
STANCES = (Stance.ILLUSTRE,) * 12 + (Stance.NUANCE,) * 5 + (Stance.CONTREDIT,) * 3
OPTIONAL = (("contexte", 0.7), ("intention", 0.45), ("affects", 0.4), ("transferable", 0.35), ("reconnaissances", 0.35))
MINUTES = ("", "\u00a015", "\u00a030", "\u00a045")
ORDER = ("contexte", "intention", "faits", "resistance", "affects", "appris", "transferable", "reconnaissances")


@dataclass(frozen=True)
class Scene:
    """What several récits of one action share: the subject, the place, the people met, the title."""

    subject: Subject
    street: str
    met: tuple[str, ...]
    day: str
    title: str


@dataclass(frozen=True)
class Told:
    """The words of one récit."""

    title: str
    sections: dict[str, str]
    tags: dict[str, Stance]


def draw_scene(chance: Random) -> Scene:
    """A new action."""
    subject, street = chance.choice(SUBJECTS), chance.choice(words.STREETS)
    met, day = tuple(chance.sample(words.FIRST_NAMES, 3)), chance.choice(words.DAYS)
    blank = Scene(subject, street, met, day, "")
    return Scene(subject, street, met, day, _fill(chance.choice(subject.titles), blank, words.TEAMS[0], chance))


def draw_recit(scene: Scene, chance: Random, *, is_first: bool) -> Told:
    """One account of an action, from where somebody stands."""
    team, subject = chance.choice(words.TEAMS), scene.subject
    kept = {slug for slug, odds in OPTIONAL if chance.random() < odds} | {"faits", "resistance", "appris"}
    banks = {
        "contexte": (subject.context, words.CONTEXT + words.WEATHER, 3),
        "intention": ((), words.INTENTION, 2),
        "faits": (subject.facts, words.FACTS, chance.randint(5, 8)),
        "resistance": (subject.trouble, words.TROUBLE, chance.randint(2, 4)),
        "affects": ((), words.AFFECTS, 2),
        "appris": (subject.learnt, words.LEARNT, chance.randint(1, 3)),
        "transferable": ((), words.TRANSFER, 1),
        "reconnaissances": ((), words.THANKS, 1),
    }
    sections = {slug: _section(*banks[slug], scene, team, chance) for slug in ORDER if slug in kept}
    title = scene.title
    if not is_first or chance.random() < 0.3:
        title = _fill(chance.choice(words.GENERAL_TITLES).replace("{title}", title), scene, team, chance)
    return Told(typo(title), sections, _tags(subject, chance))


def _section(own: tuple[str, ...], shared: tuple[str, ...], count: int, scene: Scene, team: tuple[str, ...], chance: Random) -> str:
    """Sentences of the subject mostly, in the order in which things happened, with some that fit any in between."""
    from_own = min(len(own), max(1, round(count * 0.65)))
    drawn = [own[i] for i in sorted(chance.sample(range(len(own)), from_own))]
    for sentence in chance.sample(shared, min(count - from_own, len(shared))):
        drawn.insert(chance.randint(min(1, len(drawn)), len(drawn)), sentence)
    filled = [_fill(sentence, scene, team, chance) for sentence in drawn]
    paragraphs = []
    while filled:
        size = chance.randint(2, 4)
        paragraphs.append(" ".join(filled[:size]))
        filled = filled[size:]
    return "\n\n".join(paragraphs)


def _fill(sentence: str, scene: Scene, team: tuple[str, ...], chance: Random) -> str:
    if "{" in sentence:
        person, other = chance.sample(scene.met, 2)
        sentence = sentence.format_map(
            {
                "rue": scene.street,
                "derue": OF_THE[scene.street.split()[0]] + scene.street,
                "prenom": person,
                "prenom2": other,
                "jour": scene.day,
                "eq": team[0],
                "Eq": team[0][0].upper() + team[0][1:],
                "deq": team[1],
                "aeq": team[2],
                "petit": chance.choice(words.SMALL),
                "nombre": chance.randint(11, 240),
                "euros": f"{chance.randint(2, 90) * 100:,}".replace(",", "\u202f"),
                "heure": f"{chance.randint(7, 19)}\u00a0h{chance.choice(MINUTES)}",
                "mois": chance.choice(words.MONTHS),
                "duree": chance.choice(words.SPANS),
            }
        )
    return ". ".join(part[:1].upper() + part[1:] for part in sentence.split(". "))


def _tags(subject: Subject, chance: Random) -> dict[str, Stance]:
    count = chance.choice((1, 1, 2, 2, 2, 3, 3, 4))
    likely = [code for code in chance.sample(subject.codes, len(subject.codes)) if chance.random() < 0.85]
    codes = list(dict.fromkeys([*likely, *chance.sample(CODES, 4)]))[:count]
    return {code: chance.choice(STANCES) for code in codes}
