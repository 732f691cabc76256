"""« Dire merci »: the form; what one gave and received; the recognitions of a journal."""

from typing import Any

from flask import Blueprint, Flask, abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from rex.access import MembershipView, audience_of, thanks_audience
from rex.french import number, typo
from rex.journal import recognition_queries as queries
from rex.journal import recognitions as acts
from rex.journal.models import Entry
from rex.journal.picker import markers_of
from rex.journal.recognition_forms import ANOTHER, Myself, ThanksForm, check, form_from
from rex.journal.recognition_people import Candidate, candidates, first_proposed
from rex.journal.recognitions import MOST, About
from rex.journal.thanked_already import already_thanked
from rex.referentiel.content import ENJEUX
from rex.web import MEMBERS, db, enter_space, go, open_to, reader, space

bp = Blueprint("thanks", __name__)
MOST_NAMES = 500  # in the list that completes what is typed; a name beyond it is typed whole

GONE = "Le récit n’est plus ouvert pour vous. Votre merci peut partir sans lui : relisez qui le lira"


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/merci")
@open_to(MEMBERS)
def thank() -> str:
    about = _about(request.args.get("recit", ""))
    if about is None and "recit" in request.args:
        abort(404)
    return _form_page(ThanksForm(), about, _seat(about))


@bp.post("/merci")
@open_to(MEMBERS)
def thank_now() -> Response | tuple[str, int]:
    form, about = form_from(request.form), _about(request.form.get("recit", ""))
    seat = _seat(about)
    if about is None and request.form.get("recit"):
        form.refuse("fait", GONE)
        return _form_page(form, None, seat), 422
    people = candidates(db(), reader(), seat)
    proposed = first_proposed(db(), reader(), about, people) if about else []
    myself = Myself(reader().name, f"p-{reader().user_public_id}")
    codes = {marker.code for marker in markers_of(db(), reader(), seat.collectif_id)}
    to = check(form, proposed, people, codes, myself)
    if to is None:
        return _form_page(form, about, seat, people), 422
    before = already_thanked(db(), reader(), seat, to.to, form.words, about)
    if before is not None:
        flash("Vous l’avez déjà dit. Ses balises restent celles du premier envoi." if form.balises else "Vous l’avez déjà dit.")
        return go("recognitions.recognition", recognition_id=before.public_id)
    recognition = acts.thank(db(), reader(), seat, to.to, form.words, form.balises, about)
    flash(typo("Votre merci est envoyé." if seat.is_group else f"Votre merci est envoyé à {to.to.name}."))
    return go("recognitions.recognition", recognition_id=recognition.public_id)


def _about(recit_id: str) -> About | None:
    return queries.about_of(db(), reader(), Entry.public_id == recit_id[:32]) if recit_id else None


def _seat(about: About | None) -> MembershipView:
    """From where one thanks: the space of the récit when one is in it, that of the address, else the collectif last opened."""
    slug, group = request.values.get("collectif", ""), request.values.get("groupe", "")
    own = reader().seat(about.collectif_id) if about else None
    named = reader().in_group(group) if group else (reader().in_collectif(slug) if slug else space())
    seat = own or named
    if seat is None:
        abort(404)
    enter_space(seat)
    return seat


def _form_page(form: ThanksForm, about: About | None, seat: MembershipView, people: list[Candidate] | None = None) -> str:
    people = people if people is not None else candidates(db(), reader(), seat)
    proposed = first_proposed(db(), reader(), about, people) if about else []
    intended = audience_of(db(), acts.intended_audience(about, seat), seat.collectif_id, seat.collectif_name)
    whom = "la personne remerciée" if seat.is_group else "la personne ou l’équipe remerciée"
    return render_template(
        "recognitions/form.html",
        form=form,
        about=about,
        proposed=proposed,
        people=people[:MOST_NAMES],
        another=ANOTHER,
        balises=_balises(seat, form),
        most=number(MOST),
        audience=thanks_audience(seat.collectif_id, [whom]),
        intended=intended,
        page_errors=bool(form.faults),
    )


def _balises(seat: MembershipView, form: ThanksForm) -> list[dict[str, Any]]:
    """The balises that an entry of this collectif may carry, by enjeu."""
    markers = markers_of(db(), reader(), seat.collectif_id)
    groups = [(e.code, e.label, [m for m in markers if m.enjeu == e.code]) for e in ENJEUX]
    groups.append(("", "Balises du collectif", [m for m in markers if m.enjeu == ""]))
    return [
        {
            "code": code,
            "label": label,
            "is_open": any(m.code in form.balises for m in those),
            "balises": [{"code": m.code, "title": m.title, "checked": m.code in form.balises} for m in those],
        }
        for code, label, those in groups
        if those
    ]


# --- lists -------------------------------------------------------------------------------------------------------------------


@bp.get("/c/<slug:collectif>/reconnaissances")
@open_to(MEMBERS)
def told(collectif: str) -> str:
    seat = space()
    assert seat is not None
    found = queries.told_list(db(), reader(), seat, request.args.get("apres", ""))
    return render_template("recognitions/list.html", found=found, here=url_for("thanks.told", collectif=collectif))


@bp.get("/merci/recus")
@open_to(MEMBERS)
def received() -> str:
    found = queries.received(db(), reader(), request.args.get("apres", ""))
    return render_template("recognitions/own.html", found=found, here=url_for("thanks.received"), is_given=False)


@bp.get("/merci/donnes")
@open_to(MEMBERS)
def given() -> str:
    found = queries.given(db(), reader(), request.args.get("apres", ""))
    return render_template("recognitions/own.html", found=found, here=url_for("thanks.given"), is_given=True)
