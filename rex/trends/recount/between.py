"""Counted again: who cooperates with whom, and mercis between teams."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from urllib.parse import parse_qs, urlsplit

from rex.journal.models import EntryKind
from rex.trends.ensemble import Ensemble
from rex.trends.mercis import Mercis
from rex.trends.page import Page
from rex.trends.recount.days import Days
from rex.trends.recount.named import Named
from rex.trends.recount.rows import Text
from rex.trends.recount.texts import Figures
from rex.trends.subjects import BETWEEN
from rex.trends.units import NO_SERVICE


def shown(page: Page, named: Named) -> Iterator[tuple[str, int | str]]:
    for section in page.sections:
        if isinstance(section, Ensemble):
            for row in (one for table in section.tables for one in table.rows):
                yield _linked(named, row.key.split(BETWEEN)), row.cells[0].number
            # The drawing has the twelve most linked of the units.
            drawn = [(_linked(named, (link.one.key, link.other.key)), link.number) for line in section.lines for link in line.links]
            yield from ((f"dessin, {name}", number) for name, number in drawn if section.is_whole)
        elif isinstance(section, Mercis):
            yield "mercis, d’une équipe ou d’une autre", section.all.number
            for row in (one for table in section.tables for one in table.rows):
                ends = parse_qs(urlsplit(row.cells[0].url).query)
                yield _given(named, ends.get("de", [""])[0], ends.get("et", [""])[0]), row.cells[0].number


def _linked(named: Named, keys: Sequence[str]) -> str:
    return "récits qui relient " + " et ".join(sorted(map(named.label, keys)))


def _given(named: Named, giver: str, receiver: str) -> str:
    return f"mercis de {named.label(giver)} à {named.label(receiver)}"


def told(named: Named, texts: Sequence[Text], days: Days, drawn: int) -> Figures:
    """`drawn`: how many units the drawing takes; with more, it is not counted again."""
    mercis = [one for one in texts if one.kind is EntryKind.RECOGNITION and days.is_now(one.day)]
    given = Counter(
        _given(named, giver, receiver)
        for one in mercis
        for giver in named.units_of(one)
        for receiver in {named.unit(one.to) if one.to else ""} - {"", NO_SERVICE}
    )
    linked, telling = _links(named, texts, days)
    found: Figures = {"mercis, d’une équipe ou d’une autre": len(mercis), **given, **linked}
    return found | ({f"dessin, {name}": number for name, number in linked.items()} if len(telling) <= drawn else {})


def _links(named: Named, texts: Sequence[Text], days: Days) -> tuple[Counter[str], set[str]]:
    """How many récits link each pair, and all the units that told or answered."""
    of_action: dict[int, list[Text]] = defaultdict(list)
    for text in texts:
        if text.kind is EntryKind.RECIT and text.action_id is not None:
            of_action[text.action_id].append(text)
    linked: Counter[str] = Counter()
    telling: set[str] = set()
    for text in texts:
        if text.kind is not EntryKind.RECIT or not days.is_now(text.day):
            continue
        signed = named.units_of(text) - {NO_SERVICE}
        around = {named.unit(one) for one in named.told.answers.get(text.id, ())}
        for other in of_action.get(text.action_id or 0, ()):
            around |= named.units_of(other) if other.id != text.id else set()
        around = (around | signed) - {"", NO_SERVICE}
        telling |= signed
        for pair in combinations(sorted(around), 2):
            if signed & set(pair):  # one of the two signed it, and it leads to the other
                linked[_linked(named, pair)] += 1
                telling |= set(pair)
    return linked, telling
