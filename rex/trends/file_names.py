"""What a file of trends is called: the place, the days, what it is narrowed to. Two that say other things have other names."""

from rex.documents.formats import name_of
from rex.trends.taken_out import TakenOut

MOST_BYTES = 220  # of a name; disks take 255, and add « (1) » to a second one
SHORT = 36  # signs of a place, a filter


def named(what: str, out: TakenOut, ending: str) -> str:
    """« Tendances, Ville de Valombre, 2026, Coopération, Élus.csv »."""
    asked = out.page.look.asked
    before = [f"comparé avant {asked.jalon_name}"] if asked.jalon_name else []
    before += ["comparé avec un an plus tôt"] if asked.is_year_before else []
    parts = [what, _short(out.place), out.days, *map(_short, out.filters), *map(_short, before)]
    name = ", ".join(filter(None, map(name_of, parts)))
    return f"{name.encode()[:MOST_BYTES].decode(errors='ignore').strip(' ,')}.{ending}"


def _short(said: str) -> str:
    """Its first signs, whole words of them where there are several."""
    return said if len(said) <= SHORT else said[:SHORT].rpartition(" ")[0] or said[:SHORT]
