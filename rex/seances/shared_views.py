"""What the pages of a séance have in common: its space, its addresses, who reads it, its hours in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from rex import clock
from rex.access import AudienceView, MembershipView, audience_of, may_lead_seance, may_prepare_seance
from rex.french import hour
from rex.journal.models import Audience
from rex.seances.models import ROUNDS, Phase, Seance, Step
from rex.seances.planning import heading_of
from rex.seances.queries import find_seance
from rex.seances.times import said, said_length, said_soon
from rex.web import db, enter_space, reader

View = TypeVar("View", bound=Callable[..., Any])
PHASES = {
    Phase.DEPOSER: "Déposer",
    Phase.CHOISIR: "Choisir",
    Phase.EXPLORER: "Explorer",
    Phase.GARDER: "Garder",
}
ROUND_NAMES = {
    Step.EXPOSE: "Exposé",
    Step.QUESTIONS: "Questions",
    Step.RESONANCES: "Résonances",
    Step.APPORTS: "Apports",
}


def in_both(bp: Blueprint, tail: str, method: str = "GET") -> Callable[[View], View]:
    """A page of the séances of a collectif and of a peer group. The view takes `**where`, which `seat_of` and `meeting_of` read:
    two addresses of one thing would otherwise have one name for two things."""

    def add(view: View) -> View:
        of_a_group = tail.replace("seance_id", "group_seance_id").replace("said_id", "group_said_id")
        bp.add_url_rule(f"/c/<slug:collectif>/seances{tail}", view_func=view, methods=[method])
        bp.add_url_rule(f"/groupes-de-pairs/<public_id:group_id>/seances{of_a_group}", view_func=view, methods=[method])
        return view

    return add


def seat_of(where: dict[str, str]) -> MembershipView:
    """The reader's seat in the space that the address names; the gate looked at that of a collectif already."""
    seat = reader().in_group(where["group_id"]) if "group_id" in where else reader().in_collectif(where["collectif"])
    if seat is None:
        abort(404)
    enter_space(seat)
    return seat


def address_of(seat: MembershipView) -> str:
    """The list of the séances of a space."""
    return f"{seat.url.rstrip('/')}/seances"


@dataclass(frozen=True)
class Meeting:
    """A séance as its pages speak of it."""

    seat: MembershipView
    row: Seance
    now: datetime

    @cached_property
    def step(self) -> Step:
        return self.row.step_at(self.now)

    @property
    def phase(self) -> Phase:
        return self.step.phase

    @property
    def url(self) -> str:
        return f"{address_of(self.seat)}/{self.row.public_id}"

    @cached_property
    def audience(self) -> AudienceView:
        """Those who read the séance: in a group, its members who were there when it began (all, while it is to come)."""
        audience = Audience.GROUPE if self.seat.is_group else Audience.COLLECTIF
        return audience_of(db(), audience, self.seat.collectif_id, self.seat.collectif_name, since=self.row.starts_at)

    @property
    def reader_ids(self) -> set[int]:
        """In a group, who reads it."""
        return {user_id for user_id, _ in self.audience.people}

    @property
    def is_lead(self) -> bool:
        return may_lead_seance(reader(), self.seat.collectif_id, self.row.facilitator_id)

    @property
    def may_prepare(self) -> bool:
        return may_prepare_seance(reader(), self.seat.collectif_id, self.row.facilitator_id)

    @property
    def heading(self) -> str:
        """« Séance du jeudi 26 novembre », « Atelier du … »."""
        return heading_of(self.row, self.seat.timezone, self.now)

    @property
    def when(self) -> str:
        return f"{said(self.row.starts_at, self.seat.timezone, self.now)}, {said_length(self.row.minutes)}"

    @property
    def at_what_hour(self) -> str:
        """« À 9 h, pendant 2 h »: what the heading does not say."""
        return f"À {hour(self.row.starts_at, self.seat.timezone)}, pendant {said_length(self.row.minutes)}"

    @property
    def opens(self) -> str:
        """When the dépôts open, as one says it to people who wait for it."""
        return said_soon(self.row.opens_at, self.seat.timezone, self.now)

    @property
    def opening(self) -> str:
        """The same after « avant » or « jusqu’à »: « 11 h 04 » today, « demain, 9 h »."""
        today, day = (clock.local(moment, self.seat.timezone).date() for moment in (self.now, self.row.opens_at))
        return hour(self.row.opens_at, self.seat.timezone) if today == day else self.opens

    @property
    def strip(self) -> list[dict[str, Any]]:
        """The four phases: what each is, where we are; those that are behind have a page to read again."""
        what = {
            Phase.DEPOSER: f"Chacun écrit. Les textes s’ouvrent ensemble, {self.opens}.",
            Phase.CHOISIR: "Le groupe retient une situation." if self.seat.is_group else "On retient une situation.",
            Phase.EXPLORER: "Des questions d’abord, pas de conseils.",
            Phase.GARDER: "Chacun note ce qu’il emporte.",
        }
        if self.phase is not Phase.DEPOSER:
            what[Phase.DEPOSER] = "Les textes se sont ouverts ensemble."
        order = list(Phase)
        rank = order.index(self.phase)
        return [
            {
                "name": name,
                "what": what[phase],
                "is_current": phase is self.phase,
                "is_done": order.index(phase) < rank,
                "url": f"{self.url}/{phase.value}" if phase is not Phase.DEPOSER and order.index(phase) < rank else None,
            }
            for phase, name in PHASES.items()
        ]

    @property
    def rounds(self) -> list[dict[str, Any]]:
        steps = list(Step)
        rank = steps.index(self.step)
        return [
            {"name": ROUND_NAMES[step], "is_current": step is self.step, "is_done": steps.index(step) < rank} for step in ROUNDS
        ]


def meeting_of(where: dict[str, str], *, hold: bool = False) -> Meeting:
    """The séance that the address names, for whoever reads it."""
    seat = seat_of(where)
    public_id = where.get("seance_id") or where["group_seance_id"]
    row = find_seance(db(), reader(), seat, public_id, hold=hold)
    if row is None:
        abort(404)
    return Meeting(seat, row, reader().now)


def typed_text() -> str:
    return request.form.get("texte", "")


def page(template: str, meeting: Meeting, status: int = 200, **context: Any) -> tuple[str, int]:
    """A page of a séance."""
    html = render_template(
        template,
        meeting=meeting,
        seance=meeting.row,
        audience=meeting.audience,
        page_errors=bool(context.get("faults")),
        **context,
    )
    return html, status


def to(url: str) -> Response:
    """After an act: to the page that shows it."""
    return Response(status=303, headers={"Location": url})
