"""The canvas of a collectif, changed by its animateurs.

The whole canvas is one form: each button saves all that was typed, then does what it says. A section goes only through its own
« Retirer »: a colleague's newer section, absent from an older page, is kept."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.french import typo
from rex.journal import canvas_edition as edition
from rex.journal.canvas import CanvasView, change_canvas
from rex.journal.canvas_edition import Faults
from rex.web import ANIMATEURS, db, go, open_to, space

bp = Blueprint("canvas", __name__)

ALONE = "Un canevas garde au moins une section."
FULL = f"Un canevas a {edition.MOST} sections au plus. Retirez-en une d’abord."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/canevas")
@open_to(ANIMATEURS)
def canvas(collectif: str) -> str:
    sections, is_own = edition.current(db(), _seat().collectif_id)
    return _page(sections, is_own)


@bp.post("/c/<slug:collectif>/canevas")
@open_to(ANIMATEURS)
def save(collectif: str) -> Response | tuple[str, int]:
    sections, faults = _typed()
    if faults:
        return _refused(sections, faults)
    change_canvas(db(), _seat().collectif_id, sections)
    flash("Le canevas est enregistré.")
    return go("canvas.canvas", collectif=collectif)


@bp.post("/c/<slug:collectif>/canevas/sections")
@open_to(ANIMATEURS)
def add(collectif: str) -> Response | tuple[str, int]:
    sections, faults = _typed()
    fresh, fault = edition.new_section(sections, request.form)
    faults = faults | ({"nouvelle-titre": [fault]} if fault else {})
    if not faults and len(sections) >= edition.MOST:
        faults["nouvelle-titre"] = [FULL]
    if faults:
        return _refused(sections, faults)
    change_canvas(db(), _seat().collectif_id, [*sections, fresh])
    flash(typo(f"La section « {fresh.heading} » est ajoutée, à la fin."))
    return go("canvas.canvas", collectif=collectif, _anchor=f"section-{fresh.slug}")


@bp.post("/c/<slug:collectif>/canevas/sections/<slug:section>/montee")
@open_to(ANIMATEURS)
def move_up(collectif: str, section: str) -> Response | tuple[str, int]:
    return _moved(collectif, section, -1)


@bp.post("/c/<slug:collectif>/canevas/sections/<slug:section>/descente")
@open_to(ANIMATEURS)
def move_down(collectif: str, section: str) -> Response | tuple[str, int]:
    return _moved(collectif, section, 1)


@bp.post("/c/<slug:collectif>/canevas/sections/<slug:section>/retrait")
@open_to(ANIMATEURS)
def remove(collectif: str, section: str) -> Response | tuple[str, int]:
    sections, faults = _typed(leaving=section)
    kept = [one for one in sections if one.slug != section]
    if not kept:
        faults[f"titre-{section}"] = [ALONE]
    if faults:
        return _refused(sections, faults)
    if len(kept) < len(sections):
        change_canvas(db(), _seat().collectif_id, kept)
        flash("La section est retirée du canevas. Ce qui était écrit dessous reste dans ses récits.")
    return go("canvas.canvas", collectif=collectif)


@bp.get("/c/<slug:collectif>/canevas/retablissement")
@open_to(ANIMATEURS)
def before_reset(collectif: str) -> str:
    sections, _ = edition.current(db(), _seat().collectif_id)
    return render_template("journal/canvas_reset.html", leaving=edition.beyond_default(sections))


@bp.post("/c/<slug:collectif>/canevas/retablissement")
@open_to(ANIMATEURS)
def reset(collectif: str) -> Response:
    change_canvas(db(), _seat().collectif_id, [])
    flash("Le canevas proposé est revenu.")
    return go("canvas.canvas", collectif=collectif)


def _moved(collectif: str, slug: str, by: int) -> Response | tuple[str, int]:
    sections, faults = _typed()
    if faults:
        return _refused(sections, faults)
    change_canvas(db(), _seat().collectif_id, edition.moved(sections, slug, by))
    return go("canvas.canvas", collectif=collectif, _anchor=f"section-{slug}")


def _typed(leaving: str = "") -> tuple[list[CanvasView], Faults]:
    """The canvas as the form gives it; the section that leaves need not be right."""
    edition.lock(db(), _seat().collectif_id)
    known, _ = edition.current(db(), _seat().collectif_id)
    sections = edition.typed(request.form, known)
    return sections, edition.faults_of([one for one in sections if one.slug != leaving])


def _refused(sections: list[CanvasView], faults: Faults) -> tuple[str, int]:
    return _page(sections, True, faults, request.form), 422


def _page(
    sections: list[CanvasView], is_own: bool, faults: Faults | None = None, form: MultiDict[str, str] | None = None
) -> str:
    return render_template(
        "journal/canvas.html",
        sections=sections,
        is_own=is_own,
        faults=faults or {},
        new_heading=form.get("nouvelle-titre", "") if form else "",
        new_hint=form.get("nouvelle-aide", "") if form else "",
        new_is_open="nouvelle-ouverte" in form if form else False,
        limits=edition,
        page_errors=bool(faults),
    )


def _seat() -> MembershipView:
    seat = space()
    if seat is None:
        abort(404)
    return seat
