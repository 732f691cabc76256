"""Opening a group to read: asked of all, three days ahead, counted and named while it lasts, over by itself, written afterwards."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from rex import clock
from rex.access import everybody_in, group_readers, visible_entries, visible_exchanges, who_reads
from rex.collectifs.group_models import GroupOpening
from rex.journal.models import Entry
from rex.peer_groups.invitations import propose_person
from rex.peer_groups.mails import tick as groups_tick
from rex.peer_groups.models import Decision, DecisionKind, Outcome
from tests.making import make_exchange, make_group, make_recit, reader_of
from tests.peer_groups.groups import asked, config_of, decisions, inside, mails, tick, to_whom, was_away
from tests.peer_groups.test_joining import text_of, vote

MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
INVITED = {"name": "Jeanne L.", "email": "jeanne@exemple.fr", "until": "2027-01-14", "why": "Elle écrit sur nos métiers."}


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def propose(visit, who: str, url: str, **changed: str):
    return visit.as_(who).send(f"{url}/ouvrir", {**INVITED, **changed})


def question(database) -> str:
    return decisions(database, DecisionKind.OUVERTURE)[-1][0]


def opening(database) -> GroupOpening:
    with database.system("the last opening") as session:
        return session.scalars(select(GroupOpening).order_by(GroupOpening.id.desc())).first()


def opened(visit, database, time_machine, url: str, *voters: str, **changed: str) -> None:
    """Dora proposes, all say yes, three days pass, Jeanne accepts the pacte; it is Thursday."""
    propose(visit, "dora", url, **changed)
    for who in voters:
        vote(visit, who, url, question(database))
    time_machine.move_to(MONDAY + timedelta(hours=72), tick=False)
    assert visit.as_("jeanne").send(f"{url}/lecture", {"reponse": "oui", "version": "1"}).status_code == 303


def status(visit, who: str, path: str) -> int:
    return visit.as_(who).get(path).status_code


def test_every_member_is_asked_those_away_too(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul, cast.noor)
    was_away(database, group.id, cast.noor, 200)
    assert propose(visit, "paul", group.url).status_code == 303, "any member may propose"
    assert asked(database, question(database)) == {cast.dora.id: None, cast.paul.id: True, cast.noor.id: None}
    page = text_of(visit.as_("dora").get(f"{group.url}/decisions/{question(database)}"))
    assert "Jeanne L. (jeanne@exemple.fr)" in page and "14 janvier" in page and "Elle écrit sur nos métiers." in page
    assert "le oui de chaque personne consultée" in page and "7 janvier 2027 à 10 h" in page
    assert to_whom(database, cast) == ["dora", "noor"], "the person hears nothing yet"


def test_nothing_opens_before_all_said_yes_nor_before_three_days(visit, database, cast, app, time_machine):
    group = make_group(database, cast.dora, cast.paul, cast.noor)
    propose(visit, "dora", group.url)
    vote(visit, "paul", group.url, question(database))
    time_machine.move_to(MONDAY + timedelta(days=4), tick=False)
    assert status(visit, "jeanne", f"{group.url}/lecture") == 404, "one silence"
    time_machine.move_to(MONDAY + timedelta(hours=1), tick=False)
    vote(visit, "noor", group.url, question(database))
    assert decisions(database, DecisionKind.OUVERTURE)[-1][1] is Outcome.ACCEPTED
    time_machine.move_to(MONDAY + timedelta(hours=72, seconds=-1), tick=False)
    groups_tick(database, config_of(app))
    assert status(visit, "jeanne", f"{group.url}/lecture") == 404 and "jeanne" not in to_whom(database, cast)
    assert visit.as_("jeanne").send(f"{group.url}/lecture", {"reponse": "oui", "version": "1"}).status_code == 404
    time_machine.move_to(MONDAY + timedelta(hours=72), tick=False)
    assert status(visit, "jeanne", f"{group.url}/lecture") == 200, "the clock opens, not the ticker"
    groups_tick(database, config_of(app))
    groups_tick(database, config_of(app))
    assert to_whom(database, cast).count("jeanne") == 1
    assert not any("DGS" in str(letter) or group.public_id in str(letter) for letter in mails(database))


def test_one_no_and_one_silence_end_alike(visit, database, cast, app, time_machine):
    for said in ("non", None):
        group = make_group(database, cast.dora, cast.paul)
        propose(visit, "dora", group.url)
        if said:
            vote(visit, "paul", group.url, question(database), said)
        before = clock.now()
        time_machine.move_to(before + timedelta(days=9, hours=14), tick=False)  # answers end a day before
        tick(app)
        assert decisions(database, DecisionKind.OUVERTURE)[-1][1] is Outcome.NOT_ACCEPTED
        assert "Cela n’a pas été accepté." in text_of(visit.as_("dora").get(f"{group.url}/decisions/{question(database)}"))
        assert opening(database) is None
        time_machine.move_to(MONDAY, tick=False)


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("name", "", "Donnez le nom"),
        ("email", "jeanne", "Attendu"),
        ("until", "demain", "Choisissez un jour"),
        ("until", "2027-01-07", "du vendredi 8 janvier 2027"),
        ("until", "2027-02-04", "au mercredi 3 février 2027"),
        ("why", " ", "Écrivez pourquoi"),
    ],
)
def test_what_cannot_be_asked_comes_back_with_all_that_was_typed(visit, database, cast, field, value, sentence):
    group = make_group(database, cast.dora, cast.paul)
    answer = propose(visit, "dora", group.url, **{"name": "Jeanne tapée", "shows_past": "y", field: value})
    page = text_of(answer)
    assert answer.status_code == 422 and sentence in page
    assert "checked" in page and (field == "name" or "Jeanne tapée" in page)
    assert decisions(database, DecisionKind.OUVERTURE) == []


def test_an_address_without_account_is_asked_and_written_as_any_other(visit, database, cast, time_machine):
    pages = []
    for address in ("jeanne@exemple.fr", "rien@exemple.fr"):
        time_machine.move_to(MONDAY, tick=False)
        group = make_group(database, cast.dora)
        answer = propose(visit, "dora", group.url, email=address)
        drawn = text_of(visit.as_("dora").get(answer.location))
        time_machine.move_to(MONDAY + timedelta(days=3), tick=False)
        for path in ("", "/membres"):
            drawn += text_of(visit.as_("dora").get(group.url + path))
        pages.append(re.sub(r'(value|action|href|nonce)="[^"]*"', "", drawn.replace(address, "…")))
    assert "Si ce compte existe" in pages[0] and "n’a pas encore répondu" in pages[0]
    assert pages[0] == pages[1]


def test_while_it_is_open_the_person_reads_and_is_counted_and_named(visit, database, cast, time_machine):
    group = make_group(database, cast.dora, cast.paul)
    before = make_recit(database, cast.dora, "Ce qui précède", group=group.id)
    opened(visit, database, time_machine, group.url, "paul")
    since = make_recit(database, cast.paul, "Ce qui commence", {"faits": "Un carrefour."}, group=group.id)
    said = make_exchange(database, cast.dora, since.public_id, "Une question au milieu.")
    jeanne = visit.as_("jeanne")
    room = text_of(jeanne.get(group.url))
    assert "DGS de la vallée" in room and "Ce qui commence" in room and "Ce qui précède" not in room
    assert "jusqu’au jeudi 14 janvier" in room
    page = text_of(jeanne.get(f"/recits/{since.public_id}"))
    assert "Un carrefour." in page and "Une question au milieu." in page and said
    assert jeanne.get(f"/recits/{before.public_id}").status_code == 404
    assert "Ce qui commence" in text_of(jeanne.get(f"{group.url}/fil"))
    for who in ("dora", "jeanne"):
        told = text_of(visit.as_(who).get(f"/recits/{since.public_id}"))
        assert "Confidentiel, 3 personnes" in told and "Jeanne Lartigue jusqu’au 14 janvier, en lecture" in told
    assert "Confidentiel, 2 personnes" in text_of(visit.as_("dora").get(f"/recits/{before.public_id}"))
    form = text_of(visit.as_("dora").get(f"{group.url}/partager"))
    assert "avec les 2 et Jeanne Lartigue jusqu’au 14 janvier, en lecture" in form
    answering = text_of(visit.as_("dora").get(f"/recits/{since.public_id}/repondre"))
    assert "devant les 2 et Jeanne Lartigue jusqu’au 14 janvier, en lecture" in answering
    with database.system("who is what") as session:
        view = everybody_in(session, group.id)
        assert view.count == 3 and [guest.user_id for guest in view.guests] == [cast.jeanne.id]
        assert cast.jeanne.id not in {user_id for user_id, _ in group_readers(session, group.id)}


def test_all_that_was_said_before_is_read_only_if_the_members_said_so(visit, database, cast, time_machine):
    group = make_group(database, cast.dora, cast.paul)
    before = make_recit(database, cast.dora, "Ce qui précède", group=group.id)
    make_exchange(database, cast.paul, before.public_id, "Dit il y a longtemps.")
    opened(visit, database, time_machine, group.url, "paul", shows_past="y")
    assert "Dit il y a longtemps." in text_of(visit.as_("jeanne").get(f"/recits/{before.public_id}"))
    assert "Confidentiel, 3 personnes" in text_of(visit.as_("dora").get(f"/recits/{before.public_id}"))


def test_it_ends_by_itself_at_the_date_and_stays_written(visit, database, cast, time_machine):
    group = make_group(database, cast.dora, cast.paul)
    opened(visit, database, time_machine, group.url, "paul")
    recit = make_recit(database, cast.paul, "Ce qui commence", group=group.id)
    time_machine.move_to(datetime(2027, 1, 14, 22, 59, tzinfo=UTC), tick=False)
    assert status(visit, "jeanne", group.url) == status(visit, "jeanne", f"/recits/{recit.public_id}") == 200
    time_machine.move_to(datetime(2027, 1, 14, 23, 0, tzinfo=UTC), tick=False)
    for path in (group.url, f"{group.url}/fil", f"{group.url}/lecture", f"/recits/{recit.public_id}"):
        assert status(visit, "jeanne", path) == 404
    page = text_of(visit.as_("paul").get(f"{group.url}/membres"))
    assert "Ouvertures passées" in page and "Jeanne Lartigue" in page
    assert "du jeudi 7 janvier 2027 au jeudi 14 janvier 2027" in page and "Proposé par Dora Lenoir." in page
    assert "Confidentiel, 2 personnes" in page


@pytest.mark.parametrize("who", ["dora", "paul", "jeanne"])
def test_any_member_or_the_person_ends_it_at_once(visit, database, cast, time_machine, who):
    group = make_group(database, cast.dora, cast.paul)
    opened(visit, database, time_machine, group.url, "paul")
    recit = make_recit(database, cast.paul, "Ce qui commence", group=group.id)
    reading = visit.as_("jeanne")
    assert reading.get(f"/recits/{recit.public_id}").status_code == 200
    if who == "jeanne":
        assert visit.as_(who).send(f"{group.url}/lecture", {"reponse": "fin"}).status_code == 303
    else:
        path = f"{group.url}/ouvertures/{opening(database).public_id}/fin"
        assert visit.as_(who).get(path).status_code == 200
        assert visit.as_(who).send(path).status_code == 303
    assert reading.get(f"/recits/{recit.public_id}").status_code == 404, "on the very next request"
    assert reading.get(group.url).status_code == 404
    assert "arrêté avant la date" in text_of(visit.as_("dora").get(f"{group.url}/membres"))


def test_a_member_stops_it_before_it_begins(visit, database, cast, time_machine):
    group = make_group(database, cast.dora)
    propose(visit, "dora", group.url)
    visit.as_("dora").send(f"{group.url}/ouvertures/{opening(database).public_id}/fin")
    time_machine.move_to(MONDAY + timedelta(days=4), tick=False)
    assert status(visit, "jeanne", f"{group.url}/lecture") == 404
    assert "avant de commencer" in text_of(visit.as_("dora").get(f"{group.url}/membres"))


@pytest.mark.parametrize("by_date", [True, False])
def test_who_declined_is_not_kept_once_it_is_over(visit, database, cast, app, time_machine, by_date):
    group = make_group(database, cast.dora)
    propose(visit, "dora", group.url)
    time_machine.move_to(MONDAY + timedelta(days=3), tick=False)
    visit.as_("jeanne").send(f"{group.url}/lecture", {"reponse": "non"})
    tick(app)
    assert opening(database).declined_at is not None, "she is not asked again meanwhile"
    if by_date:
        time_machine.move_to(MONDAY + timedelta(days=40), tick=False)
        tick(app)
    else:
        visit.as_("dora").send(f"{group.url}/ouvertures/{opening(database).public_id}/fin")
    assert opening(database).declined_at is None and status(visit, "jeanne", f"{group.url}/lecture") == 404


def test_declining_is_told_to_nobody(visit, database, cast, time_machine):
    group = make_group(database, cast.dora)
    propose(visit, "dora", group.url)
    time_machine.move_to(MONDAY + timedelta(days=3), tick=False)
    page = text_of(visit.as_("jeanne").get(f"{group.url}/lecture"))
    assert "Dora Lenoir" in page and "Ce qui se dit ici reste ici." in page
    before = text_of(visit.as_("dora").get(f"{group.url}/membres"))
    waiting = mails(database)
    assert visit.as_("jeanne").send(f"{group.url}/lecture", {"reponse": "non"}).status_code == 303
    noise = re.compile(r'(value|nonce)="[^"]*"')
    assert noise.sub("", text_of(visit.as_("dora").get(f"{group.url}/membres"))) == noise.sub("", before)
    assert mails(database) == waiting and status(visit, "jeanne", f"{group.url}/lecture") == 404


def test_the_pacte_that_changed_is_read_again_before_reading(visit, database, cast, time_machine):
    group = make_group(database, cast.dora)
    propose(visit, "dora", group.url)
    time_machine.move_to(MONDAY + timedelta(days=3), tick=False)
    answer = visit.as_("jeanne").send(f"{group.url}/lecture", {"reponse": "oui", "version": "0"})
    assert answer.status_code == 422 and "Le pacte a changé" in text_of(answer)
    assert status(visit, "jeanne", group.url) == 404


def test_a_newcomer_is_asked_too(visit, database, cast):
    group = make_group(database, cast.dora, cast.paul)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.dora)
        invited = propose_person(session, who, group.id, "Inès", "ines@exemple.fr")
        assert isinstance(invited, Decision)
        invitation = invited.public_id
        session.commit()
    vote(visit, "paul", group.url, invitation)
    propose(visit, "dora", group.url)
    visit.as_("ines").send(f"{group.url}/invitation", {"reponse": "oui", "version": "1"})
    assert cast.ines.id in inside(database, group.id)
    vote(visit, "paul", group.url, question(database))
    assert decisions(database, DecisionKind.OUVERTURE)[-1][1] is None
    vote(visit, "ines", group.url, question(database))
    assert decisions(database, DecisionKind.OUVERTURE)[-1][1] is Outcome.ACCEPTED


def test_who_becomes_a_member_reads_as_one(visit, database, cast, time_machine):
    group = make_group(database, cast.dora)
    opened(visit, database, time_machine, group.url)
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Jeanne", "email": "jeanne@exemple.fr"})
    visit.as_("jeanne").send(f"{group.url}/invitation", {"reponse": "oui", "version": "1"})
    assert cast.jeanne.id in inside(database, group.id) and opening(database).ended_at is not None
    with database.system("counted once") as session:
        view = everybody_in(session, group.id)
        assert view.count == 2 and view.guests == ()


def test_a_visitor_is_never_asked_written_to_nor_counted_among_those_who_decide(visit, database, cast, time_machine):
    group = make_group(database, cast.dora, cast.paul)
    opened(visit, database, time_machine, group.url, "paul")
    recit = make_recit(database, cast.paul, "Ce qui commence", group=group.id)
    visit.as_("dora").send(f"{group.url}/inviter", {"name": "Inès", "email": "ines@exemple.fr"})
    invitation = decisions(database, DecisionKind.INVITATION)[-1][0]
    assert cast.jeanne.id not in asked(database, invitation)
    assert vote(visit, "jeanne", group.url, invitation).status_code == 404
    with database.system("who is told") as session:
        assert who_reads(session, recit.id, [cast.jeanne.id, cast.dora.id]) == {cast.dora.id}


def test_the_second_lock_reads_the_clock_itself(database, visit, cast, time_machine):
    group = make_group(database, cast.dora)
    opened(visit, database, time_machine, group.url)
    recit = make_recit(database, cast.dora, "Ce qui commence", group=group.id)
    make_exchange(database, cast.dora, recit.public_id, "Sous le récit.")
    with database.session() as session:
        session.reader = reader = reader_of_reading(database, cast)
        assert session.scalars(select(Entry.title).where(Entry.collectif_id == group.id)).all() == ["Ce qui commence"]
        assert len(session.scalars(visible_exchanges(reader)).all()) == 1
        assert session.scalars(select(Decision.id)).all() == [] and session.scalars(select(GroupOpening.id)).all() == []
    time_machine.move_to(datetime(2027, 1, 15, tzinfo=UTC), tick=False)
    with database.session() as session:
        late = reader_of_reading(database, cast)
        assert late.visits == ()
        object.__setattr__(late, "visits", reader.visits)  # a reader who was recognised before the end
        session.reader = late
        assert session.scalars(visible_entries(late).where(Entry.collectif_id == group.id)).all() == []
        assert session.scalars(select(Entry.title).where(Entry.collectif_id == group.id)).all() == []


def reader_of_reading(database, cast):
    with database.session(write=True) as session:
        found = reader_of(session, cast.jeanne)
        session.commit()
    return found
