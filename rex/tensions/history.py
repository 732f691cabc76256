"""What happened to a tension becomes a sentence, here and nowhere else. No sentence says who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rex.french import count, typo
from rex.tensions.models import ActKind
from rex.tensions.page_queries import Act

_SAID = {
    ActKind.SET_ASIDE: "Une proposition est mise de côté.",
    ActKind.AT_WORK: "Elle est mise au travail.",
    ActKind.ARBITRATED: "Elle est arbitrée.",
    ActKind.CALMED: "Elle s’apaise.",
    ActKind.REOPENED: "Elle revient.",
    ActKind.REAPPEARED: "Elle réapparaît : une difficulté nouvelle lui est reliée.",
}
_WITH_WORDS = {  # what is said; what follows it when a name is kept
    ActKind.NAMED: ("Elle reçoit un nom", " : « {} »"),
    ActKind.RENAMED: ("Elle change de nom ou de texte", " ; c’était « {} »"),
    ActKind.SPLIT: ("Une partie de ses difficultés forme une autre tension", " : « {} »"),
    ActKind.MERGED: ("Une autre tension lui est réunie", " : « {} »"),
}
_MOVED = {
    ActKind.LINKED: ("difficulté reliée", "difficultés reliées"),
    ActKind.UNLINKED: ("difficulté retirée", "difficultés retirées"),
}
# What follows by itself is not undone by itself: undoing what brought it about is.
_BY_ITSELF = {ActKind.REAPPEARED}


@dataclass(frozen=True)
class Happened:
    """A line of the life of a tension. `words`: what somebody added."""

    public_id: str
    sentence: str
    words: str
    at: datetime
    undone_at: datetime | None
    may_be_undone: bool


def sentence_of(act: Act) -> str:
    name = act.words.partition("\n")[0]
    if act.kind is ActKind.RENAMED and act.undone_at is not None and name:  # its words are then the name that was tried
        return typo(f"Elle change de nom ou de texte : « {name} ».")
    if act.kind in _MOVED:
        return typo(f"{count(max(1, act.number), *_MOVED[act.kind])}.")
    if act.kind in _WITH_WORDS:
        said, named = _WITH_WORDS[act.kind]
        return typo(f"{said}{named.format(name) if name else ''}.")
    return typo(_SAID[act.kind])


def history_of(acts: Sequence[Act], *, curates: bool) -> list[Happened]:
    """The lines of a life, in the order of the acts. `curates`: whoever reads may undo all of them, else the links they made."""
    return [
        Happened(
            act.public_id,
            sentence_of(act),
            "" if act.kind in _WITH_WORDS else act.words,
            act.at,
            act.undone_at,
            _stands(act) and (curates or _may_take_back(act)),
        )
        for act in acts
    ]


def _stands(act: Act) -> bool:
    is_forgotten = act.kind is ActKind.RENAMED and not act.words
    return act.undone_at is None and act.kind not in _BY_ITSELF and not act.is_from_elsewhere and not is_forgotten


def _may_take_back(act: Act) -> bool:
    return act.is_mine and act.kind is ActKind.LINKED
