"""Setting a séance: its hours on the clocks of a collectif, what the form refuses, what is announced and where."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.collectifs.models import Collectif
from rex.seances.models import Seance, Step
from rex.seances.times import NoSuchHour, instant, said, said_length, said_soon
from tests.making import make_group
from tests.seances.meeting import THEME, at_step, deposit, make_seance

PARIS, REUNION = "Europe/Paris", "Indian/Reunion"


def plain(answer) -> str:
    return " ".join(unescape(answer.get_data(as_text=True)).replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize(
    "day, hour, zone, expected",
    [
        ("2026-11-26", "12:30", PARIS, "2026-11-26T11:30"),  # winter
        ("2026-07-02", "12:30", PARIS, "2026-07-02T10:30"),  # summer
        ("2026-11-26", "12:30", REUNION, "2026-11-26T08:30"),
        ("2026-10-25", "02:30", PARIS, "2026-10-25T00:30"),  # twice that night: the first
        ("2026-03-29", "03:00", PARIS, "2026-03-29T01:00"),  # the minute after the hour that is skipped
        ("2028-02-29", "00:00", PARIS, "2028-02-28T23:00"),
    ],
)
def test_an_hour_is_that_of_the_clocks_there(day, hour, zone, expected):
    assert instant(day, hour, zone) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_refused():
    with pytest.raises(NoSuchHour):
        instant("2026-03-29", "02:30", PARIS)
    assert instant("2026-03-29", "02:30", REUNION)
    thursday = "2026-11-26"
    for day, hour in (("2026-02-29", "12:00"), ("2026-13-01", "12:00"), ("", "12:00"), (thursday, "25:00"), (thursday, "midi")):
        with pytest.raises(ValueError):
            instant(day, hour, PARIS)


def test_hours_are_said_as_people_say_them():
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)  # a Sunday

    def in_words(how, *moment: int) -> str:
        return how(datetime(*moment, tzinfo=UTC), PARIS, now).replace("\u00a0", " ")

    assert in_words(said, 2026, 11, 24, 8) == "mardi 24 novembre, 9 h"
    assert in_words(said, 2027, 1, 1, 8, 5) == "vendredi 1er janvier 2027, 9 h 05"
    assert in_words(said_soon, 2026, 11, 26, 11, 30) == "jeudi, 12 h 30"
    assert in_words(said_soon, 2026, 11, 22, 22, 30) == "aujourd’hui, 23 h 30"
    assert in_words(said_soon, 2026, 11, 22, 23, 30) == "demain, 0 h 30"
    assert in_words(said_soon, 2026, 11, 29, 11) == "dimanche 29 novembre, 12 h"
    assert [said_length(one).replace("\u00a0", " ") for one in (45, 60, 90, 420)] == ["45 min", "1 h", "1 h 30", "7 h"]


def fields(cast, **changed: str) -> dict[str, str]:
    day = (clock.now() + timedelta(days=5)).date().isoformat()
    return {
        "nature": "atelier", "theme": THEME, "jour": day, "heure": "09:30", "duree": "90", "lieu": "Salle du Lavoir",
        "ordre": "Un tour de table", "preparation": "- Quand ?", "animation": cast.bruno.public_id,
    } | changed  # fmt: skip


def test_an_animatrice_sets_a_workshop_and_the_home_announces_it(visit, database, cast):
    ana, dora = visit.as_("ana"), visit.as_("dora")
    assert dora.get("/c/valombre/seances/nouvelle").status_code == 403
    assert dora.send("/c/valombre/seances/nouvelle", fields(cast)).status_code == 403
    answer = ana.send("/c/valombre/seances/nouvelle", fields(cast, ouverture_heure="09:00"))
    assert answer.status_code == 303
    with database.system("what was set") as session:
        seance = session.scalars(select(Seance)).one()
        assert (seance.minutes, seance.facilitator_id, seance.title) == (90, cast.bruno.id, THEME)
        assert seance.starts_at - seance.opens_at == timedelta(minutes=30)
    assert f"{THEME}, " in plain(dora.get("/c/valombre/")) and "9 h 30" in plain(dora.get("/c/valombre/"))
    assert "Salle du Lavoir" in plain(dora.get(f"{answer.location}/preparer"))
    assert visit.as_("ines").get(answer.location).status_code == 404
    assert visit.as_("noor").get(answer.location.replace("valombre", "orbe")).status_code == 404, "of another collectif of hers"


WRONG = [
    ({"jour": "jeudi"}, "Donnez le jour"),
    ({"jour": ""}, "Donnez le jour"),
    ({"heure": "midi"}, "Donnez l’heure"),
    ({"jour": "2020-01-02"}, "Ce moment est passé"),
    ({"theme": " "}, "Donnez le thème"),
    ({"theme": "x" * 201}, "Raccourcissez ce texte"),
    ({"animation": "nulle-part"}, "Choisissez qui anime"),
    ({"duree": "7"}, "Choisissez la durée"),
    ({"nature": "groupe"}, "Choisissez ce que c’est"),
    ({"ouverture_jour": "2020-01-02", "ouverture_heure": "09:00"}, "laissez le temps d’écrire"),
    ({"ouverture_jour": "2030-01-02"}, "Donnez l’heure"),
]


@pytest.mark.parametrize("changed, sentence", WRONG)
def test_what_the_form_refuses_comes_back_typed(visit, database, cast, changed, sentence):
    answer = visit.as_("ana").send("/c/valombre/seances/nouvelle", fields(cast, **changed))
    assert answer.status_code == 422 and sentence in plain(answer)
    assert "Un tour de table" in plain(answer)
    assert "animation" in changed or next(iter(changed.values())).strip() in plain(answer)
    with database.system("nothing was set") as session:
        assert session.scalars(select(Seance)).all() == []


def test_the_hours_of_a_collectif_far_away(visit, database, cast):
    """Typed, kept, said and typed again on the clocks of La Réunion."""
    with database.system("Valombre moves", write=True) as session:
        session.execute(update(Collectif).where(Collectif.slug == "valombre").values(timezone=REUNION))
    ana = visit.as_("ana")
    answer = ana.send("/c/valombre/seances/nouvelle", fields(cast))
    with database.system("what was set") as session:
        starts_at = session.scalars(select(Seance.starts_at)).one()
    assert (starts_at.hour, starts_at.minute) == (5, 30)
    assert "9 h 30" in plain(ana.get(answer.location))
    assert 'value="09:30"' in ana.get(f"{answer.location}/modifier").get_data(as_text=True)


def test_moving_the_day_takes_the_opening_along_to_a_later_day_only(visit, database, cast):
    made = make_seance(database, cast.ana)
    ana = visit.as_("ana")

    def opening() -> tuple[datetime, datetime]:
        with database.system("its hours") as session:
            row = session.execute(select(Seance.starts_at, Seance.opens_at)).one()
            return row.starts_at, row.opens_at

    deposit(visit.as_("noor"), made, "Une situation")
    assert ana.send(f"{made.url}/modifier", fields(cast)).status_code == 303
    starts_at, opens_at = opening()
    assert starts_at == opens_at, "later: it follows"
    sooner = (clock.now() + timedelta(days=1)).date().isoformat()
    assert ana.send(f"{made.url}/modifier", fields(cast, jour=sooner)).status_code == 303
    assert opening()[0] < opens_at and opening()[1] == opens_at, "sooner: who wrote was told another hour"
    at_step(database, made, Step.QUESTIONS)
    before = opening()
    assert ana.send(f"{made.url}/modifier", fields(cast, jour=sooner, lieu="Ailleurs")).status_code == 303
    assert opening() == before and "Ailleurs" in plain(ana.get(f"{made.url}/preparer"))


def test_outside_of_its_room_a_seance_says_when_and_nothing_else(visit, database, cast):
    group = make_group(database, cast.dora, cast.noor, called="Les canarizebrures").public_id
    made = make_seance(database, cast.dora, group, title="Thème canarizebrure", place="Lieu canarizebrure")
    home = visit.as_("noor").get("/c/valombre/").get_data(as_text=True)
    line = re.search(r'<li class="home-meeting">(.*?)</li>', home, re.DOTALL)
    assert line and "Votre prochaine séance, " in unescape(line[1]).replace("\u00a0", " ")
    assert "href" not in line[1] and made.public_id not in home and "canarizebrure" not in home
    for who in ("camille", "ana"):
        assert "Votre prochaine séance" not in visit.as_(who).get("/c/valombre/").get_data(as_text=True), who
    room = plain(visit.as_("noor").get(made.url.rpartition("/")[0]))
    assert "Thème canarizebrure" in room
    database.keyring.destroy(f"groupe-{group}")
    assert "Votre prochaine séance" in plain(visit.as_("noor").get("/c/valombre/")), "no word of the group is even opened"


def lines_of(body: bytes) -> dict[str, str]:
    """A strict reader of RFC 5545: CRLF, 75 octets, unfolded, each property once."""
    assert body.endswith(b"\r\n") and b"\n" not in body.replace(b"\r\n", b"") and b"\r" not in body.replace(b"\r\n", b"")
    raw = body.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 for line in raw), "a line is folded at 75 octets"
    for line in raw:
        line.decode()  # no character is cut in two
    found: dict[str, str] = {}
    for line in body.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]:
        name, colon, value = line.partition(":")
        assert colon and re.fullmatch(r"[A-Z-]+", name), line
        if name not in ("BEGIN", "END"):
            assert name not in found, f"{name} twice"
            found[name] = value
    return found


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda mark: "\n" if mark[1] in "nN" else mark[1], value)


def test_the_calendar_file_of_a_workshop(visit, database, cast):
    title = "Voyage à Orbe ; l’eau, la pente\\ et les autres : " + "désimperméabiliser " * 5
    made = make_seance(database, cast.ana, title=title, place="12, rue Basse ; au fond")
    answer = visit.as_("camille").get(f"{made.url}/seance.ics")
    assert answer.mimetype == "text/calendar" and 'filename="seance.ics"' in answer.headers["Content-Disposition"]
    read = lines_of(answer.data)
    with database.system("its hours") as session:
        seance = session.scalars(select(Seance)).one()
    assert unescaped(read["SUMMARY"]) == title and unescaped(read["LOCATION"]) == "12, rue Basse ; au fond"
    assert not re.search(r"(?<!\\)[;,]", read["SUMMARY"].replace("\\\\", ""))
    assert read["DTSTART"] == f"{seance.starts_at:%Y%m%dT%H%M%SZ}" and read["DTEND"] == f"{seance.ends_at:%Y%m%dT%H%M%SZ}"
    assert re.fullmatch(r"[0-9a-f]{32}@rex", read["UID"]) and re.fullmatch(r"\d{8}T\d{6}Z", read["DTSTAMP"])
    assert (read["VERSION"], read["PRODID"]) == ("2.0", "-//REX//Seances//FR")


def test_the_calendar_file_of_a_group_says_when_alone(visit, database, cast):
    group = make_group(database, cast.dora, cast.noor, called="Les canarizebrures").public_id
    made = make_seance(database, cast.dora, group, title="canarizebrure", place="canarizebrure")
    answer = visit.as_("noor").get(f"{made.url}/seance.ics")
    read = lines_of(answer.data)
    assert read["SUMMARY"] == "Séance" and not {"LOCATION", "DESCRIPTION", "URL", "ORGANIZER"} & set(read)
    assert b"canarizebrure" not in answer.data and group.encode() not in answer.data
    assert made.public_id.encode() not in answer.data, "nor what its address is made of"
    other = make_seance(database, cast.dora, group)
    again, beside = (visit.as_("dora").get(f"{one.url}/seance.ics").data for one in (made, other))
    assert lines_of(again)["UID"] == read["UID"] != lines_of(beside)["UID"], "calendars replace what they have of it"
    assert "canarizebrure" not in str(answer.headers) and answer.headers["Cache-Control"] == "private, no-store"
    signed_out = visit.as_(None).get(f"{made.url}/seance.ics")
    assert signed_out.status_code == 302 and parse_qs(urlsplit(signed_out.location).query) == {"suite": [f"{made.url}/seance.ics"]}
