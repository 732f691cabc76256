"""What a person wrote in the journals beside their récits, and the thank-yous that they received.

Their own texts are read as the system under their id; what others gave them, through the door, as they read it today."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TypeVar

from sqlalchemy import or_, select

from rex.access import Reader, own_recognitions, visible_recits
from rex.collectifs.models import User
from rex.db import RexSession
from rex.departures import own_tensions, own_trends
from rex.departures.own_reach import Journal, is_of_others_too, stood_when_they_left
from rex.departures.own_recits import address_of_entry
from rex.departures.said import ANSWERS, MEETINGS, READERS
from rex.departures.writing import Thing, both, unless_lost
from rex.departures.zipping import Member
from rex.exchanges.models import Exchange, FormerWords, Synthese, SyntheseSentence
from rex.exchanges.thread import LABELS
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.difficulty_sealing import opened as difficulty_opened
from rex.journal.models import Action, Authorship, Entry
from rex.journal.queries import NOBODY
from rex.journal.recognition_models import Recognition
from rex.journal.recognition_sealing import opened as recognition_opened
from rex.journal.suspending import opened
from rex.journal.together_models import ActionNote, Rereading
from rex.seances.own import own_of_seances

E = TypeVar("E", bound=Entry)
UNDER_OTHERS = {"messages", "relectures", "syntheses"}


def word_members(session: RexSession, reader: Reader, journal: Journal) -> Iterator[Member]:
    """A file for each kind, where there is something to say."""
    titles = _titles(session, reader, journal)
    parts = (
        ("difficultes", "Mes difficultés", _difficulties),
        ("mercis-dits", "Les mercis que j’ai dits", _given),
        ("messages", "Mes messages", _messages),
        ("je-vis-ca-aussi", "« Je vis ça aussi »", _echoes),
        ("notes", "Mes notes entre deux récits", _notes),
        ("relectures", "Ce que je lis autrement", _rereadings),
        ("syntheses", "Les synthèses que j’ai écrites", _syntheses),
        ("tensions", "Ce que j’ai fait des tensions", own_tensions.acts),
        ("essais", "Ce que j’ai dit avoir été tenté", own_tensions.trials),
        ("arbitrages", "Les arbitrages que j’ai écrits", own_tensions.arbitrages),
        ("editos", "Les éditos que j’ai écrits", own_tensions.editos),
        ("lectures", "Les chiffres que j’ai lus autrement", own_trends.readings),
        ("jalons", "Les jalons que j’ai posés", own_trends.jalons),
    )
    for name, title, make in parts:
        with session.as_system("a person takes along what they wrote"):
            found = unless_lost(partial(make, session, reader.user_id, journal))
        placed = [_placed(one, titles) for one in found] if name in UNDER_OTHERS else found
        if make is own_trends.readings:
            placed = own_trends.with_their_pages(session, reader, journal, found)
        yield from both(f"{journal.folder}/{name}", title, placed)
    received = unless_lost(partial(_received, session, reader, journal))
    yield from both(f"{journal.folder}/mercis-recus", "Les mercis que j’ai reçus", received)
    said = unless_lost(partial(_in_seances, session, reader, journal))
    yield from both(f"{journal.folder}/seances", "Ce que j’ai écrit pour des séances", said)


def _titles(session: RexSession, reader: Reader, journal: Journal) -> dict[str, str]:
    """The récits under which they wrote, by address, as long as they read them, through the door. A difficulty has no title but its
    words, which are of others."""
    mine = (Exchange.author_id, Synthese.author_id, Rereading.author_id)
    around = or_(*(Entry.id.in_(select(column.class_.entry_id).where(column == reader.user_id)) for column in mine))
    read = visible_recits(reader).where(Entry.collectif_id == journal.id, around, Entry.title != "")
    rows = session.execute(read.with_only_columns(address_of_entry(), Entry.title)).all()
    return {address: f"le récit « {title} »" for address, title in rows}


def _placed(thing: Thing, titles: dict[str, str]) -> Thing:
    """The same, saying under what it was written when they still read that."""
    under = titles.get(str(thing.get("adresse", "")).partition("#")[0])
    return {"sous": under, **thing} if under else thing


def _in_seances(session: RexSession, reader: Reader, journal: Journal) -> list[Thing]:
    """Through the door, in the journals of today."""
    seat = reader.seat(journal.id)
    said = own_of_seances(session, reader, seat) if seat else []
    return [{"quoi": one.heading, "le": one.at, "texte": one.body} for one in said]


def _signed(session: RexSession, model: type[E], user_id: int, journal: Journal) -> list[E]:
    """Those that they sign. Of what several sign in a journal that they left: what readers read now as then."""
    mine = select(model).join(Authorship, Authorship.entry_id == Entry.id)
    rows = session.scalars(mine.where(Authorship.user_id == user_id, Entry.collectif_id == journal.id).order_by(Entry.id)).all()
    return [one for one in rows if stood_when_they_left(journal, one) or not is_of_others_too(session, user_id, journal, one)]


def _dates(entry: Entry) -> dict:
    return {"écrit le": entry.created_at, "publié le": entry.published_at, "corrigé le": entry.corrected_at,
            "retiré le": entry.withdrawn_at, "lu par": READERS[entry.audience]}


def _difficulties(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    found: list[Thing] = []
    for one in _signed(session, Difficulty, user_id, journal):
        kept = difficulty_opened(session, journal, one).written if one.sealed else None
        words, effect = (kept.words, kept.effect) if kept else (one.words, one.effect)
        place = "dans un récit" if one.section_slug else "notée seule"
        found.append({"adresse": f"/difficultes/{one.public_id}", "où": place, **_dates(one), "texte": words,
                      "ce que cela nous fait": effect})
    return found


def _given(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    """What the person thanked did with it is theirs: a thank-you that is not in the journal is « pas encore publié »."""
    return [
        {"adresse": f"/reconnaissances/{one.public_id}", "à": one.to_name, "dit le": one.created_at,
         "publié": one.published_at or "pas encore publié", "texte": _thanks(session, one, journal)}
        for one in _signed(session, Recognition, user_id, journal)
    ]


def _received(session: RexSession, reader: Reader, journal: Journal) -> list[Thing]:
    """Through the door: one that was declined is gone for them."""
    mine = own_recognitions(reader).where(Recognition.to_user_id == reader.user_id, Entry.collectif_id == journal.id)
    found: list[Thing] = []
    for one in session.scalars(mine.order_by(Entry.id)).all():
        givers = select(User.name).select_from(Authorship).outerjoin(User, User.id == Authorship.user_id)
        names = session.scalars(givers.where(Authorship.entry_id == one.id).order_by(Authorship.position)).all()
        found.append({"adresse": f"/reconnaissances/{one.public_id}", "de": ", ".join(name or NOBODY for name in names),
                      "dit le": one.created_at, "publié": one.published_at or "entre vous", "ma réponse": ANSWERS[one.answer],
                      "texte": _thanks(session, one, journal)})
    return found


def _thanks(session: RexSession, one: Recognition, journal: Journal) -> str:
    return recognition_opened(session, journal.key_name, one.public_id, one.sealed)[0] if one.sealed else one.words


def _messages(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    mine = select(Exchange, address_of_entry()).join(Entry, Entry.id == Exchange.entry_id)
    rows = session.execute(mine.where(Exchange.author_id == user_id, Entry.collectif_id == journal.id).order_by(Exchange.id))
    return [
        {"adresse": f"{entry}#e-{one.public_id}", "posture": LABELS[one.posture], "dit le": one.created_at,
         "corrigé le": one.edited_at, "retiré le": one.withdrawn_at, "signé": one.signature, "passage cité": one.quote,
         "motif de la suspension": one.suspended_why,
         "texte": opened(session, journal.key_name, Exchange, one.public_id, one.sealed) if one.sealed else one.source,
         "mots d’avant": _before(session, one)}
        for one, entry in rows.all()
    ]


def _before(session: RexSession, exchange: Exchange) -> list[Thing]:
    if not exchange.has_former_words:
        return []
    rows = session.scalars(select(FormerWords).where(FormerWords.exchange_id == exchange.id).order_by(FormerWords.id))
    return [{"jusqu’au": one.until, "texte": one.source} for one in rows]


def _echoes(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    mine = select(Echo, Entry.public_id).join(Entry, Entry.id == Echo.entry_id)
    rows = session.execute(mine.where(Echo.user_id == user_id, Entry.collectif_id == journal.id).order_by(Echo.id))
    return [
        {"adresse": f"/difficultes/{entry}", "dit le": one.created_at, "depuis": one.service_name,
         "texte": opened(session, journal.key_name, Echo, one.public_id, one.sealed) if one.sealed else one.words}
        for one, entry in rows.all()
    ]


def _notes(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    mine = select(ActionNote, Action.public_id).join(Action, Action.id == ActionNote.action_id)
    rows = session.execute(mine.where(ActionNote.author_id == user_id, Action.collectif_id == journal.id).order_by(ActionNote.id))
    return [
        {"adresse": f"/actions/{action}", "les récits": MEETINGS[one.meeting], "écrite le": one.created_at,
         "corrigée le": one.edited_at,
         "texte": opened(session, journal.key_name, ActionNote, one.public_id, one.sealed) if one.sealed else one.words}
        for one, action in rows.all()
    ]


def _rereadings(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    mine = select(Rereading, Entry.public_id).join(Entry, Entry.id == Rereading.entry_id)
    rows = session.execute(mine.where(Rereading.author_id == user_id, Entry.collectif_id == journal.id).order_by(Rereading.id))
    return [
        {"adresse": f"/recits/{entry}", "écrite le": one.created_at,
         "texte": opened(session, journal.key_name, Rereading, one.public_id, one.sealed) if one.sealed else one.source}
        for one, entry in rows.all()
    ]


def _syntheses(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    mine = select(Synthese, address_of_entry()).join(Entry, Entry.id == Synthese.entry_id)
    rows = session.execute(mine.where(Synthese.author_id == user_id, Entry.collectif_id == journal.id).order_by(Synthese.id))
    return [
        {"adresse": entry, "écrite le": one.created_at, "phrases": _sentences(session, one)} for one, entry in rows.all()
    ]


def _sentences(session: RexSession, synthese: Synthese) -> Iterable[str]:
    rows = select(SyntheseSentence.words).where(SyntheseSentence.synthese_id == synthese.id).order_by(SyntheseSentence.position)
    return [words for words in session.scalars(rows) if words]
