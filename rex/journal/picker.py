"""The balise picker of the editor: chosen, proposed from the text, search, and four disclosures."""

from typing import Any

from rex.access import Reader
from rex.db import RexSession
from rex.french import typo
from rex.journal.drafts import DraftView
from rex.journal.models import Stance
from rex.referentiel.content import ENJEUX
from rex.referentiel.markers import REFERENTIEL, Marker, own_markers
from rex.referentiel.proposals import propose


def markers_of(session: RexSession, reader: Reader, collectif_id: int) -> list[Marker]:
    """The balises that a récit of this collectif may carry: the 23, then the collectif's own that are open."""
    own = own_markers(session, reader.slugs).values()
    return [*REFERENTIEL.values(), *(m for m in own if m.collectif_id == collectif_id and not m.is_closed)]


def proposals(draft: DraftView) -> list[dict[str, Any]]:
    """What the text itself proposes, with the words that made it so; often nothing."""
    words = "\n\n".join([draft.title, *draft.sections.values()])
    return [
        {
            "code": found.code,
            "label": REFERENTIEL[found.code].label,
            "title": REFERENTIEL[found.code].title,
            "enjeu": REFERENTIEL[found.code].enjeu,
            "why": ", ".join(found.words),
        }
        for found in propose(words, already=draft.tags)
    ]


def picker_context(session: RexSession, reader: Reader, collectif_id: int, draft: DraftView) -> dict[str, Any]:
    """What the macro `picker` takes, for the current choice."""
    markers = {marker.code: marker for marker in markers_of(session, reader, collectif_id)}
    own = own_markers(session, reader.slugs)
    chosen = [(markers.get(code) or own.get(code), stance) for code, stance in draft.tags.items()]
    groups = [
        {"code": e.code, "label": e.label, "question": typo(e.question), "balises": _options(markers, e.code, draft)}
        for e in ENJEUX
    ]
    if any(marker.enjeu == "" for marker in markers.values()):
        groups.append({"code": "", "label": "Balises du collectif", "question": "", "balises": _options(markers, "", draft)})
    return {
        "chosen": [
            {"code": m.code, "label": m.label, "title": m.title, "enjeu": m.enjeu, "stance": stance.value}
            for m, stance in chosen
            if m is not None
        ],
        "proposed": proposals(draft),
        "enjeux": groups,
        "all_labels": [marker.label for marker in markers.values()],
        "stances": [(stance.value, STANCE_WORDS[stance]) for stance in Stance],
    }


STANCE_WORDS = {
    Stance.ILLUSTRE: "L’expérience l’illustre",
    Stance.NUANCE: "L’expérience la nuance",
    Stance.CONTREDIT: "L’expérience la contredit",
}


def _options(markers: dict[str, Marker], enjeu: str, draft: DraftView) -> list[dict[str, Any]]:
    return [
        {"code": m.code, "label": m.label, "title": m.title, "question": m.question, "checked": m.code in draft.tags}
        for m in markers.values()
        if m.enjeu == enjeu
    ]
