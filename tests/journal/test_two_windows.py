"""One person, two windows on a récit that is read: what was not touched stands as it was published, and two versions of the same
words are not published without a word."""

from tests.journal.making import edition, published, put, save, text_of

BOTH = "porte deux versions"


def corrects(client, recit: str, form: dict[str, str], **typed: str):
    """« Publier la modification », from a page that was opened with these fields."""
    return client.send(f"/recits/{recit}/edition", form | typed | {"suite": "modification"})


def read(client, recit: str) -> str:
    return text_of(client.get(f"/recits/{recit}"))


def test_an_older_window_leaves_what_it_did_not_touch(visit):
    camille = visit.as_("camille")
    recit = published(camille)
    old = edition(camille, recit)
    assert corrects(camille, recit, edition(camille, recit), appris="Prévenir avant.").location.endswith(f"/recits/{recit}")
    answer = corrects(camille, recit, old, titre="Un autre titre")
    assert answer.location.endswith(f"/recits/{recit}"), "it is published: nothing has to be chosen"
    said = read(camille, recit)
    assert "Prévenir avant." in said and "Un autre titre" in said and "Autre version" not in said


def test_an_older_window_that_changed_nothing_begins_no_correction(visit):
    camille = visit.as_("camille")
    recit = published(camille)
    old = edition(camille, recit)
    corrects(camille, recit, edition(camille, recit), appris="Prévenir avant.")
    camille.send(f"/recits/{recit}/edition", old)
    assert "Une modification que vos lecteurs" not in text_of(camille.get("/c/valombre/"))
    assert "Prévenir avant." in edition(camille, recit)["appris"]


def test_what_the_script_sends_untouched_comes_back_as_it_is_now(visit):
    camille = visit.as_("camille")
    recit = published(camille)
    old = edition(camille, recit)
    corrects(camille, recit, edition(camille, recit), faits="On a tout refait.")
    answer = put(camille, recit, "faits", old["faits"], int(old["base-faits"]))
    assert answer.status_code == 409 and answer.json["text"] == "On a tout refait." and "message" not in answer.json


def test_the_same_words_changed_in_both_are_both_kept(visit):
    camille = visit.as_("camille")
    recit = published(camille)
    old = edition(camille, recit)
    corrects(camille, recit, edition(camille, recit), titre="La benne")
    answer = corrects(camille, recit, old, titre="Le camion")
    assert answer.location.endswith("#section-titre"), "the page opens where there is something to choose"
    assert "La benne" in edition(camille, recit)["titre"] and "Le camion" in edition(camille, recit)["titre"]
    assert "Le camion" not in read(camille, recit)


def test_two_versions_are_not_published_without_a_word(visit):
    camille = visit.as_("camille")
    recit = published(camille)
    for field, typed, other in (("faits", "Un fossé.", "Un mur."), ("titre", "Le fossé", "Le mur")):
        old = edition(camille, recit)
        save(camille, recit, {field: typed})
        corrects(camille, recit, old, **{field: other})
        answer = corrects(camille, recit, edition(camille, recit))
        assert answer.location.endswith("/publication"), "not published: it is to be chosen first"
        assert BOTH in text_of(camille.get(answer.location)) and other not in read(camille, recit)
        assert corrects(camille, recit, edition(camille, recit), **{field: other}).location.endswith(f"/recits/{recit}")
        assert other in read(camille, recit)


def test_an_older_window_on_an_erased_version_keeps_both(visit):
    camille = visit.as_("camille")
    recit = published(camille)
    old = edition(camille, recit)
    corrects(camille, recit, edition(camille, recit), faits="On a tout refait.")
    camille.send(f"/recits/{recit}/versions/1/effacement")
    put(camille, recit, "faits", old["faits"] + " Et plus.", int(old["base-faits"]))
    kept = edition(camille, recit)["faits"]
    assert "On a tout refait." in kept and "Et plus." in kept


def test_words_taken_out_in_an_older_window_are_not_kept_in_silence(visit):
    """Of what it was based on nothing is known any more; an empty field is not a field that one did not touch."""
    camille = visit.as_("camille")
    recit = published(camille)
    save(camille, recit, {"faits": "On a commencé à refaire."})
    old = edition(camille, recit)
    corrects(camille, recit, edition(camille, recit), faits="On a tout refait, avec des mots que je regrette.")
    answer = corrects(camille, recit, old, faits="")
    assert answer.location.endswith("/edition#section-faits")
    assert "dans une autre fenêtre" in text_of(camille.get(answer.location))


def test_an_older_window_leaves_the_stance_of_a_balise(visit):
    camille = visit.as_("camille")
    recit = published(camille)
    tagged = {"balises": "C1"}
    corrects(camille, recit, edition(camille, recit), ajouter="C1")
    old = edition(camille, recit) | tagged
    corrects(camille, recit, edition(camille, recit), **tagged, **{"posture-C1": "contredit"})
    corrects(camille, recit, old, **{"posture-C1": "illustre", "titre": "Un autre titre"})
    page = text_of(camille.get(f"/recits/{recit}/edition"))
    assert 'name="base-balises" value="C1=contredit ' in page and 'value="contredit" selected' in page
    corrects(camille, recit, edition(camille, recit) | tagged, **{"posture-C1": "nuance"})
    assert 'value="nuance" selected' in text_of(camille.get(f"/recits/{recit}/edition"))
