"""The members of a group: inviting, leaving, handing over, standing as responsable, asking somebody to leave."""

from flask import Response, abort, flash

from rex.collectifs.form_pages import form_page
from rex.collectifs.models import normal_address
from rex.peer_groups import people, queries
from rex.peer_groups.forms import PersonForm, WhyForm
from rex.peer_groups.invitations import propose_person
from rex.peer_groups.opening_queries import openings
from rex.peer_groups.places import is_last_responsable
from rex.peer_groups.queries import Member, RoomPage
from rex.peer_groups.room_views import bp, draw, enter, enter_as_responsable
from rex.peer_groups.settling import settle
from rex.peer_groups.vouching import vouch
from rex.web import MEMBERS, db, go, open_to, reader


def _page(group_id: str, *, responsable: bool = False) -> RoomPage:
    seat = enter_as_responsable(group_id) if responsable else enter(group_id)
    return queries.room_page(db(), reader(), seat)


def _other(page: RoomPage, member_id: str) -> Member:
    """A member of the group who is not the reader."""
    found = next((one for one in page.everybody if one.member_id == member_id and not one.is_me), None)
    return found or abort(404)


@bp.get("/groupes-de-pairs/<public_id:group_id>/membres")
@open_to(MEMBERS)
def members(group_id: str) -> str:
    page = _page(group_id)
    return draw("groups/members.html", page, openings=openings(db(), reader(), page.group.id))


@bp.get("/groupes-de-pairs/<public_id:group_id>/membres/<public_id:member_id>/reconnaitre")
@open_to(MEMBERS)
def before_vouching(group_id: str, member_id: str) -> str:
    page = _page(group_id)
    return draw("groups/vouch.html", page, other=_shut(page, member_id))


@bp.post("/groupes-de-pairs/<public_id:group_id>/membres/<public_id:member_id>/reconnaitre")
@open_to(MEMBERS)
def vouch_for(group_id: str, member_id: str) -> Response:
    """« C’est bien elle »: the room opens to them again."""
    page = _page(group_id)
    other = _shut(page, member_id)
    vouch(db(), reader(), page.group.id, other.member_id)
    flash("C’est noté. La personne lit de nouveau dans le groupe.")
    return go("groups.members", group_id=group_id)


def _shut(page: RoomPage, member_id: str) -> Member:
    other = _other(page, member_id)
    return other if other.is_shut else abort(404)


@bp.get("/groupes-de-pairs/<public_id:group_id>/inviter")
@open_to(MEMBERS)
def before_inviting(group_id: str) -> tuple[str, int]:
    page = _page(group_id, responsable=True)
    return form_page("groups/invite.html", PersonForm(formdata=None), page_of=page, audience=page.audience)


@bp.post("/groupes-de-pairs/<public_id:group_id>/inviter")
@open_to(MEMBERS)
def ask_about(group_id: str) -> Response | tuple[str, int]:
    page, form = _page(group_id, responsable=True), PersonForm()
    if form.validate():
        asked = propose_person(db(), reader(), page.group.id, form.name.data or "", normal_address(form.email.data or ""))
        if not isinstance(asked, str):
            settle(db(), asked)
            flash("Les membres sont consultés d’abord. Si ce compte existe, la personne est invitée quand tous ont dit oui.")
            return go("groups.decision", group_id=group_id, decision_id=asked.public_id)
        form.refuse("email", asked)
    return form_page("groups/invite.html", form, page_of=page, audience=page.audience)


@bp.get("/groupes-de-pairs/<public_id:group_id>/quitter")
@open_to(MEMBERS)
def before_leaving(group_id: str) -> str:
    page = _page(group_id)
    return draw("groups/leave.html", page, is_last=is_last_responsable(db(), page.group.id, reader().user_id))


@bp.post("/groupes-de-pairs/<public_id:group_id>/quitter")
@open_to(MEMBERS)
def leave(group_id: str) -> Response | tuple[str, int]:
    page = _page(group_id)
    if not people.leave(db(), reader(), page.group.id):
        return draw("groups/leave.html", page, is_last=True), 422
    flash("Vous avez quitté le groupe. Vous n’en lisez plus rien.")
    return go("groups.mine")


@bp.get("/groupes-de-pairs/<public_id:group_id>/responsable")
@open_to(MEMBERS)
def before_standing(group_id: str) -> str:
    page = _page(group_id)
    return draw("groups/stand.html", page)


@bp.post("/groupes-de-pairs/<public_id:group_id>/responsable")
@open_to(MEMBERS)
def stand(group_id: str) -> Response:
    asked = people.stand(db(), reader(), _page(group_id).group.id)
    if asked is None:
        flash("Cette question est déjà posée, ou vous êtes déjà responsable.")
        return go("groups.members", group_id=group_id)
    settle(db(), asked)
    flash("Les autres membres sont consultés.")
    return go("groups.decision", group_id=group_id, decision_id=asked.public_id)


@bp.get("/groupes-de-pairs/<public_id:group_id>/membres/<public_id:member_id>/suite")
@open_to(MEMBERS)
def before_handing_over(group_id: str, member_id: str) -> str:
    page = _page(group_id, responsable=True)
    return draw("groups/hand_over.html", page, other=_other(page, member_id))


@bp.post("/groupes-de-pairs/<public_id:group_id>/membres/<public_id:member_id>/suite")
@open_to(MEMBERS)
def hand_over(group_id: str, member_id: str) -> Response:
    page = _page(group_id, responsable=True)
    other = _other(page, member_id)
    asked = people.hand_over(db(), reader(), page.group.id, other.user_id)
    if asked is None:
        flash("Vous avez déjà demandé à quelqu’un : attendez sa réponse, ou reprenez la question.")
        return go("groups.members", group_id=group_id)
    flash("La question est posée. Vous restez responsable jusqu’à la réponse.")
    return go("groups.decision", group_id=group_id, decision_id=asked.public_id)


@bp.get("/groupes-de-pairs/<public_id:group_id>/membres/<public_id:member_id>/fin")
@open_to(MEMBERS)
def before_excluding(group_id: str, member_id: str) -> tuple[str, int]:
    return _excluding(_page(group_id), member_id, WhyForm(formdata=None))


@bp.post("/groupes-de-pairs/<public_id:group_id>/membres/<public_id:member_id>/fin")
@open_to(MEMBERS)
def exclude(group_id: str, member_id: str) -> Response | tuple[str, int]:
    page, form = _page(group_id), WhyForm()
    other = _other(page, member_id)
    if form.validate():
        asked = people.propose_exclusion(db(), reader(), page.group.id, other.user_id, (form.why.data or "").strip())
        if not isinstance(asked, str):
            settle(db(), asked)
            flash("La question est posée.")
            return go("groups.decision", group_id=group_id, decision_id=asked.public_id)
        form.refuse("why", asked)
    return _excluding(page, member_id, form)


def _excluding(page: RoomPage, member_id: str, form: WhyForm) -> tuple[str, int]:
    rule = queries.RULES[page.group.exclusion_rule]
    other = _other(page, member_id)
    return form_page("groups/exclude.html", form, page_of=page, audience=page.audience, other=other, rule=rule)
