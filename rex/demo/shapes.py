"""The shapes that the demonstration is written in: plain frozen data, no database."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import dedent

MARK = "demonstration"  # the lease that says that a base had its demonstration, or was begun without one
SECTION_SLUGS = (
    "contexte",
    "intention",
    "faits",
    "resistance",
    "affects",
    "appris",
    "transferable",
    "reconnaissances",
)
_KEEPS_ITS_LINE = re.compile(r"- |\||\d\. |\[\^")  # a list item, a table row, a footnote


@dataclass(frozen=True)
class ServiceData:
    """A unit of the administration ("service") or a partner body ("structure")."""

    name: str
    kind: str


@dataclass(frozen=True)
class OwnBalise:
    """A balise that a collectif added beside the 23."""

    slug: str
    title: str
    label: str
    question: str
    text: str


@dataclass(frozen=True)
class CollectifData:
    """A territory, its services and structures, its own balises."""

    slug: str
    name: str
    about: str
    services: tuple[ServiceData, ...]
    own_balises: tuple[OwnBalise, ...] = ()


@dataclass(frozen=True)
class Seat:
    """The place of a person in one collectif; `collectif` is a slug, `title` the fonction."""

    collectif: str
    college: str
    service: str | None
    title: str
    role: str = "membre"


@dataclass(frozen=True)
class PersonData:
    """An account; an administrator has no seat."""

    key: str
    name: str
    email: str
    memberships: tuple[Seat, ...]
    is_admin: bool = False


@dataclass(frozen=True)
class ActionData:
    """What was done, which one or several récits tell."""

    key: str
    collectif: str
    title: str


@dataclass(frozen=True)
class RevisionData:
    """An earlier wording of a published récit.

    `days_ago` is the day when `by` replaced it; `sections` holds what was read until then, only where it
    differed (an empty text: the section did not exist yet).
    """

    days_ago: int
    by: str
    sections: dict[str, str]
    hour: int = 17
    minute: int = 20


@dataclass(frozen=True)
class PictureData:
    """An image at the end of a section: a WebP file beside these modules, its size in pixels, what it shows."""

    section: str
    file: str
    width: int
    height: int
    words: str


@dataclass(frozen=True)
class RecitData:
    """A récit as it is read today; `days_ago` is its first publication, or the last keystroke of a draft."""

    key: str
    collectif: str
    action: str
    authors: tuple[str, ...]
    title: str
    days_ago: int
    hour: int
    minute: int
    audience: str | None
    sections: dict[str, str]
    balises: tuple[tuple[str, str], ...]
    teller: str
    revisions: tuple[RevisionData, ...] = ()
    picture: PictureData | None = None


def told(**sections: str) -> dict[str, str]:
    """Sections by slug, written here over several source lines, given back with one line a paragraph."""
    return {slug: _unwrap(text) for slug, text in sections.items()}


def working_day(today: date, days_ago: int) -> date:
    """The day that many days before `today`, brought back to Friday from a weekend.

    Town halls write on weekdays; the loader may leave inhabitants their Sundays.
    """
    day = today - timedelta(days=days_ago)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _unwrap(text: str) -> str:
    paragraphs: list[str] = []
    for block in re.split(r"\n\s*\n", dedent(text).strip()):
        lines: list[str] = []
        for line in block.splitlines():
            piece = line.strip()
            if lines and not _KEEPS_ITS_LINE.match(piece):
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)
