"""The paragraph under the heading: what the figures of the page say, in at most four sentences.

Only facts that stand as figures on the page, each with the link that opens it; each sentence only if it is true. It never says that
a service tells little, never names a person, says nothing under five récits, and nothing when there is nothing to say. It reads the
page, never the base."""

from collections.abc import Sequence
from dataclasses import dataclass

from rex.french import count, that_name
from rex.trends.figures import Figure
from rex.trends.saying import against, capital, heading_of, not_begun
from rex.trends.sentences import Part, Sentence, begun, said, spaced
from rex.trends.tellers import TELLERS, Shown
from rex.trends.units import OTHERS, Unit

MOST = 4  # sentences
WITHOUT = "Les groupes de pairs ne sont dans aucun chiffre."
OPENS = "Chaque nombre de récits, de difficultés ou de mercis en ouvre la liste."


@dataclass(frozen=True)
class Lead:
    """`heading`: the h1 of the page; `scope`: the small line below, what the figures are made of."""

    heading: str = ""
    sentences: tuple[Sentence, ...] = ()
    scope: Sentence = ()
    opens: str = ""  # for a screen alone: on paper, no number opens anything

    @property
    def words(self) -> str:
        """The paragraph without its links."""
        return " ".join(said(one) for one in self.sentences)


SILENT = Lead()


def lead_of(page: Shown) -> Lead:
    """No statement."""
    asked = page.look.asked
    if not page.has_enough:
        return Lead(heading_of(asked))
    found = [sentence for tell in TELLERS if (sentence := tell(page))]
    sentences = tuple(spaced(one) for one in begun(asked, found)[:MOST])
    return Lead(heading_of(asked), sentences, spaced(_scope(page)), OPENS if page.numbers.recits else "")


def _scope(page: Shown) -> Sentence:
    """« 39 récits publiés, 7 services, 3 structures. … » Services are those that may be named and that told something."""
    number, asked = page.numbers.recits, page.look.asked
    without = f"{_why_silent(page)}{WITHOUT}"
    if not number:
        return (Part(f"Aucun récit publié dans cette {'sélection' if asked.is_narrowed else 'période'}. {without}"),)
    recits = Part(f"{count(number, 'récit')} {'publiés' if number > 1 else 'publié'}", asked.url_of(Figure()))
    section = page.section("ensemble")
    return recits, Part(f"{_of_units(section.told if section else (), is_reseau=asked.place.is_reseau)}. {without}")


def _why_silent(page: Shown) -> str:
    """A comparison that one chose, and of which nothing is said."""
    asked = page.look.asked
    if not asked.held_against or page.numbers.is_comparable:
        return ""
    return f"{capital(not_begun(asked))} : la page ne dit pas si l’on raconte plus ou moins {that_name(against(asked))}. "


def _of_units(units: Sequence[Unit], *, is_reseau: bool) -> str:
    named = [one for one in units if one.key != OTHERS]
    structures = sum(one.is_structure for one in named)
    services = len(named) - structures
    place = "territoire" if is_reseau else "service"
    parts = [count(services, place)] if services else []
    parts += [count(structures, "structure")] if structures else []
    parts += [f"et d’autres {place}s comptés ensemble"] if parts and len(units) > len(named) else []
    return "".join(f", {one}" for one in parts)
