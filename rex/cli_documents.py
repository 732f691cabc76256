"""`rex import`, `rex export …`: documents in and out, from the console."""

from pathlib import Path

import click

from rex.cli_opened import opened

READ = click.Path(path_type=Path)


@click.command("import")
@click.argument("files", metavar="FICHIER…", type=READ, nargs=-1, required=True)
@click.option("--collectif", required=True, metavar="NOM", help="Nom du collectif dans les adresses (« ville-de-valombre »).")
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


COMMANDS = (import_files,)
