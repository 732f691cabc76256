"""What the figures of the page say, each in one sentence, told only if it is true; of a page that is narrowed, of its selection."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from rex.french import count
from rex.trends.figures import Figure, Kind, When
from rex.trends.look import Look
from rex.trends.saying import against, capital, hears_some, in_words, ordinal
from rex.trends.sentences import Part, Sentence
from rex.trends.units import NO_SERVICE, OTHERS, Unit

MOST_SAID = 12  # tensions put to work that are counted in words


class Counted(Protocol):
    @property
    def recits(self) -> int: ...
    @property
    def recits_before(self) -> int: ...
    @property
    def mercis(self) -> int: ...
    @property
    def is_comparable(self) -> bool: ...


class Shown(Protocol):
    """What of a page the paragraph reads."""

    @property
    def look(self) -> Look: ...
    @property
    def numbers(self) -> Counted: ...
    @property
    def has_enough(self) -> bool: ...
    def section(self, key: str) -> Any: ...


def _compared(page: Shown) -> Sentence:
    """More récits, or fewer, than in the days compared. Not of one service nor of one collège: none is told it tells little."""
    asked, now, before = page.look.asked, page.numbers.recits, page.numbers.recits_before
    if now == before or hears_some(asked) or not page.numbers.is_comparable:
        return ()
    told = "a été publié" if now == 1 else "ont été publiés"
    so_far = " à ce jour" if asked.span.ends_on > asked.today else ""
    beginning = (
        (Part(count(now, "récit"), asked.url_of(Figure())), Part(f" {told}{so_far}, "))
        if now
        else (Part(f"Aucun récit n’a été publié{so_far}, "),)
    )
    then = (Part("contre "), Part(str(before), asked.url_of(Figure(when=When.BEFORE)))) if before else (Part("aucun"),)
    return (*beginning, *then, Part(f" {against(asked)}."))


def _tension(page: Shown) -> Sentence:
    """The tension of which most is told in these days, if it comes back."""
    section = page.section("tensions")
    row = section.rows[0] if section and section.rows else None
    if row is None or row.now.is_empty:
        return ()
    named = Part("« "), Part(row.name, row.url), Part(" »")
    among = _among(page, row.units)
    if page.look.asked.is_narrowed:  # what is told for the second time here may have been told ten times elsewhere
        times = Part(f"{in_words(row.year.value, feminine=True)} fois", row.year.url, is_strong=True)
        return *named, Part(" se raconte "), times, Part(f" {section.axis_words}{among}.")
    if row.ever.value == 1:
        return *named, Part(" se raconte pour la "), Part("première fois", row.ever.url, is_strong=True), Part(".")
    times = Part(f"{ordinal(row.year.value, feminine=True)} fois", row.year.url, is_strong=True)
    return *named, Part(" revient pour la "), times, Part(f" {section.axis_words}{among}.")


def _among(page: Shown, units: Sequence[Unit]) -> str:
    """« , dans quatre services »: those that may be named, from two on."""
    named = [one for one in units if one.key not in (OTHERS, NO_SERVICE)]
    if len(named) < 2 or hears_some(page.look.asked):
        return ""
    what = "services et structures" if any(one.is_structure for one in named) else "services"
    others = " au moins" if len(named) < len(units) else ""
    return f", dans {in_words(len(named))} {what}{others}"


def _at_work(page: Shown) -> Sentence:
    """Tensions put to work. Filters do not narrow them: a page that has some says nothing of it here."""
    section = page.section("seances")
    part = section.part("au-travail") if section and not page.look.asked.is_narrowed else None
    if part is None:
        return ()
    if len(part.items) == 1:
        return Part("« "), Part(part.items[0].words, part.items[0].url), Part(" » a été mise au travail.")
    number = len(part.items)
    several = "Plusieurs" if number > MOST_SAID else capital(in_words(number))
    return Part(f"{several} tensions", f"{page.look.asked.url}#{section.key}"), Part(" ont été mises au travail.")


def _disputed(page: Shown) -> Sentence:
    """The balise told in these days on which récits disagree most; they are counted since the beginning, and it says so."""
    section = page.section("couverture")
    marks = [one for group in section.groups for one in group.marks] if section else []
    found = [one for one in marks if one.is_disputed and not one.now.is_empty]
    if not found:
        return ()
    most = max(found, key=lambda one: (min(one.agree.value, one.against.value), one.agree.value + one.against.value))
    agree, against = most.agree.value, most.against.value
    return (
        Part("« "),
        Part(most.marker.label, most.marker.href),
        Part(" » est disputée : depuis le début, "),
        Part(count(agree, "récit"), most.agree.url),
        Part(f" {'l’illustrent' if agree > 1 else 'l’illustre'}, "),
        Part(count(against, "autre"), most.against.url),
        Part(f" {'la contredisent' if against > 1 else 'la contredit'}."),
    )


def _missing(page: Shown) -> Sentence:
    """Two units that both told something, and that nothing links: told of the two, of neither more than of the other."""
    section, asked = page.section("ensemble"), page.look.asked
    missing = section.missing if section else None
    if missing is None or hears_some(asked):
        return ()
    pair = Part(f"{missing.one.name} et {missing.other.name}", f"{asked.url}#{section.key}")
    if asked.is_narrowed:
        return pair, Part(" ont chacun raconté, et aucun récit ne les relie dans cette sélection.")
    yet = "" if asked.span.ends_on < asked.today else " encore"
    return pair, Part(f" ont chacun raconté, et aucun récit ne les relie{yet}.")


def _mercis(page: Shown) -> Sentence:
    number = page.numbers.mercis
    if not number:
        return ()
    times = "une fois" if number == 1 else count(number, "fois", "fois")
    return Part("On s’est dit "), Part(f"merci {times}", page.look.asked.url_of(Figure(Kind.MERCIS))), Part(".")


TELLERS: tuple[Callable[[Shown], Sentence], ...] = (
    _tension,
    _compared,
    _at_work,
    _disputed,
    _missing,
    _mercis,
)  # in the order of the paragraph
