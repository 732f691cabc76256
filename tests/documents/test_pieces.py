"""What a report is made of, in each format: nothing is lost in a list, no word is cut in a table, nothing is too wide."""

import io
import re
import zipfile

import pytest

from rex.documents.blocks import Inlines, Text
from rex.documents.from_odt import read_odt
from rex.documents.packed import Packed
from rex.documents.pieces import LINE, SMALL_LINE, Grid, Piece, Said, Several, Told, is_dense, shares_of
from rex.documents.pieces_docx import several_to_docx
from rex.documents.pieces_markdown import several_to_markdown
from rex.documents.pieces_odt import several_to_odt
from rex.documents.pieces_page import several_to_page

WITHIN = """- un point

    > Citation dans une liste

    - plus bas

        > Citation plus bas

- | Colonne | Autre |
  |---|---|
  | Cellule | y |

Un appel[^1].

[^1]: Note

    | Tête | Autre |
    |---|---|
    | Note en table | y |
"""


def part_of(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def document(*pieces: Piece) -> Several:
    return Several("Titre", (), pieces, "https://rex.example")


def rows(*lines: tuple[str, ...]) -> tuple[tuple[Inlines, ...], ...]:
    return tuple(tuple((Text(cell),) for cell in line) for line in lines)


def test_an_odt_has_in_its_lists_and_notes_only_what_libreoffice_takes_there():
    content = part_of(several_to_odt(document(Told(WITHIN, 1))), "content.xml").replace('<text:s text:c="1"/>', " ")
    for around in re.findall(r"<text:list-item.*</text:list-item>|<text:note-body>.*?</text:note-body>", content):
        assert "<text:section" not in around and "<table:table" not in around
    for words in ("Citation dans une liste", "Citation plus bas", "Colonne / Autre", "Cellule / y", "Note en table / y"):
        assert words in content
    assert content.count('text:style-name="Quotations"') == 2


def test_a_quote_in_a_list_comes_back_from_an_odt():
    found = read_odt(Packed(several_to_odt(document(Told("- un\n\n    > deux", 1)))))
    assert "Quote(" in repr(found.blocks) and "deux" in repr(found.blocks)


TENSIONS = (
    ("Tension", "Du 25 août au 23 novembre", "Avant", "En un an", "Depuis le début", "Où elle en est", "Semaines avant le travail"),
    ("Le calendrier de l’argent choisit à notre place", "4", "1", "6", "6", "Mise au travail", "30"),
)
SERVICES = (("Service", "Engagement", "Intégration systémique", "Coopération", "Valeur"), ("Parents d’élèves", "1", "", "1", "1"))


@pytest.mark.parametrize("told", [TENSIONS, SERVICES, (("Services", "Récits"), ("Accueil et AMAP Les Paniers du Gué", "3"))])
def test_no_word_of_a_table_is_wider_than_its_column(told):
    table = rows(*told)
    line = SMALL_LINE if is_dense(table) else LINE
    for share, *cells in zip(shares_of(table), *told, strict=True):
        longest = max(len(word) for cell in cells for word in cell.split(" "))
        assert share * line / 100 >= longest + 1, (share, cells)
    assert 97 <= sum(shares_of(table)) <= 103


def test_many_columns_are_in_small_letters_and_a_short_table_stays_whole():
    wide = rows(("Service", *(f"Intégration{rank}" for rank in range(7))), ("Voirie", *["1"] * 7))
    assert is_dense(wide) and not is_dense(rows(*SERVICES))
    made = part_of(several_to_docx(document(Grid("Titre", wide))), "word/document.xml")
    assert "RexFigureSmall" in made and made.count("<w:keepNext/>") == 1 + 8, "its caption and its head"
    content = part_of(several_to_odt(document(Grid("Titre", wide))), "content.xml")
    assert 'table:style-name="RexFiguresWhole"' in content and "figure_20_small_20_head" in content
    long = part_of(several_to_docx(document(Grid("Titre", rows(*[("a", "1")] * 60)))), "word/document.xml")
    assert long.count("<w:keepNext/>") == 1 + 2, "a long table is cut, never right after its head"


def test_what_leads_stays_with_what_follows():
    lead = document(Said((Text("Lu autrement", bold=True),), leads=True), Told("Oui.", 2))
    assert "<w:keepNext/>" in part_of(several_to_docx(lead), "word/document.xml")
    assert "Rex_20_lead" in part_of(several_to_odt(lead), "content.xml")
    assert "<p class=leads>" in several_to_page(lead).decode()


def test_bold_words_of_markdown_have_no_space_inside_their_marks():
    table = Grid("Titre : ", (((Text("Sans récit : ", bold=True), Text("Accueil")),), ((Text(" 3", bold=True),),)))
    said = several_to_markdown(document(Said((Text("Sans récit\u00a0: ", bold=True), Text("Accueil"))), table)).decode()
    assert "**Sans récit\u00a0:** Accueil" in said and "**Titre :**" in said and "**3**" in said
    assert re.findall(r": \*\*|\*\* \d", said.replace("\u00a0", " ")) == []


def test_a_word_longer_than_the_page_is_cut_in_html():
    page = several_to_page(document(Told("Zut" * 700, 1), Grid("T", rows(("a" * 40, "Récits"), ("b", "1"))))).decode()
    assert "overflow-wrap: anywhere" in page and '<th scope="col" class="wordy">' in page and 'class="number">Récits' in page
