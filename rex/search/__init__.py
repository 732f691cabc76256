"""Search: what is told to a reader, found by its words."""
