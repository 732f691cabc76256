"""The page of the search: what one looks for is in its address, and nowhere else (no log, no title)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import Blueprint, Flask, render_template, request

from rex import clock
from rex.access import MembershipView
from rex.collectifs.queries import services_to_choose
from rex.journal.cards import chip
from rex.journal.filters import PERIODS
from rex.referentiel.content import BALISES, ENJEUX
from rex.referentiel.markers import Marker, own_markers
from rex.search import whole  # noqa: F401  # whoever serves pages keeps the index
from rex.search.asked import LONGEST, asked_in
from rex.search.filters import GENRES, NAMES, RESEAU, filters_from
from rex.search.lines import lines
from rex.search.near_balises import near
from rex.search.queries import LOOKED_AT, MOST, PAGE, find
from rex.text.marks import tidy
from rex.web import MEMBERS, db, open_to, reader, space

bp = Blueprint("search", __name__)
_QUOTES = str.maketrans(dict.fromkeys('"«»“”„', " "))
SEVERAL = list(zip(GENRES, ("Récits", "Difficultés", "Tensions", "Mercis", "Échanges"), strict=True))


@dataclass(frozen=True)
class Link:
    """One value of a criterion."""

    label: str
    url: str
    is_chosen: bool


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recherche")
@open_to(MEMBERS)
def search() -> str:
    seat = space()
    assert seat is not None
    given = " ".join(tidy(request.args.get("q", "")).split())
    typed, asked = given[:LONGEST], asked_in(given)
    filters = filters_from(request.args, reader(), clock.today(seat.timezone))
    is_precise = request.args.get("preciser") == "1" or not filters.without_kind.is_empty
    row_ids, is_short = find(db(), asked, filters, seat.timezone, is_last=not asked.is_several)
    is_partial = asked.is_several and not row_ids
    if is_partial:  # better than nothing: what says one of the words, at least
        row_ids, is_short = find(db(), asked.any_of, filters, seat.timezone)
    number = _page_number(len(row_ids))
    chosen = {name: request.args[name] for name in NAMES if request.args.get(name)} if not filters.is_empty else {}
    if is_precise and asked and not chosen.keys() - {"genre"}:
        chosen["preciser"] = "1"
    own = list(own_markers(db(), reader().slugs).values()) if asked else []
    return render_template(
        "search/search.html",
        typed=typed,
        is_asked=bool(asked),
        is_cut=asked.is_cut,
        is_small=asked.is_small,
        lines=lines(db(), reader(), asked, row_ids[(number - 1) * PAGE : number * PAGE]),
        is_partial=is_partial,
        is_capped=len(row_ids) >= MOST,
        most=MOST,
        is_short=is_short,
        looked_at=LOOKED_AT,
        number=number,
        before=_url(typed, chosen, suite=number - 1 if number > 2 else None) if number > 1 else None,
        after=_url(typed, chosen, suite=number + 1) if len(row_ids) > number * PAGE else None,
        filters=filters,
        chosen=chosen,
        kinds=_links(typed, chosen, "genre", [("", "Tout"), *((kind.value, name) for kind, name in SEVERAL)]),
        criteria=_criteria(typed, chosen, seat, own) if asked and is_precise else [],
        number_chosen=filters.without_kind.number,
        precise_url=_url(typed, chosen, preciser=1),
        clear_url=_url(typed, {}),
        unquoted_url=_url(" ".join(typed.translate(_QUOTES).split()), chosen) if asked.has_phrase else None,
        balises=[chip(marker) for marker in near(asked, own)] if asked else [],
    )


def _page_number(found: int) -> int:
    """Which page of what was found; the first one when the address says anything else than one of them."""
    given = request.args.get("suite", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
    return number if 0 < number <= max(1, -(-found // PAGE)) else 1


def _url(typed: str, chosen: dict[str, str], **more: Any) -> str:
    given = {name: value for name, value in {**chosen, **more}.items() if value}
    return f"/recherche?q={quote_plus(typed)}{f'&{urlencode(given)}' if given else ''}"


def _links(typed: str, chosen: dict[str, str], name: str, values: Sequence[tuple[str, str]]) -> list[Link]:
    """The values of a criterion as links; choosing another one begins again at the first page."""
    others = _url(typed, {k: v for k, v in chosen.items() if k != name and not (name == "enjeu" and k == "balise")})
    now = chosen.get(name, "")
    return [Link(label, f"{others}&{name}={value}" if value else others, value == now) for value, label in values]


def _criteria(typed: str, chosen: dict[str, str], seat: MembershipView, own: Sequence[Marker]) -> list[tuple[str, list[Link]]]:
    """Each criterion and its values; all the values are in an address as they are (slugs, codes, public ids)."""
    enjeu, balise = chosen.get("enjeu"), chosen.get("balise")  # balises once an enjeu is chosen: all of them are too many
    balises = [(one.code, one.label) for one in BALISES if one.enjeu == enjeu or one.code == balise]
    balises += [(one.code, one.label) for one in own if (enjeu and not one.is_closed) or one.code == balise]
    services = services_to_choose(db(), seat.collectif_id)
    places = [(one.collectif_slug, one.collectif_name) for one in reader().memberships] if len(reader().memberships) > 1 else []
    values = [
        ("Enjeu", "enjeu", [("", "Tous"), *((one.code, one.label) for one in ENJEUX)]),
        ("Balise", "balise", [("", "Toutes"), *balises] if balises else []),
        ("Période", "periode", [("", "Depuis le début"), *PERIODS]),
        ("Où", "ou", [("", "Tout ce que vous lisez"), *places, (RESEAU, "Ce qui est ouvert au réseau")]),
        ("Service ou structure", "service", [("", "Tous"), *services] if services else []),
    ]
    return [(label, _links(typed, chosen, name, those)) for label, name, those in values if those]
