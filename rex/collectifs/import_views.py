"""Inviting many people from a CSV file: a report line by line first, and nothing is done before it is confirmed."""

from dataclasses import replace

from flask import Response, flash, redirect, render_template, request, url_for

from rex import french, mail
from rex.collectifs import actions, mails, queries, roster
from rex.collectifs.form_pages import form_page
from rex.collectifs.forms import ImportForm, colleges_of
from rex.collectifs.models import Collectif, College
from rex.collectifs.people_views import bp, here
from rex.flask_parts import takes_up_to
from rex.web import ANIMATEURS, FILES_LIMIT, db, open_to, reader


@bp.get("/c/<slug:collectif>/membres/import")
@open_to(ANIMATEURS)
def import_members(collectif: str):
    return form_page("collectifs/import.html", ImportForm(formdata=None), most=roster.MOST_LINES)


@bp.get("/c/<slug:collectif>/membres/import/modele.csv")
@open_to(ANIMATEURS)
def import_template(collectif: str) -> Response:
    """A file to start from, with the mark that has spreadsheets read its accents."""
    response = Response("\ufeff" + roster.TEMPLATE, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="membres.csv"'
    return response


@bp.post("/c/<slug:collectif>/membres/import")
@open_to(ANIMATEURS)
@takes_up_to(FILES_LIMIT)
def preview_import(collectif: str):
    """Say what would be done with each line; do nothing."""
    form = ImportForm()
    sent = request.files.get("file")
    try:
        text = roster.decode(sent.read(roster.MOST_BYTES + 1) if sent and sent.filename else b"")
        lines = _lines(text)
    except roster.UnreadableFile as error:
        form.refuse("file", str(error) if sent and sent.filename else "Choisissez un fichier CSV.")
        return form_page("collectifs/import.html", form, most=roster.MOST_LINES)
    return _report(lines, text)


@bp.post("/c/<slug:collectif>/membres/import/envoi")
@open_to(ANIMATEURS)
def send_import(collectif: str):
    """Invite those whose line is right; the file is read again, since people may have come in meanwhile."""
    text = request.form.get("texte", "")
    try:
        lines = [line for line in _lines(text) if line.state == "invite"]
    except roster.UnreadableFile as error:
        form = ImportForm(formdata=None)
        form.refuse("file", str(error))
        return form_page("collectifs/import.html", form, most=roster.MOST_LINES)
    _invite(queries.collectif_by_id(db(), here()), lines)
    flash(french.typo(f"{french.count(len(lines), 'invitation')} : les messages partent dans les minutes qui viennent."))
    return redirect(url_for("collectifs.invitations", collectif=collectif), 303)


def _lines(text: str) -> list[roster.Line]:
    colleges = [College(value) for value, _label in colleges_of(queries.collectif_by_id(db(), here()))]
    return roster.read(text, queries.member_addresses(db(), here()), colleges)


def _invite(place: Collectif, lines: list[roster.Line]) -> None:
    """Invite all of them and write their mails; what is the same for all is looked up once."""
    if not lines:
        return
    services = _services_for(place, lines)
    guests = [_guest(line, services.get(french.fold(line.service))) for line in lines]
    made = actions.invite(db(), place.id, reader().user_id, guests)
    words = queries.welcome(db(), made[0][0])
    letters = []
    for line, (invitation, token) in zip(lines, made, strict=True):
        told = replace(
            words, college=invitation.college.label, service=line.service, title=invitation.title, role=invitation.role
        )
        letters.append(mails.invitation_letter(invitation, token, told, place.timezone))
    mail.post(db(), *letters)


def _services_for(place: Collectif, lines: list[roster.Line]) -> dict[str, int]:
    """The ids of the services that the lines name, by folded name. A new one is of the kind of the first who works there."""
    ids: dict[str, int] = {}
    for line in lines:
        folded = french.fold(line.service)
        if folded and folded not in ids and line.college is not None:
            ids[folded] = actions.service_named(db(), place.id, line.service, actions.kind_for(line.college)).id
    return ids


def _guest(line: roster.Line, service_id: int | None) -> actions.Guest:
    if line.college is None or line.role is None:
        raise ValueError("a line to invite says from where and as what")
    return actions.Guest(actions.Seat(line.college, service_id, line.title, line.role), line.name, line.address)


def _report(lines: list[roster.Line], text: str) -> str:
    known = {service.folded_name for service in queries.services(db(), here())}
    new = {french.fold(line.service): line.service for line in lines if line.state == "invite" and line.service}
    return render_template(
        "collectifs/import_report.html",
        lines=lines,
        counts={state: sum(line.state == state for line in lines) for state in ("invite", "member", "refused")},
        new_services=[name for folded, name in new.items() if folded not in known],
        text=text,
    )
