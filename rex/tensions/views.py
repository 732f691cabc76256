"""Reading tensions: « Ce qui revient », the page of each; and what the pages of the journal show of them."""

from flask import Blueprint, Flask, render_template, url_for

from rex.journal import under
from rex.seances import about
from rex.tensions import (
    acting_views,
    arbitrage_views,
    balise_views,
    linking_views,
    near_views,
    proposal_views,
    settings_views,
    trial_views,
)
from rex.tensions.drawing_views import draw
from rex.tensions.proposal_queries import number_of_proposals
from rex.tensions.queries import number_told, tensions_of
from rex.tensions.recurrence import LEAST_TO_GROUP, RULE, too_few
from rex.tensions.seance_parts import find_subject, follow_seance
from rex.tensions.settings import may_curate
from rex.tensions.shared_views import row_of, seat_here, year_of
from rex.tensions.standings import STANDINGS
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("tensions", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    parts = (acting_views, arbitrage_views, linking_views, near_views, proposal_views, settings_views, trial_views)
    for part in parts:
        part.register(app)
    balise_views.register()
    under.add_on_home("tensions", _on_home)
    about.add_subjects("tensions", find_subject, follow_seance)


def _on_home() -> str:
    """Where the home of a collectif leads (no statement)."""
    return url_for("tensions.what_recurs", collectif=seat_here().collectif_slug)


@bp.get("/c/<slug:collectif>/ce-qui-revient")
@open_to(MEMBERS)
def what_recurs(collectif: str) -> str:
    """The tensions of a collectif, by where they stand."""
    seat = seat_here()
    year = year_of(seat)
    rows = [row_of(line, year) for line in tensions_of(db(), reader(), seat.collectif_id, year)]
    groups = [
        (standing, title, [row for row in rows if row.line.standing is standing])
        for standing, (title, _, _) in STANDINGS.items()
    ]
    number = number_told(db(), reader(), seat.collectif_id, LEAST_TO_GROUP)
    return render_template(
        "tensions/list.html",
        groups=[(standing.value, title, found) for standing, title, found in groups if found],
        recent_on=year.recent_on,
        rule=RULE,
        few=too_few(number),
        proposals=number_of_proposals(db(), reader(), seat.collectif_id),
        may_curate=may_curate(db(), seat),
        proposals_url=url_for("tension_proposals.proposals", collectif=collectif),
        new_url=url_for("difficulty_writing.new", collectif=collectif),
        difficulties_url=url_for("difficulties.difficulties_list", collectif=collectif),
    )


@bp.get("/tensions/<public_id:tension_id>")
@open_to(MEMBERS)
def tension(tension_id: str) -> str:
    return draw(tension_id)
