"""Deleting an account: asked with the password, seven days to change one's mind, then nothing says who it was."""

import gc
import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from rex import clock, mail
from rex.chores import do_all_and_say
from rex.collectifs.actions import AddressTaken, create_account
from rex.collectifs.models import Credential, User
from rex.departures.models import AccountEnding
from rex.keys import INSTALLATION
from tests.departures.lives import ADDRESS, CANARIES, NAME, PASSWORD, corrects, exists, lived
from tests.departures.test_own_data import entered
from tests.hours import MONDAY, next_morning
from tests.house.raw_bytes import rows_as_they_lie, seen_in, sightings
from tests.making import make_exchange, make_recit

PAGE = "/compte/suppression"
STAYS = {"recits": "restent", "words": "restent", "groups": "restent"}
GOES = {"recits": "partent", "words": "partent", "groups": "partent"}


def asks(client, choice: dict[str, str]) -> None:
    answer = client.send(PAGE, {**choice, "current_password": PASSWORD})
    assert answer.status_code == 303, answer.get_data(as_text=True)[-1500:]


def seven_days_later(app) -> None:
    """Everybody whose request waits is at its end; then the periodic work, twice: what it wrote leaves too."""
    database, config = app.extensions["rex"].database, app.extensions["rex"].config
    with database.system("seven days pass", write=True) as session:
        session.execute(update(AccountEnding).values(due_at=clock.now() - timedelta(minutes=1)))
    for _ in range(2):
        assert do_all_and_say(database, config) == []


def is_gone(database, person) -> bool:
    with database.system("is the account there") as session:
        return session.scalar(select(User.id).where(User.public_id == person.public_id)) is None


def waiting_mails(database) -> list[dict[str, str]]:
    with database.system("what waits") as session:
        rows = session.scalars(select(mail.Outbox).where(mail.Outbox.sealed.is_not(None)).order_by(mail.Outbox.id)).all()
        return [json.loads(database.keyring.open(INSTALLATION, f"outbox|{row.key_hash}", row.sealed or b"")) for row in rows]


def test_it_is_asked_with_the_password_and_can_be_taken_back(database, visit, cast):
    client = visit.as_("camille")
    assert "Supprimer mon compte" in client.get(PAGE).get_data(as_text=True)
    wrong = [{**STAYS, "current_password": word} for word in ("", "faux")]
    wrong += [{"current_password": PASSWORD, "recits": "?"}]
    for form in wrong:
        assert client.send(PAGE, form).status_code == 422
    asks(client, STAYS)
    page = client.get(PAGE).get_data(as_text=True)
    assert "Garder mon compte" in page
    assert "Il sera supprimé le" in client.get("/compte").get_data(as_text=True)
    (sent,) = waiting_mails(database)
    assert (sent["to"], sent["subject"]) == (cast.camille.address, "Votre compte sera supprimé")
    assert "/compte/suppression" in sent["text"]
    assert cast.camille.name not in sent["text"]
    assert client.get("/c/valombre/").status_code == 200, "nothing changes meanwhile"
    assert client.send(f"{PAGE}/annulation").location == "/compte"
    assert "Supprimer mon compte" in client.get(PAGE).get_data(as_text=True)
    assert "Il sera supprimé le" not in client.get("/compte").get_data(as_text=True)


def test_nothing_happens_before_its_time(app, database, visit, cast):
    asks(visit.as_("camille"), GOES)
    assert do_all_and_say(database, app.extensions["rex"].config) == []
    assert not is_gone(database, cast.camille)


@pytest.mark.parametrize("choice", [STAYS, GOES], ids=["stays", "goes"])
def test_neither_name_nor_address_is_found_afterwards(app, database, cast, tmp_path, choice):
    config = app.extensions["rex"].config
    life = lived(database, cast)
    client = entered(app, life.her)
    client.get("/recherche?q=brouille")
    client.send(f"{life.of_bruno.url}/repondre", {"texte": "Encore ?", "posture": "question", "idempotency_key": "une-cle"})
    assert seen(database, config, CANARIES), "the search can see"
    asks(client, choice)
    seven_days_later(app)
    gc.collect()
    assert is_gone(database, life.her)
    assert seen(database, config, CANARIES) == {}
    assert client.get("/compte").status_code == 302, "her devices are signed out"
    kept = {*life.told.values(), *life.in_group.values()}
    found = seen(database, config, sorted(kept))
    if choice is GOES:
        left = {word for sights in found.values() for word, _shape in sights}
        assert left <= {life.told["together"]}, "what she signed with Bruno is his too"


def seen(database, config, words: list[str]):
    """Every sighting of these words: in the rows as they lie; on SQLite, in the bytes of the data folder, mails that left apart."""
    found = {name: seen for name, data in rows_as_they_lie(database) if (seen := sightings(data, words))}
    if database.is_sqlite:
        files = seen_in([config.data_dir], words)
        found |= {name: seen for name, seen in files.items() if not name.startswith("mails/")}
    return found


def test_what_stays_is_of_nobody(app, database, cast, visit):
    life = lived(database, cast)
    corrects(database, life.her, life.alone, "Je corrige sigmabrouille.")
    asks(entered(app, life.her), STAYS)
    seven_days_later(app)
    bruno = visit.as_("bruno")
    page = bruno.get(life.alone.url).get_data(as_text=True)
    assert "alphabrouille" in page
    assert "Une personne" in page
    assert "@une personne" in page, "a call in a message is a name that REX set there"
    assert "Zéphyrine" not in page
    page = bruno.get(life.of_bruno.url).get_data(as_text=True)
    assert "zetabrouille" in page
    assert "@une personne" in page
    assert '<strong class="mention">@Bruno Maréchal</strong>' in page, "the other name of the message is set apart still"
    assert not exists(database, life.draft)
    assert "Une personne" in visit.as_("dora").get(life.difficulty.url).get_data(as_text=True)
    ana = visit.as_("ana").get(f"/reconnaissances/{life.thanked}").get_data(as_text=True)
    assert "une personne" in ana
    assert "nubrouille" in visit.as_("dora").get(f"/groupes-de-pairs/{life.group}").get_data(as_text=True)


def test_what_goes_goes_and_the_others_keep_theirs(app, database, cast, visit):
    life = lived(database, cast)
    asks(entered(app, life.her), GOES)
    seven_days_later(app)
    bruno = visit.as_("bruno")
    assert bruno.get(life.alone.url).status_code == 404
    assert not exists(database, life.difficulty)
    page = bruno.get(life.together.url).get_data(as_text=True)
    assert "betabrouille" in page, "it is Bruno's too"
    assert "Une personne" not in page, "his signature alone stands"
    page = bruno.get(life.of_bruno.url).get_data(as_text=True)
    assert "zetabrouille" not in page
    assert "Merci" in page, "Dora's answer stands under the place of the message"
    assert "De Bruno" in bruno.get("/c/valombre/recits").get_data(as_text=True)
    dora = visit.as_("dora").get(f"/groupes-de-pairs/{life.group}").get_data(as_text=True)
    assert "nubrouille" not in dora
    assert "De Dora" in dora


def every_page_of(life) -> list[str]:
    action, group = f"/actions/{life.alone.action_public_id}", f"/groupes-de-pairs/{life.group}"
    return ["/c/valombre/", "/c/valombre/recits", "/c/valombre/difficultes", "/c/valombre/membres", "/c/valombre/sans-reponse",
            action, f"{action}?vue=cote-a-cote", life.together.url, f"{life.together.url}/edition", f"{life.together.url}/versions",
            f"{life.together.url}/co-auteurs", life.of_bruno.url, f"{life.of_bruno.url}/exporter/md", "/ce-qui-vous-attend", group,
            f"{group}/membres", "/recherche?q=brouille", "/recherche?q=bruno", "/compte", "/compte/mes-donnees",
            *life.seances]


@pytest.mark.parametrize("choice", [STAYS, GOES], ids=["stays", "goes"])
def test_the_pages_of_the_others_still_stand(app, database, cast, visit, choice):
    life = lived(database, cast)
    asks(entered(app, life.her), choice)
    pages, others = every_page_of(life), ("bruno", "dora", "ana")
    before = {who: {path: visit.as_(who).get(path).status_code for path in pages} for who in others}
    seven_days_later(app)
    for who, paths in before.items():
        client = visit.as_(who)
        for path, status in paths.items():
            answer = client.get(path)
            assert answer.status_code == status, f"{who} {path}"
            assert NAME not in answer.get_data(as_text=True), f"{who} {path}"
    for path in (f"{life.alone.url}", life.difficulty.url, f"/reconnaissances/{life.thanks}", f"/reconnaissances/{life.thanked}"):
        for who in ("bruno", "dora", "ana"):
            assert visit.as_(who).get(path).status_code in (200, 403, 404)


def test_a_list_takes_no_more_statements(app, database, cast, visit, count_statements):
    life = lived(database, cast)
    client = visit.as_("bruno")
    paths = ["/c/valombre/recits", life.together.url, life.of_bruno.url]
    numbers = []
    for _ in range(2):
        for path in paths:
            client.get(path)
        with count_statements() as ran:
            for path in paths:
                client.get(path)
        numbers.append(len(ran))
        if len(numbers) == 1:
            asks(entered(app, life.her), STAYS)
            seven_days_later(app)
    assert numbers[1] <= numbers[0]


def test_the_address_serves_a_new_account_that_has_nothing_of_the_former(app, database, cast):
    life = lived(database, cast)
    with pytest.raises(AddressTaken), database.system("the address is taken", write=True) as session:
        create_account(session, "Une autre", ADDRESS, None)
    asks(entered(app, life.her), STAYS)
    seven_days_later(app)
    with database.system("the address is free", write=True) as session:
        user_id = create_account(session, "Une autre", ADDRESS, None).id
    client = app.test_client()
    client.enter(user_id)
    assert client.get(f"{life.alone.url}/edition").status_code == 404
    assert client.get("/c/valombre/").status_code == 404


def test_the_last_mail_says_no_name(app, database, cast):
    asks(entered(app, cast.jeanne), STAYS)
    with database.system("seven days pass", write=True) as session:
        session.execute(update(AccountEnding).values(due_at=clock.now() - timedelta(minutes=1)))
    from rex.departures import mails

    mails.end_due(database, app.extensions["rex"].config)
    assert is_gone(database, cast.jeanne)
    last = [one for one in waiting_mails(database) if one["to"] == cast.jeanne.address]
    assert [one["subject"] for one in last] == ["Votre compte est supprimé"]
    assert "Jeanne" not in json.dumps(last[0]["text"])


def test_two_authors_who_leave_one_after_the_other(app, database, cast, visit):
    """What both kept stays, of nobody; a draft that nobody can open any more is erased."""
    told = make_recit(database, cast.camille, "À deux voix", co_authors=(cast.jeanne,))
    draft = make_recit(database, cast.camille, "Brouillon à deux", audience=None, co_authors=(cast.jeanne,))
    for person in (cast.camille, cast.jeanne):
        asks(entered(app, person), STAYS)
        seven_days_later(app)
        assert is_gone(database, person)
    page = visit.as_("bruno").get(told.url).get_data(as_text=True)
    assert page.count("Une personne") >= 2
    assert not exists(database, draft)


@pytest.mark.parametrize("choice", [STAYS, GOES], ids=["stays", "goes"])
def test_a_group_whose_key_the_host_lost_keeps_nobody(app, database, cast, time_machine, choice):
    time_machine.move_to(next_morning(MONDAY), tick=True)  # at an hour at which mails are written too
    life = lived(database, cast)
    asks(entered(app, life.her), choice)
    (database.keyring.folder / f"groupe-{life.group}.key").unlink()
    database.keyring._keys.clear()
    seven_days_later(app)
    assert is_gone(database, life.her)


def test_a_message_of_nobody_can_still_be_answered_and_taken_care_of(app, database, cast, visit):
    life = lived(database, cast)
    asks(entered(app, life.her), STAYS)
    seven_days_later(app)
    make_exchange(database, cast.dora, life.of_bruno.public_id, "Je réponds encore.", parent=life.message)
    assert "Je réponds encore." in visit.as_("bruno").get(life.of_bruno.url).get_data(as_text=True)
    assert visit.as_("dora").send(f"/echanges/{life.message}/prise").status_code in (303, 404)


@pytest.mark.parametrize("who, status", [("camille", 200), ("admin", 200), (None, 302)])
def test_who_opens_the_page(visit, who, status):
    assert visit.as_(who).get(PAGE).status_code == status


def test_the_credential_is_not_left_alone(app, database, cast):
    asks(entered(app, cast.jeanne), STAYS)
    seven_days_later(app)
    with database.system("what is left") as session:
        assert session.scalar(select(Credential.user_id).where(Credential.address == cast.jeanne.address)) is None
