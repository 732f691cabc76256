"""The mail that tells the author of a lecture contradictoire what became of it: its voice and its place, never a word of it."""

from datetime import UTC, datetime

from tests.notices.letters import tick
from tests.trends.beside import make_reading

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIST = "/c/valombre/tendances/lectures"


def test_a_mail_says_that_it_is_suspended_and_no_word(app, visit, database, cast, time_machine):
    time_machine.move_to(MONDAY_MORNING, tick=False)
    made = make_reading(database, cast.camille, cast.valombre_id, "Le pont de Quetzalcoatl.")
    assert visit.as_("ana").send(f"{LIST}/{made}/suspension", {"raison": "Le gardien est reconnaissable."}).status_code == 303
    (letter,) = tick(app)
    assert letter.to == "camille@exemple.fr"
    assert "Votre lecture contradictoire est suspendue : l’animation vous dit pourquoi" in letter.text
    assert f"{LIST}/{made}" in letter.text and "signée Voirie" in letter.text
    for words in (letter.text, letter.html, letter.subject):
        assert "Quetzalcoatl" not in words and "reconnaissable" not in words and "Ana" not in words
