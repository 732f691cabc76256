"""Why notes came together, in words that people can check in the texts: never a bare percentage.

`Reasons` is made once of the notes that are compared (how rare a word is depends on them). A pair is explained by the whole words
that both hold, by near words (« épuisée ~ à bout »), by balises; a group by the words that carry it, balises with counts, the note
at its centre and the least sure one. Numbers and empty verbs count as the other words do, and are not shown.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from rex.tensions.grouping_features import PLACING, Features
from rex.tensions.grouping_hollow import is_hollow
from rex.tensions.grouping_lexicon import LOOSE_AREA, Found, Own, ideas_in
from rex.tensions.grouping_readings import Item, kinship
from rex.tensions.grouping_words import Word, content

STRONG, MIDDLING = 3.5, 1.8  # nearness, in spreads of any two notes
UNSURE = "à vérifier"
SIGNS = 2  # words, near words or balises without which a likeness is unsure: one word is a chance
SHOWN = 6
EVERYDAY = 1.5  # words of every day are closer in sense than the words of one subject
KIN = 0.5  # likeness of letters from which two words are kin: « réunionite ~ réunions »


class NearWords(NamedTuple):
    """Two expressions that say the same: as each note writes it, and the idea of the lexicon (empty for kin words)."""

    one: str
    other: str
    idea: str

    def __str__(self) -> str:
        return f"{self.one} ~ {self.other}"


class Likeness(NamedTuple):
    """What brings two notes together, the most telling first. `words` pairs what each note writes: « fermée », « fermées ».
    `signs`: how many there are, with those that are not shown."""

    words: list[tuple[str, str]]
    near_words: list[NearWords]
    balises: list[str]
    strength: str
    signs: int


class Carried(NamedTuple):
    """A word or a balise, and in how many notes of how many."""

    what: str
    count: int
    among: int

    def __str__(self) -> str:
        return f"{self.what} chez {self.count} sur {self.among}"


class Portrait(NamedTuple):
    """A group: what carries it, how sure it is, the ids of its central note and of its least sure one, its people and dates."""

    words: list[Carried]
    near_words: list[NearWords]
    balises: list[Carried]
    strength: str
    central: Any
    least_sure: Any
    people: int
    services: int
    first: str
    last: str


class Reasons:
    """Explains pairs and groups among `items`, and a note being written beside them. `own`: as `group` takes it."""

    def __init__(self, items: Iterable[Item], own: Own = ()) -> None:
        self._notes = sorted(items, key=lambda item: str(item["id"]))
        self._features = Features(self._notes, brief=PLACING, own=own)
        self._rows = {item["id"]: row for row, item in enumerate(self._notes)}

    def _vector(self, item: Item) -> np.ndarray:
        row = self._rows.get(item["id"])
        return self._features.vector(item) if row is None or self._notes[row] != item else self._features.matrix[row]

    def pair(self, one: Item, other: Item) -> Likeness:
        """What brings these two together; either may be a note that is not among the items."""
        ours, theirs = _words(one["text"]), _words(other["text"])
        shared = sorted(ours.keys() & theirs.keys(), key=lambda stem: (-self._features.rarity(stem), stem))
        words = [(ours[stem].written, theirs[stem].written) for stem in shared]
        balises: list[str] = sorted(set(one.get("balises") or ()) & set(other.get("balises") or ()))
        near_words = self._near_words(one["text"], other["text"])
        nearness = float(self._features.near(self._vector(one), self._vector(other)[None])[0])
        signs = len(words[:SHOWN]) + len(near_words[:SHOWN]) + len(balises)
        words = [pair for pair in words if not any(map(is_hollow, pair))][:SHOWN]
        return Likeness(words, _telling(near_words)[:SHOWN], balises, _strength(nearness if signs >= SIGNS else 0.0), signs)

    def alike(self, item: Item, most: int = 3) -> list[tuple[Any, Likeness]]:
        """The notes that look like this one, the nearest first, with the reasons; none whose likeness is « à vérifier »."""
        near = self._features.near(self._vector(item), self._features.matrix)
        best = np.argsort(-near.round(4), kind="stable")[: most + 1]
        found = [self._notes[row] for row in best if near[row] >= MIDDLING and self._notes[row]["id"] != item["id"]]
        reasons = [(other["id"], self.pair(item, other)) for other in found[:most]]
        return [(key, likeness) for key, likeness in reasons if likeness.strength != UNSURE]

    def _near_words(self, ours: str, theirs: str) -> list[NearWords]:
        """Different words for the same idea, one pair for each word; then words of one family."""
        lexicon = self._features.own
        read, said = ideas_in(ours, lexicon), {(found.idea, found.area): found for found in ideas_in(theirs, lexicon)}
        ideas_of = Counter(found.words for found in (*read, *said.values()))
        pairs: dict[NearWords, float] = {}
        for found in read:
            other = said.get((found.idea, found.area))
            if other and not _stems(found) & _stems(other):
                sure = EVERYDAY if found.area.startswith(LOOSE_AREA) else 1.0
                shared_out = (ideas_of[found.words] * ideas_of[other.words]) ** 0.25
                weight = sure * min(self._weight(found), self._weight(other)) / shared_out
                pairs[NearWords(_written(found, ours), _written(other, theirs), found.idea)] = weight
        mine, others = _words(ours), _words(theirs)
        for stem in mine.keys() - others.keys():
            for kin in others.keys() - mine.keys():
                if kinship(mine[stem].folded, others[kin].folded) >= KIN:
                    weight = min(self._features.rarity(stem), self._features.rarity(kin))
                    pairs[NearWords(mine[stem].written, others[kin].written, "")] = weight
        kept: list[NearWords] = []
        for pair in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
            if all(pair.one != done.one and pair.other != done.other for done in kept):
                kept.append(pair)
        return kept

    def _weight(self, found: Found) -> float:
        return max((self._features.rarity(stem) for stem in _stems(found)), default=0.0)

    def group(self, members: Sequence[Item]) -> Portrait:
        """What carries a group, its centre and its edge. `members` are two notes or more."""
        members = sorted(members, key=lambda item: str(item["id"]))
        vectors = np.stack([self._vector(item) for item in members])
        near = self._features.near(vectors, vectors)
        np.fill_diagonal(near, 0)
        means = near.sum(1) / max(1, len(members) - 1)
        order = np.argsort(-means.round(4), kind="stable")
        dates = sorted(str(item["date"]) for item in members if item.get("date"))
        tags = Counter(code for item in members for code in set(item.get("balises") or ()))
        counted = [Carried(code, count, len(members)) for code, count in tags.items() if count > 1]
        central = members[order[0]]
        pairs: dict[NearWords, None] = {}
        for place in order[1:]:
            pairs |= dict.fromkeys(self._near_words(central["text"], members[place]["text"])[:2])
        return Portrait(
            self._carriers(members),
            _telling(pairs)[:SHOWN],
            sorted(counted, key=lambda one: (-one.count, one.what)),
            _strength(float(means.mean())),
            central["id"],
            members[order[-1]]["id"],
            len({item["author"] for item in members if item.get("author")}),
            len({item["service"] for item in members if item.get("service")}),
            dates[0] if dates else "",
            dates[-1] if dates else "",
        )

    def _carriers(self, members: Sequence[Item]) -> list[Carried]:
        """The words that several notes hold, as they are most often written."""
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for item in members:
            for stem, word in _words(item["text"]).items():
                written[stem][word.written.lower()] += 1
        usual = {stem: min(forms, key=lambda form: (-forms[form], form)) for stem, forms in written.items()}
        counts = {stem: sum(forms.values()) for stem, forms in written.items() if not is_hollow(usual[stem])}
        told = {stem: count for stem, count in counts.items() if count > 1}
        best = sorted(told, key=lambda stem: (-(told[stem] ** 0.5) * self._features.rarity(stem), stem))[:SHOWN]
        return [Carried(usual[stem], told[stem], len(members)) for stem in best]


def _telling(pairs: Iterable[NearWords]) -> list[NearWords]:
    """Those worth showing: one of two expressions of the lexicon says something, or each of two kin words does."""
    return [pair for pair in pairs if not (all if pair.idea else any)(map(is_hollow, (pair.one, pair.other)))]


def _words(text: str) -> dict[str, Word]:
    """The words of a text by their stems, the first of each."""
    return {word.stem: word for word in reversed(content(text))}


def _stems(found: Found) -> set[str]:
    return {word.stem for written in found.words for word in content(written)}


def _written(found: Found, text: str) -> str:
    """The expression as the text has it; « … » where other words stand within."""
    together = " ".join(found.words)
    return together if together in text else " … ".join(found.words)


def _strength(nearness: float) -> str:
    return "fort" if nearness >= STRONG else "moyen" if nearness >= MIDDLING else UNSURE
