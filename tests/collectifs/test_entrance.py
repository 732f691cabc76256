"""Coming in and going out."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from rex import clock
from rex.collectifs import brake
from rex.collectifs.entrance_models import Device
from tests.cast import PASSWORD
from tests.making import make_group


def attempt(client, address, password, **more):
    return client.post(
        "/connexion", data={"email": address, "password": password, "csrf_token": client.csrf("/connexion"), **more}
    )


def bare(html: str) -> str:
    """A page without what is drawn anew at each visit."""
    html = re.sub(r'(name="(?:csrf_token|idempotency_key)" value=")[^"]+', r"\1", html)
    return re.sub(r'nonce="[^"]+"', "", html)


def test_a_member_signs_in_and_out(visit):
    client = visit.as_("camille")
    assert client.get("/compte").status_code == 200
    answer = client.send("/deconnexion", page="/compte")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/compte").status_code == 302


def test_the_address_is_read_without_case_and_the_signed_in_go_on(visit):
    client = visit.as_(None)
    assert attempt(client, " Camille@Exemple.FR ", PASSWORD).status_code == 303
    assert client.get("/connexion?suite=/compte").location == "/compte"


def test_known_and_unknown_addresses_get_the_same_bytes(visit):
    client = visit.as_(None)
    known = attempt(client, "camille@exemple.fr", "ce n’est pas le bon").get_data(as_text=True)
    unknown = attempt(client, "personne@exemple.fr", "ce n’est pas le bon").get_data(as_text=True)
    closed = attempt(client, "clara@exemple.fr", PASSWORD).get_data(as_text=True)
    as_camille = [bare(p).replace(f"{who}@", "camille@") for p, who in ((unknown, "personne"), (closed, "clara"))]
    assert as_camille == [bare(known)] * 2


def test_what_is_missing_is_said_and_what_was_typed_is_kept(visit):
    answer = attempt(visit.as_(None), "camille@exemple.fr", "")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<title>Erreur : Se connecter" in html.replace("\u00a0", " ")
    assert "À revoir avant de continuer" in html
    assert "Donnez votre mot de passe." in html
    assert 'value="camille@exemple.fr"' in html


@pytest.mark.parametrize("suite", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/\t/evil.example"])
def test_one_is_never_sent_elsewhere(visit, suite):
    assert attempt(visit.as_(None), "camille@exemple.fr", PASSWORD, suite=suite).location == "/"


def test_one_comes_back_where_one_was_going(visit):
    client = visit.as_(None)
    asked = client.get("/compte?a=1").location
    assert "suite=/compte?a%3D1" in asked or "suite=%2Fcompte" in asked
    assert attempt(client, "camille@exemple.fr", PASSWORD, suite="/compte?a=1").location == "/compte?a=1"


def test_the_brake_holds_for_known_and_unknown_alike_then_lets_go(visit):
    for address in ("camille@exemple.fr", "personne@exemple.fr"):
        client = visit.as_(None)
        for _ in range(8):
            assert attempt(client, address, "pas le bon mot").status_code == 422
        answer = attempt(client, address, PASSWORD)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 900
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=True):
        assert attempt(visit.as_(None), "camille@exemple.fr", PASSWORD).status_code == 303


def test_signing_in_well_forgets_the_slips(visit):
    for _ in range(3):
        client = visit.as_(None)
        for _ in range(5):
            attempt(client, "camille@exemple.fr", "pas le bon mot")
        assert attempt(client, "camille@exemple.fr", PASSWORD).status_code == 303


def test_a_prepared_session_is_worth_nothing(visit):
    client = visit.as_(None)
    before = client.csrf("/connexion")
    client.sign_in("camille@exemple.fr", PASSWORD)
    assert client.post("/deconnexion", data={"csrf_token": before}).status_code == 400


def test_a_revoked_device_is_out_at_its_next_request(visit, database, cast):
    client = visit.as_("camille")
    assert client.get("/compte").status_code == 200
    with database.system("revoke", write=True) as session:
        for device in session.scalars(select(Device).where(Device.user_id == cast.camille.id)):
            session.delete(device)
    assert client.get("/compte").status_code == 302


def test_staying_lasts_sixty_days_and_leaving_twelve_hours(visit):
    short, long = visit.as_(None), visit.as_(None)
    attempt(short, "camille@exemple.fr", PASSWORD)
    attempt(long, "camille@exemple.fr", PASSWORD, reste="y")
    with time_machine.travel(clock.now() + timedelta(hours=13), tick=True):
        assert short.get("/compte").status_code == 302
        assert long.get("/compte").status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=61), tick=True):
        assert long.get("/compte").status_code == 302


OWN = {"Sec-Fetch-Site": "same-origin"}
TEXT = "Ce que nous avions écrit : « la rue » <b>&\r\nla suite" * 2000


def test_a_text_sent_too_late_is_carried_through_the_sign_in(visit):
    client = visit.as_(None)
    late = client.post("/recits/nouveau", data={"texte": TEXT, "csrf_token": "old", "idempotency_key": "k"}, headers=OWN)
    assert late.status_code == 401
    fields = hidden_fields(late.get_data(as_text=True))
    assert ("target", "/recits/nouveau") in fields
    typed = [("email", "camille@exemple.fr"), ("password", PASSWORD)]
    again = client.post("/connexion", data=MultiDict(fields + typed))
    assert again.status_code == 200
    html = again.get_data(as_text=True)
    assert ("texte", TEXT) in hidden_fields(html)
    assert 'action="/recits/nouveau"' in html
    assert dict(hidden_fields(html))["csrf_token"] not in ("old", "")


def test_what_one_person_typed_is_carried_to_no_other(visit, database, cast):
    """In a room, the sign-in expires; the page that asks for it again is left open, and somebody else signs in there."""
    phrase = "Je n’arrive plus à dire non, et « personne » ne le sait."
    room = make_group(database, cast.dora, cast.noor)
    page = visit.as_("dora").get(room.url).get_data(as_text=True)
    form = page[page.index('class="quick-share') :]
    keys = dict(hidden_fields(form)[:2])

    def sign_in_again(who: str, *passwords: str):
        client = visit.as_(None)
        asked = client.post(f"{room.url}/partager", data={"mots": phrase, **keys}, headers=OWN)
        assert asked.status_code == 401
        for password in passwords:  # a mistake on the way loses nothing
            html = asked.get_data(as_text=True)
            assert phrase not in unescape(html)
            typed = [("email", f"{who}@exemple.fr"), ("password", password)]
            asked = client.post("/connexion", data=MultiDict([*hidden_fields(html), *typed]))
        return client, asked

    for who in ("camille", "noor"):  # not even another member
        client, answer = sign_in_again(who, PASSWORD)
        assert answer.status_code == 303 and answer.location == "/"
        home = unescape(client.get("/", follow_redirects=True).get_data(as_text=True))
        assert phrase not in home and "avait été écrit par une autre personne" in home
    client, answer = sign_in_again("dora", "pas le bon mot", PASSWORD)
    html = answer.get_data(as_text=True)
    assert ("mots", phrase) in hidden_fields(html) and f'action="{room.url}/partager"' in html
    again = dict(hidden_fields(html[html.index("/partager") :]))
    assert client.post(f"{room.url}/partager", data=again, headers=OWN).status_code == 303
    assert "Je n’arrive plus à dire non" in client.get(room.url).get_data(as_text=True)


def test_a_form_from_elsewhere_carries_nothing(visit):
    late = visit.as_(None).post("/recits/nouveau", data={"texte": TEXT}, headers={"Sec-Fetch-Site": "cross-site"})
    assert late.status_code == 401
    assert "la rue" not in late.get_data(as_text=True)


def hidden_fields(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    return [(name, unescape(value)) for name, value in found]


def test_a_form_of_a_former_sign_in_is_shown_again_without_its_password(visit):
    client = visit.as_("camille")
    data = {"name": "Un nom tapé longuement, à ne pas perdre", "theme": "clair", "csrf_token": "former"}
    shown = client.post("/compte", data=data, headers=OWN)
    assert shown.status_code == 400
    html = shown.get_data(as_text=True)
    fields = dict(hidden_fields(html))
    assert fields["name"] == data["name"] and "Camille Roy" in html
    again = {name: value for name, value in hidden_fields(html)}
    assert client.post("/compte", data=again).status_code == 303
    secret = {"current_password": "a secret of mine", "password": "another secret", "csrf_token": "former"}
    html = client.post("/compte/mot-de-passe", data=secret, headers=OWN).get_data(as_text=True)
    assert "secret of mine" not in html and "another secret" not in html


def test_a_whole_town_hall_may_sign_in_from_one_place(visit, monkeypatch):
    monkeypatch.setattr(brake, "TRIES_PER_ORIGIN", 3)
    for _ in range(5):
        visit.as_(None).sign_in("camille@exemple.fr", PASSWORD)
    client = visit.as_(None)
    form = {"email": "personne@exemple.fr", "password": "rien-de-juste"}
    statuses = [client.send("/connexion", form).status_code for _ in range(4)]
    assert statuses == [422, 422, 422, 429]
