"""Starting a récit and writing it, without script."""

from tests.journal.making import FACTS, begin, edition, save, text_of, ticked


def test_the_sentence_of_the_home_lands_in_what_happened(visit):
    camille = visit.as_("camille")
    recit = begin(camille, collectif="valombre", faits=FACTS)
    assert edition(camille, recit)["faits"] == FACTS
    assert "Enregistré à" in text_of(camille.get(f"/recits/{recit}/edition"))


def test_the_button_reopens_the_untouched_draft(visit):
    camille = visit.as_("camille")
    first = begin(camille)
    assert begin(camille) == first
    save(camille, first, {"faits": FACTS})
    assert begin(camille) != first
