"""Writing: start a récit, its canvas, the saves of a browser that saves by itself, the balises proposed from the text.

Without script the whole canvas is one form: each of its buttons saves everything, then does what it says."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Flask, abort, flash, g, jsonify, make_response, render_template, request
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from rex import clock, french, idempotency, text
from rex.access import draft_audience, may_edit
from rex.journal import queries
from rex.journal.canvas import TITLE, CanvasView, canvas_of
from rex.journal.cards import chip
from rex.journal.consents import current_authors
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
from rex.journal.models import SLUG_LENGTH, TITLE_LENGTH, Action, Recit, Section, Stance
from rex.journal.picker import markers_of, picker_context, proposals
from rex.journal.publishing import title_of
from rex.referentiel.markers import Marker, markers_for
from rex.web import MEMBERS, db, enter_space, go, keep_changes, open_to, reader, space

bp = Blueprint("editor", __name__)

TOO_LONG = "Ce texte est trop long pour une page. Gardez l’essentiel ici, ou partagez-le en plusieurs récits"
TITLE_TOO_LONG = french.typo(f"Ce titre est trop long : {TITLE_LENGTH} caractères au plus")
MERGED = "Quelqu’un d’autre, ou une autre fenêtre, avait écrit ici. Les deux textes sont gardés."
BEGINS = "Ce récit est publié. Vos lecteurs verront ce changement quand vous publierez la modification."
INCOMPLETE = "Cette sauvegarde est incomplète. Rechargez la page."
GONE = "Ce récit n’existe plus, ou n’est plus ouvert à votre compte. Votre texte reste sur cet appareil."
MOST_TAGS = 8
LARGEST_VERSION = 2**31 - 1


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/nouveau")
@open_to(MEMBERS)
def before_writing() -> str:
    """The page behind the address that « Écrire un REX » posts to: for a bookmark, or after signing in."""
    return render_template("journal/start.html", too_long=False, words="", carried={})


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
    enter_space(seat)
    recit = start_recit(db(), reader(), seat, action_id)
    words = request.form.get("faits", "")
    try:
        if words.strip():
            save_text(db(), reader(), recit, "faits", words, 0)
    except TooLong:
        carried = {name: request.form[name] for name in ("action", "balise") if request.form.get(name)}
        return render_template("journal/start.html", too_long=True, words=words, carried=carried, page_errors=True), 422
    code = request.form.get("balise", "")
    if code in _codes(recit):
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
    too_long = _save_fields(recit, request.form)
    draft = read_draft(db(), reader(), recit) or _not_yet(recit)
    save_tags(db(), reader(), recit, _tags_after(draft.tags, request.form, picker_markers(recit)))
    if too_long:
        keep_changes()  # what fits is saved; what does not comes back in its field
        _may_be_sent_again()
        return _editor(recit, read_draft(db(), reader(), recit) or _not_yet(recit), too_long), 422
    after = request.form.get("suite", "")
    if after == "publication":
        return go("publication.choose", recit_id=recit_id)
    if after == "apercu":
        return go("editor.preview", recit_id=recit_id)
    on_balises = any(request.form.get(name) for name in ("ajouter", "retirer", "chercher"))
    anchor = "balises" if on_balises else request.form.get("section")
    return go("editor.edition", recit_id=recit_id, _anchor=f"section-{anchor}" if anchor else None)


def _save_fields(recit: Recit, form: MultiDict) -> dict[str, str]:
    """Save each field of the form on the version that it was drawn from; returns those that are too long."""
    too_long: dict[str, str] = {}
    merged = begins = False
    for slug in _fields(recit):
        if slug in form:
            try:
                saved = save_text(db(), reader(), recit, slug, form[slug], _version(form.get(f"base-{slug}")))
                merged, begins = merged or saved.merged, begins or saved.begins_correction
            except TooLong:
                too_long[slug] = form[slug]
    if merged:
        flash(MERGED)
    elif begins:
        flash(BEGINS)
    return too_long


def _may_be_sent_again() -> None:
    """The form comes back to be corrected: its key must let the same browser page be sent once more."""
    if "once" in g:
        idempotency.give_back(db(), *g.once)


@bp.put("/recits/<public_id:recit_id>/sections/<string:slug>")
@open_to(MEMBERS)
def save_section(recit_id: str, slug: str) -> tuple[Response, int]:
    """Save one field: JSON {text, base}. 409 carries the merged text, to be loaded before the next save."""
    recit = own_recit(recit_id, GONE)
    given = request.get_json(silent=True)
    words, base = (given.get("text"), given.get("base")) if isinstance(given, dict) else (None, None)
    if not isinstance(words, str) or type(base) is not int or not 0 <= base <= LARGEST_VERSION or slug not in _fields(recit):
        return jsonify(message=INCOMPLETE), 400
    try:
        saved = save_text(db(), reader(), recit, slug, words, base)
    except TooLong:
        return jsonify(message=f"{_too_long_sentence(slug)}."), 422
    if saved.merged:
        keep_changes()
    return jsonify(_told_to_script(saved)), 409 if saved.merged else 200


@bp.put("/recits/<public_id:recit_id>/balises")
@open_to(MEMBERS)
def save_balises(recit_id: str) -> tuple[Response, int]:
    """Save the chosen balises: JSON {balises: [[code, stance], …]}, in their order.

    With `base` (the codes that the choice started from), what it added and took off is done on top of what is kept now."""
    recit = own_recit(recit_id, GONE)
    given = request.get_json(silent=True)
    pairs, base = (given.get("balises"), given.get("base")) if isinstance(given, dict) else (None, None)
    if not isinstance(pairs, list) or not all(isinstance(p, list) and len(p) == 2 for p in pairs):
        return jsonify(message=INCOMPLETE), 400
    draft = read_draft(db(), reader(), recit) or _not_yet(recit)
    known = _codes(recit) | draft.tags.keys()
    tags = {str(code): Stance(stance) for code, stance in pairs if str(code) in known and stance in set(Stance)}
    if isinstance(base, list):
        started_from = {str(code) for code in base}
        elsewhere = {code: stance for code, stance in draft.tags.items() if code not in started_from and code not in tags}
        gone = {code for code in tags if code in started_from and code not in draft.tags}
        tags = {code: stance for code, stance in tags.items() if code not in gone} | elsewhere
    kept = dict(list(tags.items())[:MOST_TAGS])
    version, seat = save_tags(db(), reader(), recit, kept), space()
    at = french.hour(clock.now(), seat.timezone if seat else None)
    return jsonify(version=version, at=at, balises=[[code, stance.value] for code, stance in kept.items()]), 200


@bp.get("/recits/<public_id:recit_id>/balises-proposees")
@open_to(MEMBERS)
def proposed(recit_id: str) -> str:
    """The balises proposed from the text that is saved, as a fragment of the editor."""
    recit = own_recit(recit_id)
    draft = read_draft(db(), reader(), recit) or _not_yet(recit)
    return render_template("journal/_proposed.html", proposed=proposals(draft))


@bp.get("/recits/<public_id:recit_id>/apercu")
@open_to(MEMBERS)
def preview(recit_id: str) -> str | Response:
    """The récit as its readers will see it."""
    recit = own_recit(recit_id)
    draft = read_draft(db(), reader(), recit) or _not_yet(recit)
    if any(text.is_too_long(source) for source in draft.sections.values()):
        flash(f"{TOO_LONG}.")
        return go("editor.edition", recit_id=recit_id)
    headings = _headings(recit)
    order = [*headings, *(slug for slug in draft.sections if slug not in headings)]
    sections = [
        queries.SectionView(slug, headings.get(slug, "Autre section"), text.to_html(draft.sections[slug], prefix=f"{slug}-"))
        for slug in order
        if slug in draft.sections
    ]
    markers = markers_for(db(), draft.tags, reader().slugs)
    return render_template(
        "journal/preview.html",
        recit=recit,
        title=title_of(draft) or "Sans titre pour l’instant",
        sections=sections,
        chips=[chip(markers[code], stance.value) for code, stance in draft.tags.items() if code in markers],
        audience=draft_audience(recit.collectif_id, co_authors(recit)),
    )


def own_recit(recit_id: str, gone: str | None = None) -> Recit:
    """The récit of this address, for one of its authors: 404 for those who may not read it, 403 for its other readers.

    `gone`: what is said instead of the page that does not exist, to a script that has a text in hand."""
    recit = queries.find_recit(db(), reader(), recit_id)
    if recit is None:
        if gone:
            abort(make_response(jsonify(message=gone), 404))
        abort(404)
    seat = reader().seat(recit.collectif_id)
    authors = [author.user_id for author in queries.authors_of(db(), recit.id)]
    if seat is None or not may_edit(reader(), recit.collectif_id, authors):
        abort(403)
    enter_space(seat)
    return recit


def picker_markers(recit: Recit) -> list[Marker]:
    """The balises that this récit may carry."""
    return markers_of(db(), reader(), recit.collectif_id)


def _codes(recit: Recit) -> set[str]:
    return {marker.code for marker in picker_markers(recit)}


def _editor(recit: Recit, draft: DraftView, too_long: Mapping[str, str] | None = None) -> str:
    too_long = too_long or {}
    canvas = canvas_of(db(), recit.collectif_id)
    left = [slug for slug in draft.sections if slug not in {section.slug for section in canvas}]
    headings = _headings(recit) if left else {}
    extra = [CanvasView(slug, headings.get(slug, "Autre section"), "") for slug in left]
    others = co_authors(recit)
    return render_template(
        "journal/editor.html",
        recit=recit,
        draft=draft,
        saved_words=_saved_words(draft),
        told_with=queries.action_told_already(db(), recit),
        title_words=too_long.get(TITLE, draft.title),
        opened=[section for section in canvas if section.is_open],
        folded=[section for section in canvas if not section.is_open] + extra,
        words={section.slug: too_long.get(section.slug, draft.text_of(section.slug)) for section in [*canvas, *extra]},
        # a text that comes back unsaved is still based on what its author had opened
        bases={slug: _version(request.form.get(f"base-{slug}")) for slug in too_long},
        errors=[(slug, _too_long_sentence(slug)) for slug in too_long],
        page_errors=bool(too_long),
        audience=draft_audience(recit.collectif_id, others),
        others=others,
        **picker_context(db(), reader(), recit.collectif_id, draft),
    )


def _too_long_sentence(slug: str) -> str:
    return TITLE_TOO_LONG if slug == TITLE else TOO_LONG


def _saved_words(draft: DraftView) -> str:
    """« Enregistré à 14 h 32 », with the day when it is not today."""
    seat = space()
    if draft.changed_at is None or seat is None:
        return ""
    zone = seat.timezone
    today = clock.today(zone)
    is_today = clock.local(draft.changed_at, zone).date() == today
    day = "" if is_today else f"le {french.date_short(draft.changed_at, zone, today=today)} "
    return f"Enregistré {day}à {french.hour(draft.changed_at, zone)}"


def _not_yet(recit: Recit) -> DraftView:
    """A published récit that nobody is correcting: what a correction would begin from."""
    return published_copy(db(), recit) if recit.is_published else DraftView()


def _headings(recit: Recit) -> dict[str, str]:
    canvas = {section.slug: section.heading for section in canvas_of(db(), recit.collectif_id)}
    rows = db().execute(select(Section.slug, Section.heading).where(Section.entry_id == recit.id)).all()
    return canvas | {slug: heading for slug, heading in rows if slug not in canvas}


def _fields(recit: Recit) -> list[str]:
    """The fields that a save may name: the title, the sections of the canvas, those that the récit has already."""
    draft = read_draft(db(), reader(), recit)
    slugs = [TITLE, *_headings(recit), *(draft.fields if draft else ())]
    return [slug for slug in dict.fromkeys(slugs) if len(slug) <= SLUG_LENGTH]


def co_authors(recit: Recit) -> list[str]:
    """The names of the other authors, those who can still open it."""
    return [name for user_id, name in current_authors(db(), recit) if user_id != reader().user_id]


def _version(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0


def _tags_after(tags: Tags, form: MultiDict, markers: Sequence[Marker]) -> Tags:
    """The balises after this form: what it added and took off since it was drawn, on top of what is kept now."""
    known = {marker.code for marker in markers}
    drawn, ticked = set(form.get("base-balises", "").split()), list(form.getlist("balises"))
    asked = form.get("chercher", "").strip()
    found = [m.code for m in markers if asked and french.fold(asked) in (french.fold(m.label), french.fold(m.title))]
    if asked and not found:
        flash("Aucune balise ne porte ce nom. Ouvrez un enjeu pour les voir toutes.")
    added = [code for code in [*ticked, form.get("ajouter", ""), *found] if code in known and code not in drawn]
    gone = {code for code in drawn & known if code not in ticked} | {form.get("retirer", "")}
    codes = list(dict.fromkeys([*(code for code in tags if code not in gone), *added]))
    if len(codes) > MOST_TAGS:
        flash("Huit balises au plus. Les dernières ne sont pas gardées.")
    return {code: _stance(form.get(f"posture-{code}"), tags.get(code, Stance.ILLUSTRE)) for code in codes[:MOST_TAGS]}


def _stance(given: str | None, kept: Stance) -> Stance:
    return Stance(given) if given in set(Stance) else kept


def _told_to_script(saved: Saved) -> dict[str, Any]:
    seat = space()
    told: dict[str, Any] = {"version": saved.version, "at": french.hour(saved.at, seat.timezone if seat else None)}
    if saved.begins_correction:
        told["message"] = BEGINS
    return told | ({"text": saved.text} if saved.merged else {})
