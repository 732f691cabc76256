"""A thread as a page shows it: one level indented, what was said before fewer people apart, the rows worked out once.

Two hundred messages must stay cheap: the template prints strings that are ready here, and calls nothing for a message."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from rex.access import Reader
from rex.exchanges.closing import SyntheseView
from rex.exchanges.entries import narrower
from rex.exchanges.models import Posture
from rex.exchanges.queries import NOBODY
from rex.exchanges.synthese_lines import SyntheseLines, judge_of, lines_of
from rex.french import typo
from rex.journal.models import Audience
from rex.memory import remembering

LABELS = {
    Posture.QUESTION: "Question",
    Posture.RESONANCE: "Résonance",
    Posture.APPORT: "Apport",
    Posture.AUTRE_REGARD: "Autre regard",
}
_SHOWN = {posture: (posture.value, label) for posture, label in LABELS.items()}


@dataclass(slots=True)
class MessageView:
    """One message, ready to print. Its place alone when `gone` says why: then it has no text and no author."""

    id: str
    posture: str = ""
    label: str = ""
    who: str = ""
    answers: str = ""  # whom it answers, when the page does not show it by its place
    answers_id: str = ""
    slug: str = ""
    heading: str = ""
    quote: str = ""
    is_detached: bool = False
    html: str = ""
    day: str = ""
    instant: str = ""
    gone: str = ""
    why: str = ""  # an author reads why their message is suspended
    edited: str = ""
    has_former_words: bool = False
    taken: str = ""
    is_mine: bool = False
    may_answer: bool = False
    may_edit: bool = False
    may_take: bool = False
    may_give_back: bool = False
    replies: list["MessageView"] = field(default_factory=list)


@dataclass(slots=True)
class GroupView:
    """The messages said before one audience, under an entry that is told as widely or more."""

    audience: Audience
    is_narrower: bool
    messages: list[MessageView] = field(default_factory=list)
    syntheses: list[SyntheseLines] = field(default_factory=list)
    closing: SyntheseLines | None = None  # the synthèse that closes it

    @property
    def is_closed(self) -> bool:
        return self.closing is not None


@dataclass(slots=True)
class ThreadView:
    """All that is said under an entry, for its reader."""

    groups: list[GroupView]
    by_section: dict[str, int]
    by_posture: list[tuple[str, str, int]]  # value, label, how many stand
    total: int
    shown: int
    posture: str
    passage: str

    @property
    def current(self) -> GroupView:
        """The thread in which what is written now would stand."""
        return self.groups[0]

    @property
    def is_filtered(self) -> bool:
        return bool(self.posture or self.passage)


def thread_of(
    rows: Sequence[Any],
    syntheses: Sequence[SyntheseView],
    reader: Reader,
    audience: Audience,
    headings: Mapping[str, str],
    day_of: Callable[[datetime], str],
    posture: str = "",
    passage: str = "",
    own_words: Mapping[int, str] | None = None,
) -> ThreadView:
    """The rows of `queries.thread_rows` under an entry told to `audience`, narrowed to the branches that have this posture or
    quote this section. `own_words`: HTML of the reader's own suspended messages, by id."""
    by_id = {row.id: row for row in rows}
    branches: dict[tuple[Audience, int], list[Any]] = {}
    for row in rows:
        key = (row.audience if audience is Audience.RESEAU else audience, row.root_id or row.id)
        branches.setdefault(key, []).append(row)
    groups = {audience: GroupView(audience, is_narrower=False)}
    for said_before in sorted({key[0] for key in branches}, key=lambda one: -one.width):
        groups.setdefault(said_before, GroupView(said_before, is_narrower=said_before is not audience))
    _add_syntheses(groups, syntheses, audience, reader.user_id, by_id, day_of)
    answered = {row.parent_id for row in rows if _answers_another(row, by_id)}
    page = _Page(reader.user_id, by_id, answered, headings, day_of, own_words or {}, judge_of(audience))
    by_section: dict[str, int] = {}
    postures: dict[Posture, int] = {}
    shown = 0
    for (said_before, _), branch in branches.items():
        standing = [row for row in branch if row.withdrawn_at is None and row.suspended_at is None]
        for slug in {row.quote_slug for row in standing if row.quote_slug}:
            by_section[slug] = by_section.get(slug, 0) + len(standing)
        for row in standing:
            postures[row.posture] = postures.get(row.posture, 0) + 1
        if posture and all(row.posture != posture for row in standing):
            continue
        if passage and all(row.quote_slug != passage for row in standing):
            continue
        group = groups[said_before]
        views = [_view(page, row, branch[0], group.is_closed) for row in branch]
        views[0].replies = views[1:]
        group.messages.append(views[0])
        shown += len(standing)
    return ThreadView(
        list(groups.values()),
        by_section,
        [(one.value, label, postures[one]) for one, label in LABELS.items() if one in postures],
        sum(postures.values()),
        shown,
        posture,
        passage,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What the messages of one page are shown with."""

    reader_id: int
    by_id: Mapping[int, Any]
    answered: Set[int | None]
    headings: Mapping[str, str]
    day_of: Callable[[datetime], str]
    own_words: Mapping[int, str]
    judge: str  # who suspends a message


def _view(page: _Page, row: Any, first: Any, is_closed: bool) -> MessageView:
    """`first`: the message that stands above, at the left; what answers another one says so in words."""
    view = MessageView(row.public_id)
    parent = page.by_id.get(row.parent_id) if row.parent_id and row.parent_id != first.id else None
    if parent is not None:
        view.answers, view.answers_id = _name(parent), parent.public_id
    if row.withdrawn_at is not None:
        view.gone = "Message retiré par son auteur"
        return view
    is_mine = row.author_id == page.reader_id
    if row.suspended_at is not None and not is_mine:
        view.gone = f"Message suspendu par {page.judge}"
        return view
    view.posture, view.label = _SHOWN[row.posture]
    view.who = _typo(f"{row.name or NOBODY}, {row.signature}" if row.signature else row.name or NOBODY)
    view.day, view.instant = page.day_of(row.created_at), _instant(row.created_at)
    view.html, view.is_mine = row.html, is_mine
    if row.quote:
        view.quote, view.is_detached = _typo(row.quote), row.is_detached
        view.slug, view.heading = row.quote_slug, _typo(page.headings.get(row.quote_slug, ""))
    if row.suspended_at is not None:
        why = f"Suspendu par {page.judge}, vous seul le lisez. Motif : {row.suspended_why}"
        view.html, view.why = page.own_words.get(row.id, ""), typo(why)
        return view
    if row.edited_at is not None:
        view.has_former_words = row.has_former_words
        view.edited = "modifié après réponse" if row.has_former_words else "modifié"
    view.may_answer = not is_closed
    view.may_edit = is_mine and not is_closed
    if row.posture is Posture.QUESTION:
        if row.taken_by_id is not None:
            view.may_give_back = row.taken_by_id == page.reader_id
            view.taken = "Vous vous en occupez" if view.may_give_back else f"{row.taker or NOBODY} s’en occupe"
        else:
            view.may_take = not (is_closed or is_mine or row.id in page.answered)
    return view


def _answers_another(row: Any, by_id: Mapping[int, Any]) -> bool:
    """A standing answer to somebody else: adding to one's own question leaves it waiting (as `queries.waiting_questions`)."""
    parent = by_id.get(row.parent_id)
    is_standing = row.withdrawn_at is None and row.suspended_at is None
    return parent is not None and is_standing and (row.author_id is None or row.author_id != parent.author_id)


def _name(row: Any) -> str:
    if row.withdrawn_at is not None or row.suspended_at is not None:
        return "un message retiré" if row.withdrawn_at is not None else "un message suspendu"
    return row.name or NOBODY


@lru_cache(maxsize=4096)
def _instant(moment: datetime) -> str:
    """For machines; Python takes longer to write it than a page does to print a message."""
    return moment.isoformat()


@remembering(1024)
def _typo(words: str) -> str:
    """Names, headings and passages come again under many messages."""
    return typo(words)


def _add_syntheses(
    groups: dict[Audience, GroupView],
    syntheses: Sequence[SyntheseView],
    audience: Audience,
    reader_id: int,
    by_id: Mapping[int, Any],
    day_of: Callable[[datetime], str],
) -> None:
    for synthese in syntheses:
        group = groups.get(narrower(synthese.audience, audience))
        if group is None:
            continue
        lines = lines_of(synthese, reader_id, by_id, day_of, _link)
        group.syntheses.append(lines)
        if synthese.is_open:
            group.closing = group.closing or lines


def _link(row: Any) -> str:
    if row.withdrawn_at is not None or row.suspended_at is not None:
        return "message retiré" if row.withdrawn_at is not None else "message suspendu"
    return f"{row.name or NOBODY}, {LABELS[row.posture].lower()}"
