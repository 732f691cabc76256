"""Writing, changing and removing a note between two récits of an action."""

from typing import Any

from flask import Blueprint, Flask, abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from rex.access import AudienceView, audience_of, may_answer
from rex.french import typo
from rex.journal.action_layout import Reading, Row, rows_of
from rex.journal.action_queries import ActionPage, ToldBy, action_page, sections_of
from rex.journal.models import Audience
from rex.journal.notes import (
    Changed,
    faults_of,
    find_note,
    narrower,
    remove_note,
    rewrite_note,
    version_of,
    words_for_author,
    words_of,
    write_note,
)
from rex.journal.together_models import ActionNote, Meeting
from rex.web import MEMBERS, db, enter_space, go, open_to, reader

bp = Blueprint("notes", __name__)

SUSPENDED = "Votre note est suspendue : elle n’a pas été modifiée."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/actions/<public_id:action_id>/notes/nouvelle")
@open_to(MEMBERS)
def before_note(action_id: str) -> str:
    page = _action(action_id)
    pair = _pair(page, request.args.get("un", ""), request.args.get("autre", ""))
    return _form(page, pair, _row(pair, request.args.get("section", "")), narrower(r.card.audience for r in pair))


@bp.post("/actions/<public_id:action_id>/notes")
@open_to(MEMBERS)
def write(action_id: str) -> Response | tuple[str, int]:
    page = _action(action_id)
    pair = _pair(page, request.form.get("un", ""), request.form.get("autre", ""))
    row = _row(pair, request.form.get("section", ""))
    audience = _told(narrower(r.card.audience for r in pair))
    meeting, words = request.form.get("rencontre", ""), words_of(request.form.get("mots", ""))
    faults = faults_of(meeting, words)
    if faults:
        return _form(page, pair, row, audience, meeting=meeting, words=request.form.get("mots", ""), errors=faults), 422
    write_note(db(), reader(), pair, row.slug, Meeting(meeting), words, audience)
    flash("Votre note est entre les deux récits.")
    return _back(page, pair, row.slug)


@bp.get("/actions/<public_id:action_id>/notes/<public_id:note_id>/modification")
@open_to(MEMBERS)
def before_change(action_id: str, note_id: str) -> str:
    page, pair, note = _own_standing_note(action_id, note_id)
    return _form(page, pair, _row_of(pair, note), _ceiling(pair, note), note=note, meeting=note.meeting.value, words=note.words)


@bp.post("/actions/<public_id:action_id>/notes/<public_id:note_id>/modification")
@open_to(MEMBERS)
def change(action_id: str, note_id: str) -> Response | tuple[str, int]:
    """Other words; changed in another window or suspended meanwhile, what was typed comes back."""
    page, pair, note = _own_note(action_id, note_id)
    meeting, typed, base = request.form.get("rencontre", ""), request.form.get("mots", ""), request.form.get("base", "")
    row, faults, audience = _row_of(pair, note), faults_of(meeting, words_of(typed)), _told(_ceiling(pair, note))
    if faults:
        return _form(page, pair, row, audience, note=note, base=base, meeting=meeting, words=typed, errors=faults), 422
    try:
        rewrite_note(db(), note, Meeting(meeting), words_of(typed), audience, base)
    except Changed:
        return _form(page, pair, row, audience, note=note, meeting=meeting, words=typed, is_changed=True), 409
    except PermissionError:
        return _form(page, pair, row, audience, note=note, meeting=meeting, words=typed, too_late=SUSPENDED), 403
    flash("Votre note est modifiée.")
    return _back(page, pair, note.section_slug)


@bp.get("/actions/<public_id:action_id>/notes/<public_id:note_id>/retrait")
@open_to(MEMBERS)
def before_removing(action_id: str, note_id: str) -> str:
    _page, pair, note = _own_note(action_id, note_id)
    return render_template(
        "journal/remove_own.html",
        heading=typo("Retirer cette note ?"),
        words=words_for_author(db(), note),
        sentence="Elle disparaît d’entre les deux récits. Les récits restent comme ils sont.",
        action=url_for("notes.remove", action_id=action_id, note_id=note_id),
        button="Retirer cette note",
        back_url=url_for("journal.action", action_id=action_id, vue=Reading(*pair).vue),
    )


@bp.post("/actions/<public_id:action_id>/notes/<public_id:note_id>/retrait")
@open_to(MEMBERS)
def remove(action_id: str, note_id: str) -> Response:
    page, pair, note = _own_note(action_id, note_id)
    slug = note.section_slug
    remove_note(db(), note)
    flash("Votre note est retirée.")
    return _back(page, pair, slug)


def _action(action_id: str) -> ActionPage:
    page = action_page(db(), reader(), action_id)
    if page is None:
        abort(404)
    enter_space(reader().seat(page.collectif_id) or reader().home)
    return page


def _pair(page: ActionPage, one: str, other: str) -> tuple[ToldBy, ToldBy]:
    """The two récits that a note is about, both read by the person who writes it."""
    known = {recit.card.public_id: recit for recit in page.recits}
    if one not in known or other not in known or one == other:
        abort(404)
    pair = known[one], known[other]
    if not may_answer(reader(), narrower(recit.card.audience for recit in pair), page.collectif_id):
        abort(403)
    return pair


def _row(pair: tuple[ToldBy, ToldBy], slug: str) -> Row:
    """The section that a note is about: one that a récit of the two tells."""
    row = _find_row(pair, slug)
    return row or abort(404)


def _row_of(pair: tuple[ToldBy, ToldBy], note: ActionNote) -> Row:
    """The section of a note; without words when neither récit tells it any more."""
    return _find_row(pair, note.section_slug) or Row(note.section_slug, "Un passage qui a changé depuis", None, None)


def _find_row(pair: tuple[ToldBy, ToldBy], slug: str) -> Row | None:
    found = sections_of(db(), [recit.card.id for recit in pair], ())
    rows = rows_of(found.get(pair[0].card.id, []), found.get(pair[1].card.id, []))
    return next((row for row in rows if row.slug == slug), None)


def _own_note(action_id: str, note_id: str) -> tuple[ActionPage, tuple[ToldBy, ToldBy], ActionNote]:
    """A note of this action, for who wrote it: 404 for who does not read it, 403 for its other readers."""
    page, note = _action(action_id), find_note(db(), note_id)
    if note is None or note.action_id != page.id:
        abort(404)
    if note.author_id != reader().user_id:
        abort(403)
    known = {recit.card.id: recit for recit in page.recits}
    if note.one_id not in known or note.other_id not in known:
        abort(404)
    return page, (known[note.one_id], known[note.other_id]), note


def _own_standing_note(action_id: str, note_id: str) -> tuple[ActionPage, tuple[ToldBy, ToldBy], ActionNote]:
    """The same, to be written again: 403 while it is suspended."""
    found = _own_note(action_id, note_id)
    if found[2].suspended_at is not None:
        abort(403)
    return found


def _told(now: Audience) -> Audience:
    """Who reads it, of those who would now and those whom the button named."""
    told = request.form.get("devant", "")
    return narrower([now, Audience(told)]) if told in set(Audience) else now


def _ceiling(pair: tuple[ToldBy, ToldBy], note: ActionNote) -> Audience:
    return narrower([note.audience, *(recit.card.audience for recit in pair)])


def _audience(page: ActionPage, pair: tuple[ToldBy, ToldBy], audience: Audience) -> AudienceView:
    """Who reads a note between these two: of a group, those who were there when the first of them was told."""
    return audience_of(db(), audience, page.collectif_id, page.collectif_name, min(recit.card.published_at for recit in pair))


def _form(
    page: ActionPage,
    pair: tuple[ToldBy, ToldBy],
    row: Row,
    audience: Audience,
    *,
    note: ActionNote | None = None,
    meeting: str = "",
    words: str = "",
    errors: Any = (),
    base: str = "",
    is_changed: bool = False,
    too_late: str = "",
) -> str:
    """`base`: the version that the form of a change began from, unless it begins now; `is_changed`: another window wrote since;
    `too_late`: why nothing is changed any more."""
    return render_template(
        "journal/note.html",
        page=page,
        pair=pair,
        row=row,
        note=note,
        vue=Reading(*pair).vue,
        audience=_audience(page, pair, audience),
        meeting=meeting,
        words=words,
        base=base or (version_of(note) if note else ""),
        is_changed=is_changed,
        too_late=typo(too_late),
        errors=list(errors),
        page_errors=bool(errors) or is_changed,
    )


def _back(page: ActionPage, pair: tuple[ToldBy, ToldBy], slug: str) -> Response:
    vue = Reading(*pair).vue if len(page.recits) > 2 else None
    return go("journal.action", action_id=page.public_id, vue=vue, _anchor=f"s-{slug}")
