"""What every act in a séance begins and ends with: the séance, held; then the page that shows what came of it."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, request
from werkzeug.wrappers import Response

from rex.french import typo
from rex.seances.actions import Refused, TooLate
from rex.seances.phase_views import show
from rex.seances.shared_views import Meeting, meeting_of, to, typed_text


def held(where: dict[str, str]) -> Meeting:
    """The séance that the address names, to act in it. Nobody acts in one that was called off."""
    meeting = meeting_of(where, hold=True)
    if meeting.row.cancelled_at is not None:
        abort(404)
    return meeting


def led(where: dict[str, str]) -> Meeting:
    """The same, for its facilitator alone."""
    meeting = held(where)
    if not meeting.is_lead:
        abort(403)
    return meeting


def refused(meeting: Meeting, act: Callable[[], object]) -> tuple[str, int] | None:
    """Do it; or the page of where the séance is, with what is to be looked at and all that was typed."""
    typed: dict[str, Any] = {"typed": typed_text()} if "texte" in request.form else {}
    try:
        act()
    except Refused as why:
        return show(meeting, status=422, faults=why.faults, **typed)
    except TooLate as late:
        return show(meeting, status=409, sentence=typo(str(late)), **typed)
    return None


def after(meeting: Meeting, sentence: str, anchor: str = "") -> Response:
    """To the page that shows what was done, at its place."""
    if sentence:
        flash(sentence)
    return to(f"{meeting.url}{anchor}")
