"""What a person wrote beside the figures of one journal: lectures contradictoires, and jalons.

Read as the system under their id, as the rest of what they wrote."""

from sqlalchemy import select

from rex.db import RexSession
from rex.departures.own_reach import Journal
from rex.departures.writing import Thing
from rex.journal.suspending import opened
from rex.trends.models import CounterReading, Jalon
from rex.trends.subjects import SECTIONS
from rex.trends.voices import name_of_voice


def readings(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    """Those that they wrote and nobody withdrew; in a journal that they left, as long as nobody corrected them since."""
    mine = select(CounterReading).where(CounterReading.author_id == user_id, CounterReading.collectif_id == journal.id)
    rows = session.scalars(mine.where(CounterReading.withdrawn_at.is_(None)).order_by(CounterReading.id))
    return [
        {"au sujet de": _about(one), "du": one.starts_on.isoformat(), "au": one.ends_on.isoformat(),
         "signée": name_of_voice(one.service_name, one.college), "écrit le": one.created_at, "corrigé le": one.corrected_at,
         **(_suspended(one) if journal.saw(one.suspended_at) else {}),
         "texte": opened(session, journal.key_name, CounterReading, one.public_id, one.sealed) if one.sealed else one.words}
        for one in rows
        if journal.saw(one.corrected_at)
    ]  # fmt: skip


def jalons(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    mine = select(Jalon).where(Jalon.created_by_id == user_id, Jalon.collectif_id == journal.id)
    rows = session.scalars(mine.order_by(Jalon.id))
    return [{"jour": one.day.isoformat(), "posé le": one.created_at, "texte": one.name} for one in rows]


def _suspended(reading: CounterReading) -> Thing:
    return {"suspendu le": reading.suspended_at, "motif de la suspension": reading.suspended_why}


def _about(reading: CounterReading) -> str:
    section = SECTIONS.get(reading.section, reading.section)
    return f"{section}, {reading.subject_name}" if reading.subject_name else section
