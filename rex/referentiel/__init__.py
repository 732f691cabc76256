"""The référentiel: the 4 enjeux and 23 balises that récits are tagged to, with texts of our own.

`content` holds them as frozen data, `proposals` finds the few that a text speaks of. The names and page
numbers are those of the public document cited in `content.SOURCE`; every explanation is written for REX.
"""
