"""What comes back in the demonstration: its tensions have a life, proposals wait to be read, one letter left and one waits."""

import re

import pytest
from sqlalchemy import func, select

from rex import clock, opening
from rex.collectifs.models import Collectif
from rex.config import config_from
from rex.demo import RECURRING, TOGETHER
from rex.demo.lettre import LETTER
from rex.demo.loader import load
from rex.demo.shapes_tensions import ArbitrageData, LinkData, StateData, TrialData
from rex.demo.territories import VALOMBRE
from rex.digests.models import Digest, DigestItem, DigestState, Rubric
from rex.digests.told import told
from rex.mail import Outbox
from rex.tensions.models import (
    ActKind,
    Arbitrage,
    ArbitrageParty,
    State,
    Tension,
    TensionAct,
    TensionLink,
    TensionProposal,
    TensionProposalItem,
    TensionSeance,
    TensionTrial,
)
from rex.tensions.voices import voices_of
from tests.demo.test_loader import find
from tests.demo.test_story import FRENCH_FAULTS, PEOPLE_BY_KEY, seats_in
from tests.making import reader_of

DIFFICULTIES = {one.key: one for one in TOGETHER.difficulties}
LINKED = [key for one in RECURRING.tensions for key in one.difficulties] + [
    step.difficulty for one in RECURRING.tensions for step in one.life if isinstance(step, LinkData)
]


def french():
    yield "letter", "\n".join((LETTER.title, LETTER.edito.replace("**", ""), *LETTER.inspiration))
    yield from ((slug, words) for slug, words in RECURRING.ideas)
    for thread in RECURRING.threads:
        yield from ((message.key, message.text) for message in thread.messages)
    for one in RECURRING.tensions:
        yield one.key, f"{one.title}\n{one.words}"
        for step in one.life:
            match step:
                case StateData():
                    said = (step.seance.theme, step.seance.agenda, step.seance.preparation) if step.seance else ()
                    yield one.key, "\n".join((step.words, *said))
                case TrialData():
                    yield one.key, f"{step.words}\n{step.outcome}"
                case ArbitrageData():
                    yield one.key, "\n".join((step.decided, *(f"{p.name}\n{p.enjeu}\n{p.effort}" for p in step.parties)))


@pytest.mark.parametrize(("fault", "why"), FRENCH_FAULTS)
def test_french_typography(fault: str, why: str) -> None:
    found = [(where, re.search(fault, words)) for where, words in french()]
    assert [(where, match.group()) for where, match in found if match] == [], why


def test_a_life_holds_together() -> None:
    assert len(set(LINKED)) == len(LINKED), "a difficulty is in one tension at most"
    names = [name for person in PEOPLE_BY_KEY.values() for name in (person.name, person.name.split()[0])]
    for one in RECURRING.tensions:
        days = [one.named.days_ago, *(step.when.days_ago for step in one.life)]
        assert days == sorted(days, reverse=True), one.key
        assert all(seats_in(one.collectif, step.by) for step in one.life)
        assert {DIFFICULTIES[key].collectif for key in one.difficulties} == {one.collectif}
        assert all(DIFFICULTIES[key].when.days_ago >= one.named.days_ago for key in one.difficulties)
        for step in one.life:
            assert not isinstance(step, LinkData) or DIFFICULTIES[step.difficulty].when.days_ago >= step.when.days_ago
    for where, words in french():
        said = [name for name in names if re.search(rf"\b{name}\b", words)]
        assert said == [] or where == "letter", f"{where} names somebody"
    assert len(DIFFICULTIES) - len(LINKED) >= 12, "some are left for the grouping"


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The demonstration on SQLite, loaded once for the tests that only read it."""
    settings = {"REX_DATA_DIR": str(tmp_path_factory.mktemp("recurring")), "REX_QUICK_HASHES": "1"}
    config = config_from(settings)
    database = opening.open_database(config)
    opening.prepare(database)
    load(database, quick=True)
    assert not list(config.mails_dir.glob("*.eml")) if config.mails_dir.is_dir() else True
    yield database
    database.dispose()


def as_reader(story, key: str):
    with story.system("who reads", write=True) as session:
        return reader_of(session, find(session, key))


def tensions_in(session) -> dict[str, Tension]:
    keys = {one.title: one.key for one in RECURRING.tensions}
    return {keys[one.title]: one for one in session.scalars(select(Tension))}


def test_each_stands_where_it_is_told(story) -> None:
    agent = as_reader(story, "nadia_belkacem")
    with story.system("tensions") as session:
        there = tensions_in(session)
        states = {key: one.state for key, one in there.items()}
        assert states == {
            "t-informer": None, "t-calendrier": State.AT_WORK, "t-samedi": State.ARBITRATED, "t-retaper": State.CALMED,
            "t-heures": None, "t-fatigue": None,
        }  # fmt: skip
        ids = {key: one.id for key, one in there.items()}
    with story.session(agent) as session:
        voices = voices_of(session, agent, list(ids.values()))
    recurring = {key: voices[tension_id].is_recurring for key, tension_id in ids.items()}
    assert recurring == dict.fromkeys(ids, True) | {"t-fatigue": False}, "one is to be watched"
    assert voices[ids["t-informer"]].difficulties == 9 and len(voices[ids["t-informer"]].services) >= 3


def test_one_calmed_came_back(story) -> None:
    with story.system("its life") as session:
        tension = tensions_in(session)["t-heures"]
        acts = session.execute(
            select(TensionAct.kind, TensionAct.at).where(TensionAct.tension_id == tension.id).order_by(TensionAct.at, TensionAct.id)
        ).all()
        kinds = [kind for kind, _ in acts]
        assert kinds.index(ActKind.CALMED) < kinds.index(ActKind.REAPPEARED)
        assert tension.state_at is not None and tension.state_at < clock.now()


def test_acts_and_links_have_the_dates_of_the_story(story) -> None:
    with story.system("dates") as session:
        here = select(Collectif.id).where(Collectif.slug == VALOMBRE).scalar_subquery()
        acts = session.scalars(select(TensionAct).where(TensionAct.collectif_id == here)).all()
        assert len(acts) >= 6 + len([s for one in RECURRING.tensions for s in one.life if not isinstance(s, TrialData)])
        day = min(clock.now() - one.at for one in acts)
        assert day.days >= 1, "nothing was done just now"
        for link, tension in session.execute(select(TensionLink, Tension).join(Tension, Tension.id == TensionLink.tension_id)):
            assert tension.published_at is not None and link.linked_at >= tension.published_at
            assert link.linked_at < clock.now()
        late = session.execute(select(TensionTrial.created_at, TensionTrial.outcome_at)).all()
        assert late and all(outcome is None or outcome > at for at, outcome in late)


def test_one_was_arbitrated_between_three_parties_and_one_is_put_to_work(story) -> None:
    with story.system("decided") as session:
        (arbitrage,) = session.scalars(select(Arbitrage)).all()
        parties = session.scalars(select(ArbitrageParty).order_by(ArbitrageParty.position)).all()
        assert arbitrage.tension_id == tensions_in(session)["t-samedi"].id
        assert len(parties) == 3 and all(party.enjeu and party.effort for party in parties)
        (meeting,) = session.scalars(select(TensionSeance)).all()
        assert meeting.tension_id == tensions_in(session)["t-calendrier"].id


def test_the_grouping_leaves_something_to_read_again(story) -> None:
    """Computed, not written: what it brings together of the difficulties that nobody put anywhere."""
    with story.system("proposals") as session:
        proposals = session.scalars(select(TensionProposal).order_by(TensionProposal.position)).all()
        sizes = {one.id: 0 for one in proposals}
        for proposal_id, number in session.execute(
            select(TensionProposalItem.proposal_id, func.count()).group_by(TensionProposalItem.proposal_id)
        ):
            sizes[proposal_id] = number
        named = {one.difficulty_id for one in session.scalars(select(TensionLink))}
        proposed = set(session.scalars(select(TensionProposalItem.difficulty_id)))
    assert sum(one.is_recurring and one.tension_id is None and sizes[one.id] >= 3 for one in proposals) >= 2
    assert all(sizes.values()) and proposed & named == set()


def test_a_letter_left_last_month_and_one_waits(story) -> None:
    agent = as_reader(story, "nadia_belkacem")
    with story.system("letters") as session:
        letters = session.scalars(select(Digest).order_by(Digest.until)).all()
        assert [(one.state, one.number) for one in letters] == [(DigestState.PUBLISHED, 1), (DigestState.TO_EDIT, None)]
        left, waiting = letters
        assert left.is_posted and left.published_at == left.due_at < clock.now() < waiting.due_at
        assert session.scalar(select(func.count()).select_from(Outbox)) == 0, "invented people get no mail"
        rubrics = {
            one.id: set(session.scalars(select(DigestItem.rubric).where(DigestItem.digest_id == one.id))) for one in letters
        }
    assert {Rubric.RECITS, Rubric.INSPIRATION} <= rubrics[left.id] and len(rubrics[left.id]) >= 5
    assert {Rubric.RECITS, Rubric.RECURRING} <= rubrics[waiting.id] and len(rubrics[waiting.id]) >= 5
    with story.session(agent) as session:
        letter = session.scalars(select(Digest).where(Digest.state == DigestState.PUBLISHED)).one()
        said = told(session, agent, letter, "Europe/Paris")
    assert said.number == 1 and said.title and said.edito_by == "Hugo Thévenard"
    assert sum(len(rubric.items) for rubric in said.rubrics) >= 6


def test_nothing_of_the_groups_is_in_a_letter_nor_in_a_tension(story) -> None:
    with story.system("groups feed nothing") as session:
        groups = set(session.scalars(select(Collectif.id)))
        assert {one.collectif_id for one in session.scalars(select(Tension))} <= groups
        assert {one.collectif_id for one in session.scalars(select(TensionProposal))} <= groups
        assert {one.collectif_id for one in session.scalars(select(Digest))} <= groups
