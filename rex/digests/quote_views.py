"""Changing what a letter quotes of a text: shorten it, take another passage, leave it out. The words stay those of the text."""

from flask import Blueprint, Flask, abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.digests import quoting
from rex.digests.editing import READ, Refused, mark_of
from rex.digests.models import Digest, DigestQuote
from rex.digests.publishing import AlreadyGone
from rex.digests.shared_views import audience_here, letter_to_edit, say_if_to_read_again, to
from rex.french import typo
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("quoting", __name__)

MEANWHILE = "Cette citation a été changée pendant que vous écriviez. Voici vos mots ; les autres sont dessous"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/lettres/<public_id:digest_id>/citations/<public_id:quote_id>")
@open_to(MEMBERS)
def quote(digest_id: str, quote_id: str) -> tuple[str, int]:
    digest, seat, found = _quote(digest_id, quote_id)
    return _page(digest, seat, found)


@bp.post("/lettres/<public_id:digest_id>/citations/<public_id:quote_id>")
@open_to(MEMBERS)
def keep(digest_id: str, quote_id: str) -> Response | tuple[str, int]:
    """The words that were kept, or another passage."""
    digest, seat, found = _quote(digest_id, quote_id)
    was_ready = digest.is_ready
    typed, passage = request.form.get(quoting.FIELD, ""), request.form.get("passage", "")
    if mark_of(found.words) != request.form.get(READ + quoting.FIELD, mark_of(found.words)):
        return _page(digest, seat, found, 409, [(quoting.FIELD, MEANWHILE)], standing=found.words)
    try:
        if passage:
            quoting.take(db(), reader(), digest, found, passage)
        else:
            quoting.shorten(db(), reader(), digest, found, typed)
    except Refused as refused:
        return _page(digest, seat, found, 422, refused.faults)
    except AlreadyGone:
        return _gone(digest_id, typed)
    say_if_to_read_again(digest, was_ready=was_ready)
    return _back(digest, found)


@bp.post("/lettres/<public_id:digest_id>/citations/<public_id:quote_id>/retrait")
@open_to(MEMBERS)
def leave_out(digest_id: str, quote_id: str) -> Response | tuple[str, int]:
    digest, _seat, found = _quote(digest_id, quote_id)
    was_ready = digest.is_ready
    try:
        quoting.leave_out(db(), reader(), digest, found)
    except AlreadyGone:
        return _gone(digest_id, "")
    flash("La citation n’est plus dans la lettre.")
    say_if_to_read_again(digest, was_ready=was_ready)
    return _back(digest, found)


def _quote(digest_id: str, quote_id: str) -> tuple[Digest, MembershipView, DigestQuote]:
    digest, seat = letter_to_edit(digest_id)
    found = quoting.find_quote(db(), digest, quote_id)
    return (digest, seat, found) if found is not None else abort(404)


def _page(
    digest: Digest,
    seat: MembershipView,
    found: DigestQuote,
    status: int = 200,
    faults: list[tuple[str, str]] | None = None,
    standing: str = "",
) -> tuple[str, int]:
    html = render_template(
        "digests/quote.html",
        seat=seat,
        audience=audience_here(seat),
        digest=digest,
        quote=found,
        title=quoting.title_of(db(), reader(), found),
        typed=request.form.get(quoting.FIELD, found.words),
        mark=mark_of(found.words),
        chosen=request.form.get("passage", ""),
        passages=[(mark_of(one), one) for one in quoting.passages_of(db(), reader(), found.entry_id)],
        faults=[(name, typo(sentence)) for name, sentence in faults or []],
        standing=standing,
        page_errors=bool(faults),
    )
    return html, status


def _gone(digest_id: str, typed: str) -> tuple[str, int]:
    texts = [typed] if typed.strip() else []
    return render_template("digests/gone.html", letter_url=url_for("letters.letter", digest_id=digest_id), texts=texts), 409


def _back(digest: Digest, found: DigestQuote) -> Response:
    return to(f"{url_for('editing.edit', digest_id=digest.public_id)}#citation-{found.public_id}")
