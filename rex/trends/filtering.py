"""The filters above the page: what each offers, and what is chosen."""

from dataclasses import dataclass
from datetime import date

from rex.french import NO_BREAK, date_short, typo
from rex.referentiel.content import BALISES, ENJEUX
from rex.referentiel.markers import own_markers
from rex.trends.asked import PREVIOUS, YEAR_BEFORE, Jalon
from rex.trends.look import Look
from rex.trends.periods import LAST_MONTHS, Span, choices
from rex.trends.saying import capital

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Filters:
    """Options as (value of the address, label)."""

    periods: Options
    period: str
    starts_on: str  # of free dates; empty otherwise
    ends_on: str
    comparisons: Options
    enjeux: list[tuple[str, str, str]]  # code, label, address: chosen in one click
    balises: Options
    units: Options
    colleges: Options
    is_open: bool  # something is chosen below the first row


def filters_of(look: Look) -> Filters:
    asked = look.asked
    span, is_free = asked.span, not asked.span.name
    return Filters(
        periods=[(one.name, _label(one)) for one in _offered(asked.today, span)] + [("dates", "Entre deux dates…")],
        period="dates" if is_free or asked.wants_dates else span.name,
        starts_on=span.starts_on.isoformat() if is_free else "",
        ends_on=span.ends_on.isoformat() if is_free else "",
        comparisons=[
            (PREVIOUS, "La période d’avant"),
            (YEAR_BEFORE, "Un an plus tôt"),
            *(_before(one, asked.today) for one in look.jalons),
        ],
        enjeux=[("", "Tous", asked.but(enjeu="", balise="").url)]
        + [(one.code, one.label, asked.but(enjeu=one.code, balise="").url) for one in ENJEUX],
        balises=[("", "Toutes"), *((one.code, f"{one.code} · {one.label}") for one in BALISES), *_own(look)],
        units=[("", "Tous"), *((one.key, one.name) for one in look.units.shown)],
        colleges=[("", "Tous"), *look.colleges.shown],
        is_open=bool(asked.balise or asked.unit or asked.college or asked.held_against),
    )


def _own(look: Look) -> Options:
    """The balises that the journal added and has not closed, and the one that is chosen."""
    asked, own = look.asked, own_markers(look.session, look.reader.slugs).values()
    here = [one for one in own if one.collectif_id == asked.place.collectif_id]
    return [(one.code, one.label) for one in here if not one.is_closed or one.code == asked.balise]


def _before(jalon: Jalon, today: date) -> tuple[str, str]:
    """« Avant « Réorganisation des services », 3 mars »."""
    return jalon.public_id, typo(f"Avant « {jalon.name} », {date_short(jalon.day, today=today)}")


def _offered(today: date, span: Span) -> list[Span]:
    offered = choices(today)
    return offered if not span.name or any(one.name == span.name for one in offered) else [*offered, span]


def _label(span: Span) -> str:
    """« 4e trimestre 2026 », as headings say it; and a phone shows its year."""
    if span.name == LAST_MONTHS:
        return "Trois derniers mois"
    if span.months == 3:
        rank = (span.starts_on.month + 2) // 3
        return f"{'1er' if rank == 1 else f'{rank}e'} trimestre{NO_BREAK}{span.starts_on.year}"
    return capital(span.label)
