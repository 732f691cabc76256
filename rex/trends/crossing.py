"""A unit and a collège are never asked together, in no filter, no table and no figure.

A unit that is named has three writers or more, and so has a collège; but the two together may be one person (the only élu among
the agents of a service), or the one small service that is told with others. Thresholds are per service, not per cell: so there is
no such cell. Over days in which one text alone was published, each table is about that text all the same; its list is signed, and
read by all members."""


from rex.trends.asked import Asked, Place
from rex.trends.figures import Figure


def not_crossed(place: Place) -> str:
    unit = "territoire" if place.is_reseau else "service"
    return f"Un {unit} et un collège ne se croisent pas : à deux, ils diraient parfois ce qu’a écrit une seule personne."


def crosses(asked: Asked, figure: Figure) -> bool:
    """Whether what a page is narrowed to and what one of its figures counts would be a unit and a collège together."""
    return bool((asked.unit or figure.unit or figure.other) and (asked.college or figure.college))
