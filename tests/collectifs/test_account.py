"""One's account and the administration."""

import re

import pytest
from sqlalchemy import select

from rex.collectifs.models import Collectif, Theme, User
from tests.cast import PASSWORD
from tests.collectifs.mailbox import received

NEW = "une autre longue phrase"
PAGES = ["/compte", "/compte/mot-de-passe", "/compte/adresse", "/compte/appareils"]
ADMIN_PAGES = ["/administration", "/administration/comptes", "/administration/comptes?q=roy", "/administration/collectifs"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_the_account(visit, path):
    assert visit.as_("camille").get(path).status_code == 200
    assert visit.as_("admin").get(path).status_code == 200
    assert visit.as_(None).get(path).status_code == 302


def test_name_and_theme(visit, database, cast):
    client = visit.as_("camille")
    assert "data-theme" not in client.get("/compte").get_data(as_text=True)
    assert client.send("/compte", {"name": "", "theme": "rose"}, page="/compte").status_code == 422
    changed = client.send("/compte", {"name": "Camille Roy-Petit", "theme": "sombre"}, page="/compte")
    assert changed.status_code == 303
    html = client.get("/compte").get_data(as_text=True)
    assert 'data-theme="dark"' in html and "Camille Roy-Petit" in html
    with database.system("look") as session:
        assert session.get(User, cast.camille.id).theme is Theme.SOMBRE


def test_a_new_password_signs_the_others_out(app, visit):
    here, there = visit.as_("camille"), visit.as_("camille")
    wrong = here.send("/compte/mot-de-passe", {"current_password": "faux", "password": NEW}, page="/compte")
    assert wrong.status_code == 422 and "pas votre mot de passe actuel" in wrong.get_data(as_text=True)
    right = {"current_password": PASSWORD, "password": NEW}
    assert here.send("/compte/mot-de-passe", right, page="/compte").status_code == 303
    assert here.get("/compte").status_code == 200
    assert there.get("/compte").status_code == 302
    assert [mail.to for mail in received(app)] == ["camille@exemple.fr"]


def test_the_current_password_is_under_the_brake(visit):
    client = visit.as_("camille")
    for _ in range(8):
        client.send("/compte/mot-de-passe", {"current_password": "faux", "password": NEW}, page="/compte")
    right = {"current_password": PASSWORD, "password": NEW}
    assert client.send("/compte/mot-de-passe", right, page="/compte").status_code == 429


def test_devices_are_listed_and_signed_out(visit):
    here = visit.as_("camille")
    there = visit.as_(None)
    there.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    there.sign_in("camille@exemple.fr", PASSWORD)
    html = here.get("/compte/appareils").get_data(as_text=True)
    assert "Firefox, Windows" in html and "celui-ci" in html
    (path,) = re.findall(r'action="(/compte/appareils/[^/"]{16}/fin)"', html)
    assert visit.as_("bruno").send(path, page="/compte").status_code == 404
    assert here.send(path, page="/compte").status_code == 303
    assert there.get("/compte").status_code == 302
    third = visit.as_("camille")
    assert here.send("/compte/appareils/fin", page="/compte").status_code == 303
    assert third.get("/compte").status_code == 302
    assert here.get("/compte").status_code == 200


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_pages_of_the_administration(visit, path):
    assert visit.as_("admin").get(path).status_code == 200
    for who in ("camille", "ana"):
        assert visit.as_(who).get(path).status_code == 404
    assert visit.as_(None).get(path).status_code == 302


def test_administering_opens_no_journal(visit):
    client = visit.as_("admin")
    for path in ("/c/valombre/", "/c/valombre/membres", "/c/valombre/reglages"):
        assert client.get(path).status_code == 404


def test_accounts_are_searched_by_name_and_address(visit):
    client = visit.as_("admin")
    for words in ("Camille R", "camille@", "ROY"):
        html = client.get(f"/administration/comptes?q={words}").get_data(as_text=True)
        assert "camille@exemple.fr" in html and "bruno@exemple.fr" not in html
    assert "Aucun compte" in client.get("/administration/comptes?q=%25").get_data(as_text=True)
    assert client.get("/administration/comptes?apres=rien").status_code == 200


def test_accounts_are_paged(visit, database):
    with database.system("many people", write=True) as session:
        session.add_all([User(name=f"Personne {n:03}") for n in range(60)])
    client, seen, path = visit.as_("admin"), set(), "/administration/comptes"
    for _ in range(2):
        html = client.get(path).get_data(as_text=True)
        seen |= set(re.findall(r"Personne \d+", html))
        path = (re.findall(r'href="(/administration/comptes\?apres=[^"]+)"', html) or [path])[0]
    assert len(seen) == 60


def test_an_account_is_closed_and_opened(visit, cast):
    admin, camille = visit.as_("admin"), visit.as_("camille")
    path = f"/administration/comptes/{cast.camille.public_id}"
    assert admin.send(f"{path}/fermeture", page="/compte").status_code == 303
    assert camille.get("/compte").status_code == 302
    assert admin.send(f"{path}/lien", page="/compte").status_code == 404
    assert admin.send(f"{path}/reouverture", page="/compte").status_code == 303
    visit.as_("camille")
    own = f"/administration/comptes/{cast.admin.public_id}/fermeture"
    assert admin.send(own, page="/compte").status_code == 303
    assert admin.get("/administration").status_code == 200
    assert visit.as_("ana").send(f"{path}/fermeture", page="/compte").status_code == 404


def test_a_password_link_is_mailed_to_the_person(app, visit, cast):
    admin = visit.as_("admin")
    answer = admin.send(f"/administration/comptes/{cast.camille.public_id}/lien", page="/compte")
    assert answer.status_code == 303
    (letter,) = received(app)
    assert letter.to == "camille@exemple.fr"
    token = letter.path.rsplit("/", 1)[1]
    assert token not in admin.get("/administration/comptes").get_data(as_text=True)
    assert visit.as_(None).get(letter.path).status_code == 200


def test_a_collectif_is_opened_and_its_first_animateur_invited(visit, database):
    admin = visit.as_("admin")
    assert admin.send("/administration/collectifs", {"name": " "}, page="/compte").status_code == 422
    opened = admin.send("/administration/collectifs", {"name": "Ville de Valombre"}, page="/compte")
    assert opened.status_code == 303
    with database.system("look") as session:
        place = session.scalars(select(Collectif).where(Collectif.slug == "ville-de-valombre")).one()
    assert database.keyring.has(place.key_name)
    seat = {"college": "service", "service": "", "title": "", "role": "animateur"}
    assert admin.send(opened.location, seat | {"college": "?"}, page="/compte").status_code == 422
    assert admin.send(opened.location, seat, page="/compte").status_code == 303
    page = admin.get(opened.location).get_data(as_text=True)
    link = re.findall(r'value="https?://[^/]+(/invitation/[^"]+)"', page)[0]
    ines = visit.as_("ines")
    assert ines.send(link, page="/compte").location == "/c/ville-de-valombre/"
    assert ines.get("/c/ville-de-valombre/invitations").status_code == 200
    assert admin.get("/c/ville-de-valombre/membres").status_code == 404
