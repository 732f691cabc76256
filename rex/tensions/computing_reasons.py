"""Why a computation brought difficulties together, as it is stored with a proposal and shown to people. The words are those of the
difficulties: a proposal goes as soon as one of these changes."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from rex.tensions.grouping_explain import Likeness, Portrait
from rex.tensions.grouping_words import content


@dataclass(frozen=True)
class Carried:
    """A word or a balise, and in how many of the difficulties."""

    what: str
    count: int
    among: int


@dataclass(frozen=True)
class Why:
    """What they have in common: words, expressions that say the same in two of them, balises."""

    words: tuple[Carried, ...] = ()
    near_words: tuple[tuple[str, str], ...] = ()
    balises: tuple[Carried, ...] = ()

    @classmethod
    def of_group(cls, portrait: Portrait) -> "Why":
        return cls(
            tuple(Carried(one.what, one.count, one.among) for one in portrait.words),
            tuple((pair.one, pair.other) for pair in portrait.near_words),
            tuple(Carried(one.what, one.count, one.among) for one in portrait.balises),
        )

    @classmethod
    def of_pair(cls, likeness: Likeness) -> "Why":
        return cls(
            tuple(Carried(ours, 2, 2) for ours, _ in likeness.words),
            tuple((pair.one, pair.other) for pair in likeness.near_words),
            tuple(Carried(code, 2, 2) for code in likeness.balises),
        )

    def counted_in(self, texts: Sequence[tuple[str, Sequence[str]]]) -> "Why":
        """The same words and balises, counted in all these difficulties (text, balises)."""
        stems = [{word.stem for word in content(text)} for text, _ in texts]
        sought = {one.what: {word.stem for word in content(one.what)} for one in self.words}
        words = [Carried(what, sum(bool(stem & those) for those in stems), len(texts)) for what, stem in sought.items()]
        balises = [Carried(one.what, sum(one.what in codes for _, codes in texts), len(texts)) for one in self.balises]
        return Why(tuple(words), self.near_words, tuple(balises))

    @classmethod
    def kept(cls, reasons: str) -> "Why":
        """What a proposal keeps (`TensionProposal.reasons`)."""
        if not reasons:
            return cls()
        said = json.loads(reasons)
        return cls(_carried(said["words"]), tuple((one, other) for one, other in said["near_words"]), _carried(said["balises"]))

    @property
    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def _carried(rows: Iterable[dict[str, str | int]]) -> tuple[Carried, ...]:
    return tuple(Carried(str(row["what"]), int(row["count"]), int(row["among"])) for row in rows)
