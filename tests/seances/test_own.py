"""What one kept for oneself until the séance, and what one takes away of all of them: nobody else's."""

import re
from html import unescape

from rex.journal.difficulties import keep_for_oneself
from rex.journal.difficulty_sealing import Written
from rex.seances.models import Step
from tests.making import make_group, make_recit, reader_of
from tests.seances.meeting import at_step, deposit, make_said, make_seance


def test_what_was_kept_until_the_seance_is_taken_up_in_the_depot(visit, database, cast):
    group = make_group(database, cast.dora, cast.noor)
    made = make_seance(database, cast.dora, group.public_id)
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        seat = reader.in_group(group.public_id)
        assert seat is not None
        keep_for_oneself(session, reader, seat, Written("Je n’y arrive plus."))
        session.commit()
    make_recit(database, cast.noor, audience=None, group=group.id)
    noor, dora = visit.as_("noor"), visit.as_("dora")
    page = unescape(noor.get(made.url).get_data(as_text=True))
    assert page.count("Reprendre dans mon dépôt") == 1 and "Je n’y arrive plus." in page
    link = re.search(r'href="([^"]*reprendre=[^"#]*)#depot"', page)
    assert link
    taken = unescape(noor.get(link[1]).get_data(as_text=True))
    assert re.search(r"<textarea[^>]*>\nJe n’y arrive plus\.</textarea>", taken)
    for path in (made.url, link[1]):
        assert "Je n’y arrive plus." not in dora.get(path).get_data(as_text=True)
    deposit(noor, made, "Je n’y arrive plus, depuis lundi.")
    assert "Reprendre" not in noor.get(made.url).get_data(as_text=True)


def test_one_takes_ones_own_texts_away_and_no_other(visit, database, cast):
    group = make_group(database, cast.dora, cast.noor)
    made = make_seance(database, cast.dora, group.public_id)
    for who in ("noor", "dora"):
        deposit(visit.as_(who), made, f"Dépôt de {who}")
    make_said(database, cast.noor, made, "Question de noor")
    make_said(database, cast.dora, made, "Question de dora")
    at_step(database, made, Step.GARDER)
    for who in ("noor", "dora"):
        assert visit.as_(who).send(f"{made.url}/garder", {"texte": f"Garder de {who}"}).status_code == 303
    text = visit.as_("noor").get(f"/groupes-de-pairs/{group.public_id}/mes-textes").get_data(as_text=True)
    assert all(words in text for words in ("Dépôt de noor", "Question de noor", "Garder de noor"))
    assert "de dora" not in text
