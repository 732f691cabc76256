"""Séances: when people meet, what each brings, the situation that they keep, what they say about it, what they take away."""
