"""What a message says before it is kept: its posture, its text, the passage that it quotes, and what would be wrong with it."""

from collections.abc import Collection
from dataclasses import dataclass

from rex import text
from rex.exchanges.models import Posture
from rex.french import number
from rex.text.marks import tidy
from rex.text.names import with_names

MOST = 6_000  # characters: an answer, not a récit


class Refused(ValueError):
    """What cannot be kept; `faults` are (field, French sentence)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        self.faults = faults


@dataclass(frozen=True)
class Words:
    """What somebody says: with which posture, on which passage (`quote_slug` is the section that it stands in)."""

    posture: Posture
    source: str
    quote: str = ""
    quote_slug: str = ""


def faults_in(words: Words) -> list[tuple[str, str]]:
    """What keeps a message from being said."""
    faults = faults_in_text(words.source)
    if words.posture is Posture.AUTRE_REGARD and not words.quote:
        faults.append(("paragraphe", "Choisissez le passage que vous voyez autrement"))
    return faults


def faults_in_text(source: str) -> list[tuple[str, str]]:
    """An empty text, or one that is no message any more."""
    if len(source) > MOST:
        excess = f"{number(MOST)} caractères au plus, il en a {number(len(source))}"
        return [("texte", f"Raccourcissez votre message : {excess}")]
    if not html_of("", source).strip() or not any(char.isprintable() and not char.isspace() for char in tidy(source)):
        return [("texte", "Écrivez quelques mots avant d’envoyer")]
    return []


def html_of(public_id: str, source: str, names: Collection[str] = ()) -> str:
    """The HTML of a message, its notes told apart from those of the other texts of the page; `names`: those that it says after
    « @ » and that one of its readers bears."""
    return with_names(text.to_html(source, prefix=f"e-{public_id}-", heading_base=3), names)
