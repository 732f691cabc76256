"""A récit that an animateur suspended, at its own address: its authors read it with the reason, nobody else reads it."""

from flask import render_template
from sqlalchemy import select

from rex.access import suspended_audience
from rex.journal.cards import chips
from rex.journal.consents import current_authors
from rex.journal.models import Recit, Section
from rex.journal.queries import SectionView, authors_and_tags
from rex.web import db, enter_space, reader


def show_suspended(recit: Recit) -> str:
    """The page for one of its authors: no thread and nothing to answer, since nobody reads it."""
    enter_space(reader().seat(recit.collectif_id))
    _, tags = authors_and_tags(db(), reader(), recit.id)
    sections = db().execute(
        select(Section.slug, Section.heading, Section.html).where(Section.entry_id == recit.id).order_by(Section.position)
    )
    others = [name for user_id, name in current_authors(db(), recit) if user_id != reader().user_id]
    return render_template(
        "journal/suspended.html",
        recit=recit,
        sections=[SectionView(*section) for section in sections],
        chips=chips(tags),
        audience=suspended_audience(recit.collectif_id, others),
    )
