"""What it costs to bring a document of forty pages in: `python -m benchmarks.documents [FILE…]`.

The limit: the same file unpacked and its XML read as a tree, by the standard library, and nothing more. The whole way, in a process
apart and with its images made anew, is on the last line of each file, by the clock."""

import io
import sys
import time
import xml.etree.ElementTree as Tree
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from rex.config import ROOT
from rex.documents.child import parse
from rex.documents.incoming import take_in

FILES = [ROOT / "tests" / "documents" / "fixtures" / name for name in ("quarante.docx", "quarante.odt")]
ROUNDS = 5


def main(files: list[Path]) -> None:
    for file in files:
        data = file.read_bytes()
        ours, limit = [], []
        for _ in range(ROUNDS):  # in turn, so that what else the machine does weighs on both
            ours.append(_computed(lambda data=data, file=file: parse(data, file.name)))
            limit.append(_computed(lambda data=data: _read(data)))
        begun = time.perf_counter()
        take_in(data, file.name)
        took = time.perf_counter() - begun
        print(f"{file.name} : {median(ours) / median(limit):.1f} × la limite ({median(ours):.2f} s de calcul)")
        print(f"{file.name} : {took:.1f} s d’horloge, du fichier à ce qui attend l’accord de son auteur")


def _read(data: bytes) -> int:
    parts = zipfile.ZipFile(io.BytesIO(data))
    return sum(len(list(Tree.fromstring(parts.read(name)).iter())) for name in parts.namelist() if name.endswith(".xml"))


def _computed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or FILES)
