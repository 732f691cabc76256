"""When something is wrong: plain French, the right status, what to do next, nothing of the machine; whatever is sent."""

import pytest
from sqlalchemy import select, text, update

from rex.collectifs import brake
from rex.journal.models import DraftText, Entry
from rex.keys import KeyLost
from tests.making import make_recit
from tests.reading import proof_read

MACHINE = ("Traceback", "sqlalchemy", "werkzeug", "File \"", ".py", "Error:", "None")


def is_plain_page(answer, status: int, words: str) -> str:
    html = answer.get_data(as_text=True)
    assert answer.status_code == status, html[-300:]
    assert words in html and "<h1>" in html and answer.mimetype == "text/html"
    assert not [sign for sign in MACHINE if sign in html], html
    assert proof_read(html) == []
    assert "href=\"/\"" in html, "an error page leads somewhere"
    return html


def test_404(visit):
    is_plain_page(visit.as_("camille").get("/rien"), 404, "Cette page n’existe pas")


def test_403(visit, database, cast):
    made = make_recit(database, cast.camille)
    is_plain_page(visit.as_("bruno").get(f"{made.url}/edition"), 403, "Vous pouvez lire cette page, pas la modifier")


def test_405_says_what_is_allowed(visit, database, cast):
    made = make_recit(database, cast.camille)
    client = visit.as_("camille")
    answer = client.send(made.url, page="/compte")
    is_plain_page(answer, 405, "Cette adresse ne se consulte pas ainsi")
    assert "GET" in answer.headers["Allow"]


def test_400_a_form_from_elsewhere_does_nothing(visit, database, cast):
    client = visit.as_("camille")
    answer = client.post("/recits/nouveau", data={"faits": "volé"}, headers={"Sec-Fetch-Site": "cross-site"})
    is_plain_page(answer, 400, "Rien n’a été fait")
    with database.system("look") as session:
        assert session.scalars(select(Entry.id)).all() == []


def test_400_our_own_old_form_comes_back_with_its_text(visit):
    answer = visit.as_("camille").post("/recits/nouveau", data={"faits": "Mes mots."}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400 and "Mes mots." in answer.get_data(as_text=True)


def test_413_and_422_a_paste_of_ten_and_twenty_megabytes(visit, database, cast):
    """10 MB reach the application: the text comes back in its field. 20 MB do not, and the page says how much it takes."""
    made = make_recit(database, cast.camille, audience=None)
    client = visit.as_("camille")
    client.proof_reads = False
    token = client.csrf("/compte")
    for path, field in (("/recits/nouveau", "faits"), (f"{made.url}/edition", "faits")):
        words = "Le marché a changé de place. " * 350_000
        kept = client.post(path, data={"csrf_token": token, field: words, f"base-{field}": "1"})
        assert kept.status_code == 422 and words[:-1] in kept.get_data(as_text=True), path
        answer = client.post(path, data={"csrf_token": token, field: words + words}, headers={"Sec-Fetch-Site": "same-origin"})
        is_plain_page(answer, 413, "C’est trop lourd")
    put = client.put(f"{made.url}/sections/faits", json={"text": words, "base": 1}, headers={"X-CSRFToken": token})
    assert put.status_code == 422 and "trop long" in put.get_json()["message"]


def test_429_says_when_to_come_back(visit):
    client = visit.as_(None)
    form = {"email": "camille@exemple.fr", "password": "faux", "csrf_token": client.csrf("/connexion")}
    for _ in range(brake.TRIES_PER_ADDRESS):
        assert client.post("/connexion", data=form).status_code == 422
    answer = client.post("/connexion", data=form)
    is_plain_page(answer, 429, "Trop d’essais")
    assert 0 < int(answer.headers["Retry-After"]) <= brake.WINDOW.total_seconds()


def test_500_says_nothing_of_the_machine(app, visit, monkeypatch, caplog):
    from rex.journal import list_queries

    def break_down(*_args: object) -> None:
        raise RuntimeError("le mot de passe est 1234")

    client = visit.as_("camille")
    monkeypatch.setattr(list_queries, "recits_of", break_down)
    html = is_plain_page(client.get("/c/valombre/recits"), 500, "Quelque chose s’est cassé chez nous")
    assert "1234" not in html
    assert "unexpected RuntimeError on journal.recits" in caplog.text, "whoever looks after the server reads what happened"


def test_500_rolls_back(app, visit, database, cast, monkeypatch):
    from rex.journal import saving_views

    made = make_recit(database, cast.camille, audience=None)
    client = visit.as_("camille")
    token = client.csrf("/compte")

    def break_down(*_args: object) -> None:
        raise RuntimeError("after the write")

    monkeypatch.setattr(saving_views, "_told_to_script", break_down)
    with database.system("before") as session:
        before = session.execute(select(DraftText.slug, DraftText.version).order_by(DraftText.id)).all()
    answer = client.put(f"{made.url}/sections/faits", json={"text": "À moitié écrit.", "base": 1}, headers={"X-CSRFToken": token})
    assert answer.status_code == 500
    with database.system("after") as session:
        assert session.execute(select(DraftText.slug, DraftText.version).order_by(DraftText.id)).all() == before


def test_503_is_drawn_without_the_database(visit, database, caplog):
    """The base loses a table that each page needs: the error page asks nothing of it."""
    client = visit.as_("camille")
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE membership RENAME TO elsewhere"))
    for path in ("/", "/c/valombre/", "/compte"):
        html = is_plain_page(client.get(path), 503, "Le journal est arrêté pour un moment")
        assert "membership" not in html
    assert "database:" in caplog.text
    assert client.get("/sante").get_data() == b"ok"
    answer = client.put("/recits/AAAAAAAAAAAAAAAA/sections/faits", json={"text": "x", "base": 0})
    assert answer.status_code == 503 and answer.get_json()["message"].startswith("Le journal est arrêté")


def test_503_a_lost_key(visit, database, cast, monkeypatch):
    made = make_recit(database, cast.camille, audience=None)

    def lost(*_args: object) -> str:
        raise KeyLost("La clé manque.")

    client = visit.as_("camille")
    monkeypatch.setattr(database.keyring, "open", lost)
    is_plain_page(client.get(f"{made.url}/edition"), 503, "La clé de cet espace manque")


STRANGE = [
    "\x00",
    "a\x00b",
    "\u202e\u2066",
    "🏳️‍🌈" * 50,
    "\ufffe\uffff",
    "e" + "\u0301" * 500,
    "%00%0d%0a",
    "\r\nSet-Cookie: a=b",
    "'; DROP TABLE entry;--",
]
HUGE = ["9" * 400, str(2**63), str(2**64), "-1", "0", "1e400", "NaN"]


@pytest.fixture
def paths(database, cast) -> list[str]:
    made = make_recit(database, cast.camille)
    fields = ["enjeu", "balise", "service", "college", "periode", "du", "au", "reseau", "apres"]
    lists = [f"/c/valombre/recits?{name}=" for name in fields]
    others = ["/boussole?periode=", "/c/valombre/membres?par=", "/connexion?suite="]
    return [*lists, f"{made.url}/versions?a=", f"{made.url}/versions?de=", *others]


def test_strange_addresses_break_nothing(visit, paths):
    from urllib.parse import quote

    client = visit.as_("camille")
    for value in [*STRANGE, *HUGE]:
        for path in paths:
            answer = client.get(path + quote(value))
            assert answer.status_code < 500, f"{path}{value!r}: {answer.status_code}"
        for path in ("/recits/", "/actions/", "/boussole/", "/c/valombre/boussole/", "/c/", "/invitation/", "/static/"):
            assert client.get(path + quote(value)).status_code in (302, 303, 308, 404, 410), f"{path}{value!r}"


def test_strange_forms_break_nothing(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None)
    client = visit.as_("camille")
    token = client.csrf("/compte")
    fields = ["titre", "faits", "base-faits", "base-titre", "balises", "base-balises"]
    fields += ["ajouter", "retirer", "chercher", "suite", "section"]
    for value in [*STRANGE, *HUGE]:
        data = {"csrf_token": token, **dict.fromkeys(fields, value)}
        answer = client.post(f"{made.url}/edition", data=data)
        assert answer.status_code in (303, 422), f"{value!r}: {answer.status_code}"
        data = {"csrf_token": token, "faits": value, "collectif": value, "action": value, "balise": value}
        assert client.post("/recits/nouveau", data=data).status_code in (303, 400, 422), repr(value)
        data = {"csrf_token": token, "publier": value, "audience": value, "teller": value, "idempotency_key": value[:64]}
        assert client.post(f"{made.url}/publication", data=data).status_code in (303, 400, 422), repr(value)
    assert client.get(f"{made.url}/edition").status_code == 200


def test_strange_json_breaks_nothing(visit, database, cast):
    """Halves of characters, which JSON can carry and no text can; wrong types; no JSON at all."""
    made = make_recit(database, cast.camille, audience=None)
    client = visit.as_("camille")
    headers = {"X-CSRFToken": client.csrf("/compte"), "Content-Type": "application/json"}
    bodies = [
        r'{"text": "\ud800", "base": 1}',
        r'{"text": "a\u0000b\udfff\ud83c", "base": 1}',
        '{"text": "x", "base": 99999999999999999999999999}',
        '{"text": "x", "base": -5}',
        '{"text": "x", "base": 1e400}',
        '{"text": "x", "base": true}',
        '{"text": "x", "base": "1"}',
        '{"text": null, "base": 1}',
        '{"text": ["x"], "base": {}}',
        "[]",
        "null",
        '"x"',
        "{",
        "",
        "[" * 3000,
    ]
    for body in bodies:
        answer = client.put(f"{made.url}/sections/faits", data=body, headers=headers)
        assert answer.status_code in (200, 400, 409, 422), f"{body[:60]}: {answer.status_code}"
        assert isinstance(answer.get_json(), dict)
    for slug in ("nulle-part", "x" * 500, "%00", "titre%0a", "é"):
        assert client.put(f"{made.url}/sections/{slug}", data='{"text": "x", "base": 1}', headers=headers).status_code in (400, 404)
    known, halves = '[["C1", "illustre"], ["Z9", "x"]]', r'[["\ud800", "\ud800"]]'
    for given in (known, halves, "[[1, 2]]", "[[null, []]]", '[[["C1"], {}]]', '[["C1"]]', '"C1"', "{}"):
        body = f'{{"balises": {given}}}'
        answer = client.put(f"{made.url}/balises", data=body, headers=headers)
        assert answer.status_code in (200, 400), f"{body}: {answer.status_code}"
    assert client.get(f"{made.url}/edition").status_code == 200


def test_a_huge_number_in_an_address_is_no_row(visit, database, cast):
    made = make_recit(database, cast.camille)
    client = visit.as_("camille")
    token = client.csrf("/compte")
    for number in ("0", "2", "9" * 30, "-1", "1.5"):
        assert client.get(f"{made.url}/versions/{number}/effacement").status_code == 404, number
        assert client.post(f"{made.url}/versions/{number}/effacement", data={"csrf_token": token}).status_code == 404, number


def test_a_page_says_when_a_sealed_value_was_moved(visit, database, cast):
    """Somebody who writes in the base cannot show one draft under the title of another."""
    first, second = (make_recit(database, cast.camille, name, audience=None) for name in ("Le premier", "Le second"))
    with database.system("move a sealed title", write=True) as session:
        sealed = session.scalars(select(DraftText.sealed).where(DraftText.entry_id == first.id, DraftText.slug == "titre")).one()
        session.execute(update(DraftText).where(DraftText.entry_id == second.id, DraftText.slug == "titre").values(sealed=sealed))
    answer = visit.as_("camille").get(f"{second.url}/edition")
    is_plain_page(answer, 503, "Un texte scellé ne peut pas être ouvert")
