"""A workbook as XLSX. Words are inline strings, which no program computes; numbers lead to what they count."""

import re
from collections.abc import Sequence
from datetime import date

from rex.documents.to_docx import relation_to
from rex.documents.workbook import MOST_LINKS, Line, Sheet, SheetCell, names_of_tabs, rows_of_words, widths_of
from rex.documents.xml_out import HEAD, packed, value, words

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NAMES = f'xmlns="{_MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_PLAIN, _BOLD, _LINK, _DAY, _BESIDE = range(5)  # `_BESIDE`: words, apart from a number at their left
_FIRST_DAY = date(1899, 12, 30)  # days are counted from it
_HIGH = 15  # points of a row of words
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # « _x003D_ » would be read as « = »
_FONT = '<sz val="11"/><name val="Calibri"/>'
_TOP = '<alignment vertical="top" wrapText="1"/>'
_APART = '<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="[$-40C]d\\ mmmm\\ yyyy"/></numFmts>'
    f'<fonts count="3"><font>{_FONT}</font><font><b/>{_FONT}</font><font><u/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    + "".join(
        f'<xf numFmtId="{kind}" fontId="{font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" '
        f'applyAlignment="1">{place}</xf>'
        for font, kind, place in ((_PLAIN, 0, _TOP), (_BOLD, 0, _TOP), (_LINK, 0, _TOP), (_PLAIN, 164, _APART), (_PLAIN, 0, _APART))
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """These sheets as one file."""
    numbers = range(1, len(sheets) + 1)
    tabs = "".join(
        f'<sheet name={value(name)} sheetId="{number}" r:id="rSheet{number}"/>'
        for number, name in zip(numbers, names_of_tabs(sheets), strict=True)
    )
    relations = [relation_to(f"rSheet{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _related([relation_to("rMain", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f"{HEAD}<workbook {_NAMES}><sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _related([*relations, relation_to("rStyles", "styles", "styles.xml")]),
        "xl/styles.xml": STYLES,
    }
    for number, sheet in zip(numbers, sheets, strict=True):
        body, links = _sheet(sheet)
        parts[f"xl/worksheets/sheet{number}.xml"] = body
        if links:
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _related(links)
    return packed(parts)


def _content_types(number: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{one}.xml" ContentType="{_KIND}.worksheet+xml"/>' for one in range(1, number + 1)
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{sheets}</Types>'
    )


def _related(lines: Sequence[str]) -> str:
    return f"{HEAD}<Relationships {_RELATIONS}>{''.join(lines)}</Relationships>"


def _sheet(sheet: Sheet) -> tuple[str, list[str]]:
    """The sheet, and the addresses that its cells lead to."""
    widths = widths_of(sheet)
    columns = "".join(f'<col min="{rank}" max="{rank}" width="{wide}" customWidth="1"/>' for rank, wide in enumerate(widths, 1))
    last, merged = _letters(len(widths) - 1), []
    links: list[str] = []
    relations: list[str] = []
    rows = []
    for number, line in enumerate(sheet.lines, 1):
        cells = []
        for rank, cell in enumerate(line.cells):
            place = f"{_letters(rank)}{number}"
            cells.append(_cell(cell, place, line))
            if cell.url and len(links) < MOST_LINKS:
                links.append(f'<hyperlink ref="{place}" r:id="rLink{len(links) + 1}"/>')
                relations.append(relation_to(f"rLink{len(links)}", "hyperlink", cell.url, outside=True))
        if line.is_alone and len(widths) > 1:
            merged.append(f'<mergeCell ref="A{number}:{last}{number}"/>')
        high = rows_of_words(line, widths)
        size = f' ht="{high * _HIGH}" customHeight="1"' if high > 1 else ""
        rows.append(f'<row r="{number}"{size}>{"".join(cells)}</row>')
    spread = f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    page = '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    page += '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    fit = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    body = f"{fit}<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>{spread}{linked}{page}"
    return f"{HEAD}<worksheet {_NAMES}>{body}</worksheet>", relations


def _cell(cell: SheetCell, place: str, line: Line) -> str:
    if cell.value == "":
        return ""
    style = _BOLD if line.is_head else _LINK if cell.url else _PLAIN
    if isinstance(cell.value, date):
        return f'<c r="{place}" s="{_DAY}"><v>{(cell.value - _FIRST_DAY).days}</v></c>'
    if isinstance(cell.value, int):
        return f'<c r="{place}" s="{style}"><v>{cell.value}</v></c>'
    style = _BESIDE if style == _PLAIN and not place.startswith("A") else style
    said = words(_ESCAPE.sub("_x005F_", cell.words))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _letters(rank: int) -> str:
    """« A », « Z », « AA »: how a column is called."""
    first, last = divmod(rank, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)
