"""Recovering an account whose mailbox is lost: asked by who administers, stopped by the former address, confirmed by the new."""

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import EmailField

from rex.collectifs import administration_views, links, mails
from rex.collectifs.administration_views import account_of
from rex.collectifs.capabilities import bp, gone
from rex.collectifs.entrance_forms import Form, is_address, stripped
from rex.collectifs.entrance_models import Purpose
from rex.collectifs.entrance_views import send_password_link
from rex.collectifs.form_pages import form_page
from rex.collectifs.models import Credential, User, normal_address
from rex.collectifs.recovery import ENDS, WAITS, ask_recovery, is_ripe, recover, stop_recovery
from rex.french import typo
from rex.web import ADMINS, PUBLIC, db, open_to, reader


class LostAddressForm(Form):
    """The address that the person gave, by another way than the mailbox that they lost."""

    email = EmailField("Nouvelle adresse", [is_address], filters=[stripped])


def _person(user_id: str) -> tuple[User, str]:
    """An open account, not one's own, and its address."""
    user = account_of(user_id)
    address = db().scalar(select(Credential.address).where(Credential.user_id == user.id))
    if address is None or user.closed_at or user.id == reader().user_id:
        abort(404)
    return user, address


@administration_views.bp.get("/administration/comptes/<public_id:user_id>/adresse")
@open_to(ADMINS)
def before_replacing(user_id: str) -> tuple[str, int]:
    user, address = _person(user_id)
    return form_page("administration/lost_address.html", LostAddressForm(formdata=None), person=user, current=address)


@administration_views.bp.post("/administration/comptes/<public_id:user_id>/adresse")
@open_to(ADMINS)
def replace_address(user_id: str) -> Response | tuple[str, int]:
    """Two links leave, one to each end; nothing changes here."""
    user, address = _person(user_id)
    form = LostAddressForm()
    if form.validate() and normal_address(form.email.data or "") == address:
        form.refuse("email", "C’est déjà l’adresse de ce compte.")
    if form.errors:
        return form_page("administration/lost_address.html", form, person=user, current=address)
    new = normal_address(form.email.data or "")
    mails.post_lost_address(db(), ask_recovery(db(), user.id, new), user.name, address, new)
    flash(typo("Deux messages partent. La nouvelle adresse pourra confirmer dans trois jours, si l’ancienne ne l’arrête pas."))
    return redirect(url_for("administration.accounts"), 303)


@bp.get("/adresse-perdue/<token>")
@open_to(PUBLIC)
def lost_address(token: str) -> str | tuple[str, int]:
    link = links.open_link(db(), ENDS, token)
    if link is None:
        return gone()
    is_new_end = link.purpose is Purpose.LOST_NEW
    opens_at = link.created_at + WAITS
    return render_template(
        "entrance/lost_address.html",
        token=token,
        address=link.new_address,
        is_new_end=is_new_end,
        waits_until=opens_at if is_new_end and not is_ripe(link) else None,
    )


@bp.post("/adresse-perdue/<token>")
@open_to(PUBLIC)
def lost_address_now(token: str) -> str | Response | tuple[str, int]:
    """The former address stops it; the new one confirms it, once three days have passed."""
    link = links.open_link(db(), ENDS, token, to_use=True)
    if link is None or link.user_id is None or link.new_address is None:
        return gone()
    if link.purpose is Purpose.LOST_OLD:
        stop_recovery(db(), link)
        return render_template("entrance/lost_address_outcome.html", outcome="stopped", address=link.new_address)
    if not is_ripe(link):
        return redirect(url_for("capabilities.lost_address", token=token), 303)
    outcome = "recovered" if recover(db(), link) else "taken"
    if outcome == "recovered":
        send_password_link(link.user_id, link.new_address)
    return render_template("entrance/lost_address_outcome.html", outcome=outcome, address=link.new_address)
