"""A récit as one HTML file, its images within; and as a tagged PDF, when the machine has what makes one (the extra [pdf])."""

import base64
import html
import importlib
import re
from collections.abc import Callable
from importlib.util import find_spec

from rex.documents.outgoing import NO_WORDS, Image, Outgoing
from rex.text import to_html

SHEET = """
:root { color-scheme: light dark; }
body { max-width: 38rem; margin: 2rem auto; padding: 0 1rem; font: 1.125rem/1.6 Palatino, "P052", "Noto Serif", Georgia, serif;
  overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; break-after: avoid; }
h2 { margin-top: 2rem; border-bottom: 1px solid; }
.preface, .confidential { font-size: .875rem; }
.confidential { padding: .5rem 1rem; border: 3px solid; font-weight: bold; }
img { max-width: 100%; height: auto; }
.table-scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { min-width: 5rem; padding: .25rem .5rem; border: 1px solid #888; text-align: left; vertical-align: top; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid #888; }
pre { white-space: pre-wrap; }
.footnote { margin-top: 1.5rem; font-size: .875rem; }
.footnote hr { width: 6rem; margin: 0; border: 0; border-top: 1px solid #888; }
@page { size: A4; margin: 18mm; @bottom-center { content: counter(page); } }
@media print {
  body { max-width: none; margin: 0; font-size: 10.5pt; }
  .table-scroll { overflow: visible; }
  th, td { min-width: 3em; }
}
"""
_IMAGE = re.compile(r'<img (?:[^">]|"[^"]*")*>')
_SOURCE = re.compile(r' src="(/fichiers/[A-Za-z0-9_-]{16})"')
_WORDS = re.compile(r' alt="([^"]+)"')
_LINK = re.compile(r'href="(/[^"]*)"')
_ADDRESS = re.compile(r"https?://[^\s<>&\"']+")


def to_page(outgoing: Outgoing) -> bytes:
    """The récit as an HTML file that needs nothing else."""
    title = html.escape(outgoing.title)
    confidential = f'<p class="confidential">{html.escape(outgoing.confidential)}</p>' if outgoing.confidential else ""
    preface = "".join(f"<p>{linked(line)}</p>" for line in outgoing.preface)
    sections = "".join(
        f'<section id="{html.escape(section.slug)}"><h2>{html.escape(section.heading)}</h2>'
        f'{to_html(section.source, prefix=f"{section.slug}-", heading_base=3)}</section>'
        for section in outgoing.sections
    )
    sections = standing_alone(sections, outgoing.image, outgoing.root)
    body = f'{confidential}<h1>{title}</h1><div class="preface">{preface}</div>{sections}'
    sheet = SHEET + head_of_pages(outgoing.confidential)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{sheet}</style>'
    return f'<!doctype html>\n<html lang="fr"><head>{head}</head><body><main>{body}</main></body></html>\n'.encode()


def head_of_pages(confidential: str) -> str:
    """The rule that has each printed page say that it is confidential; nothing when it is not."""
    words = re.sub(r"[\\\"<>\n]", "", confidential)
    return f'@page {{ @top-left {{ content: "{words}"; font-size: 9pt; }} }}' if words else ""


def linked(line: str) -> str:
    """A line of words as HTML, its addresses followed by a click."""
    return _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', html.escape(line))


def standing_alone(made: str, image: Callable[[str], Image | None], root: str) -> str:
    """What `rex.text` made, for a file: its images in it, its addresses in full. Of an image that does not come along, its words
    lead to where it is."""

    def drawn(found: re.Match[str]) -> str:
        source = _SOURCE.search(found[0])
        if source is None:
            return found[0]
        shown = image(source[1])
        if shown is None:
            said = _WORDS.search(found[0])
            return f'<a href="{source[1]}">{said[1] if said else NO_WORDS}</a>'
        data = f"data:{shown.media};base64,{base64.b64encode(shown.data).decode()}"
        return _SOURCE.sub(lambda _source: f' src="{data}"', found[0], count=1)

    return _LINK.sub(lambda found: f'href="{html.escape(root)}{found[1]}"', _IMAGE.sub(drawn, made))


def has_pdf() -> bool:
    """Whether this machine makes PDF."""
    return find_spec("weasyprint") is not None


def to_pdf(outgoing: Outgoing) -> bytes:
    """The récit as a tagged PDF. Raises NoPdf where the machine makes none."""
    return pdf_of(to_page(outgoing))


def pdf_of(page: bytes) -> bytes:
    """A file of `to_page` as a tagged PDF. Raises NoPdf where the machine makes none."""
    if not has_pdf():
        raise NoPdf
    try:
        weasyprint = importlib.import_module("weasyprint")  # an extra, heavy: only when it is asked for
    except OSError as error:  # the libraries of the system that it draws with
        raise NoPdf from error
    nothing_fetched = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    return weasyprint.HTML(string=page.decode(), url_fetcher=nothing_fetched).write_pdf(pdf_variant="pdf/ua-1")


class NoPdf(RuntimeError):
    """This machine makes no PDF: the extra is not installed, or what it needs of the system is not."""
