"""`rex export collectif`, `rex import-collectif`: a whole collectif out and in, from the console of the host."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from rex.archives import arriving, packing, reading, work
from rex.archives.arriving import Brought, Wanted
from rex.archives.slices import Asked
from rex.collectifs.models import Collectif
from rex.db import Database
from rex.french import joined
from rex.refusals import Refused

BESIDE = ".en-cours"  # what the folder of the work adds to the name of the file
Say = Callable[[int, int], None]

__all__ = ["Brought", "Put", "Wanted", "bring_in", "put_out"]


@dataclass(frozen=True)
class Put:
    """What went out."""

    texts: int
    files: int


def put_out(database: Database, slug: str, file: Path, root: str, say: Say, *, addresses: bool = False) -> Put:
    """Write the archive of a collectif, or go on where it was stopped. Raises Refused."""
    if file.exists():
        raise Refused(f"{file} existe déjà : donnez un autre nom.")
    if not file.absolute().parent.is_dir():
        raise Refused(f"Le dossier {file.absolute().parent} n’existe pas.")
    asked = Asked(reading.seat_in(_collectif(database, slug)), addresses)
    folder = file.with_name(file.name + BESIDE)
    try:
        with work.working(folder, asked) as one:
            while not one.state.is_read:
                one.advance(database)
                say(one.state.texts, max(one.state.texts, one.state.total))
            path = packing.pack(one, root)
            try:
                os.link(path, file)  # never overwrites
            except FileExistsError as error:
                raise Refused(f"{file} existe déjà : donnez un autre nom.") from error
            except OSError:  # a disk without links
                path.rename(file)
            put = Put(one.state.texts, one.state.lines.get("fichiers", 0))
    except work.Busy as error:
        raise Refused(f"Une autre commande écrit déjà {file} : laissez-la finir.") from error
    except work.Another as error:
        raise Refused(f"{folder} est le travail d’une autre archive : effacez ce dossier, ou donnez un autre nom.") from error
    work.forget(folder)
    return put


def bring_in(database: Database, file: Path, wanted: Wanted, say: Say) -> Brought:
    """Bring an archive in, or go on where it was stopped. Raises Refused."""
    return arriving.bring_in(database, file, wanted, say)


def _collectif(database: Database, slug: str) -> Collectif:
    with database.system("find the collectif of which the host asks the archive") as session:
        found = session.scalars(select(Collectif).where(Collectif.slug == slug)).first()
        known = session.scalars(select(Collectif.slug).order_by(Collectif.slug).limit(20)).all()
    if found is None:
        raise Refused(f"Aucun collectif ne s’appelle « {slug} » dans les adresses ; il y a {joined(known) or 'personne'}.")
    return found
