"""The shapes of what people add to the récits of the demonstration: plain frozen data, no database.

People, récits, difficulties and messages are named by their keys. `days_ago` and the hour say when; a text is written on one
line or several, and read with one line a paragraph."""

from dataclasses import dataclass, field

from rex.demo.territories import VALOMBRE


@dataclass(frozen=True)
class When:
    """A day counted back from today, and an hour. Offices write on working days, unless `any_day`."""

    days_ago: int
    hour: int = 10
    minute: int = 0
    any_day: bool = False


@dataclass(frozen=True)
class EchoData:
    """« Je vis ça aussi », with or without a sentence."""

    by: str
    when: When
    words: str = ""


@dataclass(frozen=True)
class DifficultyData:
    """What resisted. `recit` and `section`: a passage of a récit, whose words stand there exactly; else noted alone."""

    key: str
    by: str
    words: str
    when: When
    balises: tuple[str, ...]
    collectif: str = VALOMBRE
    recit: str = ""
    section: str = ""
    effect: str = ""
    audience: str = "collectif"
    echoes: tuple[EchoData, ...] = ()


@dataclass(frozen=True)
class ThanksData:
    """A recognition: `to` is a person, `to_body` a service or structure. `answer` as in `rex.journal.recognition_models`."""

    key: str
    by: str
    words: str
    when: When
    to: str = ""
    to_body: str = ""
    recit: str = ""
    collectif: str = VALOMBRE
    answer: str = "acceptee"
    answered_by: str = ""
    answered: When | None = None


@dataclass(frozen=True)
class MessageData:
    """A message. `to` is the key of the message that it answers; `section` and `quote` a passage of the récit.

    `former` is what it said until `edited`; a message withdrawn keeps its place without its text."""

    key: str
    by: str
    posture: str
    text: str
    when: When
    to: str = ""
    section: str = ""
    quote: str = ""
    audience: str = "collectif"
    former: str = ""
    edited: When | None = None
    withdrawn: When | None = None
    mentions: tuple[str, ...] = ()
    taken_by: str = ""
    taken: When | None = None


@dataclass(frozen=True)
class SentenceData:
    """A sentence of a synthèse, and the keys of the messages on which it rests."""

    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class SyntheseData:
    """What an animateur keeps of a thread, and closes it."""

    by: str
    when: When
    sentences: tuple[SentenceData, ...]


@dataclass(frozen=True)
class ThreadData:
    """What was said under a récit or a difficulty (`under` is its key)."""

    under: str
    messages: tuple[MessageData, ...]
    synthese: SyntheseData | None = None


@dataclass(frozen=True)
class NoteData:
    """« Divergent ici », « se rejoignent ici »: between two récits of one action, at a section."""

    by: str
    one: str
    other: str
    section: str
    meeting: str
    words: str
    when: When


@dataclass(frozen=True)
class RereadingData:
    """What an author reads otherwise, a year after."""

    by: str
    recit: str
    text: str
    when: When


@dataclass(frozen=True)
class AskedData:
    """Somebody is asked to sign a draft (`draft`), or to tell an action from their place (`action`)."""

    by: str
    to: str
    when: When
    draft: str = ""
    action: str = ""


@dataclass(frozen=True)
class ReportData:
    """A récit shown to the animateurs, and why."""

    by: str
    recit: str
    reason: str
    when: When


@dataclass(frozen=True)
class Together:
    """All of it."""

    difficulties: tuple[DifficultyData, ...] = ()
    thanks: tuple[ThanksData, ...] = ()
    threads: tuple[ThreadData, ...] = ()
    notes: tuple[NoteData, ...] = ()
    rereadings: tuple[RereadingData, ...] = ()
    asked: tuple[AskedData, ...] = ()
    reports: tuple[ReportData, ...] = field(default=())
