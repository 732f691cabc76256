"""Documents that the tests read: those that a word processor saved, and some made to harm."""

import io
import zipfile
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def zipped(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def docx(body: str | bytes, more: dict[str, bytes | str] | None = None, relations: str = "") -> bytes:
    """A DOCX with this body; `relations`: other lines of the relations of its main part."""
    said = body if isinstance(body, bytes) else f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": '<Types><Override PartName="/word/document.xml" ContentType="wordprocessingml"/></Types>',
            "_rels/.rels": _relations(f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'),
            "word/document.xml": said,
            "word/_rels/document.xml.rels": _relations(relations),
            **(more or {}),
        }
    )


def odt(body: str | bytes, more: dict[str, bytes | str] | None = None) -> bytes:
    text = f"<office:body><office:text>{body!s}</office:text></office:body>"
    content = body if isinstance(body, bytes) else f"<office:document-content {OFFICE}>{text}</office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **(more or {})})


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def _relations(lines: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
