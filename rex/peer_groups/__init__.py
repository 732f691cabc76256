"""Groupes de pairs: closed rooms of at most fifteen people, what they decide together, who has the key."""
