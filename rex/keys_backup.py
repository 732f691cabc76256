"""`rex keys backup` and `rex keys restore`: the keys of the spaces and the master key that opens them, in one file apart."""

import base64
import binascii
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from rex import __version__, clock
from rex.alone import alone_in_folder
from rex.archive import damaged, new_zip, old_zip, read_manifest, read_small, write_manifest
from rex.config import Config, master_key_file
from rex.files import write_private
from rex.keys import KeyLost, Keyring
from rex.keys_rotation import IS_TURNING, settle
from rex.refusals import Refused

FORMAT = "rex-cles-1"
MASTER = "master.key"
MEMBER = re.compile(r"keys/([A-Za-z0-9_-]{1,64})\.key")
MOST = 100_000


def back_up_keys(config: Config, path: Path) -> int:
    """Write every key and the master key to a new file, readable by its owner alone; returns how many keys. Raises Refused."""
    if not config.keys_dir.is_dir():
        raise Refused(f"Il n’y a pas de clé dans {config.keys_dir}.")
    with alone_in_folder(config.keys_dir, IS_TURNING):  # putting in order what a rotation under way writes would undo it
        return _back_up_keys(config, path)


def _back_up_keys(config: Config, path: Path) -> int:
    settle(Keyring(config.keys_dir, config.master_key))
    files = sorted(config.keys_dir.glob("*.key"))
    if not files:
        raise Refused(f"Il n’y a pas de clé dans {config.keys_dir}.")
    with new_zip(path) as archive:
        archive.writestr(MASTER, base64.b64encode(config.master_key))
        for file in files:
            archive.writestr(f"keys/{file.name}", file.read_bytes())
        secret = "Ce fichier ouvre tous les textes scellés d’une copie de la base : ceux des groupes de pairs, et les non publiés."
        manifest = {"format": FORMAT, "version": __version__, "date": clock.now().isoformat(), "secret": secret}
        write_manifest(archive, manifest)
    return len(files)


def put_keys_back(environ: Mapping[str, str], path: Path) -> int:
    """Put the keys of a backup in the folder of this installation; returns how many keys the file held.

    Takes the environment and not a `Config`, which would begin by making a new master key. Raises Refused when the file
    is damaged, or when another key stands in the place of one of its own: nothing is overwritten."""
    data_dir = Path(environ.get("REX_DATA_DIR") or "instance").absolute()
    master_file, keys_dir = master_key_file(environ), data_dir / "keys"
    master, keys = _read(path)
    present = {file.stem: file.read_bytes() for file in keys_dir.glob("*.key")} if keys_dir.is_dir() else {}
    others = [name for name, content in present.items() if keys.get(name) != content]
    if others:
        raise Refused(
            f"D’autres clés sont déjà dans {keys_dir} ({', '.join(sorted(others)[:3])})\u00a0: "
            "mettez-les de côté si vous êtes sûr de vous, puis recommencez."
        )
    waiting = data_dir / f"keys.{secrets.token_hex(4)}"
    try:
        waiting.mkdir(parents=True, mode=0o700)
        for name, content in keys.items():
            write_private(waiting / f"{name}.key", content)
        keyring = Keyring(waiting, base64.b64decode(master))
        for name in keys:
            keyring.check(name)
        fresh = master_file.with_name(f"{master_file.name}.{secrets.token_hex(4)}")  # it may live on another disk
        write_private(fresh, master)
        keys_dir.mkdir(exist_ok=True, mode=0o700)
        for name in keys:
            (waiting / f"{name}.key").replace(keys_dir / f"{name}.key")
        fresh.replace(master_file)
    except KeyLost as error:
        raise damaged(path) from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    return len(keys)


def _read(path: Path) -> tuple[bytes, dict[str, bytes]]:
    with old_zip(path) as archive:
        read_manifest(archive, path, FORMAT)
        names = [info.filename for info in archive.infolist() if info.filename not in ("manifest.json", MASTER)]
        found = [MEMBER.fullmatch(name) for name in names]
        if len(names) > MOST or not all(found):
            raise damaged(path)
        master = read_small(archive, MASTER, path).strip()
        keys = {match[1]: read_small(archive, match[0], path) for match in found if match}
    try:
        is_right = len(base64.b64decode(master, validate=True)) == 32
    except binascii.Error:
        is_right = False
    if not is_right:
        raise damaged(path)
    return master, keys
