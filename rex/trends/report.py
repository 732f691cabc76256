"""« Rapport pour le CODIR »: the page in three or four pages of paper, for a meeting, as a document like any other of REX.

What keeps resisting, what was put to work, who tells with whom, what nobody tells, what is not known; and beside their figures, the
readings of those who see them otherwise: a section that is not of these stands there as soon as it has one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rex.documents.blocks import Inlines, Text
from rex.documents.pieces import Grid, Head, Line, Piece, Said, Several, Told
from rex.documents.several_formats import SEVERAL
from rex.french import count, typo
from rex.trends.balise_counts import State
from rex.trends.couverture import Couverture
from rex.trends.page import Section
from rex.trends.readings import ShownReading
from rex.trends.saying import hears_some
from rex.trends.sentences import Sentence
from rex.trends.tables import Cell, Row, Table
from rex.trends.taken_out import TakenOut, voice_and_subject, words_of

REPORTED = ("tensions", "seances", "ensemble", "couverture", "inconnu")  # in the order of a meeting
PAIRS = "ensemble"
MOST_ROWS = 8  # of a table; the page has them all
FEW = 4  # rows
MOST_COLUMNS = 7  # that a sheet of paper takes
DISPUTED = "Balises disputées : un récit l’illustre, un autre la contredit"
USES = {
    "docx": "À compléter avant la réunion",
    "odt": "Le même, au format ouvert",
    "pdf": "À lire ou à imprimer tel quel",
    "html": "Un seul fichier, à ouvrir dans un navigateur",
    "md": "Du texte simple",
}
FORMATS = SEVERAL


def kind_of(out: TakenOut) -> str:
    """What the document is; the réseau has no CODIR."""
    return "Rapport des tendances" if out.page.look.asked.place.is_reseau else "Rapport pour le CODIR"


def title_of(out: TakenOut) -> str:
    """What the document is called."""
    what = "Tendances" if out.page.look.asked.place.is_reseau else kind_of(out)
    return typo(f"{what}, {out.place}, {out.days}")


def report_of(out: TakenOut) -> Several:
    """The report, to be written once."""
    asked = out.page.look.asked
    scope = typo(f"Période comparée : {out.compared}." + (f" Filtres : {' ; '.join(out.filters)}." if out.filters else ""))
    address = typo(f"Adresse : {out.address(asked.url)}")
    return Several(title_of(out), (scope, *out.set_aside, out.readers, out.who, address), tuple(_pieces(out)), out.root)


def _pieces(out: TakenOut) -> Iterator[Piece]:
    asked = out.page.look.asked
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
        yield from _untold(out, section)
        if not hears_some(asked):
            yield from _missing(out, section)
        for unknown in words_of(section):
            yield Said((Text(typo(f"{unknown.about}. "), bold=True), Text(unknown.words)))
        yield from (_grid(out, table) for table in shortened(section, readings))
        for reading in readings:
            yield Said((Text(voice_and_subject(reading), bold=True), *_when_and_where(out, reading)), leads=True)
            yield Told(reading.words, 2)
        if more := out.more_of(section):
            yield Line(more)
    yield Line(typo(f"Toutes les rubriques, leurs dessins et leurs tableaux : {out.address(asked.url)}"))


def reported(out: TakenOut) -> list[Section]:
    """The sections of the report in its order, then those that somebody reads otherwise."""
    found = [section for key in REPORTED if (section := out.page.section(key)) is not None]
    others = [one for one in out.page.sections if one.key not in REPORTED and out.readings_of(one)]
    last = [one for one in found if one.key == REPORTED[-1]]
    return [*(one for one in found if one not in last), *others, *last]


def shortened(section: Section, readings: Sequence[ShownReading]) -> list[Table]:
    """As much of its tables as a sheet of paper takes: of pairs, the links that are most told; of balises, those that are disputed.
    A row that somebody reads otherwise stays."""
    kept = {one.subject for one in readings}
    if isinstance(section, Couverture):
        return [half for table in section.tables for half in _disputed(section, table, kept)]
    fitting = [_with_something(one) for one in section.tables if len(one.columns) <= MOST_COLUMNS]
    tables = fitting or [_narrowed(one) for one in section.tables[:1]]
    if section.key == PAIRS:
        return [half for table in tables for half in _pairs(table, kept)]
    return [_first(table, kept) for table in tables]


def _narrowed(table: Table) -> Table:
    """Its last columns, which sum it up or are the nearest."""
    end = MOST_COLUMNS - 1

    def cut(row: Row) -> Row:
        return replace(row, cells=row.cells[-end:])

    more = typo(f"{count(len(table.columns) - 1 - end, 'autre colonne')} sur la page.")
    return replace(
        table,
        columns=(table.columns[0], *table.columns[-end:]),
        rows=tuple(map(cut, table.rows)),
        total=cut(table.total) if table.total else None,
        note=" ".join(filter(None, (table.note, more))),
    )


def _pairs(table: Table, kept: set[str]) -> list[Table]:
    there = sorted((row for row in table.rows if _number(row)), key=_number, reverse=True)
    return [_first(replace(table, rows=tuple(there)), kept)] if there else []


def _disputed(section: Couverture, table: Table, kept: set[str]) -> list[Table]:
    """A balise, then how many récits illustrate it and contradict it."""
    codes = kept | {mark.marker.code for group in section.groups for mark in group.marks if mark.is_disputed}
    rows = [replace(row, cells=row.cells[3:5]) for row in table.rows if row.key in codes]
    columns = (table.columns[0], *table.columns[4:6])
    return [_first(Table(DISPUTED, columns, tuple(rows)), kept)] if rows else []


def _first(table: Table, kept: set[str]) -> Table:
    """Its first rows; a few more are not worth a cut."""
    if len(table.rows) <= MOST_ROWS + FEW:
        return table
    rows = tuple(row for rank, row in enumerate(table.rows) if rank < MOST_ROWS or row.key in kept)
    more = len(table.rows) - len(rows)
    note = f"{count(more, 'autre ligne')} sur la page." if more else ""
    return replace(table, rows=rows, note=" ".join(filter(None, (table.note, note))))


def _number(row: Row) -> int:
    """Of récits that two units have in common, the only cell of their row."""
    return row.cells[0].number


def _untold(out: TakenOut, section: Section) -> Iterator[Piece]:
    """The balises of which nothing was ever told, and those of which nothing was for long."""
    marks = [mark for group in section.groups for mark in group.marks] if isinstance(section, Couverture) else []
    for state, said in ((State.SILENT, "Sans un récit depuis le début"), (State.OLD, "Sans récit depuis plus de douze mois")):
        found = [Text(typo(mark.marker.label), href=out.address(mark.marker.href)) for mark in marks if mark.state is state]
        if found:
            between = [one for text in found for one in (Text(", "), text)][1:]
            yield Said((Text(typo(f"{said} : "), bold=True), *between, Text(".")))


def _missing(out: TakenOut, section: Section) -> Iterator[Piece]:
    """How many pairs nothing links. None is named here: the first of so many would be those that begin the alphabet; the title of
    the section names the one that told most."""
    for table in section.tables if section.key == PAIRS else ():
        without = sum(1 for row in table.rows if not _number(row))
        if without:
            pairs = f"{count(without, 'paire')} de {table.columns[0].lower()}"
            said = f"{pairs} sur {len(table.rows)} {'n’ont' if without > 1 else 'n’a'} aucun récit commun. "
            page = out.address(f"{out.page.look.asked.url}#{section.key}")
            yield Said((Text(typo(said)), Text("La page les montre toutes", href=page), Text(".")))


def _with_something(table: Table) -> Table:
    """Without the columns in which nothing is said."""
    kept = sorted({at for row in table.rows for at, cell in enumerate(row.cells) if cell.value != ""})

    def cut(row: Row) -> Row:
        return replace(row, cells=tuple(row.cells[at] for at in kept if at < len(row.cells)))

    columns = (table.columns[0], *(table.columns[at + 1] for at in kept))
    total = cut(table.total) if table.total else None
    return replace(table, columns=columns, rows=tuple(map(cut, table.rows)), total=total)


def _when_and_where(out: TakenOut, reading: ShownReading) -> Inlines:
    """« (septembre à novembre 2026, écrite sur la page « Coopération », service Voirie) »."""
    page = reading.written_on
    if not page.words:
        return (Text(typo(f" ({reading.days})")),)
    return Text(typo(f" ({reading.days}, écrite sur la ")), Text(page.words, href=out.address(page.url)), Text(")")


def _grid(out: TakenOut, table: Table) -> Grid:
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
