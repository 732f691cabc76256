"""What séances put to work: each number is that of the list under it, each thing is read through its door, none is of a group."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from rex import clock
from rex.db import new_public_id
from rex.journal.models import Audience, Entry
from rex.seances.models import Seance
from rex.tensions import acts, acts_undoing
from rex.tensions.models import Arbitrage, State, TensionAct, TensionSeance, TensionTrial
from rex.trends import seances
from tests.making import make_group, make_recit, reader_of
from tests.seances.meeting import make_seance, set_back
from tests.tensions.making import acting, found
from tests.tensions.telling import make_arbitrage, make_tension, make_trial
from tests.trends.looking import RESEAU, look_of

AGO = timedelta(days=-10)
CANARY = "Quetzalmane"


def section(database, person, given=None, slug="valombre"):
    with database.session(write=True) as session:
        reader = reader_of(session, person)
    with database.session() as session:
        session.reader = reader
        return seances.read(look_of(session, reader, given, slug))


def listed(database, person, given=None):
    shown = section(database, person, given)
    return {part.key: [item.words for item in part.items] for part in shown.parts}


def put_to_work(database, cast, told, seance=None):
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        act = acts.set_state(session, reader, found(session, reader, told), State.AT_WORK, seance_id=seance.id if seance else None)
        assert act is not None
        return act.id


def test_nothing_yet(database, cast):
    shown = section(database, cast.paul)
    assert shown.title == "Rien n’a encore été mis au travail depuis trois mois" and shown.parts == () and shown.tables == ()
    assert section(database, cast.paul, {"periode": "2003"}).title == "Rien n’a été mis au travail en 2003"


def test_a_seance_puts_a_tension_to_work(database, cast):
    first = make_tension(database, cast, title="Le calendrier décide")
    other = make_tension(database, cast, title="On mesure ce qui se compte")
    meeting = make_seance(database, cast.ana, title="Parler du calendrier", starts_in=AGO)
    put_to_work(database, cast, first, meeting)
    put_to_work(database, cast, other)
    shown = section(database, cast.jeanne)
    assert shown.title == "Deux tensions ont été mises au travail, dont une par une séance"
    held, works = shown.part("tenues"), shown.part("au-travail")
    assert held.heading == "1\u00a0séance tenue" and [item.words for item in held.items] == ["Parler du calendrier"]
    assert held.items[0].url == meeting.url and [link.url for link in held.items[0].on] == [first.url]
    assert works.heading == "2\u00a0tensions mises au travail, dont 1 par une séance"
    assert {item.words: item.held.url if item.held else "" for item in works.items} == {
        "Le calendrier décide": meeting.url, "On mesure ce qui se compte": "",
    }  # fmt: skip
    assert {item.url for item in works.items} == {first.url, other.url}


def test_a_seance_that_is_announced_is_not_said_to_have_been_held(database, cast):
    coming = make_seance(database, cast.ana, title="Bientôt", starts_in=timedelta(days=2))
    put_to_work(database, cast, make_tension(database, cast, title="Le calendrier décide"), coming)
    shown = section(database, cast.paul)
    assert shown.title == "Une tension a été mise au travail par une séance annoncée"
    assert shown.part("au-travail").heading == "1\u00a0tension mise au travail par une séance annoncée"
    held = make_seance(database, cast.ana, starts_in=AGO)
    put_to_work(database, cast, make_tension(database, cast, title="On mesure ce qui se compte"), held)
    assert section(database, cast.paul).title == "Deux tensions ont été mises au travail par une séance, tenue ou annoncée"
    put_to_work(database, cast, make_tension(database, cast, title="Sans séance"))
    said = section(database, cast.paul).part("au-travail").heading
    assert said == "3\u00a0tensions mises au travail, dont 2 par une séance, tenue ou annoncée"


def test_each_number_is_that_of_its_list(database, cast):
    told = make_tension(database, cast)
    for rank in range(seances.SHOWN + 3):
        make_trial(database, cast.camille, cast, told, words=f"Essai {rank}")
    with database.system("what some of them gave", write=True) as session:
        for trial in session.scalars(select(TensionTrial).order_by(TensionTrial.id).limit(2)):
            trial.outcome = "Du temps gagné"
    part = section(database, cast.paul).part("essais")
    assert part.heading == "8\u00a0essais : on sait ce que 2 ont donné"
    assert len(part.items) == 8 == len(part.first) + len(part.others) and sum(bool(item.gave) for item in part.items) == 2
    assert {item.url for item in part.items} == {f"{told.url}#essais"}
    assert section(database, cast.paul).tables[0].rows[0].name == "Essai 7"


def test_an_act_undone_puts_nothing_to_work(database, cast):
    told = make_tension(database, cast)
    act = put_to_work(database, cast, told, make_seance(database, cast.ana, starts_in=AGO))
    assert section(database, cast.paul).part("au-travail") is not None
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts_undoing.undo(session, reader, session.scalars(select(TensionAct).where(TensionAct.id == act)).one())
    assert section(database, cast.paul).part("au-travail") is None


def test_a_seance_called_off_or_to_come_was_not_held(database, cast):
    told = make_tension(database, cast)
    off = make_seance(database, cast.ana, title="Annulée", starts_in=AGO)
    put_to_work(database, cast, told, off)
    set_back(database, off, cancelled_at=clock.now())
    make_seance(database, cast.ana, title="À venir", starts_in=timedelta(minutes=20))
    make_seance(database, cast.ana, title="Tenue", starts_in=timedelta(minutes=-20))
    shown = section(database, cast.paul)
    assert listed(database, cast.paul)["tenues"] == ["Tenue"]
    assert [item.held for item in shown.part("au-travail").items] == [None]


def test_days_are_those_of_the_place(database, cast):
    """A séance late on the last evening of a month is of that month, though it be of the next one elsewhere."""
    midnight = clock.day_starts(date(2026, 6, 1), "Europe/Paris")
    for title, at in (("En mai", midnight - timedelta(minutes=1)), ("En juin", midnight)):
        set_back(database, make_seance(database, cast.ana, title=title), starts_at=at)
    assert listed(database, cast.paul, {"periode": "2026-05"}) == {"tenues": ["En mai"]}
    assert listed(database, cast.paul, {"periode": "2026-06"}) == {"tenues": ["En juin"]}


def test_what_was_decided_and_tried_after_a_seance_says_which(database, cast):
    told = make_tension(database, cast)
    meeting = make_seance(database, cast.ana, starts_in=AGO)
    put_to_work(database, cast, told, meeting)
    make_trial(database, cast.camille, cast, told)
    make_arbitrage(database, cast, told)
    with database.system("decided today", write=True) as session:
        session.execute(update(Arbitrage).values(decided_on=clock.today("Europe/Paris")))
    shown = section(database, cast.paul)
    for key in ("arbitrages", "essais"):
        (item,) = shown.part(key).items
        assert item.held.url == meeting.url and [link.url for link in item.on] == [told.url], key
    assert shown.part("arbitrages").heading == "1\u00a0arbitrage"


def test_filters_change_nothing_and_that_is_said(database, cast):
    put_to_work(database, cast, make_tension(database, cast))
    all_of_it, narrowed = section(database, cast.paul), section(database, cast.paul, {"enjeu": "V"})
    assert [part.items for part in all_of_it.parts] == [part.items for part in narrowed.parts]
    assert not all_of_it.note and "les filtres ne changent rien" in narrowed.note


def test_nothing_of_a_group_comes_by_any_door(visit, database, cast):
    """A séance of a group, be it tied to a tension of the journal, or said to have put it to work: no word, no number, no link."""
    for rank in range(5):
        make_recit(database, cast.paul, title=f"Récit {rank}")
    group = make_group(database, cast.camille, cast.ana, called=CANARY)
    told = make_tension(database, cast)
    put_to_work(database, cast, told)
    before = {who.name: section(database, who) for who in (cast.camille, cast.ana, cast.paul)}
    meeting = make_seance(database, cast.camille, group.public_id, title=CANARY, starts_in=AGO)
    make_seance(database, cast.camille, group.public_id, title=CANARY, starts_in=timedelta(days=-11))
    with database.system("what no page does: an archive made by hand, say", write=True) as session:
        session.execute(insert(TensionSeance).values(tension_id=told.id, seance_id=meeting.id))
        session.execute(update(TensionAct).where(TensionAct.tension_id == told.id).values(seance_id=meeting.id))
    for who in (cast.camille, cast.ana, cast.paul):
        assert section(database, who) == before[who.name]
        assert CANARY not in repr(before[who.name]) and meeting.public_id not in repr(before[who.name])
    for name in ("camille", "ana", "paul"):
        page = visit.as_(name).get("/c/valombre/tendances").get_data(as_text=True)
        assert 'id="seances"' in page and CANARY not in page and meeting.public_id not in page


def test_a_seance_that_says_it_is_of_a_group_is_not_read(database, cast):
    made = make_seance(database, cast.ana, title=CANARY, starts_in=AGO)
    assert listed(database, cast.paul) == {"tenues": [CANARY]}
    set_back(database, made, kind="groupe")
    assert listed(database, cast.paul) == {}


def test_what_is_inside_a_group_is_never_in_it(database, cast):
    """A tension moved by hand into a group, with its séance, its trial and its act: its members themselves do not read it here."""
    group = make_group(database, cast.camille, cast.ana)
    told = make_tension(database, cast, title=CANARY)
    make_trial(database, cast.camille, cast, told)
    put_to_work(database, cast, told, make_seance(database, cast.ana, title=CANARY, starts_in=AGO))
    with database.system("what no page does", write=True) as session:
        session.execute(update(Seance).values(collectif_id=group.id))
        session.execute(update(TensionAct).values(collectif_id=group.id))
        session.execute(update(Entry).where(Entry.id == told.id).values(collectif_id=group.id, audience=Audience.GROUPE))
    for who in (cast.camille, cast.ana):
        assert section(database, who).parts == ()


def test_the_same_number_of_statements_for_one_as_for_many(database, cast, count_statements):
    def statements():
        with database.session(write=True) as session:
            reader = reader_of(session, cast.paul)
        with database.session() as session:
            session.reader = reader
            look = look_of(session, reader)
            with count_statements() as seen:
                seances.read(look)
        return len(seen)

    assert statements() == 5
    for rank in range(6):
        told = make_tension(database, cast, title=f"Tension {rank}")
        put_to_work(database, cast, told, make_seance(database, cast.ana, starts_in=AGO))
        make_trial(database, cast.camille, cast, told)
    assert statements() == 5


def test_another_journal_and_the_reseau_have_nothing_of_it(database, cast):
    put_to_work(database, cast, make_tension(database, cast), make_seance(database, cast.ana, starts_in=AGO))
    assert section(database, cast.noor, slug="orbe").parts == ()
    assert section(database, cast.noor, slug=RESEAU.slug) is None


@pytest.mark.parametrize("number", [seances.MOST, seances.MOST + 1])
def test_a_list_says_when_it_is_not_whole(database, cast, number):
    told = make_tension(database, cast)
    with database.system("many trials", write=True) as session:
        same = {"tension_id": told.id, "outcome": "", "service_name": ""}
        rows = [{"public_id": new_public_id(), "words": f"Essai {one}"} | same for one in range(number)]
        session.execute(insert(TensionTrial), rows)
    part = section(database, cast.paul).part("essais")
    said = "Plus de 100\u00a0essais" if number > seances.MOST else "100\u00a0essais"
    assert part.heading.startswith(said)
