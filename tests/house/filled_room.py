"""A peer group filled through the application's own acts: a word of its own in everything that people may write there.

Members: Dora and Noor (responsables), Camille. Bruno was removed; Jeanne is invited; Paul has a group of his own."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from rex import clock
from rex.access import visible_entries, visible_recits
from rex.collectifs.group_models import GroupMember, Rule
from rex.collectifs.models import Collectif
from rex.db import Database, RexSession
from rex.exchanges.actions import Words, edit, version_of
from rex.exchanges.closing import Sentence, close_thread
from rex.exchanges.entries import find_entry
from rex.exchanges.models import Posture, Synthese
from rex.exchanges.queries import find_exchange
from rex.intake import rewritten
from rex.journal import attachments, consents, difficulties, notes, recognitions
from rex.journal.action_queries import action_page
from rex.journal.difficulty_models import Echo
from rex.journal.difficulty_sealing import Written
from rex.journal.drafts import save_text
from rex.journal.models import Audience, Entry, EntryKind, Recit
from rex.journal.publishing import publish
from rex.journal.publishing import withdraw as take_back
from rex.journal.recognitions import Recipient
from rex.journal.rereading import reread
from rex.journal.together_models import Meeting
from rex.peer_groups.creating import Charter, create_group, seat
from rex.peer_groups.dissolving import propose_dissolution
from rex.peer_groups.models import Decision, DecisionKind, JoinRequest
from rex.reports.hanging import Kind
from rex.seances import actions as seances
from rex.seances import leading
from rex.seances.models import Seance, SeanceKind, Step
from rex.seances.planning import Plan, set_seance
from rex.text.traces import TraceKind
from rex.versements.rewriting import Act, Decided, Rewriting
from tests.cast import Cast
from tests.digests.filling import fill_letter
from tests.given import photograph
from tests.house.filled_room_late import name_texts_of_seances, open_once, suspend_in_seance
from tests.house.planting import QUOTED, Room, on_page
from tests.making import Made, make_exchange, make_group, make_report
from tests.peer_groups.filling import fill_openings
from tests.peer_groups.groups import make_responsable
from tests.versements.leaving import make_versement


def fill(database: Database, cast: Cast, *, beside: bool = True) -> Room:
    """Everything that may be written in a group; `beside` it, Paul has one of his own."""
    room = Room(database, cast)
    _found(room)
    told = _tell_recits(room)
    _talk(room, told)
    _note_difficulties(room)
    _thank(room)
    _suspend_each(room)
    _meet(room)
    _decide(room)
    _let_out(room)
    fill_openings(room)
    open_once(room)
    suspend_in_seance(room)
    name_texts_of_seances(room)
    fill_letter(room)
    if beside:
        make_group(database, cast.paul, called="Un autre groupe")
    return room


def _found(room: Room) -> None:
    cast = room.cast
    with room.acting(cast.dora) as (session, who):
        charter = Charter(room.says("groupe: nom"), room.says("groupe: engagement"), room.says("groupe: pacte"))
        group = create_group(session, who, replace(charter, exclusion_rule=Rule.DEUX_TIERS))
        with session.as_system("seat the members"):
            places = [seat(session, group, person.id) for person in (cast.noor, cast.camille, cast.bruno)]
        room.id, room.public_id = group.id, group.public_id
        room.ids |= {"group_id": group.public_id, "member_id": places[0].public_id}
    make_responsable(room.database, room.id, cast.noor)


def _tell_recits(room: Room) -> Made:
    """One that is told, its action told twice, one that waits for a consent, a draft, one withdrawn, one of who was removed."""
    cast, database = room.cast, room.database
    told = room.recit(cast.dora, "récit")
    with room.acting(cast.dora) as (session, who):
        recit = session.scalars(visible_recits(who).where(Recit.id == told.id)).one()
        save_text(session, who, recit, "faits", f"{room.says('récit: corrigé')}.\n\n{QUOTED}", 1)
        publish(session, who, recit, Audience.GROUPE, room.says("récit: conteur"))
        place = who.seat(room.id)
        assert place is not None
        given = attachments.give(session, who, place, recit, rewritten(photograph()), room.says("fichier: légende"))
        room.ids["file_id"] = given.public_id
        room.ids["rereading_id"] = reread(session, who, recit, room.says("relecture"), Audience.GROUPE).public_id
    other = room.recit(cast.camille, "autre récit", action=told.action_public_id)
    room.ids["note_id"] = room.ids["text_id"] = _note(room, told, other, "note")
    draft = room.recit(cast.dora, "brouillon", audience=None, co_authors=(cast.camille,))
    with room.acting(cast.dora) as (session, who):
        recit = session.scalars(visible_recits(who).where(Recit.id == draft.id)).one()
        save_text(session, who, recit, "faits", room.says("brouillon: repris"), 1)
        consents.ask(session, who, recit, Audience.GROUPE, room.says("brouillon: conteur"))
    removed = room.recit(cast.bruno, "récit de qui part")
    left = room.recit(cast.bruno, "brouillon de qui part", audience=None)
    with database.system("Bruno is removed", write=True) as session:
        mine = GroupMember.group_id == room.id, GroupMember.user_id == cast.bruno.id
        session.scalars(select(GroupMember).where(*mine)).one().left_at = clock.now()
    withdrawn = room.recit(cast.dora, "récit retiré")
    make_exchange(
        database, cast.noor, withdrawn.public_id, room.says("message caché"), quote=room.quoted("récit retiré: faits"), slug="faits"
    )
    with room.acting(cast.dora) as (session, who):
        take_back(session, who, session.scalars(visible_recits(who).where(Recit.id == withdrawn.id)).one())
    room.ids |= {"recit_id": told.public_id, "entry_id": told.public_id, "action_id": told.action_public_id}
    room.others["recit_id"] = [one.public_id for one in (draft, withdrawn, removed, left)]
    return told


def _note(room: Room, one: Made, other: Made, name: str) -> str:
    with room.acting(room.cast.noor) as (session, who):
        page = action_page(session, who, one.action_public_id)
        assert page is not None
        known = {recit.card.id: recit for recit in page.recits}
        pair = known[one.id], known[other.id]
        words = room.says(name)
        return notes.write_note(session, who, pair, "faits", Meeting.DIVERGENT, words, Audience.GROUPE).public_id


def _talk(room: Room, told: Made) -> None:
    cast, database = room.cast, room.database
    quote = room.quoted("récit: corrigé")
    said = make_exchange(database, cast.camille, told.public_id, room.says("message d’avant"), quote=quote, slug="faits")
    make_exchange(database, cast.noor, told.public_id, room.says("réponse"), Posture.APPORT, parent=said)
    with room.acting(cast.camille) as (session, who):
        exchange = find_exchange(session, who, said)
        assert exchange is not None
        edit(session, who, exchange, Words(Posture.QUESTION, room.says("message")), version_of(exchange))
    room.ids["exchange_id"] = said
    closed = room.recit(cast.camille, "récit au fil clos")
    make_exchange(database, cast.dora, closed.public_id, room.says("message du fil clos"))
    with room.acting(cast.noor) as (session, who):
        entry = find_entry(session, who, closed.public_id, hold=True)
        assert entry is not None
        close_thread(session, who, entry, entry.audience, [Sentence(room.says("synthèse"), "1")])
    room.others["recit_id"].append(closed.public_id)


def _note_difficulties(room: Room) -> None:
    cast = room.cast
    with room.acting(cast.camille) as (session, who):
        place = who.seat(room.id)
        assert place is not None
        written = Written(room.says("difficulté"), room.says("difficulté: effet"))
        noted = difficulties.share(session, who, place, Audience.GROUPE, written)
        kept = difficulties.keep_for_oneself(session, who, place, Written(room.says("difficulté gardée")))
        room.ids["difficulty_id"], room.others["difficulty_id"] = noted.public_id, [kept.public_id]
        room.others["entry_id"] = [noted.public_id, kept.public_id]
    with room.acting(cast.noor) as (session, who):
        difficulties.add_echo(session, who, who.seat(room.id), on_page(session, who, noted.public_id), room.says("écho"))


def _thank(room: Room) -> None:
    cast = room.cast
    for name, answered in (("merci", True), ("merci qui attend", False)):
        with room.acting(cast.camille) as (session, who):
            place = who.seat(room.id)
            assert place is not None
            to = Recipient(room.says(f"{name}: à qui"), user_id=cast.dora.id)
            public_id = recognitions.thank(session, who, place, to, room.says(name)).public_id
        if answered:
            with room.acting(cast.dora) as (session, who):
                query = visible_entries(who).where(Entry.public_id == public_id)
                thanks: Any = session.scalars(query).one()
                recognitions.publish_recognition(session, who, thanks, Audience.GROUPE)
        room.ids["recognition_id"] = public_id


def _suspend_each(room: Room) -> None:
    """One of each kind of text, suspended with a reason."""
    cast, database = room.cast, room.database
    told = room.recit(cast.camille, "récit suspendu")
    other = room.recit(cast.camille, "récit en face", action=told.action_public_id)
    note = _note(room, told, other, "note suspendue")
    message = make_exchange(database, cast.camille, told.public_id, room.says("message suspendu"), Posture.APPORT)
    with room.acting(cast.camille) as (session, who):
        recit = session.scalars(visible_recits(who).where(Recit.id == told.id)).one()
        rereading = reread(session, who, recit, room.says("relecture suspendue"), Audience.GROUPE).public_id
        place = who.seat(room.id)
        assert place is not None
        noted = difficulties.share(session, who, place, Audience.GROUPE, Written(room.says("difficulté à écho suspendu")))
        difficulty = noted.public_id
    with room.acting(cast.noor) as (session, who):
        difficulties.add_echo(session, who, who.seat(room.id), on_page(session, who, difficulty), room.says("écho suspendu"))
    make_exchange(database, cast.camille, other.public_id, room.says("message sous synthèse suspendue"))
    with room.acting(cast.dora) as (session, who):
        entry = find_entry(session, who, other.public_id, hold=True)
        assert entry is not None
        close_thread(session, who, entry, entry.audience, [Sentence(room.says("synthèse suspendue"), "1")])
    with database.system("the ids of what is suspended") as session:
        echo = session.scalars(select(Echo.public_id).order_by(Echo.id.desc())).first() or ""
        synthese = session.scalars(select(Synthese.public_id).order_by(Synthese.id.desc())).first() or ""
    room.suspend("note", Kind.NOTE, told.public_id, note, cast.noor)
    room.suspend("message", Kind.MESSAGE, told.public_id, message, cast.camille)
    room.suspend("relecture", Kind.REREADING, told.public_id, rereading, cast.camille)
    room.suspend("écho", Kind.ECHO, difficulty, echo, cast.noor)
    room.suspend("synthèse", Kind.SYNTHESE, other.public_id, synthese, cast.dora)
    alone = room.recit(cast.camille, "récit caché")
    room.suspend("récit", None, alone.public_id, "", cast.camille)
    make_report(database, cast.noor, told.public_id, room.says("signalement qui attend"))
    room.others["recit_id"] += [told.public_id, other.public_id, alone.public_id]
    room.others["action_id"] = [told.action_public_id]
    room.others["entry_id"].append(alone.public_id)
    room.others["text_id"] = [note, echo, rereading, synthese]
    room.others["difficulty_id"].append(difficulty)


def _meet(room: Room) -> None:
    """A séance that waits for its time with a dépôt, and one that came to its end."""
    cast = room.cast
    for name in ("séance", "séance close"):
        with room.acting(cast.dora) as (session, who):
            place, soon = who.seat(room.id), clock.now() + timedelta(days=2)
            assert place is not None
            words = [room.says(f"{name}: {one}") for one in ("thème", "lieu", "ordre", "note")]
            seance = set_seance(session, who, place, Plan(SeanceKind.GROUPE, *words, soon, 120, soon, cast.dora.id))
            room.ids["group_seance_id"] = seance.public_id
        with room.acting(cast.camille) as (session, who):
            seance, place = _seance(session, room), who.seat(room.id)
            assert place is not None
            depot = seances.deposit(session, who, place, seance, room.says(f"{name}: dépôt"))
            if name == "séance":
                room.others["group_seance_id"] = [seance.public_id]
                continue
            seance.opens_at, seance.step = clock.now() - timedelta(minutes=1), Step.QUESTIONS
            session.flush()
        with room.acting(cast.noor) as (session, who):
            seance, place = _seance(session, room), who.seat(room.id)
            assert place is not None
            said = seances.say(session, who, place, seance, room.says("séance: question"), Step.QUESTIONS.value)
            hidden = seances.say(session, who, place, seance, room.says("séance: question suspendue"), Step.QUESTIONS.value)
            room.ids["group_said_id"], room.others["group_said_id"] = said.public_id, [hidden.public_id]
            seance.step = Step.GARDER
            session.flush()
            seances.take_away(session, who, seance, room.says("séance: gardé"))
        with room.acting(cast.dora) as (session, who):
            leading.write_report(session, who, _seance(session, room), room.says("séance: compte rendu"), 6000)
        assert depot.id


def _seance(session: RexSession, room: Room) -> Seance:
    return session.scalars(select(Seance).where(Seance.public_id == room.ids["group_seance_id"])).one()


def _decide(room: Room) -> None:
    """A decision that waits, and an invitation to which all said yes."""
    cast = room.cast
    with room.acting(cast.noor) as (session, who):
        asked = propose_dissolution(session, who, room.id, room.says("décision"))
        assert asked is not None
        room.ids["decision_id"] = asked.public_id
    with room.database.system("Jeanne is invited", write=True) as session:
        session.add(JoinRequest(group_id=room.id, user_id=cast.jeanne.id, expires_at=clock.now() + timedelta(days=7)))


def _let_out(room: Room) -> None:
    """A text put to the members, which would appear in Valombre, and one that its author is rewriting."""
    author = room.cast.camille
    for name in ("versement", "versement qui s’écrit"):
        told = room.recit(author, f"{name}: source")
        if name != "versement":
            written = make_versement(room.database, author, room.id, told.public_id)
            room.others["versement_id"] = [written]
            continue
        trace = Decided(TraceKind.PERSON, room.says(f"{name}: trace"), Act.KEEP, room.says(f"{name}: raison"))
        with room.database.system("where it would appear") as session:
            place = session.scalars(select(Collectif.public_id).where(Collectif.id == room.cast.valombre_id)).one()
        said = Rewriting(EntryKind.RECIT, room.says(f"{name}: texte"), room.says(f"{name}: titre"), place, (trace,))
        room.ids["versement_id"] = make_versement(room.database, author, room.id, told.public_id, said)
    with room.database.system("the question put to the members") as session:
        asked = select(Decision.public_id).where(Decision.kind == DecisionKind.VERSEMENT)
        room.others["decision_id"] = list(session.scalars(asked))
