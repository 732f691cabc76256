"""A text being rewritten: its words, what its author decided on each trace, what still stands in its way. Pure."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from rex.french import fold
from rex.journal.canvas import CanvasView
from rex.journal.models import TITLE_LENGTH, EntryKind
from rex.text import first_sentence
from rex.text.marks import decoded, tidy
from rex.text.replacing import rewritten
from rex.text.trace_names import said_names
from rex.text.traces import Known, Trace, TraceKind, traces

MOST = 12_000  # characters of a text that may leave
MOST_OF_A_DIFFICULTY = 1_000  # as one noted in a journal
MOST_WORDS = 200  # of a reason, or of the words put in the place of others
TITLE, TEXT = "titre", "texte"
HEADING = re.compile(r"#{1,6} +(.{1,200}?)[ #]*")


class Act(StrEnum):
    """What is done with a trace."""

    REPLACE = "remplacer"
    REMOVE = "retirer"
    KEEP = "garder"


@dataclass(frozen=True)
class Decided:
    """What the author decided on some words: what stands in their place, or why they stay."""

    kind: TraceKind
    words: str
    act: Act
    instead: str = ""


@dataclass(frozen=True)
class Rewriting:
    """All that a versement says. `to`: the public id of the collectif in which it would appear."""

    kind: EntryKind
    text: str
    title: str = ""
    to: str = ""
    decided: tuple[Decided, ...] = ()

    @property
    def told_title(self) -> str:
        """The title that the entry would have; of a difficulty, its first words."""
        return self.title if self.kind is EntryKind.RECIT else first_sentence(self.text, 120)

    @property
    def pieces(self) -> list[tuple[bool, str]]:
        """Its text cut at its headings, as its members read it: (whether it is a heading, its exact words)."""
        found: list[tuple[bool, str]] = []
        for line in self.text.split("\n"):
            heading = HEADING.fullmatch(line)
            if heading:
                found.append((True, heading[1]))
            elif found and not found[-1][0]:
                found[-1] = (False, f"{found[-1][1]}\n{line}")
            else:
                found.append((False, line))
        return [(is_heading, words.strip("\n")) for is_heading, words in found if words.strip()]

    @property
    def kept(self) -> set[str]:
        return {one.words for one in self.decided if one.act is Act.KEEP}


def packed(one: Rewriting) -> str:
    """As the row keeps it."""
    return json.dumps(asdict(one), ensure_ascii=False)


def unpacked(content: str) -> Rewriting:
    said = json.loads(content)
    decided = [Decided(TraceKind(d["kind"]), d["words"], Act(d["act"]), d["instead"]) for d in said.pop("decided")]
    return Rewriting(kind=EntryKind(said.pop("kind")), decided=tuple(decided), **said)


def clean(text: str) -> str:
    """What a person typed, without any character that is not seen: entities are read, one form of each letter, one kind of line.
    A character that nobody sees could mark a text, and be found again outside."""
    shown = unicodedata.normalize("NFC", decoded(tidy(text)))
    seen = "".join(" " if unicodedata.category(char) == "Zs" else char for char in shown if _is_seen(char))
    return "\n".join(_SPACES.sub(" ", line).rstrip() for line in seen.split("\n")).strip()


_SPACES = re.compile(r"(?<=\S) {2,}")
_UNSEEN = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # joiners, fillers, variants


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in ("Cf", "Co", "Cn") and not _UNSEEN.match(char)


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


@dataclass(frozen=True)
class Undecided:
    """Words that wait for a decision, as often as they stand in the text, with those around the first."""

    trace: Trace
    times: int
    before: str
    after: str


def _whole(one: Rewriting) -> str:
    """All that would be read: the title stands first, as a line of its own."""
    return f"{one.title}\n{one.text}" if one.kind is EntryKind.RECIT else one.text


def undecided(one: Rewriting, known: Known) -> list[Undecided]:
    """The traces of its title and text that are neither taken out nor kept for a reason."""
    text = _whole(one)
    found = [trace for trace in traces(text, known) if trace.words not in one.kept or trace.kind is TraceKind.LINK]
    times, first = Counter(trace.words for trace in found), {}
    for trace in found:
        first.setdefault(trace.words, trace)
    return [
        Undecided(
            trace,
            times[words],
            _words_before(text[max(0, trace.start - 60) : trace.start], cut=trace.start > 60),
            _words_after(text[trace.end : trace.end + 60], cut=trace.end + 60 < len(text)),
        )
        for words, trace in first.items()
    ]


def _words_before(text: str, *, cut: bool) -> str:
    line = text.rpartition("\n")[2]
    return "… " + line.partition(" ")[2] if cut and len(line) == len(text) else line


def _words_after(text: str, *, cut: bool) -> str:
    line = text.partition("\n")[0]
    return line.rpartition(" ")[0] + " …" if cut and len(line) == len(text) else line


def decide(one: Rewriting, decisions: Iterable[Decided], known: Known) -> Rewriting:
    """Do what was decided: words are replaced or taken out wherever they stand as a trace; those kept are remembered."""
    for made in decisions:
        if made.act is not Act.KEEP:
            one = replace(one, title=one_line(_changed(one.title, made, known)), text=_changed(one.text, made, known))
        others = tuple(before for before in one.decided if before.words != made.words)
        one = replace(one, decided=(*others, made))
    return one


def _changed(text: str, made: Decided, known: Known) -> str:
    instead = made.instead if made.act is Act.REPLACE else ""
    return rewritten(text, [(found.start, found.end, instead) for found in traces(text, known) if found.words == made.words])


def faults_of(one: Rewriting, source_title: str, source_text: str) -> list[tuple[str, str]]:
    """(field, French sentence): what is wrong with the text itself, before anything of its traces."""
    faults = []
    if one.kind is EntryKind.RECIT and not any(char.isalnum() for char in one.title):
        faults.append((TITLE, "Donnez un titre au récit"))
    elif len(one.title) > TITLE_LENGTH:
        faults.append((TITLE, f"Raccourcissez le titre : {TITLE_LENGTH} caractères au plus"))
    most = MOST_OF_A_DIFFICULTY if one.kind is EntryKind.DIFFICULTY else MOST
    if not any(char.isalnum() for char in one.text):
        faults.append((TEXT, "Écrivez le texte qui sortirait"))
    elif len(one.text) > most:
        faults.append((TEXT, f"C’est long : {most} caractères au plus pour {_a(one.kind)}"))
    elif fold(one.text) == fold(source_text):
        faults.append((TEXT, "Ce texte est mot pour mot celui du groupe. Réécrivez-le : il ne doit pas se reconnaître"))
    elif source_title and fold(one.told_title) == fold(source_title):
        where = TITLE if one.kind is EntryKind.RECIT else TEXT
        said = "Ce titre est" if one.kind is EntryKind.RECIT else "Cette première phrase est"
        faults.append((where, f"{said} mot pour mot comme dans le groupe. Écrivez autre chose"))
    return faults


def _a(kind: EntryKind) -> str:
    return "un récit" if kind is EntryKind.RECIT else "une difficulté"


def members_named(one: Rewriting, members: Sequence[str]) -> list[str]:
    """The words of the text that name a member of the group: no reason keeps them."""
    text = _whole(one)
    return list(dict.fromkeys(text[start:end] for start, end in said_names(text, members)))


def sections_of(text: str, canvas: Sequence[CanvasView]) -> dict[str, str]:
    """A récit's text cut at the headings of the canvas (« ## Ce qui a résisté »); what stands under none is what happened."""
    by_heading = {fold(section.heading): section.slug for section in canvas}
    found: dict[str, list[str]] = {}
    slug = "faits" if any(section.slug == "faits" for section in canvas) or not canvas else canvas[0].slug
    for line in text.split("\n"):
        heading = HEADING.fullmatch(line)
        named = by_heading.get(fold(heading[1])) if heading else None
        if named:
            slug = named
        else:
            found.setdefault(slug, []).append(line)
    filled = {slug: "\n".join(lines).strip() for slug, lines in found.items()}
    return {slug: words for slug, words in filled.items() if words}
