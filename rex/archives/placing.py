"""Where what an archive names comes to be here: its identifiers, its people, the links of its texts."""

import base64
import hashlib
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select

from rex import clock
from rex.archives.models import ArchivedPerson
from rex.archives.shape import ID, Line, Wrong
from rex.collectifs.models import Credential, Service, User, normal_address
from rex.db import RexSession, new_public_id
from rex.exchanges.models import Exchange
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Action, Entry
from rex.journal.queries import NOBODY
from rex.referentiel.content import BALISES
from rex.tensions.models import Tension
from rex.text.urls import UPLOADS

_BALISES = {balise.code for balise in BALISES}
_FOLDERS = f"/(?:recits|difficultes|reconnaissances|tensions|actions|lettres|{UPLOADS.strip('/')})/"


@dataclass
class Place:
    """The collectif that an archive comes to. `is_renamed`: an identifier of the archive was taken here, so all get another one,
    always the same: whoever is stopped goes on. `held`: the texts, actions and files of the archive, which its texts may link to;
    `root`: the public address of the installation that it comes from."""

    collectif_id: int
    public_id: str
    key_name: str
    is_renamed: bool
    by_address: bool
    root: str = ""
    held: set[str] = field(default_factory=set)
    own_balises: set[str] = field(default_factory=set)

    def code(self, code: str) -> str:
        """The identifier here of what has this one in the archive."""
        if not self.is_renamed:
            return code
        return base64.urlsafe_b64encode(hashlib.sha256(f"{self.public_id}|{code}".encode()).digest()[:12]).decode()

    def balise(self, code: str) -> str:
        """The code of a balise: of the 23, or of one of the collectif's own. Raises Wrong."""
        if code in _BALISES:
            return code
        if code not in self.own_balises:
            raise Wrong("balises")
        return self.code(code)

    def linker(self) -> Callable[[Any], Any]:
        """What makes the links of a line lead to the same texts here."""
        start = rf"(?:{re.escape(self.root)}|(?<![\w.-]))" if self.root else r"(?<![\w.-])"
        link = re.compile(rf"{start}({_FOLDERS})({ID.pattern})(?![A-Za-z0-9_-])")

        def found(match: re.Match[str]) -> str:
            return f"{match[1]}{self.code(match[2])}" if match[2] in self.held else match[0]

        def linked(value: Any) -> Any:
            if isinstance(value, str):
                return link.sub(found, value) if "/" in value else value
            if isinstance(value, list):
                return [linked(one) for one in value]
            return {name: linked(one) for name, one in value.items()} if isinstance(value, dict) else value

        return linked

    # --- what came before, by its identifier in the archive ---------------------------------------------------------------

    def entries(self, session: RexSession, codes: Iterable[str | None]) -> dict[str, int]:
        return self._ids(session, Entry, codes, Entry.collectif_id == self.collectif_id)

    def difficulties(self, session: RexSession, codes: Iterable[str | None]) -> dict[str, int]:
        return self._ids(session, Difficulty, codes, Difficulty.collectif_id == self.collectif_id)

    def tensions(self, session: RexSession, codes: Iterable[str | None]) -> dict[str, int]:
        return self._ids(session, Tension, codes, Tension.collectif_id == self.collectif_id)

    def messages(self, session: RexSession, codes: Iterable[str | None]) -> dict[str, int]:
        return self._ids(session, Exchange, codes, Exchange.entry_id.in_(self.entry_ids()))

    def entry_ids(self) -> Any:
        """All the texts of this collectif, for a query about what hangs from them."""
        return select(Entry.id).where(Entry.collectif_id == self.collectif_id)

    def actions(self, session: RexSession, codes: Iterable[str | None]) -> dict[str, int]:
        return self._ids(session, Action, codes, Action.collectif_id == self.collectif_id)

    def services(self, session: RexSession, codes: Iterable[str | None]) -> dict[str, int]:
        return self._ids(session, Service, codes, Service.collectif_id == self.collectif_id)

    def _ids(self, session: RexSession, model: Any, codes: Iterable[str | None], here: ColumnElement[bool]) -> dict[str, int]:
        wanted = {self.code(code): code for code in codes if code is not None}
        if not wanted:
            return {}
        rows = session.execute(select(model.public_id, model.id).where(model.public_id.in_(wanted), here)).all()
        if len(rows) != len(wanted):
            raise Wrong("a line names what is not there")
        return {wanted[public_id]: row_id for public_id, row_id in rows}


def people(session: RexSession, place: Place, who: Iterable[Line | None]) -> dict[str | None, int]:
    """The accounts of those whom lines name (`personne`, `nom`): those that came already, others made now. One made for an archive
    is closed: nobody enters with it, it counts among no readers, and its name stands on what it signed."""
    named = {one["personne"]: one["nom"] for one in who if one and one["personne"]}
    known = _came(session, place, named)
    new = {code: name for code, name in named.items() if code not in known}
    for code, user_id in _made(session, place, new).items():
        known[code] = user_id
    return known


def members(session: RexSession, place: Place, lines: Collection[Line]) -> None:
    """The accounts of members: those that have their address here, when this is wanted; others are made, and keep that address, so
    that they can be opened to whoever it belongs to."""
    new = {line["id"]: line["nom"] for line in lines}
    if len(new) != len(lines) or _came(session, place, new):
        raise Wrong("personnes")
    wanted = {line["id"]: normal_address(line["adresse"]) for line in lines if place.by_address and line["adresse"]}
    here = select(Credential.address, Credential.user_id).where(Credential.address.in_(wanted.values()))
    owners = dict(session.execute(here).all()) if wanted else {}
    for code in [code for code in new if wanted.get(code) in owners]:
        session.add(_person(place, code, owners[wanted[code]], is_new=False))
        del new[code]
    for code, user_id in _made(session, place, new).items():
        address = wanted.get(code)
        if address is not None and address not in owners:
            owners[address] = user_id
            session.add(Credential(user_id=user_id, address=address, password_hash=None))
    session.flush()


def _came(session: RexSession, place: Place, codes: Iterable[str]) -> dict[str | None, int]:
    query = select(ArchivedPerson.code, ArchivedPerson.user_id).where(ArchivedPerson.collectif_id == place.collectif_id)
    return dict(session.execute(query.where(ArchivedPerson.code.in_(list(codes)))).all())


def _made(session: RexSession, place: Place, named: dict[str, str]) -> dict[str, int]:
    if not named:
        return {}
    wanted = {place.code(code): code for code in named}
    taken = set(session.scalars(select(User.public_id).where(User.public_id.in_(wanted))))
    users = {
        code: User(public_id=new_public_id() if own in taken else own, name=named[code].strip() or NOBODY, closed_at=clock.now())
        for own, code in wanted.items()
    }
    session.add_all(users.values())
    session.flush()
    session.add_all(_person(place, code, user.id, is_new=True) for code, user in users.items())
    session.flush()
    return {code: user.id for code, user in users.items()}


def _person(place: Place, code: str, user_id: int, *, is_new: bool) -> ArchivedPerson:
    return ArchivedPerson(collectif_id=place.collectif_id, user_id=user_id, code=code, is_new=is_new)


def is_taken(session: RexSession, model: Any, codes: Collection[str]) -> bool:
    """Whether something here has one of these identifiers."""
    return session.scalar(select(model.id).where(model.public_id.in_(codes)).limit(1)) is not None
