"""The shapes of the peer groups of the demonstration and of its séances: plain frozen data, no database."""

from dataclasses import dataclass

from rex.demo.shapes_together import MessageData, When


@dataclass(frozen=True)
class ShareData:
    """One sentence shared in the room; `is_kept`: kept by its author until a séance, read by nobody else."""

    by: str
    words: str
    when: When
    messages: tuple[MessageData, ...] = ()
    is_kept: bool = False
    key: str = ""  # when something comes from it


@dataclass(frozen=True)
class GroupRecitData:
    """A récit told in the room."""

    by: str
    title: str
    when: When
    sections: dict[str, str]
    balises: tuple[str, ...]
    messages: tuple[MessageData, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class DepotData:
    """The situation that somebody brings, so many days before the séance."""

    by: str
    words: str
    days_before: int


@dataclass(frozen=True)
class SaidData:
    """What somebody says: in the round of this name, or, at *garder*, takes away."""

    by: str
    round: str
    words: str


@dataclass(frozen=True)
class SeanceData:
    """A meeting, so many weeks after (before, when negative) the next day of this name. `kept`: who brought what is explored."""

    weeks: int
    weekday: int  # 0 on Mondays
    hour: int
    minute: int
    lead: str
    theme: str
    place: str
    agenda: str
    preparation: str
    minutes: int = 120
    kind: str = "groupe"
    depots: tuple[DepotData, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()  # who chose, whose situation
    kept: str = ""
    said: tuple[SaidData, ...] = ()
    report: str = ""


@dataclass(frozen=True)
class InvitationData:
    """Somebody whom the members are asked about, and who said yes so far."""

    by: str
    name: str
    address: str
    when: When
    yes: tuple[str, ...]


@dataclass(frozen=True)
class VersementData:
    """A text of the room, rewritten to leave it. `decided`: what it was, the words, what was done, with which words or why. All of
    the others named in `yes`, it appeared in the collectif `to`, as its author's."""

    by: str
    source: str
    to: str
    when: When
    text: str
    title: str = ""  # of a récit; a difficulty has none
    decided: tuple[tuple[str, str, str, str], ...] = ()
    yes: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupData:
    """A closed room; the first of its members opened it and looks after it."""

    key: str
    called: str
    engagement: str
    pacte: str
    members: tuple[str, ...]
    began: int  # days ago
    shares: tuple[ShareData, ...] = ()
    recits: tuple[GroupRecitData, ...] = ()
    seances: tuple[SeanceData, ...] = ()
    invitations: tuple[InvitationData, ...] = ()
    versements: tuple[VersementData, ...] = ()
