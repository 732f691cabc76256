"""A letter as a mail: HTML and text from the same blocks, written when it leaves, by the rights of whoever receives it.

It says no word that its reader does not read at that moment in the journal, and holds no image, nothing that measures anybody."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from rex import mail
from rex.access import MembershipView
from rex.collectifs import mails
from rex.collectifs.entrance import as_readers
from rex.collectifs.models import Credential
from rex.config import DEFAULT_ROOT, Config
from rex.db import Database, RexSession
from rex.digests.blocks import MOST_BYTES, Drawn, Item, Part, shorter_and_shorter
from rex.digests.mailed_edito import as_text, in_a_mail
from rex.digests.models import Digest, DigestItem, DigestQuote, DigestState, Rubric
from rex.digests.publishing import on_publishing
from rex.digests.queries import next_number
from rex.digests.recipients import count_recipients, receives
from rex.digests.sending import NO_TOKEN, ROOM
from rex.digests.told import Told, told
from rex.digests.unsubscribing import PLACE
from rex.french import count, typo
from rex.mail import Letter
from rex.peer_groups.mails import post_told

STOP = "https://rex.invalid/ne-plus-recevoir"  # stands for the address of each, in what is drawn once for many
TEST = "Essai"
PROMISE = "Les groupes de pairs n’y figurent jamais."


def answer_for_mails() -> None:
    """Write the mails of this room when they leave, and the word that a group has a letter when it is published (once; again
    changes nothing)."""
    mail.on_leaving(ROOM, write_late)
    on_publishing("groups", lambda session, config: post_told(session, config.base_url or DEFAULT_ROOT))


def write_late(database: Database, config: Config, what: str) -> Letter | None:
    """The letter for one person, now; None when they left, want it no more, or would read nothing in it."""
    digest_id, user_id, token = what.split()
    is_test = token == NO_TOKEN
    with database.system("for whom a letter leaves, as they are now") as session:
        reader = as_readers(session, [int(user_id)]).get(int(user_id))
        address = session.scalar(select(Credential.address).where(Credential.user_id == int(user_id)))
        digest = session.get(Digest, int(digest_id))
        wanted = is_test or (digest is not None and receives(session, int(user_id), digest.collectif_id))
    seat = reader.seat(digest.collectif_id) if reader and digest else None
    if digest is None or reader is None or seat is None or seat.is_group or address is None or not wanted:
        return None
    if digest.state is not DigestState.PUBLISHED and not (is_test and seat.is_animateur):
        return None
    root = config.base_url or DEFAULT_ROOT
    with database.session(replace(reader, groups=(), visits=())) as session:  # what is in a group is in no mail
        shown = _as_read_now(session, digest, seat, root)
    if shown is None:
        return None
    stop = "" if is_test else f"{root}/{PLACE}/{token}"
    return letter_of(shown if stop else replace(shown, stop_url=""), address, stop, is_test=is_test)


_SAME_FOR = 1.0  # seconds during which two people who read the same items and quotes are sent the same words
_last_read: OrderedDict[tuple[Any, ...], tuple[float, Drawn | None]] = OrderedDict()


def _as_read_now(session: RexSession, digest: Digest, seat: MembershipView, root: str) -> Drawn | None:
    """What the reader of the session reads of it at this moment: which items and which quotes is asked for each person; what they
    say, once a second for all those who read the same, of the same collectifs."""
    reader = session.reader
    items = session.scalars(select(DigestItem.id).where(DigestItem.digest_id == digest.id, DigestItem.is_removed.is_(False)))
    read = tuple(sorted(items))
    quoted = tuple(sorted(session.scalars(select(DigestQuote.id).where(DigestQuote.item_id.in_(read), DigestQuote.words != ""))))
    key = (digest.public_id, digest.version, digest.state, tuple(sorted(reader.collectif_ids)), seat.timezone, root, read, quoted)
    now = time.monotonic()
    kept = _last_read.get(key)
    if kept is not None and now - kept[0] < _SAME_FOR:
        return kept[1]
    page = told(session, reader, digest, seat.timezone)
    number, people = _numbers(session, digest)
    shown = drawn(page, seat, root, number, people, stop_url=STOP) if is_worth_opening(page) else None
    _last_read[key] = now, shown
    while len(_last_read) > 8:
        _last_read.popitem(last=False)
    return shown


def _numbers(session: RexSession, digest: Digest) -> tuple[int, int]:
    """Its number, and to how many it is sent: as they were set when it left, else as they would be now."""
    number = digest.number or next_number(session, digest.collectif_id)
    return number, digest.sent_to if digest.sent_to is not None else count_recipients(session, digest.collectif_id)


def is_worth_opening(page: Told) -> bool:
    """Whether somebody reads something in it: an édito, or one thing that is still told and a reason to write."""
    items = (item for rubric in page.rubrics for item in rubric.items)
    return bool(page.edito.strip()) or any(item.is_reason and not item.is_gone for item in items)


def drawn(
    page: Told, seat: MembershipView, root: str, number: int, people: int, *, stop_url: str = "", scheme: str = "auto"
) -> Drawn:
    """The blocks of a letter. What was withdrawn meanwhile has no place in a mail that leaves now."""
    parts = (
        Part(
            typo(rubric.label),
            rubric.rubric is Rubric.RECOGNITIONS,
            tuple(
                Item(
                    typo(item.title),
                    _full(item.path, root),
                    typo(item.words),
                    tuple((typo(quote.words), typo(quote.signature)) for quote in item.quotes),
                    typo(item.why[:1].upper() + item.why[1:]),
                )
                for item in rubric.items
                if not item.is_gone
            ),
        )
        for rubric in page.rubrics
    )
    edito = in_a_mail(page.edito_html, root)
    return Drawn(
        head=typo(f"La lettre n° {number}, {page.date_words}."),
        title=page.title,
        letter_url=root + page.path,
        edito=edito,
        edito_text=as_text(edito),
        edito_by=page.edito_by,
        rubrics=tuple(part for part in parts if part.items),
        write_url=f"{root}/c/{seat.collectif_slug}/",
        foot=typo(f"Envoyée à {count(people, 'membre')} du journal {_of(seat)}. {PROMISE}"),
        stop_url=stop_url,
        scheme=scheme,
    )


def _full(path: str, root: str) -> str:
    return root + path if path.startswith("/") else path


def _of(seat: MembershipView) -> str:
    return f"« {seat.collectif_name} »"


def letter_of(what: Drawn, address: str, stop: str, *, is_test: bool = False) -> Letter:
    """The mail of one person; its key is that of its row."""
    subject, text, html = _written(what)
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if stop else {}
    subject = f"{TEST}{typo(' : ')}{subject}" if is_test else subject
    return Letter(ROOM, address, subject, text.replace(STOP, stop), html.replace(STOP, stop), headers)


@lru_cache(maxsize=16)
def _written(what: Drawn) -> tuple[str, str, str]:
    """Drawn once for all those who read the same; shorter when it is too long for a mail."""
    made = Letter(ROOM)
    for shape in shorter_and_shorter(what):
        made = mails.write("digest", ROOM, "", subject=what.title, **vars(shape))
        if len(made.html.encode()) <= MOST_BYTES:
            break
    return made.subject, made.text, made.html


def subject_and_parts(what: Drawn) -> Sequence[str]:
    """Subject, text and HTML, for the pages that show a letter before it leaves."""
    return _written(what)
