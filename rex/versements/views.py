"""The pages of versements: one's texts of the group, the rewriting, and what the members read before they answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Blueprint, Flask, Response, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from rex import french
from rex.access import MembershipView, draft_audience, everybody_in
from rex.collectifs.capabilities import full_url
from rex.exchanges.room_search_views import add_to_search
from rex.french import joined, typo
from rex.journal.models import EntryKind
from rex.journal.own_texts import add_own_texts
from rex.peer_groups import parts
from rex.peer_groups.mails import post_told, root_of_page
from rex.peer_groups.models import DecisionKind
from rex.peer_groups.queries import room_page
from rex.peer_groups.room_views import enter
from rex.peer_groups.settling import on_end
from rex.versements import actions, queries, shown_views, sources
from rex.versements.actions import TooLate
from rex.versements.queries import OnItsWay
from rex.versements.rewriting import (
    MOST_WORDS,
    TEXT,
    TITLE,
    Act,
    Decided,
    Rewriting,
    Undecided,
    clean,
    decide,
    faults_of,
    members_named,
    one_line,
    undecided,
)
from rex.web import MEMBERS, SAFE_METHODS, db, go, keep_changes, open_to, reader

bp = Blueprint("versements", __name__)

WHERE = "/groupes-de-pairs/<public_id:group_id>/versements"
KIND, TO = "nature", "collectif"
Faults = list[tuple[str, str]]


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    on_end(DecisionKind.VERSEMENT, actions.follow)
    parts.add_to_room("versements", "versements/_in_room.html", lambda room: room.audience.members)
    parts.show_with_decision(DecisionKind.VERSEMENT, "versements/_put_to_members.html", shown_views.put_to_members)
    parts.before_going("versements", actions.forget)
    add_own_texts("versements", queries.taken_along)
    add_to_search("versements", shown_views.look)


@bp.after_request
def _write_mails(response: Response) -> Response:
    """« Du nouveau dans un de vos groupes », in the transaction of the act."""
    if request.method not in SAFE_METHODS and response.status_code < 400:
        post_told(db(), root_of_page(full_url("groups.mine")))
    return response


@bp.get(WHERE)
@open_to(MEMBERS)
def versements(group_id: str) -> str:
    """« Et si cela sert à d’autres ? »"""
    seat = enter(group_id)
    return render_template(
        "versements/list.html",
        audience=everybody_in(db(), seat.collectif_id),
        here=_here(seat),
        texts=sources.own_texts(db(), reader(), seat.collectif_id),
        on_their_way=queries.versements(db(), reader(), seat),
        days=lambda moment: french.date_short(moment, seat.timezone),
    )


@bp.post(WHERE)
@open_to(MEMBERS)
def begin(group_id: str) -> Response:
    """Begin to rewrite a récit, a difficulty, a message or a dépôt of one's own, or go on."""
    seat = enter(group_id)
    origin = next((one for one in sources.Origin if request.form.get(one)), None)
    found = sources.own_text(db(), reader(), seat, origin, request.form[origin]) if origin else None
    if found is None:
        abort(404)
    made = actions.begin(db(), reader(), seat, found)
    return go("versements.versement", group_id=group_id, versement_id=made.public_id)


@bp.get(f"{WHERE}/<public_id:versement_id>")
@open_to(MEMBERS)
def versement(group_id: str, versement_id: str) -> str | BaseResponse | tuple[str, int]:
    """The text that its author rewrites; for the others, and once it is put to the members, what these read."""
    seat, one = _find(group_id, versement_id)
    if one.is_written:
        return _page(seat, one, Typed(one.said))
    return redirect(f"{seat.url}/decisions/{one.decision_id}") if one.decision_id else abort(404)


@bp.post(f"{WHERE}/<public_id:versement_id>")
@open_to(MEMBERS)
def rewrite(group_id: str, versement_id: str) -> Response | tuple[str, int]:
    """« Enregistrer », « Demander l’accord », « Abandonner »."""
    seat, one = _find(group_id, versement_id)
    if not one.is_mine:
        abort(403)
    act, version = request.form.get("acte", ""), request.form.get("version", "")
    typed = _typed(one.said, queries.known_to(db(), reader(), seat.collectif_id))
    try:
        actions.held(db(), reader(), one.row, int(version) if version.isdecimal() and len(version) < 9 else 0)
    except TooLate as late:
        return _page(seat, one, replace(typed, faults=[("", str(late))]), 409)
    if act == "abandonner":
        actions.remove(db(), one.row)
        flash("Ce texte est effacé. Celui du groupe reste où il est.")
        return go("versements.versements", group_id=group_id)
    actions.save(db(), one.row, typed.said)
    faults = _before_asking(seat, one, typed.said) if act == "demander" else []
    if faults or typed.unfinished:
        keep_changes()  # what was decided is kept, whatever is missing still
        return _page(seat, one, replace(typed, faults=faults), 422)
    if act != "demander":
        flash("C’est enregistré. Vous seul, ou vous seule, le lisez.")
        return go("versements.versement", group_id=group_id, versement_id=versement_id)
    asked = actions.ask(db(), reader(), room_page(db(), reader(), seat).group, one.row)
    actions.settle(db(), asked)
    flash("Les membres sont consultés. Le texte ne change plus." if asked.ended_at is None else _ended(one))
    return go("groups.decision", group_id=group_id, decision_id=asked.public_id)


def _ended(one: OnItsWay) -> str:
    return "Le texte est sorti du groupe." if one.row.is_told else "Le texte n’a pas pu paraître."


@dataclass(frozen=True)
class Typed:
    """What a form says: the text with what was decided done in it; what is wrong; the fields of decisions that are not whole."""

    said: Rewriting
    faults: Faults = field(default_factory=list)
    unfinished: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)  # words → act, other words, reason, fault


def _typed(before: Rewriting, known: Any) -> Typed:
    form = request.form
    kind = EntryKind(form[KIND]) if form.get(KIND) in set(actions.KINDS) else before.kind
    said = replace(
        before,
        kind=kind,
        title=one_line(form.get(TITLE, before.title)),
        text=clean(form.get(TEXT, before.text)),
        to=place if (place := form.get(TO, before.to)) in _places() else "",
    )
    waiting = {_squashed(one.trace.words): one for one in undecided(said, known)}
    decided, unfinished = [], {}
    for rank, words in enumerate(form.getlist("mots")[:400]):
        act, instead, why = (one_line(form.get(f"{name}-{rank}", "")) for name in ("geste", "neutre", "raison"))
        if _squashed(words) not in waiting or act not in set(Act):
            continue
        trace = waiting[_squashed(words)].trace
        fault = _fault_of(Act(act), instead, why, trace.kind.value)
        if fault:
            unfinished[trace.words] = (act, instead, why, fault)
        else:
            kept = {Act.REPLACE: instead, Act.KEEP: why}.get(Act(act), "")
            decided.append(Decided(trace.kind, trace.words, Act(act), kept))
    return Typed(decide(said, decided, known), unfinished=unfinished)


def _squashed(words: str) -> str:
    """Words as a form gives them back: browsers write the ends of lines in their own way."""
    return " ".join(words.split())


def _fault_of(act: Act, instead: str, why: str, kind: str) -> str:
    if act is Act.REPLACE and not instead:
        return "Écrivez les mots qui remplacent, ou choisissez de retirer"
    if act is Act.KEEP and kind == "lien":
        return "Une adresse ne sort pas du groupe : remplacez-la, ou retirez-la"
    if act is Act.KEEP and not why:
        return "Dites pourquoi ces mots restent : les membres le liront"
    return f"Raccourcissez : {MOST_WORDS} caractères au plus" if max(len(instead), len(why)) > MOST_WORDS else ""


def _places() -> dict[str, MembershipView]:
    return {one.collectif_public_id: one for one in reader().memberships}


def _before_asking(seat: MembershipView, one: OnItsWay, said: Rewriting) -> Faults:
    """What keeps the text from being put to the members."""
    title, text = sources.words_behind(db(), reader(), seat, one.row)
    faults = faults_of(said, title, text)
    if said.to not in _places():
        faults.append((TO, "Choisissez le journal où ce texte paraîtrait"))
    named = members_named(said, queries.members_of(db(), seat.collectif_id))
    if named:
        quoted = joined([f"« {words} »" for words in named])
        faults.append((TEXT, f"Ce texte nomme un membre du groupe : {quoted}. Écrivez-le autrement"))
    waiting = len(undecided(said, queries.known_to(db(), reader(), seat.collectif_id)))
    if waiting:
        faults.append(("traces-du-texte", f"Décidez d’abord pour chaque trace : il en reste {waiting}"))
    return faults


def _find(group_id: str, versement_id: str) -> tuple[MembershipView, OnItsWay]:
    seat = enter(group_id)
    found = queries.versements(db(), reader(), seat, versement_id)
    return (seat, found[0]) if found else abort(404)


def _here(seat: MembershipView) -> str:
    return f"{seat.url}/versements"


def _page(seat: MembershipView, one: OnItsWay, typed: Typed, status: int = 200) -> tuple[str, int]:
    waiting: Sequence[Undecided] = undecided(typed.said, queries.known_to(db(), reader(), seat.collectif_id))
    waiting = sorted(waiting, key=lambda item: item.trace.words not in typed.unfinished)
    wrong = {words: fault for words, (*_, fault) in typed.unfinished.items()}
    of_traces = [(f"mot-{rank}", wrong[item.trace.words]) for rank, item in enumerate(waiting) if item.trace.words in wrong]
    faults = [(name, typo(sentence)) for name, sentence in [*typed.faults, *of_traces]]
    html = render_template(
        "versements/rewrite.html",
        audience=draft_audience(seat.collectif_id),
        everybody=everybody_in(db(), seat.collectif_id),
        here=_here(seat),
        one=one,
        said=typed.said,
        waiting=waiting,
        unfinished=typed.unfinished,
        places=[(place.collectif_public_id, place.collectif_name) for place in reader().memberships],
        faults=faults,
        days=room_page(db(), reader(), seat).group.versement_days,
        page_errors=bool(faults),
    )
    return html, status
