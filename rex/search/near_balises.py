"""The balises whose name says the words that are looked for: of the référentiel, and those of the reader's collectifs."""

from collections.abc import Iterable
from functools import lru_cache

from rex.referentiel.markers import REFERENTIEL, Marker
from rex.search.asked import Asked
from rex.search.words import STOP, stems, tokens

MOST = 4


def near(asked: Asked, own: Iterable[Marker]) -> list[Marker]:
    """At most four balises, those that say most of the words first."""
    words = [term.words for term in asked.terms if not term.is_exact]
    words += [stems(word) for term in asked.terms if term.is_exact for word in term.words if word not in STOP]
    any_of = {stem for one in words for stem in one}
    known = [*REFERENTIEL.values(), *(marker for marker in own if not marker.is_closed)]
    some = [marker for marker in known if not any_of.isdisjoint(_said(marker))]
    return sorted(some, key=lambda marker: -sum(not _said(marker).isdisjoint(one) for one in words))[:MOST]


@lru_cache(maxsize=512)
def _said(marker: Marker) -> frozenset[str]:
    return frozenset(
        stem for token in tokens(f"{marker.label} {marker.title}") if token.folded not in STOP for stem in stems(token.word)
    )
