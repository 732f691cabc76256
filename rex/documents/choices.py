"""What the screen of an import shows of each document, and what a person chose there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rex.documents import report
from rex.documents.mapping import NOWHERE, Placed, looks_like_several, may_split, propose, titles_of
from rex.documents.parts import Part
from rex.documents.waiting import Waiting
from rex.journal.canvas import CanvasView

ONE, SEVERAL = "un", "plusieurs"  # récits made of a document


@dataclass(frozen=True)
class Line:
    """A part of a document, and where it would go."""

    part: Part
    slug: str
    begins: bool
    made_of: str
    title: str  # of the récit that begins here, when there are several
    kept_title: str  # the one that it had when there were several: it has it again if they are


@dataclass(frozen=True)
class Choice:
    """A document, and what would be made of it."""

    document: Waiting
    placed: list[Placed]
    title: str
    is_taken: bool = True
    may_split: bool = False  # its highest headings would make several récits

    @property
    def key(self) -> str:
        return self.document.key

    @property
    def name(self) -> str:
        return self.document.incoming.name

    @property
    def lines(self) -> list[Line]:
        parsed = self.document.incoming.parsed
        titles = titles_of(parsed, self.placed, self.title) if self.number > 1 else [""] * len(self.placed)
        return [
            Line(part, place.slug, place.begins, report.made_of(part.counts), title, "" if title else place.title)
            for part, place, title in zip(parsed.parts, self.placed, titles, strict=True)
        ]

    @property
    def number(self) -> int:
        """Of récits that it makes."""
        return 1 + sum(place.begins for place in self.placed)

    @property
    def left(self) -> list[str]:
        return report.not_taken(self.document.incoming.parsed.left)

    @property
    def otherwise(self) -> list[str]:
        return report.taken_otherwise(self.document.incoming.parsed.left)


def proposed(document: Waiting, canvas: Sequence[CanvasView]) -> Choice:
    """What the words of its headings propose."""
    parsed = document.incoming.parsed
    return Choice(document, propose(parsed, canvas, apart=looks_like_several(parsed, canvas)), document.incoming.title,
                  may_split=may_split(parsed, canvas))  # fmt: skip


def chosen(document: Waiting, canvas: Sequence[CanvasView], form: Mapping[str, str]) -> Choice:
    """What the form says of it."""
    known = {section.slug for section in canvas} | {NOWHERE}
    placed = []
    for rank, place in enumerate(propose(document.incoming.parsed, canvas)):
        slug = form.get(f"ou-{document.key}-{rank}", place.slug)
        begins = rank > 0 and f"nouveau-{document.key}-{rank}" in form
        named = form.get(f"titre-{document.key}-{rank}", "").strip()
        placed.append(Placed(slug if slug in known else place.slug, begins, named))
    title = form.get(f"titre-{document.key}", form.get(f"entier-{document.key}", ""))  # shown, or kept for when there is one récit
    return Choice(document, placed, title, f"prendre-{document.key}" in form, may_split(document.incoming.parsed, canvas))


def split_again(choice: Choice, canvas: Sequence[CanvasView], asked: str) -> Choice:
    """The same choices with one récit, or one for each of the highest headings; `asked`: the key of a document, a space, « un » or
    « plusieurs ». What the person led elsewhere stays there, what nobody touched goes where such a split proposes it."""
    key, _, said = asked.partition(" ")
    if key != choice.key or said not in (ONE, SEVERAL):
        return choice
    parsed, apart = choice.document.incoming.parsed, said == SEVERAL
    before, after = (propose(parsed, canvas, apart=one) for one in (not apart, apart))
    placed = [
        replace(mine, slug=now.slug if mine.slug == was.slug else mine.slug, begins=apart and (mine.begins or now.begins))
        for mine, was, now in zip(choice.placed, before, after, strict=True)
    ]
    title = choice.title
    if placed and apart and title != choice.document.incoming.title and not placed[0].title:
        placed[0].title = title  # entered while there was one récit only: it names the first
    elif placed and not apart and title == choice.document.incoming.title and _is_renamed(choice):
        title = placed[0].title
    return replace(choice, placed=placed, title=title)


def _is_renamed(choice: Choice) -> bool:
    """Whether the person gave the first of several récits another title than the one proposed."""
    bare = [replace(place, title="") for place in choice.placed]
    proposed_title = titles_of(choice.document.incoming.parsed, bare, choice.title)[0]
    return bool(choice.placed[0].title) and choice.placed[0].title != proposed_title
