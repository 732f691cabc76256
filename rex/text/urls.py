"""Which addresses a text may point to. One judgement, used before, in and after bleach."""

import re
from urllib.parse import urlsplit

UPLOADS = "/fichiers/"

# What browsers drop or read as « / » in an address; invisible characters that make two addresses look alike.
_TREACHEROUS = re.compile("[\x00-\x20\x7f-\xa0\\\\\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SCHEME = re.compile(r"[^/?#]*:")


def is_external(url: str) -> bool:
    """An address on another site."""
    return url[:8].lower().startswith(("http://", "https://"))


def is_safe_link(url: str) -> bool:
    """http, https, mailto or relative to this site; no `//host`, no control character, no `name@host`."""
    if not url or _TREACHEROUS.search(url) or url.startswith("//"):
        return False
    if url[:7].lower() == "mailto:":
        return len(url) > 7
    if not is_external(url):
        return not _SCHEME.match(url)
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def is_upload(url: str) -> bool:
    """A file that was given to this installation: the only images shown."""
    return is_safe_link(url) and url.startswith(UPLOADS) and "/.." not in url and "%" not in url
