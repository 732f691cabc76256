"""From where one tells: récits by collège, beside those before, and difficulties; and the collèges that are not heard yet.
Of a page that is narrowed to one service, nothing (`rex.trends.crossing`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from rex.french import joined
from rex.trends.asked_words import why_silent
from rex.trends.crossing import not_crossed
from rex.trends.figures import Figure
from rex.trends.look import Look
from rex.trends.saying import capital, earlier, in_words, legend_of
from rex.trends.tables import Cell, Row, Table
from rex.trends.totals import BY_COLLEGE, What, totals_of
from rex.trends.units import OTHERS

ABSENT = "pas encore entendu"


@dataclass(frozen=True)
class Heard:
    """A collège, or those that are told together. `cells`: in the order of `BY_COLLEGE`."""

    key: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class InColleges:
    """`absent`: names of collèges from which nobody ever told anything. `most`: the greatest number of récits, for the bars.
    `earlier`: the head of récits of the days compared, and `compared`: which they are."""

    title: str
    caption: str
    heard: tuple[Heard, ...]
    absent: tuple[str, ...]
    earlier: str
    compared: str
    most: int
    note: str
    tables: tuple[Table, ...]
    key: str = "colleges"

    def length(self, one: Heard) -> float:
        """Of the bar of its récits, out of 100."""
        return round(100 * one.cells[0].number / self.most, 1) if self.most else 0.0


def read(look: Look) -> InColleges:
    """No statement of its own."""
    if look.asked.unit:
        return InColleges("D’où l’on raconte", "", (), (), "", "", 0, not_crossed(look.asked.place), ())
    asked, colleges, told = look.asked, look.colleges, look.once(totals_of).of_colleges
    heard = tuple(
        Heard(key, name, tuple(_cell(look, key, what, told.get((key, what), 0)) for what in BY_COLLEGE))
        for key, name in colleges.shown
    )
    absent = tuple(one.label for one in colleges.absent)
    caption = f"Récits et difficultés par collège, {asked.span.label}"
    note = "Un texte écrit à plusieurs compte dans chaque collège de ses auteurs."
    if colleges.merged:
        note += " Un collège est nommé quand trois personnes au moins y ont écrit."
    before = earlier(asked)
    rows = [Row(one.name, one.cells, key=one.key) for one in heard]
    rows += [Row(name, (Cell(ABSENT), *(Cell("") for _ in BY_COLLEGE[1:]))) for name in absent]
    heads = ("Collège", "Récits", f"Récits {before}", "Difficultés")  # in the order of `BY_COLLEGE`
    table = Table(caption, heads, tuple(rows), note=f"{note} {capital(before)} : {asked.compared.label}.")
    most = max((cell.number for one in heard for cell in one.cells[:2]), default=0)
    title = _title(look, heard, absent)
    return InColleges(title, caption, heard, absent, before, legend_of(asked) + why_silent(look), most, note, (table,))


def _cell(look: Look, key: str, what: What, told: int) -> Cell:
    kind, days = what
    return Cell(told, look.asked.url_of(Figure(kind, days, college=key)) if told else "")


def _title(look: Look, heard: Sequence[Heard], absent: Sequence[str]) -> str:
    """« Quatre collèges racontent ; pas encore entendu : Habitants ». Of a page that is narrowed, nothing is said to be missing."""
    if look.asked.is_narrowed or not heard:
        return "D’où l’on raconte"
    if absent:
        return f"{_number(heard)} ; pas encore {'entendus' if len(absent) > 1 else 'entendu'} : {joined(absent)}"
    quiet = [one.name for one in heard if one.key != OTHERS and not one.cells[0].number and not one.cells[2].number]
    if quiet and len(quiet) < len(heard):
        return f"{_number([one for one in heard if one.name not in quiet])} cette fois ; sans texte : {joined(quiet)}"
    return _number(heard) if not quiet else "Aucun collège cette fois"


def _number(heard: Sequence[Heard]) -> str:
    """« Trois collèges racontent »; those that are told together are not counted."""
    named = sum(one.key != OTHERS for one in heard)
    if len(heard) > named:
        return "Plusieurs collèges racontent"
    return f"{in_words(named).capitalize()} {'collèges racontent' if named > 1 else 'collège raconte'}"
