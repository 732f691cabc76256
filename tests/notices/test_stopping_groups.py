"""Every mail about a group stops the mails of groups in one click (RFC 8058): no sign-in, no name of a group; the others go on."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from rex.db import Database
from rex.journal.moments import What
from rex.mail import Outbox
from rex.notices.models import NoticeSettings, Rhythm, UnsubscribeLink
from tests.cast import Cast
from tests.making import make_group, make_recit
from tests.notices.letters import tick
from tests.notices.telling import tell
from tests.peer_groups.groups import mails, make_decision
from tests.seances.meeting import make_seance

CALLED = "Zéphyrine"
STOP = "Ne plus recevoir de mails de mes groupes"


@pytest.fixture(autouse=True)
def on_monday(time_machine):
    time_machine.move_to("2026-11-23T09:00:00+00:00", tick=True)


@pytest.fixture
def group(database: Database, cast: Cast):
    return make_group(database, cast.dora, cast.camille, called=CALLED)


def settings_of(database: Database, user_id: int) -> tuple[Rhythm, bool]:
    with database.system("what a person chose") as session:
        row = session.scalars(select(NoticeSettings).where(NoticeSettings.user_id == user_id)).first()
        return (row.rhythm, row.silences_groups) if row else (Rhythm.DAILY, False)


def stopped_at(letter) -> str:
    """The path of the one-click address of a mail."""
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<https?://[^/]+(/mails-de-groupes/[\w-]+)>", letter.message["List-Unsubscribe"])
    assert found, letter.message["List-Unsubscribe"]
    return found[1]


def test_a_question_of_a_group_is_stopped_in_one_click(app: Flask, database: Database, cast: Cast, group, visit) -> None:
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Inès Carle", "email": "ines@exemple.fr"})
    [letter] = tick(app)
    path = stopped_at(letter)
    assert letter.to == cast.camille.address and path in letter.text and path in letter.html
    assert STOP in letter.text.replace("\u00a0", " ") and STOP in letter.html
    stranger = visit.as_(None)
    page = stranger.get(path)
    assert page.status_code == 200 and STOP in page.get_data(as_text=True)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert settings_of(database, cast.camille.id) == (Rhythm.DAILY, False), "looking stops nothing"
    done = stranger.post(path, data={"List-Unsubscribe": "One-Click"})
    said = done.get_data(as_text=True)
    assert done.status_code == 200 and "de vos groupes" in said
    assert not any(word in said + page.get_data(as_text=True) for word in (CALLED, group.public_id, "Camille", "Dora"))
    assert settings_of(database, cast.camille.id) == (Rhythm.DAILY, True)
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Paul Ferry", "email": "paul@exemple.fr"})
    assert tick(app) == []
    recit = make_recit(database, cast.bruno)
    tell(database, cast.bruno, What.MENTION, recit.id, [cast.camille])
    assert [one.to for one in tick(app)] == [cast.camille.address], "the others go on"


def test_an_unknown_address_answers_alike_and_the_two_do_not_mix(app: Flask, database: Database, cast: Cast, group, visit) -> None:
    make_recit(database, cast.dora, group=group.id)
    [letter] = tick(app)
    path = stopped_at(letter)
    token = path.rsplit("/", 1)[1]
    stranger = visit.as_(None)
    invented = stranger.post("/mails-de-groupes/rien-de-tel", data={"List-Unsubscribe": "One-Click"})
    crossed = stranger.post(f"/desinscription/{token}", data={"List-Unsubscribe": "One-Click"})
    assert invented.status_code == crossed.status_code == 200
    assert settings_of(database, cast.camille.id)[0] is Rhythm.DAILY, "the address of groups stops nothing else"
    real = stranger.post(path, data={"List-Unsubscribe": "One-Click"})
    assert real.get_data() == invented.get_data()
    assert settings_of(database, cast.camille.id) == (Rhythm.DAILY, True)
    with database.system("kept hashed") as session:
        assert token not in {row.token_hash for row in session.scalars(select(UnsubscribeLink))}


def test_a_mail_that_speaks_of_both_has_both(app: Flask, database: Database, cast: Cast, group) -> None:
    make_recit(database, cast.dora, group=group.id)
    recit = make_recit(database, cast.bruno)
    tell(database, cast.bruno, What.MENTION, recit.id, [cast.camille])
    [letter] = [one for one in tick(app) if one.to == cast.camille.address]
    assert "/desinscription/" in letter.message["List-Unsubscribe"]
    for part in (letter.text, letter.html):
        assert "/desinscription/" in part and "/mails-de-groupes/" in part


def test_a_seance_says_its_hour_and_stops_too(app: Flask, database: Database, cast: Cast, group, visit) -> None:
    made = make_seance(database, cast.dora, group.public_id)
    moved = {"theme": "", "jour": "2026-12-01", "heure": "9:00", "duree": "120", "animation": cast.dora.public_id}
    assert visit.as_("dora").send(f"{made.url}/modifier", moved).status_code == 303
    [letter] = tick(app)
    assert letter.subject == "Du nouveau dans un de vos groupes"
    said = letter.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Votre prochaine séance, mardi 1er décembre, 9 h." in said, said
    assert stopped_at(letter) in letter.html
    for word in (CALLED, group.public_id, made.public_id, "Dora", "Lavoir", "mauvaise nouvelle"):
        assert word not in letter.message.as_string() + letter.text + letter.html, word


def test_who_was_only_invited_finds_the_choice_again(database: Database, cast: Cast, group, visit) -> None:
    make_decision(database, cast.dora, group.id)
    paul = visit.as_("paul")
    assert "groupes-jamais" not in paul.get("/compte/rythme").get_data(as_text=True)
    with database.system("Paul stopped them from an invitation", write=True) as session:
        session.add(NoticeSettings(user_id=cast.paul.id, silences_groups=True))
    assert "groupes-jamais" in paul.get("/compte/rythme").get_data(as_text=True)
    assert paul.send("/compte/rythme", {"rythme": "quotidien"}).status_code == 303
    assert settings_of(database, cast.paul.id) == (Rhythm.DAILY, False)
    assert mails(database) == [] and _written(database) == 0


def _written(database: Database) -> int:
    with database.system("every mail that was written") as session:
        return len(session.scalars(select(Outbox.id)).all())
