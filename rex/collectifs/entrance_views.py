"""Signing in and out; what was being sent when the sign-in had expired is carried through."""

import base64
import json
import math
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user
from sqlalchemy import update
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import TooManyRequests

from rex import idempotency, mail, web
from rex.collectifs import brake, entrance, links, mails
from rex.collectifs.entrance_forms import ForgottenForm, SignInForm
from rex.collectifs.entrance_models import Purpose
from rex.collectifs.form_pages import form_page
from rex.collectifs.models import User, normal_address
from rex.collectifs.queries import account_at
from rex.keys import INSTALLATION, KeyLost
from rex.web import PUBLIC, SIGNED_IN, SignedIn, db, installation, is_own_form, open_to, reader, reader_or_none

bp = Blueprint("entrance", __name__)

KEYS = frozenset({"csrf_token", "idempotency_key"})
SEALED = "ce-qui-fut-saisi"  # the one field that carries what a person was sending, sealed
OF_SOMEBODY_ELSE = "Ce qui allait être envoyé avait été écrit par une autre personne. Rien n’en est montré ni envoyé."
WRONG = "Cette adresse et ce mot de passe ne vont pas ensemble."


def own_path(value: str | None) -> str | None:
    """The path if it stays on this site, else None: no other server, no « //elsewhere », no trick of backslashes."""
    if not value or not value.startswith("/") or value.startswith("//") or "\\" in value or not value.isprintable():
        return None
    parts = urlsplit(value)
    return value if not parts.scheme and not parts.netloc else None


def count_try(what: str, tried: str) -> None:
    """Count a try at a door; too many and the page is 429, for everybody alike."""
    web.keep_changes()
    try:
        brake.count_try(db(), installation().config.secret_key, what, tried, request.remote_addr or "")
    except brake.TooManyTries as error:
        raise TooManyRequests(retry_after=max(1, math.ceil(error.wait.total_seconds()))) from error


def let_in(user_id: int, *, stays: bool) -> None:
    """Sign this browser in as a person: a fresh session, so that an address prepared by somebody else is worth nothing."""
    token = entrance.open_device(db(), user_id, request.headers.get("User-Agent", ""), stays=stays)
    who = entrance.recognise(db(), token)
    if who is None:
        raise LookupError("the account that was just opened is closed")
    session.clear()
    g.pop("csrf_token", None)
    g.reader = db().reader = who
    login_user(SignedIn(token, who))
    session.permanent = stays


@bp.get("/connexion")
@open_to(PUBLIC)
def sign_in():
    """The sign-in page; a signed-in visitor goes on."""
    if reader_or_none() is not None:
        return redirect(own_path(request.args.get("suite")) or "/", 303)
    form = SignInForm(formdata=None)
    return _page(form, suite=own_path(request.args.get("suite")))


@bp.post("/connexion")
@open_to(PUBLIC)
def sign_in_now():
    """Let a person in, or say the same thing whatever was wrong."""
    suite, target, carried = own_path(request.form.get("suite")), own_path(request.form.get("target")), _carried_again()
    if reader_or_none() is not None and not target:
        return redirect(suite or "/", 303)
    form = SignInForm()
    if not form.validate():
        return _page(form, suite=suite, target=target, carried=carried)
    address = normal_address(form.email.data or "")
    count_try("connexion", address)
    quick = installation().config.quick_hashes
    user_id = entrance.person_at(db(), address, form.password.data or "", quick=quick)
    if user_id is None:
        form.refuse("password", WRONG)
        return _page(form, suite=suite, target=target, carried=carried)
    brake.forget_tries(db(), installation().config.secret_key, "connexion", address, request.remote_addr or "")
    let_in(user_id, stays=bool(form.reste.data))
    if target:
        theirs = _unsealed(carried, user_id)
        if theirs is None:
            flash(OF_SOMEBODY_ELSE)
            return redirect("/", 303)
        return render_template("entrance/carry.html", target=target, carried=theirs, from_another_sign_in=False)
    return redirect(suite or "/", 303)


@bp.post("/deconnexion")
@open_to(SIGNED_IN)
def sign_out() -> Response:
    """Close this device, and have the browser forget what it kept of our pages, unsent texts included."""
    seat = reader().in_collectif(session.get("collectif", ""))
    if seat:
        db().execute(update(User).where(User.id == reader().user_id).values(last_collectif_id=seat.collectif_id))
    entrance.close_device(db(), session.get("_user_id", ""))
    logout_user()
    session.clear()
    response = make_response(redirect(url_for("entrance.sign_in"), 303))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def sign_in_carrying(path: str, form: MultiDict[str, str]) -> tuple[str, int]:
    """The sign-in page for a form that came after its sign-in had expired: it carries the text, if the form is ours."""
    carried = _sealed(form)
    target = own_path(path) if is_own_form() and path not in ("/connexion", "/deconnexion") else None
    html, _status = _page(SignInForm(formdata=None), target=target, carried=carried if target else [])
    return html, 401


def _sealed(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What a form held, for whom it was given to and nobody else: the next person at this browser reads nothing of it."""
    carried = [(name, value) for name, value in form.items(multi=True) if name not in KEYS and "password" not in name]
    key = form.get("idempotency_key", "")
    if not idempotency.is_of_somebody(key):
        return carried
    said = json.dumps({"key": key, "carried": carried})
    return [(SEALED, base64.b64encode(db().keyring.seal(INSTALLATION, SEALED, said)).decode())]


def _unsealed(carried: list[tuple[str, str]], user_id: int) -> list[tuple[str, str]] | None:
    """What `_sealed` kept, for this person; None when somebody else had typed it."""
    sealed = dict(carried).get(SEALED)
    if sealed is None:
        return carried
    try:
        said = json.loads(db().keyring.open(INSTALLATION, SEALED, base64.b64decode(sealed, validate=True)))
    except (KeyLost, ValueError):  # not ours, or older than the key
        return None
    is_theirs = idempotency.is_of(said["key"], user_id, installation().config.secret_key)
    return [(name, value) for name, value in said["carried"]] if is_theirs else None


def _carried_again() -> list[tuple[str, str]]:
    names, values = request.form.getlist("carried-name"), request.form.getlist("carried-value")
    return list(zip(names, values, strict=False))


def _page(form: SignInForm, *, suite: str | None = None, target: str | None = None, carried=()) -> tuple[str, int]:
    html = render_template(
        "entrance/sign_in.html",
        form=form,
        suite=suite,
        target=target,
        carried=carried,
        page_errors=bool(form.errors),
        signed_out_link=False,
    )
    return html, 422 if form.errors else 200


@bp.get("/mot-de-passe-oublie")
@open_to(PUBLIC)
def forgotten():
    return form_page("entrance/forgotten.html", ForgottenForm(formdata=None))


@bp.post("/mot-de-passe-oublie")
@open_to(PUBLIC)
def forgotten_now():
    """Send a link to a known address; the same answer, after the same work, for any other."""
    form = ForgottenForm()
    if not form.validate():
        return form_page("entrance/forgotten.html", form)
    address = normal_address(form.email.data or "")
    count_try("mot de passe oublié", address)
    send_password_link(account_at(db(), address), address)
    return render_template("entrance/forgotten_sent.html", address=address)


def send_password_link(user_id: int | None, address: str) -> None:
    """A link to choose a password. Without account the same is done, and the mail is taken back before it leaves."""
    token = links.make_link(db(), Purpose.PASSWORD, user_id)
    with db().begin_nested() as attempt:
        mail.post(db(), mails.password_letter(token, address))
        if user_id is None:
            attempt.rollback()
