"""`rex search`: the index of the search."""

import sys

import click

from rex.cli_french import SOMETHING
from rex.cli_opened import opened


@click.group(subcommand_metavar=SOMETHING)
def search() -> None:
    """La recherche."""


@search.command("rebuild")
def rebuild() -> None:
    """Refait l’index de la recherche, sans arrêter REX."""
    from rex.french import count
    from rex.search import whole

    def say(done: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{count(done, 'texte')}", nl=False, err=True)

    with opened() as (_, database):
        click.echo(f"La recherche est refaite\u00a0: {count(whole.rebuild(database, say), 'texte')}.")


COMMANDS = (search,)
