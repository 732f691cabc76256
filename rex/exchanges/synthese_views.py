"""Closing a thread with a synthèse, and opening it again: the animateurs of the entry's collectif."""

from flask import Blueprint, Flask, abort, flash, render_template, request
from werkzeug.wrappers import Response

from rex.access import may_close_thread
from rex.exchanges.actions import Refused
from rex.exchanges.closing import (
    MOST_SENTENCES,
    SENTENCE_LENGTH,
    Sentence,
    close_thread,
    closing_synthese,
    is_closed,
    numbered,
    reopen,
)
from rex.exchanges.entries import ToldEntry, narrower, readers_of_thread
from rex.exchanges.shared_views import to, told_entry
from rex.exchanges.thread import LABELS
from rex.french import typo
from rex.journal.models import Audience
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("synthese", __name__)
FIRST_FIELDS = 3
MORE_FIELDS = 2


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/<public_id:entry_id>/synthese")
@bp.get("/difficultes/<public_id:entry_id>/synthese")
@bp.get("/reconnaissances/<public_id:entry_id>/synthese")
@bp.get("/tensions/<public_id:entry_id>/synthese")
@open_to(MEMBERS)
def before_closing(entry_id: str) -> tuple[str, int]:
    entry = _of_an_animateur(entry_id)
    return _page(entry, _thread_named(entry, request.args.get("fil", "")), [Sentence("", "")] * FIRST_FIELDS)


@bp.post("/recits/<public_id:entry_id>/synthese")
@bp.post("/difficultes/<public_id:entry_id>/synthese")
@bp.post("/reconnaissances/<public_id:entry_id>/synthese")
@bp.post("/tensions/<public_id:entry_id>/synthese")
@open_to(MEMBERS)
def close(entry_id: str) -> Response | tuple[str, int]:
    """Close the thread; or give more fields, with what was typed (nothing is kept then, so that a reload is harmless).

    Closed meanwhile by another animateur: their synthèse is shown, and what was typed comes back."""
    if "plus" in request.form:
        db().rollback()
    entry = _of_an_animateur(entry_id, hold="plus" not in request.form)
    audience = _thread_named(entry, request.form.get("fil", ""))
    sentences = _sentences_sent()
    if is_closed(db(), entry, audience):
        return _page(entry, audience, sentences, status=409)
    if "plus" in request.form:
        return _page(entry, audience, [*sentences, *[Sentence("", "")] * MORE_FIELDS][:MOST_SENTENCES])
    try:
        close_thread(db(), reader(), entry, audience, sentences)
    except Refused as refused:
        return _page(entry, audience, sentences, refused.faults, 422)
    flash("Le fil est clos. La synthèse est en tête des échanges.")
    return to(f"{entry.url}#echanges")


@bp.post("/recits/<public_id:entry_id>/synthese/reouverture")
@bp.post("/difficultes/<public_id:entry_id>/synthese/reouverture")
@bp.post("/reconnaissances/<public_id:entry_id>/synthese/reouverture")
@bp.post("/tensions/<public_id:entry_id>/synthese/reouverture")
@open_to(MEMBERS)
def open_again(entry_id: str) -> Response:
    entry = _of_an_animateur(entry_id, hold=True)
    reopen(db(), reader(), entry, _thread_named(entry, request.form.get("fil", "")))
    flash("Le fil est ouvert de nouveau. La synthèse reste à lire.")
    return to(f"{entry.url}#echanges")


def _of_an_animateur(entry_id: str, *, hold: bool = False) -> ToldEntry:
    entry = told_entry(entry_id, hold=hold)
    if not may_close_thread(reader(), entry.collectif_id):
        abort(403)
    return entry


def _thread_named(entry: ToldEntry, value: str) -> Audience:
    """The thread that the form speaks of: the present one unless it names what was said before fewer people."""
    named = Audience(value) if value in {one.value for one in Audience} else entry.audience
    return narrower(named, entry.audience)


def _sentences_sent() -> list[Sentence]:
    words, rests = request.form.getlist("phrase"), request.form.getlist("messages")
    sent = [Sentence(phrase, on) for phrase, on in zip(words, rests, strict=False)][:MOST_SENTENCES]
    return sent or [Sentence("", "")] * FIRST_FIELDS


def _as_text(sentences: list[Sentence]) -> str:
    """What was typed, to be copied; empty when nothing was."""
    return "\n\n".join(f"{one.words}\n({one.rests_on})" if one.rests_on else one.words for one in sentences if one.words.strip())


def _page(
    entry: ToldEntry, audience: Audience, sentences: list[Sentence], faults: list[tuple[str, str]] | None = None, status: int = 200
) -> tuple[str, int]:
    html = render_template(
        "exchanges/synthese.html",
        entry=entry,
        thread=audience,
        audience=readers_of_thread(db(), entry, audience),
        messages=numbered(db(), reader(), entry, audience),
        sentences=sentences,
        faults=[(name, typo(sentence)) for name, sentence in faults or []],
        labels=LABELS,
        is_closed=is_closed(db(), entry, audience),
        closing=closing_synthese(db(), entry, audience),
        typed=_as_text(sentences),
        may_add=len(sentences) < MOST_SENTENCES,
        longest=SENTENCE_LENGTH,
        page_errors=bool(faults),
    )
    return html, status
