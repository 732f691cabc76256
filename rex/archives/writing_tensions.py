"""The rows of an archive's tensions and letters: what people decided comes back, what would undo it does not; no mail leaves."""

import re
from collections.abc import Sequence
from datetime import date

from rex import text
from rex.archives.placing import Place, people
from rex.archives.shape import Line, Wrong, moment
from rex.archives.writing import instant, one_line, sign, told
from rex.db import RexSession
from rex.digests.models import Digest, DigestItem, DigestQuote, DigestState, Rubric
from rex.journal.publishing import EXCERPT_LENGTH
from rex.tensions.models import (
    ActKind,
    Arbitrage,
    ArbitrageParty,
    OwnIdea,
    State,
    Tension,
    TensionAct,
    TensionApart,
    TensionLink,
    TensionTrial,
)


def ideas(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    session.add_all(
        OwnIdea(
            public_id=place.code(line["id"]),
            collectif_id=place.collectif_id,
            words=one_line(line["mots"]),
            created_at=moment(line["cree_le"]),
        )
        for line in lines
    )


def tensions(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    rows = [
        Tension(
            **told(place, line),
            title=one_line(line["titre"]),
            excerpt=text.excerpt(line["mots"], EXCERPT_LENGTH),
            words=line["mots"],
            state=State(line["etat"]) if line["etat"] else None,
            state_at=instant(line["etat_le"]),
        )
        for line in lines
    ]
    sign(session, place, rows, lines)


def links(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    gathered = place.difficulties(session, (line["id"] for line in lines))
    named = place.tensions(session, (line["tension"] for line in lines))
    session.add_all(
        TensionLink(
            difficulty_id=gathered[line["id"]], tension_id=named[line["tension"]], linked_at=moment(line["reliee_le"])
        )
        for line in lines
    )


def acts(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    named = place.tensions(session, (line["tension"] for line in lines))
    apart = place.difficulties(session, (code for line in lines for pair in line["distinctes"] for code in pair))
    for line in lines:
        row = TensionAct(
            public_id=place.code(line["id"]),
            collectif_id=place.collectif_id,
            tension_id=named.get(line["tension"]),
            kind=ActKind(line["genre"]),
            at=moment(line["le"]),
            words=line["mots"],
            undone_at=instant(line["annule_le"]),
        )
        session.add(row)
        session.flush()
        for pair in line["distinctes"]:
            if len(set(pair)) != 2:
                raise Wrong("actes")
            one, other = sorted(apart[code] for code in pair)
            session.add(TensionApart(one_id=one, other_id=other, collectif_id=place.collectif_id, act_id=row.id))
    session.flush()


def arbitrages(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    named = place.tensions(session, (line["tension"] for line in lines))
    for line in lines:
        row = Arbitrage(
            public_id=place.code(line["id"]),
            tension_id=named[line["tension"]],
            decided=line["decide"],
            decided_on=date.fromisoformat(line["decide_le"]),
            created_at=moment(line["ecrit_le"]),
            corrected_at=instant(line["corrige_le"]),
        )
        session.add(row)
        session.flush()
        for position, party in enumerate(line["parties"]):
            words = {"name": one_line(party["nom"]), "enjeu": party["enjeu"], "effort": party["effort"]}
            session.add(ArbitrageParty(arbitrage_id=row.id, position=position, **words))


def trials(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    named = place.tensions(session, (line["tension"] for line in lines))
    session.add_all(
        TensionTrial(
            public_id=place.code(line["id"]),
            tension_id=named[line["tension"]],
            words=line["mots"],
            outcome=line["suite"],
            service_name=one_line(line["service_nom"]),
            created_at=moment(line["ecrit_le"]),
            outcome_at=instant(line["suite_le"]),
        )
        for line in lines
    )


def _as_composed(words: str) -> str:
    """One line, with the spaces that do not break where the composer put them."""
    return re.sub(r"[ \t\r\n]+", " ", words).strip()


def letters(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    """As they left: they are posted to nobody again."""
    items = [item for line in lines for item in line["elements"]]
    quotes = [quote for item in items for quote in item["citations"]]
    entry_ids = place.entries(session, (one["texte"] for one in (*items, *quotes)))
    action_ids = place.actions(session, (item["action"] for item in items))
    who = people(session, place, (line["edito_de"] for line in lines))
    said_ids = place.messages(session, (item["echange"] for item in items))
    for line in lines:
        letter = Digest(
            public_id=place.code(line["id"]),
            collectif_id=place.collectif_id,
            state=DigestState.PUBLISHED,
            number=line["numero"],
            title=_as_composed(line["titre"]),
            edito=line["edito"],
            edito_by_id=who.get((line["edito_de"] or {}).get("personne")),
            since=moment(line["depuis"]),
            until=moment(line["jusqu_a"]),
            due_at=moment(line["prevue_le"]),
            composed_at=moment(line["composee_le"]),
            published_at=moment(line["parue_le"]),
            is_ready=True,
            is_posted=True,
        )
        session.add(letter)
        session.flush()
        for position, item in enumerate(line["elements"]):
            row = DigestItem(
                digest_id=letter.id,
                rubric=Rubric(item["rubrique"]),
                position=position,
                entry_id=entry_ids.get(item["texte"]),
                action_id=action_ids.get(item["action"]),
                exchange_id=said_ids.get(item["echange"]),
                balise=place.balise(item["balise"]) if item["balise"] else "",
                title=_as_composed(item["titre"]),
                words=item["mots"],
                link=item["lien"],
                why=_as_composed(item["pourquoi"]),
                is_by_hand=item["ajoute"],
            )
            session.add(row)
            session.flush()
            for rank, quote in enumerate(item["citations"]):
                words = {"words": quote["mots"], "signature": _as_composed(quote["signature"])}
                session.add(DigestQuote(item_id=row.id, entry_id=entry_ids[quote["texte"]], position=rank, **words))


WRITERS = {
    "idees": ideas,
    "tensions": tensions,
    "liens": links,
    "actes": acts,
    "arbitrages": arbitrages,
    "essais": trials,
    "lettres": letters,
}
