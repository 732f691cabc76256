"""The figures of the page in sheets: what they are, then one sheet for each section, then the readings of those who read otherwise.

As CSV they are one sheet, a line for each figure, with a column that says its section: a program sorts it, and a person opens it
with two clicks. Words that a program would compute are neutralised (`rex.documents.tables`)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rex import clock
from rex.documents.tables import to_csv
from rex.documents.to_ods import MEDIA as ODS
from rex.documents.to_ods import to_ods
from rex.documents.to_xlsx import MEDIA as XLSX
from rex.documents.to_xlsx import to_xlsx
from rex.documents.workbook import FIRST_WIDTH, Line, Sheet, SheetCell, line
from rex.french import joined, typo
from rex.text import plain
from rex.trends.page import Section
from rex.trends.readings import ShownReading
from rex.trends.sheet_values import value_of
from rex.trends.subjects import SECTIONS
from rex.trends.tables import Cell, Row, Table
from rex.trends.taken_out import RULES, TakenOut, words_of

READ_OTHERWISE = "Lectures contradictoires"
TABS = {
    "tensions": "Ce qui résiste",
    "services": "Services",
    "mois": "Mois après mois",
    "couverture": "Balises",
    "ensemble": "Qui avec qui",
    "colleges": "Collèges",
    "mercis": "Mercis",
    "seances": "Séances",
    "inconnu": "Ce que l’on ne sait pas",
}
COLUMNS = ("Rubrique", "Tableau", "Ligne", "Colonne", "Valeur", "Adresse")
MOST_WORDS = 20_000


@dataclass(frozen=True)
class SheetFormat:
    """`label` and `use`: what the page says of it."""

    ending: str
    media: str
    label: str
    use: str
    make: Callable[[TakenOut], bytes]


def to_workbook(write: Callable[[Sequence[Sheet]], bytes]) -> Callable[[TakenOut], bytes]:
    return lambda out: write(sheets_of(out))


def sheets_of(out: TakenOut) -> list[Sheet]:
    """« À propos », a sheet for each section of the page in its order, and the readings when there are."""
    sections = [Sheet(TABS.get(one.key, one.key), tuple(_section(out, one))) for one in out.page.sections]
    readings = [Sheet(READ_OTHERWISE, tuple(_readings(out)))] if out.readings else []
    return [Sheet("À propos", tuple(_about(out))), *sections, *readings]


def facts_of(out: TakenOut) -> list[tuple[str, str]]:
    """What stands at the head of every file of figures."""
    place = "Réseau" if out.page.look.asked.place.is_reseau else "Journal"
    return [
        (place, out.place),
        ("Période", out.days),
        ("Comparée avec", out.compared),
        ("Filtres", typo(" ; ".join(out.filters)) if out.filters else "Aucun"),
        *(("Laissé de côté", one) for one in out.set_aside),
        ("Lecteurs", out.readers),
        ("Export", out.who),
        ("Adresse", out.address(out.page.look.asked.url)),
    ]


def _about(out: TakenOut) -> Iterator[Line]:
    yield line(typo(out.lead.heading or "Tendances"), is_head=True)
    for name, said in facts_of(out):
        yield line(name, said)
    yield line()
    if out.not_enough:
        yield line(out.not_enough)
    else:
        yield from (_row(out, row) for row in out.numbers)
        if out.lead.words:
            yield from (line(), line(out.lead.words))
    yield line()
    yield from (line(typo(rule)) for rule in RULES)


def _section(out: TakenOut, section: Section) -> Iterator[Line]:
    readings = out.readings_of(section)
    yield line(typo(section.title), is_head=True)
    for one in _of_no_row(section, readings):
        yield line(typo(f"Lu autrement : {_named(one)} (feuille « {READ_OTHERWISE} »)"))
    for said in words_of(section):
        yield line(said.about, said.words)
    for table in section.tables:
        voices = {row.key: _voices(readings, row) for row in table.rows}
        is_read = any(voices.values())
        yield line()
        yield line(typo(table.caption))
        has_long = any(map(_is_long, table.rows))
        yield line(*table.columns, *["Texte"] * has_long, *["Lu autrement par"] * is_read, is_head=True)
        for row in table.rows:
            yield _row(out, row, table.columns, voices[row.key], has_long=has_long)
        if table.total:
            yield _row(out, table.total)
        if table.note:
            yield line(typo(table.note))


def _row(out: TakenOut, row: Row, columns: Sequence[str] = (), voices: str = "", *, has_long: bool = False) -> Line:
    heads, today = [*columns[1:], *[""] * len(row.cells)], out.page.look.asked.today
    is_long = has_long and _is_long(row)
    cells = [SheetCell(row.name, "" if is_long else out.address(row.url))]
    cells += [SheetCell(value_of(cell, head, today), out.address(cell.url)) for cell, head in zip(row.cells, heads, strict=False)]
    if voices or has_long:
        cells += [SheetCell("")] * (len(columns) - len(cells))
        opened = SheetCell("Ouvrir", out.address(row.url)) if is_long else SheetCell("")
        cells += [opened] * has_long + [SheetCell(voices)] * bool(voices)
    return Line(tuple(cells))


def _is_long(row: Row) -> bool:
    """Its name leads somewhere and takes several lines: a link has only one (LibreOffice), and stands in a cell of its own."""
    return bool(row.url) and len(row.name) > FIRST_WIDTH


def _readings(out: TakenOut) -> Iterator[Line]:
    zone = out.page.look.asked.place.timezone
    yield line("Rubrique", "Au sujet de", "Lu autrement par", "Période", "Écrite le", "Écrite sur", "Lecture", is_head=True)
    for one in out.readings:
        section, said_on, page = SECTIONS.get(one.section, one.section), clock.local(one.said_at, zone).date(), one.written_on
        known = line(section, one.subject_name, one.voice, one.days, said_on).cells
        yield Line((*known, SheetCell(page.words, out.address(page.url)), SheetCell(_on_one_line(one))))
    for section in out.page.sections:
        if more := out.more_of(section):
            yield line(SECTIONS.get(section.key, section.key), more)


def _on_one_line(reading: ShownReading) -> str:
    """Its words on one line, for a cell."""
    return plain(reading.words, MOST_WORDS)


def _voices(readings: Sequence[ShownReading], row: Row) -> str:
    return joined(list(dict.fromkeys(one.voice for one in readings if one.subject and one.subject == row.key)))


def _of_no_row(section: Section, readings: Sequence[ShownReading]) -> list[ShownReading]:
    """Readings of the section as a whole, or of what is no row of its tables."""
    keys = {row.key for table in section.tables for row in table.rows}
    return [one for one in readings if not one.subject or one.subject not in keys]


def _named(reading: ShownReading) -> str:
    return f"{reading.voice}, sur « {reading.subject_name} »" if reading.subject_name else reading.voice


# --- one sheet --------------------------------------------------------------------------------------------------------------


def to_long_csv(out: TakenOut) -> bytes:
    """A line for each figure."""
    return to_csv(COLUMNS, _long(out))


def _long(out: TakenOut) -> Iterator[Sequence[str]]:
    for name, said in facts_of(out):
        yield "À propos", "", name, "", said, ""
    if out.not_enough:
        yield "À propos", "", "", "", out.not_enough, ""
        return
    for row in out.numbers:
        yield "À propos", "", row.name, "", str(row.cells[0].value), out.address(row.cells[0].url)
    for rule in RULES:
        yield "À propos", "Ce que disent ces chiffres", "", "", typo(rule), ""
    for section in out.page.sections:
        name = TABS.get(section.key, section.key)
        yield name, "", "", "", typo(section.title), ""
        for said in words_of(section):
            yield name, "", said.about, "", said.words, ""
        for table in section.tables:
            yield from _long_table(out, name, table)
        for one in out.readings_of(section):
            yield name, READ_OTHERWISE, one.subject_name, one.voice, _on_one_line(one), ""
            if one.written_on.words:
                yield name, READ_OTHERWISE, one.subject_name, one.voice, one.written_on.sentence, out.address(one.written_on.url)
        if more := out.more_of(section):
            yield name, READ_OTHERWISE, "", "", more, ""


def _long_table(out: TakenOut, section: str, table: Table) -> Iterator[Sequence[str]]:
    caption = typo(table.caption)
    for row in (*table.rows, *([table.total] if table.total else [])):
        for column, cell in zip(table.columns[1:], row.cells, strict=False):
            yield section, caption, row.name, column, str(cell.value), out.address(_leads(row, cell))
        if not row.cells:
            yield section, caption, row.name, "", "", out.address(row.url)
    if table.note:
        yield section, caption, "", "", typo(table.note), ""


def _leads(row: Row, cell: Cell) -> str:
    return cell.url or (row.url if not isinstance(cell.value, int) else "")


SHEETS = {
    one.ending: one
    for one in (
        SheetFormat("xlsx", XLSX, "Excel (XLSX)", "Une feuille par rubrique ; un clic ouvre les textes", to_workbook(to_xlsx)),
        SheetFormat("ods", ODS, "LibreOffice (ODS)", "Le même, au format ouvert", to_workbook(to_ods)),
        SheetFormat("csv", "text/csv; charset=utf-8", "Tableur (CSV)", "Une ligne par chiffre, à retravailler", to_long_csv),
    )
}
