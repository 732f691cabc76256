"""Tendances: what keeps resisting, what got put to work, what nobody tells, for all the members of a collectif to see.

Every figure opens the entries behind it (`figures`). None is about a person; groups are in none; services and collèges in which
fewer than three people wrote are in no figure by themselves (`units`). A section of the page is a module that reads it, with its
template of the same name."""
