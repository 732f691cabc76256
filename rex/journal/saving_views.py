"""The saves of a browser that saves by itself, field by field, the balises proposed from what is saved, and what the other
authors wrote meanwhile.

The answers are JSON; a refusal says in French what happened, and the browser keeps its own copy."""

from typing import Any

from flask import Blueprint, Flask, jsonify, render_template, request
from werkzeug.wrappers import Response

from rex import clock, french
from rex.journal.chosen_balises import MOST_TAGS
from rex.journal.drafts import (
    Saved,
    TooLong,
    locked_draft,
    read_draft,
    save_tags,
    save_text,
)
from rex.journal.editor_views import BEGINS, merged_sentence, too_long_sentence
from rex.journal.models import Stance
from rex.journal.own_views import codes_for, fields_of, not_yet, own_recit
from rex.journal.picker import proposals
from rex.journal.presence import hands_of
from rex.web import MEMBERS, db, keep_changes, open_to, reader, space

bp = Blueprint("saving", __name__)

GONE = "Ce récit n’existe plus, ou n’est plus ouvert à votre compte. Votre texte reste sur cet appareil."
LARGEST_VERSION = 2**31 - 1
INCOMPLETE = "Cette sauvegarde est incomplète. Rechargez la page."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.put("/recits/<public_id:recit_id>/sections/<string:slug>")
@open_to(MEMBERS)
def save_section(recit_id: str, slug: str) -> tuple[Response, int]:
    """Save one field: JSON {text, base}. 409 carries the merged text, to be loaded before the next save."""
    recit = own_recit(recit_id, GONE)
    given = request.get_json(silent=True)
    words, base = (given.get("text"), given.get("base")) if isinstance(given, dict) else (None, None)
    if not isinstance(words, str) or type(base) is not int or not 0 <= base <= LARGEST_VERSION or slug not in fields_of(recit):
        return jsonify(message=INCOMPLETE), 400
    try:
        saved = save_text(db(), reader(), recit, slug, words, base)
    except TooLong:
        return jsonify(message=f"{too_long_sentence(slug)}."), 422
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
    locked_draft(db(), reader(), recit)  # before it is read: what another window chooses meanwhile waits, and is not lost
    draft = read_draft(db(), reader(), recit) or not_yet(recit)
    known = codes_for(recit) | draft.tags.keys()
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
    draft = read_draft(db(), reader(), recit) or not_yet(recit)
    return render_template("journal/_proposed.html", proposed=proposals(draft))


@bp.get("/recits/<public_id:recit_id>/edition/presence")
@open_to(MEMBERS)
def presence(recit_id: str) -> Response:
    """What the other authors did since this page was drawn: `?versions=titre:3,faits:5` are those that it shows.

    `here`: who writes in a field now. `fields`: the fields whose version is another one, with their text."""
    recit = own_recit(recit_id, GONE)
    draft = read_draft(db(), reader(), recit) or not_yet(recit)
    now, seat = clock.now(), space()
    zone = seat.timezone if seat else None
    hands = hands_of(db(), reader(), draft, now)
    shown = _versions_shown(request.args.get("versions", ""))
    return jsonify(
        here={slug: {"name": hand.name, "initials": hand.initials} for slug, hand in hands.items() if hand.is_here},
        written={slug: hand.told(now, zone) for slug, hand in hands.items()},
        fields={
            slug: {"version": draft.version_of(slug), "text": draft.text_of(slug)}
            for slug, version in shown.items()
            if draft.version_of(slug) > version
        },
    )


def _versions_shown(words: str) -> dict[str, int]:
    pairs = (pair.partition(":") for pair in words.split(",")[:100])
    return {slug: int(version) for slug, _, version in pairs if version.isdecimal() and len(version) < 10}


def _told_to_script(saved: Saved) -> dict[str, Any]:
    seat = space()
    told: dict[str, Any] = {"version": saved.version, "at": french.hour(saved.at, seat.timezone if seat else None)}
    said = [merged_sentence(saved.other_hand)] if saved.merged and not saved.untouched else []
    if said or saved.begins_correction:
        told["message"] = " ".join([*said, *([BEGINS] if saved.begins_correction else [])])
    return told | ({"text": saved.text} if saved.merged else {})
