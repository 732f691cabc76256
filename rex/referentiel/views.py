"""The balises that a collectif adds: everybody in it reads the list, its animateurs change it."""

from flask import Blueprint, Flask, abort, flash, render_template
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.french import typo
from rex.referentiel import own_balises
from rex.referentiel.models import OwnBalise
from rex.referentiel.own_balises import AlreadyUsed, OwnBaliseForm, TooMany
from rex.web import ANIMATEURS, MEMBERS, db, go, open_to, space

bp = Blueprint("referentiel", __name__)

USED = "Une balise porte déjà ce nom. Choisissez-en un autre."
FULL = f"Le collectif a déjà {own_balises.MOST_OPEN} balises ouvertes. Fermez-en une d’abord."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/balises")
@open_to(MEMBERS)
def balises(collectif: str) -> str:
    return _list(OwnBaliseForm(formdata=None))


@bp.post("/c/<slug:collectif>/balises")
@open_to(ANIMATEURS)
def add(collectif: str) -> Response | tuple[str, int]:
    form = OwnBaliseForm()
    if not form.validate():
        return _list(form), 422
    try:
        balise = own_balises.add(db(), _seat().collectif_id, form)
    except AlreadyUsed:
        return _list(_with_fault(form, USED)), 422
    except TooMany:
        return _list(_with_fault(form, FULL)), 422
    flash(typo(f"La balise « {balise.label} » est ajoutée. Elle est proposée à celles et ceux qui écrivent."))
    return go("referentiel.balises", collectif=collectif)


@bp.get("/c/<slug:collectif>/balises/<slug:balise>")
@open_to(ANIMATEURS)
def edit(collectif: str, balise: str) -> str:
    found = _find(balise)
    return _edition(found, OwnBaliseForm(formdata=None, obj=found))


@bp.post("/c/<slug:collectif>/balises/<slug:balise>")
@open_to(ANIMATEURS)
def save(collectif: str, balise: str) -> Response | tuple[str, int]:
    found, form = _find(balise), OwnBaliseForm()
    if not form.validate():
        return _edition(found, form), 422
    try:
        own_balises.change(db(), found, form)
    except AlreadyUsed:
        return _edition(found, _with_fault(form, USED)), 422
    flash("La balise est modifiée.")
    return go("boussole.own", collectif=collectif, balise=balise)


@bp.post("/c/<slug:collectif>/balises/<slug:balise>/fermeture")
@open_to(ANIMATEURS)
def close(collectif: str, balise: str) -> Response:
    found = _find(balise)
    own_balises.close(db(), found)
    flash(typo(f"La balise « {found.label} » n’est plus proposée. Les récits qui la portent la gardent."))
    return go("referentiel.balises", collectif=collectif)


@bp.post("/c/<slug:collectif>/balises/<slug:balise>/ouverture")
@open_to(ANIMATEURS)
def reopen(collectif: str, balise: str) -> Response:
    found = _find(balise)
    try:
        own_balises.reopen(db(), found)
        flash(typo(f"La balise « {found.label} » est de nouveau proposée."))
    except TooMany:
        flash(FULL)
    return go("referentiel.balises", collectif=collectif)


def _with_fault(form: OwnBaliseForm, sentence: str) -> OwnBaliseForm:
    form.label.errors = [sentence]  # ty: ignore[invalid-assignment]
    return form


def _list(form: OwnBaliseForm) -> str:
    rows = own_balises.balises_of(db(), _seat().collectif_id)
    return render_template(
        "boussole/own_list.html",
        opened=[row for row in rows if row.closed_at is None],
        closed=[row for row in rows if row.closed_at is not None],
        form=form,
        limits=own_balises,
        page_errors=bool(form.errors),
    )


def _edition(balise: OwnBalise, form: OwnBaliseForm) -> str:
    return render_template(
        "boussole/own_edit.html", balise=balise, form=form, limits=own_balises, page_errors=bool(form.errors)
    )


def _find(slug: str) -> OwnBalise:
    found = own_balises.find(db(), _seat().collectif_id, slug)
    if found is None:
        abort(404)
    return found


def _seat() -> MembershipView:
    seat = space()
    if seat is None:
        abort(404)
    return seat
