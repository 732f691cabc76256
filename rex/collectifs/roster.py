"""A list of people in a CSV file, as spreadsheets really write them: commas, semicolons or tabs; UTF-8 with or without its
mark, UTF-16 or Windows-1252; headers in any order. Pure: reads bytes, says what each line is."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass

from rex.collectifs.entrance_forms import address_fault, stripped
from rex.collectifs.models import NAME_LENGTH, College, Role, normal_address
from rex.french import fold

MOST_BYTES, MOST_LINES = 1_000_000, 2000
TEMPLATE = "nom;adresse;collège;service;fonction;rôle\r\nCamille Roy;camille.roy@exemple.fr;service;Voirie;agente;membre\r\n"
HEADERS = {
    "nom": "name", "prenom et nom": "name", "nom et prenom": "name", "nom complet": "name", "personne": "name",
    "adresse": "address", "courriel": "address", "email": "address", "e-mail": "address", "mail": "address",
    "adresse electronique": "address", "adresse mail": "address", "adresse e-mail": "address",
    "college": "college", "service": "service", "structure": "service", "service ou structure": "service",
    "fonction": "title", "poste": "title", "role": "role",
}
COLLEGES = {
    College.ELU: "elu elue elus elues elu(e) elu-e",
    College.SERVICE: "service services agent agente agents direction technicien technicienne dgs",
    College.OPERATEUR: "operateur operatrice operateurs association associations entreprise entrepreneur entrepreneuse",
    College.HABITANT: "habitant habitante habitants citoyen citoyenne usager usagere",
    College.TIERS: "tiers partenaire partenaires chercheur chercheuse etat",
}
COLLEGE_WORDS = {word: college for college, words in COLLEGES.items() for word in words.split()} | {
    fold(college.label): college for college in College
}
ROLE_WORDS = {"": Role.MEMBRE, "membre": Role.MEMBRE} | dict.fromkeys(
    ("animateur", "animatrice", "animation", "animation du journal"), Role.ANIMATEUR
)


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message is one French sentence."""


@dataclass(frozen=True)
class Line:
    """One person of the list. `fault` is the end of the sentence « ligne 7 : … », empty when nothing is wrong."""

    number: int
    name: str
    address: str
    college: College | None
    service: str
    title: str
    role: Role | None
    state: str = "invite"  # invite, member, refused
    fault: str = ""


def decode(body: bytes) -> str:
    """The text of a file, whatever spreadsheet wrote it. Raises UnreadableFile."""
    if len(body) > MOST_BYTES:
        raise UnreadableFile("Ce fichier dépasse 1 Mo. Partagez votre liste en plusieurs fichiers.")
    if not body.strip():
        raise UnreadableFile("Ce fichier est vide.")
    if body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFile("Ce fichier est un classeur. Dans votre tableur, enregistrez-le au format CSV.")
    codecs = ("utf-16",) if body.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for codec in codecs:
        try:
            text = body.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile("Ce fichier n’est pas un texte. Choisissez un fichier CSV, ou partez de notre modèle.")


def read(text: str, members: Collection[str], colleges: Collection[College]) -> list[Line]:
    """What each line of the list is. `members`: addresses already there; `colleges`: those that may sit. Raises
    UnreadableFile when the header or the file as a whole cannot be understood."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UnreadableFile("Ce fichier ne se lit pas comme une liste. Partez de notre modèle.") from error
    if not rows:
        raise UnreadableFile("Ce fichier est vide.")
    columns = [HEADERS.get(fold(stripped(cell)), "") for cell in rows[0][1]]
    lacking = [word for word, key in (("nom", "name"), ("adresse", "address")) if key not in columns]
    if lacking:
        raise UnreadableFile(f"La première ligne doit nommer les colonnes : il manque « {' » et « '.join(lacking)} ».")
    if len(rows) == 1:
        raise UnreadableFile("Ce fichier n’a que ses titres de colonnes : il ne contient personne.")
    if len(rows) > MOST_LINES + 1:
        raise UnreadableFile("Ce fichier dépasse 2 000 lignes. Partagez votre liste en plusieurs fichiers.")
    seen: dict[str, int] = {}
    return [_line(number, row, columns, seen, members, colleges) for number, row in rows[1:]]


def _line(
    number: int,
    row: list[str],
    columns: list[str],
    seen: dict[str, int],
    members: Collection[str],
    colleges: Collection[College],
) -> Line:
    cells = {key: stripped(cell) for key, cell in zip(columns, row, strict=False) if key}
    address = normal_address(cells.get("address", ""))
    word = fold(cells.get("college", ""))
    college = COLLEGE_WORDS.get(word)
    role = ROLE_WORDS.get(fold(cells.get("role", "")))
    fault = _fault(cells, college, role, colleges) or address_fault(address) or ""
    if not fault and address in seen:
        fault = f"cette adresse est déjà à la ligne {seen[address]}"
    state = "refused" if fault else "member" if address in members else "invite"
    seen.setdefault(address, number)
    kept = {key: cells.get(key, "")[:NAME_LENGTH] for key in ("name", "service", "title")}
    return Line(number, kept["name"], address, college, kept["service"], kept["title"], role, state, fault)


def _fault(cells: dict[str, str], college: College | None, role: Role | None, colleges: Collection[College]) -> str:
    name = cells.get("name", "")
    if not name:
        return "le nom manque"
    if name[0] in "=+@-":
        return "le nom commence par un signe de calcul"
    if any(len(cells.get(key, "")) > NAME_LENGTH for key in ("name", "service", "title")):
        return f"un texte dépasse {NAME_LENGTH} caractères"
    if not cells.get("college"):
        return "le collège manque"
    if college is None:
        return f"le collège « {cells['college'][:40]} » n’est pas connu"
    if college not in colleges:
        return "ce collège n’est pas ouvert dans ce journal"
    return "" if role else f"le rôle « {cells['role'][:40]} » n’est pas connu"
