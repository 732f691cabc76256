"""The web floor: the application object, one transaction per request, who is signed in, what every template knows.

A request has one session of the database, opened at the first need: read-only for GET and HEAD (the engine refuses a write),
writing for the others; committed once when the answer is a success, rolled back otherwise."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, make_response, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user

from rex import clock, memory, templating
from rex.access import AudienceView, MembershipView, Reader, everybody_in
from rex.collectifs import entrance
from rex.config import ROOT, Config, config_from
from rex.db import Database, RexSession
from rex.flask_parts import App, Json, NothingInClear, PublicIdConverter, Sessions, SlugConverter, View
from rex.keys import Keyring
from rex.navigation import rooms_of

FORM_LIMIT = 16 * 1024 * 1024
FILES_LIMIT = 64 * 1024 * 1024  # of a form that carries files, where the page lets one join some
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class OpenTo(StrEnum):
    """For whom a view is; the gate refuses the others before the view runs."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"
    MEMBERS = "members"  # of the collectif named in the address, else of any
    ANIMATEURS = "animateurs"  # of the collectif named in the address
    ADMINS = "admins"


PUBLIC, SIGNED_IN, MEMBERS, ANIMATEURS, ADMINS = OpenTo


def open_to(whom: OpenTo) -> Callable[[View], View]:
    """Declare the readers of a view; a view without it is served to nobody."""

    def declare(view: View) -> View:
        view.open_to = whom  # ty: ignore[missing-attribute]
        return view

    return declare


@dataclass(frozen=True)
class Installation:
    """What every part of the running application shares."""

    config: Config
    database: Database


@dataclass
class SignedIn(UserMixin):
    """What Flask-Login keeps of a visitor: the token of their device, and the reader that it stands for."""

    token: str
    reader: Reader

    def get_id(self) -> str:
        return self.token


def new_app(config: Config | Mapping[str, str] | None) -> Flask:
    """Flask with the settings of this installation, its database and its sign-in, and no page yet."""
    if not isinstance(config, Config):
        config = config_from(os.environ if config is None else config)
    app = App("rex", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=config.secret_key,
        REX_DEV=config.dev,
        MAX_CONTENT_LENGTH=FORM_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,  # fields stay in memory: no unpublished word in a temporary file
        SESSION_COOKIE_NAME="__Host-rex" if config.is_https else "rex",
        SESSION_COOKIE_SECURE=config.is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=60 * 86400,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # capability pages send no referrer; the token itself is required everywhere
    )
    app.logger.setLevel(config.log_level)
    app.extensions["rex"] = Installation(config, Database(config.database_url, Keyring(config.keys_dir, config.master_key)))
    app.json = Json(app)
    app.session_interface = Sessions()
    app.request_class = NothingInClear
    app.url_map.converters.update(public_id=PublicIdConverter, slug=SlugConverter)
    memory.at_times("keys", app.extensions["rex"].database.keyring.forget_gone)
    templating.prepare(app.jinja_env, page_time)
    app.context_processor(_what_templates_know)
    login = LoginManager(app)
    login.session_protection = ""  # the device row is the protection: it can be revoked
    login.user_loader(_load_signed_in)
    app.before_request(_begin)
    app.teardown_request(_close_session)
    return app


def _begin() -> None:
    memory.begin()
    memory.forget_at_times()


def installation() -> Installation:
    return current_app.extensions["rex"]


def db() -> RexSession:
    """The session of this request."""
    if "db" not in g:
        g.db = installation().database.session(write=request.method not in SAFE_METHODS)
        g.db.reader = g.get("reader")
    return g.db


def reader() -> Reader:
    """The signed-in person; only for views that are not public."""
    kept = g.get("_login_user")  # where Flask-Login keeps whom it has loaded: its own way there is long, for thirty calls a page
    return (kept or current_user).reader


def reader_or_none() -> Reader | None:
    return current_user.reader if current_user.is_authenticated else None


def space() -> MembershipView | None:
    """The collectif that this page belongs to, as the reader's seat in it; for a page of no collectif, the last one opened."""
    if "space" in g:
        return g.space
    who = reader_or_none()
    return (who.in_collectif(session.get("collectif", "")) or who.home) if who else None


def enter_space(seat: MembershipView | None) -> None:
    """Say which collectif this page belongs to, when its address does not."""
    g.space = seat
    if seat is not None and seat.is_group:
        memory.enter_a_group()


def keep_changes() -> None:
    """Commit even though the answer is a refusal (an attempt that counts)."""
    g.keep_changes = True


def finish(response: Response) -> Response:
    """Commit a success, roll back a refusal; before the answer leaves. What only read has nothing to commit."""
    if "db" in g and request.method not in SAFE_METHODS:
        if response.status_code < 400 or g.get("keep_changes"):
            g.db.commit()
        else:
            g.db.rollback()
    return response


def is_own_form() -> bool:
    """Whether the browser says that this request comes from one of our own pages."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and origin.rstrip("/") == request.host_url.rstrip("/")


def go(endpoint: str, **values: Any) -> Response:
    """After an act: to the page that shows it (303, so that a reload repeats nothing)."""
    return make_response(redirect(url_for(endpoint, **values), 303))


def _load_signed_in(token: str) -> SignedIn | None:
    who = entrance.recognise(db(), token)
    if who is None:
        return None
    if request.method not in SAFE_METHODS and who.visits:
        who = replace(who, visits=())  # a group that is open to read is shut to every request that may write
    g.reader = db().reader = who
    g.visit_is_due = entrance.visit_is_due(db())
    return SignedIn(token, who)


def _close_session(_error: BaseException | None) -> None:
    memory.end()
    session = g.pop("db", None)
    if session is not None:
        session.close()


def page_time() -> tuple[str, date, datetime]:
    """The time zone of the page, today there, and now; in Paris for what is drawn outside of a request (a mail)."""
    seat = space() if has_request_context() else None
    zone = seat.timezone if seat else "Europe/Paris"
    return zone, clock.today(zone), clock.now()


def journal() -> MembershipView | None:
    """The collectif whose name and rooms the page bears: its own; inside a peer group, which shows none of its name outside of
    its frame, the last one opened."""
    seat, who = space(), reader_or_none()
    if seat is None or not seat.is_group:
        return seat
    return (who.in_collectif(session.get("collectif", "")) or who.memberships[0]) if who and who.memberships else None


def go_home(seat: MembershipView | None) -> Response:
    """After an act that leaves nothing to show: to the first page of this space."""
    return make_response(redirect(seat.url if seat else "/", 303))


def _what_templates_know() -> dict[str, Any]:
    seat, paper = space(), journal()
    zone, today, now = page_time()
    in_room = bool(seat and seat.is_group)
    return {
        "viewer": reader_or_none(),
        "space": seat,
        "journal": paper,
        "in_room": in_room,
        "only_reads": bool(seat and seat.is_visit),  # a group that is open for them to read: no form writes there
        "in_space": "dans le groupe" if in_room else "dans le journal",
        "of_space": "du groupe" if in_room else "du journal",
        "this_space": "ce groupe" if in_room else "ce journal",
        "judge": "un responsable du groupe" if in_room else "l’animation",
        "to_judges": "aux responsables" if in_room else "à l’animation",
        "judges_have_not": "les responsables ne l’ont" if in_room else "l’animation ne l’a",
        "room_view": _room_view,
        "nav": rooms_of(reader_or_none(), paper, request.path, in_room=in_room),
        "search_url": (f"{seat.url}/recherche" if in_room else "/recherche") if seat else None,
        "timezone": zone,
        "today": today,
        "now": now,
        "is_demo": bool(seat and seat.is_demo),
    }


def _room_view() -> AudienceView | None:
    """The members of the group that this page belongs to: the bar of a page that tells nothing to all of them (one statement)."""
    seat = space()
    return everybody_in(db(), seat.collectif_id) if seat and seat.is_group else None
