"""A group feeds no tension and no letter but its own: the words that are planted in one are looked for in what the computation
proposes, in tensions, in suggestions, in letters and in their mails, in the archive of a collectif, in the base as it lies."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from rex import clock
from rex.access import told_difficulties
from rex.db import Base, Database, RexSession
from rex.digests.composing import compose
from rex.digests.models import Digest, DigestItem, DigestSettings, Rhythm
from rex.digests.publishing import publish
from rex.journal.models import Audience, Entry
from rex.refusals import Refused
from rex.tensions import acts, near_index
from rex.tensions.computing import compute, compute_due
from rex.tensions.models import TensionProposal, TensionProposalItem
from rex.tensions.near import resembling
from tests.archives.travelling import take_out, whole
from tests.cast import Cast
from tests.house.addresses import path_of, rules_of
from tests.house.filled_room import fill
from tests.house.planting import NOWHERE, Room
from tests.house.test_side_doors import MEMBERS, entering, everything_said
from tests.journal.difficulties import make_difficulty
from tests.making import make_recit, reader_of
from tests.tensions.making import acting, found, name, tell

ALIKE = "Les consignes changent chaque semaine, le planning est refait, et l’équipe recommence tout le chantier"
OTHERS = (
    "Le portail des factures refuse les petits producteurs",
    "La réunion de projet tombe quand l’équipe du matin est partie",
    "Personne ne sait à qui appartient le robinet du stade",
    "Le questionnaire n’avait pas de ligne pour écrire",
)


@pytest.fixture
def room(database: Database, cast: Cast) -> Room:
    """A group that says what its collectif says, with words of its own; enough is told in the collectif for a grouping."""
    room = fill(database, cast)
    for number, who in enumerate((cast.dora, cast.noor, cast.camille, cast.dora, cast.noor)):
        words = f"{ALIKE}. {room.says(f'revient {number}')}."
        room.others.setdefault("difficulty_id", []).append(
            make_difficulty(database, who, words, audience=Audience.GROUPE, group=room.id).public_id
        )
    for rank, who in enumerate((cast.camille, cast.bruno, cast.paul, cast.ana)):
        tell(database, who, cast.valombre_id, *(f"{ALIKE}, {rank}{number} fois." for number in range(3)))
        tell(database, who, cast.valombre_id, *(f"{words}, dit-on ici depuis {rank + 2} ans." for words in OTHERS))
    return room


def everything_kept(database: Database) -> str:
    with database.engine.connect() as connection:
        tables = [table.name for table in Base.metadata.sorted_tables]
        return repr([connection.exec_driver_sql(f'SELECT * FROM "{table}"').all() for table in tables])


def of_the_group(session: RexSession, room: Room) -> set[int]:
    return set(session.scalars(select(Entry.id).where(Entry.collectif_id == room.id)))


def test_no_proposal_is_made_of_what_a_group_says(database: Database, cast: Cast, room: Room):
    compute_due(database)
    with database.system("what was proposed") as session:
        proposals = session.scalars(select(TensionProposal)).all()
        assert proposals and {one.collectif_id for one in proposals} == {cast.valombre_id}
        proposed = set(session.scalars(select(TensionProposalItem.difficulty_id)))
        assert proposed & of_the_group(session, room) == set()
        assert room.said_in(" ".join(one.reasons for one in proposals)) == set()
    assert not compute(database, room.id, at_once=True), "nothing is computed of a group"
    assert room.said_in(everything_kept(database)) == set()


def test_a_difficulty_of_a_group_is_in_no_tension(database: Database, cast: Cast, room: Room):
    (here,) = tell(database, cast.camille, cast.valombre_id, "Une difficulté du journal.")
    tension = name(database, cast.ana, cast.valombre_id, "Une tension du journal", here)
    with database.system("their ids") as session:
        inside = sorted(of_the_group(session, room))
    for who in MEMBERS:  # they read it, and may not take it out
        for entry_id in inside[-5:]:
            with acting(database, cast.people[who], cast.valombre_id) as (session, reader, _), pytest.raises(Refused) as refused:
                acts.link(session, reader, found(session, reader, tension), entry_id)
            with acting(database, cast.people[who], cast.valombre_id) as (session, reader, _), pytest.raises(Refused) as unknown:
                acts.link(session, reader, found(session, reader, tension), 987654)
            assert str(refused.value) == str(unknown.value), "as one that does not exist"
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.dora)
        seat = reader.seat(room.id)
        assert seat is not None
        with pytest.raises(PermissionError):
            acts.name(session, reader, seat, "Une tension du groupe", "", inside[-2:])


def test_no_suggestion_says_a_word_of_a_group(database: Database, cast: Cast, room: Room):
    near_index.forget()
    compute_due(database)
    heard = 0
    for who in (*MEMBERS, "ana", "paul"):
        with database.session(write=True) as session:
            session.reader = reader = reader_of(session, cast.people[who])
            session.commit()
        with database.session(reader) as session:
            for seat in [reader.seat(cast.valombre_id), *([reader.seat(room.id)] if who in MEMBERS else [])]:
                if seat is None:
                    continue
                inside = {one.public_id for one in session.scalars(told_difficulties(reader).where(Entry.collectif_id == room.id))}
                for word in list(room.planted.values())[-5:]:
                    for _ in range(2):  # the second time, what is compared lies in memory
                        near = resembling(session, reader, seat, f"{ALIKE}. Mot {word} ici.", unsure=True)
                        said = repr([(one.title, one.closest, one.near_words, one.balises) for one in near])
                        assert word not in said and {one.closest_id for one in near} & inside == set()
                        assert near == [] or not seat.is_group
                        heard += len(near)
    assert heard > 5


def letter_of(database: Database, cast: Cast, group_id: int | None = None) -> int:
    """The letter of Valombre, or of a group, that left."""
    space_id = group_id or cast.valombre_id
    if group_id is None:
        make_recit(database, cast.ana, "Ce que le journal raconte", {"faits": f"{ALIKE}, et nous l’écrivons ici."})
    with database.system("a letter", write=True) as session:
        begun = clock.now() - timedelta(days=20)
        session.add(DigestSettings(collectif_id=space_id, rhythm=Rhythm.MONTHLY, weekday=4, hour=8, set_at=begun))
        session.flush()
        digest = compose(session, space_id)
        assert digest is not None
        publish(session, digest, None)
        return digest.id


def test_no_letter_and_no_mail_of_a_collectif_says_a_word_of_a_group(app: Flask, database: Database, cast: Cast, room: Room):
    compute_due(database)
    digest_id = letter_of(database, cast)
    with database.system("what it tells") as session:
        items = session.scalars(select(DigestItem).where(DigestItem.digest_id == digest_id)).all()
        assert items and {one.entry_id for one in items} & of_the_group(session, room) == set()
        assert room.said_in(repr([(one.title, one.words, one.why) for one in items])) == set()
    assert room.said_in(everything_kept(database)) == set()
    mails = everything_said(app, database)
    assert "La lettre" in mails and room.said_in(mails) == set()
    assert room.public_id not in mails or "Du nouveau dans un de vos groupes" in mails


def test_the_letter_of_a_group_is_read_in_its_room_alone(app: Flask, database: Database, cast: Cast, visit, room: Room):
    digest_id = letter_of(database, cast, room.id)
    assert room.said_in(everything_kept(database)) == set(), "sealed, as all that is said there"
    assert room.said_in(everything_said(app, database)) == set(), "a mail says that something is new"
    with database.system("its address") as session:
        public_id = session.scalars(select(Digest.public_id).where(Digest.id == digest_id)).one()
    path = f"/groupes-de-pairs/{room.public_id}/lettre/{public_id}"
    read = visit.as_("dora").get(path)
    assert read.status_code == 200 and room.said_in(read.get_data(as_text=True))
    for who in ("paul", "ana", "bruno", "ines", "admin"):
        client = visit.as_(who)
        client.proof_reads = False
        nothing = client.get(f"/groupes-de-pairs/{NOWHERE}/lettre/{NOWHERE}")
        for address in (path, f"/lettres/{public_id}", f"/lettres/{public_id}/edition", f"/lettres/{public_id}/exporter/md"):
            answer = client.get(address)
            assert answer.status_code == 404 and answer.get_data() == nothing.get_data(), (who, address)


def pages_of(app: Flask, ids: dict[str, str]) -> Iterator[str]:
    """Every address of the rooms of tensions and letters."""
    for rule in rules_of(app):
        module = app.view_functions[rule.endpoint].__module__
        if module.startswith(("rex.tensions.", "rex.digests.")) and "GET" in (rule.methods or ()):
            there = {variable: ids[variable] for variable in rule.arguments & set(ids)}
            yield path_of(app, rule, dict.fromkeys(rule.arguments, NOWHERE) | there)


def test_no_page_of_tensions_or_letters_says_a_word_of_a_group(app: Flask, database: Database, cast: Cast, visit, room: Room, ids):
    compute_due(database)
    digest_id = letter_of(database, cast)
    (here,) = tell(database, cast.camille, cast.valombre_id, f"{ALIKE} encore.")
    tension = name(database, cast.ana, cast.valombre_id, "Recommencer", here)
    with database.system("addresses") as session:
        letter = session.scalars(select(Digest.public_id).where(Digest.id == digest_id)).one()
        proposal = session.scalars(select(TensionProposal.public_id).order_by(TensionProposal.position)).first()
    known = ids | {"tension_id": tension.public_id, "digest_id": letter, "proposal_id": proposal or NOWHERE}
    seen = 0
    for who in ("ana", "paul", "ines", "admin"):
        client = entering(visit, cast, who)
        client.proof_reads = False
        for path in pages_of(app, known):
            answer = client.get(path)
            assert answer.status_code < 500 and room.said_in(answer.get_data(as_text=True)) == set(), (who, path)
            seen += answer.status_code == 200
    assert seen > 10


def test_an_archive_with_tensions_and_letters_says_no_word_of_a_group(database: Database, cast: Cast, room: Room, tmp_path):
    compute_due(database)
    letter_of(database, cast)
    (here,) = tell(database, cast.camille, cast.valombre_id, f"{ALIKE} encore.")
    name(database, cast.ana, cast.valombre_id, "Recommencer", here)
    said = whole(take_out(database, "valombre", tmp_path / "one.zip", addresses=True))
    assert "Recommencer" in said and room.said_in(said) == set() and room.public_id not in said
