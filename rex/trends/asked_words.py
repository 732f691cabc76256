"""What a page is asked, in words: for its files and for its head on paper."""

from collections.abc import Sequence

from rex.french import typo
from rex.trends.entries import said_of
from rex.trends.figures import Figure
from rex.trends.look import Look
from rex.trends.saying import against, earlier, not_begun
from rex.trends.totals import is_comparable


def filters_in_words(look: Look) -> Sequence[str]:
    """What it is narrowed to, the days apart."""
    return said_of(look, Figure())[1:]


def compared_in_words(look: Look) -> str:
    """« juin à août 2026, les trois mois d’avant », « novembre 2025, un an plus tôt »."""
    asked, label = look.asked, look.asked.compared.label
    said = earlier(asked) if asked.is_year_before else against(asked)
    return typo((label if said == label else f"{label}, {said}") + why_silent(look))


def why_silent(look: Look) -> str:
    """Of a comparison that one chose, why nothing is said: « (le journal n’avait pas commencé le 25 août 2025) ». No statement."""
    return f" ({not_begun(look.asked)})" if look.asked.held_against and not is_comparable(look) else ""
