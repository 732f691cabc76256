"""Small steps of the loading: the wording of a récit at each of its corrections, the seat of a person."""

from collections.abc import Callable
from pathlib import Path

from rex.access import MembershipView, Reader
from rex.collectifs.models import Collectif, Membership, Service
from rex.db import RexSession
from rex.demo.shapes import PictureData, RecitData
from rex.intake import Rewritten
from rex.journal.attachments import give
from rex.journal.models import Recit


def wording_of(data: RecitData, number: int) -> dict[str, str]:
    """The sections as they were read after `number` corrections (the last wording is the data's own)."""
    sections = dict(data.sections)
    for revision in reversed(data.revisions[number:]):
        sections |= revision.sections
    return {slug: text for slug, text in sections.items() if text.strip()}


def show_picture(
    session: RexSession, writer: Reader, seat: MembershipView, recit: Recit, data: PictureData | None
) -> Callable[[dict[str, str]], dict[str, str]]:
    """Give the image to the récit; what comes back puts it at the end of its section, in any wording that has it."""
    if data is None:
        return lambda sections: sections
    image = Path(__file__).with_name(data.file).read_bytes()
    given = give(session, writer, seat, recit, Rewritten("image/webp", data.width, data.height, image), data.words)
    end, place = f"\n\n{given.markdown}", data.section
    return lambda sections: {slug: text + end if slug == place else text for slug, text in sections.items()}


def seat_of(membership: Membership, collectif: Collectif, service: Service | None) -> MembershipView:
    """What the acts of the journal need to know of a person's place."""
    return MembershipView(
        id=membership.id,
        collectif_id=collectif.id,
        collectif_public_id=collectif.public_id,
        collectif_slug=collectif.slug,
        collectif_name=collectif.name,
        is_demo=collectif.is_demo,
        timezone=collectif.timezone,
        college=membership.college,
        service_id=membership.service_id,
        service_name=service.name if service else "",
        title=membership.title,
        role=membership.role,
    )
