"""Puts a collectif of any size in the base: rows in bulk, by slices, equal to those that publishing makes.

The same seed on the same day gives the same words, people and dates. The collectif counts as a demonstration: it is served
on this machine only, and goes with `rex demo clear`."""

import json
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update

from rex import clock, text
from rex.collectifs.models import Collectif
from rex.db import Base, Database, RexSession
from rex.exchanges.models import Exchange
from rex.journal.canvas import DEFAULT
from rex.journal.difficulty_models import Echo
from rex.journal.models import Action, Authorship, Entry, EntryKind, Recit, Revision, Section, Stance, Tagging
from rex.journal.publishing import EXCERPT_LENGTH
from rex.search.indexing import refresh
from rex.seed.around import Around, around
from rex.seed.people import SIGN_IN, Writer, settle
from rex.seed.plan import MONTHS, TIMEZONE, Planned, plan
from rex.seed.shown import plain_html

SLICE = 250
HEADINGS = {section.slug: section.heading for section in DEFAULT}


class AlreadyThere(Exception):
    """This collectif was seeded before; `str()` is its name."""


@dataclass(frozen=True)
class Seeded:
    """What was put in the base."""

    name: str
    slug: str
    recits: int
    members: int
    sign_in: str


def load(database: Database, recits: int, seed: int, *, quick: bool = False) -> Seeded:
    """Add a collectif with this number of published récits. Raises AlreadyThere."""
    chance, members = Random(f"{seed}/{recits}"), max(12, recits // 50)
    slug, name = f"semis-{recits}-{seed}", f"Commune du Semis ({recits} récits, graine {seed})"
    began = clock.now() - timedelta(days=MONTHS * 31)
    with database.system("seed a collectif", write=True) as session:
        if session.scalar(select(Collectif.id).where(Collectif.slug == slug)):
            raise AlreadyThere(name)
        collectif = Collectif(slug=slug, name=name, is_demo=True, timezone=TIMEZONE, created_at=began)
        session.add(collectif)
        session.flush()
        session.keyring.create(collectif.key_name)
        writers = settle(session, collectif, members, chance, began, quick=quick)
    actions: dict[int, int] = {}
    planned_all, others = plan(recits, writers, chance), Random(f"{seed}/{recits}/around")
    left = recits
    while planned := list(islice(planned_all, SLICE)):
        left -= len(planned)
        with database.system("seed récits", write=True) as session:
            told = list(zip(_write(session, collectif, planned, actions), planned, strict=True))
            last = told[-1][0] if left == 0 else None
            entry_ids = surround(session, around(collectif.id, told, writers, others, last))
            refresh(session, [*entry_ids, *(recit_id for recit_id, _ in told)])
    return Seeded(name, slug, recits, members, SIGN_IN)


def _write(session: RexSession, collectif: Collectif, slice_: list[Planned], actions: dict[int, int]) -> list[int]:
    """The rows of a slice, and the ids of its entries; `actions` remembers the action of a scene that the next slice may go on
    telling."""
    fresh = [p for p in slice_ if p.is_first]
    action_rows = [
        {
            "public_id": planned.action_public_id,
            "collectif_id": collectif.id,
            "title": planned.told.title,
            "created_at": planned.published_at,
        }
        for planned in fresh
    ]
    actions.update(zip((p.scene for p in fresh), _insert(session, Action, action_rows), strict=True))
    entry_ids = _insert(session, Entry, [_entry(collectif, p) for p in slice_])
    rows: dict[type[Base], list[dict[str, Any]]] = {Recit: [], Authorship: [], Section: [], Tagging: [], Revision: []}
    for entry_id, planned in zip(entry_ids, slice_, strict=True):
        rows[Recit].append({"id": entry_id, "action_id": actions[planned.scene], "teller": planned.authors[0].teller})
        rows[Authorship] += [_authorship(entry_id, position, w) for position, w in enumerate(planned.authors)]
        rows[Section] += [_section(entry_id, n, slug, words) for n, (slug, words) in enumerate(planned.told.sections.items())]
        rows[Tagging] += [
            {"entry_id": entry_id, "code": code, "position": n, "stance": stance}
            for n, (code, stance) in enumerate(planned.told.tags.items())
        ]
        rows[Revision].append(_revision(session, collectif, entry_id, planned))
    for model, values in rows.items():
        session.execute(insert(_table(model)), values)
    return entry_ids


def surround(session: RexSession, rows: Around) -> list[int]:
    """What is said around récits: entries first, for what hangs from them needs their ids, which are given back."""
    ids = _insert(session, Entry, rows.entries)
    own: dict[type[Base], list[dict[str, Any]]] = {}
    for entry_id, (model, values) in zip(ids, rows.kinds, strict=True):
        own.setdefault(model, []).append({"id": entry_id, **values})
    own[Authorship] = [{"entry_id": entry_id, **values} for entry_id, values in zip(ids, rows.signatures, strict=True)]
    own[Tagging] = [
        {"entry_id": entry_id, "code": code, "position": n, "stance": Stance.ILLUSTRE}
        for entry_id, codes in zip(ids, rows.tags, strict=True)
        for n, code in enumerate(codes)
    ]
    own[Echo] = [{"entry_id": entry_id, **one} for entry_id, echoes in zip(ids, rows.echoes, strict=True) for one in echoes]
    for model, values in own.items():
        if values:
            session.execute(insert(_table(model)), values)
    _say(session, rows.exchanges)
    return ids


def _say(session: RexSession, messages: list[dict[str, Any]]) -> None:
    """Messages in the order in which they were said, then each tied to the one that it answers."""
    answering = [message.pop("answers") for message in messages]
    ids = _insert(session, Exchange, messages)
    ties, roots = [], {}
    for n, (exchange_id, message) in enumerate(zip(ids, messages, strict=True)):
        before = n - 1 if n and messages[n - 1]["entry_id"] == message["entry_id"] else None
        if answering[n] and before is not None:
            roots[n] = roots.get(before, ids[before])
            ties.append({"own": exchange_id, "parent": ids[before], "root": roots[n]})
    table = _table(Exchange)
    if ties:
        tied = update(table).where(table.c.id == bindparam("own"))
        session.connection().execute(tied.values(parent_id=bindparam("parent"), root_id=bindparam("root")), ties)


def _insert(session: RexSession, model: type[Base], rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and give their ids, in the same order."""
    if not rows:
        return []
    table = _table(model)
    return list(session.scalars(insert(table).returning(table.c.id, sort_by_parameter_order=True), rows))


def _table(model: type[Base]) -> Table:
    """The table of one of our classes; SQLAlchemy types it more widely, for classes mapped to a query."""
    return cast(Table, model.__table__)


def _entry(collectif: Collectif, planned: Planned) -> dict[str, Any]:
    sections, bodies = planned.told.sections, [writer.service_name or writer.name for writer in planned.authors]
    return {
        "public_id": planned.public_id,
        "kind": EntryKind.RECIT,
        "collectif_id": collectif.id,
        "audience": planned.audience,
        "title": planned.told.title,
        "excerpt": text.excerpt(sections["faits"], EXCERPT_LENGTH),
        "byline": ", ".join(dict.fromkeys(bodies))[:400],
        "created_at": planned.published_at - timedelta(hours=1),
        "published_at": planned.published_at,
    }


def _authorship(entry_id: int, position: int, writer: Writer) -> dict[str, Any]:
    return {
        "entry_id": entry_id,
        "user_id": writer.user_id,
        "position": position,
        "service_id": writer.service_id,
        "service_name": writer.service_name,
        "title": writer.title,
        "college": writer.college,
    }


def _section(entry_id: int, position: int, slug: str, source: str) -> dict[str, Any]:
    return {
        "entry_id": entry_id,
        "slug": slug,
        "position": position,
        "heading": HEADINGS[slug],
        "source": source,
        "html": plain_html(source, f"{slug}-"),
        "pipeline": text.PIPELINE,
    }


def _revision(session: RexSession, collectif: Collectif, entry_id: int, planned: Planned) -> dict[str, Any]:
    """The first version, sealed for its authors as publishing does (a test opens it through `versions_of`)."""
    content = {
        "title": planned.told.title,
        "sections": [[slug, HEADINGS[slug], source] for slug, source in planned.told.sections.items()],
        "tags": list(planned.told.tags.items()),
        "teller": planned.authors[0].teller,
    }
    sealed = session.keyring.seal(collectif.key_name, f"revision|{planned.public_id}|1", json.dumps(content))
    author = planned.authors[0].user_id
    return {"entry_id": entry_id, "number": 1, "author_id": author, "created_at": planned.published_at, "content": sealed}
