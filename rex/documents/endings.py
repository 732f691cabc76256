"""What the name of a file says of it: its ending, when it is one that is read. The rest of a name stays where it was given."""

HTML = (".html", ".htm", ".xhtml")
MARKDOWN = (".md", ".markdown", ".mdown")
PLAIN = (".txt", ".text")


def ending_of(name: str) -> str:
    """The ending of a name, when it tells how a text is read; else nothing."""
    return next((ending for ending in (*HTML, *MARKDOWN, *PLAIN) if name.lower().endswith(ending)), "")
