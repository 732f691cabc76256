"""An archive comes in, slice by slice, one transaction for each; nothing of it shows before all of it is there.

Meanwhile its collectif is of a kind that no page asks for, has no member, and every text is told to it alone. The last
transaction seats the members, opens to the réseau what was open to it, and makes it a collectif. Stopped, it goes on at the line
where it was: the row `ArchiveArrival` counts lines in the transaction that writes them. Refused, it is taken away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import DataError, IntegrityError

from rex.archives import writing, writing_around, writing_tensions, writing_trends
from rex.archives.models import ArchiveArrival, ArchivedPerson
from rex.archives.placing import Place, is_taken
from rex.archives.shape import KINDS, TEXTS, Line, Wrong, moment
from rex.archives.showing import show
from rex.archives.unpacking import Unpacked, damaged, unpacked
from rex.collectifs.models import ArrivingCollectif, Membership, Service, Space, User
from rex.db import Database, RexSession, new_public_id
from rex.digests.models import Digest
from rex.exchanges.models import Exchange, Synthese
from rex.journal.attachment_models import Attachment
from rex.journal.canvas import CanvasView, change_canvas
from rex.journal.difficulty_models import Echo
from rex.journal.models import Action, Entry
from rex.journal.together_models import ActionNote, Rereading
from rex.referentiel.models import OwnBalise
from rex.refusals import Refused
from rex.sealed_words import SpaceKind, key_name_of
from rex.search import indexing
from rex.tensions.models import Arbitrage, OwnIdea, TensionAct, TensionSettings, TensionTrial
from rex.trends.models import CounterReading, Jalon

AT_ONCE = {"fichiers": 5}  # each is made anew, in a program apart
SLICE = 100
WRITERS = writing_around.WRITERS | writing_tensions.WRITERS | writing_trends.WRITERS | {
    "actions": writing.actions,
    "recits": writing.recits,
    "difficultes": writing.difficulties,
    "reconnaissances": writing.recognitions,
}
_NAMED = {
    "collectif": Space, "services": Service, "balises": OwnBalise, "actions": Action, "recits": Entry,
    "difficultes": Entry, "reconnaissances": Entry, "echanges": Exchange, "echos": Echo, "syntheses": Synthese,
    "relectures": Rereading, "notes": ActionNote, "fichiers": Attachment, "idees": OwnIdea, "tensions": Entry,
    "actes": TensionAct, "arbitrages": Arbitrage, "essais": TensionTrial, "lettres": Digest,
    "jalons": Jalon, "lectures": CounterReading,
}  # fmt: skip
Say = Callable[[int, int], None]  # lines that came, lines in all


@dataclass(frozen=True)
class Wanted:
    """How the archive should come in: under which slug (empty: its own), whether people are matched by their addresses."""

    slug: str = ""
    by_address: bool = False


@dataclass(frozen=True)
class Brought:
    """What came in."""

    name: str
    slug: str
    texts: int
    matched: int


class Busy(Refused):
    """Another command brings the same archive in."""


def bring_in(database: Database, path: Path, wanted: Wanted, say: Say = lambda _done, _total: None) -> Brought:
    """Bring an archive in, or go on where it was stopped. Raises Refused, and then nothing of it is left."""
    with unpacked(path) as archive:
        place = _gone_on(database, archive, wanted) or _begun(database, archive, wanted)
        try:
            _read_links(archive, place)
            _fill(database, archive, place, say)
            with database.system("an archive is all there", write=True) as session:
                matched = show(session, archive, place)
                name, slug = session.execute(select(Space.name, Space.slug).where(Space.id == place.collectif_id)).one()
        except Busy:
            raise
        except (Refused, Wrong, IntegrityError, DataError) as error:
            erase(database, place.collectif_id, place.key_name)
            raise error if isinstance(error, Refused) else damaged(path) from error
        return Brought(name, slug, sum(archive.counts[kind] for kind in TEXTS), matched)


def abandon(database: Database, path: Path) -> bool:
    """Take away what came of an archive that was stopped; False when nothing did."""
    with unpacked(path) as archive:
        place = _gone_on(database, archive, None)
    if place is not None:
        erase(database, place.collectif_id, place.key_name)
    return place is not None


def erase(database: Database, collectif_id: int, key_name: str) -> None:
    """A collectif that did not come in whole goes, with its files and its key, and the accounts made for it: those that nobody
    opened meanwhile, and that stand for nobody in another archive, which matched them by their addresses."""
    with database.system("an archive that does not come in leaves nothing", write=True) as session:
        files = select(Attachment.public_id).join(Entry, Entry.id == Attachment.entry_id)
        for public_id in session.scalars(files.where(Entry.collectif_id == collectif_id)).all():
            session.files.remove(session, public_id)
        indexing.forget_collectifs(session, [collectif_id])
        made = select(ArchivedPerson.user_id).where(ArchivedPerson.collectif_id == collectif_id, ArchivedPerson.is_new)
        closed = select(User.id).where(User.id.in_(made), User.closed_at.is_not(None))
        user_ids = set(session.scalars(closed))
        session.execute(delete(Space).where(Space.id == collectif_id).execution_options(synchronize_session=False))
        others = select(ArchivedPerson.user_id).where(ArchivedPerson.user_id.in_(user_ids))
        kept = {*session.scalars(others), *session.scalars(select(Membership.user_id).where(Membership.user_id.in_(user_ids)))}
        theirs = update(ArchivedPerson).where(ArchivedPerson.user_id.in_(kept)).values(is_new=True)
        session.execute(theirs.execution_options(synchronize_session=False))
        session.execute(delete(User).where(User.id.in_(user_ids - kept)).execution_options(synchronize_session=False))
    database.keyring.destroy(key_name)


# --- the place ------------------------------------------------------------------------------------------------------------


def _gone_on(database: Database, archive: Unpacked, wanted: Wanted | None) -> Place | None:
    """The place of this very archive, when it was stopped on its way in."""
    with database.system("whether this archive was stopped on its way in") as session:
        rows = session.execute(
            select(ArchiveArrival, Space)
            .join(Space, Space.id == ArchiveArrival.collectif_id)
            .where(ArchiveArrival.digest == archive.digest)
        ).all()
        fits = [row for row in rows if wanted is None or wanted.slug in ("", row[1].slug)]
        if not fits:
            return None
        arrival, space = fits[0]
        if wanted is not None and wanted.by_address is not arrival.by_address:
            raise Refused("Cette archive est déjà en chemin, avec d’autres options : reprenez les mêmes, ou --abandon d’abord.")
        return Place(space.id, space.public_id, space.key_name, arrival.is_renamed, arrival.by_address, archive.root)


def _begun(database: Database, archive: Unpacked, wanted: Wanted) -> Place:
    """A new place, seen by nobody. Raises Refused when its name in addresses is taken."""
    line = next(archive.lines("collectif"))
    slug = wanted.slug or line["slug"]
    with database.system("whether an archive can come in") as session:
        taken = session.scalar(select(Space.kind).where(Space.slug == slug))
        is_renamed = any(_is_one_taken(session, archive, kind) for kind in _NAMED)
    # A key without its collectif may be waiting for a backup of the base: it stays what it is.
    is_renamed = is_renamed or database.keyring.has(key_name_of(SpaceKind.COLLECTIF, line["id"]))
    if taken is SpaceKind.ARRIVING:
        raise Refused(f"Une autre archive est en chemin sous le nom « {slug} » : finissez-la, ou choisissez --slug.")
    if taken is not None:
        raise Refused(f"« {slug} » est déjà le nom d’un collectif dans les adresses : donnez-en un autre, avec --slug.")
    public_id = new_public_id() if is_renamed else line["id"]
    key_name = key_name_of(SpaceKind.COLLECTIF, public_id)
    database.keyring.create(key_name)
    place = Place(0, public_id, key_name, is_renamed, wanted.by_address, archive.root)
    try:
        place.collectif_id = _make_room(database, archive, place, slug)
    except (IntegrityError, DataError) as error:
        with database.system("whether another command was quicker") as session:
            there = session.scalars(select(Space.public_id).where((Space.slug == slug) | (Space.public_id == public_id))).all()
        if public_id not in there:  # else the key is the other command's too
            database.keyring.destroy(key_name)
        if not there:
            raise damaged(archive.path) from error
        raise Busy("Une autre commande vient de prendre ce nom : laissez-la finir, puis recommencez.") from error
    return place


def _make_room(database: Database, archive: Unpacked, place: Place, slug: str) -> int:
    """The rows of the place; returns its number."""
    line = next(archive.lines("collectif"))
    with database.system("an archive begins to come in", write=True) as session:
        space = ArrivingCollectif(
            public_id=place.public_id,
            slug=slug,
            name=writing.one_line(line["nom"]),
            about=line["presentation"],
            timezone=line["fuseau"],
            is_open_to_partners=line["ouvert_aux_partenaires"],
            created_at=moment(line["cree_le"]),
        )
        session.add(space)
        session.flush()
        if line["tensions_par_les_membres"]:
            session.add(TensionSettings(collectif_id=space.id, members_curate=True))
        change_canvas(session, space.id, [CanvasView(c["slug"], c["titre"], c["aide"], c["ouverte"]) for c in line["canevas"]])
        options = {"is_renamed": place.is_renamed, "by_address": place.by_address}
        session.add(ArchiveArrival(collectif_id=space.id, digest=archive.digest, kind=KINDS[1], **options))
        return space.id


def _is_one_taken(session: RexSession, archive: Unpacked, kind: str) -> bool:
    lines = archive.lines(kind)
    while codes := [line["id"] for line in islice(lines, 500)]:
        if is_taken(session, _NAMED[kind], codes):
            return True
    return False


def _read_links(archive: Unpacked, place: Place) -> None:
    for kind in (*TEXTS, "actions", "fichiers", "lettres"):
        place.held.update(line["id"] for line in archive.lines(kind))
    place.own_balises.update(line["id"] for line in archive.lines("balises"))


# --- the lines ------------------------------------------------------------------------------------------------------------


def _fill(database: Database, archive: Unpacked, place: Place, say: Say) -> None:
    with database.system("how far an archive came") as session:
        arrival = session.scalars(_arrival(place)).one()
        came = arrival.kind, arrival.lines
    total = sum(archive.counts[kind] for kind in KINDS[1:])
    done = sum(archive.counts[kind] for kind in KINDS[1 : KINDS.index(came[0])]) + came[1]
    say(done, total)
    for kind in KINDS[KINDS.index(came[0]) :]:
        at = came[1] if kind == came[0] else 0
        for lines in _slices(archive, place, kind, at):
            at += len(lines)
            with database.system("lines of an archive come in", write=True) as session:
                _hold(session, place, came)
                if kind == "fichiers":
                    writing_around.files(session, place, lines, archive)
                else:
                    WRITERS[kind](session, place, lines)
                session.execute(_here(place).values(kind=kind, lines=at))
            came, done = (kind, at), done + len(lines)
            say(done, total)


def _slices(archive: Unpacked, place: Place, kind: str, at: int) -> Iterator[list[Line]]:
    lines, linked = islice(archive.lines(kind), at, None), place.linker()
    while slice_ := [linked(line) for line in islice(lines, AT_ONCE.get(kind, SLICE))]:
        yield slice_


def _hold(session: RexSession, place: Place, came: tuple[str, int]) -> None:
    """The count, held until the end of the transaction: two commands do not bring the same lines in. Raises Busy."""
    arrival = session.scalars(_arrival(place).with_for_update()).first()
    if arrival is None or (arrival.kind, arrival.lines) != came:
        raise Busy("Une autre commande reprend la même archive : laissez-la finir.")


def _arrival(place: Place) -> Any:
    return select(ArchiveArrival).where(ArchiveArrival.collectif_id == place.collectif_id)


def _here(place: Place) -> Any:
    return update(ArchiveArrival).where(ArchiveArrival.collectif_id == place.collectif_id)
