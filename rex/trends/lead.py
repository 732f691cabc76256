"""The paragraph under the heading: what the figures of the page say, in at most four sentences.

Only facts that stand as figures on the page, each with the link that opens it; each sentence only if it is true. It never says that
a service tells little, never names a person, says nothing under five récits, and nothing when there is nothing to say. It reads the
page, never the base."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rex.french import count, typo
from rex.trends.figures import Figure, Kind, When
from rex.trends.look import Look
from rex.trends.saying import OF_ENJEU, against, heading_of, in_words, ordinal
from rex.trends.units import NO_SERVICE, OTHERS, Unit

MOST = 4  # sentences
MOST_SAID = 12  # tensions put to work that are counted in words


@dataclass(frozen=True)
class Part:
    """Some words of a sentence. `url`: the list that a figure opens, or the page of what is named."""

    text: str
    url: str = ""
    is_strong: bool = False


Sentence = tuple[Part, ...]


@dataclass(frozen=True)
class Lead:
    """`heading`: the h1 of the page; `scope`: the small line below, what the figures are made of."""

    heading: str = ""
    sentences: tuple[Sentence, ...] = ()
    scope: Sentence = ()

    @property
    def words(self) -> str:
        """The paragraph without its links."""
        return " ".join(said(one) for one in self.sentences)


SILENT = Lead()


class Counted(Protocol):
    @property
    def recits(self) -> int: ...
    @property
    def recits_before(self) -> int: ...
    @property
    def mercis(self) -> int: ...


class Shown(Protocol):
    """What of a page the paragraph reads."""

    @property
    def look(self) -> Look: ...
    @property
    def numbers(self) -> Counted: ...
    @property
    def has_enough(self) -> bool: ...
    def section(self, key: str) -> Any: ...


def lead_of(page: Shown) -> Lead:
    """No statement."""
    heading = heading_of(page.look.asked)
    if not page.has_enough:
        return Lead(heading)
    found = [sentence for tell in TELLERS if (sentence := tell(page))]
    return Lead(heading, tuple(_set(_begun(page, found))[:MOST]), _set_one(_scope(page)))


def said(sentence: Sentence) -> str:
    return "".join(part.text for part in sentence)


def _compared(page: Shown) -> Sentence:
    """More récits, or fewer, than in the days compared. Not of one service nor of one collège: none is told it tells little."""
    asked, now, before = page.look.asked, page.numbers.recits, page.numbers.recits_before
    if now == before or asked.unit or asked.college:
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
    if row.ever.value == 1:
        return *named, Part(" se raconte pour la "), Part("première fois", row.ever.url, is_strong=True), Part(".")
    times = Part(f"{ordinal(row.year.value, feminine=True)} fois", row.year.url, is_strong=True)
    return *named, Part(" revient pour la "), times, Part(f" {section.axis_words}{_among(page, row.units)}.")


def _among(page: Shown, units: Sequence[Unit]) -> str:
    """« , dans quatre services »: those that may be named, from two on."""
    named = [one for one in units if one.key not in (OTHERS, NO_SERVICE)]
    if len(named) < 2 or page.look.asked.unit or page.look.asked.college:
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
    several = "Plusieurs" if number > MOST_SAID else _capital(in_words(number))
    return Part(f"{several} tensions", f"{page.look.asked.url}#{section.key}"), Part(" ont été mises au travail.")


def _disputed(page: Shown) -> Sentence:
    """The balise told in these days on which récits disagree most."""
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
        Part(" » est disputée : "),
        Part(count(agree, "récit"), most.agree.url),
        Part(f" {'l’illustrent' if agree > 1 else 'l’illustre'}, "),
        Part(count(against, "autre"), most.against.url),
        Part(f" {'la contredisent' if against > 1 else 'la contredit'}."),
    )


def _missing(page: Shown) -> Sentence:
    """Two units that both told something, and that nothing links: told of the two, of neither more than of the other."""
    section, asked = page.section("ensemble"), page.look.asked
    missing = section.missing if section else None
    if missing is None or asked.unit or asked.college:
        return ()
    pair = Part(f"{missing.one.name} et {missing.other.name}", f"{asked.url}#{section.key}")
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


def _begun(page: Shown, sentences: list[Sentence]) -> list[Sentence]:
    """« En coopération, » before the first one, when the page is about one enjeu."""
    about = OF_ENJEU.get(page.look.asked.enjeu)
    if not about or not sentences:
        return sentences
    first, *others = sentences
    head, *rest = first
    starts = head if head.text[:1] in "«0123456789" or head.is_strong else Part(_small(head.text), head.url, head.is_strong)
    return [(Part(f"{_capital(about)}, "), starts, *rest), *others]


def _scope(page: Shown) -> Sentence:
    """« 39 récits publiés, 7 services, 3 structures. … » Services are those that may be named and that told something."""
    number, asked = page.numbers.recits, page.look.asked
    if not number:
        return (Part("Aucun récit publié. Les groupes de pairs n’y figurent pas."),)
    recits = Part(f"{count(number, 'récit')} {'publiés' if number > 1 else 'publié'}", asked.url_of(Figure()))
    section = page.section("ensemble")
    return recits, Part(
        f"{_of_units(section.told if section else (), is_reseau=asked.place.is_reseau)}. Les groupes de pairs n’y figurent pas. "
        "Chaque chiffre ouvre les récits qui le composent."
    )


def _of_units(units: Sequence[Unit], *, is_reseau: bool) -> str:
    named = [one for one in units if one.key != OTHERS]
    structures = sum(one.is_structure for one in named)
    services = len(named) - structures
    said = [count(services, "territoire" if is_reseau else "service")] if services else []
    said += [count(structures, "structure")] if structures else []
    said += ["d’autres réunis" if said else ""] if len(units) > len(named) else []
    return "".join(f", {one}" for one in said if one)


def _set(sentences: list[Sentence]) -> list[Sentence]:
    return [_set_one(one) for one in sentences]


def _set_one(sentence: Sentence) -> Sentence:
    """With the spaces of French, each part as its neighbours ask."""
    return tuple(
        Part(
            typo(
                part.text,
                before=sentence[at - 1].text[-1:] if at else "",
                after=sentence[at + 1].text[:1] if at + 1 < len(sentence) else "",
            ),
            part.url,
            part.is_strong,
        )
        for at, part in enumerate(sentence)
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
