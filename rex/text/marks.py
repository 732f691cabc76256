"""Characters that have no place in a text: controls, halves of characters, and those that reverse a line."""

import html
import re

# NUL and the other controls, save tab and newline; lone halves of a surrogate pair (UTF-8 refuses them);
# byte order marks; the bidirectional embeddings, overrides and isolates, which can flip what follows them.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def tidy(text: str) -> str:
    """`text` with newlines of one kind and without unwanted characters."""
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))


def decoded(text: str) -> str:
    """`text` with its entities (`&eacute;`) as characters, those that `tidy` refuses left out."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda match: tidy(html.unescape(match[0])), text)
