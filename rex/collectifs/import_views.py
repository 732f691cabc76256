"""Inviting many people from a CSV file: a report line by line first, and nothing is done before it is confirmed."""

from dataclasses import replace

from flask import Response, flash, redirect, render_template, request, url_for

from rex import french
from rex.collectifs import actions, mails, queries, roster
from rex.collectifs.form_pages import form_page
from rex.collectifs.forms import ImportForm, colleges_of
from rex.collectifs.models import Collectif, College
from rex.collectifs.people_views import bp, here
from rex.web import ANIMATEURS, db, open_to, reader


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
    sender = _Sender(queries.collectif_by_id(db(), here()))
    for line in lines:
        sender.invite(line)
    flash(french.typo(f"{french.count(len(lines), 'invitation')} : les messages partent dans les minutes qui viennent."))
    return redirect(url_for("collectifs.invitations", collectif=collectif), 303)


def _lines(text: str) -> list[roster.Line]:
    colleges = [College(value) for value, _label in colleges_of(queries.collectif_by_id(db(), here()))]
    return roster.read(text, queries.member_addresses(db(), here()), colleges)


class _Sender:
    """Invites one line after the other; what is the same for all of them is looked up once."""

    def __init__(self, place: Collectif) -> None:
        self.place = place
        self.services: dict[str, int] = {}
        self.words: queries.Welcome | None = None

    def invite(self, line: roster.Line) -> None:
        if line.college is None or line.role is None:
            raise ValueError("a line to invite says from where and as what")
        service_id = self._service(line, line.college)
        seat = actions.Seat(line.college, service_id, line.title, line.role)
        invitation, token = actions.invite(db(), self.place.id, reader().user_id, seat, line.name, line.address)
        self.words = self.words or queries.welcome(db(), invitation)
        place = {"college": line.college.label, "service": line.service, "title": line.title, "role": line.role}
        mails.post_invitation(db(), invitation, token, replace(self.words, **place), self.place.timezone)

    def _service(self, line: roster.Line, college: College) -> int | None:
        key = french.fold(line.service)
        if key and key not in self.services:
            kind = actions.kind_for(college)
            self.services[key] = actions.service_named(db(), self.place.id, line.service, kind).id
        return self.services.get(key)


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
