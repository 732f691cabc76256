"""What the mail of a letter is made of: an édito that leads somewhere from a mailbox, never more than 40 kB."""

from dataclasses import replace
from html import unescape

import pytest

from rex import text
from rex.digests.blocks import MOST_BYTES, SHORTENED, Drawn, Item, Part, shorter_and_shorter
from rex.digests.editing import EDITO, ITEM_LINK, ITEM_TITLE, ITEM_WORDS, MOST
from rex.digests.mailed_edito import as_text, in_a_mail
from rex.digests.mails import subject_and_parts
from rex.digests.selection import PER_RUBRIC
from rex.digests.told import LABELS
from rex.french import typo
from rex.text.passages import MOST as LONGEST_QUOTE
from tests.notices.letters import plain

ROOT = "https://rex.fr"


def edito(source: str) -> str:
    return in_a_mail(text.to_html(source, heading_base=3), ROOT)


def test_an_edito_leads_somewhere_from_a_mailbox_and_fetches_nothing():
    images = '![Le plan > la "cour"](/fichiers/p.png) ![](/fichiers/q.png)'
    html = edito(f"Voyez [ce récit](/recits/a) et [ce site](https://b.fr). {images}")
    assert f'<a href="{ROOT}/recits/a">ce récit</a>' in html and 'href="https://b.fr"' in html
    assert "<img" not in html and "fichiers" not in html
    assert plain(as_text(html)) == 'Voyez ce récit (https://rex.fr/recits/a) et ce site (https://b.fr). Le plan > la "cour"'


def test_an_edito_as_text_keeps_its_paragraphs_and_its_lists():
    source = "# Un titre\n\nTrois fois\nce **mois**.\n\n- un <b>\n- deux\n\n> cité\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nFin."
    assert as_text(edito(source)) == "Un titre\n\nTrois fois ce mois.\n\n- un <b>\n- deux\n\ncité\n\na | b\n\n1 | 2\n\nFin."


def biggest(sign: str, source: str, *, by_hand: int) -> Drawn:
    """A letter of which each field is as long as it may be."""

    def full(length: int) -> str:
        return (sign * length)[:length].strip()

    quotes = tuple((full(LONGEST_QUOTE), full(100)) for _ in range(3))
    link = ("https://exemple.fr/" + "a" * MOST[ITEM_LINK])[: MOST[ITEM_LINK]]
    item = Item(full(MOST[ITEM_TITLE]), link, full(MOST[ITEM_WORDS]), quotes, full(80))
    parts = tuple(Part(label, False, (item,) * PER_RUBRIC.get(rubric, by_hand)) for rubric, label in LABELS.items())
    html = edito((source * MOST[EDITO])[: MOST[EDITO]])
    return Drawn(
        head="La lettre n° 12", title="Ceux qui savaient", letter_url=f"{ROOT}/lettres/x", edito=html, edito_text=as_text(html),
        edito_by="Ana", rubrics=parts, write_url=ROOT, foot="Envoyée", stop_url=f"{ROOT}/stop", scheme="auto",
    )  # fmt: skip


DENSE = [("mot ", "a\n\n"), ("😀", "[a](http://b) "), ("é", "- a\n"), ("<", "mot "), ("&", "&")]


@pytest.mark.parametrize(("sign", "source"), DENSE)
def test_the_longest_letter_is_told_shorter_and_says_so(sign, source):
    _, said, html = subject_and_parts(biggest(sign, source, by_hand=40))
    assert len(html.encode()) <= MOST_BYTES
    assert typo(SHORTENED) in unescape(html) and typo(SHORTENED) in said and f"{ROOT}/lettres/x" in said
    assert all(label in html for label in LABELS.values()), "each rubric says something"


def test_a_letter_that_fits_is_whole():
    small = replace(biggest("mot ", "mot ", by_hand=1), rubrics=())
    assert next(iter(shorter_and_shorter(small))) is small
    assert "n’en dit qu’une partie" not in subject_and_parts(small)[1]
