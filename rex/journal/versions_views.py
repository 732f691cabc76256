"""The versions of a published récit, for its authors: compare word by word, restore, erase one."""

from dataclasses import dataclass

from flask import Blueprint, Flask, abort, flash, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from rex import words
from rex.collectifs.models import User
from rex.french import typo
from rex.journal.drafts import DraftView, read_draft
from rex.journal.own_views import own_recit
from rex.journal.publishing import title_of
from rex.journal.versions import Version, erase_version, restore, versions_of
from rex.referentiel.markers import markers_for
from rex.web import MEMBERS, db, go, open_to, reader

bp = Blueprint("versions", __name__)


@dataclass(frozen=True)
class SectionChange:
    heading: str
    parts: list[words.Change]

    @property
    def is_changed(self) -> bool:
        return any(part.kind != "equal" for part in self.parts)


def register(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/recits/<public_id:recit_id>/versions")
@open_to(MEMBERS)
def versions(recit_id: str) -> str:
    recit = own_recit(recit_id)
    kept = versions_of(db(), reader(), recit)
    readable = [version for version in kept if not version.is_erased]
    newer = _asked(readable, "a") or (readable[0] if readable else None)
    older = _asked(readable, "de") or next((v for v in readable if newer and v.number < newer.number), None)
    if older and newer and older.number > newer.number:
        older, newer = newer, older
    names = dict(db().execute(select(User.id, User.name).where(User.id.in_({v.author_id for v in kept}))).all())
    return render_template(
        "journal/versions.html",
        recit=recit,
        versions=kept,
        readable=readable,
        names=names,
        newer=newer,
        older=older,
        changes=compare(older, newer) if older and newer else [],
    )


@bp.get("/recits/<public_id:recit_id>/versions/<int:number>/restauration")
@open_to(MEMBERS)
def before_restoring(recit_id: str, number: int) -> str:
    recit = own_recit(recit_id)
    version = _readable(versions_of(db(), reader(), recit), number)
    return render_template("journal/restore_version.html", recit=recit, version=version)


@bp.post("/recits/<public_id:recit_id>/versions/<int:number>/restauration")
@open_to(MEMBERS)
def restore_version(recit_id: str, number: int) -> Response:
    """Put a version in the working copy; when that would take the place of words kept nowhere else, ask first."""
    recit = own_recit(recit_id)
    kept = versions_of(db(), reader(), recit)
    version = _readable(kept, number)
    draft = read_draft(db(), reader(), recit)
    if draft and not request.form.get("remplacer") and not any(_says_the_same(draft, one) for one in kept):
        return go("versions.before_restoring", recit_id=recit_id, number=number)
    restore(db(), reader(), recit, version)
    flash("Cette version est dans votre brouillon. Vos lecteurs la verront quand vous la publierez.")
    return go("editor.edition", recit_id=recit_id)


@bp.get("/recits/<public_id:recit_id>/versions/<int:number>/effacement")
@open_to(MEMBERS)
def before_erasing(recit_id: str, number: int) -> str:
    recit = own_recit(recit_id)
    kept = versions_of(db(), reader(), recit)
    version = _version(kept, number)
    is_current = recit.is_published and kept[0].number == number
    return render_template("journal/erase_version.html", recit=recit, version=version, is_current=is_current)


@bp.post("/recits/<public_id:recit_id>/versions/<int:number>/effacement")
@open_to(MEMBERS)
def erase(recit_id: str, number: int) -> Response:
    recit = own_recit(recit_id)
    kept = versions_of(db(), reader(), recit)
    _version(kept, number)
    erase_version(db(), recit, number)
    flash(f"Les mots de la version {number} sont effacés.")
    return go("versions.versions", recit_id=recit_id)


def compare(older: Version, newer: Version) -> list[SectionChange]:
    """Word by word, as they are read: the title first, then each section of either version, then the balises."""
    headings = older.headings | newer.headings
    changes = [SectionChange("Titre", words.diff(typo(older.title), typo(newer.title)))]
    changes += [
        SectionChange(heading, words.diff(typo(older.sections.get(slug, "")), typo(newer.sections.get(slug, ""))))
        for slug, heading in headings.items()
    ]
    changes.append(SectionChange("Balises", words.diff(_balises(older), _balises(newer))))
    return [change for change in changes if change.is_changed]


def _balises(version: Version) -> str:
    markers = markers_for(db(), version.tags, reader().slugs)
    lines = [f"{markers[code].label} : {stance.value}" for code, stance in version.tags.items() if code in markers]
    return typo("\n".join(lines))


def _asked(readable: list[Version], name: str) -> Version | None:
    asked = request.args.get(name, "")
    return next((version for version in readable if str(version.number) == asked), None)


def _says_the_same(draft: DraftView, version: Version) -> bool:
    sections = {slug: source.strip() for slug, source in draft.sections.items()}
    return (title_of(draft), sections) == (version.title, version.sections)


def _readable(kept: list[Version], number: int) -> Version:
    version = _version(kept, number)
    return abort(404) if version.is_erased else version


def _version(kept: list[Version], number: int) -> Version:
    return next((version for version in kept if version.number == number), None) or abort(404)
