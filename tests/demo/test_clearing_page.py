"""« Vider la démonstration et commencer », from the administration."""

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from rex.collectifs.models import Collectif, Credential
from rex.db import Database
from rex.idempotency import IdempotencyKey
from tests.cast import Cast
from tests.conftest import Visit


def mark_as_demo(database: Database) -> None:
    with database.system("these collectifs are a demonstration", write=True) as session:
        for collectif in session.scalars(select(Collectif)):
            collectif.is_demo = True


def test_a_real_installation_has_no_such_page(visit: Visit) -> None:
    admin = visit.as_("admin")
    assert "Vider la démonstration" not in admin.get("/administration").get_data(as_text=True)
    assert admin.get("/administration/demonstration").status_code == 404
    assert admin.send("/administration/demonstration").status_code == 404


def test_only_the_administration_empties_it(visit: Visit, database: Database) -> None:
    mark_as_demo(database)
    assert visit.as_("ana").get("/administration/demonstration").status_code == 404
    assert visit.as_("ana").send("/administration/demonstration").status_code == 404


def test_an_administrator_who_is_real_stays_and_begins(visit: Visit, app: Flask, database: Database, cast: Cast) -> None:
    mark_as_demo(database)
    admin = visit.as_("admin")
    assert "Vider la démonstration et commencer" in admin.get("/administration").get_data(as_text=True)
    assert admin.get("/administration/demonstration").status_code == 200
    answer = admin.send("/administration/demonstration")
    assert answer.location == "/premiers-pas"
    assert admin.get("/premiers-pas").status_code == 200
    with database.system("what is left") as session:
        assert session.scalar(select(Collectif.id)) is None
    keys = Path(app.extensions["rex"].config.keys_dir).glob("collectif-*.key")
    assert list(keys) == []


def test_when_nobody_is_left_the_first_account_is_made(visit: Visit, database: Database) -> None:
    mark_as_demo(database)
    with database.system("nobody here is real", write=True) as session:
        for credential in session.scalars(select(Credential)):
            credential.address = credential.address.replace("exemple.fr", "demo.rex")
    admin = visit.as_("admin")
    answer = admin.send("/administration/demonstration", {"idempotency_key": "one-click"})
    assert answer.location.startswith("/premier-compte/")
    with database.system("what the form’s key kept") as session:
        assert session.scalars(select(IdempotencyKey.location)).all() == [""], "a secret address is kept nowhere"
    assert admin.get("/administration").location.startswith("/connexion")
    assert visit.as_(None).get(answer.location).status_code == 200
