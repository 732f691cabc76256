"""A séance from its announcement to its compte rendu: what each may do at each phase, and what two do at once."""

import re
from datetime import timedelta
from html import unescape
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.collectifs.group_models import GroupMember
from rex.seances.models import Choice, Contribution, Depot, Seance, Step, Takeaway
from tests.making import contents, make_group
from tests.seances.meeting import at_step, deposit, make_said, make_seance, open_depots, set_back

SITUATION = "Je dois annoncer à un service qu’il n’aura pas le poste promis."


@pytest.fixture
def group(database, cast) -> str:
    """Dora is responsable, Inès will lead; Noor and Bruno are members."""
    return make_group(database, cast.dora, cast.ines, cast.noor, cast.bruno).public_id


@pytest.fixture
def made(database, cast, group):
    return make_seance(database, cast.dora, group, lead=cast.ines)


def words_of(answer) -> str:
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def step_of(database, made) -> Step:
    with database.system("where the séance is") as session:
        return session.get_one(Seance, made.id).step_at(clock.now())


def test_from_the_first_depot_to_the_compte_rendu(visit, database, made):
    ines, noor, bruno = (visit.as_(who) for who in ("ines", "noor", "bruno"))
    assert "0 dépôt. " in words_of(noor.get(made.url)).replace("\u00a0", " ").replace("</strong>", "")
    deposit(noor, made, SITUATION)
    deposit(bruno, made, "La mienne attendra.")
    assert SITUATION in words_of(noor.get(made.url)), "their own, to change"
    assert SITUATION not in words_of(ines.get(made.url))
    open_depots(database, made)
    shown = words_of(ines.get(made.url))
    assert SITUATION in shown and "La mienne attendra." in shown
    mine = re.search(r'name="depot" value="([^"]+)"', shown)
    assert mine
    # When Bruno would keep Noor's and Inès keeps it
    assert bruno.send(f"{made.url}/choisir", {"depot": mine[1]}).status_code == 303
    assert "Choisirait celle-ci : Bruno Maréchal" in words_of(ines.get(made.url)).replace("\u00a0", " ")
    assert step_of(database, made) is Step.CHOISIR, "a wish settles nothing"
    assert bruno.send(f"{made.url}/retenir", {"depot": mine[1]}).status_code == 403
    assert ines.send(f"{made.url}/retenir", {"depot": mine[1]}).status_code == 303
    # Then Noor tells it, the others wait
    assert bruno.send(f"{made.url}/explorer", {"texte": "Et moi", "de": "expose"}).status_code == 409
    assert "La parole est à Noor Haddad" in words_of(bruno.get(made.url))
    assert noor.send(f"{made.url}/explorer", {"texte": "Voici ce qui s’est passé.", "de": "expose"}).status_code == 303
    said = {"questions": "Qu’est-ce que tu protèges ?", "resonances": "J’ai vécu ces dix jours.", "apports": "Ma trame."}
    for step, words in said.items():
        before = step_of(database, made)
        assert ines.send(f"{made.url}/suite", {"de": before.value}).status_code == 303
        assert step_of(database, made).value == step
        assert bruno.send(f"{made.url}/explorer", {"texte": words, "de": step}).status_code == 303
        assert words.partition(" ")[0] in words_of(noor.get(made.url))
    assert ines.send(f"{made.url}/suite", {"de": "apports"}).status_code == 303
    assert noor.send(f"{made.url}/garder", {"texte": "Je le dirai lundi."}).status_code == 303
    assert "Je le dirai lundi." in words_of(bruno.get(made.url))
    assert ines.send(f"{made.url}/compte-rendu", {"texte": "## Décidé\n\nOn se revoit **en mars**."}).status_code == 303
    assert ines.send(f"{made.url}/suite", {"de": "garder"}).status_code == 303
    last = bruno.get(made.url).get_data(as_text=True)
    assert "<strong>en mars</strong>" in last and "Je le dirai lundi." in unescape(last)
    for phase, words in (("choisir", SITUATION), ("explorer", "Ma trame."), ("garder", "Je le dirai lundi.")):
        page = words_of(bruno.get(f"{made.url}/{phase}"))
        assert words in page and "<textarea" not in page, f"{phase} is read again, nothing more is written"
    assert "Compte rendu" in words_of(bruno.get(made.url.rpartition("/")[0]))


ACTS = {
    "/deposer": {"texte": "Une situation"},
    "/heure": {"maintenant": "1"},
    "/choisir": {"depot": "AAAAAAAAAAAAAAAA"},
    "/explorer": {"texte": "Une question", "de": "questions"},
    "/garder": {"texte": "Une idée"},
    "/retenir": {"depot": "AAAAAAAAAAAAAAAA"},
    "/suite": {"de": "questions"},
    "/retour": {"de": "questions"},
    "/compte-rendu": {"texte": "Le compte rendu"},
    "/annuler": {},
}
LEADING = ("/heure", "/retenir", "/suite", "/retour", "/compte-rendu")
PREPARING = ("/annuler",)


def settled(database) -> list[tuple]:
    """The séances, but for the number by which browsers find out that something was said."""
    at = list(Seance.__table__.columns.keys()).index("changes")
    return [row[:at] + row[at + 1 :] for row in contents(database)["seance"]]


@pytest.mark.parametrize("step", [Step.DEPOSER, Step.CHOISIR, Step.QUESTIONS, Step.GARDER, Step.CLOSE])
def test_who_may_do_what_at_each_step(visit, database, cast, group, step):
    """Strangers find nothing, whatever they send; members never lead; an act of another phase changes nothing."""
    kinds = {"stranger": ("camille", "ana", "admin", "gael"), "member": ("noor",), "responsable": ("dora",), "lead": ("ines",)}
    for kind, people in kinds.items():
        for who in people:
            for path, sent in ACTS.items():
                made = make_seance(database, cast.dora, group, lead=cast.ines)
                if step is not Step.DEPOSER:
                    at_step(database, made, step)
                before = settled(database)
                status = visit.as_(who).send(made.url + path, sent).status_code
                said = f"{who} {path} at {step}: {status}"
                if kind == "stranger":
                    assert status == 404, said
                elif (path in LEADING and kind != "lead") or (path in PREPARING and kind == "member"):
                    assert status == 403, said
                else:
                    assert status in (303, 409, 422), said
                if kind in ("stranger", "member"):
                    assert settled(database) == before, said
    pages = ("", "/preparer", "/etat", "/seance.ics")
    made = make_seance(database, cast.dora, group, lead=cast.ines)
    for who, expected in (("noor", 200), ("dora", 200), ("ines", 200), ("camille", 404), ("admin", 404), ("gael", 404)):
        assert {visit.as_(who).get(made.url + page).status_code for page in pages} == {expected}, who
    for who, expected in (("noor", 403), ("dora", 200), ("ines", 200), ("camille", 404)):
        assert visit.as_(who).get(f"{made.url}/modifier").status_code == expected, who
    at = made.url.rpartition("/")[0]
    for who, expected in (("noor", 403), ("ines", 403), ("dora", 200), ("camille", 404)):
        assert visit.as_(who).get(f"{at}/nouvelle").status_code == expected, who


def test_an_act_of_another_phase_changes_nothing_and_gives_the_text_back(visit, database, cast, made):
    noor = visit.as_("noor")
    for step, path, kept in (
        (Step.CHOISIR, "/deposer", Depot),
        (Step.QUESTIONS, "/deposer", Depot),
        (Step.QUESTIONS, "/garder", Takeaway),
        (Step.CHOISIR, "/explorer", Contribution),
        (Step.EXPOSE, "/explorer", Contribution),
        (Step.CLOSE, "/explorer", Contribution),
        (Step.CLOSE, "/garder", Takeaway),
    ):
        at_step(database, made, step)
        answer = noor.send(made.url + path, {"texte": "Ce que je venais dire", "de": "questions"})
        assert answer.status_code == 409 and "Ce que je venais dire" in words_of(answer), f"{path} at {step}"
        is_field = re.search(r'name="texte"[^>]*>\nCe que je venais dire<', answer.get_data(as_text=True))
        assert bool(is_field) is (path == "/deposer" and step is Step.CHOISIR), "in no field that would say it as another thing"
        with database.system("what was kept") as session:
            assert session.scalars(select(kept)).all() == [], f"{path} at {step}"


def test_what_lacks_words_comes_back_with_a_sentence(visit, database, cast, made):
    noor = visit.as_("noor")
    nothing, too_long = "Écrivez quelques mots", "Raccourcissez votre texte"
    for texte, sentence in (("", nothing), (" \u200b\n", nothing), ("x" * 6001, too_long)):
        answer = noor.send(f"{made.url}/deposer", {"texte": texte})
        assert answer.status_code == 422 and sentence in words_of(answer)
    assert "x" * 6001 in words_of(answer), "all that was typed is kept"


def test_the_hour_goes_later_or_earlier_once_all_have_deposited(visit, database, cast, made):
    ines = visit.as_("ines")
    day = (clock.now() + timedelta(days=1)).date().isoformat()
    sooner = {"ouverture_jour": day, "ouverture_heure": "09:00"}
    deposit(visit.as_("noor"), made, SITUATION)
    refused = ines.send(f"{made.url}/heure", sooner)
    assert refused.status_code == 422 and "pas avancée" in words_of(refused)
    assert ines.send(f"{made.url}/heure", {"maintenant": "1"}).status_code == 422
    assert "Ouvrir les dépôts maintenant" not in words_of(ines.get(made.url))
    later = (clock.now() + timedelta(days=9)).date().isoformat()
    assert ines.send(f"{made.url}/heure", {"ouverture_jour": later, "ouverture_heure": "09:00"}).status_code == 303
    for who in ("dora", "ines", "bruno"):
        deposit(visit.as_(who), made, f"De {who}")
    assert "Ouvrir les dépôts maintenant" in words_of(ines.get(made.url))
    assert visit.as_("dora").send(f"{made.url}/heure", {"maintenant": "1"}).status_code == 403, "the responsable does not lead"
    assert ines.send(f"{made.url}/heure", {"maintenant": "1"}).status_code == 303
    assert SITUATION in words_of(visit.as_("bruno").get(made.url))
    again = ines.send(f"{made.url}/heure", {"ouverture_jour": later, "ouverture_heure": "09:00"})
    assert again.status_code == 409 and step_of(database, made) is Step.CHOISIR, "what opened stays open"


def test_two_clicks_at_once_make_one_step(app, visit, database, cast, made):
    """The same facilitator on two phones: the séance goes from questions to résonances, not further."""
    at_step(database, made, Step.QUESTIONS)
    clients = [visit.as_("ines") for _ in range(2)]
    tokens = [client.csrf() for client in clients]
    barrier, statuses = Barrier(2), []

    def click(client, token) -> None:
        barrier.wait()
        statuses.append(client.post(f"{made.url}/suite", data={"csrf_token": token, "de": "questions"}).status_code)

    threads = [Thread(target=click, args=pair) for pair in zip(clients, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 409] and step_of(database, made) is Step.RESONANCES


def test_two_depots_of_one_person_at_once_are_one(visit, database, cast, made):
    clients = [visit.as_("noor") for _ in range(2)]
    tokens = [client.csrf() for client in clients]
    barrier, statuses = Barrier(2), []

    def send(client, token, words) -> None:
        barrier.wait()
        statuses.append(client.post(f"{made.url}/deposer", data={"csrf_token": token, "texte": words}).status_code)

    threads = [Thread(target=send, args=three) for three in zip(clients, tokens, ("Un", "Deux"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.system("what was kept") as session:
        assert statuses == [303, 303] and len(session.scalars(select(Depot)).all()) == 1


def test_a_removed_member_finds_nothing_at_the_next_request(visit, database, cast, made):
    deposit(visit.as_("noor"), made, SITUATION)
    noor, bruno = visit.as_("noor"), visit.as_("bruno")
    assert bruno.get(made.url).status_code == 200
    with database.system("a member is removed", write=True) as session:
        session.execute(update(GroupMember).where(GroupMember.user_id == cast.bruno.id).values(left_at=clock.now()))
    for path in ("", "/preparer", "/etat", "/seance.ics", "/choisir"):
        assert bruno.get(made.url + path).status_code == 404, path
    assert bruno.send(f"{made.url}/deposer", {"texte": "Encore là"}).status_code == 404
    assert "séance," not in words_of(bruno.get("/c/valombre/"))
    assert noor.get(made.url).status_code == 200


@pytest.mark.parametrize("shows_history", [False, True])
def test_who_comes_later_reads_what_is_to_come(visit, database, cast, shows_history):
    """A séance before their arrival is read only if the group shows its past; of one to come, what was written before is not."""
    group = make_group(database, cast.dora, cast.noor, cast.bruno, shows_history=shows_history).public_id
    past = make_seance(database, cast.dora, group, starts_in=-timedelta(days=3))
    coming = make_seance(database, cast.dora, group, opens_in=timedelta(hours=1))
    deposit(visit.as_("noor"), coming, "Écrit avant son arrivée")
    said = make_said(database, cast.noor, past, "Dit avant son arrivée")
    at_step(database, past, Step.APPORTS)
    with database.system("Bruno arrives", write=True) as session:
        session.execute(update(GroupMember).where(GroupMember.user_id == cast.bruno.id).values(arrived_at=clock.now()))
    deposit(visit.as_("dora"), coming, "Écrit après")
    open_depots(database, coming)
    bruno = visit.as_("bruno")
    assert said and bruno.get(past.url).status_code == (200 if shows_history else 404)
    page = words_of(bruno.get(coming.url))
    assert "Écrit après" in page and ("Écrit avant son arrivée" in page) is shows_history
    assert ("Dit avant son arrivée" in words_of(bruno.get(past.url))) is shows_history
    assert "Écrit avant son arrivée" in words_of(visit.as_("dora").get(coming.url))


def test_a_choice_of_what_one_may_not_read_is_none(visit, database, cast, group, made):
    """A dépôt that is still sealed, or of another séance, is chosen by nobody; nor retained."""
    other = make_seance(database, cast.dora, group, lead=cast.ines)
    deposit(visit.as_("noor"), made, SITUATION)
    deposit(visit.as_("noor"), other, "Ailleurs")
    with database.system("the ids of both") as session:
        here, there = session.scalars(select(Depot.public_id).order_by(Depot.id)).all()
    assert visit.as_("noor").send(f"{made.url}/choisir", {"depot": here}).status_code == 422, "sealed"
    open_depots(database, made)
    for act, sent in (("choisir", there), ("retenir", there), ("retenir", "nulle-part")):
        assert visit.as_("ines").send(f"{made.url}/{act}", {"depot": sent}).status_code == 422
    with database.system("nothing was chosen") as session:
        assert session.scalars(select(Choice)).all() == []
    assert visit.as_("ines").send(f"{made.url}/suite", {"de": "choisir"}).status_code == 422, "somebody brought something"


def test_a_seance_that_is_called_off_opens_nothing(visit, database, cast, made):
    deposit(visit.as_("noor"), made, SITUATION)
    assert visit.as_("dora").send(f"{made.url}/annuler").status_code == 303
    set_back(database, made, opens_at=clock.now() - timedelta(minutes=1))
    page = words_of(visit.as_("ines").get(made.url))
    assert "Cette séance est annulée" in page and SITUATION not in page
    mine = words_of(visit.as_("noor").get(made.url))
    assert SITUATION in mine and "Emporter mes textes" in mine, "to each what is theirs"
    listed = words_of(visit.as_("ines").get(made.url.rpartition("/")[0]))
    assert made.public_id in listed and "annulée le" in listed, "it does not vanish"
    assert visit.as_("noor").send(f"{made.url}/deposer", {"texte": "Encore"}).status_code == 404


def test_one_takes_back_ones_own_words_alone(visit, database, cast, made):
    at_step(database, made, Step.QUESTIONS)
    said = make_said(database, cast.noor, made)
    assert visit.as_("bruno").send(f"{made.url}/dits/{said}/retrait").status_code == 403
    assert visit.as_("camille").send(f"{made.url}/dits/{said}/retrait").status_code == 404
    assert visit.as_("noor").send(f"{made.url}/dits/{said}/retrait").status_code == 303
    with database.system("what is left") as session:
        assert session.scalars(select(Contribution)).all() == []
