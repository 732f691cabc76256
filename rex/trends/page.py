"""The page of trends as data: its numbers and its sections in their order, each with its tables.

What draws it, prints it or takes it out reads nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from rex.french import count
from rex.trends import colleges, couverture, ensemble, inconnu, mercis, mois, seances, services, tensions
from rex.trends.figures import Figure, Kind, When
from rex.trends.lead import SILENT, Lead, lead_of
from rex.trends.look import Look
from rex.trends.tables import Table
from rex.trends.totals import DIFFICULTIES, EVER, MERCIS, RECITS, RECITS_BEFORE, is_comparable, totals_of

NOT_ENOUGH = "Pas encore assez de récits pour parler de tendances."
LEAST_RECITS = 5  # told in the place over its life, under which no trend is told (source: the journal's decisions, §6)


class Section(Protocol):
    """`key`: its module, its template, its anchor; `title`: a sentence that says what is found."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def tables(self) -> tuple[Table, ...]: ...


@dataclass(frozen=True)
class Numbers:
    """How many entries the page is about, and récits of the days that it is compared with. `ever`: récits of the place over its
    life, whatever the filters."""

    recits: int
    recits_before: int
    difficulties: int
    mercis: int
    ever: int
    is_comparable: bool = True

    @property
    def figures(self) -> dict[str, Figure]:
        """What each of them counts."""
        return {
            "recits": Figure(),
            "recits_before": Figure(when=When.BEFORE),
            "difficulties": Figure(Kind.DIFFICULTIES),
            "mercis": Figure(Kind.MERCIS),
        }


@dataclass(frozen=True)
class Page:
    look: Look
    numbers: Numbers
    sections: tuple[Section, ...] = ()
    lead: Lead = SILENT

    @property
    def has_enough(self) -> bool:
        return self.numbers.ever >= LEAST_RECITS

    @property
    def not_enough(self) -> tuple[str, str]:
        """What is said while too few récits are told, and from how many on there are sections."""
        everywhere, least = " pour tout le réseau" if self.look.asked.place.is_reseau else "", count(LEAST_RECITS, "récit")
        return NOT_ENOUGH, f"Elles se lisent à partir de {least} publiés{everywhere}. Il y en a {self.numbers.ever}."

    def section(self, key: str) -> Section | None:
        return next((one for one in self.sections if one.key == key), None)


# `read(look)` of each section, in the order of the page; nothing, for a section that the place has not.
READERS: tuple[Callable[[Look], Section | None], ...] = (
    tensions.read,
    services.read,
    mois.read,
    couverture.read,
    ensemble.read,
    colleges.read,
    mercis.read,
    seances.read,
    inconnu.read,
)


def page_of(look: Look) -> Page:
    """The page of this look; without any section while too few récits are told."""
    page = Page(look, numbers_of(look))
    if page.has_enough:
        page = replace(page, sections=tuple(section for read in READERS if (section := read(look)) is not None))
    return replace(page, lead=lead_of(page))


def numbers_of(look: Look) -> Numbers:
    """No statement of its own."""
    told = look.once(totals_of).entries
    return Numbers(
        recits=told[RECITS],
        recits_before=told[RECITS_BEFORE],
        difficulties=told[DIFFICULTIES],
        mercis=told[MERCIS],
        ever=told[EVER],
        is_comparable=is_comparable(look),
    )
