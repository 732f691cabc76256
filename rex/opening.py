"""Opening an installation outside of a web page: the base, its keys, the first things that every base holds."""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from rex import migrate
from rex.collectifs import links
from rex.collectifs.models import Space
from rex.config import Config
from rex.db import Database
from rex.files import write_private_once
from rex.keys import INSTALLATION, KeyLost, Keyring
from rex.mail import Outbox
from rex.sealed_words import key_name_of
from rex.search import whole


def open_database(config: Config) -> Database:
    """The database of this installation, with every table known."""
    migrate.import_models()
    database = Database(config.database_url, Keyring(config.keys_dir, config.master_key))
    _close_to_others(database)
    return database


def prepare(database: Database) -> list[str]:
    """Bring the base to this version and make the key of the installation's own mails; returns what `lost_keys` says."""
    _close_to_others(database)
    if migrate.current(database) != migrate.head():
        migrate.upgrade(database)
    else:
        whole.fill(database)  # what a fill that was stopped left
    lost = lost_keys(database)
    if len(lost) == 1 and not database.keyring.has(INSTALLATION) and not _has_sealed_mail(database):
        # Only this one is missing and nothing needs a former one: a new base, not one whose keys are still to be restored.
        database.keyring.create(INSTALLATION)
        return []
    return lost


def lost_keys(database: Database) -> list[str]:
    """One French sentence for each space whose key is missing or does not open; empty when all is well."""
    with database.system("check the keys of every space") as session:
        rows = session.execute(select(Space.kind, Space.public_id).order_by(Space.id)).all()
        spaces = [key_name_of(kind, public_id) for kind, public_id in rows]
    sentences = []
    for space in [INSTALLATION, *spaces]:
        try:
            database.keyring.check(space)
        except KeyLost as lost:
            sentences.append(str(lost))
    return sentences


def has_administrator(database: Database) -> bool:
    """Whether somebody can enter here and administer: not so in an empty base, nor in one where archives alone came in."""
    with database.system("whether somebody administers") as session:
        return links.has_administrator(session)


def _close_to_others(database: Database) -> None:
    """Make SQLite's file before SQLite does, which would let every account of the machine read it (its journals follow it)."""
    path = Path(database.url.database or "")
    if database.is_sqlite and path.parent.is_dir() and not path.exists():
        with suppress(OSError):  # a folder that cannot be written: opening the base says so
            write_private_once(path, b"")


def _has_sealed_mail(database: Database) -> bool:
    with database.system("whether a sealed mail waits") as session:
        return session.scalar(select(Outbox.id).where(Outbox.sealed.is_not(None)).limit(1)) is not None
