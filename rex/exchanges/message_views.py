"""One message: its author corrects or withdraws it, a reader takes a question, all its readers read what it said before."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex.exchanges.actions import (
    Changed,
    Refused,
    ThreadClosed,
    edit,
    give_back,
    is_standing,
    own_message,
    take,
    version_of,
    why_posture_stays,
    withdraw,
)
from rex.exchanges.closing import is_closed
from rex.exchanges.entries import ToldEntry, narrower, passages_of, readers_of_thread
from rex.exchanges.forms import SELECTED, AnswerForm, change_form_from, grouped, is_wider_than_told, postures_for
from rex.exchanges.models import Exchange, Posture
from rex.exchanges.out_of_sight import find_out_of_sight, messages_out_of_sight, own_html
from rex.exchanges.queries import former_words, name_of
from rex.exchanges.shared_views import back_to, tell_unknown, to, told_message
from rex.exchanges.thread import LABELS
from rex.french import typo
from rex.web import MEMBERS, db, enter_space, open_to, reader

bp = Blueprint("messages", __name__)

OUT_OF_SIGHT = "/compte/messages"
WIDER = "Ce texte est maintenant ouvert au réseau. Relisez qui vous lira, puis enregistrez"
CLOSED = "Ce fil est clos par sa synthèse : on n’y change plus rien."
GONE = "Votre message ne se lit plus dans le fil : il n’a pas été modifié."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/echanges/<public_id:exchange_id>/modifier")
@open_to(MEMBERS)
def before_editing(exchange_id: str) -> tuple[str, int]:
    exchange, entry = told_message(exchange_id)
    try:
        own_message(db(), reader(), exchange)
    except PermissionError:
        abort(403)
    if is_closed(db(), entry, narrower(exchange.audience, entry.audience)):
        abort(403)
    return _edit_page(exchange, entry, AnswerForm(exchange.posture, exchange.source))


@bp.post("/echanges/<public_id:exchange_id>/modifier")
@open_to(MEMBERS)
def edit_message(exchange_id: str) -> Response | tuple[str, int]:
    """Other words, another posture; if they were changed elsewhere meanwhile, both texts come back and nothing is overwritten.

    Whatever refuses them (the thread was closed, the message withdrawn in another window), what was typed is shown again."""
    exchange, entry = told_message(exchange_id, hold=True)
    if exchange.author_id != reader().user_id:
        abort(403)
    form = change_form_from(request.form, exchange.posture)
    if is_wider_than_told(narrower(exchange.audience, entry.audience), form.before):
        wider = form.with_faults([("texte", WIDER)])
        return _edit_page(exchange, entry, wider, base=request.form.get("base", ""), status=409)
    words, faults = form.words(db(), entry)
    if faults:
        return _edit_page(exchange, entry, form.with_faults(faults), base=request.form.get("base", ""), status=422)
    try:
        said = edit(db(), reader(), exchange, words, request.form.get("base", ""))
    except Changed:
        return _edit_page(exchange, entry, form, other=exchange, status=409)
    except Refused as refused:
        return _edit_page(exchange, entry, form.with_faults(refused.faults), status=422)
    except ThreadClosed:
        return _edit_page(exchange, entry, form, too_late=CLOSED, status=403)
    except PermissionError:
        return _edit_page(exchange, entry, form, too_late=GONE, status=403)
    flash("Votre message est modifié.")
    tell_unknown(said.unknown)
    return back_to(exchange, entry)


@bp.get("/echanges/<public_id:exchange_id>/retirer")
@open_to(MEMBERS)
def before_withdrawing(exchange_id: str) -> str:
    exchange, entry = _own(exchange_id)
    if exchange.withdrawn_at:
        abort(403)
    back, words = _place_of(exchange, entry), own_html(db(), exchange)
    return render_template("exchanges/withdraw.html", exchange=exchange, words=words, back=back, is_read=entry is not None)


@bp.post("/echanges/<public_id:exchange_id>/retirer")
@open_to(MEMBERS)
def withdraw_message(exchange_id: str) -> Response:
    exchange, entry = _own(exchange_id)
    withdraw(db(), reader(), exchange)
    flash("Votre message est retiré. Sa place reste dans le fil.")
    return to(_place_of(exchange, entry))


def _own(exchange_id: str) -> tuple[Exchange, ToldEntry | None]:
    """The reader's own message; without its entry when they read that no more: 403 for who reads the words of another."""
    hidden = find_out_of_sight(db(), reader(), exchange_id)
    if hidden is not None:
        enter_space(reader().home)
        return hidden, None
    exchange, entry = told_message(exchange_id)
    if exchange.author_id != reader().user_id:
        abort(403)
    return exchange, entry


def _place_of(exchange: Exchange, entry: ToldEntry | None) -> str:
    return f"{entry.url}#e-{exchange.public_id}" if entry else OUT_OF_SIGHT


@bp.get(OUT_OF_SIGHT)
@open_to(MEMBERS)
def out_of_sight() -> str:
    """One's own messages under entries that one reads no more, to take them back."""
    return render_template("exchanges/out_of_sight.html", messages=messages_out_of_sight(db(), reader()))


@bp.get("/echanges/<public_id:exchange_id>/mots-d-avant")
@open_to(MEMBERS)
def words_before(exchange_id: str) -> str:
    """What it said while it was being answered, for those who read the thread."""
    exchange, entry = told_message(exchange_id)
    if not exchange.has_former_words or not is_standing(exchange):
        abort(404)
    return render_template(
        "exchanges/former_words.html",
        exchange=exchange,
        entry=entry,
        name=name_of(db(), exchange),
        versions=former_words(db(), exchange),
    )


@bp.post("/echanges/<public_id:exchange_id>/en-charge")
@open_to(MEMBERS)
def take_question(exchange_id: str) -> Response:
    """« Je m’en occupe »: says to the others that somebody looks for an answer."""
    exchange, entry = _question(exchange_id)
    if take(db(), reader(), exchange):
        flash("Vous vous occupez de cette question. Les autres le voient.")
    else:
        flash("Quelqu’un s’occupe déjà de cette question.")
    return back_to(exchange, entry)


@bp.post("/echanges/<public_id:exchange_id>/en-charge/fin")
@open_to(MEMBERS)
def give_question_back(exchange_id: str) -> Response:
    exchange, entry = _question(exchange_id)
    if give_back(db(), reader(), exchange):
        flash("Cette question attend de nouveau quelqu’un.")
    return back_to(exchange, entry)


def _question(exchange_id: str) -> tuple[Exchange, ToldEntry]:
    exchange, entry = told_message(exchange_id)
    if exchange.posture is not Posture.QUESTION or not is_standing(exchange):
        abort(403)
    return exchange, entry


def _edit_page(
    exchange: Exchange,
    entry: ToldEntry,
    form: AnswerForm,
    other: Exchange | None = None,
    base: str = "",
    too_late: str = "",
    status: int = 200,
) -> tuple[str, int]:
    """`base`: the version that the form began from, unless it begins now; `other`: what stands in the thread, changed meanwhile;
    `too_late`: why nothing can be changed any more."""
    audience = narrower(exchange.audience, entry.audience)
    why_stays = why_posture_stays(db(), reader(), exchange)
    may_quote = not (why_stays or exchange.quote or exchange.quote_sealed)
    html = render_template(
        "exchanges/edit.html",
        exchange=exchange,
        entry=entry,
        form=form,
        label=LABELS[exchange.posture],
        why_stays=typo(why_stays),
        postures=() if why_stays else postures_for(entry.kind, entry.audience),
        passages=grouped(passages_of(db(), entry)) if may_quote else None,
        selected=SELECTED,
        base=base or version_of(exchange),
        other=other,
        too_late=typo(too_late),
        audience=readers_of_thread(db(), entry, audience),
        page_errors=bool(form.faults) or other is not None,
    )
    return html, status
