"""What people add to the récits of the demonstration: its counts, its quotes, who may say what to whom, its French."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from rex.demo import ACTIONS, PEOPLE, RECITS, TOGETHER
from rex.demo.shapes_together import MessageData, When
from rex.demo.territories import ORMELLE, VALOMBRE
from rex.referentiel import content
from rex.text.passages import says
from tests.demo.test_story import FRENCH_FAULTS, SERVICES, SIGN_INS, seats_in

RECITS_BY_KEY = {recit.key: recit for recit in RECITS}
PEOPLE_BY_KEY = {person.key: person for person in PEOPLE}
PASSAGES = [one for one in TOGETHER.difficulties if one.recit]
ALONE = [one for one in TOGETHER.difficulties if not one.recit]
MESSAGES = {message.key: message for thread in TOGETHER.threads for message in thread.messages}
POSTURES = {"question", "resonance", "apport", "autre-regard"}
CODES = {balise.code for balise in content.BALISES}
AGENT = "nadia_belkacem"


def reads(person: str, collectif: str, audience: str | None) -> bool:
    """Whether somebody is among the readers of an audience: what the door would say."""
    return bool(seats_in(collectif, person)) or (audience == "reseau" and bool(PEOPLE_BY_KEY[person].memberships))


def place_of(under: str) -> tuple[str, str | None, int, tuple[str, ...]]:
    """(collectif, audience, days since publication, authors) of what a thread stands under."""
    if under in RECITS_BY_KEY:
        recit = RECITS_BY_KEY[under]
        return recit.collectif, recit.audience, recit.days_ago, recit.authors
    one = next(one for one in TOGETHER.difficulties if one.key == under)
    return one.collectif, one.audience, one.when.days_ago, (one.by,)


def french() -> Iterator[tuple[str, str]]:
    for one in TOGETHER.difficulties:
        yield one.key, "\n".join((one.words, one.effect, *(echo.words for echo in one.echoes)))
    yield from ((one.key, one.words) for one in TOGETHER.thanks)
    yield from ((message.key, f"{message.text}\n{message.former}") for message in MESSAGES.values())
    for thread in TOGETHER.threads:
        if thread.synthese:
            yield thread.under, "\n".join(sentence.words for sentence in thread.synthese.sentences)
    yield from ((note.by, note.words) for note in TOGETHER.notes)
    yield from ((one.recit, one.text) for one in TOGETHER.rereadings)
    yield from ((report.recit, report.reason) for report in TOGETHER.reports)


def moments() -> Iterator[When]:
    for one in TOGETHER.difficulties:
        yield from (one.when, *(echo.when for echo in one.echoes))
    yield from (message.when for message in MESSAGES.values())
    for those in (TOGETHER.thanks, TOGETHER.notes, TOGETHER.rereadings, TOGETHER.asked, TOGETHER.reports):
        yield from (one.when for one in those)


def test_counts() -> None:
    assert len(TOGETHER.difficulties) >= 40 and len(PASSAGES) >= 15 and len(ALONE) >= 25
    answers = Counter(one.answer for one in TOGETHER.thanks)
    assert answers["acceptee"] >= 14 and answers["attente"] >= 2 and answers["gardee"] and answers["declinee"]
    assert len([thread for thread in TOGETHER.threads if thread.under in RECITS_BY_KEY]) >= 15
    assert {message.posture for message in MESSAGES.values()} == POSTURES
    assert sum(len(thread.messages) == 200 for thread in TOGETHER.threads) == 1
    assert any(message.former for message in MESSAGES.values()) and any(message.withdrawn for message in MESSAGES.values())
    keys = [one.key for one in (*TOGETHER.difficulties, *TOGETHER.thanks, *RECITS)]
    assert len(set(keys)) == len(keys) and len(MESSAGES) == sum(len(thread.messages) for thread in TOGETHER.threads)


def test_twelve_months_of_it() -> None:
    days = [when.days_ago for when in moments()]
    assert min(days) >= 1 and max(days) > 250
    assert len({day // 30 for day in days}) >= 9
    assert all(0 <= when.hour < 24 and 0 <= when.minute < 60 for when in moments())


@pytest.mark.parametrize("one", PASSAGES, ids=lambda one: one.key)
def test_a_passage_stands_in_its_recit(one) -> None:
    recit = RECITS_BY_KEY[one.recit]
    assert one.words in recit.sections[one.section] and says(recit.sections[one.section], one.words)
    assert one.by in recit.authors and recit.collectif == one.collectif and one.when.days_ago <= recit.days_ago


@pytest.mark.parametrize("one", TOGETHER.difficulties, ids=lambda one: one.key)
def test_a_difficulty_is_short_tagged_and_echoed_by_those_who_read_it(one) -> None:
    collectif, audience, _, authors = place_of(one.key if not one.recit else one.recit)
    sentences = re.findall(r"[.?](?: »)?(?= |$)", one.words)
    assert 1 <= len(sentences) <= 5 and seats_in(one.collectif, one.by)
    codes = [balise.split(":")[0] for balise in one.balises]
    assert codes and set(codes) <= CODES and len(set(codes)) == len(codes) <= 3
    assert {balise.partition(":")[2] for balise in one.balises} <= {"illustre", "nuance", "contredit"}
    echoing = [echo.by for echo in one.echoes]
    assert len(set(echoing)) == len(echoing) and not set(echoing) & set(authors)
    assert all(reads(person, collectif, audience) for person in echoing)
    assert all(echo.when.days_ago <= one.when.days_ago for echo in one.echoes)


def test_several_difficulties_come_back_across_services_and_months() -> None:
    """By balise: at least three of them, told by several people, of several places, in several months (domain §5)."""
    told = defaultdict(list)
    for one in TOGETHER.difficulties:
        seat = seats_in(one.collectif, one.by)[0]
        for balise in one.balises:
            told[balise.split(":")[0]].append((one.by, seat.service or seat.college, one.when.days_ago // 30))
    several = {code: [set(column) for column in zip(*those, strict=True)] for code, those in told.items() if len(those) >= 3}
    recurring = [code for code, columns in several.items() if all(len(column) >= 3 for column in columns)]
    assert len(recurring) >= 6
    by_place = Counter(seats_in(one.collectif, one.by)[0].service for one in TOGETHER.difficulties)
    assert len(by_place) >= 14 and max(by_place.values()) <= 5


@pytest.mark.parametrize("one", TOGETHER.thanks, ids=lambda one: one.key)
def test_a_thank_you_goes_to_somebody_else_who_can_answer_it(one) -> None:
    assert bool(one.to) != bool(one.to_body) and one.by != one.to and seats_in(one.collectif, one.by)
    assert not one.to or seats_in(one.collectif, one.to)
    assert not one.to_body or one.to_body in SERVICES[one.collectif]
    assert (one.answer == "attente") == (one.answered is None)
    if one.to_body:
        assert one.answered_by != one.by and seats_in(one.collectif, one.answered_by)[0].service == one.to_body
    if one.answered:
        assert one.answered.days_ago <= one.when.days_ago
    if one.recit:
        assert RECITS_BY_KEY[one.recit].collectif == one.collectif and one.when.days_ago <= RECITS_BY_KEY[one.recit].days_ago


@pytest.mark.parametrize("thread", TOGETHER.threads, ids=lambda thread: thread.under)
def test_a_thread_is_said_by_readers_and_quotes_what_stands_there(thread) -> None:
    collectif, audience, days_ago, _ = place_of(thread.under)
    seen: dict[str, MessageData] = {}
    for message in thread.messages:
        assert message.posture in POSTURES and message.when.days_ago <= days_ago, message.key
        assert reads(message.by, collectif, message.audience), message.key
        assert message.audience == "collectif" or audience == "reseau", message.key
        assert bool(message.quote) == bool(message.section), message.key
        if message.quote:
            source = RECITS_BY_KEY[thread.under].sections[message.section]
            assert message.quote in source and says(source, message.quote), message.key
        if message.posture == "autre-regard":
            assert message.quote, f"{message.key}: another look quotes the passage"
        if message.to:
            parent = seen[message.to]
            assert (parent.audience, message.audience) != ("collectif", "reseau"), f"{message.key}: wider than what it answers"
            assert parent.when.days_ago >= message.when.days_ago, message.key
        assert all(reads(person, collectif, message.audience) for person in message.mentions), message.key
        assert all(PEOPLE_BY_KEY[person].name in message.text for person in message.mentions if "@" in message.text)
        seen[message.key] = message


def test_two_threads_began_before_their_recit_was_opened_to_the_reseau() -> None:
    both = [
        thread.under for thread in TOGETHER.threads if {message.audience for message in thread.messages} == {"collectif", "reseau"}
    ]
    assert len(both) == 2 and all(RECITS_BY_KEY[key].audience == "reseau" for key in both)


def test_an_edited_message_had_been_answered() -> None:
    for message in MESSAGES.values():
        if message.former:
            answers = [other.when.days_ago for other in MESSAGES.values() if other.to == message.key]
            assert message.edited is not None and max(answers) > message.edited.days_ago


def test_a_synthese_cites_every_other_look() -> None:
    closed = [(thread, thread.synthese) for thread in TOGETHER.threads if thread.synthese]
    assert closed
    for thread, synthese in closed:
        roles = {seat.role for seat in seats_in(place_of(thread.under)[0], synthese.by)}
        cited = {source for sentence in synthese.sentences for source in sentence.sources}
        looks = {message.key for message in thread.messages if message.posture == "autre-regard" and not message.withdrawn}
        assert roles == {"animateur"} and len(looks) >= 2
        assert looks <= cited <= {message.key for message in thread.messages}
        assert all(sentence.sources for sentence in synthese.sentences)
        assert synthese.when.days_ago <= min(message.when.days_ago for message in thread.messages)


def test_questions_wait_for_an_answer() -> None:
    answered = {message.to for message in MESSAGES.values() if message.to}
    waiting = [message for message in MESSAGES.values() if message.posture == "question" and message.key not in answered]
    assert len(waiting) >= 8
    assert any(message.when.days_ago >= 30 for message in waiting) and any(message.when.days_ago <= 5 for message in waiting)
    assert any(message.taken_by for message in waiting)


def test_the_long_discussion_is_not_silly() -> None:
    long = next(thread for thread in TOGETHER.threads if len(thread.messages) == 200)
    assert len({message.text for message in long.messages}) == 200
    assert len({message.by for message in long.messages}) >= 30
    assert {message.posture for message in long.messages} == POSTURES
    assert sum(1 for message in long.messages if message.to) > 100


def test_notes_stand_between_two_recits_of_one_action_at_a_section_of_both() -> None:
    actions = set()
    for note in TOGETHER.notes:
        one, other = RECITS_BY_KEY[note.one], RECITS_BY_KEY[note.other]
        assert one.action == other.action and one is not other
        assert note.section in one.sections and note.section in other.sections, note
        assert reads(note.by, one.collectif, one.audience) and reads(note.by, other.collectif, other.audience)
        assert note.when.days_ago <= min(one.days_ago, other.days_ago) and note.meeting in {"divergent", "rejoignent"}
        actions.add(one.action)
    assert {"rue-de-l-ecole", "amap-marche", "guichet-unique"} <= actions
    assert {note.meeting for note in TOGETHER.notes} == {"divergent", "rejoignent"}


def test_a_year_after() -> None:
    old = {recit.key: recit for recit in RECITS if recit.days_ago > 366}
    done = {(one.recit, one.by) for one in TOGETHER.rereadings}
    assert done and all(key in old and by in old[key].authors for key, by in done)
    assert any(AGENT in recit.authors and (key, AGENT) not in done for key, recit in old.items())


def test_something_waits_for_the_agent() -> None:
    mine = [asked for asked in TOGETHER.asked if asked.to == AGENT]
    assert {bool(asked.draft) for asked in mine} == {True, False}
    for asked in TOGETHER.asked:
        assert bool(asked.draft) != bool(asked.action)
        if asked.draft:
            assert RECITS_BY_KEY[asked.draft].audience is None and asked.by in RECITS_BY_KEY[asked.draft].authors
            assert asked.to not in RECITS_BY_KEY[asked.draft].authors
        else:
            told = [recit for recit in RECITS if recit.action == asked.action and recit.audience]
            assert asked.action in {action.key for action in ACTIONS} and told
            assert all(asked.to not in recit.authors for recit in told)
            assert reads(asked.by, told[0].collectif, told[0].audience) and seats_in(told[0].collectif, asked.to)
    waiting = {one.to for one in TOGETHER.thanks if one.answer == "attente"}
    assert AGENT in waiting and all(PEOPLE_BY_KEY[key].email in SIGN_INS for key in waiting)


def test_a_report_comes_from_a_reader_who_is_not_an_author() -> None:
    assert TOGETHER.reports
    for report in TOGETHER.reports:
        recit = RECITS_BY_KEY[report.recit]
        assert report.by not in recit.authors and reads(report.by, recit.collectif, recit.audience)


def test_both_territories_answer() -> None:
    speaking = {seat.collectif for message in MESSAGES.values() for seat in PEOPLE_BY_KEY[message.by].memberships}
    assert speaking == {VALOMBRE, ORMELLE} == {one.collectif for one in TOGETHER.difficulties}


@pytest.mark.parametrize(("fault", "why"), FRENCH_FAULTS)
def test_french_typography(fault: str, why: str) -> None:
    found = [(where, re.search(fault, text)) for where, text in french()]
    assert [(where, match.group()) for where, match in found if match] == [], why
