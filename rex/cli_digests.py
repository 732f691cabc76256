"""`rex digest …`: the letter of a collectif."""

from datetime import datetime

import click

from rex.cli_french import SOMETHING
from rex.cli_opened import opened

SLUG = click.option("--collectif", required=True, metavar="NOM", help="Nom du collectif dans les adresses (« ville-de-valombre »).")
UNTIL = click.option(
    "--until", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Dernier jour raconté (2026-11-30) ; sinon, maintenant."
)


@click.group(subcommand_metavar=SOMETHING)
def digest() -> None:
    """La lettre d’un collectif."""


@digest.command("compose")
@SLUG
@UNTIL
def compose(collectif: str, until: datetime | None) -> None:
    """Compose la lettre, qui attend ensuite sa relecture."""
    from rex.digests.cli import compose_letter

    with opened() as (_, database):
        click.echo(compose_letter(database, collectif, until.date() if until else None))


@digest.command("publish")
@SLUG
@UNTIL
def publish(collectif: str, until: datetime | None) -> None:
    """Publie la lettre qui attend, ou celle qui reste à composer."""
    from rex.digests.cli import publish_letter

    with opened() as (_, database):
        click.echo(publish_letter(database, collectif, until.date() if until else None))


COMMANDS = (digest,)
