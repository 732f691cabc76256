"""The demonstration: one story over twelve months in two invented territories.

Pure data. Dates count back from today, and the texts name few months, so that the story stays fresh.
"""

from rex.demo import (
    recits_brouillons,
    recits_cantine,
    recits_eau,
    recits_ecole,
    recits_guichet,
    recits_maison,
    recits_marche,
    recits_ormelle,
    recits_place,
    recits_public,
    recits_vert,
)
from rex.demo.people import PEOPLE
from rex.demo.territories import COLLECTIFS

_CHAPTERS = (
    recits_ecole,
    recits_marche,
    recits_place,
    recits_guichet,
    recits_vert,
    recits_eau,
    recits_cantine,
    recits_maison,
    recits_public,
    recits_ormelle,
    recits_brouillons,
)
ACTIONS = tuple(action for chapter in _CHAPTERS for action in chapter.ACTIONS)
RECITS = tuple(recit for chapter in _CHAPTERS for recit in chapter.RECITS)

__all__ = ["ACTIONS", "COLLECTIFS", "PEOPLE", "RECITS"]
