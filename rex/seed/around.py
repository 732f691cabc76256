"""What stands around seeded récits: passages noted as difficulties, recognitions accepted, echoes, messages.

The last récit of a collectif has exactly fifty messages: pages are measured on it, and compared from one version to the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rex import clock, text
from rex.db import Base
from rex.exchanges.models import Posture
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import EXCERPT_LENGTH, TITLE_LENGTH
from rex.journal.models import EntryKind
from rex.journal.recognition_models import Answer, Recognition
from rex.seed.answers import EFFECTS, POSTURES, THANKS, message
from rex.seed.people import Writer
from rex.seed.plan import Planned, public_id
from rex.seed.shown import plain_html
from rex.text.excerpts import first_sentence

MESSAGES_OF_THE_LAST = 50
Row = dict[str, Any]


@dataclass
class Around:
    """The rows to insert around a slice of récits; ids of new entries are given by the base, so entries come first."""

    collectif_id: int
    entries: list[Row]
    kinds: list[tuple[type[Base], Row]]  # for each entry its own table, without the id
    signatures: list[Row]
    tags: list[list[str]]
    echoes: list[list[Row]]
    exchanges: list[Row]


def around(collectif_id: int, told: list[tuple[int, Planned]], writers: list[Writer], chance: Random, last: int | None) -> Around:
    """What is said around these récits (entry id, récit); `last`: the entry id of the one with fifty messages."""
    found = Around(collectif_id, [], [], [], [], [], [])
    for entry_id, planned in told:
        if chance.random() < 0.4:
            _add_difficulty(found, entry_id, planned, writers, chance)
        if chance.random() < 0.3:
            _add_recognition(found, entry_id, planned, writers, chance)
        count = MESSAGES_OF_THE_LAST if entry_id == last else chance.choice((0, 0, 1, 2, 3, 5, 8))
        found.exchanges += messages_under(entry_id, planned, writers, count, chance, planned.told.sections["faits"], "faits")
    return found


def _later(moment: datetime, chance: Random, days: int) -> datetime:
    """Some time after, and never to come."""
    return min(moment + timedelta(minutes=chance.randint(40, days * 1440)), clock.now() - timedelta(minutes=1))


def _add_difficulty(found: Around, entry_id: int, planned: Planned, writers: list[Writer], chance: Random) -> None:
    words = first_sentence(planned.told.sections["resistance"], 400)
    entry = _entry(found.collectif_id, EntryKind.DIFFICULTY, entry_id, planned, words, planned.published_at, chance)
    entry["byline"] = _byline(planned.authors)
    own = {"section_slug": "resistance", "is_detached": False, "effect": chance.choice(EFFECTS)}
    others = [writer for writer in writers if writer not in planned.authors]
    echoes = chance.sample(others, min(len(others), chance.choice((0, 1, 2, 4))))
    _add(found, entry, Difficulty, own, planned.authors[0], list(planned.told.tags)[:1])
    found.echoes[-1] = [
        {
            "user_id": writer.user_id,
            "service_id": writer.service_id,
            "service_name": writer.service_name,
            "college": writer.college,
            "audience": planned.audience,
            "words": "",
            "created_at": _later(planned.published_at, chance, 30),
        }
        for writer in echoes
    ]


def _add_recognition(found: Around, entry_id: int, planned: Planned, writers: list[Writer], chance: Random) -> None:
    giver = planned.authors[0]
    to = chance.choice([writer for writer in writers if writer is not giver])
    at = _later(planned.published_at, chance, 20)
    entry = _entry(found.collectif_id, EntryKind.RECOGNITION, entry_id, planned, chance.choice(THANKS), at, chance)
    entry["byline"] = _byline([giver])
    own = {
        "to_user_id": to.user_id,
        "to_service_id": None,
        "to_name": to.name,
        "answer": Answer.ACCEPTED,
        "answered_at": at,
        "answered_by_id": to.user_id,
        "intended": planned.audience,
    }
    _add(found, entry, Recognition, own, giver, [])


def _entry(collectif_id: int, kind: EntryKind, about: int, planned: Planned, words: str, at: datetime, chance: Random) -> Row:
    return {
        "public_id": public_id(chance),
        "kind": kind,
        "collectif_id": collectif_id,
        "audience": planned.audience,
        "title": first_sentence(words, TITLE_LENGTH),
        "excerpt": text.excerpt(words, EXCERPT_LENGTH),
        "words": words,
        "about_id": about,
        "created_at": at,
        "published_at": at,
    }


def _add(found: Around, entry: Row, kind: type[Base], own: Row, signs: Writer, tags: list[str]) -> None:
    found.entries.append(entry)
    found.kinds.append((kind, own))
    found.signatures.append(
        {
            "user_id": signs.user_id,
            "position": 0,
            "service_id": signs.service_id,
            "service_name": signs.service_name,
            "title": signs.title,
            "college": signs.college,
        }
    )
    found.tags.append(tags)
    found.echoes.append([])


def _byline(writers: list[Writer]) -> str:
    return ", ".join(dict.fromkeys(writer.service_name or writer.name for writer in writers))[:400]


def messages_under(
    entry_id: int, planned: Planned, writers: list[Writer], count: int, chance: Random, quoted: str, slug: str
) -> list[Row]:
    """A thread: one message in three answers the one before; one in four quotes the first sentence of `quoted`, the section `slug`
    of a récit, or the words of a short entry."""
    passage = first_sentence(quoted, 300)
    moments = sorted(_later(planned.published_at, chance, 60) for _ in range(count))
    rows = []
    for moment in moments:
        posture = chance.choice(POSTURES)
        quotes = posture is Posture.AUTRE_REGARD or chance.random() < 0.25
        writer = chance.choice(writers)
        own_id, source = public_id(chance), message(posture, chance)
        rows.append(
            {
                "public_id": own_id,
                "entry_id": entry_id,
                "audience": planned.audience,
                "posture": posture,
                "author_id": writer.user_id,
                "service_id": writer.service_id,
                "signature": writer.title or writer.service_name,
                "quote": passage if quotes else "",
                "quote_slug": slug if quotes else "",
                "source": source,
                "html": plain_html(source, f"e-{own_id}-"),
                "pipeline": text.PIPELINE,
                "created_at": moment,
                "answers": chance.random() < 0.33,
            }
        )
    return rows
