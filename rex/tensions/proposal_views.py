"""« À relire »: what the computation proposes, with its reasons. It decides nothing: who curates names, joins, sets aside."""

from flask import Blueprint, Flask, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.french import count, fold, typo
from rex.referentiel.markers import Marker, markers_for
from rex.refusals import Refused
from rex.tensions import acts
from rex.tensions.forms import Faults, Name
from rex.tensions.history import history_of
from rex.tensions.marking import marked
from rex.tensions.models import TensionProposal
from rex.tensions.page_queries import set_aside_in
from rex.tensions.proposal_queries import Proposal, find_proposal, number_of_proposals, proposals_of, row_of_proposal
from rex.tensions.queries import find_tension, number_told, other_tensions
from rex.tensions.recurrence import LEAST_TO_GROUP, RULE, too_few
from rex.tensions.settings import may_curate
from rex.tensions.shared_views import audience_here, demand_curator, how_many, seat_here, strength_in_words, to, told
from rex.web import MEMBERS, db, enter_space, open_to, reader

bp = Blueprint("tension_proposals", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/c/<slug:collectif>/ce-qui-revient/a-relire")
@open_to(MEMBERS)
def proposals(collectif: str) -> str:
    """All members read what is proposed, and why; who curates answers."""
    seat = seat_here()
    curates = may_curate(db(), seat)
    found = proposals_of(db(), reader(), seat.collectif_id)
    markers = _markers(found)
    few = too_few(number_told(db(), reader(), seat.collectif_id, LEAST_TO_GROUP))
    return render_template(
        "tensions/proposals.html",
        found=[in_words(one, markers) for one in found],
        number=number_of_proposals(db(), reader(), seat.collectif_id),
        few=few,
        rule=RULE,
        may_curate=curates,
        aside=history_of(set_aside_in(db(), reader(), seat.collectif_id), curates=curates),
        back_url=url_for("tensions.what_recurs", collectif=collectif),
        settings_url=url_for("tension_settings.settings", collectif=collectif) if seat.is_animateur or curates else None,
    )


@bp.get("/tensions/propositions/<public_id:proposal_id>")
@open_to(MEMBERS)
def proposal(proposal_id: str) -> str:
    found, seat = _found(proposal_id)
    return _page(found, seat, Name(), [one.public_id for one in found.items])


@bp.post("/tensions/propositions/<public_id:proposal_id>/nom")
@open_to(MEMBERS)
def confirm(proposal_id: str) -> Response | tuple[str, int]:
    """The difficulties that stay ticked become a tension under this name; the others are kept apart from them."""
    found, seat, row = _curated(proposal_id)
    name, ticked = Name.sent(request.form), request.form.getlist("difficultes")
    faults = name.faults()
    ids = [one.id for one in found.items if one.public_id in ticked]
    if not ids:
        faults.append(("difficultes", "Gardez au moins une difficulté"))
    if faults:
        return _page(found, seat, name, ticked, faults), 422
    try:
        tension = acts.name(db(), reader(), seat, name.title, name.words, ids, row)
    except Refused as refused:
        db().rollback()
        return _page(found, seat, name, ticked, [("difficultes", str(refused))]), 409
    told("La tension a un nom. Vous pouvez l’annuler depuis sa vie.")
    return to(f"/tensions/{tension.public_id}")


@bp.post("/tensions/propositions/<public_id:proposal_id>/reunion")
@open_to(MEMBERS)
def join(proposal_id: str) -> Response | tuple[str, int]:
    """Those that stay ticked go into the tension that was chosen (of a proposal to join one: that one)."""
    found, seat, row = _curated(proposal_id)
    ticked = request.form.getlist("difficultes")
    ids = [one.id for one in found.items if one.public_id in ticked]
    chosen = find_tension(db(), reader(), request.form.get("tension") or (found.tension[0] if found.tension else "-"))
    if chosen is None or chosen.collectif_id != seat.collectif_id or not ids:
        fault = ("tension", "Choisissez une tension") if ids else ("difficultes", "Gardez au moins une difficulté")
        return _page(found, seat, Name(), ticked, [fault]), 422
    url = f"/tensions/{chosen.public_id}"
    try:
        acts.join(db(), reader(), row, ids, chosen)
    except Refused as refused:
        db().rollback()
        return _page(found, seat, Name(), ticked, [("difficultes", str(refused))]), 409
    told(f"{count(len(ids), 'difficulté reliée', 'difficultés reliées')} à cette tension.")
    return to(f"{url}#difficultes")


@bp.post("/tensions/propositions/<public_id:proposal_id>/mise-de-cote")
@open_to(MEMBERS)
def set_aside(proposal_id: str) -> Response | tuple[str, int]:
    found, seat, row = _curated(proposal_id)
    try:
        acts.set_aside(db(), reader(), row)
    except Refused as refused:
        db().rollback()
        return _page(found, seat, Name(), [], [("difficultes", str(refused))]), 409
    told("La proposition est mise de côté : elle ne sera pas refaite.")
    return to(url_for("tension_proposals.proposals", collectif=seat.collectif_slug))


def _found(proposal_id: str) -> tuple[Proposal, MembershipView]:
    found, row = find_proposal(db(), reader(), proposal_id), row_of_proposal(db(), proposal_id)
    seat = reader().seat(row.collectif_id) if row else None
    if found is None or seat is None:
        abort(404)
    enter_space(seat)
    return found, seat


def _curated(proposal_id: str) -> tuple[Proposal, MembershipView, TensionProposal]:
    """What whoever curates answers. One that is not there any more, while they read it, is said with what they typed; of one that
    never was, or that they may not read, the same is said."""
    found, row = find_proposal(db(), reader(), proposal_id), row_of_proposal(db(), proposal_id)
    seat = reader().seat(row.collectif_id) if row else None
    if found is None or row is None or seat is None:
        abort(_gone())
    enter_space(seat)
    demand_curator(seat)
    return found, seat, row


def _gone() -> Response:
    """Nothing is to be answered at this address: to who curates the journal that the form says, a page that gives back the name
    that they typed."""
    seat = reader().in_collectif(request.form.get("collectif", ""))
    if seat is None or not may_curate(db(), seat):
        abort(404)
    enter_space(seat)
    html = render_template(
        "tensions/refused.html",
        sentence=typo(acts.PROPOSAL_GONE),
        typed=Name.sent(request.form),
        back_url=url_for("tension_proposals.proposals", collectif=seat.collectif_slug),
    )
    return make_response(html, 409)


def _markers(found: list[Proposal]) -> dict[str, Marker]:
    return markers_for(db(), {one.what for each in found for one in each.why.balises}, reader().slugs)


def in_words(found: Proposal, markers: dict[str, Marker]) -> dict[str, object]:
    """A proposal as its templates show it; what brings it together is said so that it can be checked in the texts."""
    why = found.why
    shared = [*(one.what for one in why.words), *(word for pair in why.near_words for word in pair)]
    return {
        "proposal": found,
        "central": marked(found.central.words, shared),
        "least_sure": marked(found.least_sure.words, shared) if found.least_sure else [],
        "url": found.url,
        "strength": strength_in_words(found.strength),
        "said": how_many(found.voices),
        "words": [typo(f"{one.what}, chez {one.count} sur {one.among}") for one in why.words],
        "near_words": [typo(f"{one} ~ {other}") for one, other in why.near_words if fold(one) != fold(other)],
        "balises": [
            typo(f"{markers[one.what].label}, chez {one.count} sur {one.among}") for one in why.balises if one.what in markers
        ],
    }


def _page(found: Proposal, seat: MembershipView, name: Name, ticked: list[str], faults: Faults | None = None) -> str:
    return render_template(
        "tensions/proposal.html",
        audience=audience_here(seat),
        **in_words(found, _markers([found])),
        items=found.items,
        ticked=ticked,
        others=other_tensions(db(), reader(), seat.collectif_id),
        may_curate=may_curate(db(), seat),
        name=name,
        back_url=url_for("tension_proposals.proposals", collectif=seat.collectif_slug),
        faults=[(field, typo(sentence)) for field, sentence in faults or []],
        page_errors=bool(faults),
    )
