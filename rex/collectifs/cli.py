"""First accounts and collectifs, from the command line. Each returns a French sentence, or raises `Refused`."""

import secrets
from datetime import timedelta

from rex import clock
from rex.collectifs import actions, links, passwords
from rex.collectifs.entrance_forms import address_fault, stripped
from rex.collectifs.entrance_models import Purpose
from rex.collectifs.models import NAME_LENGTH, normal_address
from rex.db import Database
from rex.refusals import Refused

JUST_NOW = timedelta(minutes=1)


def create_user(database: Database, email: str, name: str, admin: bool, password: str | None) -> str:
    """Create an account. Without password one is drawn, and told in the answer."""
    address, name = normal_address(email), _name(name, "Donnez le nom de la personne avec --name.")
    fault = address_fault(address) or (passwords.fault_of(password, address) if password is not None else None)
    if fault:
        raise Refused(fault if fault.endswith(".") else f"{address or email} : {fault}.")
    chosen = password if password is not None else secrets.token_urlsafe(15)
    try:
        with database.system("create an account from the console", write=True) as session:
            actions.create_account(session, name, address, passwords.hash_password(chosen, quick=False), is_admin=admin)
    except actions.AddressTaken as error:
        raise Refused(f"Un compte existe déjà à l’adresse {address}.") from error
    told = "" if password is not None else f" Mot de passe : {chosen}"
    return f"Compte créé pour {name} ({address}).{told}"


def create_collectif(database: Database, name: str) -> str:
    """Open a collectif, whose first animateur is then invited from the administration."""
    with database.system("create a collectif from the console", write=True) as session:
        place = actions.create_collectif(session, _name(name, "Donnez le nom du collectif avec --name."))
        return f"Collectif créé : {place.name}, à l’adresse /c/{place.slug}/."


def first_account_link(database: Database, base_url: str) -> str:
    """The one-time address that creates the account that administers, while nobody does; a former one closes."""
    with database.system("make the address of the first account", write=True) as session:
        if links.has_administrator(session):
            raise Refused("Quelqu’un administre déjà cette installation : créez un compte avec « rex user create --admin ».")
        token = links.make_link(session, Purpose.FIRST_ACCOUNT, None)
    return f"{base_url.rstrip('/')}/premier-compte/{token}"


def first_account_was_just_given(database: Database) -> bool:
    """Whether a command that ran beside this one, or just before, has said the address: it is the one to use."""
    with database.system("whether the address of the first account was just given") as session:
        return links.first_account_was_given_since(session, clock.now() - JUST_NOW)


def _name(given: str, sentence: str) -> str:
    name = stripped(given)
    if not name:
        raise Refused(sentence)
    if len(name) > NAME_LENGTH:
        raise Refused(f"Ce nom est trop long : {NAME_LENGTH} caractères au plus.")
    return name
