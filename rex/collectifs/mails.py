"""The mails of the entrance: plain words, one address to open, nothing that measures the reader."""

from functools import lru_cache
from typing import Any

import css_inline
from jinja2 import Environment, FileSystemLoader, select_autoescape

from rex import mail, templating
from rex.collectifs.capabilities import full_url
from rex.collectifs.models import Invitation
from rex.collectifs.queries import Welcome
from rex.collectifs.tokens import hash_token
from rex.config import ROOT
from rex.db import RexSession
from rex.french import date_long
from rex.web import page_time

INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


def write(template: str, key: str, to: str, /, **context: Any) -> mail.Letter:
    """The mail `template` as its three templates tell it; the key is unique for ever."""

    def told(part: str) -> str:
        return _templates().get_template(f"mails/{template}.{part}").render(**context)

    html = INLINER.inline(told("body.html"))
    return mail.Letter(key=key, to=to, subject=told("subject.txt").strip(), text=told("body.txt"), html=html)


@lru_cache
def _templates() -> Environment:
    """The templates of the mails, with the filters of the pages: mails are written by the ticker too, where there is no page."""
    environment = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=select_autoescape(["html"]))
    templating.prepare(environment, page_time)
    return environment


def invitation_letter(invitation: Invitation, token: str, words: Welcome, timezone: str) -> mail.Letter:
    """The invitation itself, when there is an address to send it to."""
    return write(
        "invitation",
        f"invitation|{invitation.token_hash}",
        invitation.address,
        name=invitation.name,
        welcome=words,
        url=full_url("capabilities.invitation", token=token),
        until=date_long(invitation.expires_at, timezone),
    )


def post_account(session: RexSession, user_id: int, name: str, address: str) -> None:
    """Tell an address that it now opens an account: if it is somebody else's, they know."""
    url = full_url("entrance.sign_in")
    mail.post(session, write("account", f"account|{user_id}", address, name=name, address=address, url=url))


def password_letter(token: str, address: str) -> mail.Letter:
    """A link to choose a password; it names nobody, so that it is written alike for an address without account."""
    url = full_url("capabilities.new_password", token=token)
    return write("password", f"password|{hash_token(token)}", address, name="", url=url)


def post_password_changed(session: RexSession, key: str, name: str, address: str) -> None:
    """Tell an address that its password has changed; `key` makes each change one mail."""
    url = full_url("entrance.forgotten")
    mail.post(session, write("password_changed", f"password-changed|{key}", address, name=name, url=url))


def post_new_address(session: RexSession, tokens: tuple[str, str], name: str, old: str, new: str) -> None:
    """One link to each end: the change is made when both were used."""
    for template, token, to in (("address_old", tokens[0], old), ("address_new", tokens[1], new)):
        url = full_url("capabilities.confirm_address", token=token)
        mail.post(session, write(template, f"address|{hash_token(token)}", to, name=name, old=old, new=new, url=url))


def post_lost_address(session: RexSession, tokens: tuple[str, str], name: str, old: str, new: str) -> None:
    """To the former address, what stops the recovery; to the new one, what confirms it."""
    for template, token, to in (("lost_old", tokens[0], old), ("lost_new", tokens[1], new)):
        url = full_url("capabilities.lost_address", token=token)
        mail.post(session, write(template, f"lost|{hash_token(token)}", to, name=name, old=old, new=new, url=url))
