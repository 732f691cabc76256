"""A passage of a récit noted as a difficulty: signed like it, read by its readers, following it everywhere."""

import re

import pytest
from sqlalchemy import func, select, update

from rex import clock
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_queries import find_difficulty
from rex.journal.difficulty_sealing import Written
from rex.journal.drafts import published_copy, read_draft, save_text
from rex.journal.models import Audience, Authorship, Entry, Recit, Stance
from rex.journal.passages_of_recits import NotThere, note_passage, restore_with, suspend_with, tell_again
from rex.journal.publishing import change_audience
from rex.journal.publishing import publish as put_in_clear
from rex.journal.queries import find_recit
from tests.cast import Person
from tests.journal.difficulties import make_echo, make_passage, withdraw_difficulty
from tests.journal.test_difficulties import CAST, page_of, words_in_rows
from tests.making import Made, make_recit, reader_of

FACTS = "Le courrier est parti le 15. Quetzalmane n’a *pas* été prévenue.\n\n- nommer un interlocuteur\n- marcher le trajet"
PASSAGE = "Quetzalmane n’a pas été prévenue."


def count(database) -> int:
    with database.system("count difficulties") as session:
        return session.scalar(select(func.count(Difficulty.id))) or 0


def correct(database, author: Person, recit: Made, **sections: str) -> None:
    """« Publier la modification » with these sections."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        found = find_recit(session, who, recit.public_id)
        assert found is not None and found.audience is not None
        for slug, words in sections.items():
            draft = read_draft(session, who, found) or published_copy(session, found)
            save_text(session, who, found, slug, words, draft.version_of(slug))
        put_in_clear(session, who, found, found.audience)
        session.commit()


def withdraw(client, recit: Made) -> None:
    assert client.send(f"{recit.url}/retrait").status_code == 303


def publish(client, recit: Made, audience: str = "collectif") -> None:
    assert client.send(f"{recit.url}/publication", {"audience": audience}).status_code == 303


def test_chosen_from_the_list_of_its_paragraphs(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    camille = visit.as_("camille")
    page = page_of(camille.get(f"{recit.url}/difficulte"))
    assert f'href="{recit.url}/difficulte?passage=faits"' in page
    page = page_of(camille.get(f"{recit.url}/difficulte?passage=faits"))
    assert page.index('class="audience') < page.index("<textarea")
    assert "Noter cette difficulté devant les 7 membres" in page
    chosen = re.findall(r'name="paragraphe" value="([^"]*)"', page)
    assert chosen == [
        "Le courrier est parti le 15. Quetzalmane n’a pas été prévenue.", "nommer un interlocuteur", "marcher le trajet"
    ]
    noted = camille.send(f"{recit.url}/difficulte", {"section": "faits", "paragraphe": chosen[1], "effet": "Du soulagement."})
    page = page_of(visit.as_("bruno").get(noted.location))
    assert "nommer un interlocuteur" in page and "Du soulagement." in page and "Camille Roy (agente)" in page
    assert f'href="{recit.url}#s-faits"' in page and "détachée" not in page


def test_selected_words_come_with_the_address(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    camille = visit.as_("camille")
    page = page_of(camille.get(f"{recit.url}/difficulte", query_string={"passage": "faits", "mots": PASSAGE}))
    assert f'name="mots" value="{PASSAGE}"' in page and 'name="paragraphe"' not in page
    page = page_of(camille.get(f"{recit.url}/difficulte", query_string={"passage": "faits", "mots": "Jamais écrit."}))
    assert 'name="paragraphe"' in page


@pytest.mark.parametrize("given", [{"mots": "Jamais écrit."}, {"paragraphe": "Jamais écrit."}])
def test_words_that_the_section_does_not_say_are_refused(visit, database, cast, given):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    answer = visit.as_("camille").send(f"{recit.url}/difficulte", {"section": "faits", **given})
    assert answer.status_code == 422 and "Cette section ne dit pas ces mots" in page_of(answer)
    nothing = visit.as_("camille").send(f"{recit.url}/difficulte", {"section": "faits"})
    assert nothing.status_code == 422 and "Choisissez un paragraphe" in page_of(nothing)
    away = visit.as_("camille").send(f"{recit.url}/difficulte", {"section": "appris", "mots": PASSAGE})
    assert away.status_code == 422
    assert count(database) == 0


def test_only_its_authors_note_it(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS}, co_authors=(cast.bruno,))
    sent = {"section": "faits", "mots": PASSAGE}
    assert visit.as_("dora").get(f"{recit.url}/difficulte").status_code == 403
    assert visit.as_("dora").send(f"{recit.url}/difficulte", sent).status_code == 403
    assert visit.as_("ines").send(f"{recit.url}/difficulte", sent).status_code == 404
    first = visit.as_("bruno").send(f"{recit.url}/difficulte", sent)
    again = visit.as_("camille").send(f"{recit.url}/difficulte", sent)
    assert first.location == again.location and count(database) == 1, "the same passage noted twice is one"
    page = page_of(visit.as_("dora").get(first.location))
    assert "Camille Roy" in page and "Bruno Maréchal" in page
    assert visit.as_("bruno").send(f"{first.location}/echo").status_code == 403


def test_it_has_the_readers_of_its_recit_whatever_they_become(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    noted = make_passage(database, cast.camille, recit, PASSAGE)
    make_echo(database, cast.bruno, noted, "Au dépôt aussi.")
    for audience in (Audience.RESEAU, Audience.COLLECTIF):
        with database.session(write=True) as session:
            session.reader = who = reader_of(session, cast.camille)
            found = find_recit(session, who, recit.public_id)
            assert found is not None
            change_audience(session, found, audience)
            session.commit()
        for who in CAST:
            client = visit.as_(who)
            assert client.get(noted.url).status_code == client.get(recit.url).status_code, f"{who}, {audience}"
        if audience is Audience.RESEAU:
            page = page_of(visit.as_("ines").get(noted.url))
            assert "Quetzalmane" in page and "Au dépôt aussi." not in page, "an echo keeps its ceiling"


def test_a_correction_detaches_it_and_may_attach_it_again(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    noted = make_passage(database, cast.camille, recit, PASSAGE)
    correct(database, cast.camille, recit, faits="Tout autre chose s’est passé.")
    page = page_of(visit.as_("bruno").get(noted.url))
    assert "Détachée du texte : le récit ne dit plus ces mots." in page and "Quetzalmane" in page
    correct(database, cast.camille, recit, faits=f"Enfin : **Quetzalmane** n'a pas été prévenue. {FACTS}")
    assert "Détachée du texte" not in page_of(visit.as_("bruno").get(noted.url))
    correct(database, cast.camille, recit, faits="", appris="Prévenir n’est pas associer.")
    assert "Détachée du texte" in page_of(visit.as_("bruno").get(noted.url))


def test_withdrawn_with_its_recit_it_is_sealed_and_comes_back_with_it(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    noted = make_passage(database, cast.camille, recit, PASSAGE, effect="Brixolette partout.")
    make_echo(database, cast.bruno, noted, "Au dépôt aussi.")
    camille = visit.as_("camille")
    withdraw(camille, recit)
    assert words_in_rows(database, "Quetzalmane", "Brixolette") == set()
    assert visit.as_("bruno").get(noted.url).status_code == 404
    page = page_of(camille.get(f"{noted.url}/publication"))
    assert "C’est un passage d’un récit retiré." in page and "Quetzalmane" in page and "Partager" not in page
    assert camille.send(f"{noted.url}/publication", {"mots": "Autre chose."}).status_code == 403
    publish(camille, recit, "reseau")
    page = page_of(visit.as_("bruno").get(noted.url))
    assert "Quetzalmane" in page and "Brixolette partout." in page and "Au dépôt aussi." in page
    assert visit.as_("ines").get(noted.url).status_code == 200, "read by the readers that its récit has now"


def test_taken_back_alone_it_stays_so_when_its_recit_comes_back(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    noted = make_passage(database, cast.camille, recit, PASSAGE)
    camille = visit.as_("camille")
    camille.send(f"{noted.url}/retrait")
    withdraw(camille, recit)
    publish(camille, recit)
    assert visit.as_("bruno").get(noted.url).status_code == 404
    assert camille.send(f"{noted.url}/publication", {"effet": "De la gêne."}).location == noted.url
    page = page_of(visit.as_("bruno").get(noted.url))
    assert "Quetzalmane" in page and "De la gêne." in page


def test_its_words_are_those_of_the_recit(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    noted = make_passage(database, cast.camille, recit, PASSAGE)
    camille = visit.as_("camille")
    assert "<textarea class=\"input\" id=\"mots\"" not in camille.get(f"{noted.url}/modification").get_data(as_text=True)
    camille.send(f"{noted.url}/modification", {"mots": "Jamais écrit.", "effet": "De la gêne."})
    page = page_of(visit.as_("bruno").get(noted.url))
    assert "Quetzalmane" in page and "De la gêne." in page and "Jamais écrit" not in page


def test_deleted_with_its_recit(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    make_passage(database, cast.camille, recit, PASSAGE)
    camille = visit.as_("camille")
    withdraw(camille, recit)
    assert camille.send(f"{recit.url}/suppression").status_code == 303
    assert count(database) == 0


def test_suspended_and_shown_again_with_its_recit(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    noted = make_passage(database, cast.camille, recit, PASSAGE)
    alone = make_passage(database, cast.camille, recit, "marcher le trajet")
    then, since = clock.now(), clock.now()
    with database.system("an animateur suspends", write=True) as session:
        session.execute(update(Entry).where(Entry.id == alone.id).values(suspended_at=then.replace(year=2020)))
        told = session.scalars(select(Recit)).one()
        told.suspended_at, told.suspended_why = since, "Un nom y est."
        suspend_with(session, told)
    bruno = visit.as_("bruno")
    assert [bruno.get(one.url).status_code for one in (noted, alone)] == [404, 404]
    assert "Un nom y est." in page_of(visit.as_("camille").get(noted.url))
    with database.system("an animateur shows it again", write=True) as session:
        found = session.scalars(select(Recit)).one()
        found.suspended_at = None
        restore_with(session, found, since)
    assert [bruno.get(one.url).status_code for one in (noted, alone)] == [200, 404]


def test_signed_by_those_who_sign_the_recit(database, cast):
    recit = make_recit(
        database, cast.camille, sections={"faits": FACTS}, co_authors=(cast.noor,), balises={"C1": Stance.ILLUSTRE}
    )
    noted = make_passage(database, cast.noor, recit, PASSAGE)
    with database.system("who signs") as session:
        columns = (Authorship.user_id, Authorship.position, Authorship.service_name, Authorship.title, Authorship.college)
        of_recit, of_passage = (
            session.execute(select(*columns).where(Authorship.entry_id == one).order_by(Authorship.position)).all()
            for one in (recit.id, noted.id)
        )
        bylines = set(session.scalars(select(Entry.byline)))
    assert of_recit == of_passage and len(of_passage) == 2
    assert len(bylines) == 1


def test_nothing_is_noted_in_a_draft(visit, database, cast):
    draft = make_recit(database, cast.camille, sections={"faits": FACTS}, audience=None)
    camille = visit.as_("camille")
    assert camille.get(f"{draft.url}/difficulte").status_code == 303
    assert camille.send(f"{draft.url}/difficulte", {"section": "faits", "mots": PASSAGE}).status_code == 303
    assert count(database) == 0


def test_who_no_longer_signs_the_recit_signs_none_of_its_passages(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS}, co_authors=(cast.dora,))
    told = make_passage(database, cast.camille, recit, PASSAGE)
    away = make_passage(database, cast.camille, recit, "marcher le trajet")
    dora = visit.as_("dora")
    dora.send(f"{away.url}/retrait")
    assert dora.send(f"{recit.url}/co-auteurs/depart").status_code == 303
    page = page_of(visit.as_("bruno").get(told.url))
    assert "Dora Lenoir" not in page and "Camille Roy" in page
    assert "Direction générale" not in page_of(visit.as_("bruno").get("/c/valombre/difficultes")).split("<h2")[-1]
    assert dora.get(f"{told.url}/modification").status_code == 403
    assert dora.get(f"{away.url}/publication").status_code == 404, "nor reads what was taken back"


def test_who_joined_the_recit_is_not_named_on_a_passage_before_being_named_on_it(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    with database.system("Paul accepts to sign", write=True) as session:
        session.add(Authorship(entry_id=recit.id, user_id=cast.paul.id, position=1))
    noted = make_passage(database, cast.camille, recit, PASSAGE)
    assert "Paul Weiss" not in page_of(visit.as_("bruno").get(recit.url))
    assert "Paul Weiss" not in page_of(visit.as_("bruno").get(noted.url))


def test_what_one_adds_to_a_passage_noted_already_is_not_lost(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS}, co_authors=(cast.bruno,))
    sent = {"section": "faits", "mots": PASSAGE, "effet": "De la gêne."}
    first, again = (visit.as_("camille").send(f"{recit.url}/difficulte", sent) for _ in range(2))
    assert first.location == again.location and first.status_code == 303
    refused = visit.as_("bruno").send(f"{recit.url}/difficulte", sent | {"effet": "De la colère."})
    page = page_of(refused)
    assert refused.status_code == 422 and "De la colère." in page and "déjà noté comme difficulté" in page and count(database) == 1


def test_a_passage_is_not_read_by_more_than_its_button_said(visit, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS}, audience=Audience.RESEAU)
    camille = visit.as_("camille")
    sent = {"section": "faits", "mots": PASSAGE, "effet": "De la gêne.", "devant": "collectif"}
    refused = camille.send(f"{recit.url}/difficulte", sent)
    assert refused.status_code == 422 and "ouvert au réseau" in page_of(refused) and "De la gêne." in page_of(refused)
    noted = make_passage(database, cast.camille, recit, PASSAGE)
    camille.send(f"{noted.url}/retrait")
    page = camille.send(f"{noted.url}/publication", {"effet": "De la gêne.", "audience": "collectif"})
    assert page.status_code == 409 and "De la gêne." in page_of(page) and "ouvert au réseau" in page_of(page)
    assert camille.send(f"{noted.url}/publication", {"effet": "De la gêne.", "audience": "reseau"}).status_code == 303


@pytest.mark.parametrize("meanwhile", [{"suspended_at": clock.now()}, {"audience": None, "published_at": None}])
def test_nothing_of_a_recit_comes_back_that_was_hidden_meanwhile(database, cast, meanwhile):
    """The récit was looked at, then suspended or taken back by another: its passage is not told."""
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    noted = make_passage(database, cast.camille, recit, "marcher le trajet")
    withdraw_difficulty(database, cast.camille, noted)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        found = find_recit(session, who, recit.public_id)
        difficulty = find_difficulty(session, who, noted.public_id)
        assert found is not None and difficulty is not None
        with session.as_system("another request, in between"):
            hidden = update(Entry).where(Entry.id == recit.id).values(**meanwhile)
            session.execute(hidden.execution_options(synchronize_session=False))
        with pytest.raises(NotThere):
            note_passage(session, who, found, "faits", Written(PASSAGE))
        if "audience" in meanwhile:
            with pytest.raises(NotThere):
                tell_again(session, found, difficulty, Written("marcher le trajet"), Audience.RESEAU)
