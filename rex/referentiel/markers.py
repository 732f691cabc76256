"""Balises as pages and pickers show them, whether they come from the public référentiel or from a collectif."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from rex.db import RexSession
from rex.french import typo
from rex.kept import Kept
from rex.referentiel.content import BALISES
from rex.referentiel.models import OwnBalise
from rex.shapes import Shape


@dataclass(frozen=True)
class Marker:
    """A balise, ready to be named, with its French spaces.

    `enjeu` is empty for a collectif's own, `href` is the address of its page."""

    code: str
    label: str
    title: str
    question: str
    enjeu: str
    href: str
    collectif_id: int | None = None
    is_closed: bool = False


REFERENTIEL = {
    b.code: Marker(b.code, typo(b.label), typo(b.title), typo(b.question), b.enjeu, f"/boussole/{b.code}") for b in BALISES
}


def own_markers(session: RexSession, slugs: Mapping[int, str]) -> dict[str, Marker]:
    """The balises that the collectifs of the reader added, closed ones included, by code; read once per request.

    `slugs`: collectif id → slug, for the addresses of their pages."""
    if "own_markers" not in session.info:
        rows = _own_balises.rows(session)
        session.info["own_markers"] = {row.public_id: _own(row, slugs.get(row.collectif_id, "")) for row in rows}
    return session.info["own_markers"]


@Kept
def _own_balises(_: Shape) -> Select:
    """The second lock holds these to the collectifs of the reader."""
    return select(
        OwnBalise.public_id,
        OwnBalise.collectif_id,
        OwnBalise.slug,
        OwnBalise.label,
        OwnBalise.title,
        OwnBalise.question,
        OwnBalise.closed_at,
    ).order_by(OwnBalise.label, OwnBalise.id)


def markers_for(session: RexSession, codes: Iterable[str], slugs: Mapping[int, str]) -> dict[str, Marker]:
    """The markers of these codes; those of collectifs that the reader is not in do not come back."""
    wanted = set(codes)
    found = {code: REFERENTIEL[code] for code in wanted & REFERENTIEL.keys()}
    own = own_markers(session, slugs) if wanted - found.keys() else {}
    return found | {code: own[code] for code in wanted & own.keys()}


def _own(row: Any, collectif_slug: str) -> Marker:
    href = f"/c/{collectif_slug}/boussole/{row.slug}"
    words = (typo(row.label), typo(row.title), typo(row.question))
    return Marker(row.public_id, *words, "", href, row.collectif_id, row.closed_at is not None)
