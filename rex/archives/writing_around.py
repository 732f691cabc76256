"""The rows of what hangs from an archive's texts, and of the place itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from rex import intake, text
from rex.archives.placing import Place, members, people
from rex.archives.shape import Line, Wrong, moment
from rex.archives.unpacking import Unpacked
from rex.archives.writing import instant, one_line
from rex.collectifs.models import College, Service, ServiceKind
from rex.db import RexSession
from rex.exchanges.models import Exchange, Mention, Posture, Synthese, SyntheseSentence, SyntheseSource
from rex.exchanges.words import html_of as html_of_message
from rex.journal.attachments import LABEL_LENGTH, put_in
from rex.journal.difficulty_models import Echo
from rex.journal.models import Audience
from rex.journal.rereading import html_of as html_of_rereading
from rex.journal.together_models import ActionNote, Meeting, Rereading
from rex.referentiel.models import OwnBalise
from rex.refusals import Refused


def services(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    for line in lines:
        row = Service(
            public_id=place.code(line["id"]),
            collectif_id=place.collectif_id,
            kind=ServiceKind(line["sorte"]),
            closed_at=instant(line["ferme_le"]),
        )
        row.rename(one_line(line["nom"]))
        session.add(row)


def balises(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    session.add_all(
        OwnBalise(
            public_id=place.code(line["id"]),
            collectif_id=place.collectif_id,
            slug=line["slug"],
            label=one_line(line["nom_court"]),
            title=one_line(line["titre"]),
            question=one_line(line["question"]),
            text=line["texte"],
            created_at=moment(line["cree_le"]),
            closed_at=instant(line["fermee_le"]),
        )
        for line in lines
    )


def exchanges(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    """Messages, then each tied to the one that it answers, which stands under the same text and came before it."""
    entry_ids = place.entries(session, (line["texte"] for line in lines))
    who = people(session, place, (one for line in lines for one in (line["auteur"], line["pris_par"], *line["nomme"])))
    where = place.services(session, (line["service"] for line in lines))
    rows = {line["id"]: _message(place, line, entry_ids, who, where) for line in lines}
    session.add_all(rows.values())
    session.flush()
    before = {row.public_id: row for row in rows.values()}
    asked = {place.code(line["reponse_a"]) for line in lines if line["reponse_a"]} - before.keys()
    if asked:
        before |= {row.public_id: row for row in session.scalars(_here(place).where(Exchange.public_id.in_(asked)))}
    for line in lines:
        row = rows[line["id"]]
        if line["reponse_a"]:
            parent = before.get(place.code(line["reponse_a"]))
            if parent is None or parent.entry_id != row.entry_id or parent.id >= row.id:
                raise Wrong("echanges")
            row.parent_id, row.root_id = parent.id, parent.root_id or parent.id
        named = {who[one["personne"]] for one in line["nomme"] if one["personne"]}
        session.add_all(Mention(exchange_id=row.id, user_id=user_id) for user_id in sorted(named))


def _here(place: Place) -> Any:
    """Messages under texts of this collectif."""
    return select(Exchange).where(Exchange.entry_id.in_(place.entry_ids()))


def _message(
    place: Place, line: Line, entry_ids: dict[str, int], who: dict[str | None, int], where: dict[str, int]
) -> Exchange:
    is_gone, public_id = line["retire"], place.code(line["id"])
    names = [one["nom"] for one in line["nomme"]]
    source = "" if is_gone else line["mots"]
    return Exchange(
        public_id=public_id,
        entry_id=entry_ids[line["texte"]],
        audience=Audience(line["audience"]),
        posture=Posture(line["posture"]),
        author_id=None if is_gone else who.get((line["auteur"] or {}).get("personne")),
        service_id=where.get(line["service"]),
        signature=one_line(line["signature"]),
        quote="" if is_gone else line["citation"],
        quote_slug=line["section_citee"],
        is_detached=line["citation_detachee"],
        source=source,
        html=html_of_message(public_id, source, names) if source else "",
        pipeline=text.PIPELINE,
        created_at=moment(line["dit_le"]),
        edited_at=instant(line["corrige_le"]),
        withdrawn_at=moment(line["dit_le"]) if is_gone else None,
        taken_by_id=who.get((line["pris_par"] or {}).get("personne")),
        taken_at=instant(line["pris_le"]),
    )


def echoes(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    entry_ids = place.entries(session, (line["texte"] for line in lines))
    who = people(session, place, (line["auteur"] for line in lines))
    where = place.services(session, (line["service"] for line in lines))
    session.add_all(
        Echo(
            public_id=place.code(line["id"]),
            entry_id=entry_ids[line["texte"]],
            user_id=_author(who, line),
            service_id=where.get(line["service"]),
            service_name=one_line(line["service_nom"]),
            college=College(line["college"]) if line["college"] else None,
            audience=Audience(line["audience"]),
            words=line["mots"],
            created_at=moment(line["dit_le"]),
        )
        for line in lines
    )


def syntheses(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    entry_ids = place.entries(session, (line["texte"] for line in lines))
    who = people(session, place, (line["auteur"] for line in lines))
    cited = {place.code(code) for line in lines for sentence in line["phrases"] for code in sentence["messages"]}
    there = session.execute(_here(place).with_only_columns(Exchange.public_id, Exchange.id).where(Exchange.public_id.in_(cited)))
    message_ids = dict(there.all())
    for line in lines:
        row = Synthese(
            public_id=place.code(line["id"]),
            entry_id=entry_ids[line["texte"]],
            audience=Audience(line["audience"]),
            author_id=_author(who, line),
            signature=one_line(line["signature"]),
            created_at=moment(line["ecrite_le"]),
            reopened_at=instant(line["rouverte_le"]),
        )
        session.add(row)
        session.flush()
        for position, sentence in enumerate(line["phrases"]):
            said = SyntheseSentence(synthese_id=row.id, position=position, words=sentence["mots"])
            session.add(said)
            session.flush()
            for code in dict.fromkeys(sentence["messages"]):
                if place.code(code) not in message_ids:
                    raise Wrong("syntheses")
                session.add(SyntheseSource(sentence_id=said.id, exchange_id=message_ids[place.code(code)]))


def rereadings(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    entry_ids = place.entries(session, (line["texte"] for line in lines))
    who = people(session, place, (line["auteur"] for line in lines))
    session.add_all(
        Rereading(
            public_id=place.code(line["id"]),
            entry_id=entry_ids[line["texte"]],
            author_id=_author(who, line),
            audience=Audience(line["audience"]),
            source=line["mots"],
            html=html_of_rereading(place.code(line["id"]), line["mots"]),
            pipeline=text.PIPELINE,
            created_at=moment(line["ecrite_le"]),
        )
        for line in lines
    )


def notes(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    entry_ids = place.entries(session, (line[name] for line in lines for name in ("recit", "autre_recit")))
    action_ids = place.actions(session, (line["action"] for line in lines))
    who = people(session, place, (line["auteur"] for line in lines))
    session.add_all(
        ActionNote(
            public_id=place.code(line["id"]),
            action_id=action_ids[line["action"]],
            one_id=entry_ids[line["recit"]],
            other_id=entry_ids[line["autre_recit"]],
            section_slug=line["section"],
            meeting=Meeting(line["rencontre"]),
            audience=Audience(line["audience"]),
            words=line["mots"],
            author_id=_author(who, line),
            service_name=one_line(line["service_nom"]),
            created_at=moment(line["ecrite_le"]),
            edited_at=instant(line["corrigee_le"]),
        )
        for line in lines
    )


def files(session: RexSession, place: Place, lines: Sequence[Line], archive: Unpacked) -> None:
    """Each file is made anew, as one that somebody gives in the editor is. Raises Refused."""
    entry_ids = place.entries(session, (line["texte"] for line in lines))
    for line in lines:
        try:
            made = intake.rewritten(archive.content(line["membre"]))
        except intake.Unwanted as error:
            said = str(error)
            sentence = f"{archive.path}\u00a0: « {line['membre']} » n’est pas repris, et rien d’autre non plus. {said}."
            raise Refused(sentence) from error
        label = one_line(line["description"])[:LABEL_LENGTH]
        row = put_in(session, entry_ids[line["texte"]], place.key_name, place.code(line["id"]), made, label)
        row.is_published, row.created_at = True, moment(line["donne_le"])


def _author(who: dict[str | None, int], line: Line) -> int | None:
    return who.get((line["auteur"] or {}).get("personne"))


WRITERS = {
    "services": services,
    "balises": balises,
    "personnes": members,
    "echanges": exchanges,
    "echos": echoes,
    "syntheses": syntheses,
    "relectures": rereadings,
    "notes": notes,
}
