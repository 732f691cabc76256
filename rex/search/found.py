"""What was found, as it stands in the journal: read through the reader's door once more, a page of it at a time."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Label, ScalarSelect, Select, String, and_, func, select, type_coerce
from sqlalchemy.orm import aliased

from rex.access import visible_finds
from rex.collectifs.models import Collectif, User
from rex.db import BigId, RexSession
from rex.exchanges.models import Exchange, Synthese, SyntheseSentence
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Action, Entry, Recit, Section
from rex.journal.queries import NOBODY
from rex.journal.recognition_models import Recognition
from rex.journal.together_models import ActionNote, Rereading
from rex.kept import Kept, filled, several
from rex.search.models import FoundKind, SearchRow
from rex.search.queries import PAGE
from rex.search.texts import SAID, without_files
from rex.shapes import Shape

BETWEEN = "\x1f"  # between the parts of a text that are read as one: no text keeps it (`rex.text.marks.tidy`)


class Text(NamedTuple):
    """What was found: its columns, and its words in their order (sections of a récit, sentences of a synthèse)."""

    row: Any
    sources: list[str]


def texts(session: RexSession, row_ids: Sequence[int]) -> list[Text]:
    """What stands in the journal for these rows, in their order. One statement."""
    found = {row.id: Text(row, _sources(row)) for row in _texts.rows(session, **filled("row", PAGE, row_ids)) if _stands(row)}
    return [found[row_id] for row_id in row_ids if row_id in found]


def _stands(row: Any) -> bool:
    """Whether what was found is still there."""
    return row.said is not None or row.kind not in SAID


def _sources(row: Any) -> list[str]:
    """What it says, then what else its readers see."""
    if row.said is not None:
        said = row.message or row.sentences or row.echo or row.note or row.rereading or ""
        quote = [row.quote] if row.is_detached and row.quote else []
        return [*map(without_files, said.split(BETWEEN)), *quote]
    if row.kind is not FoundKind.RECIT:
        return [row.words, *filter(None, (row.effect, row.to_name))]
    sections = [without_files(source) for source in (row.sections or "").split(BETWEEN)]
    return [*sections, row.named] if row.named and row.named != row.title else sections


def _said_besides() -> list[Label[Any]]:
    """What an entry of one kind says beside its words, of the rows of this kind alone."""
    named = select(Action.title).join(Recit, Recit.action_id == Action.id)
    return [
        query.where(model.id == SearchRow.entry_id, SearchRow.kind == kind).correlate(SearchRow).scalar_subquery().label(name)
        for name, kind, model, query in (
            ("named", FoundKind.RECIT, Recit, named),
            ("effect", FoundKind.DIFFICULTY, Difficulty, select(Difficulty.effect)),
            ("to_name", FoundKind.RECOGNITION, Recognition, select(Recognition.to_name)),
        )
    ]


def _joined(words: Any, position: Any, outer: type, *of: Any) -> ScalarSelect[str]:
    """Texts of a row of `outer` in their order, as one: a row for each would say all the rest again."""
    ordered = select(type_coerce(words, String).label("words")).where(*of).order_by(position).correlate(outer).subquery()
    return select(func.aggregate_strings(ordered.c.words, BETWEEN)).scalar_subquery()


@Kept
def _texts(reader: Shape) -> Select:
    other = aliased(Entry)
    other_id = select(other.public_id).where(other.id == SearchRow.other_id).scalar_subquery()
    is_entry = SearchRow.said_id.is_(None)
    sections = _joined(Section.source, Section.position, SearchRow, Section.entry_id == SearchRow.entry_id, is_entry)
    sentences = _joined(
        SyntheseSentence.words, SyntheseSentence.position, Synthese, SyntheseSentence.synthese_id == Synthese.id
    )
    query = (
        visible_finds(reader)
        .join(Entry, Entry.id == SearchRow.entry_id)
        .join(Collectif, Collectif.id == Entry.collectif_id)
    )
    for kind, sort in SAID.items():
        query = query.outerjoin(sort.model, and_(sort.id == SearchRow.said_id, SearchRow.kind == kind))
    authors = (Exchange.author_id, Synthese.author_id, Echo.user_id, ActionNote.author_id, Rereading.author_id)
    return (
        query.outerjoin(Action, Action.id == ActionNote.action_id)
        .outerjoin(User, User.id == func.coalesce(*authors))
        .where(SearchRow.id.in_(several("row", PAGE, BigId)))
        .with_only_columns(
            SearchRow.id, SearchRow.kind, SearchRow.said_at, Entry.public_id, Entry.kind.label("of_kind"), Entry.title, Entry.words,
            Entry.byline, Entry.audience, Entry.collectif_id, Collectif.name.label("collectif"), sections.label("sections"),
            Exchange.source.label("message"), Exchange.posture, Exchange.quote, Exchange.is_detached,
            sentences.label("sentences"), Echo.words.label("echo"), ActionNote.words.label("note"), ActionNote.meeting,
            Rereading.source.label("rereading"), other_id.label("other"), Action.public_id.label("action"),
            Action.title.label("action_title"), *_said_besides(),
            func.coalesce(*(sort.model.public_id for sort in SAID.values())).label("said"),
            Exchange.signature, Synthese.signature.label("synthese_signature"),
            func.coalesce(Echo.service_name, ActionNote.service_name).label("service_name"),
            func.coalesce(User.name, NOBODY).label("author"),
        )
    )
