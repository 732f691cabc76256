"""`docs/archive.md` says what the archive is: each of its examples is a line that comes in, each kind and each field is there."""

import json
import re

from rex.archives.shape import FORMAT, KINDS, checked
from rex.config import ROOT
from tests.archives.travelling import lines_of

DOCUMENT = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"### `(\w+)\.jsonl`.*?```json\n(.*?)\n```", DOCUMENT, re.DOTALL))


def test_each_kind_has_an_example_that_comes_in():
    assert set(EXAMPLES) == set(KINDS)
    for kind, example in EXAMPLES.items():
        checked(kind, json.loads(example))
    assert f'"format": "{FORMAT}"' in DOCUMENT


def test_each_field_is_in_the_example_of_its_kind(archive):
    for kind, lines in lines_of(archive).items():
        for line in lines:
            fields = set(line) - ({"adresse"} if kind == "personnes" else set())
            assert fields == set(json.loads(EXAMPLES[kind])), kind
            checked(kind, line)
