"""« Vider la démonstration et commencer »: one button of the administration, the same act as `rex demo clear`."""

from flask import Blueprint, Flask, abort, g, render_template, session, url_for
from sqlalchemy import select
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from rex.collectifs.entrance_models import Purpose
from rex.collectifs.links import has_administrator, make_link
from rex.collectifs.models import Collectif, User
from rex.demo.clearing import clear_rows
from rex.web import ADMINS, db, installation, open_to, reader

bp = Blueprint("demo", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/administration/demonstration")
@open_to(ADMINS)
def before_clearing() -> str:
    """Say what goes and what stays, before it is done."""
    if db().scalar(select(Collectif.id).where(Collectif.is_demo).limit(1)) is None:
        abort(404)
    return render_template("administration/clear_demo.html")


@bp.post("/administration/demonstration")
@open_to(ADMINS)
def clear_demo() -> Response:
    """Empty it, then lead to the first account when nobody is left, else to the first steps."""
    if db().scalar(select(Collectif.id).where(Collectif.is_demo).limit(1)) is None:
        abort(404)
    keys = clear_rows(db())
    with db().as_system("whether somebody real is left after the demonstration"):
        is_gone = db().scalar(select(User.id).where(User.id == reader().user_id)) is None
    token = None if has_administrator(db()) else make_link(db(), Purpose.FIRST_ACCOUNT, None)
    db().commit()  # the keys go only once the rows are gone for good
    for key in keys:
        installation().database.keyring.destroy(key)
    if is_gone:
        session.clear()
    if token:
        g.pop("once", None)  # the gate would keep where this leads, and that is a secret address
        return redirect(url_for("capabilities.first_account", token=token), 303)
    return redirect(url_for("entrance.sign_in" if is_gone else "administration.first_steps"), 303)
