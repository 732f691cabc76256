"""The canvas: the sections that guide a récit. Eight by default; a collectif may rename, reorder, add and remove its own."""

from dataclasses import dataclass

from sqlalchemy import Select, bindparam, delete, select

from rex.db import BigId, RexSession
from rex.journal.models import CanvasSection
from rex.kept import Kept
from rex.shapes import Shape

TITLE = "titre"  # the slug under which a draft keeps its title, never a section


@dataclass(frozen=True)
class CanvasView:
    """One section as the editor shows it; `is_open`: unfolded at first."""

    slug: str
    heading: str
    hint: str
    is_open: bool = False


# In reading order; the editor opens three and folds five. Headings use « nous »: the récit is collective.
DEFAULT = (
    CanvasView("contexte", "Le contexte", "Quoi, quand, où, avec quels services et quelles structures"),
    CanvasView("intention", "Ce que nous voulions", "Votre intention, et ce qui comptait pour chaque partie"),
    CanvasView("faits", "Ce qui s’est passé", "Les faits, dans l’ordre où vous les avez vécus", True),
    CanvasView("resistance", "Ce qui a résisté", "Un désaccord, une contrainte, une habitude, une peur", True),
    CanvasView("affects", "Comment cela nous a affectés", "Ce que cela vous a fait, à vous et à l’équipe"),
    CanvasView("appris", "Ce que nous avons appris", "Ce que vous referez, ce que vous ferez autrement", True),
    CanvasView("transferable", "Ce qui est transférable", "Ce qu’une autre équipe pourrait reprendre, ailleurs"),
    CanvasView("reconnaissances", "Reconnaissances", "Qui a rendu cela possible, par quel effort"),
)


def canvas_of(session: RexSession, collectif_id: int) -> list[CanvasView]:
    """The canvas of a collectif of the reader, in reading order (one statement)."""
    rows = _own_canvas.rows(session, collectif=collectif_id)
    return [CanvasView(*row) for row in rows] or list(DEFAULT)


@Kept
def _own_canvas(_: Shape) -> Select:
    return (
        select(CanvasSection.slug, CanvasSection.heading, CanvasSection.hint, CanvasSection.is_open)
        .where(CanvasSection.collectif_id == bindparam("collectif", type_=BigId))
        .order_by(CanvasSection.position, CanvasSection.id)
    )


def change_canvas(session: RexSession, collectif_id: int, sections: list[CanvasView]) -> None:
    """Replace the canvas; what was written under a section that goes stays in its récits."""
    session.execute(delete(CanvasSection).where(CanvasSection.collectif_id == collectif_id))
    for position, section in enumerate(sections):
        session.add(
            CanvasSection(
                collectif_id=collectif_id,
                slug=section.slug,
                position=position,
                heading=section.heading,
                hint=section.hint,
                is_open=section.is_open,
            )
        )
    session.flush()
