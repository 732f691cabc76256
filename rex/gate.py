"""The gate, in the order in which a request meets it: who is it, may they come in, is it their own form, is it sent twice.

Signed out, every address that is not public, existing or not, gives the same answer. A stranger gets the page of what does
not exist."""

from flask import Flask, Response, abort, current_app, g, jsonify, redirect, request, session, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response as BaseResponse

from rex import clock, idempotency, web
from rex.collectifs.entrance import note_visit, note_visit_to_group
from rex.collectifs.entrance_views import sign_in_carrying
from rex.flask_parts import vary_with_cookie
from rex.web import ADMINS, ANIMATEURS, MEMBERS, PUBLIC, SAFE_METHODS, SIGNED_IN, reader, reader_or_none

csrf = CSRFProtect()
# Posted by mail programs, with no form of ours: RFC 8058. Their addresses are secrets that do one thing.
WITHOUT_TOKEN = (
    "rex.notices.unsubscribe_views.now",
    "rex.notices.unsubscribe_views.now_of_groups",
    "rex.digests.unsubscribe_views.now",
)


def register(app: Flask) -> None:
    """Put the gate before every view, and the seal after it."""
    app.before_request(_come_in)
    csrf.init_app(app)
    for view in WITHOUT_TOKEN:
        csrf.exempt(view)
    app.before_request(_once)
    app.after_request(_headers)
    app.after_request(web.finish)
    app.after_request(_remember_answer)  # functions run last registered first: remember, then commit, then headers


def _come_in() -> BaseResponse | str | tuple | None:
    view = current_app.view_functions.get(request.endpoint or "")
    whom = getattr(view, "open_to", None)
    if whom == PUBLIC:
        return None
    _take_in(view)
    who = reader_or_none()
    if who is None:
        return _ask_to_sign_in()
    if request.routing_exception is not None:
        raise request.routing_exception
    slug = (request.view_args or {}).get("collectif")
    seat = who.in_collectif(slug) if slug else None
    if slug and seat is None:
        abort(404)
    if seat:
        web.enter_space(seat)
    if whom == SIGNED_IN or (whom == MEMBERS and who.memberships):
        return None
    if whom == ANIMATEURS and seat:
        return None if seat.is_animateur else abort(403)
    if whom == ADMINS and who.is_admin:
        return None
    abort(404)


def _take_in(view: object) -> None:
    """What somebody sends who signed in one day is read whole before the base is asked anything: some lines are slow, and in some
    bases one person at a time writes. Who they are now, and what they may, is known afterwards."""
    carries_files = request.mimetype == "multipart/form-data"  # of any other form, everything would be read into memory
    request.max_content_length = getattr(view, "form_limit", web.FORM_LIMIT) if carries_files else web.FORM_LIMIT
    if request.method not in SAFE_METHODS and "_user_id" in session:
        request.get_data(parse_form_data=True)


def _ask_to_sign_in() -> BaseResponse | str | tuple:
    if request.method in SAFE_METHODS:
        where = request.full_path.rstrip("?") if request.path != "/" else None
        return redirect(url_for("entrance.sign_in", suite=where))
    if request.is_json or request.method != "POST":
        return jsonify(message="Votre connexion a expiré. Votre texte est gardé sur cet appareil."), 401
    return sign_in_carrying(request.path, request.form)


def _once() -> BaseResponse | None:
    key = request.form.get("idempotency_key", "") if request.method == "POST" else ""
    if not key or len(key) > idempotency.LENGTH or reader_or_none() is None:
        return None
    g.once = (reader().user_public_id, request.path[:200], key)
    location = idempotency.claim(web.db(), *g.once)
    if location is None:
        return None
    del g.once
    return redirect(location or request.path, 303)


def _remember_answer(response: Response) -> Response:
    if "once" in g and response.status_code in (302, 303):
        idempotency.answer(web.db(), *g.once, (response.location or "")[:1000])
    return response


# What every answer says, unless its view said otherwise.
_SAID = (
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cache-Control", "private, no-store"),
    ("X-Robots-Tag", "noindex"),
)
_ONLY_HTTPS = ("Strict-Transport-Security", "max-age=31536000")


def _headers(response: Response) -> Response:
    headers = response.headers
    said = {name.lower() for name, _ in headers}
    more = (("Content-Security-Policy", _policy()), *_SAID)
    for name, value in (*more, _ONLY_HTTPS) if web.installation().config.is_https else more:
        if name.lower() not in said:
            headers.add(name, value)
    if getattr(current_app.view_functions.get(request.endpoint or ""), "open_to", None) != PUBLIC:
        vary_with_cookie(response)
    _note_visit(response)
    return response


def _policy() -> str:
    script = f"'nonce-{g.csp_nonce}' 'strict-dynamic'" if "csp_nonce" in g else "'none'"
    return (
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _note_visit(response: Response) -> None:
    """The writes that a GET may cause, after the answer: when a device was last used, at most every five minutes; when a member
    last came to their group, at most once a day."""
    who = g.get("reader")
    if who is None or "_user_id" not in session:
        return
    database, device_id, now, room = web.installation().database, who.device_id, clock.now(), g.get("space")
    if g.get("visit_is_due"):
        response.call_on_close(lambda: note_visit(database, device_id, now))
    if room is not None and room.visit_is_due and response.status_code == 200:
        response.call_on_close(lambda: note_visit_to_group(database, who.user_id, room.collectif_id, now))
