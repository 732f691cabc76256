"""The boussole: the 4 enjeux, the 23 balises, those that the collectif added, and what experience says about each.

The words are the same for everybody; the counts and the récits are those that the reader may read in the current journal."""

from typing import Any

from flask import Blueprint, Flask, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from rex import text
from rex.access import MembershipView
from rex.journal.boussole import SHOWN, experience_of, newest_on, own_balise
from rex.journal.cards import entry_item
from rex.journal.difficulty_items import difficulty_item
from rex.journal.difficulty_queries import newest_and_number
from rex.journal.home_queries import recits_per_balise
from rex.journal.list_queries import Filters
from rex.journal.under import parts_on_balise
from rex.referentiel import content
from rex.referentiel.markers import REFERENTIEL, own_markers
from rex.referentiel.shapes import Balise, Enjeu
from rex.web import MEMBERS, db, open_to, reader, space

bp = Blueprint("boussole", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/boussole")
@open_to(MEMBERS)
def index() -> str:
    seat = _seat()
    per_balise, per_enjeu = recits_per_balise(db(), reader(), seat.collectif_id, None, seat.timezone)
    own = [m for m in own_markers(db(), reader().slugs).values() if m.collectif_id == seat.collectif_id]
    return render_template(
        "boussole/index.html",
        enjeux=[
            {
                "is": enjeu,
                "url": url_for("boussole.page", code=enjeu.code),
                "count": per_enjeu.get(enjeu.code, 0),
                "balises": _lines(enjeu, per_balise),
            }
            for enjeu in content.ENJEUX
        ],
        own=[{"is": m, "url": m.href, "count": per_balise.get(m.code, 0)} for m in own if not m.is_closed],
        closed=[{"is": m, "url": m.href, "count": per_balise.get(m.code, 0)} for m in own if m.is_closed],
    )


@bp.get("/boussole/<string:code>")
@open_to(MEMBERS)
def page(code: str) -> str | Response:
    """A balise (« C1 ») or an enjeu (« C »); other ways to write them lead there."""
    known = _canonical(code)
    if known is None:
        abort(404)
    if known != code:
        return redirect(url_for("boussole.page", code=known), 301)
    return _balise_page(content.balise(known)) if known in REFERENTIEL else _enjeu_page(content.enjeu(known))


@bp.get("/c/<slug:collectif>/boussole/<slug:balise>")
@open_to(MEMBERS)
def own(collectif: str, balise: str) -> str:
    """A balise that the collectif added beside the 23."""
    found = own_balise(db(), _seat(), balise)
    if found is None:
        abort(404)
    return _page(
        code=found.public_id,
        title=found.title,
        enjeu=None,
        source=None,
        html=text.to_html(found.text, heading_base=3),
        question=found.question,
        related=[],
        closed_at=found.closed_at,
        edit_url=url_for("referentiel.edit", collectif=collectif, balise=balise) if _seat().is_animateur else None,
    )


def _balise_page(balise: Balise) -> str:
    return _page(
        code=balise.code,
        title=balise.title,
        enjeu=content.enjeu(balise.enjeu),
        source=balise.source,
        html="",
        paragraphs=balise.paragraphs,
        question=balise.question,
        related=[{"is": REFERENTIEL[other.code], "reason": other.reason} for other in balise.related],
        closed_at=None,
        edit_url=None,
    )


def _page(code: str, **words: Any) -> str:
    seat = _seat()
    said = experience_of(db(), reader(), seat, code)
    return render_template(
        "boussole/balise.html",
        code=code,
        voices=[
            {
                "stance": one.stance.value,
                "count": one.count,
                "items": [entry_item(card, seat.timezone) for card in one.cards],
            }
            for one in said.voices
        ],
        count=said.count,
        in_reseau=said.in_reseau if code in REFERENTIEL else 0,
        list_url=url_for("journal.recits", collectif=seat.collectif_slug, balise=code),
        difficulties=_difficulties(seat, code),
        parts=parts_on_balise(seat, code),
        reseau_url=url_for("journal.recits", collectif=seat.collectif_slug, balise=code, reseau="1"),
        **{"paragraphs": (), **words},
    )


def _difficulties(seat: MembershipView, code: str) -> dict[str, Any]:
    """The newest difficulties of the journal that carry a balise, with their number (one statement)."""
    newest, count = newest_and_number(db(), reader(), seat, Filters(balise=code), SHOWN)
    return {
        "count": count,
        "items": [difficulty_item(one, seat.timezone) for one in newest],
        "url": url_for("difficulties.difficulties_list", collectif=seat.collectif_slug, balise=code),
    }


def _enjeu_page(enjeu: Enjeu) -> str:
    seat = _seat()
    per_balise, per_enjeu = recits_per_balise(db(), reader(), seat.collectif_id, None, seat.timezone)
    cards = newest_on(db(), reader(), seat, [balise.code for balise in content.balises_of(enjeu)])
    return render_template(
        "boussole/enjeu.html",
        enjeu=enjeu,
        source=content.SOURCE,
        balises=_lines(enjeu, per_balise),
        count=per_enjeu.get(enjeu.code, 0),
        items=[entry_item(card, seat.timezone) for card in cards],
        list_url=url_for("journal.recits", collectif=seat.collectif_slug, enjeu=enjeu.code),
        others=[(other, url_for("boussole.page", code=other.code)) for other in content.ENJEUX if other is not enjeu],
    )


def _lines(enjeu: Enjeu, per_balise: dict[str, int]) -> list[dict[str, Any]]:
    codes = [balise.code for balise in content.balises_of(enjeu)]
    return [{"is": REFERENTIEL[c], "url": REFERENTIEL[c].href, "count": per_balise.get(c, 0)} for c in codes]


def _canonical(code: str) -> str | None:
    """« c1 » → C1, « s » → S, « cooperation » → C; None for what is neither."""
    by_slug = {enjeu.slug: enjeu.code for enjeu in content.ENJEUX}
    known = by_slug.get(code.lower(), code.upper())
    return known if known in REFERENTIEL or known in by_slug.values() else None


def _seat() -> MembershipView:
    seat = space()
    if seat is None:
        abort(404)
    return seat
