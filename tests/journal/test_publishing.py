"""Who reads a récit, from its publication to its deletion."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from rex import clock
from rex.collectifs.models import Collectif, College, Membership, Service, ServiceKind, User
from rex.journal import deleting, drafts, publishing
from rex.journal.models import Action, Audience, Draft, Entry, Recit
from tests.journal.making import (
    FACTS,
    begin,
    edition,
    found,
    id_of,
    publish,
    published,
    reads,
    revisions,
    save,
    text_of,
    ticked,
    words_in_clear,
)
from tests.making import make_recit, reader_of


def actions(database) -> int:
    with database.system("count actions") as session:
        return len(session.scalars(select(Action.id)).all())


# --- what is missing ----------------------------------------------------------------------------------------------------


def test_what_is_missing_is_named_and_led_to(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    response = publish(camille, recit)
    page = text_of(response)
    assert response.status_code == 422
    assert "À revoir avant de continuer" in page and "<title>Erreur\u00a0: " in page
    for sentence, field in (("Donnez un titre à votre récit", "titre"), ("Racontez au moins une chose", "faits")):
        assert re.search(rf'<a href="/recits/{recit}/edition#{field}">{sentence}', page)
        assert f' id="{field}" ' in text_of(camille.get(f"/recits/{recit}/edition"))
    save(camille, recit, {"titre": "Un titre"})
    page = text_of(publish(camille, recit))
    assert "Donnez un titre" not in page and "Racontez au moins une chose" in page


@pytest.mark.parametrize("title", ["   ", "\u200b\u200b", "\u202e"])
def test_a_title_that_nobody_sees_is_no_title(visit, title):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"titre": title})
    assert publish(camille, recit).status_code == 422


def test_a_title_and_one_section_are_enough(visit):
    camille = visit.as_("camille")
    recit = begin(camille)
    save(camille, recit, {"titre": "Merci à l’équipe", "reconnaissances": "À Bruno."})
    assert publish(camille, recit).status_code == 303
    assert "À Bruno." in reads(visit.as_("dora"), recit)
    assert "À Bruno." in text_of(camille.get("/c/valombre/recits"))


# --- who will read ------------------------------------------------------------------------------------------------------


def test_the_button_wins_over_the_radio(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"titre": "Un titre"})
    camille.send(f"/recits/{recit}/publication", {"publier": "collectif", "audience": "reseau"})
    assert visit.as_("ines").get(f"/recits/{recit}").status_code == 404
    assert visit.as_("dora").get(f"/recits/{recit}").status_code == 200


def test_the_radio_alone_is_heard(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"titre": "Un titre"})
    camille.send(f"/recits/{recit}/publication", {"audience": "reseau"})
    assert visit.as_("ines").get(f"/recits/{recit}").status_code == 200


def test_nothing_chosen_is_asked_again(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"titre": "Un titre"})
    for form in ({}, {"publier": "tout-le-monde"}, {"audience": ""}):
        response = camille.send(f"/recits/{recit}/publication", form)
        assert response.status_code == 422 and "Choisissez qui lira ce récit" in text_of(response)
    assert camille.send(f"/recits/{recit}/publication", {"publier": "brouillon"}).location.endswith("/edition")
    assert visit.as_("dora").get(f"/recits/{recit}").status_code == 404


def test_the_reseau_is_offered_from_two_collectifs_on(visit, database, cast):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"titre": "Un titre"})
    assert 'value="reseau"' in text_of(camille.get(f"/recits/{recit}/publication"))
    with database.system("one collectif alone", write=True) as session:
        session.delete(session.get(Collectif, cast.orbe_id))
    assert 'value="reseau"' not in text_of(camille.get(f"/recits/{recit}/publication"))
    assert publish(camille, recit, "reseau").status_code == 422


def test_the_counts_and_names_are_those_of_the_readers(visit, database, cast):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"titre": "Un titre"})
    page = text_of(camille.get(f"/recits/{recit}/publication"))
    assert "Publier pour les 7 membres" in page and "Publier pour le réseau (8)" in page
    shown = re.findall(r'class="person-name">([^<]+)<', page)
    assert len(shown) == 6 and "Camille Roy" not in shown
    with database.system("who is a reader") as session:
        members = select(User.name).join(Membership, Membership.user_id == User.id)
        current = set(session.scalars(members.where(Membership.ended_at.is_(None), User.closed_at.is_(None))))
    assert set(shown) <= current and len(set(shown[3:])) == 3
    for kind, count in (("collectif", 7), ("reseau", 8)):
        names = re.findall(r'class="person-name">([^<]+)<', text_of(camille.get(f"/recits/{recit}/lecteurs/{kind}")))
        assert len(names) == len(set(names)) == count
        assert not {"Gaël Parti", "Clara Close", "Alix Admin"} & set(names)
    assert camille.get(f"/recits/{recit}/lecteurs/brouillon").status_code == 404


def test_the_examples_are_never_the_authors(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None, co_authors=(cast.paul, cast.dora, cast.jeanne))
    page = text_of(visit.as_("camille").get(f"{made.url}/publication"))
    shown = set(re.findall(r'class="person-name">([^<]+)<', page))
    assert shown and not shown & {"Camille Roy", "Paul Weiss", "Dora Lenoir", "Jeanne Lartigue"}


def test_the_reseau_names_somebody_of_another_collectif_and_what_widening_keeps(visit, database, cast):
    """However many members the journal has, of whatever collège: Inès is of the same one as Camille."""
    with database.system("a crowded journal", write=True) as session:
        for number in range(45):
            user = User(name=f"Aline {number}")
            session.add(user)
            session.flush()
            session.add(Membership(user_id=user.id, collectif_id=cast.valombre_id, college=College.HABITANT))
    made = make_recit(database, cast.camille)
    page = text_of(visit.as_("camille").get(f"{made.url}/publication")).replace("\u00a0", " ")
    shown = re.findall(r'class="person-name">([^<]+)<', page)
    assert "Inès Carle" not in shown[:3] and "Inès Carle" in shown[3:] and len(set(shown[3:])) == 3
    assert "Ce qui a été dit avant reste lu par les 52 membres." in page
    wide = make_recit(database, cast.camille, audience=Audience.RESEAU)
    page = text_of(visit.as_("camille").get(f"{wide.url}/publication"))
    assert "Restreindre est immédiat" in page and "Ce qui a été dit avant" not in page


def test_the_people_named_in_the_text_are_noticed(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits="PAUL WEISS est venu, bruno marechal aussi. Ni Gaël Parti ni Clara Close. Camille Roy écrit.")
    page = text_of(camille.get(f"/recits/{recit}/publication"))
    assert "2 personnes sont nommées" in page.replace("\u00a0", " ")
    assert "Bruno Maréchal et Paul Weiss se reconnaîtront" in page
    assert "Gaël Parti" not in page and "Clara Close" not in page and "Camille Roy se" not in page


def test_the_page_after_publication_says_how_many_read(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    save(camille, recit, {"titre": "Un titre"})
    page = text_of(camille.get(publish(camille, recit).location)).replace("\u00a0", " ")
    assert "Votre récit est dans le journal. 7 personnes peuvent le lire." in page


# --- actions ------------------------------------------------------------------------------------------------------------


def test_the_first_recit_names_its_action_and_others_join_it(visit, database):
    camille, bruno = visit.as_("camille"), visit.as_("bruno")
    first = published(camille)
    action = found(r'name="action" value="([\w-]{16})"', text_of(bruno.get(f"/recits/{first}")))
    second = begin(bruno, collectif="valombre", action=action)
    assert "La rue rendue" in text_of(bruno.get(f"/recits/{second}/edition"))
    save(bruno, second, {"titre": "La rue bloquée", "faits": "Les livreurs ont fait demi-tour."})
    publish(bruno, second)
    assert actions(database) == 1
    page = text_of(camille.get(f"/actions/{action}"))
    assert "<h1>La rue rendue</h1>" in page and "La rue bloquée" in page and "deux récits" in page
    assert "La même action, racontée aussi par" in reads(camille, first)


def test_an_action_of_another_collectif_is_not_joined(visit, database, cast):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    ines = visit.as_("ines")
    recit = begin(ines, collectif="orbe", action=made.action_public_id)
    save(ines, recit, {"titre": "Chez nous", "faits": FACTS})
    publish(ines, recit)
    assert actions(database) == 2
    assert "Chez nous" not in text_of(visit.as_("camille").get(f"/actions/{made.action_public_id}"))


def test_an_action_of_another_collectif_is_never_joined_at_publication(database, cast):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    with database.session(write=True) as session:
        session.reader = ines = reader_of(session, cast.ines)
        told = session.scalar(select(Action.id).where(Action.public_id == made.action_public_id))
        recit = drafts.start_recit(session, ines, ines.memberships[0], told)
        for slug, words in {"titre": "Chez nous", "faits": FACTS}.items():
            drafts.save_text(session, ines, recit, slug, words, 0)
        publishing.publish(session, ines, recit, Audience.COLLECTIF)
        assert recit.action_id != told


def test_those_of_another_collectif_do_not_read_the_title_of_a_recit_closed_to_them(visit, database, cast):
    closed = make_recit(database, cast.camille, title="Entre nous")
    make_recit(database, cast.bruno, title="Pour tous", audience=Audience.RESEAU, action=closed.action_public_id)
    page = text_of(visit.as_("ines").get(f"/actions/{closed.action_public_id}"))
    assert "Pour tous" in page and "Entre nous" not in page
    assert "<h1>Entre nous</h1>" in text_of(visit.as_("dora").get(f"/actions/{closed.action_public_id}"))


def test_an_action_follows_the_title_that_named_it(visit, database):
    camille = visit.as_("camille")
    recit = published(camille, titre="La bourde de Paul")
    save(camille, recit, {"titre": "Un panneau oublié"})
    publish(camille, recit)
    assert "bourde" not in words_in_clear(database, recit)


# --- corrections --------------------------------------------------------------------------------------------------------


def test_a_correction_is_read_once_published(visit):
    camille, dora = visit.as_("camille"), visit.as_("dora")
    with time_machine.travel("2026-11-19 09:00:00+00:00", tick=True):
        recit = published(visit.as_("camille"), faits="Avant.")
    with time_machine.travel("2026-11-21 09:00:00+00:00", tick=True):
        camille, dora = visit.as_("camille"), visit.as_("dora")
        save(camille, recit, {"faits": "Après."})
        assert "Avant." in reads(dora, recit) and "Après." not in reads(dora, recit) and "modifié le" not in reads(dora, recit)
        assert "vos lecteurs ne voient pas encore" in text_of(camille.get("/c/valombre/"))
        page = text_of(camille.get(publish(camille, recit).location))
        assert "La modification est publiée." in page
        page = reads(dora, recit).replace("\u00a0", " ")
        assert "Après." in page and "Avant." not in page
        assert "Publié le" in page and re.search(r"modifié le <time [^>]*>samedi 21 novembre 2026</time>", page)
        assert "vos lecteurs ne voient pas encore" not in text_of(camille.get("/c/valombre/"))


def test_an_unchanged_correction_makes_no_version(visit, database):
    camille = visit.as_("camille")
    recit = published(camille, faits="Avant.")
    save(camille, recit, {"faits": "Après."})
    save(camille, recit, {"faits": "Avant."})
    page = text_of(camille.get(publish(camille, recit).location))
    assert "Rien n’a changé." in page and "modifié le" not in page
    assert revisions(database, recit) == 1
    with database.system("no draft is left") as session:
        assert session.get(Draft, id_of(database, recit)) is None


def test_a_change_of_balises_alone_is_a_correction(visit, database):
    camille = visit.as_("camille")
    recit = published(camille)
    save(camille, recit, {"balises": ["C1"]})
    assert "Coopérer sans être alignés" not in reads(camille, recit)
    publish(camille, recit)
    assert "Coopérer sans être alignés" in reads(camille, recit)
    assert "Coopérer sans être alignés" in text_of(camille.get(f"/recits/{recit}/versions"))
    assert revisions(database, recit) == 2


@pytest.mark.parametrize(
    "who, teller",
    [("camille", "Récit de l’équipe Voirie"), ("jeanne", "Récit signé Parents du Faubourg"), ("paul", "Récit de Paul Weiss")],
)
def test_a_name_is_proposed_that_reads_well_for_each(visit, database, who, teller):
    with database.system("an association", write=True) as session:
        session.execute(update(Service).where(Service.name == "Parents du Faubourg").values(kind=ServiceKind.STRUCTURE))
    client = visit.as_(who)
    recit = published(client)
    assert teller in reads(client, recit)
    assert f'value="{teller}"' in text_of(client.get(f"/recits/{recit}/publication"))


def test_the_name_of_the_teller_changes_alone(visit, database):
    camille = visit.as_("camille")
    recit = published(camille)
    publish(camille, recit, teller="Récit <b>du</b>\u202e dépôt")
    assert "Récit <b>du</b> dépôt" in reads(camille, recit) and "modifié le" not in reads(camille, recit)
    assert revisions(database, recit) == 1


def test_a_correction_that_empties_the_recit_is_refused(visit):
    camille = visit.as_("camille")
    recit = published(camille)
    save(camille, recit, {"faits": "", "appris": "", "titre": ""})
    response = publish(camille, recit)
    assert response.status_code == 422 and "Donnez un titre" in text_of(response)
    assert FACTS in reads(visit.as_("dora"), recit)


def test_of_two_publications_at_once_the_second_changes_nothing(database, cast):
    made = make_recit(database, cast.camille, audience=None)
    with database.session(write=True) as late:
        late.reader = camille = reader_of(late, cast.camille)
        recit = late.scalars(select(Recit).where(Recit.public_id == made.public_id)).one()
        late.commit()  # the page was opened; the other window publishes now
        with database.session(write=True) as first:
            first.reader = reader_of(first, cast.camille)
            publishing.publish(first, camille, first.scalars(select(Recit)).one(), Audience.COLLECTIF)
            first.commit()
        publishing.publish(late, camille, recit, Audience.COLLECTIF)
        late.commit()
    assert revisions(database, made.public_id) == 1


def test_a_correction_of_a_recit_withdrawn_meanwhile_does_not_put_it_back_half(database, cast):
    made = make_recit(database, cast.camille)
    with database.session(write=True) as late:
        late.reader = camille = reader_of(late, cast.camille)
        recit = late.scalars(select(Recit).where(Recit.public_id == made.public_id)).one()
        drafts.save_text(late, camille, recit, "faits", "Corrigé.", 0)
        late.commit()
        with database.session(write=True) as first:
            first.reader = reader_of(first, cast.camille)
            publishing.withdraw(first, camille, first.scalars(select(Recit)).one())
            first.commit()
        publishing.publish(late, camille, recit, Audience.COLLECTIF)
        late.commit()
        assert recit.audience is Audience.COLLECTIF and recit.published_at is not None


# --- wider, narrower ----------------------------------------------------------------------------------------------------


def test_widening_and_narrowing_open_and_close_at_once(visit):
    camille, ines = visit.as_("camille"), visit.as_("ines")
    recit = published(camille)
    assert ines.get(f"/recits/{recit}").status_code == 404
    page = text_of(camille.get(publish(camille, recit, "reseau").location)).replace("\u00a0", " ")
    assert "Votre récit est ouvert au réseau. 8 personnes" in page
    assert FACTS in reads(ines, recit)
    assert "La rue rendue" in text_of(ines.get("/c/orbe/recits?reseau=1"))
    page = text_of(camille.get(publish(camille, recit, "collectif").location)).replace("\u00a0", " ")
    assert "Votre récit n’est plus ouvert au réseau. 7 personnes" in page
    assert ines.get(f"/recits/{recit}").status_code == 404
    assert "La rue rendue" not in text_of(ines.get("/c/orbe/recits?reseau=1"))


def test_those_of_the_reseau_read_and_do_nothing_else(visit):
    camille, ines = visit.as_("camille"), visit.as_("ines")
    recit = published(camille, "reseau")
    page = reads(ines, recit)
    assert "Ajouter un récit" not in page and "Modifier" not in page and "Retirer du journal" not in page
    assert ines.get(f"/recits/{recit}/edition").status_code == 403


# --- withdrawal ---------------------------------------------------------------------------------------------------------


def test_a_recit_taken_back_is_gone_for_its_readers_and_whole_for_its_author(visit, database):
    camille, dora = visit.as_("camille"), visit.as_("dora")
    facts = "Le *premier* jour,\n\n- du bruit\n- des enfants"
    recit = begin(camille)
    save(camille, recit, {"titre": "Une rue à nous", "faits": facts, "affects": "Fatigués.", "balises": ["C1", "V2"]})
    save(camille, recit, {"posture-C1": "nuance"})
    publish(camille, recit, teller="Récit du dépôt")
    assert "confirm" in text_of(camille.get(f"/recits/{recit}/retrait"))
    response = camille.send(f"/recits/{recit}/retrait")
    assert "Il est redevenu un brouillon." in text_of(camille.get(response.location))
    assert dora.get(f"/recits/{recit}").status_code == 404
    for words in ("Une rue", "premier", "Fatigués", "C1", "V2", "nuance", "dépôt", "enfants"):
        assert words not in words_in_clear(database, recit), words
    kept = edition(camille, recit)
    assert (kept["titre"], kept["faits"], kept["affects"]) == ("Une rue à nous", facts, "Fatigués.")
    assert ticked(camille, recit) == ["C1", "V2"]
    assert "Retiré du journal." in text_of(camille.get("/c/valombre/"))
    assert "Récit du dépôt" in text_of(camille.get(f"/recits/{recit}/publication"))
    publish(camille, recit)
    page = reads(dora, recit)
    assert "Fatigués." in page and ">nuance</span>" in page
    assert camille.get(f"/recits/{recit}/versions").status_code == 200


def test_taking_back_keeps_the_correction_in_progress(visit):
    camille = visit.as_("camille")
    recit = published(camille, faits="Publié.")
    save(camille, recit, {"faits": "En cours de correction."})
    camille.send(f"/recits/{recit}/retrait")
    assert edition(camille, recit)["faits"] == "En cours de correction."
    camille.send(f"/recits/{recit}/versions/1/restauration", {"remplacer": "1"})
    assert edition(camille, recit)["faits"] == "Publié."


def test_an_action_forgets_the_title_of_a_recit_taken_back(visit, database, cast):
    first = make_recit(database, cast.camille, title="Nommée par Camille")
    second = make_recit(database, cast.bruno, title="Vue par Bruno", action=first.action_public_id)
    visit.as_("camille").send(f"{first.url}/retrait")
    page = text_of(visit.as_("dora").get(f"/actions/{first.action_public_id}"))
    assert "<h1>Vue par Bruno</h1>" in page and "Nommée par Camille" not in page
    assert "Nommée" not in words_in_clear(database, first.public_id)
    visit.as_("bruno").send(f"{second.url}/retrait")
    assert visit.as_("dora").get(f"/actions/{first.action_public_id}").status_code == 404
    assert "Vue par" not in words_in_clear(database, second.public_id)


def test_a_draft_is_not_taken_back(visit):
    camille = visit.as_("camille")
    recit = begin(camille, faits=FACTS)
    assert camille.get(f"/recits/{recit}/retrait").status_code == 404
    camille.send(f"/recits/{recit}/retrait")
    assert edition(camille, recit)["faits"] == FACTS


# --- deletion -----------------------------------------------------------------------------------------------------------


def test_alone_a_draft_goes_at_once_with_its_action(visit, database):
    camille = visit.as_("camille")
    recit = published(camille)
    page = text_of(camille.get(f"/recits/{recit}/suppression"))
    assert "Retirez d’abord ce récit" in page and "Supprimer définitivement" not in page
    assert camille.send(f"/recits/{recit}/suppression").status_code == 403
    camille.send(f"/recits/{recit}/retrait")
    assert "Supprimer définitivement" in text_of(camille.get(f"/recits/{recit}/suppression"))
    response = camille.send(f"/recits/{recit}/suppression")
    assert response.location == "/c/valombre/"
    assert camille.get(f"/recits/{recit}/edition").status_code == 404
    with database.system("nothing is left") as session:
        assert session.scalars(select(Entry.id)).all() == []
    assert actions(database) == 0


def test_together_it_waits_thirty_days(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno,))
    camille, bruno = visit.as_("camille"), visit.as_("bruno")
    assert "Demander la suppression" in text_of(camille.get(f"{made.url}/suppression"))
    camille.send(f"{made.url}/suppression")
    camille.send(f"{made.url}/suppression")  # asking twice is asking once
    assert "La suppression de ce récit est demandée." in text_of(bruno.get(f"{made.url}/edition"))
    with database.system("29 days later", write=True) as session, time_machine.travel(clock.now() + timedelta(days=29)):
        deleting.delete_asked(session)
    assert bruno.get(f"{made.url}/edition").status_code == 200
    with database.system("31 days later", write=True) as session, time_machine.travel(clock.now() + timedelta(days=31)):
        deleting.delete_asked(session)
    assert bruno.get(f"{made.url}/edition").status_code == 404


def test_a_co_author_may_object(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno,))
    camille, bruno = visit.as_("camille"), visit.as_("bruno")
    camille.send(f"{made.url}/suppression")
    bruno.send(f"{made.url}/suppression/objection")
    with database.system("31 days later", write=True) as session, time_machine.travel(clock.now() + timedelta(days=31)):
        deleting.delete_asked(session)
    assert "La suppression de ce récit" not in text_of(camille.get(f"{made.url}/edition"))


def test_when_all_agree_it_goes_at_once(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno,))
    camille, bruno = visit.as_("camille"), visit.as_("bruno")
    camille.send(f"{made.url}/suppression")
    assert "Supprimer définitivement" in text_of(bruno.get(f"{made.url}/suppression"))
    bruno.send(f"{made.url}/suppression")
    assert camille.get(f"{made.url}/edition").status_code == 404


def test_an_author_who_left_keeps_nobody_waiting(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno,))
    camille = visit.as_("camille")
    with database.system("Bruno leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.bruno.id).values(ended_at=clock.now()))
    assert publish(camille, made.public_id).status_code == 303
    page = reads(visit.as_("dora"), made.public_id)
    assert "Bruno Maréchal" in page and "Camille Roy" in page
    camille.send(f"{made.url}/retrait")
    camille.send(f"{made.url}/suppression")
    assert camille.get(f"{made.url}/edition").status_code == 404


def test_untouched_drafts_go_after_a_week_with_nothing_else(visit, database, cast):
    told = make_recit(database, cast.bruno)
    camille = visit.as_("camille")
    untouched, written = begin(camille, action=told.action_public_id), None
    save(camille, untouched, {"faits": FACTS})
    written, untouched = untouched, begin(camille, action=told.action_public_id)
    with database.system("8 days later", write=True) as session, time_machine.travel(clock.now() + timedelta(days=8)):
        drafts.clean_untouched(session)
    assert camille.get(f"/recits/{untouched}/edition").status_code == 404
    assert camille.get(f"/recits/{written}/edition").status_code == 200
    assert actions(database) == 1
