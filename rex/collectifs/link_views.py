"""One-time addresses: the first account of an installation that nobody administers, a new password, a new address."""

from flask import flash, redirect, render_template, url_for
from flask_login import logout_user
from sqlalchemy import select, update

from rex import clock
from rex.collectifs import actions, links, mails, passwords
from rex.collectifs.capabilities import bp, gone
from rex.collectifs.entrance_forms import AccountForm, NewPasswordForm
from rex.collectifs.entrance_models import OneTimeLink, Purpose
from rex.collectifs.entrance_views import let_in
from rex.collectifs.form_pages import form_page
from rex.collectifs.models import Credential, User
from rex.db import RexSession
from rex.web import PUBLIC, db, installation, open_to, reader_or_none

TAKEN = "Un compte a déjà cette adresse : donnez-en une autre. L’administration pourra ensuite ouvrir ce compte."
ENDS = (Purpose.ADDRESS_OLD, Purpose.ADDRESS_NEW)


def new_hash(password: str | None) -> str:
    """What this installation keeps of a password that a form gave."""
    return passwords.hash_password(password or "", quick=installation().config.quick_hashes)


@bp.get("/premier-compte/<token>")
@open_to(PUBLIC)
def first_account(token: str):
    """The form of the first account, for whoever holds the console of the server."""
    if links.open_link(db(), (Purpose.FIRST_ACCOUNT,), token) is None or links.has_administrator(db()):
        return gone()
    return form_page("entrance/first_account.html", AccountForm(formdata=None), token=token, rule=passwords.RULE)


@bp.post("/premier-compte/<token>")
@open_to(PUBLIC)
def first_account_now(token: str):
    link = links.open_link(db(), (Purpose.FIRST_ACCOUNT,), token, to_use=True)
    if link is None or links.has_administrator(db()):
        return gone()
    form = AccountForm()
    if not form.validate():
        return form_page("entrance/first_account.html", form, token=token, rule=passwords.RULE)
    try:
        user = actions.create_account(
            db(), form.name.data or "", form.email.data or "", new_hash(form.password.data), is_admin=True
        )
    except actions.AddressTaken:  # it came with an archive, with the account of a person who cannot enter
        form.refuse("email", TAKEN)
        return form_page("entrance/first_account.html", form, token=token, rule=passwords.RULE)
    link.used_at = clock.now()
    let_in(user.id, stays=False)
    return redirect(url_for("administration.first_steps"), 303)


@bp.get("/mot-de-passe/<token>")
@open_to(PUBLIC)
def new_password(token: str):
    if _password_owner(links.open_link(db(), (Purpose.PASSWORD,), token)) is None:
        return gone()
    return form_page("entrance/new_password.html", NewPasswordForm(formdata=None), token=token, rule=passwords.RULE)


@bp.post("/mot-de-passe/<token>")
@open_to(PUBLIC)
def new_password_now(token: str):
    """Set the password, sign every device out, and tell the address."""
    link = links.open_link(db(), (Purpose.PASSWORD,), token, to_use=True)
    owner = _password_owner(link)
    if link is None or owner is None:
        return gone()
    user, address = owner
    form = NewPasswordForm()
    fault = passwords.fault_of(form.password.data or "", address)
    if fault:
        form.refuse("password", fault)
        return form_page("entrance/new_password.html", form, token=token, rule=passwords.RULE)
    link.used_at = clock.now()
    actions.set_password(db(), user.id, new_hash(form.password.data))
    mails.post_password_changed(db(), link.token_hash, user.name, address)
    if reader_or_none() is not None:
        logout_user()
    flash("Votre mot de passe est changé. Connectez-vous avec le nouveau.")
    return redirect(url_for("entrance.sign_in"), 303)


@bp.get("/adresse/<token>")
@open_to(PUBLIC)
def confirm_address(token: str):
    link = links.open_link(db(), ENDS, token)
    if link is None:
        return gone()
    is_new_end = link.purpose is Purpose.ADDRESS_NEW
    return render_template("entrance/confirm_address.html", token=token, address=link.new_address, is_new_end=is_new_end)


@bp.post("/adresse/<token>")
@open_to(PUBLIC)
def confirm_address_now(token: str):
    """One end says yes; when both have, the address changes."""
    link = links.open_link(db(), ENDS, token, to_use=True)
    if link is None or link.user_id is None or link.new_address is None:
        return gone()
    link.used_at = clock.now()
    db().flush()
    outcome = "waiting"
    if _other_end_agreed(db(), link):
        outcome = "changed" if _change_address(db(), link.user_id, link.new_address) else "taken"
    return render_template("entrance/address_outcome.html", outcome=outcome, address=link.new_address)


def _password_owner(link: OneTimeLink | None) -> tuple[User, str] | None:
    if link is None or link.user_id is None:
        return None
    with db().as_system("know whose password this is"):
        query = select(User, Credential.address).join(Credential, Credential.user_id == User.id)
        row = db().execute(query.where(User.id == link.user_id, User.closed_at.is_(None))).first()
    return (row[0], row[1]) if row else None


def _other_end_agreed(session: RexSession, link: OneTimeLink) -> bool:
    """Whether the *latest* link of the other end was used for the same address: a link that a newer request closed
    carries a date of use too, and counts for nothing."""
    other = ENDS[0] if link.purpose is ENDS[1] else ENDS[1]
    with session.as_system("see whether the other end agreed"):
        latest = session.scalars(
            select(OneTimeLink)
            .where(OneTimeLink.user_id == link.user_id, OneTimeLink.purpose == other)
            .order_by(OneTimeLink.id.desc())
            .limit(1)
            .with_for_update()
        ).first()
    return latest is not None and latest.used_at is not None and latest.new_address == link.new_address


def _change_address(session: RexSession, user_id: int, address: str) -> bool:
    with session.as_system("change an address that both ends confirmed"):
        if session.scalar(select(Credential.user_id).where(Credential.address == address)):
            return False
        session.execute(
            update(Credential).where(Credential.user_id == user_id).values(address=address, changed_at=clock.now())
        )
    return True
