"""Two people who write the same text of a séance at once: nobody loses a word."""

import re
from html import unescape

import pytest

from rex.seances.models import Step
from tests.making import make_group
from tests.seances.meeting import MadeSeance, at_step, make_seance


@pytest.fixture
def made(database, cast) -> MadeSeance:
    """Dora is responsable, Inès leads."""
    group = make_group(database, cast.dora, cast.ines, cast.noor)
    return make_seance(database, cast.dora, group.public_id, lead=cast.ines)


def fields(client, path: str) -> dict[str, str]:
    """A form as a browser would send it back."""
    return fields_in(client.get(path).get_data(as_text=True))


def fields_in(html: str) -> dict[str, str]:
    html = html[html.index("<main") :]
    found = {name: unescape(value) for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', html)}
    found |= {name: unescape(text) for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', html)}
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_two_comptes_rendus_at_once_are_both_kept(visit, database, cast, made):
    at_step(database, made, Step.GARDER)
    path = f"{made.url}/compte-rendu"
    one, other = visit.as_("ines"), visit.as_("ines")  # on her phone, and at her desk
    first, second = fields(one, path), fields(other, path)
    assert one.post(path, data=first | {"texte": "Ce qui est décidé."}).status_code == 303
    answer = other.post(path, data=second | {"texte": "Ce qui reste."})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "pendant que vous écriviez" in html
    again = fields_in(html)
    assert re.split(r"\s*\n\s*", again["texte"]) == ["Ce qui est décidé.", "Ce qui reste."]
    assert other.post(path, data=again).status_code == 303
    at_step(database, made, Step.CLOSE)
    shown = visit.as_("noor").get(made.url).get_data(as_text=True)
    assert "Ce qui est décidé." in shown and "Ce qui reste." in shown


def test_two_who_prepare_at_once_keep_both_agendas_and_see_the_other_day(visit, database, cast, made):
    path = f"{made.url}/modifier"
    dora, ines = visit.as_("dora"), visit.as_("ines")
    first, second = fields(dora, path), fields(ines, path)
    assert first["ordre"] == "Un tour de table, puis une situation."
    assert dora.post(path, data=first | {"ordre": "D’abord le silence.", "lieu": "Salle du Lavoir, en bas"}).status_code == 303
    answer = ines.post(path, data=second | {"ordre": "Commencer par un récit."})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "pendant que vous écriviez" in html
    again = fields_in(html)
    assert "D’abord le silence." in again["ordre"] and "Commencer par un récit." in again["ordre"]
    assert ines.post(path, data=again).status_code == 303
    assert "D’abord le silence." in dora.get(f"{made.url}/preparer").get_data(as_text=True)


def test_a_form_sent_twice_is_saved_once(visit, database, cast, made):
    """A double click: the second has the key of the first, and is answered as it was."""
    at_step(database, made, Step.GARDER)
    path, client = f"{made.url}/compte-rendu", visit.as_("ines")
    sent = fields(client, path) | {"texte": "Une fois."}
    assert [client.post(path, data=sent).status_code for _ in range(2)] == [303, 303]
    assert fields(client, path)["texte"] == "Une fois."
