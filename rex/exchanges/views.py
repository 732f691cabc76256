"""Answering: the thread under an entry, the full form, the questions that wait, and the names of readers.

Addresses are written without a look at the routes (`/recits/<id>#e-<id>`): a thread has hundreds of them."""

from flask import Blueprint, Flask, Response, abort, flash, jsonify, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from rex import clock
from rex.access import AudienceView
from rex.exchanges import message_views, quotes, room_search_views, shown, synthese_views
from rex.exchanges.actions import Refused, ThreadClosed, is_standing, say
from rex.exchanges.closing import is_closed
from rex.exchanges.entries import ToldEntry, audience_of_answer, passages_of, readers_of_thread
from rex.exchanges.forms import SELECTED, AnswerForm, answer_form_from, grouped, is_wider_than_told, postures_for
from rex.exchanges.mentions import proposed
from rex.exchanges.models import Exchange
from rex.exchanges.queries import find_exchange, name_of, waiting_questions
from rex.exchanges.room_messages import first_messages, own_messages
from rex.exchanges.said_already import already_said
from rex.exchanges.shared_views import back_to, tell_unknown, to, told_entry
from rex.exchanges.words import MOST
from rex.journal import moments
from rex.journal.own_texts import add_own_texts
from rex.journal.under import EntryOnPage, add_in_room, add_on_action, add_on_home, add_under_entry
from rex.web import MEMBERS, db, enter_space, open_to, reader, space

bp = Blueprint("exchanges", __name__)


def register(app: Flask) -> None:
    """The pages of the room, its parts on the pages of the journal, its ear for what becomes of quoted words."""
    app.register_blueprint(bp)
    message_views.register(app)
    synthese_views.register(app)
    room_search_views.register(app)
    add_under_entry("exchanges", _under_entry)
    add_on_action("exchanges", lambda recits: shown.on_action(db(), reader(), recits, _zone()))
    add_on_home("exchanges", _on_home)
    add_in_room("exchanges", lambda entry_ids: first_messages(db(), entry_ids))
    add_own_texts("exchanges", own_messages)
    moments.on_change("exchanges", quotes.follow)


def _zone() -> str:
    seat = space()
    return seat.timezone if seat else "Europe/Paris"


def _under_entry(entry: EntryOnPage) -> shown.ThreadOnPage:
    posture, passage = request.args.get("posture", ""), request.args.get("passage", "")
    return shown.under_entry(db(), reader(), entry, _zone(), posture, passage)


def _on_home() -> shown.WaitingOnHome | None:
    seat = space()
    return shown.on_home(db(), seat) if seat else None


@bp.get("/recits/<public_id:entry_id>/repondre")
@bp.get("/difficultes/<public_id:entry_id>/repondre")
@bp.get("/reconnaissances/<public_id:entry_id>/repondre")
@bp.get("/tensions/<public_id:entry_id>/repondre")
@open_to(MEMBERS)
def before_answering(entry_id: str) -> tuple[str, int]:
    """The full form: works without script, shows each paragraph that may be quoted."""
    entry = told_entry(entry_id)
    form = answer_form_from(request.args)
    parent = _answered(entry, form)
    parent = parent if parent is not None and is_standing(parent) else None
    return _page(entry, form.answering(parent, request.args.get("posture", "")), parent)


@bp.post("/recits/<public_id:entry_id>/repondre")
@bp.post("/difficultes/<public_id:entry_id>/repondre")
@bp.post("/reconnaissances/<public_id:entry_id>/repondre")
@bp.post("/tensions/<public_id:entry_id>/repondre")
@open_to(MEMBERS)
def answer(entry_id: str) -> BaseResponse | tuple[str, int]:
    """Say it, before those whom the button named; refused, everything typed is shown again.

    « Choisir le passage » only leads to the full form: nothing is kept then, not even the key of the form, so that who comes
    back to the short one may send it."""
    if "choisir" in request.form:
        db().rollback()
    entry = told_entry(entry_id, hold=True)
    form = answer_form_from(request.form)
    parent = _answered(entry, form)
    if form.answers and (parent is None or not is_standing(parent)):
        gone = "Le message auquel vous répondiez n’est plus là. Vous pouvez répondre au fil"
        return _page(entry, form.with_faults([("texte", gone)]), None, 422)
    if is_wider_than_told(audience_of_answer(entry, parent), form.before):
        wider = "Ce texte est maintenant ouvert au réseau. Relisez qui vous lira, puis répondez"
        return _page(entry, form.with_faults([("repondre", wider)]), parent, 409)
    words, faults = form.words(db(), entry)
    if "choisir" in request.form or faults:
        return _page(entry, form.with_faults(faults), parent, 422 if faults else 200)
    before = already_said(db(), reader(), entry, words, parent)
    if before is not None:
        flash("Vous l’avez déjà dit.")
        return back_to(before, entry)
    try:
        said = say(db(), reader(), entry, words, parent)
    except ThreadClosed:
        return _page(entry, form, parent, 403)
    except Refused as refused:
        return _page(entry, form.with_faults(refused.faults), parent, 422)
    flash("Votre message est dans le fil.")
    tell_unknown(said.unknown)
    return to(f"{entry.url}#e-{said.exchange.public_id}")


@bp.get("/recits/<public_id:entry_id>/personnes")
@bp.get("/difficultes/<public_id:entry_id>/personnes")
@bp.get("/reconnaissances/<public_id:entry_id>/personnes")
@bp.get("/tensions/<public_id:entry_id>/personnes")
@open_to(MEMBERS)
def people(entry_id: str) -> Response:
    """Names to propose after « @ »: of those who would read the message, and of nobody else."""
    entry = told_entry(entry_id)
    parent = _answered(entry, answer_form_from(request.args))
    names = proposed(db(), request.args.get("q", "")[:80], audience_of_answer(entry, parent), entry)
    return jsonify(names=names)


@bp.get("/c/<slug:collectif>/sans-reponse")
@bp.get("/groupes-de-pairs/<public_id:group_id>/sans-reponse")
@open_to(MEMBERS)
def waiting(collectif: str = "", group_id: str = "") -> str:
    """The questions that wait in a collectif; inside a group, those of the group, told nowhere else."""
    seat = reader().in_group(group_id) if group_id else space()
    if seat is None:
        abort(404)
    enter_space(seat)
    page = waiting_questions(db(), reader(), seat, request.args.get("apres", ""))
    today = clock.today(seat.timezone)
    return render_template(
        "exchanges/waiting.html",
        page=page,
        reader_id=reader().user_id,
        days_since=lambda instant: (today - clock.local(instant, seat.timezone).date()).days,
    )


def _answered(entry: ToldEntry, form: AnswerForm) -> Exchange | None:
    found = find_exchange(db(), reader(), form.answers) if form.answers else None
    return found if found is not None and found.entry_id == entry.id else None


def _page(entry: ToldEntry, form: AnswerForm, parent: Exchange | None, status: int = 200) -> tuple[str, int]:
    audience = audience_of_answer(entry, parent)
    view: AudienceView = readers_of_thread(db(), entry, audience)
    closed = is_closed(db(), entry, audience)
    passages = passages_of(db(), entry)
    html = render_template(
        "exchanges/answer.html",
        entry=entry,
        form=form.begun_at(passages) if request.method == "GET" else form,
        parent=parent,
        parent_name=name_of(db(), parent) if parent else "",
        audience=view,
        postures=postures_for(entry.kind, entry.audience),
        passages=grouped(passages),
        selected=SELECTED,
        most=MOST,
        closed=closed,
        page_errors=bool(form.faults),
    )
    return html, 403 if closed and status == 200 and request.method == "POST" else status
