"""The rows of an archive's texts, equal to those that publishing makes: HTML made anew, excerpts, first version."""

import json
from collections.abc import Sequence
from typing import Any

from rex import text
from rex.archives.placing import Place, people
from rex.archives.shape import Line, Wrong, moment
from rex.collectifs.models import College
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import TITLE_LENGTH
from rex.journal.models import Action, Audience, Authorship, Entry, Recit, Revision, Section, Stance, Tagging
from rex.journal.publishing import EXCERPT_LENGTH
from rex.journal.recognition_models import Answer, Recognition
from rex.text.excerpts import first_sentence


def instant(words: str | None) -> Any:
    return None if words is None else moment(words)


def one_line(words: str) -> str:
    return " ".join(words.split())


def actions(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    session.add_all(
        Action(
            public_id=place.code(line["id"]),
            collectif_id=place.collectif_id,
            title=one_line(line["titre"]),
            created_at=moment(line["cree_le"]),
        )
        for line in lines
    )


def recits(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    action_ids = place.actions(session, (line["action"] for line in lines))
    rows = []
    for line in lines:
        sections = line["sections"]
        if not sections or len({section["slug"] for section in sections}) != len(sections):
            raise Wrong("recits")
        first = next((one for one in sections if one["slug"] == "faits"), sections[0])
        rows.append(
            Recit(
                **told(place, line),
                title=one_line(line["titre"]),
                excerpt=text.excerpt(first["texte"], EXCERPT_LENGTH),
                teller=one_line(line["raconte_par"]),
                action_id=action_ids.get(line["action"]),
            )
        )
    first_versions(session, place, rows, lines, sign(session, place, rows, lines))
    for row, line in zip(rows, lines, strict=True):
        for position, section in enumerate(line["sections"]):
            session.add(
                Section(
                    entry_id=row.id,
                    slug=section["slug"],
                    position=position,
                    heading=one_line(section["titre"]),
                    source=section["texte"],
                    html=text.to_html(section["texte"], prefix=f"{section['slug']}-"),
                    pipeline=text.PIPELINE,
                )
            )


def first_versions(
    session: RexSession, place: Place, rows: Sequence[Entry], lines: Sequence[Line], author_ids: list[int | None]
) -> None:
    """What readers read, sealed for the authors: what they correct later is compared with it."""
    for row, line, author_id in zip(rows, lines, author_ids, strict=True):
        content = {
            "title": one_line(line["titre"]),
            "sections": [[one["slug"], one_line(one["titre"]), one["texte"]] for one in line["sections"]],
            "tags": [[place.balise(one["code"]), one["posture"]] for one in line["balises"]],
            "teller": one_line(line["raconte_par"]),
        }
        sealed = session.keyring.seal(place.key_name, f"revision|{row.public_id}|1", json.dumps(content))
        when = moment(line["corrige_le"] or line["publie_le"])
        session.add(Revision(entry_id=row.id, number=1, author_id=author_id, created_at=when, content=sealed))


def difficulties(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    abouts = place.entries(session, (line["recit"] for line in lines))
    rows = [
        Difficulty(
            **told(place, line),
            title=first_sentence(line["mots"], TITLE_LENGTH),
            excerpt=text.excerpt(line["mots"], EXCERPT_LENGTH),
            words=line["mots"],
            effect=line["effet"],
            about_id=abouts.get(line["recit"]),
            section_slug=line["section"],
            is_detached=line["detachee"],
        )
        for line in lines
    ]
    sign(session, place, rows, lines)


def recognitions(session: RexSession, place: Place, lines: Sequence[Line]) -> None:
    abouts = place.entries(session, (line["recit"] for line in lines))
    who = people(session, place, (line["a_personne"] for line in lines))
    where = place.services(session, (line["a_service"] for line in lines))
    rows = [
        Recognition(
            **told(place, line),
            title=text.excerpt(line["mots"], TITLE_LENGTH),
            excerpt=text.excerpt(line["mots"], EXCERPT_LENGTH),
            words=line["mots"],
            about_id=abouts.get(line["recit"]),
            to_user_id=who.get((line["a_personne"] or {}).get("personne")),
            to_service_id=where.get(line["a_service"]),
            to_name=one_line(line["a_nom"]),
            answer=Answer.ACCEPTED,
            answered_at=instant(line["acceptee_le"]),
            intended=Audience(line["prevue_pour"]),
        )
        for line in lines
    ]
    sign(session, place, rows, lines)


def told(place: Place, line: Line) -> dict[str, Any]:
    """What every text has. Told to the collectif alone, which has no member yet, until all of the archive is there."""
    return {
        "public_id": place.code(line["id"]),
        "collectif_id": place.collectif_id,
        "audience": Audience.COLLECTIF,
        "byline": one_line(line["signature"]),
        "created_at": moment(line["cree_le"]),
        "published_at": moment(line["publie_le"]),
        "corrected_at": instant(line["corrige_le"]),
    }


def sign(session: RexSession, place: Place, rows: Sequence[Entry], lines: Sequence[Line]) -> list[int | None]:
    """The rows, who signs them, from where they spoke then, and their balises; returns the first author of each."""
    session.add_all(rows)
    authors = [author for line in lines for author in line["auteurs"]]
    who, where = people(session, place, authors), place.services(session, (author["service"] for author in authors))
    session.flush()
    for row, line in zip(rows, lines, strict=True):
        for position, author in enumerate(line["auteurs"]):
            session.add(
                Authorship(
                    entry_id=row.id,
                    user_id=who.get(author["personne"]),
                    position=position,
                    service_id=where.get(author["service"]),
                    service_name=one_line(author["service_nom"]),
                    title=one_line(author["fonction"]),
                    college=College(author["college"]) if author["college"] else None,
                )
            )
        for position, tag in enumerate(line["balises"]):
            code, stance = place.balise(tag["code"]), Stance(tag["posture"])
            session.add(Tagging(entry_id=row.id, code=code, position=position, stance=stance))
    return [who.get(line["auteurs"][0]["personne"]) if line["auteurs"] else None for line in lines]
