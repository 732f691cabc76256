"""Named dates and readings of figures in an archive: what stands, signed by no person; what none may bring; archives of before."""

import hashlib
import json
from datetime import date

import pytest
from sqlalchemy import select

from rex.archives.gone import says_otherwise
from rex.archives.shape import KINDS, KINDS_OF, MANIFEST, SUMS, member_of
from rex.collectifs.models import Collectif, College, Membership, Service
from rex.referentiel.models import OwnBalise
from rex.refusals import Refused
from rex.trends import reading_acts
from rex.trends.models import CounterReading, Jalon
from rex.trends.reading_pages import Pages
from tests.archives.test_recurring_archived import first, folder_of
from tests.archives.travelling import changed, lines_of, rewritten, take_in, take_out
from tests.making import make_recit
from tests.tensions.making import acting
from tests.tensions.telling import make_tension
from tests.trends.beside import WORDS, make_jalon, make_reading
from tests.trends.opened import plain_spaces


@pytest.fixture
def journal(database, cast):
    """A jalon; readings of a service, of a collège, about a tension; one withdrawn, one suspended."""
    make_jalon(database, cast.ana, cast.valombre_id)
    told = make_tension(database, cast)
    standing = [
        make_reading(database, cast.camille, cast.valombre_id),
        make_reading(database, cast.paul, cast.valombre_id, "Vu du conseil.", section="tensions", subject=told.public_id),
    ]
    gone, hidden = (make_reading(database, cast.bruno, cast.valombre_id, f"Lecture {word}.") for word in ("retirée", "cachée"))
    with acting(database, cast.bruno, cast.valombre_id) as (session, reader, _):
        reading_acts.withdraw(session, reader, row(session, gone))
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        reading_acts.suspend(session, reader, seat, row(session, hidden), "Une personne s’y reconnaît.")
    return standing, told


def row(session, public_id: str) -> CounterReading:
    return session.scalars(select(CounterReading).where(CounterReading.public_id == public_id)).one()


def test_what_stands_and_no_person(database, cast, journal, tmp_path):
    standing, told = journal
    lines = lines_of(take_out(database, "valombre", tmp_path / "one.zip"))
    assert [(line["nom"], line["jour"]) for line in lines["jalons"]] == [("Réorganisation des services", "2026-09-01")]
    assert [line["id"] for line in lines["lectures"]] == standing
    assert [(line["service_nom"], line["college"]) for line in lines["lectures"]] == [("Voirie", None), ("", "elu")]
    assert [(line["sujet"], line["sujet_nom"]) for line in lines["lectures"]] == [("", ""), (told.public_id, "")]
    said = json.dumps([lines["lectures"], lines["jalons"]], ensure_ascii=False)
    assert "retirée" not in said and "cachée" not in said and "reconnaît" not in said
    assert [who for who in cast.people.values() if who.public_id in said or who.name in said] == []


def test_it_comes_back_under_other_identifiers(database, cast, journal, tmp_path):
    path = take_out(database, "valombre", tmp_path / "one.zip")
    take_in(database, path, "ailleurs")
    with database.system("what came") as session:
        here = session.scalars(select(Collectif.id).where(Collectif.slug == "ailleurs")).one()
        (jalon,) = session.scalars(select(Jalon).where(Jalon.collectif_id == here))
        assert (jalon.name, jalon.day, jalon.created_by_id) == ("Réorganisation des services", date(2026, 9, 1), None)
        one, other = session.scalars(select(CounterReading).where(CounterReading.collectif_id == here).order_by(CounterReading.id))
        place = session.scalars(select(Service.collectif_id).where(Service.id == one.service_id)).one()
        assert (one.words, one.service_name, one.author_id, place) == (WORDS, "Voirie", None, here)
        assert "<strong>octobre</strong>" in one.html and other.college == "elu"
    back = lines_of(take_out(database, "ailleurs", tmp_path / "back.zip"))
    (tension,) = back["tensions"]
    assert back["lectures"][1]["sujet"] == tension["id"] != lines_of(path)["tensions"][0]["id"]


def test_an_archive_of_before_has_none(database, cast, journal, tmp_path):
    def act(members):
        for kind in ("jalons", "lectures"):
            del members[member_of(kind)]
        manifest = json.loads(members[MANIFEST]) | {"format": "rex-collectif-2"}
        told = [one for one in members if one not in (MANIFEST, SUMS)]
        members[SUMS] = "".join(f"{hashlib.sha256(members[one]).hexdigest()}  {one}\n" for one in told).encode()
        manifest["lignes"] = {kind: members[member_of(kind)].count(b"\n") for kind in KINDS_OF["rex-collectif-2"]}
        manifest["sha256sums"] = hashlib.sha256(members[SUMS]).hexdigest()
        members[MANIFEST] = json.dumps(manifest).encode()

    path = take_out(database, "valombre", tmp_path / "one.zip")
    take_in(database, changed(path, tmp_path / "before.zip", act, sums=False), "avant")
    back = lines_of(take_out(database, "avant", tmp_path / "back.zip"))
    assert back["lectures"] == back["jalons"] == [] and len(back["tensions"]) == 1


def test_it_is_out_of_date_once_a_reading_is_corrected_or_withdrawn(database, cast, journal, tmp_path):
    standing, _ = journal
    asked = folder_of(database, cast, tmp_path)
    for kind in KINDS:
        if kind != "lectures":
            (tmp_path / f"{kind}.jsonl").write_text("")
    assert not says_otherwise(database, asked, tmp_path)
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, _):
        reading_acts.withdraw(session, reader, row(session, standing[0]))
    assert says_otherwise(database, asked, tmp_path)


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("jalons", first(jour="demain")),
        ("jalons", first(nom="")),
        ("jalons", lambda lines: lines.append(lines[0])),
        ("lectures", first(rubrique="inventee")),
        ("lectures", first(sujet="<b>")),
        ("lectures", first(mots="")),
        ("lectures", first(college="elu")),
        ("lectures", first(service_nom="")),
        ("lectures", first(service="AAAAAAAAAAAAAAAA")),
        ("lectures", first(du="2099-01-01")),
        ("lectures", first(filtres="enjeu=C")),
        ("lectures", first(filtres={"enjeu": "<b>"})),
        ("lectures", first(filtres={"service": "Voirie"})),
        ("lectures", lambda lines: lines.append(lines[0])),
    ],
)
def test_what_means_harm_does_not_come_in(database, journal, tmp_path, kind, act):
    path = take_out(database, "valombre", tmp_path / "one.zip")
    with pytest.raises(Refused):
        take_in(database, changed(path, tmp_path / "wrong.zip", rewritten(kind, act)), "mal")
    with database.system("nothing is left of it") as session:
        assert session.scalars(select(Collectif.id).where(Collectif.slug == "mal")).all() == []


@pytest.fixture
def narrowed(database, cast):
    """One written on a page of Voirie, where three people wrote, compared with a jalon; one on that of a balise of the journal."""
    with database.system("she works there now, and an own balise", write=True) as session:
        session.scalars(select(Membership).where(Membership.user_id == cast.dora.id)).one().service_id = cast.service_ids["Voirie"]
        voirie = session.scalars(select(Service.public_id).where(Service.id == cast.service_ids["Voirie"])).one()
        own = OwnBalise(collectif_id=cast.valombre_id, slug="voisinage", label="Voisinage", title="V", question="Q", text="T")
        session.add(own)
        session.flush()
        code = own.public_id
    for who in (cast.camille, cast.bruno, cast.dora):
        make_recit(database, who, f"Récit de {who.name}")
    jalon = make_jalon(database, cast.ana, cast.valombre_id, day=date(2026, 8, 1))
    of_page = f"avec={jalon}&enjeu=C&service={voirie}"
    return [make_reading(database, cast.camille, cast.valombre_id, filters=one) for one in (of_page, f"balise={code}", "")]


def said_in(database, cast, slug: str) -> list[str]:
    """How the journal that came says on which page each was written."""
    with database.system("what came, as a member of it reads it", write=True) as session:
        here = session.scalars(select(Collectif.id).where(Collectif.slug == slug)).one()
        session.add(Membership(user_id=cast.paul.id, collectif_id=here, college=College.ELU))
    with acting(database, cast.paul, here) as (session, reader, seat):
        rows = session.scalars(select(CounterReading).where(CounterReading.collectif_id == here).order_by(CounterReading.id))
        return [plain_spaces(Pages(session, reader, seat).of(row).words) for row in rows]


WITH_VOIRIE = "page « Coopération », service Voirie, comparée aux jours d’avant « Réorganisation des services »"


def test_the_page_that_one_was_written_on_comes_along(database, cast, narrowed, tmp_path):
    path = take_out(database, "valombre", tmp_path / "one.zip")
    one, other, last = lines_of(path)["lectures"]
    assert [name for name, code in one["filtres"].items() if code] == ["enjeu", "service", "jalon"] and last["filtres"] is None
    take_in(database, path, "ailleurs")
    assert said_in(database, cast, "ailleurs") == [WITH_VOIRIE, "page « Voisinage »", ""]
    with database.system("under its own identifiers") as session:
        here = session.scalars(select(Collectif.id).where(Collectif.slug == "ailleurs")).one()
        came = session.scalars(select(CounterReading.filters).where(CounterReading.collectif_id == here)).all()
        assert [code for code in (one["filtres"]["service"], other["filtres"]["balise"]) if code in "".join(came)] == []


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("absent", ""),
        (None, ""),
        ({}, ""),
        ({"enjeu": "C", "service": "AAAAAAAAAAAAAAAA"}, "page « Coopération »"),
        ({"balise": "AAAAAAAAAAAAAAAA", "jalon": "AAAAAAAAAAAAAAAA"}, ""),
        ({"balise": "E1", "tension": "x"}, "page « Partir du territoire vécu »"),
        ({"service": "autres"}, ""),
    ],
)
def test_of_a_filter_that_names_nothing_here_nothing_comes(database, cast, narrowed, tmp_path, filters, said):
    def act(lines):
        lines[0]["filtres"] = filters
        if filters == "absent":
            del lines[0]["filtres"]

    path = take_out(database, "valombre", tmp_path / "one.zip")
    take_in(database, changed(path, tmp_path / "other.zip", rewritten("lectures", act)), "autre")
    assert said_in(database, cast, "autre")[0] == said


def test_no_archive_has_the_filter_of_a_service_that_lost_its_name(database, cast, narrowed, tmp_path):
    asked = folder_of(database, cast, tmp_path)
    for kind in KINDS:
        if kind != "lectures":
            (tmp_path / f"{kind}.jsonl").write_text("")
    assert not says_otherwise(database, asked, tmp_path)
    make_recit(database, cast.ana, "Un récit de la vie associative")
    assert says_otherwise(database, asked, tmp_path), "one that is ready to be taken is made again"
    one = lines_of(take_out(database, "valombre", tmp_path / "one.zip"))["lectures"][0]
    assert one["filtres"]["service"] is None and one["filtres"]["enjeu"] == "C"


def test_a_lecture_says_there_too_that_its_page_was_compared_with_a_year_before(database, cast, tmp_path):
    make_reading(database, cast.camille, cast.valombre_id, filters="avec=un-an-plus-tot&enjeu=C")
    path = take_out(database, "valombre", tmp_path / "one.zip")
    assert lines_of(path)["lectures"][0]["filtres"]["avec"] == "un-an-plus-tot"
    take_in(database, path, "ailleurs")
    assert said_in(database, cast, "ailleurs") == ["page « Coopération », comparée à un an plus tôt"]
