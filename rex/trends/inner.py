"""What conditions on entries look up inside: aliased tables, as those of the door (`rex.access.inner`). The entry itself is a
class, which the second lock looks at; of one that is told, it would look again at each signature, each balise, each answer."""

from typing import Any

from sqlalchemy import ColumnElement

from rex.collectifs.models import Service
from rex.exchanges.models import Exchange
from rex.journal.models import Authorship, Entry, Recit, Tagging
from rex.journal.recognition_models import Recognition

signature = Authorship.__table__.alias("trend_signature")
other_signature = Authorship.__table__.alias("trend_other_signature")
tag = Tagging.__table__.alias("trend_tag")
recit = Recit.__table__.alias("trend_recit")
other_recit = Recit.__table__.alias("trend_other_recit")
other_entry = Entry.__table__.alias("trend_other_entry")
answer = Exchange.__table__.alias("trend_answer")
service = Service.__table__.alias("trend_service")
merci = Recognition.__table__.alias("trend_merci")


def is_given(by: Any) -> ColumnElement[bool]:
    """Whether a signature is given (`by`: its class or columns): who accepted to write with others says from where they speak when
    they sign, and until then is named on no page."""
    return by.college.is_not(None)
