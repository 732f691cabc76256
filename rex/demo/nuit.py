"""The long discussion about the lights put out, read from its text, and dated from the récit until these days."""

import re
from textwrap import dedent

from rex.demo.nuit_premiers_mois import FIRST
from rex.demo.nuit_suite import SECOND
from rex.demo.shapes_together import MessageData, ThreadData, When

UNDER = "eteindre"
POSTURES = {"q": "question", "r": "resonance", "a": "apport", "v": "autre-regard"}
_MESSAGE = re.compile(
    r"(?P<depth>>{0,2}) ?(?P<by>\w+) (?P<posture>[qrav])(?: \[(?P<section>\w+): (?P<quote>[^\]]+)\])?: (?P<text>.+)"
)
# Days before today: one talks most when the récit is new, then now and then, until last week.
_SPEECH = ((266, 250, 70), (248, 190, 50), (186, 60, 50), (58, 4, 30))


def _day(rank: int, count: int) -> int:
    """The day of the message of that rank, going through the periods of `_SPEECH` at their pace."""
    place = rank / count * sum(share for *_, share in _SPEECH)
    for first, last, share in _SPEECH:
        if place < share:
            return round(first - (first - last) * place / share)
        place -= share
    return _SPEECH[-1][1]


def _moments(count: int) -> list[When]:
    """In order: those of one day are spread from morning to evening."""
    days = [_day(rank, count) for rank in range(count)]
    moments, rank_in_day = [], 0
    for rank, day in enumerate(days):
        rank_in_day = rank_in_day + 1 if rank and days[rank - 1] == day else 0
        alone = days.count(day) == 1
        spread = rank * 137 % 780 if alone else (840 * (2 * rank_in_day + 1)) // (2 * days.count(day)) + rank * 7 % 20
        minutes = 8 * 60 + spread
        moments.append(When(day, minutes // 60, minutes % 60, any_day=True))
    return moments


def _thread() -> ThreadData:
    paragraphs = [" ".join(p.split()) for text in (FIRST, SECOND) for p in dedent(text).strip().split("\n\n")]
    messages: list[MessageData] = []
    root = ""
    for rank, (paragraph, when) in enumerate(zip(paragraphs, _moments(len(paragraphs)), strict=True), 1):
        found = _MESSAGE.fullmatch(paragraph)
        if found is None:
            raise ValueError(f"not a message: {paragraph}")
        key, answered = f"e-nuit-{rank}", ("", root, messages[-1].key if messages else "")[len(found["depth"])]
        root = root if answered else key
        messages.append(
            MessageData(
                key,
                found["by"],
                POSTURES[found["posture"]],
                found["text"],
                when,
                to=answered,
                section=found["section"] or "",
                quote=found["quote"] or "",
            )
        )
    return ThreadData(under=UNDER, messages=tuple(messages))


THREADS = (_thread(),)
