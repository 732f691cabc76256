"""What an enjeu and a balise are made of: frozen, so that nobody rewrites the référentiel while it runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Related:
    """A neighbouring balise (`code`) and, in a few words, why one reads it next."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Practice:
    """A way of doing or a dispositif, in our words, with the page of the source where it is described."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Balise:
    """One of the 23 markers. `title` and `page` are the source's, `label`, `text` and `question` are ours."""

    code: str
    label: str
    title: str
    page: int
    text: str
    question: str
    related: tuple[Related, ...]

    @property
    def enjeu(self) -> str:
        """The code of its enjeu: E, S, C or V."""
        return self.code[0]

    @property
    def number(self) -> int:
        """Its rank within the enjeu, as in the source (« Balise 3 »)."""
        return int(self.code[1:])

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text cut where a blank line stands."""
        return tuple(self.text.split("\n\n"))

    @property
    def source(self) -> str:
        """Where to read it in the document, for the foot of its page."""
        return f"Référentiel « Villes pairs, territoires pilotes de la transition », p. {self.page}"


@dataclass(frozen=True, slots=True)
class Enjeu:
    """One of the four stakes. `full_title` and the pages are the source's, the rest is ours.

    `glyph` names the drawing and `token` the colour that let it be recognised with or without colour.
    """

    code: str
    slug: str
    name: str
    label: str
    full_title: str
    page: int
    text: str
    question: str
    glyph: str
    token: str
    modes_de_faire: tuple[Practice, ...]
    dispositifs: tuple[Practice, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text cut where a blank line stands."""
        return tuple(self.text.split("\n\n"))


@dataclass(frozen=True, slots=True)
class Source:
    """The document that the référentiel comes from, as « À propos » cites it."""

    title: str
    authors: tuple[str, ...]
    publisher: str
    published: str
    licence: str
    licence_label: str
    licence_url: str
    isbn: str
    website: str

    @property
    def citation(self) -> str:
        """One line: authors, title, publisher, date, licence."""
        authors = ", ".join(self.authors)
        return f"{authors}, {self.title}, {self.publisher}, {self.published}. Licence {self.licence}."


def paragraphs(*lines: str) -> str:
    """Join paragraphs with a blank line, as `Balise.text` and `Enjeu.text` are kept."""
    return "\n\n".join(lines)
