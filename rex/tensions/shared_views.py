"""What the pages of tensions have in common: finding one for its reader, who may act, the drawing of its line."""

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect
from werkzeug.wrappers import Response

from rex import clock
from rex.access import AudienceView, MembershipView, audience_of
from rex.french import count, date_long, date_short, number, typo
from rex.journal.models import Audience
from rex.tensions.charts import Line, Recent, Year, line_of, recent, year_until
from rex.tensions.models import Tension
from rex.tensions.naming import NamedColleges
from rex.tensions.queries import TensionLine, find_tension
from rex.tensions.settings import may_curate
from rex.tensions.voices import Voices
from rex.web import db, enter_space, reader, space

STRENGTHS = {"fort": "Ressemblance forte", "moyen": "Ressemblance moyenne"}
UNSURE = "Ressemblance à vérifier"


@dataclass(frozen=True)
class Row:
    """A tension in a list, with its drawing and its words."""

    line: TensionLine
    drawing: Line
    recent: Recent
    services: str  # « CCAS, Voirie et autres services »
    back: str  # « réapparue le 12 novembre »


def seat_here() -> MembershipView:
    """The seat in the collectif of the address."""
    seat = space()
    if seat is None or seat.is_group:
        abort(404)
    return seat


def open_tension(tension_id: str) -> tuple[Tension, MembershipView]:
    """The tension of this address, with the reader's seat in its collectif."""
    tension = find_tension(db(), reader(), tension_id)
    seat = reader().seat(tension.collectif_id) if tension is not None else None
    if tension is None or seat is None:
        abort(404)
    enter_space(seat)
    return tension, seat


def curated_tension(tension_id: str) -> tuple[Tension, MembershipView]:
    """The same, for who curates."""
    tension, seat = open_tension(tension_id)
    demand_curator(seat)
    return tension, seat


def demand_curator(seat: MembershipView) -> None:
    if not may_curate(db(), seat):
        abort(403)


def audience_here(seat: MembershipView) -> AudienceView:
    """Who reads a tension of this collectif and all that is written about it."""
    return audience_of(db(), Audience.COLLECTIF, seat.collectif_id, seat.collectif_name)


def year_of(seat: MembershipView) -> Year:
    return year_until(clock.today(seat.timezone), seat.timezone)


def row_of(line: TensionLine, year: Year) -> Row:
    back = f"réapparue le {date_short(line.reappeared_at, year.timezone, today=year.today)}" if line.reappeared_at else ""
    return Row(line, line_of(line.dates, year), recent(line.dates, year), services_in_words(line.services), back)


def services_in_words(names: tuple[str, ...]) -> str:
    return typo(", ".join(names))


def month_in_words(day: date) -> str:
    """« mars 2026 »."""
    return date_long(day).partition("\u00a0")[2]


def colleges_in_words(line: TensionLine, named: NamedColleges) -> str:
    """The collèges from which it is told, when there are several; those that may be named."""
    shown = named.among(line.voices.colleges if line.voices else ())
    return ", ".join(shown) if len(shown) > 1 else ""


def voices_in_words(line: TensionLine, year: Year) -> str:
    """« 11 difficultés, plusieurs personnes, 4 services ou structures, depuis mars 2026. » Nobody is counted: how
    many they are is said only as « plusieurs »."""
    voices = line.voices
    if voices is None:
        return "Aucune de ses difficultés ne se lit aujourd’hui."
    return typo(f"{how_many(voices)}, depuis {month_in_words(year.day_of(voices.since))}.")


def how_many(voices: Voices) -> str:
    """« 11 difficultés, plusieurs personnes, 4 services ou structures »."""
    said = [count(voices.difficulties, "difficulté")]
    if voices.people > 1:
        said.append("plusieurs personnes")
    if voices.services_said > 1:
        said.append(f"{number(voices.services_said)} services ou structures")
    return typo(", ".join(said))


def strength_in_words(strength: str) -> str:
    """« Ressemblance forte »; `strength`: as the computation writes it."""
    return typo(STRENGTHS.get(strength, UNSURE))


def to(path: str) -> Response:
    """After an act: to the place that shows it (303, so that a reload repeats nothing)."""
    return redirect(path, 303)


def told(sentence: str) -> None:
    flash(typo(sentence))
