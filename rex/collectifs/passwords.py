"""The rule of passwords: long, and not one of those that are tried first. No capital, figure or sign is demanded
(NIST SP 800-63B, 5.1.1.2: length, and a list of refused ones)."""

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
