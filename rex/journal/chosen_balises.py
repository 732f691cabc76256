"""The balises that a form without script chose: added, taken off, looked for by name."""

from collections.abc import Sequence

from flask import flash
from werkzeug.datastructures import MultiDict

from rex import french
from rex.journal.drafts import Tags
from rex.journal.models import Stance
from rex.referentiel.markers import Marker

MOST_TAGS = 8


def tags_after(tags: Tags, form: MultiDict, markers: Sequence[Marker]) -> Tags:
    """The balises after this form: what it added and took off since it was drawn, on top of what is kept now."""
    known = {marker.code for marker in markers}
    drawn = dict(pair.partition("=")[::2] for pair in form.get("base-balises", "").split())  # code → its stance then
    ticked = list(form.getlist("balises"))
    asked = form.get("chercher", "").strip()
    found = _looked_for(asked, markers)
    added = [code for code in [*ticked, form.get("ajouter", ""), *found] if code in known and code not in drawn]
    gone = {code for code in drawn.keys() & known if code not in ticked} | {form.get("retirer", "")}
    codes = list(dict.fromkeys([*(code for code in tags if code not in gone), *added]))
    if len(codes) > MOST_TAGS:
        flash("Huit balises au plus. Les dernières ne sont pas gardées.")
    changed = {code: given for code in codes if (given := form.get(f"posture-{code}")) != drawn.get(code)}
    return {code: stance_of(changed.get(code), tags.get(code, Stance.ILLUSTRE)) for code in codes[:MOST_TAGS]}


def _looked_for(asked: str, markers: Sequence[Marker]) -> list[str]:
    """The balise that a search without script names: by its whole name, or by a part that only one has."""
    if not asked:
        return []
    names = {m.code: (french.fold(m.label), french.fold(m.title)) for m in markers}
    whole = [code for code, both in names.items() if french.fold(asked) in both]
    part = whole or [code for code, both in names.items() if any(french.fold(asked) in name for name in both)]
    if len(part) == 1:
        return part
    labels = [m.label for m in markers if m.code in part]
    if labels:
        flash(f"Plusieurs balises ont ces mots : {french.joined(labels[:6])}. Écrivez le nom entier.")
    else:
        flash("Aucune balise ne porte ce nom. Ouvrez un enjeu pour les voir toutes.")
    return []


def stance_of(given: str | None, kept: Stance) -> Stance:
    return Stance(given) if given in set(Stance) else kept
