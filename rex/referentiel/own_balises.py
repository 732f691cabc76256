"""The balises that a collectif adds beside the 23: add, change, close, open again. The 23 are never renamed."""

import re
import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import StopValidation

from rex import clock, french
from rex.db import RexSession
from rex.referentiel.content import BALISES
from rex.referentiel.models import OwnBalise
from rex.text.marks import tidy

MOST_OPEN = 12  # beyond, nobody finds their way
LABEL_LENGTH, TITLE_LENGTH, QUESTION_LENGTH, TEXT_LENGTH = 32, 160, 300, 4000
SLUG_LENGTH = 40


class AlreadyUsed(ValueError):
    """Another balise bears this label."""


class TooMany(ValueError):
    """The collectif has as many open balises as it may."""


def one_line(value: str | None) -> str:
    """A line without what cannot be seen."""
    return " ".join(tidy(value or "").split())


def several_lines(value: str | None) -> str:
    return tidy(value or "").strip()


def _needs(sentence: str, longest: int):
    def check(form: Any, field: Field) -> None:
        if not field.data:
            raise StopValidation(sentence)
        _at_most(longest)(form, field)

    return check


def _at_most(longest: int):
    def check(_form: Any, field: Field) -> None:
        if len(field.data or "") > longest:
            raise StopValidation(f"C’est trop long : {longest} caractères au plus.")

    return check


class OwnBaliseForm(FlaskForm):
    """What a collectif writes of a balise. Its CSRF token is checked at the gate, with all the others."""

    class Meta(FlaskForm.Meta):
        csrf = False

    label = StringField(
        "Nom court", [_needs("Donnez un nom court à la balise.", LABEL_LENGTH)], filters=[one_line]
    )
    title = StringField(
        "Titre entier", [_needs("Donnez un titre à la balise.", TITLE_LENGTH)], filters=[one_line]
    )
    question = StringField("La question à se poser", [_at_most(QUESTION_LENGTH)], filters=[one_line])
    text = TextAreaField("Ce qu’elle veut dire", [_at_most(TEXT_LENGTH)], filters=[several_lines])


def balises_of(session: RexSession, collectif_id: int) -> list[OwnBalise]:
    """All the balises of a collectif, closed ones included, by label."""
    rows = select(OwnBalise).where(OwnBalise.collectif_id == collectif_id)
    return list(session.scalars(rows.order_by(OwnBalise.label, OwnBalise.id)))


def find(session: RexSession, collectif_id: int, slug: str) -> OwnBalise | None:
    """A balise of a collectif by its address."""
    return session.scalars(
        select(OwnBalise).where(OwnBalise.collectif_id == collectif_id, OwnBalise.slug == slug)
    ).first()


def add(session: RexSession, collectif_id: int, form: OwnBaliseForm) -> OwnBalise:
    """Add a balise. Raises AlreadyUsed or TooMany."""
    others = _locked(session, collectif_id)
    if sum(1 for other in others if other.closed_at is None) >= MOST_OPEN:
        raise TooMany
    _check_label(form.label.data or "", others)
    balise = OwnBalise(collectif_id=collectif_id, slug=_free_slug(form.label.data or "", others))
    form.populate_obj(balise)
    try:
        with session.begin_nested():  # on PostgreSQL two first balises may come at once
            session.add(balise)
            session.flush()
    except IntegrityError as error:
        raise AlreadyUsed from error
    return balise


def change(session: RexSession, balise: OwnBalise, form: OwnBaliseForm) -> None:
    """Rewrite a balise; its address and the récits that carry it stay. Raises AlreadyUsed."""
    _check_label(form.label.data or "", [o for o in _locked(session, balise.collectif_id) if o.id != balise.id])
    form.populate_obj(balise)
    session.flush()


def close(session: RexSession, balise: OwnBalise) -> None:
    """Propose it no longer to those who write; the récits that carry it keep it."""
    balise.closed_at = balise.closed_at or clock.now()
    session.flush()


def reopen(session: RexSession, balise: OwnBalise) -> None:
    """Propose it again. Raises TooMany."""
    if balise.closed_at is None:
        return
    if sum(1 for other in _locked(session, balise.collectif_id) if other.closed_at is None) >= MOST_OPEN:
        raise TooMany
    balise.closed_at = None
    session.flush()


def _locked(session: RexSession, collectif_id: int) -> list[OwnBalise]:
    """The balises of a collectif, read after those who are changing them have finished."""
    session.execute(select(OwnBalise.id).where(OwnBalise.collectif_id == collectif_id).with_for_update()).all()
    return balises_of(session, collectif_id)


def _check_label(label: str, others: list[OwnBalise]) -> None:
    taken = {french.fold(one.label) for one in (*BALISES, *others)}
    if french.fold(label) in taken:
        raise AlreadyUsed


def _free_slug(label: str, others: list[OwnBalise]) -> str:
    taken = {other.slug for other in others}
    base = slug_of(label) or "balise"
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def slug_of(words: str, longest: int = SLUG_LENGTH) -> str:
    """Lower-case ASCII words joined by hyphens; empty when there is none (emoji, another alphabet)."""
    bare = unicodedata.normalize("NFKD", french.fold(words)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:longest].strip("-")
