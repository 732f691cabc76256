"""The address of an invitation: what one is invited to, then joining with one's account or a new one."""

from flask import flash, redirect, render_template, request, url_for

from rex import clock
from rex.collectifs import actions, mails, passwords, queries
from rex.collectifs.capabilities import bp, gone
from rex.collectifs.entrance_forms import AccountForm
from rex.collectifs.entrance_views import count_try, let_in
from rex.collectifs.form_pages import form_page
from rex.collectifs.link_views import new_hash
from rex.collectifs.models import Invitation
from rex.collectifs.tokens import hash_token
from rex.web import PUBLIC, db, open_to, reader_or_none

TAKEN = "Un compte existe déjà à cette adresse. Connectez-vous plus bas."


@bp.get("/invitation/<token>")
@open_to(PUBLIC)
def invitation(token: str):
    found = queries.open_invitation(db(), token)
    if found is None:
        return gone()
    return _page(found, token, AccountForm(formdata=None, name=found.name, email=found.address))


@bp.post("/invitation/<token>")
@open_to(PUBLIC)
def join(token: str):
    """Become a member: with the account that is signed in, else with a new one."""
    found = queries.open_invitation(db(), token, to_use=True)
    if found is None:
        return gone()
    who = reader_or_none()
    if who is not None:
        if who.seat(found.collectif_id):
            flash("Vous êtes déjà membre de ce journal.")
        else:
            actions.use_invitation(db(), found, who.user_id, clock.now())
            flash("Vous êtes membre de ce journal.")
        return _to_the_journal(found)
    form = AccountForm()
    count_try("invitation", hash_token(token))
    if not form.validate():
        return _page(found, token, form)
    name, address = form.name.data or "", form.email.data or ""
    try:
        user = actions.create_account(db(), name, address, new_hash(form.password.data))
    except actions.AddressTaken:
        form.refuse("email", TAKEN)
        return _page(found, token, form)
    actions.use_invitation(db(), found, user.id, clock.now())
    mails.post_account(db(), user.id, name, address)
    let_in(user.id, stays=request.form.get("reste") is not None)
    flash("Votre compte est ouvert. Vous êtes membre de ce journal.")
    return _to_the_journal(found)


def _to_the_journal(found: Invitation):
    return redirect(url_for("journal.home", collectif=queries.welcome(db(), found).collectif_slug), 303)


def _page(found: Invitation, token: str, form: AccountForm) -> tuple[str, int]:
    who = reader_or_none()
    words = queries.welcome(db(), found)
    if who is not None:
        return render_template("entrance/join.html", token=token, welcome=words, is_member=bool(who.seat(found.collectif_id))), 200
    return form_page(
        "entrance/invitation.html",
        form,
        token=token,
        welcome=words,
        rule=passwords.RULE,
        signed_out_link=False,
    )
