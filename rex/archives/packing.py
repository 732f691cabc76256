"""The zip of an archive, written from its work: data first, then pages and files, the sums of all of it, the manifest last."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from rex import __version__, french
from rex.archive import new_zip, write_manifest
from rex.archives.shape import FORMAT, KINDS, READ_ME, SUMS, TEXTS, member_of, moment
from rex.archives.slices import PAGES
from rex.archives.work import Work

AT_ONCE = 1024 * 1024
ZIP = "archive.zip"

_READ_ME = """# {name}

Cette archive contient le journal du collectif « {name} », tel que ses membres le lisaient le {day} : {texts}.

- `recits/` : un fichier par récit, à ouvrir avec n’importe quel éditeur de texte.
- `fichiers/` : les images et les documents que les récits montrent.
- `donnees/` : tout, pour les programmes, une ligne JSON par chose. Le fichier docs/archive.md de REX décrit chaque sorte de ligne.
- `SHA256SUMS` : les empreintes de tous ces fichiers. La commande `sha256sum -c SHA256SUMS` les vérifie.

Ni brouillon, ni texte retiré ou suspendu, ni merci en attente, ni signalement, ni séance, ni groupe de pairs n’est ici.
{addresses}
Ce fichier n’a plus la garde de REX : ne le donnez qu’à qui peut lire ce journal.
"""
_WITH = "Les adresses de courriel des membres sont dans `donnees/personnes.jsonl`."
_WITHOUT = "Aucune adresse de courriel n’est ici."


def pack(work: Work, root: str) -> Path:
    """Write the zip in the folder of the work; `root`: the public address of this installation, which texts may hold."""
    for left in work.folder.glob(f".{ZIP}.*"):  # of a process that was stopped here
        left.unlink(missing_ok=True)
    path = work.folder / ZIP
    path.unlink(missing_ok=True)
    with new_zip(path) as archive:
        sums: list[str] = []
        for kind in KINDS:
            _add_file(archive, member_of(kind), work.file_of(kind), sums)
        for name, text in _pages(work.file_of(PAGES)):
            _add(archive, name, text.encode(), sums)
        for file in sorted(_shown(work)):
            _add_file(archive, file, work.folder / file, sums, stored=True)
        _add(archive, READ_ME, _read_me(work).encode(), sums)
        told = "".join(sums).encode()
        archive.writestr(SUMS, told)
        write_manifest(archive, _manifest(work, root, hashlib.sha256(told).hexdigest()))
    return path


def _manifest(work: Work, root: str, sums: str) -> dict[str, object]:
    seat = work.asked.seat
    return {
        "format": FORMAT,
        "rex": __version__,
        "collectif": seat.collectif_name,
        "slug": seat.collectif_slug,
        "date": work.state.began_at,
        "adresse": root,
        "adresses_des_personnes": work.asked.addresses,
        "lignes": {kind: work.state.lines.get(kind, 0) for kind in KINDS},
        "sha256sums": sums,
    }


def _read_me(work: Work) -> str:
    seat, number = work.asked.seat, sum(work.state.lines.get(kind, 0) for kind in TEXTS)
    day = french.date_long(moment(work.state.began_at), seat.timezone)
    addresses = _WITH if work.asked.addresses else _WITHOUT
    return french.typo(_READ_ME.format(name=seat.collectif_name, day=day, texts=french.count(number, "texte"), addresses=addresses))


def _shown(work: Work) -> Iterator[str]:
    """The files that lines name; those of a slice that was stopped and read otherwise are left."""
    with open(work.file_of("fichiers"), "rb") as lines:
        for line in lines:
            yield json.loads(line)["membre"]


def _pages(path: Path) -> Iterator[tuple[str, str]]:
    with open(path, "rb") as lines:
        for line in lines:
            page = json.loads(line)
            yield page["membre"], page["texte"]


def _add(archive: zipfile.ZipFile, member: str, content: bytes, sums: list[str]) -> None:
    archive.writestr(member, content)
    sums.append(f"{hashlib.sha256(content).hexdigest()}  {member}\n")


def _add_file(archive: zipfile.ZipFile, member: str, path: Path, sums: list[str], *, stored: bool = False) -> None:
    info = zipfile.ZipInfo.from_file(path, member)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    digest = hashlib.sha256()
    with open(path, "rb") as file, archive.open(info, "w", force_zip64=True) as into:
        while piece := file.read(AT_ONCE):
            digest.update(piece)
            into.write(piece)
    sums.append(f"{digest.hexdigest()}  {member}\n")


def size_in_kilobytes(path: Path) -> int:
    """How much there is to download."""
    return -(-os.path.getsize(path) // 1024)
