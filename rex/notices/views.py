"""« Ce qui vous attend », the rhythm of its mails, and the hook by which what was opened is seen."""

from datetime import UTC, datetime

from flask import Blueprint, Flask, Response, flash, g, render_template, request

from rex import clock
from rex.journal.cursors import opened_place, sealed_place
from rex.notices import unsubscribe_views
from rex.notices.asks import asks_of
from rex.notices.bundles import bundles_of, is_a_report, reports_awaiting
from rex.notices.listening import listen
from rex.notices.models import Rhythm
from rex.notices.queries import A_PAGE, told_to
from rex.notices.rhythms import LABELS, choose, rhythm_of, silences_groups
from rex.notices.seeing import Opened, note_nothing_left, note_opened, see_all
from rex.notices.sending import answer_for_mails
from rex.notices.sentences import answer_label, sentence_of_ask
from rex.sealed_words import saying_what_is_lost
from rex.web import SIGNED_IN, db, go, installation, open_to, reader

bp = Blueprint("notices", __name__)

NOTICES = "notices"  # the list whose cursors these are

# Pages of an entry other than its own, on which what is told of it is looked at, messages apart.
BESIDE = frozenset({"accord", "invitation", "edition", "co-auteurs"})


def register(app: Flask) -> None:
    """Hear what the journal tells, and put the pages on the application."""
    listen()
    answer_for_mails()
    app.register_blueprint(bp)
    app.register_blueprint(unsubscribe_views.bp)
    app.after_request(_see_what_was_opened)


@bp.get("/ce-qui-vous-attend")
@open_to(SIGNED_IN)
@saying_what_is_lost()
def waiting() -> Response | str:
    before = opened_place(db(), NOTICES, request.args.get("avant", ""))
    told_all = told_to(db(), reader(), before=before[1] if before else None)
    told = [one for one in told_all if not is_a_report(one)]
    asks = asks_of(db(), reader()) if not before else []
    awaited = [(ask, sentence_of_ask(ask), answer_label(ask)) for ask in asks]
    awaited += [(ask, sentence, answer_label(ask)) for ask, sentence in reports_awaiting(told_all)]
    if reader().has_news and not told_all and not before:
        g.opened_nothing = True
    return render_template(
        "notices/waiting.html",
        asks=sorted(awaited, key=lambda one: one[0].at, reverse=True),
        bundles=bundles_of(told),
        older=sealed_place(db(), NOTICES, 0, told_all[-1].id) if len(told_all) == A_PAGE else None,
        is_first=not before,
        several=len(reader().memberships) > 1,
        until=clock.now().isoformat(),
    )


@bp.post("/ce-qui-vous-attend")
@open_to(SIGNED_IN)
def mark_all() -> Response:
    see_all(db(), reader(), _instant(request.form.get("jusqu-a", "")))
    flash("Tout est marqué comme lu.")
    return go("notices.waiting")


@bp.get("/compte/rythme")
@open_to(SIGNED_IN)
def rhythm() -> str:
    return _rhythm_page(rhythm_of(db(), reader().user_id).value)


@bp.post("/compte/rythme")
@open_to(SIGNED_IN)
def choose_rhythm() -> Response | tuple[str, int]:
    chosen = request.form.get("rythme", "")
    if chosen not in set(Rhythm):
        return _rhythm_page("", [("rythme-quotidien", "Choisissez un rythme")]), 422
    quiet = "groupes-jamais" in request.form if _has_groups() else None
    choose(db(), reader().user_id, Rhythm(chosen), silences_groups=quiet)
    flash("Votre choix est gardé.")
    return go("account.account")


def _rhythm_page(chosen: str, errors: list[tuple[str, str]] | None = None) -> str:
    options = [(rhythm.value, *LABELS[rhythm]) for rhythm in Rhythm]
    return render_template(
        "account/rhythm.html",
        options=options,
        chosen=chosen,
        has_groups=_has_groups(),
        is_quiet="groupes-jamais" in request.form if errors else silences_groups(db(), reader().user_id),
        errors=errors or [],
        page_errors=bool(errors),
    )


def _has_groups() -> bool:
    """Whether mails of groups may concern this person: a member, or somebody who stopped them from an invitation."""
    return bool(reader().groups) or silences_groups(db(), reader().user_id)


def _see_what_was_opened(response: Response) -> Response:
    """After the answer: what this page showed is seen. Costs nothing to whom nothing waits for."""
    who = g.get("reader")
    if who is None or not who.has_news or request.method != "GET" or response.status_code != 200:
        return response
    database = installation().database
    if g.get("opened_nothing"):
        response.call_on_close(lambda: note_nothing_left(database, who))
        return response
    opened = _opened()
    if opened is not None and response.mimetype == "text/html":
        response.call_on_close(lambda: note_opened(database, who, opened))
    return response


def _opened() -> Opened | None:
    last = request.path.rstrip("/").rsplit("/", 1)[-1]
    ids = tuple(value for value in (request.view_args or {}).values() if isinstance(value, str))
    if last == "signalements":
        return Opened(ids, is_reports=True)
    if last in ids:
        return Opened(ids)
    return Opened(ids, is_thread=False) if last in BESIDE else None


def _instant(text: str) -> datetime:
    """The instant that a page carried; now when it carries none that can be read."""
    try:
        found = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # the second: no such instant, the years 1 and 9999 elsewhere
        return clock.now()
    return min(found, clock.now())
