"""What waits for a person, gathered for a page or a mail: what is asked of them, then what happened, entry by entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rex.exchanges.entries import url_of
from rex.journal.moment_models import What
from rex.notices.ask import Ask
from rex.notices.queries import AWAITS_JUDGES, OF_THE_ACTION, Told
from rex.notices.sentences import NEW_IN_GROUP, UNTOLD, key_of, sentence_of


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
    at: datetime
    is_in_group: bool = False  # nothing is said of it but that something is new

    @property
    def name(self) -> str:
        return self.title or self.untold


def bundles_of(told: Sequence[Told]) -> list[Bundle]:
    """Gather notices (newest first) by entry, those of a peer group together: what moved last comes first."""
    entries: dict[int | str, list[Told]] = {}
    for one in told:
        entries.setdefault(one.group_public_id or (one.about.url if one.about else one.entry_id), []).append(one)
    return [_of_group(those[0]) if those[0].group_public_id else _bundle(those) for those in entries.values()]


def _of_group(last: Told) -> Bundle:
    """Which group, its members know from no word of ours; the address leads to it."""
    return Bundle(
        entry_public_id="",
        title="",
        untold=NEW_IN_GROUP,
        is_told=False,
        collectif="",
        path=f"/groupes-de-pairs/{last.group_public_id}",
        lines=(),
        at=last.at,
        is_in_group=True,
    )


def is_a_report(told: Told) -> bool:
    """What an animateur is awaited for; in a group, it is said inside alone."""
    return told.what in AWAITS_JUDGES and not told.group_public_id


def reports_awaiting(told: Sequence[Told]) -> list[tuple[Ask, str]]:
    """The texts reported to this animateur, who is awaited: one ask and its sentence for each, until the reports are opened."""
    reported = [one for one in told if is_a_report(one)]
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
        at=first.at,
    )


def page_of(told: Told) -> str:
    """The page of the entry, of the séance, or of the lecture contradictoire, itself."""
    if told.about is not None:
        return told.about.url
    return url_of(told.kind, told.entry_public_id)


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
    if told.about is not None:
        return told.about.url
    return f"{page_of(told)}#e-{told.exchange_public_id}" if told.exchange_public_id else page_of(told)
