"""Jalons: animateurs set them, members read them, nobody else knows of them."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from rex.trends.jalons import MOST, NAME_MOST, jalons_of
from tests.making import reader_of
from tests.tensions.making import acting
from tests.tensions.test_pages import main_of, text_of
from tests.trends.beside import jalons_in, make_jalon

LIST = "/c/valombre/tendances/jalons"


def test_an_animateur_sets_renames_moves_and_removes_one(visit, database, cast):
    ana = visit.as_("ana")
    assert "Aucun jalon pour l’instant." in main_of(ana.get(LIST))
    assert ana.send(LIST, {"nom": "  Réorganisation  des services ", "jour": "2026-09-01"}).status_code == 303
    assert jalons_in(database) == [("Réorganisation des services", date(2026, 9, 1))]
    page = main_of(visit.as_("camille").get(LIST))
    assert "Réorganisation des services" in page and "1er septembre 2026" in page and "Modifier" not in page
    path = f"{LIST}/{made_id(database, cast)}"
    assert "Réorganisation des services" in text_of(ana.get(path))
    assert ana.send(path, {"nom": "Le nouveau pôle", "jour": "2026-10-05"}).status_code == 303
    assert jalons_in(database) == [("Le nouveau pôle", date(2026, 10, 5))]
    asked = main_of(ana.get(f"{path}/retrait"))
    assert "Retirer ce jalon ?" in asked and "Aucun chiffre ne change" in asked
    assert ana.send(f"{path}/retrait").status_code == 303
    assert jalons_in(database) == [] and ana.get(path).status_code == 404


def test_one_that_another_animateur_removed_meanwhile(visit, database, cast):
    made = make_jalon(database, cast.ana, cast.valombre_id)
    ana, path = visit.as_("ana"), f"{LIST}/{made}"
    assert ana.send(f"{path}/retrait").status_code == 303
    late = ana.send(path, {"nom": "Le nouveau pôle", "jour": "2026-10-05"})
    assert late.status_code == 404 and "Ce jalon n’existe plus." in text_of(late)
    assert 'value="Le nouveau pôle"' in text_of(late) and 'value="2026-10-05"' in text_of(late)
    assert ana.send(f"{path}/retrait").status_code == 404 and jalons_in(database) == []


@pytest.mark.parametrize("act", ["", "/retrait"])
def test_its_row_is_held_while_it_changes(visit, database, cast, act):
    """On PostgreSQL, what another removes between the reading and the writing would be an error of the server."""
    path, seen = f"{LIST}/{make_jalon(database, cast.ana, cast.valombre_id)}{act}", []

    def listen(state) -> None:
        seen.append((str(state.statement), getattr(state.statement, "_for_update_arg", None) is not None))

    event.listen(Session, "do_orm_execute", listen)
    try:
        assert visit.as_("ana").send(path, {"nom": "Le nouveau pôle", "jour": "2026-10-05"}).status_code == 303
    finally:
        event.remove(Session, "do_orm_execute", listen)
    found = [held for said, held in seen if "FROM jalon" in said and "jalon.public_id = " in said]
    assert found and all(found)


def made_id(database, cast) -> str:
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        return jalons_of(session, reader, cast.valombre_id)[0].public_id


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"nom": " . ", "jour": "2026-09-01"}, "Donnez un nom à ce jalon"),
        ({"nom": "L" * (NAME_MOST + 1), "jour": "2026-09-01"}, "80 caractères au plus"),
        ({"nom": "L’élection", "jour": "30/02/2026"}, "Donnez le jour"),
        ({"nom": "L’élection", "jour": "0026-09-01"}, "Donnez le jour"),
        ({"nom": "L’élection"}, "Donnez le jour"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(visit, database, given, said):
    refused = visit.as_("ana").send(LIST, given)
    assert refused.status_code == 422 and said in text_of(refused) and given["nom"].strip() in text_of(refused)
    assert jalons_in(database) == []


def test_the_same_twice_is_refused_and_so_is_one_too_many(visit, database, cast):
    ana = visit.as_("ana")
    make_jalon(database, cast.ana, cast.valombre_id)
    twice = ana.send(LIST, {"nom": "RÉORGANISATION des services", "jour": "2026-09-01"})
    assert twice.status_code == 409 and "Ce jalon existe déjà" in text_of(twice)
    for rank in range(MOST - 1):
        make_jalon(database, cast.ana, cast.valombre_id, f"Jalon {rank}")
    full = ana.send(LIST, {"nom": "Un de trop", "jour": "2026-09-01"})
    assert full.status_code == 409 and "retirez-en un d’abord" in text_of(full)


def test_who_may(visit, database, cast):
    found = f"{LIST}/{make_jalon(database, cast.ana, cast.valombre_id)}"
    reading = {who: visit.as_(who).get(LIST).status_code for who in ("camille", "paul", "noor", "ines", "admin")}
    assert reading == {"camille": 200, "paul": 200, "noor": 200, "ines": 404, "admin": 404}
    for path in (found, f"{found}/retrait"):
        answers = {who: visit.as_(who).get(path).status_code for who in ("ana", "camille", "ines", "admin")}
        assert answers == {"ana": 200, "camille": 403, "ines": 404, "admin": 404}
    for path in (LIST, found, f"{found}/retrait"):
        given = {"nom": "Autre", "jour": "2026-01-01"}
        assert visit.as_("camille").send(path, given).status_code == 403
        assert visit.as_("ines").send(path, given).status_code == 404
    assert visit.as_(None).get(LIST).status_code in (302, 303)
    assert jalons_in(database) == [("Réorganisation des services", date(2026, 9, 1))]


def test_another_journal_knows_nothing_of_it(visit, database, cast):
    found = make_jalon(database, cast.ana, cast.valombre_id)
    assert visit.as_("ines").get(f"/c/orbe/tendances/jalons/{found}").status_code == 404
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.ines)
        assert jalons_of(session, reader, cast.valombre_id) == []


def test_a_hostile_name_is_words(visit, database, cast):
    make_jalon(database, cast.ana, cast.valombre_id, "<script>alert(1)</script> العربية")
    page = visit.as_("camille").get(LIST).get_data(as_text=True)
    assert "<script>alert(1)" not in page and 'dir="auto">&lt;script&gt;' in page


def test_the_latest_comes_first_in_one_statement(database, cast, count_statements):
    make_jalon(database, cast.ana, cast.valombre_id, "L’ancien", date(2024, 1, 1))
    make_jalon(database, cast.ana, cast.valombre_id, "Le nouveau", date(2027, 1, 1))
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.camille)
        with count_statements() as said:
            found = jalons_of(session, reader, cast.valombre_id)
    assert [one.name for one in found] == ["Le nouveau", "L’ancien"] and len(said) == 1
