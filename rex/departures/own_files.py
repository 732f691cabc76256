"""The files of a récit in the archive of a person’s own data: beside its texts, which show them where they lie."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from sqlalchemy import select

from rex.db import RexSession
from rex.documents.own_marks import FILE, write_beside
from rex.journal.attachment_models import Attachment
from rex.journal.attachments import bytes_of, name_of
from rex.keys import KeyLost
from rex.sealed_files import FileLost
from rex.text.urls import UPLOADS

FOLDER = "fichiers"


class FilesBeside:
    """One récit’s. A file that the host lost has no place in the archive: the texts name it by its address in REX."""

    def __init__(self, session: RexSession, recit_id: int) -> None:
        self._session = session
        rows = session.scalars(select(Attachment).where(Attachment.entry_id == recit_id).order_by(Attachment.id)).all()
        self._kept = {f"{UPLOADS}{one.public_id}": one for one in rows if is_there(session, one)}
        self._shown: dict[str, str] = {}  # name in the folder of the récit → address in REX

    def written(self, title: str, preface: Sequence[str], sections: Sequence[tuple[str, str, str]]) -> bytes:
        """A text as Markdown that REX takes back, its links leading to the files of the archive."""
        text, shown = write_beside(title, preface, sections, self._ending_of)
        self._shown |= shown
        return text.encode()

    def names(self) -> list[dict[str, str]]:
        """Where each lies, once the texts are written; those that no text shows come last."""
        shown = [{"adresse": address, "fichier": name} for name, address in self._shown.items()]
        others = [address for address in self._kept if address not in self._shown.values()]
        return shown + [
            {"adresse": address, "fichier": f"{FOLDER}/{rank:02d}-{name_of(self._session, self._kept[address])}"}
            for rank, address in enumerate(others, 1)
        ]

    def bytes_at(self, address: str) -> bytes | None:
        return bytes_there(self._session, self._kept[address])

    def _ending_of(self, address: str) -> str:
        kept = self._kept.get(address)
        return PurePath(name_of(self._session, kept)).suffix.removeprefix(".") if kept else ""


def is_there(session: RexSession, kept: Attachment) -> bool:
    """Whether its name and its bytes can be read."""
    try:
        return bool(name_of(session, kept)) and bytes_there(session, kept) is not None
    except KeyLost:
        return False


def bytes_there(session: RexSession, kept: Attachment) -> bytes | None:
    """None for what the host lost, or what went while the archive was made: the archive holds the rest."""
    try:
        return bytes_of(session, kept)
    except (FileLost, KeyLost):
        return None


def leading_to(names: Mapping[str, str], words: str) -> str:
    """A text whose links to these files (address → name) lead to them."""
    return FILE.sub(lambda found: names.get(found[1], found[1]), words)
