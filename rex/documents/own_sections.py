"""Headings, and how REX knows again those that open the sections of a document that it wrote: by a bookmark in them."""

from collections.abc import Iterable

from rex.documents.blocks import Heading, Inline, Text, tidy

START = "rex_"


def bookmark(slug: str) -> str:
    """The name of the bookmark that opens a section; word processors take letters, digits and low lines."""
    return START + slug.replace("-", "_")


def section_of(bookmarks: Iterable[str]) -> str:
    """The section that one of these bookmarks opens, or nothing."""
    return next((name.removeprefix(START).replace("_", "-") for name in bookmarks if name.startswith(START)), "")


def heading(level: int, words: Iterable[Inline], slug: str = "") -> Heading:
    """A heading without the weight that its style gives it: bold everywhere means nothing."""
    neat = tidy(words)
    texts = [one for one in neat if isinstance(one, Text)]
    if all(one.bold for one in texts):
        neat = tidy(Text(one.words, False, one.italic, one.href) if isinstance(one, Text) else one for one in neat)
    return Heading(level, neat, slug=slug)
