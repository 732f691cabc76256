"""Who figures may name, worked out again from who wrote: the rule of `rex.tensions.naming`, without any line of it."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from rex.collectifs.models import College
from rex.trends.look import Look
from rex.trends.recount.rows import Text, Told
from rex.trends.units import NO_SERVICE, OTHERS

FEW = 3  # people who wrote there over its life, under which a service or a collège is not named
_NONE = 0  # who writes from no service
Place = TypeVar("Place", bound=Hashable)


@dataclass(frozen=True)
class Named:
    """The keys under which the page tells a service (a territory of the réseau), by its id, and a collège. `labels`: how faults
    name them; `writers`: how many people ever wrote in each, by its own key."""

    told: Told
    units: Mapping[int, str]
    colleges: Mapping[College, str]
    labels: Mapping[str, str]
    writers: Mapping[str, int]

    def unit(self, service_id: int | None) -> str:
        """Nothing for a service that is not of the place, or that no figure may name."""
        if self.told.is_reseau:
            home = self.told.services.get(service_id or 0)
            return self.units.get(home.home_id, "") if home else ""
        return self.units.get(service_id or _NONE, "")

    def units_of(self, text: Text) -> set[str]:
        """Those that signed it."""
        if self.told.is_reseau:
            return {self.units.get(text.home_id, "")} - {""}
        return {self.unit(one.service_id) for one in text.by} - {""}

    def colleges_of(self, text: Text) -> set[str]:
        return {key for one in text.by if one.college is not None and (key := self.colleges.get(one.college, ""))}

    def label(self, key: str) -> str:
        return self.labels.get(key, key)


def named_in(told: Told, home_id: int | None) -> Named:
    in_units, from_colleges = defaultdict(set), defaultdict(set)
    for text in told.texts:
        for one in text.by:
            in_units[text.home_id if told.is_reseau else one.service_id or _NONE].add(one.user_id)
            from_colleges[one.college].add(one.user_id)
    homes = told.collectifs if told.is_reseau else {key: one for key, one in told.services.items() if one.home_id == home_id}
    own = {key: one.public_id for key, one in homes.items()} | ({} if told.is_reseau else {_NONE: NO_SERVICE})
    numbers = {key: _number(people) for key, people in in_units.items() if key in own}
    colleges = {one: _number(from_colleges[one]) for one in College if one in from_colleges}
    return Named(
        told,
        _keys(numbers, own, sorted(own)),
        _keys(colleges, {one: one.value for one in College}, list(College)),
        labelled([*((one.public_id, one.name) for one in homes.values()), (OTHERS, "les autres"), (NO_SERVICE, "sans service")]),
        {own[key]: number for key, number in numbers.items()} | {one.value: number for one, number in colleges.items()},
    )


def _number(people: set[Any]) -> int:
    """Those who left the application count as one when nobody else wrote there."""
    return len(people - {None}) or len(people)


def _keys(writers: Mapping[Place, int], own: Mapping[Place, str], in_order: Iterable[Place]) -> dict[Place, str]:
    """The small ones are told together; one that is alone takes the first of the others along, or is not told at all."""
    wrote = [one for one in in_order if one in writers]
    together = [one for one in wrote if writers[one] < FEW]
    named = [one for one in wrote if writers[one] >= FEW]
    if len(together) == 1:
        together, named = ([*together, named[0]] if named else []), named[1:]
    return {one: own[one] for one in named} | dict.fromkeys(together, OTHERS)


def labelled(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Two of the same name are told apart by their keys."""
    found = dict(names)
    times = Counter(found.values())
    return {key: name if times[name] == 1 else f"{name} ({key})" for key, name in found.items()}


def wrongly_named(look: Look, named: Named) -> list[str]:
    """What is named on the page and should not be, and what lacks there: the rest of a sentence."""
    found = []
    shown = {one.key: one.name for one in look.units.shown} | {f"c {key}": name for key, name in look.colleges.shown}
    due = dict.fromkeys(named.units.values()) | {f"c {key}": None for key in named.colleges.values()}
    for key, name in shown.items():
        if key not in due:
            few = named.writers.get(key.removeprefix("c "), 0) < FEW
            found.append(f"{name} y est nommé" + (f" sous {FEW} personnes" if few else ", et ne devrait pas l’être"))
    lacking = [key.removeprefix("c ") for key in due if key not in shown]
    return found + [f"{named.label(key)} n’y est pas nommé, et devrait l’être" for key in lacking]
