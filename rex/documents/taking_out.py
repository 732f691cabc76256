"""Through the door: a récit as its reader may take it away, with who exported it and for whom it was readable.

What is published is for its readers; a draft, for its authors. What is told in a group, for those of its members who sign it:
neither another member nor somebody to whom the group is open takes away the words of another. Whether a text is of a group is
asked of the text, never of what its reader is in."""

import io
from collections.abc import Iterable

from PIL import Image as Picture
from sqlalchemy import select

from rex import clock, french
from rex.access import Reader, audience_of, draft_audience, may_edit
from rex.access.audiences import AudienceView
from rex.collectifs.models import Space
from rex.db import RexSession
from rex.documents.outgoing import Image, Outgoing, Section
from rex.journal import queries
from rex.journal.attachment_models import FileKind
from rex.journal.attachments import bytes_of, find
from rex.journal.canvas import canvas_of
from rex.journal.drafts import DraftView, read_draft
from rex.journal.list_queries import Tag
from rex.journal.models import Audience
from rex.journal.models import Section as Told
from rex.journal.queries import RecitPage
from rex.referentiel.markers import markers_for
from rex.sealed_files import FileLost
from rex.sealed_words import SpaceKind
from rex.text.urls import UPLOADS

UNTITLED = "Récit sans titre"


class NotYours(PermissionError):
    """In a group one takes away one's own texts only."""


def take_out(session: RexSession, reader: Reader, recit_id: str, root: str) -> Outgoing | None:
    """The récit of this address, for this reader; None when they do not read it. Raises NotYours."""
    page = queries.recit_page(session, reader, recit_id)
    if page is None:
        return _draft(session, reader, recit_id, root)
    card = page.card
    is_in_group = card.audience is Audience.GROUPE
    if is_in_group and not may_edit(reader, card.collectif_id, page.author_ids):
        raise NotYours
    audience = audience_of(session, Audience(card.audience), card.collectif_id, page.collectif_name, card.published_at)
    rows = session.execute(
        select(Told.slug, Told.heading, Told.source).where(Told.entry_id == card.id).order_by(Told.position)
    ).all()
    zone = zone_of(reader, card.collectif_id)
    read_by = "" if is_in_group else readers_line(audience)  # there, the head of each page says it
    told = [_told(page, reader, zone), balises_line(card.tags), read_by, who_line(reader, zone)]
    address = "" if is_in_group else address_line(root, recit_id)
    return Outgoing(
        title=card.title,
        preface=tuple(french.typo(line) for line in (*told, address) if line),
        sections=tuple(Section(*row) for row in rows),
        confidential=_confidential(audience, reader) if is_in_group else "",
        read_by=audience,
        root=root,
        image=lambda address: image_at(session, address),
        file=lambda address: file_at(session, address),
    )


def _draft(session: RexSession, reader: Reader, recit_id: str, root: str) -> Outgoing | None:
    """What its authors alone read: the working copy of a récit that is not told."""
    recit = queries.find_recit(session, reader, recit_id)
    draft = read_draft(session, reader, recit) if recit is not None else None
    if recit is None or draft is None:
        return None
    is_in_group = session.scalar(select(Space.kind).where(Space.id == recit.collectif_id)) is not SpaceKind.COLLECTIF
    markers = markers_for(session, draft.tags, reader.slugs)
    tags = [Tag(markers[code], stance) for code, stance in draft.tags.items() if code in markers]
    told = ["Brouillon : ses auteurs seuls le lisent.", balises_line(tags), who_line(reader, zone_of(reader, recit.collectif_id))]
    return Outgoing(
        title=draft.title.strip() or UNTITLED,
        preface=tuple(french.typo(line) for line in told if line),
        sections=_sections(session, recit.collectif_id, draft),
        confidential=f"Confidentiel, exporté par {reader.name}" if is_in_group else "",
        read_by=draft_audience(recit.collectif_id),
        root=root,
        image=lambda address: image_at(session, address),
        file=lambda address: file_at(session, address),
    )


def _sections(session: RexSession, collectif_id: int, draft: DraftView) -> tuple[Section, ...]:
    headings = {section.slug: section.heading for section in canvas_of(session, collectif_id)}
    order = [slug for slug in dict.fromkeys([*headings, *draft.sections]) if slug in draft.sections]
    return tuple(Section(slug, headings.get(slug, "Autre section"), draft.sections[slug]) for slug in order)


def _told(page: RecitPage, reader: Reader, zone: str | None) -> str:
    """« Récit de la Voirie, par Camille Roux (cheffe de projet), publié le 3 mai 2026. », as its page says it."""
    names = [f"{one.name} ({said})" if (said := one.title or one.service_name) else one.name for one in page.authors]
    card = page.card
    where = "" if reader.seat(card.collectif_id) else f", {page.collectif_name}"
    changed = f", modifié le {french.date_long(card.corrected_at, zone)}" if card.corrected_at else ""
    published = french.date_long(card.published_at, zone)
    by = f"{page.teller or 'Récit'}, par {french.joined(names)}"
    if len(names) == 1 and page.teller.endswith(page.authors[0].name):  # « Récit de Camille Roux »: her name once
        by = page.teller.removesuffix(page.authors[0].name) + names[0]
    return f"{by}{where}, publié le {published}{changed}."


def balises_line(tags: Iterable[Tag]) -> str:
    """« Balises : construire le récit (nuance) ; créer la confiance (illustre). » Nothing when there is none."""
    said = " ; ".join(f"{tag.marker.label} ({tag.stance})" for tag in tags)
    return f"Balises : {said}." if said else ""


def address_line(root: str, recit_id: str) -> str:
    """Where it is read."""
    return f"Adresse : {root}/recits/{recit_id}"


def readers_line(audience: AudienceView) -> str:
    """« Lu par tous les membres du journal (142 personnes). » In a group, how many and not who: a file is lost more easily."""
    if audience.kind == Audience.GROUPE:
        return f"{audience.label}."
    said = audience.sentence.rstrip(".")
    return f"{said if said.startswith('Lu par ') else f'Lu par {said}'}."


def who_line(reader: Reader, zone: str | None) -> str:
    """Who took it out, and when."""
    return french.typo(f"Exporté de REX par {reader.name}, le {french.date_long(clock.now(), zone)}.")


def _confidential(audience: AudienceView, reader: Reader) -> str:
    return french.typo(f"{audience.label}, exporté par {reader.name}")


def zone_of(reader: Reader, collectif_id: int) -> str | None:
    """The time zone in which dates are said to this reader."""
    seat = reader.seat(collectif_id) or reader.home
    return seat.timezone if seat else None


def image_at(session: RexSession, address: str) -> Image | None:
    """The image at this address, when the reader of the session may open it; as PNG when word processors do not know its kind."""
    found = file_at(session, address)
    if found is None or found.media == FileKind.PDF:
        return None
    if found.media == FileKind.WEBP:
        out = io.BytesIO()
        Picture.open(io.BytesIO(found.data), formats=["WEBP"]).save(out, "PNG")
        return Image("image/png", found.width, found.height, out.getvalue())
    return found


def file_at(session: RexSession, address: str) -> Image | None:
    """The image or the PDF at this address as it is kept, when the reader of the session may open it."""
    kept = find(session, address.removeprefix(UPLOADS)) if address.startswith(UPLOADS) else None
    if kept is None:
        return None
    try:
        return Image(kept.kind.value, kept.width, kept.height, bytes_of(session, kept))
    except FileLost:
        return None
