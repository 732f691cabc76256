"""Files of trends as a program that opens them reads them."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
TABLE, OFFICE, TEXT = f"{{{_ODF}:table:1.0}}", f"{{{_ODF}:office:1.0}}", f"{{{_ODF}:text:1.0}}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://www.w3.org/1999/xlink}href"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Sheets = dict[str, list[list[int | str]]]


def sheets_of_xlsx(data: bytes) -> Sheets:
    parts = _parts(data)
    names = [one.attrib["name"] for one in ElementTree.fromstring(parts["xl/workbook.xml"]).iter(f"{MAIN}sheet")]
    return {name: _rows_of_xlsx(parts[f"xl/worksheets/sheet{number}.xml"]) for number, name in enumerate(names, 1)}


def _rows_of_xlsx(part: str) -> list[list[int | str]]:
    assert "<f>" not in part and "<f " not in part, "a formula"
    found = []
    for row in ElementTree.fromstring(part).iter(f"{MAIN}row"):
        cells: list[int | str] = []
        for cell in row:
            inline = "".join(cell.itertext())
            cells += [""] * (_rank(cell.attrib["r"]) - len(cells))
            cells.append(_unescaped(inline) if cell.attrib.get("t") == "inlineStr" else int(inline))
        found.append(cells)
    return found


def _unescaped(said: str) -> str:
    """As Excel reads it."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), said)


def _rank(place: str) -> int:
    rank = 0
    for letter in re.sub(r"\d", "", place):
        rank = rank * 26 + ord(letter) - ord("A") + 1
    return rank - 1


def links_of_xlsx(data: bytes, number: int) -> dict[str, str]:
    """Where the cells of a sheet lead, by their place."""
    parts = _parts(data)
    targets = {
        one.attrib["Id"]: one.attrib["Target"]
        for one in ElementTree.fromstring(parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"])
    }
    links = ElementTree.fromstring(parts[f"xl/worksheets/sheet{number}.xml"]).iter(f"{MAIN}hyperlink")
    return {one.attrib["ref"]: targets[one.attrib[RELATION]] for one in links}


def sheets_of_ods(data: bytes) -> Sheets:
    content = _parts(data)["content.xml"]
    assert "formula" not in content
    found: Sheets = {}
    for table in ElementTree.fromstring(content).iter(f"{TABLE}table"):
        rows: list[list[int | str]] = []
        for row in table.iter(f"{TABLE}table-row"):
            rows.append([_value_of_ods(cell) for cell in row.iter(f"{TABLE}table-cell")])
        found[table.attrib[f"{TABLE}name"]] = rows
    return found


def _value_of_ods(cell: ElementTree.Element) -> int | str:
    if cell.attrib.get(f"{OFFICE}value-type") == "float":
        assert "".join(cell.itertext()) == cell.attrib[f"{OFFICE}value"]
        return int(cell.attrib[f"{OFFICE}value"])
    return "\n".join(_said(paragraph) for paragraph in cell.iter(f"{TEXT}p"))


def _said(node: ElementTree.Element) -> str:
    found = node.text or ""
    for one in node:
        found += (
            " " * int(one.attrib.get(f"{TEXT}c", "1")) if one.tag == f"{TEXT}s" else "\t" if one.tag == f"{TEXT}tab" else _said(one)
        )
        found += one.tail or ""
    return found


def links_of_ods(data: bytes) -> list[str]:
    return [one.attrib[LINK] for one in ElementTree.fromstring(_parts(data)["content.xml"]).iter(f"{TEXT}a")]


def rows_of_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def words_in(data: bytes, ending: str) -> str:
    """All that a document or a page says, its spaces made plain."""
    if ending in ("docx", "odt"):
        part = {"docx": "word/document.xml", "odt": "content.xml"}[ending]
        return plain_spaces(" ".join(ElementTree.fromstring(_parts(data)[part]).itertext()))
    if ending == "md":
        return plain_spaces(data.decode().replace("\\", ""))
    return plain_spaces(re.sub(r"<style>.*?</style>|<[^>]+>", " ", data.decode(), flags=re.DOTALL))


def plain_spaces(said: str) -> str:
    return " ".join(said.replace("\u00a0", " ").replace("\u202f", " ").replace("&amp;", "&").replace("&#39;", "'").split())


def _parts(data: bytes) -> dict[str, str]:
    packed = zipfile.ZipFile(io.BytesIO(data))
    assert packed.testzip() is None
    parts = {name: packed.read(name).decode() for name in packed.namelist()}
    for name, part in parts.items():
        if name != "mimetype":
            ElementTree.fromstring(part)
    return parts
