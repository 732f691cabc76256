"""Reconnaissances, questions without an answer, what other collectifs opened, séances to come."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from rex.access import told_recognitions, visible_entries, visible_seances
from rex.collectifs.models import Service, Space
from rex.digests.candidates import MOST, QUESTION_WAITS, Proposed, Scene, Source, day_of, mirrored, waited
from rex.digests.models import Rubric
from rex.digests.selection import Candidate
from rex.exchanges.models import Exchange
from rex.exchanges.queries import questions_waiting
from rex.journal.models import Audience, Authorship, Entry, EntryKind
from rex.journal.recognition_models import Recognition
from rex.seances.models import Seance, Step


def recognition_candidates(scene: Scene) -> list[Proposed]:
    """The thank-yous that were accepted in the period (two statements)."""
    columns = Entry.id, Entry.published_at, Entry.byline, Recognition.to_name
    told = told_recognitions(scene.reader).where(Entry.collectif_id == scene.space_id).with_only_columns(*columns)
    within = told.where(Entry.published_at >= scene.since, Entry.published_at < scene.until)
    rows = scene.session.execute(within.order_by(Entry.published_at.desc(), Entry.id.desc()).limit(MOST)).all()
    colleges = _colleges(scene, [row.id for row in rows])
    return [
        Proposed(
            Candidate(
                rubric=Rubric.RECOGNITIONS,
                key=f"recognition:{row.id}",
                mark="",
                new_at=row.published_at,
                subject=("entry", row.id),
                services=tuple(filter(None, (row.byline, row.to_name))),
                colleges=colleges.get(row.id, ()),
                words=35,
            ),
            why=f"accepté le {day_of(scene, row.published_at)}",
            entry_id=row.id,
            sources=[Source(row.id, row.byline)],
        )
        for row in rows
    ]


def _colleges(scene: Scene, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    if ids:
        query = select(Authorship.entry_id, Authorship.college).where(Authorship.entry_id.in_(ids))
        for entry_id, college in scene.session.execute(query.order_by(Authorship.position)):
            found[entry_id] = (*found.get(entry_id, ()), *([college.value] if college else []))
    return found


def question_candidates(scene: Scene) -> list[Proposed]:
    """The questions that have waited for a fortnight (two statements). Their words stay where they are: `told` reads them there."""
    columns = Exchange.id, Exchange.entry_id, Exchange.created_at, Exchange.service_id, Exchange.taken_by_id
    waiting = questions_waiting(scene.reader, scene.space_id).where(Exchange.created_at <= scene.until - QUESTION_WAITS)
    rows = scene.session.execute(
        waiting.with_only_columns(*columns).order_by(Exchange.created_at.desc(), Exchange.id.desc()).limit(MOST)
    ).all()
    names = _service_names(scene, rows)
    return [
        Proposed(
            Candidate(
                rubric=Rubric.UNANSWERED,
                key=f"question:{row.id}",
                mark="taken" if row.taken_by_id else "",
                new_at=row.created_at,
                services=tuple(filter(None, (names.get(row.service_id),))),
                words=32,
            ),
            why=waited(row.created_at, scene.until),
            entry_id=row.entry_id,
            exchange_id=row.id,
        )
        for row in rows
    ]


def _service_names(scene: Scene, rows: Sequence[Any]) -> dict[int | None, str]:
    ids = {row.service_id for row in rows if row.service_id is not None}
    return dict(scene.session.execute(select(Service.id, Service.name).where(Service.id.in_(ids))).all()) if ids else {}


def network_candidates(scene: Scene) -> list[Proposed]:
    """Récits and lone difficulties that other collectifs told to the réseau in the period (two statements). To a group, none."""
    if scene.seat.is_group:
        return []
    columns = Entry.id, Entry.published_at, Entry.byline, Entry.collectif_id, Space.name
    told = (
        visible_entries(scene.reader)
        .join(Space, Space.id == Entry.collectif_id)
        .where(Entry.audience == Audience.RESEAU, Entry.collectif_id != scene.space_id, Entry.suspended_at.is_(None))
        .where(Entry.kind.in_((EntryKind.RECIT, EntryKind.DIFFICULTY)), Entry.about_id.is_(None))
        .where(Entry.published_at >= scene.since, Entry.published_at < scene.until)
    )
    rows = scene.session.execute(
        told.with_only_columns(*columns).order_by(Entry.published_at.desc(), Entry.id.desc()).limit(MOST)
    ).all()
    colleges = _colleges(scene, [row.id for row in rows])
    return [
        Proposed(
            Candidate(
                rubric=Rubric.NETWORK,
                key=f"network:{row.id}",
                mark="",
                new_at=row.published_at,
                subject=("entry", row.id),
                services=(row.name,),
                colleges=colleges.get(row.id, ()),
                words=35,
            ),
            why=f"ouvert au réseau par {row.name}",
            entry_id=row.id,
            sources=[Source(row.id, row.byline)],
        )
        for row in rows
    ]


def seance_candidates(scene: Scene) -> list[Proposed]:
    """The séances that come after the letter leaves, until the letter after the next one (one statement)."""
    span = scene.next_due - scene.due
    columns = Seance.id, Seance.starts_at
    to_come = visible_seances(scene.reader).where(
        Seance.collectif_id == scene.space_id,
        Seance.cancelled_at.is_(None),
        Seance.step != Step.CLOSE,
        Seance.starts_at > scene.due,
        Seance.starts_at < scene.next_due + span,
    )
    rows = scene.session.execute(to_come.with_only_columns(*columns).order_by(Seance.starts_at, Seance.id).limit(MOST)).all()
    found = []
    for row in rows:
        is_near = row.starts_at < scene.next_due
        found.append(
            Proposed(
                Candidate(
                    rubric=Rubric.COMING,
                    key=f"seance:{row.id}",
                    mark=f"{int(row.starts_at.timestamp())}{'!' if is_near else ''}",  # told again as it comes near
                    new_at=mirrored(row.starts_at, scene.due),
                    words=25,
                ),
                why="avant la prochaine lettre" if is_near else "date à retenir",
                seance_id=row.id,
            )
        )
    return found
