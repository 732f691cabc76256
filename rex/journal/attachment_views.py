"""The files of a récit: given in the editor with all that is typed there, served to those who read what shows them."""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from flask import Blueprint, Flask, Response, abort, flash, g, redirect, request

from rex import idempotency, intake
from rex.access import MembershipView
from rex.flask_parts import file_to_keep, takes_up_to
from rex.french import typo
from rex.journal.attachment_models import FileKind
from rex.journal.attachments import (
    MOST_FILES,
    Given,
    TooMany,
    Unlabelled,
    bytes_of,
    find,
    give,
    label_of,
    name_of,
    take_away,
)
from rex.journal.canvas import TITLE
from rex.journal.drafts import TooLong, read_draft, save_text
from rex.journal.editor_views import editor_page, may_be_sent_again, save_form, too_long_sentence
from rex.journal.models import Recit
from rex.journal.own_views import fields_of, not_yet, own_recit
from rex.web import FILES_LIMIT, MEMBERS, db, go, keep_changes, open_to, reader, space

bp = Blueprint("attachments", __name__)

# An image or a link as the text holds it, its words with the brackets that a backslash escapes.
_LINKS = re.compile(r"!?\[(?:[^\[\]\\\n]|\\.){0,400}\]\([^()\s]{0,500}\)")

NO_WORDS = "Décrivez l’image en une phrase, pour qui ne la voit pas"
NO_PLACE = "Choisissez la section où la mettre"
FULL = f"Ce récit a déjà {MOST_FILES} fichiers : supprimez ceux qui ne servent plus"


class NotTaken(Exception):
    """Why a file was not taken: (field, sentence) pairs."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        self.faults = [(field, typo(sentence)) for field, sentence in faults]


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/fichiers/<public_id:file_id>")
@open_to(MEMBERS)
def file(file_id: str) -> Response:
    """The bytes, for who may read them now. Nothing is kept by the browser: who leaves loses them at the next request."""
    kept = find(db(), file_id)
    if kept is None:
        abort(404)
    response = Response(bytes_of(db(), kept), mimetype=kept.kind.value)
    name = name_of(db(), kept)
    shown = "attachment" if kept.kind is FileKind.PDF else "inline"
    response.headers["Content-Disposition"] = f"{shown}; filename=\"{_in_ascii(name)}\"; filename*=UTF-8''{quote(name)}"
    return file_to_keep(response)


@bp.get("/recits/<public_id:recit_id>/fichiers")
@open_to(MEMBERS)
def files(recit_id: str) -> Response:
    """The page behind the address that the editor posts files to."""
    own_recit(recit_id)
    return go("editor.edition", recit_id=recit_id, _anchor="fichiers")


@bp.post("/recits/<public_id:recit_id>/fichiers")
@open_to(MEMBERS)
@takes_up_to(FILES_LIMIT)
def add(recit_id: str) -> Response | tuple[str, int]:
    """Save the whole canvas, then put the file in its section, or take one away."""
    recit = own_recit(recit_id)
    too_long = save_form(recit, request.form)[0]
    if too_long:
        return _again(recit, too_long, ())
    if request.form.get("supprimer"):
        if take_away(db(), recit, request.form["supprimer"]):
            flash("Le fichier est supprimé.")
        return go("editor.edition", recit_id=recit_id, _anchor="fichiers")
    try:
        slug = _put_in_section(recit)
    except NotTaken as refusal:
        db().rollback()
        return _again(own_recit(recit_id), {}, refusal.faults)
    return go("editor.edition", recit_id=recit_id, _anchor=f"section-{slug}")


def _in_ascii(name: str) -> str:
    """For programs that know no accents."""
    return unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode()


def _put_in_section(recit: Recit) -> str:
    """Take the file in and write it in the section that was chosen; returns its slug. Raises NotTaken."""
    sent, slug = request.files.get("fichier"), request.form.get("dans", "")
    data = sent.read(intake.MOST_DOCUMENT + 1) if sent else b""  # of a heavier one, enough to say that it is
    faults = []
    try:
        intake.weighed(data)
    except intake.Unwanted as refusal:
        faults.append(("fichier", str(refusal)))
    try:
        label = label_of(request.form.get("description", ""), (sent.filename or "") if sent else "", data)
    except Unlabelled:
        label = ""
        faults.append(("description", NO_WORDS))
    if slug == TITLE or slug not in fields_of(recit):
        faults.append(("dans", NO_PLACE))
    # What was typed is safe, and no other write waits while the file is made anew. Until that is kept the form may be sent again:
    # were its key taken already, a fall of the machine here would let the browser believe that the file was.
    may_be_sent_again()
    db().commit()
    if faults:
        raise NotTaken(*faults)
    try:
        made = intake.rewritten(data)
        _once()
        kept = give(db(), reader(), _seat(recit), own_recit(recit.public_id), made, label)
        _write_down(recit, slug, kept)
    except intake.Unwanted as refusal:
        raise NotTaken(("fichier", str(refusal))) from refusal
    except TooMany as refusal:
        raise NotTaken(("fichier", FULL)) from refusal
    except TooLong as refusal:
        raise NotTaken(("dans", too_long_sentence(slug))) from refusal
    flash("L’image est dans votre texte." if kept.is_image else "Le document est dans votre texte.")
    return slug


def _once() -> None:
    """Take the key of the form in the transaction that keeps the file; a second click gets the answer that the first one got."""
    answered = idempotency.claim(db(), *g.once) if "once" in g else None
    if answered is not None:
        abort(redirect(answered, 303))


def _write_down(recit: Recit, slug: str, kept: Given) -> None:
    """A paragraph of its own, where the caret stood when the browser says so, else at the end of the section."""
    draft = read_draft(db(), reader(), recit) or not_yet(recit)
    text = draft.text_of(slug)
    at = _caret(slug, text)
    words = "\n\n".join(filter(None, (text[:at].rstrip(), kept.markdown, text[at:].strip()))) + "\n"
    save_text(db(), reader(), recit, slug, words, draft.version_of(slug))


def _caret(slug: str, text: str) -> int:
    """Where a file goes in the text of its section: `ou` is « faits:12 », characters before the caret in what was sent.

    What another author wrote meanwhile moves everything: then it goes to the end. Neither a word nor a link is cut in two."""
    where, _, place = request.form.get("ou", "").partition(":")
    sent = request.form.get(slug, "").replace("\r\n", "\n")
    if where != slug or not place.isdecimal() or len(place) > 7 or sent.rstrip() != text.rstrip():
        return len(text)
    at = min(int(place), len(text))
    at = next((link.end() for link in _LINKS.finditer(text) if link.start() < at < link.end()), at)
    while 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace():
        at += 1
    return at


def _seat(recit: Recit) -> MembershipView:
    seat = space()
    if seat is None or seat.collectif_id != recit.collectif_id:
        abort(404)
    return seat


def _again(recit: Recit, too_long: dict[str, str], faults: Sequence[tuple[str, str]]) -> tuple[str, int]:
    """The canvas once more, with what was typed and why the file, or a text, was not taken."""
    keep_changes()
    may_be_sent_again()
    return editor_page(recit, read_draft(db(), reader(), recit) or not_yet(recit), too_long, faults), 422
