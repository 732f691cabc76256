"""Small helpers to write the XML of word processors, and the zip that carries it."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from rex.documents.outgoing import Image
from rex.text.marks import tidy

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WIDEST = 16.0  # centimetres
PER_PIXEL = 2.54 / 96
_AMP = re.compile("[&<>]")
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
WHEN = (2020, 1, 1, 0, 0, 0)  # the same récit gives the same bytes, whenever it is exported


def words(text: str) -> str:
    """Words between two tags."""
    return _AMP.sub(lambda found: _SIGNS[found[0]], tidy(text))


def value(text: str) -> str:
    """The value of an attribute, with its quotes."""
    return quoteattr(tidy(text).replace("\n", " "))


def size_in_cm(image: Image) -> tuple[float, float]:
    """As wide as on a screen, and no wider than the page."""
    width = max(0.5, image.width * PER_PIXEL)
    height = max(0.5, image.height * PER_PIXEL)
    share = min(1.0, WIDEST / width, 22.0 / height)
    return width * share, height * share


def packed(members: Mapping[str, str | bytes], *, first_bare: bool = False) -> bytes:
    """These members in a zip; `first_bare`: the first is not compressed, so that others see what it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for rank, (name, data) in enumerate(members.items()):
            told = zipfile.ZipInfo(name, WHEN)
            told.compress_type = zipfile.ZIP_STORED if first_bare and rank == 0 else zipfile.ZIP_DEFLATED
            made.writestr(told, data)
    return out.getvalue()
