"""One's own account."""

from flask import Blueprint, render_template

from rex.web import SIGNED_IN, open_to

bp = Blueprint("account", __name__)


@bp.get("/compte")
@open_to(SIGNED_IN)
def account() -> str:
    return render_template("account/account.html")
