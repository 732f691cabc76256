"""The words that people write: Markdown in, safe HTML out. The only place where HTML is made from a text.

Source Markdown is what is kept; HTML is made once, when it is saved, with the number of the pipeline that
made it (`PIPELINE`). The path of a text: controls that could break or flip a page are taken out (`marks`),
Markdown is parsed with raw HTML shown as text and within a budget of work (`parser`), links are judged and
French spaces set (`shape`, `urls`), then bleach and, as last pass, nh3 keep the same short list of tags.
A text too dense for that budget is shown as plain paragraphs: below `MAX_CHARS` nothing is refused, nothing
is lost.
"""

import html
import re
import threading

import bleach
import nh3

from rex.french import typo
from rex.text.excerpts import excerpt, first_sentence, plain
from rex.text.marks import tidy
from rex.text.parser import Parser, TooDense
from rex.text.urls import is_safe_link, is_upload

__all__ = [
    "MAX_CHARS",
    "PIPELINE",
    "TextTooLong",
    "excerpt",
    "first_sentence",
    "is_too_long",
    "plain",
    "to_html",
]

PIPELINE = 3
MAX_CHARS = 200_000
# bleach makes a Python object of each tag and of each entity: so many take about a quarter of a second.
MAX_TAGS = 7_000
# nh3 0.3.8 takes the square of the number of these characters (2.4 s for 200,000 « « »; 0.1 s for 50,000).
MAX_LATIN_SIGNS = 50_000

# One line that begins with a letter and ends with no space: words, and the punctuation that Markdown leaves alone.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.;:?!’«»…()–—/%€\u00a0\u202f-]*[\w,.;:?!’»…)%€])?")
_LIKE_A_MARK = re.compile(r"_|//|www\.|[hH][tT][tT][pP]|--|\s\s")
_LATIN_SIGN = re.compile("[\x80-\xbf]")
_FOOTNOTE_ID = re.compile(r"[\w-]*fn(?:ref\d*)?:\d+", re.ASCII)
# A wide table scrolls by itself, also for who moves with the keyboard; its roles stay those of a table.
_FRAME = {"tabindex": "0", "role": "group", "aria-label": "Tableau"}
_FRAMED = '<div class="table-scroll" tabindex="0" role="group" aria-label="Tableau"><table>'
_CLASSES = {"div": {"footnote", "table-scroll"}, "a": {"footnote-ref", "footnote-backref"}}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "rel", "aria-label"},
    "div": {"tabindex", "role", "aria-label"},
    "img": {"src", "alt", "title", "loading", "width", "height"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
    "li": {"id"},
    "sup": {"id"},
}
_TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "sup", "div"),
}


class TextTooLong(ValueError):
    """The text is longer than `MAX_CHARS`; it is for the caller to say so and to give the text back."""


def is_too_long(source: str) -> bool:
    """Whether `to_html` would refuse this text."""
    return len(source) > MAX_CHARS


def _may_keep(tag: str, name: str, value: str) -> bool:
    """bleach's filter: the strict part is the URLs, where bleach alone lets `javascript:1` through."""
    if name == "class":
        return value in _CLASSES.get(tag, ())
    if name not in _ATTRIBUTES.get(tag, ()):
        return False
    if name == "href":
        return is_safe_link(html.unescape(value))
    if name == "src":
        return is_upload(html.unescape(value))
    if name in ("width", "height"):
        return value.isascii() and value.isdecimal() and len(value) < 6
    if name == "id":
        return _FOOTNOTE_ID.fullmatch(value) is not None
    if tag == "div":
        return _FRAME[name] == value
    return True


_last_pass = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    url_schemes={"http", "https", "mailto"},
    attribute_filter=lambda tag, name, value: value if name == "class" or _may_keep(tag, name, value) else None,
    link_rel=None,
)


class _Tools(threading.local):
    """One parser and one cleaner for each thread: neither may be shared, and both take time to make."""

    def __init__(self) -> None:
        self.parser = Parser()
        self.cleaner = bleach.Cleaner(tags=_TAGS, attributes=_may_keep, protocols={"http", "https", "mailto"}, strip=True)


_tools = _Tools()


def to_html(source: str, *, prefix: str = "", heading_base: int = 4) -> str:
    """The Markdown `source` as HTML that may be put in a page as it is.

    `prefix` keeps the ids of footnotes apart when several texts share a page; `heading_base` is the level
    given to `#` (3 at least), so that no heading comes above those of the page. Raises `TextTooLong`."""
    if is_too_long(source):
        raise TextTooLong(f"{len(source)} characters, {MAX_CHARS} at most")
    text = tidy(source)
    if not text.strip():
        return ""
    return _without_a_mark(text) or _parsed(text, prefix, heading_base)


def _without_a_mark(text: str) -> str | None:
    """What the pipeline makes of a text that holds no mark of Markdown, nothing to escape and no line broken in a paragraph, as
    most do: ten times faster (a test compares them). None for all the others."""
    paragraphs = text.split("\n\n")
    if any(_PLAIN.fullmatch(paragraph) is None or _LIKE_A_MARK.search(paragraph) for paragraph in paragraphs):
        return None
    return "\n".join(f"<p>{typo(paragraph)}</p>" for paragraph in paragraphs).replace("\u00a0", "&nbsp;")


def _parsed(text: str, prefix: str, heading_base: int) -> str:
    try:
        made = _tools.parser.convert(text, prefix=re.sub(r"[^\w-]", "", prefix, flags=re.ASCII), base=heading_base)
        if made.count("<") + made.count("&") > MAX_TAGS:
            raise TooDense("too many tags")
        if sum(1 for _ in _LATIN_SIGN.finditer(made)) > MAX_LATIN_SIGNS:
            raise TooDense("too many signs")
        return sanitized(_framed(_tools.cleaner.clean(made)))
    except TooDense:
        return _as_paragraphs(text)


def _framed(made: str) -> str:
    """Each table in what scrolls around it: nothing that was typed is a tag any more."""
    return made.replace("<table>", _FRAMED).replace("</table>", "</table></div>")


def sanitized(made: str) -> str:
    """The last pass alone; on HTML that `to_html` made, it changes nothing."""
    return _last_pass.clean(made)


def _as_paragraphs(text: str) -> str:
    """Plain paragraphs, every mark shown as typed: what a text too dense for the parser becomes.

    Every `<` and `&` of the text is escaped here, which leaves the sanitisers nothing to judge."""
    escaped = html.escape(typo(text).strip(), quote=False).replace("\u00a0", "&nbsp;")
    paragraphs = re.split(r"\n\s*\n", escaped)
    return "\n".join("<p>" + part.strip().replace("\n", "<br>\n") + "</p>" for part in paragraphs)
