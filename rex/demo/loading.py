"""Small steps of the loading: the wording of a récit at each of its corrections, the seat of a person."""

from rex.access import MembershipView
from rex.collectifs.models import Collectif, Membership, Service
from rex.demo.shapes import RecitData


def wording_of(data: RecitData, number: int) -> dict[str, str]:
    """The sections as they were read after `number` corrections (the last wording is the data's own)."""
    sections = dict(data.sections)
    for revision in reversed(data.revisions[number:]):
        sections |= revision.sections
    return {slug: text for slug, text in sections.items() if text.strip()}


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
