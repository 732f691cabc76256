"""Each figure is the number of entries of the list that it opens, for who reads it: over random journals, with filters, in a
journal and in the réseau, for all the sections there are and will be."""

import re
from dataclasses import replace
from html import unescape
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from rex import clock
from rex.access import Reader
from rex.db import Database, RexSession
from rex.trends.asked import YEAR_BEFORE, asked_from
from rex.trends.entries import number_of
from rex.trends.figures import figure_from
from rex.trends.look import Look
from rex.trends.page import page_of
from rex.trends.saying import in_words, ordinal
from tests.cast import Cast
from tests.making import reader_of
from tests.reading import ReadingClient
from tests.trends.journals import Journal, Shape, addresses, drawn_shape, fill, untold
from tests.trends.looking import cells_of, look_of

SHOWN = re.compile(r"<h1>([\d\u202f]+)\u00a0(?:récit|difficulté|texte|merci)s?</h1>")
LINK = re.compile(r'<a[^>]* href="([^"]*/tendances/entrees\?[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
FIRST_NUMBER = re.compile(r"^(?:\D*?)(\d[\d\u202f]*)")


class Counter:
    """How many entries are behind an address, for this reader: as its list finds them, once for each address."""

    def __init__(self, session: RexSession, reader: Reader) -> None:
        self.session, self.reader = session, reader
        self.looks: dict[str, Look] = {}

    def __call__(self, url: str) -> int:
        parts = urlsplit(url)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        slug = parts.path.split("/")[2] if parts.path.startswith("/c/") else ""
        if slug not in self.looks:
            self.looks[slug] = look_of(self.session, self.reader, {}, slug)
        look, figure = self.looks[slug], figure_from(given)
        assert figure is not None, url
        asked = asked_from(given, look.asked.place, look.asked.today, look.jalons)
        return number_of(replace(look, asked=asked), figure)


IN_WORDS = {in_words(n, feminine=True): n for n in range(1, 13)} | {ordinal(n, feminine=True): n for n in range(1, 21)}


def number_in(words: str) -> int | None:
    """The number that a link says first, or how many times it says in words: « deux fois », « dixième fois »."""
    plain = re.sub(r"[ \n\u00a0]+", " ", unescape(re.sub(r"<[^>]+>", " ", words))).strip()  # not the space of thousands
    found = FIRST_NUMBER.match(plain)
    return int(found[1].replace("\u202f", "")) if found else IN_WORDS.get(plain.removeprefix("merci ").removesuffix(" fois"))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("<strong>dixième fois</strong>", 10),
        ("première fois", 1),
        ("vingtième fois", 20),
        ("21e\u00a0fois", 21),
        ("merci une fois", 1),
        ("<strong>deux fois</strong>", 2),
        ("1\u202f234 récits", 1234),
        ("Ce merci", None),
    ],
)
def test_a_number_is_read_in_words_too(words: str, number: int | None) -> None:
    assert number_in(words) == number


def journals(database: Database, cast: Cast, seed: int) -> Journal:
    """Valombre and Orbe filled, with what must not be counted."""
    chance = Random(f"figures {seed}")
    shape = Shape((1, 3, 4, 2), without=2) if seed == 0 else drawn_shape(chance)
    fill(database, cast, Shape((3, 1)), f"orbe {seed}", cast.orbe_id)
    journal = fill(database, cast, shape, f"figures {seed}")
    with database.system("what is not told", write=True) as session:
        for author in journal.authors[:2]:
            untold(session, journal, chance, author)
    return journal


@pytest.mark.parametrize("seed", range(3))
def test_each_figure_is_the_number_of_entries_that_it_opens(database: Database, cast: Cast, seed: int) -> None:
    journal, chance = journals(database, cast, seed), Random(seed)
    with database.session(write=True) as session:
        for person in (cast.noor, cast.camille):
            session.reader = reader = reader_of(session, person)
            counted_by = Counter(session, reader)
            units = look_of(session, reader)
            asked = addresses(journal, [one.key for one in units.units.shown], [key for key, _ in units.colleges.shown])
            places = [("valombre", given) for given in [asked[0], *chance.sample(asked[1:], 4), {"avec": YEAR_BEFORE}]]
            of_reseau = [("", {}), ("", {"periode": str(clock.now().year), "enjeu": "C"}), ("", {"avec": YEAR_BEFORE})]
            for slug, given in [*places, *of_reseau]:
                page = page_of(look_of(session, reader, given, slug))
                found = {(cell.url, cell.value) for cell in cells_of(page.sections) if cell.url}
                for url, value in chance.sample(sorted(found, key=str), min(len(found), 30)):
                    assert counted_by(url) == value, (slug, given, url)
                for name, figure in page.numbers.figures.items():
                    url = page.look.asked.url_of(figure)
                    assert counted_by(url) == getattr(page.numbers, name), (slug, given, url)
                for sentence in (*page.lead.sentences, page.lead.scope):
                    for part in sentence:
                        said = number_in(part.text)
                        if "/entrees?" in part.url and said is not None:
                            assert counted_by(part.url) == said, (slug, given, part)


def shown_by(client: ReadingClient, url: str) -> int:
    """How many entries the list of this address says that it has."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    found = SHOWN.search(answer.get_data(as_text=True))
    assert found, url
    return int(found[1].replace("\u202f", ""))


@pytest.mark.parametrize("seed", range(2))
def test_each_number_drawn_on_the_page_is_that_of_the_list_that_it_opens(
    database: Database, cast: Cast, visit: Any, seed: int
) -> None:
    """The same, of what people see: every link of the page that says a number and leads to a list."""
    journals(database, cast, seed)
    chance = Random(seed)
    for who, path in (
        ("noor", "/c/valombre/tendances"),
        ("camille", f"/c/valombre/tendances?periode={clock.now().year}&enjeu=C"),
        ("camille", f"/c/valombre/tendances?periode={clock.now().year}&avec={YEAR_BEFORE}"),
        ("ines", "/tendances"),
    ):
        client = visit.as_(who)
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.get_data(as_text=True)
        links = {(unescape(url), number_in(words)) for url, words in LINK.findall(page)}
        drawn = [(url, number) for url, number in sorted(links, key=str) if number is not None]
        for url, number in chance.sample(drawn, min(len(drawn), 15)):
            assert shown_by(client, url) == number, (path, url)


def test_the_list_holds_what_its_heading_counts(database: Database, cast: Cast, visit: Any) -> None:
    """To its last page."""
    journals(database, cast, 0)
    client = visit.as_("noor")
    for figure in ("quoi=recits&quand=toujours", "quoi=textes&quand=annee", "quoi=mercis&quand=toujours"):
        url, seen = f"/c/valombre/tendances/entrees?{figure}", 0
        number = shown_by(client, url)
        while url:
            page = client.get(url).get_data(as_text=True)
            seen += page.count("<h2>")
            older = re.search(r'<a rel="next" href="([^"]+)"', page)
            url = unescape(older[1]) if older else ""
        assert seen == number, figure
