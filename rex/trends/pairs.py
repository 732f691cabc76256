"""The pairs of units that récits link, all counted at once: what `rex.trends.with_whom` asks of one pair, for every pair."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rex.trends.look import Look
from rex.trends.recits import recits_of
from rex.trends.units import NO_SERVICE


@dataclass(frozen=True)
class Pairs:
    """How many récits each unit signed, by its key; how many link two units, by their keys in the order of the page."""

    told: Mapping[str, int]
    linked: Mapping[tuple[str, str], int]


def pairs_of(look: Look) -> Pairs:
    """No statement of its own. Who has no service is in no pair: it is no unit to cooperate with."""
    recits = look.once(recits_of)
    lanes, added, together = recits.lanes, defaultdict(int), defaultdict(int)
    for signed, times in recits.signed.items():
        for rank, is_there in enumerate(lanes.counts(signed)):
            if is_there:
                added[rank] += recits.around[signed]
                together[rank] += signed * times
    units = [(rank, key) for rank, key in enumerate(lanes.unit_keys) if key != NO_SERVICE]
    linked_to = {rank: lanes.counts(added[rank]) for rank, _ in units}
    both_signed = {rank: lanes.counts(together[rank]) for rank, _ in units}
    linked = {
        # A récit that both signed was counted from each of the two.
        (key, other): linked_to[one][two] + linked_to[two][one] - both_signed[one][two]
        for place, (one, key) in enumerate(units)
        for two, other in units[place + 1 :]
    }
    told = {key: both_signed[rank][rank] for rank, key in units}
    return Pairs(
        {key: number for key, number in told.items() if number}, {pair: number for pair, number in linked.items() if number}
    )
