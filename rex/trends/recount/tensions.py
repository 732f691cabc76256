"""Counted again: which tensions the page shows, what each gathers and when, who told it, where it stands, how long that took."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rex.journal.models import EntryKind
from rex.tensions.models import State
from rex.trends.page import Page
from rex.trends.recount.days import Days, month_of
from rex.trends.recount.named import Named
from rex.trends.recount.rows import Text, Voice
from rex.trends.recount.texts import Figures
from rex.trends.recount.work_rows import NamedTension, Work
from rex.trends.tension_rows import TensionOnAxis
from rex.trends.tensions import Tensions
from rex.trends.units import NO_SERVICE, OTHERS

ROWS = 8
STATES = {State.AT_WORK: "Mise au travail", State.ARBITRATED: "Arbitrée", State.CALMED: "Apaisée"}


@dataclass(frozen=True)
class _Gathered:
    tension: NamedTension
    texts: Sequence[Text]
    now: int
    year: int


def shown(page: Page, work: Work) -> Iterator[tuple[str, int | str]]:
    labels = work.labels
    for section in page.sections:
        if isinstance(section, Tensions):
            yield "tensions nommées", section.number
            yield "tensions montrées", ", ".join(labels.get(row.public_id, row.name) for row in section.rows)
            for row in section.rows:
                yield from ((f"{name}, {labels.get(row.public_id, row.name)}", value) for name, value in _of_row(row))


def _of_row(row: TensionOnAxis) -> Iterator[tuple[str, int | str]]:
    yield from (("difficultés", row.now.number), ("difficultés avant", row.before.number))
    yield from (("difficultés en un an", row.year.number), ("difficultés en tout", row.ever.number))
    yield "points", len(row.line.dots) + sum(int("".join(filter(str.isdigit, extra))) for _, extra in row.line.more)
    yield "mois par mois", " ".join(str(cell.number) for cell in row.months)
    yield from (("services", ", ".join(sorted(unit.key for unit in row.units))), ("où elle en est", row.standing))
    yield from (("tendance", row.trend), ("semaines", "" if row.weeks is None else str(row.weeks)))


def told(work: Work, named: Named, texts: Sequence[Text], days: Days) -> Figures:
    labels, of_id = work.labels, {one.id: one for one in texts if one.kind is EntryKind.DIFFICULTY}
    every = [_gathered(one, [of_id[key] for key in work.links.get(one.id, ()) if key in of_id], days) for one in work.tensions]
    every = [one for one in every if one.texts]
    # Sorting keeps the order in which they were named.
    first = sorted((one for one in every if one.year), key=lambda one: (-one.now, -one.year))[:ROWS]
    found: Figures = {
        "tensions nommées": len(every),
        "tensions montrées": ", ".join(labels[one.tension.public_id] for one in first),
    }
    recits = [one.day for one in texts if one.kind is EntryKind.RECIT]
    is_comparable = bool(recits) and min(recits) <= days.asked.compared.starts_on
    for one in first:
        for name, value in _figures(one, work, named, days, is_comparable=is_comparable):
            found[f"{name}, {labels[one.tension.public_id]}"] = value
    return found


def _gathered(tension: NamedTension, texts: Sequence[Text], days: Days) -> _Gathered:
    now = sum(days.is_now(one.day) for one in texts)
    return _Gathered(tension, texts, now, sum(days.is_in_year(one.day) for one in texts))


def _figures(
    one: _Gathered, work: Work, named: Named, days: Days, *, is_comparable: bool
) -> Iterator[tuple[str, int | str]]:
    before = sum(days.is_before(text.day) for text in one.texts)
    trend = "en hausse" if one.now > before else "en baisse" if one.now < before else "stable"
    months = [month_of(text.day) for text in one.texts]
    yield from (("difficultés", one.now), ("difficultés avant", before))
    yield from (("difficultés en un an", one.year), ("difficultés en tout", len(one.texts)), ("points", one.year))
    yield "mois par mois", " ".join(str(months.count(month)) for month in days.months)
    voices = [voice for text in one.texts if days.is_in_year(text.day) for voice in _voices(text, named)]
    yield "services", ", ".join(sorted(_services(voices, named)))
    yield "où elle en est", STATES[one.tension.state] if one.tension.state else _standing(one.texts, named)
    yield from (("tendance", trend if is_comparable else ""), ("semaines", _weeks(one, work)))


def _voices(text: Text, named: Named) -> list[Voice]:
    """Who signs it, and who lives it too."""
    return [*text.by, *named.told.echoes.get(text.id, ())]


def _services(voices: Sequence[Voice], named: Named) -> set[str]:
    """The others together from two services on: one alone would be told by what the rest tells."""
    found = {named.unit(one.service_id) for one in voices} - {"", NO_SERVICE}
    others = {one.service_id for one in voices if one.service_id is not None and named.unit(one.service_id) == OTHERS}
    return found if len(others) >= 2 else found - {OTHERS}


def _standing(texts: Sequence[Text], named: Named) -> str:
    """Three difficulties, two people, and two services or two months. Somebody who left is told from others by their place."""
    people: set[Hashable] = set()
    services: set[Hashable] = set()
    for text in texts:
        for one in _voices(text, named):
            people.add(one.user_id if one.user_id is not None else tuple(one))
            if one.service_id is not None or one.service_name:
                services.add(one.service_id or one.service_name)
    months = {month_of(text.day) for text in texts}
    recurs = len(texts) >= 3 and len(people) >= 2 and (len(services) >= 2 or len(months) >= 2)
    return "Récurrente" if recurs else "À surveiller"


def _weeks(one: _Gathered, work: Work) -> str:
    """From its first difficulty to the first act that put it to work; nothing while there is none."""
    worked = [act.day for act in work.acts if act.tension_id == one.tension.id]
    began: date = min(text.day for text in one.texts)
    return str(max(0, (min(worked) - began).days) // 7) if worked else ""
