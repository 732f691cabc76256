"""`rex import`, `rex export …`: documents in and out, from the console."""

from pathlib import Path

import click

from rex.cli_french import SOMETHING, OneOf
from rex.cli_opened import opened

ENDINGS = ["md", "html", "docx", "odt", "pdf"]
READ = click.Path(path_type=Path)


@click.command("import", short_help="Fait des brouillons de documents.")
@click.argument("files", metavar="FICHIER…", type=READ, nargs=-1, required=True)
@click.option(
    "--collectif", required=True, metavar="NOM", help="Nom du collectif dans les adresses («\u00a0ville-de-valombre\u00a0»)."
)
@click.option("--author", required=True, metavar="ADRESSE", help="Adresse de la personne dont ce seront les brouillons.")
def import_files(files: tuple[Path, ...], collectif: str, author: str) -> int:
    """Fait des brouillons de documents DOCX, ODT, Markdown, HTML ou texte."""
    from rex.documents.cli import bring_in

    failed = 0
    with opened() as (_, database):
        for told in bring_in(database, files, collectif, author):
            click.echo(told.sentence, err=not told.is_done)
            failed += not told.is_done
    return 1 if failed else 0


@click.group(subcommand_metavar=SOMETHING)
def export() -> None:
    """Ce qui sort de REX\u00a0: un récit, ou tout un journal."""


@export.command("recit")
@click.argument("recit", metavar="ID")
@click.option("--as", "address", required=True, metavar="ADRESSE", help="Adresse de la personne qui l’exporte, avec ses droits.")
@click.option("--format", "ending", required=True, type=OneOf(ENDINGS), help="Format du fichier.")
@click.option("-o", "--output", "file", required=True, metavar="FICHIER", type=READ, help="Fichier à écrire.")
def export_recit(recit: str, address: str, ending: str, file: Path) -> None:
    """Écrit un récit dans un fichier.

    ID est la fin de l’adresse de sa page, telle que le navigateur la montre\u00a0: pour
    https://rex.ville.fr/recits/Qz8_25yUzWnIIzCK, c’est Qz8_25yUzWnIIzCK."""
    from rex.config import DEFAULT_ROOT
    from rex.documents.cli import put_out
    from rex.documents.own_marks import FOLDER

    with opened() as (config, database):
        beside = put_out(database, recit, address, ending, file, config.base_url or DEFAULT_ROOT)
    images = f", et {beside} {'fichiers' if beside > 1 else 'fichier'} dans {file.parent / FOLDER}" if beside else ""
    click.echo(f"{file} est écrit{images}.")


COMMANDS = (import_files, export)
