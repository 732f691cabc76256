"""What the pages of letters have in common: which letter an address names, from which seat one looks at it, its hours in words."""

from datetime import datetime

from flask import abort, flash
from werkzeug.wrappers import Response

from rex import clock
from rex.access import AudienceView, MembershipView, audience_of
from rex.digests.models import Digest, DigestState
from rex.digests.queries import find_letter, next_number
from rex.french import date_short, hour, typo
from rex.journal.models import Audience
from rex.web import db, enter_space, reader

TO_READ_AGAIN = "La lettre a changé depuis sa relecture : relisez-la avant son départ."
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def letter_here(digest_id: str) -> tuple[Digest, MembershipView]:
    """The letter of a collectif that the reader opens; that of a group is read in its room."""
    digest = find_letter(db(), reader(), digest_id)
    seat = next((one for one in reader().memberships if digest and one.collectif_id == digest.collectif_id), None)
    if digest is None or seat is None:
        abort(404)
    enter_space(seat)
    return digest, seat


def letter_to_edit(digest_id: str) -> tuple[Digest, MembershipView]:
    """The same, for who looks after the collectif: 403 for its other readers."""
    digest, seat = letter_here(digest_id)
    return (digest, seat) if seat.is_animateur else abort(403)


def has_left(digest: Digest) -> bool:
    return digest.state is DigestState.PUBLISHED


def say_if_to_read_again(digest: Digest, *, was_ready: bool) -> None:
    """To who changed a letter that somebody had read again: as it is now, nobody did."""
    if was_ready and not digest.is_ready:
        flash(TO_READ_AGAIN)


def audience_here(seat: MembershipView, since: datetime | None = None) -> AudienceView:
    """Who reads the letter of a space in the journal; in a group, those who were there `since` it left."""
    audience = Audience.GROUPE if seat.is_group else Audience.COLLECTIF
    return audience_of(db(), audience, seat.collectif_id, seat.collectif_name, since=since)


def number_of(digest: Digest) -> int:
    """Its number, or the one that it would take now."""
    return digest.number or next_number(db(), digest.collectif_id)


def when_of(moment: datetime, timezone: str) -> str:
    """« vendredi 4 décembre à 8 h », with the year when it is another one."""
    local = clock.local(moment, timezone)
    day = date_short(moment, timezone, today=clock.today(timezone))
    return typo(f"{DAYS[local.weekday()]} {day} à {hour(moment, timezone)}")


def to(path: str) -> Response:
    """After an act: to the page that shows it."""
    return Response(status=303, headers={"Location": path})
