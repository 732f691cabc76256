"""The service pages: help, who reads what, about, and the pulse of the server.

They are public: nothing private is on them, and a person who cannot sign in needs the help most."""

from flask import Blueprint, Flask, Response, redirect, render_template, url_for

from rex import __version__, idempotency, intake
from rex.archives import asking
from rex.collectifs import actions, brake, entrance, links, passwords
from rex.collectifs.entrance_models import Purpose
from rex.departures import ending
from rex.documents import waiting
from rex.journal import deleting, drafts
from rex.notices import keeping, unsubscribing
from rex.referentiel import content
from rex.web import PUBLIC, SIGNED_IN, open_to, reader, space

bp = Blueprint("pages", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/sante")
@open_to(PUBLIC)
def health() -> Response:
    return Response("ok", mimetype="text/plain")


@bp.get("/")
@open_to(SIGNED_IN)
def root():
    """To the collectif that the person used last; without one, to the first steps or to their account."""
    seat = space()
    if seat:
        return redirect(url_for("journal.home", collectif=seat.collectif_slug))
    return redirect(url_for("administration.first_steps" if reader().is_admin else "account.account"))


@bp.get("/aide")
@open_to(PUBLIC)
def help_page() -> str:
    return render_template("pages/help.html", enjeux=content.ENJEUX, delays=Delays, shortest_password=passwords.SHORTEST)


@bp.get("/qui-lit-quoi")
@open_to(PUBLIC)
def who_reads_what() -> str:
    return render_template("pages/readers.html", delays=Delays)


@bp.get("/a-propos")
@open_to(PUBLIC)
def about() -> str:
    return render_template("pages/about.html", source=content.SOURCE, version=__version__, balises=len(content.BALISES))


@bp.get("/plan-du-site")
@open_to(PUBLIC)
def site_map() -> str:
    return render_template("pages/site_map.html", enjeux=[(enjeu, content.balises_of(enjeu)) for enjeu in content.ENJEUX])


@bp.get("/accessibilite")
@open_to(PUBLIC)
def accessibility() -> str:
    return render_template("pages/accessibility.html")


@bp.get("/donnees-personnelles")
@open_to(PUBLIC)
def personal_data() -> str:
    return render_template("pages/personal_data.html", delays=Delays)


class Delays:
    """How long things are kept, read where the code decides it, so that no page promises something else."""

    stays_days = entrance.STAYS_FOR.days
    leaves_hours = int(entrance.LEAVES_AFTER.total_seconds() // 3600)
    brake_minutes = int(brake.WINDOW.total_seconds() // 60)
    tries = brake.TRIES_PER_ADDRESS
    password_hours = int(links.LIVES[Purpose.PASSWORD].total_seconds() // 3600)
    address_days = links.LIVES[Purpose.ADDRESS_NEW].days
    lost_days = links.LIVES[Purpose.LOST_NEW].days
    invitation_days = actions.INVITATION_LIVES.days
    empty_draft_days = drafts.EMPTY_DRAFTS_GO_AFTER.days
    deletion_days = deleting.DELETION_WAIT.days
    form_days = idempotency.KEPT_FOR.days
    seen_days = keeping.SEEN_FOR.days
    unseen_days = keeping.UNSEEN_FOR.days
    departure_days = ending.WAIT.days
    import_days = waiting.DAYS
    archive_days = asking.DAYS
    stop_link_days = unsubscribing.KEPT_FOR.days
    picture_mb = intake.MOST_PICTURE // 1024**2
    document_mb = intake.MOST_DOCUMENT // 1024**2
