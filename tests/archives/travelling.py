"""Archives as tests speak of them: written, opened line by line, changed by a hand that means harm, brought in elsewhere."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rex.archives.arriving import Brought, Wanted, bring_in
from rex.archives.cli import put_out
from rex.archives.shape import KINDS, MANIFEST, SUMS, member_of
from rex.db import Database

Lines = dict[str, list[dict[str, Any]]]


def silent(_done: int, _total: int) -> None:
    """Says nothing of how far it is."""


def take_out(database: Database, slug: str, path: Path, **how: Any) -> Path:
    put_out(database, slug, path, "", silent, **how)
    return path


def take_in(database: Database, path: Path, slug: str = "", by_address: bool = False) -> Brought:
    return bring_in(database, path, Wanted(slug, by_address))


def lines_of(path: Path) -> Lines:
    """Every line of every kind."""
    with zipfile.ZipFile(path) as archive:
        return {kind: [json.loads(line) for line in archive.read(member_of(kind)).splitlines()] for kind in KINDS}


def whole(path: Path) -> str:
    """All that the archive says, its names included."""
    with zipfile.ZipFile(path) as archive:
        return "\n".join(name + "\n" + archive.read(name).decode(errors="replace") for name in archive.namelist())


def changed(path: Path, to: Path, act: Callable[[dict[str, bytes]], None], *, sums: bool = True) -> Path:
    """The archive with other members; `sums`: with sums and counts that say so, as somebody who means harm would write them."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    act(members)
    if sums:
        manifest = json.loads(members[MANIFEST])
        manifest["lignes"] = {kind: members[member_of(kind)].count(b"\n") for kind in KINDS}
        told = [name for name in members if name not in (MANIFEST, SUMS)]
        members[SUMS] = "".join(f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in told).encode()
        manifest["sha256sums"] = hashlib.sha256(members[SUMS]).hexdigest()
        members[MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return to


def rewritten(kind: str, act: Callable[[list[dict[str, Any]]], None]) -> Callable[[dict[str, bytes]], None]:
    """To be given to `changed`: the lines of a kind, changed."""

    def change(members: dict[str, bytes]) -> None:
        lines = [json.loads(line) for line in members[member_of(kind)].splitlines()]
        act(lines)
        members[member_of(kind)] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    return change
