"""The groups of a person, a new group, the room itself."""

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template

from rex.access import MembershipView, everybody_in, may_decide_in_group, may_read_group, may_steer_group
from rex.collectifs.capabilities import full_url
from rex.collectifs.form_pages import form_page
from rex.french import count
from rex.peer_groups import own_queries, parts, queries
from rex.peer_groups.creating import create_group, propose_founders
from rex.peer_groups.forms import PROPOSED_PACTE, NewGroupForm
from rex.peer_groups.framing import accept_frame
from rex.peer_groups.invitations import ways_in
from rex.peer_groups.mails import post_told, root_of_page
from rex.peer_groups.opening import ways_to_read
from rex.peer_groups.own_queries import shut_groups
from rex.peer_groups.parts import RoomOnPage
from rex.peer_groups.queries import RoomPage
from rex.sealed_words import saying_what_is_lost
from rex.text import to_html
from rex.web import MEMBERS, SAFE_METHODS, db, enter_space, go, open_to, reader, request

bp = Blueprint("groups", __name__)


@bp.after_request
def _write_mails(response: Response) -> Response:
    """In the transaction of the act, before it is committed."""
    if request.method not in SAFE_METHODS and response.status_code < 400:
        post_told(db(), root_of_page(full_url("groups.mine")))
    return response


def enter(group_id: str) -> MembershipView:
    """The reader's seat in the group of this address; for whoever has none, the page of what does not exist."""
    seat = next((one for one in reader().groups if one.collectif_public_id == group_id), None)
    if seat is None or not may_decide_in_group(reader(), seat.collectif_id):
        abort(404)
    enter_space(seat)
    return seat


def enter_to_read(group_id: str) -> MembershipView:
    """The same, or the reader's visit to a group that is open for them to read."""
    seat = reader().in_group(group_id) or reader().visit(group_id)
    if seat is None or not may_read_group(reader(), seat.collectif_id):
        abort(404)
    enter_space(seat)
    return seat


def enter_as_responsable(group_id: str) -> MembershipView:
    """The same, for what the responsables do."""
    seat = enter(group_id)
    return seat if may_steer_group(reader(), seat.collectif_id) else abort(403)


def on_page(seat: MembershipView, page: RoomPage) -> RoomOnPage:
    """What the parts of the rooms below are told."""
    return RoomOnPage(
        id=seat.collectif_id,
        public_id=seat.collectif_public_id,
        key_name=seat.key_name,
        timezone=seat.timezone,
        is_responsable=seat.is_animateur,
        versement_days=page.group.versement_days,
        audience=page.audience,
    )


def draw(template: str, page: RoomPage, **context: Any) -> str:
    """A page of a group, in its frame."""
    return render_template(template, page_of=page, audience=page.audience, **context)


@bp.get("/groupes-de-pairs")
@open_to(MEMBERS)
@saying_what_is_lost()
def mine() -> Response | str:
    """The one group of a reader for whom nothing else waits here; else all of them."""
    who = reader()
    if len(who.groups) == 1 and not who.visits and not _waits_elsewhere(who.user_id):
        return make_response(redirect(who.groups[0].url))
    return every_group()


def _waits_elsewhere(user_id: int) -> bool:
    """Whether a person is awaited in another group than theirs, or kept out of one for now."""
    to_read = any(not way.is_accepted for way in ways_to_read(db(), user_id).values())
    return to_read or bool(ways_in(db(), user_id)) or bool(shut_groups(db(), reader()).waiting)


@bp.get("/groupes-de-pairs/tous")
@open_to(MEMBERS)
@saying_what_is_lost()
def every_group() -> str:
    """The groups of the reader, by name, for the reader alone; where they are awaited, without a word of it."""
    opened = ways_to_read(db(), reader().user_id)
    return render_template(
        "groups/mine.html",
        groups=own_queries.own_groups(db(), reader()),
        visited=own_queries.visited_groups(db(), reader()),
        shut=shut_groups(db(), reader()),
        awaited=ways_in(db(), reader().user_id),
        opened={public_id: way for public_id, way in opened.items() if not way.is_accepted},
    )


@bp.get("/groupes-de-pairs/nouveau")
@open_to(MEMBERS)
def new_group() -> tuple[str, int]:
    return form_page("groups/new.html", NewGroupForm(formdata=None, pacte=PROPOSED_PACTE))


@bp.post("/groupes-de-pairs/nouveau")
@open_to(MEMBERS)
def open_group() -> Response | tuple[str, int]:
    form = NewGroupForm()
    if not form.validate():
        return form_page("groups/new.html", form)
    group = create_group(db(), reader(), form.charter)
    asked = propose_founders(db(), reader(), group, form.addresses)
    people = count(len(form.addresses), "adresse", "adresses")
    flash(
        f"Le groupe est ouvert. {people} : si ces comptes existent, ces personnes ont quatorze jours pour répondre."
        if asked
        else "Le groupe est ouvert. Vous y êtes pour l’instant la seule personne."
    )
    return go("groups.room", group_id=group.public_id)


@bp.get("/groupes-de-pairs/<public_id:group_id>")
@open_to(MEMBERS)
def room(group_id: str) -> str:
    seat = enter_to_read(group_id)
    if seat.is_visit:
        return _visited(seat)
    page = queries.room_page(db(), reader(), seat)
    here = on_page(seat, page)
    main, aside = parts.parts_of(here, parts.MAIN), parts.parts_of(here, parts.ASIDE)
    return draw("groups/page.html", page, room=here, main_parts=main, aside_parts=aside)


def _visited(seat: MembershipView) -> str:
    """The room for somebody to whom it is open: what is told there, and until when; nothing of what its members decide."""
    group = queries.group_of(db(), seat)
    way = ways_to_read(db(), reader().user_id, seat.collectif_public_id).get(seat.collectif_public_id) or abort(404)
    here = RoomOnPage(
        id=seat.collectif_id,
        public_id=seat.collectif_public_id,
        key_name=seat.key_name,
        timezone=seat.timezone,
        is_responsable=False,
        versement_days=group.versement_days,
        audience=everybody_in(db(), seat.collectif_id),
    )
    shown = parts.parts_to_read(here)
    members = queries.members(db(), reader(), seat.collectif_id)
    return render_template(
        "groups/visited.html",
        group=group,
        pacte_html=to_html(group.pacte, heading_base=3),
        room=here,
        audience=here.audience,
        way=way,
        shown_parts=shown,
        members=members,
    )


@bp.get("/groupes-de-pairs/<public_id:group_id>/pacte")
@open_to(MEMBERS)
def pacte(group_id: str) -> str:
    return draw("groups/pacte.html", queries.room_page(db(), reader(), enter(group_id)))


@bp.post("/groupes-de-pairs/<public_id:group_id>/pacte")
@open_to(MEMBERS)
def accept_pacte(group_id: str) -> Response:
    """A member who was away accepts what the others agreed on meanwhile."""
    page = queries.room_page(db(), reader(), enter(group_id))
    if request.form.get("version") == str(page.group.pacte_version):
        accept_frame(db(), page.group, [reader().user_id])
        flash("Vous avez accepté le pacte.")
    return go("groups.room", group_id=group_id)
