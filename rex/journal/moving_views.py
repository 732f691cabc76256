"""Moving a draft of a collectif into one of one's groups: which one, then what it means, in the room."""

from flask import Blueprint, Flask, Response, abort, flash, redirect, render_template
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from rex.access import everybody_in
from rex.collectifs.group_models import PeerGroup
from rex.journal.drafts import read_draft
from rex.journal.models import Recit
from rex.journal.moving import StaysThere, kept_outside, may_move, move_into
from rex.journal.own_views import co_authors, not_yet, own_recit
from rex.journal.publishing import title_of
from rex.peer_groups.room_views import enter
from rex.web import MEMBERS, db, go, open_to, reader

bp = Blueprint("moving", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/<public_id:recit_id>/deplacer")
@open_to(MEMBERS)
def choose(recit_id: str) -> str | BaseResponse:
    """Which group; with one group, its page at once."""
    recit = _movable(recit_id)
    if len(reader().groups) == 1:
        return redirect(f"{reader().groups[0].url}/deplacer/{recit_id}")
    named = select(PeerGroup.public_id, PeerGroup.called).where(PeerGroup.id.in_(reader().group_ids)).order_by(PeerGroup.id)
    return render_template("journal/move_where.html", recit=recit, groups=db().execute(named).all())


@bp.get("/groupes-de-pairs/<public_id:group_id>/deplacer/<public_id:recit_id>")
@open_to(MEMBERS)
def before_moving(group_id: str, recit_id: str) -> str:
    recit = _movable(recit_id)
    others, seat = co_authors(recit), enter(group_id)
    return render_template(
        "journal/move.html",
        recit=recit,
        title=title_of(read_draft(db(), reader(), recit) or not_yet(recit)) or "Sans titre pour l’instant",
        others=others,
        outside=kept_outside(db(), recit, seat.collectif_id),
        readers=everybody_in(db(), seat.collectif_id),
        move_url=f"{seat.url}/deplacer/{recit_id}",
    )


@bp.post("/groupes-de-pairs/<public_id:group_id>/deplacer/<public_id:recit_id>")
@open_to(MEMBERS)
def move(group_id: str, recit_id: str) -> Response:
    recit, seat = _movable(recit_id), enter(group_id)
    try:
        move_into(db(), reader(), recit, seat)
    except StaysThere:
        abort(403)
    flash("Votre brouillon est dans le groupe. Ce qui en restait dans le journal est effacé.")
    return go("editor.edition", recit_id=recit_id)


def _movable(recit_id: str) -> Recit:
    """A draft of a collectif, for one of its authors who is in a group: 403 once it was published."""
    recit = own_recit(recit_id)
    if not reader().groups:
        abort(404)
    return recit if may_move(db(), reader(), recit) else abort(403)
