"""A workbook as ODS, for LibreOffice. Words are strings, which no program computes; numbers lead to what they count."""

from collections.abc import Iterator, Sequence
from datetime import date

from rex.documents.odt_parts import NAMESPACES
from rex.documents.to_odt import with_spaces
from rex.documents.workbook import (
    FIRST_WIDTH,
    MOST_ROWS,
    OTHER_WIDTH,
    TEXT_WIDTH,
    Line,
    Sheet,
    SheetCell,
    names_of_tabs,
    rows_of_words,
    widths_of,
)
from rex.documents.xml_out import HEAD, packed, value

MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_PER_SIGN, _HIGH = 0.2, 0.48  # centimetres: a sign of a column, a row of words
_NUMBER = 'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'


def _column(name: str, signs: int) -> str:
    size = f'<style:table-column-properties style:column-width="{signs * _PER_SIGN:.1f}cm"/>'
    return f'<style:style style:name="{name}" style:family="table-column">{size}</style:style>'


def _row(name: str, high: int, *, grows: bool) -> str:
    size = f'style:row-height="{high * _HIGH:.2f}cm" style:use-optimal-row-height="{str(grows).lower()}"'
    return f'<style:style style:name="{name}" style:family="table-row"><style:table-row-properties {size}/></style:style>'


def _cell_style(name: str, words: str, more: str = "", *, is_apart: bool = False) -> str:
    source = "fix" if is_apart else "value-type"
    cell = f'<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" style:text-align-source="{source}"/>'
    cell += '<style:paragraph-properties fo:text-align="start" fo:margin-left="0.15cm"/>' * is_apart
    return f'<style:style style:name="{name}" style:family="table-cell"{more}>{cell}<style:text-properties {words}/></style:style>'


_STYLES = (
    "<office:automatic-styles>"
    + "".join(_column(f"RexWide{signs}", signs) for signs in range(1, max(TEXT_WIDTH, FIRST_WIDTH + OTHER_WIDTH) + 1))
    + "".join(
        _row(f"RexRow{high}", high, grows=True) + _row(f"RexAlone{high}", high, grows=False) for high in range(1, MOST_ROWS + 1)
    )
    + '<number:date-style style:name="RexDays" number:language="fr" number:country="FR"><number:day/><number:text> </number:text>'
    '<number:month number:textual="true" number:style="long"/><number:text> </number:text><number:year number:style="long"/>'
    "</number:date-style>"
    + _cell_style("RexDay", 'fo:language="fr" fo:country="FR"', ' style:data-style-name="RexDays"', is_apart=True)
    + _cell_style("RexBeside", 'fo:language="fr" fo:country="FR"', is_apart=True)
    + _cell_style("RexPlain", 'fo:language="fr" fo:country="FR"')
    + _cell_style("RexHead", 'fo:language="fr" fo:country="FR" fo:font-weight="bold"')
    + '<style:style style:name="RexSheet" style:family="table" style:master-page-name="Default">'
    + '<style:table-properties table:display="true"/></style:style>'
    + "</office:automatic-styles>"
)
_PAGE = (
    f'{HEAD}<office:document-styles {NAMESPACES} office:version="1.3"><office:automatic-styles><style:page-layout style:name="A4">'
    '<style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" '
    'fo:margin="1.5cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="A4"/></office:master-styles>'
    "</office:document-styles>"
)


def to_ods(sheets: Sequence[Sheet]) -> bytes:
    """These sheets as one file."""
    tables = "".join(_table(sheet, name) for sheet, name in zip(sheets, names_of_tabs(sheets), strict=True))
    content = f"{_STYLES}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    root = f'office:document-content {NAMESPACES} {_NUMBER} office:version="1.3"'
    files = [("/", MEDIA), ("content.xml", "text/xml"), ("styles.xml", "text/xml")]
    entries = "".join(f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in files)
    held = f'<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.3">{entries}</manifest:manifest>'
    return packed(
        {
            "mimetype": MEDIA,
            "content.xml": f"{HEAD}<{root}>{content}</office:document-content>",
            "styles.xml": _PAGE,
            "META-INF/manifest.xml": f"{HEAD}{held}",
        },
        first_bare=True,
    )


def _table(sheet: Sheet, name: str) -> str:
    widths = widths_of(sheet)
    columns = "".join(
        f'<table:table-column table:style-name="RexWide{wide}" table:default-cell-style-name="RexPlain"/>' for wide in widths
    )
    rows = "".join(_rows(sheet, widths))
    return f'<table:table table:name={value(name)} table:style-name="RexSheet">{columns}{rows}</table:table>'


def _rows(sheet: Sheet, widths: Sequence[int]) -> Iterator[str]:
    for line in sheet.lines or (Line(),):
        cells = "".join(_cell(cell, line, rank) for rank, cell in enumerate(line.cells)) or "<table:table-cell/>"
        spread = line.is_alone and len(widths) > 1
        if spread:
            cells = cells.replace("<table:table-cell", f'<table:table-cell table:number-columns-spanned="{len(widths)}"', 1)
            cells += f'<table:covered-table-cell table:number-columns-repeated="{len(widths) - 1}"/>'
        style = f"{'RexAlone' if spread else 'RexRow'}{rows_of_words(line, widths)}"
        yield f'<table:table-row table:style-name="{style}">{cells}</table:table-row>'


def _cell(cell: SheetCell, line: Line, rank: int) -> str:
    if cell.value == "":
        return "<table:table-cell/>"
    plain = "RexBeside" if rank and isinstance(cell.value, str) else "RexPlain"
    style = f'table:style-name="{"RexHead" if line.is_head else plain}"'
    if isinstance(cell.value, date):
        day = f'table:style-name="RexDay" office:value-type="date" office:date-value="{cell.value.isoformat()}"'
        return f"<table:table-cell {day}><text:p>{with_spaces(cell.words)}</text:p></table:table-cell>"
    number = isinstance(cell.value, int)
    kind = f'office:value-type="float" office:value="{cell.value}"' if number else 'office:value-type="string"'
    shown = [f"<text:p>{_linked(said, cell.url)}</text:p>" for said in cell.words.split("\n")]
    return f"<table:table-cell {style} {kind}>{''.join(shown)}</table:table-cell>"


def _linked(said: str, url: str) -> str:
    return f'<text:a xlink:type="simple" xlink:href={value(url)}>{with_spaces(said)}</text:a>' if url else with_spaces(said)
