"""The paragraph under the heading: what the figures of the page say, in at most four sentences.

Only facts that stand as figures on the page, each with the link that opens it; each sentence only if it is true. It never says that
a service tells little, never names a person, says nothing under five récits, and nothing when there is nothing to say. It reads the
page, never the base."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from rex.french import count, typo
from rex.trends.figures import Figure, Kind, When
from rex.trends.look import Look
from rex.trends.saying import OF_ENJEU, against, heading_of

MOST = 4  # sentences


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


def _mercis(page: Shown) -> Sentence:
    number = page.numbers.mercis
    if not number:
        return ()
    times = "une fois" if number == 1 else count(number, "fois", "fois")
    return Part("On s’est dit "), Part(f"merci {times}", page.look.asked.url_of(Figure(Kind.MERCIS))), Part(".")


TELLERS: tuple[Callable[[Shown], Sentence], ...] = (_compared, _mercis)  # in the order of the paragraph


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
    """« 39 récits publiés, 7 services, 3 structures. … »"""
    number, asked = page.numbers.recits, page.look.asked
    recits = Part(f"{count(number, 'récit')} {'publiés' if number > 1 else 'publié'}", asked.url_of(Figure()) if number else "")
    return (
        recits,
        Part("."),
        Part(" Les groupes de pairs n’y figurent pas. Chaque chiffre ouvre les récits qui le composent."),
    )


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
