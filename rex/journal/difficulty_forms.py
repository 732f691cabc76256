"""What a form about a difficulty holds: its words, what it does to us, its balises; and the French sentence for what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from rex.french import typo
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Stance
from rex.journal.picker import STANCE_WORDS
from rex.referentiel.content import ENJEUX
from rex.referentiel.markers import REFERENTIEL, Marker
from rex.referentiel.proposals import propose
from rex.text.passages import tidy_quote

MOST_WORDS = 1_000  # one to five sentences; beyond, it is a récit
MOST_EFFECT = 600
MOST_ECHO = 400
MOST_TAGS = 8
READ = 60_000  # characters of a field that are looked at: what is too long comes back whole

NOTHING = "Écrivez au moins une phrase : ce qui résiste"
TOO_LONG = f"C’est long pour une difficulté : {MOST_WORDS} caractères au plus. Gardez l’essentiel, ou racontez-le dans un récit"
EFFECT_TOO_LONG = f"Raccourcissez ce que cela vous fait : {MOST_EFFECT} caractères au plus"
ECHO_TOO_LONG = f"Raccourcissez votre phrase : {MOST_ECHO} caractères au plus"


def written_from(form: MultiDict, markers: Sequence[Marker]) -> Written:
    """What the form says; balises that this collectif does not have are left out."""
    known = {marker.code for marker in markers}
    ticked = [code for code in dict.fromkeys(form.getlist("balises")) if code in known][:MOST_TAGS]
    return Written(
        words=plain_words(form.get("mots", "")),
        effect=plain_words(form.get("effet", "")),
        tags={code: stance_from(form.get(f"posture-{code}", "")) for code in ticked},
    )


def plain_words(given: str) -> str:
    return tidy_quote(given, most=READ)


def stance_from(given: str) -> Stance:
    return Stance(given) if given in set(Stance) else Stance.ILLUSTRE


def faults_of(written: Written) -> list[tuple[str, str]]:
    """(field, French sentence) for what keeps it from being shared."""
    faults = []
    if not any(char.isalnum() for char in written.words):
        faults.append(("mots", typo(NOTHING)))
    elif len(written.words) > MOST_WORDS:
        faults.append(("mots", typo(TOO_LONG)))
    if len(written.effect) > MOST_EFFECT:
        faults.append(("effet", typo(EFFECT_TOO_LONG)))
    return faults


def proposed_for(words: str, already: Mapping[str, Stance]) -> list[dict[str, Any]]:
    """Balises that the words themselves propose, with those that made it so; often none."""
    return [
        {
            "code": found.code,
            "label": REFERENTIEL[found.code].label,
            "title": REFERENTIEL[found.code].title,
            "enjeu": REFERENTIEL[found.code].enjeu,
            "why": ", ".join(found.words),
        }
        for found in propose(words, already=already)
    ]


def balise_choices(markers: Sequence[Marker], tags: Mapping[str, Stance]) -> dict[str, Any]:
    """What `difficulties/_balises.html` shows: the balises by enjeu, those chosen ticked, and a stance for each of these."""
    groups = [(enjeu.code, enjeu.label) for enjeu in ENJEUX] + [("", "Balises du collectif")]
    by_code = {marker.code: marker for marker in markers}
    return {
        "groups": [
            {"code": code, "label": label, "balises": [m for m in markers if m.enjeu == code]}
            for code, label in groups
            if any(m.enjeu == code for m in markers)
        ],
        "ticked": set(tags),
        "stances": [(stance.value, STANCE_WORDS[stance]) for stance in Stance],
        "stance_of": [
            (by_code[code], stance.value) for code, stance in tags.items() if code in by_code
        ],
    }
