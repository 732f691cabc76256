"""« Cela ressemble à … »: while one writes a difficulty, and on its page; only a person links.

Without script, it is proposed once the difficulty is shared. What is compared is what the reader reads, and nothing of a group."""

from dataclasses import dataclass

from flask import Blueprint, Flask, Response, abort, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rex.access import MembershipView
from rex.db import RexSession
from rex.french import count, typo
from rex.journal.models import Audience, EntryKind
from rex.journal.under import EntryOnPage, add_under_entry
from rex.referentiel.markers import markers_for
from rex.refusals import Refused
from rex.tensions import acts
from rex.tensions.forms import Name
from rex.tensions.linking_queries import balises_of, find_difficulty_here
from rex.tensions.linking_views import ALREADY, LINKED
from rex.tensions.marking import Piece, marked
from rex.tensions.near import Near, resembling
from rex.tensions.queries import find_tension, other_tensions, tension_of
from rex.tensions.settings import may_curate
from rex.tensions.shared_views import audience_here, strength_in_words, to, told
from rex.text.passages import tidy_quote
from rex.web import MEMBERS, db, enter_space, installation, open_to, reader

bp = Blueprint("near_tensions", __name__)
MOST_READ = 2_000  # characters that are compared


@dataclass(frozen=True)
class Shown:
    """Something that resembles, in words: a tension, or a difficulty that is in none."""

    public_id: str
    is_tension: bool
    title: str
    what: str  # « Tension, 9 difficultés »
    url: str
    closest: list[Piece]  # the difficulty to read beside one's own, its shared words marked
    why: str
    strength: str


@dataclass(frozen=True)
class OnDifficulty:
    """What the page of a difficulty shows: the tension where it is, else what it resembles, for who may link it."""

    tension: tuple[str, str] | None  # name, address
    near: list[Shown]
    url: str


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    add_under_entry("tensions", _under)


@bp.post("/tensions/ressemblances")
@open_to(MEMBERS)
def near() -> Response:
    """What the words that somebody writes resemble; nothing of them is kept. Compared in a session that only reads: nobody waits
    to write meanwhile."""
    seat = reader().in_collectif(request.form.get("collectif", ""))
    words = tidy_quote(request.form.get("mots", ""), most=MOST_READ)
    balises = request.form.getlist("balises")[:20]
    db().rollback()
    if seat is None:
        abort(404)
    with installation().database.session(reader()) as session:
        found = shown(session, resembling(session, reader(), seat, words, balises))
    items = [{"title": one.title, "url": one.url, "what": one.what, "why": one.why, "strength": one.strength} for one in found]
    return jsonify(items=items)


@bp.get("/difficultes/<public_id:difficulty_id>/tensions")
@open_to(MEMBERS)
def choose(difficulty_id: str) -> str:
    """The tensions to which this difficulty may be linked, the nearest first."""
    return _page(difficulty_id, Name())


@bp.post("/difficultes/<public_id:difficulty_id>/tensions")
@open_to(MEMBERS)
def link(difficulty_id: str) -> BaseResponse | tuple[str, int]:
    """Link it to the tension that was chosen; or give a name to it, with those that look like it."""
    entry_id, _, seat = _difficulty(difficulty_id)
    if "nom" in request.form:
        return _name(difficulty_id, entry_id, seat)
    chosen = find_tension(db(), reader(), request.form.get("tension", "-"))
    if chosen is None or chosen.collectif_id != seat.collectif_id:
        return _page(difficulty_id, Name(), [("tension", "Choisissez une tension")]), 422
    url = f"/tensions/{chosen.public_id}"
    try:
        done = acts.link(db(), reader(), chosen, entry_id)
    except Refused as refused:
        db().rollback()
        return _page(difficulty_id, Name(), [("tension", str(refused))]), 409
    told(LINKED if done else ALREADY)
    return to(url)


def _name(difficulty_id: str, entry_id: int, seat: MembershipView) -> BaseResponse | tuple[str, int]:
    if not may_curate(db(), seat):
        abort(403)
    name = Name.sent(request.form)
    faults = name.faults()
    if faults:
        return _page(difficulty_id, name, faults), 422
    others = [find_difficulty_here(db(), reader(), seat.collectif_id, one) for one in request.form.getlist("difficultes")[:20]]
    try:
        tension = acts.name(db(), reader(), seat, name.title, name.words, [entry_id, *(one[0] for one in others if one)])
    except Refused as refused:
        db().rollback()
        return _page(difficulty_id, name, [("nom", str(refused))]), 409
    told("La tension a un nom.")
    return to(f"/tensions/{tension.public_id}")


def shown(session: RexSession, found: list[Near]) -> list[Shown]:
    """What resembles, with what brought it near in words that people can check."""
    markers = markers_for(session, {code for one in found for code in one.balises}, reader().slugs)
    return [
        Shown(
            one.public_id,
            one.is_tension,
            typo(one.title),
            f"Tension, {count(one.difficulties, 'difficulté')}" if one.is_tension else "Difficulté, dans aucune tension",
            one.url,
            marked(one.closest, [theirs for _, theirs in (*one.words, *one.near_words)]),
            why_of(one, [markers[code].label for code in one.balises if code in markers]),
            strength_in_words(one.strength),
        )
        for one in found
    ]


def why_of(near: Near, balises: list[str]) -> str:
    """« Mots communs : réunion, décider. Mots proches : épuisée ~ à bout. Balise : Jouer le temps. »"""
    words = [one if one.casefold() == other.casefold() else f"{one} ~ {other}" for one, other in near.words]
    close = [f"{one} ~ {other}" for one, other in near.near_words]
    common = "Balises communes" if len(balises) > 1 else "Balise commune"
    parts = (("Mots communs", words), ("Mots proches", close), (common, balises))
    return typo(" ".join(f"{label} : {', '.join(said)}." for label, said in parts if said))


def _under(entry: EntryOnPage) -> OnDifficulty | None:
    """One statement; for the authors of a difficulty that is in no tension, what it resembles too."""
    seat = reader().seat(entry.collectif_id)
    if entry.kind is not EntryKind.DIFFICULTY or entry.audience is Audience.GROUPE or seat is None or seat.is_group:
        return None
    url = url_for("near_tensions.choose", difficulty_id=entry.public_id)
    found = tension_of(db(), reader(), entry.id)
    if found is not None:
        return OnDifficulty((found[2], f"/tensions/{found[1]}"), [], url)
    is_author = reader().user_id in entry.author_ids
    return OnDifficulty(None, _near_to(seat, entry.id, entry.public_id) if is_author else [], url)


def _near_to(seat: MembershipView, entry_id: int, public_id: str, *, unsure: bool = False) -> list[Shown]:
    told_here = find_difficulty_here(db(), reader(), seat.collectif_id, public_id)
    if told_here is None:
        return []
    balises = balises_of(db(), entry_id)
    return shown(db(), resembling(db(), reader(), seat, told_here[1], balises, besides=entry_id, unsure=unsure))


def _difficulty(difficulty_id: str) -> tuple[int, str, MembershipView]:
    """The difficulty of this address, for a member of the collectif where it was told."""
    for seat in reader().memberships:
        found = find_difficulty_here(db(), reader(), seat.collectif_id, difficulty_id)
        if found is not None:
            enter_space(seat)
            return found[0], found[1], seat
    abort(404)


def _page(difficulty_id: str, name: Name, faults: list[tuple[str, str]] | None = None) -> str:
    entry_id, words, seat = _difficulty(difficulty_id)
    near = _near_to(seat, entry_id, difficulty_id)
    is_sure = bool(near)
    near = near or _near_to(seat, entry_id, difficulty_id, unsure=True)
    listed = {one.public_id for one in near if one.is_tension}
    curates = may_curate(db(), seat)
    return render_template(
        "tensions/choose.html",
        difficulty_id=difficulty_id,
        words=words,
        audience=audience_here(seat) if curates else None,
        tension=tension_of(db(), reader(), entry_id),
        near=[one for one in near if one.is_tension],
        alone=[one for one in near if not one.is_tension],
        is_sure=is_sure,
        others=[one for one in other_tensions(db(), reader(), seat.collectif_id) if one[0] not in listed],
        may_curate=curates,
        name=name,
        faults=[(field, typo(sentence)) for field, sentence in faults or []],
        page_errors=bool(faults),
    )
