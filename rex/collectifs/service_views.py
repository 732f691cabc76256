"""The services and structures of a collectif."""

from flask import abort, flash, redirect, url_for
from sqlalchemy import select

from rex import clock
from rex.collectifs import queries
from rex.collectifs.form_pages import form_page
from rex.collectifs.forms import ServiceForm
from rex.collectifs.models import NAME_LENGTH, Service, ServiceKind
from rex.collectifs.people_views import bp, here
from rex.french import fold
from rex.web import ANIMATEURS, MEMBERS, db, open_to, reader

SAME = "Un service porte déjà ce nom."


@bp.get("/c/<slug:collectif>/services")
@open_to(MEMBERS)
def services(collectif: str):
    return _page(ServiceForm(formdata=None))


@bp.post("/c/<slug:collectif>/services")
@open_to(ANIMATEURS)
def add_service(collectif: str):
    form = ServiceForm()
    if form.validate() and _named(form.name.data or "", None):
        form.refuse("name", SAME)
    if form.errors:
        return _page(form)
    service = Service(collectif_id=here(), kind=ServiceKind(form.kind.data))
    service.rename(form.name.data or "")
    db().add(service)
    flash("Le service est ajouté.")
    return redirect(url_for("collectifs.services", collectif=collectif), 303)


@bp.get("/c/<slug:collectif>/services/<public_id:service_id>")
@open_to(ANIMATEURS)
def service(collectif: str, service_id: str):
    found = _service(service_id)
    form = ServiceForm(formdata=None, name=found.name, kind=found.kind.value)
    return form_page("collectifs/service.html", form, service=found)


@bp.post("/c/<slug:collectif>/services/<public_id:service_id>")
@open_to(ANIMATEURS)
def change_service(collectif: str, service_id: str):
    found, form = _service(service_id), ServiceForm()
    if form.validate() and _named(form.name.data or "", found):
        form.refuse("name", SAME)
    if form.errors:
        return form_page("collectifs/service.html", form, service=found)
    found.rename(form.name.data or "")
    found.kind = ServiceKind(form.kind.data)
    flash("Le service est à jour.")
    return redirect(url_for("collectifs.services", collectif=collectif), 303)


@bp.post("/c/<slug:collectif>/services/<public_id:service_id>/fermeture")
@open_to(ANIMATEURS)
def close_service(collectif: str, service_id: str):
    """A closed service is no longer proposed; its people and what they wrote keep its name. Sent again, it opens."""
    found = _service(service_id)
    found.closed_at = None if found.closed_at else clock.now()
    flash("Le service n’est plus proposé." if found.closed_at else "Le service est de nouveau proposé.")
    return redirect(url_for("collectifs.services", collectif=collectif), 303)


def _page(form: ServiceForm) -> tuple[str, int]:
    counts: dict[str, int] = {}
    for member in queries.members(db(), reader(), here()):
        counts[member.service] = counts.get(member.service, 0) + 1
    found = queries.services(db(), here(), closed_too=True)
    return form_page("collectifs/services.html", form, services=found, counts=counts)


def _service(public_id: str) -> Service:
    query = select(Service).where(Service.collectif_id == here(), Service.public_id == public_id)
    return db().scalars(query).first() or abort(404)


def _named(name: str, but: Service | None) -> bool:
    folded = fold(name)[:NAME_LENGTH]
    found = db().scalar(select(Service.id).where(Service.collectif_id == here(), Service.folded_name == folded))
    return found is not None and (but is None or found != but.id)
