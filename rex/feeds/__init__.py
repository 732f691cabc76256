"""Feeds: what is told, as programs that follow the news of several places read it (Atom, RFC 4287).

Each person may have one secret address. It says titles and links of what they may read in their collectifs at that moment, read
through the door as they would; never a text, never anything of a group."""
