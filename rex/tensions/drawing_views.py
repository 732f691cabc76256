"""The page of a tension: read once, told as it is; shown again with a sentence when what was asked is not done."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rex.access import AudienceView, MembershipView, may_plan_seances
from rex.journal.cards import chips
from rex.journal.models import Audience, EntryKind
from rex.journal.under import EntryOnPage, parts_under
from rex.tensions.charts import line_of, per_month, recent
from rex.tensions.history import history_of
from rex.tensions.models import State
from rex.tensions.naming import named_colleges
from rex.tensions.page_queries import acts_of, arbitrages_of, seances_on, trials_of, where_it_went
from rex.tensions.queries import TensionPage, extracts_of, tension_page
from rex.tensions.recurrence import RULE
from rex.tensions.settings import may_curate
from rex.tensions.shared_views import (
    audience_here,
    colleges_in_words,
    month_in_words,
    services_in_words,
    voices_in_words,
    year_of,
)
from rex.tensions.standings import STANDINGS
from rex.web import db, enter_space, reader, space


def draw(tension_id: str, refusal: str = "") -> str:
    """The page of a tension; `refusal`: the sentence for what was asked and is not done."""
    year = year_of(space() or abort(404))
    page = tension_page(db(), reader(), tension_id, year)
    seat = reader().seat(page.collectif_id) if page else None
    if page is None or seat is None:
        abort(_elsewhere(tension_id))
    enter_space(seat)
    if seat.timezone != year.timezone:  # the last journal opened keeps other hours
        year = year_of(seat)
        page = tension_page(db(), reader(), tension_id, year) or page
    line, view = page.line, audience_here(seat)
    is_recent = request.args.get("periode") == "recente"
    curates = may_curate(db(), seat)
    since = year.recent_at if is_recent else None
    extracts = extracts_of(db(), reader(), line, since, request.args.get("apres", ""))
    here = url_for("tensions.tension", tension_id=tension_id)
    kept: dict[str, Any] = {"periode": "recente"} if is_recent else {}
    return render_template(
        "tensions/page.html",
        page=page,
        line=line,
        audience=view,
        standing=line.standing.value,
        **dict(zip(("_", "over", "glyph"), STANDINGS[line.standing], strict=True)),
        said=voices_in_words(line, year),
        services=services_in_words(line.services),
        colleges=colleges_in_words(line, named_colleges(db(), page.collectif_id)),
        drawing=line_of(line.dates, year),
        recent=recent(line.dates, year),
        months=[(month_in_words(day), told) for day, told in per_month(line.dates, year)],
        recent_on=year.recent_on,
        is_recent=is_recent,
        extracts=extracts,
        older=url_for("tensions.tension", tension_id=tension_id, **kept, apres=extracts.older) if extracts.older else None,
        all_url=here,
        chips=chips(page.tags),
        trials=trials_of(db(), reader(), line.id, line.services),
        arbitrages=arbitrages_of(db(), line.id),
        seances=seances_on(db(), reader(), line.id),
        history=history_of(acts_of(db(), reader(), line.id), curates=curates),
        may_curate=curates,
        plan_url=_plan_url(seat, page),
        steps=_steps(page) if curates else [],
        rule=RULE,
        refusal=refusal,
        parts=parts_under(_on_page(page, view)),
    )


def _elsewhere(tension_id: str) -> Response | int:
    """Letters, mails and bookmarks still lead to a tension that was merged: to the one where it went."""
    went = where_it_went(db(), reader(), tension_id)
    return redirect(url_for("tensions.tension", tension_id=went)) if went else 404


def _plan_url(seat: MembershipView, page: TensionPage) -> str:
    """The form of a séance of this collectif, opened on this tension; empty for who sets none."""
    if not may_plan_seances(reader(), page.collectif_id):
        return ""
    return url_for("planning.before_setting", collectif=seat.collectif_slug, sur=page.line.public_id)


def _steps(page: TensionPage) -> list[tuple[str, str]]:
    """Where somebody who curates may bring a tension from where it stands: (label, address)."""
    state, at = page.line.state, f"{page.line.url}/etat"
    offered = [
        (State.AT_WORK, "Mettre au travail", f"{at}?vers={State.AT_WORK.value}"),
        (State.ARBITRATED, "Écrire l’arbitrage", f"{page.line.url}/arbitrage"),
        (State.CALMED, "Dire qu’elle s’apaise", f"{at}?vers={State.CALMED.value}"),
        (None, "Dire qu’elle revient", f"{at}?vers=revient"),
    ]
    return [(label, url) for to, label, url in offered if to is not state or to is State.ARBITRATED]


def _on_page(page: TensionPage, view: AudienceView) -> EntryOnPage:
    line = page.line
    return EntryOnPage(
        line.id, line.public_id, EntryKind.TENSION, page.collectif_id, Audience.COLLECTIF, view, line.title, (), {}
    )

