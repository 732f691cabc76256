"""What comes in waits in memory while it is small, then sealed: read back whole, from anywhere, and in clear nowhere."""

import io
import tempfile

import pytest

from rex import spool
from rex.spool import Spool

WORDS = b"Quetzalmane au clocher. "


@pytest.fixture
def opened(monkeypatch):
    """The files that a spool makes, as the machine sees them."""
    files = []

    def open_one():
        files.append(tempfile.TemporaryFile())  # noqa: SIM115 (read by the test)
        return files[-1]

    monkeypatch.setattr(spool, "TemporaryFile", open_one)
    return files


def test_few_bytes_stay_in_memory(opened):
    kept = Spool(1000)
    kept.write(WORDS)
    kept.seek(0)
    assert kept.read() == WORDS and opened == []


@pytest.mark.parametrize("step", [1, 7, 16, 1000])
def test_many_lie_sealed_and_are_read_from_anywhere(opened, step):
    kept, whole = Spool(100), WORDS * 50
    for at in range(0, len(whole), step):
        assert kept.write(whole[at : at + step]) == len(whole[at : at + step])
    [file] = opened
    file.seek(0)
    lying = file.read()
    assert len(lying) == len(whole) and b"Quetzal" not in lying
    for at in (0, 1, 15, 16, 17, 99, 100, 101, len(whole) - 1, len(whole), len(whole) + 5):
        kept.seek(at)
        assert kept.read(40) == whole[at : at + 40]
        kept.seek(at)
        assert kept.read() == whole[at:]
    assert kept.seek(-5, io.SEEK_END) == len(whole) - 5 and kept.read() == whole[-5:]
    kept.close()
    assert file.closed


def test_nothing_is_written_twice_at_one_place():
    kept = Spool(10)
    kept.write(WORDS)
    kept.seek(3)
    with pytest.raises(io.UnsupportedOperation):
        kept.write(b"x")
    kept.close()


def test_a_machine_that_lets_nothing_be_written_keeps_them_in_memory(monkeypatch):
    def refused():
        raise FileNotFoundError("no usable temporary directory")

    monkeypatch.setattr(spool, "TemporaryFile", refused)
    kept = Spool(10)
    for _ in range(3):
        kept.write(WORDS)
    kept.seek(0)
    assert kept.read() == WORDS * 3
