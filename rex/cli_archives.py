"""`rex export collectif`, `rex import-collectif`: a whole collectif out and in."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from rex.cli_documents import READ, export
from rex.cli_opened import opened, root_of

EVERY = 20  # parts of the whole: how often progress is said when nobody looks at a screen


@export.command("collectif")
@click.argument("slug", metavar="NOM")
@click.option("-o", "--output", "file", required=True, metavar="FICHIER", type=READ, help="Fichier à écrire (.zip).")
@click.option("--with-addresses", "addresses", is_flag=True, help="Met aussi les adresses des membres, pour qu’ils se retrouvent.")
def export_collectif(slug: str, file: Path, addresses: bool) -> None:
    """Écrit l’archive d’un collectif. NOM est son nom dans les adresses. Arrêtée, la même commande reprend."""
    from rex.archives.cli import put_out
    from rex.french import count, typo

    with opened() as (config, database):
        put = put_out(database, slug, file, config.base_url or "", _progress("texte"), addresses=addresses)
    click.echo(typo(f"{file} est écrit : {count(put.texts, 'texte')}, {count(put.files, 'fichier')}."))


@click.command("import-collectif")
@click.argument("file", metavar="FICHIER", type=READ)
@click.option("--slug", default="", metavar="NOM", help="Un autre nom dans les adresses.")
@click.option("--match-accounts", "by_address", is_flag=True, help="Rend leur place à qui a la même adresse ici.")
@click.option("--abandon", is_flag=True, help="Enlève ce qui est arrivé d’une archive arrêtée en chemin.")
def import_collectif(file: Path, slug: str, by_address: bool, abandon: bool) -> None:
    """Reprend l’archive d’un collectif. Arrêtée, la même commande reprend."""
    from rex import opening
    from rex.archives.arriving import abandon as give_up
    from rex.archives.cli import Wanted, bring_in
    from rex.collectifs.cli import first_account_link
    from rex.french import count, typo
    from rex.refusals import Refused

    if slug and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", slug):
        raise Refused("Un nom d’adresse s’écrit en minuscules, chiffres et traits d’union, par exemple ville-de-valombre.")
    with opened() as (config, database):
        if abandon:
            gone = give_up(database, file)
            click.echo("Ce qui était arrivé est enlevé." if gone else "Rien n’était arrivé de cette archive.")
            return
        brought = bring_in(database, file, Wanted(slug, by_address), _progress("ligne"))
        link = None if opening.has_administrator(database) else first_account_link(database, root_of(config))
    click.echo(typo(f"« {brought.name} » est là : {count(brought.texts, 'texte')}, à l’adresse /c/{brought.slug}/"))
    if brought.matched:
        enter = "y entre avec son compte" if brought.matched == 1 else "y entrent avec leur compte"
        click.echo(f"{count(brought.matched, 'personne')} {enter}.")
    if link is not None:
        click.echo(typo("Personne n’administre encore : créez le premier compte, avec cette adresse qui sert une seule fois :"))
        click.echo(link)
        if not config.base_url:
            click.echo(typo("Lancez REX d’abord ; il donne aussi une adresse au démarrage."))
            click.echo(typo("S’il sert sur un autre port, gardez la fin de celle-ci."))
    click.echo(typo(f"Pour {'ensuite ' if link else ''}y inviter quelqu’un : Administration, Collectifs."))


def _progress(thing: str) -> Callable[[int, int], None]:
    """How far it is, on stderr: one line that changes on a screen, a line now and then in a file."""
    said = -1

    def say(done: int, total: int) -> None:
        nonlocal said
        from rex.french import count

        words = f"{count(done, thing)} sur {count(total, thing)}"
        if sys.stderr.isatty():
            click.echo(f"\r{words}", nl=done >= total, err=True)
        elif total and (part := done * EVERY // total) > said:
            said = part
            click.echo(words, err=True)

    return say


COMMANDS = (import_collectif,)
