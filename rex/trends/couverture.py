"""The 23 balises, told and not told: lived in the period, told longer ago, never told yet; and those that experience disputes.

How they are counted: `rex.trends.balise_counts`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rex.french import count, date_short, plural, typo
from rex.referentiel.content import ENJEUX
from rex.trends.asked import Asked
from rex.trends.balise_counts import Mark, State, marks_of
from rex.trends.columns import ENJEU_NAMES
from rex.trends.look import Look
from rex.trends.saying import capital, hears_some, in_words
from rex.trends.tables import Cell, Row, Table

OWN = "Balises du collectif"
LEAST_FOUND = 3  # récits of a balise in the period, under which it is not said to come back
LIVED = "Vécue : un récit de la période au moins la porte."
LIVED_HERE = "Vécue : un récit de cette sélection au moins la porte."
OLD = "Ancienne : le dernier récit a plus de douze mois."
DISPUTED = "Disputée, depuis le début : un récit l’illustre, un autre la contredit."
WITHOUT = "Les difficultés ne sont pas comptées ici."


@dataclass(frozen=True)
class Group:
    """An enjeu (`code` E, S, C or V), or the balises of the collectif's own."""

    code: str
    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Couverture:
    """`summary`: how many in each state; `legend`: what the states mean; `invites`: a balise waits for its first récit."""

    title: str
    caption: str
    summary: str
    legend: str
    groups: tuple[Group, ...]
    tables: tuple[Table, ...]
    invites: bool
    key: str = "couverture"


def read(look: Look) -> Couverture:
    """One statement; one more for the balises of a collectif's own."""
    asked, marks = look.asked, marks_of(look)
    labels = {one.code: one.label for one in ENJEUX}
    groups = tuple(Group(code, labels.get(code, OWN), tuple(of)) for code, of in groupby(marks, key=lambda one: one.marker.enjeu))
    caption = f"Récits par balise, {asked.span.label} et depuis le début"
    return Couverture(
        _title(asked, marks),
        caption,
        _summary(marks),
        " ".join((*((LIVED_HERE,) if hears_some(asked) else (LIVED, OLD)), DISPUTED, WITHOUT)),
        groups,
        (_table(asked, caption, marks),),
        any(one.state is State.SILENT for one in marks),
    )


def _title(asked: Asked, marks: Sequence[Mark]) -> str:
    """« « La confiance » revient le plus, « Le droit à l’erreur » attend son premier récit »: what is told and what is not, as
    readily. Of one service or collège alone, nothing is said to be missing."""
    if len(marks) == 1:
        return typo(f"« {marks[0].marker.label} », {marks[0].said}")
    if hears_some(asked):
        return typo(capital(_most_told(marks)) or "Les balises racontées dans cette sélection")
    if said := [part for part in (_most_told(marks), _missing(marks)) if part]:
        return typo(capital(" ; ".join(said)))
    if len(marks) > 1 and all(one.state is not State.SILENT for one in marks):
        of_enjeu = f" de {ENJEU_NAMES[enjeu]}" if (enjeu := asked.enjeu) else ""
        return f"Toutes les balises{of_enjeu} ont leur récit"
    return "Les balises racontées, et les autres"


def _most_told(marks: Sequence[Mark]) -> str:
    told = sorted((one for one in marks if one.now.number), key=lambda one: -one.now.number)
    following = told[1].now.number if len(told) > 1 else 0
    if not told or told[0].now.number < LEAST_FOUND or told[0].now.number == following:
        return ""
    return f"« {told[0].marker.label} » revient le plus"


def _missing(marks: Sequence[Mark]) -> str:
    silent = [one for one in marks if one.state is State.SILENT]
    if silent:
        name, more = f"« {silent[0].marker.label} »", len(silent) - 1
        if not more:
            return f"{name} attend son premier récit"
        return f"{name} et {in_words(more, feminine=True)} {plural(more, 'autre')} attendent leur premier récit"
    old = sorted((one for one in marks if one.state is State.OLD and one.last), key=lambda one: one.last or date.min)
    return f"rien sur « {old[0].marker.label} » depuis plus d’un an" if old else ""


def _summary(marks: Sequence[Mark]) -> str:
    """« 14 vécues, 3 hors de la période, 2 anciennes, 4 silencieuses ; 2 disputées. » Of a selection, what it does not tell is
    not counted."""
    numbers = {state: sum(one.state is state for one in marks) for state in State if state is not State.OUTSIDE}
    parts = [count(number, state.value, _several(state)) for state, number in numbers.items() if number]
    disputed = sum(one.is_disputed for one in marks)
    return ", ".join(parts) + (f" ; {count(disputed, 'disputée')}" if disputed else "") + "." if parts else ""


def _several(state: State) -> str:
    return state.value if state is State.AWAY else f"{state.value}s"


def _table(asked: Asked, caption: str, marks: Sequence[Mark]) -> Table:
    heads = ("Balise", "État", "Récits de la période", "Depuis le début", "L’illustrent", "La contredisent", "Dernier récit")
    rows = tuple(
        Row(
            one.marker.label,
            (Cell(one.said), one.now, one.ever, one.agree, one.against, Cell(date_short(one.last) if one.last else "")),
            key=one.marker.code,
            url=one.marker.href,
        )
        for one in marks
    )
    return Table(caption, heads, rows, note=DISPUTED if hears_some(asked) else f"{OLD} {DISPUTED}")
