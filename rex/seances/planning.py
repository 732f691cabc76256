"""Setting a séance, and changing when, where, what for and who leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rex import text
from rex.access import MembershipView, Reader, may_plan_seances, may_prepare_seance
from rex.db import RexSession
from rex.french import number
from rex.seances.actions import Refused, is_suspended, step_now, wrote
from rex.seances.models import Seance, SeanceKind, Step, TextKind
from rex.seances.queries import Person, who_deposited
from rex.seances.times import DAYS, NoSuchHour, instant, said_day, typed
from rex.text.marks import tidy

LENGTHS = (60, 90, 120, 150, 180, 240, 420)
SHORT, LONG = 200, 12_000
HINTS = {  # what the open ones are
    SeanceKind.ATELIER: "On travaille ensemble un thème, à partir de ce que chacun a vécu",
    SeanceKind.VOYAGE: "On va voir, sur place, comment d’autres s’y prennent",
    SeanceKind.MIROIR: "D’autres vous disent ce qu’ils voient de votre action, sans la juger",
    SeanceKind.CLUB: "On se retrouve régulièrement, sans thème imposé à l’avance",
}
KINDS = {
    SeanceKind.ATELIER: "Atelier",
    SeanceKind.VOYAGE: "Voyage",
    SeanceKind.MIROIR: "Groupe miroir",
    SeanceKind.CLUB: "Club",
    SeanceKind.GROUPE: "Séance",
}
QUESTIONS = (
    "- Quand cela vous est-il arrivé la dernière fois ?\n"
    "- Qu’avez-vous fait, et qu’avez-vous laissé de côté ?\n"
    "- Qu’est-ce que cela touche de votre parcours ?"
)


def heading_of(seance: Seance, timezone: str, now: datetime) -> str:
    """« Séance du jeudi 26 novembre », « Atelier du … »."""
    return f"{KINDS[seance.kind]} du {said_day(seance.starts_at, timezone, now)}"


@dataclass(frozen=True)
class Typed:
    """The fields of the form, as they were typed."""

    nature: str = SeanceKind.ATELIER.value
    theme: str = ""
    jour: str = ""
    heure: str = ""
    duree: str = "120"
    lieu: str = ""
    ordre: str = ""
    preparation: str = QUESTIONS
    animation: str = ""
    ouverture_jour: str = ""
    ouverture_heure: str = ""

    @classmethod
    def sent(cls, form: Mapping[str, str]) -> "Typed":
        return cls(**{name: tidy(form.get(name, "")) for name in cls.__dataclass_fields__})


def typed_of(seance: Seance, timezone: str, facilitator: str) -> Typed:
    """The fields of a séance that exists."""
    day, hour = typed(seance.starts_at, timezone)
    opening_day, opening_hour = typed(seance.opens_at, timezone)
    return Typed(
        nature=seance.kind.value,
        theme=seance.title,
        jour=day,
        heure=hour,
        duree=str(seance.minutes),
        lieu=seance.place,
        ordre=seance.agenda,
        preparation=seance.preparation,
        animation=facilitator,
        ouverture_jour=opening_day,
        ouverture_heure=opening_hour,
    )


@dataclass(frozen=True)
class Plan:
    """What a séance is set to be."""

    kind: SeanceKind
    title: str
    place: str
    agenda: str
    preparation: str
    starts_at: datetime
    minutes: int
    opens_at: datetime
    facilitator_id: int


def moment_typed(day: str, hour: str, timezone: str, fields: tuple[str, str]) -> datetime:
    """The instant of two fields. Raises Refused, on the field to look at."""
    try:
        return instant(day, hour, timezone)
    except NoSuchHour:
        raise Refused((fields[1], "Ce jour-là, l’heure d’été saute cette heure : choisissez-en une autre")) from None
    except (ValueError, OverflowError):
        wrong_day = not _is_day(day)
        sentence = "Donnez le jour, par exemple 26/11/2026" if wrong_day else "Donnez l’heure, par exemple 9:30"
        raise Refused((fields[0] if wrong_day else fields[1], sentence)) from None


def _is_day(day: str) -> bool:
    try:
        instant(day, "12:00", "UTC")
    except (ValueError, OverflowError):
        return False
    return True


def plan_typed(
    typed_in: Typed,
    seat: MembershipView,
    people: Sequence[Person],
    now: datetime,
    before: Seance | None,
    *,
    note_is_away: bool = False,
) -> Plan:
    """What the form sets. Raises Refused with everything that is to be looked at. `before`: the séance that is changed; once its
    dépôts are open, the fields of its hours are not looked at. `note_is_away`: its note is suspended, and has no field."""
    faults: list[tuple[str, str]] = []
    starts_at = opens_at = before.starts_at if before else now
    is_set = before is not None and before.step_at(now) is not Step.DEPOSER
    if not is_set:
        try:
            starts_at = moment_typed(typed_in.jour, typed_in.heure, seat.timezone, ("jour", "heure"))
            if starts_at < now and (before is None or starts_at != before.starts_at):
                faults.append(("jour", "Ce moment est passé : choisissez-en un à venir"))
        except Refused as refused:
            faults += refused.faults
        opens_at = starts_at
    if before is None and (typed_in.ouverture_jour or typed_in.ouverture_heure):
        try:
            fields = ("ouverture_jour", "ouverture_heure")
            opens_at = moment_typed(typed_in.ouverture_jour or typed_in.jour, typed_in.ouverture_heure, seat.timezone, fields)
            if opens_at < now:
                faults.append(("ouverture_jour", "Ce moment est passé : laissez le temps d’écrire"))
        except Refused as refused:
            faults += refused.faults
    kind = SeanceKind.GROUPE if seat.is_group else next((k for k in SeanceKind if k.value == typed_in.nature), None)
    if kind is None or (kind is SeanceKind.GROUPE and not seat.is_group):
        faults.append(("nature", "Choisissez ce que c’est"))
        kind = SeanceKind.ATELIER
    if not seat.is_group and not typed_in.theme.strip() and not note_is_away:
        faults.append(("theme", "Donnez le thème de la séance"))
    faults += _too_long(typed_in)
    leader = next((person for person in people if person.public_id == typed_in.animation), None)
    if leader is None:
        faults.append(("animation", "Choisissez qui anime"))
    minutes = next((length for length in lengths_in(seat) if str(length) == typed_in.duree), None)
    if minutes is None and before is not None and typed_in.duree == str(before.minutes):
        minutes = before.minutes
    if minutes is None:
        faults.append(("duree", "Choisissez la durée"))
    if faults or leader is None or minutes is None:
        raise Refused(*faults)
    return Plan(
        kind=kind,
        title=" ".join(typed_in.theme.split()),
        place=" ".join(typed_in.lieu.split()),
        agenda=typed_in.ordre.strip(),
        preparation=typed_in.preparation.strip(),
        starts_at=starts_at,
        minutes=minutes,
        opens_at=opens_at,
        facilitator_id=leader.id,
    )


def lengths_in(seat: MembershipView) -> tuple[int, ...]:
    """How long a séance may be, in minutes: of a collectif, days too (a voyage)."""
    return LENGTHS if seat.is_group else (*LENGTHS, *DAYS.values())


def _too_long(typed_in: Typed) -> list[tuple[str, str]]:
    found = []
    for name, most in (("theme", SHORT), ("lieu", SHORT), ("ordre", LONG), ("preparation", LONG)):
        value = getattr(typed_in, name)
        if len(value) > most or text.is_too_long(value):
            found.append((name, f"Raccourcissez ce texte : {number(most)} caractères au plus"))
    return found


def set_seance(session: RexSession, reader: Reader, seat: MembershipView, plan: Plan) -> Seance:
    """A new séance of this space."""
    if not may_plan_seances(reader, seat.collectif_id):
        raise PermissionError("whoever looks after a space sets its séances")
    seance = Seance(collectif_id=seat.collectif_id, **vars(plan))
    session.add(seance)
    session.flush()
    wrote(session, reader, seance, TextKind.PREPARATION)
    return seance


def change_seance(session: RexSession, reader: Reader, seance: Seance, plan: Plan) -> None:
    """Change what is set. The hour at which the dépôts open follows the beginning when it was the same, and only to a later one:
    those who wrote were told when they would be read. Once they are open, the day stays."""
    if not may_prepare_seance(reader, seance.collectif_id, seance.facilitator_id):
        raise PermissionError("the facilitator, and whoever looks after the space, prepare a séance")
    if is_suspended(session, seance, TextKind.PREPARATION):  # its note lies sealed, and comes back as it was
        plan = replace(plan, title="", agenda="", preparation="")
    elif (plan.title, plan.agenda, plan.preparation) != (seance.title, seance.agenda, seance.preparation):
        wrote(session, reader, seance, TextKind.PREPARATION)
    opens_at = seance.opens_at
    if step_now(reader, seance) is not Step.DEPOSER:
        plan = replace(plan, starts_at=seance.starts_at)
    elif seance.opens_at == seance.starts_at and (plan.starts_at > opens_at or not who_deposited(session, seance)):
        opens_at = plan.starts_at
    for name, value in vars(replace(plan, opens_at=opens_at)).items():
        if getattr(seance, name) != value:
            setattr(seance, name, value)
    session.flush()
