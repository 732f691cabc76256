"""One-time addresses: the first account, a forgotten password, a new address at both ends."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, update

from rex import clock
from rex.collectifs import cli
from rex.collectifs.capabilities import mask
from rex.collectifs.models import Collectif, Credential, Membership, Role, User
from rex.refusals import Refused
from tests.cast import PASSWORD
from tests.collectifs.mailbox import received

NEW = "une autre longue phrase"


@pytest.fixture
def empty(database):
    """The same installation before anybody came."""
    with database.system("empty the base", write=True) as session:
        session.execute(delete(Collectif))
        session.execute(delete(User))
    return database


def forget(client, address):
    return client.send("/mot-de-passe-oublie", {"email": address}, page="/mot-de-passe-oublie")


def test_from_an_empty_base_to_a_first_journal(visit, empty):
    path = cli.first_account_link(empty, "http://localhost:8000").removeprefix("http://localhost:8000")
    client = visit.as_(None)
    assert client.get(path).headers["Referrer-Policy"] == "no-referrer"
    wrong = client.send(path, {"name": "", "email": "moi", "password": "court"}, page=path)
    assert wrong.status_code == 422 and "Donnez votre prénom et votre nom." in wrong.get_data(as_text=True)
    account = {"name": "Zoé Petit", "email": "zoe@exemple.fr", "password": NEW}
    assert client.send(path, account, page=path).location == "/premiers-pas"
    assert client.get(path).status_code == 410
    assert client.get("/premiers-pas").status_code == 200
    assert client.send("/premiers-pas", {"name": "", "college": "service"}, page="/compte").status_code == 422
    data = {"name": "Communauté d’agglo du Val", "college": "service", "service": "Culture", "title": "chargée de mission"}
    opened = client.send("/premiers-pas", data, page="/compte")
    assert opened.location == "/c/communaute-d-agglo-du-val/invitations"
    assert client.get(opened.location).status_code == 200
    assert client.get("/premiers-pas").location == "/administration"
    with empty.system("look") as session:
        seat = session.scalars(select(Membership)).one()
        place = session.scalars(select(Collectif)).one()
    assert seat.role is Role.ANIMATEUR and seat.title == "chargée de mission"
    assert empty.keyring.has(place.key_name)


def test_a_first_account_needs_that_nobody_administers_and_a_fresh_link(visit, database, empty):
    first = cli.first_account_link(empty, "http://x")
    second = cli.first_account_link(empty, "http://x")
    assert visit.as_(None).get(first.removeprefix("http://x")).status_code == 410
    cli.create_user(empty, "zoe@exemple.fr", "Zoé Petit", True, NEW)
    answer = visit.as_(None).send(
        second.removeprefix("http://x"),
        {"name": "Autre", "email": "autre@exemple.fr", "password": NEW},
        page="/connexion",
    )
    assert answer.status_code == 410
    with pytest.raises(Refused, match="administre déjà"):
        cli.first_account_link(empty, "http://x")
    with empty.system("nobody administers any more", write=True) as session:
        session.execute(update(User).values(closed_at=clock.now()))
    assert visit.as_(None).get(second.removeprefix("http://x")).status_code == 410, "an address of before stays closed"


def test_no_address_of_a_first_account_where_somebody_administers(visit, database, cast):
    """Whatever the others can do: an address made before is closed, and no other one is given."""
    with database.system("nobody administers", write=True) as session:
        session.execute(update(User).values(is_admin=False))
    path = cli.first_account_link(database, "http://x").removeprefix("http://x")
    assert visit.as_(None).get(path).status_code == 200
    with database.system("somebody does, and did not come by that address", write=True) as session:
        session.execute(update(User).where(User.id == cast.ana.id).values(is_admin=True))
    assert visit.as_(None).get(path).status_code == 410
    account = {"name": "Autre", "email": "autre@exemple.fr", "password": NEW}
    assert visit.as_(None).send(path, account, page="/connexion").status_code == 410
    with pytest.raises(Refused, match="administre déjà"):
        cli.first_account_link(database, "http://x")


def test_the_address_of_somebody_whom_an_archive_names_is_not_taken_by_the_first_account(visit, empty):
    with empty.system("an account that an archive made", write=True) as session:
        session.add(user := User(name="Zoé Petit", closed_at=clock.now()))
        session.flush()
        session.add(Credential(user_id=user.id, address="zoe@exemple.fr", password_hash=None))
    path = cli.first_account_link(empty, "http://x").removeprefix("http://x")
    client, account = visit.as_(None), {"name": "Zoé Petit", "email": "zoe@exemple.fr", "password": NEW}
    answer = client.send(path, account, page=path)
    assert answer.status_code == 422 and "Un compte a déjà cette adresse" in answer.get_data(as_text=True)
    assert client.send(path, account | {"email": "zoe.petit@exemple.fr"}, page=path).location == "/premiers-pas"


def test_a_forgotten_password(app, visit):
    before = visit.as_("camille")
    assert forget(visit.as_(None), "Camille@exemple.fr ").status_code == 200
    (letter,) = received(app)
    assert letter.to == "camille@exemple.fr" and letter.subject == "Choisir un nouveau mot de passe"
    client = visit.as_(None)
    assert client.get(letter.path).status_code == 200
    for bad in ("court", "aaaaaaaaaaaaaaaa", "camille@exemple.fr", "mot de passe 1234"):
        assert client.send(letter.path, {"password": bad}, page=letter.path).status_code == 422
    assert client.send(letter.path, {"password": NEW}, page=letter.path).location == "/connexion"
    assert before.get("/compte").status_code == 302
    assert client.get(letter.path).status_code == 410
    client.sign_in("camille@exemple.fr", NEW)
    assert "Votre mot de passe a changé" in [mail.subject for mail in received(app)]


def test_known_unknown_and_closed_addresses_get_the_same_page_and_one_mail_leaves(app, visit):
    pages = set()
    for who in ("camille", "personne", "clara"):
        html = forget(visit.as_(None), f"{who}@exemple.fr").get_data(as_text=True)
        pages.add(re.sub(r'value="[^"]*"|nonce="[^"]*"', "", html).replace(f"{who}@", "camille@"))
    assert len(pages) == 1
    assert [mail.to for mail in received(app)] == ["camille@exemple.fr"]


def test_the_same_statements_for_known_and_unknown_but_one(visit, count_statements):
    seen = []
    for who in ("camille", "personne"):
        client = visit.as_(None)
        client.csrf("/mot-de-passe-oublie")
        with count_statements() as statements:
            forget(client, f"{who}@exemple.fr")
        seen.append([s.split()[0] for s in statements if not s.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])
    assert abs(len(seen[0]) - len(seen[1])) <= 1
    assert seen[0].count("INSERT") == seen[1].count("INSERT")


def test_a_password_link_lives_two_hours_and_the_latest_one_counts(app, visit):
    for _ in range(2):
        forget(visit.as_(None), "camille@exemple.fr")
    first, second = received(app)
    assert visit.as_(None).get(first.path).status_code == 410
    assert visit.as_(None).get(second.path).status_code == 200
    with time_machine.travel(clock.now() + timedelta(hours=3), tick=True):
        assert visit.as_(None).get(second.path).status_code == 410


def test_the_host_that_a_stranger_names_is_not_believed(app, visit):
    client = visit.as_(None)
    client.get("/mot-de-passe-oublie", base_url="http://evil.example")
    token = client.csrf("/mot-de-passe-oublie")
    with client.session_transaction() as kept:
        secret = dict(kept)
    with client.session_transaction(base_url="http://evil.example") as elsewhere:
        elsewhere.update(secret)
    data = {"email": "camille@exemple.fr", "csrf_token": token}
    assert client.post("/mot-de-passe-oublie", data=data, base_url="http://evil.example").status_code == 200
    (letter,) = received(app)
    assert "evil.example" not in letter.text + letter.html


def test_an_address_changes_when_both_ends_agree(app, visit, database, cast):
    camille = visit.as_("camille")
    data = {"email": "Camille.Roy@exemple.fr", "current_password": PASSWORD}
    assert camille.send("/compte/adresse", data, page="/compte").status_code == 303
    old, new = sorted(received(app), key=lambda mail: mail.to, reverse=True)
    assert (old.to, new.to) == ("camille@exemple.fr", "camille.roy@exemple.fr")
    other = visit.as_(None)
    assert other.get(new.path).status_code == 200
    assert "Il reste l’autre adresse" in other.send(new.path, page=new.path).get_data(as_text=True)
    assert address_of(database, cast.camille) == "camille@exemple.fr"
    assert other.get(new.path).status_code == 410
    assert "Votre adresse a changé" in other.send(old.path, page=old.path).get_data(as_text=True)
    assert address_of(database, cast.camille) == "camille.roy@exemple.fr"
    visit.as_(None).sign_in("camille.roy@exemple.fr", PASSWORD)


def test_a_link_closed_by_a_newer_request_is_not_a_yes(app, visit, database, cast):
    """Asking twice closes the first links; the old end has still said nothing."""
    camille, data = visit.as_("camille"), {"email": "evil@exemple.fr", "current_password": PASSWORD}
    for _ in range(2):
        camille.send("/compte/adresse", data, page="/compte")
    to_new = [mail for mail in received(app) if mail.to == "evil@exemple.fr"]
    visit.as_(None).send(to_new[-1].path, page="/connexion")
    assert address_of(database, cast.camille) == "camille@exemple.fr"


def test_an_address_that_is_taken_is_told_at_the_end_only(app, visit, database, cast):
    camille, data = visit.as_("camille"), {"email": "paul@exemple.fr", "current_password": PASSWORD}
    assert camille.send("/compte/adresse", data, page="/compte").status_code == 303
    answers = [visit.as_(None).send(mail.path, page="/connexion").get_data(as_text=True) for mail in received(app)]
    assert "n’est pas libre" in answers[-1]
    assert address_of(database, cast.camille) == "camille@exemple.fr"


def address_of(database, person) -> str:
    with database.system("look") as session:
        return session.scalar(select(Credential.address).where(Credential.user_id == person.id))


def test_secret_addresses_are_masked():
    assert mask("/invitation/abc-DEF_1?x=1") == "/invitation/…?x=1"
    assert mask("/premier-compte/abc") == "/premier-compte/…"
    assert mask("/mot-de-passe/abc") == "/mot-de-passe/…"
    assert mask("/adresse/abc") == "/adresse/…"
    assert mask("/connexion?suite=%2Finvitation%2Fabc") == "/connexion?suite=%2Finvitation%2F…"
    assert mask("/c/valombre/invitations") == "/c/valombre/invitations"


def test_from_the_console(database):
    assert "Mot de passe" in cli.create_user(database, "zoe@exemple.fr", "Zoé Petit", False, None)
    assert cli.create_collectif(database, "Ville de Valombre").endswith("/c/ville-de-valombre/.")
    assert cli.create_collectif(database, "Ville de Valombre").endswith("/c/ville-de-valombre-2/.")
    for email, name, password, said in [
        ("zoe@exemple.fr", "Zoé", NEW, "existe déjà"),
        ("zoe", "Zoé", NEW, "pas d’arobase"),
        ("a@exemple.fr", " ", NEW, "--name"),
        ("a@exemple.fr", "Zoé", "court", "12 caractères"),
    ]:
        with pytest.raises(Refused, match=said):
            cli.create_user(database, email, name, False, password)
