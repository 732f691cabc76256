"""An archive that waits holds what members read now, or does not leave: whatever was done to a text, each line is compared."""

import json
import os
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from rex import clock
from rex.archives import asking, gone, slices
from rex.archives.gone import says_otherwise
from rex.archives.models import ArchiveRequest
from rex.archives.reading import seat_in
from rex.archives.slices import Asked
from rex.collectifs.models import Collectif, User
from rex.exchanges.models import Exchange
from rex.journal.difficulties import take_back_echo
from rex.journal.models import Audience
from rex.journal.notes import find_note, remove_note, rewrite_note, version_of
from rex.journal.together_models import Meeting
from tests.archives.test_asking import PAGE, kept_in, words_of
from tests.archives.travelling import lines_of
from tests.departures.lives import corrects
from tests.journal.acting_together import make_note, make_rereading, take_back, tell_again
from tests.journal.difficulties import make_difficulty, make_echo
from tests.journal.test_passages_of_recits import correct
from tests.making import make_exchange, make_recit, make_recognition, reader_of
from tests.peer_groups.groups import tick

SECRET = "Monsieur Trombinelle a crié."
WHY = "depuis que l’archive a été préparée"


class Journal:
    """Récits, and one thing of each kind that hangs from them."""

    def __init__(self, app, database, cast, visit) -> None:
        self.app, self.database, self.cast, self.visit = app, database, cast, visit
        marche, both = {"faits": SECRET}, (cast.bruno,)
        self.told = make_recit(database, cast.camille, "Le marché", marche, audience=Audience.RESEAU, co_authors=both)
        self.other = make_recit(database, cast.bruno, "La haie", action=self.told.action_public_id)
        self.said = make_exchange(database, cast.bruno, self.other.public_id, "Combien de soirs ?")
        self.noted = make_difficulty(database, cast.camille)
        make_echo(database, cast.bruno, self.noted, "Chez nous aussi.")
        self.note = make_note(database, cast.camille, self.told, self.other)
        make_rereading(database, cast.camille, self.told)
        make_recognition(database, cast.camille, cast.dora)

    def corrected(self) -> None:
        correct(self.database, self.cast.camille, self.told, faits="Un voisin a crié.")
        assert "Trombinelle" not in self.visit.as_("bruno").get(self.told.url).get_data(as_text=True)

    def told_again_otherwise(self) -> None:
        """No date of it is left."""
        take_back(self.visit.as_("camille"), self.told)
        corrects(self.database, self.cast.camille, self.told, "Un voisin a crié.")
        tell_again(self.visit.as_("camille"), self.told, "reseau")
        assert "Trombinelle" not in self.visit.as_("bruno").get(self.told.url).get_data(as_text=True)

    def signed_by_one_less(self) -> None:
        assert self.visit.as_("bruno").send(f"{self.told.url}/co-auteurs/depart").status_code == 303

    def narrowed(self) -> None:
        tell_again(self.visit.as_("camille"), self.told)

    def message_edited(self) -> None:
        path = f"/echanges/{self.said}/modifier"
        client = self.visit.as_("bruno")
        page = client.get(path).get_data(as_text=True)
        base = page.partition('name="base" value="')[2].partition('"')[0]
        answer = client.send(path, {"posture": "question", "texte": "Combien de matins ?", "base": base})
        assert answer.status_code == 303, answer.get_data(as_text=True)[-3000:]

    def echo_taken_back(self) -> None:
        with self.writing(self.cast.bruno) as session:
            take_back_echo(session, session.reader, self.noted.id)
            session.commit()

    def note_edited(self) -> None:
        with self.writing(self.cast.camille) as session:
            note = find_note(session, self.note)
            assert note is not None
            rewrite_note(session, note, Meeting.DIVERGENT, "Autrement dit.", Audience.COLLECTIF, version_of(note))
            session.commit()

    def note_removed(self) -> None:
        with self.writing(self.cast.camille) as session:
            note = find_note(session, self.note)
            assert note is not None
            remove_note(session, note)
            session.commit()

    def nameless(self) -> None:
        with self.database.system("an account goes, and takes its name along", write=True) as session:
            session.execute(update(Exchange).where(Exchange.public_id == self.said).values(author_id=None))

    def renamed(self) -> None:
        with self.database.system("somebody has another name", write=True) as session:
            session.execute(update(User).where(User.id == self.cast.paul.id).values(name="Paule"))

    def writing(self, person):
        session = self.database.session(write=True)
        session.reader = reader_of(session, person)
        return session


ACTS = [
    Journal.corrected, Journal.told_again_otherwise, Journal.signed_by_one_less, Journal.narrowed, Journal.message_edited,
    Journal.echo_taken_back, Journal.note_edited, Journal.note_removed, Journal.nameless, Journal.renamed,
]  # fmt: skip


@pytest.fixture
def journal(app, database, cast, visit):
    return Journal(app, database, cast, visit)


@pytest.fixture
def ana(journal, app, visit):
    """The animatrice, whose archive is ready."""
    client = visit.as_("ana")
    client.proof_reads = False
    client.send(PAGE)
    tick(app)
    assert client.get(f"{PAGE}/fichier").status_code == 200
    return client


def as_time_passes(database) -> None:
    """Eleven minutes since the archive was last looked at."""
    [name] = kept_in(database)
    path = database.files.folder.with_name(asking.FOLDER) / name / asking.ZIP
    long_ago = (clock.now() - timedelta(minutes=11)).timestamp()
    os.utime(path, (long_ago, long_ago))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_is_not_told_any_more_does_not_leave(ana, journal, app, database, tmp_path, act):
    act(journal)
    answer = ana.get(f"{PAGE}/fichier")
    assert answer.status_code == 404 and answer.mimetype == "text/html", "before the next tick too"
    assert WHY in answer.get_data(as_text=True).replace("\u00a0", " ")
    as_time_passes(database)
    tick(app)
    assert kept_in(database) == [], "nor does it lie on the disk"
    page = words_of(ana)
    assert WHY in page and "Préparer l’archive" in page and f"{PAGE}/fichier" not in page
    ana.send(PAGE, {"idempotency_key": "again"})
    tick(app)
    (tmp_path / "again.zip").write_bytes(ana.get(f"{PAGE}/fichier").data)
    assert lines_of(tmp_path / "again.zip")["recits"]


@pytest.mark.parametrize("act", [Journal.corrected, Journal.told_again_otherwise, Journal.message_edited, Journal.note_edited])
def test_what_bears_a_date_goes_at_the_next_tick(ana, journal, app, database, act):
    act(journal)
    tick(app)
    assert kept_in(database) == []


def test_what_is_said_since_takes_nothing_back(ana, journal, app, database, cast):
    make_recit(database, cast.bruno, "Un autre")
    make_exchange(database, cast.dora, journal.told.public_id, "Et le matin ?")
    make_difficulty(database, cast.dora, "On ne sait pas qui ouvre.")
    as_time_passes(database)
    tick(app)
    assert ana.get(f"{PAGE}/fichier").status_code == 200


def test_the_page_does_not_read_it_anew(ana, journal, count_statements, monkeypatch):
    def compares(*_):
        raise AssertionError("at every visit")

    monkeypatch.setattr(asking, "says_otherwise", compares)
    assert f"{PAGE}/fichier" in words_of(ana)


def test_what_changes_while_it_is_prepared_is_read_again(journal, app, database, visit, monkeypatch, tmp_path):
    """The récit is read already; then it is corrected."""
    monkeypatch.setattr(slices, "AT_ONCE", 1)
    ana = visit.as_("ana")
    ana.proof_reads = False
    ana.send(PAGE)
    with database.system("which") as session:
        request_id = session.scalars(select(ArchiveRequest.id)).one()
    folder = database.files.folder.with_name(asking.FOLDER)
    while not any("Trombinelle" in path.read_text() for path in folder.glob("*/recits.jsonl")):
        assert asking._go_on(database, request_id, "")
    journal.corrected()
    tick(app)
    (tmp_path / "got.zip").write_bytes(ana.get(f"{PAGE}/fichier").data)
    found = lines_of(tmp_path / "got.zip")
    assert {kind: lines for kind, lines in found.items() if "Trombinelle" in json.dumps(lines)} == {}


def test_nothing_of_a_demonstration_is_told_otherwise_than_it_was_written(demo, slug, tmp_path, monkeypatch):
    """As many lines of every kind as people make: read again at once, each is itself."""
    monkeypatch.setattr(gone, "AT_ONCE", 20)
    with demo.system("the collectif") as session:
        asked = Asked(seat_in(session.scalars(select(Collectif).where(Collectif.slug == slug)).one()))
    with asking.work.working(tmp_path / "work", asked) as one:
        while not one.state.is_read:
            one.advance(demo)
    assert not says_otherwise(demo, asked, tmp_path / "work")
    for kind in ("recits", "difficultes", "reconnaissances", "echanges", "echos", "syntheses", "relectures", "notes", "personnes"):
        path = tmp_path / "work" / f"{kind}.jsonl"
        kept = path.read_bytes()
        line = json.loads(kept.splitlines()[-1])
        path.write_bytes(kept + json.dumps(line | {"id": "AAAAAAAAAAAAAAAA"}).encode() + b"\n")
        assert says_otherwise(demo, asked, tmp_path / "work"), kind
        path.write_bytes(kept)
