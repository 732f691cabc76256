"""Who reads a text that its authors alone read, as a list of people is said in French."""

import pytest

from rex.access import suspended_audience
from rex.access.audiences import draft_audience


@pytest.mark.parametrize(("others", "people"), [(["Annick"], "vous et Annick"), (["Annick", "Dylan"], "vous, Annick et Dylan")])
def test_who_reads_what_is_suspended_or_a_draft(others: list[str], people: str) -> None:
    assert suspended_audience(1, others).sentence == f"lu par {people}"
    assert draft_audience(1, others).sentence == f"lu par {people}"
    assert draft_audience(1, others, of_published=True).sentence == f"lue par {people}"
