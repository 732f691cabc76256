"""Seeded tensions, in proportion to the difficulties: each gathers some that carry one balise, told within some months, and has a
life. Rows in bulk, equal to those that people's acts make."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import select

from rex import clock, text
from rex.collectifs.models import Collectif
from rex.db import Base, Database
from rex.journal.models import Audience, Entry, EntryKind, Stance, Tagging
from rex.journal.publishing import EXCERPT_LENGTH
from rex.search.indexing import refresh
from rex.seed import words
from rex.seed.people import SHARES, Writer
from rex.seed.plan import public_id
from rex.seed.rows import insert_for_ids, insert_rows
from rex.tensions.models import ActKind, Arbitrage, ArbitrageParty, State, Tension, TensionAct, TensionLink, TensionTrial

EACH = 25  # one tension for so many difficulties
FEWEST, MOST = 2, 9  # that it gathers
SLICE = 100
NAMES = (
    ("Informer n’est pas associer", "On apprend les décisions quand elles sont prises."),
    ("Le calendrier décide avant nous", "La date arrive avant que l’on ait entendu les gens."),
    ("On ne sait pas à qui demander", "Chacun renvoie vers un autre, et personne n’a tort."),
    ("Les mêmes portent tout", "Plus une chose marche, plus il est difficile d’en partir."),
    ("Ce que l’un sait ne passe pas à l’autre", "On retape, on recompte, on redemande."),
    ("Les heures que personne ne compte", "Le service tient sur ce qui n’est écrit nulle part."),
    ("Le règlement arrive après le geste", "On a déjà fait, et l’on découvre qu’il fallait un papier."),
    ("On compte ce qui se compte", "Le tableau ne dit rien de ce qui a pris du temps."),
    ("Trois services, trois plans", "Chacun a le sien, et le terrain n’est sur aucun."),
    ("Personne ne veut donner son nom", "Il faut un responsable, et l’on se regarde."),
)
TRIED = (
    ("Une visite sur place à l’heure où le lieu sert, avant de dessiner.", "Deux choses que le plan ne disait pas."),
    ("Une feuille tenue à tour de rôle par les trois équipes.", "Sept semaines sans oubli."),
    ("Une réunion à 13 h 30, quand tout le monde est là.", "L’équipe du matin est venue."),
    ("Un essai de quinze jours, avec de la craie.", ""),
)
DECIDED = "On essaie six mois, et l’on se revoit avec ce que cela a coûté à chacun."
PARTIES = (
    ("Voirie", "Tenir la date du chantier", "Montrer un plan qui n’est pas fini"),
    ("Habitants", "Être entendus avant que le dessin soit en couleur", "Venir à l’heure où les équipes sont là"),
)
STATES = (None, None, None, State.AT_WORK, State.ARBITRATED, State.CALMED)
Row = dict[str, Any]


@dataclass(frozen=True)
class _Planned:
    """A tension before it has rows; difficulties: (id, when it was told)."""

    code: str
    difficulties: tuple[tuple[int, datetime], ...]
    named_at: datetime
    state: State | None
    state_at: datetime


def load_tensions(database: Database, collectif: Collectif, writers: Sequence[Writer], chance: Random) -> int:
    """How many there are."""
    curator, made = writers[len(SHARES)].user_id, 0  # the animateur
    with database.system("the seeded difficulties") as session:
        rows = session.execute(
            select(Entry.id, Entry.published_at, Tagging.code)
            .join(Tagging, Tagging.entry_id == Entry.id)
            .where(Entry.collectif_id == collectif.id, Entry.kind == EntryKind.DIFFICULTY)
            .order_by(Tagging.code, Entry.published_at, Entry.id)
        ).all()
    planned = _planned([(key, at, code) for key, at, code in rows if at is not None], chance)
    while slice_ := list(islice(planned, SLICE)):
        with database.system("seed tensions", write=True) as session:
            titles = [_named(chance) for _ in slice_]
            entries = [_entry(collectif.id, one, titles[n], chance) for n, one in enumerate(slice_)]
            ids = insert_for_ids(session, collectif, Entry, entries)
            there = list(zip(ids, slice_, titles, strict=True))
            for model, values in _around(collectif.id, there, writers, curator, chance).items():
                insert_rows(session, collectif, model, values)
            decided = [_arbitrage(key, one, curator, chance) for key, one in zip(ids, slice_, strict=True) if _is_decided(one)]
            parties = [
                {"arbitrage_id": key, "position": position, "name": name, "enjeu": enjeu, "effort": effort}
                for key in insert_for_ids(session, collectif, Arbitrage, decided)
                for position, (name, enjeu, effort) in enumerate(PARTIES)
            ]
            insert_rows(session, collectif, ArbitrageParty, parties)
            refresh(session, ids)
            made += len(ids)
    return made


def _is_decided(one: _Planned) -> bool:
    return one.state is State.ARBITRATED


def _planned(told: list[tuple[int, datetime, str]], chance: Random) -> Iterator[_Planned]:
    """One for so many difficulties, each of some that follow each other under one balise."""
    runs: list[list[tuple[int, datetime, str]]] = [[]]
    size = chance.randint(FEWEST, MOST)
    for one in told:
        if runs[-1] and (runs[-1][-1][2] != one[2] or len(runs[-1]) == size):
            runs.append([])
            size = chance.randint(FEWEST, MOST)
        runs[-1].append(one)
    several = [run for run in runs if len(run) >= FEWEST]
    for run in chance.sample(several, min(len(several), len(told) // EACH)):
        named_at = _later(max(when for _, when, _ in run), chance, 10)
        gathered = tuple((key, when) for key, when, _ in run)
        yield _Planned(run[0][2], gathered, named_at, chance.choice(STATES), _later(named_at, chance, 40))


def _later(moment: datetime, chance: Random, days: int) -> datetime:
    return min(moment + timedelta(minutes=chance.randint(60, days * 1440)), clock.now() - timedelta(minutes=1))


def _named(chance: Random) -> tuple[str, str]:
    title, said = chance.choice(NAMES)
    return f"{title}, {chance.choice(words.STREETS)}", said


def _entry(collectif_id: int, one: _Planned, titled: tuple[str, str], chance: Random) -> Row:
    title, said = titled
    return {
        "public_id": public_id(chance), "kind": EntryKind.TENSION, "collectif_id": collectif_id, "audience": Audience.COLLECTIF,
        "title": title, "excerpt": text.excerpt(said, EXCERPT_LENGTH), "words": said, "created_at": one.named_at,
        "published_at": one.named_at,
    }  # fmt: skip


def _around(
    collectif_id: int, made: list[tuple[int, _Planned, tuple[str, str]]], writers: Sequence[Writer], curator: int, chance: Random
) -> dict[type[Base], list[Row]]:
    """The rows of these tensions, and of what hangs from them; the arbitrages aside."""
    rows: dict[type[Base], list[Row]] = {Tension: [], Tagging: [], TensionLink: [], TensionAct: [], TensionTrial: []}
    for key, one, (title, _) in made:
        rows[Tension].append({"id": key, "state": one.state, "state_at": one.state_at if one.state else None})
        rows[Tagging].append({"entry_id": key, "code": one.code, "position": 0, "stance": Stance.ILLUSTRE})
        gathered = [difficulty for difficulty, _ in one.difficulties]
        rows[TensionLink] += [
            {"difficulty_id": difficulty, "tension_id": key, "linked_at": one.named_at, "linked_by_id": curator}
            for difficulty in gathered
        ]
        acts: list[tuple[ActKind, datetime, str, object]] = [
            (ActKind.NAMED, one.named_at, title, {"apart": [], "difficulties": sorted(gathered)})
        ]
        if one.state is not None:
            acts.append((ActKind(one.state.value), one.state_at, "", {"state": None, "state_at": None}))
        rows[TensionAct] += [
            {
                "public_id": public_id(chance), "collectif_id": collectif_id, "tension_id": key, "kind": kind, "actor_id": curator,
                "at": at, "words": said, "before": json.dumps(before, sort_keys=True),
            }
            for kind, at, said, before in acts
        ]  # fmt: skip
        if chance.random() < 0.5:
            (tried, gave), writer = chance.choice(TRIED), chance.choice(writers)
            at = _later(one.named_at, chance, 20)
            rows[TensionTrial].append(
                {
                    "public_id": public_id(chance), "tension_id": key, "words": tried, "outcome": gave,
                    "service_name": writer.service_name, "author_id": writer.user_id, "created_at": at,
                    "outcome_at": _later(at, chance, 30) if gave else None,
                }
            )  # fmt: skip
    return rows


def _arbitrage(key: int, one: _Planned, curator: int, chance: Random) -> Row:
    return {
        "public_id": public_id(chance), "tension_id": key, "decided": DECIDED, "decided_on": one.state_at.date(),
        "author_id": curator, "created_at": one.state_at,
    }  # fmt: skip
