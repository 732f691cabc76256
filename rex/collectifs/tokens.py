"""Tokens of devices and of secret addresses: random, given once, kept as SHA-256.

They carry 192 bits of chance, so that no slow hash is needed."""

import hashlib
import secrets


def new_token() -> str:
    """A token to hand over; what is kept of it is `hash_token`."""
    return secrets.token_urlsafe(24)


def hash_token(token: str) -> str:
    """What the base keeps of a token, and finds it by."""
    return hashlib.sha256(token.encode()).hexdigest()
