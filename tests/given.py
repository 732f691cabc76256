"""Files as people give them, and some that nobody should: made here, so that each test says what is in them."""

import base64
import io
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

SECRET = b"Quetzalmane"  # hidden in what must not be kept
ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825


def photograph(width: int = 320, height: int = 240, turned: bool = False) -> bytes:
    """A JPEG as a phone makes it: where it was taken, a description, a comment; half red, half blue."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[DESCRIPTION] = SECRET.decode()
    exif[GPS] = {1: "N", 2: (48.0, 12.0, 30.0)}
    if turned:
        exif[ORIENTATION] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=SECRET, quality=80)
    return out.getvalue()


def drawing(kind: str = "PNG", size: tuple[int, int] = (200, 120), mode: str = "RGB") -> bytes:
    """A small image of that format."""
    out = io.BytesIO()
    Image.new(mode, size, 90 if mode in ("L", "P", "1") else (20, 120, 90, 128)[: len(mode)]).save(out, kind)
    return out.getvalue()


def document(pages: int = 2, harmful: bool = True, password: str = "") -> bytes:
    """A PDF; `harmful`: with an author, scripts, an attached file, an action that starts a program, beside a plain link."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if harmful:
        words = TextStringObject(SECRET.decode())
        script = _dictionary(S=NameObject("/JavaScript"), JS=words)
        writer._root_object[NameObject("/OpenAction")] = script
        writer.add_metadata({"/Author": SECRET.decode()})
        writer.add_attachment("notes.txt", SECRET)
        page = writer.pages[0]
        page[NameObject("/AA")] = _dictionary(O=script)
        page[NameObject("/Metadata")] = writer._add_object(_dictionary(Who=words))
        area = ArrayObject([NumberObject(0)] * 4)
        page[NameObject("/Annots")] = ArrayObject(
            writer._add_object(_dictionary(Type=NameObject("/Annot"), Rect=area, **parts))
            for parts in (
                {"Subtype": NameObject("/Link"), "A": _dictionary(S=NameObject("/Launch"), F=words)},
                {"Subtype": NameObject("/Link"), "A": _dictionary(S=NameObject("/URI"), URI=TextStringObject("javascript:x"))},
                {"Subtype": NameObject("/Link"), "A": _dictionary(S=NameObject("/URI"), URI=TextStringObject("https://exemple.fr/"))},
                {"Subtype": NameObject("/FileAttachment"), "Contents": words},
            )
        )
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def document_with(jpeg: bytes, *wrapped_in: str) -> bytes:
    """A PDF whose page shows this photograph, its bytes as they are (what programs that gather scans do), or wrapped in filters:
    ReportLab writes /ASCII85Decode around /DCTDecode."""
    writer = PdfWriter()
    page = writer.add_blank_page(40, 40)
    width, height = Image.open(io.BytesIO(jpeg)).size
    image = StreamObject()
    image.update(
        _dictionary(
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Image"),
            Width=NumberObject(width),
            Height=NumberObject(height),
            ColorSpace=NameObject("/DeviceRGB"),
            BitsPerComponent=NumberObject(8),
            Filter=NameObject("/DCTDecode"),
        )
    )
    image._data = jpeg
    for name in reversed(wrapped_in):
        image._data = {"ASCII85Decode": lambda d: base64.a85encode(d) + b"~>", "FlateDecode": zlib.compress}[name](image._data)
    if wrapped_in:
        image[NameObject("/Filter")] = ArrayObject([NameObject(f"/{name}") for name in (*wrapped_in, "DCTDecode")])
    page[NameObject("/Resources")] = _dictionary(XObject=_dictionary(Im0=writer._add_object(image)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _dictionary(**parts) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in parts.items()})
