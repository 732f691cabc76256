"""What the page of the canvas does to a list of sections: read the form, find faults, move, add."""

from collections.abc import Mapping

from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from rex.collectifs.models import Collectif
from rex.db import RexSession
from rex.french import fold
from rex.journal.canvas import DEFAULT, TITLE, CanvasView, canvas_of
from rex.journal.models import SLUG_LENGTH, CanvasSection
from rex.referentiel.own_balises import one_line, slug_of

MOST = 12
HEADING_LENGTH, HINT_LENGTH = 80, 200
# Names of the other fields of the editor, which is one form with a field for each section.
RESERVED = {TITLE, "title", "balises", "ajouter", "retirer", "chercher", "suite", "section", "collectif", "action"}
RESERVED_STARTS = ("base-", "posture-", "section-")

UNNAMED = "Donnez un titre à la section."

Faults = dict[str, list[str]]  # field → French sentences


def lock(session: RexSession, collectif_id: int) -> None:
    """Wait for a colleague who is changing the same canvas."""
    session.execute(select(Collectif.id).where(Collectif.id == collectif_id).with_for_update()).all()


def current(session: RexSession, collectif_id: int) -> tuple[list[CanvasView], bool]:
    """The canvas in use, and whether the collectif made it its own."""
    rows = session.scalar(select(func.count()).select_from(CanvasSection).where(CanvasSection.collectif_id == collectif_id))
    return canvas_of(session, collectif_id), bool(rows)


def typed(form: MultiDict[str, str], known: list[CanvasView]) -> list[CanvasView]:
    """The known sections with what was typed for them, in the order of the form; those that it does not name come last."""
    by_slug = {section.slug: section for section in known}
    named = [slug for slug in dict.fromkeys(form.getlist("section")) if slug in by_slug]
    changed = [
        CanvasView(
            slug,
            one_line(form.get(f"titre-{slug}", by_slug[slug].heading)),
            one_line(form.get(f"aide-{slug}", by_slug[slug].hint)),
            f"ouverte-{slug}" in form,
        )
        for slug in named
    ]
    return changed + [section for section in known if section.slug not in named]


def faults_of(sections: list[CanvasView]) -> Faults:
    """What keeps a canvas from being saved."""
    faults: Faults = {}
    seen: dict[str, str] = {}
    for section in sections:
        fault = _heading_fault(section.heading, seen)
        if fault:
            faults[f"titre-{section.slug}"] = [fault]
        if len(section.hint) > HINT_LENGTH:
            faults[f"aide-{section.slug}"] = [_too_long(HINT_LENGTH)]
        seen[fold(section.heading)] = section.slug
    return faults


def new_section(sections: list[CanvasView], form: Mapping[str, str]) -> tuple[CanvasView, str | None]:
    """The section that the form adds, and what is wrong with it."""
    heading, hint = one_line(form.get("nouvelle-titre")), one_line(form.get("nouvelle-aide"))
    taken = {fold(section.heading): section.slug for section in sections}
    fault = _heading_fault(heading, taken) or (f"L’aide : {_too_long(HINT_LENGTH)}" if len(hint) > HINT_LENGTH else None)
    slug = _free_slug(heading, {section.slug for section in sections})
    return CanvasView(slug, heading, hint, "nouvelle-ouverte" in form), fault


def moved(sections: list[CanvasView], slug: str, by: int) -> list[CanvasView]:
    """The same sections, this one a place earlier (-1) or later (1); unchanged at the ends."""
    order = list(sections)
    at = next((rank for rank, section in enumerate(order) if section.slug == slug), None)
    if at is not None and 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]
    return order


def beyond_default(sections: list[CanvasView]) -> list[CanvasView]:
    """The sections that the proposed canvas does not have."""
    return [section for section in sections if section.slug not in {one.slug for one in DEFAULT}]


def _heading_fault(heading: str, seen: Mapping[str, str]) -> str | None:
    if not heading:
        return UNNAMED
    if len(heading) > HEADING_LENGTH:
        return _too_long(HEADING_LENGTH)
    return "Une autre section porte déjà ce titre." if fold(heading) in seen else None


def _too_long(longest: int) -> str:
    return f"C’est trop long : {longest} caractères au plus."


def _free_slug(heading: str, taken: set[str]) -> str:
    """A section that comes back under its former heading finds its texts again: same heading, same slug."""
    proposed = {fold(section.heading): section.slug for section in DEFAULT}
    base = proposed.get(fold(heading)) or slug_of(heading, SLUG_LENGTH - 3) or "autre-section"
    if base in RESERVED or base.startswith(RESERVED_STARTS):
        base = f"la-{base}"[: SLUG_LENGTH - 3].strip("-")
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, MOST + 3))) if slug not in taken)
