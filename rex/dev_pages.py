"""Pages for the people who make REX, with `rex serve --dev` alone: the gallery of components, and every mail with sample words."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, make_response, render_template

from rex.collectifs import mails
from rex.collectifs.models import Role
from rex.collectifs.queries import Welcome
from rex.mail import Letter
from rex.templating import csp_nonce
from rex.web import PUBLIC, open_to

bp = Blueprint("dev", __name__)

URL = "https://rex.exemple.fr/une-adresse-a-usage-unique"
SAMPLES: dict[str, dict[str, Any]] = {
    "invitation": {
        "name": "Camille Roy",
        "welcome": Welcome(
            "Ville de Valombre", "valombre", "", "Ana Belmonte", "Direction et services", "Voirie", "agente", Role.MEMBRE
        ),
        "url": URL,
        "until": "samedi 5 décembre 2026",
    },
    "account": {"name": "Camille Roy", "address": "camille@exemple.fr", "url": URL},
    "asked": {
        "name": "Marc Oudin",
        "subject": "Votre accord est attendu pour un récit",
        "sentence": "Votre accord est attendu\u00a0: Nadia Belkacem propose de publier un récit que vous signez",
        "title": "",
        "more": "Rien ne paraît tant que vous n’avez pas dit oui.",
        "url": URL,
        "label": "Relire et répondre",
        "rhythm_url": "https://rex.exemple.fr/compte/rythme",
        "stop_url": "https://rex.exemple.fr/desinscription/une-adresse-a-vous",
        "groups_stop_url": "",
    },
    "departure_asked": {"until": "dimanche 29 novembre 2026", "url": "https://rex.exemple.fr/compte/suppression"},
    "departure_done": {},
    "departure_stopped": {"url": "https://rex.exemple.fr/compte/suppression"},
    "digest": {
        "subject": "Ceux qui savaient, ceux qui ont su après",
        "head": "La lettre n°\u00a012, 4 décembre 2026.",
        "title": "Ceux qui savaient, ceux qui ont su après",
        "letter_url": "https://rex.exemple.fr/lettres/une-lettre",
        "edito": "<p>Trois fois ce mois-ci, un récit commence par «\u202fnous avions prévenu\u202f».</p>",
        "shortened": "",
        "edito_text": "Trois fois ce mois-ci, un récit commence par «\u202fnous avions prévenu\u202f».",
        "edito_by": "Inès Carle",
        "rubrics": (),
        "write_url": "https://rex.exemple.fr/c/valombre/",
        "foot": "Envoyée à 142 membres du journal. Les groupes de pairs n’y figurent jamais.",
        "stop_url": "https://rex.exemple.fr/desinscription-lettre/une-adresse-a-vous",
        "scheme": "auto",
    },
    "group": {
        "when": "mardi 24 novembre, 9\u00a0h",
        "is_over": False,
        "url": "https://rex.exemple.fr/groupes-de-pairs",
        "rhythm_url": "https://rex.exemple.fr/compte/rythme",
        "stop_url": "https://rex.exemple.fr/mails-de-groupes/une-adresse-a-vous",
    },
    "notices": {
        "name": "Camille Roy",
        "subject": "Ce qui vous attend dans le journal",
        "parts": [
            {
                "name": "Le marché déplacé",
                "lines": ["Inès Carle et Marc Oudin ont répondu à votre récit", "Dora Lenoir vit cela aussi"],
                "url": "https://rex.exemple.fr/recits/un-recit",
                "label": "Lire",
            },
            {"name": "Un merci", "lines": ["Ana Belmonte dit merci à votre équipe"], "url": URL, "label": "Lire et répondre"},
        ],
        "has_more": False,
        "all_url": "https://rex.exemple.fr/ce-qui-vous-attend",
        "rhythm_url": "https://rex.exemple.fr/compte/rythme",
        "stop_url": "https://rex.exemple.fr/desinscription/une-adresse-a-vous",
        "groups_stop_url": "",
    },
    "password": {"name": "Camille Roy", "url": URL},
    "password_changed": {"name": "Camille Roy", "url": URL},
    "address_old": {"name": "Camille Roy", "old": "camille@exemple.fr", "new": "c.roy@exemple.fr", "url": URL},
    "address_new": {"name": "Camille Roy", "old": "camille@exemple.fr", "new": "c.roy@exemple.fr", "url": URL},
    "lost_old": {"name": "Camille Roy", "old": "camille@exemple.fr", "new": "c.roy@exemple.fr", "url": URL},
    "lost_new": {"name": "Camille Roy", "old": "camille@exemple.fr", "new": "c.roy@exemple.fr", "url": URL},
}


def register(app: Flask) -> None:
    """Only when the installation says so: `app.config["REX_DEV"]`."""
    if app.config["REX_DEV"]:
        app.register_blueprint(bp)


@bp.get("/composants")
@open_to(PUBLIC)
def components() -> str:
    return render_template("composants.html")


@bp.get("/apercus")
@open_to(PUBLIC)
def previews() -> str:
    return render_template("apercus.html", names=sorted(SAMPLES), letter=None, name="")


@bp.get("/apercus/<name>")
@open_to(PUBLIC)
def preview(name: str) -> Response:
    """A mail as text, and framed as HTML."""
    response = make_response(render_template("apercus.html", names=sorted(SAMPLES), letter=_letter(name), name=name))
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'nonce-{csp_nonce()}'; style-src 'self'; img-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


@bp.get("/apercus/<name>/html")
@open_to(PUBLIC)
def framed(name: str) -> Response:
    """The HTML part alone: an address of its own, with the policy of a mail reader."""
    response = Response(_letter(name).html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    return response


def _letter(name: str) -> Letter:
    if name not in SAMPLES:
        abort(404)
    return mails.write(name, f"sample|{name}", "camille@exemple.fr", **SAMPLES[name])
