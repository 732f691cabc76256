"""The doorstep: what an invited person reads of a group, and their answer."""

from flask import Response, abort, flash, render_template, request

from rex.peer_groups.invitations import Doorstep, doorstep, forget_request, join, ways_in
from rex.peer_groups.queries import RULES
from rex.peer_groups.room_views import bp
from rex.peer_groups.settling import answer
from rex.text import to_html
from rex.web import MEMBERS, db, go, open_to, reader


@bp.get("/groupes-de-pairs/<public_id:group_id>/invitation")
@open_to(MEMBERS)
def invitation(group_id: str) -> str:
    return _drawn(_doorstep(group_id))


@bp.post("/groupes-de-pairs/<public_id:group_id>/invitation")
@open_to(MEMBERS)
def answer_invitation(group_id: str) -> Response | tuple[str, int]:
    """« oui »: they accept the pacte that they read, and arrive now. « non »: nobody is told."""
    step, said = _doorstep(group_id), request.form.get("reponse", "")
    way = ways_in(db(), reader().user_id, group_id)[group_id]
    if said == "non":
        if way.founding_id is not None:
            answer(db(), reader(), way.founding_id, is_yes=False)
        forget_request(db(), way)
        flash("C’est noté. Le groupe n’en est pas averti.")
        return go("groups.mine")
    if said != "oui" or request.form.get("version") != str(step.group.pacte_version):
        return _drawn(step, "Le pacte a changé : relisez-le avant de répondre."), 422
    if not join(db(), reader(), way, group_id, version=step.group.pacte_version):
        return _drawn(step, "Le groupe compte déjà quinze personnes."), 422
    if way.founding_id is not None:
        answer(db(), reader(), way.founding_id, is_yes=True)
    flash("Vous êtes dans le groupe.")
    return go("groups.room", group_id=group_id)


def _doorstep(group_id: str) -> Doorstep:
    return doorstep(db(), reader().user_id, group_id) or abort(404)


def _drawn(step: Doorstep, fault: str = "") -> str:
    html = to_html(step.group.pacte, heading_base=3)
    return render_template(
        "groups/invitation.html", step=step, pacte_html=html, rules=RULES, fault=fault, page_errors=bool(fault)
    )
