"""Error pages in plain French: what happened, and what to do next. They are drawn without the database.

The 404 is one constant page: no session, no form, no nonce, no echo, so that what is hidden and what does not exist look
the same, byte for byte."""

import logging

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import DataError, DBAPIError
from werkzeug.exceptions import HTTPException

from rex.keys import KeyLost
from rex.sealed_files import FileLost
from rex.web import is_own_form

log = logging.getLogger("rex.errors")

SENTENCES = {
    400: ("Cette demande est incomplète", "Revenez à la page précédente, rechargez-la, puis recommencez."),
    403: ("Vous pouvez lire cette page, pas la modifier", "Seules les personnes qui en ont la charge peuvent faire cela."),
    404: ("Cette page n’existe pas", "L’adresse est peut-être incomplète, ou la page n’est pas ouverte à votre compte."),
    405: ("Cette adresse ne se consulte pas ainsi", "Revenez au journal et reprenez le chemin par les pages."),
    422: ("À revoir avant de continuer", "Revenez à la page précédente : ce que vous avez écrit y est encore."),
    413: (
        "C’est trop lourd",
        "Une page accepte 16 Mo. « Retour », dans votre navigateur, ramène à la page d’avant : partagez votre texte en plusieurs "
        "parties, puis recommencez.",
    ),
    429: ("Trop d’essais en peu de temps", "Attendez un quart d’heure, puis recommencez."),
    500: ("Quelque chose s’est cassé chez nous", "Rien de ce qui était enregistré n’est perdu. Recommencez dans un instant."),
    503: ("Le journal est arrêté pour un moment", "Gardez votre page ouverte et recommencez dans quelques minutes."),
}

TOO_HEAVY_FILES = (
    "Un envoi accepte 64 Mo en tout : une image jusqu’à 8 Mo, un PDF jusqu’à 10 Mo, un document à importer jusqu’à 20 Mo. "
    "« Retour », dans votre navigateur, ramène à la page d’avant : choisissez un fichier plus léger, puis recommencez."
)


def register(app: Flask) -> None:
    """Answer every error with its page."""
    app.register_error_handler(CSRFError, _csrf_failed)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(KeyLost, _key_lost)
    app.register_error_handler(FileLost, _file_lost)
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(Exception, _unexpected)


def page(status: int, title: str | None = None, sentence: str | None = None) -> Response:
    """The page of an error; JSON for the scripts of our own pages."""
    default_title, default_sentence = SENTENCES.get(status, SENTENCES[500])
    title, sentence = title or default_title, sentence or default_sentence
    g.pop("csp_nonce", None)
    if request.method in ("PUT", "DELETE", "PATCH") or request.is_json:
        return make_response(jsonify(message=f"{title}. {sentence}"), status)
    response = make_response(current_app.jinja_env.get_template("errors/page.html").render(title=title, sentence=sentence))
    response.status_code = status
    return response


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    code = error.code or 500
    if code in (301, 302, 303, 307, 308):
        return make_response(error.get_response())
    response = page(code, sentence=TOO_HEAVY_FILES if code == 413 and request.mimetype == "multipart/form-data" else None)
    if code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # ty: ignore[missing-attribute]
    if code == 429 and getattr(error, "retry_after", None):
        response.headers["Retry-After"] = str(error.retry_after)  # ty: ignore[missing-attribute]
    return response


def _csrf_failed(error: CSRFError) -> Response:
    """A form from an older sign-in: its text is shown again with a fresh button, when our own page sent it."""
    if request.method != "POST" or request.is_json:
        fresh = generate_csrf() if is_own_form() else None
        return make_response(jsonify(message="Cette page date d’une autre connexion.", csrf_token=fresh), 400)
    if not is_own_form():
        return page(400, None, "Cette demande ne vient pas d’une page de ce journal. Rien n’a été fait.")
    carried = [(k, v) for k, v in request.form.items(multi=True) if k not in ("csrf_token", "idempotency_key")]
    html = render_template("entrance/carry.html", target=request.path, carried=carried, from_another_sign_in=True)
    return make_response(html, 400)


def _key_lost(error: KeyLost) -> Response:
    log.error("%s", error)
    return page(503, "Un texte scellé ne peut pas être ouvert", "La clé de cet espace manque. Prévenez l’administration.")


def _file_lost(error: FileLost) -> Response:
    """Said to who may read the file, and to nobody else: for the others its row does not exist."""
    log.error("%s", error)
    return page(
        404, "Ce fichier manque", "Le texte qui le montre n’a rien perdu. Demandez à qui l’a donné de le donner de nouveau."
    )


def _database_error(error: DBAPIError) -> Response:
    log.error("database: %s on %s", type(error.orig).__name__, request.endpoint, exc_info=True)
    return page(400 if isinstance(error, DataError) else 503)  # a value that no column takes, as a NUL in a text


def _unexpected(error: Exception) -> Response:
    log.error("unexpected %s on %s", type(error).__name__, request.endpoint, exc_info=True)
    return page(500)
