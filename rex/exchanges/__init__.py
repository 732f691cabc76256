"""Exchanges: what people answer to an entry, with a posture, in threads that an animateur may close with a synthèse."""
