"""Writing: start a récit, its canvas, the saves of a browser that saves by itself, the balises proposed from the text.

Without script the whole canvas is one form: each of its buttons saves everything, then does what it says."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, abort, flash, jsonify, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from rex import clock, french, text
from rex.access import draft_audience, may_edit
from rex.journal import queries
from rex.journal.canvas import TITLE, CanvasView, canvas_of
from rex.journal.cards import chip
from rex.journal.drafts import (
    DraftView,
    Saved,
    Tags,
    TooLong,
    published_copy,
    read_draft,
    save_tags,
    save_text,
    start_recit,
)
from rex.journal.models import SLUG_LENGTH, Action, Recit, Section, Stance
from rex.journal.picker import markers_of, picker_context, proposals
from rex.web import MEMBERS, db, enter_space, go, keep_changes, open_to, reader, space

bp = Blueprint("editor", __name__)

TOO_LONG = "Ce texte est trop long pour une page. Gardez l’essentiel ici, ou partagez-le en plusieurs récits"
MOST_TAGS = 8


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/nouveau")
@open_to(MEMBERS)
def before_writing() -> str:
    """The page behind the address that « Écrire un REX » posts to: for a bookmark, or after signing in."""
    return render_template("journal/start.html", too_long=False, words="")


@bp.post("/recits/nouveau")
@open_to(MEMBERS)
def start() -> Response | tuple[str, int]:
    seat = reader().in_collectif(request.form.get("collectif", "")) or reader().home
    if seat is None:
        abort(404)
    action_id = None
    if request.form.get("action"):
        action_id = db().scalar(
            select(Action.id).where(
                Action.public_id == request.form["action"], Action.collectif_id == seat.collectif_id
            )
        )
    recit = start_recit(db(), reader(), seat, action_id)
    try:
        words = request.form.get("faits", "")
        if words.strip():
            save_text(db(), reader(), recit, "faits", words, 0)
    except TooLong:
        enter_space(seat)
        return render_template("journal/start.html", too_long=True, words=words, page_errors=True), 422
    code = request.form.get("balise", "")
    if code in known_codes():
        save_tags(db(), reader(), recit, {code: Stance.ILLUSTRE})
    return go("editor.edition", recit_id=recit.public_id)


@bp.get("/recits/<public_id:recit_id>/edition")
@open_to(MEMBERS)
def edition(recit_id: str) -> str:
    recit = own_recit(recit_id)
    return _editor(recit, read_draft(db(), reader(), recit) or _not_yet(recit))


@bp.post("/recits/<public_id:recit_id>/edition")
@open_to(MEMBERS)
def save_all(recit_id: str) -> Response | tuple[str, int]:
    """Save the whole canvas, then do what the button says."""
    recit = own_recit(recit_id)
    sent = {k: v for k, v in request.form.items() if k == TITLE or f"base-{k}" in request.form}
    too_long, merged = {}, False
    for slug, words in sent.items():
        try:
            merged |= save_text(db(), reader(), recit, slug, words, _version(request.form.get(f"base-{slug}"))).merged
        except TooLong:
            too_long[slug] = words
    draft = read_draft(db(), reader(), recit) or _not_yet(recit)
    save_tags(db(), reader(), recit, _tags_after(draft.tags, request.form))
    if too_long:
        keep_changes()  # what fits is saved; what does not comes back in its field
        return _editor(recit, read_draft(db(), reader(), recit) or draft, too_long), 422
    if merged:
        flash("Quelqu’un d’autre, ou une autre fenêtre, avait écrit ici. Les deux textes sont gardés.")
    after = request.form.get("suite", "")
    if after == "publication":
        return go("publication.choose", recit_id=recit_id)
    if after == "apercu":
        return go("editor.preview", recit_id=recit_id)
    anchor = request.form.get("section") or ("balises" if {"ajouter", "retirer", "chercher"} & set(request.form) else "")
    return go("editor.edition", recit_id=recit_id, _anchor=f"section-{anchor}" if anchor else None)


@bp.put("/recits/<public_id:recit_id>/sections/<string:slug>")
@open_to(MEMBERS)
def save_section(recit_id: str, slug: str) -> tuple[Response, int]:
    """Save one field: JSON {text, base}. 409 carries the merged text, to be loaded before the next save."""
    recit = own_recit(recit_id)
    given = request.get_json(silent=True)
    words, base = (given.get("text"), given.get("base")) if isinstance(given, dict) else (None, None)
    if not isinstance(words, str) or type(base) is not int or not _is_field(recit, slug):
        return jsonify(message="Cette sauvegarde est incomplète. Rechargez la page."), 400
    try:
        saved = save_text(db(), reader(), recit, slug, words, base)
    except TooLong:
        return jsonify(message=f"{TOO_LONG}."), 422
    if saved.merged:
        keep_changes()
    return jsonify(_told_to_script(saved)), 409 if saved.merged else 200


@bp.put("/recits/<public_id:recit_id>/balises")
@open_to(MEMBERS)
def save_balises(recit_id: str) -> tuple[Response, int]:
    """Save the chosen balises: JSON {balises: [[code, stance], …]}, in their order."""
    recit = own_recit(recit_id)
    given = request.get_json(silent=True)
    pairs = given.get("balises") if isinstance(given, dict) else None
    if not isinstance(pairs, list) or not all(isinstance(p, list) and len(p) == 2 for p in pairs):
        return jsonify(message="Cette sauvegarde est incomplète. Rechargez la page."), 400
    known = known_codes()
    tags = {str(c): Stance(s) for c, s in pairs if str(c) in known and s in set(Stance)}
    version, seat = save_tags(db(), reader(), recit, dict(list(tags.items())[:MOST_TAGS])), space()
    return jsonify(version=version, at=french.hour(clock.now(), seat.timezone if seat else None)), 200


@bp.get("/recits/<public_id:recit_id>/balises-proposees")
@open_to(MEMBERS)
def proposed(recit_id: str) -> str:
    """The balises proposed from the text that is saved, as a fragment of the editor."""
    recit = own_recit(recit_id)
    draft = read_draft(db(), reader(), recit) or _not_yet(recit)
    return render_template("journal/_proposed.html", proposed=proposals(draft))


@bp.get("/recits/<public_id:recit_id>/apercu")
@open_to(MEMBERS)
def preview(recit_id: str) -> str:
    """The récit as its readers will see it."""
    recit = own_recit(recit_id)
    draft = read_draft(db(), reader(), recit) or _not_yet(recit)
    headings = _headings(recit)
    order = [*headings, *(slug for slug in draft.sections if slug not in headings)]
    sections = [
        queries.SectionView(slug, headings.get(slug, "Autre section"), text.to_html(draft.sections[slug], prefix=f"{slug}-"))
        for slug in order
        if slug in draft.sections
    ]
    authors = queries.authors_of(db(), recit.id)
    markers = queries.markers_for(db(), draft.tags, reader().slugs)
    return render_template(
        "journal/preview.html",
        recit=recit,
        title=" ".join(draft.title.split()) or "Sans titre pour l’instant",
        sections=sections,
        chips=[chip(markers[code], stance.value) for code, stance in draft.tags.items() if code in markers],
        audience=draft_audience(recit.collectif_id, _others(authors)),
    )


def own_recit(recit_id: str) -> Recit:
    """The récit of this address, for one of its authors: 404 for those who may not read it, 403 for its other readers."""
    recit = queries.find_recit(db(), reader(), recit_id)
    if recit is None:
        abort(404)
    seat = reader().seat(recit.collectif_id)
    authors = [author.user_id for author in queries.authors_of(db(), recit.id)]
    if seat is None or not may_edit(reader(), recit.collectif_id, authors):
        abort(403)
    enter_space(seat)
    return recit


def known_codes() -> set[str]:
    """The balises that a récit of the current space may carry."""
    return {marker.code for marker in picker_markers()}


def picker_markers():
    seat = space()
    return markers_of(db(), reader(), seat.collectif_id if seat else 0)


def _editor(recit: Recit, draft: DraftView, too_long: Mapping[str, str] | None = None) -> str:
    too_long = too_long or {}
    headings, canvas = _headings(recit), canvas_of(db(), recit.collectif_id)
    extra = [CanvasView(s, headings.get(s, "Autre section"), "") for s in draft.sections if s not in {c.slug for c in canvas}]
    authors = queries.authors_of(db(), recit.id)
    words = {section.slug: too_long.get(section.slug, draft.text_of(section.slug)) for section in [*canvas, *extra]}
    audience = draft_audience(recit.collectif_id, _others(authors))
    return render_template(
        "journal/editor.html",
        recit=recit,
        draft=draft,
        title_words=too_long.get(TITLE, draft.title),
        opened=[section for section in canvas if section.is_open],
        folded=[section for section in canvas if not section.is_open] + extra,
        words=words,
        errors=[(slug, TOO_LONG) for slug in too_long],
        page_errors=bool(too_long),
        audience=audience,
        others=_others(authors),
        **picker_context(db(), reader(), recit.collectif_id, draft),
    )


def _not_yet(recit: Recit) -> DraftView:
    """A published récit that nobody is correcting: what a correction would begin from."""
    return published_copy(db(), recit) if recit.is_published else DraftView()


def _headings(recit: Recit) -> dict[str, str]:
    canvas = {section.slug: section.heading for section in canvas_of(db(), recit.collectif_id)}
    rows = db().execute(select(Section.slug, Section.heading).where(Section.entry_id == recit.id)).all()
    return canvas | {slug: heading for slug, heading in rows if slug not in canvas}


def _is_field(recit: Recit, slug: str) -> bool:
    if slug == TITLE or len(slug) > SLUG_LENGTH:
        return slug == TITLE
    draft = read_draft(db(), reader(), recit)
    return slug in _headings(recit) or bool(draft and slug in draft.fields)


def _others(authors: list[queries.AuthorView]) -> list[str]:
    return [author.name for author in authors if author.user_id != reader().user_id]


def _version(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0


def _tags_after(tags: Tags, form: Any) -> Tags:
    """The balises after this form: what it added and took off since it was drawn, on top of what is kept now."""
    drawn, ticked = set(form.get("base-balises", "").split()), list(form.getlist("balises"))
    known = known_codes()
    looked_for = french.fold(form.get("chercher", "").strip())
    found = [m.code for m in picker_markers() if looked_for and looked_for in (french.fold(m.label), french.fold(m.title))]
    added = [code for code in [*ticked, form.get("ajouter", ""), *found] if code in known and code not in drawn]
    gone = (drawn - set(ticked)) | {form.get("retirer", "")}
    codes = dict.fromkeys([*(code for code in tags if code not in gone), *added])
    stances = {code: form.get(f"posture-{code}", tags.get(code, Stance.ILLUSTRE)) for code in codes}
    chosen = {code: Stance(stance) if stance in set(Stance) else Stance.ILLUSTRE for code, stance in stances.items()}
    return dict(list(chosen.items())[:MOST_TAGS])


def _told_to_script(saved: Saved) -> dict[str, Any]:
    zone = space()
    told: dict[str, Any] = {"version": saved.version, "at": french.hour(saved.at, zone.timezone if zone else None)}
    return told | ({"text": saved.text} if saved.merged else {})
