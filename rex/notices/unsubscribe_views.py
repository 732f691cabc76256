"""« Ne plus recevoir ces e-mails », or those of one's groups, without signing in: RFC 8058 asks for a POST that no cookie
nor form's token guards.

Looking at the page stops nothing, since mail filters look at every link. Whatever the token, the same answers."""

from flask import Blueprint, Response, render_template

from rex.notices.unsubscribing import stop_mails
from rex.web import PUBLIC, db, open_to

bp = Blueprint("unsubscribe", __name__)


@bp.after_request
def _no_referrer(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get("/desinscription/<token>")
@open_to(PUBLIC)
def before(token: str) -> str:
    return render_template("notices/unsubscribe.html", token=token, of_groups=False)


@bp.post("/desinscription/<token>")
@open_to(PUBLIC)
def now(token: str) -> str:
    """One click, of a mail program or of the button of the page."""
    stop_mails(db(), token)
    return render_template("notices/unsubscribed.html", of_groups=False)


@bp.get("/mails-de-groupes/<token>")
@open_to(PUBLIC)
def before_of_groups(token: str) -> str:
    return render_template("notices/unsubscribe.html", token=token, of_groups=True)


@bp.post("/mails-de-groupes/<token>")
@open_to(PUBLIC)
def now_of_groups(token: str) -> str:
    """The same, for what is written about one's peer groups; it names none."""
    stop_mails(db(), token, of_groups=True)
    return render_template("notices/unsubscribed.html", of_groups=True)
