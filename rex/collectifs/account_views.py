"""One's own account: name, appearance, password, address, devices, collectifs."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy import delete, select

from rex.access import Reader
from rex.collectifs import actions, entrance, links, mails, passwords
from rex.collectifs.account_forms import ChangeAddressForm, ChangePasswordForm
from rex.collectifs.entrance_models import Device, Purpose
from rex.collectifs.entrance_views import count_try
from rex.collectifs.form_pages import form_page
from rex.collectifs.forms import MeForm
from rex.collectifs.link_views import new_hash
from rex.collectifs.models import Credential, Theme, User, normal_address
from rex.collectifs.tokens import new_token
from rex.db import RexSession
from rex.web import SIGNED_IN, db, installation, open_to, reader

bp = Blueprint("account", __name__)

WRONG = "Ce n’est pas votre mot de passe actuel."
# What rooms further down know of the end of an account: by the name of the room.
_endings: dict[str, Callable[[RexSession, Reader], datetime | None]] = {}


def on_account_page(room: str, ends_on: Callable[[RexSession, Reader], datetime | None]) -> None:
    """Say on the page of an account when it will be deleted."""
    _endings[room] = ends_on


# What rooms further down wrote with a name that changes: by the name of the room; takes the id, the name before, the name after.
_naming: dict[str, Callable[[RexSession, int, str, str], None]] = {}


def on_change_of_name(room: str, follow: Callable[[RexSession, int, str, str], None]) -> None:
    """Follow somebody who bears another name."""
    _naming[room] = follow


@bp.get("/compte")
@open_to(SIGNED_IN)
def account():
    return _page(MeForm(formdata=None, name=reader().name, theme=reader().theme.value))


@bp.post("/compte")
@open_to(SIGNED_IN)
def change_account():
    form = MeForm()
    if not form.validate():
        return _page(form)
    me = _me()
    before = me.name
    me.name, me.theme = form.name.data or "", Theme(form.theme.data)
    if me.name != before:
        for follow in _naming.values():
            follow(db(), me.id, before, me.name)
    flash("Votre compte est à jour.")
    return redirect(url_for("account.account"), 303)


@bp.get("/compte/mot-de-passe")
@open_to(SIGNED_IN)
def password():
    return form_page("account/password.html", ChangePasswordForm(formdata=None), rule=passwords.RULE)


@bp.post("/compte/mot-de-passe")
@open_to(SIGNED_IN)
def change_password():
    """A new password, for whoever knows the current one; the other devices are signed out."""
    form, credential = ChangePasswordForm(), _credential()
    if form.validate():
        _check_current(form, credential)
        fault = passwords.fault_of(form.password.data or "", credential.address)
        if fault:
            form.refuse("password", fault)
    if form.errors:
        return form_page("account/password.html", form, rule=passwords.RULE)
    actions.set_password(db(), reader().user_id, new_hash(form.password.data), keep_device=reader().device_id)
    mails.post_password_changed(db(), new_token(), reader().name, credential.address)
    flash("Votre mot de passe est changé. Vos autres appareils sont déconnectés.")
    return redirect(url_for("account.account"), 303)


@bp.get("/compte/adresse")
@open_to(SIGNED_IN)
def address():
    return form_page("account/address.html", ChangeAddressForm(formdata=None), current=_credential().address)


@bp.post("/compte/adresse")
@open_to(SIGNED_IN)
def change_address():
    """Two links leave, one to each end; whether the new address is free is told only when both were used."""
    form, credential = ChangeAddressForm(), _credential()
    if form.validate():
        _check_current(form, credential)
        if normal_address(form.email.data or "") == credential.address:
            form.refuse("email", "C’est déjà votre adresse.")
    if form.errors:
        return form_page("account/address.html", form, current=credential.address)
    new = normal_address(form.email.data or "")
    ends = (Purpose.ADDRESS_OLD, Purpose.ADDRESS_NEW)
    old_token, new_token = (links.make_link(db(), end, reader().user_id, new) for end in ends)
    mails.post_new_address(db(), (old_token, new_token), reader().name, credential.address, new)
    flash(f"Deux messages partent, à {credential.address} et à {new}. Ouvrez les deux pour finir.")
    return redirect(url_for("account.account"), 303)


@bp.get("/compte/appareils")
@open_to(SIGNED_IN)
def devices() -> str:
    mine = db().scalars(select(Device).where(Device.user_id == reader().user_id).order_by(Device.seen_at.desc())).all()
    return render_template("account/devices.html", devices=mine, current_id=reader().device_id)


@bp.post("/compte/appareils/<public_id:device_id>/fin")
@open_to(SIGNED_IN)
def sign_out_device(device_id: str):
    mine = Device.user_id == reader().user_id, Device.public_id == device_id
    found = db().scalars(select(Device).where(*mine)).first() or abort(404)
    db().execute(delete(Device).where(Device.id == found.id))
    flash("Cet appareil est déconnecté.")
    return redirect(url_for("account.devices"), 303)


@bp.post("/compte/appareils/fin")
@open_to(SIGNED_IN)
def sign_out_others():
    entrance.close_devices_of(db(), reader().user_id, but=reader().device_id)
    flash("Vos autres appareils sont déconnectés.")
    return redirect(url_for("account.devices"), 303)


def _me() -> User:
    return db().scalars(select(User).where(User.id == reader().user_id)).one()


def _credential() -> Credential:
    return db().scalars(select(Credential).where(Credential.user_id == reader().user_id)).one()


def _check_current(form: ChangePasswordForm | ChangeAddressForm, credential: Credential) -> None:
    """Ask for the current password, under the brake: a screen left open does not give the account away."""
    count_try("mot de passe actuel", credential.address)
    quick = installation().config.quick_hashes
    if not passwords.password_fits(form.current_password.data or "", credential.password_hash, quick=quick):
        form.refuse("current_password", WRONG)


def _page(form: MeForm) -> tuple[str, int]:
    ends_on = next((day for ask in _endings.values() if (day := ask(db(), reader()))), None)
    return form_page("account/account.html", form, address=_credential().address, ends_on=ends_on)
