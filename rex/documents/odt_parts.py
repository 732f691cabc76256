"""The parts of an ODT that are the same for every récit: styles, lists, the list of what the package holds."""

from collections.abc import Sequence

from rex.documents.xml_out import HEAD

MIMETYPE = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0" xmlns:table="{_OASIS}:table:1.0" '
    f'xmlns:draw="{_OASIS}:drawing:1.0" xmlns:style="{_OASIS}:style:1.0" xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" '
    f'xmlns:svg="{_OASIS}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def _words(name: str, properties: str) -> str:
    return f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/></style:style>'


def _levels(kind: str, mark: str) -> str:
    place = '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    align = '<style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="{0}cm" fo:text-indent="-0.5cm"/>'
    return "".join(
        f'<text:list-level-style-{kind} text:level="{n}" {mark}>{place}{align.format(n)}</style:list-level-properties>'
        f"</text:list-level-style-{kind}>"
        for n in range(1, 11)
    )


_END = 'fo:text-align="end"'
_QUOTED = 'fo:margin-bottom="0.25cm" fo:border-left="1.5pt solid #808080" fo:padding-left="0.2cm"'
_BOLD, _ITALIC = 'fo:font-weight="bold"', 'fo:font-style="italic"'
_BULLETS = _levels("bullet", 'text:bullet-char="•"')
_NUMBERS = _levels("number", 'style:num-format="1" style:num-suffix="."')
CONTENT_STYLES = (
    "<office:automatic-styles>"
    + _words("RexB", _BOLD)
    + _words("RexI", _ITALIC)
    + _words("RexBI", f"{_BOLD} {_ITALIC}")
    + '<style:style style:name="RexQuote" style:family="section"><style:section-properties fo:margin-left="1cm"/></style:style>'
    + '<style:style style:name="RexCell" style:family="table-cell">'
    + '<style:table-cell-properties fo:border="0.5pt solid #a0a0a0" fo:padding="0.1cm"/></style:style>'
    + f'<text:list-style style:name="RexBullets">{_BULLETS}</text:list-style>'
    + f'<text:list-style style:name="RexNumbers">{_NUMBERS}</text:list-style>'
    + "</office:automatic-styles>"
)


def _paragraph(name: str, shown: str, words: str = "", space: str = "", more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph" '
        f'style:parent-style-name="Standard"{more}>'
        f"<style:paragraph-properties {space}/><style:text-properties {words}/></style:style>"
    )


def _figures(name: str, size: str) -> str:
    """The cells of a table of figures: names and numbers, under their heads."""
    words = f'fo:font-size="{size}"'
    kinds = (("", words, ""), (" right", words, _END), (" head", f"{_BOLD} {words}", ""), (" head right", f"{_BOLD} {words}", _END))
    return "".join(_paragraph(f"{name}{kind}".replace(" ", "_20_"), f"{name}{kind}", said, place) for kind, said, place in kinds)


def _heading(level: int) -> str:
    size = f'{_BOLD} fo:font-size="{max(11, 18 - 2 * level)}pt"'
    space = 'fo:margin-top="0.5cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"'
    return _paragraph(f"Heading_20_{level}", f"Heading {level}", size, space, f' style:default-outline-level="{level}"')


def styles(confidential: str) -> str:
    """The styles; `confidential` stands at the head of each page of a text of a group, already escaped."""
    header = f'<style:header><text:p text:style-name="Rex_20_note">{confidential}</text:p></style:header>' if confidential else ""
    kept = (
        '<style:style style:name="Standard" style:family="paragraph">'
        '<style:text-properties fo:language="fr" fo:country="FR"/></style:style>'
        + _paragraph("Text_20_body", "Text body", "", 'fo:margin-bottom="0.25cm"')
        + _paragraph("Quotations", "Quotations", "", _QUOTED)
        + _paragraph("Rex_20_lead", "Rex lead", "", 'fo:margin-bottom="0.25cm" fo:keep-with-next="always"')
        + _paragraph("Title", "Title", f'{_BOLD} fo:font-size="22pt"', 'fo:margin-bottom="0.2cm"')
        + "".join(_heading(level) for level in range(1, 10))
        + _paragraph("Rex_20_note", "Rex note", f'{_ITALIC} fo:font-size="9pt"', 'fo:margin-top="0.1cm"')
        + _paragraph("Rex_20_caption", "Rex caption", _BOLD, 'fo:margin-top="0.3cm" fo:keep-with-next="always"')
        + _figures("Rex figure", "9.5pt")
        + _figures("Rex figure small", "8pt")
        + _paragraph("Rex_20_code", "Rex code", 'style:font-name="Courier New"')
        + _paragraph("Footnote", "Footnote", 'fo:font-size="9pt"')
        + _paragraph("Horizontal_20_Line", "Horizontal Line", "", 'fo:border-bottom="0.5pt solid #808080"')
        + '<text:notes-configuration text:note-class="footnote" text:default-style-name="Footnote" style:num-format="1" '
        'style:num-suffix=" "/>'  # between the number of a note and its words
    )
    page = (
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
        'fo:margin="2cm"/></style:page-layout>'
    )
    return (
        f'{HEAD}<office:document-styles {NAMESPACES} office:version="1.3"><office:styles>{kept}</office:styles>'
        f"<office:automatic-styles>{page}</office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="Standard" style:page-layout-name="A4">{header}</style:master-page>'
        "</office:master-styles></office:document-styles>"
    )


def manifest(images: Sequence[str]) -> str:
    """What the package holds."""
    kinds = {"png": "image/png", "jpg": "image/jpeg"}
    files = [("/", MIMETYPE), ("content.xml", "text/xml"), ("styles.xml", "text/xml")]
    files += [(f"Pictures/{name}", kinds[name.rpartition(".")[2]]) for name in images]
    lines = "".join(f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in files)
    return f'{HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">{lines}</manifest:manifest>'
