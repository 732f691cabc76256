"""Counted again: séances that were held, tensions put to work, what was decided and tried, and in which séance or after which."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from rex.trends.page import Page
from rex.trends.recount.days import Days
from rex.trends.recount.texts import Figures
from rex.trends.recount.work_rows import Act, Done, Meeting, Work
from rex.trends.seances import Item, Seances

MOST = 100  # of a list; the page tells that there are more
PARTS = {
    "tenues": "séances tenues",
    "au-travail": "tensions mises au travail",
    "arbitrages": "arbitrages",
    "essais": "essais",
}


def shown(page: Page, work: Work) -> Iterator[tuple[str, int | str]]:
    for section in page.sections:
        if isinstance(section, Seances):
            for part in section.parts:
                yield PARTS[part.key], min(len(part.items), MOST + 1)
                if len(part.items) <= MOST:
                    found = Counter(_of_item(part.key, item, work) for item in part.items)
                    yield from found.items()


def _of_item(key: str, item: Item, work: Work) -> str:
    path = item.url.partition("#")[0].rpartition("/")[2]
    if key == "tenues":
        on = [link.url.rpartition("/")[2] for link in item.on]
        return _held(work, path, on)
    return _told(work, key, path, item.held.url.rpartition("/")[2] if item.held else "")


def told(work: Work, days: Days, now: datetime) -> Figures:
    names, open_ones = {one.id: one.public_id for one in work.tensions}, {one.id: one for one in work.meetings}
    held = [one for one in work.meetings if days.is_now(one.day) and one.starts_at <= now]
    works = [one for one in work.acts if days.is_now(one.day)]
    tied = {seance_id for _, seance_id in work.ties}
    lists = {"tenues": [_held(work, one.public_id, [names[key] for key, there in work.ties if there == one.id]) for one in held]}
    lists["au-travail"] = [
        _told(work, "au-travail", names[key], _seance_of([one for one in works if one.tension_id == key], tied, open_ones))
        for key in dict.fromkeys(one.tension_id for one in works)
    ]
    for part, done in (("arbitrages", work.decided), ("essais", work.tried)):
        there = [one for one in done if days.is_now(one.day)]
        lists[part] = [_told(work, part, names[one.tension_id], _after(work, one)) for one in there]
    found: Figures = {}
    for part, lines in lists.items():
        found[PARTS[part]] = min(len(lines), MOST + 1)
        found |= Counter(lines) if len(lines) <= MOST else {}
    return found


def _seance_of(acts: Sequence[Act], tied: set[int], open_ones: dict[int, Meeting]) -> str:
    """The one that put a tension to work: of the first of its acts that tells one of the journal, opened on a tension."""
    known = [one.seance_id for one in acts if one.seance_id in tied and one.seance_id in open_ones]
    return open_ones[known[0]].public_id if known and known[0] else ""


def _after(work: Work, done: Done) -> str:
    """The last séance opened on the tension, that day or before."""
    before = [one for one in work.meetings if (done.tension_id, one.id) in work.ties and one.day <= done.day]
    return before[0].public_id if before else ""


def _held(work: Work, seance: str, tensions: Sequence[str]) -> str:
    on = ", ".join(sorted(work.labels.get(one, one) for one in tensions))
    return f"séance du {_day(work, seance)}" + (f" sur {on}" if on else "")


def _told(work: Work, part: str, tension: str, seance: str) -> str:
    said = {"au-travail": "mise au travail de", "arbitrages": "arbitrage sur", "essais": "essai sur"}[part]
    where = f", séance du {_day(work, seance)}" if seance else ""
    return f"{said} {work.labels.get(tension, tension)}{where}"


def _day(work: Work, seance: str) -> str:
    day: date | None = next((one.day for one in work.meetings if one.public_id == seance), None)
    return f"{day:%d/%m/%Y} ({seance})" if day else seance
