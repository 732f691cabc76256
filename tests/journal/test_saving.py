"""The saves of a script: versions, merges, refusals, and a récit that changes state under an open window."""

import threading

import pytest

from tests.journal.making import begin, edition, publish, published, put, save, text_of, ticked
from tests.making import make_recit


def put_balises(client, recit, pairs, **more):
    body = {"balises": pairs} | more
    return client.put(f"/recits/{recit}/balises", json=body, headers={"X-CSRFToken": client.csrf()})


def raw_put(client, path, body):
    return client.put(path, data=body, content_type="application/json", headers={"X-CSRFToken": client.csrf()})


def test_each_save_makes_a_version(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    first = put(camille, recit, "faits", "Un.")
    second = put(camille, recit, "faits", "Un, deux.", first.json["version"])
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json["version"] == first.json["version"] + 1
    assert " h" in second.json["at"].replace("\u00a0", " ")
    assert edition(camille, recit)["faits"] == "Un, deux."


def test_the_same_text_twice_changes_nothing(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    first = put(camille, recit, "faits", "Un.")
    for base in (0, first.json["version"], 40):
        again = put(camille, recit, "faits", "Un.", base)
        assert (again.status_code, again.json["version"]) == (200, first.json["version"])


def test_a_late_save_is_merged_and_the_next_one_is_clean(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    base = put(camille, recit, "faits", "Un.\n\nDeux.\n\nTrois.").json["version"]
    put(camille, recit, "faits", "Un !\n\nDeux.\n\nTrois.", base)
    late = put(camille, recit, "faits", "Un.\n\nDeux.\n\nTrois !", base)
    assert late.status_code == 409
    assert late.json["text"] == edition(camille, recit)["faits"] == "Un !\n\nDeux.\n\nTrois !"
    after = put(camille, recit, "faits", late.json["text"] + "\n\nQuatre.", late.json["version"])
    assert after.status_code == 200 and "text" not in after.json


def test_a_save_whose_answer_was_lost_may_be_sent_again(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    base = put(camille, recit, "faits", "Un.").json["version"]
    put(camille, recit, "faits", "Un, de l’autre fenêtre.", base)
    first = put(camille, recit, "faits", "Un, de celle-ci.", base)
    again = put(camille, recit, "faits", "Un, de celle-ci.", base)
    assert again.json["text"] == first.json["text"]
    assert again.json["version"] == first.json["version"]


def test_a_base_too_old_to_be_known_keeps_both_once(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    base = put(camille, recit, "faits", "Départ.").json["version"]
    version = base
    for number in range(45):
        version = put(camille, recit, "faits", f"Étape {number}.", version).json["version"]
    late = put(camille, recit, "faits", "Depuis l’autre ordinateur.", base)
    assert late.status_code == 409
    for words in ("Étape 44.", "Depuis l’autre ordinateur."):
        assert late.json["text"].count(words) == 1


def test_two_authors_are_told_whose_words_stand_there(visit, database, cast):
    recit = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno,), sections={"faits": "Au départ."}).public_id
    camille, bruno = visit.as_("camille"), visit.as_("bruno")
    base = int(edition(camille, recit)["base-faits"])
    put(bruno, recit, "faits", "Bruno l’a vu ainsi.", base)
    late = put(camille, recit, "faits", "Camille autrement.", base)
    assert "écrite par Bruno Maréchal" in late.json["text"]
    assert late.json["message"] == "Bruno Maréchal a écrit ici aussi. Les deux textes sont gardés."
    own = put(camille, recit, "faits", "Camille, sans avoir rien vu.", base)
    assert own.json["message"] == "Vous aviez écrit ici dans une autre fenêtre. Les deux textes sont gardés."


def test_what_two_authors_published_is_of_one_of_them(visit, database, cast):
    """The working copy begins again from the published text, which keeps no hand of its own: none is named."""
    recit = make_recit(database, cast.camille, co_authors=(cast.bruno,), sections={"faits": "Au départ."}).public_id
    late = put(visit.as_("camille"), recit, "faits", "Autrement.", 0)
    assert late.status_code == 409 and "écrite par un des auteurs" in late.json["text"]
    assert late.json["message"].startswith("Un des auteurs a écrit ici aussi. Les deux textes sont gardés. Ce récit est publié.")


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"text": "x"}', '{"text": 3, "base": 0}', '{"text": "x", "base": true}', '{"text": "x", "base": -1}',
     '{"text": "x", "base": 99999999999999999999999}', '{"text": "x", "base": "0"}', "{not json"],
)  # fmt: skip
def test_an_incomplete_save_is_refused_in_words(visit, body):
    camille = visit.as_("camille")
    recit = begin(camille)
    answer = raw_put(camille, f"/recits/{recit}/sections/faits", body)
    assert answer.status_code == 400 and answer.json["message"].endswith(".")


def test_only_the_fields_of_the_recit_are_saved(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    for slug in ("inconnue", "balises", "x" * 300):
        assert put(camille, recit, slug, "Texte").status_code == 400


def test_too_long_is_said_and_nothing_is_lost(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits="Avant.")
    answer = put(camille, recit, "faits", "a" * 200_001, 1)
    assert answer.status_code == 422 and "trop long" in answer.json["message"]
    assert "200 caractères" in put(camille, recit, "titre", "a" * 201).json["message"]
    assert edition(camille, recit)["faits"] == "Avant."


def test_halves_of_characters_and_nul_do_not_break_a_save(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    assert raw_put(camille, f"/recits/{recit}/sections/faits", '{"text": "a\\u0000b\\ud800c", "base": 0}').status_code == 200
    assert edition(camille, recit)["faits"] == "ab?c"


def test_a_title_keeps_to_one_line(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    assert put(camille, recit, "titre", "Deux\nlignes").status_code == 200
    assert edition(camille, recit)["titre"] == "Deux lignes"


# --- balises ------------------------------------------------------------------------------------------------------------


def test_balises_keep_their_order_and_stance(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    pairs = [["V1", "nuance"], ["C1", "illustre"]]
    assert put_balises(camille, recit, pairs).json["balises"] == pairs
    assert put_balises(camille, recit, pairs[::-1]).json["balises"] == pairs[::-1]
    preview = text_of(camille.get(f"/recits/{recit}/apercu"))
    assert preview.index("Coopérer sans être alignés") < preview.index("Voir toutes les valeurs")


def test_what_two_windows_choose_is_brought_together(visit):
    camille = visit.as_("camille")
    recit = begin(camille, balise="C1")
    put_balises(camille, recit, [["C1", "illustre"], ["E2", "illustre"]], base=["C1"])
    put_balises(camille, recit, [["C1", "illustre"], ["V3", "contredit"]], base=["C1"])
    assert set(ticked(camille, recit)) == {"C1", "E2", "V3"}
    put_balises(camille, recit, [["V3", "contredit"]], base=["C1", "V3"])
    assert set(ticked(camille, recit)) == {"E2", "V3"}


def test_unknown_balises_stances_and_a_ninth_are_left_out(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    codes = ["E1", "E2", "E3", "E4", "E5", "E6", "S1", "S2", "S3"]
    kept = put_balises(camille, recit, [["Z9", "illustre"], ["V1", "faux"], *([code, "illustre"] for code in codes)]).json
    assert [code for code, _ in kept["balises"]] == codes[:8]
    for body in ('{"balises": "C1"}', '{"balises": [["C1"]]}', "[]", "null"):
        assert raw_put(camille, f"/recits/{recit}/balises", body).status_code == 400
    assert raw_put(camille, f"/recits/{recit}/balises", '{"balises": [[["C1"], {"a": 1}]]}').status_code in (200, 400)


# --- a récit that changes under an open window -----------------------------------------------------------------------------


def test_an_old_window_never_overwrites_what_was_published_since(visit):
    """The window was opened on the first version; another one wrote and published; its number must not be met again."""
    camille = visit.as_("camille")
    recit = begin(camille, faits="Au tout début.")
    base = int(edition(camille, recit)["base-faits"])
    save(camille, recit, {"titre": "Un titre", "faits": "Ce qui fut publié."})
    publish(camille, recit)
    late = put(camille, recit, "faits", "Au tout début, et la suite.", base)
    assert late.status_code == 409 and "Ce qui fut publié." in late.json["text"] and "et la suite" in late.json["text"]
    assert "publierez la modification" in late.json["message"]
    assert "et la suite" not in text_of(camille.get(f"/recits/{recit}"))


def test_an_old_window_never_overwrites_a_version_restored_since(visit):
    camille = visit.as_("camille")
    recit = published(camille, faits="Première version.")
    save(camille, recit, {"faits": "Deuxième version."})
    publish(camille, recit)
    save(camille, recit, {"faits": "Un essai."})
    base = int(edition(camille, recit)["base-faits"])
    camille.send(f"/recits/{recit}/versions/1/restauration", {"remplacer": "1"})
    late = put(camille, recit, "faits", "Un essai, et la suite.", base)
    assert "Première version." in late.json["text"] and "et la suite" in late.json["text"]


def test_saving_into_a_recit_withdrawn_meanwhile(visit):
    camille = visit.as_("camille")
    recit = published(camille, faits="Publié.")
    base = int(edition(camille, recit)["base-faits"])
    camille.send(f"/recits/{recit}/retrait")
    assert put(camille, recit, "faits", "Publié, puis repris.", base).status_code == 200
    assert edition(camille, recit)["faits"] == "Publié, puis repris."


def test_saving_into_a_recit_deleted_meanwhile(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits="Bientôt plus rien.")
    camille.send(f"/recits/{recit}/suppression")
    for answer in (put(camille, recit, "faits", "Encore là ?"), put_balises(camille, recit, [["C1", "illustre"]])):
        assert answer.status_code == 404
        assert "Votre texte reste sur cet appareil." in answer.json["message"]


def test_a_stranger_learns_nothing_from_a_save(visit):
    recit = begin(visit.as_("camille"), faits="À moi.")
    bruno = visit.as_("bruno")
    known, unknown = put(bruno, recit, "faits", "x"), put(bruno, "AAAAAAAAAAAAAAAA", "faits", "x")
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data) == (404, known.data)


def test_the_published_words_saved_again_begin_no_correction(visit):
    camille = visit.as_("camille")
    recit = published(camille, faits="Publié.")
    base = int(edition(camille, recit)["base-faits"])
    assert "message" not in put(camille, recit, "faits", "Publié.", base).json
    begun = put(camille, recit, "faits", "Publié, corrigé.", base)
    assert begun.status_code == 200 and "modification" in begun.json["message"]
    assert "message" not in put(camille, recit, "faits", "Publié, corrigé encore.", begun.json["version"]).json


def test_first_corrections_from_two_windows_at_once(visit):
    camille = visit.as_("camille")
    recit = published(camille, faits="Un.", appris="Deux.")
    base = int(edition(camille, recit)["base-faits"])
    windows = [visit.as_("camille") for _ in range(4)]
    tokens = [window.csrf() for window in windows]
    answers = []

    def write(number: int) -> None:
        answers.append(
            windows[number].put(
                f"/recits/{recit}/sections/{'faits' if number % 2 else 'appris'}",
                json={"text": f"Écrit par la fenêtre {number}.", "base": base},
                headers={"X-CSRFToken": tokens[number]},
            )
        )

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted({answer.status_code for answer in answers}) in ([200], [200, 409])
    kept = edition(camille, recit)
    for number in range(4):
        assert f"Écrit par la fenêtre {number}." in kept["faits" if number % 2 else "appris"]
