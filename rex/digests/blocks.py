"""What the mail of a letter is made of, and how it is told in fewer words when there are too many for a mail.

Mail programs cut what is long where they please. One that would weigh more than `MOST_BYTES` is told shorter and shorter until it
fits, the same for everybody: fewer quotes, the beginning of the words, the first things of each rubric; the whole is in the
journal, and the mail says so. Who prepares the letter sees it as it leaves."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from rex.french import typo
from rex.text import excerpt
from rex.text.passages import tidy_quote

MOST_BYTES = 40_000  # of its HTML
SHORTENED = "La lettre est longue : cet e-mail n’en dit qu’une partie. Elle se lit entière dans le journal."
TITLE, QUOTE = 120, 220  # characters of a title and of a quote, once it is told shorter
CUT = "[…]"


@dataclass(frozen=True)
class Item:
    """What a letter tells, as its mail draws it."""

    title: str
    url: str
    words: str
    quotes: tuple[tuple[str, str], ...]
    why: str


@dataclass(frozen=True)
class Part:
    label: str
    is_gold: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Drawn:
    """All that the templates of a letter need; the same for all those who read the same. `shortened`: what says that there is
    more."""

    head: str
    title: str
    letter_url: str
    edito: str
    edito_text: str
    edito_by: str
    rubrics: tuple[Part, ...]
    write_url: str
    foot: str
    stop_url: str
    scheme: str
    shortened: str = ""


@dataclass(frozen=True)
class _Shape:
    """How much is told: quotes of an item, characters of its words, items of a rubric, characters of the édito (0: all of it)."""

    quotes: int
    words: int
    items: int
    edito: int = 0


_SHAPES = (
    _Shape(2, 500, 8), _Shape(1, 250, 5), _Shape(1, 120, 3), _Shape(1, 120, 3, 1_500), _Shape(1, 80, 2, 1_000),
    _Shape(0, 40, 1, 600),
)  # fmt: skip


def shorter_and_shorter(what: Drawn) -> Iterator[Drawn]:
    """The letter as it is, then in fewer and fewer words."""
    yield what
    for shape in _SHAPES:
        edito = {}
        if shape.edito and what.edito:
            said = excerpt(what.edito_text, shape.edito)
            edito = {"edito": f"<p>{escape(said)}</p>", "edito_text": said}
        parts = tuple(replace(part, items=tuple(_in(shape, item) for item in part.items[: shape.items])) for part in what.rubrics)
        yield replace(what, rubrics=parts, shortened=typo(SHORTENED), **edito)


def _in(shape: _Shape, item: Item) -> Item:
    quotes = tuple((_cut(words), signature) for words, signature in item.quotes[: shape.quotes])
    return replace(item, title=excerpt(item.title, TITLE), words=excerpt(item.words, shape.words), quotes=quotes)


def _cut(words: str) -> str:
    start = tidy_quote(words, QUOTE)
    return words if len(words) <= QUOTE else f"{start} {CUT}"
