"""When difficulties are said to recur: the rule of the house (source: the journal's domain, §5), its numbers in this one place."""

LEAST_DIFFICULTIES = 3
LEAST_PEOPLE = 2
LEAST_SERVICES = 2
LEAST_MONTHS = 2
LEAST_TO_GROUP = 20  # told difficulties under which nothing is grouped

RULE = "Une tension est récurrente à partir de 3 difficultés, racontées par 2 personnes au moins, de 2 services ou sur 2 mois."


def is_recurring(difficulties: int, people: int, services: int, months: int) -> bool:
    """`months`: calendar months in which one of them was told. Whoever says « je vis ça aussi » is a voice, not a difficulty."""
    if difficulties < LEAST_DIFFICULTIES or people < LEAST_PEOPLE:
        return False
    return services >= LEAST_SERVICES or months >= LEAST_MONTHS


def too_few(difficulties: int) -> str:
    """What pages say instead of groups while there are too few of them; empty once there are enough."""
    if difficulties >= LEAST_TO_GROUP:
        return ""
    return f"Pas encore assez de difficultés pour parler de récurrence ({difficulties} sur {LEAST_TO_GROUP})"
