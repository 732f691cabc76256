"""What a page is asked, in words: for its files and for its head on paper."""

from collections.abc import Sequence

from rex.french import typo
from rex.trends.asked import Asked
from rex.trends.entries import said_of
from rex.trends.figures import Figure
from rex.trends.look import Look
from rex.trends.saying import against


def filters_in_words(look: Look) -> Sequence[str]:
    """What it is narrowed to, the days apart."""
    return said_of(look, Figure())[1:]


def compared_in_words(asked: Asked) -> str:
    """« juin à août 2026, les trois mois d’avant »."""
    label, said = asked.compared.label, against(asked)
    return typo(label if said == label else f"{label}, {said}")
