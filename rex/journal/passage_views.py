"""Noting a passage of one's récit as a difficulty: selected on its page, or chosen here among its paragraphs."""

from flask import Blueprint, Flask, flash, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from rex.access import audience_of
from rex.french import typo
from rex.journal.difficulty_forms import faults_of, plain_words, written_from
from rex.journal.difficulty_own_views import form_context
from rex.journal.difficulty_sealing import Written
from rex.journal.models import SLUG_LENGTH, Audience, Recit, Section
from rex.journal.own_views import own_recit
from rex.journal.passages_of_recits import AlreadyNoted, NotThere, WiderThanTold, note_passage
from rex.journal.picker import markers_of
from rex.text.passages import paragraphs_of, says
from rex.web import MEMBERS, db, go, open_to, reader, space

bp = Blueprint("passages", __name__)

CHOOSE = "Choisissez un paragraphe, ou écrivez les mots du récit"
NOT_THERE = "Cette section ne dit pas ces mots. Recopiez-les tels qu’ils y sont, ou choisissez un paragraphe"

ALREADY = "Ce passage est déjà noté comme difficulté. Ouvrez-la depuis le récit pour y ajouter ceci"
WIDER = "Ce récit est maintenant ouvert au réseau. Relisez qui vous lira, puis notez la difficulté"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/<public_id:recit_id>/difficulte")
@open_to(MEMBERS)
def choose(recit_id: str) -> str | Response:
    recit = own_recit(recit_id)
    if not recit.is_published or recit.suspended_at:
        return go("journal.recit", recit_id=recit_id)
    slug = request.args.get("passage", "")[:SLUG_LENGTH]
    return _page(recit, slug, Written(plain_words(request.args.get("mots", ""))))


@bp.post("/recits/<public_id:recit_id>/difficulte")
@open_to(MEMBERS)
def note(recit_id: str) -> Response | tuple[str, int]:
    recit = own_recit(recit_id)
    if not recit.is_published or recit.suspended_at:
        return go("journal.recit", recit_id=recit_id)
    slug = request.form.get("section", "")[:SLUG_LENGTH]
    typed = written_from(request.form, markers_of(db(), reader(), recit.collectif_id))
    chosen = plain_words(request.form.get("paragraphe", ""))
    written = Written(typed.words or chosen, typed.effect, typed.tags)
    faults = [(field, typo(CHOOSE) if not written.words else sentence) for field, sentence in faults_of(written)]
    if not faults:
        told = request.form.get("devant", "")
        try:
            noted = note_passage(db(), reader(), recit, slug, written, Audience(told) if told in set(Audience) else Audience.RESEAU)
        except NotThere:
            faults = [("mots", typo(NOT_THERE))]
        except AlreadyNoted:
            faults = [("effet", typo(ALREADY))]
        except WiderThanTold:
            faults = [("mots", typo(WIDER))]
        else:
            flash("Le passage est noté comme difficulté.")
            return go("difficulties.difficulty", difficulty_id=noted.public_id)
    return _page(recit, slug, written, faults), 422


def _page(recit: Recit, slug: str, written: Written, faults: list[tuple[str, str]] | None = None) -> str:
    """Without a section: their list; with one: its paragraphs, and the words already selected when it says them."""
    seat = space()
    assert seat is not None
    sections = db().execute(
        select(Section.slug, Section.heading, Section.source).where(Section.entry_id == recit.id).order_by(Section.position)
    ).all()
    section = next((one for one in sections if one.slug == slug), None)
    paragraphs = list(dict.fromkeys(paragraphs_of(section.source))) if section else []
    return render_template(
        "difficulties/passage.html",
        recit=recit,
        audience=audience_of(db(), Audience(recit.audience), recit.collectif_id, seat.collectif_name, recit.published_at),
        sections=sections,
        section=section,
        paragraphs=paragraphs,
        selected=written.words if section and written.words and says(section.source, written.words) else "",
        errors=faults or [],
        page_errors=bool(faults),
        **form_context(seat, written),
    )
