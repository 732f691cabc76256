"""What each phase of a séance shows, while it lasts and once it is behind: one page for each, with one action."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import request

from rex import text
from rex.french import of_name, typo
from rex.seances.actions import may_say
from rex.seances.away import note_away
from rex.seances.leading import may_open_earlier
from rex.seances.models import ROUNDS, Phase, Step, TextKind
from rex.seances.own import kept_for_later
from rex.seances.queries import (
    DepotView,
    Said,
    contributions_of,
    depots_of,
    is_one_kept,
    kept_depot,
    name_of,
    opened,
    own_depot,
    takeaways_of,
    who_deposited,
)
from rex.seances.shared_views import PHASES, ROUND_NAMES, Meeting, page
from rex.seances.times import said, typed
from rex.web import db, reader

ASKED = {
    Step.EXPOSE: ("Exposer", "Ce qui se passe, comme vous le vivez"),
    Step.QUESTIONS: ("Dire", "Votre question, ou votre réponse"),
    Step.RESONANCES: ("Dire cette résonance", "Ce que cela éveille dans votre expérience"),
    Step.APPORTS: ("Apporter", "Une ressource, un geste, un contact"),
}
POSTURES = {  # how the text is said that was begun in one round, and ends in another
    Step.EXPOSE: "Un exposé",
    Step.QUESTIONS: "Une question",
    Step.RESONANCES: "Une résonance",
    Step.APPORTS: "Un apport",
}
NEXT = {
    Step.CHOISIR: "Continuer sans texte",
    Step.EXPOSE: "Passer aux questions",
    Step.QUESTIONS: "Passer aux résonances",
    Step.RESONANCES: "Passer aux apports",
    Step.APPORTS: "Passer à Garder",
    Step.GARDER: "Clore la séance",
}
BACK = {
    Step.EXPOSE: "Revenir au choix",
    Step.QUESTIONS: "Revenir à l’exposé",
    Step.RESONANCES: "Revenir aux questions",
    Step.APPORTS: "Revenir aux résonances",
    Step.GARDER: "Revenir aux apports",
}
FIELDS = {  # what the field of a phase is sent to: what was typed in another one is not put there
    Phase.DEPOSER: "deposer",
    Phase.CHOISIR: "deposer",
    Phase.EXPLORER: "explorer",
    Phase.GARDER: "garder",
}

TEMPLATES = {
    Phase.DEPOSER: "seances/deposer.html",
    Phase.CHOISIR: "seances/choisir.html",
    Phase.EXPLORER: "seances/explorer.html",
    Phase.GARDER: "seances/garder.html",
    Phase.CLOSE: "seances/close.html",
}


def show(meeting: Meeting, phase: Phase | None = None, status: int = 200, **context: Any) -> tuple[str, int]:
    """The page of the phase where the séance is; or of one that is behind (`phase`), to read again."""
    shown = phase or meeting.phase
    if meeting.row.cancelled_at is not None:
        return page("seances/cancelled.html", meeting, status, **_cancelled(meeting))
    parts = {
        Phase.DEPOSER: _deposer,
        Phase.CHOISIR: _choisir,
        Phase.EXPLORER: _explorer,
        Phase.GARDER: _garder,
        Phase.CLOSE: _close,
    }[shown](meeting)
    faults = [(field, typo(sentence)) for field, sentence in context.pop("faults", ())]
    known: dict[str, Any] = {
        "is_behind": shown is not meeting.phase,
        "next_label": NEXT.get(meeting.step),
        "back_label": BACK.get(meeting.step),
        "faults": faults,
        "sentence": "",
        "lead": name_of(db(), meeting.row.facilitator_id),
        "phase_name": PHASES.get(shown, "La séance est close"),
        "to_copy": "",
        **about_of(meeting),
    }
    if "typed" in context and not (parts.get("may_write") and _is_of(shown, meeting.step)):
        known["to_copy"] = context.pop("typed")  # what came back too late for any field
    return page(TEMPLATES[shown], meeting, status, **{**known, **parts, **context})


def _cancelled(meeting: Meeting) -> dict[str, Any]:
    """What remains of a séance that was called off: to each, what they had brought."""
    depot = own_depot(db(), reader(), meeting.row)
    mine = html_of(opened(db(), meeting.seat, depot), "m") if depot else ""
    return {"mine": mine, "agenda": html_of(meeting.row.agenda, "o")}


def _is_of(shown: Phase, step: Step) -> bool:
    """Whether what was sent came from a field such as the one that this page draws: the same act; in the rounds, the same round."""
    tail = request.path.rpartition("/")[2]
    return FIELDS.get(shown) == tail and (tail != "explorer" or request.form.get("de") in (None, step.value))


def about_of(meeting: Meeting) -> dict[str, Any]:
    """What a séance is for, as all its pages say it."""
    return {"agenda": html_of(meeting.row.agenda, "o")}


def _deposer(meeting: Meeting) -> dict[str, Any]:
    depot = own_depot(db(), reader(), meeting.row)
    brought = who_deposited(db(), meeting.row)
    zone = meeting.seat.timezone
    kept = kept_for_later(db(), reader(), meeting.seat) if meeting.seat.is_group and depot is None else []
    taken_up = next((words for public_id, words in kept if public_id == request.args.get("reprendre")), "")
    present = len(brought & meeting.reader_ids) if meeting.seat.is_group else len(brought)
    day, hour = typed(meeting.row.opens_at, zone)
    return {
        "typed": opened(db(), meeting.seat, depot) if depot else taken_up,
        "kept": kept,
        "has_depot": depot is not None,
        "mine": html_of(opened(db(), meeting.seat, depot), "m") if depot else "",
        "may_write": True,
        "is_changing": "modifier" in request.args,
        "sealed": present,
        "out_of": meeting.audience.members if meeting.seat.is_group else None,
        "may_open_now": meeting.is_lead and bool(brought) and may_open_earlier(db(), meeting.row, meeting.reader_ids),
        "opening_day": day,
        "opening_hour": hour,
        "preparation": html_of(meeting.row.preparation, "p"),
        "note_away": note_away(db(), reader(), meeting.seat, meeting.row, TextKind.PREPARATION),
    }


def _choisir(meeting: Meeting) -> dict[str, Any]:
    depots = with_html(depots_of(db(), reader(), meeting.seat, meeting.row))
    brought = who_deposited(db(), meeting.row) if meeting.seat.is_group else set()
    return {
        "depots": depots,
        "brought": len(brought & meeting.reader_ids),
        "out_of": meeting.audience.count if meeting.seat.is_group else None,
        "may_write": meeting.step is Step.CHOISIR and not any(depot.is_mine for depot in depots),
        "typed": "",
    }


def _explorer(meeting: Meeting) -> dict[str, Any]:
    kept = kept_depot(db(), reader(), meeting.seat, meeting.row)
    said_there = contributions_of(db(), reader(), meeting.seat, meeting.row)
    order = [step for step in ROUNDS if step is meeting.step or any(one.step is step for one in said_there)]
    if meeting.phase is Phase.EXPLORER:  # what is said now, under the field where one speaks
        order.sort(key=lambda step: step is not meeting.step)
    button, label = ASKED.get(meeting.step, ("", ""))
    return {
        "kept": with_html([kept])[0] if kept else None,
        "is_one_kept": kept is not None or is_one_kept(db(), meeting.row),
        "by_round": [
            (step.value, ROUND_NAMES[step], step is meeting.step, said_html([one for one in said_there if one.step is step]))
            for step in order
        ],
        "may_write": may_say(db(), reader(), meeting.seat, meeting.row),
        "postures": {step.value: words for step, words in POSTURES.items()},
        "typed": "",
        "say_button": button,
        "say_label": label,
    }


def _garder(meeting: Meeting) -> dict[str, Any]:
    notes = takeaways_of(db(), reader(), meeting.seat, meeting.row)
    mine = next((note for note in notes if note.is_mine), None)
    return {
        "notes": said_html(notes),
        "typed": mine.words if mine else "",
        "may_write": mine is None or not mine.is_suspended,
        "report": html_of(meeting.row.report, "c") if meeting.is_lead else "",
    }


def _close(meeting: Meeting) -> dict[str, Any]:
    away = note_away(db(), reader(), meeting.seat, meeting.row, TextKind.REPORT)
    return {
        "report": html_of(away.words if away else meeting.row.report, "c"),
        "report_away": away,
        "notes": said_html(takeaways_of(db(), reader(), meeting.seat, meeting.row)),
        "date": said(meeting.row.starts_at, meeting.seat.timezone, meeting.now),
    }


def preparation_of(meeting: Meeting) -> dict[str, Any]:
    """What is read before the séance."""
    away = note_away(db(), reader(), meeting.seat, meeting.row, TextKind.PREPARATION)
    preparation = away.words if away else meeting.row.preparation
    return {
        "agenda": html_of(meeting.row.agenda, "o"),
        "preparation": html_of(preparation, "p"),
        "away": away,
        "has_depot": own_depot(db(), reader(), meeting.row) is not None,
    }


def draft_of(meeting: Meeting) -> str:
    """What was kept, as the beginning of a compte rendu (Markdown): the situation, and what each takes away, under their names."""
    kept = kept_depot(db(), reader(), meeting.seat, meeting.row)
    notes = [note for note in takeaways_of(db(), reader(), meeting.seat, meeting.row) if note.words and not note.is_suspended]
    parts = []
    if kept and kept.words and not kept.is_suspended:
        parts.append(f"# La situation {of_name(kept.name)}\n\n{kept.words}")
    if notes:
        parts.append("\n\n".join(["# Ce que chacun emporte", *(f"**{note.name}**\n\n{note.words}" for note in notes)]))
    return "\n\n".join(parts)


def html_of(source: str, prefix: str) -> str:
    """Our own HTML of what somebody wrote."""
    return text.to_html(source, prefix=f"{prefix}-", heading_base=3)


def with_html(depots: Sequence[DepotView]) -> list[DepotView]:
    """The same dépôts, their words as HTML of our own pipeline."""
    return [replace(depot, words=html_of(depot.words, f"d-{depot.public_id}")) for depot in depots]


def said_html(said_there: Sequence[Said]) -> list[tuple[Said, str]]:
    """What was said, each with its words as HTML."""
    return [(one, html_of(one.words, f"s-{rank}-{one.public_id}")) for rank, one in enumerate(said_there)]
