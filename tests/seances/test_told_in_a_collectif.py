"""An open séance is told to the members of its collectif: set, moved, called off, soon; with its theme, its hour and a link, at the
rhythm that each chose."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from rex.db import Database
from rex.journal.moments import What
from rex.notices.models import Notice, NoticeSettings, Rhythm
from rex.seances.reminding import reminded_from
from tests.cast import Cast, Person
from tests.notices.letters import tick
from tests.seances.meeting import THEME, make_seance, set_back

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Paris


@pytest.fixture(autouse=True)
def on_monday(time_machine):
    time_machine.move_to(MONDAY, tick=True)
    return time_machine


def typed(cast: Cast, day: str, **more: str) -> dict[str, str]:
    return {"nature": "atelier", "theme": THEME, "jour": day, "heure": "9:00", "duree": "120", "lieu": "Salle du Lavoir",
            "animation": cast.ana.public_id, **more}  # fmt: skip


def page_of(visit, who: str) -> str:
    answer = visit.as_(who).get("/ce-qui-vous-attend")
    page = answer.get_data(as_text=True)
    answer.close()
    return page.split("<main")[1].split("</main>")[0].replace("\u00a0", " ").replace("\u202f", " ")


def plain(words: str) -> str:
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def chooses(database: Database, person: Person, rhythm: Rhythm) -> None:
    with database.system("a rhythm", write=True) as session:
        session.add(NoticeSettings(user_id=person.id, rhythm=rhythm))


def told(database: Database, person: Person) -> list[What]:
    with database.system("what a person was told of séances") as session:
        mine = Notice.user_id == person.id, Notice.seance_id.is_not(None)
        return list(session.scalars(select(Notice.what).where(*mine).order_by(Notice.id)))


def test_set_moved_and_called_off(app: Flask, visit, database: Database, cast: Cast, on_monday) -> None:
    chooses(database, cast.bruno, Rhythm.NEVER)
    ana = visit.as_("ana")
    sent = ana.send("/c/valombre/seances/nouvelle", typed(cast, "2026-12-08"))
    assert sent.status_code == 303, sent.get_data(as_text=True)[-900:]
    letters = {letter.to: letter for letter in tick(app)}
    assert cast.camille.address in letters and cast.dora.address in letters
    assert cast.ana.address not in letters, "she set it"
    assert cast.bruno.address not in letters, "he chose none"
    assert cast.ines.address not in letters and cast.gael.address not in letters
    letter = letters[cast.camille.address]
    for said in (plain(letter.text), plain(unescape(letter.html))):
        for words in (THEME, "Atelier annoncé : mardi 8 décembre, 9 h", sent.location):
            assert words in said, said
    assert "/desinscription/" in letter.message["List-Unsubscribe"]
    assert "Atelier annoncé : mardi 8 décembre, 9 h" in page_of(visit, "bruno"), "the page says it"
    assert THEME not in page_of(visit, "ines")
    on_monday.shift(timedelta(days=1))
    assert ana.send(f"{sent.location}/modifier", typed(cast, "2026-12-10")).status_code == 303
    page = page_of(visit, "dora")
    assert "Atelier changé de date ou de lieu : jeudi 10 décembre, 9 h" in page and "mardi 8" not in page
    assert {letter.to for letter in tick(app)} >= {cast.camille.address, cast.dora.address}
    assert ana.send(f"{sent.location}/annuler").status_code == 303
    page = page_of(visit, "dora")
    assert "Atelier annulé, prévu jeudi 10 décembre, 9 h" in page and "changé de date" not in page
    assert tick(app) == [], "one mail a day"
    on_monday.shift(timedelta(days=1))
    assert "Atelier annulé" in plain({letter.to: letter for letter in tick(app)}[cast.dora.address].text)


def test_its_page_once_opened_is_seen(visit, database: Database, cast: Cast) -> None:
    sent = visit.as_("ana").send("/c/valombre/seances/nouvelle", typed(cast, "2026-12-08"))
    assert THEME in page_of(visit, "camille")
    visit.as_("camille").get(sent.location).close()
    assert THEME not in page_of(visit, "camille") and THEME in page_of(visit, "dora")


def test_what_changes_the_day_before_does_not_wait(app: Flask, visit, database: Database, cast: Cast) -> None:
    sent = visit.as_("ana").send("/c/valombre/seances/nouvelle", typed(cast, "2026-11-24"))
    assert cast.camille.address in {letter.to for letter in tick(app)}
    assert visit.as_("ana").send(f"{sent.location}/annuler").status_code == 303
    assert "Atelier annulé" in plain({letter.to: letter for letter in tick(app)}[cast.camille.address].text), "the same day"


def test_reminded_once_in_the_last_mail_before_it(app: Flask, visit, database: Database, cast: Cast, on_monday) -> None:
    """On Thursday at nine: those who are written to each day, on Wednesday; each week, on Monday."""
    chooses(database, cast.dora, Rhythm.WEEKLY)
    made = make_seance(database, cast.ana, starts_in=timedelta(days=2, hours=23))  # Thursday, 9 h
    set_back(database, made, created_at=MONDAY - timedelta(days=20))
    letters = {letter.to: letter for letter in tick(app)}
    assert list(letters) == [cast.dora.address]
    assert "Atelier, rappel : jeudi 26 novembre, 9 h" in plain(letters[cast.dora.address].text)
    on_monday.shift(timedelta(days=2))
    letters = {letter.to: letter for letter in tick(app)}
    assert cast.camille.address in letters and cast.dora.address not in letters
    assert THEME in letters[cast.camille.address].text
    tick(app)
    assert told(database, cast.camille) == told(database, cast.dora) == [What.SEANCE_SOON]
    on_monday.shift(timedelta(days=2))
    tick(app)
    assert told(database, cast.camille) == [What.SEANCE_SOON]
    assert "rappel" not in page_of(visit, "bruno"), "it is over"


def test_set_late_called_off_or_begun_reminds_nobody(app: Flask, database: Database, cast: Cast) -> None:
    make_seance(database, cast.ana, starts_in=timedelta(hours=20))  # just announced
    off = make_seance(database, cast.ana, starts_in=timedelta(hours=20))
    set_back(database, off, created_at=MONDAY - timedelta(days=20), cancelled_at=MONDAY)
    tick(app)
    assert told(database, cast.camille) == []


@pytest.mark.parametrize(
    ("starts", "rhythm", "expected"),
    [
        ("2026-11-26T08:00", Rhythm.DAILY, "2026-11-25"),
        ("2026-11-23T08:00", Rhythm.DAILY, "2026-11-20"),  # on a Monday: the Friday before
        ("2026-11-29T08:00", Rhythm.DAILY, "2026-11-27"),  # on a Sunday
        ("2026-11-26T08:00", Rhythm.WEEKLY, "2026-11-23"),
        ("2026-11-23T08:00", Rhythm.WEEKLY, "2026-11-23"),
        ("2026-11-23T23:30", Rhythm.DAILY, "2026-11-23"),  # in Paris it is Tuesday already
    ],
)
def test_from_when_one_is_reminded(starts: str, rhythm: Rhythm, expected: str) -> None:
    found = reminded_from(datetime.fromisoformat(starts).replace(tzinfo=UTC), "Europe/Paris", rhythm)
    assert found == datetime.fromisoformat(f"{expected}T00:00+01:00")
