"""What the page does not know, and why: its thresholds, what is in no figure, what nobody told yet.

It says how many services are too small to be named when there are two or more, and never which."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, literal, select, union_all

from rex.french import date_short, joined, typo
from rex.journal.models import Entry, Tagging
from rex.referentiel.content import BALISES
from rex.tensions.recurrence import LEAST_TO_GROUP
from rex.tensions.writers import WRITERS
from rex.trends.behind import rows_behind
from rex.trends.conditions import told
from rex.trends.figures import Kind, When
from rex.trends.look import Look
from rex.trends.saying import in_words
from rex.trends.tables import Table

MOST_NAMED = 6  # balises named one by one
# As rows that one condition is asked of: PostgreSQL takes longer to plan one condition for each than to answer them.
_EACH = union_all(*(select(literal(one.code).label("code")) for one in BALISES)).cte("balise")


@dataclass(frozen=True)
class Unknown:
    """One thing that is not known: what it is about, in two or three words, then why."""

    about: str
    words: str


@dataclass(frozen=True)
class Inconnu:
    said: tuple[Unknown, ...]
    title: str = "Ce que ces chiffres ne disent pas"
    tables: tuple[Table, ...] = ()
    key: str = "inconnu"


def read(look: Look) -> Inconnu:
    """One statement."""
    untold, difficulties = _never_told(look)
    return Inconnu(tuple(Unknown(about, typo(words)) for about, words in _said(look, untold, difficulties) if words))


def _said(look: Look, untold: list[str], difficulties: int) -> Iterator[tuple[str, str]]:
    yield (
        "Ce qui n’est pas raconté",
        "Un récit raconte ce que quelqu’un a choisi de raconter. Ce qui n’est pas raconté n’est pas absent du territoire : "
        "peu de récits, ce n’est ni peu de travail, ni peu de difficultés.",
    )
    yield "Les balises sans récit", _balises(look, untold)
    yield "Les collèges que l’on n’entend pas", _colleges(look)
    yield "Les territoires réunis" if look.asked.place.is_reseau else "Les services réunis", _merged(look)
    yield (
        "Ce qui n’est dans aucun chiffre",
        "Les groupes de pairs, les brouillons, les textes retirés ou suspendus, les mercis qui attendent une réponse ou que "
        "l’on garde pour soi. Rien ici ne dit combien il y en a. "
        + ("Ce qu’un journal garde pour lui n’y est pas non plus : le réseau ne compte que ce qui lui a été ouvert."
           if look.asked.place.is_reseau else ""),
    )  # fmt: skip
    yield "Les jours comptés", _days(look)
    if not look.asked.place.is_reseau:
        yield "Les tensions", _tensions(difficulties)


def _balises(look: Look, untold: list[str]) -> str:
    here = "n’a encore été ouvert au réseau" if look.asked.place.is_reseau else "n’a encore été publié"
    not_absent = "Cela ne veut pas dire que la question ne se pose pas."
    if not untold:
        return ""
    if len(untold) > MOST_NAMED:
        return f"De {len(untold)} balises sur {len(BALISES)}, depuis le début, aucun récit {here}. {not_absent}"
    named = joined([f"« {name} »" for name in untold], "ni")
    return f"Depuis le début, aucun récit {here} sur {named}. {not_absent}"


def _colleges(look: Look) -> str:
    absent = [f"« {one.label} »" for one in look.colleges.absent]
    if not absent:
        return ""
    those = "ce collège" if len(absent) == 1 else "ces collèges"
    return f"Depuis le début, rien n’a été signé depuis {those} : {joined(absent)}. Leur regard manque à ces chiffres."


def _merged(look: Look) -> str:
    """The rule; how many there are, if that tells nobody which."""
    is_reseau, small = look.asked.place.is_reseau, sum(bool(row) for row in look.units.merged)
    what = "Un territoire ou un collège" if is_reseau else "Un service, une structure ou un collège"
    those = "territoires" if is_reseau else "services ou structures"
    said = (
        f"{what} n’est nommé que si {in_words(WRITERS)} personnes au moins y ont écrit, depuis le début. Les autres sont "
        "réunis, et s’il n’y en a qu’un, l’un de ceux que l’on nommerait le rejoint. Quand un seul d’entre eux a raconté dans la "
        "période, le chiffre est le sien : les textes se lisent, signés."
    )
    if look.units.few >= 2 and small >= 2:
        said += f" Ici, {in_words(small)} {those} sont dans ce cas."
    return said


def _days(look: Look) -> str:
    asked = look.asked
    said = (
        "Un texte compte le jour où il a été publié, pas celui de l’action qu’il raconte : un hiver raconté en mai compte en mai. "
        "Un document importé compte le jour où quelqu’un l’a publié ; un journal repris d’une archive garde ses dates."
    )
    if asked.span.holds(asked.today) and asked.today < asked.span.ends_on:
        today = date_short(asked.today, today=asked.today)
        said += f" La période n’est pas finie : ces chiffres sont ceux du {today}."
    return said


def _tensions(difficulties: int) -> str:
    said = "Une difficulté que personne n’a reliée à une tension est comptée parmi les difficultés, et dans aucune tension."
    if difficulties < LEAST_TO_GROUP:
        said += (
            f" Sous {in_words(LEAST_TO_GROUP)} difficultés, REX n’en rapproche aucune de lui-même : ce journal en a {difficulties}."
            if difficulties
            else f" Sous {in_words(LEAST_TO_GROUP)} difficultés, REX n’en rapproche aucune de lui-même."
        )
    return said


def _never_told(look: Look) -> tuple[list[str], int]:
    """The balises of the référentiel of which no récit was told here, ever; and how many difficulties were, no further than those
    from which they are grouped. Whatever the filters of the page."""
    recits = told(look, when=When.EVER).join(Tagging, Tagging.entry_id == Entry.id).with_only_columns(Entry.id)
    is_told = recits.where(Tagging.code == _EACH.c.code).correlate(_EACH).exists()
    few = told(look, Kind.DIFFICULTIES, When.EVER).with_only_columns(Entry.id).limit(LEAST_TO_GROUP).subquery()
    number = select(func.count()).select_from(few).scalar_subquery() if not look.asked.place.is_reseau else literal(0)
    rows = rows_behind(look, select(_EACH.c.code, is_told.label("is_told"), number.label("difficulties")))
    told_ones = {row.code for row in rows if row.is_told}
    return [one.label for one in BALISES if one.code not in told_ones], rows[0].difficulties
