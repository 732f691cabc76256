"""Tensions on the axis of the page: what is drawn is what is counted, what is counted is what is listed, and no statement more."""

from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.collectifs.models import Collectif, Membership
from rex.journal.models import Audience, Authorship, Entry, EntryKind
from rex.tensions import acts, acts_undoing
from rex.tensions.models import State, TensionAct
from rex.tensions.queries import tensions_of
from rex.tensions.shared_views import year_of
from rex.trends import tensions
from rex.trends.asked import Place, asked_from
from rex.trends.entries import number_of
from rex.trends.figures import figure_from
from rex.trends.look import look_at
from rex.trends.tension_rows import words_of
from rex.trends.units import OTHERS_NAME
from tests.journal.difficulties import make_echo
from tests.making import make_group, make_recit, reader_of
from tests.tensions.making import acting, found, name, take_back, tell_one
from tests.trends.looking import RESEAU, cells_of, look_of
from tests.trends.telling import MAY, gather, looked, of_service, tell, three_each

TODAY = clock.today("Europe/Paris")
ASKED = ({}, {"periode": str(TODAY.year)}, {"enjeu": "C"}, {"balise": "C2"}, {"college": "service"}, {"service": "autres"})


def days_ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def told(database, cast, *people_and_days, title="Informer n’est pas associer", **how):
    """A tension of these difficulties: (person, how many days ago)."""
    made = [tell_one(database, who, cast.valombre_id, f"{title}, {rank}", at=days_ago(ago), **how)
            for rank, (who, ago) in enumerate(people_and_days)]  # fmt: skip
    return name(database, cast.ana, cast.valombre_id, title, *made), made


def section(database, person, given=None):
    with database.session() as session:
        session.reader = reader = reader_with(database, person)
        return read(look_of(session, reader, given))


def read(look):
    shown = tensions.read(look)
    assert shown is not None
    return shown


def reader_with(database, person):
    with database.session(write=True) as session:
        return reader_of(session, person)


def set_state(database, cast, tension, state, who=None):
    with acting(database, who or cast.ana, cast.valombre_id) as (session, reader, _):
        act = acts.set_state(session, reader, found(session, reader, tension), state)
        assert act is not None
        return act.id


def some(database, cast):
    """Three tensions with difficulties of every age, some with balises, one taken back."""
    first, made = told(database, cast, (cast.camille, 2), (cast.dora, 20), (cast.paul, 200), (cast.bruno, 800), balises=["C2"])
    told(database, cast, (cast.jeanne, 3), (cast.ana, 100), title="Le calendrier décide", balises=["E1", "C1"])
    told(database, cast, (cast.noor, 150), (cast.ana, 120), title="On mesure ce qui se compte")
    gone = tell_one(database, cast.dora, cast.valombre_id, "Je la reprends", at=days_ago(5))
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts.link(session, reader, found(session, reader, first), gone.id)
    take_back(database, cast.dora, cast.valombre_id, gone)
    return first, made


@pytest.mark.parametrize("given", ASKED)
def test_every_figure_is_the_number_of_its_list(database, cast, given):
    some(database, cast)
    for person in (cast.paul, cast.camille):
        with database.session() as session:
            session.reader = reader = reader_with(database, person)
            look = look_of(session, reader, given)
            shown = read(look)
            cells = [cell for cell in cells_of(shown) if cell.url]
            if shown.rows:
                assert cells
            for cell in cells:
                asked = {key: values[0] for key, values in parse_qs(urlsplit(cell.url).query).items()}
                figure = figure_from(asked)
                assert figure is not None and figure.tension
                listed = look_at(session, reader, asked_from(asked, look.asked.place, look.asked.today))
                assert cell.value == number_of(listed, figure), cell


def test_dots_months_and_the_figure_of_the_year_say_the_same(database, cast):
    some(database, cast)
    for row in section(database, cast.paul).rows:
        months = sum(int(cell.value) for cell in row.months)
        assert len(row.line.dots) + sum(int(words[1:]) for _, words in row.line.more) == row.year.value == months
        assert sum(dot.is_recent for dot in row.line.dots) == row.now.value


def test_the_order_is_that_of_the_period_then_of_the_year(database, cast):
    told(database, cast, (cast.paul, 120), (cast.paul, 130), (cast.paul, 140), (cast.paul, 1), title="Ancienne et longue")
    told(database, cast, (cast.paul, 1), title="Une seule fois")
    told(database, cast, (cast.paul, 1), (cast.dora, 2), title="Deux fois ces jours-ci")
    told(database, cast, (cast.paul, 600), title="D’il y a longtemps")
    shown = section(database, cast.paul)
    assert [row.name for row in shown.rows] == ["Deux fois ces jours-ci", "Ancienne et longue", "Une seule fois"]
    assert shown.number == 4 and shown.all_words == "Les 4\u00a0tensions du journal"
    assert shown.title == "« Deux fois ces jours-ci » revient le plus"


def test_more_tensions_than_rows(database, cast):
    for rank in range(tensions.ROWS + 2):
        told(database, cast, (cast.paul, 1), title=f"Tension {rank}")
    shown = section(database, cast.paul)
    assert len(shown.rows) == tensions.ROWS and shown.number == tensions.ROWS + 2
    assert shown.title == "Plusieurs tensions reviennent autant l’une que l’autre"


def test_titles_say_what_is_found_or_that_nothing_is(database, cast):
    assert section(database, cast.paul).title == "Aucune tension n’a encore de nom"
    told(database, cast, (cast.paul, 200), (cast.dora, 210), title="Une vieille tension")
    assert section(database, cast.paul).title == "Rien de nouveau dans les tensions depuis trois mois"
    none = "Aucune tension ne s’est racontée en un an"
    assert section(database, cast.paul, {"enjeu": "V"}).title == f"{none}, dans ce que vous regardez"
    assert section(database, cast.paul, {"periode": "2003"}).title == none
    told(database, cast, (cast.paul, 1), title="La neuve")
    assert section(database, cast.paul).title == "Une tension se raconte depuis trois mois : « La neuve »"
    told(database, cast, (cast.paul, 1), title="L’autre")
    assert section(database, cast.paul).title == "« La neuve » et « L’autre » reviennent autant"
    told(database, cast, (cast.paul, 1), title="La troisième")
    assert section(database, cast.paul).title == "Trois tensions reviennent autant l’une que l’autre"


def test_the_trend_is_held_against_what_is_compared(database, cast):
    make_recit(database, cast.paul)
    with database.system("a journal that begins is not compared", write=True) as session:
        session.execute(update(Entry).where(Entry.kind == EntryKind.RECIT).values(published_at=days_ago(400)))
    for title, recent, older in (("Monte", 2, 1), ("Reste", 1, 1), ("Descend", 1, 2)):
        at = [30] * recent + [120] * older
        told(database, cast, *((cast.paul, days) for days in at), title=title)
    rows = {row.name: row for row in section(database, cast.paul).rows}
    assert {one: (row.now.value, row.before.value, row.trend) for one, row in rows.items()} == {
        "Monte": (2, 1, "en hausse"), "Reste": (1, 1, "stable"), "Descend": (1, 2, "en baisse"),
    }  # fmt: skip


@pytest.mark.parametrize("zone", ["Europe/Paris", "Pacific/Auckland", "America/Cayenne"])
def test_days_and_months_are_those_of_the_place(database, cast, zone):
    """Difficulties told around midnight, at the ends of months and where clocks change."""
    with database.system("elsewhere on earth", write=True) as session:
        session.execute(update(Collectif).where(Collectif.id == cast.valombre_id).values(timezone=zone))
    moments = [
        clock.day_starts(day, zone) + timedelta(seconds=shift)
        for day in (date(2025, 1, 1), date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 7), date(2025, 10, 27), date(2026, 1, 1))
        for shift in (-1, 0)
    ]
    made = [tell_one(database, cast.paul, cast.valombre_id, f"À {at}", at=at) for at in moments]
    name(database, cast.ana, cast.valombre_id, "Autour de minuit", *made)
    (row,) = section(database, cast.paul, {"periode": "2025"}).rows
    expected = [clock.local(at, zone).date() for at in moments]
    here = [day for day in expected if day.year == 2025]
    assert row.year.value == row.now.value == len(here) == 10 and row.ever.value == 12
    assert [cell.value for cell in row.months] == [sum(day.month == month for day in here) for month in range(1, 13)]


def test_where_it_stands_is_what_the_page_of_tensions_says(database, cast):
    some(database, cast)
    told(database, cast, (cast.paul, 1), (cast.paul, 2), (cast.paul, 3), title="Une seule voix")
    told(database, cast, (cast.camille, 400), (cast.dora, 1), (cast.paul, 500), title="Récurrente par sa vie")
    _, made = told(database, cast, (cast.paul, 1), (cast.paul, 40), (cast.paul, 41), title="Une voix et un écho")
    make_echo(database, cast.dora, made[0])
    set_state(database, cast, told(database, cast, (cast.dora, 1), title="Apaisée")[0], State.CALMED)
    _, made = told(database, cast, (cast.noor, 1), (cast.noor, 40), (cast.paul, 41), title="De qui est parti")
    with database.system("one of them closes their account", write=True) as session:
        session.execute(update(Authorship).where(Authorship.entry_id == made[2].id).values(user_id=None, college=None))
    with database.session() as session:
        session.reader = reader = reader_with(database, cast.paul)
        seat = reader.in_collectif("valombre")
        theirs = {line.public_id: line.standing for line in tensions_of(session, reader, cast.valombre_id, year_of(seat))}
        rows = read(look_of(session, reader)).rows
    assert len(rows) == 8
    assert [row.standing for row in rows] == [words_of(theirs[row.public_id]) for row in rows]
    assert {row.standing for row in rows} >= {"Récurrente", "À surveiller", "Apaisée"}
    narrowed = section(database, cast.paul, {"college": "service"}).rows
    assert {row.standing for row in narrowed if row.name == "Récurrente par sa vie"} == {"Récurrente"}


def test_how_long_it_took_to_be_put_to_work(database, cast):
    tension, _ = told(database, cast, (cast.camille, 36), (cast.dora, 30), (cast.paul, 1))
    (row,) = section(database, cast.paul).rows
    assert row.said == "Récurrente, pas encore mise au travail" and row.weeks is None
    act = set_state(database, cast, tension, State.AT_WORK)
    (row,) = section(database, cast.paul).rows
    assert row.said == "Mise au travail au bout de 5\u00a0semaines" and row.weeks == 5
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts_undoing.undo(session, reader, session.scalars(select(TensionAct).where(TensionAct.id == act)).one())
    (row,) = section(database, cast.paul).rows
    assert row.said == "Récurrente, pas encore mise au travail" and row.weeks is None


def test_what_was_put_to_work_before_it_was_told_took_no_time(database, cast):
    tension, _ = told(database, cast, (cast.camille, 3), (cast.dora, 2), title="Vite")
    act = set_state(database, cast, tension, State.AT_WORK)
    with database.system("long ago", write=True) as session:
        session.execute(update(TensionAct).where(TensionAct.id == act).values(at=days_ago(300)))
    (row,) = section(database, cast.paul).rows
    assert row.said == "Mise au travail en moins d’une semaine" and row.weeks == 0


def test_services_of_few_writers_are_told_together(database, cast):
    """Of these services, only the Voirie has three writers; the others are never named."""
    with database.system("a third person comes to the Voirie", write=True) as session:
        voirie = cast.service_ids["Voirie"]
        session.execute(update(Membership).where(Membership.user_id == cast.jeanne.id).values(service_id=voirie))
    for who in (cast.camille, cast.bruno, cast.jeanne):
        make_recit(database, who)
    told(database, cast, (cast.camille, 2), (cast.dora, 3), (cast.ana, 4))
    told(database, cast, (cast.jeanne, 2), title="De la Voirie seule")
    with database.session() as session:
        session.reader = reader = reader_with(database, cast.paul)
        look = look_of(session, reader)
        rows = {row.name: row.services for row in read(look).rows}
        shown = {unit.name for unit in look.units.shown}
    assert "Voirie" in shown and OTHERS_NAME in shown and "Direction générale" not in shown
    assert rows == {"Informer n’est pas associer": f"Voirie et {OTHERS_NAME}", "De la Voirie seule": "Voirie"}


def test_who_told_it_is_who_told_it_in_the_selection(database, cast):
    journal = three_each(database, cast, 3, 3)
    first, second = of_service(journal, 0), of_service(journal, 1)
    tell(database, journal, [first], ["V3"], is_difficulty=True)
    tell(database, journal, [second], ["C1"], is_difficulty=True)
    gather(database, journal)
    names = {}
    for given in ({}, {"enjeu": "V"}, {"balise": "C1"}, {"enjeu": "C"}):
        with looked(database, cast.noor, MAY | given) as look:
            (row,) = read(look).rows
            names[tuple(given.values())] = {unit.name for unit in row.units}
            one, other = (unit.name for service in journal.services if (unit := look.units.unit_of(service)))
    assert names == {(): {one, other}, ("V",): {one}, ("C1",): {other}, ("C",): {other}}


def test_nothing_of_a_group_is_counted(database, cast):
    told(database, cast, (cast.camille, 2), (cast.dora, 3))
    group = make_group(database, cast.camille, cast.dora)
    for _ in range(3):
        tell_one(database, cast.camille, group.id, "Entre nous")
    (row,) = section(database, cast.camille).rows
    assert row.ever.value == 2 and section(database, cast.camille).number == 1


def test_a_long_axis_is_marked_by_years(database, cast):
    told(database, cast, (cast.camille, 2), (cast.dora, 900))
    shown = section(database, cast.paul, {"du": f"{TODAY.year - 4}-03-15", "au": TODAY.isoformat()})
    (row,) = shown.rows
    assert row.year.value == 2 and len(shown.tables) == 1 and shown.axis_words == f"depuis mars\u00a0{TODAY.year - 4}"
    assert [words for _, words, _ in row.line.labels] == [str(TODAY.year - 4), str(TODAY.year - 2), str(TODAY.year)]


def test_a_day_of_many_difficulties_says_how_many_are_not_drawn(database, cast):
    told(database, cast, *((cast.paul, 2) for _ in range(9)))
    (row,) = section(database, cast.paul).rows
    assert row.year.value == 9 and len(row.line.dots) == 5 and [words for _, words in row.line.more] == ["+4"]
    assert row.line.sentence == "9\u00a0difficultés en un an, dont 9 depuis trois mois"


def test_the_same_number_of_statements_for_one_as_for_many(database, cast, count_statements):
    def statements():
        with database.session() as session:
            session.reader = reader = reader_with(database, cast.paul)
            look = look_of(session, reader, {"balise": "C2"})
            with count_statements() as seen:
                tensions.read(look)
        return len(seen)

    told(database, cast, (cast.camille, 2), title="La première", balises=["C2"])
    assert statements() == 6, "one of them for the whole page: its totals"
    for rank in range(tensions.ROWS - 2):
        told(database, cast, (cast.camille, 2), (cast.dora, 90), (cast.bruno, 500), title=f"Tension {rank}", balises=["C2"])
    assert statements() == 6
    for rank in range(tensions.ROWS):
        told(database, cast, (cast.camille, 2), (cast.dora, 3), title=f"Autre {rank}", balises=["C2"])
    assert statements() == 5


def test_when_the_period_does_not_settle_it_the_year_does(database, cast):
    for rank in range(tensions.ROWS + 4):
        told(database, cast, (cast.paul, 1), *((cast.dora, 150 + day) for day in range(rank)), title=f"Tension {rank}")
    expected = [f"Tension {rank}" for rank in reversed(range(4, tensions.ROWS + 4))]
    assert [row.name for row in section(database, cast.paul).rows] == expected
    for rank in range(tensions.ROWS):
        told(database, cast, (cast.paul, 1), title=f"Une autre {rank}")
    assert [row.name for row in section(database, cast.paul).rows] == expected


def test_the_reseau_has_none(database, cast):
    with database.session() as session:
        session.reader = reader = reader_with(database, cast.ines)
        assert tensions.read(look_of(session, reader, slug=RESEAU.slug)) is None


def test_what_is_opened_to_the_reseau_stays_in_its_tension(database, cast):
    told(database, cast, (cast.noor, 2), (cast.dora, 3), audience=Audience.RESEAU)
    (row,) = section(database, cast.noor).rows
    assert row.year.value == 2
    with database.session() as session:
        session.reader = reader = reader_with(database, cast.noor)
        orbe = look_of(session, reader, slug="orbe")
        assert isinstance(orbe.asked.place, Place) and read(orbe).rows == ()


def test_the_page_draws_it(visit, database, cast):
    for rank in range(5):
        make_recit(database, cast.paul, title=f"Récit {rank}")
    long = "Le calendrier " + "interminablement " * 6
    told(database, cast, (cast.camille, 2), (cast.dora, 40), title=long[:119])
    page = visit.as_("jeanne").get("/c/valombre/tendances").get_data(as_text=True)
    assert 'id="tensions"' in page and 'role="img"' in page and "Voir le tableau" in page and long[:50] in page
