"""En théorie: one balise, explained and held against the récits of the period. En pratique: what these say may be taken up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from rex.digests.candidates import Proposed, Scene, Source, counted, day_of, mirrored
from rex.digests.candidates_recits import Signed
from rex.digests.models import Rubric
from rex.digests.selection import Candidate
from rex.journal.models import Section, Stance
from rex.referentiel.content import BALISES
from rex.referentiel.models import OwnBalise

TRANSFERABLE = "transferable"  # the section « Ce qui est transférable » of the canvas
MOST_QUOTES = 2
IN_GROUP = "le groupe en parle"  # who came since is not told how many texts do
STANCES = {
    Stance.ILLUSTRE: ("l’illustre", "l’illustrent"),
    Stance.NUANCE: ("la nuance", "la nuancent"),
    Stance.CONTREDIT: ("la contredit", "la contredisent"),
}


def theory_candidates(scene: Scene, recits: Sequence[Signed], explained: Mapping[str, datetime]) -> list[Proposed]:
    """The balises of which the récits of the period speak (one statement). `explained`: code → when a letter last explained it; one
    that none explained comes first, then the one explained longest ago. How many speak of it counts for nothing."""
    speaking: dict[str, list[tuple[Signed, Stance]]] = defaultdict(list)
    for one in recits:
        for code, stance in one.tags:
            speaking[code].append((one, stance))
    texts = _texts(scene) if speaking else {}
    never = mirrored(datetime.min.replace(year=1970, tzinfo=scene.until.tzinfo), scene.until)
    found = []
    for code in sorted(speaking):
        if code not in texts:  # a balise of the collectif that was closed since
            continue
        quoted = _quoted(speaking[code])
        found.append(
            Proposed(
                Candidate(
                    rubric=Rubric.THEORY,
                    key=f"balise:{code}",
                    mark="",
                    new_at=mirrored(explained[code], scene.until) if code in explained else never,
                    postures=tuple(sorted({stance.value for _, stance in speaking[code]})),
                    words=70 + 20 * len(quoted),
                    is_reason_enough=False,
                ),
                why=IN_GROUP if scene.seat.is_group else _why([stance for _, stance in speaking[code]]),
                balise=code,
                words=texts[code],
                sources=[Source(one.id, one.byline) for one, _ in quoted],
            )
        )
    return found


def _texts(scene: Scene) -> dict[str, str]:
    """Code → what a balise says, and the question that it asks."""
    texts = {one.code: _explained(one.paragraphs[0], one.question) for one in BALISES}
    own = select(OwnBalise.public_id, OwnBalise.text, OwnBalise.question).where(
        OwnBalise.collectif_id == scene.space_id, OwnBalise.closed_at.is_(None)
    )
    for public_id, text, question in scene.session.execute(own):
        texts[public_id] = _explained(text.split("\n\n")[0], question)
    return texts


def _explained(text: str, question: str) -> str:
    return " ".join(part for part in (text.strip(), question.strip()) if part)


def _quoted(speaking: Sequence[tuple[Signed, Stance]]) -> list[tuple[Signed, Stance]]:
    """Those that say something else of it first, then those that others sign."""
    chosen: list[tuple[Signed, Stance]] = []
    for rule in (
        lambda one, stance: all(stance is not other for _, other in chosen),
        lambda one, stance: all(one.byline != other.byline for other, _ in chosen),
    ):
        for one, stance in speaking:
            if len(chosen) < MOST_QUOTES and rule(one, stance) and all(one.id != other.id for other, _ in chosen):
                chosen.append((one, stance))
    return chosen


def _why(stances: Sequence[Stance]) -> str:
    """« 2 récits l’illustrent, 1 la contredit »."""
    parts = []
    for stance, (one, several) in STANCES.items():
        n = sum(said is stance for said in stances)
        if n:
            parts.append(f"{str(n) if parts else counted(n, 'récit')} {one if n == 1 else several}")
    return ", ".join(parts)


def practice_candidates(scene: Scene, recits: Sequence[Signed]) -> list[Proposed]:
    """What récits of the period say is transferable (one statement)."""
    if not recits:
        return []
    ids = [one.id for one in recits]
    query = select(Section.entry_id).where(Section.slug == TRANSFERABLE, Section.entry_id.in_(ids))
    saying = set(scene.session.scalars(query))
    return [
        Proposed(
            Candidate(
                rubric=Rubric.PRACTICE,
                key=f"practice:{one.id}",
                mark="",
                new_at=one.told_at,
                subject=one.subject,
                services=one.services,
                colleges=tuple(college.value for college in one.colleges),
                postures=one.stances,
                words=32,
            ),
            why=f"à reprendre, selon un récit du {day_of(scene, one.told_at)}",
            entry_id=one.id,
            sources=[Source(one.id, one.byline, (TRANSFERABLE,))],
        )
        for one in recits
        if one.id in saying
    ]
