"""One's own data, leaving a journal, deleting one's account."""

from flask import Blueprint, Flask, Response, flash, redirect, session, url_for
from sqlalchemy import select

from rex.collectifs import passwords
from rex.collectifs.account_views import WRONG, on_account_page, on_change_of_name
from rex.collectifs.capabilities import full_url
from rex.collectifs.entrance_views import count_try
from rex.collectifs.form_pages import form_page
from rex.collectifs.models import Credential
from rex.departures import counts, ending, leaving, mails, renaming, taking_along
from rex.departures.chosen import chosen_in
from rex.departures.forms import DeletionForm, PasswordForm
from rex.departures.obstacles import LastResponsable, obstacles_of
from rex.flask_parts import file_to_keep
from rex.french import date_long, typo
from rex.journal.own_texts import own_texts
from rex.peer_groups.room_queries import called
from rex.sealed_words import saying_what_is_lost
from rex.web import MEMBERS, SIGNED_IN, db, installation, open_to, page_time, reader, space

bp = Blueprint("departures", __name__)


def register(app: Flask) -> None:
    on_account_page("departures", ending.ends_on)
    on_change_of_name("departures", renaming.follow_name)
    app.register_blueprint(bp)


# --- one's own data -------------------------------------------------------------------------------------------------------


@bp.get("/compte/mes-donnees")
@open_to(SIGNED_IN)
def own_data():
    return form_page("departures/own_data.html", PasswordForm(formdata=None))


@bp.post("/compte/mes-donnees")
@open_to(SIGNED_IN)
def take_along():
    """The archive itself, as it is made; whoever finds a screen left open does not take it away."""
    form = PasswordForm()
    if form.validate():
        _check_password(form)
    if form.errors:
        return form_page("departures/own_data.html", form)
    response = Response(taking_along.archive_of(installation().database, reader()), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{taking_along.FILE_NAME}"'
    return file_to_keep(response)


# --- leaving a journal ----------------------------------------------------------------------------------------------------


@bp.get("/c/<slug:collectif>/quitter")
@open_to(MEMBERS)
@saying_what_is_lost()
def before_leaving(collectif: str):
    return _leaving_page(PasswordForm(formdata=None))


@bp.post("/c/<slug:collectif>/quitter")
@open_to(MEMBERS)
@saying_what_is_lost()
def leave(collectif: str):
    """Asked with the password, since it cannot be undone from here."""
    seat, form = _seat(), PasswordForm()
    if form.validate():
        _check_password(form)
    if form.errors or not leaving.leave(db(), reader(), seat):
        html, _status = _leaving_page(form)
        return html, 422
    if session.get("collectif") == collectif:
        session.pop("collectif")
    flash(typo(f"Vous avez quitté le journal « {seat.collectif_name} »."))
    return redirect("/" if len(reader().memberships) > 1 else url_for("account.account"), 303)


@bp.get("/c/<slug:collectif>/quitter/mes-textes.md")
@open_to(MEMBERS)
def own_texts_here(collectif: str) -> Response:
    """What they wrote in this journal, drafts included, before these are erased."""
    response = Response(own_texts(db(), reader(), _seat(), "Mes textes"), mimetype="text/markdown")
    response.headers["Content-Disposition"] = 'attachment; filename="mes-textes.md"'
    return file_to_keep(response)


def _leaving_page(form: PasswordForm):
    seat, who = _seat(), reader()
    last, groups = leaving.obstacles(db(), who, seat)
    others = [one for one in who.memberships if one.collectif_id != seat.collectif_id]
    named = called(db()) if who.groups else {}
    return form_page(
        "departures/leave.html",
        form,
        seat=seat,
        texts=counts.own_texts_in(db(), who, seat.collectif_id),
        is_last=last is not None,
        held_by=_named_groups(groups),
        groups=sorted(name for group_id, name in named.items() if group_id in who.group_ids),
        others=others,
    )


def _seat():
    seat = space()
    if seat is None:
        raise LookupError("the gate lets members of this collectif in")
    return seat


def _named_groups(held: list[LastResponsable] | tuple[LastResponsable, ...]) -> list[tuple[str, str]]:
    """(name, address) of the groups of which nobody else is responsable: said to their member alone."""
    named = called(db()) if held else {}
    return [(named.get(one.group_id, "Un groupe de pairs"), f"/groupes-de-pairs/{one.public_id}") for one in held]


# --- deleting one's account -----------------------------------------------------------------------------------------------


@bp.get("/compte/suppression")
@open_to(SIGNED_IN)
@saying_what_is_lost()
def deletion():
    return _deletion_page(DeletionForm(formdata=None))


@bp.post("/compte/suppression")
@open_to(SIGNED_IN)
@saying_what_is_lost()
def ask_deletion():
    """Asked again with the password; done in seven days, unless they change their mind."""
    form = DeletionForm()
    if form.validate():
        _check_password(form)
    if form.errors or obstacles_of(db(), reader().user_id):
        html, _status = _deletion_page(form)
        return html, 422
    asked = ending.ask(db(), reader(), form.chosen)
    mails.post_asked(db(), asked, _credential().address, full_url("departures.deletion"), page_time()[0])
    flash(typo(f"Votre compte sera supprimé le {date_long(asked.due_at, page_time()[0])}. Jusque-là, vous pouvez le garder."))
    return redirect(url_for("departures.deletion"), 303)


@bp.post("/compte/suppression/annulation")
@open_to(SIGNED_IN)
def keep_account():
    if ending.take_back(db(), reader()):
        flash("Votre compte reste ouvert. Rien n’a été effacé.")
    return redirect(url_for("account.account"), 303)


def _deletion_page(form: DeletionForm):
    who = reader()
    asked, held = ending.ending_of(db(), who), obstacles_of(db(), who.user_id)
    return form_page(
        "departures/deletion.html",
        form,
        asked=asked,
        chosen=chosen_in(asked) if asked else None,
        obstacles=held,
        held_by=_named_groups(held.groups),
        texts=counts.own_texts_in_collectifs(db(), who),
        in_groups=counts.own_texts_in_groups(db(), who),
        wait_days=ending.WAIT.days,
    )


def _credential() -> Credential:
    return db().scalars(select(Credential).where(Credential.user_id == reader().user_id)).one()


def _check_password(form: PasswordForm) -> None:
    """Under the brake of every page that asks for it."""
    credential = _credential()
    count_try("mot de passe actuel", credential.address)
    quick = installation().config.quick_hashes
    if not passwords.password_fits(form.current_password.data or "", credential.password_hash, quick=quick):
        form.refuse("current_password", WRONG)
