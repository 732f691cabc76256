"""What a word processor saved becomes the Markdown that a person of REX would have written."""

import re
from html import unescape

import pytest

from rex.documents.apart import parsed_apart
from rex.documents.formats import FORMATS
from rex.documents.mapping import assemble, propose
from rex.documents.outgoing import Outgoing, Section
from rex.documents.report import sentence
from rex.journal.canvas import DEFAULT
from rex.text import to_html
from tests.documents.given import ODF, OFFICE, docx, fixture, odt, paragraph

SECTIONS = ["contexte", "intention", "faits", "resistance", "appris"]


def told_of(data: bytes, name: str):
    parsed = parsed_apart(data, name)
    return parsed, assemble(parsed, propose(parsed, DEFAULT), DEFAULT, parsed.title)


@pytest.mark.parametrize("name", ["marche.docx", "marche.odt"])
def test_a_document_of_a_word_processor_fills_the_sections(name):
    parsed, (recit,) = told_of(fixture(name), name)
    assert recit.title == "Le marché déplacé"
    assert list(recit.sections) == SECTIONS
    context = recit.sections["contexte"]
    assert "**sur la place** depuis *quarante ans*.[^1] Voir [le plan](https://example.org/marche)." in context
    assert context.endswith("[^1]: Archives municipales, 1986.")
    assert "Une phrase gardée, et une insertion acceptée." in context
    assert recit.sections["intention"] == "Libérer la place le samedi, sans perdre personne."
    facts = recit.sections["faits"]
    assert "- Une visite avec les commerçants\n    - le boulanger\n    - le fromager\n- Deux essais en avril" in facts
    assert "1. Prévenir\n2. Essayer" in facts
    assert "| Étape | Qui | Quand |\n| --- | --- | --- |\n| Essai 1 | Voirie |  |\n| Essai 2 | Voirie / Police | avril |" in facts
    assert "![La place vue du clocher](image-1)" in facts
    assert parsed.images["image-1"].startswith(b"\x89PNG")
    assert "Paragraphe qui porte une zone.\n\nEncadré : la zone de texte." in facts
    resistance = recit.sections["resistance"]
    assert resistance.startswith("# Les freins rencontrés\n\nLes livraisons")
    assert "Un style et une note de fin[^2]." in resistance
    assert "[^2]: Dite en fin de document." in resistance
    assert "Avant après." in resistance and "réponse du formulaire" in resistance
    assert "## Avec les livreurs\n\n> « On ne passe plus. »" in resistance
    assert recit.sections["appris"] == "Prévenir plus tôt.  \nEt revenir après."


@pytest.mark.parametrize("name", ["marche.docx", "marche.odt"])
def test_what_should_stay_out_stays_out_and_is_told(name):
    parsed, (recit,) = told_of(fixture(name), name)
    whole = "".join(recit.sections.values())
    for left in ("SUPPRIMÉ", "COMMENTAIRE", "MASQUÉ", "PIED DE PAGE"):
        assert left not in whole
    said = sentence(parsed.left).replace("\u00a0", " ").replace("\u202f", " ")
    for words in ("1 commentaire", "1 passage supprimé en suivi", "4 passages masqués", "1 en-tête ou pied de page"):
        assert words in said
    assert "1 zone de texte placée après" in said and "1 cellule fusionnée séparée" in said


def test_a_page_that_a_word_processor_saved_is_read_too():
    _, (recit,) = told_of(fixture("marche.html"), "marche.html")
    assert set(SECTIONS) <= set(recit.sections)
    assert "[^1]: Archives municipales, 1986." in recit.sections["contexte"]
    assert "MASQUÉ" not in "".join(recit.sections.values()) and "PIED" not in recit.sections["appris"]


@pytest.mark.parametrize("name", ["quarante.docx", "quarante.odt"])
def test_forty_pages_come_in_whole(name):
    parsed, (recit,) = told_of(fixture(name), name)
    assert len(parsed.images) == 8 and parsed.left == {"comment": 8, "edge": 1}
    assert list(recit.sections) == [section.slug for section in DEFAULT]
    whole = "\n\n".join(recit.sections.values())
    assert whole.count("| --- | --- | --- | --- |") == 40
    assert whole.count("]: ") == 200, "each paragraph has its footnote"
    for source in recit.sections.values():
        assert "<table>" in to_html(source), "no section is too dense to be shown"


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Contexte", "contexte"),
        ("1. Contexte du projet", "contexte"),
        ("Nos objectifs", "intention"),
        ("Déroulement de la journée", "faits"),
        ("Les freins rencontrés", "resistance"),
        ("CE QUI A RÉSISTÉ", "resistance"),
        ("Ce que cela nous a fait ressentir", "affects"),
        ("Bilan et enseignements", "appris"),
        ("Ce que d’autres pourraient reprendre", "transferable"),
        ("Remerciements", "reconnaissances"),
    ],
)
def test_headings_find_their_section(heading, slug):
    _, (recit,) = told_of(f"# Titre\n\nAvant.\n\n## {heading}\n\nDedans.".encode(), "a.md")
    assert "Dedans." in recit.sections[slug]


def test_a_heading_that_names_no_section_stays_in_the_one_before():
    _, (recit,) = told_of(b"# T\n\n## Contexte\n\nA.\n\n### Le budget\n\nB.\n\n## Bilan\n\nC.", "a.md")
    assert recit.sections == {"contexte": "A.\n\n# Le budget\n\nB.", "appris": "C."}


def test_a_newsletter_becomes_several_recits():
    rubric = "Nous avons ouvert le marché une heure plus tôt, et les commerçants sont venus plus nombreux que prévu ce matin. " * 2
    text = f"Bonjour à toutes et à tous,\n➡️ Édito\nAnne Martin\n{rubric}\n➡️ En théorie…\n{rubric}\n➡️ À suivre\n{rubric}"
    parsed, recits = told_of(text.encode(), "lettre.txt")
    assert [recit.title for recit in recits] == ["Édito", "En théorie…", "À suivre"]
    assert recits[0].sections["faits"].startswith("Bonjour à toutes et à tous,"), "nothing is lost"
    whole = assemble(parsed, propose(parsed, DEFAULT, apart=False), DEFAULT, "La lettre")
    assert [recit.title for recit in whole] == ["La lettre"]


def test_a_text_is_read_as_people_read_it():
    said = "Nous voulions que la place soit libre le samedi matin, et que personne n’y perde un client. " * 2
    lines = ["Le marché déplacé", "", "Sommaire", "Le contexte....... 2", "Les freins\t4", "Le bilan 6", "", "Contexte", ""]
    lines += [f"« {said}", f"{said.strip()} »", "Anne Martin, **commerçante**", "", "- ▶ Un premier point", "- ▶ Un second"]
    parsed, (recit,) = told_of("\n".join(lines).encode(), "a.txt")
    assert recit.title == "Le marché déplacé" and parsed.left == {"contents": 1}
    assert recit.sections["contexte"].startswith("> « Nous voulions") and recit.sections["contexte"].count("\n>") == 2
    assert recit.sections["contexte"].endswith("Anne Martin, **commerçante**\n\n- Un premier point\n- Un second")


def test_the_head_of_each_page_is_the_title_once():
    head = "---\n\n## L’atelier\n\n---\n\n"
    _, (recit,) = told_of(f"{head}### Contexte\n\nUne phrase qui\n\n{head}va plus loin.\n\n### Bilan\n\nB.".encode(), "a.txt")
    assert recit.title == "L’atelier"
    assert recit.sections == {"contexte": "Une phrase qui\n\nva plus loin.", "appris": "B."}


def test_one_long_text_with_short_ones_around_it_is_one_recit():
    around = "Quelques mots de trop peu de poids pour faire un récit à eux seuls, mais assez longs pour compter. " * 2
    text = "\n\n".join(f"## {name}\n\n{around * times}" for name, times in (("Chiffres", 1), ("Contenus", 20), ("Animateurs", 1)))
    _, recits = told_of(text.encode(), "a.md")
    assert len(recits) == 1


def test_a_document_of_a_thousand_headings_is_shown_on_one_screen():
    text = "\n\n".join(f"{'#' * (1 + bool(n % 20))} Titre {n}\n\nDes mots." for n in range(1000))
    parsed, _ = told_of(text.encode(), "a.md")
    assert len(parsed.parts) == 50
    assert parsed.parts[1].body.startswith("Des mots.\n\n# Titre 21\n\nDes mots.")


def test_words_cut_by_hand_are_paragraphs_again():
    lines = "Nous avons d’abord prévenu les commerçants de la place du\nchangement, puis les habitants des trois rues voisines,\n"
    lines += "et enfin la presse du canton."
    _, (recit,) = told_of(f"{lines}\n\n- un\n- deux\n\nAprès.".encode(), "a.txt")
    assert recit.sections["faits"] == f"{lines.replace(chr(10), ' ')}\n\n- un\n- deux\n\nAprès."


def test_marks_of_a_text_are_words_in_markdown():
    words = "1. pas *une* liste, [ni] un lien, # ni `code`, &amp; ni &lt;b&gt;"
    _, (recit,) = told_of(docx(paragraph(words)), "a.docx")
    html = to_html(recit.sections["faits"])
    assert html == "<p>1. pas *une* liste, [ni] un lien, # ni `code`, &amp; ni &lt;b&gt;</p>"


LISTED = "Voici\n- un\n- deux.\n- trois\n    - sous\n\n| a | b |\n|---|---|\n| c | d |\n\n- lâche\n\n- encore\n\n"
LISTED += "Fin[^1].\n\n[^1]: Une note.\n"


def test_the_first_words_keep_items_and_cells_apart_and_what_a_part_is_made_of_is_counted():
    parsed, (recit,) = told_of(LISTED.encode(), "a.md")
    shown = Outgoing("Le marché", (), (Section("faits", "Les faits", recit.sections["faits"]),))
    made = [parsed_apart(FORMATS[ending].make(shown), f"a.{ending}") for ending in ("md", "docx", "odt", "html")]
    for parts in (one.parts for one in (parsed, *made)):
        assert [part.excerpt for part in parts] == ["Voici : un ; deux. trois ; sous. a, b ; c, d. lâche ; encore. Fin."]
        assert [part.counts for part in parts] == [{"paragraph": 2, "list": 2, "table": 1, "note": 1}]


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script> et <b>gras</b>", "<!-- a --> <?b ?> <c:d>", "5 <6, <a@b.fr>, <https://a.fr/b>"]
)
def test_a_text_shows_the_signs_that_were_typed(words):
    """In the editor as they were typed, but for what REX would take for an address; on the page, as words that do nothing."""
    _, (recit,) = told_of(f"Il a écrit {words} hier.".encode(), "a.txt")
    assert "@" in words or words in recit.sections["faits"]
    html = to_html(recit.sections["faits"])
    assert unescape(re.sub(r"</?(?:p|a)[^>]*>", "", html)).replace("\u00a0", " ") == f"Il a écrit {words} hier."


def test_markdown_of_other_programs_is_brought_to_ours():
    source = (
        "---\ntitle: Un essai\n---\n\n## Contexte\n\nVoir [le plan][1].<br>Suite. <!-- caché -->\n\n```\ncode *brut*\n```\n\n"
        "![photo](https://ailleurs.example/a.png)\n\n[1]: https://example.org/plan\n"
    )
    parsed, (recit,) = told_of(source.encode(), "a.md")
    assert recit.title == "Un essai"
    text = recit.sections["contexte"]
    assert "[le plan](https://example.org/plan).  \nSuite." in text and "caché" not in text
    assert "\n    code *brut*\n" in text
    assert "[photo](https://ailleurs.example/a.png)" in text and parsed.left["remote"] == 1


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    first = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>Une </w:t></w:r></w:p>'
    _, (recit,) = told_of(docx(first + paragraph("seule phrase.")), "a.docx")
    assert recit.sections["faits"] == "Une seule phrase."


def test_styles_that_hide_hide():
    styles = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
    <w:style w:styleId="Note"><w:name w:val="note interne"/><w:rPr><w:vanish/></w:rPr></w:style>
    <w:style w:styleId="Sous"><w:name w:val="sous-note"/><w:basedOn w:val="Note"/></w:style></w:styles>"""
    relation = '<Relationship Id="s" Type="x/styles" Target="styles.xml"/>'
    body = '<w:p><w:pPr><w:pStyle w:val="Sous"/></w:pPr><w:r><w:t>CACHÉ</w:t></w:r></w:p>' + paragraph("Vu.")
    parsed, (recit,) = told_of(docx(body, {"word/styles.xml": styles}, relation), "a.docx")
    assert recit.sections == {"faits": "Vu."} and parsed.left == {"hidden": 1}


STRUCK_THROUGH = """<office:automatic-styles><style:style style:name="T" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>"""


def struck_odt() -> bytes:
    names = f'{OFFICE} xmlns:style="{ODF}:style:1.0"'
    body = '<text:p>A <text:span text:style-name="T">non</text:span><text:span text:style-name="T"> pas</text:span> oui.</text:p>'
    whole = f"<office:body><office:text>{body}</office:text></office:body>"
    return odt(f"<office:document-content {names}>{STRUCK_THROUGH}{whole}</office:document-content>".encode())


def struck_docx(mark: str) -> bytes:
    def run(words: str, more: str = "") -> str:
        return f'<w:r><w:rPr>{more}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'

    return docx(f"<w:p>{run('A ')}{run('non', f'<w:{mark}/>')}{run(' pas', f'<w:{mark}/>')}{run(' oui.')}</w:p>")


STRUCK = {
    "strike.docx": lambda: struck_docx("strike"),
    "dstrike.docx": lambda: struck_docx("dstrike"),
    "struck.odt": struck_odt,
    "s.html": lambda: b"<html><body><p>A <s>non <b>pas</b></s> oui.</p></body></html>",
    "style.html": lambda: b'<html><p>A <span style="text-decoration:line-through red">non pas</span> oui.</p></html>',
    "paragraph.html": lambda: b'<html><p style="text-decoration-line: line-through">A non pas oui.</p></html>',
}


@pytest.mark.parametrize("name", STRUCK)
def test_words_struck_through_are_told(name):
    parsed, (recit,) = told_of(STRUCK[name](), name)
    assert recit.sections["faits"].replace("*", "") == "A non pas oui."
    assert parsed.left == {"struck": 1}
    assert "repris autrement : 1 passage barré, repris sans son trait" in sentence(parsed.left).replace("\u00a0", " ")


@pytest.mark.parametrize("said", ['descr="La place"', 'descr="" title="La place"', 'descr=" " title="La place"'])
def test_an_image_is_described_by_what_the_word_processor_says_of_it(said):
    names = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    blip = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="i"/>'
    body = f"<w:p><w:r><w:drawing><wp:inline {names}><wp:docPr {said}/>{blip}</wp:inline></w:drawing></w:r></w:p>"
    relation = '<Relationship Id="i" Type="x/image" Target="media/p.png"/>'
    _, (recit,) = told_of(docx(body, {"word/media/p.png": b"x"}, relation), "a.docx")
    assert recit.sections["faits"] == "![La place](image-1)"
