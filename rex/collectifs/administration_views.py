"""Running the installation: accounts and collectifs. Nothing here opens a text, nor sets somebody's address or password."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from sqlalchemy import Row, func, or_, select

from rex.access import is_current
from rex.collectifs import actions
from rex.collectifs.entrance_views import send_password_link
from rex.collectifs.form_pages import form_page
from rex.collectifs.forms import CollectifForm, FirstStepsForm, InvitationForm
from rex.collectifs.inviting_views import offered, send_invitation
from rex.collectifs.models import Collectif, College, Credential, Membership, Role, User
from rex.french import of_name, typo
from rex.web import ADMINS, db, open_to, reader

bp = Blueprint("administration", __name__)

PAGE = 50


@bp.get("/administration")
@open_to(ADMINS)
def home() -> str:
    people = db().scalar(select(func.count(User.id)).where(User.closed_at.is_(None)))
    return render_template("administration/home.html", people=people, collectifs=_collectifs())


@bp.get("/premiers-pas")
@open_to(ADMINS)
def first_steps():
    """The first collectif of an installation; once there is one, the administration."""
    if db().scalar(select(Collectif.id).limit(1)) is not None:
        return redirect(url_for("administration.home"), 303)
    return form_page("administration/first_steps.html", FirstStepsForm(formdata=None))


@bp.post("/premiers-pas")
@open_to(ADMINS)
def first_steps_now():
    """Open the first collectif, with the person who opens it as its first animateur."""
    if db().scalar(select(Collectif.id).limit(1)) is not None:
        return redirect(url_for("administration.home"), 303)
    form = FirstStepsForm()
    if not form.validate():
        return form_page("administration/first_steps.html", form)
    place, college = actions.create_collectif(db(), form.name.data or ""), College(form.college.data)
    service_id = None
    if form.service.data:
        service_id = actions.service_named(db(), place.id, form.service.data, actions.kind_for(college)).id
    seat = actions.Seat(college, service_id, form.title.data or "", Role.ANIMATEUR)
    actions.add_member(db(), place.id, reader().user_id, seat)
    flash("Votre journal est ouvert. Invitez les personnes qui agissent avec vous.")
    return redirect(url_for("collectifs.invitations", collectif=place.slug), 303)


# --- accounts -----------------------------------------------------------------------------------------------------------


@bp.get("/administration/comptes")
@open_to(ADMINS)
def accounts() -> str:
    """Accounts, the latest first; searched by name or address."""
    words, after = request.args.get("q", "").strip()[:120], request.args.get("apres", "")
    query = select(User, Credential.address).outerjoin(Credential, Credential.user_id == User.id)
    if words:
        low = words.lower()
        found = func.lower(User.name).contains(low, autoescape=True), Credential.address.contains(low, autoescape=True)
        query = query.where(or_(User.name.contains(words, autoescape=True), *found))
    if after:
        last = db().scalar(select(User.id).where(User.public_id == after))
        query = query.where(User.id < (last or 0))
    rows = db().execute(query.order_by(User.id.desc()).limit(PAGE + 1)).all()
    older = rows[PAGE - 1][0].public_id if len(rows) > PAGE else None
    return render_template("administration/accounts.html", rows=rows[:PAGE], words=words, older=older)


@bp.post("/administration/comptes/<public_id:user_id>/fermeture")
@open_to(ADMINS)
def close_account(user_id: str):
    user = account_of(user_id)
    if user.id == reader().user_id:
        flash("Votre propre compte ne se ferme pas ici : une autre personne de l’administration peut le faire.")
    else:
        actions.close_account(db(), user)
        flash(typo(f"Le compte {of_name(user.name)} est fermé."))
    return redirect(url_for("administration.accounts"), 303)


@bp.post("/administration/comptes/<public_id:user_id>/reouverture")
@open_to(ADMINS)
def reopen_account(user_id: str):
    user = account_of(user_id)
    if db().scalar(select(Credential.user_id).where(Credential.user_id == user.id)) is None:
        abort(404)  # it stands for a name, in what came from an archive: opened, it would count among readers
    user.closed_at = None
    flash(typo(f"Le compte {of_name(user.name)} est ouvert."))
    return redirect(url_for("administration.accounts"), 303)


@bp.post("/administration/comptes/<public_id:user_id>/lien")
@open_to(ADMINS)
def send_link(user_id: str):
    """Mail the person an address to choose a password; who administers never sees it."""
    user = account_of(user_id)
    address = db().scalar(select(Credential.address).where(Credential.user_id == user.id))
    if address is None or user.closed_at:
        abort(404)
    send_password_link(user.id, address)
    flash(typo(f"Un message part vers l’adresse {of_name(user.name)}."))
    return redirect(url_for("administration.accounts"), 303)


# --- collectifs ---------------------------------------------------------------------------------------------------------


@bp.get("/administration/collectifs")
@open_to(ADMINS)
def collectifs():
    return form_page("administration/collectifs.html", CollectifForm(formdata=None), collectifs=_collectifs())


@bp.post("/administration/collectifs")
@open_to(ADMINS)
def create_collectif():
    form = CollectifForm()
    if not form.validate():
        return form_page("administration/collectifs.html", form, collectifs=_collectifs())
    place = actions.create_collectif(db(), form.name.data or "")
    flash("Le collectif est ouvert. Invitez la personne qui l’animera.")
    return redirect(url_for("administration.collectif", collectif_id=place.public_id), 303)


@bp.get("/administration/collectifs/<public_id:collectif_id>")
@open_to(ADMINS)
def collectif(collectif_id: str):
    place, form = _collectif(collectif_id), InvitationForm(formdata=None, role=Role.ANIMATEUR.value)
    offered(form, place)
    link = session.pop("invitation_link", None)
    return form_page("administration/collectif.html", form, collectif=place, link=link)


@bp.post("/administration/collectifs/<public_id:collectif_id>")
@open_to(ADMINS)
def invite_into(collectif_id: str):
    """Invite somebody into a collectif: its first animateur, who invites the others."""
    place, form = _collectif(collectif_id), InvitationForm()
    services = offered(form, place)
    link = send_invitation(form, place, services) if form.validate() else None
    if form.errors:
        return form_page("administration/collectif.html", form, collectif=place, link=None)
    if link:
        session["invitation_link"] = link
    return redirect(url_for("administration.collectif", collectif_id=collectif_id), 303)


def _collectifs() -> Sequence[Row[Collectif, int]]:
    """Every collectif with the number of people who are in it now."""
    seats = select(Membership.collectif_id, func.count(Membership.id).label("people"))
    counts = seats.join(User, User.id == Membership.user_id).where(is_current()).group_by(Membership.collectif_id).subquery()
    query = select(Collectif, func.coalesce(counts.c.people, 0)).outerjoin(counts, counts.c.collectif_id == Collectif.id)
    return db().execute(query.order_by(Collectif.name, Collectif.id)).all()


def _collectif(public_id: str) -> Collectif:
    return db().scalars(select(Collectif).where(Collectif.public_id == public_id)).first() or abort(404)


def account_of(public_id: str) -> User:
    """The account of an address of the administration."""
    return db().scalars(select(User).where(User.public_id == public_id)).first() or abort(404)
