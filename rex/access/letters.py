"""The second lock on letters: published ones for the members who were there, the others for those who look after the space.

An item or a quote is read by whoever reads what it is about, today: what was withdrawn is in no letter that is opened now."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from rex.access import inner
from rex.access.entries import is_told
from rex.access.readers import Asker
from rex.access.rooms import was_there
from rex.digests.models import Digest, DigestItem, DigestQuote, DigestState


def edited_or_published(reader: Asker, digest: Any = Digest) -> ColumnElement[bool]:
    published = and_(digest.state == DigestState.PUBLISHED, was_there(reader, digest.collectif_id, digest.published_at))
    return or_(published, digest.collectif_id.in_(reader.animated_ids))


def of_a_letter(reader: Asker) -> ColumnElement[bool]:
    """An item of a letter that they open, about nothing in particular or about a text told to them."""
    digest, entry = inner.digest.c, inner.entry.c
    opened = select(digest.id).where(digest.id == DigestItem.digest_id, edited_or_published(reader, digest))
    told = select(entry.id).where(entry.id == DigestItem.entry_id, is_told(reader, entry))
    about = or_(DigestItem.entry_id.is_(None), told.correlate_except(inner.entry).exists())
    recit, other = inner.recit.c, inner.other_entry.c
    joined = inner.recit.join(inner.other_entry, other.id == recit.id)
    one = select(recit.id).select_from(joined).where(recit.action_id == DigestItem.action_id, is_told(reader, other))
    acted = or_(DigestItem.action_id.is_(None), one.correlate_except(inner.recit, inner.other_entry).exists())
    return and_(opened.correlate_except(inner.digest).exists(), about, acted)


def quoted_in_a_letter(reader: Asker) -> ColumnElement[bool]:
    item, digest, entry = inner.digest_item.c, inner.digest.c, inner.entry.c
    opened = (
        select(item.id)
        .select_from(inner.digest_item.join(inner.digest, digest.id == item.digest_id))
        .where(item.id == DigestQuote.item_id, edited_or_published(reader, digest))
    )
    told = select(entry.id).where(entry.id == DigestQuote.entry_id, is_told(reader, entry))
    return and_(
        opened.correlate_except(inner.digest_item, inner.digest).exists(), told.correlate_except(inner.entry).exists()
    )
