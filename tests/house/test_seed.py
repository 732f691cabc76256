"""`rex seed`: the right number, twice the same, real French, pages equal to those that publishing makes."""

import html
import re
from collections import Counter
from random import Random

import pytest
from sqlalchemy import Text, func, select, type_coerce

from rex import opening, text
from rex.collectifs.models import Collectif, College, Membership, Service
from rex.config import config_from
from rex.demo.clearing import clear, has_demo
from rex.demo.loader import PASSWORD
from rex.exchanges.models import Exchange
from rex.exchanges.words import Words, faults_in, html_of
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Action, Audience, Authorship, Entry, EntryKind, Recit, Revision, Section, Tagging
from rex.journal.recognition_models import Recognition
from rex.journal.versions import versions_of
from rex.sealed_words import MARK
from rex.seed.answers import WORDS, message
from rex.seed.compose import SUBJECTS, draw_recit, draw_scene
from rex.seed.load import AlreadyThere, load
from rex.seed.shown import plain_html
from rex.seed.tensions import EACH, FEWEST, MOST
from rex.tensions.models import ActKind, Tension, TensionAct, TensionLink
from tests.cast import Person
from tests.making import reader_of

COUNT = 120
WRONG = re.compile(r"\b(de|à) le (CCAS|service|garage)|\bde un|\bde l’[rp]|\brue (rue|place)|  |(^|\. )[a-zéàê]|!")


@pytest.fixture
def seeded(database):
    told = load(database, COUNT, 7, quick=True)
    with database.system("which collectif") as session:
        return session.scalars(select(Collectif).where(Collectif.slug == told.slug)).one()


def words_of(seed: int, count: int) -> list[str]:
    chance = Random(seed)
    told = [draw_recit(draw_scene(chance), chance, is_first=True) for _ in range(count)]
    said = [message(posture, chance) for posture in WORDS for _ in range(count // 5)]
    return [text for recit in told for text in (recit.title, *recit.sections.values())] + said


def test_counts(database, seeded) -> None:
    with database.system("count") as session:
        here = Entry.collectif_id == seeded.id
        assert session.scalar(select(func.count()).select_from(Recit).where(here)) == COUNT
        assert session.scalar(select(func.count()).select_from(Entry).where(here, Entry.published_at.is_(None))) == 0
        members = session.execute(
            select(Membership.college, func.count()).where(Membership.collectif_id == seeded.id).group_by(Membership.college)
        ).all()
        assert sum(n for _, n in members) == 12 and {college for college, _ in members} == set(College)
        assert session.scalar(select(func.count()).select_from(Service).where(Service.collectif_id == seeded.id)) >= 3
        actions = session.scalar(select(func.count()).select_from(Action).where(Action.collectif_id == seeded.id))
        assert COUNT * 0.7 < actions < COUNT  # some are told several times
        wide = session.scalar(select(func.count()).select_from(Recit).where(here, Recit.audience == Audience.RESEAU))
        assert 0 < wide < COUNT * 0.25
        for model, most in ((Section, 8), (Tagging, 4), (Authorship, 3), (Revision, 1)):
            of_each = session.scalars(
                select(func.count())
                .select_from(model)
                .where(model.entry_id.in_(select(Recit.id).where(here)))
                .group_by(model.entry_id)
            ).all()
            assert len(of_each) == COUNT and min(of_each) >= 1 and max(of_each) <= most, model
        span = session.execute(select(func.min(Entry.published_at), func.max(Entry.published_at)).where(here)).one()
        assert (span[1] - span[0]).days > 500


def test_people_answer(database, seeded, visit) -> None:
    """Difficulties, thanks, echoes, messages; the last récit has fifty, and its page shows them to a member."""
    with database.system("count") as session:
        here = Entry.collectif_id == seeded.id
        of = {cls: session.scalar(select(func.count()).select_from(cls).where(here)) for cls in (Difficulty, Recognition)}
        assert COUNT * 0.2 < of[Difficulty] < COUNT * 0.6 and COUNT * 0.15 < of[Recognition] < COUNT * 0.5
        assert session.scalar(select(func.count()).select_from(Echo)) > 10
        told = select(Recit.public_id).where(here).order_by(Recit.published_at.desc(), Recit.id.desc()).limit(1)
        newest = session.scalars(told).one()
        said = session.execute(
            select(Entry.public_id, func.count(Exchange.id)).join(Exchange, Exchange.entry_id == Entry.id).group_by(Entry.public_id)
        )
        messages = {public_id: count for public_id, count in said}
        assert messages[newest] == 50 and sorted(messages.values())[-2] < 20
        rows = session.execute(select(Exchange.public_id, Exchange.source, Exchange.html, Exchange.posture, Exchange.quote)).all()
        assert all(html == html_of(public_id, source) for public_id, source, html, _, _ in rows[:60])
        assert not any(faults_in(Words(posture, source, quote, "faits")) for _, source, _, posture, quote in rows)
        answers = session.execute(
            select(Exchange.id, Exchange.parent_id, Exchange.root_id).where(Exchange.parent_id.is_not(None))
        ).all()
        assert answers and all(root_id <= parent_id < own_id for own_id, parent_id, root_id in answers)
    client = visit.as_(None)
    client.sign_in("agent@demo.rex", PASSWORD)
    page = client.get(f"/recits/{newest}").get_data(as_text=True)
    assert page.count('class="exchange"') == 50 and page.count("/signaler/") >= 40


def test_difficulties_come_back(database, seeded, visit) -> None:
    """Tensions in proportion: each gathers difficulties of one balise, dated, and some have a life; their pages are read."""
    with database.system("count") as session:
        here = Entry.collectif_id == seeded.id
        difficulties = session.scalar(select(func.count()).select_from(Difficulty).where(here)) or 0
        tensions = session.scalars(select(Tension).where(here)).all()
        assert 0 < len(tensions) <= difficulties // EACH
        links = session.execute(select(TensionLink.tension_id, func.count()).group_by(TensionLink.tension_id)).all()
        assert len(links) == len(tensions) and all(FEWEST <= number <= MOST for _, number in links)
        acts = Counter(session.scalars(select(TensionAct.kind)))
        assert acts[ActKind.NAMED] == len(tensions)
        assert acts.total() == len(tensions) + sum(one.state is not None for one in tensions)
        titles = {one.public_id: one.title for one in tensions}
    client = visit.as_(None)
    client.sign_in("agent@demo.rex", PASSWORD)
    for public_id, title in list(titles.items())[:2]:
        assert html.escape(title) in client.get(f"/tensions/{public_id}").get_data(as_text=True).replace("\u202f", " ")


def test_is_read_as_any_other(database, seeded, visit) -> None:
    client = visit.as_(None)
    client.sign_in("agent@demo.rex", PASSWORD)
    with database.system("one of them") as session:
        recits = select(Recit).where(Recit.collectif_id == seeded.id)
        entry = session.scalars(recits.order_by(Recit.published_at.desc(), Recit.id.desc())).first()
    page = client.get(f"/c/{seeded.slug}/recits").get_data(as_text=True)
    assert f"/recits/{entry.public_id}" in page
    assert client.get(f"/recits/{entry.public_id}").status_code == 200


def test_versions_open(database, seeded) -> None:
    with database.system("as its first author", write=True) as session:
        recit = session.scalars(select(Recit).where(Recit.collectif_id == seeded.id)).first()
        author = session.scalars(select(Authorship).where(Authorship.entry_id == recit.id, Authorship.position == 0)).one()
        reader = reader_of(session, Person(author.user_id, "", "", ""))
        (version,) = versions_of(session, reader, recit)
        sections = session.execute(select(Section.slug, Section.source).where(Section.entry_id == recit.id)).all()
    assert (version.title, version.teller) == (recit.title, recit.teller)
    assert version.sections == dict(tuple(row) for row in sections)


def test_the_same_seed_says_the_same(database, settings, tmp_path) -> None:
    def all_of(base) -> list[tuple]:
        with base.system("read") as session:
            columns = (Entry.public_id, Entry.title, Entry.excerpt, Entry.byline, Entry.published_at)
            here = select(Collectif.id).where(Collectif.slug == "semis-30-3")
            return [tuple(row) for row in session.execute(select(*columns).where(Entry.collectif_id.in_(here)).order_by(Entry.id))]

    other = opening.open_database(config_from({"REX_DATA_DIR": str(tmp_path / "autre"), "REX_QUICK_HASHES": "1"}))
    opening.prepare(other)
    for base in (database, other):
        load(base, 30, 3, quick=True)
    assert all_of(database) == all_of(other) != []
    with pytest.raises(AlreadyThere, match="graine 3"):
        load(database, 30, 3, quick=True)
    other.dispose()
    assert words_of(1, 20) == words_of(1, 20) != words_of(2, 20)


def test_goes_with_the_demonstration(database, settings, seeded, cast) -> None:
    load(database, 12, 8, messages=24, quick=True)
    assert has_demo(database)
    clear(database, config_from(settings))
    assert not has_demo(database)
    with database.system("what is left") as session:
        assert session.scalars(select(Collectif.slug).order_by(Collectif.id)).all() == ["valombre", "orbe"]
        assert session.scalar(select(func.count()).select_from(Recit)) == 0
    assert sorted(path.stem for path in config_from(settings).keys_dir.iterdir()) == sorted(
        ["installation", *(k for k in keys_left(database))]
    )


MESSAGES = 60
SEALED = (  # where the words of a room lie, and how one goes from there to the entries of the room
    (Entry, Entry.id, ("title", "excerpt", "words", "byline")),
    (Section, Section.entry_id, ("heading", "source", "html")),
    (Exchange, Exchange.entry_id, ("signature", "quote", "source", "html")),
    (Recit, Recit.id, ("teller",)),
)


def test_a_room_is_sealed_and_read_as_any_other(database, visit) -> None:
    told = load(database, 30, 7, messages=MESSAGES, quick=True)
    assert told.room is not None
    with database.system("what the base keeps of a room") as session:
        entries = select(Entry.id).where(Entry.audience == Audience.GROUPE)
        kinds = {one.kind for one in session.scalars(select(Entry).where(Entry.id.in_(entries)))}
        per_entry = select(Entry.public_id, func.count(Exchange.id)).join(Exchange, Exchange.entry_id == Entry.id)
        said = session.execute(per_entry.where(Entry.id.in_(entries)).group_by(Entry.public_id)).all()
        most = max(said, key=lambda row: row[1])
        assert kinds == {EntryKind.RECIT, EntryKind.DIFFICULTY} and sum(row[1] for row in said) == MESSAGES and most[1] == 30
        for model, to_entry, names in SEALED:
            kept = [type_coerce(getattr(model, name), Text) for name in names]
            rows = session.execute(select(*kept).where(to_entry.in_(entries))).all()
            assert rows and all(value == "" or value.startswith(MARK) for row in rows for value in row), model
        rows = session.execute(select(Exchange.source, Exchange.posture, Exchange.quote).where(Exchange.entry_id.in_(entries)))
        assert not any(faults_in(Words(posture, source, quote, "")) for source, posture, quote in rows)
    client = visit.as_(None)
    client.sign_in("agent@demo.rex", PASSWORD)
    here = f"/groupes-de-pairs/{told.room.group}"
    page = client.get(here).get_data(as_text=True)
    assert "Confidentiel, 7 personnes" in page and page.count("personne d’autre ne lit") == 3
    assert client.get(f"/difficultes/{most[0]}").get_data(as_text=True).count('class="exchange"') == 30
    sealed = client.get(f"{here}/seances/{told.room.seance}").get_data(as_text=True)
    assert "4 dépôts scellés" in french_spaces(sealed)
    opened = client.get(f"/c/{told.slug}/seances/{told.room.workshop}").get_data(as_text=True)
    assert opened.count('class="depot"') == told.members


def french_spaces(html: str) -> str:
    return html.replace("&nbsp;", " ").replace("\u00a0", " ").replace("\u202f", " ")


def keys_left(database) -> list[str]:
    with database.system("keys") as session:
        return [collectif.key_name for collectif in session.scalars(select(Collectif))]


def test_plain_html_is_what_the_pipeline_makes() -> None:
    sources = [*words_of(11, 150), "Du **gras**", "1. une liste", "a < b & c", "« Oui » : et 2 000 € ?", "Un.\n\n\nDeux.", " x"]
    for source in sources:
        assert plain_html(source, "faits-") == text.to_html(source, prefix="faits-"), source


def test_french_is_well_written() -> None:
    everything = words_of(5, 300)
    wrong = [words for words in everything if "'" in words or "{" in words or WRONG.search(words)]
    assert not wrong, wrong[:3]


def test_does_not_read_as_copies() -> None:
    """Ten thousand would be long to draw here: one thousand, with few equal texts and every subject met."""
    chance = Random(9)
    told = [draw_recit(draw_scene(chance), chance, is_first=True) for _ in range(1000)]
    facts = Counter(recit.sections["faits"] for recit in told)
    assert facts.most_common(1)[0][1] == 1
    assert len({recit.title for recit in told}) > 400
    assert len({code for recit in told for code in recit.tags}) == 23
    assert len(SUBJECTS) >= 16
