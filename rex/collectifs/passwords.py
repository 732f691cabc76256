"""Passwords: which ones will do, and how they are kept.

Long, and not one of those that are tried first; no capital, figure or sign is demanded (NIST SP 800-63B, 5.1.1.2: length,
and a list of refused ones). Hashed with Argon2id."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST, LONGEST = 12, 256
RULE = "Douze caractères au moins. Plusieurs mots à la suite se retiennent bien"
TRIED_FIRST = frozenset(
    [
        "motdepassemotdepasse", "azertyuiopqs", "azertyuiop12", "azertyuiop123", "azertyazerty", "qwertyuiop12",
        "qwertyuiop123", "qwertyqwerty", "123456789012", "1234567890123", "012345678910", "123456123456",
        "000000000000", "111111111111", "passwordpassword", "password1234", "motdepasse12", "motdepasse123",
        "motdepasse1234", "bonjourbonjour", "collectivite", "administrateur", "administration", "abcdefghijkl",
        "jetaimejetaime", "soleilsoleil", "loulouloulou", "doudoudoudou",
    ]
)


def fault_of(password: str, address: str = "") -> str | None:
    """What is wrong with a new password, in one sentence; None when it will do."""
    if len(password) < SHORTEST:
        return f"Choisissez un mot de passe d’au moins {SHORTEST} caractères."
    if len(password) > LONGEST:
        return f"Choisissez un mot de passe d’au plus {LONGEST} caractères."
    plain = "".join(char for char in password.casefold() if char.isalnum())
    if plain in TRIED_FIRST or len(set(password)) < 4:
        return "Ce mot de passe fait partie de ceux que l’on essaie en premier. Choisissez-en un autre."
    if address and password.strip().casefold() in (address.casefold(), address.casefold().split("@")[0]):
        return "Votre adresse ne peut pas servir de mot de passe."
    return None


def hash_password(password: str, *, quick: bool) -> str:
    """What the base keeps of a password."""
    return _hasher(quick).hash(password)


def password_fits(password: str, password_hash: str | None, *, quick: bool) -> bool:
    """Compare in the same time whether the account exists, has a password, or not."""
    try:
        return _hasher(quick).verify(password_hash or _nobody(quick), password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_rehash(password_hash: str, *, quick: bool) -> bool:
    """Whether this hash was made with former settings: it is made again while the password is at hand."""
    return _hasher(quick).check_needs_rehash(password_hash)


@lru_cache
def _hasher(quick: bool) -> PasswordHasher:
    """Argon2id with the library's own defaults (RFC 9106, low-memory profile); `quick` is for tests alone."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if quick else PasswordHasher()


@lru_cache
def _nobody(quick: bool) -> str:
    """A hash that no password opens: an unknown address costs the same time as a known one."""
    return _hasher(quick).hash(secrets.token_urlsafe(32))
