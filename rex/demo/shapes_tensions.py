"""The shapes of the tensions of the demonstration and of what people did about them: plain frozen data, no database."""

from dataclasses import dataclass, field

from rex.demo.shapes_groups import SeanceData
from rex.demo.shapes_together import ThreadData, When


@dataclass(frozen=True)
class LinkData:
    """Somebody says that a difficulty is one of this tension."""

    by: str
    difficulty: str
    when: When


@dataclass(frozen=True)
class StateData:
    """Where it stands from then on; `seance`: an open meeting that was announced on it."""

    by: str
    state: str
    when: When
    words: str = ""
    seance: SeanceData | None = None


@dataclass(frozen=True)
class TrialData:
    """What was tried, and later what it gave."""

    by: str
    words: str
    when: When
    outcome: str = ""
    gave: When | None = None


@dataclass(frozen=True)
class PartyData:
    """A party to an arbitrage: a service, a structure, a collège."""

    name: str
    enjeu: str
    effort: str


@dataclass(frozen=True)
class ArbitrageData:
    """What was decided, and what each party gives."""

    by: str
    decided: str
    when: When
    parties: tuple[PartyData, ...]


Step = LinkData | StateData | TrialData | ArbitrageData


@dataclass(frozen=True)
class TensionData:
    """Difficulties that come back, named by somebody who looks after the journal, and its life since, in order."""

    key: str
    collectif: str
    title: str
    words: str
    by: str
    named: When
    difficulties: tuple[str, ...]
    life: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Recurring:
    """All of it. `ideas`: expressions that say the same, by collectif."""

    tensions: tuple[TensionData, ...]
    threads: tuple[ThreadData, ...] = ()
    ideas: tuple[tuple[str, str], ...] = field(default=())
