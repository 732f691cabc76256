"""Members, services, settings: who sees them, who may change them, what a wrong form gets."""

import pytest
from sqlalchemy import select

from rex.collectifs.models import Collectif, Membership, Role, Service
from tests.cast import PASSWORD

FOR_MEMBERS = ["/c/valombre/membres", "/c/valombre/membres?par=college", "/c/valombre/services"]
FOR_ANIMATEURS = [
    "/c/valombre/invitations",
    "/c/valombre/membres/import",
    "/c/valombre/membres/import/modele.csv",
    "/c/valombre/reglages",
]


def seat_id(database, person) -> str:
    with database.system("find a seat") as session:
        return session.scalar(select(Membership.public_id).where(Membership.user_id == person.id))


@pytest.mark.parametrize("path", FOR_MEMBERS)
def test_pages_of_members(visit, path):
    assert visit.as_("camille").get(path).status_code == 200
    assert visit.as_("ana").get(path).status_code == 200
    assert visit.as_("ines").get(path).status_code == 404
    assert visit.as_("gael").get(path).status_code == 404
    assert visit.as_(None).get(path).status_code == 302


@pytest.mark.parametrize("path", FOR_ANIMATEURS)
def test_pages_of_animateurs(visit, path):
    assert visit.as_("ana").get(path).status_code == 200
    assert visit.as_("camille").get(path).status_code == 403
    assert visit.as_("ines").get(path).status_code == 404
    assert visit.as_("admin").get(path).status_code == 404


def test_members_are_listed_without_address_and_without_those_who_left(visit):
    html = visit.as_("jeanne").get("/c/valombre/membres").get_data(as_text=True)
    assert "Camille Roy" in html and "Parents du Faubourg" in html and "Sans service" in html
    assert "@exemple.fr" not in html
    assert "Gaël Parti" not in html and "Clara Close" not in html
    assert "Changer la place" not in html


def test_a_seat_is_changed(visit, database, cast):
    client, seat = visit.as_("ana"), seat_id(database, cast.paul)
    path = f"/c/valombre/membres/{seat}"
    assert client.get(path).status_code == 200
    with database.system("find a service") as session:
        voirie = session.scalar(select(Service.public_id).where(Service.name == "Voirie"))
    data = {"college": "service", "service": voirie, "title": "chef de projet", "role": "animateur"}
    assert client.send(path, data, page="/compte").status_code == 303
    with database.system("look") as session:
        changed = session.scalars(select(Membership).where(Membership.user_id == cast.paul.id)).one()
    assert (changed.title, changed.role, changed.service_id) == ("chef de projet", Role.ANIMATEUR, cast.service_ids["Voirie"])


def test_a_seat_form_from_nowhere_is_refused(visit, database, cast):
    path = f"/c/valombre/membres/{seat_id(database, cast.paul)}"
    data = {"college": "roi", "service": "ailleurs", "title": "x" * 200, "role": "dieu"}
    answer = visit.as_("ana").send(path, data, page="/compte")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert html.count("Choisissez dans la liste.") >= 3 and "C’est trop long" in html
    assert "x" * 200 in html


def test_a_seat_of_elsewhere_does_not_exist(visit, database, cast):
    path = f"/c/valombre/membres/{seat_id(database, cast.ines)}"
    assert visit.as_("ana").get(path).status_code == 404
    assert visit.as_("camille").get(path).status_code == 403


def test_the_last_animation_stays(visit, database, cast):
    client, path = visit.as_("ana"), f"/c/valombre/membres/{seat_id(database, cast.ana)}"
    data = {"college": "service", "service": "", "title": "", "role": "membre"}
    assert client.send(path, data, page="/compte").status_code == 422
    assert client.send(f"{path}/fin", page="/compte").status_code == 422
    assert "Confiez d’abord ce rôle" in client.get(f"{path}/fin").get_data(as_text=True)


def test_an_ended_place_gives_nothing_at_the_next_request(visit, database, cast):
    camille, ana = visit.as_("camille"), visit.as_("ana")
    assert camille.get("/c/valombre/membres").status_code == 200
    path = f"/c/valombre/membres/{seat_id(database, cast.camille)}/fin"
    asked = ana.get(path).get_data(as_text=True)
    assert "Camille Roy" in asked and "brouillons" in asked
    assert ana.send(path, page="/compte").status_code == 303
    assert camille.get("/c/valombre/membres").status_code == 404
    assert ana.get(path).status_code == 404


def test_services_are_added_renamed_closed_and_opened(visit, database):
    client = visit.as_("ana")
    assert client.send("/c/valombre/services", {"name": "Écoles", "kind": "service"}, page="/compte").status_code == 303
    same = client.send("/c/valombre/services", {"name": "ecoles", "kind": "service"}, page="/compte")
    assert same.status_code == 422 and "porte déjà ce nom" in same.get_data(as_text=True)
    with database.system("look") as session:
        service_id = session.scalar(select(Service.public_id).where(Service.folded_name == "ecoles"))
    path = f"/c/valombre/services/{service_id}"
    assert client.get(path).status_code == 200
    assert client.send(path, {"name": "", "kind": "service"}, page="/compte").status_code == 422
    assert client.send(path, {"name": "Éducation", "kind": "structure"}, page="/compte").status_code == 303
    assert client.send(f"{path}/fermeture", page="/compte").status_code == 303
    html = client.get("/c/valombre/services").get_data(as_text=True)
    assert "Éducation" in html and "n’est plus proposé" in html
    assert "Éducation" not in client.get("/c/valombre/invitations").get_data(as_text=True)
    assert visit.as_("camille").send("/c/valombre/services", {"name": "X"}, page="/compte").status_code == 403


def test_a_double_click_adds_one_service(visit, database):
    client = visit.as_("ana")
    data = {"name": "Forêts", "kind": "service", "idempotency_key": "same-key"}
    first, second = (client.send("/c/valombre/services", data, page="/compte") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    with database.system("look") as session:
        assert len(session.scalars(select(Service).where(Service.folded_name == "forets")).all()) == 1


def test_settings(visit, database, cast):
    client = visit.as_("ana")
    wrong = client.send("/c/valombre/reglages", {"name": "", "timezone": "Lune/Mer"}, page="/compte")
    assert wrong.status_code == 422
    assert "Donnez un nom au collectif." in wrong.get_data(as_text=True)
    assert "Choisissez un fuseau" in wrong.get_data(as_text=True)
    right = {"name": "Valombre", "about": "Une ville.", "timezone": "Indian/Reunion"}
    assert client.send("/c/valombre/reglages", right, page="/compte").status_code == 303
    with database.system("look") as session:
        place = session.get(Collectif, cast.valombre_id)
    assert (place.name, place.timezone, place.is_open_to_partners) == ("Valombre", "Indian/Reunion", False)
    html = client.get("/c/valombre/invitations").get_data(as_text=True)
    assert "Habitants" not in html and "Élus" in html
    assert client.get("/c/valombre/reglages").status_code == 200


def test_all_of_it_in_a_few_statements(visit, count_statements):
    client = visit.as_("camille")
    with count_statements() as seen:
        client.get("/c/valombre/membres")
    assert len(seen) <= 3
    assert PASSWORD not in str(seen)
