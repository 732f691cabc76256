"""`rex demo clear`: the demonstration taken out, and the address of the first account."""

import sys

import click

from rex.cli_french import SOMETHING, agrees
from rex.cli_opened import opened, root_of

CLEARED_MEANWHILE = (
    "L’adresse du premier compte vient d’être donnée par une autre commande\u00a0: servez-vous de celle-là. "
    "Pour en avoir une autre, recommencez dans une minute."
)
CLEAR_QUESTION = "Tout ce qui est écrit dans la démonstration sera effacé, par vous aussi. Continuer\u202f?"


@click.group(subcommand_metavar=SOMETHING)
def demo() -> None:
    """La démonstration."""


@demo.command("clear")
@click.option("--oui", is_flag=True, help="Ne demande pas de confirmation.")
def demo_clear(oui: bool) -> None:
    """Vide la démonstration et donne l’adresse du premier compte."""
    from rex import opening
    from rex.alone import alone_in_base
    from rex.collectifs.cli import first_account_link, first_account_was_just_given
    from rex.demo.clearing import clear, has_demo
    from rex.refusals import Refused

    with opened() as (config, database):
        was_here = has_demo(database)
        if was_here and not oui and sys.stdin.isatty() and not agrees(CLEAR_QUESTION):
            return
        with alone_in_base(database):
            if not has_demo(database) and first_account_was_just_given(database):
                raise Refused(CLEARED_MEANWHILE)
            clear(database, config)
            is_open = opening.has_administrator(database)
            link = None if is_open else first_account_link(database, root_of(config))
        click.echo("La démonstration est vidée." if was_here else "Il n’y avait pas de démonstration.")
        if link is not None:
            click.echo(f"Créez le premier compte, avec cette adresse qui sert une seule fois\u00a0: {link}")
            if not config.base_url:
                click.echo("Si REX sert sur un autre port, gardez la fin de cette adresse.")


COMMANDS = (demo,)
