"""What a letter tells, to one reader, today: its stored rows, seen with the rights of this moment.

Titles are those that texts bear now, unless an animateur wrote another. What was withdrawn says so in its place and nothing more;
what this reader may not read, or does not any more, is left out, as if it had never been there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import null, select

from rex import text
from rex.access import Reader
from rex.collectifs.models import Space, User
from rex.db import RexSession
from rex.digests.models import Digest, DigestItem, DigestQuote, Rubric
from rex.digests.things import Thing, Where, things_of
from rex.french import date_short, typo
from rex.journal.models import Entry, EntryKind, Recit

LABELS = {
    Rubric.RECITS: "Les récits",
    Rubric.RECURRING: "Ce qui revient",
    Rubric.CALMING: "Ce qui s’apaise",
    Rubric.RECOGNITIONS: "Reconnaissances",
    Rubric.THEORY: "En théorie",
    Rubric.PRACTICE: "En pratique",
    Rubric.UNANSWERED: "Sans réponse",
    Rubric.NETWORK: "Nouvelles des territoires",
    Rubric.COMING: "À suivre",
    Rubric.INSPIRATION: "Inspiration",
}
IN_GROUP = {Rubric.RECITS: "Ce qui s’est écrit"}
WITHDRAWN = "Retiré par ses auteurs"
UNNAMED = "Cette tension n’est plus là"  # it has no author: its name was undone, or it was joined to another one
NOBODY = "Une personne"  # speaks for an account that was deleted


class ToldQuote(NamedTuple):
    """Words of a text, and who says them: a service, a structure."""

    words: str
    signature: str


@dataclass(frozen=True)
class ToldItem:
    """One thing that the letter tells. `path`: where it is read, « / » first; empty when nowhere. `is_gone`: taken back by its
    authors, nothing else of it is here. `is_reason`: a letter may hold nothing else."""

    public_id: str
    rubric: Rubric
    title: str
    path: str
    words: str
    quotes: list[ToldQuote]
    why: str
    is_gone: bool = False
    is_by_hand: bool = False
    is_removed: bool = False
    is_reason: bool = True


@dataclass(frozen=True)
class ToldRubric:
    rubric: Rubric
    label: str
    items: list[ToldItem]


@dataclass(frozen=True)
class Told:
    """A letter, as one reader reads it now."""

    public_id: str
    title: str
    number: int | None
    date_words: str  # « 4 décembre 2026 »
    edito: str  # Markdown
    edito_html: str
    edito_by: str
    rubrics: list[ToldRubric] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/lettres/{self.public_id}"


def told(session: RexSession, reader: Reader, digest: Digest, zone: str, *, removed: bool = False) -> Told:
    """What this letter tells to the reader of the session, who opens it (a constant number of statements). `removed`: with what
    an animateur removed, for them to put back."""
    where = _where(session, digest)
    rows = _items(session, digest, removed=removed)
    things = things_of(session, reader, where, zone, rows)
    quotes = _quotes(session, [row.id for row in rows])
    if where.is_group:  # a balise is explained to those who read what speaks of it
        rows = [row for row in rows if not row.balise or row.id in quotes]
    items = [(row.position, row.id, _item(row, things.get(row.id), quotes.get(row.id, []))) for row in rows]
    if not where.is_group:  # there, who came since was never told what had been said: nothing of it, not even its place
        items += _gone(session, digest, {row.id for row in rows})
    items.sort(key=lambda one: one[:2])
    by_rubric: dict[Rubric, list[ToldItem]] = {rubric: [] for rubric in Rubric}
    for _, _, item in items:
        if item is not None:
            by_rubric[item.rubric].append(item)
    dated = date_short(digest.published_at or digest.due_at, zone)
    labels = LABELS | IN_GROUP if where.is_group else LABELS
    has_edito = bool(digest.edito.strip())
    return Told(
        public_id=digest.public_id,
        title=typo(digest.title) or f"La lettre du {dated}",
        number=digest.number,
        date_words=dated,
        edito=digest.edito,
        edito_html=text.to_html(digest.edito, heading_base=3) if has_edito else "",
        edito_by=_name(session, digest.edito_by_id) if has_edito else "",
        rubrics=[ToldRubric(rubric, labels[rubric], those) for rubric, those in by_rubric.items() if those],
    )


def _where(session: RexSession, digest: Digest) -> Where:
    query = select(Space.id, Space.kind, Space.slug, Space.public_id).where(Space.id == digest.collectif_id)
    return Where(*session.execute(query).one())


def _items(session: RexSession, digest: Digest, *, removed: bool) -> Sequence[DigestItem]:
    """The items that the reader of the session reads."""
    query = select(DigestItem).where(DigestItem.digest_id == digest.id)
    if not removed:
        query = query.where(DigestItem.is_removed.is_(False))
    return session.scalars(query.order_by(DigestItem.position, DigestItem.id)).all()


def _quotes(session: RexSession, item_ids: Collection[int]) -> dict[int, list[ToldQuote]]:
    """What the reader of the session reads of the words that items quote."""
    query = select(DigestQuote.item_id, DigestQuote.words, DigestQuote.signature).where(
        DigestQuote.item_id.in_(item_ids), DigestQuote.words != ""
    )
    found: dict[int, list[ToldQuote]] = {}
    for item_id, words, signature in session.execute(query.order_by(DigestQuote.position, DigestQuote.id)):
        found.setdefault(item_id, []).append(ToldQuote(typo(words), typo(signature)))
    return found


def _item(row: DigestItem, thing: Thing | None, quotes: list[ToldQuote]) -> ToldItem | None:
    """None: it is about something that this reader does not read."""
    if thing is None:
        return None
    if thing.is_gone:
        return _taken_back(row.public_id, row.rubric)
    title = typo(row.title or thing.title)
    said = [*quotes, *(ToldQuote(typo(words), typo(signature)) for words, signature in thing.quotes)]
    said = [ToldQuote(_after(title, quote.words), quote.signature) for quote in said]
    return ToldItem(
        public_id=row.public_id,
        rubric=row.rubric,
        title=title,
        path=row.link or thing.path,
        words=typo(row.words or thing.words),
        quotes=[quote for quote in said if quote.words],
        why=typo(row.why),
        is_by_hand=row.is_by_hand,
        is_removed=row.is_removed,
        is_reason=bool(row.entry_id or row.action_id or row.seance_id) or row.is_by_hand,
    )


def _after(title: str, words: str) -> str:
    """What is quoted beside its title: a difficulty is called by its first words, which are not said twice."""
    after = words.removeprefix(title)
    return after.strip() if not after or after[0].isspace() else words


def _gone(session: RexSession, digest: Digest, read: Collection[int]) -> list[tuple[int, int, ToldItem | None]]:
    """The places of what its authors took back."""
    columns = DigestItem.position, DigestItem.id, DigestItem.public_id, DigestItem.rubric
    here = DigestItem.digest_id == digest.id, DigestItem.is_removed.is_(False), DigestItem.id.not_in(read)
    still = select(Recit.id).where(Recit.action_id == DigestItem.action_id, Recit.published_at.is_not(None))
    with session.as_system("which places of a letter are those of withdrawn texts"):
        of_entry = select(*columns, Entry.kind).join(Entry, Entry.id == DigestItem.entry_id)
        rows = [
            *session.execute(of_entry.where(*here, Entry.withdrawn_at.is_not(None))),
            *session.execute(select(*columns, null()).where(*here, DigestItem.action_id.is_not(None), ~still.exists())),
        ]
    return [
        (position, row_id, _taken_back(public_id, rubric, UNNAMED if kind is EntryKind.TENSION else WITHDRAWN))
        for position, row_id, public_id, rubric, kind in rows
    ]


def _taken_back(public_id: str, rubric: Rubric, said: str = WITHDRAWN) -> ToldItem:
    return ToldItem(public_id, rubric, said, "", "", [], "", is_gone=True)


def _name(session: RexSession, user_id: int | None) -> str:
    name = session.scalar(select(User.name).where(User.id == user_id)) if user_id is not None else None
    return name or NOBODY
