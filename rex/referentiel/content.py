"""The whole référentiel in reading order, and how to look things up in it."""

from rex.referentiel import content_cooperation, content_engagement, content_integration, content_valeur
from rex.referentiel.shapes import Balise, Enjeu, Practice, Related, Source

__all__ = ["BALISES", "ENJEUX", "SOURCE", "Balise", "Enjeu", "Practice", "Related", "Source"]
__all__ += ["balise", "balises_of", "enjeu", "enjeu_of_slug"]

SOURCE = Source(
    title="Référentiel de l’atelier « Villes pairs, territoires pilotes de la transition »",
    authors=("Patrice Vuidel", "Julian Perdrigeat"),
    publisher="Institut européen de l’économie de la fonctionnalité et de la coopération (IE-EFC)",
    published="mars 2019",
    licence="CC BY-NC-ND",
    licence_label="Creative Commons, attribution, pas d’utilisation commerciale, pas de modification",
    licence_url="https://creativecommons.org/licenses/by-nc-nd/4.0/deed.fr",
    isbn="978-2-490995-00-4",
    website="https://www.ieefc.eu",
)

_PARTS = (content_engagement, content_integration, content_cooperation, content_valeur)

ENJEUX: tuple[Enjeu, ...] = tuple(part.ENJEU for part in _PARTS)
BALISES: tuple[Balise, ...] = tuple(one for part in _PARTS for one in part.BALISES)

_BALISE_BY_CODE = {one.code: one for one in BALISES}
_ENJEU_BY_CODE = {one.code: one for one in ENJEUX}
_ENJEU_BY_SLUG = {one.slug: one for one in ENJEUX}


def balise(code: str) -> Balise:
    """The balise of a code such as « E3 »; KeyError when the référentiel has none."""
    return _BALISE_BY_CODE[code]


def enjeu(code: str) -> Enjeu:
    """The enjeu of a code, « E », « S », « C » or « V »; KeyError otherwise."""
    return _ENJEU_BY_CODE[code]


def enjeu_of_slug(slug: str) -> Enjeu:
    """The enjeu of an address such as « cooperation »; KeyError otherwise."""
    return _ENJEU_BY_SLUG[slug]


def balises_of(enjeu: Enjeu | str) -> tuple[Balise, ...]:
    """The balises of an enjeu (itself or its code), in the order of the source."""
    code = enjeu if isinstance(enjeu, str) else enjeu.code
    return tuple(one for one in BALISES if one.enjeu == code)
