"""« Ne plus recevoir la lettre », without signing in: RFC 8058 asks for a POST that no cookie nor form's token guards.

Looking at the page stops nothing, since mail filters look at every link. Whatever the token, the same answers."""

from flask import Blueprint, Flask, Response, render_template

from rex.digests.unsubscribing import PLACE, stop_letters
from rex.web import PUBLIC, db, open_to

bp = Blueprint("stop_letter", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.after_request
def _no_referrer(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get(f"/{PLACE}/<token>")
@open_to(PUBLIC)
def before(token: str) -> str:
    return render_template("digests/unsubscribe.html", token=token)


@bp.post(f"/{PLACE}/<token>")
@open_to(PUBLIC)
def now(token: str) -> str:
    """One click, of a mail program or of the button of the page."""
    stop_letters(db(), token)
    return render_template("digests/unsubscribed.html")
