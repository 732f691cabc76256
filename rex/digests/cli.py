"""`rex digest compose`, `rex digest publish`: the letter of a collectif, from the console of the host. Each returns a French
sentence, or raises `Refused`."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from rex import clock
from rex.collectifs.models import Collectif
from rex.db import Database, RexSession
from rex.digests.composing import compose
from rex.digests.models import Digest, DigestItem, DigestState
from rex.digests.publishing import AlreadyGone, NothingToTell, publish
from rex.french import count, date_short, joined, typo
from rex.refusals import Refused

NOTHING = "Rien à raconter : aucune lettre n’est composée."


def compose_letter(database: Database, slug: str, until: date | None = None) -> str:
    """Compose the letter of a collectif, up to the end of a day or to now; the one that waits already is not made twice."""
    with database.system("the host composes a letter", write=True) as session:
        place = _collectif(session, slug)
        digest = _waiting(session, place, until) or compose(session, place.id, _end(place, until))
        if digest is None:
            raise Refused(NOTHING)
        told = date_short(digest.until - timedelta(seconds=1), place.timezone)
        items = session.scalar(select(func.count(DigestItem.id)).where(DigestItem.digest_id == digest.id)) or 0
        if digest.state is not DigestState.TO_EDIT:
            return typo(f"La lettre jusqu’au {told} est déjà partie : /lettres/{digest.public_id}")
        chosen = count(items, "élément")
        return typo(f"La lettre jusqu’au {told} attend sa relecture, avec {chosen} : /lettres/{digest.public_id}/edition")


def publish_letter(database: Database, slug: str, until: date | None = None) -> str:
    """Publish the letter that waits, else the one that there is to compose."""
    with database.system("the host publishes a letter", write=True) as session:
        place = _collectif(session, slug)
        digest = _waiting(session, place, until) or compose(session, place.id, _end(place, until))
        if digest is None:
            raise Refused(NOTHING)
        try:
            publish(session, digest, None)
        except AlreadyGone as error:
            raise Refused("Cette lettre est déjà partie.") from error
        except NothingToTell as error:
            raise Refused("Tout ce que cette lettre racontait a été retiré : elle ne part pas.") from error
        return typo(f"La lettre n° {digest.number} est publiée : ses e-mails partent avec « rex tick ».")


def _waiting(session: RexSession, place: Collectif, until: date | None) -> Digest | None:
    """The letter that waits to be read again: of the day that was asked for, else the last one."""
    query = select(Digest).where(Digest.collectif_id == place.id, Digest.state == DigestState.TO_EDIT)
    if until is not None:
        starts, ends = clock.Period(until, until).instants(place.timezone)
        query = query.where(Digest.until > starts, Digest.until <= ends)
    return session.scalars(query.order_by(Digest.until.desc()).limit(1)).first()


def _end(place: Collectif, until: date | None) -> datetime | None:
    """The end of that local day."""
    return clock.Period(None, until).instants(place.timezone)[1] if until is not None else None


def _collectif(session: RexSession, slug: str) -> Collectif:
    found = session.scalars(select(Collectif).where(Collectif.slug == slug)).first()
    if found is None:
        known = session.scalars(select(Collectif.slug).order_by(Collectif.slug).limit(20)).all()
        raise Refused(f"Aucun collectif ne s’appelle « {slug} » dans les adresses ; il y a {joined(known) or 'personne'}.")
    return found
