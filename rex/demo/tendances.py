"""Beside the figures of Valombre: a date that has a name, and a service that reads its line otherwise."""

from dataclasses import dataclass

from rex.demo.shapes_together import When
from rex.demo.territories import VALOMBRE


@dataclass(frozen=True)
class JalonData:
    """`months_ago`: it is the first day of that month."""

    collectif: str
    by: str
    name: str
    months_ago: int
    set: When


@dataclass(frozen=True)
class ReadingData:
    """About the last three months of a section of the page, in the name of the service of `by`."""

    collectif: str
    by: str
    section: str
    words: str
    said: When


JALONS = (
    JalonData(VALOMBRE, "hugo_thevenard", "Réorganisation des services", months_ago=4, set=When(80, 14, 20)),
)

READINGS = (
    ReadingData(
        VALOMBRE,
        "marc_oudin",
        "services",
        "Ce tableau compte ce qui est **raconté**, pas ce qui est fait. Pendant les travaux de la rue de l’École, nos équipes "
        "partaient à six heures : ce qu’elles ont appris est resté dans la cabane de chantier, et personne n’a eu une heure pour "
        "l’écrire ici.\n\nÀ lire avec le calendrier des chantiers à côté.",
        said=When(9, 11, 40),
    ),
)
