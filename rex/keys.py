"""Sealed text: each space has its own key, wrapped by the installation's master key, kept in files and never in the base.

AES-256-GCM. A sealed value is `version byte | nonce (12) | ciphertext`, bound to its space and to its row by the associated
data, so that a value copied to another row does not open. A space whose key file is destroyed is mute for ever.
"""

import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rex import memory
from rex.files import write_private_once

VERSION = b"\x01"
INSTALLATION = "installation"  # the space of what belongs to no collectif: mails waiting to leave
GROUPS = "groupe-"  # how the names of the keys of peer groups begin (`rex.sealed_words.key_name_of`)
ASIDE = ".key.next"  # beside a key: the same, wrapped by the master key that a rotation brings (`rex.keys_rotation`)
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class KeyLost(Exception):
    """The key of a space is missing or does not open what it should; `str()` is a French sentence."""


class Keyring:
    """The keys of one installation. Keys are read once and kept in memory."""

    def __init__(self, folder: Path, master_key: bytes) -> None:
        self.folder = folder
        self._master = AESGCM(master_key)
        self._keys: dict[str, AESGCM] = {}

    def create(self, space: str) -> None:
        """Make the key of a new space; a key that exists is kept. Raises KeyLost when the other keys open with another master key:
        it was changed since this process began, and the new one would open for nobody."""
        path = self._path(space)
        if path.exists():
            return
        for other in self.names()[:1]:
            self.bare(other)
        write_private_once(path, self.wrapped(space, AESGCM.generate_key(256)))
        folder = os.open(self.folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def destroy(self, space: str) -> None:
        """Make a space mute for ever: its key file goes, and the key in memory."""
        self._keys.pop(space, None)
        self._path(space).unlink(missing_ok=True)
        for aside in self.folder.glob(f"{self._aside(space).name}*"):  # one that a killed rotation was writing too
            aside.unlink(missing_ok=True)

    def names(self) -> list[str]:
        """The spaces that have a key here."""
        return sorted(path.stem for path in self.folder.glob("*.key")) if self.folder.is_dir() else []

    def wrapped(self, space: str, key: bytes) -> bytes:
        """A key as its file holds it."""
        nonce = secrets.token_bytes(12)
        return VERSION + nonce + self._master.encrypt(nonce, key, space.encode())

    def bare(self, space: str) -> bytes:
        """The key of a space. Raises KeyLost. While a rotation is being put in order, it may lie beside its place."""
        for path in (self._path(space), self._aside(space)):
            try:
                return self._unwrapped(path, space)
            except FileNotFoundError as error:
                if path == self._path(space):
                    raise KeyLost(f"La clé « {space} » manque dans {self.folder} : remettez la sauvegarde des clés.") from error
            except InvalidTag:
                continue
        raise KeyLost(f"La clé « {space} » ne s’ouvre pas avec cette clé maîtresse.")

    def is_wrapped_in(self, path: Path, space: str) -> bool:
        """Whether this file holds the key of a space, wrapped by this master key."""
        try:
            self._unwrapped(path, space)
        except (FileNotFoundError, InvalidTag):
            return False
        return True

    def _unwrapped(self, path: Path, space: str) -> bytes:
        wrapped = path.read_bytes()
        return self._master.decrypt(wrapped[1:13], wrapped[13:], space.encode())

    def has(self, space: str) -> bool:
        """Whether the key of this space is there; `check` says whether it opens."""
        return self._path(space).exists()

    def check(self, space: str) -> None:
        """Raise KeyLost unless the key of this space is there and opens with the master key."""
        self._keys.pop(space, None)
        self._key(space)

    def seal(self, space: str, row: str, text: str) -> bytes:
        """Encrypt `text` for a space; `row` names where it is kept (table, column, row) and must be given again to open."""
        return self.seal_bytes(space, row, text.encode())

    def open(self, space: str, row: str, sealed: bytes) -> str:
        """Decrypt what `seal` made. Raises KeyLost when the key is missing, another one, or the value was moved."""
        return self.open_bytes(space, row, sealed).decode()

    def seal_bytes(self, space: str, row: str, data: bytes) -> bytes:
        """`seal`, for a file."""
        _say_that_it_is_of_a_group(space)
        nonce = secrets.token_bytes(12)
        return VERSION + nonce + self._key(space).encrypt(nonce, data, _bound(space, row))

    def open_bytes(self, space: str, row: str, sealed: bytes) -> bytes:
        """`open`, for a file."""
        _say_that_it_is_of_a_group(space)
        try:
            return self._key(space).decrypt(sealed[1:13], sealed[13:], _bound(space, row))
        except InvalidTag as error:
            raise KeyLost("Un texte scellé ne s’ouvre pas avec la clé présente.") from error

    def forget_gone(self) -> None:
        """Forget the keys whose file is gone: another process made their space mute."""
        for space in [space for space in list(self._keys) if not self.has(space)]:
            self._keys.pop(space, None)

    def _key(self, space: str) -> AESGCM:
        if space not in self._keys:
            self._keys[space] = AESGCM(self.bare(space))
        return self._keys[space]

    def _path(self, space: str) -> Path:
        if not NAME.fullmatch(space):
            raise ValueError(f"not the name of a space: {space!r}")
        return self.folder / f"{space}.key"

    def _aside(self, space: str) -> Path:
        return self._path(space).with_name(f"{space}{ASIDE}")


def _say_that_it_is_of_a_group(space: str) -> None:
    """Words of a group are in hand: nothing keeps them beyond this request."""
    if space.startswith(GROUPS):
        memory.enter_a_group()


def _bound(space: str, row: str) -> bytes:
    return f"{space}|{row}".encode()
