"""A program of its own: reads a file that somebody gave, writes it anew, without what a reader does not see in it.

Run apart by `rex.intake`, with no secret in its environment, with limits of time and memory: a file made to harm stops this
program and nothing else. It imports nothing of REX. Out comes one line of JSON, then the bytes; or `{"refused": why}`.

An image is made again from its pixels: no EXIF, no place, no thumbnail, no bytes hidden after its end. A PDF is made again from
what its pages show: no author, no script, no attached file, no action but a link."""

import io
import json
import resource
import sys
from typing import Any

LONGEST_SIDE = 2000  # pixels; wider than any column, sharp on the screens of phones
MOST_PIXELS = 60_000_000  # of the image received: a camera of 50 megapixels passes
MOST_PAGES = 300
SECONDS = 10
MEMORY = 1024 * 1024 * 1024  # an image of 60 million pixels takes 240 MB, twice while its mode is changed
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
HARMLESS_LINKS = ("http://", "https://", "mailto:")
# Of every object of a PDF: scripts and what starts by itself, attached files, data about its author or its making.
UNSEEN = ("/AA", "/AF", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Launch", "/Metadata", "/Names", "/OpenAction")
UNSEEN += ("/PieceInfo", "/PresSteps", "/RichMediaContent", "/SpiderInfo", "/Thumb", "/URIActions", "/XFA", "/LastModified")
KEPT_ANNOTATIONS = {"/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight"}
KEPT_ANNOTATIONS |= {"/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Widget"}


class RefusedFile(Exception):
    """Why the file is not taken, as one of the words that `rex.intake` has a sentence for."""


def picture(data: bytes, media: str) -> tuple[dict[str, Any], bytes]:
    """The image turned the right way up, at most `LONGEST_SIDE` wide or high, made again from its pixels."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # judged below, on the size that the header says, before a pixel is decoded
    try:
        given = Image.open(io.BytesIO(data), formats=[PICTURES[media]])
        if given.width * given.height > MOST_PIXELS or max(given.size) > 30_000:
            raise RefusedFile("huge")
        given.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at the nearest smaller scale
        given.load()
        ImageOps.exif_transpose(given, in_place=True)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, EOFError, ZeroDivisionError) as error:
        raise RefusedFile("damaged") from error
    see_through = "A" in given.getbands() or "transparency" in given.info
    mode = "RGBA" if see_through else "L" if given.mode in ("1", "L") else "RGB"
    plain = given if given.mode == mode else given.convert(mode)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    pixels = Image.frombytes(plain.mode, plain.size, plain.tobytes())  # nothing but its pixels comes along
    out, kind = io.BytesIO(), "image/png" if media == "image/gif" else media
    if kind == "image/jpeg":
        pixels.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    elif kind == "image/webp":
        pixels.save(out, "WEBP", quality=85)
    else:
        pixels.save(out, "PNG")
    return {"kind": kind, "width": pixels.width, "height": pixels.height}, out.getvalue()


def document(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The pages of a PDF in a new one. Twice: what was taken off the first time is not reached the second."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        given = PdfReader(io.BytesIO(data), strict=False)
        if given.is_encrypted:
            raise RefusedFile("encrypted")
        if not 0 < len(given.pages) <= MOST_PAGES:
            raise RefusedFile("pages")
        first = PdfWriter()
        for page in given.pages:
            first.add_page(page)
        for number in range(len(first._objects)):
            _bare(first._objects[number])
        second = PdfWriter()
        for page in first.pages:
            second.add_page(page)
        second.metadata = None
        second.pdf_header = "%PDF-1.7"
        out = io.BytesIO()
        second.write(out)
    except (PyPdfError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise RefusedFile("damaged") from error
    return {"kind": "application/pdf", "width": 0, "height": 0}, out.getvalue()


def _bare(found: Any) -> None:
    """Take off one object of a PDF, and off what stands directly in it, all that a page does not show."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    waiting = [found]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, DictionaryObject):
            for key in [key for key in thing if key in UNSEEN or (key in ("/A", "/PA", "/Next") and not _is_link(thing[key]))]:
                del thing[key]
            if "/Annots" in thing:
                _keep_plain_annotations(thing)
            if isinstance(thing, StreamObject):
                _bare_photograph(thing)
            waiting += [value for value in dict.values(thing) if not isinstance(value, IndirectObject)]
        elif isinstance(thing, ArrayObject):
            waiting += [value for value in list.__iter__(thing) if not isinstance(value, IndirectObject)]


def _bare_photograph(stream: Any) -> None:
    """Take off a JPEG of a PDF what it says beside its pixels; one that lies wrapped once more comes out of its wrapping."""
    from pypdf.filters import decode_stream_data
    from pypdf.generic import ArrayObject, NameObject, StreamObject

    filters = stream.get("/Filter")
    names = [one.get_object() for one in filters] if isinstance(filters, ArrayObject) else [filters]
    if not names or names[-1] not in ("/DCTDecode", "/DCT"):
        return
    if len(names) > 1:
        wrapping, settings = StreamObject(), stream.get("/DecodeParms")
        wrapping._data = stream._data
        wrapping[NameObject("/Filter")] = ArrayObject(names[:-1])
        if isinstance(settings, ArrayObject):
            wrapping[NameObject("/DecodeParms")] = ArrayObject(settings[:-1])
        stream._data = decode_stream_data(wrapping)
        stream[NameObject("/Filter")] = NameObject("/DCTDecode")
        stream.pop("/DecodeParms", None)
    stream._data = without_segments(stream._data)


def _is_link(action: Any) -> bool:
    """An action that only leads somewhere: a place of the document, or a web address."""
    action = action.get_object() if hasattr(action, "get_object") else action
    if not hasattr(action, "get"):
        return False
    address = action.get("/URI", "")
    return action.get("/S") == "/GoTo" or (action.get("/S") == "/URI" and str(address).lower().startswith(HARMLESS_LINKS))


def _keep_plain_annotations(page: Any) -> None:
    from pypdf.generic import ArrayObject, NameObject

    annotations = page["/Annots"]
    kept = [one for one in list.__iter__(annotations) if one.get_object().get("/Subtype") in KEPT_ANNOTATIONS]
    page[NameObject("/Annots")] = ArrayObject(kept)


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG within a PDF without its EXIF, XMP and comments: a photograph says there where it was taken."""
    at, kept = 2, [jpeg[:2]]
    while jpeg[:2] == b"\xff\xd8" and at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xDA:  # the picture itself begins
            break
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    return b"".join([*kept, jpeg[at:]]) if jpeg[:2] == b"\xff\xd8" else jpeg


def limit() -> None:
    """Bound what this process may take; a system that does not know one of the limits keeps the others."""
    limits = (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)
    for kind, most in (*limits, (resource.RLIMIT_CORE, 0)):  # neither a file nor the memory of a fall: nothing unpublished stays
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError) as error:
            print(f"no limit: {error}", file=sys.stderr)


def main(media: str) -> None:
    limit()
    data = sys.stdin.buffer.read()
    try:
        told, made = document(data) if media == "application/pdf" else picture(data, media)
    except RefusedFile as refusal:
        told, made = {"refused": str(refusal)}, b""
    except MemoryError:
        told, made = {"refused": "huge"}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)


if __name__ == "__main__":
    main(sys.argv[1])
