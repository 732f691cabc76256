"""The mails that tell what waits: when, to whom, what they may say, once; and never what was read or lost meanwhile."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import func, select, update

from rex import chores, clock, mail
from rex.collectifs.models import Collectif, Credential, Membership, User
from rex.journal.models import Audience, Entry, Recit
from rex.journal.moment_models import What
from rex.journal.together_models import CoAuthorInvitation
from rex.mail import Outbox
from rex.notices import composing
from rex.notices.models import Notice, NoticeSettings, Rhythm, UnsubscribeLink
from rex.notices.rhythms import choose
from tests.house.test_concurrency import at_once
from tests.making import make_recit
from tests.notices.letters import tick
from tests.notices.telling import has_news, kept, say, tell
from tests.notices.test_listening import make_thanks
from tests.notices.test_waiting import LOST, hide, invite
from tests.reading import WRONG_FRENCH

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Paris
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


def at(time_machine, when: datetime) -> None:
    time_machine.move_to(when, tick=False)


def chose(database, person, rhythm: Rhythm) -> None:
    with database.system("a person chooses", write=True) as session:
        choose(session, person.id, rhythm)


def mailed(database, person) -> list[bool]:
    return [notice.mailed_at is not None for notice in kept(database, person)]


def test_one_mail_a_day_gathers_what_waits(app, database, cast, on_monday):
    made, other = make_recit(database, cast.camille, "Le marché déplacé"), make_recit(database, cast.camille, "La rue rendue")
    message = say(database, cast.bruno, made.id)
    tell(database, cast.bruno, What.ANSWER, made.id, [cast.camille], message.id)
    tell(database, cast.dora, What.ANSWER, made.id, [cast.camille], say(database, cast.dora, made.id).id)
    tell(database, cast.ana, What.NOTE, other.id, [cast.camille])
    (letter,) = tick(app)
    assert (letter.to, letter.subject) == ("camille@exemple.fr", "Ce qui vous attend dans le journal")
    assert letter.text == WORDS.format(
        other=other.action_public_id, made=made.public_id, first=message.public_id, stop=letter.stop_url.rsplit("/", 1)[1]
    )
    assert tick(app) == [], "nobody is told twice"
    tell(database, cast.ana, What.ECHO, other.id, [cast.camille])
    on_monday.shift(timedelta(hours=3))
    assert tick(app) == [], "one a day"
    at(on_monday, MONDAY + A_DAY)
    (letter,) = tick(app)
    assert "Ana Belmonte vit cela aussi" in letter.text and "répondu" not in letter.text
    assert letter.subject == "Du nouveau : La rue rendue"


WORDS = """Bonjour Camille Roy,

Voici ce qui est nouveau pour vous.

La rue rendue
- Ana Belmonte a noté où des récits de l’action divergent ou se rejoignent
Lire :
http://127.0.0.1:8000/actions/{other}

Le marché déplacé
- Dora Lenoir et Bruno Maréchal ont répondu à votre récit
Lire :
http://127.0.0.1:8000/recits/{made}#e-{first}

Tout voir :
http://127.0.0.1:8000/ce-qui-vous-attend

Choisir le rythme de ces e-mails :
http://127.0.0.1:8000/compte/rythme

Ne plus les recevoir :
http://127.0.0.1:8000/desinscription/{stop}
"""


HOURS = [
    # Paris is one hour ahead of UTC in November, two in June
    ("2026-11-23T06:59:00", False),
    ("2026-11-23T07:00:00", True),
    ("2026-11-23T17:59:00", True),
    ("2026-11-23T18:00:00", False),
    ("2026-11-27T12:00:00", True),
    ("2026-11-28T12:00:00", False),  # Saturday
    ("2026-11-29T12:00:00", False),
    ("2026-06-22T06:00:00", True),
    ("2026-06-22T17:30:00", False),
]


@pytest.mark.parametrize("when, leaves", HOURS, ids=[when for when, _ in HOURS])
def test_on_weekdays_between_eight_and_nineteen(app, database, cast, on_monday, when, leaves):
    at(on_monday, datetime.fromisoformat(when).replace(tzinfo=UTC))
    made = make_recit(database, cast.camille)
    tell(database, cast.bruno, What.OTHER_RECIT, made.id, [cast.camille])
    assert len(tick(app)) == leaves


def test_the_hour_is_that_of_the_person(app, database, cast, on_monday):
    """Nine in the morning in Paris is the middle of the night in Cayenne, which opens four hours later."""
    with database.system("Orbe moves", write=True) as session:
        session.execute(update(Collectif).where(Collectif.id == cast.orbe_id).values(timezone="America/Cayenne"))
        session.execute(update(User).where(User.id == cast.noor.id).values(last_collectif_id=cast.orbe_id))
    at(on_monday, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    tell(database, cast.bruno, What.OTHER_RECIT, made.id, [cast.camille, cast.ines, cast.noor])
    assert [letter.to for letter in tick(app)] == ["camille@exemple.fr"]
    at(on_monday, datetime(2026, 11, 23, 11, 0, tzinfo=UTC))
    assert [letter.to for letter in tick(app)] == ["ines@exemple.fr", "noor@exemple.fr"]


def test_weekly_is_on_monday(app, database, cast, on_monday):
    chose(database, cast.camille, Rhythm.WEEKLY)
    made = make_recit(database, cast.camille)
    days = []
    for day in range(15):
        at(on_monday, MONDAY + day * A_DAY)
        tell(database, None, What.REREAD, made.id, [cast.camille])
        with database.system("each day something else", write=True) as session:
            session.execute(update(Notice).values(actor_id=[cast.bruno.id, cast.dora.id][day % 2]))
        days += [day] * len(tick(app))
    assert days == [0, 7, 14]


def test_a_monday_that_nobody_ticked_is_made_up_for(app, database, cast, on_monday):
    chose(database, cast.camille, Rhythm.WEEKLY)
    made = make_recit(database, cast.camille)
    at(on_monday, MONDAY - 3 * A_DAY)
    tell(database, cast.bruno, What.ECHO, made.id, [cast.camille])
    at(on_monday, MONDAY + A_DAY)
    assert len(tick(app)) == 1
    tell(database, cast.dora, What.ECHO, made.id, [cast.camille])
    at(on_monday, MONDAY + 2 * A_DAY)
    assert tick(app) == [] and len(at_monday(app, on_monday)) == 1


def at_monday(app, machine):
    at(machine, MONDAY + 7 * A_DAY)
    return tick(app)


def test_never_is_never_and_coming_back_brings_nothing_old(app, database, cast, on_monday):
    chose(database, cast.bruno, Rhythm.NEVER)
    made = make_recit(database, cast.camille, audience=None)
    invite(database, cast, made)
    told = make_recit(database, cast.camille)
    tell(database, cast.camille, What.OTHER_RECIT, told.id, [cast.bruno])
    assert tick(app) == [] and mailed(database, cast.bruno) == [True, True]
    chose(database, cast.bruno, Rhythm.DAILY)
    at(on_monday, MONDAY + A_DAY)
    assert tick(app) == []
    assert has_news(database, cast.bruno), "the journal itself still shows it"


def test_an_invitation_leaves_at_once_and_says_no_title(app, database, cast, on_monday):
    at(on_monday, datetime(2026, 11, 28, 23, 0, tzinfo=UTC))  # a Saturday night
    chose(database, cast.bruno, Rhythm.WEEKLY)
    made = make_recit(database, cast.camille, "Le marché déplacé", audience=None)
    told = make_recit(database, cast.camille, "Un récit lu")
    tell(database, cast.camille, What.OTHER_RECIT, told.id, [cast.bruno])
    invite(database, cast, made)
    (letter,) = tick(app)
    assert letter.subject == "Camille Roy vous invite à signer un récit"
    assert f"http://127.0.0.1:8000/recits/{made.public_id}/invitation" in letter.links
    assert "marché" not in letter.message.as_string() and "Un récit lu" not in letter.text
    assert mailed(database, cast.bruno) == [False, True]
    assert tick(app) == []


def test_a_consent_is_one_mail(app, visit, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé", audience=None, co_authors=(cast.bruno,))
    visit.as_("camille").send(f"{made.url}/publication", {"publier": "collectif"})
    (letter,) = tick(app)
    assert letter.subject == "Votre accord est attendu pour un récit"
    assert "Camille Roy propose de publier un récit que vous signez." in letter.text
    assert f"http://127.0.0.1:8000{made.url}/accord" in letter.links and "marché" not in letter.text


def test_an_invitation_that_was_answered_meanwhile_is_not_sent(app, database, cast):
    made = make_recit(database, cast.camille, audience=None)
    invite(database, cast, made)
    with database.system("they declined", write=True) as session:
        session.execute(update(CoAuthorInvitation).values(declined_at=clock.now()))
    assert tick(app) == []


def test_asked_again_is_said_again_at_most_once_a_day(app, database, cast, on_monday):
    made = make_recit(database, cast.camille, audience=None)
    invite(database, cast, made)
    assert len(tick(app)) == 1
    tell(database, cast.camille, What.CO_AUTHOR_ASKED, made.id, [cast.bruno])
    assert tick(app) == []
    at(on_monday, MONDAY + A_DAY)
    tell(database, cast.camille, What.CO_AUTHOR_ASKED, made.id, [cast.bruno])
    assert len(tick(app)) == 1


def test_thanks_say_who_and_no_word(app, database, cast):
    thanks = make_thanks(database, cast.dora, to_service=cast.service_ids["Voirie"], collectif_id=cast.valombre_id)
    tell(database, cast.dora, What.THANKS_RECEIVED, thanks, [cast.camille, cast.bruno, cast.jeanne])
    letters = tick(app)
    assert [letter.to for letter in letters] == ["bruno@exemple.fr", "camille@exemple.fr"]
    assert all("Dora Lenoir dit merci à votre équipe" in letter.text for letter in letters)


def test_what_was_seen_meanwhile_is_not_told(app, visit, database, cast):
    made = make_recit(database, cast.camille)
    tell(database, cast.dora, What.OTHER_RECIT, made.id, [cast.bruno, cast.paul])
    visit.as_("bruno").get(made.url, buffered=True)
    assert [letter.to for letter in tick(app)] == ["paul@exemple.fr"]


@pytest.mark.parametrize("how", LOST)
def test_right_lost_before_the_mail_is_written(app, database, cast, how):
    made = make_recit(database, cast.camille, "Le marché déplacé")
    tell(database, cast.dora, What.MENTION, made.id, [cast.bruno], say(database, cast.dora, made.id).id)
    LOST[how](database, cast)
    assert tick(app) == [], "never empty either"


def close(database, cast) -> None:
    with database.system("an account closes", write=True) as session:
        session.execute(update(User).where(User.id == cast.bruno.id).values(closed_at=clock.now()))


def stop(database, cast) -> None:
    chose(database, cast.bruno, Rhythm.NEVER)


def see(database, cast) -> None:
    with database.system("seen meanwhile", write=True) as session:
        session.execute(update(Notice).values(seen_at=clock.now()))


LATER = LOST | {"account closed": close, "rhythm": stop, "seen": see, "narrowed": hide(collectif_id=2)}


@pytest.mark.parametrize("how", LATER)
def test_right_lost_while_the_mail_waits_in_the_outbox(app, database, cast, how, monkeypatch):
    """The server answers to nobody for an hour; meanwhile the recipient may no longer read it."""
    made = make_recit(database, cast.camille, "Le marché déplacé")
    tell(database, cast.dora, What.MENTION, made.id, [cast.bruno], say(database, cast.dora, made.id).id)
    wait_in_the_outbox(app, database)
    LATER[how](database, cast)
    assert tick(app) == []
    with database.system("look at the outbox") as session:
        row = session.scalars(select(Outbox)).one()
        assert row.given_up_at is not None and row.sealed is None, "its words are forgotten"


def wait_in_the_outbox(app, database) -> None:
    assert composing.compose_due(database, app.extensions["rex"].config) == 1
    with database.system("it waits") as session:
        assert session.scalars(select(Outbox.sent_at)).all() == [None]


def test_what_is_left_of_a_mail_is_told_in_another(app, database, cast):
    made, other = make_recit(database, cast.camille, "Le marché déplacé"), make_recit(database, cast.camille, "La rue")
    for entry in (made, other):
        tell(database, cast.dora, What.OTHER_RECIT, entry.id, [cast.bruno])
    wait_in_the_outbox(app, database)
    with database.system("one is withdrawn", write=True) as session:
        session.execute(
            update(Entry).where(Entry.id == made.id).values(published_at=None, audience=None)
            .execution_options(synchronize_session=False)
        )
    assert tick(app) == []
    (letter,) = tick(app)
    assert "La rue" in letter.text and "marché" not in letter.message.as_string()
    assert tick(app) == []


def test_a_suspended_text_is_told_to_its_authors_without_its_title(app, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé")
    LOST["suspended"](database, cast)
    tell(database, cast.ana, What.SUSPENDED, made.id, [cast.camille, cast.bruno])
    (letter,) = tick(app)
    assert letter.to == "camille@exemple.fr" and "Votre récit est suspendu : l’animation vous dit pourquoi" in letter.text
    assert "marché" not in letter.message.as_string()


def test_killed_half_way_nobody_is_told_twice_and_all_are_told(app, database, cast, monkeypatch):
    made = make_recit(database, cast.camille)
    tell(database, cast.camille, What.OTHER_RECIT, made.id, [cast.bruno, cast.dora, cast.paul])
    config, real, written = app.extensions["rex"].config, mail.post, []

    def dies(session, *letters) -> None:
        real(session, *letters)
        written.append(letters)
        if len(written) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(mail, "post", dies)
    with pytest.raises(KeyboardInterrupt):
        composing.compose_due(database, config)
    monkeypatch.setattr(mail, "post", real)
    with database.system("one is written, with its mark") as session:
        assert session.scalar(select(func.count(Outbox.id))) == 1
        assert session.scalar(select(func.count(Notice.id)).where(Notice.mailed_at.is_not(None))) == 1
    assert [letter.to for letter in tick(app)] == ["bruno@exemple.fr", "dora@exemple.fr", "paul@exemple.fr"]


def test_twice_at_once_writes_one_mail(app, database, cast):
    """Two that compose at the same time, as when a lease ran out under a slow machine."""
    made = make_recit(database, cast.camille)
    people = [cast.bruno, cast.dora, cast.paul, cast.jeanne]
    tell(database, cast.camille, What.OTHER_RECIT, made.id, people)
    config = app.extensions["rex"].config
    at_once([lambda: composing.compose_due(database, config)] * 3)
    with database.system("count") as session:
        assert session.scalar(select(func.count(Outbox.id))) == len(people)
    assert len(tick(app)) == len(people)


def test_mails_about_one_entry_follow_each_other(app, database, cast, on_monday):
    made, other = make_recit(database, cast.camille, "Le marché déplacé"), make_recit(database, cast.camille, "La rue")
    found = []
    for day, (what, entry) in enumerate([(What.ECHO, made), (What.NOTE, made), (What.ECHO, other)]):
        at(on_monday, MONDAY + day * A_DAY)
        tell(database, cast.bruno, what, entry.id, [cast.camille])
        found += tick(app)
    first, second, third = (letter.message for letter in found)
    assert first["References"] == first["In-Reply-To"] == second["References"] == f"<{made.public_id}.entree@localhost>"
    assert first["Subject"] == second["Subject"] and third["References"] != first["References"]
    assert len({message["Message-ID"] for message in (first, second, third)}) == 3


def test_both_parts_say_the_same_in_good_french(app, database, cast):
    made = make_recit(database, cast.camille, "Que faire : le marché ?")
    thanks = make_thanks(database, cast.dora, to_user=cast.camille.id, collectif_id=cast.valombre_id)
    tell(database, cast.bruno, What.ANSWER, made.id, [cast.camille], say(database, cast.bruno, made.id).id)
    tell(database, cast.dora, What.THANKS_RECEIVED, thanks, [cast.camille])
    draft = make_recit(database, cast.bruno, audience=None, co_authors=(cast.camille,))
    with database.system("asked", write=True) as session:
        session.add(CoAuthorInvitation(entry_id=draft.id, user_id=cast.camille.id, invited_by_id=cast.bruno.id))
    tell(database, cast.bruno, What.CO_AUTHOR_ASKED, draft.id, [cast.camille])
    letters = tick(app)
    assert len(letters) == 2
    for letter in letters:
        part = letter.message.get_body(("plain",))
        assert part is not None
        for words in (str(letter.message["Subject"]), *part.get_content().splitlines()):
            assert words.startswith("http") or not WRONG_FRENCH.search(words), words
        shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(letter.html.split("<body", 1)[1])))
        for line in letter.text.splitlines():
            words = line.removeprefix("- ").removesuffix(" :").strip()
            assert words.startswith("http") or words in shown.replace("\u202f", " ").replace("\u00a0", " "), words
        assert set(re.findall(r'href="([^"]+)"', letter.html)) == set(letter.links)
        assert not re.search(r"<img|<script|<link|src=", letter.html)


def test_hundreds_of_notices_make_one_mail_that_can_be_read(app, database, cast):
    with database.system("many entries", write=True) as session:
        for rank in range(60):
            entry = make_entry(session, cast, rank)
            session.add(Notice(user_id=cast.bruno.id, what=What.OTHER_RECIT, entry_id=entry, actor_id=cast.dora.id))
    (letter,) = tick(app)
    assert letter.text.count("raconte aussi cette action") == 30 and "Le reste est dans le journal." in letter.text
    assert mailed(database, cast.bruno) == [True] * 60 and tick(app) == []


def make_entry(session, cast, rank: int) -> int:
    recit = Recit(
        collectif_id=cast.valombre_id, title=f"Récit {rank}", audience=Audience.COLLECTIF, published_at=clock.now()
    )
    session.add(recit)
    session.flush()
    return recit.id


def test_many_people_are_written_to_some_at_each_tick(app, database, cast, count_statements):
    """A bounded number of people at each tick, a bounded number of statements for each, none twice."""
    made = make_recit(database, cast.camille)
    with database.system("a large collectif", write=True) as session:
        people = [User(name=f"Membre {rank}") for rank in range(450)]
        session.add_all(people)
        session.flush()
        for person in people:
            session.add(Membership(user_id=person.id, collectif_id=cast.valombre_id, college="habitant"))
            session.add(Credential(user_id=person.id, address=f"membre{person.id}@exemple.fr"))
            session.add(Notice(user_id=person.id, what=What.OTHER_RECIT, entry_id=made.id, actor_id=cast.camille.id))
    config = app.extensions["rex"].config
    with count_statements() as seen:
        assert composing.compose_due(database, config) == composing.MOST
    assert len(seen) < composing.MOST * 14
    assert composing.compose_due(database, config) == 450 - composing.MOST
    with count_statements() as seen:
        assert composing.compose_due(database, config) == 0
    assert len(seen) <= 4, "nothing to tell costs a tick next to nothing"
    with database.system("count") as session:
        assert session.scalar(select(func.count(Outbox.id))) == 450


def test_old_notices_and_links_are_forgotten(app, database, cast, on_monday):
    made = make_recit(database, cast.camille)
    tell(database, cast.bruno, What.ECHO, made.id, [cast.camille, cast.dora])
    assert len(tick(app)) == 2
    see_one(database, cast)
    at(on_monday, MONDAY + 91 * A_DAY)
    tick(app)
    assert kept(database, cast.camille) == [] and len(kept(database, cast.dora)) == 1
    at(on_monday, MONDAY + 401 * A_DAY)
    tick(app)
    assert kept(database, cast.dora) == []
    with database.system("look") as session:
        assert session.scalar(select(func.count(UnsubscribeLink.id))) == 0
        assert session.scalars(select(NoticeSettings.rhythm)).all() == [Rhythm.DAILY, Rhythm.DAILY]


def see_one(database, cast) -> None:
    with database.system("seen", write=True) as session:
        session.execute(update(Notice).where(Notice.user_id == cast.camille.id).values(seen_at=clock.now()))


def test_the_chore_comes_before_the_mails_leave(app):
    installation = app.extensions["rex"]
    names = [chore.name for chore in chores.chores_of(installation.database, installation.config)]
    assert names.index("notices") < names.index("mails"), "what is written now leaves now"
