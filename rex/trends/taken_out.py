"""What leaves the page of trends: what it shows to who takes it out, what it was asked, and for whom it is read. Nothing else.

Sheets and reports are made of this alone: a figure that is not on the page is in no file."""

from collections.abc import Sequence
from dataclasses import dataclass

from rex import clock
from rex.access import AudienceView, Reader, audience_of
from rex.db import RexSession
from rex.documents.taking_out import readers_line
from rex.french import count, date_long, typo
from rex.journal.models import Audience
from rex.tensions.writers import WRITERS
from rex.trends.asked_words import compared_in_words, filters_in_words
from rex.trends.inconnu import Inconnu, Unknown
from rex.trends.lead import Lead
from rex.trends.page import LEAST_RECITS, Page, Section
from rex.trends.reading_lists import Newest, address_of_all, readings_of
from rex.trends.readings import ShownReading
from rex.trends.saying import in_words
from rex.trends.tables import Cell, Row

NUMBERS = {
    "recits": "Récits publiés",
    "recits_before": "Récits publiés dans la période comparée",
    "difficulties": "Difficultés dites",
    "mercis": "Mercis",
}
RULES = (
    "Aucun chiffre ne porte sur une personne. Les groupes de pairs ne figurent dans aucun.",
    f"Un service, une structure ou un collège n’a de chiffres à son nom que si {in_words(WRITERS)} personnes au moins y ont écrit "
    "depuis le début ; les autres sont réunis.",
    "Un service et un collège ne se demandent pas ensemble : à deux, ils diraient parfois ce qu’a écrit une seule personne. Mais "
    "sur des jours où un seul texte est publié, chaque tableau parle de lui ; il se lit, signé.",
    f"Sous {LEAST_RECITS} récits publiés depuis le début, il n’y a pas de tendances.",
    "Un récit compte dans chaque colonne qui le concerne : un total compte des récits, il n’est pas la somme des cases.",
    "Chaque nombre mène à la liste des textes qu’il compte. Il change quand un texte est publié, retiré ou suspendu.",
)


@dataclass(frozen=True)
class TakenOut:
    """`root`: the public address of the installation; `who`: by whom it is taken out, and when."""

    page: Page
    newest: Newest
    audience: AudienceView
    who: str
    root: str

    @property
    def lead(self) -> Lead:
        return self.page.lead

    @property
    def place(self) -> str:
        return self.page.look.asked.place.name

    @property
    def days(self) -> str:
        return self.page.look.asked.span.label

    @property
    def filters(self) -> Sequence[str]:
        """What the page is narrowed to, in words."""
        return filters_in_words(self.page.look)

    @property
    def compared(self) -> str:
        """« juin à août 2026, les trois mois d’avant »."""
        return compared_in_words(self.page.look)

    @property
    def set_aside(self) -> Sequence[str]:
        """What the address asks and the page does not do."""
        return [typo(one) for one in self.page.look.asked.set_aside]

    @property
    def readers(self) -> str:
        """« Lisible par tous les membres du journal (142 personnes : Ville de Valombre). »"""
        return typo(readers_line(self.audience).replace("Lu par", "Lisible par", 1))

    @property
    def not_enough(self) -> str:
        """What the page says while too few récits are told; empty when it has sections."""
        return "" if self.page.has_enough else typo(" ".join(self.page.not_enough))

    @property
    def numbers(self) -> tuple[Row, ...]:
        """How many entries the page is about, each with the list that it counts."""
        asked, numbers = self.page.look.asked, self.page.numbers
        found = ((name, figure, getattr(numbers, name)) for name, figure in numbers.figures.items())
        return tuple(Row(NUMBERS[name], (Cell(number, asked.url_of(figure) if number else ""),)) for name, figure, number in found)

    def address(self, path: str) -> str:
        """An address of this installation in full; that of another place as it is."""
        return f"{self.root}{path}" if path.startswith("/") else path

    @property
    def readings(self) -> tuple[ShownReading, ...]:
        """Those of the sections that are there."""
        shown = {one.key for one in self.page.sections}
        return tuple(one for one in self.newest.readings if one.section in shown)

    def readings_of(self, section: Section) -> list[ShownReading]:
        return [one for one in self.newest.readings if one.section == section.key]

    def more_of(self, section: Section) -> str:
        """How many other readings of a section there are, and where; empty when all are here."""
        more = self.newest.numbers.get(section.key, 0) - len(self.readings_of(section))
        if more <= 0:
            return ""
        others = count(more, "autre lecture contradictoire se lit", "autres lectures contradictoires se lisent")
        return typo(f"{others} dans le journal : ") + self.address(address_of_all(self.page.look.asked, section.key))


def take_out(session: RexSession, reader: Reader, page: Page, root: str) -> TakenOut:
    """Two statements: who reads it, and the last readings of these days."""
    asked = page.look.asked
    place = asked.place
    here = place.collectif_id
    audience = (
        audience_of(session, Audience.RESEAU, 0, "") if here is None else audience_of(session, Audience.COLLECTIF, here, place.name)
    )
    days = asked.span.starts_on, asked.span.ends_on
    newest = readings_of(session, reader, here, *days, look=page.look) if here and page.sections else Newest()
    who = typo(f"Exporté de REX par {reader.name}, le {date_long(clock.now(), place.timezone)}.")
    return TakenOut(page, newest, audience, who, root)


def words_of(section: Section) -> tuple[Unknown, ...]:
    """What a section says in sentences, which no table holds: what is not known, and why."""
    return section.said if isinstance(section, Inconnu) else ()


def voice_and_subject(reading: ShownReading) -> str:
    """« Lu autrement par Voirie, sur « Les clés du gymnase » »."""
    return typo(f"Lu autrement, {reading.voice}" + (f", sur « {reading.subject_name} »" if reading.subject_name else ""))
