"""Inviting people into a collectif: by mail, or with a link to hand over."""

from dataclasses import dataclass, field
from datetime import datetime

from flask import abort, flash, redirect, session, url_for
from sqlalchemy import select

from rex import clock, mail
from rex.collectifs import actions, mails, queries
from rex.collectifs.capabilities import full_url
from rex.collectifs.form_pages import form_page
from rex.collectifs.forms import InvitationForm, colleges_of
from rex.collectifs.models import Collectif, College, Invitation, Role, Service, User, normal_address
from rex.collectifs.people_views import bp, chosen_service, here
from rex.web import ANIMATEURS, db, installation, open_to, reader

LISTED = 200
ALREADY = "Cette personne est déjà membre du journal."


@dataclass
class Invitations:
    """The latest invitations of a collectif, by what became of them."""

    open: list[Invitation] = field(default_factory=list)
    used: list[Invitation] = field(default_factory=list)
    over: list[Invitation] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)


def invitations_of(collectif_id: int, now: datetime) -> Invitations:
    """The latest ones, and the names of the people on both ends, in two statements."""
    query = select(Invitation).where(Invitation.collectif_id == collectif_id)
    found = Invitations()
    for one in db().scalars(query.order_by(Invitation.id.desc()).limit(LISTED)):
        (found.open if one.is_open(now) else found.used if one.used_at else found.over).append(one)
    people = {i for one in found.open + found.used + found.over for i in (one.invited_by_id, one.used_by_id) if i}
    found.names = {row.id: row.name for row in db().execute(select(User.id, User.name).where(User.id.in_(people)))}
    return found


def offered(form: InvitationForm, collectif: Collectif) -> list[Service]:
    """Fill the lists of the form in; returns the services that it offers."""
    services = queries.services(db(), collectif.id)
    form.offer(colleges_of(collectif), services)
    return services


def send_invitation(form: InvitationForm, collectif: Collectif, services: list[Service]) -> str | None:
    """Invite as the form says; mail it, or return the link to hand over. A member's address is the form's error."""
    address = normal_address(form.email.data or "")
    if address and address in queries.member_addresses(db(), collectif.id):
        form.refuse("email", ALREADY)
        return None
    seat = actions.Seat(
        College(form.college.data),
        chosen_service(services, form.service.data),
        form.title.data or "",
        Role(form.role.data),
    )
    guest = actions.Guest(seat, form.name.data or "", address)
    [(invitation, token)] = actions.invite(db(), collectif.id, reader().user_id, [guest])
    link = full_url("capabilities.invitation", token=token)
    if not address:
        return link
    mail.post(db(), mails.invitation_letter(invitation, token, queries.welcome(db(), invitation), collectif.timezone))
    if installation().config.smtp_url is None:
        flash("Aucun serveur de courriel n’est réglé : transmettez ce lien vous-même.")
        return link
    flash(f"L’invitation part à {address}.")
    return None


@bp.get("/c/<slug:collectif>/invitations")
@open_to(ANIMATEURS)
def invitations(collectif: str):
    """What is open, used, over; a link that was just made is shown this once."""
    form = InvitationForm(formdata=None)
    place = queries.collectif_by_id(db(), here())
    offered(form, place)
    return _page(form, place, session.pop("invitation_link", None))


@bp.post("/c/<slug:collectif>/invitations")
@open_to(ANIMATEURS)
def invite(collectif: str):
    form = InvitationForm()
    place = queries.collectif_by_id(db(), here())
    services = offered(form, place)
    link = send_invitation(form, place, services) if form.validate() else None
    if form.errors:
        return _page(form, place, None)
    if link:
        session["invitation_link"] = link
    return redirect(url_for("collectifs.invitations", collectif=collectif), 303)


@bp.post("/c/<slug:collectif>/invitations/<public_id:invitation_id>/annulation")
@open_to(ANIMATEURS)
def revoke(collectif: str, invitation_id: str):
    mine = Invitation.collectif_id == here(), Invitation.public_id == invitation_id
    found = db().scalars(select(Invitation).where(*mine).with_for_update()).first() or abort(404)
    if found.is_open(clock.now()):
        found.revoked_at = clock.now()
        flash("L’invitation est annulée : son adresse ne mène plus nulle part.")
    return redirect(url_for("collectifs.invitations", collectif=collectif), 303)


def _page(form: InvitationForm, place: Collectif, link: str | None) -> tuple[str, int]:
    listed = invitations_of(place.id, clock.now())
    return form_page("collectifs/invitations.html", form, listed=listed, link=link, most=LISTED)
