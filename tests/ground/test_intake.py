"""Files that people hand over are made anew: nothing is kept that is not seen, and what is made to harm is refused."""

import io
import os
import subprocess
import sys
import threading
import time
import zlib
from typing import Any, cast

import pytest
from PIL import Image
from pypdf import PdfReader

from rex import intake, rewriting
from rex.intake import SENTENCES, Unwanted, rewritten
from tests.given import SECRET, document, document_with, drawing, photograph


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def pixel(image: Image.Image, at: tuple[int, int]) -> tuple[int, int, int]:
    return cast(tuple[int, int, int], image.getpixel(at))


def why(data: bytes) -> str:
    with pytest.raises(Unwanted) as refused:
        rewritten(data)
    assert str(refused.value)
    return refused.value.why


def png_of(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG whose header says that size, whatever follows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_photograph_keeps_its_pixels_and_nothing_of_its_place_or_author():
    given = photograph()
    assert SECRET in given and b"Exif" in given
    made = rewritten(given)
    assert (made.media, made.width, made.height) == ("image/jpeg", 320, 240)
    assert SECRET not in made.data and b"Exif" not in made.data
    image = opened(made.data)
    assert not image.getexif() and "comment" not in image.info
    red, blue = pixel(image, (300, 100)), pixel(image, (20, 100))
    assert red[0] > 150 > red[2] and blue[2] > 150 > blue[0]


def test_a_photograph_held_sideways_stands_upright():
    made = rewritten(photograph(320, 240, turned=True))
    assert (made.width, made.height) == (240, 320)
    top, bottom = pixel(opened(made.data), (100, 20)), pixel(opened(made.data), (100, 300))
    assert top[2] > 150 and bottom[0] > 150, "blue was at the left: turned a quarter clockwise, it is at the top"


@pytest.mark.parametrize(
    ("given", "media"),
    [
        (drawing("PNG"), "image/png"),
        (drawing("PNG", mode="RGBA"), "image/png"),
        (drawing("PNG", mode="1"), "image/png"),
        (drawing("PNG", mode="P"), "image/png"),
        (drawing("WEBP"), "image/webp"),
        (drawing("WEBP", mode="RGBA"), "image/webp"),
        (drawing("GIF", mode="P"), "image/png"),
        (drawing("JPEG", mode="CMYK"), "image/jpeg"),
        (drawing("JPEG", mode="L"), "image/jpeg"),
    ],
)
def test_every_kind_of_image_is_taken(given, media):
    made = rewritten(given)
    assert (made.media, made.width, made.height) == (media, 200, 120)
    assert opened(made.data).size == (200, 120)
    assert intake.media_of(made.data) == media


def test_a_large_image_is_brought_to_two_thousand_pixels():
    made = rewritten(photograph(4000, 1000))
    assert (made.width, made.height) == (2000, 500)


def test_what_hides_after_the_end_of_an_image_is_left_out():
    for given in (photograph(), drawing("PNG"), drawing("WEBP")):
        made = rewritten(given + b"<html><script>" + SECRET + b"</script>")
        assert SECRET not in made.data


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (b"", "nothing"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
        (b"<!doctype html><script>alert(1)</script>", "kind"),
        (b"MZ\x90\0\x03", "kind"),
        (b"\0" * 100, "kind"),
        (b"PK\x03\x04" + b"\0" * 60, "kind"),
        (b"\xff\xd8\xff<html>", "damaged"),
        (b"GIF89a<script>", "damaged"),
        (b"RIFF\0\0\0\0WEBP<svg/>", "damaged"),
        (photograph()[:600], "damaged"),
        (drawing("PNG")[:80], "damaged"),
        (png_of(100_000, 100_000), "huge"),
        (png_of(1, 60_000), "huge"),
        (png_of(7_000, 7_000, zlib.compress(b"\0" * 100)), "damaged"),
        (b"\xff\xd8\xff" + b"\0" * intake.MOST_PICTURE, "picture"),
        (b"%PDF-1.7" + b"\0" * intake.MOST_DOCUMENT, "document"),
        (b"%PDF-1.7\nrien", "damaged"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF", "damaged"),
        (document(password="secret"), "encrypted"),
        (document(rewriting.MOST_PAGES + 1, harmful=False), "pages"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_not_what_it_says_or_too_much_is_refused_in_one_sentence(given, reason):
    assert why(given) == reason


def test_sentences_are_written_for_people():
    assert all(sentence[0].isupper() and sentence[-1] not in ".!" for sentence in SENTENCES.values())


def test_a_document_keeps_its_pages_and_its_links_and_nothing_that_acts():
    given = document()
    assert given.count(SECRET) >= 4
    made = rewritten(given)
    assert made.media == "application/pdf" and made.data[:5] == b"%PDF-"
    for word in (SECRET, b"JavaScript", b"/Launch", b"/AA", b"/OpenAction", b"javascript", b"/EmbeddedFile", b"/FileAttachment"):
        assert word not in made.data, word
    reader = PdfReader(io.BytesIO(made.data))
    links = [one.get_object().get("/A", {}).get("/URI") for one in cast(Any, reader.pages[0]["/Annots"])]
    assert [link for link in links if link] == ["https://exemple.fr/"]
    assert len(reader.pages) == 2 and not reader.metadata


def test_a_photograph_within_a_document_loses_its_place_too():
    jpeg = photograph()
    bare = rewriting.without_segments(jpeg)
    assert SECRET in jpeg and SECRET not in bare and b"Exif" not in bare
    assert opened(bare).convert("RGB").tobytes() == opened(jpeg).convert("RGB").tobytes()
    assert rewriting.without_segments(jpeg[:40])[:2] == jpeg[:2]


def test_a_document_that_holds_a_photograph_does_not_say_where_it_was_taken():
    given = document_with(photograph(40, 40))
    assert SECRET in given
    made = rewritten(given)
    assert SECRET not in made.data
    page = PdfReader(io.BytesIO(made.data)).pages[0]
    assert [cast(Any, image.image).size for image in page.images] == [(40, 40)]


def test_a_document_that_goes_round_in_circles_is_refused_in_time():
    loop = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 1>>\nendobj\n"
    trailer = b"trailer\n<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"
    began = time.monotonic()
    assert why(loop + trailer) in ("damaged", "pages")
    assert time.monotonic() - began < intake.PATIENCE


def test_a_program_that_is_killed_or_late_is_a_damaged_file(monkeypatch, tmp_path):
    killed, late = tmp_path / "killed.py", tmp_path / "late.py"
    killed.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    late.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(intake, "PATIENCE", 0.5)
    for program in (killed, late):
        monkeypatch.setattr(intake, "PROGRAM", program)
        assert why(drawing()) == "damaged"


def test_when_others_keep_the_machine_busy_one_is_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(intake, "TURN", 0.05)
    monkeypatch.setattr(intake, "AT_ONCE", threading.Semaphore(0))
    assert why(drawing()) == "busy"


def test_the_program_sees_no_secret_of_the_installation(monkeypatch, tmp_path):
    monkeypatch.setenv("REX_SECRET_KEY", "un-secret")
    monkeypatch.setenv("REX_SMTP_URL", "smtp://nom:mot@exemple.fr")
    told = tmp_path / "told.py"
    told.write_text(
        "import json, os, sys\n"
        "names = [name for name in os.environ if name.startswith('REX')]\n"
        "sys.stdout.write(json.dumps({'kind': 'image/png', 'width': len(names), 'height': 0}) + '\\n')\n"
    )
    monkeypatch.setattr(intake, "PROGRAM", told)
    assert rewritten(drawing()).width == 0
    assert os.environ["REX_SECRET_KEY"] == "un-secret"


def test_the_program_leaves_neither_a_file_nor_the_memory_of_its_fall():
    ask = "import resource, runpy, sys; runpy.run_path(sys.argv[1])['limit']()"
    ask += "; print(*(resource.getrlimit(kind) for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)))"
    said = subprocess.run([sys.executable, "-I", "-c", ask, intake.PROGRAM], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "(0, 0) (0, 0)"


@pytest.mark.parametrize("filters", [("ASCII85Decode",), ("FlateDecode",), ("ASCII85Decode", "FlateDecode")])
def test_nor_does_one_whose_photograph_lies_in_a_wrapping(filters):
    made = rewritten(document_with(photograph(40, 40), *filters))
    page = cast(Any, PdfReader(io.BytesIO(made.data)).pages[0])
    (found,) = [image.get_object() for image in page["/Resources"]["/XObject"].values()]
    assert found["/Filter"] == "/DCTDecode" and found._data[:2] == b"\xff\xd8"
    assert SECRET not in found._data and b"Exif" not in found._data
    assert opened(found._data).size == (40, 40)
