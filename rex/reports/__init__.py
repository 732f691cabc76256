"""Showing a text to the animateurs, and what they may do with it: leave it, suspend it with a written reason, take it back from
the réseau. They edit, delete and publish nobody's text; who reported is not told to its authors."""
