"""What séances put to work: those that were held, the tensions put to work, what was decided and what was tried, each by its name.

Of séances of the journal alone: one of a group is read nowhere here, be it held on a tension of the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rex.french import count, date_short, typo
from rex.seances.times import said_day
from rex.trends import seance_counts as counting
from rex.trends.asked import Asked
from rex.trends.look import Look
from rex.trends.saying import capital, in_words, when
from rex.trends.seance_counts import MOST, Held, Told
from rex.trends.tables import Cell, Row, Table

SHOWN = 5  # of each list; the others are folded under it
UNFILTERED = "Une séance n’a ni enjeu, ni service : les filtres ne changent rien à cette partie."
WORDS = 160  # of what was decided or tried


@dataclass(frozen=True)
class Link:
    words: str
    url: str


@dataclass(frozen=True)
class Item:
    """`words`: a name, or what was said; `on`: the tensions that it is about; `held`: in which séance, or after which."""

    words: str
    url: str
    day: str
    on: tuple[Link, ...] = ()
    held: Link | None = None
    gave: str = ""  # of what was tried, what it gave


@dataclass(frozen=True)
class Part:
    """A list whose `heading` says how many are in it."""

    key: str
    heading: str
    items: tuple[Item, ...]

    @property
    def first(self) -> tuple[Item, ...]:
        return self.items[:SHOWN]

    @property
    def others(self) -> tuple[Item, ...]:
        return self.items[SHOWN:]


@dataclass(frozen=True)
class Seances:
    title: str
    parts: tuple[Part, ...]
    all_url: str
    note: str
    tables: tuple[Table, ...]
    key: str = "seances"

    def part(self, key: str) -> Part | None:
        return next((one for one in self.parts if one.key == key), None)


def read(look: Look) -> Seances | None:
    """Five statements; none for the réseau, which holds no séance."""
    asked = look.asked
    if asked.place.is_reseau:
        return None
    root = f"/c/{asked.place.slug}/seances"
    ties = counting.ties_of(look)
    held, works = counting.held_in(look), counting.put_to_work_in(look, ties)
    decided, tried = counting.decided_in(look, ties), counting.tried_in(look, ties)
    known = sum(bool(one.gave) for one in tried)
    parts = (
        Part("tenues", _heading(held, "séance tenue", "séances tenues"), _seances(look, held, ties, root)),
        Part("au-travail", _at_work(works, look.reader.now), tuple(_item(look, one, root, "") for one in works)),
        Part("arbitrages", _heading(decided, "arbitrage"), tuple(_item(look, one, root, "#arbitrages") for one in decided)),
        Part("essais", _heading(tried, "essai") + _known(tried, known), tuple(_item(look, one, root, "#essais") for one in tried)),
    )
    parts = tuple(one for one in parts if one.items)
    return Seances(
        title=_title(look, held, works, decided, tried),
        parts=parts,
        all_url=root,
        note=typo(UNFILTERED) if asked.is_narrowed else "",
        tables=tuple(_table(asked, one) for one in parts),
    )


def _seances(look: Look, held: Sequence[Held], ties: Sequence[counting.Tie], root: str) -> tuple[Item, ...]:
    def on(seance: Held) -> tuple[Link, ...]:
        return tuple(Link(tie.name, tie.url) for tie in ties if tie.seance.id == seance.id)

    return tuple(Item(_theme(look, one), f"{root}/{one.public_id}", _on(look, one.day), on(one)) for one in held)


def _item(look: Look, one: Told, root: str, anchor: str) -> Item:
    """Something of a tension. What is put to work is the tension itself."""
    held = Link(_said(look, one.seance), f"{root}/{one.seance.public_id}") if one.seance else None
    on = (Link(one.name, one.url),) if one.words else ()
    return Item(_short(one.words) or one.name, one.url + anchor, _on(look, one.day), on, held, _short(one.gave))


def _theme(look: Look, seance: Held) -> str:
    return seance.title or f"Séance du {_on(look, seance.day)}"


def _said(look: Look, seance: Held) -> str:
    """« la séance du mardi 24 novembre »; one that is to come puts a tension to work from the day when it is announced."""
    is_to_come = seance.starts_at > look.reader.now
    day = said_day(seance.starts_at, look.asked.place.timezone, look.reader.now)
    return f"la séance annoncée pour le {day}" if is_to_come else f"la séance du {day}"


def _on(look: Look, day: date) -> str:
    return date_short(day, today=look.asked.today)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= WORDS else flat[: flat.rfind(" ", 0, WORDS) if " " in flat[:WORDS] else WORDS] + "…"


def _number(items: Sequence[object], one: str, many: str | None = None) -> str:
    return f"plus de {count(MOST, one, many)}" if len(items) > MOST else count(len(items), one, many)


def _heading(items: Sequence[object], one: str, many: str | None = None) -> str:
    return capital(_number(items, one, many))


def _at_work(works: Sequence[Told], now: datetime) -> str:
    """« 3 tensions mises au travail, dont 2 par une séance »."""
    by_seance = sum(one.seance is not None for one in works)
    whole = _heading(works, "tension mise au travail", "tensions mises au travail")
    if not by_seance:
        return whole
    return f"{whole} {_by_seance(works, now)}" if by_seance == len(works) else f"{whole}, dont {by_seance} {_by_seance(works, now)}"


def _by_seance(works: Sequence[Told], now: datetime) -> str:
    """A séance puts a tension to work from the day when it is announced: nobody is to read that it was held."""
    to_come = [one.seance.starts_at > now for one in works if one.seance]
    if not any(to_come):
        return "par une séance"
    return "par une séance annoncée" if all(to_come) else "par une séance, tenue ou annoncée"


def _known(tried: Sequence[Told], known: int) -> str:
    if not tried:
        return ""
    if not known:
        return typo(" : on ne sait pas encore ce que cela a donné")
    if known == len(tried):
        return typo(" : on sait ce que cela a donné")
    return typo(f" : on sait ce que {known} {'ont' if known > 1 else 'a'} donné")


def _title(look: Look, held: Sequence[Held], works: Sequence[Told], decided: Sequence[Told], tried: Sequence[Told]) -> str:
    """What is found, the most worked first."""
    asked = look.asked
    days = when(asked.span, asked.today)
    by_seance = sum(one.seance is not None for one in works)
    if by_seance:
        several = "tensions ont été mises" if len(works) > 1 else "tension a été mise"
        among = " " if by_seance == len(works) else f", dont {in_words(by_seance, feminine=True)} "
        return f"{_worded(works)} {several} au travail{among}{_by_seance(works, look.reader.now)}"
    if works:
        return f"{_worded(works)} {'tensions ont été mises' if len(works) > 1 else 'tension a été mise'} au travail {days}"
    if decided:
        said = "arbitrages ont été écrits" if len(decided) > 1 else "arbitrage a été écrit"
        return f"{_worded(decided, feminine=False)} {said} {days}"
    if tried:
        return f"{_worded(tried, feminine=False)} {'essais ont été racontés' if len(tried) > 1 else 'essai a été raconté'} {days}"
    if held:
        return f"{_worded(held)} {'séances se sont tenues' if len(held) > 1 else 'séance s’est tenue'} {days}"
    return f"Rien n’a encore été mis au travail {days}" if asked.span.holds(asked.today) else f"Rien n’a été mis au travail {days}"


def _worded(items: Sequence[object], *, feminine: bool = True) -> str:
    return f"Plus de {MOST}" if len(items) > MOST else in_words(len(items), feminine=feminine).capitalize()


def _table(asked: Asked, part: Part) -> Table:
    return Table(
        caption=f"{part.heading}, {asked.span.label}",
        columns=("Quoi", "Quand", "Sur quelle tension", "Dans quelle séance, ou après laquelle", "Ce que cela a donné"),
        rows=tuple(
            Row(
                typo(one.words),
                (Cell(one.day), Cell(_names(one)), Cell(one.held.words if one.held else ""), Cell(typo(one.gave))),
                url=one.url,
            )
            for one in part.items
        ),
    )


def _names(item: Item) -> str:
    return typo(" ; ".join(link.words for link in item.on))
