"""Ce qui revient, ce qui s’apaise: tensions to which something happened in the period, with their voices and what became of them.

What the computation only proposes is never told by its name: nobody said yes to it. While no tension has one, the letter says that
something comes back, and where to look."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from rex.access import told_difficulties, told_tensions
from rex.digests.candidates import MOST, Proposed, Scene, Source, counted, day_of, month_of
from rex.digests.models import Rubric
from rex.digests.selection import Candidate
from rex.french import joined
from rex.journal.models import Authorship, Entry
from rex.tensions.models import (
    ActKind,
    Arbitrage,
    State,
    Tension,
    TensionAct,
    TensionLink,
    TensionProposal,
    TensionTrial,
)
from rex.tensions.naming import OTHERS, named_services
from rex.tensions.voices import Voices, voices_of

LONGEST = 220  # of what was decided, or of what a trial gave
STATES = {State.AT_WORK: "Mise au travail", State.ARBITRATED: "Arbitrée", State.CALMED: "Apaisée"}
WHYS = {
    ActKind.REAPPEARED: "revient après une accalmie",
    ActKind.ARBITRATED: "arbitrée le {}",
    ActKind.AT_WORK: "mise au travail le {}",
    ActKind.REOPENED: "rouverte le {}",
    ActKind.CALMED: "apaisée le {}",
    ActKind.NAMED: "nommée le {}",
}


@dataclass(frozen=True)
class _Life:
    """What happened to a tension in the period, and what is written of it."""

    acts: list[tuple[ActKind, datetime]] = field(default_factory=list)
    decided: str = ""
    outcome: str = ""
    extract: Source | None = None


def tension_candidates(scene: Scene) -> list[Proposed]:
    """Both rubrics (a constant number of statements). A group has no tension."""
    if scene.seat.is_group:
        return []
    columns = Entry.id, Entry.published_at, Tension.state, Tension.state_at
    here = told_tensions(scene.reader).where(Entry.collectif_id == scene.space_id, Entry.published_at < scene.until)
    rows = scene.session.execute(here.with_only_columns(*columns).order_by(Entry.published_at.desc(), Entry.id).limit(MOST)).all()
    if not rows:
        return _nameless(scene)
    lives = _lives(scene, [row.id for row in rows])
    moved = [one for one, life in lives.items() if life.acts or life.extract is not None]
    voices = voices_of(scene.session, scene.reader, moved)
    found = [_proposed(scene, row, voices[row.id], lives[row.id]) for row in rows if row.id in voices]
    return [one for one in found if one is not None]


def _proposed(scene: Scene, row: Any, voices: Voices, life: _Life) -> Proposed | None:
    """None for one to which nothing happened, or that does not come back yet."""
    happened = [at for _, at in life.acts] + ([voices.last] if scene.since <= voices.last < scene.until else [])
    is_calm = row.state is State.CALMED
    if not happened or (row.state is None and not voices.is_recurring):
        return None
    if is_calm and not (row.state_at and scene.since <= row.state_at < scene.until):
        return None
    rubric = Rubric.CALMING if is_calm else Rubric.RECURRING
    said = life.outcome if is_calm else life.decided
    sources = [Source(row.id, "Ce que cela a donné" if is_calm else "Ce qui a été décidé", words=said)] if said else []
    if life.extract is not None and not is_calm:
        sources.insert(0, life.extract)
    state_at = int(row.state_at.timestamp()) if row.state_at else 0
    return Proposed(
        Candidate(
            rubric=rubric,
            key=f"tension:{row.id}",
            mark=f"{voices.difficulties}:{voices.people}:{row.state.value if row.state else ''}:{state_at}",
            new_at=max(happened),
            subject=("entry", row.id),
            services=tuple(name for name in voices.services if name != OTHERS),
            colleges=tuple(college.value for college in voices.colleges),
            recurrence=voices.months,
            words=30 + 28 * len(sources),
        ),
        why=_why(scene, voices, life),
        entry_id=row.id,
        words=_words(scene, row, voices, life),
        sources=sources,
    )


def _why(scene: Scene, voices: Voices, life: _Life) -> str:
    for kind in WHYS:
        at = next((at for one, at in life.acts if one is kind), None)
        if at is not None:
            return WHYS[kind].format(day_of(scene, at))
    if voices.services_said > 1:
        return f"repris par {counted(voices.services_said, 'service')}"
    return f"revient depuis {month_of(scene, voices.since)}"


def _words(scene: Scene, row: Any, voices: Voices, life: _Life) -> str:
    """« 9 difficultés depuis mars, 7 personnes, 3 services : RH, Voirie. Mise au travail le 4 novembre. » People are counted across
    services, never those of one that is too small to be named. What became of it is said once: here, or as why it is told."""
    parts = [f"{counted(voices.difficulties, 'difficulté')} depuis {month_of(scene, voices.since)}"]
    if not voices.is_of_one_unnamed:
        parts.append(counted(voices.people, "personne"))
    if voices.services_said:
        named = [name if name != OTHERS else OTHERS.lower() for name in voices.services]
        parts.append(counted(voices.services_said, "service") + (f" : {joined(named)}" if named else ""))
    became = ""
    if row.state and row.state_at and not any(kind.value == row.state.value for kind, _ in life.acts):
        became = f" {STATES[row.state]} le {day_of(scene, row.state_at)}."
    return f"{', '.join(parts)}.{became}"


# --- what happened to them -------------------------------------------------------------------------------------------------


def _lives(scene: Scene, ids: Collection[int]) -> dict[int, _Life]:
    """Tension id → its life in the period (five statements)."""
    acts: dict[int, list[tuple[ActKind, datetime]]] = defaultdict(list)
    within = TensionAct.at >= scene.since, TensionAct.at < scene.until, TensionAct.undone_at.is_(None)
    query = select(TensionAct.tension_id, TensionAct.kind, TensionAct.at).where(TensionAct.tension_id.in_(ids), *within)
    for tension_id, kind, at in scene.session.execute(query.order_by(TensionAct.at.desc(), TensionAct.id.desc())):
        if tension_id is not None and kind in WHYS:
            acts[tension_id].append((kind, at))
    decided: dict[int, str] = {}
    arbitrated = select(Arbitrage.tension_id, Arbitrage.decided).where(Arbitrage.tension_id.in_(ids))
    for tension_id, words in scene.session.execute(arbitrated.where(Arbitrage.created_at < scene.until).order_by(Arbitrage.id)):
        decided[tension_id] = words
    outcomes: dict[int, str] = {}
    tried = select(TensionTrial.tension_id, TensionTrial.outcome).where(
        TensionTrial.tension_id.in_(ids), TensionTrial.outcome != "", TensionTrial.outcome_at < scene.until
    )
    for tension_id, words in scene.session.execute(tried.order_by(TensionTrial.outcome_at, TensionTrial.id)):
        outcomes[tension_id] = words
    extracts = _extracts(scene, ids)
    return {
        one: _Life(
            acts=acts.get(one, []),
            decided=decided.get(one, "") if any(kind is ActKind.ARBITRATED for kind, _ in acts.get(one, [])) else "",
            outcome=outcomes.get(one, ""),
            extract=extracts.get(one),
        )
        for one in ids
    }


def _extracts(scene: Scene, ids: Collection[int]) -> dict[int, Source]:
    """The last difficulty of each that was told in the period; signed by a service that may be named, never by a person."""
    told = (
        told_difficulties(scene.reader)
        .join(TensionLink, TensionLink.difficulty_id == Entry.id)
        .where(TensionLink.tension_id.in_(ids), Entry.published_at >= scene.since, Entry.published_at < scene.until)
        .with_only_columns(TensionLink.tension_id, Entry.id)
    )
    last = dict(scene.session.execute(told.order_by(Entry.published_at, Entry.id)).all())
    signing: Sequence[Any] = []
    if last:
        by = select(Authorship.entry_id, Authorship.service_id).where(Authorship.entry_id.in_(last.values()))
        signing = scene.session.execute(by.order_by(Authorship.position.desc())).all()
    service_of = {entry_id: service_id for entry_id, service_id in signing if service_id is not None}
    named = named_services(scene.session, scene.space_id)
    return {tension_id: Source(entry_id, named.name_of(service_of.get(entry_id))) for tension_id, entry_id in last.items()}


def _nameless(scene: Scene) -> list[Proposed]:
    """Nobody named anything yet: how many sets of difficulties come back, and where they wait for a name."""
    waiting = select(func.count(TensionProposal.id)).where(
        TensionProposal.collectif_id == scene.space_id, TensionProposal.is_recurring, TensionProposal.tension_id.is_(None)
    )
    n = scene.session.scalar(waiting) or 0
    if not n:
        return []
    has = "ensemble de difficultés qui se ressemblent attend" if n == 1 else "ensembles de difficultés qui se ressemblent attendent"
    return [
        Proposed(
            Candidate(Rubric.RECURRING, "recurring|nameless", str(n), scene.until, words=25, is_reason_enough=False),
            why="à nommer ensemble",
            title="Des difficultés se ressemblent",
            words=f"{n} {has} un nom.",
            link=f"{scene.path}/tensions",
        )
    ]
