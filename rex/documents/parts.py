"""A document cut at its headings, each part as Markdown: what a person is shown before anything is created."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace

from rex.documents.blocks import (
    Block,
    Blocks,
    Document,
    Heading,
    Inline,
    NoteCall,
    Paragraph,
    Text,
    plain,
)
from rex.documents.markdown_out import MarkdownWriter
from rex.documents.told import counts_of, excerpt_of
from rex.french import fold

GUESS_LENGTH = 90
MOST_PARTS = 150  # of one document
_EDGE_RULES = re.compile(r"\A(?:\s*(?:---|\*\*\*)[ \t]*(?:\n|\Z))+|(?:(?:\A|\n)\s*(?:---|\*\*\*)[ \t]*)+\s*\Z")


@dataclass
class Part:
    """What stands under one heading. `heading` and `source`: its words, plain and as Markdown; `rank`: 1 for the highest of the
    document, 0 for what comes before any; `slug`: the section that it comes from, when REX itself wrote the document."""

    heading: str = ""
    source: str = ""
    rank: int = 0
    body: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    excerpt: str = ""
    slug: str = ""


@dataclass
class Parsed:
    """A document ready to be led to the sections of a canvas. Images are named in the bodies as `](image-3)`."""

    title: str = ""
    parts: list[Part] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)
    is_own: bool = False  # written by REX: its sections are known, and come back as they were

    def without_images(self) -> dict:
        """What JSON can say of it."""
        return {name: value for name, value in asdict(self).items() if name != "images"}


def from_told(told: dict, images: dict[str, bytes]) -> Parsed:
    """The document again, from what `without_images` said."""
    parts = [Part(**part) for part in told["parts"]]
    return Parsed(told["title"], parts, told["left"], images, told["is_own"])


def cut(document: Document) -> Parsed:
    """The document, cut at each of its headings; what only looks like one counts as one."""
    if any(isinstance(block, Heading) and block.slug for block in document.blocks):
        return _cut_own(document)
    blocks = list(_with_guesses(document.blocks))
    levels = sorted({block.level + 10 * block.is_guess for block in blocks if isinstance(block, Heading)})
    writer = MarkdownWriter({}, document.notes)
    parsed = Parsed(document.title, left=document.left, images=document.images)
    run: list[Block] = []
    head: Heading | None = None
    for block in [*blocks, None]:
        if block is not None and not isinstance(block, Heading):
            run.append(block)
            continue
        if head is not None or run:
            rank = 1 + levels.index(head.level + 10 * head.is_guess) if head else 0
            parsed.parts.append(_part(writer, head, rank, tuple(run)))
        head, run = block, []
    return titled(parsed)


def _cut_own(document: Document) -> Parsed:
    """A document that REX wrote: its sections open where it marked them, what stands before is who exported it and when."""
    writer = MarkdownWriter({}, document.notes)
    parsed = Parsed(document.title, left=document.left, images=document.images, is_own=True)
    for head, run in own_sections(document):
        part = _part(writer, head, 1, run)
        part.slug = head.slug
        parsed.parts.append(part)
    return parsed


def own_sections(document: Document) -> list[tuple[Heading, Blocks]]:
    """The sections of a document that REX wrote, their own headings brought back to their level."""
    found: list[tuple[Heading, list[Block]]] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.slug:
            found.append((block, []))
        elif found:
            found[-1][1].append(replace(block, level=max(1, block.level - 1)) if isinstance(block, Heading) else block)
    return [(head, tuple(run)) for head, run in found]


def titled(parsed: Parsed) -> Parsed:
    """A heading that is the only one of its rank, above all that follows, is the title of the document."""
    _drop_rules(parsed)
    _drop_running_heads(parsed)
    _keep_few(parsed)
    first = next((part for part in parsed.parts if part.heading), None)
    alone = sum(part.rank == 1 for part in parsed.parts) == 1
    if not parsed.title and first is not None and first.rank == 1 and alone and first is parsed.parts[0] and len(parsed.parts) > 1:
        parsed.title, first.heading, first.source, first.rank = first.heading, "", "", 0
        for part in parsed.parts[1:]:
            part.rank -= 1
        if not first.body.strip():
            parsed.parts.pop(0)
    return parsed


def _drop_rules(parsed: Parsed) -> None:
    """A line drawn under a heading, with nothing but the next heading behind it, parts nothing."""
    for part in parsed.parts:
        if part.body and not _without_rules(part.body):
            part.body, part.counts = "", {}
    parsed.parts = [part for part in parsed.parts if part.heading or part.body]


def _drop_running_heads(parsed: Parsed) -> None:
    """The highest heading, when it says the same again and again, is the head of each page: kept once, what follows goes on."""
    tops = [at for at, part in enumerate(parsed.parts) if part.rank == 1]
    if len(tops) < 2 or len({fold(parsed.parts[at].heading) for at in tops}) > 1:
        return
    for at in reversed(tops[1:]):
        part, before = parsed.parts.pop(at), parsed.parts[at - 1]
        part.body, before.body = _without_rules(part.body), _without_rules(before.body)
        _join(before, [part])


def _keep_few(parsed: Parsed) -> None:
    """As many parts as a person goes through on one screen: the lowest headings stay in the text of the part before."""
    while len(parsed.parts) > MOST_PARTS:
        lowest = max(part.rank for part in parsed.parts)
        runs: list[list[Part]] = []
        for part in parsed.parts:
            if not runs or part.rank < max(lowest, 1):
                runs.append([part])
            else:
                runs[-1].append(part)
        for first, *others in runs:
            for part in others:
                head = f"{'#' * max(1, min(4, part.rank - first.rank))} {part.source}" if part.heading else ""
                part.body = "\n\n".join(filter(None, (head, part.body)))
            _join(first, others)
        parsed.parts = [run[0] for run in runs]


def _join(first: Part, others: Sequence[Part]) -> None:
    """Have a part go on with the next ones."""
    first.body = "\n\n".join(part.body for part in (first, *others) if part.body)
    for part in others:
        first.notes |= part.notes
        for kind, number in part.counts.items():
            first.counts[kind] = first.counts.get(kind, 0) + number
        first.excerpt = first.excerpt or part.excerpt


def _without_rules(body: str) -> str:
    """A text without the lines drawn above and below it."""
    return _EDGE_RULES.sub("", body).strip("\n")


def _part(writer: MarkdownWriter, head: Heading | None, rank: int, blocks: Blocks) -> Part:
    body, notes = writer.write_apart(blocks)
    return Part(
        heading=plain(head.inlines) if head else "",
        source=writer.line(head.inlines) if head else "",
        rank=rank,
        body=body,
        notes=notes,
        counts=counts_of(blocks),
        excerpt=excerpt_of(blocks),
    )


def _with_guesses(blocks: list[Block]) -> Iterator[Block]:
    """A short line all in bold, with text after it, is a heading to whoever reads it."""
    for rank, block in enumerate(blocks):
        following = blocks[rank + 1] if rank + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and following is not None and _looks_like_heading(block.inlines):
            words = tuple(Text(one.words) if isinstance(one, Text) else one for one in block.inlines)
            yield Heading(1, words, is_guess=True)
        else:
            yield block


def _looks_like_heading(inlines: tuple[Inline, ...]) -> bool:
    words = plain(inlines)
    is_bold = all(isinstance(one, Text | NoteCall) for one in inlines) and all(
        one.bold and not one.href for one in inlines if isinstance(one, Text) and one.words.strip(" :")
    )
    return is_bold and 0 < len(words) <= GUESS_LENGTH and any(map(str.isalpha, words)) and words[-1] not in ".;,"
