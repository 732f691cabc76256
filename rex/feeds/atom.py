"""A feed as Atom (RFC 4287): who writes it says what stands in it, this file how."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from rex.feeds.queries import FeedEntry
from rex.text.marks import tidy

MEDIA = "application/atom+xml; charset=utf-8"
SINCE = 2026  # of the `tag:` addresses (RFC 4151): a year in which the name of the machine was already that of this installation
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Feed:
    """What programs follow. `name`: what tells it from any other here, for ever; `root`: the public address of the installation;
    `home`: the path of its page; `since`: when nothing was told in it yet."""

    name: str
    title: str
    root: str
    home: str
    since: datetime
    entries: Sequence[FeedEntry]

    @property
    def updated_at(self) -> datetime:
        """When something of it changed last."""
        return max((entry.updated_at for entry in self.entries), default=self.since)


def to_atom(feed: Feed) -> bytes:
    """The feed as XML. Its own address stands nowhere in it: it is a secret."""
    return "".join(_written(feed)).encode()


def _written(feed: Feed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">\n'
    yield f"<id>{_tag(feed.root, feed.name)}</id>\n<title>{_words(feed.title)}</title>\n"
    yield f"<updated>{_instant(feed.updated_at)}</updated>\n<author><name>REX</name></author>\n"
    yield f'<link rel="alternate" type="text/html" href={quoteattr(feed.root + feed.home)}/>\n'
    for entry in feed.entries:
        yield f"<entry><id>{_tag(feed.root, entry.public_id)}</id><title>{_words(entry.title)}</title>"
        yield f'<link rel="alternate" type="text/html" href={quoteattr(feed.root + entry.path)}/>'
        yield f"<published>{_instant(entry.published_at)}</published><updated>{_instant(entry.updated_at)}</updated>"
        yield "".join(f"<author><name>{_words(name)}</name></author>" for name in entry.authors)
        yield "</entry>\n"
    yield "</feed>\n"


def _tag(root: str, name: str) -> str:
    """An identifier that no other machine makes: « tag:journal.exemple.fr,2026:<public id> »."""
    return escape(f"tag:{urlsplit(root).hostname or 'localhost'},{SINCE}:{name}")


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _words(text: str) -> str:
    """Words between two tags, without the signs that XML has no place for."""
    return escape(_NOT_XML.sub("", " ".join(tidy(text).split()))) or "…"
