"""What an installation writes is for its own account, from the first byte; a file that is there is never overwritten."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rex import opening
from rex.config import config_from
from rex.files import write_private, write_private_once


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_first_start_in_a_folder_open_to_all_closes_its_files(tmp_path):
    before = os.umask(0o022)
    try:
        tmp_path.chmod(0o755)
        database = opening.open_database(config_from({"REX_DATA_DIR": str(tmp_path)}))
        opening.prepare(database)
        found = {path.relative_to(tmp_path).as_posix(): mode(path) for path in tmp_path.rglob("*")}
        database.dispose()
    finally:
        os.umask(before)
    assert found.pop("keys") == 0o700
    assert {"rex.db", "master.key", "secret.key", "keys/installation.key"} <= found.keys()
    assert set(found.values()) == {0o600}, found


def test_a_name_that_is_taken_is_refused_or_kept(tmp_path):
    path = tmp_path / "one"
    write_private(path, b"first")
    with pytest.raises(FileExistsError):
        write_private(path, b"second")
    write_private_once(path, b"third")
    assert path.read_bytes() == b"first" and os.listdir(tmp_path) == ["one"]


def test_of_many_who_write_at_once_one_wins_whole(tmp_path):
    path = tmp_path / "folder" / "one"
    texts = [str(rank).encode() * 5000 for rank in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: write_private_once(path, text), texts))
    assert path.read_bytes() in texts and mode(path) == 0o600 and mode(path.parent) == 0o700
    assert os.listdir(path.parent) == ["one"]
