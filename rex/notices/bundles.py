"""What waits for a person, gathered for a page or a mail: what is asked of them, then what happened, entry by entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rex.journal.models import EntryKind
from rex.journal.moment_models import What
from rex.notices.asks import Ask
from rex.notices.queries import AWAITS_JUDGES, OF_THE_ACTION, Told
from rex.notices.sentences import UNTOLD, key_of, sentence_of

PAGES = {EntryKind.RECIT: "recits", EntryKind.DIFFICULTY: "difficultes", EntryKind.RECOGNITION: "reconnaissances"}


@dataclass(frozen=True)
class Line:
    """One sentence, and where it leads."""

    sentence: str
    path: str
    at: datetime
    what: What


@dataclass(frozen=True)
class Bundle:
    """All that happened to one entry, newest first."""

    entry_public_id: str
    title: str  # empty: it may not be named
    untold: str  # what stands in the place of the title
    is_told: bool
    collectif: str
    path: str
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        return self.title or self.untold


def bundles_of(told: Sequence[Told]) -> list[Bundle]:
    """Gather notices (newest first) by entry: the entry that moved last comes first."""
    entries: dict[int, list[Told]] = {}
    for one in told:
        entries.setdefault(one.entry_id, []).append(one)
    return [_bundle(those) for those in entries.values()]


def reports_awaiting(told: Sequence[Told]) -> list[tuple[Ask, str]]:
    """The texts reported to this animateur, who is awaited: one ask and its sentence for each, until the reports are opened."""
    reported = [one for one in told if one.what in AWAITS_JUDGES]
    ids = {one.entry_public_id: one.entry_id for one in reported}
    return [
        (
            Ask(
                what=line.what,
                at=line.at,
                actor="",
                entry_ids=frozenset({ids[bundle.entry_public_id]}),
                path=line.path,
                collectif=bundle.collectif,
                title=bundle.name,
                public_id=bundle.entry_public_id,
            ),
            line.sentence,
        )
        for bundle in bundles_of(reported)
        for line in bundle.lines
    ]


def _bundle(those: list[Told]) -> Bundle:
    alike: dict[object, list[Told]] = {}
    for one in those:
        alike.setdefault(key_of(one), []).append(one)
    first = those[0]
    return Bundle(
        entry_public_id=first.entry_public_id,
        title=first.title,
        untold="Un texte suspendu" if first.what is What.LETTER else UNTOLD[first.kind],
        is_told=first.is_told,
        collectif=first.collectif,
        path=page_of(first),
        lines=tuple(Line(sentence_of(some), path_of(some[-1]), some[0].at, some[0].what) for some in alike.values()),
    )


def page_of(told: Told) -> str:
    """The page of the entry itself."""
    return f"/{PAGES[told.kind]}/{told.entry_public_id}"


def path_of(told: Told) -> str:
    """Where a notice leads: the message, the action, the reports, else the entry."""
    match told.what:
        case what if what in AWAITS_JUDGES:
            return f"/c/{told.collectif_slug}/signalements"
        case what if what in OF_THE_ACTION and told.action_public_id:
            return f"/actions/{told.action_public_id}"
        case What.SYNTHESE:
            return f"{page_of(told)}#echanges"
        case What.WITHDRAWN:
            return f"{page_of(told)}/edition"
        case What.REREAD:
            return f"{page_of(told)}/relire"
    return f"{page_of(told)}#e-{told.exchange_public_id}" if told.exchange_public_id else page_of(told)
