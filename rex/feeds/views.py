"""The feed itself, for whoever holds its address; and the page where its owner makes that address, renews it, revokes it."""

import hashlib

from flask import Blueprint, Flask, Response, abort, flash, render_template, request, session

from rex import french
from rex.collectifs.capabilities import full_url, root_of_links
from rex.feeds.addresses import Owner, address_of, is_shut, owner_of, renew, revoke
from rex.feeds.atom import MEDIA, Feed, to_atom
from rex.feeds.queries import newest
from rex.web import PUBLIC, SIGNED_IN, db, go, open_to, reader

bp = Blueprint("feeds", __name__)

ENDING = ".atom"
JUST_MADE = "feed_address"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.after_request
def _no_referrer(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get("/flux/<path:token>")
@open_to(PUBLIC)
def feed(token: str) -> Response:
    """What the owner of this address may read now; the page of what does not exist for any other. No session is looked at: it is
    read by programs, and shows the same to whoever holds it."""
    owner = owner_of(db(), token.removesuffix(ENDING)) if token.endswith(ENDING) else None
    if owner is None:
        abort(404)
    made = _feed_of(owner)
    data = to_atom(made)
    response = Response(data, content_type=MEDIA)
    response.set_etag(hashlib.sha256(data).hexdigest()[:32])
    response.last_modified = made.updated_at
    response.headers["Cache-Control"] = "private, no-cache"
    # Only what was read says that nothing changed: a date does not tell that an entry was taken back.
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.status_code = 304
        response.set_data(b"")
    return response


def _feed_of(owner: Owner) -> Feed:
    db().reader = owner.reader
    names = french.joined([seat.collectif_name for seat in owner.reader.memberships])
    title, root = french.typo(f"REX, {names}"), root_of_links()
    return Feed(f"flux/{owner.public_id}", title, root, "/", owner.since, newest(db(), owner.reader))


# --- its owner ----------------------------------------------------------------------------------------------------------


@bp.get("/compte/flux")
@open_to(SIGNED_IN)
def mine() -> str:
    """Whether there is an address; the one that was just made, this once."""
    token = session.pop(JUST_MADE, None)
    url = full_url("feeds.feed", token=f"{token}{ENDING}") if token else ""
    address = address_of(db(), reader())
    return render_template("feeds/mine.html", address=address, url=url, shut=address is not None and is_shut(db(), address))


@bp.post("/compte/flux")
@open_to(SIGNED_IN)
def make() -> Response:
    session[JUST_MADE] = renew(db(), reader())
    return go("feeds.mine")


@bp.post("/compte/flux/fin")
@open_to(SIGNED_IN)
def end() -> Response:
    revoke(db(), reader().user_id)
    session.pop(JUST_MADE, None)
    flash("Votre adresse de flux est supprimée : elle ne mène plus nulle part.")
    return go("feeds.mine")
