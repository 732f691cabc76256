"""« Rapport pour le CODIR »: the page in two or three sheets of paper, for a meeting, as a document like any other of REX.

What keeps resisting, what was put to work, who tells with whom, what nobody tells, what is not known; and beside their figures, the
readings of those who see them otherwise: a section that is not of these stands there as soon as it has one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rex.documents.blocks import Inlines, Text
from rex.documents.pieces import Grid, Head, Line, Piece, Said, Several, Told
from rex.documents.several_formats import SEVERAL
from rex.french import count, typo
from rex.trends.lead import Sentence
from rex.trends.page import Section
from rex.trends.tables import Cell, Row, Table
from rex.trends.taken_out import TakenOut, voice_and_subject

REPORTED = ("tensions", "seances", "ensemble", "couverture", "inconnu")  # in the order of a meeting
PAIRS = "ensemble"
MOST_ROWS = 10  # of a table; the page has them all
MOST_COLUMNS = 7  # that a sheet of paper takes
USES = {
    "docx": "À compléter avant la réunion",
    "odt": "Le même, au format ouvert",
    "pdf": "À lire ou à imprimer tel quel",
    "html": "Un seul fichier, à ouvrir dans un navigateur",
    "md": "Du texte simple",
}
FORMATS = SEVERAL


def title_of(out: TakenOut) -> str:
    """What the document is called, and its file."""
    what = "Tendances" if out.page.look.asked.place.is_reseau else "Rapport pour le CODIR"
    return typo(f"{what}, {out.place}, {out.days}")


def report_of(out: TakenOut) -> Several:
    """The report, to be written once."""
    asked = out.page.look.asked
    scope = typo(f"Comparé avec {out.compared}." + (f" Filtres : {' ; '.join(out.filters)}." if out.filters else ""))
    address = typo(f"Adresse : {out.address(asked.url)}")
    return Several(title_of(out), (scope, out.readers, out.who, address), tuple(_pieces(out)), out.root)


def _pieces(out: TakenOut) -> Iterator[Piece]:
    yield Head(1, typo(out.lead.heading or "Ce qui résiste"))
    if out.not_enough:
        yield Said((Text(out.not_enough),))
        return
    if out.lead.sentences:
        yield Said(_joined(out.lead.sentences))
    if out.lead.scope:
        yield Said(_joined([out.lead.scope]))
    for section in reported(out):
        yield Head(1, typo(section.title))
        readings = out.readings_of(section)
        for table in section.tables:
            yield from (_grid(out, section, one) for one in shortened(section, table))
        for reading in readings:
            yield Said((Text(voice_and_subject(reading), bold=True), Text(typo(f" ({reading.days})"))))
            yield Told(reading.words, 2)
    yield Line(typo(f"Toutes les rubriques, leurs dessins et leurs tableaux : {out.address(out.page.look.asked.url)}"))


def reported(out: TakenOut) -> list[Section]:
    """The sections of the report in its order, then those that somebody reads otherwise."""
    found = [section for key in REPORTED if (section := out.page.section(key)) is not None]
    others = [one for one in out.page.sections if one.key not in REPORTED and out.readings_of(one)]
    last = [one for one in found if one.key == REPORTED[-1]]
    return [*(one for one in found if one not in last), *others, *last]


def shortened(section: Section, table: Table) -> list[Table]:
    """As much of a table as a sheet of paper takes: its greatest figures, in its own order. Of pairs, the links that are most told
    and, as readily, those that are missing."""
    table = turned(table)
    if section.key == PAIRS and len(table.columns) == 2:
        missing = tuple(row for row in table.rows if row.cells and row.cells[0].value == 0)
        there = tuple(row for row in table.rows if row not in missing)
        without = replace(table, caption="Sans récit commun", rows=missing[:MOST_ROWS], total=None, note=_left(missing))
        return [_greatest(replace(table, rows=there)), *([without] if missing else [])]
    return [_greatest(table)]


def turned(table: Table) -> Table:
    """A table that is too wide for paper, its rows as columns; its first columns alone when it is too long too."""
    if len(table.columns) <= MOST_COLUMNS:
        return table
    rows = (*table.rows, *([table.total] if table.total else []))
    if len(rows) < MOST_COLUMNS:
        columns = (table.columns[0], *(row.name for row in rows))
        across = tuple(
            Row(name, tuple(row.cells[at] if at < len(row.cells) else Cell("") for row in rows))
            for at, name in enumerate(table.columns[1:])
        )
        return replace(table, columns=columns, rows=across, total=None)
    kept = MOST_COLUMNS - 1
    cut = tuple(replace(row, cells=row.cells[:kept]) for row in table.rows)
    total = replace(table.total, cells=table.total.cells[:kept]) if table.total else None
    note = " ".join(filter(None, (table.note, f"{count(len(table.columns) - 1 - kept, 'autre colonne')} sur la page.")))
    return replace(table, columns=table.columns[: kept + 1], rows=cut, total=total, note=note)


def _greatest(table: Table) -> Table:
    if len(table.rows) <= MOST_ROWS:
        return table
    ranked = sorted(range(len(table.rows)), key=lambda at: -_weight(table.rows[at]))[:MOST_ROWS]
    note = " ".join(filter(None, (table.note, _left(table.rows))))
    return replace(table, rows=tuple(table.rows[at] for at in sorted(ranked)), note=note)


def _weight(row: Row) -> int:
    return next((cell.value for cell in row.cells if isinstance(cell.value, int)), 0)


def _left(rows: Sequence[Row]) -> str:
    more = len(rows) - MOST_ROWS
    return f"{count(more, 'autre ligne')} sur la page." if more > 0 else ""


def _grid(out: TakenOut, section: Section, table: Table) -> Grid:
    head = tuple((Text(typo(column)),) for column in table.columns)
    rows = (*table.rows, *([table.total] if table.total else []))
    lines = tuple((_linked(out, row.name, row.url), *(_cell(out, cell) for cell in row.cells)) for row in rows)
    return Grid(typo(table.caption), (head, *lines), typo(table.note))


def _cell(out: TakenOut, cell: Cell) -> Inlines:
    return (Text("·"),) if cell.is_empty else _linked(out, str(cell.value), cell.url)


def _linked(out: TakenOut, said: str, url: str) -> Inlines:
    return (Text(typo(said), href=out.address(url) if url else ""),)


def _joined(sentences: Sequence[Sentence]) -> Inlines:
    """Sentences as one paragraph, their links kept; addresses in full are made by who writes the file."""
    found: list[Text] = []
    for sentence in sentences:
        found += [Text(" ")] if found else []
        found += [Text(part.text, bold=part.is_strong, href=part.url) for part in sentence]
    return tuple(found)
