"""The named dates and the readings of figures of an archive, as rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from sqlalchemy import select

from rex import text
from rex.archives.placing import Place
from rex.archives.shape import ID, Line, Wrong, moment
from rex.archives.trends import FILTERS
from rex.archives.writing import instant, one_line
from rex.collectifs.models import College, Service
from rex.db import RexSession
from rex.trends.models import SUBJECT_LENGTH, CounterReading, Jalon
from rex.trends.reading_acts import html_of
from rex.trends.subjects import BETWEEN


def jalons(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    session.add_all(
        Jalon(
            public_id=place.code(line["id"]),
            collectif_id=place.collectif_id,
            day=date.fromisoformat(line["jour"]),
            name=one_line(line["nom"]),
            created_at=moment(line["pose_le"]),
        )
        for line in lines
    )


def readings(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    """Signed as they were, written by nobody here."""
    known = place.services(session, (line["service"] for line in lines))
    came = _came(session, place, Service, (line["filtres"] and line["filtres"].get("service") for line in lines))
    came |= _came(session, place, Jalon, (line["filtres"] and line["filtres"].get("jalon") for line in lines))
    for line in lines:
        service_name, college = one_line(line["service_nom"]), line["college"]
        starts_on, ends_on = date.fromisoformat(line["du"]), date.fromisoformat(line["au"])
        if bool(service_name) is bool(college) or starts_on > ends_on or (college and line["service"]):
            raise Wrong("lectures")
        public_id = place.code(line["id"])
        session.add(
            CounterReading(
                public_id=public_id,
                collectif_id=place.collectif_id,
                section=line["rubrique"],
                subject=_subject(place, line["sujet"]),
                subject_name=one_line(line["sujet_nom"]),
                starts_on=starts_on,
                ends_on=ends_on,
                filters=_filters(place, line["filtres"], came),
                words=line["mots"],
                html=html_of(public_id, line["mots"]),
                pipeline=text.PIPELINE,
                service_id=known.get(line["service"]),
                service_name=service_name,
                college=College(college) if college else None,
                created_at=moment(line["ecrite_le"]),
                corrected_at=instant(line["corrigee_le"]),
            )
        )
    session.flush()


def _subject(place: Place, subject: str) -> str:
    """What it is about, under its identifier here; codes of balises, months and the like are the same everywhere."""
    parts = [place.code(part) if ID.fullmatch(part) else part for part in subject.split(BETWEEN)]
    said = BETWEEN.join(parts)
    if len(said) > SUBJECT_LENGTH:
        raise Wrong("lectures")
    return said


def _came(session: RexSession, place: Place, model: type[Service | Jalon], codes: Iterable[str | None]) -> set[str]:
    """Those of these, by their identifier in the archive, that came with it."""
    here = {place.code(code): code for code in codes if code and ID.fullmatch(code)}
    found = select(model.public_id).where(model.collectif_id == place.collectif_id, model.public_id.in_(here))
    return {here[public_id] for public_id in session.scalars(found)} if here else set()


def _filters(place: Place, said: Line | None, came: set[str]) -> str:
    """What narrowed its page, under its identifiers here; a filter that names what did not come is left out."""
    known = came | place.own_balises
    kept = {
        FILTERS[name]: place.code(code) if ID.fullmatch(code) else code
        for name, code in (said or {}).items()
        if name in FILTERS and code and (code in known or not ID.fullmatch(code))
    }
    return urlencode(kept)


WRITERS = {"jalons": jalons, "lectures": readings}
