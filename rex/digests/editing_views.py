"""Preparing a letter: one page, one form. Whatever button is pressed keeps what was typed, and then does what it says."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Flask, abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from rex.access import MembershipView
from rex.digests import editing
from rex.digests.editing import DOWN, ITEM_LINK, ITEM_TITLE, ITEM_WORDS, NEW, READ, UP, Clash, Refused, mark_of
from rex.digests.models import Digest
from rex.digests.publishing import AlreadyGone
from rex.digests.quoting import quotes_of
from rex.digests.shared_views import audience_here, has_left, letter_to_edit, number_of, say_if_to_read_again, to, when_of
from rex.digests.told import told
from rex.french import typo
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("editing", __name__)

NEW_FIELDS = (ITEM_TITLE + NEW, ITEM_WORDS + NEW, ITEM_LINK + NEW)
OUT, BACK = "retirer", "remettre"
BOTH = "Cela a été changé pendant que vous écriviez : les deux textes sont ici. Gardez ce qui convient, puis enregistrez"
LOST = "Ce que vous aviez écrit ici n’est plus dans la lettre : votre texte est à copier en bas de la page"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@dataclass(frozen=True)
class Field:
    """A field as the page draws it. `mark`: what it held when it was drawn; `standing`: what was kept meanwhile, by somebody
    else or from another window."""

    name: str
    value: str
    mark: str
    standing: str | None
    errors: list[str]
    is_touched: bool  # the form came back with something else than what stands: it is shown


@bp.get("/lettres/<public_id:digest_id>/edition")
@open_to(MEMBERS)
def edit(digest_id: str) -> Response | tuple[str, int]:
    digest, seat = letter_to_edit(digest_id)
    if has_left(digest):
        return _redirected(digest_id)
    return _page(digest, seat)


@bp.post("/lettres/<public_id:digest_id>/edition")
@open_to(MEMBERS)
def save(digest_id: str) -> Response | tuple[str, int]:
    def done(_digest: Digest) -> str:
        flash("La lettre est enregistrée.")
        return _url(digest_id)

    return _saved(digest_id, done)


@bp.post("/lettres/<public_id:digest_id>/edition/relecture")
@open_to(MEMBERS)
def save_and_proof(digest_id: str) -> Response | tuple[str, int]:
    return _saved(digest_id, lambda _digest: url_for("proofs.proof", digest_id=digest_id))


@bp.post("/lettres/<public_id:digest_id>/edition/<public_id:item_id>/<slug:act>")
@open_to(MEMBERS)
def change_item(digest_id: str, item_id: str, act: str) -> Response | tuple[str, int]:
    """« Monter », « Descendre », « Retirer », « Remettre »."""
    if act not in (UP, DOWN, OUT, BACK):
        abort(404)

    def done(digest: Digest) -> str:
        try:
            if act in (UP, DOWN):
                editing.move(db(), digest, item_id, act)
            else:
                editing.set_removed(db(), reader(), digest, item_id, removed=act == OUT)
        except LookupError:  # taken back by its authors meanwhile: what was typed about the rest is kept
            flash("Cet élément n’est plus dans la lettre.")
            return _url(digest_id)
        return f"{_url(digest_id)}#{'retires' if act == OUT else f'item-{item_id}'}"

    return _saved(digest_id, done)


@bp.post("/lettres/<public_id:digest_id>/edition/citations/<public_id:quote_id>")
@open_to(MEMBERS)
def save_and_quote(digest_id: str, quote_id: str) -> Response | tuple[str, int]:
    return _saved(digest_id, lambda _digest: url_for("quoting.quote", digest_id=digest_id, quote_id=quote_id))


def _saved(digest_id: str, then: Callable[[Digest], str]) -> Response | tuple[str, int]:
    """Keep what was typed, then do what the button said and go where it leads; the page again, with all that was typed, when
    something of it cannot be kept."""
    digest, seat = letter_to_edit(digest_id)
    try:
        editing.hold(db(), digest)
        was_ready = digest.is_ready
        new = editing.typed_new(*(request.form.get(name, "") for name in NEW_FIELDS))
        editing.save(db(), reader(), digest, seat.timezone, request.form)
        if new is not None:
            editing.add_by_hand(db(), reader(), digest, new)
        address = then(digest)
        say_if_to_read_again(digest, was_ready=was_ready)
        return to(address)
    except AlreadyGone:
        return render_template("digests/gone.html", letter_url=url_for("letters.letter", digest_id=digest_id), texts=_typed()), 409
    except Refused as refused:
        return _page(digest, seat, 422, faults=refused.faults)
    except Clash as clash:
        return _page(digest, seat, 409, clash=clash)


def _typed() -> list[str]:
    """All that was typed and differs from what the page held."""
    form = request.form
    names = [name for name in form if READ + name in form or name in NEW_FIELDS]
    return [form[name] for name in names if form[name].strip() and mark_of(form[name]) != form.get(READ + name)]


def _page(
    digest: Digest,
    seat: MembershipView,
    status: int = 200,
    faults: list[tuple[str, str]] | None = None,
    clash: Clash | None = None,
) -> tuple[str, int]:
    letter = told(db(), reader(), digest, seat.timezone, removed=True)
    now = editing.fields_of(digest, letter) | dict.fromkeys(NEW_FIELDS, "")
    said = list(faults or [])
    if clash:
        said += [(name, BOTH) for name in clash.standing] + ([("a-copier", LOST)] if clash.lost else [])
    said = [(name, typo(sentence)) for name, sentence in said]
    fields = {name: _field(name, value, said, clash) for name, value in now.items()}
    html = render_template(
        "digests/edit.html",
        seat=seat,
        audience=audience_here(seat),
        digest=digest,
        number=number_of(digest),
        when=when_of(digest.due_at, seat.timezone),
        letter=letter,
        removed=[item for item in editing.items_of(letter) if item.is_removed],
        quotes=quotes_of(db(), digest),
        fields=fields,
        faults=said,
        lost=clash.lost if clash else [],
        page_errors=bool(said),
    )
    return html, status


def _field(name: str, now: str, said: list[tuple[str, str]], clash: Clash | None) -> Field:
    """What was typed when the form comes back, else what stands now."""
    form = request.form
    is_typed = name in form and mark_of(form[name]) != form.get(READ + name, mark_of("") if name in NEW_FIELDS else "")
    standing = clash.standing.get(name) if clash else None
    errors = [sentence for field, sentence in said if field == name]
    return Field(name, form[name] if is_typed else now, mark_of(now), standing, errors, is_typed or bool(errors))


def _url(digest_id: str) -> str:
    return url_for("editing.edit", digest_id=digest_id)


def _redirected(digest_id: str) -> Response:
    return Response(status=302, headers={"Location": url_for("letters.letter", digest_id=digest_id)})
