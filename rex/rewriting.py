"""A program of its own: reads a file that somebody gave, writes it anew, without what a reader does not see in it.

Run apart by `rex.intake`, with no secret in its environment, with limits of time and memory: a file made to harm stops this
program and nothing else. It imports nothing of REX. Out comes one line of JSON, then the bytes; or `{"refused": why}`.

An image is made again from its pixels: no EXIF, no place, no thumbnail, no bytes hidden after its end. A PDF is made again from
what its pages show: no author (not of a note either), no date, no script, no attached file, no action but a link."""

import io
import json
import re
import resource
import sys
from typing import Any

LONGEST_SIDE = 2000  # pixels; wider than any column, sharp on the screens of phones
MOST_PIXELS = 60_000_000  # of the image received: a camera of 50 megapixels passes
MOST_PAGES = 300
SECONDS = 10
MEMORY = 1024 * 1024 * 1024  # an image of 60 million pixels takes 240 MB, twice while its mode is changed
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
PHOTOGRAPHS = ("/DCTDecode", "/DCT", "/JPXDecode")  # filters of a PDF whose bytes are a file in the file
HARMLESS_LINKS = ("http://", "https://", "mailto:")
# Of every object of a PDF: scripts and what starts by itself, attached files, data about its author or its making (/OPI and /Ref
# name files of the machine where it was made; /Measure and /VP say where on earth a plan lies).
UNSEEN = ("/AA", "/AF", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Launch", "/Metadata", "/Names", "/OpenAction")
UNSEEN += ("/PieceInfo", "/PresSteps", "/RichMediaContent", "/SpiderInfo", "/Thumb", "/URIActions", "/XFA", "/LastModified")
UNSEEN += ("/Author", "/Company", "/CreationDate", "/Creator", "/CreatorInfo", "/ModDate", "/Producer", "/SourceModified")
UNSEEN += ("/Measure", "/OPI", "/Ref", "/VP")
# Of an annotation, which is what has a /Rect: who wrote it and when, and what leads to annotations that are not kept.
UNSIGNED = ("/CreationDate", "/IRT", "/M", "/NM", "/Popup", "/RC", "/Subj")
KEPT_ANNOTATIONS = {"/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight"}
KEPT_ANNOTATIONS |= {"/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Widget"}
# Of a JPEG 2000: the boxes that its pixels need.
BOXES = {b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c", b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef"}
END = b"\xff\xd9"  # of a JPEG, of the codestream of a JPEG 2000
IN_A_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # the first marker that ends the pixels of a JPEG


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
            if "/Rect" in thing:
                _unsign(thing)
            if "/ByteRange" in thing:  # a signature, which says who, when, where; a document made anew no longer bears it
                thing.clear()
            if thing.get("/Type") == "/Page":
                thing.pop("/B", None)  # threads of articles, each with its author
            if isinstance(thing, StreamObject):
                thing.pop("/F", None)  # a file of another machine, by its name
                _bare_photograph(thing)
            waiting += [value for value in dict.values(thing) if not isinstance(value, IndirectObject)]
        elif isinstance(thing, ArrayObject):
            waiting += [value for value in list.__iter__(thing) if not isinstance(value, IndirectObject)]


def _bare_photograph(stream: Any) -> None:
    """Take off a photograph of a PDF what it says beside its pixels; one that lies wrapped once more comes out of its wrapping."""
    from pypdf.filters import decode_stream_data
    from pypdf.generic import ArrayObject, NameObject, StreamObject

    filters = stream.get("/Filter")
    names = [one.get_object() for one in filters] if isinstance(filters, ArrayObject) else [filters]
    if not names or names[-1] not in PHOTOGRAPHS:
        return
    if len(names) > 1:
        wrapping, settings = StreamObject(), stream.get("/DecodeParms")
        wrapping._data = stream._data
        wrapping[NameObject("/Filter")] = ArrayObject(names[:-1])
        if isinstance(settings, ArrayObject):
            wrapping[NameObject("/DecodeParms")] = ArrayObject(settings[:-1])
        stream._data = decode_stream_data(wrapping)
        stream[NameObject("/Filter")] = NameObject(names[-1])
        stream.pop("/DecodeParms", None)
    stream._data = without_segments(stream._data) if names[-1] != "/JPXDecode" else without_boxes(stream._data)


def _is_link(action: Any) -> bool:
    """What only leads somewhere: a place of the document, or a web address. What has no /S is no action: the letter A of a font."""
    action = action.get_object() if hasattr(action, "get_object") else action
    if not hasattr(action, "get"):
        return False
    address = action.get("/URI", "")
    return action.get("/S") in (None, "/GoTo") or (action.get("/S") == "/URI" and str(address).lower().startswith(HARMLESS_LINKS))


def _keep_plain_annotations(page: Any) -> None:
    """A note says « Accepté par Jeanne » with a /StateModel: it is a decision on another note, not words on the page."""
    from pypdf.generic import ArrayObject, NameObject

    found = [(one, one.get_object()) for one in list.__iter__(page["/Annots"])]
    kept = [one for one, note in found if note.get("/Subtype") in KEPT_ANNOTATIONS and "/StateModel" not in note]
    page[NameObject("/Annots")] = ArrayObject(kept)


def _unsign(annotation: Any) -> None:
    """Its words stay, and what it shows; /T names a field of a form, but the author of any other annotation."""
    is_field = annotation.get("/Subtype") == "/Widget"
    for key in UNSIGNED if is_field else (*UNSIGNED, "/T"):
        annotation.pop(key, None)


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG within a PDF without its EXIF, XMP, comments and small copies (a photograph says there where it was taken), nor what
    lies after its end: telephones put the film of the moment there."""
    at = jpeg.find(b"\xff\xd8") + 2
    kept = [b"\xff\xd8"] if at > 1 else []  # else it shows nothing
    while kept and at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xD9:
        marker, end = jpeg[at + 1], at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xFF:  # filling
            at += 1
            continue
        is_plain = marker in (0xE0, 0xEE) and end - at <= 18  # JFIF without a small copy, Adobe: they say what colours mean
        if marker == 0xDA:  # pixels follow
            after = IN_A_SCAN.search(jpeg, end)
            end = after.start() if after else len(jpeg)
        if is_plain or 0xC0 <= marker <= 0xDF:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, END] if kept else [])


def without_boxes(jpeg: bytes) -> bytes:
    """A JPEG 2000 within a PDF with the boxes that its pixels need: none of XML, of identifiers, of comments."""
    if jpeg[:4] == b"\xff\x4f\xff\x51":  # pixels without boxes
        return _without_comments(jpeg)
    at, kept = 0, []
    while at < len(jpeg):
        length, kind, head = int.from_bytes(jpeg[at : at + 4], "big"), jpeg[at + 4 : at + 8], 8
        if length == 1:
            length, head = int.from_bytes(jpeg[at + 8 : at + 16], "big"), 16
        end = at + length if length else len(jpeg)  # 0: to the end
        if at + head > end or end > len(jpeg):
            raise RefusedFile("photograph")
        if kind in BOXES:
            inner = jpeg[at + head : end]
            inner = without_boxes(inner) if kind == b"jp2h" else _without_comments(inner) if kind == b"jp2c" else inner
            kept.append((len(inner) + 8).to_bytes(4, "big") + kind + inner)
        at = end
    return b"".join(kept)


def _without_comments(pixels: bytes) -> bytes:
    """The codestream of a JPEG 2000, its comments made blank in their place: lengths of its parts are written elsewhere in it."""
    made, at, tile_ends = bytearray(pixels), 2, 0
    while made[at : at + 2] != END and at < len(made):
        marker, end = made[at : at + 2], at + 2 + int.from_bytes(made[at + 2 : at + 4], "big")
        if marker == b"\xff\x90":  # a tile begins, and says how long it is; 0: to the end
            length = int.from_bytes(made[at + 6 : at + 10], "big")
            tile_ends = at + length if length else made.rindex(END)
        elif marker == b"\xff\x93":  # its pixels
            end = tile_ends
        elif marker == b"\xff\x64":
            made[at + 6 : end] = b" " * (end - at - 6)
        if marker[:1] != b"\xff" or not at < end <= len(made):
            raise RefusedFile("photograph")
        at = end
    if at != tile_ends:
        raise RefusedFile("photograph")
    return bytes(made[:at]) + END


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
