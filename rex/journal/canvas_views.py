"""The canvas of a collectif, changed by its animateurs.

The whole canvas is one form: each button saves all that was typed, then does what it says. A section goes only through its own
« Retirer »: a colleague's newer section, absent from an older page, is kept."""

from dataclasses import dataclass

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
    typed = _typed()
    if typed.faults:
        return _refused(typed)
    _keep(typed.sections, typed.fresh)
    flash("Le canevas est enregistré.")
    return go("canvas.canvas", collectif=collectif)


@bp.post("/c/<slug:collectif>/canevas/sections")
@open_to(ANIMATEURS)
def add(collectif: str) -> Response | tuple[str, int]:
    typed = _typed()
    if typed.fresh is None and not typed.faults:
        typed.faults["nouvelle-titre"] = [edition.UNNAMED]
    if typed.fresh is None or typed.faults:
        return _refused(typed)
    _keep(typed.sections, typed.fresh)
    flash(typo(f"La section « {typed.fresh.heading} » est ajoutée, à la fin."))
    return go("canvas.canvas", collectif=collectif, _anchor=f"section-{typed.fresh.slug}")


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
    typed = _typed(leaving=section)
    kept = [one for one in typed.sections if one.slug != section]
    if not kept:
        typed.faults[f"titre-{section}"] = [ALONE]
    if typed.faults:
        return _refused(typed)
    _keep(kept, typed.fresh)
    if len(kept) < len(typed.sections):
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
    typed = _typed()
    if typed.faults:
        return _refused(typed)
    _keep(edition.moved(typed.sections, slug, by), typed.fresh)
    return go("canvas.canvas", collectif=collectif, _anchor=f"section-{slug}")


@dataclass(frozen=True)
class Typed:
    """The canvas as the form gives it; `fresh` is the section that it adds, whichever button was used."""

    sections: list[CanvasView]
    fresh: CanvasView | None
    faults: Faults


def _typed(leaving: str = "") -> Typed:
    """What was typed; the section that leaves need not be right."""
    edition.lock(db(), _seat().collectif_id)
    known, _ = edition.current(db(), _seat().collectif_id)
    sections = edition.typed(request.form, known)
    staying = [one for one in sections if one.slug != leaving]
    faults = edition.faults_of(staying)
    if not request.form.get("nouvelle-titre", "").strip():
        return Typed(sections, None, faults)
    fresh, fault = edition.new_section(staying, request.form)
    fault = fault or (FULL if len(staying) >= edition.MOST else None)
    if fault:
        faults["nouvelle-titre"] = [fault]
    return Typed(sections, fresh, faults)


def _keep(sections: list[CanvasView], fresh: CanvasView | None) -> None:
    change_canvas(db(), _seat().collectif_id, [*sections, *([fresh] if fresh else [])])


def _refused(typed: Typed) -> tuple[str, int]:
    return _page(typed.sections, True, typed.faults, request.form), 422


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
