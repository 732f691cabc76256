"""Two people's changes to one text brought together, by paragraph."""

import re
from collections import Counter
from typing import NamedTuple

from rex.words.search import Hunk, Search

_PARAGRAPHS = re.compile(r"([^\n]*)(\n+|\Z)")


class Merged(NamedTuple):
    """The text that holds both people's changes; `overlapped` when both had changed the same paragraph."""

    text: str
    overlapped: bool


class _Paragraph(NamedTuple):
    """A paragraph and the newlines that follow it; only the words count when two are compared."""

    words: str
    end: str


def _paragraphs(text: str) -> list[_Paragraph]:
    found = [pair for pair in _PARAGRAPHS.findall(text) if pair[0] or pair[1]]
    made = {pair: _Paragraph(*pair) for pair in {*found}}  # many short lines are the same few
    return [made[pair] for pair in found]


_MARK = "— Autre version, écrite par "
_MARKED = re.compile(rf"^{_MARK}\S.* :[ \t]*\r?$", re.MULTILINE)


def mark(their_name: str) -> str:
    """The line that stands between two versions of the same paragraphs."""
    return f"{_MARK}{' '.join(their_name.split())} :"


def has_two_versions(text: str) -> bool:
    """Whether a merge left two versions of a passage here, and nobody has chosen yet."""
    return _MARKED.search(text) is not None


def line_has_two_versions(line: str) -> bool:
    """The same of what is kept on one line, where the versions follow each other: a title."""
    return _MARK in line


def merge(base: str, mine: str, theirs: str, *, their_name: str) -> Merged:
    """`mine` and `theirs`, both written from `base`, in one text, by paragraph; newlines come out as LF.

    Changes to different paragraphs are both kept. Where both changed the same ones, both texts are kept, mine
    first, with a line saying whose the second is; what the two have in common is kept once. A paragraph that one
    deleted and the other rewrote stays. Merging the result again with the same `mine` changes nothing: what is
    already in `theirs` is not added twice (the retry of a save whose answer was lost)."""
    base, mine, theirs = (text.replace("\r\n", "\n").replace("\r", "\n") for text in (base, mine, theirs))
    if mine in (base, theirs):
        return Merged(theirs, False)
    if theirs == base:
        return Merged(mine, False)
    sides = [_paragraphs(text) for text in (base, mine, theirs)]
    if _already_there(*(_words_of(side) for side in sides)):
        return Merged(theirs, False)
    return _Merge(*sides, mark(their_name)).run()


def _already_there(base: list[str], mine: list[str], theirs: list[str]) -> bool:
    """Whether all that `mine` did to `base` is done in `theirs`: added, deleted and, if it only moved, moved."""
    old, my, their = {*base}, {*mine}, {*theirs}
    if not my - old <= their or (old - my) & their:
        return False
    return bool(my - old) or [words for words in mine if words in their] == [w for w in theirs if w in my]


class _Merge:
    """One three-way merge; the result grows in `out`."""

    def __init__(self, base: list[_Paragraph], mine: list[_Paragraph], theirs: list[_Paragraph], line: str) -> None:
        self.base, self.mine, self.theirs = base, mine, theirs
        self.line = _Paragraph(line, "\n\n")
        self.known = {*_words_of(base)}
        self.mine_count, self.their_count = Counter(_words_of(mine)), Counter(_words_of(theirs))
        # What one deleted, the other may have kept, moved or rewritten: rewritten only, it stays.
        self.gone = self.known - ({*_words_of(mine)} & {*_words_of(theirs)})
        self.out: list[_Paragraph] = []
        self.overlapped = False

    def run(self) -> Merged:
        search = Search()
        words = [[paragraph.words for paragraph in side] for side in (self.base, self.mine, self.theirs)]
        my_hunks, their_hunks = search.hunks(words[0], words[1]), search.hunks(words[0], words[2])
        at = my_at = their_at = 0
        while my_hunks or their_hunks:
            start, stop, my_count, their_count = _next_region(my_hunks, their_hunks)
            self._keep(at, start, my_at, their_at)
            my_at, their_at = my_at + start - at, their_at + start - at
            my_stop = my_at + stop - start + my_count
            their_stop = their_at + stop - start + their_count
            self._settle(self.base[start:stop], self.mine[my_at:my_stop], self.theirs[their_at:their_stop])
            at, my_at, their_at = stop, my_stop, their_stop
        self._keep(at, len(self.base), my_at, their_at)
        return Merged(_joined(self._settled()), self.overlapped)

    def _settled(self) -> list[_Paragraph]:
        """The result without what one deleted and the other moved, nor twice what each moved to its own place."""
        most = {words: max(self.mine_count[words], self.their_count[words]) for words in self.known}
        kept: list[_Paragraph] = []
        for paragraph in self.out:
            words = paragraph.words
            if words in self.known and paragraph is not self.line:  # the same line of an earlier merge may stand in the base
                if words in self.gone or not most[words]:
                    continue
                most[words] -= 1
            kept.append(paragraph)
        return kept

    def _keep(self, start: int, stop: int, my_at: int, their_at: int) -> None:
        """Paragraphs that neither changed, with the newlines of whoever changed those."""
        for rank in range(stop - start):
            old, my, their = self.base[start + rank], self.mine[my_at + rank], self.theirs[their_at + rank]
            self.out.append(their if my.end == old.end else my)

    def _settle(self, old: list[_Paragraph], my: list[_Paragraph], their: list[_Paragraph]) -> None:
        """One region that at least one of the two changed."""
        words = _words_of(old)
        my_words, their_words = _words_of(my), _words_of(their)
        if my_words == words or their_words == words:
            self.out += their if my_words == words else my
        else:
            # Those that are not in this region on both sides were deleted or moved away.
            gone = self.gone | ({*words} - ({*my_words} & {*their_words}))
            self._settle_both(
                [paragraph for paragraph in my if paragraph.words not in gone],
                [paragraph for paragraph in their if paragraph.words not in gone],
            )

    def _settle_both(self, my: list[_Paragraph], their: list[_Paragraph]) -> None:
        """Both changed the region: what they have in common at its ends once, and between these what
        each wrote there, with the mark between them when both did."""
        my_words, their_words = _words_of(my), _words_of(their)
        if _holds(their_words, my_words):
            self.out += their
        elif _holds(my_words, their_words):
            self.out += my
        else:
            common = _common(my_words, their_words)
            ending = _common(my_words[common:][::-1], their_words[common:][::-1])
            my_middle, their_middle = (side[common : len(side) - ending] for side in (my, their))
            if all({*_words_of(middle)} - self.known for middle in (my_middle, their_middle)):
                self.overlapped = True
                middle = [*my_middle, self.line, *their_middle]
            else:  # paragraphs moved here by one, deleted or written by the other
                middle = my_middle + [one for one in their_middle if one.words not in my_words]
            self.out += [*my[:common], *middle, *my[len(my) - ending :]]


def _next_region(mine: list[Hunk], theirs: list[Hunk]) -> tuple[int, int, int, int]:
    """Takes the first hunk off the lists, and all those that overlap it: the span of the base that they cover,
    and by how many paragraphs each side grew over it. Hunks that only touch are apart, save two insertions."""
    start, stop = min(hunks[0][:2] for hunks in (mine, theirs) if hunks)
    grown = [0, 0]
    taken = True
    while taken:
        taken = False
        for side, hunks in enumerate((mine, theirs)):
            while hunks and (hunks[0].start < stop or hunks[0][:2] == (start, stop)):
                hunk = hunks.pop(0)
                stop = max(stop, hunk.stop)
                grown[side] += (hunk.to - hunk.from_) - (hunk.stop - hunk.start)
                taken = True
    return start, stop, grown[0], grown[1]


def _words_of(paragraphs: list[_Paragraph]) -> list[str]:
    return [paragraph.words for paragraph in paragraphs]


def _holds(whole: list[str], part: list[str]) -> bool:
    """Whether `part` is found in `whole`, in order."""
    rest = iter(whole)
    return all(words in rest for words in part)


def _common(one: list[str], other: list[str]) -> int:
    """How many items the two lists begin with in common."""
    return next((rank for rank, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _joined(paragraphs: list[_Paragraph]) -> str:
    """The paragraphs as a text; one that was the last of its version gets a blank line when another follows."""
    last = len(paragraphs) - 1
    return "".join(words + (end or "\n\n") if rank < last else words + end for rank, (words, end) in enumerate(paragraphs))
