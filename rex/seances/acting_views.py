"""Acting in a séance, as everybody may: bringing a situation, saying one’s wish, speaking, noting what one takes away."""

from flask import Blueprint, Flask, abort, request
from werkzeug.wrappers import Response

from rex.seances import actions
from rex.seances.act_views import after, held, refused
from rex.seances.actions import Refused
from rex.seances.models import Step
from rex.seances.queries import find_contribution, find_depot
from rex.seances.shared_views import in_both, typed_text
from rex.web import MEMBERS, db, open_to, reader

bp = Blueprint("seance_acts", __name__)

SAID_LATE = {  # said in the round in which it was written, once the séance is in another one
    Step.EXPOSE: "Votre exposé est dit",
    Step.QUESTIONS: "Votre question est dite, avec les questions",
    Step.RESONANCES: "Votre résonance est dite, avec les résonances",
    Step.APPORTS: "Votre apport est dit, avec les apports",
}


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@in_both(bp, "/<public_id:seance_id>/deposer", "POST")
@open_to(MEMBERS)
def deposit(**where: str) -> Response | tuple[str, int]:
    meeting = held(where)
    if "retirer" in request.form:
        why = refused(meeting, lambda: actions.take_back(db(), reader(), meeting.row))
        return why or after(meeting, "Votre dépôt est effacé.")
    step = request.form.get("de", Step.DEPOSER.value)
    why = refused(meeting, lambda: actions.deposit(db(), reader(), meeting.seat, meeting.row, typed_text(), step))
    return why or after(meeting, "" if meeting.step is Step.DEPOSER else "Votre situation est apportée.", "#depot")


@in_both(bp, "/<public_id:seance_id>/choisir", "POST")
@open_to(MEMBERS)
def choose(**where: str) -> Response | tuple[str, int]:
    """Say which situation one would choose: a wish, that changes nothing for the others."""
    meeting, chosen = held(where), request.form.get("depot", "")

    def prefer() -> None:
        depot = find_depot(db(), reader(), meeting.row, chosen) if meeting.step is not Step.DEPOSER else None
        if depot is None:
            raise Refused(("choisir", "Choisissez l’une des situations"))
        actions.choose(db(), reader(), meeting.row, depot)

    return refused(meeting, prefer) or after(meeting, "Votre souhait est dit. Vous pouvez en changer.", f"#d-{chosen}")


@in_both(bp, "/<public_id:seance_id>/explorer", "POST")
@open_to(MEMBERS)
def say(**where: str) -> Response | tuple[str, int]:
    """Speak in a round. What is sent once the séance went on is kept in the round in which it was written, and the page says so."""
    meeting = held(where)
    step = request.form.get("de", "")
    why = refused(meeting, lambda: actions.say(db(), reader(), meeting.seat, meeting.row, typed_text(), step))
    if why:
        return why
    late = next((words for one, words in SAID_LATE.items() if one.value == step and one is not meeting.step), "")
    return after(meeting, f"La séance avait avancé. {late}." if late else "", "#dit")


@in_both(bp, "/<public_id:seance_id>/dits/<public_id:said_id>/retrait", "POST")
@open_to(MEMBERS)
def unsay(**where: str) -> Response | tuple[str, int]:
    meeting = held(where)
    said = find_contribution(db(), reader(), meeting.row, where.get("said_id") or where["group_said_id"])
    if said is None:
        abort(404)
    if said.author_id != reader().user_id:
        abort(403)
    why = refused(meeting, lambda: actions.unsay(db(), meeting.row, said))
    return why or after(meeting, "Votre message est retiré.", "#dit")


@in_both(bp, "/<public_id:seance_id>/garder", "POST")
@open_to(MEMBERS)
def take_away(**where: str) -> Response | tuple[str, int]:
    meeting = held(where)
    why = refused(meeting, lambda: actions.take_away(db(), reader(), meeting.row, typed_text()))
    return why or after(meeting, "Ce que vous emportez est noté.", "#dit")
