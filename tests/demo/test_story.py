"""The demonstration story is whole: its counts, its threads, its French."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from rex.demo import ACTIONS, COLLECTIFS, PEOPLE, RECITS
from rex.demo.shapes import SECTION_SLUGS, RecitData, Seat, told, working_day
from rex.demo.territories import ORMELLE, VALOMBRE
from rex.referentiel import content

COLLEGES = {"elu", "service", "operateur", "habitant", "tiers"}
SIGN_INS = {"agent@demo.rex", "dgs@demo.rex", "animation@demo.rex", "elue@demo.rex", "admin@demo.rex"}
FRENCH_FAULTS = [
    ("['\"]", "straight apostrophe or quotation mark"),
    (r"\.\.\.|!", "three dots, or an exclamation mark"),
    (r"[\u00a0\u202f]", "a no-break space: they are made at display"),
    (r"\w[?;:](?!-|\w)|«\S|\S»", "no space before ? ; : or inside « »"),
    (r"\b\d+h\b|\d h\d", "an hour glued to its h"),
    (r"[^\S\n]{2}|[^\S\n]\n", "stray spaces"),
    (r"\w·\w", "midpoint"),
]
SHORT, LONG = "robinet", "fuite-rue-basse"

PEOPLE_BY_KEY = {person.key: person for person in PEOPLE}
ACTIONS_BY_KEY = {action.key: action for action in ACTIONS}
SERVICES = {collectif.slug: {service.name for service in collectif.services} for collectif in COLLECTIFS}
PUBLISHED = [recit for recit in RECITS if recit.audience]
DRAFTS = [recit for recit in RECITS if recit.audience is None]
TOLD = pytest.mark.parametrize("recit", RECITS, ids=lambda recit: recit.key)


def seats_in(collectif: str, person_key: str) -> list[Seat]:
    return [seat for seat in PEOPLE_BY_KEY[person_key].memberships if seat.collectif == collectif]


def words(recit: RecitData) -> int:
    return sum(len(text.split()) for text in recit.sections.values())


def french() -> Iterator[tuple[str, str]]:
    """Everything that people read, each with the place where it stands."""
    for collectif in COLLECTIFS:
        yield collectif.slug, f"{collectif.name}\n{collectif.about}"
        yield from ((collectif.slug, service.name) for service in collectif.services)
        for own in collectif.own_balises:
            yield own.slug, "\n".join((own.title, own.label, own.question, own.text))
    for person in PEOPLE:
        yield person.key, "\n".join((person.name, *(seat.title for seat in person.memberships)))
    yield from ((action.key, action.title) for action in ACTIONS)
    for recit in RECITS:
        yield recit.key, "\n".join((recit.title, recit.teller, *recit.sections.values()))
        for revision in recit.revisions:
            yield recit.key, "\n".join(revision.sections.values())


def test_keys_are_unique() -> None:
    for things in (PEOPLE, ACTIONS, RECITS):
        assert max(Counter(thing.key for thing in things).values()) == 1
    for values in ([p.email for p in PEOPLE], [p.name for p in PEOPLE], [c.slug for c in COLLECTIFS]):
        assert len(set(values)) == len(values)
    titles = [recit.title for recit in RECITS]
    assert len(set(titles)) == len(titles)


def test_people_sit_where_they_say() -> None:
    for person in PEOPLE:
        for seat in person.memberships:
            assert seat.college in COLLEGES, person.key
            assert seat.role in {"membre", "animateur"}, person.key
            assert seat.service is None or seat.service in SERVICES[seat.collectif], person.key
            assert seat.title, person.key
    for collectif in (VALOMBRE, ORMELLE):
        seats = [seat for person in PEOPLE for seat in person.memberships if seat.collectif == collectif]
        assert {seat.college for seat in seats} == COLLEGES
        assert any(seat.role == "animateur" for seat in seats)
        assert {seat.service for seat in seats} - {None} == SERVICES[collectif]


def test_who_is_there() -> None:
    assert sum(1 for person in PEOPLE if person.memberships) >= 44
    assert [person.key for person in PEOPLE if len(person.memberships) == 2] == ["joachim_ravenel"]
    assert {person.email for person in PEOPLE if person.email.endswith("@demo.rex")} == SIGN_INS
    assert all(re.fullmatch(r"[a-z.]+@(demo\.rex|\w+\.example)", person.email) for person in PEOPLE)
    admins = [person for person in PEOPLE if person.is_admin]
    assert [(admin.email, admin.memberships) for admin in admins] == [("admin@demo.rex", ())]
    animateurs = {p.email for p in PEOPLE for seat in p.memberships if seat.role == "animateur"}
    assert "animation@demo.rex" in animateurs
    kinds = {service.kind for collectif in COLLECTIFS for service in collectif.services}
    assert kinds == {"service", "structure"}


def test_at_least_six_services_write_with_three_voices() -> None:
    writers = defaultdict(set)
    for recit in PUBLISHED:
        for author in recit.authors:
            for seat in seats_in(recit.collectif, author):
                writers[seat.collectif, seat.service].add(author)
    writers = {place: keys for place, keys in writers.items() if place[1]}
    assert len(writers) >= 8
    assert sum(1 for keys in writers.values() if len(keys) >= 3) >= 6


def test_counts_of_the_story() -> None:
    assert 32 <= len(PUBLISHED) <= 40
    assert len(DRAFTS) == 3
    assert sum(1 for recit in PUBLISHED if recit.audience == "reseau") == 6  # enough for the réseau to have trends
    assert sum(1 for recit in PUBLISHED if recit.collectif == ORMELLE) == 5
    assert sum(1 for recit in PUBLISHED if recit.days_ago < 30) >= 6
    assert max(recit.days_ago for recit in PUBLISHED) > 330
    assert 2 <= sum(1 for recit in PUBLISHED if recit.revisions) <= 3


def test_three_actions_are_told_by_several_in_disagreement() -> None:
    tellers = defaultdict(set)
    for recit in PUBLISHED:
        tellers[recit.action].add(recit.teller)
    for action in ("rue-de-l-ecole", "amap-marche", "guichet-unique"):
        assert len(tellers[action]) == 3
    assert {action.key for action in ACTIONS} == {recit.action for recit in RECITS}


def test_balises_are_argued_over_and_a_few_left_in_silence() -> None:
    stances = defaultdict(set)
    for recit in PUBLISHED:
        for code, stance in recit.balises:
            stances[code].add(stance)
    silent = {balise.code for balise in content.BALISES} - set(stances)
    assert silent == {"E6", "S3", "V5"}
    assert any({"illustre", "contredit"} <= told_as for told_as in stances.values())


@TOLD
def test_recit_holds_together(recit: RecitData) -> None:
    assert recit.audience in {"collectif", "reseau", None}
    assert ACTIONS_BY_KEY[recit.action].collectif == recit.collectif
    assert recit.authors and len(set(recit.authors)) == len(recit.authors)
    assert all(seats_in(recit.collectif, author) for author in recit.authors)
    assert 1 <= recit.days_ago <= 380 and 0 <= recit.hour < 24 and 0 <= recit.minute < 60
    assert recit.sections and set(recit.sections) <= set(SECTION_SLUGS)
    assert all(text.strip() for text in recit.sections.values())
    codes = [code for code, _ in recit.balises]
    assert set(codes) <= {balise.code for balise in content.BALISES}
    assert len(set(codes)) == len(codes) <= 4
    assert {stance for _, stance in recit.balises} <= {"illustre", "nuance", "contredit"}
    assert recit.teller.startswith(("Récit de ", "Récit d’", "Récit du ", "Récit des "))


@TOLD
def test_published_recit_has_a_readable_length(recit: RecitData) -> None:
    if recit.audience and recit.key not in (SHORT, LONG):
        assert 90 <= words(recit) <= 400
        assert recit.balises


@pytest.mark.parametrize("recit", [r for r in RECITS if r.revisions], ids=lambda recit: recit.key)
def test_revisions_come_after_publication_and_differ(recit: RecitData) -> None:
    for revision in recit.revisions:
        assert 0 <= revision.days_ago < recit.days_ago
        assert revision.by in recit.authors
        assert revision.sections
        assert all(recit.sections[slug] != text for slug, text in revision.sections.items())


def test_the_extremes_that_pages_must_bear() -> None:
    by_key = {recit.key: recit for recit in PUBLISHED}
    assert words(by_key[SHORT]) < 50
    assert 850 <= words(by_key[LONG]) <= 1000
    long_text = "\n".join(by_key[LONG].sections.values())
    assert all(re.search(mark, long_text, re.M) for mark in (r"^1\. ", r"^\|---", r"\[\^1\]", r"^\[\^1\]: "))
    assert max(len(recit.title) for recit in PUBLISHED) > 150
    everything = "\n".join(text for _, text in french())
    assert re.search(r"\w{40}", everything)
    assert re.search(r"[\u0600-\u06ff]", everything)
    assert re.search(r"[\U0001f300-\U0001faff]", everything)


def test_the_half_written_draft_of_the_agent() -> None:
    draft = next(recit for recit in DRAFTS if recit.title == "Marché du samedi, place piétonne")
    assert PEOPLE_BY_KEY[draft.authors[0]].email == "agent@demo.rex"
    assert {"faits", "resistance"} <= set(draft.sections)
    assert "appris" not in draft.sections


@pytest.mark.parametrize(("fault", "why"), FRENCH_FAULTS)
def test_french_typography(fault: str, why: str) -> None:
    footnote = re.compile(r"^\[\^\d+\]:", re.M)
    found = [(where, re.search(fault, footnote.sub("", text))) for where, text in french()]
    assert [(where, match.group()) for where, match in found if match] == [], why


def test_only_lists_tables_and_notes_keep_their_lines() -> None:
    for recit in RECITS:
        for text in recit.sections.values():
            for paragraph in text.split("\n\n"):
                if "\n" in paragraph:
                    kinds = {line[0] if line[0] in "-|" else "1" for line in paragraph.split("\n")}
                    assert len(kinds) == 1, paragraph


def test_told_unwraps_paragraphs_and_keeps_lists() -> None:
    source = """
        Une phrase
        coupée.

        - un,
          deux
        - trois
        """
    assert told(faits=source) == {"faits": "Une phrase coupée.\n\n- un, deux\n- trois"}


def test_a_working_day_is_never_a_weekend_nor_in_the_future() -> None:
    monday = date(2026, 11, 16)
    assert working_day(monday, 0) == monday
    assert working_day(monday, 1) == working_day(monday, 2) == working_day(monday, 3) == date(2026, 11, 13)
    for ahead in range(14):
        today = monday + timedelta(days=ahead)
        days = [working_day(today, days_ago) for days_ago in range(40)]
        assert all(day.weekday() < 5 and day <= today for day in days)
        assert days == sorted(days, reverse=True)
