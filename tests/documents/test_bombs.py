"""Small files that would take all the memory or all the time: refused in less than 2 s and 256 MB, with one sentence."""

import io
import resource
import time
import zipfile
import zlib

import pytest
from PIL import Image

from rex.documents.apart import parsed_apart
from rex.documents.incoming import is_swollen, take_in
from rex.documents.limits import MOST_BYTES, SENTENCES, Unreadable
from tests.documents.given import OFFICE, R, W, docx, odt, paragraph, zipped
from tests.given import photograph

MB = 1024 * 1024
BILLION = """<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<a>&c;</a>"""
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def many_empty_paragraphs() -> bytes:
    return docx(f"<w:document {W} {R}><w:body>".encode() + b"<w:p/>" * 1_000_000 + b"</w:body></w:document>")


def many_paragraphs() -> bytes:
    """Not so repetitive that its size alone tells."""
    body = "".join(f'<w:p w:id="{n * 7919 % 1_000_003}"/>' for n in range(1_000_000))
    return docx(f"<w:document {W} {R}><w:body>{body}</w:body></w:document>".encode())


def a_gigabyte() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(b"<a>")
    packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = again * 1024 + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    told = zipfile.ZipInfo("content.xml")
    told.CRC = 0  # nobody reads as far as that
    told.compress_type, told.file_size, told.compress_size = zipfile.ZIP_DEFLATED, 1024 * MB, len(packed)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        told.header_offset = out.tell()
        out.write(told.FileHeader() + packed)
        made.start_dir = out.tell()
        made.filelist.append(told)
        made._didModify = True  # ty: ignore[missing-attribute]
    return out.getvalue()


def a_liar() -> bytes:
    """A member that says that it is small."""
    data = bytearray(zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b" " * (64 * MB)}))
    size = (64 * MB).to_bytes(4, "little")
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
        at = data.find(size, at)
    return bytes(data)


def deep() -> bytes:
    return odt("<text:section>" * 300 + "</text:section>" * 300)


def nested() -> bytes:
    inner = zipped({"a.xml": b" " * (30 * MB)})
    for _ in range(5):
        inner = zipped({f"{name}.zip": inner for name in "abcdefghij"})
    return inner


BOMBS = {
    "a million empty paragraphs": (many_empty_paragraphs, "a.docx", "bomb"),
    "a million paragraphs, each its own": (many_paragraphs, "a.docx", "dense"),
    "a gigabyte of spaces": (a_gigabyte, "a.odt", "bomb"),
    "a size that lies": (a_liar, "a.odt", "damaged"),
    "entities of entities": (lambda: docx(BILLION.encode()), "a.docx", "entities"),
    "an external entity": (lambda: odt(EXTERNAL.encode()), "a.odt", "entities"),
    "sections in sections": (deep, "a.odt", "dense"),
    "zips in zips": (nested, "a.docx", "kind"),
    "a million tags": (lambda: b"<p>" * 1_000_000, "a.html", "dense"),
    "tables in tables": (lambda: b"<table><tr><td>" * 100_000, "a.html", "dense"),
    "lines without end": (lambda: b"a\n" * 1_000_000, "a.txt", "dense"),
    "lines of Markdown without end": (lambda: b"a\n" * 1_000_000, "a.md", "dense"),
    "many members": (lambda: zipped({f"{n}.xml": b"" for n in range(10_000)}), "a.docx", "bomb"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once_with_one_sentence(name):
    make, file, why = BOMBS[name]
    data = make()
    assert len(data) < MOST_BYTES
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        parsed_apart(data, file)
    computed = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before.ru_utime
    assert refusal.value.why == why
    assert str(refusal.value).count(".") == 0 and "\n" not in str(refusal.value)
    assert computed < 2, "seconds of computing"
    assert time.monotonic() - begun < 8, "on a machine that does other things too"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.docx", "nothing"),
        (b"  \n", "a.txt", "nothing"),
        (b"PK\x03\x04 not a zip", "a.docx", "damaged"),
        (b"%PDF-1.7", "a.docx", "kind"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.doc", "old"),
        (b"{\\rtf1 words}", "a.rtf", "old"),
        (b"\x00\x01\x02", "a.txt", "kind"),
        (b"words", "a.xyz", "kind"),
        (zipped({"a.txt": "words"}), "a.zip", "kind"),
        (docx(""), "a.docx", "empty"),
        (b"x" * (MOST_BYTES + 1), "a.txt", "large"),
    ],
)
def test_what_is_not_a_document_is_refused_with_its_reason(data, name, why):
    with pytest.raises(Unreadable) as refusal:
        parsed_apart(data, name)
    assert refusal.value.why == why and refusal.value.why in SENTENCES


def test_an_image_that_swells_is_refused_before_it_is_opened():
    out = io.BytesIO()
    Image.new("1", (7_000, 7_000)).save(out, "PNG", optimize=True)
    relation = '<Relationship Id="i" Type="x/image" Target="media/p.png"/>'
    blip = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="i"/>'
    data = docx(f"<w:p><w:r><w:drawing>{blip}</w:drawing></w:r></w:p>", {"word/media/p.png": out.getvalue()}, relation)
    begun = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        take_in(data, "a.docx")
    assert refusal.value.why == "bomb" and len(data) < MB and time.monotonic() - begun < 8
    assert not is_swollen(photograph())


def test_no_zip_is_opened_but_what_rex_exported():
    marked = "<!-- rex:recit 1 00000000 -->\n# A\n"
    plain: dict[str, bytes | str] = {"a.md": "# Un titre\n\nDes mots."}
    several: list[dict[str, bytes | str]] = [plain, {"a.md": marked, "b.md": marked}, {"a.md": marked, "b.zip": b"PK"}]
    for members in several:
        with pytest.raises(Unreadable) as refusal:
            parsed_apart(zipped(members), "a.zip")
        assert refusal.value.why == "kind"


def test_remote_images_are_never_asked_for():
    target = '<Relationship Id="i" Type="x/image" Target="http://192.0.2.1/a.png" TargetMode="External"/>'
    blip = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="i"/>'
    drawing = f"<w:p><w:r><w:drawing>{blip}</w:drawing></w:r></w:p>"
    parsed = parsed_apart(docx(drawing + paragraph("Des mots."), relations=target), "a.docx")
    assert parsed.left == {"remote": 1} and parsed.images == {}
    page = parsed_apart(b'<p>Des mots <img src="https://192.0.2.1/a.png" alt="une photo"></p>', "a.html")
    assert page.left == {"remote": 1} and "[une photo](https://192.0.2.1/a.png)" in page.parts[0].body


def test_an_odt_that_is_locked_says_so():
    locked_entry = "<m:file-entry><m:encryption-data/></m:file-entry>"
    manifest = f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{locked_entry}</m:manifest>'
    locked = odt(f"<office:document-content {OFFICE}/>".encode(), {"META-INF/manifest.xml": manifest})
    with pytest.raises(Unreadable) as refusal:
        parsed_apart(locked, "a.odt")
    assert refusal.value.why == "encrypted"
