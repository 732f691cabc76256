"""Several récits as one HTML file, their images within; and as a tagged PDF, where the machine makes one."""

import html
from collections.abc import Iterator

from rex.documents.blocks import Inlines, Text, plain
from rex.documents.pieces import LONGEST, Beside, Grid, Head, Line, Piece, Said, Several, Told, linked
from rex.documents.to_page import SHEET, pdf_of, standing_alone
from rex.text import to_html
from rex.text.marks import tidy

BESIDE = """
h3 { margin-top: 1.75rem; }
.line { margin: .25rem 0; font-size: .875rem; }
table.beside { table-layout: fixed; margin: .5rem 0; }
table.beside > tbody > tr > td { padding: .25rem .75rem; }
.preface p { margin: .25rem 0; }
.leads { break-after: avoid; }
table.figures { margin: 1rem 0; font-size: .875em; line-height: 1.35; }
table.figures :is(th, td) { min-width: 0; padding: .15rem .4rem; }
table.figures :is(thead th:not(.wordy), .number) { overflow-wrap: normal; }
table.figures td:not(.number) { min-width: 6rem; }
table.figures caption { padding-bottom: .25rem; text-align: left; font-weight: bold; break-after: avoid; }
table.figures thead { display: table-header-group; }
table.figures tr { break-inside: avoid; }
table.figures:not(.long) { break-inside: avoid; }
table.figures tbody th { min-width: 9rem; font-weight: normal; }
@media print {
  table.figures { margin: .5rem 0; font-size: .85em; line-height: 1.25; }
  table.figures td { min-width: 0; }
  table.figures tbody th { min-width: 8em; }
  body { line-height: 1.45; }
  h2 { margin-top: 1.25rem; }
}
table.figures .number { text-align: right; }
@media screen and (min-width: 60rem) { body:has(table.beside) { max-width: 64rem; } }
@media screen and (max-width: 40rem) {
  table.beside, table.beside > tbody, table.beside > tbody > tr, table.beside > tbody > tr > td { display: block; }
  table.beside > thead { display: none; }
  table.beside > tbody > tr > td::before { content: attr(data-who); font-weight: bold; }
}
"""


class _Page:
    def __init__(self, several: Several) -> None:
        self.several = several
        self.texts = 0

    def made(self) -> Iterator[str]:
        title = _words(self.several.title)
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        yield f'<!doctype html>\n<html lang="fr"><head>{head}<title>{title}</title><style>{SHEET}{BESIDE}</style></head>'
        preface = "".join(f"<p>{_words(line)}</p>" for line in self.several.preface)
        yield f'<body><main><h1>{title}</h1><div class="preface">{preface}</div>'
        for piece in self.several.pieces:
            yield self._piece(piece)
        yield "</main></body></html>\n"

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Head(level, words):
                return f"<h{level + 1}>{_words(words)}</h{level + 1}>"
            case Line(words):
                return f'<p class="line">{"".join(map(_linked, linked(words)))}</p>'
            case Told(source, under):
                self.texts += 1
                made = to_html(source, prefix=f"t{self.texts}-", heading_base=max(3, under + 2))
                return standing_alone(made, self.several.image, self.several.root)
            case Beside(sides):
                heads = "".join(f'<th scope="col">{_words(side.who)}</th>' for side in sides)
                cells = "".join(f'<td data-who="{_words(side.who)}">{self._piece(side.inner)}</td>' for side in sides)
                return f'<table class="beside"><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>'
            case Said(inlines, leads):
                return f"<p{' class=leads' * leads}>{self._inlines(inlines)}</p>"
            case Grid():
                return self._grid(piece)

    def _grid(self, grid: Grid) -> str:
        (head, *rows), numbers = grid.rows or ((),), grid.numbers
        columns = "".join(f'<th scope="col"{_kind(cell, at in numbers)}>{self._inlines(cell)}</th>' for at, cell in enumerate(head))
        lines = []
        for first, *others in filter(None, rows):
            cells = "".join(
                f"<td{' class=number' * (at in numbers)}>{self._inlines(cell)}</td>" for at, cell in enumerate(others, 1)
            )
            lines.append(f'<tr><th scope="row">{self._inlines(first)}</th>{cells}</tr>')
        note = f'<p class="line">{_words(grid.note)}</p>' if grid.note else ""
        said = f"<caption>{_words(grid.caption)}</caption><thead><tr>{columns}</tr></thead><tbody>{''.join(lines)}</tbody>"
        length = "" if grid.is_short else " long"
        return f'<div class="table-scroll"><table class="figures{length}">{said}</table></div>{note}'

    def _inlines(self, inlines: Inlines) -> str:
        return "".join(self._text(one) for one in inlines if isinstance(one, Text))

    def _text(self, one: Text) -> str:
        said = f"<strong>{_words(one.words)}</strong>" if one.bold else _words(one.words)
        address = f"{self.several.root}{one.href}" if one.href.startswith("/") else one.href
        return f'<a href="{html.escape(address)}">{said}</a>' if one.href else said


def _kind(head: Inlines, is_number: bool) -> str:
    """`wordy`: a word of it may be cut, for it is wider than a column."""
    kinds = ["number"] * is_number + ["wordy"] * any(len(word) > LONGEST for word in plain(head).split())
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _linked(one: Text) -> str:
    words = _words(one.words)
    return f'<a href="{words}">{words}</a>' if one.href else words


def _words(said: str) -> str:
    return html.escape(tidy(said))


def several_to_page(several: Several) -> bytes:
    """Several récits as an HTML file that needs nothing else."""
    return b"".join(part.encode() for part in _Page(several).made())


def several_to_pdf(several: Several) -> bytes:
    """Several récits as a tagged PDF. Raises NoPdf where the machine makes none."""
    return pdf_of(several_to_page(several))
