"""Writing: start a récit, its canvas, its preview.

Without script the whole canvas is one form: each of its buttons saves everything, then does what it says."""

import secrets
from collections.abc import Mapping, Sequence

from flask import Blueprint, Flask, abort, flash, g, render_template, request
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from rex import clock, french, idempotency, text
from rex.access import draft_audience
from rex.journal import queries
from rex.journal.action_queries import other_recits
from rex.journal.attachments import Given, given_to, shown_in
from rex.journal.canvas import TITLE, CanvasView, canvas_of
from rex.journal.cards import chip
from rex.journal.chosen_balises import tags_after
from rex.journal.drafts import (
    YOU_ELSEWHERE,
    DraftView,
    TooLong,
    read_draft,
    save_tags,
    save_text,
    start_recit,
)
from rex.journal.inviting import answer_invitation
from rex.journal.models import TITLE_LENGTH, Action, Recit, Stance
from rex.journal.own_views import (
    co_authors,
    codes_for,
    fields_of,
    headings_of,
    not_yet,
    own_recit,
    picker_markers,
    saved_words,
    sections_to_choose_in,
)
from rex.journal.picker import picker_context
from rex.journal.presence import hands_of
from rex.journal.publication_views import publish_for
from rex.journal.publishing import title_of
from rex.referentiel.markers import markers_for
from rex.web import MEMBERS, db, enter_space, go, keep_changes, open_to, reader, space

bp = Blueprint("editor", __name__)

TOO_LONG = "Ce texte est trop long pour une page. Gardez l’essentiel ici, ou partagez-le en plusieurs récits"
TITLE_TOO_LONG = french.typo(f"Ce titre est trop long : {TITLE_LENGTH} caractères au plus")
BEGINS = "Ce récit est publié. Vos lecteurs verront ce changement quand vous publierez la modification."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/nouveau")
@open_to(MEMBERS)
def before_writing() -> str:
    """The page behind the address that « Écrire un REX » posts to: for a bookmark, or after signing in."""
    group = reader().in_group(request.args.get("groupe", ""))
    if group is not None:
        enter_space(group)
    return render_template("journal/start.html", too_long=False, words="", carried={})


@bp.post("/recits/nouveau")
@open_to(MEMBERS)
def start() -> Response | tuple[str, int]:
    group = request.form.get("groupe", "")
    seat = reader().in_group(group) if group else reader().in_collectif(request.form.get("collectif", "")) or reader().home
    if seat is None:
        abort(404)
    action_id = None
    if request.form.get("action"):
        action_id = db().scalar(
            select(Action.id).where(Action.public_id == request.form["action"], Action.collectif_id == seat.collectif_id)
        )
    enter_space(seat)
    recit = start_recit(db(), reader(), seat, action_id)
    answer_invitation(db(), reader(), action_id)
    words = request.form.get("faits", "")
    try:
        if words.strip():
            save_text(db(), reader(), recit, "faits", words, 0)
    except TooLong:
        carried = {name: request.form[name] for name in ("action", "balise") if request.form.get(name)}
        return render_template("journal/start.html", too_long=True, words=words, carried=carried, page_errors=True), 422
    code = request.form.get("balise", "")
    if code in codes_for(recit):
        save_tags(db(), reader(), recit, {code: Stance.ILLUSTRE})
    return go("editor.edition", recit_id=recit.public_id)


@bp.get("/recits/<public_id:recit_id>/edition")
@open_to(MEMBERS)
def edition(recit_id: str) -> str:
    recit = own_recit(recit_id)
    return editor_page(recit, read_draft(db(), reader(), recit) or not_yet(recit))


@bp.post("/recits/<public_id:recit_id>/edition")
@open_to(MEMBERS)
def save_all(recit_id: str) -> Response | tuple[str, int]:
    """Save the whole canvas, then do what the button says."""
    recit = own_recit(recit_id)
    too_long, merged = save_form(recit, request.form)
    if too_long:
        keep_changes()  # what fits is saved; what does not comes back in its field
        may_be_sent_again()
        return editor_page(recit, read_draft(db(), reader(), recit) or not_yet(recit), too_long), 422
    after = request.form.get("suite", "")
    if after == "modification" and recit.audience and not merged:  # a merge is read again before it is published
        if sections_to_choose_in(recit, read_draft(db(), reader(), recit)):
            return go("publication.choose", recit_id=recit_id)
        return publish_for(recit, recit.audience.value)
    if after == "publication":
        return go("publication.choose", recit_id=recit_id)
    if after == "apercu":
        return go("editor.preview", recit_id=recit_id)
    on_balises = any(request.form.get(name) for name in ("ajouter", "retirer", "chercher"))
    anchor = "balises" if on_balises else merged[0] if merged else request.form.get("section")
    return go("editor.edition", recit_id=recit_id, _anchor=f"section-{anchor}" if anchor else None)


def save_form(recit: Recit, form: MultiDict) -> tuple[dict[str, str], list[str]]:
    """Save what the canvas holds, balises included; what it returns is `_save_fields`'s."""
    outcome = _save_fields(recit, form)
    draft = read_draft(db(), reader(), recit) or not_yet(recit)
    save_tags(db(), reader(), recit, tags_after(draft.tags, form, picker_markers(recit)))
    return outcome


def _save_fields(recit: Recit, form: MultiDict) -> tuple[dict[str, str], list[str]]:
    """Save each field of the form on the version that it was drawn from; returns those that are too long, and those in which the
    words of another hand were brought together with these."""
    too_long: dict[str, str] = {}
    hands: list[str] = []
    merged: list[str] = []
    begins = False
    for slug in fields_of(recit):
        if slug in form:
            try:
                saved = save_text(db(), reader(), recit, slug, form[slug], _version(form.get(f"base-{slug}")))
                begins = begins or saved.begins_correction
                if saved.merged and not saved.untouched:
                    merged.append(slug)
                    hands.append(saved.other_hand)
            except TooLong:
                too_long[slug] = form[slug]
    for hand in dict.fromkeys(hands):
        flash(merged_sentence(hand))
    if begins:
        flash(BEGINS)
    return too_long, merged


def merged_sentence(hand: str) -> str:
    """Who had written where the reader wrote too: they themselves in another window, or the co-author of this name."""
    own = "Vous aviez écrit ici dans une autre fenêtre."
    return f"{own if hand == YOU_ELSEWHERE else f'{hand[:1].upper()}{hand[1:]} a écrit ici aussi.'} Les deux textes sont gardés."


def may_be_sent_again() -> None:
    """The form comes back to be corrected: its key must let the same browser page be sent once more."""
    if "once" in g:
        idempotency.give_back(db(), *g.once)


@bp.get("/recits/<public_id:recit_id>/apercu")
@open_to(MEMBERS)
def preview(recit_id: str) -> str | Response:
    """The récit as its readers will see it."""
    recit = own_recit(recit_id)
    draft = read_draft(db(), reader(), recit) or not_yet(recit)
    if any(text.is_too_long(source) for source in draft.sections.values()):
        flash(f"{TOO_LONG}.")
        return go("editor.edition", recit_id=recit_id)
    headings = headings_of(recit)
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


def editor_page(
    recit: Recit,
    draft: DraftView,
    too_long: Mapping[str, str] | None = None,
    file_faults: Sequence[tuple[str, str]] = (),
) -> str:
    """The canvas. `too_long`: texts that come back unsaved; `file_faults`: (field, sentence) of a file that was not taken."""
    too_long, files = too_long or {}, given_to(db(), recit)
    canvas = canvas_of(db(), recit.collectif_id)
    left = [slug for slug in draft.sections if slug not in {section.slug for section in canvas}]
    headings = headings_of(recit) if left else {}
    extra = [CanvasView(slug, headings.get(slug, "Autre section"), "") for slug in left]
    opened, folded = [s for s in canvas if s.is_open], [s for s in canvas if not s.is_open] + extra
    others, now = co_authors(recit), clock.now()
    hands = hands_of(db(), reader(), draft, now) if others else {}
    zone = seat.timezone if (seat := space()) else None
    return render_template(
        "journal/editor.html",
        recit=recit,
        draft=draft,
        saved_words=saved_words(draft),
        told_with=queries.action_told_already(db(), reader(), recit),
        other_recits=other_recits(db(), reader(), recit),
        title_words=too_long.get(TITLE, draft.title),
        opened=opened,
        folded=folded,
        words={section.slug: too_long.get(section.slug, draft.text_of(section.slug)) for section in [*canvas, *extra]},
        # a text that comes back unsaved is still based on what its author had opened
        bases={slug: _version(request.form.get(f"base-{slug}")) for slug in too_long},
        errors=[*((slug, too_long_sentence(slug)) for slug in too_long), *file_faults],
        page_errors=bool(too_long or file_faults),
        files=[(file, _sections_that_show(file, draft)) for file in files],
        file_words=request.form.get("description", "") if file_faults else "",
        upload_key=secrets.token_urlsafe(18),
        file_place=request.form.get("dans", ""),
        file_caret=request.form.get("ou", "")[:80] if file_faults else "",
        file_sections=[(section.slug, french.typo(section.heading)) for section in [*opened, *folded]],
        audience=draft_audience(recit.collectif_id, others, of_published=recit.is_published),
        others=others,
        here={slug: hand for slug, hand in hands.items() if hand.is_here},
        written={slug: hand.told(now, zone) for slug, hand in hands.items()},
        **picker_context(db(), reader(), recit.collectif_id, draft),
    )


def _sections_that_show(file: Given, draft: DraftView) -> list[str]:
    return [slug for slug, source in draft.sections.items() if file.public_id in shown_in([source])]


def too_long_sentence(slug: str) -> str:
    return TITLE_TOO_LONG if slug == TITLE else TOO_LONG


def _version(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0
