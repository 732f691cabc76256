"""`rex backup`, `rex restore`, `rex keys …`: the copies of an installation, its keys apart."""

import os
from pathlib import Path

import click

from rex.cli_french import SOMETHING
from rex.cli_opened import opened

FILE = click.Path(path_type=Path)


@click.command(short_help="Copie la base et les fichiers, sans les clés.")
@click.argument("file", metavar="FICHIER", type=FILE)
def backup(file: Path) -> None:
    """Copie la base, et les images et documents donnés, pendant que REX sert. Les clés sont à part."""
    from rex.backup import back_up
    from rex.french import count

    with opened(prepared=False) as (_, database):
        rows = back_up(database, file)
    click.echo(
        f"{file} est écrit ({count(rows, 'ligne')}). Les clés n’y sont pas, et sans elles aucun brouillon et aucun groupe de pairs "
        "ne s’ouvrira\u00a0: gardez-les ailleurs, avec «\u00a0rex keys backup\u00a0»."
    )


@click.command()
@click.argument("file", metavar="FICHIER", type=FILE)
def restore(file: Path) -> None:
    """Remet une sauvegarde dans une base vide."""
    from rex import opening
    from rex.french import count
    from rex.restore import put_back

    with opened(prepared=False) as (_, database):
        rows = put_back(database, file)
        click.echo(f"La sauvegarde est remise ({count(rows, 'ligne')}).")
        lost = opening.lost_keys(database)
    if lost:
        closed = "Les brouillons et les groupes de pairs restent fermés tant que les clés manquent"
        click.echo(f"{closed}\u00a0: «\u00a0rex keys restore\u00a0».", err=True)


@click.group(subcommand_metavar=SOMETHING)
def keys() -> None:
    """Les clés qui scellent brouillons, groupes et fichiers."""


@keys.command("backup")
@click.argument("file", metavar="FICHIER", type=FILE)
def keys_backup(file: Path) -> None:
    """Copie les clés dans un fichier, à garder loin de la base."""
    from rex.config import config_from
    from rex.french import count
    from rex.keys_backup import back_up_keys

    number = back_up_keys(config_from(os.environ), file)
    click.echo(
        f"{file} est écrit ({count(number, 'clé')} et la clé maîtresse). Avec une copie de la base, ce fichier ouvre tous les "
        "brouillons et tous les groupes de pairs\u00a0: gardez-le à part, sous clé, et effacez les anciens."
    )


@keys.command("restore")
@click.argument("file", metavar="FICHIER", type=FILE)
def keys_restore(file: Path) -> None:
    """Remet les clés d’une sauvegarde. Une clé présente et différente n’est jamais remplacée."""
    from rex.keys_backup import put_keys_back

    click.echo(f"Les clés sont remises ({put_keys_back(os.environ, file)}). Relancez REX s’il est ouvert.")


@keys.command("rotate")
def keys_rotate() -> None:
    """Change la clé maîtresse\u00a0: une nouvelle enveloppe toutes les clés."""
    from rex.french import count
    from rex.keys_rotation import rotate

    number = rotate(os.environ)
    click.echo(
        f"Une nouvelle clé maîtresse enveloppe tout ({count(number, 'clé')}). Relancez REX s’il est ouvert, puis faites une "
        "sauvegarde des clés. Les sauvegardes des clés d’avant ouvrent encore les textes\u00a0: effacez-les."
    )


COMMANDS = (backup, restore, keys)
