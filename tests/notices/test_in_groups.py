"""What happens in a peer group is told outside of it in one sentence that names nothing, to who may still read it."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from rex import mail
from rex.collectifs.group_models import GroupMember
from rex.db import Database
from rex.journal.consents import ask
from rex.journal.models import Audience, Recit
from rex.journal.moments import What
from rex.notices import composing
from rex.notices.composing import compose_due
from rex.notices.listening import forget_group
from rex.notices.models import Notice, NoticeSettings
from tests.cast import Cast
from tests.making import make_exchange, make_group, make_recit, reader_of
from tests.notices.letters import tick
from tests.notices.telling import has_news, kept, tell
from tests.peer_groups.test_sealing import join

SECRETS = ("Zéphyrine", "Quetzal", "Brixolette")
SAID = "Du nouveau dans un de vos groupes"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Paris


@pytest.fixture(autouse=True)
def on_monday(time_machine):
    time_machine.move_to(MONDAY, tick=True)
    return time_machine


@pytest.fixture
def room(database: Database, cast: Cast):
    group = make_group(database, cast.dora, cast.camille, cast.ines, called="Zéphyrine")
    recit = make_recit(database, cast.dora, "Quetzal", {"faits": "Brixolette"}, group=group.id)
    join(database, group.id, cast.noor)
    return group, recit


def page_of(visit, who: str) -> str:
    """« Ce qui vous attend », what stands in it."""
    return visit.as_(who).get("/ce-qui-vous-attend").get_data(as_text=True).split("<main")[1].split("</main>")[0]


def test_members_hear_that_something_is_new(database: Database, cast: Cast, room, visit):
    group, recit = room
    heard = {who for who, person in cast.people.items() if kept(database, person)}
    assert heard == {"camille", "ines"}, "neither who told it, nor who came later, nor anybody outside"
    make_exchange(database, cast.dora, recit.public_id, "Brixolette, @Inès Carle ?")
    page = page_of(visit, "ines")
    assert SAID in page and page.count(SAID) == 1, "gathered"
    assert f"/groupes-de-pairs/{group.public_id}" in page
    assert not any(word in page for word in (*SECRETS, "Dora", recit.public_id))
    for who in ("noor", "ana", "paul", "bruno"):
        assert SAID not in page_of(visit, who), who
        assert not has_news(database, cast.people[who]), who


def test_the_mail_says_no_more_and_its_headers_nothing(app, database: Database, cast: Cast, room):
    group, recit = room
    letters = tick(app)
    assert [letter.to for letter in letters] == [cast.camille.address, cast.ines.address]
    for letter in letters:
        assert letter.subject == SAID and SAID in letter.text and SAID in letter.html
        assert not {"References", "In-Reply-To", "List-Id"} & set(letter.message.keys())
        whole = letter.message.as_string() + letter.text + letter.html
        for word in (*SECRETS, "Dora", group.public_id, recit.public_id):
            assert word not in whole, word


@pytest.mark.parametrize("when", ["before it is written", "before it leaves"])
def test_a_group_whose_key_is_lost_holds_no_mail_back(app, database: Database, cast: Cast, room, when):
    """Its own says the same sentence, which needs no key; those of the journal leave beside it."""
    group, _ = room
    tell(database, cast.noor, What.ECHO, make_recit(database, cast.ines, "Un récit ouvert").id, [cast.ines])
    if when == "before it leaves":
        compose_due(database, app.extensions["rex"].config)
    (database.keyring.folder / f"groupe-{group.public_id}.key").unlink()
    database.keyring.forget_gone()
    letters = {letter.to: letter for letter in tick(app)}
    assert set(letters) == {cast.camille.address, cast.ines.address}
    assert "Un récit ouvert" in letters[cast.ines.address].text and SAID in letters[cast.ines.address].text
    assert not any(word in letter.text for letter in letters.values() for word in (*SECRETS, "clé"))


def test_what_is_wrong_for_one_person_holds_nobody_back(app, database: Database, cast: Cast, room, monkeypatch):
    real = composing.told_to

    def told_to(session, reader, **which):
        if reader.user_id == cast.camille.id:
            raise RuntimeError("something nobody thought of")
        return real(session, reader, **which)

    with monkeypatch.context() as at_first:
        at_first.setattr(composing, "told_to", told_to)
        with pytest.raises(RuntimeError):
            compose_due(database, app.extensions["rex"].config)
    with database.system("who was written to meanwhile") as session:
        assert len(session.scalars(select(mail.Outbox.id)).all()) == 1
    assert [letter.to for letter in tick(app)] == [cast.camille.address, cast.ines.address], "hers was not taken for told"


def test_who_left_meanwhile_is_not_written_to(app, database: Database, cast: Cast, room):
    """The mail waits in the outbox, its right is asked once more when it leaves."""
    compose_due(database, app.extensions["rex"].config)
    with database.system("Inès leaves", write=True) as session:
        assert len(session.scalars(select(mail.Outbox.id)).all()) == 2
        session.execute(update(GroupMember).where(GroupMember.user_id == cast.ines.id).values(left_at=GroupMember.arrived_at))
    assert [letter.to for letter in tick(app)] == [cast.camille.address]


def test_a_member_may_make_it_stricter(app, database: Database, cast: Cast, room, visit):
    client = visit.as_("ines")
    assert "Vos groupes de pairs" in client.get("/compte/rythme").get_data(as_text=True)
    assert "Vos groupes de pairs" not in visit.as_("bruno").get("/compte/rythme").get_data(as_text=True)
    sent = client.send("/compte/rythme", {"rythme": "quotidien", "groupes-jamais": "oui"})
    assert sent.status_code == 303
    assert re.search(r'id="groupes-jamais"[^>]* checked', client.get("/compte/rythme").get_data(as_text=True))
    make_open = make_recit(database, cast.ines, "Un récit ouvert")
    tell(database, cast.noor, What.ECHO, make_open.id, [cast.ines])
    letters = {letter.to: letter.subject for letter in tick(app)}
    assert letters[cast.camille.address] == SAID
    assert "ouvert" in letters[cast.ines.address], "the rest is told as before"
    assert SAID in page_of(visit, "ines"), "the page says it still"
    client.send("/compte/rythme", {"rythme": "quotidien"})
    with database.system("what she chose") as session:
        assert session.scalar(select(NoticeSettings.silences_groups).where(NoticeSettings.user_id == cast.ines.id)) is False


def test_a_consent_asked_in_a_group_says_where_to_answer_and_no_more(app, database: Database, cast: Cast, room, visit):
    group, _ = room
    draft = make_recit(database, cast.dora, "Quetzal", group=group.id, audience=None, co_authors=(cast.ines,))
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.dora)
        recit = session.scalars(select(Recit).where(Recit.id == draft.id)).one()
        ask(session, who, recit, Audience.GROUPE, "")
        session.commit()
    page = page_of(visit, "ines")
    assert "On attend votre réponse dans un de vos groupes" in page and f"/recits/{draft.public_id}/accord" in page
    assert not any(word in page for word in (*SECRETS, "Dora"))
    (letter,) = [one for one in tick(app) if one.to == cast.ines.address and "On attend votre réponse" in one.text]
    assert letter.subject == SAID and "References" not in letter.message
    whole = letter.message.as_string() + letter.text + letter.html
    assert not any(word in whole for word in (*SECRETS, "Dora", draft.public_id, group.public_id))


def test_opening_the_room_shows_what_is_new(database: Database, cast: Cast, room, visit):
    _, recit = room
    client = visit.as_("ines")
    client.get(recit.url).close()  # what was shown is seen once the answer has left
    assert [one.what for one in kept(database, cast.ines) if one.seen_at is None] == []
    assert SAID not in page_of(visit, "ines")


def test_nothing_waits_for_who_left(database: Database, cast: Cast, room):
    group, _ = room
    with database.session(write=True) as session:
        session.reader = reader_of(session, cast.dora)
        forget_group(session, group.id, [cast.ines.id])
        session.commit()
    assert kept(database, cast.ines) == [] and not has_news(database, cast.ines)
    assert kept(database, cast.camille) != []


def test_a_notice_holds_no_word(database: Database, cast: Cast, room):
    assert {column.name for column in Notice.__table__.columns} == {
        "id", "user_id", "what", "entry_id", "exchange_id", "seance_id", "reading_id", "actor_id", "created_at", "seen_at",
        "mailed_at",
    }


