"""The settings of a collectif."""

from zoneinfo import available_timezones

from flask import flash, redirect, url_for

from rex.collectifs import queries
from rex.collectifs.form_pages import form_page
from rex.collectifs.forms import SettingsForm
from rex.collectifs.people_views import bp, here
from rex.web import ANIMATEURS, db, open_to

NEAR_FIRST = ("Europe/Paris", "America/Guadeloupe", "America/Martinique", "America/Cayenne", "Indian/Reunion",
              "Indian/Mayotte", "America/Miquelon", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Wallis")


@bp.get("/c/<slug:collectif>/reglages")
@open_to(ANIMATEURS)
def settings(collectif: str):
    form = SettingsForm(formdata=None, obj=queries.collectif_by_id(db(), here()))
    return form_page("collectifs/settings.html", form, zones=zones())


@bp.post("/c/<slug:collectif>/reglages")
@open_to(ANIMATEURS)
def change_settings(collectif: str):
    form, place = SettingsForm(), queries.collectif_by_id(db(), here())
    if not form.validate():
        return form_page("collectifs/settings.html", form, zones=zones())
    place.name, place.about = form.name.data or "", (form.about.data or "").strip()
    place.timezone, place.is_open_to_partners = form.timezone.data or "", bool(form.is_open_to_partners.data)
    flash("Les réglages sont enregistrés.")
    return redirect(url_for("collectifs.settings", collectif=collectif), 303)


def zones() -> list[str]:
    """Every IANA name that has a place in it, those of French territories first."""
    others = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [*NEAR_FIRST, *(zone for zone in others if zone not in NEAR_FIRST)]
