"""Through the door: récits that a person chose in the list of a journal, as one file or as a sheet. None of a group is ever there.

They are read by twenties and written as they are read: two hundred weigh in memory what their file weighs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select, tuple_

from rex import clock, french
from rex.access import MembershipView, Reader, audience_of, told_recits
from rex.collectifs.models import Collectif
from rex.db import RexSession
from rex.documents.pieces import Head, Line, Piece, Several, Shown, Told
from rex.documents.tables import to_csv
from rex.documents.taking_out import address_line, balises_line, image_at, readers_line, who_line
from rex.journal.action_queries import authors_and_tags_of
from rex.journal.cards import number_of_recits
from rex.journal.cursors import read_cursor
from rex.journal.list_queries import LISTED, NEWEST_FIRST, Card, Filters, card_of, count_each, narrowed, write_cursor
from rex.journal.models import Audience, Entry, Recit
from rex.journal.models import Section as Written
from rex.journal.notes import narrower
from rex.journal.queries import AuthorView
from rex.journal.tellers import label_of

MOST = 200  # récits in one file
MOST_IN_PDF = 40  # which is laid out page by page, all at once
AT_ONCE = 20
OPEN_TO = {Audience.COLLECTIF: "Le journal", Audience.RESEAU: "Le réseau"}
COLUMNS = ("Titre", "Publié le", "Auteurs", "Service ou structure", "Balises", "Lu par", "Adresse", "Exporté")


@dataclass(frozen=True)
class Listed:
    """The récits that may be ticked. `older`: the cursor of the following ones; `count`: of all those with these criteria."""

    cards: tuple[Card, ...]
    older: str | None
    count: int


@dataclass(frozen=True)
class Chosen:
    """A récit of the selection, as it is named. `label`: « Récit de la Voirie »; `place`: the name of its collectif."""

    card: Card
    label: str
    place: str


def list_to_choose(session: RexSession, reader: Reader, seat: MembershipView, filters: Filters, after: str) -> Listed:
    """The newest récits of this journal (or of the réseau) with these criteria, as many as a file takes. Two statements at most."""
    cursor = read_cursor(session, after)
    query = narrowed(told_recits(reader).with_only_columns(*LISTED), seat, filters)
    if cursor:
        query = query.where(tuple_(Entry.published_at, Entry.id) < cursor)
    rows = session.execute(query.order_by(*NEWEST_FIRST).limit(MOST + 1)).all()
    cards = tuple(card_of(row) for row in rows[:MOST])
    if len(rows) <= MOST and not cursor:
        return Listed(cards, None, len(cards))
    older = write_cursor(session, cards[-1]) if len(rows) > MOST else None
    return Listed(cards, older, count_each(session, reader, seat, [filters])[0])


def chosen_ones(session: RexSession, reader: Reader, seat: MembershipView, public_ids: Sequence[str]) -> list[Chosen]:
    """Those of these ids that this person reads in this journal or in the réseau, newest first; never one of a group. One
    statement."""
    rows = session.execute(_of_these(reader, seat, public_ids)).all()
    listed = [card_of(row, action_public_id=row.action_public_id, told_by=row.told_by) for row in rows]
    return [Chosen(card, label_of(row.teller, row.byline), row.place) for card, row in zip(listed, rows, strict=True)]


def _of_these(reader: Reader, seat: MembershipView, public_ids: Sequence[str]) -> Select[*tuple[Any, ...]]:
    here = or_(Entry.collectif_id == seat.collectif_id, Entry.audience == Audience.RESEAU)
    return (
        told_recits(reader)
        .join(Collectif, Collectif.id == Entry.collectif_id)
        .with_only_columns(*LISTED, Recit.teller, Collectif.name.label("place"))
        .where(here, Entry.audience.in_(OPEN_TO), Entry.public_id.in_(public_ids), Entry.published_at.is_not(None))
        .order_by(*NEWEST_FIRST)
        .limit(MOST)
    )


def selection(session: RexSession, reader: Reader, seat: MembershipView, chosen: Sequence[Chosen], root: str) -> Several:
    """The document of these récits, to be written once while the session is open."""
    kind = narrower([one.card.audience for one in chosen])
    audience = audience_of(session, kind, seat.collectif_id, seat.collectif_name)
    together = readers_line(audience).replace("Lu par", "Lus ensemble par" if len(chosen) > 1 else "Lu par", 1)
    number = french.typo(f"{number_of_recits(len(chosen)).capitalize()}, du plus récent au plus ancien.")
    image = Shown(lambda address: image_at(session, address))
    pieces = _pieces(session, reader, seat, chosen, root, image)
    return Several(title_of(seat), (number, together, who_line(reader, seat.timezone)), pieces, root, image)


def title_of(seat: MembershipView) -> str:
    """What the document is called, and its file."""
    return french.typo(f"Récits choisis, {seat.collectif_name}")


def _pieces(
    session: RexSession, reader: Reader, seat: MembershipView, chosen: Sequence[Chosen], root: str, image: Shown
) -> Iterator[Piece]:
    for some in (chosen[at : at + AT_ONCE] for at in range(0, len(chosen), AT_ONCE)):
        ids = [one.card.id for one in some]
        authors, tags = authors_and_tags_of(session, reader, ids)
        texts = _texts(session, ids)
        for one in some:
            yield Head(1, french.typo(one.card.title))
            yield Line(_signed(one, authors.get(one.card.id, ()), seat))
            if one.card.id in tags:
                yield Line(french.typo(balises_line(tags[one.card.id])))
            yield Line(french.typo(f"Lu par : {OPEN_TO[one.card.audience].lower()}. {address_line(root, one.card.public_id)}"))
            if one.card.told_by > 1:
                number = number_of_recits(one.card.told_by)
                yield Line(french.typo(f"Cette action a {number} : {root}/actions/{one.card.action_public_id}"))
            for heading, source in texts.get(one.card.id, ()):
                yield Head(2, french.typo(heading))
                yield Told(source, 2)
    if image.left:
        stay = f"{french.count(image.left, 'image')} {french.plural(image.left, 'reste', 'restent')} dans REX"
        yield Line(french.typo(f"{stay} : le fichier aurait été trop lourd."))


def _texts(session: RexSession, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    rows = session.execute(
        select(Written.entry_id, Written.heading, Written.source)
        .where(Written.entry_id.in_(ids))
        .order_by(Written.entry_id, Written.position)
    ).all()
    found: dict[int, list[tuple[str, str]]] = {}
    for entry_id, heading, source in rows:
        found.setdefault(entry_id, []).append((heading, source))
    return found


def _signed(one: Chosen, authors: Sequence[AuthorView], seat: MembershipView) -> str:
    names = french.joined([author.name for author in authors if author.signs])
    place = f", {one.place}" if one.card.collectif_id != seat.collectif_id else ""
    when = french.date_long(one.card.published_at, seat.timezone)
    changed = f", modifié le {french.date_long(one.card.corrected_at, seat.timezone)}" if one.card.corrected_at else ""
    return french.typo(f"{one.label}, par {names}{place}, publié le {when}{changed}.")


def sheet(session: RexSession, reader: Reader, seat: MembershipView, chosen: Sequence[Chosen], root: str) -> bytes:
    """What names these récits, a line each, and none of their text."""
    authors, tags = authors_and_tags_of(session, reader, [one.card.id for one in chosen])
    who = f"par {reader.name}, le {french.date_short(clock.now(), seat.timezone)}"
    rows = (
        (
            one.card.title,
            clock.local(one.card.published_at, seat.timezone).date().isoformat(),
            ", ".join(author.name for author in authors.get(one.card.id, ()) if author.signs),
            one.card.byline,
            ", ".join(f"{tag.marker.label} ({tag.stance})" for tag in tags.get(one.card.id, ())),
            OPEN_TO[one.card.audience],
            f"{root}/recits/{one.card.public_id}",
            who,
        )
        for one in chosen
    )
    return to_csv(COLUMNS, rows)
