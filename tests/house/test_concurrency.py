"""Several at once: no word is lost, no page breaks, one act makes one thing."""

import re
import threading
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import event, select

from rex.journal.models import Draft, Recit
from tests.making import count_recits, make_recit

HANDS = 8


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Do all of it at the same moment; returns what each gave, in order, errors included."""
    barrier, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(rank: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            found[rank] = act()
        except Exception as error:  # told to the assertion of the test
            found[rank] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_eight_windows_save_the_same_section_and_every_word_is_kept(visit, database, cast):
    """All start from version 1: seven saves meet another text, and each paragraph is there at the end."""
    made = make_recit(database, cast.camille, sections={"faits": "Le début."}, audience=None)
    clients = [visit.as_("camille") for _ in range(HANDS)]
    tokens = [client.csrf("/compte") for client in clients]

    def save(rank: int) -> Callable[[], object]:
        words = f"Le début.\n\nLa main {rank} raconte son mot{rank}."
        sent = {"json": {"text": words, "base": 1}, "headers": {"X-CSRFToken": tokens[rank]}}
        return lambda: clients[rank].put(f"{made.url}/sections/faits", **sent)

    answers = at_once([save(rank) for rank in range(HANDS)])
    assert all(not isinstance(answer, BaseException) for answer in answers), answers
    statuses = sorted(answer.status_code for answer in answers)  # ty: ignore[missing-attribute]
    assert statuses == [200] + [409] * (HANDS - 1), statuses
    html = clients[0].get(f"{made.url}/edition").get_data(as_text=True)
    missing = [rank for rank in range(HANDS) if f"mot{rank}." not in html]
    assert missing == [], f"the words of {missing} are lost"


def test_saves_of_different_sections_do_not_wait_for_each_other_in_vain(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None)
    slugs = ["contexte", "intention", "resistance", "affects", "appris", "transferable"]
    clients = [visit.as_("camille") for _ in slugs]
    tokens = [client.csrf("/compte") for client in clients]

    def save(rank: int, slug: str) -> Callable[[], object]:
        sent = {"json": {"text": f"Ici le {slug}.", "base": 0}, "headers": {"X-CSRFToken": tokens[rank]}}
        return lambda: clients[rank].put(f"{made.url}/sections/{slug}", **sent)

    answers = at_once([save(rank, slug) for rank, slug in enumerate(slugs)])
    assert [getattr(answer, "status_code", answer) for answer in answers] == [200] * len(slugs)
    html = clients[0].get(f"{made.url}/edition").get_data(as_text=True)
    assert all(f"Ici le {slug}." in html for slug in slugs)


def test_a_form_sent_twice_at_once_makes_one_recit(visit, database, cast):
    client, twin = visit.as_("camille"), visit.as_("camille")
    before = count_recits(database)
    made = make_recit(database, cast.camille, audience=None)  # so that the empty draft that is reopened is not the reason
    forms = [{"csrf_token": c.csrf("/compte"), "idempotency_key": "one-key", "faits": "Une seule fois."} for c in (client, twin)]
    answers = at_once([lambda c=c, f=f: c.post("/recits/nouveau", data=f) for c, f in zip((client, twin), forms, strict=True)])
    assert [getattr(answer, "status_code", answer) for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location != made.url  # ty: ignore[missing-attribute]
    assert count_recits(database) == before + 2


def test_a_form_sent_again_later_gives_the_same_answer(visit, database, cast):
    client = visit.as_("camille")
    form = {"idempotency_key": "again", "faits": "Une seule fois."}
    first, second = (client.send("/recits/nouveau", form, page="/compte") for _ in range(2))
    other = client.send("/recits/nouveau", form | {"idempotency_key": "another"}, page="/compte")
    assert first.location == second.location != other.location


def test_the_key_of_one_person_is_not_the_key_of_another(visit, database, cast):
    form = {"idempotency_key": "shared", "faits": "Chacun le sien."}
    camille, bruno = (visit.as_(who).send("/recits/nouveau", form, page="/compte") for who in ("camille", "bruno"))
    assert camille.location != bruno.location


def test_publishing_twice_at_once_publishes_once(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None)
    clients = [visit.as_("camille") for _ in range(2)]
    forms = [{"csrf_token": c.csrf("/compte"), "publier": "collectif"} for c in clients]
    answers = at_once([lambda c=c, f=f: c.post(f"{made.url}/publication", data=f) for c, f in zip(clients, forms, strict=True)])
    assert all(getattr(answer, "status_code", 500) < 500 for answer in answers), answers
    with database.system("look") as session:
        assert session.scalars(select(Recit.published_at).where(Recit.id == made.id)).one() is not None
        assert session.scalars(select(Draft.entry_id).where(Draft.entry_id == made.id)).all() == []



@pytest.mark.own_app
def test_units_that_write_begin_by_taking_the_writer_s_place(visit, database, cast):
    """With the driver's defaults SQLite loses concurrent updates in silence: BEGIN IMMEDIATE for writes, BEGIN for reads."""
    if not database.is_sqlite:
        with database.system("read") as session:
            assert session.connection().get_execution_options()["postgresql_readonly"] is True
        return
    begun: list[str] = []

    def spy(connection, _record) -> None:
        connection.set_trace_callback(lambda sql: begun.append(sql) if sql.startswith("BEGIN") else None)

    database.engine.dispose()
    event.listen(database.engine, "connect", spy)
    client = visit.as_("camille")
    begun.clear()
    client.get("/compte")
    assert begun and set(begun) == {"BEGIN"}, "a page that reads holds nobody up"
    token = client.csrf("/compte")
    begun.clear()
    client.post("/recits/nouveau", data={"csrf_token": token, "faits": "Un mot."})
    assert "BEGIN IMMEDIATE" in begun and "BEGIN" not in begun, begun


def test_what_two_windows_choose_at_once_is_all_kept(visit, database, cast):
    """Each adds its own balises to what it was shown: none goes because another window was quicker."""
    made = make_recit(database, cast.camille, audience=None)
    clients = [visit.as_("camille") for _ in range(6)]
    tokens = [client.csrf("/compte") for client in clients]
    codes = ["C1", "C2", "E1", "E2", "V1", "S1"]

    def save(rank: int) -> Callable[[], object]:
        sent = {"json": {"balises": [[codes[rank], "illustre"]], "base": []}, "headers": {"X-CSRFToken": tokens[rank]}}
        return lambda: clients[rank].put(f"{made.url}/balises", **sent)

    answers = at_once([save(rank) for rank in range(len(codes))])
    assert [getattr(answer, "status_code", answer) for answer in answers] == [200] * len(codes)
    html = clients[0].get(f"{made.url}/edition").get_data(as_text=True)
    base = re.search(r'name="base-balises" value="([^"]*)"', html)
    assert base and sorted(base[1].split()) == sorted(f"{code}=illustre" for code in codes)
