"""What leaves comes back: the Markdown to the letter, DOCX and ODT with the same sections and the same blocks."""

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image as Picture_

from rex.documents.blocks import (
    Blocks,
    Break,
    Code,
    Heading,
    Items,
    NoteCall,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    Text,
    joined_lists,
    tidy,
)
from rex.documents.child import parse
from rex.documents.formats import FORMATS, to_markdown_beside
from rex.documents.from_docx import read_docx
from rex.documents.from_html import read_html
from rex.documents.from_odt import read_odt
from rex.documents.mapping import assemble, propose
from rex.documents.markdown_out import MarkdownWriter
from rex.documents.outgoing import Image, Outgoing, Section, written
from rex.documents.packed import Packed
from rex.documents.parts import own_sections
from rex.journal.canvas import DEFAULT
from rex.text import to_html

SLUGS = [section.slug for section in DEFAULT]
READERS = {
    "docx": lambda data: read_docx(Packed(data)),
    "odt": lambda data: read_odt(Packed(data)),
    "html": lambda data: read_html(data.decode()),
}
quick = settings(
    max_examples=20, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=[HealthCheck.too_slow]
)

# Words with all that Markdown, XML and French typography might take for something else.
SIGNS = "aéœZ9 .,;:!?«»’'\"()[]{}<>&*_`#+-|\\/~=^$%@\u202f\u00a0"
lines = st.text(alphabet=SIGNS, min_size=1, max_size=24)
plain_words = st.text(alphabet="aéœ Zz9,’", min_size=1, max_size=16).filter(str.strip)


def recit(*sources: str, image=lambda _address: None) -> Outgoing:
    sections = tuple(Section(slug, f"Titre de {slug}", source) for slug, source in zip(SLUGS, sources, strict=False))
    lines = ("Exporté par Camille.", "Lu par tous.")
    return Outgoing("Un « titre » à nous", lines, sections, root="https://rex.example", image=image)


def taken_back(outgoing: Outgoing, ending: str) -> dict[str, str]:
    parsed = parse(FORMATS[ending].make(outgoing), f"a.{ending}")
    (told,) = assemble(parsed, propose(parsed, DEFAULT), DEFAULT, parsed.title)
    assert told.title == outgoing.title
    return told.sections


@quick
@given(st.lists(st.text(alphabet=SIGNS + "\n\t😀é\u2028", min_size=1, max_size=200).filter(str.strip), min_size=1, max_size=8))
def test_markdown_comes_back_to_the_letter(sources):
    assert taken_back(recit(*sources), "md") == dict(zip(SLUGS, sources, strict=False))


_ADDRESS = "/fichiers/AAAAAAAAAAAAAAAA"
pieces = st.sampled_from(
    [
        f"![a b]({_ADDRESS}#4x3)",
        f"https://rex.example{_ADDRESS}",
        f"![]({_ADDRESS})",
        f"[p]({_ADDRESS}x)",
        f"]({_ADDRESS}",
        "](fichiers/0-1.png)",
        "!",
        "a",
        "\n\n",
    ]
)


@quick
@given(st.lists(st.lists(pieces, min_size=1, max_size=8).map("".join).filter(str.strip), min_size=1, max_size=3))
def test_markdown_comes_back_to_the_letter_when_its_images_lie_beside_it(sources):
    outgoing = replace(recit(*sources), file=lambda _address: Image("image/png", 4, 3, b"an image"))
    text, files = to_markdown_beside(outgoing)
    assert set(files.values()) <= {b"an image"} and f"]({_ADDRESS})" not in text.decode()
    parsed = parse(text, "a.md")
    assert {part.slug: part.body for part in parsed.parts} == dict(zip(SLUGS, sources, strict=False))


@quick
@given(st.lists(st.lists(pieces, min_size=1, max_size=8).map("".join).filter(str.strip), min_size=1, max_size=3))
def test_markdown_comes_back_to_the_letter_when_its_images_stay(sources):
    text, files = to_markdown_beside(recit(*sources))
    assert not files
    parsed = parse(text, "a.md")
    assert {part.slug: part.body for part in parsed.parts} == dict(zip(SLUGS, sources, strict=False))


def test_an_image_that_stays_has_an_address_that_leads_to_it():
    said = FORMATS["md"].make(recit(f"![la place]({_ADDRESS}#4x3)")).decode()
    assert f"![la place](https://rex.example{_ADDRESS}#4x3)" in said


def test_markdown_comes_back_even_when_it_speaks_of_its_own_marks():
    first = FORMATS["md"].make(recit("A")).decode()
    source = f"\n\n## Titre\n\n{first}\n\n<!-- rex:fin 00000000 -->\n\n"
    assert taken_back(recit(source, "B"), "md") == {"contexte": source, "intention": "B"}


# --- blocks -------------------------------------------------------------------------------------------------------------

texts = st.builds(
    Text, lines, bold=st.booleans(), italic=st.booleans(), href=st.sampled_from(["", "", "", "https://example.org/a_(b)?c=1&d=é"])
)
inlines = st.lists(st.one_of(texts, st.just(Break())), min_size=1, max_size=5).map(tidy).filter(bool)
paragraphs = st.builds(Paragraph, inlines)


def items_of(inner):
    item = st.tuples(paragraphs, st.lists(inner, max_size=1)).map(lambda both: (both[0], *both[1]))
    several = st.lists(item, min_size=1, max_size=3)
    return st.builds(lambda is_ordered, items: Items(is_ordered, tuple(items)), st.booleans(), several)


short = paragraphs.map(lambda one: (one,))
flat = st.builds(lambda is_ordered, items: Items(is_ordered, tuple(items)), st.booleans(), st.lists(short, min_size=1, max_size=3))
lists = st.one_of(flat, items_of(flat), items_of(items_of(flat)))
cells = st.lists(texts, max_size=2).map(tidy)
tables = (
    st.integers(1, 3)
    .flatmap(lambda n: st.lists(st.tuples(*[cells] * n), min_size=2, max_size=3))
    .map(lambda rows: Table(((Paragraph((Text("Titre"),)).inlines, *rows[0][1:]), *rows[1:])))
)
quotes = st.lists(st.one_of(paragraphs, lists), min_size=1, max_size=3).map(lambda inner: Quote(joined_lists(inner)))
headings = st.builds(lambda level, words: Heading(level, tidy([Text(words)])), st.integers(1, 5), plain_words)
codes = st.text(alphabet="ab <&*\n", min_size=1, max_size=20).filter(str.strip).map(lambda text: Code(text.strip()))
blocks = st.one_of(paragraphs, lists, tables, quotes, headings, codes, st.just(Rule()))


def seen(outgoing: Outgoing) -> list[tuple[str, Blocks]]:
    return [(one.section.slug, _without_keys(one.blocks)) for one in written(outgoing)]


def seen_again(outgoing: Outgoing, ending: str) -> list[tuple[str, Blocks]]:
    document = READERS[ending](FORMATS[ending].make(outgoing))
    assert document.title == outgoing.title
    return [(head.slug, _without_keys(run)) for head, run in own_sections(document)]


def _without_keys(found):
    """Notes and images have other names in each format: they are the same when they stand at the same place."""
    if isinstance(found, tuple):
        return tuple(_without_keys(one) for one in found)
    if isinstance(found, NoteCall):
        return NoteCall("")
    if isinstance(found, Picture):
        return replace(found, ref="")
    fields = [name for name in ("inlines", "blocks", "items", "rows") if hasattr(found, name)]
    return replace(found, **{name: _without_keys(getattr(found, name)) for name in fields}) if fields else found


@pytest.mark.parametrize("ending", READERS)
@quick
@given(st.lists(blocks, min_size=1, max_size=5), st.lists(blocks, min_size=1, max_size=3))
def test_word_processors_give_the_same_sections_and_blocks_back(ending, first, second):
    sources = [MarkdownWriter({}, {}).write(found) for found in (first, second)]
    outgoing = recit(*sources)
    assert seen_again(outgoing, ending) == [(slug, found) for slug, found in seen(outgoing)]


@quick
@given(st.lists(st.one_of(paragraphs, lists, tables, headings), min_size=1, max_size=4))
def test_blocks_are_shown_as_they_were_read(found):
    """Blocks → Markdown → what REX shows: the same words in the same order, no mark left over and none invented."""
    shown = read_html(to_html(MarkdownWriter({}, {}).write(found))).blocks
    assert _letters(shown) == _letters(found)


def _letters(found) -> str:
    if isinstance(found, Text):
        return "".join(found.words.split()).replace("'", "’").replace("\u00a0", "").replace("\u202f", "")
    if isinstance(found, list | tuple):
        return "".join(_letters(one) for one in found)
    return "".join(_letters(getattr(found, name)) for name in ("inlines", "blocks", "items", "rows") if hasattr(found, name))


EVERYTHING = """Un « mot » **gras** et l’*ital*, [lien](https://example.org/a?b=1&c=2).[^1]

- x
    - y
    - z
- w

    suite de w

3. un
4. deux

> q1
>
> q2
>
> - l

| a | b |
| --- | --- |
| c | **d** |

# Bilan

    code  x
    y

---

x  \ny ![une « image »](/fichiers/AAAAAAAAAAAAAAAA#64x40)

[^1]: note *x*
"""


@pytest.mark.parametrize("ending", READERS)
def test_notes_images_and_headings_that_look_like_sections_stay_where_they_are(ending):
    out = io.BytesIO()
    Picture_.new("RGB", (64, 40), (10, 120, 40)).save(out, "PNG")
    outgoing = recit(EVERYTHING, "A.\n\n## Contexte\n\nB.", image=lambda _address: Image("image/png", 64, 40, out.getvalue()))
    assert seen_again(outgoing, ending) == seen(outgoing)
    parsed = parse(FORMATS[ending].make(outgoing), f"a.{ending}")
    (told,) = assemble(parsed, propose(parsed, DEFAULT), DEFAULT, "")
    assert list(told.sections) == ["contexte", "intention"] and told.sections["intention"] == "A.\n\n## Contexte\n\nB."
    assert parsed.images["image-1"] == out.getvalue()
    assert told.sections["contexte"].endswith("[^1]: note *x*")


@pytest.mark.parametrize("ending", READERS)
def test_notes_of_two_sections_stay_apart_and_the_head_of_the_file_stays_out(ending):
    sources = ["Un.[^1]\n\n[^1]: Ici.", "Deux.[^1]\n\n[^1]: Là-bas."]
    outgoing = recit(*sources)
    parsed = parse(FORMATS[ending].make(outgoing), f"a.{ending}")
    assert parsed.is_own and parsed.left == {}
    (told,) = assemble(parsed, propose(parsed, DEFAULT), DEFAULT, parsed.title)
    assert told.title == outgoing.title
    assert [source.replace("[^2]", "[^1]") for source in told.sections.values()] == sources


def test_the_notes_of_two_texts_of_one_page_stay_apart():
    made = "".join(to_html(f"Mot.[^1]\n\n[^1]: {words}.", prefix=f"{mark}-") for mark, words in (("ref", "Ici"), ("b", "Là")))
    document = read_html(f"<html><body>{made}</body></html>")
    assert [_letters(note) for note in document.notes.values()] == ["Ici.", "Là."]
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert {one.key for block in paragraphs for one in block.inlines if isinstance(one, NoteCall)} == set(document.notes)
