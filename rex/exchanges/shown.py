"""What the exchanges show under an entry, on the page of an action, on the home of a collectif, for the reader of the page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from rex import clock, french
from rex.access import AudienceView, MembershipView, Reader, may_close_thread
from rex.db import RexSession
from rex.exchanges.closing import SyntheseView, syntheses_by_entry, syntheses_of
from rex.exchanges.entries import url_of
from rex.exchanges.forms import postures_for
from rex.exchanges.models import Posture
from rex.exchanges.queries import count_waiting, thread_rows, threads_rows
from rex.exchanges.suspending import own_sentences, own_suspended_words
from rex.exchanges.thread import ThreadView, thread_of
from rex.journal.under import EntryOnPage


@dataclass(frozen=True)
class ThreadOnPage:
    """The thread under an entry, with what its template needs besides the messages."""

    url: str
    public_id: str
    title: str
    thread: ThreadView
    audience: AudienceView
    may_close: bool
    postures: tuple[tuple[Posture, str, str, str, str], ...]
    headings: list[tuple[str, str, int]]  # sections with exchanges: slug, heading, how many

    modules = ("exchanges.js", "unsent.js")

    @property
    def by_section(self) -> dict[str, int]:
        return self.thread.by_section


def under_entry(
    session: RexSession, reader: Reader, entry: EntryOnPage, zone: str, posture: str = "", passage: str = ""
) -> ThreadOnPage:
    """One statement; one more where a synthèse was written, one for who has a suspended message or synthèse there. `posture` and
    `passage` narrow what is shown (an unknown one: all)."""
    rows = thread_rows(session, entry.id)
    syntheses = syntheses_of(session, entry.id) if rows and rows[0].closings else []
    syntheses = [_opened_to_its_author(session, reader, entry.id, synthese) for synthese in syntheses]
    return _on_page(reader, entry, rows, syntheses, own_suspended_words(session, reader, rows), zone, posture, passage)


def _opened_to_its_author(session: RexSession, reader: Reader, entry_id: int, synthese: SyntheseView) -> SyntheseView:
    """A suspended synthèse has no words, save for who wrote it."""
    if not synthese.is_suspended or synthese.author_id != reader.user_id:
        return synthese
    said = own_sentences(session, entry_id, synthese.public_id, synthese.sealed)
    resting = [on for _, on in synthese.sentences]
    return replace(synthese, sentences=list(zip(said, resting, strict=True)))


def _on_page(
    reader: Reader,
    entry: EntryOnPage,
    rows: Sequence[Any],
    syntheses: Sequence[SyntheseView],
    own_words: Mapping[int, str],
    zone: str,
    posture: str = "",
    passage: str = "",
) -> ThreadOnPage:
    headings = entry.headings.items()
    thread = thread_of(
        rows,
        syntheses,
        reader,
        entry.audience,
        entry.headings,
        _days(zone),
        posture if posture in {one.value for one in Posture} else "",
        passage if passage in entry.headings else "",
        own_words,
    )
    return ThreadOnPage(
        url_of(entry.kind, entry.public_id),
        entry.public_id,
        entry.title,
        thread,
        entry.audience_view,
        may_close_thread(reader, entry.collectif_id),
        postures_for(entry.kind, entry.audience),
        [(slug, french.typo(words), thread.by_section[slug]) for slug, words in headings if slug in thread.by_section],
    )


def _days(zone: str) -> Callable[[datetime], str]:
    return partial(french.date_short, tz=zone, today=clock.today(zone))


# --- the page of an action ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ThreadsOnAction:
    """The threads of the récits of one action, each under its own récit's name."""

    threads: dict[int, ThreadOnPage]

    def number_at(self, entry_id: int, slug: str) -> int:
        """How many exchanges there are about a section of one of the récits."""
        return self.threads[entry_id].by_section.get(slug, 0) if entry_id in self.threads else 0


def on_action(session: RexSession, reader: Reader, recits: Sequence[EntryOnPage], zone: str) -> ThreadsOnAction:
    """One statement for all the récits; one more where a synthèse was written, one for who has a suspended message there."""
    rows: dict[int, list[Any]] = {}
    said = threads_rows(session, reader, [one.id for one in recits])
    for row in said:
        rows.setdefault(row.entry_id, []).append(row)
    syntheses = syntheses_by_entry(session, [entry_id for entry_id, thread in rows.items() if thread[0].closings])
    own_words = own_suspended_words(session, reader, said)
    return ThreadsOnAction({
        one.id: _on_page(reader, one, rows.get(one.id, []), syntheses.get(one.id, []), own_words, zone) for one in recits
    })


# --- the home -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WaitingOnHome:
    """The questions that wait for an answer in a collectif."""

    count: int
    url: str


def on_home(session: RexSession, seat: MembershipView) -> WaitingOnHome:
    """One statement."""
    return WaitingOnHome(count_waiting(session, seat), f"/c/{seat.collectif_slug}/sans-reponse")
