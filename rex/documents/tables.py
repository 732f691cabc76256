"""A sheet for a spreadsheet program: a CSV file that opens well in French ones, and of which no cell is ever a formula.

What people write may begin with « = »: opened as it stands, the program of whoever receives the file would run it (OWASP, « CSV
injection »). Every sheet that leaves REX is made here."""

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"  # what tells these programs that the file is UTF-8
DANGEROUS = "=+-@\t\r\n＝＋－＠"  # the wide signs of East Asian keyboards too: some programs read them as the narrow ones
_UNSEEN = " \u00a0\u202f\u200b\ufeff\v\f"  # what a program may take off before it looks at a cell


def harmless(cell: str) -> str:
    """The words of a cell, with an apostrophe before them when a program would compute them."""
    seen = cell.lstrip(_UNSEEN)
    return f"'{cell}" if seen[:1] and seen[0] in DANGEROUS else cell


def to_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A sheet: UTF-8 with its mark, « ; » between cells, each cell between quotes. Lines end as RFC 4180 says."""
    out = io.StringIO(newline="")
    out.write(MARK)
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([harmless(cell.replace("\0", "")) for cell in row])
    return out.getvalue().encode()
