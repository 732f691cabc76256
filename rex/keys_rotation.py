"""`rex keys rotate`: a new master key. The keys of the spaces stay what they are; each is wrapped anew.

Each key is first written beside the present one, wrapped by the new master key; then the new master key takes the place of the
former one, by one rename: before it everything opens with the former, after it with the new. Stopped anywhere, the installation
opens, and the next `rex keys rotate` or `rex keys backup` puts the folder in order."""

import base64
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from rex.alone import alone_in_folder
from rex.config import Config, config_from, master_key_file
from rex.files import write_private
from rex.keys import ASIDE, KeyLost, Keyring
from rex.refusals import Refused

IS_TURNING = "Une autre commande change ou copie les clés\u00a0: attendez qu’elle ait fini, puis recommencez s’il le faut."
WAITING = ".attente"  # ends the name of a file until it is whole: what a killed process left is known by it


def rotate(environ: Mapping[str, str]) -> int:
    """Wrap every key with a new master key; returns how many. Raises Refused when there is none, KeyLost when one does not open
    with the present master key: nothing is changed then."""
    keys_dir = config_from(environ).keys_dir
    if not keys_dir.is_dir():
        raise Refused(f"Il n’y a pas de clé dans {keys_dir}.")
    with alone_in_folder(keys_dir, IS_TURNING):
        return _rotate(config_from(environ), master_key_file(environ))  # read again: one that was made meanwhile is the present one


def _rotate(config: Config, master_file: Path) -> int:
    present = Keyring(config.keys_dir, config.master_key)
    settle(present)
    waiting = master_file.with_name(f"{master_file.name}{WAITING}")
    for left in (waiting, *config.keys_dir.glob(f"*{ASIDE}{WAITING}")):  # by one that was killed: it opens nothing
        left.unlink(missing_ok=True)
    names = present.names()
    if not names:
        raise Refused(f"Il n’y a pas de clé dans {config.keys_dir}.")
    for name in names:
        present.check(name)
    fresh = secrets.token_bytes(32)
    following = Keyring(config.keys_dir, fresh)
    for name in names:
        _put(config.keys_dir / f"{name}{ASIDE}", following.wrapped(name, present.bare(name)))
    write_private(waiting, base64.b64encode(fresh))
    waiting.replace(master_file)  # the one step that changes what opens
    _keep_names(master_file.parent)
    for name in present.names():  # one that was made meanwhile is still wrapped by the former one
        try:
            following.check(name)
        except KeyLost:
            _put(config.keys_dir / f"{name}{ASIDE}", following.wrapped(name, present.bare(name)))
    settle(following)
    return len(following.names())


def settle(keyring: Keyring) -> None:
    """Put in their place the keys that a rotation wrapped, once its master key is the present one; forget them if it never was."""
    for aside in sorted(keyring.folder.glob(f"*{ASIDE}")):
        name = aside.name.removesuffix(ASIDE)
        if keyring.is_wrapped_in(aside, name):
            aside.replace(keyring.folder / f"{name}.key")
        else:
            aside.unlink(missing_ok=True)
    if keyring.folder.is_dir():
        _keep_names(keyring.folder)


def _put(path: Path, content: bytes) -> None:
    """A private file with this content, whole or not at all, in the place of one that a stopped rotation left."""
    temporary = path.with_name(f"{path.name}{WAITING}")
    write_private(temporary, content)
    temporary.replace(path)


def _keep_names(folder: Path) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
