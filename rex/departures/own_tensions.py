"""What a person wrote about tensions and in letters, in one journal: what was tried, arbitrages, what they named, éditos.

Read as the system under their id, as the rest of what they wrote."""

from sqlalchemy import select

from rex.db import RexSession
from rex.departures.own_reach import Journal
from rex.departures.writing import Thing
from rex.digests.models import Digest
from rex.journal.models import Entry
from rex.tensions.models import ActKind, Arbitrage, ArbitrageParty, TensionAct, TensionTrial

ACTS = {
    ActKind.NAMED: "nommée", ActKind.RENAMED: "renommée", ActKind.LINKED: "difficulté reliée",
    ActKind.UNLINKED: "difficulté retirée", ActKind.SPLIT: "scindée",
    ActKind.MERGED: "réunie à une autre", ActKind.SET_ASIDE: "proposition écartée",
    ActKind.AT_WORK: "mise au travail", ActKind.ARBITRATED: "arbitrée", ActKind.CALMED: "apaisée", ActKind.REOPENED: "rouverte",
    ActKind.REAPPEARED: "réapparue",
}  # fmt: skip
_SAYING_A_FORMER_NAME = (ActKind.RENAMED, ActKind.MERGED, ActKind.SPLIT)


def trials(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    mine = select(TensionTrial, Entry.public_id).join(Entry, Entry.id == TensionTrial.tension_id)
    rows = session.execute(
        mine.where(TensionTrial.author_id == user_id, Entry.collectif_id == journal.id).order_by(TensionTrial.id)
    )
    return [
        {"adresse": f"/tensions/{tension}", "écrit le": one.created_at, "depuis": one.service_name, "texte": one.words,
         **({"ce que cela a donné": one.outcome} if journal.saw(one.outcome_at) else {})}
        for one, tension in rows.all()
    ]


def arbitrages(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    """Those that they wrote; in a journal that they left, as long as nobody corrected them since."""
    mine = select(Arbitrage, Entry.public_id).join(Entry, Entry.id == Arbitrage.tension_id)
    here = mine.where(Arbitrage.author_id == user_id, Entry.collectif_id == journal.id)
    rows = session.execute(here.order_by(Arbitrage.id)).all()
    return [
        {"adresse": f"/tensions/{tension}", "décidé le": one.decided_on.isoformat(), "écrit le": one.created_at,
         "texte": one.decided, "les parties": _parties(session, one.id)}
        for one, tension in rows
        if journal.saw(one.corrected_at)
    ]


def _parties(session: RexSession, arbitrage_id: int) -> list[Thing]:
    rows = select(ArbitrageParty).where(ArbitrageParty.arbitrage_id == arbitrage_id).order_by(ArbitrageParty.position)
    return [{"qui": one.name, "ce qui compte": one.enjeu, "son effort": one.effort} for one in session.scalars(rows)]


def acts(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    """What they did, and the words that they added; of a name that they changed, not the former one, which others gave."""
    mine = select(TensionAct, Entry.public_id).outerjoin(Entry, Entry.id == TensionAct.tension_id)
    here = mine.where(TensionAct.actor_id == user_id, TensionAct.collectif_id == journal.id)
    rows = session.execute(here.order_by(TensionAct.id))
    return [
        {"quoi": ACTS[one.kind], "adresse": f"/tensions/{tension}" if tension else "", "le": one.at,
         "texte": "" if one.kind in _SAYING_A_FORMER_NAME else one.words}
        for one, tension in rows.all()
    ]


def editos(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    """The éditos that they wrote last in, of letters that left or wait."""
    mine = select(Digest).where(Digest.edito_by_id == user_id, Digest.collectif_id == journal.id, Digest.edito != "")
    return [
        {"adresse": f"/lettres/{one.public_id}", "lettre": one.number, "parue le": one.published_at, "texte": one.edito}
        for one in session.scalars(mine.order_by(Digest.id))
        if journal.saw(one.edited_at)
    ]
