"""Addresses that are secrets: whoever holds one may do what it says, once.

Their token is kept hashed, leaves no referrer, is used up by POST only, and never reaches a log."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request, url_for

from rex.config import DEFAULT_ROOT, LOOPBACK
from rex.web import installation, reader_or_none

SECRETS = "premier-compte|mot-de-passe|adresse|adresse-perdue|invitation|desinscription|desinscription-lettre|mails-de-groupes|flux"
SECRET = re.compile(rf"((?:/|%2F)(?:{SECRETS})(?:/|%2F))[^/?&\s\"]+", re.IGNORECASE)

bp = Blueprint("capabilities", __name__)


def mask(path: str) -> str:
    """A path as a log may keep it: « /invitation/… »."""
    return SECRET.sub(r"\1…", path)


@bp.after_request
def _no_referrer(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def full_url(endpoint: str, **values: Any) -> str:
    """An address to send by mail or to copy.

    Without REX_BASE_URL, the name that a request gives itself is believed from a signed-in person and on this machine
    only: a stranger could otherwise have the links of a mail lead to a server of theirs."""
    is_believed = installation().config.base_url is None and reader_or_none() is not None
    root = request.host_url.rstrip("/") if is_believed else root_of_links()
    return root + url_for(endpoint, **values)


def root_of_links() -> str:
    """Where the links lead of what goes away and is read elsewhere, a file or a feed. Without REX_BASE_URL, the name that a
    request gives itself is believed on this machine only, whoever asks."""
    here = request.host_url.rstrip("/") if urlsplit(request.host_url).hostname in LOOPBACK else DEFAULT_ROOT
    return installation().config.base_url or here


def gone() -> tuple[str, int]:
    """The one answer to a secret address that is unknown, used or expired."""
    return render_template("entrance/gone.html"), 410
