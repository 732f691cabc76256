"""Sentences of the paragraph above the page, in parts: words, some of which open what they speak of."""

from dataclasses import dataclass

from rex.french import typo
from rex.trends.asked import Asked
from rex.trends.saying import OF_ENJEU, capital


@dataclass(frozen=True)
class Part:
    """Some words of a sentence. `url`: the list that a figure opens, or the page of what is named."""

    text: str
    url: str = ""
    is_strong: bool = False


Sentence = tuple[Part, ...]


def said(sentence: Sentence) -> str:
    return "".join(part.text for part in sentence)


def begun(asked: Asked, sentences: list[Sentence]) -> list[Sentence]:
    """« En coopération, » before the first one, when the page is about one enjeu; « Dans cette sélection, » when it is narrowed
    more, or to who tells: what is said of a selection is not said of the journal."""
    is_chosen = asked.balise or asked.unit or asked.college
    about = "dans cette sélection" if is_chosen else OF_ENJEU.get(asked.enjeu)
    if not about or not sentences:
        return sentences
    first, *others = sentences
    head, *rest = first
    starts = head if head.url else Part(_small(head.text))  # what leads somewhere is a number, or a name
    return [(Part(f"{capital(about)}, "), starts, *rest), *others]


def spaced(sentence: Sentence) -> Sentence:
    """With the spaces of French, each part as its neighbours ask."""
    return tuple(
        Part(
            typo(
                part.text,
                before=sentence[at - 1].text[-1:] if at else "",
                after=sentence[at + 1].text[:1] if at + 1 < len(sentence) else "",
            ),
            part.url,
            part.is_strong,
        )
        for at, part in enumerate(sentence)
    )


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
