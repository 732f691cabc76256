"""What a group decides: reading a question, answering it, taking it back; the changes of its frame; its end."""

from dataclasses import asdict

from flask import Response, abort, flash, request

from rex.collectifs.form_pages import form_page
from rex.peer_groups import queries, settling
from rex.peer_groups.dissolving import KEY_COPIES_LIVE, NOTICE, may_object, object_to_dissolution, propose_dissolution
from rex.peer_groups.forms import FrameForm, WhyForm
from rex.peer_groups.framing import frame_of, propose_frame
from rex.peer_groups.parts import shown_with
from rex.peer_groups.queries import Question, RoomPage
from rex.peer_groups.room_views import bp, draw, enter, enter_as_responsable, on_page
from rex.peer_groups.settling import settle
from rex.text import to_html
from rex.web import MEMBERS, db, go, open_to, reader


def _question(group_id: str, decision_id: str) -> Question:
    seat = enter(group_id)
    found = queries.questions(db(), reader(), seat.collectif_id, decision_id)
    return found[0] if found else abort(404)


@bp.get("/groupes-de-pairs/<public_id:group_id>/decisions/<public_id:decision_id>")
@open_to(MEMBERS)
def decision(group_id: str, decision_id: str) -> str:
    asked = _question(group_id, decision_id)
    seat = enter(group_id)
    page = queries.room_page(db(), reader(), seat)
    proposed = to_html(asked.proposed.pacte, heading_base=3) if asked.proposed else ""
    shown = shown_with(on_page(seat, page), asked.kind, asked.id)
    return draw("groups/decision.html", page, question=asked, proposed_html=proposed, shown=shown)


@bp.post("/groupes-de-pairs/<public_id:group_id>/decisions/<public_id:decision_id>")
@open_to(MEMBERS)
def answer(group_id: str, decision_id: str) -> Response:
    """« oui », « non »; « reprendre » for who asked."""
    asked, said = _question(group_id, decision_id), request.form.get("reponse", "")
    if said == "reprendre":
        is_done = settling.take_back(db(), reader(), asked.id)
    else:
        is_done = said in ("oui", "non") and settling.answer(db(), reader(), asked.id, is_yes=said == "oui")
    flash("C’est noté." if is_done else "Cette question n’attend plus votre réponse.")
    is_still_inside = queries.questions(db(), reader(), enter(group_id).collectif_id, decision_id)
    return go("groups.decision", group_id=group_id, decision_id=decision_id) if is_still_inside else go("groups.mine")


@bp.get("/groupes-de-pairs/<public_id:group_id>/reglages")
@open_to(MEMBERS)
def before_changing(group_id: str) -> tuple[str, int]:
    page = queries.room_page(db(), reader(), enter_as_responsable(group_id))
    return _changing(page, FrameForm(formdata=None, **asdict(frame_of(page.group))))


@bp.post("/groupes-de-pairs/<public_id:group_id>/reglages")
@open_to(MEMBERS)
def propose_change(group_id: str) -> Response | tuple[str, int]:
    page, form = queries.room_page(db(), reader(), enter_as_responsable(group_id)), FrameForm()
    if not form.validate():
        return _changing(page, form)
    if form.charter == frame_of(page.group):
        form.refuse("pacte", "Rien n’est changé dans ce que vous proposez.")
        return _changing(page, form)
    asked = propose_frame(db(), reader(), page.group.id, form.charter)
    if asked is None:
        form.refuse("pacte", "Un autre changement attend déjà des réponses. Celui-ci pourra suivre.")
        return _changing(page, form)
    settle(db(), asked)
    flash("Le changement est proposé. Il vaut quand chaque personne consultée a dit oui.")
    return go("groups.decision", group_id=group_id, decision_id=asked.public_id)


def _changing(page: RoomPage, form: FrameForm) -> tuple[str, int]:
    return form_page("groups/settings.html", form, page_of=page, audience=page.audience)


@bp.get("/groupes-de-pairs/<public_id:group_id>/dissoudre")
@open_to(MEMBERS)
def before_dissolving(group_id: str) -> tuple[str, int]:
    return _dissolving(queries.room_page(db(), reader(), enter(group_id)), WhyForm(formdata=None))


@bp.post("/groupes-de-pairs/<public_id:group_id>/dissoudre")
@open_to(MEMBERS)
def dissolve(group_id: str) -> Response | tuple[str, int]:
    page, form = queries.room_page(db(), reader(), enter(group_id)), WhyForm()
    if not form.validate():
        return _dissolving(page, form)
    asked = propose_dissolution(db(), reader(), page.group.id, (form.why.data or "").strip())
    if asked is None:
        form.refuse("why", "Cette question est déjà posée, ou la fin du groupe est déjà annoncée.")
        return _dissolving(page, form)
    settle(db(), asked)
    flash("La question est posée." if asked.ended_at is None else "La fin du groupe est annoncée.")
    return go("groups.before_dissolving", group_id=group_id)


@bp.post("/groupes-de-pairs/<public_id:group_id>/dissoudre/objection")
@open_to(MEMBERS)
def refuse_to_dissolve(group_id: str) -> Response:
    """One objection stops the end that is announced; then a majority decides."""
    if object_to_dissolution(db(), reader(), enter(group_id).collectif_id):
        flash("La dissolution est arrêtée. Tous les membres sont consultés de nouveau, la majorité décide.")
    else:
        flash("Il n’y a plus de dissolution à arrêter.")
    return go("groups.before_dissolving", group_id=group_id)


def _dissolving(page: RoomPage, form: WhyForm) -> tuple[str, int]:
    """Before, during and after the announcement: one page says where it stands."""
    ends_at = page.group.dissolves_at
    return form_page(
        "groups/dissolve.html",
        form,
        page_of=page,
        audience=page.audience,
        rule=queries.RULES[page.group.dissolution_rule],
        copies_until=(ends_at + KEY_COPIES_LIVE) if ends_at else None,
        notice_days=NOTICE.days,
        copies_days=KEY_COPIES_LIVE.days,
        may_object=ends_at is not None and may_object(db(), page.group.id),
        going_on=[one for one in page.questions if one.kind == "dissolution"],
    )
