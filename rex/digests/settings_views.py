"""« Réglages de la lettre »: its rhythm, its day, its hour, and what happens if nobody rereads it. In a group, by its responsables:
its letter has no editor."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex.access import MembershipView, may_steer_group
from rex.digests.choosing import LEAVES, WAITS, choose_rhythm, chosen_in, chosen_of
from rex.digests.queries import settings_of
from rex.digests.rhythm import LABELS
from rex.digests.shared_views import DAYS, audience_here, to
from rex.web import ANIMATEURS, MEMBERS, db, enter_space, open_to, reader, space

bp = Blueprint("letter_settings", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/lettres/reglages")
@open_to(ANIMATEURS)
def before(collectif: str) -> tuple[str, int]:
    return _page(_seat(), f"/c/{collectif}/lettres/")


@bp.post("/c/<slug:collectif>/lettres/reglages")
@open_to(ANIMATEURS)
def choose(collectif: str) -> Response | tuple[str, int]:
    return _chosen(_seat(), f"/c/{collectif}/lettres/")


@bp.get("/groupes-de-pairs/<public_id:group_id>/lettre/reglages")
@open_to(MEMBERS)
def before_in_group(group_id: str) -> tuple[str, int]:
    return _page(_steered(group_id), f"/groupes-de-pairs/{group_id}/lettre")


@bp.post("/groupes-de-pairs/<public_id:group_id>/lettre/reglages")
@open_to(MEMBERS)
def choose_in_group(group_id: str) -> Response | tuple[str, int]:
    return _chosen(_steered(group_id), f"/groupes-de-pairs/{group_id}/lettre")


def _seat() -> MembershipView:
    seat = space()
    assert seat is not None
    return seat


def _steered(group_id: str) -> MembershipView:
    seat = reader().in_group(group_id)
    if seat is None:
        abort(404)
    enter_space(seat)
    return seat if may_steer_group(reader(), seat.collectif_id) else abort(403)


def _chosen(seat: MembershipView, back: str) -> Response | tuple[str, int]:
    chosen = chosen_in(request.form)
    if chosen is None:
        return _page(seat, back, 422)
    choose_rhythm(db(), reader(), seat, chosen)
    flash("Le rythme de la lettre est enregistré.")
    return to(back)


def _page(seat: MembershipView, back: str, status: int = 200) -> tuple[str, int]:
    html = render_template(
        "digests/settings.html",
        seat=seat,
        audience=audience_here(seat),
        back=back,
        chosen=chosen_of(settings_of(db(), seat.collectif_id)),
        rhythms=[(rhythm.value, label) for rhythm, label in LABELS.items()],
        days=list(enumerate(DAYS)),
        hours=[(hour, f"{hour} h") for hour in range(24)],
        waits_value=WAITS,
        leaves_value=LEAVES,
        faults=[("rythme", "Choisissez un rythme, un jour et une heure")] if status != 200 else [],
        page_errors=status != 200,
    )
    return html, status
