"""The names that a text says after « @ », set apart in the HTML made from it."""

import html
import re
from collections.abc import Collection

_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_APOSTROPHE = re.compile("['’]|&#x27;|&#39;")


def with_names(made: str, names: Collection[str]) -> str:
    """`made` (what `to_html` gives) with « @name » in a `strong` of its own for each of these names, as the text writes them.

    Words between tags alone are looked at, and nothing is added but the two tags around words that stand there already."""
    if not names:
        return made
    one_of = "|".join(_pattern(name) for name in sorted(names, key=len, reverse=True))
    said = re.compile(rf"(?<![\w.@/])@(?:{one_of})(?!\w)")
    pieces = _TAG.split(made)
    pieces[::2] = [said.sub(r'<strong class="mention">\g<0></strong>', words) if "@" in words else words for words in pieces[::2]]
    return "".join(pieces)


def _pattern(name: str) -> str:
    """A name as HTML writes it: its spaces and apostrophes may have been set as print does."""
    words = (_APOSTROPHE.sub("'", html.escape(word, quote=False)) for word in name.split())
    return r"(?:\s|&nbsp;)+".join(re.escape(word).replace("'", "(?:['’]|&#x27;|&#39;)") for word in words)
