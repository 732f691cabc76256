"""The rows of seeded récits and of what is said around them, equal to those that publishing and answering make."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, update

from rex import text
from rex.collectifs.models import Space
from rex.db import Base, RexSession
from rex.exchanges.models import Exchange
from rex.journal.canvas import DEFAULT
from rex.journal.difficulty_models import Echo
from rex.journal.models import Action, Authorship, Entry, EntryKind, Recit, Revision, Section, Stance, Tagging
from rex.journal.publishing import EXCERPT_LENGTH
from rex.seed.around import Around
from rex.seed.people import Writer
from rex.seed.plan import Planned
from rex.seed.rows import insert_for_ids, insert_rows, table_of
from rex.seed.shown import plain_html

HEADINGS = {section.slug: section.heading for section in DEFAULT}


def write(session: RexSession, space: Space, slice_: list[Planned], actions: dict[int, int]) -> list[int]:
    """The rows of a slice, and the ids of its entries; `actions` remembers the action of a scene that the next slice may go on
    telling."""
    fresh = [p for p in slice_ if p.is_first]
    action_rows = [
        {
            "public_id": planned.action_public_id,
            "collectif_id": space.id,
            "title": planned.told.title,
            "created_at": planned.published_at,
        }
        for planned in fresh
    ]
    actions.update(zip((p.scene for p in fresh), insert_for_ids(session, space, Action, action_rows), strict=True))
    entry_ids = insert_for_ids(session, space, Entry, [_entry(space, p) for p in slice_])
    rows: dict[type[Base], list[dict[str, Any]]] = {Recit: [], Authorship: [], Section: [], Tagging: [], Revision: []}
    for entry_id, planned in zip(entry_ids, slice_, strict=True):
        rows[Recit].append({"id": entry_id, "action_id": actions[planned.scene], "teller": planned.authors[0].teller})
        rows[Authorship] += [_authorship(entry_id, position, w) for position, w in enumerate(planned.authors)]
        rows[Section] += [_section(entry_id, n, slug, words) for n, (slug, words) in enumerate(planned.told.sections.items())]
        rows[Tagging] += [
            {"entry_id": entry_id, "code": code, "position": n, "stance": stance}
            for n, (code, stance) in enumerate(planned.told.tags.items())
        ]
        rows[Revision].append(_revision(session, space, entry_id, planned))
    for model, values in rows.items():
        insert_rows(session, space, model, values)
    return entry_ids


def surround(session: RexSession, space: Space, rows: Around) -> list[int]:
    """What is said around récits: entries first, for what hangs from them needs their ids, which are given back."""
    ids = insert_for_ids(session, space, Entry, rows.entries)
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
        insert_rows(session, space, model, values)
    say(session, space, rows.exchanges)
    return ids


def say(session: RexSession, space: Space, messages: list[dict[str, Any]]) -> None:
    """Messages in the order in which they were said, then each tied to the one that it answers."""
    answering = [message.pop("answers") for message in messages]
    ids = insert_for_ids(session, space, Exchange, messages)
    ties, roots = [], {}
    for n, (exchange_id, message) in enumerate(zip(ids, messages, strict=True)):
        before = n - 1 if n and messages[n - 1]["entry_id"] == message["entry_id"] else None
        if answering[n] and before is not None:
            roots[n] = roots.get(before, ids[before])
            ties.append({"own": exchange_id, "parent": ids[before], "root": roots[n]})
    table = table_of(Exchange)
    if ties:
        tied = update(table).where(table.c.id == bindparam("own"))
        session.connection().execute(tied.values(parent_id=bindparam("parent"), root_id=bindparam("root")), ties)


def _entry(space: Space, planned: Planned) -> dict[str, Any]:
    sections, bodies = planned.told.sections, [writer.service_name or writer.name for writer in planned.authors]
    return {
        "public_id": planned.public_id,
        "kind": EntryKind.RECIT,
        "collectif_id": space.id,
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


def _revision(session: RexSession, space: Space, entry_id: int, planned: Planned) -> dict[str, Any]:
    """The first version, sealed for its authors as publishing does (a test opens it through `versions_of`)."""
    content = {
        "title": planned.told.title,
        "sections": [[slug, HEADINGS[slug], source] for slug, source in planned.told.sections.items()],
        "tags": list(planned.told.tags.items()),
        "teller": planned.authors[0].teller,
    }
    sealed = session.keyring.seal(space.key_name, f"revision|{planned.public_id}|1", json.dumps(content))
    author = planned.authors[0].user_id
    return {"entry_id": entry_id, "number": 1, "author_id": author, "created_at": planned.published_at, "content": sealed}
