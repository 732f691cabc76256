"""How the page of trends says its days, its enjeu and small numbers, in French. What it says is pure: no statement is made here."""

from datetime import date

from rex.french import NO_BREAK, count, date_short, number, of_name
from rex.trends.asked import Asked
from rex.trends.periods import LAST_MONTHS, Span

MOST_DAYS = 62  # past which days are no longer counted, but named
_IN_WORDS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_ORDINALS = (
    "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième", "dixième",
    "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième", "dix-septième", "dix-huitième", "dix-neuvième",
    "vingtième",
)  # fmt: skip
_A_YEAR_BEFORE = f"un an plus{NO_BREAK}tôt"
OF_ENJEU = {"E": "dans l’engagement", "S": "en intégration systémique", "C": "en coopération", "V": "du côté de la valeur"}


def in_words(n: int, *, feminine: bool = False) -> str:
    """« un », « une », « sept », « douze »; from thirteen on, figures."""
    if n == 1 and feminine:
        return "une"
    return _IN_WORDS[n] if 0 <= n < len(_IN_WORDS) else number(n)


def ordinal(n: int, *, feminine: bool = False) -> str:
    """« premier », « première », « dixième », « vingtième », « 21e »."""
    if n == 1 and feminine:
        return "première"
    return _ORDINALS[n - 1] if 1 <= n <= len(_ORDINALS) else f"{number(n)}e"


def capital(words: str) -> str:
    """With a capital, and otherwise as they are: « Les clés du CCAS »."""
    return words[:1].upper() + words[1:]


def hears_some(asked: Asked) -> bool:
    """Whether the page hears one service or one collège alone: of them, nothing is said to lack."""
    return bool(asked.unit or asked.college)


def heading_of(asked: Asked) -> str:
    """« Ce qui résiste en coopération depuis trois mois », « Ce qui a résisté en 2025 ». Tensions are of a journal: of the
    réseau, what is told."""
    if asked.place.is_reseau:
        words = ("Ce qui se raconte", OF_ENJEU.get(asked.enjeu, ""), "dans le réseau", when(asked.span, asked.today))
        return " ".join(part for part in words if part)
    verb = "a résisté" if asked.span.ends_on < asked.today else "résiste"
    return " ".join(part for part in ("Ce qui", verb, OF_ENJEU.get(asked.enjeu, ""), when(asked.span, asked.today)) if part)


def when(span: Span, today: date) -> str:
    """« depuis trois mois », « ce trimestre », « au premier trimestre 2025 », « en novembre 2026 », « du 3 mars au 12 avril »."""
    if span.name == LAST_MONTHS:
        return "depuis trois mois"
    if span.name and span.months == 3:
        if span.holds(today):
            return "ce trimestre"
        return f"au {ordinal((span.starts_on.month + 2) // 3)} trimestre{NO_BREAK}{span.starts_on.year}"
    if not span.months:
        return span.label
    return f"en {span.label}" if span.months == 1 or span.label.isdigit() else of_name(span.label)


def against(asked: Asked) -> str:
    """What the figures of now are held against: « les trois mois d’avant », « le mois avant « Réorganisation » », « un an
    plus tôt »; of a period that is not over, its days: « du 1er au 22 novembre 2025 »."""
    compared, span = asked.compared, asked.span
    before = f"avant « {asked.jalon_name} »" if asked.jalon_name else "d’avant"
    if asked.is_year_before and not span.is_open(asked.today):
        return _A_YEAR_BEFORE
    if span.name == LAST_MONTHS:
        return f"les trois mois {before}"
    if span.is_open(asked.today) and not asked.jalon_name:
        return compared.label
    if compared.months == 1:
        return f"le mois {before}"
    if compared.months == 12 and compared.starts_on.month == 1 and not asked.jalon_name:
        return "l’année d’avant"
    if compared.months:
        return f"les {in_words(compared.months)} mois {before}"
    days = (compared.ends_on - compared.starts_on).days + 1
    if days > MOST_DAYS:
        return f"{compared.label}, {before}" if asked.jalon_name else compared.label
    return f"le jour {before}" if days == 1 else f"les {count(days, 'jour')} {before}"


def earlier(asked: Asked) -> str:
    """Above and beside numbers of the days compared: « avant », « un an plus tôt »."""
    return _A_YEAR_BEFORE if asked.is_year_before else "avant"


def legend_of(asked: Asked) -> str:
    """What `earlier` means: « Avant : les trois mois d’avant », « Un an plus tôt : du 25 août au 23 novembre 2025 »."""
    return f"{capital(earlier(asked))} : {asked.compared.label if asked.is_year_before else against(asked)}"


def not_begun(asked: Asked) -> str:
    """Why nothing is said of more or less: « le journal n’avait pas commencé le 25 août 2025 »."""
    place = "le réseau" if asked.place.is_reseau else "le journal"
    return f"{place} n’avait pas commencé le {date_short(asked.compared.starts_on)}"
