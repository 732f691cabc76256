"""One récit or one for each great heading: what was entered before choosing between the two is kept."""

import pytest

from tests.documents.test_importing import at, form_of, recits_of, text_of, upload

__all__ = ["at"]  # a fixture

THREE = b"# Un\n\n## Contexte\n\nA.\n\n# Deux\n\nB.\n\n# Trois\n\nC."


def split(client, location: str, form: dict[str, str], said: str) -> str:
    key = next(name for name in form if name.startswith("prendre-")).removeprefix("prendre-")
    return client.send(location, {**form, "partager": f"{key} {said}"}).get_data(as_text=True)


def test_what_was_entered_stays_when_a_document_is_split(visit, at, database):
    # Given two documents, one title changed and one part led elsewhere
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.md", THREE), ("b.txt", b"Autre chose."))
    form = form_of(camille.get(answer.location).get_data(as_text=True))
    first, second = (name.removeprefix("prendre-") for name in form if name.startswith("prendre-"))
    form |= {f"titre-{first}": "Mon titre", f"titre-{second}": "L’autre", f"ou-{first}-2": "affects"}
    del form[f"prendre-{second}"]
    # When the first is split
    several = form_of(split(camille, answer.location, form, "plusieurs"))
    # Then all of it stands, and nothing was made
    assert recits_of(database) == 0
    assert several[f"nouveau-{first}-2"] and several[f"nouveau-{first}-3"]
    assert several[f"titre-{first}-0"] == "Mon titre" and several[f"titre-{second}"] == "L’autre"
    assert several[f"ou-{first}-2"] == "affects" and f"prendre-{second}" not in several
    # And when it is one again, after a récit of it was named
    several[f"titre-{first}-3"] = "Le dernier"
    one = form_of(split(camille, answer.location, several, "un"))
    assert one[f"titre-{first}"] == "Mon titre" and one[f"ou-{first}-2"] == "affects"
    assert not any(name.startswith("nouveau-") for name in one)
    # And several again, then made as the screen said
    again = form_of(split(camille, answer.location, one, "plusieurs"))
    assert again[f"titre-{first}-3"] == "Le dernier"
    home = camille.get(camille.send(answer.location, again).location).get_data(as_text=True)
    assert recits_of(database) == 3 and "Mon titre" in home and "Le dernier" in home


ONE_RECIT = {
    "one great heading": b"# Le march\xc3\xa9\n\nA.\n\nB.",
    "those of the canvas": "# Le marché\n\n## Contexte\n\nA.\n\n## Les freins rencontrés\n\nB.\n\n## Bilan\n\nC.".encode(),
    "those of the canvas, at the top": "# Contexte\n\nA.\n\n# Ce qui s’est passé\n\nB.\n\n# Bilan\n\nC.".encode(),
}


@pytest.mark.parametrize("what", ONE_RECIT)
def test_it_is_not_offered_where_it_would_make_one_recit(visit, at, what):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.md", ONE_RECIT[what]))
    page = camille.get(answer.location).get_data(as_text=True)
    assert "Faire un récit de chaque grand titre" not in page
    asked = form_of(split(camille, answer.location, form_of(page), "plusieurs"))
    assert not any(name.startswith("nouveau-") for name in asked), "nor made by who asks all the same"


def test_a_heading_of_the_canvas_opens_no_recit_among_others(visit, at):
    source = "# La place\n\nA.\n\n# Contexte\n\nB.\n\n# La fontaine\n\nC.\n\n# Le banc\n\nD."
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.md", source.encode()))
    form = form_of(split(camille, answer.location, form_of(camille.get(answer.location).get_data(as_text=True)), "plusieurs"))
    begun = sorted(name.rsplit("-", 1)[1] for name in form if name.startswith("nouveau-"))
    assert begun == ["2", "3"]


def test_one_recit_takes_the_title_of_the_screen(visit, at):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.md", THREE))
    form = form_of(split(camille, answer.location, form_of(camille.get(answer.location).get_data(as_text=True)), "plusieurs"))
    key = next(name for name in form if name.startswith("prendre-")).removeprefix("prendre-")
    form[f"titre-{key}-0"] = "Le premier"
    one = form_of(split(camille, answer.location, form, "un"))
    assert one[f"titre-{key}"] == "Le premier"
    one[f"titre-{key}"] = "Le seul"
    made = camille.send(answer.location, one)
    assert text_of(camille, made.location, "titre") == "Le seul"


def test_the_key_enter_makes_the_drafts(visit, at):
    camille = visit.as_("camille")
    page = camille.get(upload(camille, at, ("a.md", THREE)).location).get_data(as_text=True)
    form = page[page.index('<form class="import"') :]
    assert "partager" not in form[form.index("<button") : form.index("</button>")]
