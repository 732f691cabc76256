"""Documents in and out from the console, as the person whose address is given: with their rights, no others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from rex.access import MembershipView, Reader
from rex.collectifs.entrance import as_readers
from rex.collectifs.models import Credential, normal_address
from rex.db import Database, RexSession
from rex.documents import report
from rex.documents.formats import FORMATS, to_markdown_beside
from rex.documents.incoming import TOO_MANY_FILES, Incoming, TooLong, TooMany, make_drafts, take_in, told_by
from rex.documents.limits import MOST_BYTES, Unreadable
from rex.documents.mapping import Told, propose
from rex.documents.taking_out import NotYours, take_out
from rex.documents.to_page import NoPdf
from rex.files import write_private, write_private_once
from rex.french import count, joined, typo
from rex.journal.canvas import CanvasView, canvas_of
from rex.refusals import Refused, sentence_of

NO_PDF = "Cette machine ne fait pas de PDF : installez REX avec « [pdf] », ou choisissez un autre format."


@dataclass(frozen=True)
class Line:
    """What became of one file."""

    sentence: str
    is_done: bool


def bring_in(database: Database, files: Iterable[Path], slug: str, address: str) -> Iterator[Line]:
    """Make drafts of these files, one by one; a line for each: what was mapped, what was not."""
    for file in files:
        try:
            yield Line(f"{file.name} : {_bring_one_in(database, file, slug, address)}", True)
        except (Unreadable, OSError) as error:
            said = str(error) if isinstance(error, Unreadable) else sentence_of(error) or str(error)
            yield Line(f"{file.name} : {said.rstrip('.')}.", False)
        except TooLong:
            yield Line(typo(f"{file.name} : une de ses sections serait trop longue pour une page. Importez-le par l’écran."), False)
        except TooMany:
            yield Line(typo(f"{file.name} : {TOO_MANY_FILES}."), False)


def _bring_one_in(database: Database, file: Path, slug: str, address: str) -> str:
    with database.session() as session:  # before the file is read: a wrong name is said at once
        _seat_of(reader_at(session, address), slug)
    with file.open("rb") as opened:
        incoming = take_in(opened.read(MOST_BYTES + 1), file.name)
    with database.session(write=True) as session:
        reader = reader_at(session, address)
        session.reader, seat = reader, _seat_of(reader, slug)
        canvas = canvas_of(session, seat.collectif_id)
        told = told_by(incoming, propose(incoming.parsed, canvas), canvas)
        if not told:
            raise Unreadable("empty")
        make_drafts(session, reader, seat, incoming, told)
        session.commit()
    return typo(_said(incoming, told, canvas))


def _said(incoming: Incoming, told: list[Told], canvas: list[CanvasView]) -> str:
    headings = {section.slug: section.heading for section in canvas}
    made = []
    for one in told:
        names = joined([f"« {headings.get(slug, slug)} »" for slug in one.sections])
        made.append(f"« {one.title} » dans {names}")
    left = report.sentence(incoming.parsed.left)
    return f"{count(len(told), 'brouillon')}, {' ; '.join(made)}{f'. {left[:1].upper()}{left[1:]}' if left else ''}."


def put_out(database: Database, recit_id: str, address: str, ending: str, file: Path, root: str) -> int:
    """Write a récit to a file, as this person may take it away; Markdown has its images beside it, and their number comes back.
    Raises Refused, or FileExistsError: nothing is written over."""
    beside: dict[str, bytes] = {}
    with database.session() as session:
        session.reader = reader = reader_at(session, address)
        try:
            outgoing = take_out(session, reader, recit_id.rstrip("/").rpartition("/")[2], root)
            if outgoing is None:
                raise Refused(f"{reader.name} ne lit aucun récit à cette adresse.")
            if ending == "md":
                data, beside = to_markdown_beside(outgoing)
            else:
                data = FORMATS[ending].make(outgoing)
        except NotYours as error:
            raise Refused("Dans un groupe, chaque personne n’exporte que ses propres textes.") from error
        except NoPdf as error:
            raise Refused(NO_PDF) from error
    write_private(file, data)
    for name, found in beside.items():
        write_private_once(file.parent / name, found)
    return len(beside)


def reader_at(session: RexSession, address: str) -> Reader:
    """The person with this address, with the rights that they have now. Raises Refused."""
    with session.as_system("find by its address the person for whom a command acts"):
        user_id = session.scalar(select(Credential.user_id).where(Credential.address == normal_address(address)))
    found = as_readers(session, [user_id]).get(user_id) if user_id is not None else None
    if found is None:
        raise Refused(f"Personne n’a de compte à l’adresse {address}.")
    return found


def _seat_of(reader: Reader, slug: str) -> MembershipView:
    seat = reader.in_collectif(slug)
    if seat is None:
        known = joined([membership.collectif_slug for membership in reader.memberships]) or "aucun"
        raise Refused(typo(f"{reader.name} n’est pas membre de « {slug} » ; ses collectifs : {known}."))
    return seat


__all__ = ["Line", "bring_in", "reader_at"]
