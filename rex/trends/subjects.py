"""What a reading may be about: a section of the page, or one row of it. A name never comes from an address."""

import re
from collections.abc import Mapping
from datetime import date

from sqlalchemy import ScalarSelect

from rex.access import MembershipView, Reader, told_tensions
from rex.db import RexSession
from rex.journal.models import Entry
from rex.referentiel.markers import REFERENTIEL, markers_for
from rex.trends.asked import Place
from rex.trends.models import CounterReading
from rex.trends.periods import Span, months_between
from rex.trends.units import colleges_of, units_of

TENSIONS = "tensions"
SECTIONS = {  # key → how it is called where a reading stands alone; in the order of the page
    TENSIONS: "Ce qui résiste",
    "services": "Les services et les enjeux",
    "mois": "Mois après mois",
    "couverture": "Les balises vécues et les autres",
    "ensemble": "Qui raconte avec qui",
    "colleges": "D’où l’on raconte",
    "mercis": "Les mercis entre équipes",
    "seances": "Ce que les séances mettent au travail",
    "inconnu": "Ce que l’on ne sait pas",
}
OF_RESEAU = {"services": "Les territoires et les enjeux", "mercis": "Les mercis entre territoires"}
GONE = "une tension qui n’est plus là"
MOST_MONTHS = 36  # of a long period, the last ones
BETWEEN = "~"  # of two units
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_CODE = re.compile(r"[ESCV][1-9]|[A-Za-z0-9_-]{16}")
_SUBJECT = re.compile(r"[A-Za-z0-9_~-]{0,40}")  # what an address says otherwise is never asked of the database
_OF_UNITS = {"services": (1,), "mercis": (1, 2), "ensemble": (1, 2)}  # section → of how many units its subjects are
OF_COLLEGES = "colleges"


def name_of_subject(session: RexSession, reader: Reader, seat: MembershipView, section: str, subject: str) -> str | None:
    """How a subject is named today; empty for a whole section; None for what this person finds on no page."""
    if section not in SECTIONS or not _SUBJECT.fullmatch(subject):
        return None
    if not subject:
        return ""
    if section == TENSIONS:
        query = told_tensions(reader).with_only_columns(Entry.title)
        return session.scalar(query.where(Entry.public_id == subject, Entry.collectif_id == seat.collectif_id))
    if section == "mois":
        found = _MONTH.fullmatch(subject)
        month = date(int(found[1]), int(found[2]), 1) if found else None
        return months_between(month, month) if month else None
    return _named(session, reader, seat, section, subject)


def _named(session: RexSession, reader: Reader, seat: MembershipView, section: str, subject: str) -> str | None:
    place = Place(seat.collectif_id, seat.collectif_slug, seat.collectif_name, seat.timezone)
    if section == OF_COLLEGES:
        return colleges_of(session, place).name(subject) or None
    if section == "couverture" and _CODE.fullmatch(subject):
        marker = markers_for(session, [subject], reader.slugs).get(subject)
        return marker.label if marker is not None and marker.collectif_id in (None, seat.collectif_id) else None
    keys = subject.split(BETWEEN)
    if len(keys) not in _OF_UNITS.get(section, ()):
        return None
    units = units_of(session, place)
    named = [unit.name for unit in (units.find(key) for key in keys) if unit is not None]
    return " et ".join(named) if len(named) == len(keys) else None


def choices(session: RexSession, reader: Reader, seat: MembershipView, section: str, span: Span) -> list[tuple[str, str]]:
    """(subject, name) of what one may read otherwise in a section, as the page names it; what two units do together is found on the
    page alone."""
    place = Place(seat.collectif_id, seat.collectif_slug, seat.collectif_name, seat.timezone)
    match section:
        case "tensions":
            query = told_tensions(reader).with_only_columns(Entry.public_id, Entry.title).order_by(Entry.title, Entry.id)
            return [tuple(row) for row in session.execute(query.where(Entry.collectif_id == seat.collectif_id))]
        case "services" | "mercis":
            return [(unit.key, unit.name) for unit in units_of(session, place).shown]
        case "colleges":
            return list(colleges_of(session, place).shown)
        case "couverture":
            return [(code, marker.label) for code, marker in REFERENTIEL.items()]
        case "mois":
            return [(f"{month:%Y-%m}", months_between(month, month)) for month in span.month_starts()[-MOST_MONTHS:]]
        case _:
            return []


def uncrossed(filters: Mapping[str, str], section: str, subject: str, *, of_college: bool) -> dict[str, str]:
    """The filters of the page on which a reading is written: about a unit, or in its name, nothing says a collège; and the other
    way (`rex.trends.crossing`). `of_college`: a collège speaks."""
    gone = {"service"} if of_college or (subject and section == OF_COLLEGES) else set()
    gone |= {"college"} if not of_college or (subject and section in _OF_UNITS) else set()
    return {name: value for name, value in filters.items() if name not in gone}


def kept_name(section: str, name: str) -> str:
    """What a reading keeps of the name: nothing of a tension, whose words may be taken back, and which is named as it is today."""
    return "" if section == TENSIONS else name


def name_today(reader: Reader) -> ScalarSelect[str]:
    """For a statement of readings: the name of the tension that one is about, as this person reads it."""
    named = told_tensions(reader).with_only_columns(Entry.title)
    of_it = named.where(Entry.public_id == CounterReading.subject, Entry.collectif_id == CounterReading.collectif_id)
    return of_it.correlate(CounterReading).scalar_subquery()
