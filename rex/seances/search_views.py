"""What the search of a group finds in its séances: what each reader of them reads, opened for the page alone."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, select

from rex.access import MembershipView, visible_contributions, visible_depots, visible_seances, visible_takeaways
from rex.collectifs.models import User
from rex.exchanges.room_search_views import Line, marked
from rex.exchanges.search_terms import Terms
from rex.french import fold
from rex.seances.models import Contribution, Depot, Seance, SeanceText, Takeaway
from rex.seances.queries import opened
from rex.seances.shared_views import Meeting, address_of
from rex.text import plain
from rex.web import db, reader

Text = tuple[int, str, str, str, datetime, str]  # séance, what it is, after its address, author, when, words


def look(seat: MembershipView, terms: Terms) -> list[Line]:
    """The texts of the séances of a group that say all of these words, those of the last séance first. Five statements."""
    query = visible_seances(reader()).where(Seance.collectif_id == seat.collectif_id, Seance.cancelled_at.is_(None))
    seances = {one.id: one for one in db().scalars(query.order_by(Seance.starts_at.desc()))}
    ranks = {seance_id: rank for rank, seance_id in enumerate(seances)}
    found = []
    for seance_id, what, beside, author, at, source in sorted(_texts(seat, seances), key=lambda one: ranks[one[0]]):
        words = plain(source, limit=len(source))
        if terms.weigh(fold(words)):
            meeting = Meeting(seat, seances[seance_id], reader().now)
            url = f"{address_of(seat)}/{meeting.row.public_id}{beside}"
            found.append(Line(what, meeting.heading, url, author, at, marked(words, terms)))
    return found


def _suspended_depots(seance_ids: list[int]) -> Select[int | None]:
    """Their words lie in their own rows: a search must not look at them. What is suspended elsewhere has none to find."""
    away = SeanceText.seance_id.in_(seance_ids), SeanceText.suspended_at.is_not(None), SeanceText.depot_id.is_not(None)
    return select(SeanceText.depot_id).where(*away)


def _texts(seat: MembershipView, seances: dict[int, Seance]) -> Iterator[Text]:
    for one in seances.values():
        yield one.id, "Séance", "", "", one.starts_at, "\n\n".join((one.title, one.place, one.agenda))
        yield one.id, "Pour préparer une séance", "/preparer", "", one.starts_at, one.preparation
        yield one.id, "Compte rendu", "", "", one.starts_at, one.report
    ids = list(seances)
    depots = visible_depots(reader()).where(Depot.seance_id.in_(ids), Depot.id.not_in(_suspended_depots(ids)))
    said = visible_contributions(reader()).where(Contribution.seance_id.in_(ids))
    taken = visible_takeaways(reader()).where(Takeaway.seance_id.in_(ids))
    rows = [*db().scalars(depots), *db().scalars(said), *db().scalars(taken)]
    named = select(User.id, User.name).where(User.id.in_({row.author_id for row in rows}))
    names = {row.id: row.name for row in db().execute(named)}
    for row in rows:
        author = names.get(row.author_id, "")
        match row:
            case Depot():
                yield row.seance_id, "Dépôt", "/choisir", author, row.written_at, opened(db(), seat, row)
            case Contribution():
                yield row.seance_id, "Dit en séance", f"/explorer#s-{row.public_id}", author, row.written_at, row.words
            case Takeaway():
                yield row.seance_id, "Emporté d’une séance", "/garder", author, row.written_at, row.words
