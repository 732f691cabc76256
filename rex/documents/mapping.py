"""Which part of a document goes to which section of the canvas: proposed from the words of its headings, changed by a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rex.documents.markdown_out import definition
from rex.documents.parts import Parsed, Part
from rex.french import fold
from rex.journal.canvas import CanvasView

UNTITLED = "Document importé"
NOWHERE = "-"  # a part that stays out
MOST_WORDS = 14  # of a heading that may name a section
ENOUGH = 150  # characters under a heading that may be a récit of its own
GOES_ON = ("…", "...")  # a heading that ends the sentence of the one before
MOST_OF_ALL = 0.7  # what one rubric of a newsletter may hold of it
# Beginnings of words that people write above such a passage, beside the words of the section's own heading.
WORDS = {
    "contexte": "context cadre situation presentation origine depart historique introduc preambule",
    "intention": "voul intention objectif ambition attend attente but vis souhait enjeu",
    "faits": "passe deroul faits etape realis chronolog demarche",
    "resistance": "resist difficult frein obstacle tension bloqu blocage probleme limite echec conflit coinc",
    "affects": "affect ressent vecu emotion senti humeur",
    "appris": "appris apprent enseigne lecon bilan reten retient conclusion",
    "transferable": "transfer ailleurs conseil recommand reprodui reprendre essaim",
    "reconnaissances": "merci remerci reconnaissan gratitude",
}
PHRASES = {"affects": re.compile(r"\bnous (?:a|ont) fait\b(?! \w*r\b)")}
SILENT = {
    *("le", "la", "les", "un", "une", "des", "de", "du", "d", "l", "en", "et", "a", "au", "aux", "ce", "ces", "cette", "qui"),
    *("que", "qu", "se", "s", "nous", "nos", "notre", "ont", "avons", "on", "y", "pour"),
}


@dataclass
class Placed:
    """Where one part goes: in a section, in the récit that begins with it (which the person may name) or in the one before."""

    slug: str
    begins: bool = False
    title: str = ""


@dataclass
class Told:
    """A récit to create: its title, its sections as they will stand in the draft."""

    title: str
    sections: dict[str, str] = field(default_factory=dict)


def propose(parsed: Parsed, canvas: Sequence[CanvasView], *, apart: bool | None = None) -> list[Placed]:
    """The place of each part. `apart`: a récit for each of the highest headings; None: decided by what they look like."""
    if apart is None:
        apart = looks_like_several(parsed, canvas)
    cuts = _cuts(parsed, canvas) if apart else set()
    known = {section.slug for section in canvas}
    first = next((section.slug for section in canvas if section.slug == "faits"), canvas[0].slug)
    here, placed = first, []
    if apart is False and parsed.parts and not parsed.parts[0].heading and len(parsed.parts) > 1 and "contexte" in known:
        here = "contexte" if section_for(parsed.parts[1].heading, canvas) else first
    for rank, part in enumerate(parsed.parts):
        begins = rank in cuts
        named = part.slug if part.slug in known else section_for(part.heading, canvas, surely=apart)
        if apart and part.rank == 1:
            here = named or first
        elif named:
            here = named
        placed.append(Placed(here, begins))
    return placed


def _cuts(parsed: Parsed, canvas: Sequence[CanvasView]) -> set[int]:
    """Where another récit begins when each of the highest headings opens one: never at those that are sections of the canvas."""
    top = [at for at, part in enumerate(parsed.parts) if part.rank == 1]
    named = {at: section_for(parsed.parts[at].heading, canvas, surely=True) for at in top}
    if parsed.is_own or 2 * sum(slug is not None for slug in named.values()) >= len(top):
        return set()  # the headings of one récit
    sections = {section.slug: section for section in canvas}
    opening = [at for at in top if not (slug := named[at]) or not says_no_more(parsed.parts[at].heading, sections[slug])]
    return {at for at in opening if any(one.heading for one in parsed.parts[:at])}


def may_split(parsed: Parsed, canvas: Sequence[CanvasView]) -> bool:
    """Whether its highest headings would make two récits at least."""
    return bool(_cuts(parsed, canvas))


def looks_like_several(parsed: Parsed, canvas: Sequence[CanvasView]) -> bool:
    """A newsletter, minutes of several actions: three high headings at least, none of which names a section, each with its text."""
    top = [at for at, part in enumerate(parsed.parts) if part.rank == 1]
    if parsed.is_own or len(top) < 2 or any(parsed.parts[at].heading.startswith(GOES_ON) for at in top):
        return False
    under = [parsed.parts[at:end] for at, end in zip(top, [*top[1:], len(parsed.parts)], strict=True)]
    named = [{section_for(part.heading, canvas) for part in parts[1:]} - {None} for parts in under]
    if sum(len(slugs) > 1 for slugs in named) > 1:
        return True  # the same canvas again under several titles
    if sum(section_for(parsed.parts[at].heading, canvas, surely=True) is not None for at in top) * 3 >= len(top):
        return False
    sizes = [sum(len(part.body) for part in parts) for parts in under]
    if max(sizes) > MOST_OF_ALL * sum(sizes):
        return False  # one text with a few short ones around it
    return len(top) > 2 and sum(size >= ENOUGH for size in sizes) >= 0.7 * len(top)


def section_for(heading: str, canvas: Sequence[CanvasView], *, surely: bool = False) -> str | None:
    """The section that these words name. `surely`: they are its heading, or say little else."""
    words = _words(heading)
    if not words or len(heading.split()) > MOST_WORDS:
        return None
    for slug, phrase in PHRASES.items():
        if phrase.search(fold(heading)) and any(section.slug == slug for section in canvas):
            return slug
    best, best_score = None, 0.0
    for section in canvas:
        own = _words(section.heading)
        if fold(heading).strip(" .:…") == fold(section.heading):
            return section.slug
        hits = sum(any(_same(word, other) for other in own) for word in words)
        starts = WORDS.get(section.slug, "").split()
        hints = sum(any(word.startswith(start) for start in starts) for word in words)
        score = max(hits / max(len(own), 1) if hits else 0, 0.9 if hints else 0) * (hits + hints) / len(words) ** 0.5
        if score > best_score:
            best, best_score = section.slug, score
    return best if best_score >= (0.85 if surely else 0.45) else None


def assemble(parsed: Parsed, placed: Sequence[Placed], canvas: Sequence[CanvasView], title: str) -> list[Told]:
    """The récits that this mapping makes, in reading order; `title`: of the only one, or of one that has no heading."""
    sections = {section.slug: section for section in canvas}
    told: list[Told] = []
    several = any(place.begins for place in placed)
    titles = titles_of(parsed, placed, title)
    named_by = ""
    opened: dict[tuple[int, str], tuple[int, int]] = {}  # the rank of what opened a section, and how deep its heading stands
    notes: dict[tuple[int, str], dict[str, str]] = {}
    for number, (part, place) in enumerate(zip(parsed.parts, placed, strict=True)):
        if titles[number]:
            told.append(Told(titles[number]))
            named_by = fold(_first_heading(parsed, number)) if several else ""
        if place.slug == NOWHERE:
            continue
        here = (len(told) - 1, place.slug)
        is_its_title = bool(part.heading) and part.rank == 1 and named_by == fold(part.heading)
        opens = not opened.get(here, (0, 0))[0]  # what comes before any heading opens nothing
        said = opens and (part.slug == place.slug or says_no_more(part.heading, sections.get(place.slug)))
        bare = said or is_its_title
        rank, depth = opened[here] = (part.rank, 0 if bare else 1) if opens else opened[here]
        text = part.body if bare else _with_heading(part, part.rank - rank + depth)
        before = told[-1].sections.get(place.slug, "")
        told[-1].sections[place.slug] = "\n\n".join(filter(None, (before, text)))
        notes.setdefault(here, {}).update(part.notes)
    for (at, slug), found in notes.items():
        under = "\n\n".join(definition(label, words) for label, words in found.items())
        told[at].sections[slug] = "\n\n".join(filter(None, (told[at].sections[slug], under)))
    return [one for one in told if any(text.strip() for text in one.sections.values())]


def titles_of(parsed: Parsed, placed: Sequence[Placed], title: str) -> list[str]:
    """For each part that begins a récit, what it is called; nothing for the others."""
    several = any(place.begins for place in placed)
    found = []
    for number, place in enumerate(placed):
        heading = (_first_heading(parsed, number) if several else "") or title
        named = (place.title if several else "") or heading
        found.append(" ".join(named.split()) or UNTITLED if place.begins or number == 0 else "")
    return found


def _first_heading(parsed: Parsed, number: int) -> str:
    return next((part.heading for part in parsed.parts[number:] if part.heading), "")


def _with_heading(part: Part, level: int) -> str:
    """The text of a part under its heading."""
    head = f"{'#' * max(1, min(4, level))} {part.source}" if part.heading else ""
    return "\n\n".join(filter(None, (head, part.body)))


def says_no_more(heading: str, section: CanvasView | None) -> bool:
    """Whether a heading says no more than that it opens this section."""
    if section is None:
        return False
    own, starts = _words(section.heading), tuple(WORDS.get(section.slug, "-").split())
    return all(word.startswith(starts) or any(_same(word, other) for other in own) for word in _words(heading))


def _words(heading: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold(heading)) if word not in SILENT]


def _same(word: str, other: str) -> bool:
    """« résisté » and « résistances » are the same word here."""
    size = max(4, min(len(word), len(other)) - 2)
    return word == other or (len(word) >= 4 and len(other) >= 4 and word[:size] == other[:size])
