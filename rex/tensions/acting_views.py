"""What whoever curates does to a tension: another name, where it stands, two from one, one from two; and undoing any of it."""

from flask import Blueprint, Flask, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from rex.access import MembershipView, told_tensions
from rex.french import typo
from rex.refusals import Refused
from rex.tensions import acts, drawing_views
from rex.tensions.acts_undoing import may_undo
from rex.tensions.forms import MOST_WORDS, Name, text_of
from rex.tensions.models import State, Tension
from rex.tensions.page_queries import find_act
from rex.tensions.queries import Extract, extracts_of, find_tension, other_tensions, tension_page
from rex.tensions.shared_views import audience_here, curated_tension, to, told, year_of
from rex.web import MEMBERS, db, enter_space, open_to, reader

bp = Blueprint("tension_acts", __name__)
MOST_SPLIT = 100  # difficulties that the form of a split shows
COMES_BACK = "revient"
STATES = {  # what the button says, what the page asks
    State.AT_WORK.value: ("Mettre au travail", "Que met-on au travail, et avec qui ?"),
    State.CALMED.value: ("Dire qu’elle s’apaise", "À quoi le voit-on ?"),
    COMES_BACK: ("Dire qu’elle revient", "Qu’est-ce qui revient ?"),
}


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/tensions/<public_id:tension_id>/nom")
@open_to(MEMBERS)
def before_renaming(tension_id: str) -> str:
    tension, seat = curated_tension(tension_id)
    return _name_page(tension, seat, Name(tension.title, tension.words))


@bp.post("/tensions/<public_id:tension_id>/nom")
@open_to(MEMBERS)
def rename(tension_id: str) -> Response | tuple[str, int]:
    tension, seat = curated_tension(tension_id)
    name, forgets = Name.sent(request.form), "oubli" in request.form
    faults = name.faults()
    if faults:
        return _name_page(tension, seat, name, faults), 422
    try:
        changed = acts.rename(db(), reader(), tension, name.title, name.words, forgets=forgets)
    except Refused as refused:
        return _name_page(tension, seat, name, [("nom", typo(str(refused)))]), 409
    told("Aucun nom d’avant n’est gardé." if forgets else "Le nom est changé." if changed else "Rien n’a changé.")
    return to(_url(tension))


@bp.get("/tensions/<public_id:tension_id>/etat")
@open_to(MEMBERS)
def before_stating(tension_id: str) -> str:
    tension, seat = curated_tension(tension_id)
    return _state_page(tension, seat, request.args.get("vers", ""), "")


@bp.post("/tensions/<public_id:tension_id>/etat")
@open_to(MEMBERS)
def state(tension_id: str) -> Response | tuple[str, int]:
    tension, seat = curated_tension(tension_id)
    goal, words = request.form.get("vers", ""), text_of(request.form, "mots")
    if len(words) > MOST_WORDS:
        return _state_page(tension, seat, goal, words, f"Raccourcissez ce texte : {MOST_WORDS} caractères au plus"), 422
    if goal not in STATES:
        abort(404)
    try:
        done = acts.set_state(db(), reader(), tension, None if goal == COMES_BACK else State(goal), words)
    except Refused as refused:
        return _state_page(tension, seat, goal, words, str(refused)), 409
    told("C’est noté dans sa vie." if done else "Rien n’a changé.")
    return to(_url(tension))


@bp.get("/tensions/<public_id:tension_id>/scission")
@open_to(MEMBERS)
def before_splitting(tension_id: str) -> str:
    tension, seat = curated_tension(tension_id)
    return _split_page(tension, seat, Name(), [])


@bp.post("/tensions/<public_id:tension_id>/scission")
@open_to(MEMBERS)
def split(tension_id: str) -> Response | tuple[str, int]:
    """Those that were ticked go together under a name of their own."""
    tension, seat = curated_tension(tension_id)
    name, ticked = Name.sent(request.form), request.form.getlist("difficultes")
    faults = name.faults()
    ids = [one.id for one in _all_of(tension, seat) if one.public_id in ticked]
    if not ids:
        faults.append(("difficultes", "Choisissez les difficultés qui disent autre chose"))
    if faults:
        return _split_page(tension, seat, name, ticked, faults), 422
    try:
        new = acts.split(db(), reader(), tension, ids, name.title, name.words)
    except Refused as refused:
        return _split_page(tension, seat, name, ticked, [("difficultes", typo(str(refused)))]), 409
    told("Une deuxième tension est née de la première.")
    return to(_url(new))


@bp.get("/tensions/<public_id:tension_id>/fusion")
@open_to(MEMBERS)
def before_merging(tension_id: str) -> str:
    tension, seat = curated_tension(tension_id)
    return _merge_page(tension, seat)


@bp.post("/tensions/<public_id:tension_id>/fusion")
@open_to(MEMBERS)
def merge(tension_id: str) -> Response | tuple[str, int]:
    """The difficulties of the other one come here; its name stays in the history."""
    tension, seat = curated_tension(tension_id)
    chosen = request.form.get("autre", "")
    other = find_tension(db(), reader(), chosen) if chosen else None
    if other is None or other.collectif_id != tension.collectif_id or other.id == tension.id:
        return _merge_page(tension, seat, chosen, "Choisissez la tension qui la rejoint"), 422
    try:
        acts.merge(db(), reader(), tension, other)
    except Refused as refused:
        return _merge_page(tension, seat, chosen, str(refused)), 409
    told("Les deux tensions n’en font plus qu’une.")
    return to(_url(tension))


@bp.post("/tensions/actes/<public_id:act_id>/annulation")
@open_to(MEMBERS)
def undo(act_id: str) -> Response | tuple[str, int]:
    """What somebody did is undone; refused when what it changed was changed since."""
    act = find_act(db(), act_id)
    seat = reader().seat(act.collectif_id) if act else None
    if act is None or seat is None:
        abort(404)
    enter_space(seat)
    if act.undone_at is None and not may_undo(db(), reader(), act):
        abort(403)
    stays = _still_there(act.tension_id)
    try:
        acts.undo(db(), reader(), act)
    except Refused as refused:
        db().rollback()
        return (drawing_views.draw(stays.public_id, str(refused)) if stays else _refused(seat, str(refused))), 409
    told("C’est annulé.")
    left = _still_there(act.tension_id)
    proposals = url_for("tension_proposals.proposals", collectif=seat.collectif_slug)
    recurring = url_for("tensions.what_recurs", collectif=seat.collectif_slug)
    return to(f"{_url(left)}#vie" if left else proposals if act.tension_id is None else recurring)


def _still_there(tension_id: int | None) -> Tension | None:
    """The tension of an act, when it is still there."""
    if tension_id is None:
        return None
    return db().scalars(told_tensions(reader()).where(Tension.id == tension_id)).first()


def _refused(seat: MembershipView, sentence: str) -> str:
    return render_template(
        "tensions/refused.html",
        sentence=typo(sentence),
        back_url=url_for("tension_proposals.proposals", collectif=seat.collectif_slug),
    )


def _url(tension: Tension) -> str:
    return f"/tensions/{tension.public_id}"


def _name_page(tension: Tension, seat: MembershipView, name: Name, faults: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "tensions/name.html",
        tension=tension,
        audience=audience_here(seat),
        name=name,
        faults=faults or [],
        page_errors=bool(faults),
    )


def _state_page(tension: Tension, seat: MembershipView, goal: str, words: str, fault: str = "") -> str:
    if goal not in STATES:
        abort(404)
    label, question = STATES[goal]
    return render_template(
        "tensions/state.html",
        tension=tension,
        audience=audience_here(seat),
        goal=goal,
        label=label,
        question=question,
        words=words,
        faults=[("mots", typo(fault))] if fault else [],
        page_errors=bool(fault),
    )


def _all_of(tension: Tension, seat: MembershipView) -> list[Extract]:
    page = tension_page(db(), reader(), tension.public_id, year_of(seat))
    return extracts_of(db(), reader(), page.line, most=MOST_SPLIT).items if page else []


def _split_page(
    tension: Tension, seat: MembershipView, name: Name, ticked: list[str], faults: list[tuple[str, str]] | None = None
) -> str:
    return render_template(
        "tensions/split.html",
        tension=tension,
        audience=audience_here(seat),
        name=name,
        extracts=_all_of(tension, seat),
        ticked=ticked,
        faults=[(field, typo(sentence)) for field, sentence in faults or []],
        page_errors=bool(faults),
    )


def _merge_page(tension: Tension, seat: MembershipView, chosen: str = "", fault: str = "") -> str:
    return render_template(
        "tensions/merge.html",
        tension=tension,
        audience=audience_here(seat),
        others=other_tensions(db(), reader(), seat.collectif_id, but=tension.id),
        chosen=chosen,
        faults=[("autre", typo(fault))] if fault else [],
        page_errors=bool(fault),
    )
