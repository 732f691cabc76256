"""A text on its way out of a group, as tests make it: rewritten, decided, put to the members."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from sqlalchemy import select

from rex.collectifs.group_models import PeerGroup
from rex.db import Database
from rex.journal.models import Authorship, Entry
from rex.peer_groups.models import Decision
from rex.versements import actions
from rex.versements.models import Versement
from rex.versements.rewriting import Rewriting, unpacked
from rex.versements.sources import Origin, own_text
from tests.cast import Person
from tests.making import MadeGroup, reader_of

SAFE = "J’ai dû taire une décision pendant des semaines. Le silence disait déjà tout."


def make_versement(database: Database, author: Person, group_id: int, source: str, said: Rewriting | None = None) -> str:
    """A text of the group that its author rewrites; saying `said`, and put to the members, when it is given. Its public id."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        seat = who.seat(group_id)
        assert seat is not None, f"{author.name} is not there"
        text = own_text(session, who, seat, Origin.ENTRY, source)
        assert text is not None, "it is not a text of theirs"
        made = actions.begin(session, who, seat, text)
        if said is not None:
            actions.save(session, made, said)
            group = session.scalars(select(PeerGroup).where(PeerGroup.id == group_id)).one()
            actions.ask(session, who, group, made)
        public_id = made.public_id
        session.commit()
    return public_id


def text_of(answer: Any) -> str:
    """A page as one reads it."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))))


@dataclass(frozen=True)
class Leaving:
    """A versement as tests speak of it."""

    group: MadeGroup
    public_id: str

    @property
    def url(self) -> str:
        return f"{self.group.url}/versements/{self.public_id}"


def begin(visit: Any, who: str, group: MadeGroup, source: str, origin: str = "texte") -> Leaving:
    """« Réécrire » on a text of one's own, « Rédiger un texte à verser » on a message or a dépôt."""
    answer = visit.as_(who).send(f"{group.url}/versements", {origin: source})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return Leaving(group, answer.location.rpartition("/")[2])


def form_of(visit: Any, who: str, leaving: Leaving, **typed: str) -> dict[str, Any]:
    """What the page of the rewriting would send, with what is typed over it."""
    page = visit.as_(who).get(leaving.url).get_data(as_text=True)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version, page[:400]
    return {"version": version[1], "nature": "difficulte", "texte": SAFE, **typed}


def put(visit: Any, who: str, leaving: Leaving, **typed: str) -> Any:
    """« Demander l’accord », with this text."""
    return visit.as_(who).send(leaving.url, {**form_of(visit, who, leaving, **typed), "acte": "demander"})


def decision_of(answer: Any) -> str:
    assert answer.status_code == 303, text_of(answer)[-1500:]
    return answer.location.rpartition("/")[2]


def say(visit: Any, who: str, group: MadeGroup, decision_id: str, answer: str = "oui") -> Any:
    return visit.as_(who).send(f"{group.url}/decisions/{decision_id}", {"reponse": answer})


def told_by(database: Database, person: Person, collectif_id: int) -> list[Entry]:
    """What somebody signed in a collectif."""
    with database.system("what appeared") as session:
        signed = select(Authorship.entry_id).where(Authorship.user_id == person.id)
        return list(
            session.scalars(select(Entry).where(Entry.collectif_id == collectif_id, Entry.id.in_(signed)).order_by(Entry.id))
        )


def row_of(database: Database, leaving: Leaving) -> tuple[Versement, Rewriting]:
    with database.system("a versement") as session:
        row = session.scalars(select(Versement).where(Versement.public_id == leaving.public_id)).one()
        return row, unpacked(row.content)


def is_kept(database: Database, leaving: Leaving) -> bool:
    """Whether the group still has it."""
    with database.system("a versement") as session:
        return session.scalar(select(Versement.id).where(Versement.public_id == leaving.public_id)) is not None


def decision_row(database: Database, public_id: str) -> Decision:
    with database.system("a decision") as session:
        return session.scalars(select(Decision).where(Decision.public_id == public_id)).one()
