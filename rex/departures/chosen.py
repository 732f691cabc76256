"""What a person chooses for what they wrote, when they delete their account."""

from dataclasses import dataclass

from rex.departures.models import AccountEnding


@dataclass(frozen=True)
class Chosen:
    """What stays, of nobody. The defaults are those of the form: what was told to a journal stays, what was told in groups goes."""

    keeps_recits: bool = True
    keeps_words: bool = True
    keeps_in_groups: bool = False


def chosen_in(ending: AccountEnding) -> Chosen:
    return Chosen(ending.keeps_recits, ending.keeps_words, ending.keeps_in_groups)
