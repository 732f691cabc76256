"""Each figure that `rex db check` counts again: a fault is planted in what the page is made of, and one sentence tells it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.check import faults
from rex.collectifs.models import Space
from rex.db import Database, RexSession
from rex.journal.models import Authorship, Entry, EntryKind
from rex.seances.models import Seance, SeanceKind
from rex.tensions.models import ActKind, Arbitrage, Tension, TensionAct, TensionSeance, TensionTrial
from rex.trends import ensemble, mercis, mois, month_bars, seance_counts, tension_counts, totals
from rex.trends.gathered import Keys
from rex.trends.pairs import Pairs
from tests.cast import Cast
from tests.trends.journals import Journal, Shape, fill, untold

Plant = tuple[str, Any, str, Callable[[Any], Any]]  # what is told; where the fault lies, from what the page has there


def work(session: RexSession, journal: Journal) -> None:
    """Séances, one of them called off; tensions put to work by them or not, once undone; what was decided and tried."""
    now = clock.now()
    ids = session.scalars(select(Tension.id).where(Tension.collectif_id == journal.collectif_id).order_by(Tension.id)).all()
    seances = []
    for rank, days in enumerate((-3, 5, 30, 60, 400)):
        at = now - timedelta(days=days)
        seance = Seance(collectif_id=journal.collectif_id, kind=SeanceKind.ATELIER, starts_at=at, minutes=60, opens_at=at)
        seance.cancelled_at = now if rank == 2 else None
        session.add(seance)
        session.flush()
        seances.append(seance.id)
        session.add(TensionSeance(tension_id=ids[rank % 3], seance_id=seance.id))
    for rank, (seance_id, days) in enumerate(zip((*seances, None, None), (1, 4, 20, 50, 90, 2, 3), strict=True)):
        at = now - timedelta(days=days)
        undone = now if rank == 5 else None
        session.add(
            TensionAct(
                collectif_id=journal.collectif_id, tension_id=ids[rank % 3], kind=ActKind.AT_WORK, at=at, seance_id=seance_id,
                undone_at=undone,
            )
        )  # fmt: skip
        session.add(Arbitrage(tension_id=ids[rank % 3], decided="Dit ainsi", decided_on=at.date()))
        session.add(TensionTrial(tension_id=ids[rank % 3], words="Essayé", created_at=at))


def ugly(database: Database, cast: Cast, seed: int | str, timezone: str = "Europe/Paris") -> Journal:
    """A journal with all that figures must leave out, or tell otherwise: texts taken back or suspended, authors who left, some who
    are to sign later, séances called off."""
    journal, chance = fill(database, cast, Shape((3, 4, 1, 2), 2, entries=60), seed), Random(seed)
    with database.system("what figures trip over", write=True) as session:
        untold(session, journal, chance, journal.authors[0])
        work(session, journal)
        told = session.scalars(select(Entry.id).where(Entry.collectif_id == journal.collectif_id).order_by(Entry.id)).all()
        gone = chance.choice(journal.authors)[0]
        session.execute(update(Authorship).where(Authorship.user_id == gone).values(user_id=None))
        later = select(Entry.id).where(Entry.id.in_(told), Entry.kind.in_((EntryKind.RECOGNITION, EntryKind.DIFFICULTY)))
        session.add_all(Authorship(entry_id=one, user_id=cast.paul.id, position=9) for one in sorted(session.scalars(later))[::3])
        session.execute(update(Space).where(Space.id == journal.collectif_id).values(timezone=timezone))
    return journal


@pytest.mark.parametrize("timezone", ["Europe/Paris", "Pacific/Auckland", "America/Cayenne"])
def test_the_page_and_the_rows_agree(database: Database, cast: Cast, timezone: str) -> None:
    ugly(database, cast, timezone, timezone)
    assert faults(database) == []


def more(of: Callable[[dict], Any], change: Callable[[Any], None]) -> Callable[[Any], Any]:
    return lambda real: lambda *given, **named: _changed(real(*given, **named), of, change)


def _changed(found: Any, of: Callable[[Any], Any], change: Callable[[Any], None]) -> Any:
    change(of(found))
    return found


def without_first(real: Any) -> Any:
    return lambda *given, **named: list(real(*given, **named))[1:]


def without_a_pair(real: Any) -> Any:
    def dropped(look: Any) -> Pairs:
        pairs = real(look)
        return replace(pairs, linked=dict(list(pairs.linked.items())[1:]))

    return dropped


def no_place(real: Any) -> Any:
    return lambda *given: {key: replace(one, units=frozenset()) for key, one in real(*given).items()}


def one_before_more(counts: dict) -> None:
    for one in counts.values():
        one.before += 1


def a_day_less(counts: dict) -> None:
    for one in counts.values():
        one.days.pop(max(one.days, default=None), None)


def nothing_in_reseau(real: Any) -> Any:
    def forgetful(look: Any, *more: Any) -> Any:
        return real(look, *more).where(Entry.id < 0 if look.asked.place.is_reseau and more else Entry.id > 0)

    return forgetful


PLANTS: list[Plant] = [
    (": difficultés avant, tension ", tension_counts, "counts_of", more(lambda found: found[0], one_before_more)),
    (": mois par mois, tension ", tension_counts, "counts_of", more(lambda found: found[0], a_day_less)),
    (": points, tension ", tension_counts, "counts_of", more(lambda found: found[0], a_day_less)),
    (": services, tension ", tension_counts, "voices_in", no_place),
    (": où elle en est, tension ", tension_counts, "is_recurring", lambda real: lambda *given: not real(*given)),
    (": semaines, tension ", tension_counts, "put_to_work", lambda real: lambda look, ids: {}),
    (": tensions montrées, ", tension_counts, "most_told", without_first),
    (": tensions nommées, ", tension_counts, "tensions_here", without_first),
    (": récits qui relient ", ensemble, "pairs_of", without_a_pair),
    (": mercis de ", mercis, "rows_behind", without_first),
    (": mercis de ", Keys, "_learn", lambda real: lambda self, written: real(self, "0")),
    (": séances tenues, ", seance_counts, "held_in", without_first),
    (": tensions mises au travail, ", seance_counts, "put_to_work_in", without_first),
    (": arbitrages, ", seance_counts, "decided_in", without_first),
    (": essais, ", seance_counts, "tried_in", without_first),
    (", séance du ", seance_counts, "ties_of", lambda real: lambda look: []),
    (": récits, enjeu ", mois, "rows_behind", without_first),
    (": barre, enjeu ", month_bars, "TOP", lambda real: real + 2),
    (": mois montrés, ", mois, "MOST_MONTHS", lambda real: 3),
    ("Tendances du réseau, ", totals, "counted", nothing_in_reseau),
]


def test_each_fault_is_told(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ugly(database, cast, "planted")
    monkeypatch.setattr("rex.trends.recount.MOST_TOLD", 1000)
    unseen = []
    for said, where, name, plant in PLANTS:
        with monkeypatch.context() as planted:
            planted.setattr(where, name, plant(getattr(where, name)))
            told = [one.replace("\u00a0", " ") for one in faults(database)]
        if not any(said in one and one.endswith(" dans les textes.") for one in told):
            unseen.append((said, told[:3]))
    assert unseen == []
    assert faults(database) == []
