"""The words of others in a letter are locked: whoever edits it shortens them with « […] », takes another passage, or leaves them
out. What stands there is what the text says, word for word."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from rex.access import Reader, visible_entries
from rex.db import RexSession
from rex.digests.editing import Refused, hold, mark_of, normal, note
from rex.digests.following import sources_of
from rex.digests.models import Digest, DigestItem, DigestQuote
from rex.journal.models import Entry
from rex.text.passages import first_not_in_order, paragraphs_of, tidy_quote

CUT = "[…]"
_CUT = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]")
FIELD = "mots"
NOT_SAID = "Le texte ne dit pas « {} » : gardez ses mots, et mettez […] à la place de ceux que vous enlevez"
NOTHING = "Gardez au moins quelques mots, ou retirez la citation"
MOST_PASSAGES = 60


def find_quote(session: RexSession, digest: Digest, public_id: str) -> DigestQuote | None:
    """Words quoted in this letter, of a text that its reader reads now."""
    query = select(DigestQuote).join(DigestItem, DigestItem.id == DigestQuote.item_id)
    return session.scalars(query.where(DigestQuote.public_id == public_id, DigestItem.digest_id == digest.id)).first()


def quotes_of(session: RexSession, digest: Digest) -> dict[str, list[DigestQuote]]:
    """The quotes that may be changed, by the item that holds them; those left out too."""
    query = select(DigestItem.public_id, DigestQuote).join(DigestItem, DigestItem.id == DigestQuote.item_id)
    query = query.where(DigestItem.digest_id == digest.id).order_by(DigestQuote.position, DigestQuote.id)
    found: dict[str, list[DigestQuote]] = {}
    for item_id, quote in session.execute(query):
        found.setdefault(item_id, []).append(quote)
    return found


def title_of(session: RexSession, reader: Reader, quote: DigestQuote) -> str:
    query = visible_entries(reader).with_only_columns(Entry.title).where(Entry.id == quote.entry_id)
    return session.scalar(query) or ""


def passages_of(session: RexSession, reader: Reader, entry_id: int) -> list[str]:
    """What may be quoted of a text, in its order."""
    return [passage for source in _sources(session, reader, entry_id) for passage in paragraphs_of(source)][:MOST_PASSAGES]


def _sources(session: RexSession, reader: Reader, entry_id: int) -> Sequence[str]:
    words = session.scalar(visible_entries(reader).with_only_columns(Entry.words).where(Entry.id == entry_id))
    return [*sources_of(session, entry_id), *filter(None, [words])]


def shorten(session: RexSession, reader: Reader, digest: Digest, quote: DigestQuote, typed: str) -> None:
    """Keep these words of the text. Raises AlreadyGone, Refused."""
    hold(session, digest)
    kept = tidy_quote(_CUT.sub(CUT, normal(typed)))
    pieces = [piece.strip() for piece in kept.split(CUT) if any(char.isalnum() for char in piece)]
    if not pieces:
        raise Refused([(FIELD, NOTHING)])
    missing = [first_not_in_order(source, pieces) for source in _sources(session, reader, quote.entry_id)]
    if None not in missing:  # all of it in one section: words of two would say what nobody said
        wrong = max((piece for piece in missing if piece), key=pieces.index, default=pieces[0])
        raise Refused([(FIELD, NOT_SAID.format(wrong[:80] + ("…" if len(wrong) > 80 else "")))])
    _keep(session, reader, digest, quote, kept)


def take(session: RexSession, reader: Reader, digest: Digest, quote: DigestQuote, chosen: str) -> None:
    """Take another passage, named by its mark. Raises AlreadyGone, Refused."""
    hold(session, digest)
    found = next((one for one in passages_of(session, reader, quote.entry_id) if mark_of(one) == chosen), None)
    if found is None:
        raise Refused([(FIELD, "Ce passage n’est plus dans le texte : choisissez-en un autre")])
    short = tidy_quote(found)
    _keep(session, reader, digest, quote, short if short == " ".join(found.split()) else f"{short} {CUT}")


def leave_out(session: RexSession, reader: Reader, digest: Digest, quote: DigestQuote) -> None:
    """No word of it in the letter; a passage may be taken again. Raises AlreadyGone."""
    hold(session, digest)
    _keep(session, reader, digest, quote, "")


def _keep(session: RexSession, reader: Reader, digest: Digest, quote: DigestQuote, words: str) -> None:
    quote.words, quote.sealed = words, None  # what was put away does not come back over what somebody chose
    item = session.scalars(select(DigestItem).where(DigestItem.id == quote.item_id)).one()
    item.edited_by_id = reader.user_id
    note(session, digest)
