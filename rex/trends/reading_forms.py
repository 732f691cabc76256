"""What one is about to write a lecture contradictoire on: a part of the page, its days, and the page that one comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from rex import clock
from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.trends.asked import Place, asked_from
from rex.trends.jalons import jalons_of
from rex.trends.look import look_at
from rex.trends.periods import Span, span_from
from rex.trends.reading_acts import About
from rex.trends.reading_pages import FILTERS, filters_of, written_on
from rex.trends.subjects import name_of_subject


@dataclass(frozen=True)
class Writing:
    """`filters`: of the page that one comes from, and goes back to; `narrowed`: the same in words. A reading stands beside its part
    of the page whatever the filters, and says on which page it was written."""

    about: About
    span: Span
    filters: Mapping[str, str]
    narrowed: str = ""

    @property
    def kept(self) -> dict[str, str]:
        """What the form sends with what is typed, but for the days."""
        return {"section": self.about.section, **self.filters}

    @property
    def address(self) -> dict[str, str]:
        """Of the page that one comes from."""
        return {**self.span.address, **self.filters}


def writing_from(
    session: RexSession, reader: Reader, seat: MembershipView, given: Mapping[str, str], subject: str
) -> Writing | None:
    """What an address, or a form, says that one writes about; None for what is on no page of this person."""
    section = given.get("section", "")
    name = name_of_subject(session, reader, seat, section, subject)
    if name is None:
        return None
    span = span_from(given, clock.today(seat.timezone))
    filters, narrowed = _filters(session, reader, seat, given)
    about = About(section, subject, name, span.starts_on, span.ends_on, filters)
    return Writing(about, span, filters, narrowed)


def _filters(
    session: RexSession, reader: Reader, seat: MembershipView, given: Mapping[str, str]
) -> tuple[dict[str, str], str]:
    """Those that the page does. No statement without any."""
    if not any(given.get(name) for name in FILTERS):
        return {}, ""
    place = Place(seat.collectif_id, seat.collectif_slug, seat.collectif_name, seat.timezone)
    jalons = jalons_of(session, reader, seat.collectif_id) if given.get("avec") else []
    look = look_at(session, reader, asked_from(given, place, clock.today(seat.timezone), jalons), jalons)
    return filters_of(look), written_on(look).words
