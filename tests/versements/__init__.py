"""The only way out of a peer group."""
