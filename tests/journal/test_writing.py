"""Starting a récit and writing it on its page, without script."""

import re

import pytest
from sqlalchemy import update

from rex import clock
from rex.collectifs.models import Membership
from rex.journal.models import Stance
from rex.referentiel.models import OwnBalise
from tests.journal.making import FACTS, begin, edition, published, put, save, text_of, ticked
from tests.making import make_recit

LONG = "a" * 200_001


def own_balise(database, collectif_id: int, label: str) -> str:
    with database.system("a balise of one collectif", write=True) as session:
        words = {"label": label, "title": label, "question": "", "text": ""}
        balise = OwnBalise(collectif_id=collectif_id, slug=label.lower(), **words)
        session.add(balise)
        session.flush()
        return balise.public_id


# --- starting -----------------------------------------------------------------------------------------------------------


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


def test_each_person_and_each_journal_has_its_own_draft(visit):
    noor, camille = visit.as_("noor"), visit.as_("camille")
    here, there = begin(noor, collectif="valombre"), begin(noor, collectif="orbe")
    assert len({here, there, begin(camille)}) == 3
    assert "Pays de l’Orbe" in text_of(noor.get(f"/recits/{there}/edition"))


def test_writing_on_a_balise_brings_it_chosen(visit):
    camille = visit.as_("camille")
    assert ticked(camille, begin(camille, balise="C1")) == ["C1"]
    assert ticked(camille, begin(camille, balise="Z9")) == []


def test_a_balise_of_the_journal_in_which_one_writes(visit, database, cast):
    here, there = own_balise(database, cast.valombre_id, "Ici"), own_balise(database, cast.orbe_id, "Là-bas")
    noor = visit.as_("noor")
    assert ticked(noor, begin(noor, collectif="orbe", balise=there)) == [there]
    assert ticked(noor, begin(noor, collectif="valombre", balise=there)) == []
    assert ticked(noor, begin(noor, collectif="valombre", balise=here)) == [here]


def test_too_long_a_first_text_comes_back(visit):
    camille = visit.as_("camille")
    response = camille.send("/recits/nouveau", {"faits": LONG, "balise": "C1"})
    page = text_of(response)
    assert response.status_code == 422
    assert LONG in page and "trop long" in page and 'name="balise" value="C1"' in page
    assert "<title>Erreur\u00a0: " in page


def test_a_collectif_that_one_left_does_not_lose_the_text(visit):
    camille = visit.as_("camille")
    assert edition(camille, begin(camille, collectif="orbe", faits=FACTS))["faits"] == FACTS


# --- one form saves all -------------------------------------------------------------------------------------------------


def test_each_button_saves_everything(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    buttons = [
        ({"section": "faits"}, "/edition#section-faits"),
        ({"suite": "publication"}, "/publication"),
        ({"suite": "apercu"}, "/apercu"),
        ({"ajouter": "C1"}, "/edition#section-balises"),
        ({"retirer": "C1"}, "/edition#section-balises"),
        ({"chercher": "Voyager"}, "/edition#section-balises"),
    ]
    for number, (button, where) in enumerate(buttons):
        response = save(camille, recit, {"titre": f"Titre {number}", "affects": f"Émus {number}"}, **button)
        assert response.status_code == 303
        assert response.location == f"/recits/{recit}{where}"
        kept = edition(camille, recit)
        assert (kept["titre"], kept["affects"]) == (f"Titre {number}", f"Émus {number}")
    assert ticked(camille, recit) == ["E6"]


def test_a_ticked_balise_is_not_a_section(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"balises": ["C1", "E2"]})
    save(camille, recit)
    assert ticked(camille, recit) == ["E2", "C1"]
    preview = text_of(camille.get(f"/recits/{recit}/apercu"))
    assert "Autre section" not in preview and FACTS in preview


def test_a_field_that_is_not_of_the_canvas_is_not_kept(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"autre": "Rien à faire ici", "base-autre": "0", "x" * 60: "Trop", "base-" + "x" * 60: "0"})
    assert "Rien à faire ici" not in text_of(camille.get(f"/recits/{recit}/apercu"))


def test_two_windows_are_both_kept_and_it_is_said(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits="Un.\n\nDeux.")
    old = edition(camille, recit)
    save(camille, recit, {"faits": "Un, bien dit.\n\nDeux."})
    response = camille.send(f"/recits/{recit}/edition", old | {"faits": "Un.\n\nDeux, mieux dit."})
    assert "Vous aviez écrit ici dans une autre fenêtre. Les deux textes sont gardés." in text_of(camille.get(response.location))
    assert edition(camille, recit)["faits"] == "Un, bien dit.\n\nDeux, mieux dit."


def test_two_windows_on_the_same_words_keep_both_once(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits="Au début.")
    old = edition(camille, recit)
    save(camille, recit, {"faits": "La première version."})
    camille.send(f"/recits/{recit}/edition", old | {"faits": "La seconde version."})
    kept = edition(camille, recit)["faits"]
    assert kept.count("La première version.") == kept.count("La seconde version.") == 1
    assert "dans une autre fenêtre" in kept


def test_a_text_too_long_comes_back_and_the_others_are_saved(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    response = save(camille, recit, {"faits": LONG, "appris": "Une leçon.", "titre": "Un titre", "balises": ["V1"]})
    page = text_of(response)
    assert response.status_code == 422
    assert f">\n{LONG}</textarea>" in page and "<title>Erreur\u00a0: " in page
    assert "À revoir avant de continuer" in page and 'href="#faits"' in page
    kept = edition(camille, recit)
    assert (kept["faits"], kept["appris"], kept["titre"]) == ("", "Une leçon.", "Un titre")
    assert ticked(camille, recit) == ["V1"]


def test_a_refused_form_can_be_sent_again_from_the_same_page(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    form = edition(camille, recit) | {"idempotency_key": "une-page", "faits": LONG}
    assert camille.send(f"/recits/{recit}/edition", form).status_code == 422
    assert camille.send(f"/recits/{recit}/edition", form | {"faits": "Plus court."}).status_code == 303
    assert edition(camille, recit)["faits"] == "Plus court."


def test_too_long_a_text_stays_on_its_own_base(visit):
    """Shortened and sent again, it must still meet what another window wrote meanwhile."""
    camille = visit.as_("camille")
    recit = begin(camille, faits="Un.\n\nDeux.")
    old = edition(camille, recit)
    save(camille, recit, {"faits": "Un, bien dit.\n\nDeux."})
    page = text_of(camille.send(f"/recits/{recit}/edition", old | {"faits": LONG}))
    assert f'name="base-faits" value="{old["base-faits"]}"' in page
    put(camille, recit, "faits", "Un.\n\nDeux, court.", int(old["base-faits"]))
    assert edition(camille, recit)["faits"] == "Un, bien dit.\n\nDeux, court."


def test_a_title_is_one_line_of_200_characters(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"titre": "Deux\r\nlignes"})
    assert edition(camille, recit)["titre"] == "Deux lignes"
    response = save(camille, recit, {"titre": "t" * 201})
    assert response.status_code == 422 and "200 caractères au plus" in text_of(response) and "t" * 201 in text_of(response)
    assert save(camille, recit, {"titre": "t" * 200}).status_code == 303


def test_two_long_titles_at_once_lose_no_word(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    old = edition(camille, recit)
    save(camille, recit, {"titre": "Premier " + "a" * 190})
    camille.send(f"/recits/{recit}/edition", old | {"titre": "Second " + "b" * 190})
    kept = edition(camille, recit)["titre"]
    assert "a" * 190 in kept and "b" * 190 in kept and "\n" not in kept
    response = camille.send(f"/recits/{recit}/publication", {"publier": "collectif"})
    assert response.status_code == 422 and "Raccourcissez le titre" in text_of(response)


def test_what_a_database_refuses_is_taken_out(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits="avant\x00après\r\nla suite")
    assert edition(camille, recit)["faits"] == "avantaprès\nla suite"


# --- balises ------------------------------------------------------------------------------------------------------------


def test_two_windows_add_and_take_off_balises(visit):
    camille = visit.as_("camille")
    recit = begin(camille, balise="C1")
    old = edition(camille, recit)
    save(camille, recit, {"balises": ["C1", "E2"]})
    camille.send(f"/recits/{recit}/edition", old | {"balises": ["V3"]})  # this window never saw E2, and takes C1 off
    assert ticked(camille, recit) == ["E2", "V3"]


def test_eight_balises_at_most_and_it_is_said(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    nine = ["E1", "E2", "E3", "E4", "E5", "E6", "S1", "S2", "S3"]
    response = save(camille, recit, {"balises": nine})
    assert "Huit balises au plus" in text_of(camille.get(response.location))
    assert ticked(camille, recit) == nine[:8]


def test_a_stance_is_said_in_words(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"balises": ["C1", "E2"]})
    save(camille, recit, {"posture-C1": "contredit", "posture-E2": "n’importe quoi"})
    page = text_of(camille.get(f"/recits/{recit}/edition"))
    assert "Que fait votre expérience à ces balises" in page
    assert '<option value="contredit" selected>L’expérience la contredit</option>' in page
    preview = text_of(camille.get(f"/recits/{recit}/apercu"))
    assert preview.count('class="chip-stance"') == 1 and ">contredit</span>" in preview


def test_a_search_that_finds_nothing_says_so(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    response = save(camille, recit, chercher="licorne")
    assert "Aucune balise ne porte ce nom." in text_of(camille.get(response.location))
    save(camille, recit, chercher="  JOUER LE TEMPS ")
    assert ticked(camille, recit) == ["C6"]


def test_a_closed_balise_stays_on_the_draft_that_has_it(visit, database, cast):
    code = own_balise(database, cast.valombre_id, "Ici")
    camille = visit.as_("camille")
    recit = begin(camille, balise=code, faits=FACTS)
    with database.system("close it", write=True) as session:
        session.execute(update(OwnBalise).values(closed_at=clock.now()))
    save(camille, recit, {"titre": "Un titre"})
    assert ">Ici<" in text_of(camille.get(f"/recits/{recit}/apercu"))
    save(camille, recit, retirer=code)
    assert ">Ici<" not in text_of(camille.get(f"/recits/{recit}/apercu"))


# --- preview, audience --------------------------------------------------------------------------------------------------


def test_the_preview_executes_nothing(visit):
    camille = visit.as_("camille")
    hostile = '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror="alert(1)">'
    recit = begin(camille, faits=hostile)
    save(camille, recit, {"titre": "<b>Titre</b>"})
    raw = camille.get(f"/recits/{recit}/apercu").get_data(as_text=True)
    assert "<script>alert" not in raw and "<img src=x" not in raw and 'href="javascript' not in raw and "<b>Titre" not in raw
    assert "&lt;script&gt;" in raw and "&lt;b&gt;Titre&lt;/b&gt;" in raw


def test_the_bar_names_those_who_can_read_the_draft(visit, database, cast):
    recit = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno,)).public_id
    camille = visit.as_("camille")
    assert "<strong>Bruno Maréchal</strong>" in text_of(camille.get(f"/recits/{recit}/edition"))
    with database.system("Bruno leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.bruno.id).values(ended_at=clock.now()))
    for page in ("edition", "apercu", "publication"):
        bar = text_of(camille.get(f"/recits/{recit}/{page}"))
        assert "lu par vous et" not in bar and "Vous et Bruno" not in bar


def test_a_proposal_comes_with_the_words_that_call_for_it(visit):
    camille = visit.as_("camille")
    told = (
        "La confiance était rompue entre les équipes. Il a fallu reprendre confiance, et nous avons construit la confiance "
        "pas à pas avec les habitants, dans le respect de la parole de chacun."
    )
    recit = begin(camille, faits=told)
    fragment = text_of(camille.get(f"/recits/{recit}/balises-proposees"))
    assert 'value="E3"' in fragment and "confiance" in fragment
    assert "<html" not in fragment
    save(camille, recit, {"balises": ["E3"]})
    assert 'value="E3"' not in text_of(camille.get(f"/recits/{recit}/balises-proposees"))


# --- other people -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["edition", "apercu", "publication", "balises-proposees", "versions", "suppression"])
def test_a_draft_does_not_exist_for_others(visit, page):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    absent = visit.as_("bruno").get("/recits/AAAAAAAAAAAAAAAA/edition")
    for who in ("bruno", "ana", "ines"):
        answer = visit.as_(who).get(f"/recits/{recit}/{page}")
        assert answer.status_code == 404 and answer.data == absent.data


def test_the_readers_of_a_recit_do_not_write_it(visit):
    camille, ana = visit.as_("camille"), visit.as_("ana")
    recit = published(camille)
    for page in ("edition", "apercu", "publication", "versions", "retrait", "suppression", "lecteurs/collectif"):
        assert ana.get(f"/recits/{recit}/{page}").status_code == 403, page
    for act in ("edition", "publication", "retrait", "suppression", "suppression/objection", "versions/1/restauration"):
        assert ana.send(f"/recits/{recit}/{act}", {"publier": "reseau", "titre": "À moi"}).status_code == 403, act
    assert put(ana, recit, "faits", "À moi").status_code == 403
    assert FACTS in text_of(camille.get(f"/recits/{recit}"))


def test_who_left_loses_their_drafts_at_once(visit, database, cast):
    camille = visit.as_("camille")
    draft, told = begin(camille, faits=FACTS), published(camille)
    with database.system("Camille leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.camille.id).values(ended_at=clock.now()))
    for address in (f"{draft}/edition", f"{draft}/apercu", f"{told}/versions", f"{told}/edition", told):
        assert camille.get(f"/recits/{address}").status_code == 404


# --- after publication --------------------------------------------------------------------------------------------------


def test_opening_and_saving_the_published_words_begins_no_correction(visit, database):
    camille = visit.as_("camille")
    recit = published(camille)
    response = save(camille, recit)
    assert "Publier la modification" in text_of(camille.get(response.location))
    assert "Une modification que vos lecteurs" not in text_of(camille.get("/c/valombre/"))


def test_an_old_window_after_publication_says_that_it_begins_a_correction(visit):
    camille = visit.as_("camille")
    recit = begin(camille, titre="x", faits="Un.\n\nDeux.")
    save(camille, recit, {"titre": "Le titre"})
    old = edition(camille, recit)
    camille.send(f"/recits/{recit}/publication", {"publier": "collectif"})
    response = camille.send(f"/recits/{recit}/edition", old | {"faits": "Un.\n\nDeux.\n\nTrois."})
    page = text_of(camille.get(response.location))
    assert "Trois." in page
    assert re.search(r"Vos lecteurs verront ce changement|Les deux textes sont gardés", page)
    assert "Trois." not in text_of(camille.get(f"/recits/{recit}"))


def test_the_balises_of_a_draft_made_elsewhere(visit, database, cast):
    recit = make_recit(database, cast.camille, audience=None, balises={"S1": Stance.NUANCE, "E1": Stance.ILLUSTRE}).public_id
    camille = visit.as_("camille")
    save(camille, recit)
    preview = text_of(camille.get(f"/recits/{recit}/apercu"))
    assert preview.index("Élargir le regard") < preview.index("Partir du territoire vécu")
    assert ">nuance</span>" in preview
