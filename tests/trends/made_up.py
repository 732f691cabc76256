"""Sections of a page of trends that no base told, and its files as they are asked for."""

from dataclasses import dataclass

from rex.trends.asked import Asked
from rex.trends.figures import Figure
from rex.trends.lead import Lead
from rex.trends.tables import Cell, Row, Table
from tests.trends.opened import (
    rows_of_csv,
    sheets_of_ods,
    sheets_of_xlsx,
)

ROOT = "/c/valombre/tendances"
REPORTS = ("docx", "odt", "html", "md")
SHEETS = ("xlsx", "ods", "csv")
LONG = "Direction " * 11 + "générale"
NAMES = (
    "=1+1",
    "+33",
    "-2",
    "@SUM(A1)",
    "\tVoirie",
    LONG[:120],
    "שירות המים",
    "Voirie 🚧",
    "Qui a les clés ? « Moi | toi »",
    "<b>Culture</b> & [sport](x)",
)
CANARY = "Quetzalmane"


@dataclass(frozen=True)
class MadeUp:
    key: str
    title: str
    tables: tuple[Table, ...]


def rows_of(names: tuple[str, ...], asked: Asked) -> tuple[Row, ...]:
    cells = (Cell(3, asked.url_of(Figure())), Cell(0), Cell("à surveiller"))
    return tuple(Row(name, cells, key=f"k{rank}", url=f"{ROOT}?service=autres") for rank, name in enumerate(names))


def tables_of(asked: Asked, names: tuple[str, ...] = NAMES) -> tuple[Table, ...]:
    total = Row("En tout", (Cell(7, asked.url_of(Figure())), Cell(0), Cell("")))
    columns = ("Service", "Coopération", "Valeur", "État")
    note = "Un récit compte deux fois."
    return (Table("Récits de chaque service, de septembre à novembre", columns, rows_of(names, asked), total, note),)


def made_of(monkeypatch, *readers) -> None:
    """The page is made of these; the paragraph above it is not about what they lack."""
    monkeypatch.setattr("rex.trends.page.READERS", readers)
    monkeypatch.setattr("rex.trends.page.lead_of", lambda page: Lead("Ce qui résiste"))


def file_of(client, path: str, status: int = 200):
    client.proof_reads = False
    answer = client.get(f"{ROOT}/{path}")
    client.proof_reads = True
    assert answer.status_code == status, path
    return answer


def read_sheets(client, ending: str, args: str = "") -> dict[str, list[list]]:
    data = file_of(client, f"exporter/{ending}{args}").data
    if ending == "csv":
        return {"": rows_of_csv(data)}
    return (sheets_of_xlsx if ending == "xlsx" else sheets_of_ods)(data)
