"""The demonstration: one story over twelve months in two invented territories.

Pure data. Dates count back from today, and the texts name few months, so that the story stays fresh.
"""

from rex.demo import (
    difficultes_marche,
    difficultes_recits,
    difficultes_reviennent,
    difficultes_seules,
    difficultes_suite,
    echanges_ailleurs,
    echanges_ecole,
    echanges_guichet,
    echanges_place,
    ensemble,
    groupe_projets,
    mercis,
    nuit,
    recits_an_dernier,
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
    tensions,
)
from rex.demo.people import PEOPLE
from rex.demo.shapes_together import Together
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
    recits_an_dernier,
    recits_brouillons,
)
ACTIONS = tuple(action for chapter in _CHAPTERS for action in chapter.ACTIONS)
RECITS = tuple(recit for chapter in _CHAPTERS for recit in chapter.RECITS)
TOGETHER = Together(
    difficulties=(
        *difficultes_recits.DIFFICULTIES,
        *difficultes_marche.DIFFICULTIES,
        *difficultes_seules.DIFFICULTIES,
        *difficultes_suite.DIFFICULTIES,
        *difficultes_reviennent.DIFFICULTIES,
    ),
    thanks=mercis.THANKS,
    threads=(
        *echanges_ecole.THREADS,
        *echanges_guichet.THREADS,
        *echanges_place.THREADS,
        *echanges_ailleurs.THREADS,
        *nuit.THREADS,
    ),
    notes=ensemble.NOTES,
    rereadings=ensemble.REREADINGS,
    asked=ensemble.ASKED,
    reports=ensemble.REPORTS,
)

RECURRING = tensions.RECURRING
GROUPS, ATELIERS = groupe_projets.GROUPS, groupe_projets.ATELIERS

__all__ = ["ACTIONS", "ATELIERS", "COLLECTIFS", "GROUPS", "PEOPLE", "RECITS", "RECURRING", "TOGETHER"]
