"""Tensions: difficulties that come back.

`grouping` holds the pure functions that bring together the difficulties that say the same thing in other words: no database, no
network, the same answer for the same notes. What they say is a proposal; people decide, and what they decided teaches them.
"""
