"""What leaves: a récit as a file takes it, in whichever format. Made by `rex.documents.taking_out`, through the door."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from rex.access.audiences import AudienceView
from rex.documents.blocks import Block, Blocks, Heading, Text
from rex.documents.from_html import read_html
from rex.text import to_html

NO_WORDS = "Image"  # of an image that nobody described and that stays behind
UNIT = 3  # the level that `to_html` gives to a first heading


@dataclass(frozen=True)
class Image:
    """An image of a récit: its media type, its size in pixels, its bytes."""

    media: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Section:
    slug: str
    heading: str
    source: str


@dataclass(frozen=True)
class Outgoing:
    """A récit on its way out. `preface`: who signs it, who exported it, for whom it was readable; `image`: the one at an address of
    this installation, when the reader may see it, as a word processor shows it; `file`: what lies there, as it is kept; `root`: the
    public address of the installation."""

    title: str
    preface: tuple[str, ...]
    sections: tuple[Section, ...]
    confidential: str = ""  # what the head of each page says in a group
    read_by: AudienceView | None = None  # who reads it, for a page that shows it
    root: str = ""
    image: Callable[[str], Image | None] = field(default=lambda _address: None)
    file: Callable[[str], Image | None] = field(default=lambda _address: None)


@dataclass(frozen=True)
class Written:
    """A section as blocks, with the footnotes that it calls."""

    section: Section
    blocks: Blocks
    notes: dict[str, Blocks]


def written(outgoing: Outgoing) -> list[Written]:
    """The sections as blocks: what readers see of them, no more."""
    found = []
    for section in outgoing.sections:
        document = read_html(to_html(section.source, heading_base=UNIT))
        blocks = tuple(_lifted(document.blocks))
        found.append(Written(section, blocks, document.notes))
    return found


def left_behind(ref: str, alt: str) -> Text:
    """What stands for an image that does not come along: its words, which lead to where it is."""
    return Text(alt or NO_WORDS, href=ref)


def _lifted(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings at their own level again."""
    for block in blocks:
        yield replace(block, level=max(1, block.level - UNIT + 1)) if isinstance(block, Heading) else block
