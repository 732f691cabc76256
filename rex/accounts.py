"""First accounts and collectifs, made at the console."""

import secrets

from rex.collectifs import actions, passwords
from rex.collectifs.entrance import hash_password, normal_address
from rex.collectifs.models import ADDRESS_LENGTH, NAME_LENGTH
from rex.config import Config
from rex.db import Database
from rex.refusals import Refused


def create_user(config: Config, database: Database, address: str, name: str, password: str, *, is_admin: bool) -> str:
    """Make an account and return its password: the one given, or one drawn when it is empty. Raises Refused."""
    address, name = normal_address(address), " ".join(name.split())
    local, _, domain = address.rpartition("@")
    if not local or not domain or any(c.isspace() for c in address) or len(address) > ADDRESS_LENGTH:
        raise Refused(f"«\u00a0{address}\u00a0» n’est pas une adresse\u00a0: attendu nom@ville.fr.")
    if not name or len(name) > NAME_LENGTH:
        raise Refused(f"Donnez un nom de 1 à {NAME_LENGTH} caractères.")
    fault = passwords.fault_of(password, address) if password else None
    if fault:
        raise Refused(fault)
    password = password or secrets.token_urlsafe(15)
    hashed = hash_password(password, quick=config.quick_hashes)
    try:
        with database.system("the console makes an account", write=True) as session:
            actions.create_account(session, name, address, hashed, is_admin=is_admin)
    except actions.AddressTaken as error:
        raise Refused(f"Un compte a déjà l’adresse {address}.") from error
    return password


def create_collectif(database: Database, name: str) -> str:
    """Make a collectif and its key; returns its slug. Raises Refused."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH:
        raise Refused(f"Donnez un nom de 1 à {NAME_LENGTH} caractères.")
    with database.system("the console makes a collectif", write=True) as session:
        return actions.create_collectif(session, name).slug
