"""Versements: the only way out of a peer group. A text rewritten without its context, which leaves when all said yes."""
