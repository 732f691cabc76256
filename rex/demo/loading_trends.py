"""Puts in the base what stands beside the figures, through the acts that people use, then gives each act its date."""

from datetime import timedelta

from rex import clock
from rex.db import RexSession
from rex.demo.placing import Places
from rex.demo.tendances import JALONS, READINGS
from rex.trends import jalons, reading_acts
from rex.trends.jalons import TypedJalon
from rex.trends.reading_acts import About
from rex.trends.voices import voices_of

_SHOWN = 3  # months: the page as it opens


def load_trends(session: RexSession, places: Places) -> None:
    for one in JALONS:
        reader, collectif = places.readers[one.by], places.collectifs[one.collectif]
        day = clock.months_after(places.today, -one.months_ago)
        made = jalons.add(session, reader, collectif.id, TypedJalon(one.name, day.isoformat()))
        made.created_at = places.at(one.set, one.by)
    for said in READINGS:
        reader, collectif = places.readers[said.by], places.collectifs[said.collectif]
        seat = places.seat(said.by, collectif.id)
        first, end = clock.months_after(places.today, 1 - _SHOWN), clock.months_after(places.today, 1)
        about = About(said.section, "", "", first, end - timedelta(days=1))
        reading = reading_acts.write(session, reader, seat, about, voices_of(seat)[0], said.words)
        reading.created_at = places.at(said.said, said.by)
    session.flush()
