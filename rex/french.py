"""French as code: typography, agreement, lists, dates, names.

Texts keep the ordinary spaces and apostrophes that people type; the no-break spaces and the curly apostrophe
are put in only when a text is shown. Everything here takes and returns plain `str`, never HTML.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from rex import clock

NARROW = "\u202f"
NO_BREAK = "\u00a0"
PARIS = ZoneInfo("Europe/Paris")
PageTime = Callable[[], tuple[str, date, datetime]]

_SPACES = f"[ {NO_BREAK}{NARROW}]"
# What may stand just before a mark for a space to be put between them, and just after the mark.
_BEFORE = rf"(?<=[\w)\]»…%€°*’'\"”.`]){_SPACES}*"
_AFTER = r"(?=[\s)\]»\"”…*_]|$)"
_MARKS = re.compile(
    rf"""
    (?P<keep>`[^`\n]*` | &[#\w]{{2,32}}; | (?:https?://|mailto:|www\.)[^\s<>«»]*
      | (?<![\w.+-])[\w.+-]{{1,64}}@[\w.-]+)
    | (?P<apostrophe>(?<=[^\W\d_])'(?=[^\W_]|«))
    | (?P<opening>«{_SPACES}*(?=[^\s»]))
    | (?P<closing>(?<=[^\s«]){_SPACES}*»)
    | {_BEFORE}(?P<high>[;!?]+){_AFTER}
    | {_BEFORE}(?P<colon>:)(?=[\s»]|$)
    | (?P<thousands>(?<![\w.,])\d{{1,3}}(?:{_SPACES}\d{{3}})+(?!\d))
    | (?P<hour>(?<![\w.,])\d{{1,2}}{_SPACES}h(?:{_SPACES}\d\d)?(?!\w))
    | (?P<unit>(?<=\d)[ ](?=[%€°]))
    """,
    re.VERBOSE,
)
_WORTH_A_LOOK = re.compile(rf"[;!?:«»'%€°]|\d{_SPACES}[\dh]")


def _set_mark(match: re.Match[str]) -> str:
    match match.lastgroup:
        case "apostrophe":
            return "’"
        case "opening":
            return "«" + NARROW
        case "closing":
            return NARROW + "»"
        case "high":
            return NARROW + match["high"]
        case "colon":
            return NO_BREAK + ":"
        case "unit":
            return NO_BREAK
        case "thousands" | "hour" as which:  # as `number` and `hour` write them
            return (NARROW if which == "thousands" else NO_BREAK).join(match[0].split())
        case _:
            return match[0]


def typo(text: str, before: str = "", after: str = "") -> str:
    """`text` with French no-break spaces and apostrophes; applying it twice changes nothing more.

    `before` and `after` are the characters around the text when it is a piece of a sentence (a few words
    in bold, say): they are looked at and left out of the result. « 60 000 » and « 16 h 30 » do not break; URLs, addresses,
    hours like 8:05 and code between backticks are left as they are.
    """
    ends_before_a_mark = after and after in ";!?:»" and text.endswith((" ", NO_BREAK))
    if not ends_before_a_mark and not _WORTH_A_LOOK.search(text):
        return text
    done = _MARKS.sub(_set_mark, before + text + after)
    if before and done.startswith(before):
        done = done[len(before) :]
    return done.removesuffix(after) if after else done


def plural(n: int, singular: str, plural: str | None = None) -> str:
    """The word that goes with `n`: zero and one are singular. Without `plural`, each word takes an « s »."""
    if abs(n) < 2:
        return singular
    return plural if plural is not None else " ".join(f"{word}s" for word in singular.split(" "))


def number(n: int) -> str:
    """« 1 234 »: thousands apart, with spaces that do not break."""
    return f"{n:,}".replace(",", NARROW)


def count(n: int, singular: str, plural_form: str | None = None) -> str:
    """« 0 récit », « 1 récit », « 12 récits », « 1 234 récits »."""
    return f"{number(n)}{NO_BREAK}{plural(n, singular, plural_form)}"


def joined(items: Sequence[str], last: str = "et") -> str:
    """« a, b et c »; nothing for no item."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _zone(tz: tzinfo | str | None) -> tzinfo:
    if tz is None:
        return PARIS
    return ZoneInfo(tz) if isinstance(tz, str) else tz


def _local(moment: date | datetime, tz: tzinfo | str | None) -> date | datetime:
    """The moment in that zone; a naive datetime is read as UTC (what the base holds), a date stays itself."""
    if isinstance(moment, datetime):
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_zone(tz))
    return moment


def _day(moment: date | datetime, tz: tzinfo | str | None) -> date:
    local = _local(moment, tz)
    return local.date() if isinstance(local, datetime) else local


@lru_cache(maxsize=2048)
def _written(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale="fr")


def _number_of_day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def date_long(moment: date | datetime, tz: tzinfo | str | None = None) -> str:
    """« samedi 21 novembre 2026 »."""
    day = _day(moment, tz)
    return f"{_written(day, 'EEEE')} {_number_of_day(day)}{NO_BREAK}{_written(day, 'MMMM y')}"


@lru_cache(maxsize=4096)
def date_short(moment: date | datetime, tz: tzinfo | str | None = None, *, today: date | None = None) -> str:
    """« 18 novembre », « 1er mars 2025 »: the year is said unless it is the year of `today`."""
    day = _day(moment, tz)
    pattern = "MMMM" if today is not None and day.year == today.year else "MMMM y"
    return f"{_number_of_day(day)}{NO_BREAK}{_written(day, pattern)}"


def hour(moment: datetime, tz: tzinfo | str | None = None) -> str:
    """« 8 h 05 », « 9 h »."""
    local = _local(moment, tz)
    assert isinstance(local, datetime)
    minutes = f"{NO_BREAK}{local.minute:02}" if local.minute else ""
    return f"{local.hour}{NO_BREAK}h{minutes}"


def datetime_long(moment: datetime, tz: tzinfo | str | None = None) -> str:
    """« samedi 21 novembre 2026 à 8 h 05 »."""
    return f"{date_long(moment, tz)} à {hour(moment, tz)}"


def ago(moment: datetime, now: datetime, tz: tzinfo | str | None = None) -> str:
    """How long ago: « à l’instant », « il y a 2 h », « hier », « il y a 3 jours », then the date."""
    then, present = _local(moment, tz), _local(now, tz)
    assert isinstance(then, datetime) and isinstance(present, datetime)
    elapsed = present - then
    days = (present.date() - then.date()).days
    if elapsed < timedelta(minutes=-1) or days >= 7:
        return date_short(moment, tz, today=present.date())
    if elapsed < timedelta(minutes=1):
        return "à l’instant"
    if elapsed < timedelta(hours=1):
        return f"il y a {elapsed // timedelta(minutes=1)}{NO_BREAK}min"
    if days == 0 or elapsed < timedelta(hours=6):
        return f"il y a {elapsed // timedelta(hours=1)}{NO_BREAK}h"
    return "hier" if days == 1 else f"il y a {days}{NO_BREAK}jours"


def fold(text: str) -> str:
    """The text made comparable: no accent, no case, œ as oe, one kind of apostrophe and of space."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'"))
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(bare.split())


_PARTICLES = {"de", "du", "des", "d", "la", "le", "les", "van", "von", "el", "al", "ben", "da", "dos"}


def initials(name: str) -> str:
    """One or two capitals: first name and last word that counts (« Anne de La Tour » → AT)."""
    words = [word for word in re.split(r"[\s.'’]+", name) if word[:1].isalnum()]
    main = [word for word in words if word.casefold() not in _PARTICLES] or words
    return "".join(word[0] for word in ([main[0], main[-1]] if len(main) > 1 else main)).upper()


def of_name(name: str) -> str:
    """« d’Inès », « de Marc »: elided before a vowel, a mute h (not « Ha… »: Hakim) and y + consonant."""
    start = fold(name)[:2]
    mute = start[:1] == "h" and start[1:] in set("eiouy")
    vowel = start[:1] in set("aeiou") or (start[:1] == "y" and start[1:] not in set("aeiou"))
    return f"d’{name}" if start and (vowel or mute) else f"de {name}"


def that_name(name: str) -> str:
    """« qu’Inès », « que Marc »."""
    return f"qu’{name}" if of_name(name).startswith("d’") else f"que {name}"


def register_filters(env: Environment, page_time: PageTime | None = None) -> None:
    """Give the templates `fr`, `date_fr`, `date_short_fr`, `datetime_fr`, `ago_fr`, `hour_fr`, `count_fr`,
    `joined_fr`, `of_fr`, `plural_fr`. Dates are told in the zone of the page (`space.timezone`), else in Paris time;
    `today` and `now` come from the page's context, or from `page_time` (zone, today, now) in a macro, which has none."""

    def zone(context: Context) -> tzinfo:
        space = context.get("space")
        if space is None and page_time:
            return _zone(page_time()[0])
        return _zone(getattr(space, "timezone", None))

    def present(context: Context, name: str) -> Any:
        return context.get(name) or (page_time and page_time()[1 if name == "today" else 2])

    def fr(text: object) -> str:
        """Typography of a text; HTML already made is left alone (its entities are not words)."""
        return text if isinstance(text, Markup) else typo(str(text))

    @pass_context
    def date_fr(context: Context, moment: date | datetime) -> str:
        return date_long(moment, zone(context))

    @pass_context
    def date_short_fr(context: Context, moment: date | datetime) -> str:
        return date_short(moment, zone(context), today=present(context, "today"))

    @pass_context
    def datetime_fr(context: Context, moment: datetime) -> str:
        return datetime_long(moment, zone(context))

    @pass_context
    def hour_fr(context: Context, moment: datetime) -> str:
        return hour(moment, zone(context))

    @pass_context
    def ago_fr(context: Context, moment: datetime, now: datetime | None = None) -> str:
        return ago(moment, now or present(context, "now") or clock.now(), zone(context))

    env.filters.update(
        fr=fr,
        date_fr=date_fr,
        date_short_fr=date_short_fr,
        datetime_fr=datetime_fr,
        hour_fr=hour_fr,
        ago_fr=ago_fr,
        count_fr=count,
        joined_fr=joined,
        of_fr=of_name,
        plural_fr=lambda n, singular, many=None: plural(n, singular, many),
    )
