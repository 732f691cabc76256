"""Reading a letter again before it leaves: as a member, on a phone, in dark, as text; a test to oneself; then its departure.

The mail that is shown is the one that leaves. Its HTML has an address of its own, with the policy of a mail reader, and is
framed."""

from dataclasses import replace

from flask import Blueprint, Flask, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rex import clock
from rex.access import MembershipView
from rex.collectifs.capabilities import root_of_links
from rex.digests import editing
from rex.digests.blocks import Drawn
from rex.digests.mails import drawn, is_worth_opening, subject_and_parts
from rex.digests.models import Digest, DigestState
from rex.digests.publishing import AlreadyGone, NothingToTell, hold_to_publish, publish
from rex.digests.queries import settings_of
from rex.digests.recipients import count_recipients
from rex.digests.sending import post_test
from rex.digests.shared_views import audience_here, has_left, letter_to_edit, number_of, to, when_of
from rex.digests.told import told
from rex.french import count, typo
from rex.templating import csp_nonce
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("proofs", __name__)

VIEWS = {"ordinateur": "Sur un ordinateur", "telephone": "Sur un téléphone", "sombre": "En sombre", "texte": "En texte"}
SCHEMES = {"clair": "light", "sombre": "dark"}
STALE = "La lettre a changé depuis que vous l’avez relue : la voici comme elle est maintenant."


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/lettres/<public_id:digest_id>/relecture")
@open_to(MEMBERS)
def proof(digest_id: str) -> BaseResponse:
    digest, seat = letter_to_edit(digest_id)
    if has_left(digest):
        return redirect(url_for("letters.letter", digest_id=digest_id), 302)
    return _page(digest, seat)


@bp.get("/lettres/<public_id:digest_id>/relecture/courriel")
@open_to(MEMBERS)
def framed(digest_id: str) -> Response:
    """The HTML part alone, in one of the two themes."""
    digest, seat = letter_to_edit(digest_id)
    what, _ = _drawn(digest, seat)
    scheme = SCHEMES.get(request.args.get("theme", ""), "auto")
    response = Response(subject_and_parts(replace(what, scheme=scheme))[2], mimetype="text/html")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    return response


@bp.post("/lettres/<public_id:digest_id>/relecture/essai")
@open_to(MEMBERS)
def try_it(digest_id: str) -> BaseResponse:
    digest, _seat = letter_to_edit(digest_id)
    post_test(db(), reader(), digest)
    flash("Un essai part à votre adresse. Il ne compte pas comme un envoi.")
    return to(_url(digest_id))


@bp.post("/lettres/<public_id:digest_id>/depart")
@open_to(MEMBERS)
def leave_at_its_hour(digest_id: str) -> BaseResponse:
    """It was reread: it leaves when its hour has come."""
    return _settle(digest_id, is_ready=True)


@bp.post("/lettres/<public_id:digest_id>/attente")
@open_to(MEMBERS)
def wait(digest_id: str) -> BaseResponse:
    return _settle(digest_id, is_ready=False)


def _settle(digest_id: str, *, is_ready: bool) -> BaseResponse:
    digest, seat = letter_to_edit(digest_id)
    if not _hold(digest):
        return _gone(digest_id)
    if is_ready and _is_stale(digest):
        return _page(digest, seat, STALE)
    digest.is_ready = is_ready
    when = when_of(digest.due_at, seat.timezone)
    flash(f"La lettre partira {when}." if is_ready else "La lettre attend.")
    return to(_url(digest_id))


@bp.get("/lettres/<public_id:digest_id>/envoi")
@open_to(MEMBERS)
def before_sending(digest_id: str) -> str | BaseResponse:
    """To how many it would leave now, and what happens otherwise. It is sent from here as it was read again there: the version of
    that page goes along."""
    digest, seat = letter_to_edit(digest_id)
    if has_left(digest):
        return redirect(url_for("letters.letter", digest_id=digest_id), 302)
    if "version" not in request.args:
        return redirect(_url(digest_id), 302)
    if request.args["version"] != str(digest.version):
        return _page(digest, seat, STALE)
    what, people = _drawn(digest, seat)
    if _is_empty(what):
        return redirect(_url(digest_id), 302)
    return render_template(
        "digests/send.html",
        seat=seat,
        digest=digest,
        audience=audience_here(seat),
        number=number_of(digest),
        subject=what.title,
        people=typo(count(people, "personne")),
        otherwise=_otherwise(digest, seat),
    )


def _otherwise(digest: Digest, seat: MembershipView) -> str:
    """What becomes of a letter that nobody sends now."""
    when = when_of(digest.due_at, seat.timezone)
    if digest.due_at <= clock.now():
        return f"Son heure est passée, c’était {when} : si vous ne l’envoyez pas, elle reste ici."
    if digest.is_ready:
        return f"Si vous ne l’envoyez pas maintenant, elle partira d’elle-même {when}."
    if _waits(digest):
        return f"Si vous ne l’envoyez pas maintenant, elle attend. Elle ne partira {when} que si quelqu’un dit l’avoir relue."
    return f"Si vous ne l’envoyez pas maintenant, elle partira d’elle-même {when}, même si personne ne la relit."


@bp.post("/lettres/<public_id:digest_id>/envoi")
@open_to(MEMBERS)
def send_now(digest_id: str) -> BaseResponse:
    digest, seat = letter_to_edit(digest_id)
    try:
        hold_to_publish(db(), digest)
    except AlreadyGone:
        return _gone(digest_id)
    if _is_stale(digest):
        return _page(digest, seat, STALE)
    try:
        publish(db(), digest, reader())
    except NothingToTell:
        return _page(digest, seat, "Il n’y a plus rien à raconter dans cette lettre : elle ne part pas.")
    flash(f"La lettre part à {count(digest.sent_to or 0, 'personne')}. La voici, dans le journal.")
    return to(url_for("letters.letter", digest_id=digest_id))


@bp.get("/lettres/<public_id:digest_id>/abandon")
@open_to(MEMBERS)
def before_dropping(digest_id: str) -> str | BaseResponse:
    digest, seat = letter_to_edit(digest_id)
    if has_left(digest):
        return redirect(url_for("letters.letter", digest_id=digest_id), 302)
    return render_template("digests/drop.html", seat=seat, digest=digest, audience=audience_here(seat))


@bp.post("/lettres/<public_id:digest_id>/abandon")
@open_to(MEMBERS)
def drop(digest_id: str) -> BaseResponse:
    """It does not leave; the next one tells what is new since the last that left."""
    digest, seat = letter_to_edit(digest_id)
    if not _hold(digest):
        return _gone(digest_id)
    digest.state = DigestState.DROPPED
    flash("Cette lettre ne partira pas.")
    return to(url_for("letters.archive", collectif=seat.collectif_slug))


def _hold(digest: Digest) -> bool:
    """Whether it still waits; it is held for this transaction then."""
    try:
        editing.hold(db(), digest)
    except AlreadyGone:
        return False
    return True


def _gone(digest_id: str) -> BaseResponse:
    flash("Cette lettre est déjà partie.")
    return to(url_for("letters.letter", digest_id=digest_id))


def _is_stale(digest: Digest) -> bool:
    """Whether somebody changed it since the page that says « Envoyer » was drawn."""
    return request.form.get("version", "") != str(digest.version)


def _page(digest: Digest, seat: MembershipView, fault: str = "") -> BaseResponse:
    view = request.args.get("vue", "")
    view = view if view in VIEWS else "ordinateur"
    what, people = _drawn(digest, seat)
    html = render_template(
        "digests/proof.html",
        seat=seat,
        audience=audience_here(seat),
        digest=digest,
        is_empty=_is_empty(what),
        number=number_of(digest),
        people=typo(count(people, "personne")),
        when=when_of(digest.due_at, seat.timezone),
        is_late=digest.due_at <= clock.now(),
        waits=_waits(digest),
        views=VIEWS,
        view=view,
        subject=what.title,
        text=subject_and_parts(what)[1] if view == "texte" else "",
        faults=[("apercu", typo(fault))] if fault else [],
        page_errors=bool(fault),
    )
    response = make_response(html, 422 if fault else 200)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'nonce-{csp_nonce()}' 'strict-dynamic'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


def _waits(digest: Digest) -> bool:
    """Whether the letters of this journal leave only once somebody read them again."""
    settings = settings_of(db(), digest.collectif_id)
    return settings is None or settings.waits_for_edition


def _is_empty(what: Drawn) -> bool:
    return not what.rubrics and not what.edito


def _drawn(digest: Digest, seat: MembershipView) -> tuple[Drawn, int]:
    """The mail as it would leave now, and to how many people."""
    if has_left(digest):
        abort(404)
    page = told(db(), reader(), digest, seat.timezone)
    people = count_recipients(db(), digest.collectif_id)
    stop_url = url_for("letters.archive", collectif=seat.collectif_slug)
    what = drawn(page, seat, root_of_links(), number_of(digest), people, stop_url=stop_url)
    return (what if is_worth_opening(page) else replace(what, rubrics=(), edito="")), people


def _url(digest_id: str) -> str:
    return url_for("proofs.proof", digest_id=digest_id)
