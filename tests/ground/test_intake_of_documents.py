"""Documents made by hand, with a name in every place that no page shows: none of it is in what is kept."""

import io
from typing import Any, cast

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import StreamObject

from rex import rewriting
from rex.intake import Rewritten, Unwanted, rewritten
from tests.given import SECRET, photograph

WHO = b"(" + SECRET + b")"
WIDE = b"<" + (b"\xfe\xff" + SECRET.decode().encode("utf-16-be")).hex().encode() + b">"  # the same name, as other programs write it
XMP = b"<x:xmpmeta><dc:creator>" + SECRET + b"</dc:creator></x:xmpmeta>"
SIGNED = b"/T" + WIDE + b"/Subj" + WHO + b"/NM" + WHO + b"/M" + WHO + b"/CreationDate" + WHO + b"/RC" + WHO


def by_hand(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first one is its catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    begins = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    return bytes(out) + b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, begins)


def stream(about: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (about, len(data), data)


def page_of(page: bytes, *others: bytes) -> bytes:
    """One page, which is object 3; what it refers to comes from 4 on."""
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return by_hand(b"<</Type/Catalog/Pages 2 0 R>>", pages, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]%b>>" % page, *others)


def page_with_picture(about: bytes, data: bytes) -> bytes:
    picture = b"/Type/XObject/Subtype/Image/Width 40/Height 40/ColorSpace/DeviceRGB/BitsPerComponent 8" + about
    return page_of(b"/Resources<</XObject<</Im0 4 0 R>>>>", stream(picture, data), stream(b"/Type/Metadata/Subtype/XML", XMP))


def said(made: Rewritten) -> bytes:
    """All that the document holds: its bytes, then each object as it reads, its streams unpacked."""
    reader = PdfReader(io.BytesIO(made.data))
    found = [made.data]
    for number in range(1, int(cast(Any, reader.trailer["/Size"]))):
        thing = reader.get_object(number)
        found.append(repr(thing).encode())
        if isinstance(thing, StreamObject):
            found += [thing._data, b"" if "JPXDecode" in str(thing.get("/Filter")) else thing.get_data()]
    return b"\n".join(found)


def only_page(made: Rewritten) -> Any:
    return cast(Any, PdfReader(io.BytesIO(made.data)).pages[0])


def picture_of(made: Rewritten) -> bytes:
    return only_page(made)["/Resources"]["/XObject"]["/Im0"]._data


PLACES = {
    "note": (b"/Annots[4 0 R]", b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Lu)%b>>" % SIGNED),
    "popup": (
        b"/Annots[4 0 R 5 0 R]",
        b"<</Type/Annot/Subtype/Highlight/Rect[0 0 9 9]/Contents(Lu)/Popup 5 0 R%b>>" % SIGNED,
        b"<</Type/Annot/Subtype/Popup/Rect[0 0 9 9]/Parent 4 0 R/Contents%b%b>>" % (WHO, SIGNED),
    ),
    "answer to a file": (
        b"/Annots[4 0 R 5 0 R]",
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Lu)/IRT 5 0 R/RT/R>>",
        b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</Type/Filespec/F%b/UF%b>>%b>>" % (WHO, WIDE, SIGNED),
    ),
    "decision on a note": (
        b"/Annots[4 0 R 5 0 R]",
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Lu)>>",
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/IRT 4 0 R/StateModel(Review)/State(Accepted)/Contents(Accepte par %b)>>"
        % SECRET,
    ),
    "signature": (
        b"/Annots[4 0 R]",
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Lu)/Rect[0 0 9 9]/V 5 0 R>>",
        b"<</Type/Sig/Name%b/Reason%b/Location%b/ContactInfo%b/M%b/ByteRange[0 1 2 3]/Contents%b>>"
        % (WHO, WIDE, WHO, WHO, WHO, WHO),
    ),
    "page": (
        b"/LastModified%b/PieceInfo<</App<</LastModified%b/Private%b>>>>/Metadata 4 0 R/B[5 0 R]/VP[<</Name%b>>]"
        % (WHO, WHO, WHO, WHO),
        stream(b"/Type/Metadata/Subtype/XML", XMP),
        b"<</Type/Bead/T 6 0 R/P 3 0 R>>",
        b"<</Type/Thread/F 5 0 R/I<</Author%b/Title%b>>>>" % (WHO, WIDE),
    ),
    "drawing": (
        b"/Resources<</XObject<</Fm0 4 0 R>>/Properties<</MC0 6 0 R>>>>/Contents 7 0 R",
        stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Metadata 5 0 R/PieceInfo<</Ai%b>>/Ref<</F%b>>/Creator%b" % (WHO, WHO, WHO),
            b"",
        ),
        stream(b"/Type/Metadata/Subtype/XML", XMP),
        b"<</Type/OCG/Name(Lu)/Usage<</CreatorInfo<</Creator%b/Subtype/Artwork>>>>/Producer%b>>" % (WHO, WIDE),
        stream(b"/F%b" % WHO, b"/Fm0 Do"),
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_no_place_that_a_page_does_not_show_names_anybody(place) -> None:
    given = page_of(*PLACES[place])
    assert SECRET in given
    everything = said(rewritten(given))
    assert SECRET not in everything and SECRET.decode().encode("utf-16-be") not in everything
    assert SECRET.hex().encode() not in everything.lower() and WIDE[1:-1] not in everything.lower()


def test_words_of_notes_and_of_forms_stay() -> None:
    given = page_of(
        b"/Annots[4 0 R 5 0 R]",
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Voir le plan)/T%b/M%b>>" % (WHO, WHO),
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(nom)/V(Rue Haute)/Rect[0 0 9 9]/M%b/NM%b>>" % (WHO, WHO),
    )
    made = rewritten(given)
    note, field = (one.get_object() for one in only_page(made)["/Annots"])
    assert (note["/Contents"], "/T" in note) == ("Voir le plan", False)
    assert (field["/T"], field["/V"]) == ("nom", "Rue Haute")
    assert SECRET not in said(made)


def test_letters_of_a_font_that_are_called_as_what_acts_or_signs_stay() -> None:
    letters = b"".join(b"/%b 5 0 R" % name for name in (b"A", b"M", b"T", b"B", b"F", b"PA"))
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<<%b>>>>" % letters
    made = rewritten(page_of(b"/Resources<</Font<</A 4 0 R>>>>", font, stream(b"", b"1 0 0 0 9 9 d1 0 0 9 9 re f")))
    kept = only_page(made)["/Resources"]["/Font"]["/A"]["/CharProcs"]
    assert set(kept) == {"/A", "/M", "/T", "/B", "/F", "/PA"}


def test_an_action_without_its_kind_starts_nothing_that_one_with_its_kind_would() -> None:
    actions = (
        b"<</Type/Font/S/Launch/F%b>>" % WHO,
        b"<</S/URI/URI(file:///%b)>>" % SECRET,
        b"<</S/GoTo/D[3 0 R/Fit]/Next<</S/JavaScript/JS%b>>>>" % WHO,
        b"<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Launch/F%b>>]>>" % WHO,
        b"<</JS%b>>" % WHO,
    )
    for action in actions:
        made = rewritten(page_of(b"/Annots[4 0 R]", b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A %b>>" % action))
        assert SECRET not in said(made), action


def jpeg_2000(**options: Any) -> bytes:
    """Half red, half blue, with a comment among its pixels' settings."""
    image, out = Image.new("RGB", (40, 40), (200, 30, 30)), io.BytesIO()
    image.paste((30, 30, 200), (0, 0, 20, 40))
    image.save(out, "JPEG2000", comment=SECRET, **options)
    return out.getvalue()


def box(kind: bytes, data: bytes) -> bytes:
    return (len(data) + 8).to_bytes(4, "big") + kind + data


def same_pixels(one: bytes, other: bytes) -> bool:
    first, second = (Image.open(io.BytesIO(data)) for data in (one, other))
    return (first.mode, first.size, first.tobytes()) == (second.mode, second.size, second.tobytes())


@pytest.mark.parametrize("tiles", [{}, {"tile_size": (16, 16)}], ids=["one tile", "nine tiles"])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_jpeg_2000_keeps_its_pixels_and_no_box_that_says_who(tiles, wrapped) -> None:
    plain = jpeg_2000(**tiles)
    long = (1).to_bytes(4, "big") + b"uuid" + (16 + 16 + len(SECRET)).to_bytes(8, "big") + b"\x07" * 16 + SECRET
    header_ends = plain.index(b"jp2c") - 4
    given = plain[:header_ends] + box(b"xml ", XMP) + long + box(b"asoc", box(b"lbl ", SECRET)) + plain[header_ends:]
    given += box(b"uuid", b"\x07" * 16 + SECRET)
    assert given.count(SECRET) == 5 and same_pixels(given, plain)
    data = given.hex().encode() + b">" if wrapped else given
    made = rewritten(page_with_picture(b"/Filter[/ASCIIHexDecode/JPXDecode]" if wrapped else b"/Filter/JPXDecode", data))
    assert SECRET not in said(made)
    assert same_pixels(picture_of(made), plain)


def test_pixels_of_a_jpeg_2000_that_come_without_boxes_lose_their_comment_too() -> None:
    plain = jpeg_2000(no_jp2=True)
    assert plain[:2] == b"\xff\x4f" and SECRET in plain
    made = rewritten(page_with_picture(b"/Filter/JPXDecode", plain + XMP))
    assert SECRET not in said(made) and same_pixels(picture_of(made), plain)


@pytest.mark.parametrize(
    "spoilt",
    [
        b"no picture at all",
        jpeg_2000()[:-60],
        jpeg_2000()[:30],
        jpeg_2000() + b"\0\0\0\x04free",
        jpeg_2000() + b"\0\0\0\x01free\0\0\0\0\0\0\0\x08",
        jpeg_2000().replace(b"\xff\x93", b"\xff\x64"),
        jpeg_2000().replace(b"\xff\x90", b"\x00\x90"),
    ],
    ids=["no picture", "no end", "half a header", "box too short", "long box too short", "tile without pixels", "no tile"],
)
def test_a_jpeg_2000_that_does_not_hold_together_is_refused_in_one_sentence(spoilt) -> None:
    with pytest.raises(Unwanted) as refused:
        rewritten(page_with_picture(b"/Filter/JPXDecode", spoilt))
    assert str(refused.value).replace("\u00a0", " ") == "Une image de ce document est abîmée : refaites le document sans elle"


def test_a_photograph_in_a_document_keeps_neither_its_small_copy_nor_what_follows_its_end() -> None:
    plain, out = photograph(40, 40), io.BytesIO()
    Image.open(io.BytesIO(plain)).save(out, "JPEG", progressive=True)
    for jpeg in (plain, out.getvalue()):
        small_copy = b"\xff\xe0" + (16 + len(SECRET)).to_bytes(2, "big") + b"JFIF\0\x01\x01\0\0\x01\0\x01\x03\x01" + SECRET
        given = b"\n" + jpeg[:2] + small_copy + jpeg[2:] + b"film:" + SECRET
        bare = rewriting.without_segments(given)
        assert SECRET not in bare and same_pixels(bare, jpeg)
        made = rewritten(page_with_picture(b"/Filter/DCTDecode/Metadata 5 0 R", given))
        assert SECRET not in said(made) and same_pixels(picture_of(made), jpeg)
    assert rewriting.without_segments(b"no jpeg") == b""
