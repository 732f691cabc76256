"""What a person wrote in the letter of Valombre that left last month: the rest of it composed itself."""

from dataclasses import dataclass

from rex.demo.territories import VALOMBRE


@dataclass(frozen=True)
class LetterData:
    """The rhythm of a collectif, and the words of who edited its last letter. `weekday`: 0 on Mondays."""

    collectif: str
    by: str  # their address: who looks after the journal
    weekday: int
    hour: int
    title: str
    edito: str
    inspiration: tuple[str, str]


LETTER = LetterData(
    collectif=VALOMBRE,
    by="animation@demo.rex",
    weekday=4,
    hour=8,
    title="Avant que le plan soit en couleur",
    edito="En relisant le mois, je suis tombé trois fois sur la même phrase, écrite par trois personnes qui ne se connaissent pas "
    ": on nous a montré quand c’était fini.\n\n"
    "Ce n’est la faute de personne. C’est peut-être que nous ne savons pas montrer ce qui n’est pas fini. **Qui a déjà essayé ?** "
    "Racontez-le, même en dix lignes, même si cela n’a pas marché.",
    inspiration=(
        "Relire la page 34 du document de l’atelier",
        "Le conflit y est décrit comme un départ possible pour la coopération. À garder en tête avant la séance sur le calendrier "
        "de l’argent.",
    ),
)
