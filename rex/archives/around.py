"""What hangs from the texts of a slice, as lines: messages with their postures, echoes, synthèses, rereadings; and notes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from rex.access import MembershipView, Reader, visible_exchanges
from rex.archives.reading import names, services
from rex.archives.shape import Line, said_at
from rex.db import RexSession
from rex.exchanges.models import Exchange, Mention, Synthese, SyntheseSentence, SyntheseSource
from rex.journal.difficulty_models import Echo
from rex.journal.models import Action
from rex.journal.together_models import ActionNote, Rereading

Ids = dict[int, str]  # entry id → public id


def messages(session: RexSession, reader: Reader, ids: Ids) -> tuple[list[Line], Ids]:
    """The messages of these texts, each after the one that it answers, and the public ids of them all. Of one that was taken back
    or suspended, its place alone, when somebody answered it."""
    query = visible_exchanges(reader).where(Exchange.entry_id.in_(ids)).order_by(Exchange.entry_id, Exchange.id)
    rows = session.scalars(query).all()
    every = {row.id: row.public_id for row in rows}
    codes: Ids = {}
    named = _mentions(session, [row.id for row in rows])
    people = {user_id for row in rows for user_id in (row.author_id, row.taken_by_id, *named.get(row.id, ()))}
    who = names(session, people)
    where = services(session, (row.service_id for row in rows))
    answered: set[int] = set()
    lines: list[Line] = []
    for row in reversed(rows):
        is_gone = row.withdrawn_at is not None or row.suspended_at is not None
        if is_gone and row.id not in answered:
            continue
        if row.parent_id is not None:
            answered.add(row.parent_id)
        codes[row.id] = row.public_id
        place = {
            "id": row.public_id, "texte": ids[row.entry_id], "reponse_a": every.get(row.parent_id or 0),
            "audience": row.audience.value, "posture": row.posture.value, "retire": is_gone, "dit_le": said_at(row.created_at),
        }  # fmt: skip
        lines.append(place | (_GONE if is_gone else _said(row, who, where, named.get(row.id, []))))
    return lines[::-1], codes


_GONE: Line = {
    "auteur": None, "service": None, "signature": "", "citation": "", "section_citee": "", "citation_detachee": False, "mots": "",
    "corrige_le": None, "pris_par": None, "pris_le": None, "nomme": [],
}  # fmt: skip


def _said(row: Exchange, who: dict[int | None, Line], where: dict[int | None, str], named: list[int]) -> Line:
    return {
        "auteur": who.get(row.author_id), "service": where.get(row.service_id), "signature": row.signature,
        "citation": row.quote, "section_citee": row.quote_slug, "citation_detachee": row.is_detached, "mots": row.source,
        "corrige_le": said_at(row.edited_at), "pris_par": who.get(row.taken_by_id), "pris_le": said_at(row.taken_at),
        "nomme": [who[user_id] for user_id in named if user_id in who],
    }  # fmt: skip


def _mentions(session: RexSession, exchange_ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    query = select(Mention.exchange_id, Mention.user_id).where(Mention.exchange_id.in_(exchange_ids)).order_by(Mention.id)
    for exchange_id, user_id in session.execute(query) if exchange_ids else ():
        found.setdefault(exchange_id, []).append(user_id)
    return found


def echoes(session: RexSession, ids: Ids) -> list[Line]:
    """« Je vis ça aussi »; of a suspended one, without its sentence."""
    rows = session.scalars(select(Echo).where(Echo.entry_id.in_(ids)).order_by(Echo.entry_id, Echo.id)).all()
    who, where = names(session, (row.user_id for row in rows)), services(session, (row.service_id for row in rows))
    return [
        {
            "id": row.public_id, "texte": ids[row.entry_id], "auteur": who.get(row.user_id), "service": where.get(row.service_id),
            "service_nom": row.service_name, "college": row.college.value if row.college else None,
            "audience": row.audience.value, "mots": "" if row.suspended_at else row.words, "dit_le": said_at(row.created_at),
        }
        for row in rows
    ]  # fmt: skip


def syntheses(session: RexSession, ids: Ids, codes: Ids) -> list[Line]:
    """What animateurs kept of threads; a sentence names the messages on which it rests, among those of `codes`."""
    query = select(Synthese).where(Synthese.entry_id.in_(ids), Synthese.suspended_at.is_(None))
    rows = session.scalars(query.order_by(Synthese.entry_id, Synthese.id)).all()
    who = names(session, (row.author_id for row in rows))
    sentences = session.execute(
        select(SyntheseSentence.synthese_id, SyntheseSentence.id, SyntheseSentence.words)
        .where(SyntheseSentence.synthese_id.in_([row.id for row in rows]))
        .order_by(SyntheseSentence.position)
    ).all()
    resting: dict[int, list[str]] = {}
    sources = select(SyntheseSource.sentence_id, SyntheseSource.exchange_id).order_by(SyntheseSource.exchange_id)
    of_these = sources.where(SyntheseSource.sentence_id.in_([one.id for one in sentences]))
    for sentence_id, exchange_id in session.execute(of_these) if sentences else ():
        if exchange_id in codes:
            resting.setdefault(sentence_id, []).append(codes[exchange_id])
    said: dict[int, list[Line]] = {}
    for synthese_id, sentence_id, words in sentences:
        said.setdefault(synthese_id, []).append({"mots": words, "messages": resting.get(sentence_id, [])})
    return [
        {
            "id": row.public_id, "texte": ids[row.entry_id], "audience": row.audience.value, "auteur": who.get(row.author_id),
            "signature": row.signature, "ecrite_le": said_at(row.created_at), "rouverte_le": said_at(row.reopened_at),
            "phrases": said.get(row.id, []),
        }
        for row in rows
    ]  # fmt: skip


def rereadings(session: RexSession, ids: Ids) -> list[Line]:
    """What authors read otherwise after a year."""
    query = select(Rereading).where(Rereading.entry_id.in_(ids), Rereading.suspended_at.is_(None))
    rows = session.scalars(query.order_by(Rereading.entry_id, Rereading.id)).all()
    who = names(session, (row.author_id for row in rows))
    return [
        {
            "id": row.public_id, "texte": ids[row.entry_id], "auteur": who.get(row.author_id), "audience": row.audience.value,
            "mots": row.source, "ecrite_le": said_at(row.created_at),
        }
        for row in rows
    ]  # fmt: skip


def notes_after(session: RexSession, seat: MembershipView, last: int, most: int) -> tuple[list[Any], int]:
    """The next notes between two récits of the collectif; the last one's number."""
    rows = session.execute(
        select(ActionNote, Action.public_id)
        .join(Action, Action.id == ActionNote.action_id)
        .where(Action.collectif_id == seat.collectif_id, ActionNote.id > last, ActionNote.suspended_at.is_(None))
        .order_by(ActionNote.id)
        .limit(most)
    ).all()
    return list(rows), rows[-1][0].id if rows else last


def note_lines(session: RexSession, rows: Sequence[Any], ids: Ids) -> list[Line]:
    """Those whose two récits are in the archive (`ids`)."""
    who = names(session, (note.author_id for note, _ in rows))
    return [
        {
            "id": note.public_id, "action": action, "recit": ids[note.one_id], "autre_recit": ids[note.other_id],
            "section": note.section_slug, "rencontre": note.meeting.value, "audience": note.audience.value, "mots": note.words,
            "auteur": who.get(note.author_id), "service_nom": note.service_name, "ecrite_le": said_at(note.created_at),
            "corrigee_le": said_at(note.edited_at),
        }
        for note, action in rows
        if note.one_id in ids and note.other_id in ids
    ]  # fmt: skip
