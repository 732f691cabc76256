"""Two people who change the same text of a séance at once: the second one reads both, one under the other, and nobody loses a word.

A form says from which words it began (`began_from`); saved from others, it comes back with what stands now above what was typed."""

import hashlib
import json
from dataclasses import replace

from rex.seances.models import Seance
from rex.seances.planning import Typed

MEANWHILE = "Ce texte a été changé pendant que vous écriviez : les deux sont ici, l’un sous l’autre. Gardez ce qui convient"
MOVED = "La séance a été changée pendant que vous écriviez : relisez, puis enregistrez de nouveau"


def began_from(*said: object) -> str:
    """What a form says that it began from."""
    return hashlib.sha256(json.dumps([str(one) for one in said]).encode()).hexdigest()[:16]


def of_report(seance: Seance) -> str:
    return began_from(seance.report)


def of_setting(seance: Seance) -> str:
    return began_from(
        seance.title, seance.place, seance.agenda, seance.preparation, seance.starts_at, seance.minutes, seance.facilitator_id
    )


def is_behind(version: str, now: str) -> bool:
    """Whether a form began from other words than those that stand now; one without a version is taken as it is."""
    return bool(version) and version != now


def both(standing: str, typed: str) -> str:
    """What stands above what was typed, unless one says all of the other."""
    standing, typed = standing.strip(), typed.replace("\r\n", "\n").strip()
    if standing in typed or typed in standing:
        return max(standing, typed, key=len)
    return f"{standing}\n\n{typed}"


def settings_with(typed: Typed, seance: Seance) -> Typed:
    """The form of a séance as it was typed, with the texts that somebody else saved meanwhile above its own."""
    return replace(
        typed,
        ordre=both(seance.agenda, typed.ordre),
        preparation=both(seance.preparation, typed.preparation),
        theme=typed.theme if typed.theme.strip() else seance.title,
        lieu=typed.lieu if typed.lieu.strip() else seance.place,
    )
