"""« La lettre »: the archive of a collectif, one letter, receiving it or not, composing it now, the line on the home."""

from dataclasses import dataclass

from flask import Blueprint, Flask, Response, flash, make_response, redirect, render_template, request, url_for

from rex.access import MembershipView
from rex.digests import (
    editing_views,
    export_views,
    following,
    group_views,
    leaving,
    proof_views,
    quote_views,
    settings_views,
    unsubscribe_views,
)
from rex.digests.choosing import next_to_leave
from rex.digests.composing import compose_once
from rex.digests.mails import answer_for_mails
from rex.digests.models import Digest, DigestSettings
from rex.digests.queries import Line, letters_of, next_number, settings_of, waiting_letters
from rex.digests.recipients import choose, receives
from rex.digests.shared_views import audience_here, has_left, letter_here, number_of, when_of
from rex.digests.told import told
from rex.french import count, date_short, typo
from rex.journal.under import add_on_home
from rex.peer_groups.parts import before_going
from rex.web import ANIMATEURS, MEMBERS, db, go, open_to, reader, space

bp = Blueprint("letters", __name__)

NOTHING_NEW = "Rien de nouveau à raconter pour l’instant : la lettre n’a pas été composée."


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    for part in (editing_views, quote_views, proof_views, settings_views, export_views, group_views, unsubscribe_views):
        part.register(app)
    add_on_home("letter", on_home)
    answer_for_mails()
    following.listen()
    before_going("digests", leaving.forget)


@bp.get("/c/<slug:collectif>/lettres/")
@open_to(MEMBERS)
def archive(collectif: str) -> str:
    seat = _seat()
    waiting, *older = (waiting_letters(db(), reader(), seat) if seat.is_animateur else ()) or (None,)
    settings = settings_of(db(), seat.collectif_id)
    return render_template(
        "digests/list.html",
        seat=seat,
        audience=audience_here(seat),
        letters=letters_of(db(), reader(), seat),
        coming=_coming(settings, seat),
        has_rhythm=settings is not None,
        waiting=waiting,
        waiting_number=next_number(db(), seat.collectif_id) if waiting else None,
        waiting_when=when_of(waiting.due_at, seat.timezone) if waiting else "",
        older=[(one.public_id, when_of(one.due_at, seat.timezone)) for one in older],
        receives=receives(db(), reader().user_id, seat.collectif_id),
    )


def _coming(settings: DigestSettings | None, seat: MembershipView) -> str:
    """« vendredi 4 décembre à 8 h »; nothing when no letter is to leave by itself."""
    due = next_to_leave(db(), settings, seat)
    return when_of(due, seat.timezone) if due else ""


@bp.get("/lettres/<public_id:digest_id>")
@open_to(MEMBERS)
def letter(digest_id: str) -> str | Response:
    digest, seat = letter_here(digest_id)
    if not has_left(digest):
        return make_response(redirect(url_for("proofs.proof", digest_id=digest_id), 302))
    page = told(db(), reader(), digest, seat.timezone)
    sent = f"Envoyée à {count(digest.sent_to, 'membre')} du journal." if digest.sent_to else ""
    return render_template(
        "digests/letter.html",
        seat=seat,
        audience=audience_here(seat),
        letter=page,
        over=_named(digest, page.date_words),
        sent=typo(sent),
        receives=receives(db(), reader().user_id, seat.collectif_id),
    )


def _named(digest: Digest, when: str) -> str:
    return typo(f"La lettre n° {number_of(digest)}, {when}")


@bp.post("/c/<slug:collectif>/lettres/abonnement")
@open_to(MEMBERS)
def subscribe(collectif: str) -> Response:
    """« S’abonner » or « Ne plus recevoir », of oneself."""
    wants = request.form.get("recevoir") == "oui"
    choose(db(), reader(), _seat().collectif_id, receives_it=wants)
    stopped = "Vous ne recevrez plus la lettre par e-mail. Elle se lit toujours ici."
    flash("Vous recevrez la lettre par e-mail." if wants else stopped)
    return go("letters.archive", collectif=collectif)


@bp.post("/c/<slug:collectif>/lettres/composer")
@open_to(ANIMATEURS)
def compose_now(collectif: str) -> Response:
    """The letter that waits, or a new one with what is told since the last."""
    seat = _seat()
    made = compose_once(db(), seat.collectif_id)
    if made is None:
        flash(NOTHING_NEW)
        return go("letters.archive", collectif=collectif)
    return go("editing.edit", digest_id=made.public_id)


@dataclass(frozen=True)
class OnHome:
    """The last letter, and for who looks after the journal the one that waits."""

    last: Line | None
    said: str
    waiting_url: str


def on_home() -> OnHome | None:
    """One statement; for an animateur, two."""
    seat = space()
    if seat is None:
        return None
    last = next(iter(letters_of(db(), reader(), seat, most=1)), None)
    waiting = next(iter(waiting_letters(db(), reader(), seat)), None) if seat.is_animateur else None
    if last is None and waiting is None:
        return None
    dated = f"La lettre n° {last.number}, {date_short(last.published_at, seat.timezone)}" if last and last.published_at else ""
    return OnHome(last, typo(dated), url_for("editing.edit", digest_id=waiting.public_id) if waiting else "")


def _seat() -> MembershipView:
    seat = space()
    assert seat is not None
    return seat
