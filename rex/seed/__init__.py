"""A synthetic collectif of any size, for measures."""
